import Core
import Criteria
import Database
import Organisation
import Web

extension Recognition {
    /// Something that waits for a person: the awaited act of a stage they hold the capability for.
    package struct Duty: Sendable {
        /// What it is about.
        package enum Subject: Sendable {
            /// One dossier.
            case dossier(ID, area: TerritoryTitle, state: State)
            /// Accepted dossiers of the same title and year that wait for the commune's list.
            case toForward(count: Int)
            /// Dossiers that wait for a draft of the same title and year.
            case toDraft(count: Int)
            /// A draft without its signed paper.
            case toIssue(ID, count: Int)
            /// Something beside the stages: a registration, a count, comments.
            case task(Task, area: TerritoryTitle, count: Int)
        }

        package let subject: Subject
        package let year: Int
        /// The title's code and its name in Vietnamese and English.
        package let title: String
        package let titleName: Criteria.Name
        package let since: Instant
        package let due: Day?
        package let href: String
        /// Of a dossier that is being reviewed: a meeting with a quorum voted on it.
        package var isReviewed = false
        /// Of values that wait for a yes: which.
        package var codes: [String] = []
    }
}

extension Criteria.Name {
    /// The name in the reader's language; Vietnamese where nobody translated it.
    package func shown(_ view: View) -> String { view.language == .en && !en.isEmpty ? en : vi }
}

