import Core
import Database

/// One file brought in: previewed, carried out, or taken back.
package struct ImportBatch: Governed, Codable, Equatable {
    package static let kind = "import_batch"

    /// How far an import has come.
    package enum State: String, Sendable, CaseIterable, Codable {
        case previewed
        case done
        case undone
    }

    package let id: ID
    /// The unit below which it works.
    package let territory: ID
    package let subject: OrganisationImport.Subject
    package let coverage: OrganisationImport.Coverage
    /// From this day on the file's state holds.
    package let day: Day
    /// The document that it rests on, as typed.
    package let document: String?
    package let fileName: String
    package let state: State
    package let rows: Int
    package let added: Int
    package let changed: Int
    package let unchanged: Int
    package let ended: Int
    package let faults: Int
    package let warnings: Int
    package let columnsRead: [ImportColumn]
    package let columnsUnknown: [ImportColumn]
    /// The tree's version that the plan was made on.
    package let treeVersion: Int
    package let madeAt: Instant
    package let madeBy: ID?
    package let doneAt: Instant?
    package let undoneAt: Instant?
    package let revision: Int
    package let place: [ID]

    package var changesNothing: Bool { added + changed + ended == 0 }
}

/// A column of an imported sheet: what it was taken for, or its unknown title.
package struct ImportColumn: Codable, Sendable, Equatable {
    /// The end of a words' key, or the title itself.
    package let name: String
    /// "A", "B" …
    package let letters: String

    package init(name: String, letters: String) {
        self.name = name
        self.letters = letters
    }
}

/// One line of a plan as it is shown.
struct ImportRow: Codable, Sendable, Equatable {
    let number: Int
    let action: OrganisationImport.Action
    let subject: ID
    let after: ImportRecord
    let before: ImportRecord?
}

/// Something said about a cell.
package struct ImportRemark: Codable, Sendable, Equatable {
    /// Nothing is brought in until it is mended; otherwise it is only worth a look.
    package let isFault: Bool
    package let sheet: String
    /// From 1; 0 is about the whole file.
    package let line: Int
    /// "A", "B" …
    package let column: String?
    /// Below `organisation.import.remark`, of people `people.import.remark`.
    package let key: String
    package let arguments: [String: String]

    package init(
        isFault: Bool, sheet: String, line: Int, column: String?, key: String, arguments: [String: String]
    ) {
        self.isFault = isFault
        self.sheet = sheet
        self.line = line
        self.column = column
        self.key = key
        self.arguments = arguments
    }
}

extension OrganisationStore {
    private static let batchColumns: SQL = """
        b.id, b.territory_id, b.subject, b.coverage, b.day, b.document, b.file_name, b.state, b.row_count, b.added,
        b.changed, b.unchanged, b.ended, b.faults, b.warnings, b.columns_read, b.columns_unknown, b.tree_version,
        b.made_at, b.made_by, b.done_at, b.undone_at, b.revision
        """

    static func importBatch(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> ImportBatch {
        try batch(
            reader.one(
                """
                SELECT \(batchColumns) FROM import_batch b WHERE b.id = \(id) AND \(sight.covers("b.territory_id"))
                """), reader)
    }

    /// The latest first, twenty at a time.
    static func importBatches(seenBy sight: Sight, before: ID?, _ reader: any Reader) throws -> [ImportBatch] {
        var sql: SQL = "SELECT \(batchColumns) FROM import_batch b WHERE \(sight.covers("b.territory_id"))"
        if let before {
            sql += """
                 AND (b.made_at, b.id) < ((SELECT made_at FROM import_batch WHERE id = \(before)), \(before))
                """
        }
        return try reader.rows(sql + " ORDER BY b.made_at DESC, b.id DESC LIMIT 21").map { try batch($0, reader) }
    }

    /// The lines of a plan, a hundred at a time.
    static func importRows(of batch: ID, after number: Int, limit: Int = 101, _ reader: any Reader) throws
        -> [ImportRow]
    {
        try reader.rows(
            """
            SELECT number, action, subject_id, after, before FROM import_row
            WHERE batch_id = \(batch) AND number > \(number) ORDER BY number LIMIT \(limit)
            """
        ).map(importRow)
    }

    static func importRows(
        of batch: ID, _ action: OrganisationImport.Action, after number: Int, limit: Int, _ reader: any Reader
    ) throws -> [ImportRow] {
        try reader.rows(
            """
            SELECT number, action, subject_id, after, before FROM import_row
            WHERE batch_id = \(batch) AND number > \(number) AND action = \(action.rawValue)
            ORDER BY number LIMIT \(limit)
            """
        ).map(importRow)
    }

    static func importRemarks(of batch: ID, _ reader: any Reader) throws -> [ImportRemark] {
        try reader.rows(
            """
            SELECT is_fault, sheet, line, column_letters, key, arguments FROM import_remark
            WHERE batch_id = \(batch) ORDER BY is_fault DESC, number
            """
        ).map { row in
            ImportRemark(
                isFault: try row.flag("is_fault"), sheet: try row.text("sheet"), line: try row.integer("line"),
                column: try row.optionalText("column_letters"), key: try row.text("key"),
                arguments: ImportText.arguments(try row.text("arguments")))
        }
    }

    /// The latest day on which something already holds below a unit: an earlier state cannot be put before it.
    static func latestDay(
        below base: ID, _ subject: OrganisationImport.Subject, _ reader: any Reader
    ) throws -> Day? {
        switch subject {
        case .organisations: return nil
        case .territories, .areas:
            let isArea: SQL = subject == .areas ? "=" : "NOT IN ('former') AND c.descendant_kind <>"
            return try reader.first(
                """
                SELECT max(s.valid_from) AS day FROM territory_closure c
                JOIN territory_state s ON s.territory_id = c.descendant_id AND s.valid_until IS NULL
                WHERE c.ancestor_id = \(base) AND c.descendant_id <> \(base) AND c.descendant_kind \(isArea) 'area'
                """)?.optionalDay("day")
        }
    }

    private static func importRow(_ row: Row) throws -> ImportRow {
        ImportRow(
            number: try row.integer("number"), action: try known(OrganisationImport.Action.self, row, "action"),
            subject: try row.id("subject_id"), after: ImportRecord(try row.text("after")),
            before: try row.optionalText("before").map(ImportRecord.init))
    }

    private static func batch(_ row: Row, _ reader: any Reader) throws -> ImportBatch {
        let territory = try row.id("territory_id")
        return ImportBatch(
            id: try row.id("id"), territory: territory,
            subject: try known(OrganisationImport.Subject.self, row, "subject"),
            coverage: try known(OrganisationImport.Coverage.self, row, "coverage"), day: try row.day("day"),
            document: try row.optionalText("document"), fileName: try row.text("file_name"),
            state: try known(ImportBatch.State.self, row, "state"), rows: try row.integer("row_count"),
            added: try row.integer("added"), changed: try row.integer("changed"),
            unchanged: try row.integer("unchanged"), ended: try row.integer("ended"), faults: try row.integer("faults"),
            warnings: try row.integer("warnings"), columnsRead: ImportText.columns(try row.text("columns_read")),
            columnsUnknown: ImportText.columns(try row.text("columns_unknown")),
            treeVersion: try row.integer("tree_version"), madeAt: try row.instant("made_at"),
            madeBy: try row.optionalID("made_by"), doneAt: try row.optionalInstant("done_at"),
            undoneAt: try row.optionalInstant("undone_at"), revision: try row.integer("revision"),
            place: try path(of: territory, reader))
    }
}
