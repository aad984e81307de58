import Core
import Criteria
import Database
import Organisation

extension Goals {
    /// What a figure beside a target counts. Each opens the rows it was counted from.
    package enum Figure: String, Sendable, CaseIterable, Codable {
        /// Areas registered for the title within the span, those that withdrew left out.
        case registered
        /// Areas recognised for a year of the span.
        case met
        /// Areas that hold the title on a day.
        case held
    }

    /// How many areas of a unit stand behind each figure of a title.
    package struct Counts: Sendable, Equatable {
        package var registered = 0
        package var met = 0
        package var held = 0

        package init(registered: Int = 0, met: Int = 0, held: Int = 0) {
            self.registered = registered
            self.met = met
            self.held = held
        }

        package subscript(_ figure: Figure) -> Int {
            switch figure {
            case .registered: registered
            case .met: met
            case .held: held
            }
        }
    }

    /// An area behind a figure.
    package struct FigureRow: Sendable {
        /// Of the registration or the title: where the next page begins.
        package let id: ID
        package let area: TerritoryTitle
        package let commune: TerritoryTitle?
        package let year: Int
        package let title: String
        /// Of a title: who decided, and by what.
        package let level: String?
        package let number: String?
        package let day: Day?
        package let until: Day?
        package let dossier: ID?
    }

    /// What the rows of a figure are narrowed to.
    package struct FigureFilter: Sendable {
        package var figure: Figure
        package var under: ID
        package var title: String?
        package var span: Span
        /// Only titles of this deciding level.
        package var level: Criteria.Level?
        package var day: Day

        package init(
            _ figure: Figure, under: ID, title: String? = nil, span: Span, level: Criteria.Level? = nil, on day: Day
        ) {
            self.figure = figure
            self.under = under
            self.title = title
            self.span = span
            self.level = level
            self.day = day
        }
    }

    /// The first figures a leader asks for: 32 model areas, 12 of them of the province, 3 model and 1 advanced commune.
    package struct Tiles: Sendable, Equatable, Encodable {
        /// How many areas there are.
        package let areas: Int
        package let models: Int
        package let provinceModels: Int
        /// Communes, those of former times too, that hold the title.
        package let modelCommunes: Int
        package let advancedCommunes: Int

        package init(areas: Int, models: Int, provinceModels: Int, modelCommunes: Int, advancedCommunes: Int) {
            self.areas = areas
            self.models = models
            self.provinceModels = provinceModels
            self.modelCommunes = modelCommunes
            self.advancedCommunes = advancedCommunes
        }
    }
}

extension GoalsStore {
    /// That a registration stands, for a row of `dossier`: one that was given back is counted among the registered
    /// nowhere, and told of apart.
    package static func isRegistered(_ dossier: SQL) -> SQL { "\(dossier).state <> 'withdrawn'" }

    /// The figures of several units at once, by unit and title, on today's tree: three queries, whatever the number of
    /// units. The units must have been looked up with Sight.
    package static func figures(
        of units: [ID], _ span: Goals.Span, on day: Day, _ reader: any Reader
    ) throws -> [ID: [String: Goals.Counts]] {
        var found: [ID: [String: Goals.Counts]] = [:]
        let list = SQL.list(units)
        func gather(_ path: WritableKeyPath<Goals.Counts, Int>, _ rows: SQL) throws {
            for row in try reader.rows(rows) {
                found[try row.id("unit"), default: [:]][try row.text("title"), default: Goals.Counts()][
                    keyPath: path] = try row.integer("many")
            }
        }
        try gather(
            \.registered,
            """
            SELECT b.ancestor_id AS unit, d.title, count(DISTINCT d.territory_id) AS many
            FROM dossier d JOIN territory_closure b ON b.descendant_id = d.territory_id AND b.ancestor_id IN (\(list))
            WHERE d.year BETWEEN \(span.from) AND \(span.until) AND \(isRegistered("d"))
            GROUP BY b.ancestor_id, d.title
            """)
        func grants(_ condition: SQL) -> SQL {
            """
            SELECT b.ancestor_id AS unit, g.title, count(DISTINCT g.territory_id) AS many
            FROM title_grant g JOIN territory_closure b ON b.descendant_id = g.territory_id
                AND b.ancestor_id IN (\(list))
            WHERE \(condition) GROUP BY b.ancestor_id, g.title
            """
        }
        try gather(\.met, grants("g.year BETWEEN \(span.from) AND \(span.until)"))
        try gather(\.held, grants(holding("g", on: day)))
        return found
    }

