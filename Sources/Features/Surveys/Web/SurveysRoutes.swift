import Core
import Criteria
import Database
import Organisation
import Web

/// A survey: its findings, its values, what its gaps need, and concluding it.
enum SurveysRoutes {
    static let routes: [Route] = [
        .get("/surveys/:id", .signedIn, SurveysOutput.self) { try survey($0) },
        .get("/surveys/:id/values", .signedIn, SurveysValuesOutput.self) { try values($0) },
        .post(
            "/surveys/:id/values", .holding(.surveyArea), SurveysValuesForm.self, again: { try values($0) }
        ) { try save($0, $1) },
        .get("/surveys/:id/gaps/:code", .signedIn, SurveysGapOutput.self) { try gap($0) },
        .post(
            "/surveys/:id/gaps/:code", .holding(.surveyArea), SurveysNeedForm.self, again: { try gap($0) }
        ) { try needs($0, $1) },
        .post(
            "/surveys/:id/conclusion", .holding(.surveyArea), SurveysConclusionButton.self, again: { try survey($0) }
        ) { call, _ in try conclude(call) },
        .get("/surveys/:id/paper", .signedIn, SurveysPaperOutput.self) { call in
            SurveysPaperOutput(survey: try survey(call), groups: try values(call).groups)
        },
    ]

    static func find(_ call: Call<Actor>) throws -> Surveys.Survey {
        try SurveysStore.survey(call.id("id"), seenBy: call.sight, call.reader)
    }

    private static func survey(_ call: Call<Actor>) throws -> SurveysOutput {
        let found = try find(call)
        let parts = try SurveysParts(found, call.reader)
        let items = try SurveysStore.items(of: found.id, call.reader)
        let verdicts = parts.findings.score.groups.flatMap(\.lines).map(\.verdict.outcome)
        return SurveysOutput(
            survey: try parts.answer(today: call.today, call.reader), indicators: parts.findings.indicators.count,
            met: verdicts.count { $0 == .met }, unmet: parts.findings.unmet, unknown: parts.findings.unknown,
            notApplicable: verdicts.count { $0 == .notApplicable }, total: parts.findings.score.total,
            maximum: parts.findings.score.maximum,
            gaps: parts.gaps(try SurveysStore.needs(of: found.id, call.reader), items), items: parts.items(items),
            filled: parts.entries.count, maySurvey: call.authority.allows(call.who, .surveyArea, found))
    }

    private static func values(_ call: Call<Actor>) throws -> SurveysValuesOutput {
        let found = try find(call)
        let parts = try SurveysParts(found, call.reader)
        return SurveysValuesOutput(
            survey: try parts.answer(today: call.today, call.reader),
            groups: parts.groups.map { SurveysValuesOutput.Group(code: $0.code, name: $0.name, lines: $0.lines) },
            maySurvey: call.authority.allows(call.who, .surveyArea, found))
    }

