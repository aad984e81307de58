import Core
import Database
import Organisation

/// A role somebody holds, held or will hold, with what is needed to say so.
struct PeopleRoleLine: Encodable, Sendable {
    let id: ID
    let role: Role
    let organisation: PersonName
    let territory: TerritoryTitle
    /// The unit above it: the commune of an area.
    let above: TerritoryTitle?
    let from: Day
    /// The first day on which it is no longer held.
    let until: Day?
    let state: PeopleRoleTerm.State
    let version: Int
    /// Whose office it is, when it is held by delegation.
    let giver: PersonName?
    /// Whom a helper types for.
    let helped: PersonName?

    static var sample: PeopleRoleLine {
        let id = ID(high: 0x7000, low: 1 << 63)
        return PeopleRoleLine(
            id: id, role: .areaHead, organisation: PersonName(id: id, name: "Dong Thong"),
            territory: TerritoryTitle(id: id, kind: .area, designation: .thon, name: "Gia Hoa"),
            above: TerritoryTitle(id: id, kind: .commune, designation: .commune, name: "Dong Thong"),
            from: Day(ordinal: 20_000), until: Day(ordinal: 21_000), state: .held, version: 1,
            giver: PersonName(id: id, name: "Ka Huong"), helped: PersonName(id: id, name: "Ya Thuong"))
    }
}

/// Reads roles for pages.
enum PeopleRoleStore {
    private static let columns: SQL = """
        SELECT r.id, r.person_id, r.role, r.organisation_id, o.name AS organisation, r.territory_id, t.kind,
               t.designation, t.name, u.id AS above_id, u.kind AS above_kind, u.designation AS above_designation,
               u.name AS above_name, r.valid_from, r.valid_until, r.version, g.person_id AS giver_id,
               gp.name AS giver, h.person_id AS helped_id, hp.name AS helped
        FROM role_assignment r JOIN organisation o ON o.id = r.organisation_id
        LEFT JOIN role_assignment g ON g.id = r.stands_for LEFT JOIN person gp ON gp.id = g.person_id
        LEFT JOIN role_assignment h ON h.id = r.helps LEFT JOIN person hp ON hp.id = h.person_id
        JOIN territory t ON t.id = r.territory_id LEFT JOIN territory u ON u.id = t.parent_id
        """

    /// People who stand in or type for an office that fits; the condition is about `g`, the office handed over, or `h`, the
    /// one that is helped.
    static func standIns(_ condition: SQL, today: Day, _ reader: any Reader) throws -> [PeopleStandIn] {
        try reader.rows("\(columns) WHERE \(condition) ORDER BY r.valid_from, r.id").compactMap { row in
            guard let line = try line(row, today) else { return nil }
            let id = try row.id("person_id")
            return PeopleStandIn(
                person: PersonName(id: id, name: try PeopleStore.name(of: id, reader)), office: line)
        }
    }

    /// All roles of one's own: those that hold first, then those to come, then the ended.
    static func roles(ofSelf person: ID, today: Day, _ reader: any Reader) throws -> [PeopleRoleLine] {
        try lines("\(columns) WHERE r.person_id = \(person) ORDER BY r.valid_from DESC, r.id", today, reader)
    }

    /// The roles of a person that this viewer may see.
    static func roles(of person: ID, seenBy sight: Sight, today: Day, _ reader: any Reader) throws -> [PeopleRoleLine] {
        if person == sight.person { return try roles(ofSelf: person, today: today, reader) }
        return try lines(
            """
            \(columns) WHERE r.person_id = \(person) AND \(sight.covers("r.territory_id"))
            ORDER BY r.valid_from DESC, r.id
            """, today, reader
        ).map(\.seenByOthers)
    }

