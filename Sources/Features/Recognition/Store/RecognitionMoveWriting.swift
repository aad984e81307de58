import Core
import Criteria
import Database
import Organisation

extension RecognitionStore {
    /// Moves dossiers to a newer version, all together or none: five thousand of them take a few statements for each
    /// group that has the same to do.
    ///
    /// - Parameters:
    ///   - seen: the seal of what the person looked at before.
    ///   - dossier: only this one.
    /// - Throws: `.conflict` when something moved meanwhile, nothing may move, the one dossier stays, or the version is
    ///   not this unit's.
    /// - Returns: those that moved, each with the indicators that are new to it.
    @discardableResult
    package static func move(
        to target: Recognition.MoveTarget, under unit: ID, dossier: ID? = nil, until limit: Recognition.MoveLimit,
        seen: String, reason: String? = nil, _ deed: Recognition.Deed,
        calendar: Recognition.YearCalendar = .standard, _ tx: Transaction
    ) throws -> [ID: [String]] {
        if let refusal = try refusal(toMove: target, in: unit, tx) { throw refusal }
        let all = try candidates(for: target, under: unit, dossier: dossier, tx)
        guard seal(all) == seen else { throw Refusal(.conflict, "recognition.move.refusal.changed") }
        var planner = RecognitionMovePlanner(target, tx)
        var groups: [Group.Key: Group] = [:]
        var moved: [ID: [String]] = [:]
        for candidate in all {
            let plan = try planner.plan(candidate)
            if let refusal = Recognition.MoveRule.refusal(
                candidate.state, hasMet: candidate.hasMet, until: limit, plan)
            {
                guard dossier == nil else { throw refusal }
                continue
            }
            moved[candidate.id] = plan.codes(.fresh)
            let step = try Recognition.MoveRule.step(candidate.state, plan)
            let versions = planner.versions(after: candidate)
            let since = step.to == candidate.state ? candidate.since : deed.at
            let due = try calendar.following(planner.criteria(after: candidate).procedure)
                .due(step.to, year: candidate.year, since: since.day)
            let key = Group.Key(
                plan: plan.codesByFate, set: versions.set, rules: versions.rules, action: step.action, to: step.to,
                due: due, aim: try planner.aim(after: candidate))
            groups[key, default: Group(plan: plan)].candidates.append(candidate)
        }
        guard !moved.isEmpty else { throw Refusal(.conflict, "recognition.move.refusal.none") }
        for (key, group) in groups { try carryOut(key, group, deed, tx) }
        try tell(groups, reason, deed, tx)
        tx.note("dossier.versions", to: "\(target.id) \(moved.count)")
        return moved
    }

    private struct Group {
        struct Key: Hashable {
            let plan: [String: [String]]
            let set: ID
            let rules: ID?
            let action: Recognition.Action
            let to: Recognition.State
            let due: Day?
            let aim: Criteria.Aim
        }

        let plan: Recognition.MovePlan
        var candidates: [Recognition.MoveCandidate] = []
    }

    private static let atOnce = 400

    private static func carryOut(
        _ key: Group.Key, _ group: Group, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        let ids = group.candidates.map(\.id)
        let asked = group.plan.codes(.asked)
        let away = group.plan.codes(.opened) + group.plan.codes(.gone)
        for start in stride(from: 0, to: ids.count, by: atOnce) {
            let chunk = SQL.list(Array(ids[start..<min(start + atOnce, ids.count)]))
            if !asked.isEmpty {
                try tx.execute(
                    """
                    UPDATE indicator_value SET waits_since = \(deed.at), confirmed_by = NULL, confirmed_at = NULL
                    WHERE dossier_id IN (\(chunk)) AND side = 'self' AND code IN (\(SQL.list(asked)))
                    """)
            }
            // What was entered stays in the history; what no longer fits counts for nothing.
            if !away.isEmpty {
                try tx.execute(
                    """
                    DELETE FROM indicator_value WHERE dossier_id IN (\(chunk)) AND code IN (\(SQL.list(away)))
                    """)
            }
            var change: SQL = """
                UPDATE dossier SET criteria_set_id = \(key.set), rules_id = \(key.rules), due_on = \(key.due),
                area_class = \(key.aim.areaClass), region = \(key.aim.region), revision = revision + 1
                """
            if key.action == .reopen { change += ", state = \(key.to.rawValue), state_since = \(deed.at)" }
            try tx.execute(change + " WHERE id IN (\(chunk))")
        }
    }

