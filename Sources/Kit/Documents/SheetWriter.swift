import CXlsxWriter
import Foundation

/// Writes an XLSX file row by row; memory does not grow with the rows.
///
/// Call `begin` for each sheet, `append` for its rows, `finish` once. Nothing stands at the path before `finish`, and
/// nothing when it throws. For one thread at a time.
package final class SheetWriter {
    /// Characters (UTF-16 units) that a cell may hold; longer text ends with "…".
    package static let cellCharacters = 32_767

    private let path: String
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private var sheet: UnsafeMutablePointer<lxw_worksheet>?
    private var bold: UnsafeMutablePointer<lxw_format>?
    private var row: UInt32 = 0

    /// - Parameter path: Where the file will stand. Its folder also holds the rows while they are written.
    /// - Throws: `FileFailure` when the folder cannot be written to.
    package init(path: String) throws {
        self.path = path
        let parent = (path as NSString).deletingLastPathComponent
        let folder = parent.isEmpty ? "." : parent
        // Asked here, because the library tells it to the error stream, path and all, after the rows were written.
        guard access(folder, W_OK) == 0 else { throw FileFailure.fault("open", errno) }
        workbook = folder.withCString { folder in
            var options = lxw_workbook_options()
            options.constant_memory = 1
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            return workbook_new_opt(path, &options)
        }
        guard let workbook else { throw DocumentFault.full }
        bold = workbook_add_format(workbook)
        if let bold { format_set_bold(bold) }
    }

    deinit {
        if let workbook { lxw_workbook_free(workbook) }
    }

    /// Starts a sheet with its head line in bold, which stays in view. Characters that sheet names may not have
    /// become blanks; the name is cut after 31 characters.
    /// - Throws: `DocumentFault.noSheet` when the name is used already, `full` when there is no room.
    package func begin(sheet name: String, columns: [SheetColumn]) throws {
        guard let workbook else { throw DocumentFault.damaged }
        try checkRows()
        let name = Self.sheetName(name)
        guard workbook_validate_sheet_name(workbook, name) == LXW_NO_ERROR else {
            throw DocumentFault.noSheet(name: name)
        }
        guard let sheet = workbook_add_worksheet(workbook, name) else { throw DocumentFault.full }
        self.sheet = sheet
        row = 0
        for (index, column) in columns.prefix(Column.last + 1).enumerated() {
            let width = column.width.isFinite ? min(max(column.width, 1), 255) : 16
            worksheet_set_column(sheet, UInt16(index), UInt16(index), width, nil)
        }
        worksheet_freeze_panes(sheet, 1, 0)
        try write(columns.map { .text($0.title) }, format: bold)
    }

    /// Adds a row below the last one.
    /// - Throws: `DocumentFault.tooManyRows` beyond 1,048,576 with the head line, `tooManyColumns` beyond 16,384.
    package func append(_ cells: [SheetCell]) throws {
        try write(cells, format: nil)
    }

    /// Puts the file at its path. The writer is of no use afterwards.
    /// - Throws: `DocumentFault.full` when the disk has no room, `FileFailure` for other refusals.
    package func finish() throws {
        guard let workbook else { throw DocumentFault.damaged }
        do {
            try checkRows()
        } catch {
            lxw_workbook_free(workbook)
            self.workbook = nil
            throw error
        }
        self.workbook = nil
        sheet = nil
        errno = 0
        // Frees the workbook also when it fails.
        let status = workbook_close(workbook)
        guard status != LXW_NO_ERROR else { return }
        let code = errno
        unlink(path)
        throw FileFailure.fault("write", code)
    }

    private func write(_ cells: [SheetCell], format: UnsafeMutablePointer<lxw_format>?) throws {
        guard let sheet else { throw DocumentFault.noSheet(name: "") }
        guard row < UInt32(Row.last) else { throw DocumentFault.tooManyRows(limit: Row.last) }
        guard cells.count <= Column.last + 1 else {
            throw DocumentFault.tooManyColumns(row: Int(row) + 1, limit: Column.last + 1)
        }
        for (index, cell) in cells.enumerated() {
            try Self.check(write(cell, sheet, UInt16(index), format))
        }
        row += 1
        // Looked at now and then, so that a full disk ends a long export early.
        if row % 4_096 == 0 { try checkRows() }
    }

    private func write(
        _ cell: SheetCell, _ sheet: UnsafeMutablePointer<lxw_worksheet>, _ column: UInt16,
        _ format: UnsafeMutablePointer<lxw_format>?
    ) -> lxw_error {
        switch cell {
        case .text(let text):
            // Only ever this function: it writes a text even of "=1+1" or of a web address.
            return worksheet_write_string(sheet, row, column, Self.clip(CellText.clean(text)), format)
        case .number(let number) where number.isFinite:
            return worksheet_write_number(sheet, row, column, number, format)
        case .integer(let number) where number.magnitude < 1_000_000_000_000_000:
            return worksheet_write_number(sheet, row, column, Double(number), format)
        case .integer(let number):
            return worksheet_write_string(sheet, row, column, String(number), format)
        case .number, .empty:
            return LXW_NO_ERROR
        }
    }

    private func checkRows() throws {
        if let sheet, km_rows_lost(sheet) != 0 { throw FileFailure.fault("write", errno == 0 ? ENOSPC : errno) }
    }

    private static func check(_ status: lxw_error) throws {
        guard status != LXW_NO_ERROR else { return }
        throw FileFailure.fault("write", errno)
    }

    private static func clip(_ text: String) -> String {
        guard text.utf8.count > cellCharacters, text.utf16.count > cellCharacters else { return text }
        var units = 1
        let kept = text.unicodeScalars.prefix { scalar in
            units += UTF16.width(scalar)
            return units <= cellCharacters
        }
        return String(kept) + "…"
    }

    private static func sheetName(_ name: String) -> String {
        let clean = CellText.clean(name).map { "[]:*?/\\\n\t".contains($0) ? " " : $0 }
        var short = Substring(String(clean))
        while short.utf16.count > 31 { short = short.dropLast() }
        let trimmed = short.trimmingCharacters(in: CharacterSet(charactersIn: " '"))
        return trimmed.isEmpty ? "1" : trimmed
    }
}
