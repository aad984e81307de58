import Core
import Criteria
import Database
import People

/// Who may be put on a panel.
extension RecognitionStore {
    /// Who may be put on a panel of a unit at all. A commune's is made of the commune's people, who hold an office in it
    /// or below; above it somebody without any office may be called too, and whoever is a member for more than the unit.
    private static func isEligible(over territory: ID, of level: Criteria.Level, on day: Day) -> SQL {
        let within: SQL = """
            EXISTS (SELECT 1 FROM role_assignment r
                JOIN territory_closure c ON c.ancestor_id = \(territory) AND c.descendant_id = r.territory_id
                WHERE r.person_id = p.id AND \(PeopleStore.holds("r", on: day)))
            """
        guard Recognition.Deciding.needsSubmission(level) else { return within }
        return """
            (\(within) OR \(isMember(over: territory, on: day)) OR NOT EXISTS (SELECT 1 FROM role_assignment r
                WHERE r.person_id = p.id AND \(PeopleStore.holds("r", on: day))))
            """
    }

    private static func isMember(over territory: ID, on day: Day) -> SQL {
        """
        EXISTS (SELECT 1 FROM role_assignment r
            JOIN territory_closure c ON c.ancestor_id = r.territory_id AND c.descendant_id = \(territory)
            WHERE r.person_id = p.id AND r.role = \(Role.panelMember.rawValue) AND \(PeopleStore.holds("r", on: day)))
        """
    }

    /// Of some people those who may be put on a panel of a unit, with their names.
    static func eligible(
        _ people: [ID], over territory: ID, on day: Day, _ reader: any Reader
    ) throws -> [(person: ID, name: String)] {
        let eligible = isEligible(over: territory, of: try decidingLevel(of: territory, reader), on: day)
        return try reader.rows(
            """
            SELECT p.id, p.name FROM person p WHERE p.id IN (\(SQL.list(people))) AND \(eligible)
            ORDER BY p.sort_key, p.id
            """
        ).map { (person: try $0.id("id"), name: try $0.text("name")) }
    }

    /// People who may be put on a panel over a unit: holders of the office; a commune's own officers, who sit on its panel;
    /// and whoever a search names, several people apart by commas.
    package static func panelCandidates(
        over territory: ID, search: String, on day: Day, _ reader: any Reader
    ) throws -> [(person: ID, name: String, holds: Bool)] {
        let level = try decidingLevel(of: territory, reader)
        let eligible = isEligible(over: territory, of: level, on: day)
        var found: [(person: ID, name: String, holds: Bool)] = []
        func add(_ condition: SQL, most: Int, holds: Bool) throws {
            let known = Set(found.map(\.person))
            found += try reader.rows(
                """
                SELECT p.id, p.name FROM person p WHERE \(condition) AND \(eligible)
                ORDER BY p.sort_key, p.id LIMIT \(most)
                """
            ).map { (person: try $0.id("id"), name: try $0.text("name"), holds: holds) }
                .filter { !known.contains($0.person) }
        }
        try add(isMember(over: territory, on: day), most: 60, holds: true)
        if !Recognition.Deciding.needsSubmission(level) {
            try add(
                """
                p.id IN (SELECT r.person_id FROM role_assignment r
                    WHERE r.territory_id = \(territory) AND \(PeopleStore.holds("r", on: day)))
                """, most: 60, holds: false)
        }
        for name in search.split(separator: ",").prefix(10) {
            let words = VietnameseText.searchWords(String(name))
            guard !words.isEmpty else { continue }
            let conditions = words.map { word -> SQL in "(' ' || p.search_key) LIKE \("% \(word)%")" }
            try add(SQL.joined(conditions, by: " AND "), most: 20, holds: false)
        }
        return found
    }
}
