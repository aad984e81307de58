import Ballots
import Core
import Criteria
import Organisation
import Web

/// Blank slips of the household ballot, four on a sheet of A4 in large type, two where more than
/// two topics are asked. Nothing on a slip tells whose it is.
struct RecognitionSlipOutput: Output {
    let dossier: RecognitionDossierAnswer
    /// Asked besides the overall question.
    let topics: [Ballots.Question]

    static var sample: RecognitionSlipOutput {
        RecognitionSlipOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
            topics: RecognitionSamples.topics)
    }

    struct Content: Sendable {
        let topics: [String]
        let back: WebLink
        let about: String
        let question: String
        let slips: [String]
        let footer: String
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.ballot.paper.slip", ["area": dossier.areaNameInside(view)])
        return Page(
            "recognition-ballot-slip", title: title,
            Content(
                topics: topics.map { view.language == .en && !$0.en.isEmpty ? $0.en : $0.vi },
                back: WebLink("/dossiers/\(dossier.id)/ballot", view("recognition.ballot.paper.back")), about: title,
                question: view(
                    "recognition.ballot.paper.question",
                    [
                        "area": dossier.areaNameInside(view), "title": dossier.titleName.shown(view),
                        "year": "\(dossier.year)",
                    ]),
                slips: (1...(topics.count <= 2 ? 4 : 2)).map { "\($0)" },
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
    /// Nil before the result stands: written by hand.
    let fetchedBy: String?
    /// No slip went out on paper, so no box was brought.
    let isByCodeAlone: Bool
    let fixedOn: Day?
    /// Slips that came back with a code; nil without a box.
    let codesBack: Int?
    /// Nil until the result stands.
    let hash: String?
    let topics: [Ballots.Question]

    static var sample: RecognitionCountMinutesOutput {
        RecognitionCountMinutesOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), households: 214,
            handedOut: 214, result: .sample, counters: ["Sample"], fetchedBy: "Sample",
            isByCodeAlone: false, fixedOn: RecognitionSamples.day, codesBack: 30,
            hash: String(repeating: "0", count: 64), topics: RecognitionSamples.topics)
    }

    func page(_ view: View) -> Page {
        let blank = "…………"
        let title = view(
            "recognition.ballot.paper.minutes", ["title": dossier.titleName.shown(view), "year": "\(dossier.year)"])
        func row(_ name: String, _ value: Int?) -> [String] {
            [view("recognition.ballot.fact.\(name)"), value.map { view.language.format.integer($0) } ?? blank]
        }
        let slips = [
            [view("recognition.column.households"), view.language.format.integer(households)],
            row("handedOut", handedOut),
        ]
        let figures =
            [
                row("returned", result?.returned), row("valid", result?.valid),
                row("satisfied", result?.satisfied), row("unsatisfied", result?.unsatisfied),
                row("noOpinion", result?.noOpinion),
            ] + (codesBack.map { [row("codesBack", result?.returned == nil ? nil : $0)] } ?? [])
        // A result without figures says so; lines to be filled in by hand are for before it stands.
        let untold = result.flatMap { result in
            result.untold.map { _ in
                [[view("recognition.column.verdict"), result.status(view).word]]
                    + result.untoldFact(view).map { [$0.name, $0.value] }
            }
        }
        let rows = slips + (untold ?? figures)
        let shownHash = hash.map { "\(view("ballots.paper.hash")) \(Ballots.Frozen(text: "", hash: $0).shownHash)" }
        let who = counters.isEmpty ? (0..<Recognition.Terms.counters).map { _ in blank + blank } : counters
        return RecognitionMinutes(
            back: WebLink("/dossiers/\(dossier.id)/ballot", view("recognition.ballot.paper.back")),
            document: RecognitionAreaPaper.head(
                dossier, symbol: view("recognition.review.paper.minutesSymbol"), day: fixedOn, view),
            kind: view("recognition.ballot.paper.title"), about: title,
            parts: [
                RecognitionMinutes.Part(
                    paragraphs: [
                        view(
                            isByCodeAlone ? "recognition.ballot.paper.bodyByCode" : "recognition.ballot.paper.body",
                            ["area": dossier.areaNameInside(view), "person": fetchedBy ?? blank + blank])
                    ],
                    table: RecognitionMinutes.Table([], numbers: [1], rows)),
                RecognitionMinutes.Part(
                    paragraphs: [shownHash].compactMap { $0 },
                    table: result?.topicTable(topics, view).map { RecognitionMinutes.Table($0) }),
                RecognitionMinutes.Part(view("recognition.ballot.paper.counters")),
            ],
            signs: who.map {
                RecognitionMinutes.Sign($0, nil, blank: view("recognition.review.paper.blank"))
            },
            trace: hash == nil
                ? RecognitionAreaPaper.trace(dossier, opens: "ballot", view)
                : view.trace(
                    record: dossier.id, revision: dossier.revision,
                    valid: view("recognition.ballot.paper.check"), opens: "/posted/\(dossier.id)/ballot")
        ).page
    }
}
