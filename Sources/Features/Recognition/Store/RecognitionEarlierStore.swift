import Core
import Criteria
import Database
import Organisation

extension RecognitionEarlier {
    /// One file of titles, or one title typed into the form: previewed, carried out, or taken back.
    struct Batch: Governed, Encodable, ShownImport {
        static let kind = "title_import"

        let id: ID
        let territory: ID
        let fileName: String
        /// Typed into the form for a single title.
        let isForm: Bool
        let state: ImportBatch.State
        let rows: Int
        let added: Int
        let unchanged: Int
        let faults: Int
        let warnings: Int
        let columnsRead: [ImportColumn]
        let columnsUnknown: [ImportColumn]
        let madeAt: Instant
        let doneAt: Instant?
        let undoneAt: Instant?
        let revision: Int
        let place: [ID]

        var changesNothing: Bool { added == 0 }
    }

    /// A row of a kept plan.
    struct Row: Encodable, Sendable {
        let number: Int
        let titleID: ID
        let area: TerritoryTitle
        let commune: TerritoryTitle?
        let title: String
        let titleName: String
        let level: String
        let organisation: ID
        let body: String
        let decisionNumber: String
        let day: Day
        let year: Int
        /// The first day without.
        let until: Day?
        let note: String?

        /// As the plan had it.
        var item: Item? {
            guard let level = Criteria.Level(rawValue: level) else { return nil }
            return Item(
                place: Place(sheet: "", line: number), area: area.id, areaName: area.name, title: title,
                titleName: titleName, level: level, body: organisation, number: decisionNumber, day: day, year: year,
                until: until, note: note)
        }
    }
}

/// Keeps imports of titles held before.
enum RecognitionEarlierStore {
    static let rowsShown = 200
    static let batchesShown = 50
    /// How many remarks are kept; the rest is only counted.
    static let remarksKept = 500

