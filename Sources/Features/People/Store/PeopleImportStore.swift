import Core
import Database
import Organisation

/// A column of another feature's table that points to persons: while rows stand there, an import that brought them in
/// cannot be taken back.
package struct PeopleReference: Sendable {
    let table: StaticString
    let column: StaticString

    package init(table: StaticString, column: StaticString) {
        self.table = table
        self.column = column
    }
}

/// One file of people: previewed, carried out, or taken back.
struct PeopleImportBatch: Governed, Encodable, ShownImport {
    static let kind = "people_import"

    typealias State = ImportBatch.State

    let id: ID
    let territory: ID
    let fileName: String
    let state: State
    let rows: Int
    /// Persons that are new.
    let added: Int
    /// Offices for people who are there.
    let given: Int
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

    var changesNothing: Bool { added + given == 0 }
}

/// A row of a kept plan.
struct PeopleImportRow: Encodable, Sendable {
    let number: Int
    let isNew: Bool
    let person: ID
    let roleID: ID
    let name: String
    let birthYear: Int?
    let phone: String?
    let signInName: String?
    let role: Role
    let organisation: PersonName
    let territory: TerritoryTitle
    let from: Day
    let until: Day?
}

/// Keeps imports of people.
enum PeopleImportStore {
    static let rowsShown = 100
    static let batchesShown = 20
    /// How many remarks are kept; the rest is only counted.
    static let remarksKept = 500

