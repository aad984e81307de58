import Core
import Criteria
import Database
import Organisation
import Recognition
import Web

/// What the pages of one re-check are made of.
enum RechecksReading {
    static func page(_ call: Call<Actor>) throws -> RechecksOneOutput {
        let (recheck, reader) = (try call.recheck(), call.reader)
        let finding = try RechecksStore.finding(of: recheck, reader)
        let terms = Rechecks.Terms.of(finding.set)
        let current = finding.part(asked: call.query["group"])
        let (actions, barred) = try actions(on: recheck, finding, call)
        let mayAdd =
            recheck.stage.awaits != nil
            && (call.authority.allows(call.who, .recheckTitles, recheck)
                || call.authority.allows(call.who, .answerNotice, recheck))
        return RechecksOneOutput(
            recheck: RechecksAnswer(recheck),
            lines: RechecksParts.lines(
                finding, try RechecksStore.listed(of: recheck.id, reader),
                try RechecksStore.looks(of: recheck.id, reader)),
            parts: finding.parts.map {
                .init(
                    code: $0.code, name: $0.name.vi, listed: $0.codes.count, looked: $0.looked,
                    isCurrent: $0.code == current?.code)
            },
            actions: actions, mayAddEvidence: mayAdd, barred: barred,
            notices: try notices(of: recheck, call).map { RechecksOneOutput.NoticeAnswer($0) },
            answers: try RechecksStore.answers(of: recheck.id, reader).map(said),
            hearings: try RechecksStore.hearings(of: recheck.id, reader).map(hearing),
            evidence: try RechecksStore.evidence(of: recheck.id, reader).map { piece in
                RechecksOneOutput.Piece(
                    id: piece.id, code: piece.code, side: piece.side, kind: piece.kind, hasFile: piece.address != nil,
                    fileName: piece.fileName, office: piece.office, seenOn: piece.seenOn, seen: piece.seen,
                    by: piece.by, at: piece.at)
            },
            events: try RechecksStore.events(of: recheck.id, reader).map {
                .init(action: $0.action, by: $0.by, organisation: $0.organisation, reason: $0.reason, at: $0.at)
            },
            mendUntil: terms.mendUntil(from: call.today), mending: RechecksTermAnswer(terms.mending),
            firstHearing: call.today.adding(days: terms.invitationDays))
    }

    /// What this person may do now: the rows of its state, less what separation of duties bars and what the rules do not
    /// let pass yet. With the reason that bars all of them, where one does.
    private static func actions(
        on recheck: Rechecks.Recheck, _ finding: Rechecks.Finding, _ call: Call<Actor>
    ) throws -> (actions: [Rechecks.Action], barred: String?) {
        let (mayJudge, looks) = (try call.judges(recheck), try call.looks(at: recheck))
        let steps = try Rechecks.LifeCycle.steps.filter { step in
            guard step.from == recheck.state, let needs = step.needs,
                needs == .warnTitles ? mayJudge : call.authority.allows(call.who, needs, recheck)
            else { return false }
            return try step.action != .propose || RechecksActing.maySeekWithdrawal(of: recheck, call)
        }
        guard !steps.isEmpty else { return ([], nil) }
        let hands = try RechecksStore.hands(of: call.who.person, on: recheck, call.reader)
        let open = steps.filter { Rechecks.LifeCycle.refusal(of: $0, hands) == nil }
        let isLacking = !finding.lacking.isEmpty
        let actions = open.map(\.action).filter { action in
            switch action {
            case .mend: isLacking && looks
            case .look, .pass: looks
            case .flag: false
            case .discard, .withdraw: false
            case .summon:
                Rechecks.Hearing.refusalToSummon(from: recheck.state, mendUntil: recheck.due, on: call.today) == nil
            default: true
            }
        }
        let barred = open.isEmpty ? steps.lazy.compactMap { Rechecks.LifeCycle.refusal(of: $0, hands) }.first?.key : nil
        return (actions, barred)
    }

    /// Notices this person may read: a draft is read by those who may throw it away.
    private static func notices(of recheck: Rechecks.Recheck, _ call: Call<Actor>) throws -> [Rechecks.Notice] {
        let mayDraft = try call.judges(recheck)
        return try RechecksStore.notices(of: recheck.id, call.reader).filter { mayDraft || !$0.isDraft }
    }

    static func said(_ answer: Rechecks.Answer) -> RechecksOneOutput.SaidAnswer {
        .init(text: answer.text, by: answer.by, at: answer.at, done: answer.done)
    }

