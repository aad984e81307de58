import Core
import Criteria
import Organisation
import Web

/// The minutes of the appraisal as they are printed on A4.
struct RecognitionPanelMinutesOutput: Output {
    let appraisal: RecognitionAppraisalOutput
    /// The unit of the panel.
    let place: TerritoryTitle

    static var sample: RecognitionPanelMinutesOutput {
        RecognitionPanelMinutesOutput(appraisal: .sample, place: RecognitionSamples.province)
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let code: String
            let name: String
            let own: String
            let check: String
            let scores: String
            let panel: String
            let reason: String
        }

        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let members: [String]
        let conflicts: [String]
        let visits: [String]
        let rows: [Row]
        let sums: String
        let ballot: String?
        let reasons: [String]
        let conclusion: String
        let deviation: String?
        let remark: String?
        let sign: WebDocumentSign
        let secretary: String
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let dossier = appraisal.dossier
        let about = view(
            "recognition.panel.minutes.about",
            ["area": dossier.place(view), "title": dossier.titleName.shown(view), "year": "\(dossier.year)"])
        let isDraft = appraisal.end == nil || appraisal.end == .returned
        let rows = appraisal.lines.filter { $0.differs || $0.isJudged }
        return Page(
            "recognition-panel-minutes", title: about,
            Content(
                back: WebLink("/dossiers/\(dossier.id)/appraisal", view("recognition.panel.minutes.back")),
                document: WebDocumentHead(
                    superior: [appraisal.panel.body.uppercased()], issuer: appraisal.panel.name.uppercased(),
                    symbol: view("recognition.panel.minutes.symbol"), place: place.name,
                    dayText: appraisal.endedAt.map { view.language.format.paperDate($0.day) }
                        ?? view(
                            "recognition.paper.openDay",
                            ["month": "\(view.today.month)", "year": "\(view.today.year)"]),
                    isDraft: isDraft),
                about: about,
                members: appraisal.seats.map {
                    "\($0.name), \(view("recognition.panel.duty.\($0.duty.rawValue)").lowercased())"
                },
                conflicts: conflicts(view),
                visits: appraisal.visits.map {
                    view(
                        "recognition.panel.minutes.visit",
                        ["day": view.day($0.day), "names": $0.members.joined(separator: ", "), "count": "\($0.looks)"])
                },
                rows: rows.map { row($0, view) },
                sums: view(
                    "recognition.panel.appraisal.summary",
                    ["points": view.points(appraisal.total), "maximum": view.points(appraisal.maximum)]),
                ballot: appraisal.ballot?.shown(view), reasons: reasons(view), conclusion: conclusion(view),
                deviation: appraisal.deviation.map {
                    view("recognition.panel.appraisal.deviation", ["reason": $0])
                },
                remark: appraisal.remark,
                sign: WebDocumentSign(
                    recipients: [
                        view("recognition.panel.minutes.forDecider"), view("recognition.panel.visiting.forArea"),
                        view("recognition.paper.recipientFile"),
                    ],
                    authority: view("recognition.panel.minutes.signChair"),
                    signer: isDraft ? nil : seat(.chair),
                    blank: isDraft ? view("recognition.panel.minutes.blank") : nil),
                secretary: view("recognition.panel.minutes.secretary", ["name": seat(.secretary) ?? ""]),
                trace: view.trace(
                    record: dossier.id, revision: dossier.revision,
                    valid: view(
                        isDraft ? "recognition.panel.minutes.notValid" : "recognition.panel.minutes.valid"),
                    opens: "/dossiers/\(dossier.id)/minutes")))
    }

    private func seat(_ duty: Recognition.PanelDuty) -> String? { appraisal.seats.first { $0.duty == duty }?.name }

    private func conflicts(_ view: View) -> [String] {
        let tied = appraisal.seats.compactMap { seat in
            seat.tie.map { "\(seat.name): \(view("recognition.panel.tie.\($0)"))" }
        }
        return tied.isEmpty ? [view("recognition.panel.minutes.noConflict")] : tied
    }

    private func reasons(_ view: View) -> [String] {
        appraisal.reasons.map { view($0.key, view.language == .en ? $0.english : $0.vietnamese) }
            + appraisal.ballotFaults.map { view("recognition.panel.ballotFault.\($0)") }
    }

    private func conclusion(_ view: View) -> String {
        switch appraisal.end {
        case .passes, .passesNot: view("recognition.panel.minutes.conclusion.\(appraisal.end?.rawValue ?? "")")
        default: view("recognition.panel.minutes.conclusion.open")
        }
    }

    private func row(_ line: RecognitionAppraisalOutput.Line, _ view: View) -> Content.Row {
        Content.Row(
            code: line.code, name: line.name.shown(view), own: line.own?.shown(view) ?? "",
            check: line.check?.shown(view) ?? "",
            scores: line.scores.map { "\($0.member): \($0.value.shown(view))" }.joined(separator: "; "),
            panel: line.panel?.shown(view) ?? "", reason: line.reason ?? "")
    }
}
