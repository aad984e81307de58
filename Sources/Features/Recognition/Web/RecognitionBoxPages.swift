import Ballots
import Core
import Web

/// How answering by code stands beside the paper.
struct RecognitionBoxAnswer: Encodable, Sendable {
    let ballot: ID
    let codes: Ballots.Codes
    let from: Day
    let last: Day
    let isClosed: Bool

    init(_ box: Ballots.Box) {
        ballot = box.ballot
        codes = box.codes
        from = box.window.from
        last = box.window.last
        isClosed = box.isClosed
    }

    static let sample = RecognitionBoxAnswer(
        Ballots.Box(
            ballot: RecognitionSamples.id, codes: Ballots.Codes(households: 114, spares: 2, burnt: 30),
            window: Ballots.Window(from: RecognitionSamples.day, last: RecognitionSamples.day), isClosed: false,
            tally: nil))

    func facts(_ view: View) -> WebFacts {
        let format = view.language.format
        return WebFacts(facts: [
            WebFact(
                view("recognition.ballot.box.days"),
                view("recognition.ballot.box.daysText", ["from": view.day(from), "last": view.day(last)]),
                status: isClosed
                    ? WebStatus(.done, view("recognition.ballot.box.closed"))
                    : WebStatus(.waiting, view("recognition.ballot.box.running"))),
            WebFact(
                view("recognition.ballot.fact.codesOut"),
                view(
                    "recognition.ballot.codesAndSpares",
                    ["codes": format.integer(codes.households), "spares": format.integer(codes.spares)])),
            WebFact(view("recognition.ballot.fact.codesBack"), format.integer(codes.burnt)),
        ])
    }
}

/// Where the count of one topic is typed: three numbers that are read together.
struct RecognitionTopicFields: Sendable {
    struct Input: Sendable {
        let id: String
        let label: String
        let hint: String?
        let error: String?
        let value: String?
    }

    let text: String
    let inputs: [Input]

    /// What an error at one of them begins with in the summary: the question and the answer.
    static func labels(of topics: [Ballots.Question], _ view: View) -> [String: String] {
        let named = of(topics, filled: [:], view).flatMap { topic in
            topic.inputs.map { ($0.id, "\(topic.text) \($0.label)") }
        }
        return Dictionary(named, uniquingKeysWith: { first, _ in first })
    }

    static func of(
        _ topics: [Ballots.Question], filled: [String: String], _ view: View
    ) -> [RecognitionTopicFields] {
        let back = view.submitted.flatMap { $0.form == RecognitionCountForm.name ? $0 : nil }
        return topics.map { topic in
            RecognitionTopicFields(
                text: view.language == .en && !topic.en.isEmpty ? topic.en : topic.vi,
                inputs: Ballots.Answer.allCases.map { answer in
                    let name = "topic.\(topic.code)-\(answer.rawValue)"
                    let error = back?.errors.first { $0.field == name }
                    return Input(
                        id: name, label: view("recognition.ballot.fact.\(answer.rawValue)"), hint: nil,
                        error: error.map { view($0.key, $0.arguments) },
                        value: back?.input.values[name] ?? filled[name])
                })
        }
    }
}

/// What everybody may check of a posting's ballot: the result, its hash, and whether counting again says the same.
struct RecognitionBallotResultOutput: Output {
    let dossier: RecognitionDossierAnswer
    let result: RecognitionBallotResultAnswer?
    let questions: [Ballots.Question]
    let hash: String
    let holds: Bool
    /// What is hashed; told as far as the counts are.
    let text: String?

    static var sample: RecognitionBallotResultOutput {
        RecognitionBallotResultOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
            result: .sample, questions: RecognitionSamples.topics,
            hash: String(repeating: "0", count: 64), holds: true, text: "kieumau ballot result 1\n")
    }

    struct Content: Sendable {
        let head: WebHead
        let facts: WebFacts
        let topicTable: WebTable?
        let trust: WebFacts
        let text: String?
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.ballot.title", ["area": dossier.areaName(view)])
        return Page(
            "recognition-ballot-result", title: title,
            Content(
                head: WebHead(
                    title: title, lead: dossier.place(view),
                    crumbs: [WebCrumb(view("recognition.ballot.posted"), "/posted/\(dossier.id)")],
                    status: result?.status(view)),
                facts: WebFacts(facts: result?.facts(view) ?? []), topicTable: result?.topicTable(questions, view),
                trust: BallotsTrust.facts(hash, holds: holds, view), text: text))
    }
}