    /// The areas behind a figure, in official order, by pages: as many rows as the figure says.
    ///
    /// - Parameter after: the id of the last row of the page before.
    package static func rows(
        _ filter: Goals.FigureFilter, seenBy sight: Sight, after: ID? = nil, limit: Int = 50, _ reader: any Reader
    ) throws -> (rows: [Goals.FigureRow], next: ID?) {
        let source: SQL = filter.figure == .registered ? registrations(filter) : grants(filter)
        var condition: SQL = """
            EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = s.territory_id
                AND u.ancestor_id = \(filter.under)) AND \(sight.covers("s.territory_id"))
            """
        if let after,
            let key = try reader.first(
                "SELECT t.sort_key FROM (\(source)) s JOIN territory t ON t.id = s.territory_id WHERE s.id = \(after)")?
                .text("sort_key")
        {
            condition += " AND (t.sort_key > \(key) OR (t.sort_key = \(key) AND s.id > \(after)))"
        }
        let found = try reader.rows(
            """
            SELECT s.id, s.territory_id, s.year, s.title, s.level, s.number, s.day, s.until, s.dossier,
                t.kind AS area_kind, t.designation AS area_designation, t.name AS area_name,
                p.id AS commune_id, p.kind AS commune_kind, p.designation AS commune_designation, p.name AS commune_name
            FROM (\(source)) s JOIN territory t ON t.id = s.territory_id LEFT JOIN territory p ON p.id = t.parent_id
            WHERE \(condition) ORDER BY t.sort_key, s.id LIMIT \(limit + 1)
            """
        ).map { row in
            Goals.FigureRow(
                id: try row.id("id"), area: try title(row, "territory_id", "area"),
                commune: try row.optionalID("commune_id") == nil ? nil : title(row, "commune_id", "commune"),
                year: try row.integer("year"), title: try row.text("title"), level: try row.optionalText("level"),
                number: try row.optionalText("number"), day: try row.optionalDay("day"),
                until: try row.optionalDay("until"), dossier: try row.optionalID("dossier"))
        }
        let page = Array(found.prefix(limit))
        return (page, found.count > limit ? page.last?.id : nil)
    }

    /// How many rows a figure has.
    package static func count(
        _ filter: Goals.FigureFilter, seenBy sight: Sight, _ reader: any Reader
    ) throws -> Int {
        let source: SQL = filter.figure == .registered ? registrations(filter) : grants(filter)
        return try reader.one(
            """
            SELECT count(*) AS many FROM (\(source)) s
            WHERE EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = s.territory_id
                AND u.ancestor_id = \(filter.under)) AND \(sight.covers("s.territory_id"))
            """
        ).integer("many")
    }

    /// The first figures of a unit on a day, restated on today's tree. The unit must have been looked up with Sight.
    package static func tiles(under unit: ID, on day: Day, _ reader: any Reader) throws -> Goals.Tiles {
        let areas = try reader.one(
            """
            SELECT count(DISTINCT g.territory_id) AS models,
                count(DISTINCT CASE WHEN g.level = 'province' THEN g.territory_id END) AS of_province
            FROM title_grant g WHERE g.title = \(Criteria.Title.model) AND \(holding("g", on: day))
                AND EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = g.territory_id
                    AND u.ancestor_id = \(unit))
            """)
        func communes(_ title: Goals.UnitTitle) throws -> Int {
            let kinds = SQL.list(TerritoryKind.communes.map(\.rawValue))
            return try reader.one(
                """
                SELECT count(DISTINCT x.territory_id) AS many FROM unit_title x JOIN territory t ON t.id = x.territory_id
                WHERE x.title = \(title.rawValue) AND t.kind IN (\(kinds)) AND \(holding("x", on: day))
                    AND EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = x.territory_id
                        AND u.ancestor_id = \(unit))
                """
            ).integer("many")
        }
        return Goals.Tiles(
            areas: try OrganisationStore.count(under: unit, kind: .area, reader),
            models: try areas.integer("models"), provinceModels: try areas.integer("of_province"),
            modelCommunes: try communes(.model), advancedCommunes: try communes(.advanced))
    }

    private static func registrations(_ filter: Goals.FigureFilter) -> SQL {
        var condition: SQL = """
            d.year BETWEEN \(filter.span.from) AND \(filter.span.until) AND \(isRegistered("d"))
            """
        if let title = filter.title { condition += " AND d.title = \(title)" }
        // Of an area that registered several times within a term, or twice in a year, the last one stands.
        return """
            SELECT d.id, d.territory_id, d.year, d.title, d.state AS level, NULL AS number, NULL AS day,
                NULL AS until, d.id AS dossier
            FROM dossier d WHERE \(condition) AND NOT EXISTS (SELECT 1 FROM dossier e
                WHERE e.territory_id = d.territory_id AND e.title = d.title
                    AND (e.year > d.year OR (e.year = d.year AND e.id > d.id))
                    AND e.year <= \(filter.span.until) AND \(isRegistered("e")))
            """
    }

    private static func grants(_ filter: Goals.FigureFilter) -> SQL {
        func condition(_ alias: SQL) -> SQL {
            var condition: SQL =
                filter.figure == .met
                ? "\(alias).year BETWEEN \(filter.span.from) AND \(filter.span.until)"
                : holding(alias, on: filter.day)
            if let title = filter.title { condition += " AND \(alias).title = \(title)" }
            if let level = filter.level { condition += " AND \(alias).level = \(level.rawValue)" }
            return condition
        }
        // Of an area that holds one title twice (of the district and of the province) the last one stands.
        return """
            SELECT g.id, g.territory_id, g.year, g.title, g.level, x.number, x.day, g.valid_until AS until,
                g.dossier_id AS dossier
            FROM title_grant g JOIN decision x ON x.id = g.decision_id
            WHERE \(condition("g")) AND NOT EXISTS (SELECT 1 FROM title_grant h
                WHERE h.territory_id = g.territory_id AND h.title = g.title AND \(condition("h"))
                    AND (h.valid_from > g.valid_from OR (h.valid_from = g.valid_from AND h.id > g.id)))
            """
    }

    /// That a title of areas or of units holds on a day.
    static func holding(_ alias: SQL, on day: Day) -> SQL {
        """
        \(alias).valid_from <= \(day) AND (\(alias).valid_until IS NULL OR \(alias).valid_until > \(day)) \
        AND (\(alias).ended_on IS NULL OR \(alias).ended_on > \(day))
        """
    }
}
