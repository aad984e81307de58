import Core
import Criteria
import Organisation
import Web

/// A draft with what is missing, or an issued decision.
struct RecognitionDecisionOutput: Output {
    struct Item: Encodable, Sendable {
        let dossier: RecognitionDossierAnswer
        let households: Int?
        let outcome: Recognition.Outcome
        let reason: String?
        let total: Int
        /// Whether the reader may open the dossier; of areas elsewhere a decision says only what is public.
        let isOpen: Bool
    }

    /// A title that is taken back.
    struct Withdrawn: Encodable, Sendable {
        let title: ID
        let area: TerritoryTitle
        let commune: TerritoryTitle?
        let name: String
        /// Of the decision that granted it.
        let number: String
        let day: Day
        let reason: String
        /// A document named among the grounds, beside the minutes of the hearing.
        let basis: String?
        let invitedOn: Day
        let heardOn: Day
        let came: Bool

        init(_ withdrawal: Recognition.Withdrawal) {
            title = withdrawal.title.id
            area = withdrawal.title.area
            commune = withdrawal.title.commune
            name = withdrawal.title.name
            number = withdrawal.title.number
            day = withdrawal.title.day
            reason = withdrawal.reason
            basis = withdrawal.basis
            invitedOn = withdrawal.hearing.invitedOn
            heardOn = withdrawal.hearing.day
            came = withdrawal.hearing.came
        }

        static let sample = Withdrawn(
            Recognition.Withdrawal(
                title: RecognitionSamples.held, reason: "Sample", basis: "Sample",
                hearing: Recognition.WithdrawalHearing(
                    invitedOn: RecognitionSamples.day, day: RecognitionSamples.day, came: true)))

        /// The minutes, as the decision names them.
        func heard(_ view: View) -> String {
            view(
                came ? "recognition.paper.heardCame" : "recognition.paper.heardNot",
                ["day": view.day(heardOn), "invited": view.day(invitedOn)])
        }
    }

    let decision: RecognitionDecisionAnswer
    let items: [Item]
    /// Areas of the reader of which only is said that they stand in the draft.
    let drafted: [TerritoryTitle]
    let withdrawals: [Withdrawn]
    let isDecider: Bool
    /// Some lines are not for this reader.
    let hasHidden: Bool
    let mayIssue: Bool
    let mayDiscard: Bool
    /// Words' key of why this person must leave issuing to another.
    let barred: String?
    /// Who may sign instead, where this person may not; nil where that is not the question.
    let signers: [String]?
    /// Of a decision made before this system the titles that were entered from it.
    var earlier: [RecognitionTitleAnswer.Earlier] = []

