import Core
import Database
import Web

/// A draft waits for whoever may publish it: until then it is used by nobody, and who brought it in often may not.
enum CriteriaDraftWaiting {
    /// As many are named on a first page.
    private static let most = 3

    static let waiting: WaitingSource = { actor, day, reader in
        let own = actor.grants.filter { $0.role.capabilities.contains(.publishCriteria) && $0.term.contains(day) }
        guard !own.isEmpty else { return [] }
        let rows = try reader.rows(
            """
            SELECT DISTINCT s.id, s.code, s.version, s.created_at FROM criteria_set s
            JOIN territory_closure c ON c.descendant_id = s.territory_id
            WHERE s.status = 'draft' AND c.ancestor_id IN (\(SQL.list(own.map(\.territory))))
            ORDER BY s.created_at, s.id LIMIT \(most)
            """)
        return try rows.map { row in
            let id = try row.id("id")
            return Waiting(
                "criteria.draftWaiting",
                ["code": try row.text("code"), "version": "\(try row.integer("version"))"], subject: id,
                href: "/criteria/\(id)")
        }
    }
}
