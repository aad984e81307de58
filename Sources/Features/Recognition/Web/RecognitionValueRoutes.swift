import Core
import Criteria
import Database
import Organisation
import Web

/// One indicator: its page, and saving its value. Saving is what is done most in the whole product: one look-up of the
/// dossier in the snapshot, and two statements besides the gate's in the lane.
enum RecognitionValueRoutes {
    /// Words of the refusal, and the mark of a receipt that means it.
    static let conflictKey = "recognition.conflict.saved"

    static func routes(_ hooks: RecognitionHooks) -> [Route] {
        [
            .get("/dossiers/:id/values/:code", .signedIn, RecognitionIndicatorOutput.self) {
                try indicator($0, hooks)
            },
            .post(
                "/dossiers/:id/values/:code", .holding(.fillAssessment), RecognitionValueForm.self,
                again: { try indicator($0, hooks) }
            ) { try save($0, $1, hooks) },
            .post(
                "/dossiers/:id/typed-values/:code", .holding(.typeValues), RecognitionValueForm.self,
                again: { try indicator($0, hooks) }
            ) { try save($0, $1, as: .typeValues, hooks) },
        ]
    }

    /// Types for the head of the area: what is typed waits for the head's yes.
    static func mayType(_ call: Call<Actor>, _ dossier: Recognition.Dossier) -> Bool {
        dossier.state == .assessing && call.authority.allows(call.who, .typeValues, dossier)
    }

    private static func save(
        _ call: Call<Actor>, _ form: RecognitionValueForm, as capability: Capability = .fillAssessment,
        _ hooks: RecognitionHooks
    ) throws -> Change {
        let dossier = try call.dossier()
        let set = try RecognitionStore.criteria(of: dossier, call.reader)
        guard let indicator = try set.indicator(call.parameter("code"), for: dossier.title) else { throw NotFound() }
        let permit = try call.permit(capability, dossier)
        let isTyped = capability == .typeValues
        _ = try Recognition.LifeCycle.possible(dossier.state, .fill)
        if isTyped, dossier.state != .assessing {
            throw Refusal(.conflict, "recognition.review.refusal.typedTooLate")
        }
        if let refusal = try RecognitionStore.refusalToFill(indicator.code, of: dossier, call.reader) { throw refusal }
        let supply = try hooks.supply(dossier, call.today, false, call.reader)
        let format = call.language.format
        if let refusal = supply[indicator.code]?.refusalToType(shown: { format.day($0) }) { throw refusal }
        let value = try Recognition.ValueText.read(form.value, reason: form.why, for: indicator)
        let new = Recognition.NewValue(
            code: indicator.code, value: value, note: form.note,
            counted: Recognition.ValueText.counted(form.value))
        let home = "/dossiers/\(dossier.id)"
        let path = try path(set.codes(for: dossier.title), of: dossier, supply, call.reader)
        let next = form.goesOn ? path.following(indicator.code) : indicator.code
        let location = next.map { "\(home)/values/\($0)" } ?? "\(home)/assessment"
        return .write(permit, as: "value.save", refusing: refusal) { tx in
            let deed = Recognition.Deed(permit, tx)
            switch try RecognitionStore.save(
                new, dossier: dossier.id, over: form.version, waits: isTyped, deed, tx)
            {
            case .saved(let version):
                tx.note("value.\(new.code)", to: Recognition.ValueText.typed(new.value))
                return Receipt(
                    id: dossier.id, location: location, version: version,
                    flash: isTyped ? "recognition.review.flash.typed" : "recognition.flash.saved")
            case .conflict(let current):
                tx.note("value.\(new.code).conflict", to: Recognition.ValueText.typed(new.value))
                return Receipt(id: dossier.id, location: location, version: current, flash: conflictKey)
            }
        }
    }

    @Sendable private static func refusal(_ receipt: Receipt) -> Refusal? {
        receipt.flash == conflictKey ? Refusal(.conflict, conflictKey, field: "value") : nil
    }

