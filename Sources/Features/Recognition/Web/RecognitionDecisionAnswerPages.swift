import Core
import Criteria
import Database
import Organisation
import Web

/// A refusal as the area reads it: why, until when it may answer, what it said, what the decider said to that.
struct RecognitionRefusalOutput: Output {
    let dossier: RecognitionDossierAnswer
    let decision: ID
    let number: String
    let day: Day
    let body: String
    let reason: String
    let due: Day
    let answer: String?
    let answeredBy: String?
    let answeredAt: Instant?
    let reply: String?
    let repliedBy: String?
    let repliedAt: Instant?
    /// What came of the answer.
    let outcome: Recognition.RefusalReply?
    let mayAnswer: Bool
    let mayReply: Bool

    init(_ dossier: RecognitionDossierAnswer, _ refusal: Recognition.RefusalAnswer, mayAnswer: Bool, mayReply: Bool) {
        self.dossier = dossier
        decision = refusal.decision
        number = refusal.number
        day = refusal.day
        body = refusal.body
        reason = refusal.reason
        due = refusal.answering.due
        answer = refusal.answer
        answeredBy = refusal.answeredBy
        answeredAt = refusal.answeredAt
        reply = refusal.reply
        repliedBy = refusal.repliedBy
        repliedAt = refusal.repliedAt
        outcome = refusal.outcome
        self.mayAnswer = mayAnswer
        self.mayReply = mayReply
    }

    static var sample: RecognitionRefusalOutput {
        let (day, instant) = (RecognitionSamples.day, RecognitionSamples.instant)
        return RecognitionRefusalOutput(
            RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
            Recognition.RefusalAnswer(
                decision: RecognitionSamples.id, number: "46", day: day, body: "Sample", reason: "Sample",
                issuedAt: instant, answer: "Sample", answeredBy: "Sample", answeredAt: instant, reply: "Sample",
                repliedBy: "Sample", repliedAt: instant, outcome: .reconsidered), mayAnswer: true, mayReply: true)
    }

    struct Content: Sendable {
        struct Said: Sendable {
            let title: String
            let text: String
            let who: String
        }

        let head: WebHead
        let reason: Said
        let answer: Said?
        let reply: Said?
        let wait: WebNotice?
        /// Where a dossier is that is looked at again.
        let goesOn: WebLink?
        let answerForm: FormView?
        let replyForm: FormView?
        let next: WebLink
        let constructed: String
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.refused.title", ["area": dossier.areaName(view)])
        func who(_ name: String?, _ at: Instant?) -> String {
            [name, at.map { view.language.format.moment($0) }].compactMap { $0 }.joined(separator: " · ")
        }
        return Page(
            "recognition-refusal", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: view(
                        "recognition.refused.lead",
                        ["title": dossier.titleName.shown(view), "year": "\(dossier.year)", "number": number]),
                    crumbs: dossier.crumbs(view)),
                reason: .init(
                    title: view("recognition.refused.reason"), text: reason, who: "\(body) · \(view.day(day))"),
                answer: answer.map {
                    .init(title: view("recognition.refused.answered"), text: $0, who: who(answeredBy, answeredAt))
                },
                reply: reply.map {
                    .init(title: repliedTitle(view), text: $0, who: who(repliedBy, repliedAt))
                },
                wait: wait(view),
                goesOn: outcome == .reconsidered
                    ? WebLink("/dossiers/\(dossier.id)", view("recognition.refused.goesOn")) : nil,
                answerForm: mayAnswer
                    ? view.form(
                        RecognitionRefusalAnswerForm.self, action: "/dossiers/\(dossier.id)/refusal/answer") : nil,
                replyForm: mayReply
                    ? view.form(RecognitionRefusalReplyForm.self, action: "/dossiers/\(dossier.id)/refusal/reply")
                    : nil,
                next: WebLink("/areas/\(dossier.area.id)/titles", view("recognition.refused.next")),
                constructed: view(
                    "recognition.refused.constructed", ["days": "\(Recognition.RefusalAnswering.days)"]),
                trace: view.trace(
                    record: dossier.id, revision: dossier.revision, valid: view("recognition.refused.valid"),
                    opens: "/dossiers/\(dossier.id)/refusal")))
    }

    private func repliedTitle(_ view: View) -> String {
        view(outcome == .reconsidered ? "recognition.refused.reconsidered" : "recognition.refused.upheld")
    }

    private func wait(_ view: View) -> WebNotice? {
        if reply != nil { return nil }
        if answer != nil { return WebNotice(.wait, text: view("recognition.refused.waitReply", ["body": body])) }
        return WebNotice(
            view.today <= due ? .wait : .plain,
            text: view(
                view.today <= due ? "recognition.refused.mayAnswer" : "recognition.refused.over",
                ["day": view.day(due)]))
    }
}

