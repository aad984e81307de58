import Core
import Database
import Web

/// What the dossier's page tells of the commune's check and of the panel: what is closed, and the visits that the area
/// was told of. An unannounced visit is never in it.
struct RecognitionPathAppraisal: Encodable, Sendable {
    /// The commune has closed a check of the present round.
    let isChecked: Bool
    let isReturned: Bool
    /// The panel sent it back, and it is being mended.
    let isReturnedByPanel: Bool
    /// The next field check that was announced.
    let visitDay: Day?
    /// Minutes after midnight.
    let visitStart: Int?
    /// How the panel concluded, once its minutes are closed.
    let conclusion: Recognition.PanelConclusion?

    static let sample = RecognitionPathAppraisal(
        isChecked: true, isReturned: true, isReturnedByPanel: true, visitDay: RecognitionSamples.day, visitStart: 510,
        conclusion: .passes)

    init(
        isChecked: Bool, isReturned: Bool, isReturnedByPanel: Bool, visitDay: Day?, visitStart: Int?,
        conclusion: Recognition.PanelConclusion?
    ) {
        self.isReturnedByPanel = isReturnedByPanel
        self.isChecked = isChecked
        self.isReturned = isReturned
        self.visitDay = visitDay
        self.visitStart = visitStart
        self.conclusion = conclusion
    }

    init(of dossier: Recognition.Dossier, on today: Day, _ reader: any Reader) throws {
        let visit =
            dossier.state == .forwarded
            ? try RecognitionStore.announcedVisit(of: dossier.id, from: today, reader) : nil
        let isAppraised = [.appraised, .proposed, .recognised, .refused].contains(dossier.state)
        self.init(
            isChecked: dossier.round > 0 && dossier.state != .submitted && dossier.state != .withdrawn,
            isReturned: dossier.returnedBy == .commune, isReturnedByPanel: dossier.returnedBy == .panel,
            visitDay: visit?.day, visitStart: visit?.start,
            conclusion: isAppraised ? try RecognitionStore.appraisal(of: dossier.id, reader)?.conclusion : nil)
    }

    func panels(_ home: String, _ view: View) -> [RecognitionPathPanel] {
        var panels: [RecognitionPathPanel] = []
        if isChecked {
            panels.append(
                RecognitionPathPanel(
                    id: "h-check", title: view("recognition.station.check"),
                    facts: WebFacts(facts: [
                        WebFact(
                            view("recognition.check.outcome.label"),
                            view("recognition.check.outcome.option.\(isReturned ? "return" : "accept")"))
                    ]),
                    link: WebLink("\(home)/check/minutes", view("recognition.check.minutes.see"))))
        }
        if let visitDay, let visitStart {
            panels.append(
                RecognitionPathPanel(
                    id: "h-visit", title: view("recognition.appraised.heading"),
                    facts: WebFacts(facts: [
                        WebFact(
                            view("recognition.appraised.visit"),
                            view(
                                "recognition.appraised.visitAt",
                                ["day": view.day(visitDay), "clock": Recognition.VisitRoute.clock(visitStart)]),
                            status: WebStatus(.waiting, view("recognition.route.announced")))
                    ]), link: nil))
        }
        if isReturnedByPanel {
            panels.append(
                RecognitionPathPanel(
                    id: "h-appraised", title: view("recognition.appraised.heading"),
                    facts: WebFacts(facts: [
                        WebFact(
                            view("recognition.appraised.result"), "",
                            status: WebStatus(.returned, view("recognition.panel.end.returned")))
                    ]), link: nil))
        }
        if let conclusion {
            panels.append(
                RecognitionPathPanel(
                    id: "h-appraised", title: view("recognition.appraised.heading"),
                    facts: WebFacts(facts: [
                        WebFact(
                            view("recognition.appraised.result"), "",
                            status: conclusion == .passes
                                ? WebStatus(.done, view("recognition.panel.end.passes"))
                                : WebStatus(.unmet, view("recognition.panel.end.passesNot")))
                    ]), link: WebLink("\(home)/appraisal", view("recognition.appraised.see"))))
        }
        return panels
    }
}
