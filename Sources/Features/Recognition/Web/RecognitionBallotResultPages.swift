import Ballots
import Core
import Criteria
import Organisation
import Web

/// The result of a ballot as anybody may read it: with few valid slips, in all or in one part, only whether it passed.
struct RecognitionBallotResultAnswer: Encodable, Sendable {
    let households: Int
    let handedOut: Int
    let passes: Bool
    let isAnswered: Bool
    let isSatisfied: Bool
    /// Why the figures below are nil; nil where they are told.
    private(set) var untold: Recognition.Ballot.Untold?
    /// Nil where answers could be guessed or made out by subtracting.
    let returned: Int?
    let valid: Int?
    let satisfied: Int?
    let unsatisfied: Int?
    let noOpinion: Int?
    /// Topic by topic, beside the overall question; nil with few slips.
    let topics: [Ballots.Tally.Line]?
    /// Of the slips handed out, those with a code; spare ones are counted apart, for lost slips.
    let codes: Int?
    let spares: Int?

    init?(_ ballot: Recognition.Ballot, by terms: Recognition.Terms) {
        guard let count = ballot.result, let handedOut = ballot.handedOut else { return nil }
        let shows = ballot.showsCounts
        untold = ballot.untold
        households = ballot.households
        self.handedOut = handedOut
        isAnswered = ballot.isAnswered(by: terms)
        isSatisfied = ballot.isSatisfied(by: terms)
        passes = ballot.passes(by: terms)
        returned = shows ? count.returned : nil
        valid = shows ? count.valid : nil
        satisfied = shows ? count.satisfied : nil
        unsatisfied = shows ? count.unsatisfied : nil
        noOpinion = shows ? count.noOpinion : nil
        topics = shows ? count.topics : nil
        codes = ballot.box?.codes.households
        spares = ballot.box?.codes.spares
    }

    func status(_ view: View) -> WebStatus {
        passes
            ? WebStatus(.done, view("recognition.ballot.passes"))
            : WebStatus(.unmet, view(isAnswered ? "recognition.ballot.passesNot" : "recognition.ballot.fewReturned"))
    }

    /// What was said to each topic; nil without topics, and with few slips.
    func topicTable(_ asked: [Ballots.Question], _ view: View) -> WebTable? {
        guard let topics, !topics.isEmpty else { return nil }
        let format = view.language.format
        return WebTable(
            columns: [
                WebColumn(view("recognition.ballot.column.topic")),
                WebColumn(view("recognition.ballot.fact.satisfied"), isNumber: true),
                WebColumn(view("recognition.ballot.fact.unsatisfied"), isNumber: true),
                WebColumn(view("recognition.ballot.fact.noOpinion"), isNumber: true),
            ],
            rows: topics.map { line in
                let topic = asked.first { $0.code == line.code }
                let name = topic.map { view.language == .en && !$0.en.isEmpty ? $0.en : $0.vi }
                return WebRow([
                    .head(name ?? line.code), .number(format.integer(line.satisfied)),
                    .number(format.integer(line.unsatisfied)), .number(format.integer(line.noOpinion)),
                ])
            })
    }

    /// Why there are no figures, as name and value; empty where there are.
    func untoldFact(_ view: View) -> [WebFact] {
        untold.map {
            [WebFact(view("recognition.ballot.fact.counts"), view("recognition.ballot.untold.\($0.rawValue)"))]
        } ?? []
    }

    /// Slips and shares as name and value.
    func facts(_ view: View) -> [WebFact] {
        let format = view.language.format
        func share(_ part: Int, _ whole: Int) -> String {
            let tenths = whole > 0 ? (part * 2_000 + whole) / (2 * whole) : 0
            return format.percent(Quantity(thousandths: Int64(tenths) * 100))
        }
        var facts = [
            WebFact(view("recognition.ballot.fact.handedOut"), format.integer(handedOut)),
            WebFact(view("recognition.column.verdict"), "", status: status(view)),
        ]
        guard let returned, let valid, let satisfied, let unsatisfied, let noOpinion else {
            return facts + untoldFact(view)
        }
        facts.insert(
            WebFact(
                view("recognition.ballot.fact.returned"),
                view(
                    "recognition.ballot.shareOf",
                    ["count": format.integer(returned), "share": share(returned, households)])), at: 1)
        facts.insert(WebFact(view("recognition.ballot.fact.valid"), format.integer(valid)), at: 2)
        facts.insert(
            WebFact(
                view("recognition.ballot.fact.satisfied"),
                view(
                    "recognition.ballot.shareOf",
                    ["count": format.integer(satisfied), "share": share(satisfied, valid)])), at: 3)
        facts.insert(WebFact(view("recognition.ballot.fact.unsatisfied"), format.integer(unsatisfied)), at: 4)
        facts.insert(WebFact(view("recognition.ballot.fact.noOpinion"), format.integer(noOpinion)), at: 5)
        if let codes, let spares {
            facts.insert(
                WebFact(
                    view("recognition.ballot.fact.codes"),
                    view(
                        "recognition.ballot.codesAndSpares",
                        ["codes": format.integer(codes), "spares": format.integer(spares)])), at: 1)
        }
        return facts
    }

    static let sample: RecognitionBallotResultAnswer? = {
        var answer = RecognitionBallotResultAnswer(RecognitionSamples.ballot, by: .standard)
        answer?.untold = .few
        return answer
    }()
}
