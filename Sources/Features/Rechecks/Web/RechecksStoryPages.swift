import Core
import Organisation
import Recognition
import Web

/// What was said in a re-check, as its page tells it.
extension RechecksOneOutput {
    private func who(_ name: String?, _ at: Instant, _ view: View) -> String {
        [name, view.language.format.moment(at)].compactMap { $0 }.joined(separator: " · ")
    }

    private func rows(_ texts: [String: String]) -> WebRows? {
        let found = lines.filter { texts[$0.code] != nil }
        return found.isEmpty
            ? nil
            : WebRows(rows: found.map { WebLine(title: "\($0.code) \($0.name)", text: texts[$0.code]) })
    }

    func said(_ notice: NoticeAnswer, _ view: View) -> Content.Said {
        let paper = WebLink("/rechecks/\(recheck.id)/notice", view("rechecks.notice.print"))
        guard let day = notice.day, let until = notice.mendUntil else {
            return Content.Said(
                title: view("rechecks.notice.draft"),
                text: view("rechecks.notice.draftText", ["term": notice.term.shown(view)]), rows: rows(notice.reasons),
                who: who(notice.by, notice.at, view), papers: [paper])
        }
        return Content.Said(
            title: view("rechecks.notice.heading", ["number": notice.number ?? "", "day": view.day(day)]),
            text: view("rechecks.notice.until", ["day": view.day(until), "term": notice.term.shown(view)]),
            rows: rows(notice.reasons), who: [notice.signer, notice.office].compactMap { $0 }.joined(separator: ", "),
            papers: [paper, WebLink("/rechecks/\(recheck.id)/notice/scan", view("rechecks.notice.scan"))])
    }

    func said(_ answer: SaidAnswer, _ view: View) -> Content.Said {
        Content.Said(
            title: view("rechecks.answer.heading", ["day": view.day(answer.at.day)]), text: answer.text,
            rows: rows(answer.done), who: who(answer.by, answer.at, view), papers: [])
    }

    func said(_ hearing: HearingAnswer, _ view: View) -> Content.Said {
        let invitation = view(
            "rechecks.hearing.invitation",
            ["time": hearing.time, "day": view.day(hearing.day), "place": hearing.place])
        if let why = hearing.putOff {
            return Content.Said(
                title: view("rechecks.hearing.putOff"),
                text: "\(invitation) \(view("rechecks.hearing.putOffWhy", ["why": why]))", rows: nil,
                who: who(hearing.invitedBy, hearing.invitedAt, view), papers: [])
        }
        let paper = WebLink("/rechecks/\(recheck.id)/invitation", view("rechecks.hearing.printInvitation"))
        guard let minutes = hearing.minutes, let heldAt = hearing.heldAt else {
            return Content.Said(
                title: view("rechecks.hearing.invited"), text: "\(invitation) \(hearing.reason)", rows: nil,
                who: who(hearing.invitedBy, hearing.invitedAt, view), papers: [paper])
        }
        let came =
            hearing.came == true
            ? view("rechecks.hearing.came", ["present": hearing.present.map(\.line).joined(separator: "; ")])
            : view("rechecks.hearing.absent")
        return Content.Said(
            title: view("rechecks.hearing.heading", ["day": view.day(hearing.day)]),
            text: [invitation, came, minutes].joined(separator: " "), rows: nil,
            who: who(hearing.heldBy, heldAt, view),
            papers: [WebLink("/rechecks/\(recheck.id)/hearing", view("rechecks.hearing.print")), paper])
    }

    func row(_ piece: Piece, _ view: View) -> WebLine {
        let name = "\(piece.code) · \(view("rechecks.evidence.kind.\(piece.kind.rawValue)"))"
        return WebLine(
            title: piece.fileName.map { "\(name): \($0)" } ?? name,
            href: piece.hasFile ? "/rechecks/\(recheck.id)/evidence/\(piece.id)/file" : nil,
            text: [
                piece.office, piece.seenOn.map { view.day($0) }, piece.seen,
                view("rechecks.evidence.side.\(piece.side.rawValue)"), piece.by,
            ].compactMap { $0 }.joined(separator: " · "), right: view.day(piece.at.day))
    }

    func evidenceForm(_ view: View) -> FormView {
        view.form(
            RechecksEvidenceForm.self, action: "/rechecks/\(recheck.id)/evidence",
            filled: ["seenOn": view.day(view.today)],
            options: [
                "code": lines.map { WebOption(value: $0.code, label: "\($0.code) \($0.name)") }
            ], hasPrimary: false)
    }

    func history(_ view: View) -> WebHistory {
        WebHistory(
            events: events.map { event in
                let shape: WebState =
                    switch event.action {
                    case .open: .notbegun
                    case .flag: .question
                    case .notify, .extend: .returned
                    case .withdraw: .unmet
                    case .draft, .propose, .summon, .postpone, .end: .waiting
                    case .look, .pass, .mend, .answer, .keep, .hear, .discard, .retract: .done
                    }
                return WebEvent(
                    state: shape,
                    title: "\(view.day(event.at.day)) \(view("rechecks.action.\(event.action.rawValue)"))",
                    text: [
                        [event.by, event.organisation].compactMap { $0 }.joined(separator: ", "), event.reason,
                    ].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ". "))
            })
    }
}
