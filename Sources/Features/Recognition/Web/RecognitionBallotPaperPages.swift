import Core
import Criteria
import Organisation
import Web

/// Blank slips of the household ballot, four on a sheet of A4 in large type. Nothing on a slip tells whose it is.
struct RecognitionSlipOutput: Output {
    let dossier: RecognitionDossierAnswer

    static var sample: RecognitionSlipOutput {
        RecognitionSlipOutput(dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set))
    }

    struct Content: Sendable {
        let back: WebLink
        let about: String
        let question: String
        let slips: [String]
        let footer: String
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.ballot.paper.slip", ["area": dossier.areaName(view)])
        return Page(
            "recognition-ballot-slip", title: title,
            Content(
                back: WebLink("/dossiers/\(dossier.id)/ballot", view("recognition.ballot.paper.back")), about: title,
                question: view(
                    "recognition.ballot.paper.question",
                    [
                        "area": dossier.areaName(view), "title": dossier.titleName.shown(view),
                        "year": "\(dossier.year)",
                    ]),
                slips: (1...4).map { "\($0)" },
                footer: view(
                    view.isDemonstration ? "recognition.ballot.paper.invented" : "recognition.ballot.paper.box")))
    }
}

/// The minutes of the count (biên bản kiểm phiếu) on A4: blank before the result stands, to be filled in by hand.
struct RecognitionCountMinutesOutput: Output {
    let dossier: RecognitionDossierAnswer
    let households: Int
    let handedOut: Int?
    let result: RecognitionBallotResultAnswer?
    let counters: [String]
    let fixedOn: Day?

    static var sample: RecognitionCountMinutesOutput {
        RecognitionCountMinutesOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), households: 214,
            handedOut: 214, result: .sample, counters: ["Sample"], fixedOn: RecognitionSamples.day)
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let name: String
            let value: String
        }

        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let body: String
        let rows: [Row]
        let counters: [String]
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let title = view(
            "recognition.ballot.paper.minutes", ["title": dossier.titleName.shown(view), "year": "\(dossier.year)"])
        let blank = "…………"
        func row(_ name: String, _ value: Int?) -> Content.Row {
            Content.Row(name: view("recognition.ballot.fact.\(name)"), value: value.map { "\($0)" } ?? blank)
        }
        let rows = [
            Content.Row(name: view("recognition.column.households"), value: "\(households)"),
            row("handedOut", handedOut), row("returned", result?.returned), row("valid", result?.valid),
            row("satisfied", result?.satisfied), row("unsatisfied", result?.unsatisfied),
            row("noOpinion", result?.noOpinion),
        ]
        return Page(
            "recognition-ballot-minutes", title: title,
            Content(
                back: WebLink("/dossiers/\(dossier.id)/ballot", view("recognition.ballot.paper.back")),
                document: RecognitionAreaPaper.head(
                    dossier, symbol: view("recognition.review.paper.minutesSymbol"), day: fixedOn, view),
                about: title,
                body: view("recognition.ballot.paper.body", ["area": dossier.areaName(view)]), rows: rows,
                counters: counters.isEmpty
                    ? (0..<Recognition.Terms.counters).map { _ in blank + blank } : counters,
                trace: RecognitionAreaPaper.trace(dossier, view)))
    }
}
