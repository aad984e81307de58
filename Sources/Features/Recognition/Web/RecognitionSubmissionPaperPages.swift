import Core
import Criteria
import Organisation
import Web

/// The submission as it is printed on A4 for signing.
struct RecognitionSubmissionPaperOutput: Output {
    let submission: RecognitionSubmissionAnswer
    let lines: [RecognitionSubmissionLine]
    let superior: String?

    static var sample: RecognitionSubmissionPaperOutput {
        RecognitionSubmissionPaperOutput(submission: .sample, lines: [.sample], superior: "Front")
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let number: String
            let area: String
            let title: String
            let households: String
            let review: String
            let ballot: String
            let points: String
        }

        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let addressee: String
        let paragraphs: [String]
        let annexSee: String
        let annexAbout: String
        let rows: [Row]
        let sum: Row
        let closing: String
        let sign: WebDocumentSign
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let about = view("recognition.submission.paper.about", ["year": "\(submission.year)"])
        let isDraft = submission.state == .draft
        let decider = Recognition.addressee(lines.first?.dossier.decider ?? "", superior: superior)
        return Page(
            "recognition-submission-paper", title: about,
            Content(
                back: WebLink("/submissions/\(submission.id)", view("recognition.submission.paper.back")),
                document: WebDocumentHead(
                    superior: superior.map { [$0.uppercased()] } ?? [], issuer: submission.body.uppercased(),
                    number: submission.number,
                    symbol: submission.number == nil ? view("recognition.submission.paper.symbol") : nil,
                    place: submission.territory.name, dayText: dayText(view), isDraft: isDraft),
                about: about,
                addressee: view("recognition.submission.paper.addressee", ["body": decider]),
                paragraphs: submission.text.split(whereSeparator: \.isNewline).map(String.init),
                annexSee: view("recognition.submission.paper.annexSee"),
                annexAbout: view("recognition.submission.paper.annexAbout", ["year": "\(submission.year)"]),
                rows: lines.enumerated().map { row($0, $1, view) }, sum: sum(view),
                closing: view("recognition.submission.paper.closing", ["body": decider]),
                sign: WebDocumentSign(
                    recipients: [
                        view("recognition.submission.paper.asAbove"), view("recognition.paper.recipientFile"),
                    ],
                    authority: view("recognition.paper.authority"), office: submission.office?.uppercased(),
                    signer: submission.signer,
                    blank: isDraft ? view("recognition.submission.paper.blank") : nil),
                trace: view.trace(
                    record: submission.id, revision: submission.revision,
                    valid: view(
                        isDraft ? "recognition.submission.paper.notValid" : "recognition.paper.valid"),
                    opens: "/submissions/\(submission.id)")))
    }

    private func row(_ index: Int, _ line: RecognitionSubmissionLine, _ view: View) -> Content.Row {
        let format = view.language.format
        return Content.Row(
            number: "\(index + 1)", area: line.dossier.areaName(view), title: line.dossier.titleName.shown(view),
            households: line.households.map { format.integer($0) } ?? "",
            review: line.present.map { present in
                [format.integer(present), line.invited.map { format.integer($0) }].compactMap { $0 }
                    .joined(separator: "/")
            } ?? "", ballot: line.answered(view) ?? "",
            points: "\(view.points(line.points))/\(view.points(line.maximum))")
    }

    /// Areas and households together; points are nothing to add.
    private func sum(_ view: View) -> Content.Row {
        Content.Row(
            number: "", area: view("recognition.submission.paper.sum"), title: "\(lines.count)",
            households: view.language.format.integer(lines.compactMap(\.households).reduce(0, +)), review: "",
            ballot: "", points: "")
    }

    private func dayText(_ view: View) -> String {
        submission.day.map { view.language.format.paperDate($0) }
            ?? view("recognition.paper.openDay", ["month": "\(view.today.month)", "year": "\(view.today.year)"])
    }
}
