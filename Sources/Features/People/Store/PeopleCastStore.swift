import Core
import Database

/// The demonstration's cast: whoever has an account that is not closed.
enum PeopleCastStore {
    struct Member: Sendable {
        let id: ID
        let name: String
        let roles: [PeopleRoleLine]
    }

    /// Those of the province first and of the areas last, by given name within a level. No Sight: everybody here is
    /// invented, and the page exists in a demonstration only.
    static func people(_ words: [String], today: Day, limit: Int, _ reader: any Reader) throws -> [Member] {
        let matches = words.map { word -> SQL in
            let pattern = "% \(word)%"
            return "AND ' ' || p.search_key LIKE \(pattern)"
        }
        let rows = try reader.rows(
            """
            SELECT p.id, p.name, p.sort_key, min(CASE t.kind WHEN 'country' THEN 0 WHEN 'province' THEN 1
                WHEN 'district' THEN 2 WHEN 'area' THEN 4 ELSE 3 END) AS level
            FROM person p JOIN account a ON a.person_id = p.id AND a.disabled_at IS NULL
            JOIN role_assignment r ON r.person_id = p.id AND \(PeopleStore.holds("r", on: today))
            JOIN territory t ON t.id = r.territory_id
            WHERE p.is_invented \(SQL.joined(matches, by: " "))
            GROUP BY p.id, p.name, p.sort_key ORDER BY level, p.sort_key, p.id LIMIT \(limit)
            """)
        return try rows.map { row in
            let id = try row.id("id")
            let roles = try PeopleRoleStore.roles(ofSelf: id, today: today, reader).filter { $0.state == .held }
                .map(\.seenByOthers)
            return Member(id: id, name: try row.text("name"), roles: roles)
        }
    }
}
