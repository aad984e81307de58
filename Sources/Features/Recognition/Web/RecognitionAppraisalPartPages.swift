import Core
import Organisation
import Web

/// What stands beside a panel's scores: who sits on it, what was drawn, what offices said, the visits.
extension RecognitionAppraisalOutput {
    func seats(_ view: View) -> WebFacts {
        WebFacts(
            facts: seats.map { seat in
                WebFact(
                    view("recognition.panel.duty.\(seat.duty.rawValue)"), seat.name,
                    status: isOutside ? nil : status(seat, view))
            })
    }

    private func status(_ seat: Seat, _ view: View) -> WebStatus {
        if seat.hasLeft { return WebStatus(.none, view("recognition.panel.left")) }
        if let tie = seat.tie { return WebStatus(.none, view("recognition.panel.tie.\(tie)")) }
        return seat.declared == nil
            ? WebStatus(.waiting, view("recognition.panel.notDeclared"))
            : WebStatus(.done, view("recognition.panel.declared"))
    }

    func drawText(_ view: View) -> String? {
        let drawn = lines.filter(\.isDrawn).map(\.code)
        return drawn.isEmpty
            ? nil
            : view("recognition.panel.draw.text", ["codes": drawn.joined(separator: ", "), "seed": panel.seed])
    }

    func askingForm(_ view: View) -> FormView? {
        mayAsk
            ? view.form(
                RecognitionConfirmationAskingButton.self, action: "/dossiers/\(dossier.id)/appraisal/confirmations",
                hasPrimary: false) : nil
    }

    /// What differs stands by itself; what is waited for and what was confirmed are folded away under their numbers.
    ///
    /// - Parameter answer: nil for what nobody answered yet.
    func confirmationTable(_ answer: Recognition.Confirmed?, _ view: View) -> WebTable? {
        let shown = confirmations.filter { $0.answer == answer }
        guard !shown.isEmpty else { return nil }
        return WebTable(
            columns: [
                WebColumn(view("recognition.column.indicator")), WebColumn(view("recognition.confirmation.office")),
                WebColumn(view("recognition.confirmation.asked")), WebColumn(view("recognition.confirmation.answer")),
            ],
            rows: shown.map { one in
                WebRow([
                    .head("\(one.code) \(one.name.shown(view))", href: "/dossiers/\(dossier.id)/values/\(one.code)"),
                    .text(one.office), .text(one.asked.shown(view)),
                    .status(one.status(view), also: one.words(view)),
                ])
            })
    }

    func visitRows(_ view: View) -> WebRows? {
        visits.isEmpty
            ? nil
            : WebRows(
                rows: visits.map {
                    WebLine(
                        title: view.day($0.day), href: isOutside ? nil : "/dossiers/\(dossier.id)/visit",
                        text: [
                            $0.members.joined(separator: ", "),
                            view(
                                $0.isAnnounced
                                    ? "recognition.panel.visiting.wasAnnounced"
                                    : "recognition.panel.visiting.wasUnannounced"),
                        ].joined(separator: " · "),
                        right: view("recognition.panel.visiting.looked", ["count": "\($0.looks)"]))
                })
    }
}
