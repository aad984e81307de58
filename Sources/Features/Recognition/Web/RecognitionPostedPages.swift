import Ballots
import Core
import Criteria
import Organisation
import Web

/// The result of a ballot as anybody may read it: with few valid slips only whether it passed.
struct RecognitionBallotResultAnswer: Encodable, Sendable {
    let households: Int
    let handedOut: Int
    let passes: Bool
    let isAnswered: Bool
    let isSatisfied: Bool
    /// Nil with under twenty valid slips, because answers could be guessed.
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
            return facts + [WebFact(view("recognition.ballot.fact.counts"), view("recognition.ballot.few"))]
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

    static let sample = RecognitionBallotResultAnswer(RecognitionSamples.ballot, by: .standard)
}

/// What everybody reads of a posting, and where a resident without an account comments.
struct RecognitionPostedOutput: Output {
    struct Line: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        /// Nil where the exact value is not told (small numbers).
        let value: RecognitionValueAnswer?
        /// `whole`, `underFive`, `withheld`.
        let shown: Criteria.SmallNumber.Shown
        let verdict: RecognitionVerdictAnswer
        /// Households for it, of those present.
        let votes: Int?
        /// What the area did after it was voted down.
        let word: String?
    }

    struct Group: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        let points: Int
        let maximum: Int
        let lines: [Line]
    }

    struct Comment: Encodable, Sendable {
        let day: Day
        let text: String
        let answer: String?
        let answeredOn: Day?
    }

    struct Meeting: Encodable, Sendable {
        let day: Day
        let present: Int
        let households: Int
        let neededVotes: Int
        let votedDown: [String]
    }

    let id: ID
    let area: TerritoryTitle
    let commune: TerritoryTitle?
    let year: Int
    let titleName: RecognitionName
    let posting: RecognitionPostingAnswer
    /// Whether a comment can be sent today.
    let isOpen: Bool
    let meeting: Meeting?
    let groups: [Group]
    let total: Int
    let maximum: Int
    let comments: [Comment]
    let ballot: RecognitionBallotResultAnswer?
    /// Where households with a code answer, while the box takes slips.
    let vote: String?

    static var sample: RecognitionPostedOutput {
        RecognitionPostedOutput(
            id: RecognitionSamples.id, area: RecognitionSamples.area, commune: RecognitionSamples.commune, year: 2026,
            titleName: .sample,
            posting: RecognitionPostingAnswer(RecognitionSamples.postingDays, on: RecognitionSamples.day),
            isOpen: true,
            meeting: Meeting(
                day: RecognitionSamples.day, present: 158, households: 214, neededVotes: 80, votedDown: ["III.3"]),
            groups: [
                Group(
                    code: "III", name: .sample, points: 400, maximum: 500,
                    lines: [
                        Line(
                            code: "III.3", name: .sample,
                            value: RecognitionValueAnswer(
                                RecognitionSamples.entry.value, RecognitionSamples.indicator),
                            shown: .whole,
                            verdict: RecognitionVerdictAnswer(
                                Criteria.Verdict(.met, points: 400), of: RecognitionSamples.indicator),
                            votes: 150, word: "Pinned anew.")
                    ])
            ],
            total: 400, maximum: 500,
            comments: [
                Comment(
                    day: RecognitionSamples.day, text: "Lamps.", answer: "Mended.", answeredOn: RecognitionSamples.day)
            ], ballot: .sample, vote: "/vote")
    }

    struct Content: Sendable {
        struct Group: Sendable {
            let title: String
            let table: WebTable
        }

        let head: WebHead
        let notice: WebNotice
        let facts: WebFacts
        let groups: [Content.Group]
        let comments: WebHistory?
        let noComments: String?
        let ballot: WebFacts?
        let ballotLink: WebLink?
        let vote: WebNotice?
        let comment: FormView?
        let commentText: String
    }

    func page(_ view: View) -> Page {
        let name = view.named(area)
        let title = view("recognition.posting.public.title", ["area": name])
        let place = [area, commune].compactMap { $0 }.line { view($0, $1) }
        return Page(
            "recognition-posted", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: "\(place) · "
                        + view("recognition.posting.public.for", ["title": titleName.shown(view), "year": "\(year)"]),
                    status: posting.status(view)),
                notice: notice(view), facts: facts(view),
                groups: groups.map { group in
                    Content.Group(
                        title: view(
                            "recognition.posting.public.group",
                            [
                                "name": "\(group.code). \(group.name.shown(view))",
                                "points": view.points(group.points), "maximum": view.points(group.maximum),
                            ]), table: table(group, view))
                },
                comments: comments.isEmpty ? nil : WebHistory(events: comments.map { event($0, view) }),
                noComments: comments.isEmpty ? view("recognition.posting.public.noComments") : nil,
                ballot: ballot.map { WebFacts(facts: $0.facts(view)) },
                ballotLink: ballot == nil
                    ? nil : WebLink("/posted/\(id)/ballot", view("recognition.ballot.checkLink")),
                vote: vote.map {
                    WebNotice(
                        .ask, text: view("recognition.ballot.voteText"),
                        action: WebLink($0, view("recognition.ballot.voteLink")))
                },
                comment: isOpen
                    ? view.form(RecognitionCommentForm.self, action: "/posted/\(id)/comments") : nil,
                commentText: view(
                    "recognition.posting.public.commentText",
                    ["commune": commune.map { $0.named { view($0, $1) } } ?? "", "last": view.day(posting.last)])))
    }

    private func notice(_ view: View) -> WebNotice {
        if posting.isOver { return WebNotice(.plain, text: view("recognition.posting.public.over")) }
        return WebNotice(
            .ask, bold: posting.text(view),
            text: view(isOpen ? "recognition.posting.public.open" : "recognition.posting.public.notYet"))
    }

    private func facts(_ view: View) -> WebFacts {
        let format = view.language.format
        var facts = [
            WebFact(view("recognition.posting.when"), posting.text(view)),
            WebFact(
                view("recognition.posting.public.total"),
                view(
                    "recognition.posting.public.points",
                    ["points": view.points(total), "maximum": view.points(maximum)])),
        ]
        if let meeting {
            facts.append(
                WebFact(
                    view("recognition.posting.public.meeting"),
                    view(
                        "recognition.posting.public.meetingText",
                        [
                            "day": view.day(meeting.day), "present": format.integer(meeting.present),
                            "households": format.integer(meeting.households),
                        ])))
            if !meeting.votedDown.isEmpty {
                facts.append(
                    WebFact(
                        view("recognition.posting.public.votedDown"), meeting.votedDown.joined(separator: ", ")))
            }
        }
        return WebFacts(facts: facts)
    }

    private func table(_ group: Group, _ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.column.indicator")), WebColumn(view("recognition.side.self")),
                WebColumn(view("recognition.column.verdict")),
                WebColumn(view("recognition.review.column.votes"), isNumber: true),
            ],
            rows: group.lines.map { line in
                WebRow([
                    .head("\(line.code) \(line.name.shown(view))", also: line.word), .text(figure(line, view)),
                    .status(line.verdict.status(view)),
                    .number(
                        line.votes.map { votes in
                            meeting.map { "\(votes)/\($0.present)" } ?? "\(votes)"
                        }),
                ])
            })
    }

    private func figure(_ line: Line, _ view: View) -> String {
        switch line.shown {
        case .underFive: view("recognition.posting.public.underFive")
        case .withheld: view("recognition.posting.public.withheld")
        case .whole: line.value?.shown(view) ?? view("recognition.verdict.missing")
        }
    }

    private func event(_ comment: Comment, _ view: View) -> WebEvent {
        let answer = comment.answer.map { answer in
            view(
                "recognition.posting.public.answer",
                ["day": comment.answeredOn.map { view.day($0) } ?? "", "answer": answer])
        }
        return WebEvent(
            state: answer == nil ? .question : .done, title: "\(view.day(comment.day)): \(comment.text)",
            text: answer ?? view("recognition.posting.public.noAnswer"))
    }
}
