import Core
import Database
import Organisation
import Web

/// One version of the rules of recognition.
struct CriteriaRulesOutput: Output {
    struct Title: Encodable, Sendable {
        let code: String
        let name: CriteriaNameAnswer
        let deciders: [CriteriaTitleAnswer.Decider]
        /// Of the valid slips of the household ballot.
        let minimumSatisfied: String?
    }

    let record: CriteriaRulesRecordAnswer
    let legalBasis: [String]
    let titles: [Title]
    let minimumResponse: String?
    let quorum: String?
    let carried: String?
    let years: Int?
    let recheckMonths: Int?
    /// "09-15", by milestone.
    let days: [String: String]
    let panelMembers: Int?
    /// What is to be done, by step.
    let steps: [String: String]
    let faults: [CriteriaFaultAnswer]
    let versions: [CriteriaRulesRecordAnswer]
    /// May move running dossiers to this version.
    let mayMove: Bool
    private let behind: CriteriaBehind<Shown>

    private enum CodingKeys: CodingKey {
        case record, legalBasis, titles, minimumResponse, quorum, carried, years, recheckMonths, days, panelMembers
        case steps, faults, versions, mayMove
    }

    struct Shown: Sendable {
        let record: StoredCriteriaRules
        let rules: CriteriaRules
        let faults: [Criteria.Fault]
        let versions: [StoredCriteriaRules]
        let owner: [TerritoryTitle]
        let publisher: String?
    }

    static var sample: CriteriaRulesOutput {
        CriteriaRulesOutput(
            Shown(
                record: .sample, rules: .sample, faults: [.sample], versions: [.sample],
                owner: [
                    TerritoryTitle(id: ID(high: 1, low: 2), kind: .province, designation: .province, name: "Lam Dong")
                ], publisher: "Nguyen A"), mayMove: true)
    }

    private init(_ shown: Shown, mayMove: Bool) {
        let rules = shown.rules
        record = CriteriaRulesRecordAnswer(shown.record)
        legalBasis = rules.legalBasis
        titles = rules.titles.map { title in
            Title(
                code: title.code, name: CriteriaNameAnswer(title.name),
                deciders: title.deciders.map { CriteriaTitleAnswer.Decider(level: $0.level, body: $0.body) },
                minimumSatisfied: rules.ballot?.satisfied[title.code]?.text)
        }
        minimumResponse = rules.ballot?.response.text
        quorum = rules.meeting?.quorum.text
        carried = rules.meeting?.carried.text
        years = rules.term?.years
        recheckMonths = rules.term?.recheckMonths
        days = Dictionary(
            (rules.procedure?.days ?? [:]).map { ($0.key.rawValue, $0.value.text) }, uniquingKeysWith: { $1 })
        panelMembers = rules.procedure?.panelMembers
        steps = Dictionary(rules.steps.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { $1 })
        faults = shown.faults.map(CriteriaFaultAnswer.init)
        versions = shown.versions.map(CriteriaRulesRecordAnswer.init)
        self.mayMove = mayMove
        behind = CriteriaBehind(shown)
    }

    static func of(_ call: Call<Actor>) throws -> CriteriaRulesOutput {
        let record = try CriteriaRulesStore.stored(call.id("id"), seenBy: call.sight, call.reader)
        let publisher = try record.publishedBy.flatMap { person in
            try call.reader.first("SELECT p.name FROM person p WHERE p.id = \(person)")?.text("name")
        }
        return CriteriaRulesOutput(
            Shown(
                record: record, rules: try CriteriaRulesStore.rules(record.id, call.reader),
                faults: record.status == .draft
                    ? try CriteriaRulesStore.publication(of: record, on: call.today, call.reader) : [],
                versions: try CriteriaRulesStore.versions(of: record, seenBy: call.sight, call.reader),
                owner: try OrganisationStore.titles(of: record.territory, call.reader), publisher: publisher),
            mayMove: try record.status == .published && record.subject == .residentialArea && mayMove(call, record))
    }

    /// Whether this person moves dossiers anywhere that the rules are for.
    private static func mayMove(_ call: Call<Actor>, _ record: StoredCriteriaRules) throws -> Bool {
        try call.who.grants.contains { grant in
            guard grant.role.capabilities.contains(.moveDossiers), grant.term.contains(call.today) else { return false }
            return try record.place.contains(grant.territory)
                || OrganisationStore.path(of: grant.territory, call.reader).contains(record.territory)
        }
    }

    struct Card: Sendable {
        let name: String
        let lines: [String]
    }

