import Core
import Database

/// A model with where it stands, for lists over several areas.
package struct AreaModelLine: Codable, Sendable, Equatable {
    package let model: AreaModel
    package let area: TerritoryTitle
    package let commune: TerritoryTitle?

    package init(model: AreaModel, area: TerritoryTitle, commune: TerritoryTitle?) {
        self.model = model
        self.area = area
        self.commune = commune
    }
}

/// One look at a model: the day somebody went, what they found, in whose name.
package struct AreaModelLook: Codable, Sendable, Equatable {
    package let day: Day
    package let isAlive: Bool
    package let words: String?
    package let organisation: String
    package let by: ID
    package let at: Instant

    package init(day: Day, isAlive: Bool, words: String?, organisation: String, by: ID, at: Instant) {
        self.day = day
        self.isAlive = isAlive
        self.words = words
        self.organisation = organisation
        self.by = by
        self.at = at
    }
}

/// What narrows a list of models; nil or empty leaves it wide.
package struct AreaModelFilter: Sendable {
    package var words: [String] = []
    package var under: ID?
    package var kind: AreaModelKind?
    /// True: alive at the last look; false: stopped.
    package var isAlive: Bool?

    package init(words: [String] = [], under: ID? = nil, kind: AreaModelKind? = nil, isAlive: Bool? = nil) {
        self.words = words
        self.under = under
        self.kind = kind
        self.isAlive = isAlive
    }
}

extension AreaModel {
    init(_ row: Row) throws {
        self.init(
            id: try row.id("id"), name: try row.text("name"),
            kind: AreaModelKind(rawValue: try row.text("kind")) ?? .other, since: try row.optionalInteger("since"),
            size: try row.optionalInteger("size").map { Quantity(thousandths: Int64($0)) },
            unit: try row.optionalText("unit"), lookedOn: try row.optionalDay("looked_on"),
            isAlive: try row.value("is_alive") == .null ? nil : row.flag("is_alive"))
    }
}

extension OrganisationStore {
    private static let line: SQL = """
        SELECT m.id, m.name, m.kind, m.since, m.size, m.unit, m.looked_on, m.is_alive, m.sort_key,
            t.id AS area_id, t.kind AS area_kind, t.designation AS area_designation, t.name AS area_name,
            p.id AS commune_id, p.kind AS commune_kind, p.designation AS commune_designation, p.name AS commune_name
        FROM area_model m JOIN territory t ON t.id = m.territory_id LEFT JOIN territory p ON p.id = t.parent_id
        """

    /// Models of the areas that a person sees, by name; one more than `limit` when there are more.
    package static func models(
        _ filter: AreaModelFilter, seenBy sight: Sight, after mark: ID? = nil, limit: Int = 50, _ reader: any Reader
    ) throws -> [AreaModelLine] {
        var conditions: [SQL] = [sight.covers("m.territory_id")]
        if let under = filter.under {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM territory_closure u WHERE u.ancestor_id = \(under)
                AND u.descendant_id = m.territory_id)
                """)
        }
        if let kind = filter.kind { conditions.append("m.kind = \(kind.rawValue)") }
        if let isAlive = filter.isAlive { conditions.append("m.is_alive = \(isAlive)") }
        conditions += filter.words.map { contains("m.search_key", $0) }
        if let mark, let key = try reader.first("SELECT sort_key FROM area_model WHERE id = \(mark)")?.text("sort_key")
        {
            conditions.append("(m.sort_key > \(key) OR (m.sort_key = \(key) AND m.id > \(mark)))")
        }
        return try reader.rows(
            "\(line) WHERE \(SQL.joined(conditions, by: " AND ")) ORDER BY m.sort_key, m.id LIMIT \(limit + 1)"
        ).map(modelLine)
    }

    /// One model that a person sees.
    package static func model(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> AreaModelLine {
        try modelLine(reader.one("\(line) WHERE m.id = \(id) AND \(sight.covers("m.territory_id"))"))
    }

    private static func modelLine(_ row: Row) throws -> AreaModelLine {
        AreaModelLine(
            model: try AreaModel(row), area: try title(row, "area_"),
            commune: try row.optionalID("commune_id") == nil ? nil : title(row, "commune_"))
    }

    private static func title(_ row: Row, _ prefix: String) throws -> TerritoryTitle {
        TerritoryTitle(
            id: try row.id(prefix + "id"), kind: try known(TerritoryKind.self, row, prefix + "kind"),
            designation: try known(Designation.self, row, prefix + "designation"), name: try row.text(prefix + "name"))
    }

    /// Who looked at a model and what they found, the newest first.
    package static func looks(
        at model: ID, limit: Int = 50, _ reader: any Reader
    ) throws -> [AreaModelLook] {
        try reader.rows(
            """
            SELECT l.looked_on, l.is_alive, l.words, l.looked_by, l.at, o.name AS organisation
            FROM area_model_look l JOIN organisation o ON o.id = l.organisation_id
            WHERE l.model_id = \(model) ORDER BY l.looked_on DESC, l.id DESC LIMIT \(limit)
            """
        ).map {
            AreaModelLook(
                day: try $0.day("looked_on"), isAlive: try $0.flag("is_alive"), words: try $0.optionalText("words"),
                organisation: try $0.text("organisation"), by: try $0.id("looked_by"), at: try $0.instant("at"))
        }
    }

    /// The newest look at a model; nil while nobody from outside went there.
    package static func lastLook(at model: ID, _ reader: any Reader) throws -> AreaModelLook? {
        try looks(at: model, limit: 1, reader).first
    }

    /// Writes a look down; the newest of all becomes the model's own, also over what the area said itself.
    package static func addLook(
        at model: ID, on day: Day, isAlive: Bool, words: String?, by person: ID, organisation: ID, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO area_model_look (id, model_id, looked_on, is_alive, words, looked_by, organisation_id, at)
            VALUES (\(tx.ids.next()), \(model), \(day), \(isAlive), \(words), \(person), \(organisation), \(tx.now))
            """)
        try tx.execute(
            """
            UPDATE area_model SET looked_on = \(day), is_alive = \(isAlive)
            WHERE id = \(model) AND (looked_on IS NULL OR looked_on <= \(day))
            """)
    }
}
