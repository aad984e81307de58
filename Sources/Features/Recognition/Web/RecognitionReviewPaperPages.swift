import Core
import Criteria
import Documents
import Organisation
import Web

/// The head of an area's own paper: its Front work committee (Ban Công tác Mặt trận) under the commune's Front.
enum RecognitionAreaPaper {
    static func head(
        _ dossier: RecognitionDossierAnswer, symbol: String, day: Day?, isDraft: Bool = false, _ view: View
    ) -> WebDocumentHead {
        let commune = (dossier.commune ?? dossier.area).named { view($0, $1) }
        return WebDocumentHead(
            superior: [view("recognition.review.paper.front", ["commune": commune]).uppercased()],
            issuer: view("recognition.review.paper.issuer", ["area": dossier.areaNameInside(view)]).uppercased(),
            symbol: symbol, place: dossier.area.name,
            dayText: day.map { view.language.format.paperDate($0) }
                ?? view(
                    "recognition.paper.openDay", ["month": "\(view.today.month)", "year": "\(view.today.year)"]),
            isDraft: isDraft)
    }

    /// - Parameter page: of the dossier, which the code on the paper opens; nil leaves the code out.
    static func trace(_ dossier: RecognitionDossierAnswer, opens page: String? = nil, _ view: View) -> WebTrace {
        view.trace(
            record: dossier.id, revision: dossier.revision, valid: view("recognition.review.paper.valid"),
            opens: page.map { "/dossiers/\(dossier.id)/\($0)" })
    }
}

/// An attendance sheet with blank rows: one for each household, no name printed.
struct RecognitionAttendanceOutput: Output {
    let dossier: RecognitionDossierAnswer
    /// How many rows are drawn.
    let rows: Int
    let needed: Int?

    /// More rows than this are no hamlet.
    static let mostRows = 600

    static var sample: RecognitionAttendanceOutput {
        RecognitionAttendanceOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), rows: 2, needed: 108)
    }

    struct Content: Sendable {
        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let text: String
        let numbers: [String]
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.review.paper.attendance", ["area": dossier.areaNameInside(view)])
        return Page(
            "recognition-attendance", title: title,
            Content(
                back: WebLink("/dossiers/\(dossier.id)/review", view("recognition.review.paper.back")),
                document: RecognitionAreaPaper.head(
                    dossier, symbol: view("recognition.review.paper.listSymbol"), day: nil, view),
                about: title,
                text: needed.map {
                    view("recognition.review.paper.attendanceText", ["needed": "\($0)", "households": "\(rows)"])
                } ?? view("recognition.review.paper.attendancePlain"),
                numbers: (1...max(1, rows)).map { "\($0)" },
                trace: RecognitionAreaPaper.trace(dossier, opens: "review", view)))
    }
}

/// The posting's notice (thông báo niêm yết) on A4, with what each indicator has.
struct RecognitionNoticeOutput: Output {
    let dossier: RecognitionDossierAnswer
    let posting: RecognitionPostingAnswer
    let groups: [RecognitionPostedOutput.Group]
    let total: Int
    let maximum: Int

    static var sample: RecognitionNoticeOutput {
        let posted = RecognitionPostedOutput.sample
        return RecognitionNoticeOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
            posting: posted.posting, groups: posted.groups, total: posted.total, maximum: posted.maximum)
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let name: String
            let value: String
            let outcome: String
        }

        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let paragraphs: [String]
        let rows: [Row]
        let address: String
        /// The code as inline SVG.
        let qrPath: String?
        let qrSize: Int
        let sign: WebDocumentSign
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let code = try? QRCode(view.absolute("/posted/\(dossier.id)"))
        let title = view(
            "recognition.posting.paper.about", ["title": dossier.titleName.shown(view), "year": "\(dossier.year)"])
        return Page(
            "recognition-posting-notice", title: title,
            Content(
                back: WebLink("/dossiers/\(dossier.id)/posting", view("recognition.posting.paper.back")),
                document: RecognitionAreaPaper.head(
                    dossier, symbol: view("recognition.posting.paper.symbol"), day: posting.from, view),
                about: title,
                paragraphs: [
                    view(
                        "recognition.posting.paper.body",
                        [
                            "area": dossier.areaNameInside(view), "title": dossier.titleName.shown(view),
                            "year": "\(dossier.year)", "from": view.day(posting.from), "last": view.day(posting.last),
                            "days": "\(posting.days)",
                        ]),
                    view(
                        "recognition.posting.paper.points",
                        ["points": view.points(total), "maximum": view.points(maximum)]),
                    view(
                        "recognition.posting.paper.comments",
                        ["commune": (dossier.commune ?? dossier.area).named { view($0, $1) }]),
                ],
                rows: groups.flatMap(\.lines).map { line in
                    Content.Row(
                        name: "\(line.code) \(line.name.shown(view))",
                        value: [line.figure(view), line.change(view)].compactMap { $0 }.joined(separator: ". "),
                        outcome: line.verdict.status(view).word)
                },
                address: view.absolute("/posted/\(dossier.id)"),
                qrPath: code?.squares, qrSize: code?.wholeSide ?? 0,
                sign: WebDocumentSign(
                    recipients: [
                        view("recognition.posting.paper.toBoard"), view("recognition.posting.paper.toFile"),
                    ],
                    authority: view("recognition.review.paper.authority"),
                    office: view("recognition.review.paper.head"),
                    blank: view("recognition.review.paper.blank")),
                trace: RecognitionAreaPaper.trace(dossier, view)))
    }
}
