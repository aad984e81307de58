/// Listens to one sheet of a workbook and hands over its filled rows.
final class SheetCells: XMLListener {
    private let sheet: String
    private let texts: SharedTexts
    private let formats: CellFormats
    private let is1904: Bool
    private let limits: Limits
    private let each: (SheetRow) throws -> Void

    private var isInData = false
    private var row = 0
    private var cells: [String] = []
    private var decimals: [Int] = []
    private var column = -1
    private var type = CellType.number
    private var style = 0
    private var value: [UInt8] = []
    private var isValue = false
    private var isReading = false
    private var delivered = 0

    private enum CellType {
        case number, shared, text, boolean, day
    }

    init(
        sheet: String, texts: SharedTexts, formats: CellFormats, is1904: Bool, limits: Limits,
        each: @escaping (SheetRow) throws -> Void
    ) {
        self.sheet = sheet
        self.texts = texts
        self.formats = formats
        self.is1904 = is1904
        self.limits = limits
        self.each = each
    }

    func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
        guard isInData else {
            // The size that a sheet claims for itself (`dimension`) is not believed, so not even read.
            if name == "sheetData" { isInData = true }
            return
        }
        if name == "c" {
            try startCell(attributes)
        } else if name == "v" || name == "t" {
            isValue = !isReading
        } else if name == "row" {
            try startRow(attributes)
        } else if name == "rPh" {
            isReading = true
        }
    }

    func end(_ name: XMLName) throws {
        guard isInData else { return }
        if name == "c" {
            try endCell()
        } else if name == "v" || name == "t" {
            isValue = false
        } else if name == "row" {
            if !cells.isEmpty { try each(SheetRow(sheet: sheet, number: row, cells: cells, decimals: decimals)) }
        } else if name == "rPh" {
            isReading = false
        } else if name == "sheetData" {
            isInData = false
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard isValue else { return }
        guard value.count + bytes.count <= limits.cellBytes else {
            throw DocumentFault.cellTooLong(row: row, limit: limits.cellBytes)
        }
        value.append(contentsOf: bytes)
    }

    private func startRow(_ attributes: XMLAttributes) throws {
        // The number may be left out, and then is the next one. Rows that go backwards could overwrite each other.
        let number = attributes.bytes("r") == nil ? row + 1 : attributes.number("r") ?? 0
        guard number > row, number <= Row.last else { throw DocumentFault.damaged }
        row = number
        cells = []
        decimals.removeAll(keepingCapacity: true)
        column = -1
    }

    private func startCell(_ attributes: XMLAttributes) throws {
        var next = column + 1
        if let reference = attributes.bytes("r") {
            guard let place = Column.reference(reference), place.row == row else { throw DocumentFault.damaged }
            next = place.column
        }
        guard next > column, next <= Column.last else { throw DocumentFault.damaged }
        column = next
        style = attributes.number("s") ?? 0
        type = Self.type(attributes.bytes("t"))
        value.removeAll(keepingCapacity: true)
        isValue = false
        isReading = false
    }

    private static func type(_ name: UnsafeBufferPointer<UInt8>?) -> CellType {
        guard let name, let first = name.first else { return .number }
        switch (first, name.count) {
        case (UInt8(ascii: "s"), 1): return .shared
        case (UInt8(ascii: "b"), 1): return .boolean
        case (UInt8(ascii: "d"), 1): return .day
        case (UInt8(ascii: "n"), 1): return .number
        // Texts of formulas ("str"), texts in the cell ("inlineStr"), and errors ("e"), whose text is "#REF!".
        default: return .text
        }
    }

    private func endCell() throws {
        guard !value.isEmpty else { return }
        let text = try cellText()
        guard !text.isEmpty else { return }
        guard column < limits.columns else { throw DocumentFault.tooManyColumns(row: row, limit: limits.columns) }
        // One long shared text may be pointed at from millions of cells, so what is handed over is counted.
        delivered += text.utf8.count
        guard delivered <= limits.unpackedBytes else {
            throw DocumentFault.bomb(.unpacked(limit: limits.unpackedBytes))
        }
        while cells.count < column { cells.append("") }
        cells.append(text)
        // "1.234" to "-999.999".
        if type == .number, (5...8).contains(text.utf8.count), text.utf8.dropLast(3).last == UInt8(ascii: ".") {
            decimals.append(column)
        }
    }

    private func cellText() throws -> String {
        switch type {
        case .shared: try sharedText()
        case .text: value.withUnsafeBufferPointer(CellText.fromSpreadsheet)
        case .boolean: value == [UInt8(ascii: "1")] ? "TRUE" : "FALSE"
        // An ISO instant; its day is what lists are about.
        case .day: String(decoding: value.prefix { $0 != UInt8(ascii: "T") }, as: UTF8.self)
        case .number: CellNumber.text(value, as: formats[style], is1904: is1904)
        }
    }

    private func sharedText() throws -> String {
        guard let index = Int(String(decoding: value, as: UTF8.self)) else { throw DocumentFault.damaged }
        let text = try texts.withText(index) { bytes in
            guard bytes.count <= limits.cellBytes else {
                throw DocumentFault.cellTooLong(row: row, limit: limits.cellBytes)
            }
            return CellText.fromSpreadsheet(bytes)
        }
        guard let text else { throw DocumentFault.damaged }
        return text
    }
}