    static func keep(
        _ plan: PeopleImport.Plan, fileName: String, base: ID, by person: ID, letters: (Int) -> String,
        _ tx: Transaction
    ) throws -> ID {
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO people_import (id, territory_id, file_name, state, row_count, added, given, unchanged, faults,
                warnings, columns_read, columns_unknown, made_at, made_by, revision)
            VALUES (\(id), \(base), \(fileName), 'previewed', \(plan.rows), \(plan.added), \(plan.given),
                \(plan.unchanged), \(plan.faults), \(plan.warnings),
                \(ImportText.text(plan.read.map { ($0.field, letters($0.column)) })),
                \(ImportText.text(plan.unknown.map { ($0.title, letters($0.column)) })), \(tx.now), \(person), 1)
            """)
        // What must be mended first: behind very many warnings it would be lost.
        let remarks = plan.remarks.filter(\.isFault) + plan.remarks.filter { !$0.isFault }
        for (number, remark) in remarks.prefix(remarksKept).enumerated() {
            try tx.execute(
                """
                INSERT INTO people_import_remark (batch_id, number, is_fault, sheet, line, column_letters, key, arguments)
                VALUES (\(id), \(number), \(remark.isFault), \(remark.sheet), \(remark.line),
                    \(remark.column.map(letters)), \(remark.key), \(ImportText.text(remark.arguments)))
                """)
        }
        // A plan that cannot be carried out is not kept: the file will be sent again.
        guard plan.faults == 0 else { return id }
        for (number, item) in plan.items.enumerated() {
            let subject: ID
            let isNew: Bool
            switch item.subject {
            case .new: (subject, isNew) = (tx.ids.next(), true)
            case .known(let known): (subject, isNew) = (known, false)
            }
            try tx.execute(
                """
                INSERT INTO people_import_row (batch_id, number, is_new, person_id, role_id, name, birth_year, phone,
                    sign_in_name, role, organisation_id, territory_id, valid_from, valid_until)
                VALUES (\(id), \(number), \(isNew), \(subject), \(tx.ids.next()), \(item.name), \(item.birthYear),
                    \(item.phone), \(item.signInName), \(item.role.rawValue), \(item.organisation), \(item.territory),
                    \(item.from), \(item.until))
                """)
        }
        return id
    }

    private static let columns: SQL = """
        SELECT b.id, b.territory_id, b.file_name, b.state, b.row_count, b.added, b.given, b.unchanged, b.faults,
               b.warnings, b.columns_read, b.columns_unknown, b.made_at, b.done_at, b.undone_at, b.revision
        FROM people_import b
        """

    static func batch(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> PeopleImportBatch {
        try batch(
            reader.one("\(columns) WHERE b.id = \(id) AND \(sight.covers("b.territory_id"))"), reader)
    }

    /// The latest first; one more than a page, if there is one.
    ///
    /// - Parameter before: the one behind which the page begins.
    static func batches(seenBy sight: Sight, before: ID?, _ reader: any Reader) throws -> [PeopleImportBatch] {
        var sql: SQL = "\(columns) WHERE \(sight.covers("b.territory_id"))"
        if let before {
            sql += """
                 AND (b.made_at, b.id) < ((SELECT made_at FROM people_import WHERE id = \(before)), \(before))
                """
        }
        return try reader.rows(sql + " ORDER BY b.made_at DESC, b.id DESC LIMIT \(batchesShown + 1)").map {
            try batch($0, reader)
        }
    }

    private static func batch(_ row: Row, _ reader: any Reader) throws -> PeopleImportBatch {
        let territory = try row.id("territory_id")
        return PeopleImportBatch(
            id: try row.id("id"), territory: territory, fileName: try row.text("file_name"),
            state: PeopleImportBatch.State(rawValue: try row.text("state")) ?? .previewed,
            rows: try row.integer("row_count"), added: try row.integer("added"), given: try row.integer("given"),
            unchanged: try row.integer("unchanged"), faults: try row.integer("faults"),
            warnings: try row.integer("warnings"),
            columnsRead: ImportText.columns(try row.text("columns_read")),
            columnsUnknown: ImportText.columns(try row.text("columns_unknown")),
            madeAt: try row.instant("made_at"), doneAt: try row.optionalInstant("done_at"),
            undoneAt: try row.optionalInstant("undone_at"), revision: try row.integer("revision"),
            place: try OrganisationStore.path(of: territory, reader))
    }

    static func remarks(of batch: ID, _ reader: any Reader) throws -> [ImportRemark] {
        try reader.rows(
            """
            SELECT is_fault, sheet, line, column_letters, key, arguments FROM people_import_remark
            WHERE batch_id = \(batch) ORDER BY is_fault DESC, number
            """
        ).map { row in
            ImportRemark(
                isFault: try row.flag("is_fault"), sheet: try row.text("sheet"), line: try row.integer("line"),
                column: try row.optionalText("column_letters"), key: try row.text("key"),
                arguments: ImportText.arguments(try row.text("arguments")))
        }
    }

    static func rows(
        of batch: ID, after number: Int = -1, limit: Int, _ reader: any Reader
    ) throws -> [PeopleImportRow] {
        try reader.rows(
            """
            SELECT i.*, o.name AS organisation, t.kind, t.designation, t.name AS place_name FROM people_import_row i
            JOIN organisation o ON o.id = i.organisation_id JOIN territory t ON t.id = i.territory_id
            WHERE i.batch_id = \(batch) AND i.number > \(number) ORDER BY i.number LIMIT \(limit)
            """
        ).compactMap { row in
            guard let role = Role(rawValue: try row.text("role")),
                let territory = try PeopleGrantStore.title(
                    try row.optionalID("territory_id"), row, "kind", "designation", "place_name")
            else { return nil }
            return PeopleImportRow(
                number: try row.integer("number"), isNew: try row.flag("is_new"), person: try row.id("person_id"),
                roleID: try row.id("role_id"), name: try row.text("name"),
                birthYear: try row.optionalInteger("birth_year"), phone: try row.optionalText("phone"),
                signInName: try row.optionalText("sign_in_name"), role: role,
                organisation: PersonName(id: try row.id("organisation_id"), name: try row.text("organisation")),
                territory: territory, from: try row.day("valid_from"), until: try row.optionalDay("valid_until"))
        }
    }

    /// Carries a kept plan out, all or nothing. Refused when somebody of it came to be meanwhile, and when it names whoever
    /// carries it out: it may have been previewed by another.
    ///
    /// - Parameter sight: of whoever carries it out; nobody out of it is given an office.
    static func carryOut(_ batch: PeopleImportBatch, by sight: Sight, isInvented: Bool, _ tx: Transaction) throws {
        guard batch.state == .previewed else { throw Refusal(.conflict, "organisation.import.refusal.notPreviewed") }
        guard batch.faults == 0 else { throw Refusal(.invalid, "organisation.import.refusal.faults") }
        let moved = Refusal(.conflict, "organisation.import.refusal.treeMoved")
        for row in try rows(of: batch.id, limit: PeopleImport.mostRows, tx) {
            let isStanding = try tx.one(
                """
                SELECT count(*) AS n FROM organisation o, territory t WHERE o.id = \(row.organisation.id)
                AND t.id = \(row.territory.id) AND t.valid_until IS NULL
                AND (o.valid_until IS NULL OR o.valid_until > \(tx.now.day))
                """
            ).integer("n")
            guard isStanding == 1 else { throw moved }
            if row.isNew {
                if let name = row.signInName,
                    try tx.first("SELECT person_id FROM account WHERE sign_in_name = \(name)") != nil
                {
                    throw moved
                }
                try PeopleStore.addPerson(
                    row.person, name: row.name, birthYear: row.birthYear, phone: row.phone, isInvented: isInvented, tx)
                try PeopleStore.addAccount(person: row.person, signInName: row.signInName, tx)
            } else {
                guard row.person != sight.person else { throw Refusal(.forbidden, "people.refusal.ownRole") }
                let seen = try tx.first(
                    """
                    SELECT r.id FROM role_assignment r WHERE r.person_id = \(row.person)
                    AND \(sight.covers("r.territory_id")) LIMIT 1
                    """)
                guard seen != nil else { throw Refusal(.forbidden, "people.import.refusal.elsewhere") }
                let held = try tx.one(
                    """
                    SELECT count(*) AS n FROM role_assignment r WHERE r.person_id = \(row.person)
                    AND r.role = \(row.role.rawValue) AND r.organisation_id = \(row.organisation.id)
                    AND r.territory_id = \(row.territory.id) AND r.stands_for IS NULL
                    AND (r.valid_until IS NULL OR r.valid_until > \(row.from))
                    """
                ).integer("n")
                guard held == 0 else { throw moved }
            }
            try PeopleStore.addRole(
                row.roleID, person: row.person, role: row.role, organisation: row.organisation.id,
                territory: row.territory.id, from: row.from, until: row.until, assignedBy: sight.person, tx)
        }
        try tx.execute("UPDATE people_import SET state = 'done', done_at = \(tx.now) WHERE id = \(batch.id)")
    }

    /// Takes an import back. Refused, naming what stands in the way, once somebody of it has begun to work here.
    static func undo(_ batch: PeopleImportBatch, _ references: [PeopleReference], _ tx: Transaction) throws {
        guard batch.state == .done else { throw Refusal(.conflict, "organisation.import.refusal.notDone") }
        let came: SQL = "(SELECT i.person_id FROM people_import_row i WHERE i.batch_id = \(batch.id) AND i.is_new)"
        let offices: SQL = "(SELECT i.role_id FROM people_import_row i WHERE i.batch_id = \(batch.id))"
        var refusals: [Refusal] = []
        func refuse(_ key: String, _ sql: SQL) throws {
            let count = try tx.one(sql).integer("n")
            if count > 0 {
                refusals.append(Refusal(.conflict, "people.import.reference.\(key)", ["count": "\(count)"]))
            }
        }
        try refuse(
            "active", "SELECT count(*) AS n FROM account WHERE person_id IN \(came) AND password_hash IS NOT NULL")
        try refuse(
            "slips",
            """
            SELECT count(DISTINCT person_id) AS n FROM activation_slip WHERE person_id IN \(came)
            """)
        try refuse(
            "roles",
            """
            SELECT count(*) AS n FROM role_assignment r WHERE (r.person_id IN \(came) AND r.id NOT IN \(offices))
            OR r.stands_for IN \(offices) OR r.helps IN \(offices)
            """)
        try refuse(
            "ended",
            """
            SELECT count(*) AS n FROM role_assignment r WHERE r.id IN \(offices) AND r.version <> 1
            """)
        try refuse("acts", "SELECT count(*) AS n FROM audit WHERE grant_id IN \(offices)")
        // However many tables they stand in, it is said once.
        let records = try references.reduce(0) { sum, reference in
            let sql: SQL = """
                SELECT count(*) AS n FROM \(SQL(name: reference.table)) x WHERE x.\(SQL(name: reference.column)) IN \(came)
                """
            return sum + (try tx.one(sql).integer("n"))
        }
        if records > 0 {
            refusals.append(Refusal(.conflict, "people.import.reference.records", ["count": "\(records)"]))
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        try tx.execute("DELETE FROM role_assignment WHERE id IN \(offices)")
        try tx.execute("DELETE FROM person_view WHERE person_id IN \(came)")
        try tx.execute("DELETE FROM account WHERE person_id IN \(came)")
        try tx.execute("DELETE FROM person WHERE id IN \(came)")
        try tx.execute("UPDATE people_import SET state = 'undone', undone_at = \(tx.now) WHERE id = \(batch.id)")
    }
}