    static func hearing(_ record: Rechecks.HearingRecord) -> RechecksOneOutput.HearingAnswer {
        .init(
            day: record.invitation.day, time: Recognition.VisitRoute.clock(record.invitation.time),
            place: record.invitation.place, reason: record.invitation.reason, number: record.invitation.number,
            invitedBy: record.invitedBy, invitedAt: record.invitedAt,
            came: record.came, present: record.present, minutes: record.minutes, heldBy: record.heldBy,
            heldAt: record.heldAt, putOff: record.putOff)
    }

    private static func lines(_ recheck: Rechecks.Recheck, _ reader: any Reader) throws -> [RechecksOneOutput.Line] {
        RechecksParts.lines(
            try RechecksStore.finding(of: recheck, reader), try RechecksStore.listed(of: recheck.id, reader),
            try RechecksStore.looks(of: recheck.id, reader))
    }

    /// The latest notice on paper.
    static func notice(_ call: Call<Actor>) throws -> RechecksPaperOutput {
        let recheck = try call.recheck()
        guard let notice = try notices(of: recheck, call).first else {
            throw Refusal(.conflict, "rechecks.refusal.noNotice")
        }
        let giver = try body(of: .draft, recheck, call.reader)
        return RechecksPaperOutput(
            paper: .notice, recheck: RechecksAnswer(recheck), issuer: giver.name, superior: nil, place: giver.place,
            day: notice.paper?.signed.day ?? notice.at.day, name: notice.paper?.signed.signer,
            lines: try lines(recheck, call.reader), reasons: notice.reasons, notice: .init(notice),
            mendUntil: notice.paper?.mendUntil, hearing: nil, answers: [])
    }

    /// The latest invitation on paper, with what has not been mended.
    static func invitation(_ call: Call<Actor>) throws -> RechecksPaperOutput {
        let recheck = try call.recheck()
        let hearings = try RechecksStore.hearings(of: recheck.id, call.reader)
        guard let invited = hearings.first else { throw Refusal(.conflict, "rechecks.refusal.noInvitation") }
        let former = hearings.dropFirst().first.flatMap { $0.putOff == nil ? nil : $0 }
        let giver = try body(of: former == nil ? .summon : .postpone, recheck, call.reader)
        let notice = try RechecksStore.notices(of: recheck.id, call.reader).first
        return RechecksPaperOutput(
            paper: .invitation, recheck: RechecksAnswer(recheck), issuer: giver.name, superior: nil,
            place: giver.place, day: invited.invitedAt.day, name: invited.invitedBy,
            lines: try lines(recheck, call.reader).filter { !$0.isMended }, reasons: notice?.reasons ?? [:],
            notice: nil,
            mendUntil: notice?.paper?.mendUntil, hearing: hearing(invited),
            replaces: former.map(hearing),
            answers: try RechecksStore.answers(of: recheck.id, call.reader).map(said))
    }

    /// The latest minutes on paper.
    static func hearing(_ call: Call<Actor>) throws -> RechecksPaperOutput {
        let recheck = try call.recheck()
        guard
            let held = try RechecksStore.hearings(of: recheck.id, call.reader).first(where: { $0.heldAt != nil }),
            let heldAt = held.heldAt
        else { throw Refusal(.conflict, "rechecks.refusal.noMinutes") }
        let giver = try body(of: .hear, recheck, call.reader)
        let notice = try RechecksStore.notices(of: recheck.id, call.reader).first
        return RechecksPaperOutput(
            paper: .hearing, recheck: RechecksAnswer(recheck), issuer: giver.name, superior: nil, place: giver.place,
            day: heldAt.day, name: held.heldBy, lines: try lines(recheck, call.reader), reasons: notice?.reasons ?? [:],
            notice: nil,
            mendUntil: notice?.paper?.mendUntil, hearing: hearing(held),
            answers: try RechecksStore.answers(of: recheck.id, call.reader).map(said))
    }

    /// In whose name an act was done, and where that body stands.
    private static func body(
        of action: Rechecks.Action, _ recheck: Rechecks.Recheck, _ reader: any Reader
    ) throws -> (name: String, place: String) {
        let row = try reader.first(
            """
            SELECT o.name, t.name AS place FROM recheck_event e JOIN organisation o ON o.id = e.organisation_id
            JOIN territory t ON t.id = o.territory_id
            WHERE e.recheck_id = \(recheck.id) AND e.action = \(action.rawValue) ORDER BY e.at DESC, e.id DESC LIMIT 1
            """)
        return (try row?.text("name") ?? recheck.body, try row?.text("place") ?? "")
    }
}