    /// What is not sent stays; what the form showed and is empty is taken out; what is typed as it stood keeps its
    /// source. What somebody else saved since the form was drawn is not written over unseen.
    private static func save(_ call: Call<Actor>, _ form: SurveysValuesForm) throws -> Change {
        let found = try find(call)
        let permit = try call.permit(.surveyArea, found)
        try refuseFrozen(found)
        let parts = try SurveysParts(found, call.reader)
        let shown = form.shown.held(against: found)
        var changes: [String: Surveys.Entry?] = [:]
        var refusals: [Refusal] = []
        for indicator in parts.findings.indicators {
            let (code, field) = (indicator.code, "value.\(indicator.code)")
            let reason = form.notApplicable.contains(code) ? indicator.notApplicableIf : nil
            guard reason != nil || form.values[code] != nil || shown.covers(code) else { continue }
            let held = parts.entries[code]?.value
            do {
                var typed: Criteria.Value? = reason.map { .notApplicable(reason: $0) }
                if typed == nil, let text = form.values[code] {
                    typed = try Surveys.ValueCode.read(text, for: indicator, field: field)
                }
                switch shown.outcome(
                    of: code, typed: Surveys.ValueCode.shown(typed), held: Surveys.ValueCode.shown(held))
                {
                case .stays: continue
                case .changes:
                    changes.updateValue(
                        typed.map { Surveys.Entry(value: $0, source: .typed, holder: nil) }, forKey: code)
                case .collides:
                    refusals.append(
                        Refusal(
                            .conflict, SurveysRedrawn.conflictKey, field: field,
                            ["theirs": call.said(held, of: indicator), "mine": call.said(typed, of: indicator)]))
                }
            } catch { refusals.append(error) }
        }
        let known = Set(parts.findings.indicators.map(\.code))
        if let stranger = form.values.keys.first(where: { !known.contains($0) }) {
            refusals.append(Refusal(.invalid, "surveys.refusal.unknownIndicator", ["code": stranger]))
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        let kept = changes
        return .write(permit, as: "survey.values") { tx in
            try SurveysStore.save(kept, of: found, by: permit.actor.person, tx)
            return Receipt(
                id: found.id, location: "/surveys/\(found.id)", version: found.revision + 1,
                flash: "surveys.flash.saved")
        }
    }

    private static func gap(_ call: Call<Actor>) throws -> SurveysGapOutput {
        let found = try find(call)
        let code = try call.parameter("code")
        let parts = try SurveysParts(found, call.reader)
        let items = try SurveysStore.items(of: found.id, call.reader)
        let gaps = parts.gaps(try SurveysStore.needs(of: found.id, call.reader), items)
        guard let place = gaps.firstIndex(where: { $0.indicator.code == code }) else { throw NotFound() }
        return SurveysGapOutput(
            survey: try parts.answer(today: call.today, call.reader), gap: gaps[place], place: place + 1,
            count: gaps.count, items: parts.items(items.filter { $0.code == code }),
            maySurvey: call.authority.allows(call.who, .surveyArea, found))
    }

    private static func needs(_ call: Call<Actor>, _ form: SurveysNeedForm) throws -> Change {
        let found = try find(call)
        let permit = try call.permit(.surveyArea, found)
        try refuseFrozen(found)
        let code = try call.parameter("code")
        guard try SurveysParts(found, call.reader).findings.gaps.contains(where: { $0.code == code }) else {
            throw NotFound()
        }
        let shown = form.shown.held(against: found)
        let held = Surveys.NeedFields.texts(try SurveysStore.needs(of: found.id, call.reader)[code] ?? [])
        var texts = held
        var refusals: [Refusal] = []
        for field in Surveys.NeedFields.names where form.texts[field] != nil || shown.covers(field) {
            switch shown.outcome(of: field, typed: form.texts[field] ?? "", held: held[field] ?? "") {
            case .stays: continue
            case .changes: texts[field] = form.texts[field]
            case .collides:
                refusals.append(
                    Refusal(
                        .conflict, SurveysRedrawn.conflictKey, field: field,
                        ["theirs": held[field] ?? "\u{2013}", "mine": form.texts[field] ?? "\u{2013}"]))
            }
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        let lines = try Surveys.NeedFields.lines(texts)
        return .write(permit, as: "survey.needs") { tx in
            try SurveysStore.putNeeds(lines, for: code, of: found, tx)
            return Receipt(
                id: found.id, location: "/surveys/\(found.id)/gaps/\(code)", version: found.revision + 1,
                flash: "surveys.flash.needs")
        }
    }

    private static func conclude(_ call: Call<Actor>) throws -> Change {
        let found = try find(call)
        let permit = try call.permit(.surveyArea, found)
        try refuseFrozen(found)
        let parts = try SurveysParts(found, call.reader)
        if let refusal = Surveys.refusalToConclude(filled: parts.entries.count) { throw refusal }
        let findings = parts.findings
        return .write(permit, as: "survey.conclude") { tx in
            try SurveysStore.conclude(found, findings, by: permit.actor.person, tx)
            return Receipt(
                id: found.id, location: "/surveys/\(found.id)", version: found.revision + 1,
                flash: "surveys.flash.concluded")
        }
    }

    private static func refuseFrozen(_ survey: Surveys.Survey) throws {
        guard survey.concludedOn == nil else { throw Refusal(.conflict, "surveys.refusal.frozen") }
    }
}

extension Call where Who == Actor {
    /// A survey's value in the reader's words, for a refusal that names it.
    fileprivate func said(_ value: Criteria.Value?, of indicator: Criteria.Indicator) -> String {
        switch value {
        case nil: return words("surveys.values.unknown")
        case .yes(let yes): return words(yes ? "surveys.values.yes" : "surveys.values.no")
        case .quantity(let quantity): return language.format.quantity(quantity)
        case .notApplicable: return words("surveys.verdict.notApplicable")
        case .grade(let code):
            guard case .grade(let choices) = indicator.kind else { return code }
            return choices.first { $0.code == code }?.name ?? code
        }
    }
}
