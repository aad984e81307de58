import Core
import Criteria
import Database
import Organisation
import Web

/// A dossier's story, its self-assessment, handing it in and giving it back.
enum RecognitionDossierRoutes {
    static func routes(_ calendar: Recognition.YearCalendar, _ hooks: RecognitionHooks) -> [Route] {
        [
            .get("/dossiers/:id", .signedIn, RecognitionDossierOutput.self) { try story($0, calendar, hooks) },
            .get("/dossiers/:id/assessment", .signedIn, RecognitionAssessmentOutput.self) {
                try assessment($0, hooks)
            },
            .get("/dossiers/:id/assessment/paper", .signedIn, RecognitionAssessmentPaperOutput.self) {
                try assessmentPaper($0)
            },
            .post(
                "/dossiers/:id/submission", .holding(.submitAssessment), RecognitionSubmissionButton.self,
                again: { try story($0, calendar, hooks) }
            ) { call, _ in try submit(call, calendar) },
            .post(
                "/dossiers/:id/withdrawal", .holding(.registerArea), RecognitionWithdrawalForm.self,
                again: { try story($0, calendar, hooks) }
            ) { try withdraw($0, $1, calendar) },
        ]
    }

    static func story(
        _ call: Call<Actor>, _ calendar: Recognition.YearCalendar, _ hooks: RecognitionHooks
    ) throws -> RecognitionDossierOutput {
        let (dossier, reader) = (try call.dossier(), call.reader)
        let assessment = try RecognitionStore.assessment(dossier, reader)
        let profile = try RecognitionStore.profile(of: dossier.area.id, reader)
        let returns = try RecognitionStore.returns(of: dossier.id, reader)
        let events = try RecognitionStore.events(of: dossier.id, reader)
        let held = try RecognitionStore.publicTitle(of: dossier.area.id, on: call.today, reader)
        let decision = try RecognitionStore.decision(about: dossier.id, reader)
        let sides = Recognition.Side.allCases.filter { $0 == .own || assessment.hasEntries($0) }
        let score = assessment.score(sides.last ?? .own)
        let evidence = try RecognitionEvidenceParts.answers(of: dossier, call)
        let calendar = calendar.following(assessment.set.procedure)
        let days = Recognition.Milestone.allCases.compactMap { milestone in
            calendar.day(milestone, of: dossier.year).map { (milestone.rawValue, $0) }
        }
        return RecognitionDossierOutput(
            dossier: RecognitionDossierAnswer(dossier, assessment.set),
            households: dossier.households ?? profile.households,
            people: profile.people, held: held.map { RecognitionHeldAnswer($0, on: call.today) },
            heldName: held.map {
                RecognitionName(assessment.set.title($0.title)?.name ?? Criteria.Name($0.name, en: ""))
            },
            actions: try call.actions(on: dossier), decision: decision,
            decisionIsDraft: dossier.state == .proposed, passed: passed(events, to: dossier.level),
            sides: sides, groups: RecognitionGroups.of(assessment, sides),
            totals: Dictionary(uniqueKeysWithValues: sides.map { ($0.rawValue, assessment.score($0).total) }),
            maximum: score.maximum, minimum: score.minimum,
            filled: assessment.indicators.count - assessment.unfilled.count,
            indicatorCount: assessment.indicators.count, reasons: RecognitionGroups.reasons(score),
            differences: RecognitionGroups.differences(assessment, returns),
            evidence: evidence,
            events: events.map { RecognitionGroups.event($0, returns) },
            calendar: Dictionary(uniqueKeysWithValues: days),
            path: try RecognitionPathAnswer(of: dossier, assessment.set, call),
            survey: try hooks.survey(dossier.area.id, dossier.criteriaSet, dossier.year, reader))
    }

    /// Of the stations on the way to this decider.
    private static func passed(_ events: [Recognition.Event], to level: Criteria.Level) -> [String: Day] {
        let acts = events.reversed().compactMap { event in
            Recognition.Action(rawValue: event.action).map {
                Recognition.StoryAct($0, from: event.from, on: event.at.day)
            }
        }
        let passed = Recognition.passed(acts)
        return Dictionary(
            uniqueKeysWithValues: Recognition.Deciding.stations(to: level).compactMap { station in
                passed[station].map { (station.rawValue, $0) }
            })
    }

