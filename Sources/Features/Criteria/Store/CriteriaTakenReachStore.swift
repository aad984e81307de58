import Core
import Database
import Organisation

/// A page of what was taken on, and how much there is in all.
package struct TakenPage: Sendable {
    package let lines: [TakenCriterion]
    /// Behind which line the next page begins; nil on the last.
    package let next: ID?
    package let count: Int
    /// The organisations that took anything on.
    package let bodies: Set<ID>
}

extension CriteriaTakenStore {
    private static let pageSize = 100

    /// A page of what holds for a unit on a day, with what its areas have alone.
    package static func page(
        for unit: ID, withBelow: Bool, on day: Day, after: ID?, _ reader: any Reader
    ) throws -> TakenPage {
        try page(standing(for: unit, withBelow: withBelow, on: day, reader), after: after, reader)
    }

    /// A page of what was taken on at one consultation.
    package static func page(at consultation: ID, after: ID?, _ reader: any Reader) throws -> TakenPage {
        try page(standing(at: consultation), after: after, reader)
    }

    private static func page(_ condition: SQL, after: ID?, _ reader: any Reader) throws -> TakenPage {
        let counts = try counts(condition, reader)
        var shown = condition
        if let after {
            let mark = try reader.first(
                """
                SELECT o.sort_key AS body, t.sort_key AS place, k.code FROM taken_criterion k
                JOIN organisation o ON o.id = k.organisation_id JOIN territory t ON t.id = k.territory_id
                WHERE k.id = \(after)
                """)
            if let mark {
                shown += """
                     AND (o.sort_key, t.sort_key, k.code, k.id)
                    > (\(try mark.text("body")), \(try mark.text("place")), \(try mark.text("code")), \(after))
                    """
            }
        }
        let lines = try taken(shown, reader, limit: pageSize + 1)
        let some = Array(lines.prefix(pageSize))
        return TakenPage(
            lines: some, next: lines.count > some.count ? some.last?.id : nil, count: counts.values.reduce(0, +),
            bodies: Set(counts.keys))
    }

    /// How much each organisation took on.
    static func counts(_ condition: SQL, _ reader: any Reader) throws -> [ID: Int] {
        var counts: [ID: Int] = [:]
        for row in try reader.rows(
            """
            SELECT k.organisation_id, count(*) AS many FROM taken_criterion k
            JOIN consultation c ON c.id = k.consultation_id WHERE \(condition) GROUP BY k.organisation_id
            """)
        {
            counts[try row.id("organisation_id")] = try row.integer("many")
        }
        return counts
    }

    /// How far what was taken on reaches in a unit on a day, by indicator's code: with what its areas have alone. Codes
    /// that nobody took on are left out.
    package static func reach(
        in unit: ID, withBelow: Bool, on day: Day, _ reader: any Reader
    ) throws -> [String: Criteria.TakenOn.Reach] {
        try reach(standing(for: unit, withBelow: withBelow, on: day, reader), in: unit, reader)
    }

    /// The same of what was taken on at one consultation.
    package static func reach(
        at consultation: ID, in unit: ID, _ reader: any Reader
    ) throws -> [String: Criteria.TakenOn.Reach] {
        try reach(standing(at: consultation), in: unit, reader)
    }

    private static func reach(
        _ condition: SQL, in unit: ID, _ reader: any Reader
    ) throws -> [String: Criteria.TakenOn.Reach] {
        let rows = try reader.rows(
            """
            SELECT k.code, count(*) AS many,
                count(CASE WHEN t.kind = 'area' AND k.territory_id <> \(unit) THEN 1 END) AS alone,
                count(DISTINCT CASE WHEN t.kind = 'area' AND k.territory_id <> \(unit) THEN k.territory_id END) AS areas
            FROM taken_criterion k JOIN consultation c ON c.id = k.consultation_id
            JOIN territory t ON t.id = k.territory_id WHERE \(condition) GROUP BY k.code
            """)
        guard !rows.isEmpty else { return [:] }
        let all = try areaCount(of: unit, reader)
        var found: [String: Criteria.TakenOn.Reach] = [:]
        for row in rows {
            found[try row.text("code")] = Criteria.TakenOn.Reach(
                isWhole: try row.integer("alone") < row.integer("many"), areas: try row.integer("areas"), of: all)
        }
        return found
    }

    /// The areas of a unit that stand.
    package static func areaCount(of unit: ID, _ reader: any Reader) throws -> Int {
        try reader.one(
            """
            SELECT count(*) AS many FROM territory_closure c JOIN territory t ON t.id = c.descendant_id
            WHERE c.ancestor_id = \(unit) AND c.descendant_kind = 'area' AND t.valid_until IS NULL
            """
        ).integer("many")
    }

    /// What some bodies answer for: of terms that run, and of those that are over without a word.
    package static func held(by bodies: [ID], on day: Day, _ reader: any Reader) throws -> [TakenCriterion] {
        guard !bodies.isEmpty else { return [] }
        return try taken(
            """
            k.organisation_id IN (\(SQL.list(bodies))) AND k.mistaken_at IS NULL
            AND (c.until_day >= \(day) OR k.outcome IS NULL)
            """, reader, limit: most)
    }

    /// For each area of some lines, in how many areas of its commune the same indicator was taken on, and how many there
    /// are. Two queries, whatever the number of lines.
    package static func spread(
        of taken: [TakenCriterion], on day: Day, _ reader: any Reader
    ) throws -> [ID: Criteria.TakenOn.Reach] {
        let alone = taken.filter { $0.territoryTitle.kind == .area }
        guard !alone.isEmpty else { return [:] }
        var communes: [ID: (all: Int, parent: ID)] = [:]
        for row in try reader.rows(
            """
            SELECT t.id, t.parent_id, (SELECT count(*) FROM territory s WHERE s.parent_id = t.parent_id
                AND s.kind = 'area' AND s.valid_until IS NULL) AS many
            FROM territory t WHERE t.id IN (\(SQL.list(Set(alone.map(\.territory)).sorted())))
                AND t.parent_id IS NOT NULL
            """)
        {
            communes[try row.id("id")] = (try row.integer("many"), try row.id("parent_id"))
        }
        var having: [String: Int] = [:]
        for row in try reader.rows(
            """
            SELECT t.parent_id, k.code, count(DISTINCT k.territory_id) AS many FROM taken_criterion k
            JOIN consultation c ON c.id = k.consultation_id JOIN territory t ON t.id = k.territory_id
            WHERE t.kind = 'area' AND c.until_day >= \(day) AND k.mistaken_at IS NULL
                AND t.parent_id IN (\(SQL.list(Set(communes.values.map(\.parent)).sorted())))
                AND k.code IN (\(SQL.list(Set(alone.map(\.code)).sorted()))) GROUP BY t.parent_id, k.code
            """)
        {
            having["\(try row.id("parent_id")) \(try row.text("code"))"] = try row.integer("many")
        }
        var found: [ID: Criteria.TakenOn.Reach] = [:]
        for one in alone {
            guard let commune = communes[one.territory] else { continue }
            found[one.id] = Criteria.TakenOn.Reach(
                isWhole: false, areas: having["\(commune.parent) \(one.code)"] ?? 1, of: commune.all)
        }
        return found
    }
}