    static let sampleItems = [
        Item(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), households: 214,
            outcome: .recognised, reason: nil, total: 9_500, isOpen: true),
        Item(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), households: 214,
            outcome: .refused, reason: "Below the minimum.", total: 7_000, isOpen: false),
    ]

    static var sample: RecognitionDecisionOutput {
        RecognitionDecisionOutput(
            decision: .sample, items: sampleItems, drafted: [RecognitionSamples.area], withdrawals: [.sample],
            isDecider: true, hasHidden: true, mayIssue: true, mayDiscard: true, barred: nil, signers: ["Sample"],
            earlier: [.sample])
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice
        let facts: WebFacts
        let recognised: WebTable?
        let recognisedTitle: String
        let refused: WebTable?
        let drafted: WebNotice?
        let withdrawn: WebTable?
        let hiddenNote: String?
        let paper: WebLink?
        let scan: WebLink?
        let certificates: WebLink?
        let form: FormView?
        /// What issuing does, said before it is done.
        let issueWhat: String
        let discardHref: String?
        let barred: WebNotice?
    }

    func page(_ view: View) -> Page {
        let title = decision.name(view)
        return Page(
            "recognition-decision", title: title,
            Content(
                head: WebHead(
                    title: title, lead: decision.body,
                    crumbs: [
                        WebCrumb(
                            view(
                                decision.purpose == .withdrawal
                                    ? "recognition.decision.crumbWithdrawal" : "recognition.decision.list"),
                            "/decisions")
                    ], status: decision.status(view)),
                notice: notice(view), facts: facts(view),
                recognised: earlier.isEmpty ? table(.recognised, view) : earlier.table(view),
                recognisedTitle: view(
                    "recognition.decision.recognised",
                    ["count": "\(items.count { $0.outcome == .recognised } + earlier.count)"]),
                refused: table(.refused, view),
                drafted: drafted.isEmpty
                    ? nil
                    : WebNotice(
                        .plain,
                        text: view(
                            "recognition.decision.bare",
                            ["area": drafted.line { view($0, $1) }])),
                withdrawn: withdrawals.isEmpty ? nil : withdrawn(view),
                hiddenNote: hiddenNote(view),
                paper: earlier.isEmpty && Recognition.DecisionSight.mayReadPaper(decision.state, isDecider: isDecider)
                    ? WebLink(
                        "/decisions/\(decision.id)/paper",
                        view(
                            decision.state == .draft ? "recognition.decision.paperDraft" : "recognition.decision.paper")
                    )
                    : nil,
                scan: decision.hasScan
                    && Recognition.DecisionSight.mayReadScan(
                        isDecider: isDecider, hidden: hasHidden ? 1 : 0)
                    ? WebLink("/decisions/\(decision.id)/scan", view("recognition.decision.scan")) : nil,
                certificates: decision.state == .issued && (decision.recognised ?? 0) > 0
                    ? WebLink("/decisions/\(decision.id)/certificates", view("recognition.certificate.list")) : nil,
                form: mayIssue
                    ? view.form(RecognitionIssueForm.self, action: "/decisions/\(decision.id)/issue") : nil,
                issueWhat: view(
                    decision.purpose == .withdrawal ? "recognition.issue.whatWithdrawal" : "recognition.issue.what"),
                discardHref: mayDiscard ? "/decisions/\(decision.id)/removal" : nil,
                barred: barred.map { WebNotice(.wait, text: RecognitionSigners.text($0, signers, view)) }))
    }

    private func hiddenNote(_ view: View) -> String? {
        guard hasHidden else { return nil }
        if decision.state == .issued { return view("recognition.decision.hidden") }
        return items.isEmpty && drafted.isEmpty && withdrawals.isEmpty
            ? view("recognition.decision.hiddenDraft") : nil
    }

    private func notice(_ view: View) -> WebNotice {
        if !earlier.isEmpty { return WebNotice(.plain, text: view("recognition.earlier.decision")) }
        guard decision.state == .draft else {
            let key = decision.purpose == .withdrawal ? "withdrawnNotice" : "issuedNotice"
            return WebNotice(
                .done, text: view("recognition.decision.\(key)", ["day": decision.day.map { view.day($0) } ?? ""]))
        }
        let missing = decision.missing.map { view("recognition.missing.\($0.rawValue)") }.joined(separator: ", ")
        return WebNotice(
            .wait, bold: view("recognition.decision.draftNotice"),
            text: view("recognition.decision.missing", ["list": missing]))
    }

    private func withdrawn(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.column.area")), WebColumn(view("recognition.column.title")),
                WebColumn(view("recognition.column.reason")), WebColumn(view("recognition.decision.heard")),
            ],
            rows: withdrawals.map { line in
                WebRow([
                    .head(
                        view.named(line.area), href: "/areas/\(line.area.id)/titles",
                        also: line.commune.map { view.named($0) }),
                    .text(
                        line.name,
                        also: view(
                            "recognition.certificate.decision", ["number": line.number, "day": view.day(line.day)])),
                    .text(line.reason),
                    .text(line.heard(view), also: Recognition.Ground.tidied(line.basis, view)),
                ])
            })
    }

    private func facts(_ view: View) -> WebFacts {
        var facts = [
            WebFact(view("recognition.column.title"), "\(decision.titleName.shown(view)), \(decision.year)"),
            WebFact(view("recognition.decision.level"), view("criteria.level.\(decision.level)")),
            WebFact(view("recognition.decision.drafted"), view.day(decision.draftedAt.day)),
        ]
        if let number = decision.number { facts.append(WebFact(view("recognition.fact.number"), number)) }
        if let day = decision.day { facts.append(WebFact(view("recognition.fact.day"), view.day(day))) }
        if let signer = decision.signer {
            facts.append(
                WebFact(
                    view("recognition.fact.signer"),
                    [signer, decision.office].compactMap { $0 }.joined(separator: ", ")))
        }
        if !versions.isEmpty {
            facts.append(
                WebFact(
                    view("recognition.decision.versions"),
                    versions.map {
                        view("recognition.decision.versionOf", ["criteria": $0.code, "version": $0.version])
                    }
                    .joined(separator: "; ")))
        }
        return WebFacts(facts: facts)
    }

    /// The versions of criteria and rules that the dossiers on it froze, each once.
    private var versions: [(code: String, version: String)] {
        var found: [(code: String, version: String)] = []
        for item in items {
            let of =
                [(item.dossier.criteria, "\(item.dossier.criteriaVersion)")]
                + (item.dossier.rules.map { [($0.code, "\($0.version)")] } ?? [])
            for (code, version) in of where !found.contains(where: { $0.code == code && $0.version == version }) {
                found.append((code, version))
            }
        }
        return found
    }

    private func table(_ outcome: Recognition.Outcome, _ view: View) -> WebTable? {
        let items = items.filter { $0.outcome == outcome }
        guard !items.isEmpty else { return nil }
        var columns = [
            WebColumn(view("recognition.column.area")),
            WebColumn(view("recognition.column.households"), isNumber: true),
            WebColumn(view("recognition.column.points"), isNumber: true),
        ]
        if outcome == .refused { columns.append(WebColumn(view("recognition.column.reason"))) }
        let mayAnswer = outcome == .refused && decision.state == .issued
        if mayAnswer { columns.append(WebColumn(view("recognition.refused.column"))) }
        return WebTable(
            columns: columns,
            rows: items.map { item in
                WebRow(
                    [
                        .head(
                            item.dossier.areaName(view),
                            href: item.isOpen ? "/dossiers/\(item.dossier.id)" : nil,
                            also: item.dossier.commune.map { view.named($0) }),
                        .number(item.households.map { view.language.format.integer($0) }),
                        .number(view.points(item.total)),
                    ] + (outcome == .refused ? [.text(item.reason)] : [])
                        + (mayAnswer
                            ? [
                                item.isOpen
                                    ? .link(
                                        WebLink(
                                            "/dossiers/\(item.dossier.id)/refusal", view("recognition.refused.open")))
                                    : .text(nil)
                            ] : []))
            })
    }
}
