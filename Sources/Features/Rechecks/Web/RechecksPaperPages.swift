import Core
import Organisation
import Recognition
import Web

/// A notice or the minutes of a hearing on A4.
struct RechecksPaperOutput: Output {
    enum Paper: String, Encodable, Sendable { case notice, hearing }

    let paper: Paper
    let recheck: RechecksAnswer
    let issuer: String
    let superior: String?
    let place: String
    let day: Day
    let name: String?
    let lines: [RechecksOneOutput.Line]
    /// By indicator.
    let reasons: [String: String]
    let mendUntil: Day?
    let hearing: RechecksOneOutput.HearingAnswer?
    /// What the area answered in writing.
    let answers: [RechecksOneOutput.SaidAnswer]

    static var sample: RechecksPaperOutput {
        RechecksPaperOutput(
            paper: .hearing, recheck: .sample, issuer: "Sample", superior: "Sample", place: "Sample",
            day: RechecksSamples.day, name: "Sample", lines: RechecksOneOutput.sample.lines,
            reasons: ["III.3": "Sample"], mendUntil: RechecksSamples.day,
            hearing: RechecksOneOutput.sample.hearings.first, answers: RechecksOneOutput.sample.answers)
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let code: String
            let name: String
            let granted: String
            let found: String
            let reason: String
        }

        let back: WebLink
        let document: WebDocumentHead
        let title: String
        let about: String
        let addressee: String?
        let body: [String]
        let rows: [Row]
        let hasRows: Bool
        let closing: [String]
        let sign: WebDocumentSign
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let heading = view("rechecks.paper.\(paper.rawValue).title")
        let area = recheck.areaName(view)
        let shown = lines.filter { reasons[$0.code] != nil }
        return Page(
            "rechecks-paper", title: heading,
            Content(
                back: WebLink("/rechecks/\(recheck.id)", view("rechecks.paper.back")),
                document: WebDocumentHead(
                    superior: superior.map { [$0.uppercased()] } ?? [], issuer: issuer.uppercased(), number: nil,
                    symbol: view("rechecks.paper.\(paper.rawValue).symbol"), place: place,
                    dayText: view.language.format.paperDate(day), isDraft: false),
                title: heading,
                about: view(
                    "rechecks.paper.\(paper.rawValue).about", ["area": area, "title": recheck.titleName]),
                addressee: paper == .notice ? view("rechecks.paper.notice.to", ["area": area]) : nil,
                body: paper == .notice ? noticeBody(view) : hearingBody(view),
                rows: shown.map { line in
                    Content.Row(
                        code: line.code, name: line.name, granted: line.granted?.shown(view) ?? "–",
                        found: line.first?.shown(view) ?? "–", reason: reasons[line.code] ?? "")
                }, hasRows: !shown.isEmpty,
                closing: paper == .notice ? noticeClosing(view) : [view("rechecks.paper.hearing.closing")],
                sign: WebDocumentSign(
                    recipients: [
                        view("rechecks.paper.recipientArea", ["area": area]),
                        view(
                            "rechecks.paper.recipientCommune",
                            ["commune": recheck.commune.map { view.headed($0) } ?? ""]),
                        view("recognition.paper.recipientFile"),
                    ], authority: view("recognition.paper.authority"), signer: name),
                trace: view.trace(
                    record: recheck.id, revision: recheck.revision, valid: view("rechecks.paper.valid"),
                    opens: "/rechecks/\(recheck.id)")))
    }

    private func noticeBody(_ view: View) -> [String] {
        [
            view(
                "rechecks.paper.notice.body",
                [
                    "area": recheck.areaName(view), "title": recheck.titleName, "number": recheck.number,
                    "day": view.day(recheck.day), "year": "\(recheck.year)",
                ])
        ]
    }

    private func noticeClosing(_ view: View) -> [String] {
        [
            view("rechecks.paper.notice.until", ["day": mendUntil.map { view.day($0) } ?? ""]),
            view("rechecks.paper.notice.rights"),
        ]
    }

    private func hearingBody(_ view: View) -> [String] {
        guard let hearing else { return [] }
        return [
            view(
                "rechecks.paper.hearing.body",
                [
                    "day": view.day(hearing.day), "place": hearing.place, "area": recheck.areaName(view),
                    "title": recheck.titleName, "invited": view.day(hearing.invitedAt.day),
                ]),
            hearing.came == true
                ? view("rechecks.hearing.came", ["present": hearing.present ?? ""]) : view("rechecks.hearing.absent"),
        ] + answers.map { view("rechecks.paper.hearing.answer", ["day": view.day($0.at.day), "text": $0.text]) }
            + [hearing.minutes.map { view("rechecks.paper.hearing.said", ["text": $0]) }].compactMap { $0 }
    }
}
