import Core
import Database
import Organisation

/// One line of the list of people.
struct PeopleLine: Encodable, Sendable {
    let id: ID
    let name: String
    let signInName: String?
    let account: PeopleAccountState
    /// What they hold today, as far as the viewer may see it.
    let roles: [PeopleRoleLine]
}

/// What the list of people is narrowed to.
struct PeopleFilter: Sendable {
    /// Words of the name in any order, with or without marks.
    var words: [String] = []
    var role: Role?
    var organisation: ID?
    var state: PeopleAccountState?
    /// The person after or before whom the page begins.
    var after: ID?
    var before: ID?
}

/// Finds people for those who look after accounts.
enum PeopleListStore {
    static let page = 50

    /// Fifty people with an office that the viewer may see, held, ended or to come, by given name.
    static func people(
        _ filter: PeopleFilter, seenBy sight: Sight, today: Day, _ reader: any Reader
    ) throws -> (people: [PeopleLine], hasPrevious: Bool, hasNext: Bool) {
        let isBackwards = filter.before != nil && filter.after == nil
        var conditions = conditions(filter, sight)
        if let edge = filter.after ?? filter.before {
            guard let row = try reader.first("SELECT sort_key FROM person WHERE id = \(edge)") else { throw NotFound() }
            let key = try row.text("sort_key")
            conditions.append(
                isBackwards
                    ? "(p.sort_key < \(key) OR (p.sort_key = \(key) AND p.id < \(edge)))"
                    : "(p.sort_key > \(key) OR (p.sort_key = \(key) AND p.id > \(edge)))")
        }
        let order: SQL = isBackwards ? "p.sort_key DESC, p.id DESC" : "p.sort_key, p.id"
        var rows = try reader.rows(
            """
            SELECT p.id, p.name, a.sign_in_name, \(state) AS state FROM person p
            LEFT JOIN account a ON a.person_id = p.id WHERE \(SQL.joined(conditions, by: " AND "))
            ORDER BY \(order) LIMIT \(page + 1)
            """)
        let hasMore = rows.count > page
        if hasMore { rows.removeLast() }
        if isBackwards { rows.reverse() }
        let roles = try PeopleRoleStore.roles(
            ofMany: try rows.map { try $0.id("id") }, seenBy: sight, today: today, reader)
        let people = try rows.map { row in
            let id = try row.id("id")
            return PeopleLine(
                id: id, name: try row.text("name"), signInName: try row.optionalText("sign_in_name"),
                account: PeopleAccountState(rawValue: try row.text("state")) ?? .none, roles: roles[id] ?? [])
        }
        let isFirst = filter.after == nil && filter.before == nil
        return (people, isBackwards ? hasMore : !isFirst, isBackwards ? true : hasMore)
    }

    static func count(_ filter: PeopleFilter, seenBy sight: Sight, _ reader: any Reader) throws -> Int {
        try reader.one(
            """
            SELECT count(*) AS people FROM person p LEFT JOIN account a ON a.person_id = p.id
            WHERE \(SQL.joined(conditions(filter, sight), by: " AND "))
            """
        ).integer("people")
    }

    private static let state: SQL = """
        CASE WHEN a.person_id IS NULL THEN 'none' WHEN a.disabled_at IS NOT NULL THEN 'disabled'
        WHEN a.password_hash IS NULL THEN 'waiting' ELSE 'active' END
        """

    private static func conditions(_ filter: PeopleFilter, _ sight: Sight) -> [SQL] {
        // From the viewer's territory to its people: the other way round everybody of the country would be looked at.
        var role: SQL = """
            SELECT r.person_id FROM territory_closure s JOIN role_assignment r ON r.territory_id = s.descendant_id
            WHERE s.ancestor_id IN (\(SQL.list(sight.roots)))
            """
        if let wanted = filter.role { role += " AND r.role = \(wanted.rawValue)" }
        // Personal accounts are left out: who has one by way of a Party cell is nobody's to find out (people.md, rule 14).
        if let organisation = filter.organisation {
            role += " AND r.organisation_id = \(organisation) AND r.role <> \(Role.member.rawValue)"
        }
        var conditions: [SQL] = ["p.id IN (\(role))"]
        // Folded words hold letters and digits only, so nothing in them is a sign of LIKE.
        conditions += filter.words.map { word in
            let pattern = "% \(word)%"
            return "' ' || p.search_key LIKE \(pattern)"
        }
        if let wanted = filter.state { conditions.append("\(state) = \(wanted.rawValue)") }
        return conditions
    }

    /// Standing units the viewer may see, by words of their names, for the choice of a role's place.
    static func places(_ words: [String], seenBy sight: Sight, _ reader: any Reader) throws -> [[TerritoryTitle]] {
        let matches = words.map { word -> SQL in
            let pattern = "% \(word)%"
            return "AND ' ' || t.search_key LIKE \(pattern)"
        }
        let rows = try reader.rows(
            """
            SELECT DISTINCT t.id, t.kind, t.designation, t.name, t.sort_key, u.id AS above_id, u.kind AS above_kind,
                   u.designation AS above_designation, u.name AS above_name
            FROM territory_closure c JOIN territory t ON t.id = c.descendant_id
            LEFT JOIN territory u ON u.id = t.parent_id
            WHERE c.ancestor_id IN (\(SQL.list(sight.roots))) AND t.valid_until IS NULL
            \(SQL.joined(matches, by: " ")) ORDER BY t.sort_key, t.id LIMIT 40
            """)
        return try rows.map { row in
            let above = try row.optionalID("above_id")
            return [
                try PeopleGrantStore.title(try row.id("id"), row, "kind", "designation", "name"),
                try above.flatMap {
                    try PeopleGrantStore.title($0, row, "above_kind", "above_designation", "above_name")
                },
            ].compactMap { $0 }
        }
    }
}
