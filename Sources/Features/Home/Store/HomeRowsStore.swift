import Core
import Database
import Goals
import Organisation
import Recognition

extension HomeStore {
    static let rowsOnPage = 50

    /// Dossiers of this year in the official order of areas, by pages.
    func rows(_ filter: HomeRowsFilter) throws -> (lines: [HomeRowsOutput.Line], next: ID?) {
        var sql: SQL = """
            SELECT d.id AS dossier_id, d.title, d.state, \(HomeStore.standingState("d")) AS standing_state, d.due_on, t.id, t.kind, t.designation, t.name, p.id AS p_id,
                p.kind AS p_kind, p.designation AS p_designation, p.name AS p_name
            FROM dossier d JOIN territory t ON t.id = d.territory_id LEFT JOIN territory p ON p.id = t.parent_id
            WHERE d.year = \(today.year) AND \(sight.covers("d.territory_id"))
            """
        if let standing = filter.standing {
            let states = Recognition.State.allCases.filter { HomeStanding($0) == standing }.map(\.rawValue)
            sql += " AND \(HomeStore.standingState("d")) IN (\(SQL.list(states)))"
        }
        // The figures count areas.
        if filter.standing != nil || filter.isRegistered { sql += " AND \(HomeStore.standsForItsArea)" }
        if filter.isRegistered { sql += " AND \(GoalsStore.isRegistered("d"))" }
        if filter.isLate { sql += " AND d.due_on < \(today)" }
        if let under = filter.under {
            sql += """
                 AND EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = d.territory_id
                    AND u.ancestor_id = \(under))
                """
        }
        if let after = filter.after,
            let key = try reader.first(
                """
                SELECT t.sort_key FROM dossier d JOIN territory t ON t.id = d.territory_id WHERE d.id = \(after)
                """)?.text("sort_key")
        {
            sql += " AND (t.sort_key > \(key) OR (t.sort_key = \(key) AND d.id > \(after)))"
        }
        let rows = try reader.rows(sql + " ORDER BY t.sort_key, d.id LIMIT \(Self.rowsOnPage + 1)")
        let lines = try rows.prefix(Self.rowsOnPage).map { row in
            let state = Recognition.State(rawValue: try row.text("state")) ?? .assessing
            let standing = Recognition.State(rawValue: try row.text("standing_state")) ?? state
            return HomeRowsOutput.Line(
                dossier: try row.id("dossier_id"), area: try HomeStore.title(row),
                commune: try row.optionalID("p_id") == nil ? nil : HomeStore.title(row, "p_"),
                title: try row.text("title"), state: state.rawValue, standing: HomeStanding(standing),
                due: try row.optionalDay("due_on"))
        }
        return (lines, rows.count > Self.rowsOnPage ? lines.last?.dossier : nil)
    }
}
