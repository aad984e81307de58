import Core
import Database

/// When the register says that a goal is reached.
extension GoalsStore {
    /// A goal as far as the register decides on it.
    private struct Aimed {
        let id: ID
        /// The day of the document that set it.
        let set: Day
        let due: Day
        let reachedOn: Day?
    }

    /// Goals of a unit for a title that were not given up, the newest first.
    private static func aimed(_ territory: ID, _ key: String, _ reader: any Reader) throws -> [Aimed] {
        try reader.rows(
            """
            SELECT x.id, x.due_on, x.reached_on, v.document_day FROM goal x
            JOIN goal_version v ON v.goal_id = x.id AND v.number = 1
            WHERE x.territory_id = \(territory) AND x.title_key = \(key) AND x.dropped_on IS NULL ORDER BY x.id DESC
            """
        ).map {
            Aimed(
                id: try $0.id("id"), set: try $0.day("document_day"), due: try $0.day("due_on"),
                reachedOn: try $0.optionalDay("reached_on"))
        }
    }

    /// Marks the open goal of a unit as reached, if a title that was entered reaches it; one of former times does not.
    static func reach(goalsOf territory: ID, _ key: String, by title: ID, _ tx: Transaction) throws {
        guard let title = try standing(of: territory, tx).first(where: { $0.id == title }) else { return }
        for goal in try aimed(territory, key, tx)
        where goal.reachedOn == nil && title.reaches(goalSet: goal.set, due: goal.due) {
            try write(goal, reachedOn: title.from, tx)
        }
    }

    /// Looks again at goals marked as reached, after a title ended or was a slip: by another title, or open again. Where
    /// a newer goal was set for the same title meanwhile, the former one goes on in it.
    static func settle(goalsOf territory: ID, _ key: String, _ tx: Transaction) throws {
        let titles = try standing(of: territory, tx).filter { $0.key == key }
        var newer: Aimed?
        for goal in try aimed(territory, key, tx) {
            defer { newer = goal }
            guard let reached = goal.reachedOn else { continue }
            let counting = titles.filter { $0.reaches(goalSet: goal.set, due: goal.due) }
            if counting.contains(where: { $0.from == reached }) { continue }
            let other = counting.filter { $0.from >= goal.set || $0.holds(on: tx.now.day) }.map(\.from).min()
            try write(goal, reachedOn: other, tx)
            if other == nil, let newer {
                try tx.execute("UPDATE goal SET dropped_on = \(newer.set) WHERE id = \(goal.id)")
            }
        }
    }

    private static func write(_ goal: Aimed, reachedOn day: Day?, _ tx: Transaction) throws {
        try tx.execute("UPDATE goal SET reached_on = \(day) WHERE id = \(goal.id)")
        tx.note("goal.reached", from: goal.reachedOn?.isoText, to: day?.isoText)
    }
}
