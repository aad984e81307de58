import Core
import Criteria
import Database
import Organisation

extension Recognition {
    /// Something that waits besides the awaited act of a stage. The raw value names its words.
    package enum Task: String, Sendable, CaseIterable, Codable {
        /// The area has not registered for this year.
        case register
        /// What a helper typed waits for the head's yes.
        case confirm
        /// Values of which the criteria now ask something else, since the dossier moved to a newer version.
        case reconfirm
        /// An entry of the ballot's count, or putting one's own right where the two differ.
        case count
        /// Comments that were let through wait for the area.
        case answer
        /// Comments that nobody read.
        case moderate
        /// A member of a panel declares what ties them to its dossiers.
        case declare
        /// A member's blind scores.
        case score
        /// Submissions that no panel has.
        case panel
        /// What a commune that decides itself accepted, and its own panel does not have.
        case ownPanel
        /// Certificates to hand over.
        case give
    }
}

extension RecognitionDuties {
    /// What waits for this person besides the stages' own acts.
    static func tasks(
        for actor: Actor, on today: Day, calendar: Recognition.YearCalendar = .standard, _ reader: any Reader
    ) throws -> [Recognition.Duty] {
        func roots(_ capability: Capability) -> [ID] { Self.roots(of: actor, capability, on: today) }
        return try registrations(roots(.registerArea), today, calendar, reader)
            + confirmations(roots(.fillAssessment), actor, reader) + counts(roots(.countBallot), actor, today, reader)
            + comments(.answer, roots(.holdReview), actor, reader)
            + comments(.moderate, roots(.moderateComments), actor, reader)
    }

    private static func duty(
        _ task: Recognition.Task, _ dossier: Recognition.Dossier, count: Int, since: Instant, page: String,
        _ reader: any Reader
    ) throws -> Recognition.Duty {
        Recognition.Duty(
            subject: .task(task, area: dossier.area, count: count), year: dossier.year, title: dossier.title,
            titleName: try name(dossier, reader), since: since, due: dossier.due,
            href: "/dossiers/\(dossier.id)/\(page)")
    }

    /// Areas in whose own name this person acts and that have not registered while they still can.
    private static func registrations(
        _ roots: [ID], _ today: Day, _ calendar: Recognition.YearCalendar, _ reader: any Reader
    ) throws -> [Recognition.Duty] {
        let year = today.year
        guard !roots.isEmpty, let begin = Day(year: year, month: 1, day: 1) else { return [] }
        return try reader.rows(
            """
            SELECT t.id, t.kind AS own_kind, t.designation AS own_designation, t.name AS own_name FROM territory t
            WHERE t.id IN (\(SQL.list(roots))) AND t.kind = 'area' AND NOT EXISTS (
                SELECT 1 FROM dossier d WHERE d.territory_id = t.id AND d.year = \(year) AND d.state <> 'withdrawn')
            ORDER BY t.sort_key, t.id LIMIT \(limit)
            """
        ).compactMap { row in
            let area = try TerritoryTitle.read(row, "id", "own")
            let set = try CriteriaStore.current(.residentialArea, on: today, for: area.id, reader)
            let calendar = calendar.following(set?.set.procedure)
            guard calendar.registrationYear(on: today) == year, let last = calendar.day(.registrationEnds, of: year)
            else { return nil }
            // Nobody is asked to register who may not: the highest title is kept by its re-checks.
            if let set = set?.set {
                let held = try RecognitionStore.rungs(of: area.id, on: today, reader)
                let above = try RecognitionStore.levels(above: area.id, reader)
                let next = Recognition.TitleLadder(set).next(over: held, in: set, above: above, on: today)
                guard !next.isEmpty else { return nil }
            }
            return Recognition.Duty(
                subject: .task(.register, area: area, count: 1), year: year, title: "", titleName: Criteria.Name(""),
                since: begin.start, due: last, href: "/areas/\(area.id)/dossiers/new")
        }
    }

