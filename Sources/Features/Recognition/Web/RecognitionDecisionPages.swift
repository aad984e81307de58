import Core
import Criteria
import Organisation
import Web

/// A decision as pages show it.
struct RecognitionDecisionAnswer: Encodable, Sendable {
    let id: ID
    let body: String
    let territory: TerritoryTitle
    let title: String
    let titleName: RecognitionName
    let level: String
    let year: Int
    let state: Recognition.DecisionState
    let number: String?
    let day: Day?
    let signer: String?
    let office: String?
    let hasScan: Bool
    let missing: [Recognition.Missing]
    let purpose: Recognition.Decision.Purpose
    /// Nil where the reader is shown only lines of their own.
    let recognised: Int?
    let refused: Int?
    /// How many titles it takes back.
    let withdrawn: Int?
    let draftedAt: Instant
    let issuedAt: Instant?
    let revision: Int

    /// - Parameter isDecider: the reader is of the deciding level.
    init(_ decision: Recognition.Decision, _ name: Criteria.Name, isDecider: Bool = true) {
        id = decision.id
        body = decision.body
        territory = decision.territory
        title = decision.title
        titleName = RecognitionName(name)
        level = decision.level.rawValue
        year = decision.year
        state = decision.state
        number = decision.number
        day = decision.day
        signer = decision.signer
        office = decision.office
        hasScan = decision.scan != nil
        missing = decision.missing
        purpose = decision.purpose
        recognised = isDecider || !decision.isDraft ? decision.recognised : nil
        refused = isDecider ? decision.refused : nil
        withdrawn = isDecider || !decision.isDraft ? decision.withdrawn : nil
        draftedAt = decision.draftedAt
        issuedAt = decision.issuedAt
        revision = decision.revision
    }

    static let sample = RecognitionDecisionAnswer(RecognitionSamples.decision, RecognitionSamples.set.titles[0].name)

    func name(_ view: View) -> String {
        number.map { view("recognition.decision.named", ["number": $0]) }
            ?? view(
                purpose == .withdrawal ? "recognition.decision.draftWithdrawal" : "recognition.decision.draftNamed",
                ["title": titleName.shown(view), "year": "\(year)"])
    }

    func status(_ view: View) -> WebStatus {
        state == .draft
            ? WebStatus(.draft, view("recognition.decision.draft"))
            : WebStatus(.done, view("recognition.decision.issued"))
    }
}

/// Drafts and decisions.
struct RecognitionDecisionListOutput: Output {
    struct Waiting: Encodable, Sendable {
        let title: String
        let titleName: RecognitionName
        let year: Int
        /// The deciding level, where the reader drafts for several.
        let level: String?
        let count: Int

        /// The page on which they are drafted.
        var href: String {
            "/decisions/new?title=\(title)&year=\(year)" + (level.map { "&level=\($0)" } ?? "")
        }
    }

    let decisions: [RecognitionDecisionAnswer]
    /// Dossiers that wait for a draft, where this person may draft one.
    let waiting: [Waiting]
    let next: ID?

    static var sample: RecognitionDecisionListOutput {
        RecognitionDecisionListOutput(
            decisions: [.sample],
            waiting: [Waiting(title: "model", titleName: .sample, year: 2026, level: "province", count: 4)],
            next: RecognitionSamples.id)
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.decision.list")
        return RecognitionPaperList(
            title: title, lead: view("recognition.decision.listLead"),
            waiting: waiting.map { waiting in
                WebDuty(
                    status: WebStatus(.waiting, view("recognition.duty.waiting")),
                    title: view(
                        "recognition.duty.toDraft.title",
                        [
                            "count": view.language.format.integer(waiting.count),
                            "title": waiting.titleName.shown(view), "year": "\(waiting.year)",
                        ]),
                    href: waiting.href, verb: view("recognition.duty.toDraft.verb"))
            }.withFirst,
            table: decisions.isEmpty ? nil : table(view),
            pager: WebPager.ifNeeded(
                previous: nil, next: next.map { "/decisions?after=\($0)" }),
            empty: decisions.isEmpty && waiting.isEmpty
                ? WebEmpty(title: view("recognition.decision.empty"), text: view("recognition.decision.emptyText"))
                : nil
        ).page
    }

    private func count(_ count: Int?, _ view: View) -> String { count.map { view.language.format.integer($0) } ?? "–" }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.column.decision")), WebColumn(view("recognition.column.title")),
                WebColumn(view("recognition.column.recognised"), isNumber: true),
                WebColumn(view("recognition.column.refused"), isNumber: true),
                WebColumn(view("recognition.column.state")), WebColumn(view("recognition.column.day")),
            ],
            rows: decisions.map { decision in
                WebRow([
                    .head(decision.name(view), href: "/decisions/\(decision.id)", also: decision.body),
                    .text(
                        "\(decision.titleName.shown(view)) \(decision.year)",
                        also: decision.purpose == .withdrawal ? view("recognition.decision.withdraws") : nil),
                    .number(count(decision.recognised, view)), .number(count(decision.refused, view)),
                    .status(decision.status(view)),
                    .text(decision.day.map { view.day($0) }),
                ])
            })
    }
}

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
            ])
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
                lead: view("recognition.draft.lead", ["count": "\(dossiers.count)"]),
                rows: dossiers.map { row($0, form, view) },
                empty: dossiers.isEmpty
                    ? WebEmpty(
                        title: view("recognition.draft.empty"), text: view("recognition.draft.emptyText"),
                        action: WebButton("/dossiers?state=submitted", view("recognition.draft.seeSubmitted"))) : nil))
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
                    "recognition.check.summary",
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
