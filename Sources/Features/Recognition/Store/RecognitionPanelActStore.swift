import Core
import Criteria
import Database

/// What members and the chair of a panel write down. Each act reads the work anew in its transaction, because two
/// members act at once and one score may open an indicator.
extension RecognitionStore {
    static func openWork(
        on dossier: ID, today: Day, _ tx: Transaction
    ) throws -> Recognition.PanelWork {
        let dossier = try self.dossier(dossier, unattended: tx)
        guard let work = try work(on: dossier, today: today, tx), work.appraisal.endedAt == nil,
            dossier.state == .forwarded
        else { throw Refusal(.conflict, "recognition.panel.refusal.ended") }
        return work
    }

    /// The same for what only the one who presides may do. A seed's deed without a person is asked nothing.
    private static func presidedWork(
        on dossier: ID, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws -> Recognition.PanelWork {
        let work = try openWork(on: dossier, today: deed.at.day, tx)
        if let person = deed.person, let refusal = work.refusalToPreside(person) { throw refusal }
        return work
    }

    /// A member declares what ties them to a dossier's area, or that nothing does. A tie that was declared is not
    /// taken back: whoever has seen the others' scores does not score.
    package static func declare(
        _ declaration: Recognition.Declaration, reason: String?, dossier: ID, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws {
        let work = try openWork(on: dossier, today: deed.at.day, tx)
        guard let person = deed.person,
            let standing = work.scoring.standings.first(where: { $0.seat.person == person })
        else { throw Refusal(.forbidden, "recognition.panel.refusal.notMember") }
        if let before = standing.declaration {
            if before == declaration { return }
            if before != .none { throw Refusal(.conflict, "recognition.panel.refusal.tieStays") }
        }
        if let refusal = Recognition.refusal(
            of: declaration, reason: reason, for: dossier,
            wasOffice: try formerOffice(of: person, in: work.dossier, on: deed.at.day, tx))
        {
            throw refusal
        }
        try tx.execute(
            """
            INSERT INTO appraisal_declaration (appraisal_id, person_id, declared, reason, at)
            VALUES (\(work.appraisal.id), \(person), \(declaration.rawValue), \(reason), \(deed.at))
            ON CONFLICT (appraisal_id, person_id) DO UPDATE SET declared = excluded.declared, reason = excluded.reason,
                at = excluded.at
            """)
        try markOpen(openWork(on: work.dossier.id, today: deed.at.day, tx), deed, tx)
        tx.note("panel.declare", from: standing.declaration?.rawValue, to: declaration.rawValue)
    }

    /// A member's blind value for one judged indicator. The audit record says that they scored, never what.
    package static func putScore(
        _ code: String, _ value: Criteria.Value, note: String?, dossier: ID, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws {
        let work = try openWork(on: dossier, today: deed.at.day, tx)
        guard let person = deed.person, work.judged.contains(code) else { throw NotFound() }
        if let refusal = work.scoring.refusalToScore(code, by: person) { throw refusal }
        let (kind, number, text) = columns(of: value)
        try tx.execute(
            """
            INSERT INTO appraisal_score (appraisal_id, code, person_id, value_kind, value_number, value_text, note, at)
            VALUES (\(work.appraisal.id), \(code), \(person), \(kind), \(number), \(text), \(note), \(deed.at))
            ON CONFLICT (appraisal_id, code, person_id) DO UPDATE SET value_kind = excluded.value_kind,
                value_number = excluded.value_number, value_text = excluded.value_text, note = excluded.note,
                at = excluded.at
            """)
        try markOpen(openWork(on: dossier, today: deed.at.day, tx), deed, tx)
        tx.note("panel.score", to: code)
    }

    /// Writes down which scores the panel can see now: they are not changed any more, whoever joins later.
    static func markOpen(_ work: Recognition.PanelWork, _ deed: Recognition.Deed, _ tx: Transaction) throws {
        let open = work.scoring.open
        guard !open.isEmpty else { return }
        try tx.execute(
            """
            UPDATE appraisal_score SET opened_at = \(deed.at)
            WHERE appraisal_id = \(work.appraisal.id) AND code IN (\(SQL.list(open))) AND opened_at IS NULL
            """)
    }

    /// Ends the blind scoring: what members gave is open to the panel.
    package static func closeScoring(
        of dossier: ID, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        let work = try presidedWork(on: dossier, deed, tx)
        if let refusal = work.scoring.refusalToClose { throw refusal }
        try tx.execute(
            """
            UPDATE appraisal SET closed_at = \(deed.at), closed_by = \(deed.person)
            WHERE id = \(work.appraisal.id) AND closed_at IS NULL
            """)
        tx.note("panel.close")
    }

    /// Puts the panel's value of an indicator into the minutes, with its reason. A value that says what stands anyway
    /// (all scores alike, or the commune's) takes an earlier one out again; but where an office says otherwise it is
    /// kept, for the reason is the panel's answer to that office.
    package static func settle(
        _ settlement: Recognition.Settlement, dossier: ID, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        let work = try presidedWork(on: dossier, deed, tx)
        let code = settlement.code
        let stands =
            work.judged.contains(code) ? work.scoring.agreed(code) : work.assessment.effective(code, .check)
        let isDisputed = work.confirmations.contains { $0.code == code && $0.answer == .differs }
        if settlement.value == stands, !isDisputed {
            try tx.execute(
                "DELETE FROM appraisal_settlement WHERE appraisal_id = \(work.appraisal.id) AND code = \(code)")
            tx.note("panel.settle.\(code)", to: Recognition.ValueText.typed(settlement.value))
            return
        }
        if let refusal = work.scoring.refusalToSettle(code, reason: settlement.reason) { throw refusal }
        let (kind, number, text) = columns(of: settlement.value)
        try tx.execute(
            """
            INSERT INTO appraisal_settlement (appraisal_id, code, value_kind, value_number, value_text, reason,
                settled_by, at)
            VALUES (\(work.appraisal.id), \(code), \(kind), \(number), \(text), \(settlement.reason), \(deed.person),
                \(deed.at))
            ON CONFLICT (appraisal_id, code) DO UPDATE SET value_kind = excluded.value_kind,
                value_number = excluded.value_number, value_text = excluded.value_text, reason = excluded.reason,
                settled_by = excluded.settled_by, at = excluded.at
            """)
        tx.note("panel.settle.\(code)", to: Recognition.ValueText.typed(settlement.value))
    }

    /// Records a field check.
    @discardableResult
    package static func putVisit(
        _ new: Recognition.NewVisit, dossier: ID, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws -> ID {
        let work = try openWork(on: dossier, today: deed.at.day, tx)
        let seats = Set(work.panel.members.map(\.person))
        let went = Array(Set(new.members.filter(seats.contains))).sorted()
        guard !went.isEmpty else {
            throw Refusal(.invalid, "recognition.panel.refusal.nobodyWent", field: "members")
        }
        if let refusal = work.refusalToVisit(went + [deed.person].compactMap { $0 }) { throw refusal }
        guard new.day <= deed.at.day else {
            throw Refusal(.invalid, "recognition.panel.refusal.visitAhead", field: "day")
        }
        let id = tx.ids.next()
        let planned = try plannedVisits(of: dossier, tx).first { $0.day == new.day }
        let isAnnounced = new.isAnnounced ?? planned?.isAnnounced ?? true
        try tx.execute(
            """
            INSERT INTO visit (id, appraisal_id, day, announced, others, remark, recorded_by, at)
            VALUES (\(id), \(work.appraisal.id), \(new.day), \(isAnnounced), \(Recognition.Attendance.text(new.others)), \(new.remark),
                \(deed.person), \(deed.at))
            """)
        for person in went {
            try tx.execute("INSERT INTO visit_member (visit_id, person_id) VALUES (\(id), \(person))")
        }
        for look in new.looks {
            try tx.execute(
                """
                INSERT INTO visit_look (visit_id, code, result, note)
                VALUES (\(id), \(look.code), \(look.result.rawValue), \(look.note))
                """)
        }
        tx.note("panel.visit", to: new.day.isoText)
        return id
    }

    /// Closes the minutes: the panel's values become the dossier's appraisal, and the dossier goes on to the decision.
    ///
    /// - Throws: everything that is missing, at once; `.invalid` when the conclusion goes against the set's rule.
    @discardableResult
    package static func conclude(
        _ conclusion: Recognition.PanelConclusion, reason: String?, remark: String?,
        attended: [Recognition.Attendee] = [], dossier: ID, _ deed: Recognition.Deed,
        calendar: Recognition.YearCalendar = .standard, _ tx: Transaction
    ) throws -> Int {
        let work = try presidedWork(on: dossier, deed, tx)
        var refusals = work.closing.refusals
        // What is missing comes first: sums on half the values say nothing.
        if refusals.isEmpty, let refusal = work.finding.refusal(of: conclusion, reason: reason) {
            refusals.append(refusal)
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        for indicator in work.assessment.indicators {
            let code = indicator.code
            guard let value = work.panelValue(code) else { continue }
            let before = work.assessment.entry(code, .appraisal)?.version ?? 0
            let saving = try save(
                Recognition.NewValue(
                    code: code, side: .appraisal, value: value, note: work.scoring.settlements[code]?.reason),
                dossier: dossier, over: before, deed, tx)
            guard case .saved = saving else { throw Refusal(.conflict, "web.refusal.movedMeanwhile") }
        }
        try end(work, as: conclusion.rawValue, reason: reason, remark: remark, attended: attended, deed, tx)
        tx.note("panel.conclude", to: conclusion.rawValue)
        let step = try Recognition.LifeCycle.possible(work.dossier.state, .conclude)
        return try move(work.dossier, .conclude, to: step.to, deed, reason: remark, calendar: calendar, tx)
    }

    /// The panel sends a dossier back to its area, with a reason at each indicator concerned.
    @discardableResult
    package static func sendBack(
        fromPanel dossier: ID, _ reasons: [String: String], remark: String?, _ deed: Recognition.Deed,
        calendar: Recognition.YearCalendar = .standard, _ tx: Transaction
    ) throws -> Int {
        let work = try presidedWork(on: dossier, deed, tx)
        let step = try Recognition.LifeCycle.possible(work.dossier.state, .sendBack)
        guard !reasons.isEmpty else { throw Refusal(.invalid, "recognition.refusal.returnNeedsReason") }
        try putReturns(reasons, on: work.dossier, deed, tx)
        try end(
            work, as: Recognition.Appraisal.End.returned.rawValue, reason: nil, remark: remark, attended: [], deed, tx)
        return try move(work.dossier, .sendBack, to: step.to, deed, reason: remark, calendar: calendar, tx)
    }

    private static func end(
        _ work: Recognition.PanelWork, as conclusion: String, reason: String?, remark: String?,
        attended: [Recognition.Attendee], _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        let touched = try tx.execute(
            """
            UPDATE appraisal SET ended_at = \(deed.at), ended_by = \(deed.person), conclusion = \(conclusion),
                reason = \(reason), remark = \(remark),
                attended = \(Recognition.Attendance.text(attended))
            WHERE id = \(work.appraisal.id) AND ended_at IS NULL
            """)
        guard touched == 1 else { throw Refusal(.conflict, "recognition.panel.refusal.ended") }
    }
}