    /// The roles held today by several people that this viewer may see, by person.
    static func roles(
        ofMany people: [ID], seenBy sight: Sight, today: Day, _ reader: any Reader
    ) throws -> [ID: [PeopleRoleLine]] {
        let rows = try reader.rows(
            """
            \(columns) WHERE r.person_id IN (\(SQL.list(people))) AND \(sight.covers("r.territory_id"))
            AND \(PeopleStore.holds("r", on: today)) ORDER BY r.valid_from, r.id
            """)
        var roles: [ID: [PeopleRoleLine]] = [:]
        for row in rows {
            guard let line = try line(row, today) else { continue }
            roles[try row.id("person_id"), default: []].append(line.seenByOthers)
        }
        return roles
    }

    /// Who holds which of these offices on a day in one territory, in their own name.
    static func holders(
        of offices: [Role], in territory: ID, seenBy sight: Sight, on day: Day, most: Int, _ reader: any Reader
    ) throws -> [(role: Role, name: String)] {
        try reader.rows(
            """
            SELECT r.role, p.name FROM role_assignment r JOIN person p ON p.id = r.person_id
            WHERE r.territory_id = \(territory) AND \(sight.covers("r.territory_id"))
            AND \(PeopleStore.holds("r", on: day)) AND r.role IN (\(SQL.list(offices.map(\.rawValue))))
            AND r.stands_for IS NULL AND r.helps IS NULL ORDER BY r.role, r.valid_from, r.id LIMIT \(most)
            """
        ).compactMap { row in try Role(rawValue: row.text("role")).map { ($0, try row.text("name")) } }
    }

    /// What a person holds today anywhere, for the rules about whose account one may touch.
    static func held(by person: ID, today: Day, _ reader: any Reader) throws -> [(role: Role, territory: ID)] {
        try reader.rows(
            """
            SELECT r.role, r.territory_id FROM role_assignment r
            WHERE r.person_id = \(person) AND (r.valid_until IS NULL OR r.valid_until > \(today))
            """
        ).compactMap { row in
            try Role(rawValue: row.text("role")).map { ($0, try row.id("territory_id")) }
        }
    }

    /// One role with its place for the gate; `NotFound` for what this viewer may not see.
    static func role(
        _ id: ID, of person: ID, seenBy sight: Sight, today: Day, _ reader: any Reader
    ) throws -> PeopleRoleLine {
        let row = try reader.one(
            """
            \(columns) WHERE r.id = \(id) AND r.person_id = \(person) AND \(sight.covers("r.territory_id"))
            """)
        guard let line = try line(row, today) else { throw NotFound() }
        return line.seenByOthers
    }

    private static func lines(_ sql: SQL, _ today: Day, _ reader: any Reader) throws -> [PeopleRoleLine] {
        let order: [PeopleRoleTerm.State] = [.held, .coming, .ended]
        let lines = try reader.rows(sql).compactMap { try line($0, today) }
        return order.flatMap { state in lines.filter { $0.state == state } }
    }

    /// Nil for a role that this program does not know: it was written by a newer one, and permits nothing here.
    private static func line(_ row: Row, _ today: Day) throws -> PeopleRoleLine? {
        guard let role = Role(rawValue: try row.text("role")),
            let territory = try PeopleGrantStore.title(
                try row.optionalID("territory_id"), row, "kind", "designation", "name")
        else { return nil }
        let above = try row.optionalID("above_id")
        let (from, until) = (try row.day("valid_from"), try row.optionalDay("valid_until"))
        return PeopleRoleLine(
            id: try row.id("id"), role: role,
            organisation: PersonName(id: try row.id("organisation_id"), name: try row.text("organisation")),
            territory: territory,
            above: try above.flatMap {
                try PeopleGrantStore.title($0, row, "above_kind", "above_designation", "above_name")
            },
            from: from, until: until, state: PeopleRoleTerm.State(from: from, until: until, today: today),
            version: try row.integer("version"), giver: try person(row, "giver"), helped: try person(row, "helped"))
    }

    private static func person(_ row: Row, _ name: String) throws -> PersonName? {
        guard let id = try row.optionalID("\(name)_id") else { return nil }
        return PersonName(id: id, name: try row.text(name))
    }
}
