import Core
import Criteria
import Database
import Goals
import Organisation
import Recognition

extension HomeStore {
    /// The unit that an overview is of: that of the first office which gives this page.
    func unit(of skeleton: HomeSkeleton) throws -> TerritoryTitle? {
        let office = HomeSkeleton.office(of: grants.map(\.role))
        let grant = grants.first { $0.role == office } ?? grants.first { HomeSkeleton.of($0.role) == skeleton }
        return try grant.flatMap { try title(of: $0.territory) }
    }

    /// Where an office is held.
    func territory(of office: Role) throws -> TerritoryTitle? {
        try grants.first { $0.role == office }.flatMap { try title(of: $0.territory) }
    }

    /// A unit by its name, which is public.
    func title(of territory: ID) throws -> TerritoryTitle? {
        try OrganisationStore.titles(of: [territory], reader)[territory]
    }

    /// The areas of a commune: registered ones with their points, those late, the table by groups.
    ///
    /// - Parameter open: the group to open.
    func commune(_ unit: TerritoryTitle, duties: [HomeDuty], open: String?) throws -> HomeCommune {
        let found = try RecognitionStore.dossiers(year: today.year, under: unit.id, seenBy: sight, reader)
        let own = Set(duties.compactMap(\.subject))
        return HomeCommune(
            territory: unit, year: today.year,
            areas: try OrganisationStore.count(under: unit.id, kind: .area, reader), dossiers: try dossiers(found),
            late: HomeLate.lines(found.filter { !own.contains($0.id) }.compactMap(overdue)),
            heat: try heat(found, open: open),
            burden: try HomeBurdenStore.mark(under: [(unit.id, 0)], in: HomeMonth(of: today), reader))
    }

    /// Past its day, in somebody's hands; nil for all others.
    private func overdue(_ dossier: Recognition.Dossier) -> HomeOverdue? {
        guard dossier.isLate(on: today), let due = dossier.due, let holder = dossier.stage.holder,
            let awaits = dossier.stage.awaits
        else { return nil }
        return HomeOverdue(
            dossier: dossier.id, area: dossier.area, commune: dossier.commune ?? dossier.area,
            holder: HomeHolder(holder), awaited: awaits.rawValue, isMending: dossier.state == .returned, due: due)
    }

