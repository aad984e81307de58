/// Column names as spreadsheets write them: A, B … Z, AA, AB.
package enum Column {
    /// The last column that spreadsheets know, XFD, counted from 0.
    package static let last = 16_383

    /// The letters of a column counted from 0: 0 is "A", 27 is "AB". Negative numbers give "?".
    package static func letters(_ index: Int) -> String {
        guard index >= 0 else { return "?" }
        var rest = index
        var letters: [UInt8] = []
        repeat {
            letters.append(UInt8(ascii: "A") + UInt8(rest % 26))
            rest = rest / 26 - 1
        } while rest >= 0
        return String(decoding: letters.reversed(), as: UTF8.self)
    }

    /// The column, counted from 0, of letters such as "AB"; nil when they are none or beyond XFD.
    package static func index(_ letters: some StringProtocol) -> Int? {
        guard letters.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else { return nil }
        return reference(Array(letters.utf8) + [UInt8(ascii: "1")])?.column
    }

    /// Column and row of a cell's reference: "AB12" is column 27 (from 0), row 12 (from 1). Nil when it is none.
    static func reference(_ bytes: some Sequence<UInt8>) -> (column: Int, row: Int)? {
        var column = 0
        var row = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where row == 0:
                column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
                if column > last + 1 { return nil }
            case UInt8(ascii: "0")...UInt8(ascii: "9") where column > 0:
                row = row * 10 + Int(byte - UInt8(ascii: "0"))
                if row == 0 || row > Row.last { return nil }
            default: return nil
            }
        }
        return column > 0 && row > 0 ? (column - 1, row) : nil
    }
}

/// Row numbers as spreadsheets write them, from 1.
enum Row {
    /// The last row that spreadsheets know.
    static let last = 1_048_576
}
