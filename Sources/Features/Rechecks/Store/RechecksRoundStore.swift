import Core
import Criteria
import Database
import Recognition

/// Opening the round of a year.
extension RechecksStore {
    /// A title about to be put into a round.
    package struct Candidate: Sendable {
        package let title: ID
        package let area: ID
        package let scope: Rechecks.Kind
        package let criteriaSet: ID
        /// The rules of recognition in force: what this re-check keeps, whatever is published later.
        package let rules: ID?
        package let areaClass: String?
        package let region: String?
        package let listed: [Rechecks.Listed]
    }

    /// The titles below a commune that the round of a year looks at: those held on the day, and granted so long ago that
    /// a re-check falls into the year. One whose re-check of another round is under way is left out until that ends.
    ///
    /// - Parameters:
    ///   - round: only titles that do not stand in it.
    ///   - held: what offices hold; where a figure fell, it is on the list of a light re-check.
    package static func candidates(
        under territory: ID, year: Int, on day: Day, notIn round: ID? = nil,
        held: RechecksHeld = { _, _, _, _ in [:] }, _ reader: any Reader
    ) throws -> [Candidate] {
        let (due, setsOfTitles) = try due(under: territory, year: year, on: day, notIn: round, reader)
        // What is read of each title is read of those that are due alone.
        let fallen = try fallenBefore(due.map { try $0.row.id("id") }, reader)
        let changed = try changedSince(due.map(\.row), reader)
        let byOffices = try fallenByOffices(due.map(\.row), sets: setsOfTitles, year: year, held, reader)
        return try due.map { one in
            let title = try one.row.id("id")
            return Candidate(
                title: title, area: try one.row.id("territory_id"), scope: one.scope, criteriaSet: one.set,
                rules: one.rules, areaClass: try one.row.optionalText("area_class"),
                region: try one.row.optionalText("region"),
                listed: Rechecks.Listed.of(
                    one.criteria, for: try one.row.text("title"), one.scope,
                    changed: (changed[title] ?? []).union(byOffices[title] ?? []), fallenBefore: fallen[title] ?? []))
        }
    }

    /// A title whose re-check falls into a year, with the criteria it is looked at by.
    private typealias Due = (row: Row, set: ID, rules: ID?, criteria: CriteriaSet, scope: Rechecks.Kind)

    /// How many titles the round of a year would list, were it opened on this day.
    package static func titlesDue(
        under territory: ID, year: Int, on day: Day, _ reader: any Reader
    ) throws -> Int {
        try due(under: territory, year: year, on: day, notIn: nil, reader).titles.count
    }

    private static func due(
        under territory: ID, year: Int, on day: Day, notIn round: ID?, _ reader: any Reader
    ) throws -> (titles: [Due], sets: [ID: ID]) {
        let absent: SQL =
            round.map {
                " AND NOT EXISTS (SELECT 1 FROM recheck r WHERE r.title_id = g.id AND r.round_id = \($0))"
            } ?? .empty
        let rows = try reader.rows(
            """
            SELECT g.id, g.territory_id, g.title, g.level, g.valid_from, g.dossier_id, d.criteria_set_id, d.rules_id,
                d.own_indicators, COALESCE(d.area_class, a.area_class) AS area_class,
                COALESCE(d.region, a.region) AS region
            FROM territory_closure u JOIN title_grant g ON g.territory_id = u.descendant_id
            LEFT JOIN dossier d ON d.id = g.dossier_id LEFT JOIN area a ON a.territory_id = g.territory_id
            WHERE u.ancestor_id = \(territory) AND g.valid_from <= \(day)
                AND (g.valid_until IS NULL OR g.valid_until > \(day)) AND (g.ended_on IS NULL OR g.ended_on > \(day))\(absent)
                AND NOT EXISTS (SELECT 1 FROM recheck q WHERE q.title_id = g.id AND \(isUnderWay("q")))
            ORDER BY g.territory_id, g.id
            """)
        var sets: [ID: CriteriaSet] = [:]
        var current: (id: ID, set: CriteriaSet)?
        var setsOfTitles: [ID: ID] = [:]
        for row in rows {
            let area = try row.id("territory_id")
            let setID: ID
            if let own = try row.optionalID("criteria_set_id") {
                setID = own
            } else {
                if current == nil {
                    current = try CriteriaStore.current(.residentialArea, on: day, for: area, reader)
                }
                guard let now = current else { throw Refusal(.conflict, "rechecks.refusal.noCriteria") }
                setID = now.id
                sets[setID] = now.set
            }
            sets[setID] = try sets[setID] ?? CriteriaStore.set(setID, reader)
            setsOfTitles[try row.id("id")] = setID
        }
        let inForce = try CriteriaRulesStore.current(.residentialArea, on: day, for: territory, reader)?.reference.id
        var governed: [[String]: CriteriaSet] = [:]
        var due: [Due] = []
        for row in rows {
            guard let setID = setsOfTitles[try row.id("id")] else { continue }
            // A new version of the rules reaches new re-checks; where none is in force, the dossier's own go on.
            let rules = try inForce ?? row.optionalID("rules_id")
            let own = try row.optionalText("own_indicators")
            let version = [setID.description, rules?.description ?? "", own ?? ""]
            let set = try governed[version] ?? RecognitionStore.criteria(setID, rules: rules, own: own, reader)
            governed[version] = set
            guard
                let number = Rechecks.Terms.of(set).number(granted: try row.day("valid_from"), year: year)
            else { continue }
            due.append((row, setID, rules, set, Rechecks.Kind.inTurn(number)))
        }
        return (due, setsOfTitles)
    }

