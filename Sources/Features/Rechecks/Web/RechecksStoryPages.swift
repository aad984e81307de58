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
        Content.Said(
            title: view("rechecks.notice.heading", ["day": view.day(notice.at.day)]),
            text: view("rechecks.notice.until", ["day": view.day(notice.mendUntil)]), rows: rows(notice.reasons),
            who: who(notice.by, notice.at, view),
            paper: WebLink("/rechecks/\(recheck.id)/notice", view("rechecks.notice.print")))
    }

    func said(_ answer: SaidAnswer, _ view: View) -> Content.Said {
        Content.Said(
            title: view("rechecks.answer.heading", ["day": view.day(answer.at.day)]), text: answer.text,
            rows: rows(answer.done), who: who(answer.by, answer.at, view), paper: nil)
    }

    func said(_ hearing: HearingAnswer, _ view: View) -> Content.Said {
        let invitation = view(
            "rechecks.hearing.invitation", ["day": view.day(hearing.day), "place": hearing.place])
        guard let minutes = hearing.minutes, let heldAt = hearing.heldAt else {
            return Content.Said(
                title: view("rechecks.hearing.invited"), text: invitation, rows: nil,
                who: who(hearing.invitedBy, hearing.invitedAt, view), paper: nil)
        }
        let came =
            hearing.came == true
            ? view("rechecks.hearing.came", ["present": hearing.present ?? ""]) : view("rechecks.hearing.absent")
        return Content.Said(
            title: view("rechecks.hearing.heading", ["day": view.day(hearing.day)]),
            text: [invitation, came, minutes].joined(separator: " "), rows: nil,
            who: who(hearing.heldBy, heldAt, view),
            paper: WebLink("/rechecks/\(recheck.id)/hearing", view("rechecks.hearing.print")))
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
                    case .propose, .summon, .end: .waiting
                    case .look, .pass, .mend, .answer, .keep, .hear, .discard: .done
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
