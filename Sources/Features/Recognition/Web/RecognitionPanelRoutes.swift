import Core
import Criteria
import Database
import Organisation
import Web

/// Forming panels, and what a panel sees of its dossiers as a whole.
enum RecognitionPanelRoutes {
    static func routes(_ calendar: Recognition.YearCalendar) -> [Route] {
        [
            .get(
                "/panels", .signedIn, RecognitionPanelListOutput.self,
                query: [
                    Field("year", .whole(1_900...2_200), optional: true), Field("after", .record, optional: true),
                    Field("before", .record, optional: true),
                ]
            ) { try list($0) },
            .get(
                "/panels/new", .holding(.formPanel), RecognitionPanelFormOutput.self,
                query: [
                    Field("year", .whole(1_900...2_200), optional: true), Field("search", .text(80), optional: true),
                    Field("level", .text(12), optional: true),
                ]
            ) { try formPage($0) },
            .post("/panels/new", .holding(.formPanel), RecognitionPanelForm.self, again: { try formPage($0) }) {
                try form($0, $1, calendar)
            },
            .get(
                "/panels/:id", .signedIn, RecognitionPanelOutput.self,
                query: [Field("search", .text(80), optional: true)]
            ) { try show($0) },
            .post(
                "/panels/:id/dossiers", .holding(.formPanel), RecognitionPanelTakingForm.self, again: { try show($0) }
            ) { try take($0, $1, calendar) },
            .post(
                "/panels/:id/declaration", .holding(.appraise), RecognitionPanelDeclarationForm.self,
                again: { try show($0) }
            ) { try declare($0, $1) },
        ]
    }

    /// The units over which this person forms panels today.
    static func forming(_ call: Call<Actor>) -> [ID] {
        call.who.grants.filter { $0.role.capabilities.contains(.formPanel) && $0.term.contains(call.today) }
            .map(\.territory)
    }

    /// From where this person forms panels: for which units, and of which levels; each unit once.
    private static func seats(_ call: Call<Actor>) throws -> [Recognition.Seat] {
        Recognition.Seat.each(try call.seats(.formPanel))
    }

    /// What waits for a panel of a unit: submissions, or what a commune that decides itself has accepted.
    private static func waiting(
        under unit: ID, _ level: Criteria.Level, year: Int?, _ call: Call<Actor>
    ) throws -> (submissions: [Recognition.Submission], own: [Recognition.Dossier]) {
        guard Recognition.Deciding.needsSubmission(level) else {
            return ([], try RecognitionStore.acceptedHere(under: unit, year: year, seenBy: call.sight, call.reader))
        }
        return (
            try RecognitionStore.submissionsForPanel(
                under: unit, year: year, level: level, seenBy: call.sight, call.reader), []
        )
    }

    static func find(_ call: Call<Actor>) throws -> Recognition.Panel {
        try RecognitionStore.panel(call.id("id"), seenBy: call.who.person, forming: forming(call), call.reader)
    }

    private static func list(_ call: Call<Actor>) throws -> RecognitionPanelListOutput {
        let forming = forming(call)
        let (filter, turn) = (Recognition.PaperFilter(year: call.paperFilter.year), call.paperTurn)
        let page = try RecognitionStore.panels(filter, turn, seenBy: call.who.person, forming: forming, call.reader)
        // What was not taken last year waits on.
        let found =
            turn.isFirst && filter.isNone
            ? try seats(call).map { try waiting(under: $0.grant.territory, $0.level, year: nil, call) } : []
        return RecognitionPanelListOutput(
            panels: page.papers.map { RecognitionPanelAnswer($0) },
            waiting: found.flatMap(\.submissions).map(RecognitionSubmissionAnswer.init),
            own: found.flatMap(\.own).map { .init(area: $0.area, year: $0.year) }, mayForm: !forming.isEmpty,
            narrowing: RecognitionPaperNarrowing(
                filter, years: try RecognitionStore.years(of: .panel, call.reader)),
            next: page.next, previous: page.previous)
    }

