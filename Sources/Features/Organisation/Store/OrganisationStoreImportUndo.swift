import Core
import Database

extension OrganisationStore {
    /// Takes an import back: what came goes, what changed is as it was, what ended stands again. Refused, naming each
    /// thing in the way, while anything else refers to what came in or has changed what it changed.
    static func undo(_ batch: ImportBatch, _ references: [ImportReference], _ tx: Transaction) throws {
        guard batch.state == .done else { throw Refusal(.conflict, "organisation.import.refusal.notDone") }
        if let refusal = Refusal.of(try obstacles(batch, references, tx)) { throw refusal }
        switch batch.subject {
        case .territories, .areas: try undoUnits(batch, tx)
        case .organisations: try undoBodies(batch, tx)
        }
        try tx.execute("UPDATE import_batch SET state = 'undone', undone_at = \(tx.now) WHERE id = \(batch.id)")
        try bumpTree(tx)
    }

    /// What stands in the way, one refusal each.
    static func obstacles(
        _ batch: ImportBatch, _ references: [ImportReference], _ reader: any Reader
    ) throws -> [Refusal] {
        let came: SQL = "(SELECT i.subject_id FROM import_row i WHERE i.batch_id = \(batch.id) AND i.action = 'add')"
        let own: SQL = "(SELECT i.subject_id FROM import_row i WHERE i.batch_id = \(batch.id))"
        var found: [(key: String, count: Int)] = []
        func count(_ key: String, _ sql: SQL) throws {
            let count = try reader.one(sql).integer("n")
            if count > 0 { found.append((key, count)) }
        }
        try count(
            "organisation.import.reference.units",
            """
            SELECT count(*) AS n FROM territory t WHERE t.parent_id IN \(came) AND t.id NOT IN \(own)
            """)
        try count(
            "organisation.import.reference.organisations",
            """
            SELECT count(*) AS n FROM organisation o
            WHERE (o.territory_id IN \(came) OR o.parent_id IN \(came)) AND o.id NOT IN \(own)
            """)
        try count(
            "organisation.import.reference.imports",
            """
            SELECT count(*) AS n FROM import_batch b WHERE b.territory_id IN \(came) AND b.state <> 'undone'
            """)
        try count(
            "organisation.import.reference.later",
            """
            SELECT count(*) AS n FROM import_row r JOIN import_batch b ON b.id = r.batch_id
            WHERE b.state = 'done' AND b.done_at > \(batch.doneAt) AND b.id <> \(batch.id) AND r.subject_id IN
            (SELECT i.subject_id FROM import_row i WHERE i.batch_id = \(batch.id))
            """)
        for table in ["area_group", "area_convention", "area_model", "area_occasion", "area_strength"] as [SQL] {
            try count(
                "organisation.import.reference.profiles",
                "SELECT count(*) AS n FROM \(table) r WHERE r.territory_id IN \(came)")
        }
        for reference in references {
            try count(
                reference.label,
                """
                SELECT count(*) AS n FROM \(SQL(name: reference.table)) r
                WHERE r.\(SQL(name: reference.column)) IN \(came)
                """)
        }
        try forEach(.change, of: batch, reader) { row in
            guard found.count < 20, batch.subject != .organisations else { return }
            guard try !isStill(row, reader) else { return }
            found.append(("organisation.import.reference.changed", 1))
        }
        // The same thing in the way twice is said once, with its sum.
        var sums: [(key: String, count: Int)] = []
        for (key, count) in found {
            if let index = sums.firstIndex(where: { $0.key == key }) {
                sums[index].count += count
            } else {
                sums.append((key, count))
            }
        }
        return sums.map { Refusal(.conflict, $0.key, ["count": "\($0.count)"]) }
    }

    /// Whether a unit stands as the import left it.
    private static func isStill(_ row: ImportRow, _ reader: any Reader) throws -> Bool {
        guard
            let now = try reader.first(
                """
                SELECT designation, name, code, parent_id, valid_until FROM territory WHERE id = \(row.subject)
                """)
        else { return false }
        return try now.text("designation") == row.after.kind && now.text("name") == row.after.name
            && now.optionalText("code") == row.after.code && now.optionalID("parent_id") == row.after.place
            && now.optionalText("valid_until") == nil
    }

