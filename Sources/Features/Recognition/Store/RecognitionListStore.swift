import Core
import Criteria
import Database
import Organisation

extension Recognition {
    /// What a list of dossiers is narrowed to.
    package struct Filter: Sendable, Equatable {
        package var year: Int
        package var state: State?
        package var title: String?
        /// As typed; found without diacritics.
        package var search: String
        /// Only areas below this unit.
        package var under: ID?

        package init(year: Int, state: State? = nil, title: String? = nil, search: String = "", under: ID? = nil) {
            self.year = year
            self.state = state
            self.title = title
            self.search = search
            self.under = under
        }
    }

    /// A dossier as a line of a list.
    package struct Line: Sendable {
        package let id: ID
        package let area: TerritoryTitle
        package let commune: TerritoryTitle?
        package let year: Int
        package let title: String
        package let level: Criteria.Level
        package let criteriaSet: ID
        package let state: State
        /// While it is being reviewed: a meeting with a quorum voted on it.
        package let isReviewed: Bool
        package let since: Instant
        package let due: Day?

        package init(_ dossier: Dossier) {
            id = dossier.id
            area = dossier.area
            commune = dossier.commune
            year = dossier.year
            title = dossier.title
            level = dossier.level
            criteriaSet = dossier.criteriaSet
            state = dossier.state
            isReviewed = dossier.isReviewed
            since = dossier.since
            due = dossier.due
        }
    }

    /// One page of the list of dossiers.
    package struct LinePage: Sendable {
        package let lines: [Line]
        /// The dossier after which the next page begins; nil at the end.
        package let next: ID?
        /// The dossier before which the page before ends; nil at the beginning.
        package let previous: ID?
    }
}

