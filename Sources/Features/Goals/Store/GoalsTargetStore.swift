import Core
import Database
import Documents
import Organisation

extension Goals {
    /// A target (chỉ tiêu) with the number that counts now.
    package struct Target: Governed {
        package static let kind = "target"

        package let id: ID
        package let territory: TerritoryTitle
        /// The code of the areas' title: "model".
        package let title: String
        package let span: Span
        package let value: Int
        package let revision: Int
        package let place: [ID]
    }

    /// A number that a target had, with the document that set it. Never altered.
    package struct TargetVersion: Sendable {
        package let number: Int
        package let value: Int
        package let document: Document
        package let note: String?
        package let scan: Scan?
        /// Who entered it; nil when a seed did.
        package let person: String?
        package let organisation: String?
        package let at: Instant
    }

    /// The document as a file.
    package struct Scan: Sendable, Equatable {
        package let address: ContentAddress
        /// "application/pdf".
        package let type: String
        package let name: String
    }

    /// What a target is set to.
    package struct NewTarget: Sendable {
        package let territory: ID
        package let title: String
        package let span: Span
        package let value: Int
        package let document: Document
        package let note: String?

        package init(
            territory: ID, title: String, span: Span, value: Int, document: Document, note: String? = nil
        ) {
            self.territory = territory
            self.title = title
            self.span = span
            self.value = value
            self.document = document
            self.note = note
        }
    }

    /// Who enters something, in whose name and when.
    package struct Deed: Sendable {
        package let person: ID?
        package let organisation: ID?
        package let at: Instant

        package init(person: ID?, organisation: ID?, at: Instant) {
            self.person = person
            self.organisation = organisation
            self.at = at
        }

        /// What a permit’s holder does in a transaction.
        package init<Subject>(_ permit: Permit<Subject>, _ tx: Transaction) {
            self.init(person: permit.actor.person, organisation: permit.grant?.organisation, at: tx.now)
        }
    }
}

/// Reads and writes targets, goals and the register of units' titles. Reading takes a `Sight`, or a unit that was
/// looked up with one; the register is public.
package enum GoalsStore {}

extension GoalsStore {
    private static let columns: SQL = """
        x.id, x.territory_id, x.title, x.year_from, x.year_until, x.value, x.revision,
        t.kind AS unit_kind, t.designation AS unit_designation, t.name AS unit_name
        """

