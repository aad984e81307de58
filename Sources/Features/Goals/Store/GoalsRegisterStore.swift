import Core
import Database
import Organisation

extension Goals {
    /// A title that a commune or district won, as it stands in the register. All of it is public.
    package struct UnitTitleHeld: Governed {
        package static let kind = "unit_title"

        package let id: ID
        package let unit: TerritoryTitle
        /// The day on which the unit ended; nil while it stands.
        package let unitEnded: Day?
        package let title: UnitTitle
        package let name: String
        package let document: Document
        package let signer: String?
        package let from: Day
        /// The first day without; nil where no term is set.
        package let until: Day?
        package let endedOn: Day?
        package let endedWhy: Ending?
        /// The document that ended it, or the reason why the entry is a slip.
        package let endedDocument: String?
        /// The day on which the entry was told to be a slip.
        package let voidedOn: Day?
        package let revision: Int
        package let place: [ID]

        /// Whether it holds on a day; that the unit went up in another does not end it.
        package func holds(on day: Day) -> Bool {
            from <= day && (until.map { day < $0 } ?? true) && (endedOn.map { day < $0 } ?? true)
        }
    }

    /// A title as it is entered.
    package struct NewUnitTitle: Sendable {
        package let territory: ID
        package let title: UnitTitle
        package let name: String
        package let document: Document
        package let signer: String?
        package let from: Day
        package let until: Day?

        package init(
            territory: ID, title: UnitTitle, name: String, document: Document, signer: String?, from: Day, until: Day?
        ) {
            self.territory = territory
            self.title = title
            self.name = name
            self.document = document
            self.signer = signer
            self.from = from
            self.until = until
        }
    }

    /// What the register is narrowed to.
    package struct RegisterFilter: Sendable {
        package var under: ID
        package var title: UnitTitle?
        /// Without districts and provinces.
        package var communesOnly: Bool
        /// Only what holds on this day; nil for all there ever was.
        package var day: Day?
        /// Folded words that the unit's name, or that of a unit above it, has.
        package var words: [String]

        package init(
            under: ID, title: UnitTitle? = nil, communesOnly: Bool = false, on day: Day? = nil, words: [String] = []
        ) {
            self.under = under
            self.title = title
            self.communesOnly = communesOnly
            self.day = day
            self.words = words
        }
    }

    /// How far the areas of a commune are: what feeds a commune's own title.
    package struct Progress: Sendable, Encodable, Equatable {
        package let unit: TerritoryTitle
        package let areas: Int
        /// Areas that hold model or outstanding today, each counted once.
        package let holding: Int
        /// Areas registered this year.
        package let registered: Int
        /// Of those, areas the panel passed: in a draft decision, or recognised.
        package let passed: Int
    }
}

extension GoalsStore {
    private static let columns: SQL = """
        x.id, x.territory_id, x.title, x.title_name, x.decision_number AS document_number,
        x.decision_day AS document_day, x.decision_body AS document_body, x.signer, x.valid_from, x.valid_until,
        x.ended_on, x.ended_why, x.ended_document, x.voided_on, x.revision,
        t.kind AS unit_kind, t.designation AS unit_designation, t.name AS unit_name, t.valid_until AS unit_until
        """

    /// A title of the register. Public; the place is for the gate.
    package static func unitTitle(_ id: ID, _ reader: any Reader) throws -> Goals.UnitTitleHeld {
        let row = try reader.one(
            "SELECT \(columns) FROM unit_title x JOIN territory t ON t.id = x.territory_id WHERE x.id = \(id)")
        return try held(row, place: OrganisationStore.path(of: row.id("territory_id"), reader))
    }

    /// The register below a unit, units of former times among them, by pages. Public.
    ///
    /// - Parameter after: the id of the last entry of the page before.
    package static func unitTitles(
        _ filter: Goals.RegisterFilter, after: ID? = nil, limit: Int = 50, _ reader: any Reader
    ) throws -> (titles: [Goals.UnitTitleHeld], next: ID?) {
        var condition = condition(filter)
        if let after,
            let last = try reader.first(
                """
                SELECT t.sort_key, x.valid_from FROM unit_title x JOIN territory t ON t.id = x.territory_id
                WHERE x.id = \(after)
                """)
        {
            let (key, from) = (try last.text("sort_key"), try last.day("valid_from"))
            condition += """
                 AND (t.sort_key > \(key) OR (t.sort_key = \(key) AND (x.valid_from < \(from)
                    OR (x.valid_from = \(from) AND x.id > \(after)))))
                """
        }
        let found = try reader.rows(
            """
            SELECT \(columns) FROM unit_title x JOIN territory t ON t.id = x.territory_id
            WHERE \(condition) ORDER BY t.sort_key, x.valid_from DESC, x.id LIMIT \(limit + 1)
            """
        ).map { try held($0, place: []) }
        let page = Array(found.prefix(limit))
        return (page, found.count > limit ? page.last?.id : nil)
    }

