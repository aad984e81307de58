import Core
import Criteria
import Organisation
import Web

/// The days of a posting.
struct RecognitionPostingAnswer: Encodable, Sendable {
    let from: Day
    /// The last day on the board.
    let last: Day
    let days: Int
    let isRunning: Bool
    let isOver: Bool

    init(_ days: Recognition.PostingDays, on today: Day) {
        from = days.from
        last = days.last
        self.days = days.count
        isRunning = days.isRunning(on: today)
        isOver = days.isOver(on: today)
    }

    func status(_ view: View) -> WebStatus {
        if isOver { return WebStatus(.done, view("recognition.posting.over")) }
        return WebStatus(.waiting, view(isRunning ? "recognition.posting.running" : "recognition.posting.ahead"))
    }

    func text(_ view: View) -> String {
        view(
            "recognition.posting.days",
            ["from": view.day(from), "last": view.day(last), "days": "\(days)"])
    }
}

/// A comment as far as the reader may see it. Never who sent it, from where, or the minute.
struct RecognitionCommentAnswer: Encodable, Sendable {
    let id: ID
    let day: Day
    let state: Recognition.CommentState
    /// As it was sent: for the commune alone, and no longer once it is sealed.
    let said: String?
    /// For the commune alone.
    let contact: String?
    /// As the area and the public read it.
    let text: String?
    /// Why it was set aside, or to whom it was handed over: for the commune alone.
    let why: String?
    let answer: String?
    let answeredOn: Day?
    let revision: Int

    /// - Parameter isCommune: the reader moderates comments there.
    init(_ comment: Recognition.Comment, isCommune: Bool) {
        id = comment.id
        day = comment.at.day
        state = comment.state
        let mayRead = isCommune && comment.state != .sealed
        said = mayRead ? comment.said : nil
        contact = mayRead ? comment.contact : nil
        text = comment.shown
        why = isCommune ? comment.why : nil
        answer = comment.answer
        answeredOn = comment.answeredAt?.day
        revision = comment.revision
    }

    func status(_ view: View) -> WebStatus {
        switch state {
        case .received: WebStatus(.waiting, view("recognition.posting.state.received"))
        case .passed:
            answer == nil
                ? WebStatus(.question, view("recognition.posting.state.passed"))
                : WebStatus(.done, view("recognition.posting.state.answered"))
        case .aside: WebStatus(.none, view("recognition.posting.state.aside"))
        case .sealed: WebStatus(.none, view("recognition.posting.state.sealed"))
        }
    }

    static let sample = RecognitionCommentAnswer(RecognitionSamples.comment, isCommune: true)
}

/// A dossier's posting: its days, the comments, and what the reader may do about them.
struct RecognitionPostingOutput: Output {
    let dossier: RecognitionDossierAnswer
    let actions: [Recognition.Action]
    /// Nil before it was posted.
    let posting: RecognitionPostingAnswer?
    let isCommune: Bool
    let comments: [RecognitionCommentAnswer]

