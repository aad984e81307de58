import Core
import Criteria
import Database
import Organisation
import Web

/// A panel's work on one dossier: scoring, visit, settling, minutes.
enum RecognitionPanelWorkRoutes {
    static func routes(_ calendar: Recognition.YearCalendar, _ hooks: RecognitionHooks) -> [Route] {
        @Sendable func show(_ call: Call<Actor>) throws -> RecognitionAppraisalOutput { try self.show(call, hooks) }
        return [
            .get("/dossiers/:id/appraisal", .signedIn, RecognitionAppraisalOutput.self) { try show($0) },
            .get(
                "/dossiers/:id/matrix", .signedIn, RecognitionFourWayOutput.self,
                query: [
                    Field("order", .choice(RecognitionFourWayOutput.Order.allCases.map(\.rawValue)), optional: true)
                ]
            ) { try matrix($0) },
            .post(
                "/dossiers/:id/appraisal/confirmations", .holding(.appraise),
                RecognitionConfirmationAskingButton.self, again: { try show($0) }
            ) { call, _ in try ask(call, hooks) },
            .post(
                "/dossiers/:id/appraisal/scores", .holding(.appraise), RecognitionPanelScoringForm.self,
                again: { try show($0) }
            ) { try score($0, $1) },
            .post(
                "/dossiers/:id/appraisal/opening", .holding(.appraise), RecognitionPanelClosingButton.self,
                again: { try show($0) }
            ) { call, _ in try close(call) },
            .post(
                "/dossiers/:id/appraisal/settlement", .holding(.appraise), RecognitionPanelSettlementForm.self,
                again: { try show($0) }
            ) { try settle($0, $1) },
            .post(
                "/dossiers/:id/appraisal/conclusion", .holding(.appraise), RecognitionPanelConclusionForm.self,
                again: { try show($0) }
            ) { try conclude($0, $1, calendar) },
            .post(
                "/dossiers/:id/appraisal/return", .holding(.appraise), RecognitionPanelReturnForm.self,
                again: { try show($0) }
            ) { try sendBack($0, $1, calendar) },
            .get("/dossiers/:id/minutes", .signedIn, RecognitionPanelMinutesOutput.self) { try minutes($0) },
        ]
    }

    /// The panel's work on a dossier, for members of the panel and for whoever forms it; for others it is not there.
    static func find(_ call: Call<Actor>) throws -> Recognition.PanelWork {
        let (work, isOutside) = try read(call)
        guard !isOutside else { throw NotFound() }
        return work
    }

    /// The same, and for the area and its commune as soon as the minutes are closed: they read what was settled, not
    /// who gave which score.
    private static func read(_ call: Call<Actor>) throws -> (work: Recognition.PanelWork, isOutside: Bool) {
        let dossier = try call.dossier()
        guard let work = try RecognitionStore.work(on: dossier, today: call.today, call.reader) else {
            throw NotFound()
        }
        do {
            _ = try RecognitionStore.panel(
                work.panel.id, seenBy: call.who.person, forming: RecognitionPanelRoutes.forming(call), call.reader)
            return (work, false)
        } catch is NotFound {
            guard work.appraisal.conclusion != nil,
                [.appraised, .proposed, .recognised, .refused].contains(dossier.state)
            else { throw NotFound() }
            return (work, true)
        }
    }

    private static func show(
        _ call: Call<Actor>, _ hooks: RecognitionHooks
    ) throws -> RecognitionAppraisalOutput {
        let (work, isOutside) = try read(call)
        let asked = Set(work.confirmations.map(\.code))
        let holders = isOutside ? [:] : try hooks.holders(work.dossier, call.reader)
        return RecognitionAppraisalOutput(
            work, reader: call.who.person, isOutside: isOutside,
            mayAsk: holders.keys.contains { code in
                !asked.contains(code) && work.assessment.effective(code, .check) != nil
            })
    }

    private static func ask(_ call: Call<Actor>, _ hooks: RecognitionHooks) throws -> Change {
        let (work, permit) = try presided(call)
        let holders = try hooks.holders(work.dossier, call.reader)
        return .write(permit, as: "panel.ask") { tx in
            try RecognitionStore.askOffices(holders, about: work.dossier.id, Recognition.Deed(permit, tx), tx)
            return receipt(work, "recognition.confirmation.flash.asked")
        }
    }

