import Core
import Criteria
import Web

/// The rules of recognition for everybody: by which steps, until when, by how many and by whom areas are recognised.
struct PortalRulesOutput: Output {
    struct Title: Encodable, Sendable {
        let code: String
        let name: PortalName
        let deciders: [String]
    }

    let code: String
    let version: Int
    let name: PortalName
    /// real, demonstration, namesOnly.
    let label: String
    let issuer: String?
    let documentNumber: String?
    let documentDay: Day?
    let legalBasis: [String]
    let effectiveFrom: Day
    let isSuperseded: Bool
    let titles: [Title]
    /// "09-15", by milestone.
    let days: [String: String]
    /// What is to be done, by step.
    let steps: [String: String]
    private let rules: Rules

    private struct Rules: PageOnly, Sendable {
        let rules: CriteriaRules
    }

    private enum CodingKeys: CodingKey {
        case code, version, name, label, issuer, documentNumber, documentDay, legalBasis, effectiveFrom, isSuperseded
        case titles, days, steps
    }

    init(_ record: StoredCriteriaRules, _ rules: CriteriaRules) {
        code = record.code
        version = record.version
        name = PortalName(rules.name)
        label = record.label.rawValue
        issuer = record.issuer.isEmpty ? nil : record.issuer
        documentNumber = record.documentNumber
        documentDay = record.documentDay
        legalBasis = rules.legalBasis
        effectiveFrom = record.effectiveFrom
        isSuperseded = record.status == .superseded
        titles = rules.titles.map { title in
            Title(
                code: title.code,
                name: PortalName(title.name.vi.isEmpty ? Criteria.Name(title.code) : title.name),
                deciders: title.deciders.map(\.body))
        }
        days = Dictionary(
            (rules.procedure?.days ?? [:]).map { ($0.key.rawValue, $0.value.text) }, uniquingKeysWith: { $1 })
        steps = Dictionary(rules.steps.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { $1 })
        self.rules = Rules(rules: rules)
    }

    static var sample: PortalRulesOutput { PortalRulesOutput(sampleRecord, sampleRules) }

    static let sampleRules = CriteriaRules(
        code: "QC", version: 1, name: Criteria.Name("Quy che", en: "Rules"), issuer: "Uy ban",
        legalBasis: ["Luat"], effectiveFrom: Day(ordinal: 20_454),
        titles: [
            CriteriaRules.Title(
                "model", Criteria.Name("Kieu mau", en: "Model"), deciders: [Criteria.Decider(.province, "Uy ban")])
        ],
        term: Criteria.Term(years: 3, recheckMonths: 12),
        procedure: Criteria.Procedure(
            days: Criteria.Procedure.YearDay(month: 9, day: 15).map { [.assessmentEnds: $0] } ?? [:],
            posting: .calendar(10), panelMembers: 3), steps: [.review: "Hoi nghi"])

    static let sampleRecord = StoredCriteriaRules.sample

    struct Content: Sendable {
        let head: WebHead
        let notices: [WebNotice]
        let facts: WebFacts
        let lines: [String]
        let calendar: WebTable?
        let deciders: WebTable
        let steps: WebFacts?
    }

    func page(_ view: View) -> Page {
        let texts = CriteriaTexts(view)
        let title = name.text(in: view.language)
        let rules = rules.rules
        return Page(
            "portal-rules", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("portal.rules.lead"),
                    crumbs: [
                        PortalTexts(view: view).crumb, WebCrumb(view("portal.criteria.title"), "/portal/criteria"),
                    ]),
                notices: notices(view), facts: facts(view), lines: texts.commonRules(of: rules),
                calendar: calendar(rules, texts, view),
                deciders: WebTable(
                    columns: [WebColumn(view("portal.set.title")), WebColumn(view("portal.set.decider"))],
                    rows: titles.map {
                        WebRow([
                            .head($0.name.text(in: view.language)), .text($0.deciders.joined(separator: "; ")),
                        ])
                    }),
                steps: rules.steps.isEmpty
                    ? nil
                    : WebFacts(
                        facts: CriteriaRules.Step.allCases.compactMap { step in
                            rules.steps[step].map { WebFact(view("criteria.rules.step.\(step.rawValue)"), $0) }
                        })))
    }

    private func notices(_ view: View) -> [WebNotice] {
        var notices: [WebNotice] = []
        if label == "demonstration" { notices.append(WebNotice(.plain, text: view("criteria.rules.demo"))) }
        if isSuperseded {
            notices.append(
                WebNotice(
                    .wait, text: view("portal.rules.superseded"),
                    action: WebLink("/portal/rules/\(code)", view("portal.set.newest"))))
        }
        return notices
    }

    private func facts(_ view: View) -> WebFacts {
        var facts = [
            WebFact(view("portal.set.version"), "\(version)"),
            WebFact(view("portal.set.from"), view.day(effectiveFrom)),
        ]
        if let issuer { facts.append(WebFact(view("portal.set.issuer"), issuer)) }
        if let documentNumber, let documentDay {
            facts.append(
                WebFact(
                    view("criteria.rules.document"),
                    view(
                        "criteria.rules.documentOf", ["number": documentNumber, "day": view.day(documentDay)])))
        }
        facts += legalBasis.map { WebFact(view("portal.set.legalBasis"), $0) }
        return WebFacts(facts: facts)
    }

    private func calendar(_ rules: CriteriaRules, _ texts: CriteriaTexts, _ view: View) -> WebTable? {
        guard let days = rules.procedure?.days, !days.isEmpty else { return nil }
        return WebTable(
            columns: [WebColumn(view("criteria.rules.what")), WebColumn(view("criteria.rules.day"))],
            rows: Criteria.Procedure.Milestone.allCases.compactMap { milestone in
                days[milestone].map {
                    WebRow([
                        .head(view("criteria.rules.milestone.\(milestone.rawValue)")), .text(texts.yearDay($0)),
                    ])
                }
            })
    }
}