    /// How many entries of each title the register has, whichever title is asked for; those by mistake are not counted.
    package static func counts(
        ofTitles filter: Goals.RegisterFilter, _ reader: any Reader
    ) throws -> [Goals.UnitTitle: Int] {
        var all = filter
        all.title = nil
        var counts: [Goals.UnitTitle: Int] = [:]
        for row in try reader.rows(
            """
            SELECT x.title, count(*) AS many FROM unit_title x JOIN territory t ON t.id = x.territory_id
            WHERE \(condition(all)) AND \(wasEver("x")) GROUP BY x.title
            """)
        {
            counts[try known(row, "title")] = try row.integer("many")
        }
        return counts
    }

    private static func condition(_ filter: Goals.RegisterFilter) -> SQL {
        var condition: SQL = """
            EXISTS (SELECT 1 FROM territory_closure u
                WHERE u.descendant_id = x.territory_id AND u.ancestor_id = \(filter.under))
            """
        if let title = filter.title { condition += " AND x.title = \(title.rawValue)" }
        if filter.communesOnly {
            condition += " AND t.kind IN (\(SQL.list(TerritoryKind.communes.map(\.rawValue))))"
        }
        if let day = filter.day { condition += " AND \(holding("x", on: day))" }
        for word in filter.words { condition += " AND \(names(word))" }
        return condition
    }

    /// The day from which a unit holds a title on a day; nil when it does not.
    package static func holdingSince(
        _ territory: ID, _ title: Goals.UnitTitle, _ name: String, on day: Day, _ reader: any Reader
    ) throws -> Day? {
        try reader.first(
            """
            SELECT x.valid_from FROM unit_title x WHERE x.territory_id = \(territory)
                AND x.title_key = \(title.key(name)) AND \(holding("x", on: day)) ORDER BY x.valid_from DESC
            """)?.day("valid_from")
    }

    /// The units directly above areas below a unit, with how far their areas are this year: three queries in all. The
    /// unit must have been looked up with Sight.
    package static func progress(under unit: ID, on today: Day, _ reader: any Reader) throws -> [Goals.Progress] {
        let kinds = SQL.list(TerritoryKind.communes.map(\.rawValue))
        let communes = try reader.rows(
            """
            SELECT t.id, t.kind AS unit_kind, t.designation AS unit_designation, t.name AS unit_name,
                (SELECT count(*) FROM territory_closure a WHERE a.ancestor_id = t.id AND a.descendant_kind = 'area')
                    AS areas
            FROM territory_closure c JOIN territory t ON t.id = c.descendant_id
            WHERE c.ancestor_id = \(unit) AND c.descendant_kind IN (\(kinds)) ORDER BY t.sort_key, t.id LIMIT 500
            """)
        let ids = SQL.list(try communes.map { try $0.id("id") })
        func counted(_ sql: SQL, _ columns: [String]) throws -> [ID: [Int]] {
            var found: [ID: [Int]] = [:]
            for row in try reader.rows(sql) { found[try row.id("parent_id")] = try columns.map { try row.integer($0) } }
            return found
        }
        let held = try counted(
            """
            SELECT t.parent_id, count(DISTINCT g.territory_id) AS many FROM title_grant g
            JOIN territory t ON t.id = g.territory_id
            WHERE t.parent_id IN (\(ids)) AND \(holding("g", on: today)) GROUP BY t.parent_id
            """, ["many"])
        let year = try counted(
            """
            SELECT t.parent_id, count(DISTINCT d.territory_id) AS many,
                count(DISTINCT CASE WHEN \(passed) THEN d.territory_id END) AS passed
            FROM dossier d JOIN territory t ON t.id = d.territory_id
            LEFT JOIN decision_item i ON i.dossier_id = d.id AND i.outcome = 'refused' AND i.reconsidered_at IS NULL
            WHERE d.year = \(today.year) AND \(isRegistered("d")) AND t.parent_id IN (\(ids)) GROUP BY t.parent_id
            """, ["many", "passed"])
        return try communes.map { row in
            let id = try row.id("id")
            return Goals.Progress(
                unit: try title(row, "id", "unit"), areas: try row.integer("areas"), holding: held[id]?[0] ?? 0,
                registered: year[id]?[0] ?? 0, passed: year[id]?[1] ?? 0)
        }
    }

    /// In a draft decision as passed, or recognised; what the draft refuses is not.
    private static let passed: SQL = "d.state IN ('proposed', 'recognised') AND i.dossier_id IS NULL"

    private static func held(_ row: Row, place: [ID]) throws -> Goals.UnitTitleHeld {
        Goals.UnitTitleHeld(
            id: try row.id("id"), unit: try title(row, "territory_id", "unit"),
            unitEnded: try row.optionalDay("unit_until"), title: try known(row, "title"),
            name: try row.text("title_name"), document: try document(row), signer: try row.optionalText("signer"),
            from: try row.day("valid_from"), until: try row.optionalDay("valid_until"),
            endedOn: try row.optionalDay("ended_on"),
            endedWhy: try row.optionalText("ended_why").flatMap(Goals.Ending.init),
            endedDocument: try row.optionalText("ended_document"), voidedOn: try row.optionalDay("voided_on"),
            revision: try row.integer("revision"), place: place)
    }
}
