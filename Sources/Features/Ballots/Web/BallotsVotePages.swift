import Core
import Organisation
import Web

/// Ballots that take answers today: for whoever has a slip and no camera that reads its QR code.
struct BallotsVoteListOutput: Output {
    let ballots: [BallotsAbout]
    let q: String?

    static var sample: BallotsVoteListOutput {
        BallotsVoteListOutput(ballots: [BallotsSamples.about], q: "sample")
    }

    struct Content: Sendable {
        let head: WebHead
        let q: String?
        let rows: WebRows?
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("ballots.vote.list.title")
        return Page(
            "ballots-vote-list", title: title,
            Content(
                head: WebHead(title: title, lead: view("ballots.vote.list.lead")), q: q,
                rows: ballots.isEmpty
                    ? nil
                    : WebRows(
                        rows: ballots.map { ballot in
                            WebLine(
                                title: view.ballotLine(ballot.area, ballot.commune), href: "/vote/\(ballot.id)",
                                text: ballot.subject(view),
                                right: view("ballots.vote.until", ["last": view.day(ballot.last)]))
                        }),
                empty: ballots.isEmpty
                    ? WebEmpty(
                        title: view(q == nil ? "ballots.vote.list.empty.title" : "ballots.vote.list.none.title"),
                        text: view(q == nil ? "ballots.vote.list.empty.text" : "ballots.vote.list.none.text"))
                    : nil))
    }
}

/// A household's slip on a screen: who asks, until when, what is kept, the code and the questions.
struct BallotsVoteOutput: Output {
    let ballot: BallotsAbout
    /// On a telephone that many use one after another.
    let isKiosk: Bool
    /// Why the last day was put off.
    let reasons: [String]
    let hasResult: Bool

    static var sample: BallotsVoteOutput {
        BallotsVoteOutput(ballot: BallotsSamples.about, isKiosk: false, reasons: ["Rain"], hasResult: true)
    }

    struct Content: Sendable {
        struct Option: Sendable {
            let id: String
            let value: String
            let label: String
            let selected: Bool
            let isSatisfied: Bool
            let isUnsatisfied: Bool
            let isNoOpinion: Bool
        }

        struct Question: Sendable {
            let id: String
            let name: String
            let text: String
            let number: String?
            let hint: String?
            let error: String?
            let options: [Option]
        }

        let head: WebHead
        let practice: WebNotice?
        let closed: WebNotice?
        let facts: WebFacts
        let later: [String]
        let form: FormView?
        let code: WebField?
        let typedCode: String?
        let questions: [Question]
        let back: String?
    }

    private var home: String { "/vote/\(ballot.id)\(isKiosk ? "/kiosk/slip" : "")" }

    func page(_ view: View) -> Page {
        let title = view("ballots.vote.title", ["area": view.ballotPlace(ballot.area)])
        var form = ballot.stage == .open ? view.form(BallotsVoteForm.self, action: home) : nil
        if isKiosk { form?.errors?.kept = view("ballots.kiosk.cleared") }
        // What one voter typed is never shown to the next one who holds the same telephone.
        let typed = isKiosk ? nil : form?.typed
        return Page(
            isKiosk ? "ballots-kiosk-slip" : "ballots-vote", title: title,
            Content(
                head: WebHead(title: title, lead: ballot.subject(view)),
                practice: ballot.kind == .practice ? WebNotice(.plain, text: view("ballots.vote.practice")) : nil,
                closed: ballot.stage == .open ? nil : closed(view), facts: facts(view), later: reasons, form: form,
                code: form?.field["code"], typedCode: typed?["code"],
                questions: form == nil
                    ? []
                    : ballot.questions.enumerated().map { index, question in
                        asked(question, number: index, typed, form?.messages ?? [:], view)
                    }, back: isKiosk ? "/vote/\(ballot.id)/kiosk" : nil))
    }

    private func asked(
        _ question: Ballots.Question, number: Int, _ typed: [String: String]?, _ messages: [String: String],
        _ view: View
    ) -> Content.Question {
        let name = "answer.\(question.code)"
        return Content.Question(
            id: name, name: name, text: view.question(question, of: ballot),
            number: ballot.questions.count > 1 ? "\(number + 1)" : nil, hint: nil,
            error: messages[name],
            options: Ballots.Answer.allCases.map { answer in
                Content.Option(
                    id: "q\(number)-\(answer.rawValue)", value: answer.rawValue,
                    label: view("ballots.answer.\(answer.rawValue)"), selected: typed?[name] == answer.rawValue,
                    isSatisfied: answer == .satisfied, isUnsatisfied: answer == .unsatisfied,
                    isNoOpinion: answer == .noOpinion)
            })
    }

    private func closed(_ view: View) -> WebNotice {
        let days = ["from": view.day(ballot.from), "last": view.day(ballot.last)]
        return WebNotice(
            .plain, text: view("ballots.vote.stage.\(ballot.stage.rawValue)", days),
            action: hasResult ? WebLink("/vote/\(ballot.id)/result", view("ballots.link.result")) : nil)
    }