/// What waits for a person in recognition, found from the life cycle: who holds the capability of an awaited act over
/// the place where the dossier stands.
package enum RecognitionDuties {
    /// The most duties shown of one kind; the list of dossiers shows all.
    package static let limit = 50

    /// By deadline, late ones first. Two queries at the most for each act a person may be awaited for.
    package static func waiting(
        for actor: Actor, on today: Day, _ reader: any Reader
    ) throws -> [Recognition.Duty] {
        var duties: [Recognition.Duty] = []
        let dossierStates = states(of: actor, on: today)
        if !dossierStates.isEmpty { duties += try dossiers(dossierStates, reader) }
        let listing = roots(of: actor, .forwardDossiers, on: today)
        if !listing.isEmpty { duties += try lists(Sight(person: actor.person, roots: listing), reader) }
        // A draft and its signing are the matter of the level that the dossiers were registered with.
        for (level, sight) in try levels(of: actor, .draftDecision, on: today, reader) {
            duties += try drafts(level, sight, reader)
        }
        for (level, sight) in try levels(of: actor, .issueDecision, on: today, reader) {
            duties += try issues(level, sight, of: actor.person, on: today, reader)
        }
        duties += try tasks(for: actor, on: today, reader)
        duties += try appraisals(for: actor, on: today, reader)
        return duties.sorted { ($0.due ?? .last, $0.since) < ($1.due ?? .last, $1.since) }
    }

    static func roots(of actor: Actor, _ capability: Capability, on today: Day) -> [ID] {
        Array(
            Set(
                actor.grants.filter { $0.role.capabilities.contains(capability) && $0.term.contains(today) }
                    .map(\.territory))
        ).sorted()
    }

    /// The levels from which somebody does an act today, each with the territories they do it over.
    private static func levels(
        of actor: Actor, _ capability: Capability, on today: Day, _ reader: any Reader
    ) throws -> [(Criteria.Level, Sight)] {
        try RecognitionStore.levels(of: actor, for: capability, on: today, reader)
    }

    /// Acts that are done to several dossiers at once, one duty for the list and not one for each; and the panel's, which
    /// wait for its members alone.
    private static let together: Set<Capability> = [.forwardDossiers, .appraise, .draftDecision, .issueDecision]

    /// States whose awaited act is done to one dossier, with the territories over which this person may do it.
    private static func states(
        of actor: Actor, on today: Day
    ) -> [(states: [Recognition.State], sight: Sight)] {
        var states: [[ID]: [Recognition.State]] = [:]
        for capability in Capability.allCases where !together.contains(capability) {
            let roots = roots(of: actor, capability, on: today)
            let awaited = Recognition.LifeCycle.states(awaiting: capability)
            if !roots.isEmpty, !awaited.isEmpty { states[roots, default: []] += awaited }
        }
        return states.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { roots, states in
            (states, Sight(person: actor.person, roots: roots))
        }
    }

    /// A query for each set of territories: one with "or" between them would read every territory there is.
    private static func dossiers(
        _ wanted: [(states: [Recognition.State], sight: Sight)], _ reader: any Reader
    ) throws -> [Recognition.Duty] {
        try wanted.flatMap { try dossiers($0.states, $0.sight, reader) }
    }

    private static func dossiers(
        _ states: [Recognition.State], _ sight: Sight, _ reader: any Reader
    ) throws -> [Recognition.Duty] {
        try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns) FROM dossier d \(Recognition.Dossier.joins)
            WHERE d.state IN (\(SQL.list(states.map(\.rawValue)))) AND \(sight.covers("d.territory_id"))
            ORDER BY d.due_on NULLS LAST, d.id LIMIT \(limit)
            """
        ).map { row in
            let dossier = try Recognition.Dossier(row, place: [])
            return Recognition.Duty(
                subject: .dossier(dossier.id, area: dossier.area, state: dossier.state), year: dossier.year,
                title: dossier.title, titleName: try name(dossier, reader), since: dossier.since, due: dossier.due,
                href: page(of: dossier), isReviewed: dossier.isReviewed)
        }
    }

    /// Where the awaited act of a dossier is done.
    private static func page(of dossier: Recognition.Dossier) -> String {
        switch dossier.state {
        case .assessing, .returned: "/dossiers/\(dossier.id)/assessment"
        case .reviewing: "/dossiers/\(dossier.id)/review"
        case .submitted: "/dossiers/\(dossier.id)/check"
        default: "/dossiers/\(dossier.id)"
        }
    }

    private static func lists(_ sight: Sight, _ reader: any Reader) throws -> [Recognition.Duty] {
        // What the commune decides itself goes to its panel and on no list.
        try together(.accepted, "d.level <> 'commune'", sight, reader).map { group in
            group.duty(
                .toForward(count: group.count),
                href: "/submissions/new?year=\(group.year)")
        }
    }

    private static func drafts(
        _ level: Criteria.Level, _ sight: Sight, _ reader: any Reader
    ) throws -> [Recognition.Duty] {
        try together(.appraised, "d.level = \(level.rawValue)", sight, reader).map { group in
            group.duty(
                .toDraft(count: group.count), href: "/decisions/new?title=\(group.title)&year=\(group.year)")
        }
    }

    /// Dossiers in one state that one act takes on together.
    private struct Group {
        let count: Int
        let title: String
        let titleName: Criteria.Name
        let year: Int
        let since: Instant
        let due: Day?

        func duty(_ subject: Recognition.Duty.Subject, href: String) -> Recognition.Duty {
            Recognition.Duty(
                subject: subject, year: year, title: title, titleName: titleName, since: since, due: due, href: href)
        }
    }

    private static func together(
        _ state: Recognition.State, _ which: SQL, _ sight: Sight, _ reader: any Reader
    ) throws -> [Group] {
        try reader.rows(
            """
            SELECT d.title, d.year, d.criteria_set_id, count(*) AS many, min(d.state_since) AS since, min(d.due_on) AS due
            FROM dossier d WHERE d.state = \(state.rawValue) AND \(which) AND \(sight.covers("d.territory_id"))
            GROUP BY d.title, d.year, d.criteria_set_id ORDER BY min(d.due_on) NULLS LAST, d.title LIMIT \(limit)
            """
        ).map { row in
            let title = try row.text("title")
            return Group(
                count: try row.integer("many"), title: title,
                titleName: try name(title, try row.id("criteria_set_id"), reader), year: try row.integer("year"),
                since: try row.instant("since"), due: try row.optionalDay("due"))
        }
    }

    /// Drafts to sign. Whoever had a dossier of one in hand is not told of it, unless nobody else may sign: then its page
    /// says how to go on.
    private static func issues(
        _ level: Criteria.Level, _ sight: Sight, of person: ID, on today: Day, _ reader: any Reader
    ) throws -> [Recognition.Duty] {
        try reader.rows(
            """
            SELECT x.id, x.territory_id, x.title, x.year, x.drafted_at, min(d.due_on) AS due, count(d.id) AS many,
                (SELECT d2.criteria_set_id FROM decision_item i2 JOIN dossier d2 ON d2.id = i2.dossier_id
                    WHERE i2.decision_id = x.id LIMIT 1) AS criteria_set_id
            FROM decision x JOIN decision_item i ON i.decision_id = x.id JOIN dossier d ON d.id = i.dossier_id
            WHERE x.state = 'draft' AND x.level = \(level.rawValue) AND \(sight.covers("x.territory_id"))
            GROUP BY x.id, x.territory_id, x.title, x.year, x.drafted_at ORDER BY x.drafted_at, x.id LIMIT \(limit)
            """
        ).compactMap { row in
            let (id, title) = (try row.id("id"), try row.text("title"))
            if let step = Recognition.LifeCycle.step(.proposed, .recognise),
                try RecognitionStore.hands(of: person, onDecision: id, reader).refusal(of: step) != nil,
                try !RecognitionStore.signers(
                    ofDecision: id, in: row.id("territory_id"), besides: person, on: today, reader
                ).isEmpty
            {
                return nil
            }
            return Recognition.Duty(
                subject: .toIssue(id, count: try row.integer("many")), year: try row.integer("year"), title: title,
                titleName: try name(title, try row.id("criteria_set_id"), reader),
                since: try row.instant("drafted_at"), due: try row.optionalDay("due"), href: "/decisions/\(id)")
        }
    }

    static func name(_ dossier: Recognition.Dossier, _ reader: any Reader) throws -> Criteria.Name {
        try name(dossier.title, dossier.criteriaSet, reader)
    }

    private static func name(_ title: String, _ set: ID, _ reader: any Reader) throws -> Criteria.Name {
        try CriteriaStore.set(set, reader).title(title)?.name ?? Criteria.Name(title)
    }
}
