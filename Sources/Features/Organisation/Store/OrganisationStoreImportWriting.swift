import Core
import Database

/// A file that has been read and planned, on its way to its preview.
struct ImportPreview: Sendable {
    let base: ID
    let subject: OrganisationImport.Subject
    let coverage: OrganisationImport.Coverage
    let day: Day
    let document: String?
    let fileName: String
    let plan: OrganisationImport.Plan
    /// The letters of columns, A, B …, by their number from 0.
    let letters: @Sendable (Int) -> String
    let treeVersion: Int
}

extension OrganisationStore {
    /// Keeps a plan with its remarks, so that confirming it is one press.
    static func keep(_ preview: ImportPreview, by person: ID, _ tx: Transaction) throws -> ID {
        let id = tx.ids.next()
        let plan = preview.plan
        let letters = preview.letters
        try tx.execute(
            """
            INSERT INTO import_batch (id, territory_id, subject, coverage, day, document, file_name, state, row_count,
            added, changed, unchanged, ended, faults, warnings, columns_read, columns_unknown, tree_version, made_at,
            made_by, revision)
            VALUES (\(id), \(preview.base), \(preview.subject.rawValue), \(preview.coverage.rawValue), \(preview.day),
            \(preview.document), \(preview.fileName), 'previewed', \(plan.rows), \(plan.count(.add)),
            \(plan.count(.change)), \(plan.unchanged), \(plan.count(.end)), \(plan.faults), \(plan.warnings),
            \(ImportText.text(plan.read.map { ($0.field, letters($0.column)) })),
            \(ImportText.text(plan.unknown.map { ($0.title, letters($0.column)) })), \(preview.treeVersion),
            \(tx.now), \(person), 1)
            """)
        try keepRemarks(plan.remarks, of: id, letters, tx)
        // A plan that cannot be carried out is not kept: the file will be sent again.
        if plan.faults == 0 { try keepItems(plan.items, of: id, tx) }
        return id
    }

    private static func keepItems(_ items: [OrganisationImport.Item], of batch: ID, _ tx: Transaction) throws {
        let new = items.map { item in
            if case .new = item.subject { tx.ids.next() } else { ID(high: 0, low: 0) }
        }
        func resolve(_ reference: OrganisationImport.Reference) -> ID {
            switch reference {
            case .known(let id): id
            case .new(let index): new[index]
            }
        }
        var insert = BulkInsert(
            "INSERT INTO import_row (batch_id, number, action, subject_id, after, before) VALUES ", columns: 6, tx)
        for (index, item) in items.enumerated() {
            try insert.add(
                .id(batch), .integer(Int64(index)), .text(item.action.rawValue), .id(resolve(item.subject)),
                .text(ImportRecord(item.after, resolve).text),
                .optional(item.before.map { ImportRecord($0, resolve).text }))
        }
        try insert.flush()
    }

    private static func keepRemarks(
        _ remarks: [OrganisationImport.Remark], of batch: ID, _ letters: (Int) -> String, _ tx: Transaction
    ) throws {
        var insert = BulkInsert(
            """
            INSERT INTO import_remark (batch_id, number, is_fault, sheet, line, column_letters, key, arguments) VALUES \

            """, columns: 8, tx)
        for (index, remark) in remarks.enumerated() {
            try insert.add(
                .id(batch), .integer(Int64(index)), .flag(remark.isFault), .text(remark.sheet),
                .integer(Int64(remark.line)), .optional(remark.column.map(letters)), .text(remark.key),
                .text(ImportText.text(remark.arguments)))
        }
        try insert.flush()
    }

    /// Carries a kept plan out. Refused when the tree has changed since it was made.
    static func carryOut(_ batch: ImportBatch, _ tx: Transaction) throws {
        guard batch.state == .previewed else { throw Refusal(.conflict, "organisation.import.refusal.notPreviewed") }
        guard batch.faults == 0 else { throw Refusal(.invalid, "organisation.import.refusal.faults") }
        guard try treeVersion(tx) == batch.treeVersion else {
            throw Refusal(.conflict, "organisation.import.refusal.treeMoved")
        }
        switch batch.subject {
        case .territories, .areas: try carryOutUnits(batch, tx)
        case .organisations: try carryOutBodies(batch, tx)
        }
        try tx.execute("UPDATE import_batch SET state = 'done', done_at = \(tx.now) WHERE id = \(batch.id)")
    }