    /// The table of those dossiers that the set of most of them judges; others stand in the list below it.
    private func heat(_ dossiers: [Recognition.Dossier], open: String?) throws -> HomeHeat? {
        let running = dossiers.filter { $0.state != .withdrawn }
        let sets = Dictionary(grouping: running, by: \.criteriaSet)
        guard let chosen = sets.max(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) })?.value else {
            return nil
        }
        let assessments = try RecognitionStore.assessments(chosen, reader)
        guard let set = chosen.lazy.compactMap({ assessments[$0.id]?.set }).first else { return nil }
        let returned = try returned(chosen)
        return HomeHeat(
            set,
            chosen.compactMap { dossier in
                guard let assessment = assessments[dossier.id] else { return nil }
                let side = HomeStore.furthest(assessment) ?? .own
                var values: [String: Criteria.Value] = [:]
                for indicator in assessment.indicators {
                    values[indicator.code] = assessment.effective(indicator.code, side)
                }
                return HomeColumn(
                    dossier: dossier.id, aim: dossier.aim, values: values, returned: Set(returned[dossier.id] ?? []))
            }, open: open)
    }

    /// Communes side by side, below a province or whatever the office stands over.
    func province(_ unit: TerritoryTitle) throws -> HomeProvince {
        let communes = try communes(under: unit.id)
        let standings = try standings(under: unit.id)
        let criteria = try CriteriaStore.current(.residentialArea, on: today, for: unit.id, reader)
        // The rules in force name a day; dossiers that wait for a decision have their own, which counts.
        let planned = Recognition.YearCalendar.standard.following(criteria?.set.procedure)
            .day(.decisionEnds, of: today.year)
        let due = try RecognitionStore.decisionDue(
            year: today.year, under: unit.id, level: unit.kind.decidingLevel, seenBy: sight, reader)
        return HomeProvince(
            territory: unit, year: today.year, areas: communes.map(\.areas).reduce(0, +),
            communes: communes.map { commune in
                line(commune.title, commune.areas, standings[commune.title.id] ?? [])
            },
            charts: charts(standings.values.flatMap(\.self)), late: HomeLate.communes(try overdue(under: unit.id)),
            decisionDue: due ?? planned, decisionPlanned: planned,
            titles: try GoalsStore.tiles(under: unit.id, on: today, reader),
            burden: try HomeBurdenStore.mark(
                under: communes.map { ($0.title.id, $0.areas) }, in: HomeMonth(of: today), reader))
    }

    private func communes(under unit: ID) throws -> [(title: TerritoryTitle, areas: Int)] {
        let kinds = TerritoryKind.communes.map(\.rawValue)
        return try reader.rows(
            """
            SELECT t.id, t.kind, t.designation, t.name, t.sort_key,
                (SELECT count(*) FROM territory_closure a WHERE a.ancestor_id = t.id AND a.descendant_kind = 'area')
                    AS areas
            FROM territory_closure c JOIN territory t ON t.id = c.descendant_id
            WHERE c.ancestor_id = \(unit) AND c.descendant_kind IN (\(SQL.list(kinds))) AND t.valid_until IS NULL
            ORDER BY t.sort_key, t.id LIMIT 500
            """
        ).map { (try HomeStore.title($0), try $0.integer("areas")) }
    }

    /// Where a dossier of this year stands, and whose it is.
    private struct Standing {
        let area: ID
        let title: String
        let unit: HomeUnit
    }

    /// Where the dossiers of this year stand, by commune.
    private func standings(under unit: ID) throws -> [ID: [Standing]] {
        var found: [ID: [Standing]] = [:]
        for row in try reader.rows(
            """
            SELECT t.parent_id, d.territory_id, d.title, \(HomeStore.standingState("d")) AS state,
                CASE WHEN d.due_on < \(today) THEN 1 ELSE 0 END AS is_late
            FROM dossier d JOIN territory t ON t.id = d.territory_id
            WHERE d.year = \(today.year) AND t.parent_id IS NOT NULL AND \(sight.covers("d.territory_id"))
                AND EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = d.territory_id
                    AND u.ancestor_id = \(unit))
            """)
        {
            let state = Recognition.State(rawValue: try row.text("state")) ?? .assessing
            let shape = HomeUnit(standing: HomeStanding(state), isLate: try row.integer("is_late") == 1)
            found[try row.id("parent_id"), default: []].append(
                Standing(area: try row.id("territory_id"), title: try row.text("title"), unit: shape))
        }
        return found
    }

    /// Areas, each once; late dossiers as they are, like the rows behind them.
    private func line(_ commune: TerritoryTitle, _ areas: Int, _ standings: [Standing]) -> HomeProvince.Line {
        let counts = HomeCounts(areas: standings.map { ($0.area, $0.unit.standing) })
        return HomeProvince.Line(
            commune: commune, areas: areas, registered: counts.registered, passed: counts[.passed],
            mending: counts[.mending], notPassed: counts[.notPassed], underWay: counts[.underWay],
            withdrawn: counts[.withdrawn], late: standings.count { $0.unit.isLate })
    }

    /// One chart for each title, the one that fewer areas aim at (the higher) first. An area that aims at one title
    /// with two deciders is one shape, and late where one of its dossiers is.
    private func charts(_ standings: [Standing]) -> [HomeProvince.Chart] {
        Dictionary(grouping: standings, by: \.title).map { title, standings in
            let areas = Dictionary(standings.map { ($0.area, $0.unit) }) { one, other in
                HomeUnit(
                    standing: one.standing.rank <= other.standing.rank ? one.standing : other.standing,
                    isLate: one.isLate || other.isLate)
            }
            return HomeProvince.Chart(title: title, units: HomeUnit.ordered(Array(areas.values)))
        }.sorted { ($0.units.count, $0.title) < ($1.units.count, $1.title) }
    }

    /// Dossiers past their day below a unit, in the order of areas. More than a few hundred nobody reads one by one.
    private func overdue(under unit: ID) throws -> [HomeOverdue] {
        try reader.rows(
            """
            SELECT d.id AS dossier_id, d.state, d.due_on, t.id, t.kind, t.designation, t.name, t.sort_key,
                p.id AS parent_id, p.kind AS parent_kind, p.designation AS parent_designation, p.name AS parent_name
            FROM dossier d JOIN territory t ON t.id = d.territory_id JOIN territory p ON p.id = t.parent_id
            WHERE d.year = \(today.year) AND d.due_on < \(today) AND \(sight.covers("d.territory_id"))
                AND EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = d.territory_id
                    AND u.ancestor_id = \(unit))
            ORDER BY d.due_on, t.sort_key, d.id LIMIT 500
            """
        ).compactMap { row in
            guard let state = Recognition.State(rawValue: try row.text("state")),
                let holder = Recognition.LifeCycle.stage(state).holder,
                let awaits = Recognition.LifeCycle.stage(state).awaits
            else { return nil }
            return HomeOverdue(
                dossier: try row.id("dossier_id"), area: try HomeStore.title(row),
                commune: try HomeStore.title(row, "parent_"), holder: HomeHolder(holder), awaited: awaits.rawValue,
                isMending: state == .returned, due: try row.day("due_on"))
        }
    }
}

extension HomeHolder {
    init(_ party: Recognition.Party) {
        switch party {
        case .area: self = .area
        case .commune: self = .commune
        case .panel: self = .panel
        case .decider: self = .decider
        }
    }
}
