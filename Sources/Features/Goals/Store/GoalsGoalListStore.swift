import Core
import Database
import Organisation

extension Goals {
    /// What a list of goals is narrowed to.
    package struct GoalFilter: Sendable {
        /// Folded words that the unit's name, or that of a unit above it, has.
        package var words: [String]
        package var standing: GoalStanding?

        package init(words: [String] = [], standing: GoalStanding? = nil) {
            self.words = words
            self.standing = standing
        }
    }
}

extension GoalsStore {
    /// A goal's standing in SQL, as in `Goals.standing`.
    private static func standing(on today: Day) -> SQL {
        """
        CASE WHEN x.reached_on <= \(today) THEN 'reached' WHEN x.dropped_on IS NOT NULL THEN 'dropped'
            WHEN x.due_on < \(today) THEN 'late' ELSE 'onTheWay' END
        """
    }

    /// Open ones before those reached or given up.
    private static let rank: SQL = "CASE WHEN x.reached_on IS NULL AND x.dropped_on IS NULL THEN 0 ELSE 1 END"

    private static func condition(
        _ filter: Goals.GoalFilter, seenBy sight: Sight, on today: Day
    ) -> SQL {
        var condition = sight.covers("x.territory_id")
        for word in filter.words { condition += " AND \(names(word))" }
        if let wanted = filter.standing { condition += " AND (\(standing(on: today))) = \(wanted.rawValue)" }
        return condition
    }

    /// Goals of the units a person may see, the nearest day first, those reached or given up behind; by pages.
    ///
    /// - Parameter after: the id of the last goal of the page before.
    package static func goals(
        _ filter: Goals.GoalFilter = Goals.GoalFilter(), seenBy sight: Sight, on today: Day, after: ID? = nil,
        limit: Int = 50, _ reader: any Reader
    ) throws -> (goals: [Goals.Goal], next: ID?) {
        var condition = condition(filter, seenBy: sight, on: today)
        if let after,
            let last = try reader.first(
                """
                SELECT \(rank) AS rank_key, x.due_on, t.sort_key FROM goal x
                JOIN territory t ON t.id = x.territory_id WHERE x.id = \(after)
                """)
        {
            let (first, due, key) = (try last.integer("rank_key"), try last.day("due_on"), try last.text("sort_key"))
            condition += """
                 AND ((\(rank)) > \(first) OR ((\(rank)) = \(first) AND (x.due_on > \(due) OR (x.due_on = \(due)
                    AND (t.sort_key > \(key) OR (t.sort_key = \(key) AND x.id > \(after)))))))
                """
        }
        let found = try reader.rows(
            """
            SELECT \(goalColumns) FROM \(goalJoins) WHERE \(condition)
            ORDER BY \(rank), x.due_on, t.sort_key, x.id LIMIT \(limit + 1)
            """
        ).map { try goal($0, place: []) }
        let page = Array(found.prefix(limit))
        return (page, found.count > limit ? page.last?.id : nil)
    }

    /// How many goals stand how, of those a person may see whose units bear these words.
    package static func counts(
        ofGoals filter: Goals.GoalFilter, seenBy sight: Sight, on today: Day, _ reader: any Reader
    ) throws -> [Goals.GoalStanding: Int] {
        var counts: [Goals.GoalStanding: Int] = [:]
        for row in try reader.rows(
            """
            SELECT s.stands, count(*) AS many FROM (SELECT \(standing(on: today)) AS stands
                FROM goal x JOIN territory t ON t.id = x.territory_id
                WHERE \(condition(Goals.GoalFilter(words: filter.words), seenBy: sight, on: today))) s GROUP BY s.stands
            """)
        {
            counts[try known(row, "stands")] = try row.integer("many")
        }
        return counts
    }

    /// Whether a unit has a word in its search key that begins so. Folded words hold letters and digits only, so
    /// nothing in them is a sign of LIKE.
    static func names(_ word: String) -> SQL { "(' ' || t.search_key) LIKE \("% \(word)%")" }
}
