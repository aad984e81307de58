import Core
import Criteria
import Organisation
import Web

/// The page on which the commune puts its list together.
struct RecognitionSubmissionDraftOutput: Output {
    let commune: TerritoryTitle
    let year: Int
    /// The deciding level the list goes to; nil where nothing waits.
    let level: String?
    let ready: [RecognitionSubmissionLine]
    let beside: [RecognitionSubmissionBeside]

    static var sample: RecognitionSubmissionDraftOutput {
        RecognitionSubmissionDraftOutput(
            commune: RecognitionSamples.commune, year: 2026, level: "province", ready: [.sample], beside: [.sample])
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let field: String
            let name: String
            let href: String
            let text: String
            let status: WebStatus
            let isListed: Bool
        }

        let head: WebHead
        let form: FormView?
        let year: String
        let rows: [Row]
        let textField: WebField?
        let beside: RecognitionSubmissionBeside.Content?
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.submission.draft.heading", ["year": "\(year)"])
        let text = view(
            "recognition.submission.draft.standard",
            ["commune": commune.named { view($0, $1) }, "year": "\(year)", "count": "\(ready.count)"])
        let form = view.form(
            RecognitionSubmissionDraftForm.self, action: "/submissions/new", filled: ["text": text])
        return Page(
            "recognition-submission-draft", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("recognition.submission.draft.lead"),
                    crumbs: [WebCrumb(view("recognition.submission.list"), "/submissions")]),
                form: ready.isEmpty ? nil : form, year: "\(year)", rows: ready.map { row($0, form, view) },
                textField: form.field["text"], beside: RecognitionSubmissionBeside.content(beside, view),
                empty: ready.isEmpty
                    ? WebEmpty(
                        title: view("recognition.submission.draft.empty"),
                        text: view("recognition.submission.draft.emptyText"),
                        action: WebButton(
                            "/dossiers?year=\(year)&state=submitted", view("recognition.draft.seeSubmitted")))
                    : nil))
    }

    private func row(_ line: RecognitionSubmissionLine, _ form: FormView, _ view: View) -> Content.Row {
        let field = "listed.\(line.dossier.id)"
        // All that is ready is on the list until somebody leaves it out.
        let isListed = form.typed.map { $0[field] != nil } ?? line.lacks.isEmpty
        return Content.Row(
            field: field, name: line.dossier.areaName(view), href: "/dossiers/\(line.dossier.id)",
            text: [
                line.dossier.titleName.shown(view),
                view(
                    "recognition.submission.points",
                    ["points": view.points(line.points), "maximum": view.points(line.maximum)]),
                line.answered(view),
            ].compactMap { $0 }.joined(separator: " · "),
            status: line.status(view), isListed: isListed)
    }
}

/// One submission.
struct RecognitionSubmissionOutput: Output {
    let submission: RecognitionSubmissionAnswer
    let lines: [RecognitionSubmissionLine]
    let beside: [RecognitionSubmissionBeside]
    let maySend: Bool
    /// The commune may still take it back.
    let mayRecall: Bool
    /// The reader's level may say that it has it.
    let mayReceive: Bool

    static var sample: RecognitionSubmissionOutput {
        RecognitionSubmissionOutput(
            submission: .sample, lines: [.sample], beside: [.sample], maySend: true, mayRecall: true,
            mayReceive: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice
        let table: WebTable
        let beside: RecognitionSubmissionBeside.Content?
        let facts: WebFacts
        let text: String
        let paper: WebLink
        let sending: FormView?
        let wording: FormView?
        let wordingOpen: String
        let discardHref: String?
        let recalling: FormView?
        let recallingOpen: String
        let receiving: FormView?
    }

    func page(_ view: View) -> Page {
        let title = submission.name(view)
        let here = "/submissions/\(submission.id)"
        let wording = view.form(
            RecognitionSubmissionTextForm.self, action: "\(here)/text", filled: ["text": submission.text],
            hasPrimary: false)
        let recalling = view.form(
            RecognitionSubmissionRecallForm.self, action: "\(here)/recall", hasPrimary: false)
        return Page(
            "recognition-submission", title: title,
            Content(
                head: WebHead(
                    title: title, lead: submission.body,
                    crumbs: [WebCrumb(view("recognition.submission.list"), "/submissions")],
                    status: submission.status(view)),
                notice: notice(view), table: table(view), beside: RecognitionSubmissionBeside.content(beside, view),
                facts: facts(view), text: submission.text,
                paper: WebLink(
                    "\(here)/paper",
                    view(submission.state == .draft ? "recognition.decision.paperDraft" : "recognition.decision.paper")),
                sending: maySend
                    ? view.form(RecognitionSubmissionSendingForm.self, action: "\(here)/sending") : nil,
                wording: maySend ? wording : nil, wordingOpen: wording.errors == nil ? "" : "open",
                discardHref: maySend ? "\(here)/removal" : nil, recalling: mayRecall ? recalling : nil,
                recallingOpen: recalling.errors == nil ? "" : "open",
                receiving: mayReceive
                    ? view.form(RecognitionSubmissionReceivingButton.self, action: "\(here)/receipt") : nil))
    }

    private func notice(_ view: View) -> WebNotice {
        switch submission.state {
        case .draft: break
        case .sent:
            return WebNotice(
                .done,
                text: view(
                    "recognition.submission.sentNotice", ["day": submission.sentAt.map { view.day($0.day) } ?? ""]))
        case .received:
            return WebNotice(
                .done,
                text: view(
                    "recognition.submission.receivedNotice",
                    ["day": submission.receivedAt.map { view.day($0.day) } ?? ""]))
        case .recalled:
            return WebNotice(
                .wait,
                text: view(
                    "recognition.submission.recalledNotice",
                    [
                        "day": submission.recalledAt.map { view.day($0.day) } ?? "",
                        "reason": submission.recalledWhy ?? "",
                    ]))
        }
        let missing = submission.missing.map { view("recognition.missing.\($0.rawValue)") }.joined(separator: ", ")
        return WebNotice(
            .wait, bold: view("recognition.decision.draftNotice"),
            text: view("recognition.decision.missing", ["list": missing]))
    }

    private func facts(_ view: View) -> WebFacts {
        var facts = [
            WebFact(view("recognition.submission.areas"), view.language.format.integer(submission.count)),
            WebFact(view("recognition.decision.drafted"), view.day(submission.draftedAt.day)),
        ]
        if let number = submission.number { facts.append(WebFact(view("recognition.fact.number"), number)) }
        if let day = submission.day { facts.append(WebFact(view("recognition.fact.day"), view.day(day))) }
        if let signer = submission.signer {
            facts.append(
                WebFact(
                    view("recognition.fact.signer"),
                    [signer, submission.office].compactMap { $0 }.joined(separator: ", ")))
        }
        return WebFacts(facts: facts)
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.column.area")), WebColumn(view("recognition.column.title")),
                WebColumn(view("recognition.column.points"), isNumber: true),
                WebColumn(view("recognition.submission.ballot")), WebColumn(view("recognition.column.state")),
            ],
            rows: lines.map { line in
                WebRow([
                    .head(line.dossier.areaName(view), href: "/dossiers/\(line.dossier.id)"),
                    .text(line.dossier.titleName.shown(view)), .number(view.points(line.points)),
                    .text(line.answered(view)),
                    .status(
                        line.lacks.isEmpty ? line.dossier.status(view) : line.status(view)),
                ])
            })
    }
}
