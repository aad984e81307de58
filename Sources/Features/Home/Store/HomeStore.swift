import Core
import Criteria
import Database
import Organisation
import Recognition
import Web

/// Gathers what `/` shows, out of what the features keep. Everything is asked with the person's sight; nothing is
/// written here.
struct HomeStore {
    let person: ID
    let sight: Sight
    let grants: [Grant]
    let today: Day
    let now: Instant
    let reader: any Reader

    init(_ call: Call<Actor>) {
        self.init(actor: call.who, today: call.today, now: call.now, reader: call.reader)
    }

    init(actor: Actor, today: Day, now: Instant, reader: any Reader) {
        person = actor.person
        sight = actor.sight
        grants = actor.grants
        self.today = today
        self.now = now
        self.reader = reader
    }

    /// How many other registrations home tells of; the area's own page has all.
    private static let otherYears = 3

    /// The areas of this person's offices in areas, each with this year's dossier and its titles.
    func areas() throws -> [HomeArea] {
        let own = grants.filter { HomeSkeleton.of($0.role) == .area }.map(\.territory)
        var seen: Set<ID> = []
        return try own.filter { seen.insert($0).inserted }.compactMap { id in
            guard let title = try OrganisationStore.titles(of: [id], reader)[id], title.kind == .area else {
                return nil
            }
            let all = try RecognitionStore.dossiers(of: id, seenBy: sight, reader)
            let dossiers = all.filter { $0.year == today.year }
            // A registration that was given back is told only when nothing else runs.
            let dossier = dossiers.first { $0.state != .withdrawn } ?? dossiers.first
            let takenBack = try takenBack(from: id)
            return HomeArea(
                area: title, year: today.year,
                dossier: try dossier.map { try self.dossiers([$0], tellingDrafts: false) }?.first,
                held: try held(id),
                others: all.filter { $0.id != dossier?.id }.prefix(Self.otherYears).map { one in
                    HomeOtherYear(
                        dossier: one.id, year: one.year, title: one.title, level: one.level.rawValue,
                        isAlike: all.count { $0.year == one.year && $0.title == one.title } > 1,
                        state: one.state.rawValue, isReviewed: one.isReviewed, takenBackOn: takenBack[one.id])
                }, takenBackOn: dossier.flatMap { takenBack[$0.id] })
        }
    }

    /// What the bodies in whose name this person takes on criteria answer for.
    func taken() throws -> [HomeTaken] {
        let bodies = Set(
            grants.filter { $0.role.capabilities.contains(.takeOnCriteria) && $0.term.contains(today) }
                .map(\.organisation)
        ).sorted()
        let held = try CriteriaTakenStore.held(by: bodies, on: today, reader)
        let spread = try CriteriaTakenStore.spread(of: held, on: today, reader)
        var names: [ID: [String: Criteria.Name]] = [:]
        for set in Set(held.map(\.set)) {
            names[set] = Dictionary(
                try CriteriaStore.set(set, reader).indicators.map { ($0.code, $0.name) },
                uniquingKeysWith: { first, _ in first })
        }
        return held.map { one in
            var some: (count: Int, all: Int)?
            if case .partly(let count, let all)? = spread[one.id] { some = (count, all) }
            return HomeTaken(
                id: one.id, code: one.code, name: HomeName(names[one.set]?[one.code] ?? Criteria.Name(one.code)),
                target: one.target, place: one.territoryTitle, areas: some?.count, all: some?.all, until: one.until,
                outcome: one.outcome)
        }
    }

    /// Since when the titles are gone that a decision took back from an area, by the dossier they were granted on.
    private func takenBack(from area: ID) throws -> [ID: Day] {
        var days: [ID: Day] = [:]
        for row in try reader.rows(
            """
            SELECT g.dossier_id, g.ended_on FROM title_grant g
            WHERE g.territory_id = \(area) AND g.ended_why = 'withdrawn' AND g.ended_on <= \(today)
                AND g.dossier_id IS NOT NULL
            """)
        {
            days[try row.id("dossier_id")] = try row.day("ended_on")
        }
        return days
    }

    private func held(_ area: ID) throws -> [HomeHeld] {
        try reader.rows(
            """
            SELECT g.title, g.level, g.valid_until FROM title_grant g
            WHERE g.territory_id = \(area) AND g.ended_on IS NULL AND g.valid_from <= \(today)
                AND (g.valid_until IS NULL OR g.valid_until > \(today))
            ORDER BY g.valid_from DESC, g.id
            """
        ).map {
            HomeHeld(
                title: try $0.text("title"), level: try $0.text("level"), until: try $0.optionalDay("valid_until"))
        }
    }