    /// A target of a unit this person may see.
    package static func target(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> Goals.Target {
        let row = try reader.one(
            """
            SELECT \(columns) FROM target x JOIN territory t ON t.id = x.territory_id
            WHERE x.id = \(id) AND \(sight.covers("x.territory_id"))
            """)
        return try target(row, place: OrganisationStore.path(of: row.id("territory_id"), reader))
    }

    /// The target of a unit for a title and span; nil when none was set. The unit must have been looked up with Sight.
    package static func target(
        of territory: ID, title: String, _ span: Goals.Span, _ reader: any Reader
    ) throws -> Goals.Target? {
        try reader.first(
            """
            SELECT \(columns) FROM target x JOIN territory t ON t.id = x.territory_id
            WHERE x.territory_id = \(territory) AND x.title = \(title) AND x.year_from = \(span.from)
                AND x.year_until = \(span.until)
            """
        ).map { try target($0, place: OrganisationStore.path(of: territory, reader)) }
    }

    /// The targets of several units for a span. The units must have been looked up with Sight.
    package static func targets(
        of territories: [ID], _ span: Goals.Span, _ reader: any Reader
    ) throws -> [Goals.Target] {
        try reader.rows(
            """
            SELECT \(columns) FROM target x JOIN territory t ON t.id = x.territory_id
            WHERE x.territory_id IN (\(SQL.list(territories))) AND x.year_from = \(span.from)
                AND x.year_until = \(span.until) ORDER BY t.sort_key, x.title, x.id
            """
        ).map { try target($0, place: []) }
    }

    /// The spans for which a unit or one directly below it has targets, the latest first.
    package static func spans(of territories: [ID], _ reader: any Reader) throws -> [Goals.Span] {
        try reader.rows(
            """
            SELECT DISTINCT x.year_from, x.year_until FROM target x WHERE x.territory_id IN (\(SQL.list(territories)))
            """
        ).compactMap { Goals.Span(from: try $0.integer("year_from"), until: try $0.integer("year_until")) }
            .sorted(by: >)
    }

    /// Every number a target had, the newest first.
    package static func versions(of target: ID, _ reader: any Reader) throws -> [Goals.TargetVersion] {
        try reader.rows(
            """
            SELECT v.number, v.value, v.document_number, v.document_day, v.document_body, v.note, v.scan_address,
                v.scan_type, v.scan_name, v.at, p.name AS person, o.name AS organisation
            FROM target_version v LEFT JOIN person p ON p.id = v.set_by
            LEFT JOIN organisation o ON o.id = v.organisation_id
            WHERE v.target_id = \(target) ORDER BY v.number DESC LIMIT 200
            """
        ).map { row in
            Goals.TargetVersion(
                number: try row.integer("number"), value: try row.integer("value"), document: try document(row),
                note: try row.optionalText("note"), scan: try scan(row), person: try row.optionalText("person"),
                organisation: try row.optionalText("organisation"), at: try row.instant("at"))
        }
    }

    /// Sets a target, or changes the one there is; the number before stays in its history.
    ///
    /// - Parameter version: the number of changes the person saw; nil from who saw none.
    /// - Throws: `.conflict` when somebody changed it meanwhile.
    /// - Returns: the target's id and how often it was set by now.
    @discardableResult
    package static func set(
        _ new: Goals.NewTarget, scan: Goals.Scan? = nil, over version: Int? = nil, _ deed: Goals.Deed, _ tx: Transaction
    ) throws -> (id: ID, number: Int) {
        let found = try target(of: new.territory, title: new.title, new.span, tx)
        let number = (found?.revision ?? 0) + 1
        if let version, version != number - 1 { throw Refusal(.conflict, "goals.refusal.targetMoved", field: "value") }
        let id = found?.id ?? tx.ids.next()
        if let found {
            try tx.move("target", id, from: found.revision)
            try tx.execute("UPDATE target SET value = \(new.value) WHERE id = \(id)")
        } else {
            try tx.execute(
                """
                INSERT INTO target (id, territory_id, title, year_from, year_until, value, revision)
                VALUES (\(id), \(new.territory), \(new.title), \(new.span.from), \(new.span.until), \(new.value), 1)
                """)
        }
        try tx.execute(
            """
            INSERT INTO target_version (target_id, number, value, document_number, document_day, document_body, note,
                scan_address, scan_type, scan_name, set_by, organisation_id, at)
            VALUES (\(id), \(number), \(new.value), \(new.document.number), \(new.document.day), \(new.document.body),
                \(new.note), \(scan?.address.hex), \(scan?.type), \(scan?.name), \(deed.person), \(deed.organisation),
                \(deed.at))
            """)
        try GoalsFinding.enter(target: id, new.document, tx)
        tx.note("target.\(new.title).\(new.span.code)", from: found.map { "\($0.value)" }, to: "\(new.value)")
        return (id, number)
    }

    private static func target(_ row: Row, place: [ID]) throws -> Goals.Target {
        guard let span = Goals.Span(from: try row.integer("year_from"), until: try row.integer("year_until")) else {
            throw NotFound()
        }
        return Goals.Target(
            id: try row.id("id"), territory: try title(row, "territory_id", "unit"), title: try row.text("title"),
            span: span, value: try row.integer("value"), revision: try row.integer("revision"), place: place)
    }

    static func document(_ row: Row) throws -> Goals.Document {
        Goals.Document(
            number: try row.text("document_number"), day: try row.day("document_day"),
            body: try row.text("document_body"))
    }

    private static func scan(_ row: Row) throws -> Goals.Scan? {
        guard let address = try row.optionalText("scan_address").flatMap({ ContentAddress($0) }) else { return nil }
        return Goals.Scan(
            address: address, type: try row.text("scan_type"), name: try row.optionalText("scan_name") ?? "")
    }

    /// A unit's name from the columns `<prefix>_kind`, `<prefix>_designation` and `<prefix>_name`.
    static func title(_ row: Row, _ id: String, _ prefix: String) throws -> TerritoryTitle {
        TerritoryTitle(
            id: try row.id(id), kind: try known(row, "\(prefix)_kind"),
            designation: try known(row, "\(prefix)_designation"), name: try row.text("\(prefix)_name"))
    }

    static func known<Word: RawRepresentable<String>>(_ row: Row, _ column: String) throws -> Word {
        let text = try row.text(column)
        guard let word = Word(rawValue: text) else { throw UnknownWord(column: column, word: text) }
        return word
    }
}

/// A stored word that the program does not know: written by a newer one.
struct UnknownWord: Error {
    let column: String
    let word: String
}