    private func facts(_ view: View) -> WebFacts {
        WebFacts(facts: [
            WebFact(
                view("ballots.vote.who"),
                view("ballots.vote.whoText", ["place": (ballot.commune ?? ballot.area).headed { view($0, $1) }])),
            WebFact(view("ballots.vote.when"), ballot.days(view)),
        ])
    }
}

/// The same slip on a telephone that many use one after another.
struct BallotsKioskSlipOutput: Output {
    let slip: BallotsVoteOutput

    static var sample: BallotsKioskSlipOutput {
        BallotsKioskSlipOutput(
            slip: BallotsVoteOutput(ballot: BallotsSamples.about, isKiosk: true, reasons: ["Rain"], hasResult: true))
    }

    func page(_ view: View) -> Page { slip.page(view) }
}

/// The thanks on such a telephone; the screen goes blank by itself.
struct BallotsKioskVotedOutput: Output {
    let voted: BallotsVotedOutput

    static var sample: BallotsKioskVotedOutput {
        BallotsKioskVotedOutput(voted: BallotsVotedOutput(ballot: BallotsSamples.about, isKiosk: true))
    }

    func page(_ view: View) -> Page { voted.page(view) }
}

/// After a slip was sent. It says the same whether the code was new or used before.
struct BallotsVotedOutput: Output {
    let ballot: BallotsAbout
    let isKiosk: Bool

    static var sample: BallotsVotedOutput { BallotsVotedOutput(ballot: BallotsSamples.about, isKiosk: false) }

    struct Content: Sendable {
        let head: WebHead
        let text: String
        let next: WebLink
    }

    func page(_ view: View) -> Page {
        let title = view("ballots.voted.title")
        return Page(
            isKiosk ? "ballots-kiosk-done" : "ballots-voted", title: title,
            Content(
                head: WebHead(title: title),
                text: view(isKiosk ? "ballots.voted.kiosk" : "ballots.voted.text"),
                next: isKiosk
                    ? WebLink("/vote/\(ballot.id)/kiosk", view("ballots.voted.next"))
                    : WebLink("/portal", view("ballots.voted.portal"))))
    }
}

/// The screen between two voters: nothing but where the next one presses.
struct BallotsKioskOutput: Output {
    let ballot: BallotsAbout

    static var sample: BallotsKioskOutput { BallotsKioskOutput(ballot: BallotsSamples.about) }

    struct Content: Sendable {
        let place: String
        let begin: WebLink?
        let closed: String?
        let end: WebLink
    }

    func page(_ view: View) -> Page {
        Page(
            "ballots-kiosk", title: view("ballots.kiosk.title"),
            Content(
                place: ballot.area.headed { view($0, $1) },
                begin: ballot.stage == .open
                    ? WebLink("/vote/\(ballot.id)/kiosk/slip", view("ballots.kiosk.begin")) : nil,
                closed: ballot.stage == .open ? nil : view("ballots.stage.\(ballot.stage.rawValue)"),
                end: WebLink("/sign-in", view("ballots.kiosk.end"))))
    }
}

/// What everybody may check of a result: its hash, and whether the box still says what was frozen.
struct BallotsResultOutput: Output {
    let ballot: BallotsAbout
    let codes: Ballots.Codes
    let hash: String
    let holds: Bool
    /// Nil where few answered, and where paper was counted beside it.
    let tally: BallotsTallyAnswer?
    /// What is hashed; told as far as the counts are.
    let text: String?

    static var sample: BallotsResultOutput {
        BallotsResultOutput(
            ballot: BallotsSamples.about, codes: Ballots.Codes(households: 114, spares: 2, burnt: 30),
            hash: String(repeating: "0", count: 64), holds: true, tally: BallotsTallyAnswer(BallotsSamples.tally),
            text: "kieumau ballot result 1\n")
    }

    struct Content: Sendable {
        let head: WebHead
        let facts: WebFacts
        let trust: WebFacts
        let result: WebTable?
        let few: String?
        let text: String?
    }

    func page(_ view: View) -> Page {
        let format = view.language.format
        let title = view("ballots.result.title", ["area": view.ballotPlace(ballot.area)])
        return Page(
            "ballots-result", title: title,
            Content(
                head: WebHead(title: title, lead: ballot.subject(view), status: ballot.status(view)),
                facts: WebFacts(facts: [
                    WebFact(view("ballots.fact.days"), ballot.days(view)),
                    WebFact(view("ballots.fact.households"), format.integer(ballot.households)),
                    WebFact(view("ballots.fact.codes"), format.integer(codes.households)),
                    WebFact(view("ballots.fact.spares"), format.integer(codes.spares)),
                    WebFact(view("ballots.fact.burnt"), format.integer(codes.burnt)),
                ]), trust: BallotsTrust.facts(hash, holds: holds, view), result: tally?.table(ballot, view),
                few: tally == nil
                    ? view(ballot.kind == .practice ? "ballots.result.few" : "ballots.result.elsewhere") : nil,
                text: text))
    }
}
