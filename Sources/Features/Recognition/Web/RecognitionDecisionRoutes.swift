import Core
import Criteria
import Database
import Documents
import Organisation
import Web

/// Drafting and issuing decisions.
enum RecognitionDecisionRoutes {
    static func routes(
        _ files: ContentStore, _ calendar: Recognition.YearCalendar, _ hooks: RecognitionHooks
    ) -> [Route] {
        [
            .get(
                "/decisions", .signedIn, RecognitionDecisionListOutput.self,
                query: [
                    Field("year", .whole(1_900...2_200), optional: true),
                    Field("state", .choice(Recognition.DecisionState.allCases.map(\.rawValue)), optional: true),
                    Field("title", .text(40), optional: true), Field("after", .record, optional: true),
                    Field("before", .record, optional: true),
                ]
            ) { try list($0) },
            .get(
                "/decisions/new", .holding(.draftDecision), RecognitionDraftOutput.self,
                query: [
                    Field("title", .text(40), optional: true), Field("year", .whole(1_900...2_200), optional: true),
                    Field("level", .text(20), optional: true),
                ]
            ) { try RecognitionDrafting.page($0) },
            .post(
                "/decisions/new", .holding(.draftDecision), RecognitionDraftForm.self, bodyLimit: 4 << 20,
                again: { try RecognitionDrafting.page($0) }
            ) { try RecognitionDrafting.draft($0, $1, calendar) },
            .get("/decisions/:id", .signedIn, RecognitionDecisionOutput.self) { try decision($0, hooks) },
            .get("/decisions/:id/paper", .signedIn, RecognitionPaperOutput.self) { try paper($0) },
            .post(
                "/decisions/:id/issue", .holding(.issueDecision), RecognitionIssueForm.self, bodyLimit: 24 << 20,
                again: { try decision($0, hooks) }
            ) { try issue($0, $1, files, hooks) },
            .post(
                "/decisions/:id/removal", .holding(.draftDecision), RecognitionDiscardButton.self,
                again: { try decision($0, hooks) }
            ) { call, _ in try discard(call, calendar, hooks) },
            .file("/decisions/:id/scan", .signedIn) { try scan($0, files) },
        ]
    }

    private static func list(_ call: Call<Actor>) throws -> RecognitionDecisionListOutput {
        let (sight, reader) = (call.sight, call.reader)
        let (filter, turn) = (call.paperFilter, call.paperTurn)
        let page = try RecognitionStore.decisions(filter, turn, seenBy: sight, reader)
        var waiting: [RecognitionDecisionListOutput.Waiting] = []
        if turn.isFirst, filter.isNone {
            waiting = try RecognitionDrafting.groups(call.seats(.draftDecision), call)
        }
        let deciding = try RecognitionStore.deciding(page.papers, sight, seats: call.decidingSeats(), reader)
        let titles = try CriteriaStore.current(.residentialArea, on: call.today, reader)?.set.titles ?? []
        return RecognitionDecisionListOutput(
            decisions: try page.papers.map { try answer($0, isDecider: deciding.contains($0.id), reader) },
            waiting: waiting,
            narrowing: RecognitionPaperNarrowing(
                filter, years: try RecognitionStore.years(of: .decision, reader),
                titles: titles.map { .init(code: $0.code, name: RecognitionName($0.name)) }),
            next: page.next, previous: page.previous)
    }

    /// With the title's name as the criteria set of its dossiers has it.
    private static func answer(
        _ decision: Recognition.Decision, isDecider: Bool, _ reader: any Reader
    ) throws -> RecognitionDecisionAnswer {
        RecognitionDecisionAnswer(
            decision, try set(of: decision, reader)?.title(decision.title)?.name ?? name(decision, reader),
            isDecider: isDecider)
    }

    /// Of a decision without dossiers the title's name as it was granted.
    private static func name(_ decision: Recognition.Decision, _ reader: any Reader) throws -> Criteria.Name {
        let granted = try reader.first(
            "SELECT title_name FROM title_grant WHERE title = \(decision.title) ORDER BY id LIMIT 1")
        return Criteria.Name(try granted?.text("title_name") ?? decision.title)
    }

    private static func set(of decision: Recognition.Decision, _ reader: any Reader) throws -> CriteriaSet? {
        try reader.first(
            """
            SELECT d.criteria_set_id, d.rules_id FROM decision_item i JOIN dossier d ON d.id = i.dossier_id
            WHERE i.decision_id = \(decision.id) ORDER BY d.id LIMIT 1
            """
        ).map { try RecognitionStore.criteria($0.id("criteria_set_id"), rules: $0.optionalID("rules_id"), reader) }
    }