    private static func undoUnits(_ batch: ImportBatch, _ tx: Transaction) throws {
        var touched: [ID] = []
        try tx.execute("DELETE FROM territory_succession WHERE batch_id = \(batch.id)")
        try forEach(.end, of: batch, tx) { row in
            try tx.execute("UPDATE territory SET valid_until = NULL, revision = revision + 1 WHERE id = \(row.subject)")
            try tx.execute(
                """
                UPDATE territory_state SET valid_until = NULL WHERE territory_id = \(row.subject) AND valid_from =
                (SELECT max(s.valid_from) FROM territory_state s WHERE s.territory_id = \(row.subject))
                """)
            let kind = row.after.designation?.kind ?? .area
            try replaceWords(of: kind, row.subject, from: "", to: row.after.name, tx)
            touched.append(row.subject)
        }
        try forEach(.change, of: batch, tx) { row in
            guard let before = row.before else { return }
            if before.change != row.after.change {
                try restore(row.subject, before, batch, tx)
                touched.append(row.subject)
            }
            if batch.subject == .areas, before.profile != row.after.profile {
                if let year = row.after.profile.asOf, year != before.profile.asOf {
                    try tx.execute("DELETE FROM area_year WHERE territory_id = \(row.subject) AND year = \(year)")
                }
                try setProfile(of: row.subject, before.profile, tx)
                try takeNewest(of: row.subject, tx)
            }
        }
        try removeAdded(batch, tx)
        try refreshSearchKeys(of: touched, tx)
        try rebuildClosure(below: touched, tx)
    }

    /// The unit as it was before. A state that the import had closed is open again; one that it had corrected is
    /// written back.
    private static func restore(_ id: ID, _ before: ImportRecord, _ batch: ImportBatch, _ tx: Transaction) throws {
        let now = try tx.one("SELECT kind, name FROM territory WHERE id = \(id)")
        let designation = before.designation ?? .thon
        let sortKey = TerritoryKeys.sort(before.name, order: before.order)
        let values: SQL = """
            kind = \(designation.kind.rawValue), designation = \(designation.rawValue), name = \(before.name),
            code = \(before.code), parent_id = \(before.place), sort_key = \(sortKey)
            """
        try tx.execute(
            """
            UPDATE territory SET \(values), name_key = \(VietnameseText.nameKey(before.name)), revision = revision + 1
            WHERE id = \(id)
            """)
        if let from = before.from, from < batch.day {
            try tx.execute("DELETE FROM territory_state WHERE territory_id = \(id) AND valid_from = \(batch.day)")
            try tx.execute(
                """
                UPDATE territory_state SET valid_until = NULL WHERE territory_id = \(id) AND valid_from = \(from)
                """)
        } else {
            try tx.execute("UPDATE territory_state SET \(values) WHERE territory_id = \(id) AND valid_until IS NULL")
        }
        try replaceWords(of: known(TerritoryKind.self, now, "kind"), id, from: now.text("name"), to: before.name, tx)
        if batch.subject == .areas {
            try tx.execute("UPDATE area SET area_kind = \(designation.rawValue) WHERE territory_id = \(id)")
        }
    }

    private static func removeAdded(_ batch: ImportBatch, _ tx: Transaction) throws {
        guard batch.added > 0 else { return }
        let came: SQL = "(SELECT i.subject_id FROM import_row i WHERE i.batch_id = \(batch.id) AND i.action = 'add')"
        try tx.execute("DELETE FROM search_word WHERE subject_id IN \(came)")
        try tx.execute("DELETE FROM territory_closure WHERE descendant_id IN \(came)")
        try tx.execute("DELETE FROM area_year WHERE territory_id IN \(came)")
        try tx.execute("DELETE FROM area WHERE territory_id IN \(came)")
        try tx.execute("DELETE FROM territory_state WHERE territory_id IN \(came)")
        try tx.execute("DELETE FROM territory WHERE id IN \(came)")
    }

    private static func undoBodies(_ batch: ImportBatch, _ tx: Transaction) throws {
        try forEach(.end, of: batch, tx) { row in
            guard let before = row.before else { return }
            let day = row.after.until ?? batch.day
            try tx.execute(
                """
                UPDATE organisation SET valid_until = NULL, revision = revision + 1 WHERE id = \(row.subject)
                """)
            try tx.execute(
                """
                UPDATE organisation_name SET valid_until = NULL
                WHERE organisation_id = \(row.subject) AND valid_until = \(day)
                """)
            try tx.execute(
                """
                UPDATE organisation_place SET valid_until = NULL
                WHERE organisation_id = \(row.subject) AND valid_until = \(day)
                """)
            if let territory = before.place {
                try replaceOrganisationWords(row.subject, territory, from: "", to: before.name, tx)
            }
            try writeBody(row.subject, before, tx)
        }
        try forEach(.change, of: batch, tx) { row in
            if let before = row.before { try writeBody(row.subject, before, tx) }
        }
        let came: SQL = "(SELECT i.subject_id FROM import_row i WHERE i.batch_id = \(batch.id) AND i.action = 'add')"
        try tx.execute("DELETE FROM search_word WHERE subject_id IN \(came)")
        try tx.execute("DELETE FROM organisation_place WHERE organisation_id IN \(came)")
        try tx.execute("DELETE FROM organisation_name WHERE organisation_id IN \(came)")
        try tx.execute("DELETE FROM organisation WHERE id IN \(came)")
    }
}
