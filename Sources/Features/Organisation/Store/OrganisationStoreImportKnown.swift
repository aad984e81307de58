import Core
import Database

extension OrganisationStore {
    /// What an import must know of the tree: everything below its base, five thousand rows at a time.
    static func known(
        below base: Territory, for subject: OrganisationImport.Subject, on day: Day, _ reader: any Reader
    ) throws -> OrganisationImport.Known {
        let above = try base.place.dropFirst().map { try knownUnit($0, reader) }
        var units: [OrganisationImport.Known.Unit] = []
        for kind in TerritoryKind.allCases where kind != .area && kind.level > base.kind.level {
            try forEachUnit(below: base.id, kind.rawValue, withProfile: false, reader) { units.append($0) }
        }
        var ended: [OrganisationImport.Known.Unit] = []
        if subject == .territories {
            try forEachUnit(below: base.id, former, withProfile: false, endedOn: day, reader) { ended.append($0) }
        }
        var areas: [OrganisationImport.Known.Unit] = []
        try forEachUnit(below: base.id, TerritoryKind.area.rawValue, withProfile: subject != .organisations, reader) {
            areas.append($0)
        }
        return OrganisationImport.Known(
            base: try knownUnit(base.id, reader), above: above, units: units, ended: ended, areas: areas,
            organisations: subject == .organisations ? try knownBodies(below: base.id, reader) : [])
    }

    private static let unitColumns: SQL = """
        t.id, t.parent_id, t.designation, t.name, t.name_key, t.code, t.sort_key, t.valid_from,
        (SELECT max(s.valid_from) FROM territory_state s WHERE s.territory_id = t.id) AS state_from
        """

    private static func knownUnit(_ id: ID, _ reader: any Reader) throws -> OrganisationImport.Known.Unit {
        try knownUnit(reader.one("SELECT \(unitColumns) FROM territory t WHERE t.id = \(id)"), withProfile: false)
    }

    private static func knownUnit(_ row: Row, withProfile: Bool) throws -> OrganisationImport.Known.Unit {
        OrganisationImport.Known.Unit(
            id: try row.id("id"), parent: try row.optionalID("parent_id"),
            designation: try known(Designation.self, row, "designation"), name: try row.text("name"),
            nameKey: try row.text("name_key"), code: try row.optionalText("code"),
            order: TerritoryKeys.order(of: try row.text("sort_key")), from: try row.day("valid_from"),
            stateFrom: try row.optionalDay("state_from"),
            profile: withProfile
                ? AreaProfile(
                    households: try row.optionalInteger("households"), people: try row.optionalInteger("people"),
                    areaClass: try row.optionalText("area_class"), region: try row.optionalText("region"),
                    asOf: try row.optionalInteger("as_of"), isInvented: try row.flag("is_invented")) : nil)
    }

    private static func forEachUnit(
        below base: ID, _ kind: String, withProfile: Bool, endedOn day: Day? = nil, _ reader: any Reader,
        _ body: (OrganisationImport.Known.Unit) -> Void
    ) throws {
        var last: (key: String, id: ID)?
        while true {
            var sql: SQL = "SELECT \(unitColumns)"
            if withProfile { sql += ", a.households, a.people, a.area_class, a.region, a.as_of, a.is_invented" }
            sql += " FROM territory_closure c JOIN territory t ON t.id = c.descendant_id"
            if withProfile { sql += " JOIN area a ON a.territory_id = t.id" }
            sql += " WHERE c.ancestor_id = \(base) AND c.descendant_kind = \(kind)"
            if let last { sql += " AND (c.sort_key, c.descendant_id) > (\(last.key), \(last.id))" }
            let rows = try reader.rows(sql + " ORDER BY c.sort_key, c.descendant_id LIMIT 5000")
            for row in rows {
                // Read again from the row it came from: the filter on the day must not move the cursor.
                if let day, try endDay(row.id("id"), reader) != day { continue }
                let unit = try knownUnit(row, withProfile: withProfile)
                if unit.id != base { body(unit) }
            }
            guard rows.count == 5_000, let end = rows.last else { return }
            last = (try end.text("sort_key"), try end.id("id"))
        }
    }

    private static func endDay(_ id: ID, _ reader: any Reader) throws -> Day? {
        try reader.first("SELECT valid_until FROM territory WHERE id = \(id)")?.optionalDay("valid_until")
    }

    private static func knownBodies(below base: ID, _ reader: any Reader) throws -> [OrganisationImport.Known.Body] {
        var bodies: [OrganisationImport.Known.Body] = []
        var last: ID?
        while true {
            var sql: SQL = """
                SELECT o.id, o.kind, o.name, o.territory_id, o.parent_id, o.valid_from FROM organisation o
                WHERE o.valid_until IS NULL AND EXISTS (SELECT 1 FROM territory_closure c
                WHERE c.descendant_id = o.territory_id AND c.ancestor_id = \(base))
                """
            if let last { sql += " AND o.id > \(last)" }
            let rows = try reader.rows(sql + " ORDER BY o.id LIMIT 5000")
            bodies += try rows.map { row in
                OrganisationImport.Known.Body(
                    id: try row.id("id"), kind: try known(OrganisationKind.self, row, "kind"),
                    name: try row.text("name"),
                    territory: try row.id("territory_id"), parent: try row.optionalID("parent_id"),
                    from: try row.day("valid_from"))
            }
            guard rows.count == 5_000 else { return bodies }
            last = try rows.last?.id("id")
        }
    }
}