extension RecognitionStore {
    /// Dossiers this person may see, in the official order of areas, by pages.
    ///
    /// - Parameters:
    ///   - after: the last dossier of the page before.
    ///   - before: the first dossier of the page behind, to go back.
    package static func list(
        _ filter: Recognition.Filter, seenBy sight: Sight, after: ID? = nil, before: ID? = nil, limit: Int = 50,
        _ reader: any Reader
    ) throws -> Recognition.LinePage {
        var conditions: [SQL] = ["d.year = \(filter.year)"]
        if let state = filter.state { conditions.append("d.state = \(state.rawValue)") }
        if let title = filter.title { conditions.append("d.title = \(title)") }
        for word in VietnameseText.searchWords(filter.search) {
            // Words begin somewhere in the key; the key is folded, so the pattern needs no escaping.
            conditions.append("(' ' || t.search_key) LIKE \("% \(word)%")")
        }
        if let under = filter.under {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = d.territory_id AND u.ancestor_id = \(under))
                """)
        }
        let isBack = after == nil && before != nil
        if let edge = after ?? before,
            let key = try reader.first(
                """
                SELECT t.sort_key FROM dossier d JOIN territory t ON t.id = d.territory_id WHERE d.id = \(edge)
                """)?.text("sort_key")
        {
            conditions.append(
                isBack
                    ? "(t.sort_key < \(key) OR (t.sort_key = \(key) AND d.id < \(edge)))"
                    : "(t.sort_key > \(key) OR (t.sort_key = \(key) AND d.id > \(edge)))")
        }
        let order: SQL = isBack ? "t.sort_key DESC, d.id DESC" : "t.sort_key, d.id"
        let rows = try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns) FROM dossier d \(Recognition.Dossier.joins)
            WHERE \(sight.covers("d.territory_id")) AND \(SQL.joined(conditions, by: " AND "))
            ORDER BY \(order) LIMIT \(limit + 1)
            """)
        var lines = try rows.prefix(limit).map { Recognition.Line(try Recognition.Dossier($0, place: [])) }
        if isBack { lines.reverse() }
        let hasMore = rows.count > limit
        return Recognition.LinePage(
            lines: lines, next: hasMore || isBack ? lines.last?.id : nil,
            previous: after != nil || (isBack && hasMore) ? lines.first?.id : nil)
    }

    /// How many dossiers of a year stand in each state, of those this person may see.
    package static func counts(
        year: Int, title: String? = nil, seenBy sight: Sight, _ reader: any Reader
    ) throws -> [Recognition.State: Int] {
        var condition: SQL = "d.year = \(year) AND \(sight.covers("d.territory_id"))"
        if let title { condition += " AND d.title = \(title)" }
        var counts: [Recognition.State: Int] = [:]
        for row in try reader.rows(
            "SELECT d.state, count(*) AS many FROM dossier d WHERE \(condition) GROUP BY d.state")
        {
            counts[try row.choice("state")] = try row.integer("many")
        }
        return counts
    }

    /// The same by the unit above the areas (the commune), for a province's table.
    package static func countsByCommune(
        year: Int, seenBy sight: Sight, _ reader: any Reader
    ) throws -> [ID: [Recognition.State: Int]] {
        var counts: [ID: [Recognition.State: Int]] = [:]
        for row in try reader.rows(
            """
            SELECT t.parent_id, d.state, count(*) AS many FROM dossier d JOIN territory t ON t.id = d.territory_id
            WHERE d.year = \(year) AND \(sight.covers("d.territory_id")) AND t.parent_id IS NOT NULL
            GROUP BY t.parent_id, d.state
            """)
        {
            counts[try row.id("parent_id"), default: [:]][try row.choice("state")] = try row.integer("many")
        }
        return counts
    }

    /// The years in which there are dossiers this person may see, newest first: from one to the next along the index,
    /// not over all dossiers.
    package static func years(seenBy sight: Sight, _ reader: any Reader) throws -> [Int] {
        try reader.rows(
            """
            WITH RECURSIVE y (year) AS (
                SELECT max(year) FROM dossier
                UNION ALL
                SELECT (SELECT max(d.year) FROM dossier d WHERE d.year < y.year) FROM y WHERE y.year IS NOT NULL)
            SELECT y.year FROM y
            WHERE y.year IS NOT NULL AND EXISTS (SELECT 1 FROM dossier d WHERE d.year = y.year AND \(sight.covers("d.territory_id")))
            ORDER BY y.year DESC
            """
        ).map { try $0.integer("year") }
    }

    /// A dossier's values against its frozen criteria set.
    package static func assessment(
        _ dossier: Recognition.Dossier, _ reader: any Reader
    ) throws -> Recognition.Assessment {
        Recognition.Assessment(
            try RecognitionStore.criteria(of: dossier, reader), for: dossier.aim,
            try entries(of: dossier.id, reader))
    }

    /// The assessments of several dossiers, by dossier: two queries for a whole list.
    package static func assessments(
        _ dossiers: [Recognition.Dossier], _ reader: any Reader
    ) throws -> [ID: Recognition.Assessment] {
        let entries = try entries(of: dossiers.map(\.id), reader)
        var found: [ID: Recognition.Assessment] = [:]
        let sets = try criteria(of: dossiers, reader)
        for dossier in dossiers {
            guard let set = sets[dossier.id] else { continue }
            found[dossier.id] = Recognition.Assessment(set, for: dossier.aim, entries[dossier.id] ?? [])
        }
        return found
    }

    /// The dossiers of a year below a unit, with their place, in official order: a commune's table.
    package static func dossiers(
        year: Int, under territory: ID, seenBy sight: Sight, limit: Int = 200, _ reader: any Reader
    ) throws -> [Recognition.Dossier] {
        try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns) FROM territory_closure c JOIN dossier d ON d.territory_id = c.descendant_id
            \(Recognition.Dossier.joins)
            WHERE c.ancestor_id = \(territory) AND c.descendant_kind = 'area' AND d.year = \(year)
                AND \(sight.covers("d.territory_id"))
            ORDER BY c.sort_key, d.id LIMIT \(limit)
            """
        ).map { try Recognition.Dossier($0, place: []) }
    }
}