    private static func carryOutUnits(_ batch: ImportBatch, _ tx: Transaction) throws {
        var new: [NewTerritory] = []
        new.reserveCapacity(batch.added)
        var origins: [(from: ID, into: ID)] = []
        try forEach(.add, of: batch, tx) { row in
            new.append(
                NewTerritory(
                    id: row.subject, row.after.designation ?? .thon, row.after.name, code: row.after.code,
                    parent: row.after.place, from: batch.day, order: row.after.order, document: batch.document,
                    profile: batch.subject == .areas ? row.after.profile : nil))
            origins += row.after.successions.map { ($0, row.subject) }
        }
        if !new.isEmpty { try addTerritories(new, tx) }
        let isOrigin = Set(origins.map(\.from))
        var touched: [ID] = []
        try forEach(.change, of: batch, tx) { row in
            if try write(row.after.change, of: row.subject, on: batch.day, document: batch.document, tx) {
                touched.append(row.subject)
            }
            if batch.subject == .areas, row.before?.profile != row.after.profile {
                try setProfile(of: row.subject, row.after.profile, tx)
            }
        }
        try forEach(.end, of: batch, tx) { row in
            try writeEnd(of: row.subject, on: batch.day, tx)
            if row.after.successions.isEmpty, !isOrigin.contains(row.subject) {
                try addSuccessions(
                    from: [row.subject], into: [], .abolish, on: batch.day, document: batch.document, batch: batch.id,
                    tx)
            }
            touched.append(row.subject)
        }
        let parts = Dictionary(grouping: origins, by: \.from).mapValues(\.count)
        for (from, into) in origins {
            try addSuccessions(
                from: [from], into: [into], parts[from] ?? 1 > 1 ? .split : .merge, on: batch.day,
                document: batch.document, batch: batch.id, tx)
        }
        try rebuildClosure(below: touched, tx)
        try bumpTree(tx)
    }

    private static func carryOutBodies(_ batch: ImportBatch, _ tx: Transaction) throws {
        var new: [NewOrganisation] = []
        try forEach(.add, of: batch, tx) { row in
            guard let kind = OrganisationKind(rawValue: row.after.kind), let territory = row.after.place else { return }
            new.append(
                NewOrganisation(
                    id: row.subject, kind, row.after.name, territory: territory, parent: row.after.parent,
                    from: row.after.from ?? batch.day, until: row.after.until))
        }
        if !new.isEmpty { try addOrganisations(new, tx) }
        try forEach(.change, of: batch, tx) { row in try writeBody(row.subject, row.after, tx) }
        try forEach(.end, of: batch, tx) { row in
            try endOrganisation(row.subject, on: row.after.until ?? batch.day, tx)
        }
        try bumpTree(tx)
    }

    static func writeBody(_ id: ID, _ record: ImportRecord, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE organisation SET kind = \(record.kind), parent_id = \(record.parent), revision = revision + 1
            WHERE id = \(id)
            """)
        try tx.execute(
            """
            UPDATE organisation_place SET parent_id = \(record.parent)
            WHERE organisation_id = \(id) AND valid_until IS NULL
            """)
    }

    /// Reads a batch's lines five thousand at a time.
    static func forEach(
        _ action: OrganisationImport.Action, of batch: ImportBatch, _ reader: any Reader,
        _ body: (ImportRow) throws -> Void
    ) throws {
        var last = -1
        while true {
            let rows = try importRows(of: batch.id, action, after: last, limit: 5_000, reader)
            for row in rows { try body(row) }
            guard rows.count == 5_000, let end = rows.last else { return }
            last = end.number
        }
    }
}
