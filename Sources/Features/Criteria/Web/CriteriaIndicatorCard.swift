import Core
import Web

/// One indicator in the page of its set: its name on a line, the rest folded under it.
struct CriteriaIndicatorCard: Sendable {
    let anchor: String
    let code: String
    let name: String
    let href: String
    /// The criterion that it is the first of.
    let above: String?
    let mandatory: WebStatus?
    /// Why its number may hurt somebody.
    let warnings: [String]
    let points: String?
    let demands: [String]
    let facts: WebFacts
    let guidance: String?
    let example: String?
    let basis: String?
    /// `open` where it was looked for among few, or somebody should look at it again before it is published.
    let open: String

    init(
        _ indicator: Criteria.Indicator, _ group: Criteria.Standard, _ shown: CriteriaSetView, above: String?,
        _ texts: CriteriaTexts, _ view: View
    ) {
        func given(_ text: String) -> String? { text.isEmpty ? nil : text }
        anchor = "c-" + criteriaEscaped(indicator.code)
        code = indicator.code
        name = texts.name(indicator.name)
        href = "\(shown.record.href)/indicators/\(criteriaEscaped(indicator.code))"
        self.above = above
        mandatory = indicator.isMandatory ? WebStatus(.waiting, view("criteria.text.mandatory")) : nil
        warnings = texts.warnings(about: indicator)
        points = indicator.points > 0 ? texts.pointsWord(indicator.points) : nil
        demands = texts.demands(of: indicator, in: shown.set, within: group.titles).map { line in
            line.label.map { "\($0): \(line.demand)" } ?? view("criteria.text.needed", ["demand": line.demand])
        }
        var facts: [WebFact] = []
        if let supplier = texts.supplier(indicator.supplier) {
            facts.append(WebFact(view("criteria.fact.supplier"), supplier))
        }
        if !indicator.verifier.isEmpty { facts.append(WebFact(view("criteria.fact.verifier"), indicator.verifier)) }
        if !indicator.evidence.isEmpty {
            facts.append(
                WebFact(view("criteria.fact.evidence"), indicator.evidence.map(\.name).joined(separator: "; ")))
        }
        if let minutes = texts.minutes(indicator.minutes) {
            facts.append(WebFact(view("criteria.fact.minutes"), minutes))
        }
        if let exception = indicator.notApplicableIf {
            facts.append(WebFact(view("criteria.fact.exception"), exception))
        }
        self.facts = WebFacts(facts: facts)
        guidance = given(indicator.guidance)
        example = given(indicator.example)
        basis = given(indicator.basis)
        let isSought = shown.typed != nil && shown.groups.flatMap(\.allIndicators).count <= 3
        open = isSought || (shown.record.status == .draft && !warnings.isEmpty) ? "open" : ""
    }
}

/// Faults and warnings with their places.
struct CriteriaFaultList: Sendable {
    struct Line: Sendable {
        let text: String
        /// The line of the file.
        let line: String?
        /// Where in the file, for whoever mends the file.
        let place: String?
        /// Where in the set, for everybody; instead of the place in the file where nothing was read from one.
        let said: String?
        let status: WebStatus
    }

    let lines: [Line]

    /// - Parameters:
    ///   - set: the one at fault, so that places and indicators are said by name.
    ///   - frame: what it was held against.
    init(_ faults: [Criteria.Fault], in set: CriteriaSet? = nil, frame: CriteriaSet? = nil, _ view: View) {
        let texts = CriteriaTexts(view)
        lines = faults.map { fault in
            // What no line of the file is to blame for is said in words.
            let coded = fault.line == nil ? set.map { CriteriaPlace(fault.place).coded(in: $0) } : nil
            return Line(
                text: texts.fault(fault, in: set, frame: frame),
                line: fault.line.map {
                    texts.words("criteria.text.line", ["line": texts.words.language.format.integer($0)])
                },
                place: fault.place.isEmpty || coded != nil ? nil : fault.place,
                said: fault.place.isEmpty
                    ? nil : coded.map { $0.said(view.words, set.map { CriteriaNames($0) } ?? CriteriaNames()) },
                status: fault.isWarning
                    ? WebStatus(.question, texts.words("criteria.text.warning"))
                    : WebStatus(.unmet, texts.words("criteria.text.fault")))
        }
    }
}

extension CriteriaTexts {
    /// What is said before all else where indicators seem to count people, and why; nil where none does.
    func people(_ faults: [Criteria.Fault], in record: StoredCriteriaSet) -> WebNotice? {
        var codes: [String] = []
        for fault in faults {
            if let code = fault.arguments["code"], !codes.contains(code) { codes.append(code) }
        }
        guard let first = codes.first else { return nil }
        return WebNotice(
            .ask,
            bold: words(
                "criteria.people.\(codes.count == 1 ? "single" : "several")",
                ["count": words.language.format.integer(codes.count), "codes": codes.joined(separator: ", ")]),
            text: words("criteria.people.why"),
            action: WebLink(
                "\(record.href)/indicators/\(criteriaEscaped(first))", words("criteria.people.see", ["code": first])))
    }
}
