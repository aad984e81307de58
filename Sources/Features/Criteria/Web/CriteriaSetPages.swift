import Core
import Database
import Organisation
import Web

/// What is looked for within a set.
struct CriteriaSetQuery: Form {
    static let name = "criteria.set"
    static let fields: [Field] = [Field("q", .text(80), optional: true), Field("title", .text(60), optional: true)]
    init?(_ read: FormReader) { _ = read.text("q") }
}

/// A whole set, or what of it has the words looked for.
struct CriteriaSetOutput: Output {
    let record: CriteriaRecordAnswer
    let legalBasis: [String]
    let frame: String?
    /// Its id, where it is kept here: `/criteria/{id}/difference/{frame's id}`.
    let frameSet: ID?
    let maximum: String
    let titles: [CriteriaTitleAnswer]
    /// Only the indicators that match, when something was looked for.
    let groups: [CriteriaGroupAnswer]
    /// Nil when the whole set is shown.
    let typed: String?
    /// The title whose indicators alone are shown.
    let title: String?
    /// Of a draft: what hinders its publication, and what is only warned about.
    let faults: [CriteriaFaultAnswer]
    /// Indicators that may count people, whatever the status.
    let warned: [CriteriaWarnedAnswer]
    /// The other versions that this person sees, the newest first: `/criteria/{id}/difference/{version's id}`.
    let versions: [CriteriaRecordAnswer]
    private let behind: CriteriaBehind<CriteriaSetView>

    private enum CodingKeys: CodingKey {
        case record, legalBasis, frame, frameSet, maximum, titles, groups, typed, title, faults, warned, versions
    }

    static var sample: CriteriaSetOutput {
        CriteriaSetOutput(
            CriteriaSetView(
                record: .sample, set: .sample, groups: CriteriaSet.sample.standards, faults: [.sample],
                versions: [.sample], successor: .sample, frame: .sample,
                owner: [
                    TerritoryTitle(id: ID(high: 1, low: 2), kind: .province, designation: .province, name: "Lam Dong")
                ], publisher: "Nguyen A", typed: "den",
                title: Criteria.Title.model, isWhole: true))
    }

    private init(_ shown: CriteriaSetView) {
        record = CriteriaRecordAnswer(shown.record)
        legalBasis = shown.set.legalBasis
        frame = shown.set.frame.map { "\($0.code) \($0.version)" }
        frameSet = shown.frame?.id
        maximum = Criteria.Format.text(hundredths: shown.set.maximum)
        titles = shown.set.titles.map { CriteriaTitleAnswer($0, in: shown.set) }
        groups = shown.groups.map(CriteriaGroupAnswer.init)
        typed = shown.typed
        title = shown.title
        faults = shown.faults.map(CriteriaFaultAnswer.init)
        warned = Criteria.peopleWarnings(in: shown.set).map(CriteriaWarnedAnswer.init)
        versions = shown.versions.map(CriteriaRecordAnswer.init)
        behind = CriteriaBehind(shown)
    }

    static func of(_ call: Call<Actor>) throws -> CriteriaSetOutput {
        let record = try CriteriaStore.stored(call.id("id"), seenBy: call.sight, call.reader)
        let set = try CriteriaStore.set(record.id, call.reader)
        let typed = String((call.query["q"] ?? "").prefix(80))
        let title = call.query["title"].flatMap { set.title($0)?.code }
        let publisher = try record.publishedBy.flatMap { person in
            try call.reader.first("SELECT p.name FROM person p WHERE p.id = \(person)")?.text("name")
        }
        return CriteriaSetOutput(
            CriteriaSetView(
                record: record, set: set,
                groups: set.narrowed(to: VietnameseText.searchWords(typed, limit: 6), title: title),
                faults: record.status == .draft
                    ? try CriteriaStore.publication(of: record, on: call.today, call.reader).faults : [],
                versions: try CriteriaStore.versions(of: record, seenBy: call.sight, call.reader),
                successor: try record.supersededBy.map { try CriteriaStore.stored($0, call.reader) },
                frame: try set.frame.flatMap { try CriteriaStore.frameRecord($0, call.reader) },
                frameSet: record.status == .draft
                    ? try CriteriaPublicationOutput.frame(of: set, call.reader) : nil,
                owner: try OrganisationStore.titles(of: record.territory, call.reader), publisher: publisher,
                typed: typed.isEmpty ? nil : typed, title: title,
                isWhole: typed.isEmpty && title == nil, governed: try governed(set, record, call)))
    }

    private static func governed(
        _ set: CriteriaSet, _ record: StoredCriteriaSet, _ call: Call<Actor>
    ) throws -> CriteriaSet? {
        guard record.status != .superseded else { return nil }
        return try CriteriaRulesStore.current(set.subject, on: call.today, for: record.territory, call.reader)
            .map { set.governed(by: $0.rules, $0.reference) }
    }

    func page(_ view: View) -> Page {
        let shown = behind.value
        return Page("criteria-set", title: shown.record.name(in: view.language), shown.content(view))
    }
}

/// What the page of a set is made of.
struct CriteriaSetView: Sendable {
    let record: StoredCriteriaSet
    let set: CriteriaSet
    let groups: [Criteria.Standard]
    let faults: [Criteria.Fault]
    /// Other versions that this person sees.
    let versions: [StoredCriteriaSet]
    let successor: StoredCriteriaSet?
    /// The frame that it was derived from, where it is kept here.
    let frame: StoredCriteriaSet?
    /// The same whole, for the words of what a draft asks less than it; nil of what is published.
    var frameSet: CriteriaSet?
    let owner: [TerritoryTitle]
    let publisher: String?
    let typed: String?
    let title: String?

    /// Nothing was looked for.
    let isWhole: Bool
    /// Under the rules in force, where they say who decides; nil of what was replaced, and where there are none.
    var governed: CriteriaSet?
}

extension CriteriaSet {
    /// The groups with the indicators that hold all the words and belong to the title; groups without any are left out.
    func narrowed(to words: [String], title: String? = nil) -> [Criteria.Standard] {
        guard !words.isEmpty || title != nil else { return standards }
        return standards.compactMap { group in
            let asked = Set(title.map { group.indicators(for: $0).map(\.code) } ?? group.allIndicators.map(\.code))
            let above = " " + VietnameseText.searchKey(of: group.code, group.name.vi, group.name.en)
            func isShown(_ indicator: Criteria.Indicator) -> Bool {
                guard asked.contains(indicator.code) else { return false }
                let text = above + " " + indicator.searchText
                return words.allSatisfy { text.contains(" " + $0) }
            }
            var some = group
            some.indicators = group.indicators.filter(isShown)
            some.criteria = group.criteria.compactMap { criterion in
                var left = criterion
                left.indicators = criterion.indicators.filter(isShown)
                return left.indicators.isEmpty ? nil : left
            }
            return some.allIndicators.isEmpty ? nil : some
        }
    }
}

extension Criteria.Indicator {
    /// By which it is found: everything about it that people would remember.
    fileprivate var searchText: String {
        VietnameseText.folded(
            ([code, name.vi, name.en, of, verifier, supplier?.name ?? "", answerable, guidance, example, basis]
                + evidence.map(\.name)).joined(separator: " "))
    }
}
