/// What a number in a cell stands for, by the format it is shown in.
enum CellFormat: UInt8 {
    case plain, day, time

    /// By the numbers that every spreadsheet program knows without writing them down (ECMA-376, 18.8.30).
    init(builtIn number: Int) {
        self =
            switch number {
            case 14...17, 22, 27...31, 34...36, 50...58: .day
            case 18...21, 32, 33, 45...47: .time
            default: .plain
            }
    }

    /// By a format's code, such as `[$-42A]dd/mm/yyyy;@` or `hh:mm`.
    init(code: String) {
        var (day, month, time) = (false, false, false)
        var rest = code.utf8.prefix(255)
        if code.lowercased().hasPrefix("general") { rest = rest.prefix(0) }
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: ";"): rest = rest.prefix(0)
            // Literal text, and the characters that make the next one literal, wide or repeated.
            case UInt8(ascii: "\""): rest = rest.drop { $0 != UInt8(ascii: "\"") }.dropFirst()
            case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): rest = rest.dropFirst()
            case UInt8(ascii: "["):
                // Colours, conditions and languages say nothing; [h] counts hours beyond a day.
                let inside = rest.prefix { $0 != UInt8(ascii: "]") }
                if !inside.isEmpty, inside.allSatisfy({ "hmsHMS".utf8.contains($0) }) { time = true }
                rest = rest.dropFirst(inside.count + 1)
            case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "d"), UInt8(ascii: "D"): day = true
            case UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "s"), UInt8(ascii: "S"): time = true
            // Months or minutes, by their neighbours.
            case UInt8(ascii: "m"), UInt8(ascii: "M"): month = true
            default: break
            }
        }
        self = day || (month && !time) ? .day : time ? .time : .plain
    }
}

/// The formats of a workbook's cells, by the number that cells carry.
final class CellFormats: XMLListener {
    private var formats: [CellFormat] = []
    private var codes: [Int: CellFormat] = [:]
    private var isCellList = false
    private let limits: Limits

    init(_ limits: Limits) {
        self.limits = limits
    }

    subscript(style: Int) -> CellFormat {
        formats.indices.contains(style) ? formats[style] : .plain
    }

    func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
        if name == "numFmt", let number = attributes.number("numFmtId"), let code = attributes["formatCode"] {
            guard codes.count < limits.cellFormats else { throw DocumentFault.damaged }
            codes[number] = CellFormat(code: code)
        } else if name == "cellXfs" {
            isCellList = true
        } else if isCellList, name == "xf" {
            guard formats.count < limits.cellFormats else { throw DocumentFault.damaged }
            let number = attributes.number("numFmtId") ?? 0
            formats.append(codes[number] ?? CellFormat(builtIn: number))
        }
    }

    func end(_ name: XMLName) {
        if name == "cellXfs" { isCellList = false }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