    static func keep(
        _ plan: RecognitionEarlier.Plan, fileName: String, isForm: Bool, base: ID, by person: ID,
        letters: (Int) -> String, _ tx: Transaction
    ) throws -> ID {
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO title_import (id, territory_id, file_name, is_form, state, row_count, added, unchanged, faults,
                warnings, columns_read, columns_unknown, made_at, made_by, revision)
            VALUES (\(id), \(base), \(fileName), \(isForm), 'previewed', \(plan.rows), \(plan.items.count),
                \(plan.unchanged), \(plan.faults), \(plan.warnings),
                \(ImportText.text(plan.read.map { ($0.field, letters($0.column)) })),
                \(ImportText.text(plan.unknown.map { ($0.title, letters($0.column)) })), \(tx.now), \(person), 1)
            """)
        // What must be mended first: behind very many warnings it would be lost.
        let remarks = plan.remarks.filter(\.isFault) + plan.remarks.filter { !$0.isFault }
        for (number, remark) in remarks.prefix(remarksKept).enumerated() {
            try tx.execute(
                """
                INSERT INTO title_import_remark (batch_id, number, is_fault, sheet, line, column_letters, key, arguments)
                VALUES (\(id), \(number), \(remark.isFault), \(remark.sheet), \(remark.line),
                    \(remark.column.map(letters)), \(remark.key), \(ImportText.text(remark.arguments)))
                """)
        }
        // A plan that cannot be carried out is not kept: the file will be sent again.
        guard plan.faults == 0 else { return id }
        for (number, item) in plan.items.enumerated() {
            try tx.execute(
                """
                INSERT INTO title_import_row (batch_id, number, title_id, territory_id, organisation_id, title, title_name,
                    level, decision_number, day, year, valid_until, note)
                VALUES (\(id), \(number), \(tx.ids.next()), \(item.area), \(item.body), \(item.title), \(item.titleName),
                    \(item.level.rawValue), \(item.number), \(item.day), \(item.year), \(item.until), \(item.note))
                """)
        }
        return id
    }

    private static let columns: SQL = """
        SELECT b.id, b.territory_id, b.file_name, b.is_form, b.state, b.row_count, b.added, b.unchanged, b.faults,
               b.warnings, b.columns_read, b.columns_unknown, b.made_at, b.done_at, b.undone_at, b.revision
        FROM title_import b
        """

    static func batch(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> RecognitionEarlier.Batch {
        try batch(reader.one("\(columns) WHERE b.id = \(id) AND \(sight.covers("b.territory_id"))"), reader)
    }

    /// The one that this transaction has made.
    static func batch(_ id: ID, made tx: Transaction) throws -> RecognitionEarlier.Batch {
        try batch(tx.one("\(columns) WHERE b.id = \(id)"), tx)
    }

    /// The latest first.
    static func batches(seenBy sight: Sight, _ reader: any Reader) throws -> [RecognitionEarlier.Batch] {
        try reader.rows(
            """
            \(columns) WHERE \(sight.covers("b.territory_id")) ORDER BY b.made_at DESC, b.id DESC LIMIT \(batchesShown)
            """
        ).map { try batch($0, reader) }
    }

    private static func batch(_ row: Row, _ reader: any Reader) throws -> RecognitionEarlier.Batch {
        let territory = try row.id("territory_id")
        return RecognitionEarlier.Batch(
            id: try row.id("id"), territory: territory, fileName: try row.text("file_name"),
            isForm: try row.flag("is_form"),
            state: ImportBatch.State(rawValue: try row.text("state")) ?? .previewed,
            rows: try row.integer("row_count"), added: try row.integer("added"),
            unchanged: try row.integer("unchanged"), faults: try row.integer("faults"),
            warnings: try row.integer("warnings"), columnsRead: ImportText.columns(try row.text("columns_read")),
            columnsUnknown: ImportText.columns(try row.text("columns_unknown")), madeAt: try row.instant("made_at"),
            doneAt: try row.optionalInstant("done_at"), undoneAt: try row.optionalInstant("undone_at"),
            revision: try row.integer("revision"), place: try OrganisationStore.path(of: territory, reader))
    }

    static func remarks(of batch: ID, _ reader: any Reader) throws -> [ImportRemark] {
        try reader.rows(
            """
            SELECT is_fault, sheet, line, column_letters, key, arguments FROM title_import_remark
            WHERE batch_id = \(batch) ORDER BY is_fault DESC, number
            """
        ).map { row in
            ImportRemark(
                isFault: try row.flag("is_fault"), sheet: try row.text("sheet"), line: try row.integer("line"),
                column: try row.optionalText("column_letters"), key: try row.text("key"),
                arguments: ImportText.arguments(try row.text("arguments")))
        }
    }

    static func rows(of batch: ID, limit: Int, _ reader: any Reader) throws -> [RecognitionEarlier.Row] {
        try reader.rows(
            """
            SELECT i.number, i.title_id, i.territory_id, i.organisation_id, i.title, i.title_name, i.level,
                i.decision_number, i.day, i.year, i.valid_until, i.note, o.name AS body, t.kind AS area_kind,
                t.designation AS area_designation, t.name AS area_name, p.id AS commune_id, p.kind AS commune_kind,
                p.designation AS commune_designation, p.name AS commune_name
            FROM title_import_row i JOIN organisation o ON o.id = i.organisation_id
            JOIN territory t ON t.id = i.territory_id LEFT JOIN territory p ON p.id = t.parent_id
            WHERE i.batch_id = \(batch) ORDER BY i.number LIMIT \(limit)
            """
        ).map { row in
            RecognitionEarlier.Row(
                number: try row.integer("number"), titleID: try row.id("title_id"),
                area: try TerritoryTitle.read(row, "territory_id", "area"),
                commune: try row.optionalID("commune_id") == nil
                    ? nil : TerritoryTitle.read(row, "commune_id", "commune"),
                title: try row.text("title"), titleName: try row.text("title_name"), level: try row.text("level"),
                organisation: try row.id("organisation_id"), body: try row.text("body"),
                decisionNumber: try row.text("decision_number"), day: try row.day("day"),
                year: try row.integer("year"), until: try row.optionalDay("valid_until"),
                note: try row.optionalText("note"))
        }
    }
}