    struct Content: Sendable {
        let head: WebHead
        let notices: [WebNotice]
        let actions: [WebLink]
        let publish: WebLink?
        let faultsTitle: String?
        let faults: CriteriaFaultList?
        let lines: [String]
        let calendar: WebTable?
        let cards: [Card]
        let steps: WebFacts?
        let about: WebFacts
        let versions: WebRows?
        let differences: [WebLink]
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let shown = behind.value
        let record = shown.record
        let texts = CriteriaTexts(view)
        let hindering = shown.faults.filter { !$0.isWarning }.count
        let lead =
            [
                record.code, view("criteria.set.version", ["version": view.language.format.integer(record.version)]),
                view("criteria.set.from", ["day": view.day(record.effectiveFrom)]),
            ] + (record.label == .real ? [] : [view("criteria.label.\(record.label.rawValue)")])
        return Page(
            "criteria-rules", title: record.name(in: view.language),
            Content(
                head: WebHead(
                    title: record.name(in: view.language), lead: lead.joined(separator: " · "),
                    crumbs: [WebCrumb(view("criteria.rules.list"), "/rules")], status: texts.status(record.status)),
                notices: notices(view), actions: actions(view),
                publish: record.status == .draft && view.allows(.publishCriteria, record)
                    ? WebLink(record.href + "/publication", view("criteria.rules.publish")) : nil,
                faultsTitle: shown.faults.isEmpty
                    ? nil
                    : view(
                        hindering > 0 ? "criteria.set.hindered" : "criteria.set.warned",
                        ["count": view.language.format.integer(hindering > 0 ? hindering : shown.faults.count)]),
                faults: shown.faults.isEmpty ? nil : CriteriaFaultList(shown.faults, view),
                lines: texts.commonRules(of: shown.rules), calendar: calendar(texts, view),
                cards: shown.rules.titles.map { title in
                    Card(
                        name: title.name.vi.isEmpty ? title.code : texts.name(title.name),
                        lines: texts.rules(of: title, in: shown.rules))
                },
                steps: steps(view), about: about(view), versions: rows(texts, view),
                differences: shown.versions.map {
                    WebLink(
                        "\(record.href)/difference/\($0.id)",
                        view("criteria.set.difference", ["version": view.language.format.integer($0.version)]))
                },
                trace: WebTrace(
                    isDemo: view.isDemonstration, printed: view.language.format.moment(view.now),
                    record: "\(record.code) \(record.version)", revision: String(record.digestText.prefix(8)),
                    valid: view("criteria.trace.\(record.status == .draft ? "draft" : "published")"))))
    }

    private func notices(_ view: View) -> [WebNotice] {
        let record = behind.value.record
        var notices: [WebNotice] = []
        if record.label == .demonstration { notices.append(WebNotice(.plain, text: view("criteria.rules.demo"))) }
        switch record.status {
        case .draft: notices.append(WebNotice(.wait, text: view("criteria.notice.draft")))
        case .superseded:
            let next = behind.value.versions.first { $0.id == record.supersededBy }
            notices.append(
                WebNotice(
                    .plain,
                    text: view(
                        "criteria.rules.superseded", ["day": view.day(next?.effectiveFrom ?? record.effectiveFrom)]),
                    action: next.map {
                        WebLink($0.href, view("criteria.notice.successor", ["version": "\($0.version)"]))
                    }))
        case .published:
            if record.effectiveFrom > view.today {
                notices.append(
                    WebNotice(.wait, text: view("criteria.notice.notYet", ["day": view.day(record.effectiveFrom)])))
            }
        }
        return notices
    }

    private func actions(_ view: View) -> [WebLink] {
        let shown = behind.value
        let record = shown.record
        var actions: [WebLink] = []
        if record.status == .draft, view.allows(.importCriteria, record) {
            actions.append(WebLink(record.href + "/text", view("criteria.set.edit")))
        }
        if let before = shown.versions.first(where: { $0.version < record.version }) {
            actions.append(
                WebLink(
                    "\(record.href)/difference/\(before.id)",
                    view("criteria.set.difference", ["version": view.language.format.integer(before.version)])))
        }
        if mayMove { actions.append(WebLink(record.href + "/move", view("criteria.set.move"))) }
        actions.append(WebLink(record.href + "/file", view("criteria.set.file")))
        return actions
    }

    private func calendar(_ texts: CriteriaTexts, _ view: View) -> WebTable? {
        guard let days = behind.value.rules.procedure?.days, !days.isEmpty else { return nil }
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

    private func steps(_ view: View) -> WebFacts? {
        let steps = behind.value.rules.steps
        guard !steps.isEmpty else { return nil }
        return WebFacts(
            facts: CriteriaRules.Step.allCases.compactMap { step in
                steps[step].map { WebFact(view("criteria.rules.step.\(step.rawValue)"), $0) }
            })
    }

    private func about(_ view: View) -> WebFacts {
        let shown = behind.value
        let record = shown.record
        var facts = [WebFact(view("criteria.about.subject"), view("criteria.subject.\(record.subject.rawValue)"))]
        if !shown.owner.isEmpty {
            facts.append(WebFact(view("criteria.rules.owner"), Array(shown.owner.prefix(2)).line { view($0, $1) }))
        }
        if !record.issuer.isEmpty { facts.append(WebFact(view("criteria.about.issuer"), record.issuer)) }
        if let number = record.documentNumber, let day = record.documentDay {
            facts.append(
                WebFact(
                    view("criteria.rules.document"),
                    view("criteria.rules.documentOf", ["number": number, "day": view.day(day)])))
        }
        facts += shown.rules.legalBasis.enumerated().map { index, basis in
            WebFact(view("criteria.about.basis", ["number": view.language.format.integer(index + 1)]), basis)
        }
        if let at = record.publishedAt {
            let day = view.language.format.moment(at)
            facts.append(
                WebFact(
                    view("criteria.about.published"),
                    shown.publisher.map { view("criteria.about.publishedBy", ["day": day, "name": $0]) } ?? day))
        }
        facts.append(WebFact(view("criteria.about.digest"), String(record.digestText.prefix(16))))
        return WebFacts(facts: facts)
    }

    private func rows(_ texts: CriteriaTexts, _ view: View) -> WebRows? {
        let versions = behind.value.versions
        guard !versions.isEmpty else { return nil }
        return WebRows(
            rows: versions.map { other in
                WebLine(
                    title: view("criteria.set.versionLine", ["version": view.language.format.integer(other.version)]),
                    href: other.href, text: view("criteria.set.from", ["day": view.day(other.effectiveFrom)]),
                    status: texts.status(other.status))
            })
    }
}
