import Foundation

/// A sheet that is written whole: small enough to be held in memory.
package struct Sheet: Sendable {
    package let name: String
    package let columns: [SheetColumn]
    package let rows: [[SheetCell]]

    package init(_ name: String, columns: [SheetColumn], rows: [[SheetCell]]) {
        self.name = name
        self.columns = columns
        self.rows = rows
    }
}

extension SheetWriter {
    /// The bytes of an XLSX file with these sheets, for handing over at once. It is written in the system's folder for
    /// passing files, which keeps nothing of it. Blocks: not for the threads of the event loop.
    /// - Throws: `DocumentFault.full` when there is no room, `FileFailure` for other refusals.
    package static func bytes(of sheets: [Sheet]) throws -> [UInt8] {
        let path = NSTemporaryDirectory() + "/kieumau-\(UUID().uuidString).xlsx"
        defer { unlink(path) }
        let writer = try SheetWriter(path: path)
        for sheet in sheets {
            try writer.begin(sheet: sheet.name, columns: sheet.columns)
            for row in sheet.rows { try writer.append(row) }
        }
        try writer.finish()
        guard let bytes = try FileBytes.read(path) else { throw DocumentFault.missing }
        return bytes
    }
}
