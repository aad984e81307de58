import Core
import Database
import Web

/// The rules of recognition that a person sees, each version a line.
struct CriteriaRulesListOutput: Output {
    let rules: [CriteriaRulesRecordAnswer]
    let mayImport: Bool
    private let behind: CriteriaBehind<[StoredCriteriaRules]>

    private enum CodingKeys: CodingKey { case rules, mayImport }

    static var sample: CriteriaRulesListOutput { CriteriaRulesListOutput([.sample], mayImport: true) }

    private init(_ records: [StoredCriteriaRules], mayImport: Bool) {
        rules = records.map(CriteriaRulesRecordAnswer.init)
        self.mayImport = mayImport
        behind = CriteriaBehind(records)
    }

    static func of(_ call: Call<Actor>) throws -> CriteriaRulesListOutput {
        CriteriaRulesListOutput(
            try CriteriaRulesStore.list(seenBy: call.sight, call.reader), mayImport: call.who.holds(.importCriteria))
    }

    struct Content: Sendable {
        let head: WebHead
        let action: WebLink?
        let table: WebTable?
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("criteria.rules.list")
        let records = behind.value
        return Page(
            "criteria-rules-list", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("criteria.rules.lead"),
                    crumbs: [WebCrumb(view("criteria.list.title"), "/criteria")]),
                action: mayImport && !records.isEmpty ? WebLink("/rules/new", view("criteria.rules.import")) : nil,
                table: records.isEmpty ? nil : table(view),
                empty: records.isEmpty
                    ? WebEmpty(
                        title: view("criteria.rules.empty.title"), text: view("criteria.rules.empty.text"),
                        first: view("criteria.rules.empty.\(mayImport ? "first" : "ask")"),
                        action: mayImport
                            ? WebButton("/rules/new", view("criteria.rules.import"), isPrimary: true) : nil)
                    : nil))
    }

    private func table(_ view: View) -> WebTable {
        let texts = CriteriaTexts(view)
        return WebTable(
            columns: [
                WebColumn(view("criteria.rules.one")), WebColumn(view("criteria.list.column.version"), isNumber: true),
                WebColumn(view("criteria.rules.document")), WebColumn(view("criteria.list.column.from")),
                WebColumn(view("criteria.list.column.status")),
            ],
            rows: behind.value.map { record in
                WebRow([
                    .head(
                        record.name(in: view.language), href: record.href,
                        also: record.label == .real
                            ? record.code : record.code + " · " + view("criteria.label.\(record.label.rawValue)")),
                    .number(view.language.format.integer(record.version)),
                    .text(record.documentNumber), .text(view.day(record.effectiveFrom)),
                    .status(texts.status(record.status)),
                ])
            })
    }
}

/// What is different between two versions of rules.
struct CriteriaRulesDifferenceOutput: Output {
    let old: CriteriaRulesRecordAnswer
    let new: CriteriaRulesRecordAnswer
    let changes: [CriteriaDifferenceOutput.Line]
    private let behind: CriteriaBehind<Shown>

    private enum CodingKeys: CodingKey { case old, new, changes }

    private struct Shown: Sendable {
        let old: CriteriaRules
        let new: CriteriaRules
        let names: CriteriaNames
    }

    static var sample: CriteriaRulesDifferenceOutput {
        var before = CriteriaRules.sample
        before.procedure?.posting = .working(3)
        before.issuer = ""
        return CriteriaRulesDifferenceOutput(.sample, before, .sample, .sample, CriteriaNames())
    }

    private init(
        _ old: StoredCriteriaRules, _ oldRules: CriteriaRules, _ new: StoredCriteriaRules, _ newRules: CriteriaRules,
        _ names: CriteriaNames
    ) {
        behind = CriteriaBehind(Shown(old: oldRules, new: newRules, names: names))
        self.old = CriteriaRulesRecordAnswer(old)
        self.new = CriteriaRulesRecordAnswer(new)
        changes = Criteria.difference(from: oldRules, to: newRules)
            .filter { !["version", "status"].contains($0.place) }
            .map { CriteriaDifferenceOutput.Line(kind: $0.kind, place: $0.place, old: $0.old, new: $0.new) }
    }

    static func of(_ call: Call<Actor>) throws -> CriteriaRulesDifferenceOutput {
        let one = try CriteriaRulesStore.stored(call.id("id"), seenBy: call.sight, call.reader)
        let other = try CriteriaRulesStore.stored(call.id("other"), seenBy: call.sight, call.reader)
        let isOrdered = one.code != other.code || one.version >= other.version
        let (old, new) = isOrdered ? (other, one) : (one, other)
        // Rules name titles by their codes; the criteria in force say what they are called.
        let set = try CriteriaStore.current(new.subject, on: call.today, for: new.territory, call.reader)?.set
        return CriteriaRulesDifferenceOutput(
            old, try CriteriaRulesStore.rules(old.id, call.reader), new,
            try CriteriaRulesStore.rules(new.id, call.reader), set.map { CriteriaNames($0) } ?? CriteriaNames())
    }

    func page(_ view: View) -> Page {
        let shown = behind.value
        return CriteriaDifferencePage.page(
            CriteriaDifferencePage.Sides(
                list: WebCrumb(view("criteria.rules.list"), "/rules"),
                old: (CriteriaDifferencePage.version(old.code, old.version, view), "/rules/\(old.id)"),
                new: (CriteriaDifferencePage.version(new.code, new.version, view), "/rules/\(new.id)"),
                digest: new.digest),
            CriteriaDifferenceReading(view.words, shown.names).sections(from: shown.old, to: shown.new), view)
    }
}