    /// Dossiers with their points and what of them came back, in the order given.
    ///
    /// - Parameter tellingDrafts: whether an area that a draft lists as refused has not passed yet. Leaders read so; the area
    ///   itself is told how it was drafted only by the decision.
    func dossiers(_ dossiers: [Recognition.Dossier], tellingDrafts: Bool = true) throws -> [HomeDossier] {
        let assessments = try RecognitionStore.assessments(dossiers, reader)
        let returned = try returned(dossiers)
        let listedAsRefused = tellingDrafts ? try listedAsRefused(dossiers) : []
        return dossiers.map { dossier in
            let assessment = assessments[dossier.id]
            let side = assessment.flatMap(HomeStore.furthest)
            return HomeDossier(
                id: dossier.id, area: dossier.area, commune: dossier.commune ?? dossier.area, title: dossier.title,
                level: dossier.level.rawValue, state: dossier.state.rawValue, isReviewed: dossier.isReviewed,
                standing: listedAsRefused.contains(dossier.id) ? .notPassed : HomeStanding(dossier.state),
                due: dossier.due,
                points: side.flatMap { side in (assessment?.score(side)).flatMap(HomePoints.init) },
                side: side?.rawValue, returned: returned[dossier.id] ?? [])
        }
    }

    /// The state a leader should read: an area that a draft decision lists as refused has not passed, although its
    /// dossier stands in a draft like the others. For statements about dossiers.
    static func standingState(_ dossier: SQL) -> SQL {
        """
        CASE WHEN \(dossier).state = 'proposed' AND EXISTS (SELECT 1 FROM decision_item i
            WHERE i.dossier_id = \(dossier).id AND i.outcome = 'refused' AND i.reconsidered_at IS NULL) THEN 'refused' ELSE \(dossier).state END
        """
    }

    /// `HomeStanding.rank` of a dossier.
    static func rank(_ dossier: SQL) -> SQL {
        var cases: SQL = .empty
        for standing in HomeStanding.ordered {
            let states = Recognition.State.allCases.filter { HomeStanding($0) == standing }.map(\.rawValue)
            cases += "WHEN \(standingState(dossier)) IN (\(SQL.list(states))) THEN \(standing.rank) "
        }
        return "CASE \(cases)END"
    }

    /// That no other dossier of the year tells more of the area: each area is one row, where its best dossier stands.
    static let standsForItsArea: SQL = """
        NOT EXISTS (SELECT 1 FROM dossier e WHERE e.territory_id = d.territory_id AND e.year = d.year AND e.id <> d.id
            AND (\(rank("e")) < \(rank("d")) OR (\(rank("e")) = \(rank("d")) AND e.id > d.id)))
        """

    private func listedAsRefused(_ dossiers: [Recognition.Dossier]) throws -> Set<ID> {
        let proposed = dossiers.filter { $0.state == .proposed }.map(\.id)
        guard !proposed.isEmpty else { return [] }
        return Set(
            try reader.rows(
                """
                SELECT dossier_id FROM decision_item
                WHERE outcome = 'refused' AND reconsidered_at IS NULL AND dossier_id IN (\(SQL.list(proposed)))
                """
            ).map { try $0.id("dossier_id") })
    }

    /// The last of the views that put a value of its own.
    static func furthest(_ assessment: Recognition.Assessment) -> Recognition.Side? {
        Recognition.Side.allCases.last { assessment.hasEntries($0) }
    }

    /// What came back with the last return, of dossiers that are still with their area.
    func returned(_ dossiers: [Recognition.Dossier]) throws -> [ID: [String]] {
        let mending = dossiers.filter { $0.state == .returned }.map(\.id)
        guard !mending.isEmpty else { return [:] }
        var found: [ID: [String]] = [:]
        for row in try reader.rows(
            """
            SELECT r.dossier_id, r.code FROM indicator_return r JOIN dossier d ON d.id = r.dossier_id
            WHERE r.dossier_id IN (\(SQL.list(mending))) AND r.round = d.round ORDER BY r.code
            """)
        {
            found[try row.id("dossier_id"), default: []].append(try row.text("code"))
        }
        return found
    }

    /// From the columns id, kind, designation and name, perhaps with something before their names.
    static func title(_ row: Row, _ prefix: String = "") throws -> TerritoryTitle {
        guard let kind = TerritoryKind(rawValue: try row.text("\(prefix)kind")),
            let designation = Designation(rawValue: try row.text("\(prefix)designation"))
        else { throw NotFound() }
        return TerritoryTitle(
            id: try row.id("\(prefix)id"), kind: kind, designation: designation, name: try row.text("\(prefix)name"))
    }
}

extension HomeStanding {
    /// In a draft decision is passed; whoever waits for one has not all steps behind them.
    init(_ state: Recognition.State) {
        switch state {
        case .assessing, .reviewing, .posted, .submitted, .accepted, .forwarded, .appraised: self = .underWay
        case .returned: self = .mending
        case .proposed, .recognised: self = .passed
        case .refused: self = .notPassed
        case .withdrawn: self = .withdrawn
        }
    }
}