    static var sample: RecognitionPostingOutput {
        RecognitionPostingOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), actions: [.submit],
            posting: RecognitionPostingAnswer(RecognitionSamples.postingDays, on: RecognitionSamples.day),
            isCommune: true, comments: [.sample])
    }

    struct Content: Sendable {
        let head: WebHead
        let empty: WebEmpty?
        let facts: WebFacts?
        let comments: WebRows?
        let commentsText: String
        let noComments: String?
        let notice: WebLink?
        let publicPage: WebLink?
    }

    private var home: String { "/dossiers/\(dossier.id)" }

    func page(_ view: View) -> Page {
        let title = view("recognition.posting.title", ["area": dossier.areaName(view)])
        return Page(
            "recognition-posting", title: title,
            Content(
                head: WebHead(
                    title: title, lead: dossier.place(view),
                    crumbs: dossier.crumbs(view) + [WebCrumb(dossier.titleName.shown(view), home)],
                    status: posting?.status(view)),
                empty: posting == nil
                    ? WebEmpty(
                        title: view("recognition.posting.empty"), text: view("recognition.posting.emptyText"),
                        first: view("recognition.posting.emptyFirst"),
                        action: WebButton("\(home)/review", view("recognition.posting.toReview"))) : nil,
                facts: posting.map { posting in
                    WebFacts(facts: [
                        WebFact(view("recognition.posting.when"), posting.text(view))
                    ])
                },
                comments: comments.isEmpty ? nil : WebRows(rows: comments.map { line($0, view) }),
                commentsText: view(isCommune ? "recognition.posting.communeText" : "recognition.posting.areaText"),
                noComments: comments.isEmpty ? view("recognition.posting.noComments") : nil,
                notice: posting.map { _ in
                    WebLink("\(home)/posting/notice", view("recognition.posting.printNotice"))
                },
                publicPage: posting.map { _ in
                    WebLink("/posted/\(dossier.id)", view("recognition.posting.publicPage"))
                }))
    }

    private func line(_ comment: RecognitionCommentAnswer, _ view: View) -> WebLine {
        let text = comment.text ?? comment.said ?? view("recognition.posting.sealedText")
        let answer = comment.answer.map { view("recognition.posting.answered", ["answer": $0]) }
        return WebLine(
            title: view("recognition.posting.commentOf", ["day": view.day(comment.day)]),
            href: "\(home)/comments/\(comment.id)",
            text: [text, answer].compactMap { $0 }.joined(separator: " · "), status: comment.status(view))
    }
}

/// One comment: the commune moderates it, the area answers it.
struct RecognitionCommentOutput: Output {
    let dossier: RecognitionDossierAnswer
    let comment: RecognitionCommentAnswer
    let mayModerate: Bool
    let mayAnswer: Bool

    static var sample: RecognitionCommentOutput {
        RecognitionCommentOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), comment: .sample,
            mayModerate: true, mayAnswer: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let facts: WebFacts
        let moderation: FormView?
        let answering: FormView?
    }

    func page(_ view: View) -> Page {
        let home = "/dossiers/\(dossier.id)"
        let title = view("recognition.posting.commentOf", ["day": view.day(comment.day)])
        var facts: [WebFact] = []
        if let said = comment.said { facts.append(WebFact(view("recognition.posting.said"), said)) }
        if let contact = comment.contact { facts.append(WebFact(view("recognition.posting.contact"), contact)) }
        if let text = comment.text { facts.append(WebFact(view("recognition.posting.shown"), text)) }
        if let why = comment.why {
            facts.append(WebFact(view("recognition.posting.why.\(comment.state.rawValue)"), why))
        }
        if comment.state == .sealed {
            facts.append(WebFact(view("recognition.posting.shown"), view("recognition.posting.sealedText")))
        }
        if let answer = comment.answer, let day = comment.answeredOn {
            facts.append(WebFact(view("recognition.posting.answerOf", ["day": view.day(day)]), answer))
        }
        return Page(
            "recognition-comment", title: title,
            Content(
                head: WebHead(
                    title: title, lead: dossier.place(view),
                    crumbs: dossier.crumbs(view) + [
                        WebCrumb(dossier.titleName.shown(view), home),
                        WebCrumb(view("recognition.posting.crumb"), "\(home)/posting"),
                    ], status: comment.status(view)),
                facts: WebFacts(facts: facts),
                moderation: mayModerate
                    ? view.form(
                        RecognitionModerationForm.self, action: "\(home)/comments/\(comment.id)/moderation",
                        filled: ["text": comment.text ?? comment.said ?? "", "reason": comment.why ?? ""]) : nil,
                answering: mayAnswer
                    ? view.form(
                        RecognitionAnswerForm.self, action: "\(home)/comments/\(comment.id)/answer",
                        filled: ["answer": comment.answer ?? ""], hasPrimary: !mayModerate) : nil))
    }
}
