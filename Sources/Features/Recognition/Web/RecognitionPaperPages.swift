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
        let heard: String

        init(_ withdrawal: Recognition.Withdrawal) {
            title = withdrawal.title.id
            area = withdrawal.title.area
            commune = withdrawal.title.commune
            name = withdrawal.title.name
            number = withdrawal.title.number
            day = withdrawal.title.day
            reason = withdrawal.reason
            heard = withdrawal.heard
        }

        static let sample = Withdrawn(
            Recognition.Withdrawal(
                title: RecognitionSamples.held, reason: "Sample", heard: "Sample", heardOn: RecognitionSamples.day))
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
            isDecider: true, hasHidden: true, mayIssue: true, mayDiscard: true, barred: nil)
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
                    crumbs: [WebCrumb(view("recognition.decision.list"), "/decisions")], status: decision.status(view)),
                notice: notice(view), facts: facts(view), recognised: table(.recognised, view),
                recognisedTitle: view(
                    "recognition.decision.recognised", ["count": "\(items.count { $0.outcome == .recognised })"]),
                refused: table(.refused, view),
                drafted: drafted.isEmpty
                    ? nil
                    : WebNotice(
                        .plain,
                        text: view(
                            "recognition.decision.bare", ["area": drafted.map { view.named($0) }.joined(separator: ", ")])),
                withdrawn: withdrawals.isEmpty ? nil : withdrawn(view),
                hiddenNote: hasHidden && decision.state == .issued ? view("recognition.decision.hidden") : nil,
                paper: Recognition.DecisionSight.mayReadPaper(decision.state, isDecider: isDecider)
                    ? WebLink(
                        "/decisions/\(decision.id)/paper",
                        view(
                            decision.state == .draft ? "recognition.decision.paperDraft" : "recognition.decision.paper"))
                    : nil,
                scan: decision.hasScan && Recognition.DecisionSight.mayReadScan(
                    isDecider: isDecider, hidden: hasHidden ? 1 : 0)
                    ? WebLink("/decisions/\(decision.id)/scan", view("recognition.decision.scan")) : nil,
                certificates: decision.state == .issued && (decision.recognised ?? 0) > 0
                    ? WebLink("/decisions/\(decision.id)/certificates", view("recognition.certificate.list")) : nil,
                form: mayIssue
                    ? view.form(RecognitionIssueForm.self, action: "/decisions/\(decision.id)/issue") : nil,
                discardHref: mayDiscard ? "/decisions/\(decision.id)/removal" : nil,
                barred: barred.map { WebNotice(.wait, text: view($0)) }))
    }

    private func notice(_ view: View) -> WebNotice {
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
                        also: view("recognition.certificate.decision", ["number": line.number, "day": view.day(line.day)])),
                    .text(line.reason), .text(line.heard),
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
        return WebFacts(facts: facts)
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

/// The decision as it is printed on A4 for signing (picture 15).
struct RecognitionPaperOutput: Output {
    let decision: RecognitionDecisionAnswer
    let items: [RecognitionDecisionOutput.Item]
    let withdrawals: [RecognitionDecisionOutput.Withdrawn]
    /// Refusals of other areas are left out.
    let isExtract: Bool
    let termYears: Int?
    let recheckMonths: Int?
    let legalBasis: [String]
    let superior: String?

