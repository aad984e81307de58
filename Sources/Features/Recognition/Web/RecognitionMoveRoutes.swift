import Core
import Criteria
import Database
import Organisation
import Web

/// Moving running dossiers to a newer version of their criteria or rules, all of a unit or one.
enum RecognitionMoveRoutes {
    private static let pageSize = 50

    static func routes(_ calendar: Recognition.YearCalendar, _ hooks: RecognitionHooks) -> [Route] {
        ["criteria", "rules"].flatMap { kind -> [Route] in
            [
                .get(
                    "/\(kind)/:id/move", .holding(.moveDossiers), RecognitionMoveOutput.self,
                    query: [Field("under", .record, optional: true), Field("after", .record, optional: true)]
                ) { try preview($0, kind) },
                .post(
                    "/\(kind)/:id/move", .holding(.moveDossiers), RecognitionMoveForm.self,
                    again: { try preview($0, kind) }
                ) { try move($0, $1, kind, calendar, hooks) },
                .get("/\(kind)/:id/move/:dossier", .holding(.moveDossiers), RecognitionMoveOneOutput.self) {
                    try previewOne($0, kind)
                },
                .post(
                    "/\(kind)/:id/move/:dossier", .holding(.moveDossiers), RecognitionMoveOneForm.self,
                    again: { try previewOne($0, kind) }
                ) { try moveOne($0, $1, kind, calendar, hooks) },
            ]
        } + [
            .get("/dossiers/:id/moves", .signedIn, RecognitionMovesOutput.self) { try story($0) }
        ]
    }

    /// The version in the path. A draft is nothing that a dossier could stand on, and what was replaced no aim.
    private static func target(_ call: Call<Actor>, _ kind: String) throws -> Recognition.MoveTarget {
        let notPublished = Refusal(.conflict, "recognition.move.refusal.notPublished")
        if kind == "criteria" {
            let record = try CriteriaStore.stored(call.id("id"), seenBy: call.sight, call.reader)
            guard record.status == .published else { throw notPublished }
            return .criteria(id: record.id, code: record.code, version: record.version)
        }
        let record = try CriteriaRulesStore.stored(call.id("id"), seenBy: call.sight, call.reader)
        guard record.status == .published else { throw notPublished }
        return .rules(id: record.id, code: record.code, version: record.version)
    }

    /// The unit whose dossiers move: the one asked for, else the widest of this person's own.
    private static func unit(_ call: Call<Actor>) throws -> Territory {
        let asked = call.query["under"].flatMap { ID($0) }
        let own = call.who.grants.first {
            $0.role.capabilities.contains(.moveDossiers) && $0.term.contains(call.today)
        }?.territory
        guard let id = asked ?? own else { throw NotFound() }
        return try OrganisationStore.territory(id, seenBy: call.sight, call.reader)
    }

    private static func refuse(_ target: Recognition.MoveTarget, in unit: ID, _ call: Call<Actor>) throws {
        if let refusal = try RecognitionStore.refusal(toMove: target, in: unit, call.reader) { throw refusal }
    }

    private static func preview(_ call: Call<Actor>, _ kind: String) throws -> RecognitionMoveOutput {
        let target = try target(call, kind)
        let unit = try unit(call)
        try refuse(target, in: unit.id, call)
        let all = try RecognitionStore.candidates(for: target, under: unit.id, call.reader)
        let limit = Recognition.MoveLimit.reviewing
        var planner = RecognitionMovePlanner(target, call.reader)
        var plans: [(first: Recognition.MoveCandidate, plan: Recognition.MovePlan, count: Int)] = []
        var (movable, staying): ([Recognition.MoveCandidate], [Recognition.MoveCandidate]) = ([], [])
        for candidate in all {
            let plan = try planner.plan(candidate)
            guard
                Recognition.MoveRule.refusal(candidate.state, hasMet: candidate.hasMet, until: limit, plan) == nil
            else {
                staying.append(candidate)
                continue
            }
            movable.append(candidate)
            if let index = plans.firstIndex(where: { $0.plan == plan && $0.first.set == candidate.set }) {
                plans[index].count += 1
            } else {
                plans.append((candidate, plan, 1))
            }
        }
        // What the press moves stands first; each half in official order.
        let ordered = movable + staying
        let after = call.query["after"].flatMap { ID($0) }
        let begin = after.flatMap { id in ordered.firstIndex { $0.id == id } }.map { $0 + 1 } ?? 0
        let shown = ordered[begin..<min(begin + pageSize, ordered.count)]
        return RecognitionMoveOutput(
            target: RecognitionMoveTargetAnswer(target),
            unit: try RecognitionStore.title(of: unit.id, call.reader), until: limit, moving: movable.count,
            staying: staying.count,
            plans: try plans.map { first, plan, count in
                let set = try CriteriaStore.set(first.set, call.reader)
                return RecognitionMoveOutput.Plan(
                    fromSet: set.code, fromVersion: set.version, title: first.aim.title,
                    titleName: RecognitionName(set.title(first.aim.title)?.name ?? Criteria.Name(first.aim.title)),
                    dossiers: count, kept: plan.codes(.kept).count,
                    lines: plan.lines.filter { $0.fate != .kept }.map { RecognitionMoveLineAnswer($0) },
                    rules: RecognitionMoveRuleAnswer.answers(plan), difference: planner.difference(for: first))
            },
            dossiers: try lines(Array(shown), &planner, limit, call.reader),
            next: begin + shown.count < ordered.count ? shown.last?.id : nil, seen: RecognitionStore.seal(all))
    }

