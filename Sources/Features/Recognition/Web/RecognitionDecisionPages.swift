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
    let narrowing: RecognitionPaperNarrowing
    /// Send it as `after` for the next page.
    let next: ID?
    /// Send it as `before` for the page before.
    let previous: ID?

    static var sample: RecognitionDecisionListOutput {
        RecognitionDecisionListOutput(
            decisions: [.sample],
            waiting: [Waiting(title: "model", titleName: .sample, year: 2026, level: "province", count: 4)],
            narrowing: .sample, next: RecognitionSamples.id, previous: RecognitionSamples.id)
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
            narrowing: decisions.isEmpty && narrowing.isNone
                ? nil
                : narrowing.shown(
                    "/decisions",
                    states: Recognition.DecisionState.allCases.map {
                        ($0.rawValue, view("recognition.decision.\($0.rawValue)"))
                    }, view),
            table: decisions.isEmpty ? nil : table(view),
            pager: narrowing.pager("/decisions", previous: previous, next: next), empty: empty(view)
        ).page
    }

    private func empty(_ view: View) -> WebEmpty? {
        guard decisions.isEmpty else { return nil }
        guard narrowing.isNone else { return narrowing.nothing("/decisions", view) }
        return waiting.isEmpty
            ? WebEmpty(title: view("recognition.decision.empty"), text: view("recognition.decision.emptyText")) : nil
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
