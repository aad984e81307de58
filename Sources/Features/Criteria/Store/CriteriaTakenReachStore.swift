import Core
import Database
import Organisation

extension CriteriaTakenStore {
    /// How far what was taken on reaches in a unit, by indicator's code. Codes that nobody took on are left out.
    ///
    /// - Parameter taken: what holds for the unit, with what its areas have alone.
    package static func reach(
        of taken: [TakenCriterion], in unit: ID, _ reader: any Reader
    ) throws -> [String: Criteria.TakenOn.Reach] {
        guard !taken.isEmpty else { return [:] }
        let all = try areaCount(of: unit, reader)
        return Dictionary(grouping: taken, by: \.code).mapValues { some in
            let alone = some.filter { $0.territoryTitle.kind == .area && $0.territory != unit }
            return Criteria.TakenOn.Reach(
                isWhole: alone.count < some.count, areas: Set(alone.map(\.territory)).count, of: all)
        }
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
            "k.organisation_id IN (\(SQL.list(bodies))) AND (c.until_day >= \(day) OR k.outcome IS NULL)", reader)
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
            WHERE t.kind = 'area' AND c.until_day >= \(day)
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