    static func assessment(
        _ call: Call<Actor>, _ hooks: RecognitionHooks
    ) throws -> RecognitionAssessmentOutput {
        let (dossier, reader) = (try call.dossier(), call.reader)
        let supply = try hooks.supply(dossier, call.today, true, reader)
        let assessment = try RecognitionStore.assessment(dossier, reader)
        let returns = try RecognitionStore.returns(of: dossier.id, reader)
        let evidence = try RecognitionStore.evidence(of: dossier.id, reader)
        let mending = RecognitionParts.mending(assessment, returns, evidence)
        let score = assessment.score(.own)
        let waiting = Dictionary(
            try RecognitionStore.waiting(in: dossier.id, reader).map { ($0.code, $0.typist) },
            uniquingKeysWith: { first, _ in first })
        let review = dossier.state == .reviewing ? try RecognitionStore.review(of: dossier.id, reader) : nil
        let groups = assessment.standards.map { standard, indicators in
            let group = score.groups.first { $0.code == standard.code }
            return RecognitionAssessmentOutput.Group(
                code: standard.code, name: RecognitionName(standard.name), points: group?.points ?? 0,
                maximum: standard.maximum,
                lines: indicators.map { indicator in
                    let code = indicator.code
                    return RecognitionAssessmentOutput.Line(
                        code: code, name: RecognitionName(indicator.name), points: indicator.points,
                        isMandatory: indicator.isMandatory,
                        value: assessment.entry(code, .own).map { RecognitionValueAnswer($0, indicator) },
                        verdict: RecognitionVerdictAnswer(assessment.verdict(indicator, .own), of: indicator),
                        returnReason: mending.isReturned(code)
                            ? returns.first { $0.code == code }?.reason : nil,
                        returnedBy: mending.isReturned(code) ? returns.first { $0.code == code }?.by : nil,
                        isMended: mending.isMended(code), pictures: evidence.count { $0.codes.contains(code) },
                        waitsFrom: waiting[code] ?? nil, isWaiting: waiting[code] != nil,
                        isOpen: review.map { $0.open.contains(code) } ?? true, supply: supply[code],
                        isOffices: assessment.entry(code, .own).map { $0.source != .area }
                            ?? (supply[code]?.standing == .awaited))
                })
        }
        return RecognitionAssessmentOutput(
            dossier: RecognitionDossierAnswer(dossier, assessment.set), actions: try call.actions(on: dossier),
            mayType: RecognitionValueRoutes.mayType(call, dossier),
            groups: groups, total: score.total, maximum: score.maximum, minimum: score.minimum,
            reasons: RecognitionGroups.reasons(score),
            moved: try RecognitionStore.moves(of: dossier.id, reader).first.map {
                .init(at: $0.at, version: assessment.set.version)
            }, proposed: try RecognitionAssessmentOutput.Proposed.of(dossier, reader))
    }

    private static func submit(_ call: Call<Actor>, _ calendar: Recognition.YearCalendar) throws -> Change {
        let dossier = try call.dossier()
        let permit = try call.permit(.submitAssessment, dossier)
        _ = try Recognition.LifeCycle.next(dossier.state, .submit, holding: [permit.capability])
        let language = call.language
        return .write(permit, as: "dossier.submit") { tx in
            let revision = try RecognitionStore.submit(
                dossier, Recognition.Deed(permit, tx), calendar: calendar, language: language, tx)
            return Receipt(
                id: dossier.id, location: "/dossiers/\(dossier.id)", version: revision,
                flash: "recognition.flash.submitted")
        }
    }

    private static func withdraw(
        _ call: Call<Actor>, _ form: RecognitionWithdrawalForm, _ calendar: Recognition.YearCalendar
    ) throws -> Change {
        let dossier = try call.dossier()
        let permit = try call.permit(.registerArea, dossier)
        let state = try Recognition.LifeCycle.next(
            dossier.state, .withdraw, holding: [permit.capability], reason: .text(form.reason))
        return .write(permit, as: "dossier.withdraw") { tx in
            let revision = try RecognitionStore.move(
                dossier, .withdraw, to: state, Recognition.Deed(permit, tx), reason: form.reason, calendar: calendar, tx
            )
            return Receipt(
                id: dossier.id, location: "/dossiers/\(dossier.id)", version: revision,
                flash: "recognition.flash.withdrawn")
        }
    }
}

/// What several handlers make of the same rows.
enum RecognitionParts {
    static func mending(
        _ assessment: Recognition.Assessment, _ returns: [Recognition.Return], _ evidence: [Recognition.Evidence]
    ) -> Recognition.Mending {
        Recognition.Mending(
            returns: returns.map { ($0.code, $0.round, $0.at) },
            entries: assessment.indicators.compactMap { indicator in
                assessment.entry(indicator.code, .own).map { (indicator.code, $0.at) }
            },
            evidence: evidence.filter { $0.side == .own }.flatMap { evidence in evidence.codes.map { ($0, evidence.at) }
            })
    }
}