struct RecognitionRefusalAnswerForm: Form {
    static let name = "recognition.refused.answer"
    static let fields = [Field("text", .longText(3_000))]

    let text: String

    init?(_ read: FormReader) {
        guard let text = read.text("text") else { return nil }
        self.text = text
    }
}

struct RecognitionRefusalReplyForm: Form {
    static let name = "recognition.refused.reply"
    static let fields = [
        Field("text", .longText(3_000)),
        Field("outcome", .choice(Recognition.RefusalReply.allCases.map(\.rawValue))),
    ]

    let text: String
    let outcome: Recognition.RefusalReply

    init?(_ read: FormReader) {
        let text = read.text("text")
        let outcome = read.choice("outcome").flatMap { Recognition.RefusalReply(rawValue: $0) }
        guard let text, let outcome else { return nil }
        self.text = text
        self.outcome = outcome
    }
}

/// The right to answer a refusal.
enum RecognitionDecisionAnswerRoutes {
    static func routes(_ calendar: Recognition.YearCalendar) -> [Route] {
        [
            .get("/dossiers/:id/refusal", .signedIn, RecognitionRefusalOutput.self) { try show($0) },
            .post(
                "/dossiers/:id/refusal/answer", .holding(.answerNotice), RecognitionRefusalAnswerForm.self,
                again: { try show($0) }
            ) { call, form in
                let dossier = try call.dossier()
                let permit = try call.permit(.answerNotice, dossier)
                let refusal = try RecognitionStore.refusal(of: dossier, call.reader)
                if let no = refusal.answering.refusalToAnswer(on: call.today) { throw no }
                return .write(permit, as: "decision.answer") { tx in
                    try RecognitionStore.answerRefusal(of: dossier.id, form.text, Recognition.Deed(permit, tx), tx)
                    return receipt(dossier, "recognition.refused.flash.answered")
                }
            },
            .post(
                "/dossiers/:id/refusal/reply", .holding(.issueDecision), RecognitionRefusalReplyForm.self,
                again: { try show($0) }
            ) { call, form in
                let dossier = try call.dossier()
                let permit = try call.permit(.issueDecision, dossier, decidedAt: dossier.level)
                let refusal = try RecognitionStore.refusal(of: dossier, call.reader)
                if let no = refusal.answering.refusalToReply() { throw no }
                if let no = try barring(form.outcome, call, dossier) { throw no }
                return .write(permit, as: "decision.reply") { tx in
                    try RecognitionStore.replyToRefusal(
                        of: dossier.id, form.text, outcome: form.outcome, Recognition.Deed(permit, tx),
                        calendar: calendar, tx)
                    return receipt(dossier, "recognition.refused.flash.replied")
                }
            },
        ]
    }

    /// Whoever wrote, counted, checked or appraised the dossier does not reopen it.
    private static func barring(
        _ outcome: Recognition.RefusalReply, _ call: Call<Actor>, _ dossier: Recognition.Dossier
    ) throws -> Refusal? {
        guard let action = try RecognitionStore.action(of: outcome, on: dossier.id, call.reader) else { return nil }
        let step = try Recognition.LifeCycle.possible(dossier.state, action)
        return try RecognitionStore.hands(of: call.who.person, on: dossier.id, call.reader).refusal(of: step)
    }

    private static func receipt(_ dossier: Recognition.Dossier, _ flash: String) -> Receipt {
        Receipt(
            id: dossier.id, location: "/dossiers/\(dossier.id)/refusal", version: dossier.revision, flash: flash)
    }

    private static func show(_ call: Call<Actor>) throws -> RecognitionRefusalOutput {
        let dossier = try call.dossier()
        let refusal = try RecognitionStore.refusal(of: dossier, call.reader)
        // Nobody but the area, what stands above it and the decider reads why an area was refused.
        return RecognitionRefusalOutput(
            try dossier.answer(call.reader), refusal,
            mayAnswer: call.authority.allows(call.who, .answerNotice, dossier)
                && refusal.answering.refusalToAnswer(on: call.today) == nil,
            mayReply: try call.allows(.issueDecision, dossier, decidedAt: dossier.level)
                && refusal.answering.refusalToReply() == nil)
    }
}
