import Core
import Criteria
import Database
import Organisation
import Web

/// The commune's check: accept a dossier or send it back.
enum RecognitionCheckRoutes {
    static func routes(_ calendar: Recognition.YearCalendar) -> [Route] {
        [
            .get("/dossiers/:id/check", .holding(.checkDossier), RecognitionCheckOutput.self) { try page($0) },
            .post(
                "/dossiers/:id/check", .holding(.checkDossier), RecognitionCheckForm.self, again: { try page($0) }
            ) { try check($0, $1, calendar) },
            .get("/dossiers/:id/check/minutes", .signedIn, RecognitionCheckMinutesOutput.self) { try minutes($0) },
        ]
    }

    private static func page(_ call: Call<Actor>) throws -> RecognitionCheckOutput {
        let (dossier, reader) = (try call.dossier(), call.reader)
        let assessment = try RecognitionStore.assessment(dossier, reader)
        let evidence = try RecognitionStore.evidence(of: dossier.id, reader)
        let returns = try RecognitionStore.returns(of: dossier.id, reader)
        let mending = RecognitionParts.mending(assessment, returns, evidence)
        let current = current(assessment, mending)
        let score = current.score(.check)
        let groups = assessment.standards.map { standard, indicators in
            RecognitionCheckOutput.Group(
                code: standard.code, name: RecognitionName(standard.name),
                lines: indicators.map { indicator in
                    line(indicator, standard.code, assessment, evidence, returns, mending)
                })
        }
        let time: (days: Int, isWorking: Bool) =
            switch Recognition.YearCalendar.standard.following(assessment.set.procedure).mending {
            case .calendar(let days): (days, false)
            case .working(let days): (days, true)
            }
        return RecognitionCheckOutput(
            dossier: RecognitionDossierAnswer(dossier, assessment.set), actions: try call.actions(on: dossier),
            barred: try barred(call, dossier), groups: groups, total: score.total, maximum: score.maximum,
            reasons: RecognitionGroups.reasons(score),
            mendingDays: time.days, mendingIsWorking: time.isWorking,
            ballotPasses: try ballotPasses(dossier, assessment.set, reader),
            background: RecognitionBackgroundAnswer(
                try RecognitionStore.backgrounds(of: [dossier], reader)[dossier.id] ?? .none))
    }

    private static func line(
        _ indicator: Criteria.Indicator, _ group: String, _ assessment: Recognition.Assessment,
        _ evidence: [Recognition.Evidence], _ returns: [Recognition.Return], _ mending: Recognition.Mending
    ) -> RecognitionCheckOutput.Line {
        let asked = RecognitionIndicatorParts.asked(indicator, assessment)
        let code = indicator.code
        let entry = assessment.entry(code, .check)
        let check = entry.flatMap { mending.isNewer(code, than: $0.at) ? nil : $0 }
        return RecognitionCheckOutput.Line(
            code: code, name: asked.name, group: group, kind: asked.kind, grades: asked.grades, unit: asked.unit,
            threshold: asked.thresholds.first,
            own: assessment.entry(code, .own).map { RecognitionEntryAnswer($0, indicator) },
            verdict: RecognitionVerdictAnswer(assessment.verdict(indicator, .own), of: indicator),
            check: check.map { RecognitionValueAnswer($0.value, indicator) },
            before: check == nil ? entry.map { RecognitionValueAnswer($0.value, indicator) } : nil,
            checkVersion: entry?.version ?? 0,
            pictures: evidence.filter { $0.codes.contains(code) }.map(\.id),
            returnReason: mending.isReturned(code) ? returns.first { $0.code == code }?.reason : nil,
            returnedBy: mending.isReturned(code) ? returns.first { $0.code == code }?.by : nil,
            isMended: mending.isMended(code))
    }

    /// The assessment without what the commune put before the area mended it.
    private static func current(
        _ assessment: Recognition.Assessment, _ mending: Recognition.Mending
    ) -> Recognition.Assessment {
        let entries = assessment.indicators.flatMap { indicator in
            Recognition.Side.allCases.compactMap { side -> Recognition.Entry? in
                guard let entry = assessment.entry(indicator.code, side) else { return nil }
                return side == .check && mending.isNewer(indicator.code, than: entry.at) ? nil : entry
            }
        }
        return Recognition.Assessment(assessment.set, for: assessment.aim, entries)
    }

    private static func ballotPasses(
        _ dossier: Recognition.Dossier, _ set: CriteriaSet, _ reader: any Reader
    ) throws -> Bool? {
        guard let ballot = try RecognitionStore.posting(of: dossier.id, reader)?.ballot, ballot.result != nil else {
            return nil
        }
        return ballot.passes(by: Recognition.Terms.of(set, for: dossier.title))
    }

    /// Why this person must leave the check to another, as words.
    private static func barred(_ call: Call<Actor>, _ dossier: Recognition.Dossier) throws -> String? {
        guard let step = Recognition.LifeCycle.step(dossier.state, .accept) else { return nil }
        return try RecognitionStore.hands(of: call.who.person, on: dossier.id, call.reader).refusal(of: step)?.key
    }