    private static func formPage(_ call: Call<Actor>) throws -> RecognitionPanelFormOutput {
        let asks = call.query["year"].flatMap { Int($0) }
        let search = call.query["search"] ?? ""
        let all = try seats(call)
        let asked = all.filter { $0.level.rawValue == call.query["level"] }
        let seats = asked.isEmpty ? all : asked
        let year = try asks ?? firstYear(of: seats, call) ?? call.today.year
        let found = try seats.map { seat in
            (seat: seat, waiting: try waiting(under: seat.grant.territory, seat.level, year: year, call))
        }
        // Of several units the one for which something waits.
        guard
            let (seat, waiting) = found.first(where: { !$0.waiting.submissions.isEmpty || !$0.waiting.own.isEmpty })
                ?? found.first
        else { throw NotFound() }
        let territory = seat.grant.territory
        let offered = try waiting.submissions.map {
            ($0, try RecognitionStore.untaken(of: [$0.id], level: seat.level, call.reader))
        }
        return RecognitionPanelFormOutput(
            year: year, search: search,
            // Nobody is named where there is nothing to appraise.
            people: offered.isEmpty && waiting.own.isEmpty
                ? []
                : try RecognitionStore.panelCandidates(
                    over: territory, search: search, on: call.today, call.reader
                ).map { RecognitionPanelFormOutput.Candidate(person: $0.person, name: $0.name, holdsOffice: $0.holds) },
            submissions: offered.map { submission, dossiers in
                RecognitionPanelFormOutput.Offered(
                    submission: RecognitionSubmissionAnswer(submission), areas: dossiers.map(\.area))
            },
            own: waiting.own.map { .init(dossier: $0.id, area: $0.area) },
            decidesItself: !Recognition.Deciding.needsSubmission(seat.level),
            least: try RecognitionStore.leastMembers(for: offered.flatMap(\.1) + waiting.own, call.reader))
    }

    /// The oldest year of which something waits.
    private static func firstYear(of seats: [Recognition.Seat], _ call: Call<Actor>) throws -> Int? {
        try seats.flatMap { seat in
            let found = try waiting(under: seat.grant.territory, seat.level, year: nil, call)
            return found.submissions.map(\.year) + found.own.map(\.year)
        }.min()
    }

    private static func form(
        _ call: Call<Actor>, _ form: RecognitionPanelForm, _ calendar: Recognition.YearCalendar
    ) throws -> Change {
        let found = try seats(call).map { seat in
            (seat: seat, waiting: try waiting(under: seat.grant.territory, seat.level, year: form.year, call))
        }
        // The unit for which the chosen ones wait.
        guard
            let (seat, waiting) = found.first(where: { one in
                one.waiting.submissions.contains { form.submissions.contains($0.id) }
                    || one.waiting.own.contains { form.own.contains($0.id) }
            }) ?? found.first
        else { throw NotFound() }
        let id = seat.grant.territory
        let territory = try RecognitionStore.territory(id, seenBy: call.sight, call.reader)
        let permit = try call.permit(.formPanel, territory, decidedAt: seat.level)
        let own = waiting.own.filter { form.own.contains($0.id) }
        guard form.submissions.allSatisfy(waiting.submissions.map(\.id).contains), own.count == form.own.count else {
            throw Refusal(.conflict, "recognition.refusal.dossierMoved")
        }
        try mayGive(own, to: id, call)
        let dossiers =
            try RecognitionStore.untaken(of: form.submissions, level: seat.level, call.reader) + own
        let new = Recognition.NewPanel(
            territory: id, organisation: permit.grant?.organisation ?? id, name: form.title, year: form.year,
            chair: form.chair, secretary: form.secretary, members: form.members, dossiers: dossiers.map(\.id))
        if let refusal = try RecognitionStore.plan(new, on: call.today, call.reader).refusal { throw refusal }
        return .write(permit, as: "panel.form") { tx in
            let id = try RecognitionStore.formPanel(new, Recognition.Deed(permit, tx), calendar: calendar, tx)
            return Receipt(id: id, location: "/panels/\(id)", version: 1, flash: "recognition.panel.flash.formed")
        }
    }