    private static func matrix(_ call: Call<Actor>) throws -> RecognitionFourWayOutput {
        let (work, _) = try read(call)
        let order = call.query["order"].flatMap(RecognitionFourWayOutput.Order.init(rawValue:)) ?? .difference
        let terms = Recognition.Terms.of(work.assessment.set, for: work.dossier.title)
        let topics = try RecognitionStore.topicAnswers(of: work.dossier, needed: terms.satisfied, call.reader)
        let asked = try RecognitionStore.questions(of: work.dossier, call.reader).topics
        func household(_ answer: Recognition.TopicAnswer) -> RecognitionFourWayOutput.Household {
            RecognitionFourWayOutput.Household(answer, asked.first { $0.code == answer.topic })
        }
        let lines = try RecognitionStore.fourWay(work, topics, call.reader)
        let sorted = order == .code ? lines : Recognition.FourWay.byDifference(lines)
        let indicators = Dictionary(
            work.assessment.indicators.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        return RecognitionFourWayOutput(
            dossier: RecognitionDossierAnswer(work.dossier, work.assessment.set), order: order,
            lines: sorted.compactMap { line in
                indicators[line.code].map { indicator in
                    func answer(_ said: Recognition.FourWay.Said?) -> RecognitionValueAnswer? {
                        said.map { RecognitionValueAnswer($0.value, indicator) }
                    }
                    return RecognitionFourWayOutput.Line(
                        code: line.code, name: RecognitionName(indicator.name), own: answer(line.own),
                        check: answer(line.check), panel: answer(line.panel), votes: line.residents?.votes,
                        present: line.residents?.present, isCarried: line.residents?.isCarried,
                        isDisputed: line.residents?.isDisputed ?? false, households: line.households.map(household),
                        difference: line.points, differs: line.differs, isDoubted: line.isDoubted)
                }
            },
            ballot: work.preceding.ballot.map { RecognitionPanelBallotAnswer($0, terms) },
            topics: topics.apart(from: lines.map(\.code), in: work.assessment.set).map(household),
            isOpen: work.appraisal.endedAt == nil)
    }

    /// The work, for an act that needs a seat on the panel.
    static func seated(
        _ call: Call<Actor>
    ) throws -> (work: Recognition.PanelWork, permit: Permit<Recognition.Dossier>) {
        let work = try find(call)
        guard work.panel.seat(of: call.who.person) != nil else {
            throw Refusal(.forbidden, "recognition.panel.refusal.notMember")
        }
        let permit = try call.permit(.appraise, work.dossier)
        guard work.appraisal.endedAt == nil else { throw Refusal(.conflict, "recognition.panel.refusal.ended") }
        return (work, permit)
    }

    /// The same for what only the one who presides may do.
    private static func presided(
        _ call: Call<Actor>
    ) throws -> (work: Recognition.PanelWork, permit: Permit<Recognition.Dossier>) {
        let found = try seated(call)
        if let refusal = found.work.refusalToPreside(call.who.person) { throw refusal }
        return found
    }

    private static func receipt(_ work: Recognition.PanelWork, _ flash: String, version: Int? = nil) -> Receipt {
        Receipt(
            id: work.dossier.id, location: "/dossiers/\(work.dossier.id)/appraisal",
            version: version ?? work.dossier.revision, flash: flash)
    }

    private static func score(_ call: Call<Actor>, _ form: RecognitionPanelScoringForm) throws -> Change {
        let (work, permit) = try seated(call)
        var values: [(code: String, value: Criteria.Value)] = []
        var refusals: [Refusal] = []
        for indicator in work.assessment.indicators where work.judged.contains(indicator.code) {
            let code = indicator.code
            guard let typed = form.scores[code] else { continue }
            do throws(Refusal) {
                values.append(
                    (
                        code,
                        try Recognition.ValueText.read(
                            typed, reason: form.notes[code], for: indicator, field: "score.\(code)")
                    ))
            } catch { refusals.append(error) }
            if let refusal = work.scoring.refusalToScore(code, by: call.who.person) { refusals.append(refusal) }
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        let given = values
        return .write(permit, as: "panel.scores") { tx in
            for (code, value) in given {
                try RecognitionStore.putScore(
                    code, value, note: form.notes[code], dossier: work.dossier.id, Recognition.Deed(permit, tx), tx)
            }
            return receipt(work, "recognition.panel.flash.scored")
        }
    }

    private static func close(_ call: Call<Actor>) throws -> Change {
        let (work, permit) = try presided(call)
        if let refusal = work.scoring.refusalToClose { throw refusal }
        return .write(permit, as: "panel.opening") { tx in
            try RecognitionStore.closeScoring(of: work.dossier.id, Recognition.Deed(permit, tx), tx)
            return receipt(work, "recognition.panel.flash.opened")
        }
    }

    private static func settle(_ call: Call<Actor>, _ form: RecognitionPanelSettlementForm) throws -> Change {
        let (work, permit) = try presided(call)
        var settled: [Recognition.Settlement] = []
        var refusals: [Refusal] = []
        for indicator in work.assessment.indicators {
            let code = indicator.code
            guard let typed = form.values[code] else { continue }
            do throws(Refusal) {
                let value = try Recognition.ValueText.read(
                    typed, reason: form.reasons[code], for: indicator, field: "value.\(code)")
                let stands =
                    work.judged.contains(code)
                    ? work.scoring.agreed(code) : work.assessment.effective(code, .check)
                if value != stands, let refusal = work.scoring.refusalToSettle(code, reason: form.reasons[code]) {
                    throw refusal
                }
                settled.append(
                    Recognition.Settlement(code: code, value: value, reason: form.reasons[code] ?? ""))
            } catch { refusals.append(error) }
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        let minutes = settled
        return .write(permit, as: "panel.settlement") { tx in
            for settlement in minutes {
                try RecognitionStore.settle(settlement, dossier: work.dossier.id, Recognition.Deed(permit, tx), tx)
            }
            return receipt(work, "recognition.panel.flash.settled")
        }
    }

    private static func conclude(
        _ call: Call<Actor>, _ form: RecognitionPanelConclusionForm, _ calendar: Recognition.YearCalendar
    ) throws -> Change {
        let (work, permit) = try presided(call)
        try step(.conclude, work, call)
        var refusals = work.closing.refusals
        if refusals.isEmpty, let refusal = work.finding.refusal(of: form.conclusion, reason: form.reason) {
            refusals.append(refusal)
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        return .write(permit, as: "dossier.conclude") { tx in
            let revision = try RecognitionStore.conclude(
                form.conclusion, reason: form.reason, remark: form.remark, attended: form.attended,
                dossier: work.dossier.id,
                Recognition.Deed(permit, tx), calendar: calendar, tx)
            return receipt(work, "recognition.panel.flash.concluded", version: revision)
        }
    }

    private static func sendBack(
        _ call: Call<Actor>, _ form: RecognitionPanelReturnForm, _ calendar: Recognition.YearCalendar
    ) throws -> Change {
        let (work, permit) = try presided(call)
        let codes = Set(work.assessment.indicators.map(\.code))
        let reasons = form.reasons.filter { codes.contains($0.key) }
        try step(.sendBack, work, call, reason: .perIndicator(count: reasons.count))
        return .write(permit, as: "dossier.return") { tx in
            let revision = try RecognitionStore.sendBack(
                fromPanel: work.dossier.id, reasons, remark: form.remark, Recognition.Deed(permit, tx),
                calendar: calendar, tx)
            return receipt(work, "recognition.flash.returned", version: revision)
        }
    }

    /// Asks the life cycle and separation of duties.
    private static func step(
        _ action: Recognition.Action, _ work: Recognition.PanelWork, _ call: Call<Actor>,
        reason: Recognition.Reason = .none
    ) throws {
        let hands = try RecognitionStore.hands(of: call.who.person, on: work.dossier.id, call.reader)
        _ = try Recognition.LifeCycle.next(
            work.dossier.state, action, holding: [.appraise], hands: hands, reason: reason)
    }

    private static func minutes(_ call: Call<Actor>) throws -> RecognitionPanelMinutesOutput {
        let (work, isOutside) = try read(call)
        return RecognitionPanelMinutesOutput(
            appraisal: RecognitionAppraisalOutput(work, reader: call.who.person, isOutside: isOutside),
            place: work.panel.territory)
    }
}
