import Core
import Criteria
import Web

/// A published set as a line.
struct PortalSetLine: Encodable, Sendable {
    let code: String
    let version: Int
    let name: PortalName
    /// real, demonstration, namesOnly.
    let label: String
    let subject: String
    let issuer: String?
    let effectiveFrom: Day
    /// Published, but not in force yet.
    let isComing: Bool
    let groups: Int
    let indicators: Int
}

/// Published rules of recognition as a line.
struct PortalRulesLine: Encodable, Sendable {
    let code: String
    let version: Int
    let name: PortalName
    let label: String
    let effectiveFrom: Day

    init(_ record: StoredCriteriaRules) {
        code = record.code
        version = record.version
        name = PortalName(Criteria.Name(record.name, en: record.nameEnglish))
        label = record.label.rawValue
        effectiveFrom = record.effectiveFrom
    }
}

/// The published sets, and the rules by which one comes to a title under them.
struct PortalCriteriaOutput: Output {
    let sets: [PortalSetLine]
    var rules: [PortalRulesLine] = []

    struct Content: Sendable {
        let head: WebHead
        let rows: WebRows?
        let rules: WebRows?
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let texts = PortalTexts(view: view)
        let title = view("portal.criteria.title")
        return Page(
            "portal-criteria", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("portal.criteria.lead"), crumbs: [texts.crumb, WebCrumb(title)]),
                rows: sets.isEmpty ? nil : WebRows(rows: sets.map { line($0, texts) }),
                rules: rules.isEmpty
                    ? nil
                    : WebRows(
                        rows: rules.map { rules in
                            WebLine(
                                title: rules.name.text(in: view.language), href: "/portal/rules/\(rules.code)",
                                text: view(
                                    "portal.rules.line",
                                    ["version": "\(rules.version)", "day": view.day(rules.effectiveFrom)]),
                                right: rules.label == "real" ? nil : view("portal.criteria.label.\(rules.label)"))
                        }),
                empty: sets.isEmpty
                    ? WebEmpty(title: view("portal.criteria.none"), text: view("portal.criteria.noneText")) : nil))
    }

    private func line(_ set: PortalSetLine, _ texts: PortalTexts) -> WebLine {
        let view = texts.view
        return WebLine(
            title: set.name.text(in: view.language),
            href: "/portal/criteria/\(set.code)" + (set.isComing ? "?version=\(set.version)" : ""),
            text: view(
                set.isComing ? "portal.criteria.comingLine" : "portal.criteria.line",
                [
                    "version": "\(set.version)", "day": view.day(set.effectiveFrom),
                    "groups": texts.format.integer(set.groups), "indicators": texts.format.integer(set.indicators),
                ]), right: set.label == "real" ? nil : view("portal.criteria.label.\(set.label)"))
    }
}

/// One published version, indicator by indicator.
struct PortalSetOutput: Output {
    struct Title: Encodable, Sendable {
        let code: String
        let name: PortalName
        /// The least points, in hundredths; nil where points do not decide.
        let minimum: Int?
        let deciders: [String]
    }

    struct Threshold: Encodable, Sendable {
        /// The title it is asked for; nil for all.
        let title: String?
        let areaClass: String?
        let figure: PortalFigure
    }

    struct Indicator: Encodable, Sendable {
        let code: String
        let name: PortalName
        let unit: String
        let comparison: String
        let thresholds: [Threshold]
        /// Hundredths; 0 where it is only met or not.
        let points: Int
        let isMandatory: Bool
        let notApplicableIf: String?
        let evidence: [String]
        let verifier: String?
        let guidance: String?
        let example: String?
        let basis: String?
    }

    struct Group: Encodable, Sendable {
        let code: String
        let name: PortalName
        let maximum: Int
        let indicators: [Indicator]
    }

    let code: String
    let version: Int
    let name: PortalName
    let label: String
    let issuer: String?
    let legalBasis: [String]
    let effectiveFrom: Day
    /// A newer version took its place.
    let isSuperseded: Bool
    /// Published, but not in force yet.
    let isComing: Bool
    let maximum: Int
    let titles: [Title]
    let groups: [Group]

    struct IndicatorContent: Sendable {
        let name: String
        let asked: String
        let badges: [String]
        let facts: WebFacts
        let guidance: String?
        let example: String?
    }

    struct GroupContent: Sendable {
        let title: String
        let points: String?
        let indicators: [IndicatorContent]
    }

    struct Content: Sendable {
        let head: WebHead
        let notices: [WebNotice]
        let facts: WebFacts
        let titles: WebTable
        let groups: [GroupContent]
    }

