import Core
import Criteria
import Database
import Documents
import Recognition

/// The acts of the life cycle. The caller has asked `Rechecks.LifeCycle` and the rules before.
extension RechecksStore {
    /// Brings a re-check from the state in which it was looked up to another one.
    ///
    /// A state that follows from the title or from a draft is not written: then there is only the story.
    ///
    /// - Parameter day: of the signed paper, where the act has one; else today.
    @discardableResult
    package static func move(
        _ recheck: Rechecks.Recheck, _ action: Rechecks.Action, to state: Rechecks.State, due: Day?,
        reason: String? = nil, on day: Day? = nil, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws -> Int {
        try tx.move("recheck", recheck.id, from: recheck.revision)
        if Rechecks.State.written.contains(state), state != recheck.written || due != recheck.due {
            try tx.execute(
                """
                UPDATE recheck SET state = \(state.rawValue), state_since = \(deed.at), due_on = \(due)
                WHERE id = \(recheck.id)
                """)
        }
        try note(action, on: recheck.id, to: state, deed, reason: reason, tx)
        let title: Recognition.TitleAct? =
            switch action {
            case .pass, .keep: .keep
            case .flag: .watch
            case .notify: .notice
            default: nil
            }
        if let title {
            try RecognitionStore.record(title, of: recheck.title, on: day ?? deed.at.day, reason: reason, deed, tx)
        }
        tx.note("recheck.state", from: recheck.state.rawValue, to: state.rawValue)
        return recheck.revision + 1
    }

    static func note(
        _ action: Rechecks.Action, on recheck: ID, to state: Rechecks.State, _ deed: Recognition.Deed, reason: String?,
        _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO recheck_event (recheck_id, id, action, state_to, actor_id, giver_id, organisation_id, reason, at)
            VALUES (\(recheck), \(tx.ids.next()), \(action.rawValue), \(state.rawValue), \(deed.person), \(deed.giver),
                \(deed.organisation), \(reason), \(deed.at))
            """)
    }

    /// Puts down what was found. Saying it again in the same turn puts it right.
    package static func look(
        _ found: [(found: Rechecks.Found, note: String?)], at recheck: ID, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        for (one, note) in found {
            let value = one.value.columns
            try tx.execute(
                """
                INSERT INTO recheck_look (recheck_id, code, turn, value_kind, value_number, value_text, note, looked_by, at)
                VALUES (\(recheck), \(one.code), \(one.turn), \(value.kind), \(value.number), \(value.text), \(note),
                    \(deed.person), \(deed.at))
                ON CONFLICT (recheck_id, code, turn) DO UPDATE SET value_kind = excluded.value_kind,
                    value_number = excluded.value_number, value_text = excluded.value_text, note = excluded.note,
                    looked_by = excluded.looked_by, office_id = NULL, paper = NULL, at = excluded.at
                """)
            tx.note("recheck.look.\(one.code)", to: "\(value.kind) \(value.number.map { "\($0)" } ?? "")")
        }
    }

    /// Keeps since when all that lacked is recorded as mended: whoever decides is asked from then on.
    package static func keepMended(_ isMended: Bool, of recheck: ID, on day: Day, _ tx: Transaction) throws {
        if isMended {
            try tx.execute(
                "UPDATE recheck SET mended_on = \(day) WHERE id = \(recheck) AND mended_on IS NULL")
        } else {
            try tx.execute("UPDATE recheck SET mended_on = NULL WHERE id = \(recheck)")
        }
    }

    /// The area’s answer to a notice, with what was done at each indicator.
    package static func answer(
        _ text: String, done: [String: String], to recheck: ID, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO recheck_answer (id, recheck_id, text, answered_by, at)
            VALUES (\(id), \(recheck), \(text), \(deed.person), \(deed.at))
            """)
        for (code, what) in done.sorted(by: { $0.key < $1.key }) {
            try tx.execute("INSERT INTO recheck_answer_item (answer_id, code, done) VALUES (\(id), \(code), \(what))")
        }
    }

    /// An invitation to be heard.
    package static func invite(
        _ invitation: Rechecks.Invitation, to recheck: ID, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO recheck_hearing (id, recheck_id, day, begins, place, reason, number, invited_by, invited_at)
            VALUES (\(tx.ids.next()), \(recheck), \(invitation.day), \(invitation.time), \(invitation.place),
                \(invitation.reason), \(invitation.number), \(deed.person), \(deed.at))
            """)
        tx.note("recheck.invitation", to: invitation.day.isoText)
    }

    /// Takes an invitation back whose day is put off; another one follows.
    ///
    /// - Throws: `.conflict` when it was held or put off meanwhile.
    package static func putOff(_ hearing: ID, why: String, _ deed: Recognition.Deed, _ tx: Transaction) throws {
        let touched = try tx.execute(
            """
            UPDATE recheck_hearing SET put_off_at = \(deed.at), put_off_why = \(why)
            WHERE id = \(hearing) AND held_at IS NULL AND put_off_at IS NULL
            """)
        guard touched == 1 else { throw Refusal(.conflict, "rechecks.refusal.notNow.summoned") }
        tx.note("recheck.putOff", to: why)
    }

    /// The minutes of a hearing.
    ///
    /// - Throws: `.conflict` when they were entered already.
    package static func hear(
        _ hearing: ID, came: Bool, present: [Recognition.Attendee], minutes: String, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws {
        let touched = try tx.execute(
            """
            UPDATE recheck_hearing SET came = \(came ? 1 : 0), present = \(Recognition.Attendance.text(present)), minutes = \(minutes),
                held_by = \(deed.person), held_at = \(deed.at) WHERE id = \(hearing) AND held_at IS NULL
            """)
        guard touched == 1 else { throw Refusal(.conflict, "rechecks.refusal.notNow.heard") }
    }

    /// Something about to be kept as evidence of a re-check.
    package enum NewEvidence: Sendable {
        case file(Recognition.EvidenceKind, address: ContentAddress, type: String, name: String)
        case observation(Recognition.Observation)
    }

    /// Adds evidence at an indicator, of either side.
    package static func add(
        _ new: NewEvidence, code: String, side: Rechecks.Side, to recheck: ID, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws -> ID {
        let id = tx.ids.next()
        switch new {
        case .file(let kind, let address, let type, let name):
            try tx.execute(
                """
                INSERT INTO recheck_evidence (id, recheck_id, code, side, kind, address, file_type, file_name, added_by, at)
                VALUES (\(id), \(recheck), \(code), \(side.rawValue), \(kind.rawValue), \(address.hex), \(type), \(name),
                    \(deed.person), \(deed.at))
                """)
        case .observation(let seen):
            try tx.execute(
                """
                INSERT INTO recheck_evidence (id, recheck_id, code, side, kind, office, seen_on, seen, added_by, at)
                VALUES (\(id), \(recheck), \(code), \(side.rawValue), \(seen.kind.rawValue), \(seen.office), \(seen.day),
                    \(seen.seen), \(deed.person), \(deed.at))
                """)
        }
        tx.note("recheck.evidence", to: code)
        return id
    }
}