    /// The criteria of the titles that a decision takes back; those in force when it was drafted, where a title was
    /// entered from an older register.
    private static func withdrawn(
        by decision: Recognition.Decision, _ reader: any Reader
    ) throws -> CriteriaSet? {
        let own = try reader.first(
            """
            SELECT d.criteria_set_id, d.rules_id FROM decision_withdrawal w JOIN title_grant g ON g.id = w.title_id
            JOIN dossier d ON d.id = g.dossier_id WHERE w.decision_id = \(decision.id) ORDER BY d.id LIMIT 1
            """
        ).map { try RecognitionStore.criteria($0.id("criteria_set_id"), rules: $0.optionalID("rules_id"), reader) }
        return try own
            ?? CriteriaStore.current(
                .residentialArea, on: decision.draftedAt.day, for: decision.territory.id, reader)?.set
    }

    private static func find(_ call: Call<Actor>) throws -> Recognition.Decision {
        try RecognitionStore.decision(call.id("id"), seenBy: call.sight, call.reader)
    }

    private static func decision(
        _ call: Call<Actor>, _ hooks: RecognitionHooks
    ) throws -> RecognitionDecisionOutput {
        let (decision, reader) = (try find(call), call.reader)
        let isDraft = decision.isDraft
        let maySign = try isDraft && call.allows(.issueDecision, decision, decidedAt: decision.actingLevel)
        let barred = maySign ? try barring(call, decision, hooks) : nil
        let seen = try lines(decision, call)
        return RecognitionDecisionOutput(
            decision: try answer(decision, isDecider: seen.isDecider, reader), items: seen.items, drafted: seen.bare,
            withdrawals: seen.withdrawals, isDecider: seen.isDecider, hasHidden: seen.hidden > 0,
            mayIssue: maySign && barred == nil,
            mayDiscard: try isDraft && call.allows(.draftDecision, decision, decidedAt: decision.actingLevel),
            barred: barred?.key,
            signers: barred?.key.hasPrefix("recognition.refusal.apart.") == true
                ? try RecognitionStore.signers(
                    ofDecision: decision.id, in: decision.territory.id, besides: call.who.person, on: call.today, reader
                ) : nil,
            earlier: try RecognitionStore.titles(ofEarlier: decision.id, reader).map {
                RecognitionTitleAnswer.Earlier($0)
            })
    }

    /// What of a decision this person is shown.
    private struct Seen {
        let isDecider: Bool
        let items: [RecognitionDecisionOutput.Item]
        /// Areas of which only is said that they stand in the draft.
        let bare: [TerritoryTitle]
        let withdrawals: [RecognitionDecisionOutput.Withdrawn]
        let hidden: Int
    }

    private static func lines(_ decision: Recognition.Decision, _ call: Call<Actor>) throws -> Seen {
        let reader = call.reader
        let (isDecider, areas) = try RecognitionStore.standpoints(
            on: decision, of: call.sight, seats: decision.isDraft ? call.decidingSeats() : [], reader)
        func line(_ area: ID, _ outcome: Recognition.Outcome) -> Recognition.DecisionSight.Line {
            Recognition.DecisionSight.line(
                decision.state, outcome, from: isDecider ? .decider : areas[area] ?? .elsewhere)
        }
        let all = try RecognitionStore.items(of: decision.id, reader)
        let whole = all.filter { line($0.dossier.area.id, $0.outcome) == .whole }
        let back = try RecognitionStore.withdrawals(of: decision.id, reader)
        let shown = back.filter { line($0.title.area.id, .recognised) == .whole }
        let bare =
            all.filter { line($0.dossier.area.id, $0.outcome) == .bare }.map(\.dossier.area)
            + back.filter { line($0.title.area.id, .recognised) == .bare }.map(\.title.area)
        return Seen(
            isDecider: isDecider, items: try items(whole, decision, call.sight, reader), bare: bare,
            withdrawals: shown.map { RecognitionDecisionOutput.Withdrawn($0) },
            hidden: all.count + back.count - whole.count - shown.count - bare.count)
    }

    private static func barring(
        _ call: Call<Actor>, _ decision: Recognition.Decision, _ hooks: RecognitionHooks
    ) throws -> Refusal? {
        guard let step = Recognition.LifeCycle.step(.proposed, .recognise) else { return nil }
        let (person, reader) = (call.who.person, call.reader)
        let hands = try RecognitionStore.hands(of: person, onDecision: decision.id, reader)
        if let refusal = hands.refusal(of: step) { return refusal }
        guard decision.purpose == .withdrawal else { return nil }
        let titles = try RecognitionStore.withdrawals(of: decision.id, reader).map(\.title.id)
        return try hooks.withdrawing(person, titles, call.today, reader)
    }