    func page(_ view: View) -> Page {
        let texts = PortalTexts(view: view)
        let title = name.text(in: view.language)
        return Page(
            "portal-criteria-set", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("portal.set.lead"),
                    crumbs: [texts.crumb, WebCrumb(view("portal.criteria.title"), "/portal/criteria")]),
                notices: notices(view), facts: facts(texts), titles: titleTable(texts),
                groups: groups.map { group($0, texts) }))
    }

    private func notices(_ view: View) -> [WebNotice] {
        var notices: [WebNotice] = []
        if label != "real" { notices.append(WebNotice(.plain, text: view("portal.set.label.\(label)"))) }
        if isSuperseded {
            notices.append(
                WebNotice(
                    .wait, text: view("portal.set.superseded"),
                    action: WebLink("/portal/criteria/\(code)", view("portal.set.newest"))))
        }
        if isComing {
            notices.append(
                WebNotice(
                    .wait, text: view("portal.set.coming", ["day": view.day(effectiveFrom)]),
                    action: WebLink("/portal/criteria/\(code)", view("portal.set.inForce"))))
        }
        return notices
    }

    private func facts(_ texts: PortalTexts) -> WebFacts {
        let view = texts.view
        var facts = [
            WebFact(view("portal.set.version"), "\(version)"),
            WebFact(view("portal.set.from"), view.day(effectiveFrom)),
        ]
        if let issuer { facts.append(WebFact(view("portal.set.issuer"), issuer)) }
        if maximum > 0 { facts.append(WebFact(view("portal.set.maximum"), texts.points(maximum))) }
        facts += legalBasis.map { WebFact(view("portal.set.legalBasis"), $0) }
        return WebFacts(facts: facts)
    }

    private func titleTable(_ texts: PortalTexts) -> WebTable {
        let view = texts.view
        return WebTable(
            columns: [
                WebColumn(view("portal.set.title")), WebColumn(view("portal.set.minimum"), isNumber: true),
                WebColumn(view("portal.set.decider")),
            ],
            rows: titles.map { title in
                WebRow([
                    .head(title.name.text(in: view.language)),
                    .number(title.minimum.map { "\(texts.points($0))/\(texts.points(maximum))" } ?? "—"),
                    .text(title.deciders.isEmpty ? "—" : title.deciders.joined(separator: "; ")),
                ])
            })
    }

    private func group(_ group: Group, _ texts: PortalTexts) -> GroupContent {
        GroupContent(
            title: "\(group.code). \(group.name.text(in: texts.view.language))",
            points: group.maximum > 0
                ? texts.view("portal.set.points", ["points": texts.points(group.maximum)]) : nil,
            indicators: group.indicators.map { indicator($0, texts) })
    }

    private func indicator(_ indicator: Indicator, _ texts: PortalTexts) -> IndicatorContent {
        let view = texts.view
        var badges: [String] = []
        if indicator.points > 0 { badges.append(view("portal.set.points", ["points": texts.points(indicator.points)])) }
        if indicator.isMandatory { badges.append(view("portal.set.mandatory")) }
        var facts: [WebFact] = []
        if !indicator.evidence.isEmpty {
            facts.append(WebFact(view("portal.set.evidence"), indicator.evidence.joined(separator: "; ")))
        }
        if let verifier = indicator.verifier { facts.append(WebFact(view("portal.set.verifier"), verifier)) }
        if let exception = indicator.notApplicableIf {
            facts.append(WebFact(view("portal.set.notApplicable"), exception))
        }
        if let basis = indicator.basis { facts.append(WebFact(view("portal.set.basis"), basis)) }
        return IndicatorContent(
            name: "\(indicator.code) \(indicator.name.text(in: view.language))", asked: asked(indicator, texts),
            badges: badges, facts: WebFacts(facts: facts), guidance: indicator.guidance, example: indicator.example)
    }

    /// "Tiêu biểu: từ 70 % trở lên. Kiểu mẫu: từ 80 % trở lên."
    private func asked(_ indicator: Indicator, _ texts: PortalTexts) -> String {
        let view = texts.view
        let known = Dictionary(titles.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        return indicator.thresholds.map { threshold in
            let figure = texts.figure(threshold.figure, unit: indicator.unit)
            let said =
                [.yes, .no].contains(threshold.figure.kind)
                ? figure : view("portal.comparison.\(indicator.comparison)", ["figure": figure])
            var cases: [String] = []
            if let title = threshold.title {
                cases.append(known[title].map { $0.text(in: view.language) } ?? title)
            }
            if let areaClass = threshold.areaClass { cases.append(areaClass) }
            return cases.isEmpty
                ? view("portal.set.askedAll", ["said": said])
                : view("portal.set.asked", ["for": cases.joined(separator: ", "), "said": said])
        }.joined(separator: " ")
    }
}