    private static func lines(
        _ shown: [Recognition.MoveCandidate], _ planner: inout RecognitionMovePlanner, _ limit: Recognition.MoveLimit,
        _ reader: any Reader
    ) throws -> [RecognitionMoveOutput.Line] {
        var plans: [ID: Recognition.MovePlan] = [:]
        for candidate in shown { plans[candidate.id] = try planner.plan(candidate) }
        let codes = Set(plans.values.flatMap { $0.lines.map(\.code) }).sorted()
        let own = try RecognitionStore.ownCodes(codes, of: shown.map(\.id), reader)
        return shown.compactMap { candidate in
            guard let plan = plans[candidate.id] else { return nil }
            let has = own[candidate.id] ?? []
            func count(_ fate: Recognition.MoveFate) -> Int { plan.codes(fate).count { has.contains($0) } }
            return RecognitionMoveOutput.Line(
                dossier: candidate.id, area: candidate.area, year: candidate.year, title: candidate.aim.title,
                titleName: RecognitionName(
                    plan.way.old.title(candidate.aim.title)?.name ?? Criteria.Name(candidate.aim.title)),
                state: candidate.state,
                stays: Recognition.MoveRule.refusal(
                    candidate.state, hasMet: candidate.hasMet, until: limit, plan)?.key,
                kept: count(.kept) + count(.points), asked: count(.asked), opened: count(.opened),
                fresh: plan.codes(.fresh).count,
                gone: count(.gone))
        }
    }

    private static func move(
        _ call: Call<Actor>, _ form: RecognitionMoveForm, _ kind: String, _ calendar: Recognition.YearCalendar,
        _ hooks: RecognitionHooks
    ) throws -> Change {
        let target = try target(call, kind)
        let unit = try OrganisationStore.territory(form.under, seenBy: call.sight, call.reader)
        let permit = try call.permit(.moveDossiers, unit)
        try refuse(target, in: unit.id, call)
        return .write(permit, as: "dossiers.move") { tx in
            let moved = try RecognitionStore.move(
                to: target, under: unit.id, until: form.until, seen: form.seen, reason: form.reason,
                Recognition.Deed(permit, tx), calendar: calendar, tx)
            try hooks.moved(moved, tx)
            return Receipt(
                id: unit.id, location: "/\(kind)/\(target.id)/move?under=\(unit.id)",
                flash: "recognition.flash.movedMany")
        }
    }

    /// A dossier that could move to the target: on an older version, and under way.
    private static func candidate(
        _ call: Call<Actor>, _ target: Recognition.MoveTarget
    ) throws -> (Recognition.Dossier, Recognition.MoveCandidate) {
        let dossier = try RecognitionStore.dossier(call.id("dossier"), seenBy: call.sight, call.reader)
        try refuse(target, in: dossier.area.id, call)
        let found = try RecognitionStore.candidates(
            for: target, under: dossier.area.id, dossier: dossier.id, call.reader
        ).first
        guard let found else {
            throw Recognition.MoveRule.running.contains(dossier.state)
                ? Refusal(.conflict, "recognition.move.refusal.there")
                : Refusal(.conflict, "recognition.move.stays.\(dossier.state.rawValue)")
        }
        return (dossier, found)
    }

