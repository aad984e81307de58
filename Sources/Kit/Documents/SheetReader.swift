import Foundation

/// One filled row of a sheet.
package struct SheetRow: Equatable, Sendable {
    /// The name of the sheet, or of the file for CSV, which has no sheets.
    package let sheet: String
    /// The row as a spreadsheet program numbers it, from 1. Rows without any text are not handed over but counted.
    package let number: Int
    /// The cells by column, from 0, without blanks around them; an empty string where nothing stands. Ends at the
    /// last filled cell. Days are "yyyy-MM-dd", times of day "HH:mm", yes and no "TRUE" and "FALSE".
    package let cells: [String]
    /// Columns of which the file keeps a number with three decimals, "12.345": typed by a person the same text could be
    /// thousands.
    package let decimals: [Int]

    package init(sheet: String, number: Int, cells: [String], decimals: [Int] = []) {
        self.sheet = sheet
        self.number = number
        self.cells = cells
        self.decimals = decimals
    }

    /// The cell of a column counted from 0; an empty string beyond the last one.
    package subscript(column column: Int) -> String {
        cells.indices.contains(column) ? cells[column] : ""
    }
}

/// Reads the rows of an XLSX workbook or a CSV text, one after another, in memory that does not grow with the rows.
package enum SheetReader {
    /// Reads one sheet. Whether it is XLSX or CSV is decided by the content.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - named: The file's name, used as the sheet's name for CSV.
    ///   - sheet: The sheet to read; nil for the first one that is not hidden. CSV has only one and ignores it.
    ///   - each: Called for every row that has text. What it throws ends the reading and is thrown on.
    /// - Throws: `DocumentFault`, or what `each` throws. Rows may have been handed over before a fault is found.
    package static func read(
        _ bytes: [UInt8], named: String, sheet: String? = nil, limits: Limits = .standard,
        each: (SheetRow) throws -> Void
    ) throws {
        try bytes.withUnsafeBytes { try read($0, named: named, sheet: sheet, limits: limits, each: each) }
    }

    /// As above for a file on disk, which is mapped rather than loaded. It must not change meanwhile.
    package static func read(
        file path: String, named: String, sheet: String? = nil, limits: Limits = .standard,
        each: (SheetRow) throws -> Void
    ) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        try bytes.withUnsafeBytes { try read($0, named: named, sheet: sheet, limits: limits, each: each) }
    }

    /// The names of a workbook's sheets that are not hidden, in their order; for CSV the file's name alone.
    package static func sheets(_ bytes: [UInt8], named: String, limits: Limits = .standard) throws -> [String] {
        try bytes.withUnsafeBytes { bytes in
            guard try isWorkbook(bytes, limits) else { return [named] }
            return try ZipArchive.open(bytes, limits: limits) { archive in
                try Workbook.read(archive, limits: limits).sheets.filter { !$0.isHidden }.map(\.name)
            }
        }
    }

    private static func read(
        _ bytes: UnsafeRawBufferPointer, named: String, sheet: String?, limits: Limits,
        each: (SheetRow) throws -> Void
    ) throws {
        var rows = 0
        func counted(_ row: SheetRow) throws {
            rows += 1
            guard rows <= limits.rows else { throw DocumentFault.tooManyRows(limit: limits.rows) }
            try each(row)
        }
        if try isWorkbook(bytes, limits) {
            try ZipArchive.open(bytes, limits: limits) { archive in
                guard FileKind.office(archive) == .xlsx else {
                    throw DocumentFault.unsupportedType(found: FileKind.office(archive)?.rawValue ?? "zip")
                }
                let workbook = try Workbook.read(archive, limits: limits)
                try workbook.rows(of: sheet, in: archive, limits: limits, each: counted)
            }
        } else {
            try CSVReader.read(bytes, named: named, limits: limits, each: counted)
        }
        guard rows > 0 else { throw DocumentFault.empty }
    }

    /// True for an archive, false for what may be text; anything else is refused by what it is.
    private static func isWorkbook(_ bytes: UnsafeRawBufferPointer, _ limits: Limits) throws -> Bool {
        guard !bytes.isEmpty else { throw DocumentFault.empty }
        guard bytes.count <= limits.uploadBytes else { throw DocumentFault.tooLarge(limit: limits.uploadBytes) }
        if bytes.starts(with: "PK\u{3}\u{4}") { return true }
        if isCompound(bytes) {
            // A workbook with a password is such a container too; its streams have UTF-16 names.
            let locked = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0" as StaticString
            if bytes.contains(locked, in: 0..<bytes.count) { throw DocumentFault.protected }
            throw DocumentFault.unsupportedType(found: "xls")
        }
        if let kind = FileKind.sniff(bytes, limits: limits) {
            throw DocumentFault.unsupportedType(found: kind.rawValue)
        }
        // Many office programs save a web page under the name of a workbook.
        if isMarkup(bytes) { throw DocumentFault.unsupportedType(found: "html") }
        return false
    }

    /// The container of the years before 2007 (.xls, .doc) and of files with a password.
    private static func isCompound(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        return bytes.starts(with: magic)
    }

    private static func isMarkup(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let start = String(decoding: bytes.prefix(256), as: UTF8.self)
            .drop { $0.isWhitespace || $0 == "\u{FEFF}" }.lowercased()
        return ["<!doctype", "<html", "<table", "<?xml", "<meta"].contains { start.hasPrefix($0) }
    }
}
