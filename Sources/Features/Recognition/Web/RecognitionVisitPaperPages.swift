import Core
import Organisation
import Web

/// The visit form on one sheet: blank to take along, or with what was found.
struct RecognitionVisitPaperOutput: Output {
    let visit: RecognitionVisitOutput
    let superior: String

    static var sample: RecognitionVisitPaperOutput {
        RecognitionVisitPaperOutput(visit: .sample, superior: "Front")
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let code: String
            let name: String
            let standing: String
            let result: String
            let note: String
        }

        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let went: String
        let rows: [Row]
        /// Few enough rows for tall ones, to write on by hand, on one sheet.
        let isRoomy: Bool
        let remark: String
        let sign: WebDocumentSign
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let dossier = visit.dossier
        let about = view(
            "recognition.panel.visiting.paperAbout",
            ["area": dossier.place(view), "title": dossier.titleName.shown(view), "year": "\(dossier.year)"])
        let last = visit.visits.last
        let dots = view("recognition.panel.visiting.dots")
        return Page(
            "recognition-visit-paper", title: about,
            Content(
                back: WebLink("/dossiers/\(dossier.id)/visit", view("recognition.panel.visiting.back")),
                document: WebDocumentHead(
                    superior: [superior.uppercased()], issuer: visit.panel.name.uppercased(),
                    place: dossier.commune?.name ?? dossier.area.name,
                    dayText: last.map { view.language.format.paperDate($0.day) }
                        ?? view(
                            "recognition.paper.openDay",
                            ["month": "\(view.today.month)", "year": "\(view.today.year)"])),
                about: about,
                went: view(
                    "recognition.panel.visiting.went",
                    [
                        "names": last.map {
                            ($0.members + $0.others.map(\.line)).joined(separator: "; ")
                        }
                            ?? visit.panel.members.map(\.name).joined(separator: ", ")
                    ]),
                rows: visit.lines.map { line in
                    let look = last?.looks.first { $0.code == line.code }
                    return Content.Row(
                        code: line.code, name: line.name.shown(view), standing: line.standing?.shown(view) ?? "",
                        result: look.map { view("recognition.panel.look.\($0.result.rawValue)") } ?? "",
                        note: look?.note ?? "")
                },
                isRoomy: visit.lines.count <= 32, remark: last?.remark ?? dots,
                sign: WebDocumentSign(
                    recipients: [view("recognition.panel.visiting.forArea"), view("recognition.paper.recipientFile")],
                    authority: view("recognition.panel.visiting.signed"), signer: last?.recorder,
                    blank: last == nil ? view("recognition.panel.visiting.blank") : nil),
                trace: view.trace(
                    record: dossier.id, revision: dossier.revision,
                    valid: view("recognition.panel.visiting.valid"), opens: "/dossiers/\(dossier.id)/visit")))
    }
}
