import Core
import Criteria
import Database
import Organisation
import Recognition

/// Asks for what everybody may read: the register of titles, issued decisions, areas by name and number, published
/// criteria. There is no sight here, so nothing is selected that is not public by itself; of persons only the office
/// of a signer.
struct PortalStore {
    let today: Day
    let reader: any Reader

    /// A title that holds on the day, the one granted last where an area holds several.
    func current(_ g: SQL) -> SQL {
        """
        \(holds(g)) AND NOT EXISTS (SELECT 1 FROM title_grant later WHERE later.territory_id = \(g).territory_id
            AND \(holds("later")) AND (later.valid_from > \(g).valid_from
                OR (later.valid_from = \(g).valid_from AND later.id > \(g).id)))
        """
    }

    private func holds(_ g: SQL) -> SQL {
        """
        \(g).valid_from <= \(today) AND (\(g).valid_until IS NULL OR \(g).valid_until > \(today))
            AND (\(g).ended_on IS NULL OR \(g).ended_on > \(today))
        """
    }

    /// The unit at the top of the tree: what the whole portal is about. Nil in an empty installation.
    func top() throws -> TerritoryTitle? {
        try reader.first(
            """
            SELECT t.id, t.kind, t.designation, t.name FROM territory t
            WHERE t.parent_id IS NULL AND t.valid_until IS NULL ORDER BY t.id LIMIT 1
            """
        ).map { try PortalStore.title($0) }
    }

    /// The unit whose targets are the installation's: the one at the top or, below a country, its only province. Nil where
    /// there are several: none of them speaks for all.
    func governing() throws -> TerritoryTitle? {
        guard let top = try top(), top.kind == .country else { return try top() }
        let below = try reader.rows(
            """
            SELECT t.id, t.kind, t.designation, t.name FROM territory t
            WHERE t.parent_id = \(top.id) AND t.valid_until IS NULL ORDER BY t.id LIMIT 2
            """
        ).map { try PortalStore.title($0) }
        return below.count == 1 ? below.first : nil
    }

    /// How many areas there are: a range of the closure's key, with nothing else read.
    func countAreas() throws -> Int {
        guard let top = try top() else { return 0 }
        return try OrganisationStore.count(under: top.id, kind: .area, reader)
    }

    /// How many areas hold each title, by deciding level: the state of play.
    func counts() throws -> [PortalTitleCount] {
        try reader.rows(
            """
            SELECT g.title, min(g.title_name) AS title_name, g.level, count(*) AS n
            FROM title_grant g JOIN territory t ON t.id = g.territory_id
            WHERE \(current("g")) AND t.valid_until IS NULL GROUP BY g.title, g.level ORDER BY g.title, g.level
            """
        ).map {
            PortalTitleCount(
                title: try $0.text("title"), name: try $0.text("title_name"), level: try $0.text("level"),
                count: try $0.integer("n"))
        }
    }

    /// Each target of a year with how many areas a signed decision of that year recognised, the higher title first.
    func targets(_ targets: [PortalTarget], year: Int) throws -> [PortalTargetCount] {
        guard !targets.isEmpty else { return [] }
        var met: [String: Int] = [:]
        for row in try reader.rows(
            """
            SELECT g.title, count(DISTINCT g.territory_id) AS n FROM title_grant g WHERE g.year = \(year)
            GROUP BY g.title
            """)
        {
            met[try row.text("title")] = try row.integer("n")
        }
        return targets.map { PortalTargetCount(title: $0.title, target: $0.value, met: met[$0.title] ?? 0) }
            .sorted { ($0.target, $0.title) < ($1.target, $1.title) }
    }

    /// More communes nobody reads on one page.
    private static let communesMost = 200

    /// The communes that have areas, with their holders, in Vietnamese order; where there are too many, the units
    /// directly below the top instead.
    func communes() throws -> [PortalCommune] {
        guard let top = try top() else { return [] }
        let ids = try units(below: top.id)
        guard !ids.isEmpty else { return [] }
        var held: [ID: [String: Int]] = [:]
        for row in try reader.rows(
            """
            SELECT c.ancestor_id, g.title, count(*) AS n FROM title_grant g
            JOIN territory_closure c ON c.descendant_id = g.territory_id AND c.ancestor_id IN (\(SQL.list(ids)))
            WHERE c.descendant_kind = 'area' AND \(current("g")) GROUP BY c.ancestor_id, g.title
            """)
        {
            held[try row.id("ancestor_id"), default: [:]][try row.text("title")] = try row.integer("n")
        }
        return try reader.rows(
            """
            SELECT t.id, t.kind, t.designation, t.name, (SELECT count(*) FROM territory_closure a
                WHERE a.ancestor_id = t.id AND a.descendant_kind = 'area') AS areas
            FROM territory t WHERE t.id IN (\(SQL.list(ids))) ORDER BY t.sort_key, t.id
            """
        ).compactMap { row in
            let (title, areas) = (try PortalStore.title(row), try row.integer("areas"))
            guard areas > 0 else { return nil }
            return PortalCommune(
                commune: title, areas: areas,
                titles: (held[title.id] ?? [:]).map { PortalCommune.Held(title: $0, count: $1) }
                    .sorted { $0.title < $1.title })
        }
    }