    private static func check(
        _ call: Call<Actor>, _ form: RecognitionCheckForm, _ calendar: Recognition.YearCalendar
    ) throws -> Change {
        let (dossier, reader) = (try call.dossier(), call.reader)
        let permit = try call.permit(.checkDossier, dossier)
        let hands = try RecognitionStore.hands(of: permit.actor.person, on: dossier.id, reader)
        let assessment = try RecognitionStore.assessment(dossier, reader)
        let codes = Set(assessment.indicators.map(\.code))
        let reasons = form.reasons.filter { codes.contains($0.key) }
        let action: Recognition.Action = form.isAccepted ? .accept : .sendBack
        let state = try Recognition.LifeCycle.next(
            dossier.state, action, holding: [permit.capability], hands: hands,
            reason: form.isAccepted ? .none : .perIndicator(count: reasons.count))
        let kept =
            form.isAccepted
            ? reasons.keys.sorted().map {
                Refusal(.invalid, "recognition.refusal.reasonWhileAccepting", field: "reason.\($0)")
            } : []
        let values = try values(form, assessment, besides: kept)
        return .write(permit, as: form.isAccepted ? "dossier.accept" : "dossier.return") { tx in
            let deed = Recognition.Deed(permit, tx)
            try RecognitionStore.putAttendance(form.attended, of: dossier, deed, tx)
            for (new, version) in values {
                guard case .saved = try RecognitionStore.save(new, dossier: dossier.id, over: version, deed, tx) else {
                    throw Refusal(.conflict, "web.refusal.movedMeanwhile")
                }
                tx.note("check.\(new.code)", to: Recognition.ValueText.typed(new.value))
            }
            if !form.isAccepted { try RecognitionStore.putReturns(reasons, on: dossier, deed, tx) }
            let revision = try RecognitionStore.move(
                dossier, action, to: state, deed, reason: form.remark, calendar: calendar, tx)
            return Receipt(
                id: dossier.id, location: "/dossiers/\(dossier.id)", version: revision,
                flash: form.isAccepted ? "recognition.flash.accepted" : "recognition.flash.returned")
        }
    }

    /// Minutes of the last check; before it was closed a draft for whoever checks, and nothing for others.
    private static func minutes(_ call: Call<Actor>) throws -> RecognitionCheckMinutesOutput {
        let (dossier, reader) = (try call.dossier(), call.reader)
        let assessment = try RecognitionStore.assessment(dossier, reader)
        let isOpen = dossier.state == .submitted
        guard dossier.round > 0, !isOpen || call.authority.allows(call.who, .checkDossier, dossier) else {
            throw NotFound()
        }
        let ends: Set = [Recognition.Action.accept.rawValue, Recognition.Action.sendBack.rawValue]
        // Newest first: the last end of a check in this round. What a panel sent back was accepted before.
        let ended = try RecognitionStore.events(of: dossier.id, reader).filter {
            $0.round == dossier.round && ends.contains($0.action)
        }
        let end = ended.first { $0.action == Recognition.Action.accept.rawValue } ?? ended.first
        let returns = try RecognitionStore.returns(of: dossier.id, reader).filter { $0.round == dossier.round }
        let wasReturned = end?.action == Recognition.Action.sendBack.rawValue
        return RecognitionCheckMinutesOutput(
            dossier: RecognitionDossierAnswer(dossier, assessment.set),
            end: isOpen
                ? nil
                : end.map {
                    RecognitionCheckMinutesOutput.End(
                        isAccepted: !wasReturned, at: $0.at, checker: $0.actor, body: $0.organisation,
                        remark: $0.reason)
                },
            attended: try RecognitionStore.attendance(of: dossier, reader),
            indicators: assessment.indicators.count,
            lines: assessment.indicators.compactMap { indicator in
                let check = assessment.entry(indicator.code, .check)
                let reason = wasReturned ? returns.first { $0.code == indicator.code }?.reason : nil
                guard check != nil || reason != nil else { return nil }
                return RecognitionCheckMinutesOutput.Line(
                    code: indicator.code, name: RecognitionName(indicator.name),
                    own: assessment.entry(indicator.code, .own).map { RecognitionValueAnswer($0.value, indicator) },
                    check: check.map { RecognitionValueAnswer($0.value, indicator) }, reason: reason)
            }, total: assessment.score(.check).total, maximum: assessment.score(.check).maximum)
    }

    /// The values to put: where the commune sees another one than the area, and where it agrees after all. Every fault
    /// at once, each beside its row.
    ///
    /// - Parameter besides: what else is wrong with the form.
    private static func values(
        _ form: RecognitionCheckForm, _ assessment: Recognition.Assessment, besides: [Refusal]
    ) throws(Refusal) -> [(Recognition.NewValue, version: Int)] {
        var values: [(Recognition.NewValue, version: Int)] = []
        var refusals = besides
        for indicator in assessment.indicators {
            let code = indicator.code
            let before = assessment.entry(code, .check)
            let own = assessment.entry(code, .own)?.value
            do throws(Refusal) {
                let typed = try form.values[code].map { text throws(Refusal) in
                    try Recognition.ValueText.read(
                        text, reason: form.reasons[code] ?? form.remark, for: indicator, field: "value.\(code)")
                }
                guard let value = typed ?? own, value != before?.value, before != nil || value != own else { continue }
                values.append(
                    (
                        Recognition.NewValue(code: code, side: .check, value: value, note: nil), before?.version ?? 0
                    ))
            } catch {
                refusals.append(error)
            }
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        return values
    }
}