    private static func confirmations(
        _ roots: [ID], _ actor: Actor, _ reader: any Reader
    ) throws -> [Recognition.Duty] {
        guard !roots.isEmpty else { return [] }
        var dossiers: [Recognition.Dossier] = []
        for row in try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns) FROM dossier d \(Recognition.Dossier.joins)
            WHERE d.state = 'assessing' AND d.territory_id IN (\(SQL.list(roots))) ORDER BY d.id LIMIT \(limit)
            """)
        {
            dossiers.append(try Recognition.Dossier(row, place: []))
        }
        let waiting = try RecognitionStore.waiting(inAll: dossiers.map(\.id), reader)
        return try dossiers.flatMap { dossier -> [Recognition.Duty] in
            let values = waiting[dossier.id] ?? []
            return try [(Recognition.Task.reconfirm, true), (.confirm, false)].compactMap { task, isMoved in
                let own = values.filter { $0.isMoved == isMoved }
                guard let since = own.map(\.since).min() else { return nil }
                var duty = try duty(task, dossier, count: own.count, since: since, page: "assessment", reader)
                duty.codes = own.map(\.code)
                return duty
            }
        }
    }

    /// Ballots of areas in whose own name this person acts, and those they entered a count of that differs, once the
    /// last day of their posting is over.
    private static func counts(
        _ roots: [ID], _ actor: Actor, _ today: Day, _ reader: any Reader
    ) throws -> [Recognition.Duty] {
        guard !roots.isEmpty else { return [] }
        let person = actor.person
        return try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns), g.handed_out_at, g.posted_last
            FROM posting g JOIN dossier d ON d.id = g.dossier_id \(Recognition.Dossier.joins)
            WHERE d.state = 'posted' AND g.replaced_at IS NULL AND g.handed_out IS NOT NULL AND g.posted_last < \(today)
                AND (d.territory_id IN (\(SQL.list(roots))) OR EXISTS (
                    SELECT 1 FROM ballot_entry e WHERE e.posting_id = g.id AND e.entered_by = \(person)))
            ORDER BY g.handed_out_at, d.id LIMIT \(limit)
            """
        ).compactMap { row in
            let dossier = try Recognition.Dossier(row, place: [])
            guard let ballot = try RecognitionStore.posting(of: dossier.id, reader)?.ballot else { return nil }
            let isOwn = ballot.entries.contains { $0.person == person }
            let isWaited = isOwn ? ballot.stage == .differing : [.open, .once].contains(ballot.stage)
            guard isWaited, let step = Recognition.LifeCycle.step(.posted, .count),
                try RecognitionStore.refusalToEnter(ballot, by: person, reader) == nil,
                try RecognitionStore.hands(of: person, on: dossier.id, reader).refusal(of: step) == nil
            else { return nil }
            return try duty(
                .count, dossier, count: ballot.differing.count,
                since: max(try row.instant("handed_out_at"), try row.day("posted_last").adding(days: 1).start),
                page: "ballot", reader)
        }
    }

    private static func comments(
        _ task: Recognition.Task, _ roots: [ID], _ actor: Actor, _ reader: any Reader
    ) throws -> [Recognition.Duty] {
        guard !roots.isEmpty else { return [] }
        let sight = Sight(person: actor.person, roots: roots)
        let wanted: SQL = task == .moderate ? "c.state = 'received'" : "c.state = 'passed' AND c.answer IS NULL"
        // From the dossiers whose comments may still wait: comments of earlier years are not read.
        let waiting: SQL = """
            FROM posting g JOIN posting_comment c ON c.posting_id = g.id
            WHERE g.dossier_id = d.id AND g.replaced_at IS NULL AND \(wanted)
            """
        // More than are shown: those fall out on which this person may not act.
        let found = try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns), (SELECT count(*) \(waiting)) AS many,
                (SELECT min(c.at) \(waiting)) AS since
            FROM dossier d \(Recognition.Dossier.joins)
            WHERE d.state IN ('posted', 'submitted', 'returned') AND \(sight.covers("d.territory_id"))
                AND EXISTS (SELECT 1 \(waiting)) ORDER BY d.due_on NULLS LAST, d.id LIMIT \(limit * 4)
            """
        ).compactMap { row -> Recognition.Duty? in
            let dossier = try Recognition.Dossier(row, place: [])
            guard try task != .moderate || RecognitionStore.refusalToModerate(actor, on: dossier, reader) == nil else {
                return nil
            }
            return try duty(
                task, dossier, count: try row.integer("many"), since: try row.instant("since"), page: "posting", reader)
        }
        return Array(found.prefix(limit))
    }
}