    /// Communes, or what stands directly below the top.
    private func units(below top: ID) throws -> [ID] {
        let most = PortalStore.communesMost
        let kinds = TerritoryKind.communes.map(\.rawValue)
        let communes = try reader.rows(
            """
            SELECT c.descendant_id AS id FROM territory_closure c WHERE c.ancestor_id = \(top)
            AND c.descendant_kind IN (\(SQL.list(kinds))) LIMIT \(most + 1)
            """
        ).map { try $0.id("id") }
        if communes.count <= most { return communes }
        return try reader.rows(
            "SELECT id FROM territory WHERE parent_id = \(top) AND valid_until IS NULL ORDER BY sort_key, id LIMIT \(most)"
        ).map { try $0.id("id") }
    }

    static let areasOnPage = 50

    /// Areas in Vietnamese order, fifty at a time.
    func areas(_ filter: PortalFilter) throws -> (lines: [PortalAreaLine], next: ID?) {
        guard let scope = try filter.commune ?? top()?.id else { return ([], nil) }
        var sql: SQL = """
            SELECT t.id, t.kind, t.designation, t.name, a.households, a.is_invented, p.id AS p_id, p.kind AS p_kind,
                p.designation AS p_designation, p.name AS p_name, \(PortalStore.grantColumns)
            FROM territory_closure c JOIN territory t ON t.id = c.descendant_id JOIN area a ON a.territory_id = t.id
            LEFT JOIN territory p ON p.id = t.parent_id
            LEFT JOIN title_grant g ON g.territory_id = t.id AND \(current("g"))
            LEFT JOIN decision x ON x.id = g.decision_id LEFT JOIN organisation o ON o.id = x.organisation_id
            WHERE c.ancestor_id = \(scope) AND c.descendant_kind = 'area'
            """
        if let after = filter.after,
            let key = try reader.first("SELECT sort_key FROM territory WHERE id = \(after)")?.text("sort_key")
        {
            sql += " AND (c.sort_key, c.descendant_id) > (\(key), \(after))"
        }
        if let title = filter.title {
            sql += title == PortalFilter.noTitle ? " AND g.id IS NULL" : " AND g.title = \(title)"
        }
        if let level = filter.level { sql += " AND g.level = \(level)" }
        for word in VietnameseText.searchWords(filter.words) {
            // Folded words hold letters and digits only, so nothing in them is a sign of LIKE.
            sql += " AND (' ' || t.search_key) LIKE \("% \(word)%")"
        }
        let rows = try reader.rows(sql + " ORDER BY c.sort_key, c.descendant_id LIMIT \(Self.areasOnPage + 1)")
        let lines = try rows.prefix(Self.areasOnPage).map { row in
            PortalAreaLine(
                area: try PortalStore.title(row), isInvented: try row.flag("is_invented"),
                commune: try row.optionalID("p_id") == nil ? nil : PortalStore.title(row, "p_"),
                households: try row.optionalInteger("households"), title: try PortalStore.grant(row))
        }
        return (lines, rows.count > Self.areasOnPage ? lines.last?.area.id : nil)
    }

    static let grantColumns: SQL = """
        g.id AS grant_id, g.title AS grant_title, g.title_name, g.level, g.year, g.decision_id, g.valid_from,
        g.valid_until, g.ended_on, g.ended_why, x.number, x.day, x.origin, o.name AS body
        """

    static func grant(_ row: Row) throws -> PortalTitle? {
        guard try row.optionalID("grant_id") != nil else { return nil }
        return PortalTitle(
            title: try row.text("grant_title"), name: try row.text("title_name"), level: try row.text("level"),
            year: try row.integer("year"), decision: try row.id("decision_id"), number: try row.text("number"),
            day: try row.day("day"), body: try row.text("body"), from: try row.day("valid_from"),
            until: PortalTerm.lastDay(until: try row.optionalDay("valid_until")),
            endedOn: try row.optionalDay("ended_on"), endedWhy: try row.optionalText("ended_why"),
            isEarlier: try row.text("origin") == "register")
    }

    /// From the columns id, kind, designation and name, perhaps with something before their names.
    static func title(_ row: Row, _ prefix: String = "") throws -> TerritoryTitle {
        guard let kind = TerritoryKind(rawValue: try row.text("\(prefix)kind")),
            let designation = Designation(rawValue: try row.text("\(prefix)designation"))
        else { throw NotFound() }
        return TerritoryTitle(
            id: try row.id("\(prefix)id"), kind: kind, designation: designation, name: try row.text("\(prefix)name"))
    }
}
