import Core
import Web

/// One thing that a set says of an indicator, a title or a group, in the reader's words: what a comparison of two
/// versions is made of.
struct CriteriaFacet: Sendable {
    let label: String
    /// One after another; of two versions only those are shown that the other one does not have.
    let parts: [String]
    /// The fields of the file that it is said from.
    let fields: Set<String>
    /// What stands where nobody writes anything, and goes without saying when a thing comes or goes whole.
    let isUsual: Bool
    /// Said of a thing that went as well.
    let isBrief: Bool

    init(
        _ label: String, _ parts: [String], _ fields: Set<String>, isUsual: Bool = false, isBrief: Bool = false
    ) {
        self.label = label
        self.parts = parts
        self.fields = fields
        self.isUsual = isUsual
        self.isBrief = isBrief
    }

    init(
        _ label: String, _ text: String?, _ fields: Set<String>, isUsual: Bool = false, isBrief: Bool = false
    ) {
        self.init(
            label, [text].compactMap { $0 }.filter { !$0.isEmpty }, fields, isUsual: isUsual, isBrief: isBrief)
    }

    /// Nil where nothing is said.
    var text: String? { parts.isEmpty ? nil : parts.joined(separator: "; ") }
}

/// An indicator where it stands in its set.
struct CriteriaStanding: Sendable {
    let indicator: Criteria.Indicator
    let group: Criteria.Standard
    /// Nil where it stands in its group without one.
    let criterion: Criteria.Criterion?

    static func all(in set: CriteriaSet) -> [CriteriaStanding] { set.standards.flatMap { all(of: $0) } }

    static func all(of group: Criteria.Standard) -> [CriteriaStanding] {
        group.indicators.map { CriteriaStanding(indicator: $0, group: group, criterion: nil) }
            + group.criteria.flatMap { criterion in
                criterion.indicators.map { CriteriaStanding(indicator: $0, group: group, criterion: criterion) }
            }
    }
}

extension CriteriaTexts {
    /// A field's word, as in the file's help: "Cách làm".
    func field(_ name: String) -> String { words("criteria.field.\(name)") }

    /// All that is said of an indicator but its name, in the order in which people ask.
    func facets(of one: CriteriaStanding, in set: CriteriaSet) -> [CriteriaFacet] {
        let indicator = one.indicator
        let demands = demands(of: indicator, in: set, within: one.group.titles).map { line in
            line.label.map { "\($0): \(line.demand)" } ?? line.demand
        }
        return [
            CriteriaFacet(field("groups"), place(of: one), ["groups", "criteria"], isUsual: true),
            CriteriaFacet(field("kind"), kind(indicator), ["kind", "unit", "of"], isBrief: true),
            CriteriaFacet(
                words("criteria.indicator.demand"), demands,
                ["operator", "threshold", "thresholds"], isBrief: true),
            CriteriaFacet(
                field("scoring"), scoring(indicator), ["points", "scoring"], isBrief: true),
            CriteriaFacet(
                field("mandatory"), isSo(indicator.isMandatory), ["mandatory"], isUsual: !indicator.isMandatory),
            CriteriaFacet(field("notApplicableIf"), indicator.notApplicableIf, ["notApplicableIf"]),
            CriteriaFacet(
                field("titles"), titles(indicator.titles, in: set), ["titles"], isUsual: indicator.titles.isEmpty),
            CriteriaFacet(field("evidence"), indicator.evidence.map(evidence), ["evidence"]),
            CriteriaFacet(field("suppliedBy"), indicator.supplier.map(whole), ["suppliedBy"]),
            CriteriaFacet(field("verifier"), indicator.verifier, ["verifier"]),
            CriteriaFacet(field("answerable"), indicator.answerable, ["answerable"]),
            CriteriaFacet(field("guidance"), indicator.guidance, ["guidance"]),
            CriteriaFacet(field("example"), indicator.example, ["example"]),
            CriteriaFacet(field("basis"), indicator.basis, ["basis"]),
            CriteriaFacet(words("criteria.fact.minutes"), minutes(indicator.minutes), ["minutes"]),
            CriteriaFacet(
                field("mayLoosen"), loosening(indicator), ["mayLoosen"],
                isUsual: !indicator.mayLoosen && indicator.mayLoosenOnly.isEmpty),
        ]
    }

    /// What is said of a group beside its name.
    func facets(of group: Criteria.Standard, in set: CriteriaSet) -> [CriteriaFacet] {
        [
            CriteriaFacet(field("maximum"), group.maximum > 0 ? pointsWord(group.maximum) : nil, ["maximum"]),
            CriteriaFacet(field("floor"), group.floor.map(share), ["floor"]),
            CriteriaFacet(field("titles"), titles(group.titles, in: set), ["titles"], isUsual: group.titles.isEmpty),
        ]
    }

    /// What is said of a title beside its name and its rule of passing.
    func facets(of title: Criteria.Title, in set: CriteriaSet) -> [CriteriaFacet] {
        [
            CriteriaFacet(field("deciders"), title.deciders.map(decider), ["deciders"]),
            CriteriaFacet(
                field("after"), title.after.isEmpty ? nil : titles([title.after], in: set), ["after"]),
            CriteriaFacet(field("precondition"), title.precondition, ["precondition"]),
        ]
    }

    /// "Công nhận ở cấp tỉnh: UBND tỉnh".
    func decider(_ decider: Criteria.Decider) -> String {
        decider.body.isEmpty
            ? level(decider.level)
            : words("criteria.set.decider", ["level": level(decider.level), "body": decider.body])
    }

    private func place(of one: CriteriaStanding) -> String {
        ["\(one.group.code). \(name(one.group.name))", one.criterion.map { "\($0.code). \(name($0.name))" }]
            .compactMap { $0 }.joined(separator: " · ")
    }

    private func titles(_ codes: [String], in set: CriteriaSet) -> String {
        codes.isEmpty
            ? words("criteria.text.allTitles")
            : codes.map { code in set.title(code).map { name($0.name) } ?? code }.joined(separator: ", ")
    }

    private func isSo(_ isSo: Bool) -> String { words("criteria.text.\(isSo ? "isSo" : "isNot")") }

    private func evidence(_ evidence: Criteria.Evidence) -> String {
        let form = words("criteria.evidence.\(evidence.form.rawValue)")
        return evidence.name.isEmpty ? form : "\(form): \(evidence.name)"
    }

    private func whole(_ supplier: Criteria.Supplier) -> String {
        let source = words("criteria.source.\(supplier.source.rawValue)")
        return supplier.name.isEmpty ? source : "\(source): \(supplier.name)"
    }

    private func loosening(_ indicator: Criteria.Indicator) -> String {
        if indicator.mayLoosenOnly.isEmpty { return isSo(indicator.mayLoosen) }
        return indicator.mayLoosenOnly.map { field($0.rawValue) }.joined(separator: ", ")
    }
}