    /// Indicators of earlier notices, by title.
    private static func fallenBefore(_ titles: [ID], _ reader: any Reader) throws -> [ID: Set<String>] {
        guard !titles.isEmpty else { return [:] }
        var found: [ID: Set<String>] = [:]
        for row in try reader.rows(
            """
            SELECT r.title_id, i.code FROM recheck r JOIN recheck_notice n ON n.recheck_id = r.id
                AND n.issued_at IS NOT NULL
            JOIN recheck_notice_item i ON i.notice_id = n.id WHERE r.title_id IN (\(SQL.list(titles)))
            """)
        {
            found[try row.id("title_id"), default: []].insert(try row.text("code"))
        }
        return found
    }

    /// Indicators of which a later dossier of the same area knows another value than the title was granted on.
    private static func changedSince(_ rows: [Row], _ reader: any Reader) throws -> [ID: Set<String>] {
        guard !rows.isEmpty else { return [:] }
        let areas = try rows.map { try $0.id("territory_id") }
        var later: [ID: [Recognition.Dossier]] = [:]
        for row in try reader.rows(
            "SELECT id FROM dossier WHERE territory_id IN (\(SQL.list(areas))) ORDER BY year, id")
        {
            let dossier = try RecognitionStore.dossier(row.id("id"), unattended: reader)
            later[dossier.area.id, default: []].append(dossier)
        }
        var found: [ID: Set<String>] = [:]
        for row in rows {
            let own = try row.optionalID("dossier_id")
            let begun = try row.day("valid_from")
            guard
                let last = try later[row.id("territory_id")]?.last(where: {
                    $0.id != own && $0.registeredAt.day > begun
                })
            else { continue }
            let before = try granted(own, reader)
            let assessment = try RecognitionStore.assessment(last, reader)
            let aim = Criteria.Aim(
                try row.text("title"), level: try row.word("level"), areaClass: try row.optionalText("area_class"),
                region: try row.optionalText("region"))
            for indicator in assessment.indicators {
                guard let now = assessment.effective(indicator.code, .check) else { continue }
                let isOther = before[indicator.code].map { $0 != now } ?? false
                let isUnder = Criteria.judge(now, by: indicator, for: aim).outcome == .unmet
                if isOther || isUnder { found[try row.id("id"), default: []].insert(indicator.code) }
            }
        }
        return found
    }

    /// Opens a round with its re-checks.
    ///
    /// - Parameter held: what offices hold and is taken into the re-checks.
    /// - Throws: `.conflict` when the round of the year is open already.
    package static func open(
        _ candidates: [Candidate], territory: ID, year: Int, dueOn: Day, held: RechecksHeld = { _, _, _, _ in [:] },
        _ deed: Recognition.Deed, _ tx: Transaction
    ) throws -> ID {
        let round = tx.ids.next()
        let added = try tx.execute(
            """
            INSERT INTO recheck_round (id, territory_id, year, opened_on, due_on, opened_by, at)
            VALUES (\(round), \(territory), \(year), \(deed.at.day), \(dueOn), \(deed.person), \(deed.at))
            ON CONFLICT (territory_id, year) DO NOTHING
            """)
        guard added == 1 else { throw Refusal(.conflict, "rechecks.refusal.roundOpen", ["year": "\(year)"]) }
        let ids = try put(candidates, into: round, year: year, dueOn: dueOn, held: held, deed, tx)
        tx.note("recheck.open", to: "\(year), \(ids)")
        return round
    }

    /// Adds titles to a round that is open: those entered, or granted, after it was opened.
    ///
    /// - Parameter dueOn: the last day for looking at them.
    /// - Throws: `.conflict` when all of them stand in it by now.
    package static func add(
        _ candidates: [Candidate], to round: Rechecks.Round, dueOn: Day,
        held: RechecksHeld = { _, _, _, _ in [:] }, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        let count = try put(candidates, into: round.id, year: round.year, dueOn: dueOn, held: held, deed, tx)
        guard count > 0 else {
            throw Refusal(.conflict, "rechecks.refusal.noneMissing", ["year": "\(round.year)"])
        }
        tx.note("recheck.add", to: "\(round.year), \(count)")
    }

    /// - Returns: how many did not stand in the round yet.
    private static func put(
        _ candidates: [Candidate], into round: ID, year: Int, dueOn: Day, held: RechecksHeld,
        _ deed: Recognition.Deed, _ tx: Transaction
    ) throws -> Int {
        var count = 0
        for candidate in candidates {
            let id = tx.ids.next()
            let added = try tx.execute(
                """
                INSERT INTO recheck (id, round_id, title_id, territory_id, kind, criteria_set_id, rules_id, area_class, region,
                    state, state_since, due_on, revision)
                VALUES (\(id), \(round), \(candidate.title), \(candidate.area), \(candidate.scope.rawValue),
                    \(candidate.criteriaSet), \(candidate.rules), \(candidate.areaClass), \(candidate.region), 'due', \(deed.at), \(dueOn), 1)
                ON CONFLICT (round_id, title_id) DO NOTHING
                """)
            guard added == 1 else { continue }
            count += 1
            for one in candidate.listed {
                try tx.execute(
                    """
                    INSERT INTO recheck_code (recheck_id, code, why) VALUES (\(id), \(one.code), \(one.why.rawValue))
                    """)
            }
            try note(.open, on: id, to: .due, deed, reason: nil, tx)
        }
        try takeIn(areas: Array(Set(candidates.map(\.area))).sorted(), year: year, held, tx)
        return count
    }
}