    /// The story, the record of the move, and the reminders of the new deadlines.
    private static func tell(
        _ groups: [Group.Key: Group], _ reason: String?, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        var events = BulkInsert(
            """
            INSERT INTO dossier_event (dossier_id, id, action, state_from, state_to, round, actor_id, giver_id,
            organisation_id, at, reason) VALUES \

            """, columns: 11, tx)
        var moves = BulkInsert(
            """
            INSERT INTO dossier_move (id, dossier_id, set_from, set_to, rules_from, rules_to, state_from, state_to, asked,
            opened, fresh, gone, moved_by, at) VALUES \

            """, columns: 14, tx)
        let at = Value.integer(deed.at.milliseconds)
        for (key, group) in groups {
            let codes = Recognition.MoveFate.allCases.map { key.plan[$0.rawValue, default: []].joined(separator: " ") }
            let text = Dictionary(
                zip(Recognition.MoveFate.allCases, codes), uniquingKeysWith: { first, _ in first })
            for candidate in group.candidates {
                try events.add(
                    .id(candidate.id), .id(tx.ids.next()), .text(key.action.rawValue), .text(candidate.state.rawValue),
                    .text(key.to.rawValue), .integer(Int64(candidate.round)), .optional(deed.person),
                    .optional(deed.giver),
                    .optional(deed.organisation), at, .optional(reason))
                try moves.add(
                    .id(tx.ids.next()), .id(candidate.id), .id(candidate.set), .id(key.set),
                    .optional(candidate.rules), .optional(key.rules), .text(candidate.state.rawValue),
                    .text(key.to.rawValue), .text(text[.asked] ?? ""), .text(text[.opened] ?? ""),
                    .text(text[.fresh] ?? ""), .text(text[.gone] ?? ""), .optional(deed.person), at)
            }
        }
        try events.flush()
        try moves.flush()
        try RecognitionJobs.plan(
            groups.flatMap { key, group in
                group.candidates.map { (dossier: $0.id, revision: $0.revision + 1, due: key.due) }
            }, tx)
    }
}

extension Recognition.MovePlan {
    /// Codes by fate but those that stay: what two dossiers must share to be moved by the same statement.
    fileprivate var codesByFate: [String: [String]] {
        var found: [String: [String]] = [:]
        for line in lines where line.fate != .kept { found[line.fate.rawValue, default: []].append(line.code) }
        return found
    }
}

extension RecognitionJobs {
    /// Reminders of many dossiers at once, as `plan(dossier:)` makes them for one.
    static func plan(
        _ steps: [(dossier: ID, revision: Int, due: Day?)], _ tx: Transaction
    ) throws {
        var jobs = BulkInsert(
            """
            INSERT INTO job (id, kind, name, due_at, payload, tries) VALUES \

            """, columns: 6, tail: " ON CONFLICT (name) DO NOTHING", tx)
        for step in steps {
            guard let due = step.due else { continue }
            let payload = "\(step.dossier):\(step.revision)"
            let hours = [
                (remindKind, due.adding(days: -daysAhead).start + .hours(7)),
                (overdueKind, due.adding(days: 1).start + .hours(7)),
            ]
            for (kind, at) in hours where at > tx.now {
                try jobs.add(
                    .id(tx.ids.next()), .text(kind), .text("\(kind):\(payload)"), .integer(at.milliseconds),
                    .text(payload), .integer(0))
            }
        }
        try jobs.flush()
    }
}
