import Core
import Criteria
import Organisation
import Web

/// The page on which a draft is put together.
struct RecognitionDraftOutput: Output {
    struct Line: Encodable, Sendable {
        let dossier: RecognitionDossierAnswer
        let households: Int?
        let total: Int
        let maximum: Int
        let reasons: [RecognitionDossierOutput.Reason]
        /// Of the panel's closed minutes; nil when there are none.
        let conclusion: Recognition.PanelConclusion?
        /// Why the panel concluded otherwise than the sums, or its closing word.
        let panelWord: String?
        let ballot: RecognitionPanelBallotAnswer?
        /// What keeps it from being recognised: `posting`, `ballot`.
        let lacks: [String]
    }

    let title: String
    let titleName: RecognitionName
    let year: Int
    /// The level that drafts.
    let level: String
    let body: String
    let groups: [RecognitionDecisionListOutput.Waiting]
    let dossiers: [Line]
    /// How many more wait than one decision takes.
    let left: Int
    /// Words' key of why whoever drafts will not sign, and who may; nil where they may sign.
    let barred: String?
    let signers: [String]?

    static var sample: RecognitionDraftOutput {
        RecognitionDraftOutput(
            title: "model", titleName: .sample, year: 2026, level: "province", body: "Standing board",
            groups: [.init(title: "model", titleName: .sample, year: 2026, level: "province", count: 1)],
            dossiers: [
                Line(
                    dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
                    households: 214, total: 400, maximum: 500,
                    reasons: RecognitionGroups.reasons(RecognitionSamples.assessment.score(.own)),
                    conclusion: .passesNot, panelWord: "Sample", ballot: .sample, lacks: ["posting"])
            ], left: 7, barred: "recognition.refusal.apart.checked", signers: ["Sample"])
    }

    struct Content: Sendable {
        struct Option: Sendable {
            let value: String
            let label: String
            let selected: Bool
        }

        struct Row: Sendable {
            let id: String
            let name: String
            let href: String
            let text: String
            let status: WebStatus
            let why: String?
            let outcomeError: String?
            let options: [Content.Option]
            let reason: String
            let reasonError: String?
        }

        let head: WebHead
        let groups: WebFilters?
        let form: FormView?
        let title: String
        let year: String
        let lead: String
        let signing: WebNotice?
        let rows: [Row]
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let name = titleName.shown(view)
        let heading =
            name.isEmpty
            ? view("recognition.draft.headingNone", ["year": "\(year)"])
            : view("recognition.draft.heading", ["title": name, "year": "\(year)"])
        let form = view.form(RecognitionDraftForm.self, action: "/decisions/new")
        return Page(
            "recognition-draft", title: heading,
            Content(
                head: WebHead(
                    title: heading, lead: body,
                    crumbs: [WebCrumb(view("recognition.decision.list"), "/decisions")]),
                groups: groups.count < 2
                    ? nil
                    : WebFilters(
                        label: view("recognition.draft.groups"),
                        links: groups.map {
                            WebFilter(
                                $0.href, "\($0.titleName.shown(view)) \($0.year)",
                                current: $0.title == title && $0.year == year && $0.level ?? level == level,
                                count: "\($0.count)")
                        }),
                form: dossiers.isEmpty ? nil : form, title: title, year: "\(year)",
                lead: lead(view),
                signing: barred.map {
                    WebNotice(
                        .wait, bold: view("recognition.signers.notYou"),
                        text: RecognitionSigners.text($0, signers, view))
                },
                rows: dossiers.map { row($0, form, view) },
                empty: dossiers.isEmpty
                    ? WebEmpty(
                        title: view("recognition.draft.empty"), text: view("recognition.draft.emptyText"),
                        action: WebButton("/dossiers?state=submitted", view("recognition.draft.seeSubmitted"))) : nil))
    }

    private func lead(_ view: View) -> String {
        let lead = view("recognition.draft.lead", ["count": view.language.format.integer(dossiers.count)])
        guard left > 0 else { return lead }
        return lead + " "
            + view(
                "recognition.draft.left",
                [
                    "most": view.language.format.integer(dossiers.count),
                    "count": view.language.format.integer(left),
                ])
    }

    private func row(_ line: Line, _ form: FormView, _ view: View) -> Content.Row {
        let (outcome, reason) = ("outcome.\(line.dossier.id)", "reason.\(line.dossier.id)")
        let passes = line.conclusion == .passes
        let proposed = passes ? (line.lacks.isEmpty ? "recognised" : "") : line.conclusion == nil ? "" : "refused"
        let chosen = form.typed.map { $0[outcome] ?? "" } ?? proposed
        let sums = line.reasons.map { view($0.key, view.language == .en ? $0.english : $0.vietnamese) }
        let whys = (line.panelWord.map { [$0] } ?? []) + sums
        // What the panel found is the reason that the area will read, until somebody words it better.
        let standing = line.conclusion == .passesNot ? whys.joined(separator: " ") : ""
        return Content.Row(
            id: line.dossier.id.description, name: line.dossier.areaName(view), href: "/dossiers/\(line.dossier.id)",
            text: [
                line.dossier.commune.map { view.named($0) },
                line.households.map {
                    view("recognition.draft.households", ["count": view.language.format.integer($0)])
                },
                view(
                    "recognition.panel.appraisal.summary",
                    ["points": view.points(line.total), "maximum": view.points(line.maximum)]),
                line.ballot?.shown(view),
            ].compactMap { $0 }.joined(separator: " · "),
            status: status(line, view),
            why: whys.joined(separator: " ").nilWhenEmpty, outcomeError: form.messages[outcome],
            options: [
                ("recognised", "recognition.draft.recognised"), ("refused", "recognition.draft.refused"),
                ("", "recognition.draft.later"),
            ]
            .map { Content.Option(value: $0, label: view($1), selected: chosen == $0) },
            reason: form.typed?[reason] ?? standing, reasonError: form.messages[reason])
    }

    private func status(_ line: Line, _ view: View) -> WebStatus {
        if let lack = line.lacks.first { return WebStatus(.unmet, view("recognition.submission.lack.\(lack)")) }
        switch line.conclusion {
        case .passes: return WebStatus(.done, view("recognition.panel.end.passes"))
        case .passesNot: return WebStatus(.unmet, view("recognition.panel.end.passesNot"))
        case nil: return WebStatus(.waiting, view("recognition.panel.end.none"))
        }
    }
}
