import Ballots
import Core
import Criteria
import Organisation
import Web

/// What everybody reads of a posting, and where a resident without an account comments.
struct RecognitionPostedOutput: Output {
    /// A value that was changed after it was posted.
    struct Changed: Encodable, Sendable {
        /// Nil: it counts for nothing any more.
        let day: Day?
        /// Nil where the exact value is not told (small numbers), or there is none.
        let value: RecognitionValueAnswer?
        let shown: Criteria.SmallNumber.Shown
    }

    struct Line: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        /// Nil where the exact value is not told (small numbers).
        let value: RecognitionValueAnswer?
        /// `whole`, `underFive`, `withheld`.
        let shown: Criteria.SmallNumber.Shown
        /// What stands there now, where something else was posted.
        let changed: Changed?
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
                            changed: Changed(
                                day: RecognitionSamples.day,
                                value: RecognitionValueAnswer(
                                    RecognitionSamples.entry.value, RecognitionSamples.indicator),
                                shown: .whole),
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
                    .head("\(line.code) \(line.name.shown(view))", also: line.word),
                    .text(line.figure(view), also: line.change(view)),
                    .status(line.verdict.status(view)),
                    .number(
                        line.votes.map { votes in
                            meeting.map { "\(votes)/\($0.present)" } ?? "\(votes)"
                        }),
                ])
            })
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

extension RecognitionPostedOutput.Line {
    /// As it was posted.
    func figure(_ view: View) -> String { RecognitionPostedOutput.figure(value, shown, view) }

    /// That it was changed since, when, and to what.
    func change(_ view: View) -> String? {
        guard let changed else { return nil }
        guard let day = changed.day else { return view("recognition.posting.public.removed") }
        return view(
            "recognition.posting.public.changed",
            ["day": view.day(day), "value": RecognitionPostedOutput.figure(changed.value, changed.shown, view)])
    }
}

extension RecognitionPostedOutput {
    fileprivate static func figure(
        _ value: RecognitionValueAnswer?, _ shown: Criteria.SmallNumber.Shown, _ view: View
    ) -> String {
        switch shown {
        case .underFive: view("recognition.posting.public.underFive")
        case .withheld: view("recognition.posting.public.withheld")
        case .whole: value?.shown(view) ?? view("recognition.verdict.missing")
        }
    }
}