    private static func previewOne(_ call: Call<Actor>, _ kind: String) throws -> RecognitionMoveOneOutput {
        let target = try target(call, kind)
        let (dossier, candidate) = try candidate(call, target)
        var planner = RecognitionMovePlanner(target, call.reader)
        let plan = try planner.plan(candidate)
        let assessment = try RecognitionStore.assessment(dossier, call.reader)
        let lines = plan.lines.filter { $0.fate != .kept }.map { line in
            RecognitionMoveLineAnswer(
                line,
                value: line.old.flatMap { old in
                    assessment.entry(line.code, .own).map { RecognitionValueAnswer($0.value, old) }
                })
        }
        return RecognitionMoveOneOutput(
            target: RecognitionMoveTargetAnswer(target),
            dossier: RecognitionDossierAnswer(dossier, assessment.set),
            stays: Recognition.MoveRule.refusal(
                candidate.state, hasMet: candidate.hasMet, until: .reviewing, plan)?.key,
            kept: (plan.codes(.kept) + plan.codes(.points)).count { assessment.entry($0, .own) != nil }, lines: lines,
            rules: RecognitionMoveRuleAnswer.answers(plan), difference: planner.difference(for: candidate),
            reopens: candidate.state == .reviewing && plan.asksAnything, seen: RecognitionStore.seal([candidate]))
    }

    private static func moveOne(
        _ call: Call<Actor>, _ form: RecognitionMoveOneForm, _ kind: String, _ calendar: Recognition.YearCalendar,
        _ hooks: RecognitionHooks
    ) throws -> Change {
        let target = try target(call, kind)
        let (dossier, candidate) = try candidate(call, target)
        let permit = try call.permit(.moveDossiers, dossier)
        var planner = RecognitionMovePlanner(target, call.reader)
        if let refusal = Recognition.MoveRule.refusal(
            candidate.state, hasMet: candidate.hasMet, until: .reviewing, try planner.plan(candidate))
        {
            throw refusal
        }
        return .write(permit, as: "dossier.move") { tx in
            let moved = try RecognitionStore.move(
                to: target, under: dossier.area.id, dossier: dossier.id, until: .reviewing, seen: form.seen,
                reason: form.reason, Recognition.Deed(permit, tx), calendar: calendar, tx)
            try hooks.moved(moved, tx)
            return Receipt(
                id: dossier.id, location: "/dossiers/\(dossier.id)/moves", version: dossier.revision + 1,
                flash: "recognition.flash.moved")
        }
    }

    private static func story(_ call: Call<Actor>) throws -> RecognitionMovesOutput {
        let dossier = try call.dossier()
        let reader = call.reader
        let moves = try RecognitionStore.moves(of: dossier.id, reader)
        return RecognitionMovesOutput(
            dossier: try dossier.answer(reader),
            moves: try moves.map { move in
                let old = try RecognitionStore.criteria(move.setFrom, rules: move.rulesFrom, own: dossier.own, reader)
                let new = try RecognitionStore.criteria(move.setTo, rules: move.rulesTo, own: dossier.own, reader)
                let plan = Recognition.MovePlan(from: old, to: new, for: dossier.aim)
                return RecognitionMovesOutput.Moved(
                    at: move.at, by: move.mover, setFrom: "\(old.code) \(old.version)",
                    setTo: "\(new.code) \(new.version)", setFromHref: "/criteria/\(move.setFrom)",
                    setToHref: "/criteria/\(move.setTo)", rulesFrom: old.rules.map { "\($0.code) \($0.version)" },
                    rulesTo: new.rules.map { "\($0.code) \($0.version)" },
                    lines: try plan.lines.filter { $0.fate != .kept }.map { line in
                        RecognitionMoveLineAnswer(
                            line, value: try value(line, before: move.at, of: dossier.id, reader))
                    },
                    rules: RecognitionMoveRuleAnswer.answers(plan), difference: difference(of: move))
            })
    }

    private static func difference(of move: Recognition.DossierMove) -> String? {
        if move.setFrom != move.setTo { return "/criteria/\(move.setTo)/difference/\(move.setFrom)" }
        guard let from = move.rulesFrom, let to = move.rulesTo, from != to else { return nil }
        return "/rules/\(to)/difference/\(from)"
    }

    /// What stood at an indicator when the dossier moved.
    private static func value(
        _ line: Recognition.MovePlan.Line, before at: Instant, of dossier: ID, _ reader: any Reader
    ) throws -> RecognitionValueAnswer? {
        guard let old = line.old else { return nil }
        return try RecognitionStore.history(of: dossier, code: line.code, reader)
            .first { $0.wasSaved && $0.entry.side == .own && $0.entry.at <= at }
            .map { RecognitionValueAnswer($0.entry.value, old) }
    }
}