    static func show(_ call: Call<Actor>) throws -> RecognitionPanelOutput {
        let panel = try find(call)
        let me = call.who.person
        let level = panel.territory.kind.decidingLevel
        let mayTake = try call.allows(.formPanel, panel, decidedAt: level)
        let lines = try RecognitionStore.taken(by: panel.id, call.reader).map { appraisal, dossier in
            let standings = try RecognitionStore.standings(panel, appraisal, dossier, today: call.today, call.reader)
            let own = standings.first { $0.seat.person == me }
            return RecognitionPanelOutput.Line(
                dossier: try dossier.answer(call.reader), end: appraisal.end,
                undeclared: standings.count { $0.declaration == nil && $0.isExpected }, declared: own?.declaration,
                tie: own?.tie?.word,
                // Whoever is barred already has nothing to declare.
                mayDeclare: own.map { $0.declaration == nil && $0.isExpected } == true && appraisal.endedAt == nil)
        }
        var offered: [Recognition.Dossier] = []
        if mayTake {
            offered = try giveable(to: panel, call)
        }
        let search = call.query["search"] ?? ""
        let seated = Set(panel.members.map(\.person))
        return RecognitionPanelOutput(
            panel: RecognitionPanelAnswer(panel), lines: lines,
            offered: try offered.map { try $0.answer(call.reader) },
            changes: try RecognitionStore.changes(of: panel.id, call.reader).map {
                RecognitionPanelOutput.Change(
                    day: $0.day, left: $0.left, joined: $0.joined, duty: $0.duty, reason: $0.reason,
                    hadScored: $0.hadScored)
            },
            search: search,
            candidates: mayTake
                ? try RecognitionStore.panelCandidates(
                    over: panel.territory.id, search: search, on: call.today, call.reader
                ).filter { !seated.contains($0.person) }.map {
                    RecognitionPanelFormOutput.Candidate(person: $0.person, name: $0.name, holdsOffice: $0.holds)
                } : [], mayChange: mayTake)
    }

    /// What may be given to a panel besides.
    private static func giveable(to panel: Recognition.Panel, _ call: Call<Actor>) throws -> [Recognition.Dossier] {
        let level = panel.territory.kind.decidingLevel
        let found = try waiting(under: panel.territory.id, level, year: panel.year, call)
        return try RecognitionStore.untaken(of: found.submissions.map(\.id), level: level, call.reader) + found.own
    }

    /// Giving a panel what was accepted is the step that a submission is elsewhere, and asks for the same leave.
    private static func mayGive(_ dossiers: [Recognition.Dossier], to unit: ID, _ call: Call<Actor>) throws {
        guard dossiers.contains(where: { $0.state == .accepted }) else { return }
        _ = try call.permit(
            .forwardDossiers, try RecognitionStore.territory(unit, seenBy: call.sight, call.reader))
    }

    private static func take(
        _ call: Call<Actor>, _ form: RecognitionPanelTakingForm, _ calendar: Recognition.YearCalendar
    ) throws -> Change {
        let panel = try find(call)
        let permit = try call.permit(.formPanel, panel, decidedAt: panel.territory.kind.decidingLevel)
        let given = try giveable(to: panel, call).filter { form.dossiers.contains($0.id) }
        guard Set(given.map(\.id)).isSuperset(of: form.dossiers) else {
            throw Refusal(.conflict, "recognition.refusal.dossierMoved")
        }
        try mayGive(given, to: panel.territory.id, call)
        return .write(permit, as: "panel.dossiers") { tx in
            try RecognitionStore.take(
                form.dossiers, into: panel, Recognition.Deed(permit, tx), calendar: calendar, tx)
            return Receipt(
                id: panel.id, location: "/panels/\(panel.id)", version: panel.revision + 1,
                flash: "recognition.panel.flash.taken")
        }
    }

    private static func declare(_ call: Call<Actor>, _ form: RecognitionPanelDeclarationForm) throws -> Change {
        let panel = try find(call)
        guard panel.seat(of: call.who.person) != nil else {
            throw Refusal(.forbidden, "recognition.panel.refusal.notMember")
        }
        let permit = try call.permit(.appraise, panel)
        let taken = Set(try RecognitionStore.taken(by: panel.id, call.reader).map(\.dossier.id))
        let declared = form.declared.filter { taken.contains($0.key) }.sorted { $0.key < $1.key }
        let dossiers = try RecognitionStore.taken(by: panel.id, call.reader).map(\.dossier)
        let refusals = try declared.compactMap { id, declaration -> Refusal? in
            guard let dossier = dossiers.first(where: { $0.id == id }) else { return nil }
            return Recognition.refusal(
                of: declaration, reason: form.reasons[id], for: id,
                wasOffice: try RecognitionStore.formerOffice(
                    of: call.who.person, in: dossier, on: call.today, call.reader))
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        return .write(permit, as: "panel.declaration") { tx in
            for (dossier, declaration) in declared {
                try RecognitionStore.declare(
                    declaration, reason: form.reasons[dossier], dossier: dossier,
                    Recognition.Deed(permit, tx), tx)
            }
            return Receipt(
                id: panel.id, location: "/panels/\(panel.id)", version: panel.revision,
                flash: "recognition.panel.flash.declared")
        }
    }
}