    private static func items(
        _ items: [Recognition.DecisionItem], _ decision: Recognition.Decision, _ sight: Sight, _ reader: any Reader
    ) throws -> [RecognitionDecisionOutput.Item] {
        let assessments = try RecognitionStore.assessments(items.map(\.dossier), reader)
        let households = try RecognitionStore.households(of: items.map(\.dossier.area.id), reader)
        let open = try RecognitionStore.visible(items.map(\.dossier.id), to: sight, reader)
        return try items.map { item in
            RecognitionDecisionOutput.Item(
                dossier: try item.dossier.answer(reader), households: households[item.dossier.area.id],
                outcome: item.outcome, reason: item.reason,
                total: assessments[item.dossier.id]?.score(.appraisal).total ?? 0,
                isOpen: open.contains(item.dossier.id))
        }
    }

    private static func paper(_ call: Call<Actor>) throws -> RecognitionPaperOutput {
        let (decision, reader) = (try find(call), call.reader)
        let seen = try lines(decision, call)
        guard Recognition.DecisionSight.mayReadPaper(decision.state, isDecider: seen.isDecider) else {
            throw Refusal(.forbidden, "recognition.refusal.draftOfDecider")
        }
        let set =
            decision.purpose == .withdrawal
            ? try withdrawn(by: decision, reader) : try set(of: decision, reader)
        return RecognitionPaperOutput(
            decision: try answer(decision, isDecider: seen.isDecider, reader), items: seen.items,
            withdrawals: seen.withdrawals, isExtract: seen.hidden > 0,
            termYears: set?.term?.years,
            recheckMonths: set?.term?.recheckMonths, legalBasis: set?.legalBasis ?? [],
            superior: try RecognitionStore.committee(of: decision.organisation, reader))
    }

    private static func issue(
        _ call: Call<Actor>, _ form: RecognitionIssueForm, _ files: ContentStore, _ hooks: RecognitionHooks
    ) throws -> Change {
        let decision = try find(call)
        let permit = try call.permit(.issueDecision, decision, decidedAt: decision.actingLevel)
        guard decision.isDraft else { throw Refusal(.conflict, "recognition.refusal.issuedAlready") }
        if let refusal = try barring(call, decision, hooks) { throw refusal }
        var faults = FormFaults()
        let wrong = form.paper.refusal(on: call.today, year: decision.year)
        faults.add(
            try wrong ?? RecognitionStore.refusal(ofDay: form.paper, for: decision, in: call.language, call.reader))
        faults.add(try RecognitionStore.refusal(ofNumber: form.paper, for: decision, call.reader))
        try faults.say()
        return .write(
            permit, as: "decision.issue",
            preparing: {
                try RecognitionFiles.scan(form.scan, files, field: "scan")
            }
        ) { tx, scan in
            let deed = Recognition.Deed(permit, tx)
            try RecognitionStore.issue(decision, form.paper, scan: scan, deed, tx)
            if decision.purpose == .withdrawal {
                try hooks.withdrawn(RecognitionStore.withdrawals(of: decision.id, tx).map(\.title.id), deed, tx)
            }
            return Receipt(
                id: decision.id, location: "/decisions/\(decision.id)", version: decision.revision + 1,
                flash: "recognition.flash.issued")
        }
    }

    private static func discard(
        _ call: Call<Actor>, _ calendar: Recognition.YearCalendar, _ hooks: RecognitionHooks
    ) throws -> Change {
        let decision = try find(call)
        let permit = try call.permit(.draftDecision, decision, decidedAt: decision.actingLevel)
        guard decision.isDraft else { throw Refusal(.conflict, "recognition.refusal.issuedAlready") }
        return .write(permit, as: "decision.discard") { tx in
            let deed = Recognition.Deed(permit, tx)
            let titles = try RecognitionStore.withdrawals(of: decision.id, tx).map(\.title.id)
            try RecognitionStore.discard(decision, deed, calendar: calendar, tx)
            try hooks.discarded(titles, deed, tx)
            return Receipt(location: "/decisions", flash: "recognition.flash.discarded")
        }
    }

    private static func scan(_ call: Call<Actor>, _ files: ContentStore) throws -> FileAnswer {
        let decision = try find(call)
        guard let scan = decision.scan else { throw NotFound() }
        let seen = try lines(decision, call)
        guard Recognition.DecisionSight.mayReadScan(isDecider: seen.isDecider, hidden: seen.hidden) else {
            throw Refusal(.forbidden, "recognition.refusal.scanOfDecider")
        }
        // A PDF can carry scripts: it is handed over, not opened within the site.
        let isPicture = scan.type == FileKind.jpeg.mediaType
        return RecognitionFiles.answer(
            scan.address, type: scan.type, name: isPicture ? "\(scan.address.hex.prefix(12)).jpg" : scan.name,
            isShown: isPicture, files)
    }
}
