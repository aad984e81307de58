/// Reads comma-separated text as spreadsheets write it, byte by byte and one row at a time.
///
/// Our own, because the library at hand walks a whole `String` by characters, hands rows to a callback that cannot
/// throw (so no limit could end a bad file early) and refuses blanks and quotes that spreadsheets let pass.
enum CSVReader {
    /// - Parameter named: What the rows carry as the name of their sheet.
    static func read(
        _ bytes: UnsafeRawBufferPointer, named: String, limits: Limits, each: (SheetRow) throws -> Void
    ) throws {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            let text = try fromUTF16(bytes, bigEndian: bytes[0] == 0xFE)
            try text.withUnsafeBytes { try rows($0, named, limits, each) }
        } else {
            // A zero byte stands in no text; a file of zeros is not one long cell.
            guard !bytes.prefix(4_096).contains(0) else { throw DocumentFault.unsupportedType(found: "?") }
            let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            try rows(UnsafeRawBufferPointer(rebasing: bytes[mark...]), named, limits, each)
        }
    }

    private static func rows(
        _ bytes: UnsafeRawBufferPointer, _ named: String, _ limits: Limits, _ each: (SheetRow) throws -> Void
    ) throws {
        var scanner = CSVScanner(bytes, limits: limits)
        scanner.decideSeparator()
        while let cells = try scanner.next() {
            if !cells.isEmpty { try each(SheetRow(sheet: named, number: scanner.row, cells: cells)) }
        }
    }

    /// UTF-16 behind its mark, as "Unicode text" of spreadsheets is, made into UTF-8. At most one and a half times
    /// the file, which is itself limited.
    private static func fromUTF16(_ bytes: UnsafeRawBufferPointer, bigEndian: Bool) throws -> [UInt8] {
        guard bytes.count % 2 == 0 else { throw DocumentFault.encoding(row: 1) }
        let units = stride(from: 2, to: bytes.count, by: 2).lazy.map { index -> UInt16 in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return bigEndian ? first << 8 | second : second << 8 | first
        }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        let failed = transcode(units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true) {
            text.append($0)
        }
        guard !failed else {
            throw DocumentFault.encoding(row: text.count { $0 == UInt8(ascii: "\n") } + 1)
        }
        return text
    }
}

/// The place in a text from which the next row is read.
private struct CSVScanner {
    private let bytes: UnsafeRawBufferPointer
    private let limits: Limits
    private var at = 0
    private var separator = UInt8(ascii: ",")
    private var field: [UInt8] = []
    /// The row read last, from 1.
    private(set) var row = 0

    private static let quote = UInt8(ascii: "\"")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ bytes: UnsafeRawBufferPointer, limits: Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// Takes the separator that cuts the first rows most evenly. A first line "sep=;" says it outright and is no row
    /// for spreadsheets either.
    mutating func decideSeparator() {
        let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        if bytes.starts(with: "sep="), bytes.count > 5, candidates.contains(bytes[4]),
            [Self.newline, Self.carriageReturn].contains(bytes[5])
        {
            separator = bytes[4]
            at = bytes.starts(with: "\r\n", at: 5) ? 7 : 6
            row = 1
            return
        }
        var best = 0
        for candidate in candidates {
            let score = evenness(of: candidate)
            if score > best { (best, separator) = (score, candidate) }
        }
    }

    /// How many of the first rows have as many of these separators as the first one, weighed before their number.
    private func evenness(of candidate: UInt8) -> Int {
        var counts = [0]
        var isQuoted = false
        for byte in bytes.prefix(64 << 10) {
            if byte == Self.quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == candidate { counts[counts.count - 1] += 1 }
            if byte == Self.newline {
                if counts.count == 20 { break }
                counts.append(0)
            }
        }
        guard let first = counts.first(where: { $0 > 0 }) else { return 0 }
        return counts.count { $0 == first } * 1_000 + min(first, 999)
    }

    /// The next row's cells up to the last filled one, nil at the end of the text.
    mutating func next() throws -> [String]? {
        guard at < bytes.count else { return nil }
        row += 1
        var cells: [String] = []
        var column = 0
        while true {
            try readField()
            let text = try fieldText()
            if !text.isEmpty {
                guard column < limits.columns else {
                    throw DocumentFault.tooManyColumns(row: row, limit: limits.columns)
                }
                while cells.count < column { cells.append("") }
                cells.append(text)
            }
            column += 1
            if at < bytes.count, bytes[at] == separator {
                at += 1
                continue
            }
            passLineEnd()
            return cells
        }
    }

    /// Fills `field` and stops at the separator, the line end or the end of the text.
    private mutating func readField() throws {
        field.removeAll(keepingCapacity: true)
        if at < bytes.count, bytes[at] == Self.quote {
            at += 1
            try readQuoted()
        }
        // Also what stands behind a closing quote: spreadsheets keep it, and so nobody's text is lost.
        while at < bytes.count, bytes[at] != separator, bytes[at] != Self.newline, bytes[at] != Self.carriageReturn {
            try take(bytes[at])
            at += 1
        }
    }

    private mutating func readQuoted() throws {
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == Self.quote {
                guard at < bytes.count, bytes[at] == Self.quote else { return }
                at += 1
            }
            try take(byte)
        }
        // The quote never closed: the rest of the file would have become one cell.
        throw DocumentFault.damaged
    }

    private mutating func take(_ byte: UInt8) throws {
        guard field.count < limits.cellBytes else {
            throw DocumentFault.cellTooLong(row: row, limit: limits.cellBytes)
        }
        field.append(byte)
    }

    private func fieldText() throws -> String {
        if field.isEmpty { return "" }
        let text = field.withUnsafeBufferPointer { field in
            String(validating: CellText.trimmedBytes(field), as: UTF8.self)
        }
        guard let text else { throw DocumentFault.encoding(row: row) }
        return text
    }

    /// Passes "\n", "\r\n" or a lone "\r".
    private mutating func passLineEnd() {
        guard at < bytes.count else { return }
        at += bytes.starts(with: "\r\n", at: at) ? 2 : 1
    }
}
