import Core
import Criteria
import Database
import Organisation
import People

extension RecognitionEarlier {
    /// What an import must know of the areas, bodies and titles below its base.
    ///
    /// - Parameters:
    ///   - one: the form for a single title looks at the areas that its text may mean, a file at all.
    ///   - batch: what is carried out looks at the areas and bodies of its rows.
    static func known(
        below base: ID, own: ID?, today: Day, one: One? = nil, batch: ID? = nil, _ reader: any Reader
    ) throws -> Known {
        let set = try CriteriaStore.current(.residentialArea, on: today, for: base, reader)?.set
        let units = try units(base, one, batch, reader)
        let areas = one.map { _ in units.filter(\.isArea).map(\.id) }
        return Known(
            base: base, isCommune: try RecognitionStore.decidingLevel(of: base, reader) == .commune, own: own,
            titles: set?.titles ?? [], units: units, bodies: try bodies(base, batch, reader),
            grants: try grants(base, areas, batch, reader), decisions: try decisions(base, batch, reader),
            registrations: try registrations(base, areas, batch, reader), today: today,
            plain: { PeopleImport.plainName($0) }, near: { PeopleImport.NearNames.of($0, among: $1) })
    }

    /// The place typed into the form for a single title.
    struct One: Sendable {
        /// A name or a code.
        let area: String
        let commune: String
    }

    /// A column of a batch's rows, as a list to look in.
    private static func rows(of batch: ID, _ column: StaticString) -> SQL {
        "(SELECT i.\(SQL(name: column)) FROM title_import_row i WHERE i.batch_id = \(batch))"
    }

    private static func units(_ base: ID, _ one: One?, _ batch: ID?, _ reader: any Reader) throws -> [Known.Unit] {
        let select: SQL = """
            SELECT t.id, t.parent_id, t.kind, t.name, t.name_key, t.code, t.valid_until
            FROM territory_closure c JOIN territory t ON t.id = c.descendant_id WHERE c.ancestor_id = \(base)
            """
        func read(_ sql: SQL) throws -> [Known.Unit] {
            try reader.rows(sql).map { row in
                Known.Unit(
                    id: try row.id("id"), parent: try row.optionalID("parent_id"),
                    isArea: try row.text("kind") == TerritoryKind.area.rawValue, name: try row.text("name"),
                    nameKey: try row.text("name_key"), code: try row.optionalText("code"),
                    until: try row.optionalDay("valid_until"))
            }
        }
        if let batch { return try read(select + " AND c.descendant_id IN \(rows(of: batch, "territory_id"))") }
        guard let one else { return try read(select) }
        let communes = try read(select + " AND c.descendant_kind <> 'area'")
        let key = PeopleImport.plainName(one.commune)
        let meant = one.commune.isEmpty ? [] : communes.filter { $0.nameKey == key }.map(\.id)
        var areas: SQL = """
             AND c.descendant_kind = 'area' AND (t.name_key = \(PeopleImport.plainName(one.area)) OR t.code = \(one.area)
            """
        if !meant.isEmpty { areas += " OR t.parent_id IN (\(SQL.list(meant)))" }
        return communes + (try read(select + areas + ")"))
    }

    /// Whoever may have decided: no body of an area does. Those that ended count too, they decided before.
    private static func bodies(_ base: ID, _ batch: ID?, _ reader: any Reader) throws -> [Known.Body] {
        let named: SQL = batch.map { " AND o.id IN \(rows(of: $0, "organisation_id"))" } ?? ""
        return try reader.rows(
            """
            SELECT o.id, o.name, o.name_key, o.territory_id, t.kind
            FROM territory_closure c JOIN organisation o ON o.territory_id = c.descendant_id
            JOIN territory t ON t.id = o.territory_id
            WHERE c.ancestor_id = \(base) AND c.descendant_kind <> 'area' AND t.kind <> 'area'\(named)
            """
        ).map { row in
            Known.Body(
                id: try row.id("id"), name: try row.text("name"), nameKey: try row.text("name_key"),
                territory: try row.id("territory_id"),
                level: TerritoryKind(rawValue: try row.text("kind"))?.decidingLevel ?? .district)
        }
    }

    private static func grants(
        _ base: ID, _ areas: [ID]?, _ batch: ID?, _ reader: any Reader
    ) throws -> [Known.Grant] {
        if let areas, areas.isEmpty { return [] }
        return try reader.rows(
            """
            SELECT g.territory_id, g.title, g.level, g.valid_from, g.valid_until, g.ended_on, x.organisation_id,
                x.number, x.number_key,
                (SELECT y.number FROM decision_withdrawal w JOIN decision y ON y.id = w.decision_id
                    WHERE w.title_id = g.id AND y.state = 'issued') AS withdrawn_by
            FROM title_grant g JOIN decision x ON x.id = g.decision_id
            WHERE \(concerned("g.territory_id", base, areas, batch))
            """
        ).map { row in
            Known.Grant(
                area: try row.id("territory_id"), kind: .init(try row.text("title"), try row.choice("level")),
                body: try row.id("organisation_id"), number: try row.text("number"),
                numberKey: try row.text("number_key"), from: try row.day("valid_from"),
                until: try row.optionalDay("valid_until"), endedOn: try row.optionalDay("ended_on"),
                withdrawnBy: try row.optionalText("withdrawn_by"))
        }
    }

    private static func registrations(
        _ base: ID, _ areas: [ID]?, _ batch: ID?, _ reader: any Reader
    ) throws -> [Known.Registration] {
        if let areas, areas.isEmpty { return [] }
        return try reader.rows(
            """
            SELECT d.territory_id, d.title, d.level, min(d.registered_at) AS first FROM dossier d
            WHERE d.state <> 'withdrawn' AND \(concerned("d.territory_id", base, areas, batch))
            GROUP BY d.territory_id, d.title, d.level
            """
        ).map { row in
            Known.Registration(
                area: try row.id("territory_id"), kind: .init(try row.text("title"), try row.choice("level")),
                day: try row.instant("first").day)
        }
    }

    /// That a column holds one of the areas in question: those of a batch's rows, those that a form may mean, or all.
    private static func concerned(_ column: StaticString, _ base: ID, _ areas: [ID]?, _ batch: ID?) -> SQL {
        if let batch { return "\(SQL(name: column)) IN \(rows(of: batch, "territory_id"))" }
        if let areas { return "\(SQL(name: column)) IN (\(SQL.list(areas)))" }
        return """
            EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = \(SQL(name: column))
                AND u.ancestor_id = \(base))
            """
    }

    private static func decisions(_ base: ID, _ batch: ID?, _ reader: any Reader) throws -> [Known.Decision] {
        // A batch asks for all of the units whose bodies it names: another body there may have decided here first.
        let named: SQL =
            batch.map {
                " AND x.territory_id IN (SELECT o.territory_id FROM organisation o WHERE o.id IN \(rows(of: $0, "organisation_id")))"
            } ?? ""
        return try reader.rows(
            """
            SELECT x.organisation_id, x.territory_id, x.number, x.number_key, x.day, x.title, x.level, x.origin
            FROM decision x
            WHERE x.state = 'issued'\(named) AND EXISTS (SELECT 1 FROM territory_closure u
                WHERE u.descendant_id = x.territory_id AND u.ancestor_id = \(base))
            """
        ).map { row in
            Known.Decision(
                body: try row.id("organisation_id"), numberKey: try row.text("number_key"), day: try row.day("day"),
                title: try row.text("title"), level: try row.choice("level"),
                isOwn: try row.text("origin") == "here", territory: try row.id("territory_id"),
                number: try row.text("number"))
        }
    }
}
