/// Makes the lines of a CSV text (UTF-8, CRLF) for a caller that streams them.
package struct CSVWriter: Sendable {
    /// What is done with text that a spreadsheet program would take for a formula when it opens the file.
    package enum FormulaGuard: Sendable {
        /// An apostrophe is put in front of it. This changes the value: a telephone number "+84…" comes back as
        /// "'+84…", so it is for people's spreadsheets, not for exchange between programs.
        case apostrophe
        /// Nothing. Only for programs that read the file by themselves.
        case none
    }

    private let formulaGuard: FormulaGuard
    private let separator: UInt8

    /// - Parameter separator: "," by default; ";" is what spreadsheets set to Vietnamese expect.
    package init(guarding formulaGuard: FormulaGuard, separator: Separator = .comma) {
        self.formulaGuard = formulaGuard
        self.separator = separator.rawValue
    }

    /// What stands between two cells.
    package enum Separator: UInt8, Sendable {
        case comma = 0x2C
        case semicolon = 0x3B
        case tab = 0x09
    }

    /// What stands at the start of the text, so that spreadsheets read Vietnamese letters rightly.
    package static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// One line with its end. Controls and marks of direction are taken out of texts.
    package func line(_ cells: [SheetCell]) -> [UInt8] {
        var line: [UInt8] = []
        for (index, cell) in cells.enumerated() {
            if index > 0 { line.append(separator) }
            switch cell {
            case .text(let text): append(text, to: &line)
            case .number(let number) where number.isFinite:
                line += (number.rounded() == number && abs(number) < 1e15 ? String(Int64(number)) : "\(number)").utf8
            case .integer(let number): line += String(number).utf8
            case .number, .empty: break
            }
        }
        line += "\r\n".utf8
        return line
    }

    /// Whether a spreadsheet program may take this text for a formula: `= + - @`, also in their wide forms, tab, CR or
    /// NUL at its start, behind blanks, or at the start of a line within it.
    package static func looksLikeFormula(_ text: String) -> Bool {
        var isStart = true
        for scalar in text.unicodeScalars {
            switch scalar {
            case "=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\0":
                if isStart { return true }
            case "\n", "\u{85}", "\u{2028}", "\u{2029}": isStart = true
            default:
                isStart = isStart && (scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint)
            }
        }
        return false
    }

    private func append(_ text: String, to line: inout [UInt8]) {
        // Looked at before cleaning (for the characters it removes) and after it (for what they hid).
        let clean = CellText.clean(text)
        let isGuarded: Bool
        switch formulaGuard {
        case .apostrophe: isGuarded = Self.looksLikeFormula(text) || Self.looksLikeFormula(clean)
        case .none: isGuarded = false
        }
        let value = isGuarded ? "'" + clean : clean
        let isQuoted = value.utf8.contains {
            $0 == separator || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D || $0 == 0x2C || $0 == 0x3B || $0 == 0x09
        }
        guard isQuoted || value.hasPrefix(" ") || value.hasSuffix(" ") else {
            line += value.utf8
            return
        }
        line.append(0x22)
        for byte in value.utf8 {
            if byte == 0x22 { line.append(0x22) }
            line.append(byte)
        }
        line.append(0x22)
    }
}