    static func indicator(
        _ call: Call<Actor>, _ hooks: RecognitionHooks
    ) throws -> RecognitionIndicatorOutput {
        let (dossier, reader) = (try call.dossier(), call.reader)
        let assessment = try RecognitionStore.assessment(dossier, reader)
        let code = try call.parameter("code")
        let all = assessment.indicators
        guard let index = all.firstIndex(where: { $0.code == code }) else { throw NotFound() }
        let indicator = all[index]
        let supply = try hooks.supply(dossier, call.today, true, reader)
        let path = Set(try path(all.map(\.code), of: dossier, supply, reader))
        let following = all.indices.first { $0 > index && path.contains(all[$0].code) }
        let mayCheck = call.authority.allows(call.who, .checkDossier, dossier)
        let returns = try RecognitionStore.returns(of: dossier.id, reader).filter { $0.code == code }
        var actions = try call.actions(on: dossier)
        if try RecognitionStore.refusalToFill(code, of: dossier, reader) != nil { actions.removeAll { $0 == .fill } }
        let waiting = try RecognitionStore.waiting(in: dossier.id, reader).contains { $0.code == code }
        let isOffices = supply[code].map { $0.standing != .late } ?? false
        return RecognitionIndicatorOutput(
            dossier: RecognitionDossierAnswer(dossier, assessment.set),
            asked: RecognitionIndicatorParts.asked(indicator, assessment), actions: actions,
            mayType: mayType(call, dossier) && !actions.contains(.fill) && !isOffices, isWaiting: waiting,
            supply: supply[code], mayFill: actions.contains(.fill) && !isOffices,
            confirmedBy: try RecognitionStore.confirmers(of: dossier.id, reader)[code],
            number: index + 1, outcomes: all.map { assessment.verdict($0, .own).outcome.rawValue },
            own: assessment.entry(code, .own).map { RecognitionEntryAnswer($0, indicator) },
            check: assessment.entry(code, .check).map { RecognitionEntryAnswer($0, indicator) },
            verdict: RecognitionVerdictAnswer(assessment.verdict(indicator, .own), of: indicator),
            returns: returns.map { RecognitionIndicatorOutput.Return(reason: $0.reason, at: $0.at, by: $0.by) },
            evidence: try RecognitionEvidenceParts.answers(of: dossier, code: code, call),
            mayRelease: mayCheck, notesVisit: try RecognitionEvidenceParts.notesOwnVisit(call, dossier),
            history: try RecognitionStore.history(of: dossier.id, code: code, reader).map {
                RecognitionIndicatorOutput.Past(
                    side: $0.entry.side, entry: RecognitionEntryAnswer($0.entry, indicator), wasSaved: $0.wasSaved,
                    wasTakenBack: $0.wasTakenBack)
            },
            next: following.map { all[$0].code }, nextNumber: following.map { $0 + 1 },
            passedOver: dossier.state == .returned ? [] : following.map { Array(index + 2..<$0 + 1) } ?? [])
    }

    /// The codes an area goes through one after another. What offices fill in is passed over: there is nothing to type.
    /// Of a dossier given back only what was given back last is gone through.
    private static func path(
        _ codes: [String], of dossier: Recognition.Dossier, _ supply: [String: RecognitionSupply], _ reader: any Reader
    ) throws -> [String] {
        let typed = codes.filter { supply[$0].map { $0.standing == .late } ?? true }
        guard dossier.state == .returned else { return typed }
        let returns = try RecognitionStore.returns(of: dossier.id, reader)
        let back = Set(returns.filter { $0.round == returns.first?.round }.map(\.code))
        return typed.filter(back.contains)
    }
}

extension CriteriaSet {
    /// An indicator that counts for a title, found without copying the others.
    func indicator(_ code: String, for title: String) -> Criteria.Indicator? {
        func counts(_ indicator: Criteria.Indicator) -> Bool {
            indicator.code == code && (indicator.titles.isEmpty || indicator.titles.contains(title))
        }
        for standard in standards where standard.titles.isEmpty || standard.titles.contains(title) {
            if let found = standard.indicators.first(where: counts) { return found }
            for criterion in standard.criteria {
                if let found = criterion.indicators.first(where: counts) { return found }
            }
        }
        return nil
    }

    /// The codes that count for a title, in order.
    package func codes(for title: String) -> [String] {
        standards.flatMap { $0.indicators(for: title).map(\.code) }
    }
}

extension [String] {
    /// The one after; nil at the end.
    func following(_ element: String) -> String? {
        firstIndex(of: element).flatMap { $0 + 1 < count ? self[$0 + 1] : nil }
    }
}