    static var sample: RecognitionPaperOutput {
        RecognitionPaperOutput(
            decision: .sample, items: RecognitionDecisionOutput.sampleItems, withdrawals: [.sample], isExtract: true,
            termYears: 3, recheckMonths: 12,
            legalBasis: ["Law"], superior: "Front")
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let number: String
            let area: String
            let commune: String
            let households: String
            let points: String
            let reason: String?
        }

        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let issuer: String
        let grounds: [String]
        let articleOne: String
        /// The list within the article; a long one follows as an annex instead.
        let rows: [Row]
        let annexed: [Row]
        let hasRows: Bool
        let hasAnnexed: Bool
        let articleTwo: String
        let articleThree: String
        let hasRefused: Bool
        let refused: [Row]
        let hasWithdrawn: Bool
        let withdrawn: [Row]
        let extract: String?
        let sign: WebDocumentSign
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let isWithdrawal = decision.purpose == .withdrawal
        let title = view(
            isWithdrawal ? "recognition.paper.aboutWithdrawal" : "recognition.paper.about", ["title": decision.titleName.shown(view), "year": "\(decision.year)"])
        let place = decision.territory.name
        let isDraft = decision.state == .draft
        let recognised = rows(.recognised, view)
        let refused = rows(.refused, view)
        let isLong = recognised.count > Self.longest
        return Page(
            "recognition-paper", title: title,
            Content(
                back: WebLink("/decisions/\(decision.id)", view("recognition.paper.back")),
                document: WebDocumentHead(
                    superior: superior.map { [$0.uppercased()] } ?? [], issuer: view("recognition.paper.issuer"),
                    number: decision.number, symbol: decision.number == nil ? view("recognition.paper.symbol") : nil,
                    place: place,
                    dayText: dayText(view), isDraft: isDraft),
                about: title, issuer: decision.body.uppercased(),
                grounds: legalBasis.map { view("recognition.paper.ground", ["basis": $0]) }
                    + (isWithdrawal
                        ? withdrawals.map { view("recognition.paper.ground", ["basis": $0.heard]) }
                        : [view("recognition.paper.groundDossiers")]),
                articleOne: isWithdrawal
                    ? view("recognition.paper.withdrawn", ["count": twoDigits(withdrawals.count)])
                    : articleOne(recognised.count, view) + (isLong ? view("recognition.paper.listAnnexed") : ""),
                rows: isLong ? [] : recognised, annexed: isLong ? recognised : [], hasRows: !isLong && !isWithdrawal,
                hasAnnexed: isLong,
                articleTwo: isWithdrawal
                    ? view("recognition.paper.withdrawnTwo") : articleTwo(!refused.isEmpty, view),
                articleThree: view("recognition.paper.articleThree"),
                hasRefused: !refused.isEmpty, refused: refused, hasWithdrawn: isWithdrawal,
                withdrawn: isWithdrawal ? withdrawnRows(view) : [],
                extract: isExtract ? view("recognition.paper.extract") : nil,
                sign: WebDocumentSign(
                    recipients: [
                        view("recognition.paper.recipientThree"), view("recognition.paper.recipientCommunes"),
                        view("recognition.paper.recipientFile"),
                    ],
                    authority: view("recognition.paper.authority"), office: decision.office?.uppercased(),
                    signer: decision.signer, blank: isDraft ? view("recognition.paper.blank") : nil),
                trace: view.trace(
                    record: decision.id, revision: decision.revision,
                    valid: view(isDraft ? "recognition.paper.notValid" : "recognition.paper.valid"),
                    opens: isDraft ? "/decisions/\(decision.id)" : "/portal/decisions/\(decision.id)")))
    }

    /// So many areas still fit into the article on the first sheet.
    private static let longest = 12

    private func dayText(_ view: View) -> String {
        decision.day.map { view.language.format.paperDate($0) }
            ?? view(
                "recognition.paper.openDay", ["month": "\(view.today.month)", "year": "\(view.today.year)"])
    }

    private func articleOne(_ count: Int, _ view: View) -> String {
        let arguments = [
            "title": decision.titleName.shown(view), "year": "\(decision.year)",
            "count": twoDigits(count), "term": termYears.map { "\($0)" } ?? "",
        ]
        return view(termYears == nil ? "recognition.paper.articleOneOpen" : "recognition.paper.articleOne", arguments)
    }

    private func twoDigits(_ count: Int) -> String { count < 10 ? "0\(count)" : "\(count)" }

    private func withdrawnRows(_ view: View) -> [Content.Row] {
        withdrawals.enumerated().map { index, line in
            Content.Row(
                number: "\(index + 1)", area: view.named(line.area), commune: line.commune?.name ?? "",
                households: view(
                    "recognition.certificate.decision", ["number": line.number, "day": view.day(line.day)]),
                points: line.name, reason: line.reason)
        }
    }

    private func articleTwo(_ hasRefused: Bool, _ view: View) -> String {
        var parts = [view("recognition.paper.certificate")]
        if let recheckMonths { parts.append(view("recognition.paper.recheck", ["months": "\(recheckMonths)"])) }
        if hasRefused { parts.append(view("recognition.paper.annexRef")) }
        return parts.joined(separator: " ")
    }

    private func rows(_ outcome: Recognition.Outcome, _ view: View) -> [Content.Row] {
        items.filter { $0.outcome == outcome }.enumerated().map { index, item in
            Content.Row(
                number: "\(index + 1)", area: item.dossier.areaName(view),
                commune: item.dossier.commune?.name ?? "",
                households: item.households.map { view.language.format.integer($0) } ?? "",
                points: view.points(item.total), reason: item.reason)
        }
    }
}
