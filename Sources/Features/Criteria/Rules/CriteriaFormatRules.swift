import Core

extension Criteria.Format {
    /// What reading a file of rules gave: rules that can be used, or every fault.
    package struct RulesReading: Equatable, Sendable {
        package var rules: CriteriaRules?
        package var faults: [Criteria.Fault]
        /// Lines of the file by place.
        var lines: [String: Int] = [:]

        /// The line of the nearest place that the file has.
        func line(of place: String) -> Int? { Reader.line(of: place, in: lines) }
    }

    /// The word in `kind` that tells a file of rules from a criteria set.
    package static let rulesKind = "rules"

    /// Reads rules of recognition, and names every fault at once.
    ///
    /// - Parameter kept: as with a set: the text was accepted before.
    package static func readRules(_ tree: Tree, kept: Bool = false) -> RulesReading {
        let reader = Reader()
        let root = Place(tree: tree, path: "", code: "")
        if !root.isGiven { return RulesReading(rules: nil, faults: [Criteria.Fault(.emptyFile, at: "")]) }
        let rules = reader.rules(root)
        let faults =
            reader.faults
            + Criteria.faults(in: rules).filter { !reader.isEcho($0) }.map { fault in
                var fault = fault
                fault.line = reader.line(of: fault.place)
                return fault
            }
        let ordered = faults.enumerated().sorted {
            ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
        }.map(\.element)
        return RulesReading(
            rules: kept || ordered.allSatisfy(\.isWarning) ? rules : nil, faults: ordered, lines: reader.lines)
    }

    /// Writes rules so that reading them back gives the same.
    package static func write(_ rules: CriteriaRules) -> Tree {
        var map = Writer()
        map.text("kind", rulesKind)
        map.text("code", rules.code)
        map.whole("version", rules.version)
        map.text("status", rules.status.rawValue)
        map.text("label", rules.label.rawValue)
        map.name("name", rules.name)
        map.text("issuer", rules.issuer)
        map.texts("legalBasis", rules.legalBasis)
        map.text("effectiveFrom", rules.effectiveFrom?.isoText ?? "")
        map.text("effectiveTo", rules.effectiveTo?.isoText ?? "")
        map.text("subject", rules.subject.rawValue)
        map.list(
            "titles",
            rules.titles.map { title in
                var map = Writer()
                map.text("code", title.code)
                map.name("name", title.name)
                map.list("deciders", title.deciders.map { tagged($0.level.rawValue, $0.body) })
                return map.tree
            })
        write(ballot: rules.ballot, meeting: rules.meeting, term: rules.term, procedure: rules.procedure, &map)
        if !rules.steps.isEmpty {
            map.map("steps") { table in
                for step in CriteriaRules.Step.allCases { table.text(step.rawValue, rules.steps[step] ?? "") }
            }
        }
        return map.tree
    }
}

extension Criteria.Format.Reader {
    fileprivate func rules(_ root: Place) -> CriteriaRules {
        let fields = fields(
            root,
            [
                "kind", "code", "version", "status", "label", "name", "issuer", "legalBasis", "effectiveFrom",
                "effectiveTo", "subject", "titles", "ballot", "meeting", "term", "procedure", "steps",
            ])
        if let kind = required("kind", root, fields) {
            let given = text(kind)
            if given != Criteria.Format.rulesKind {
                note(.unknownWord, kind, ["given": given, "known": Criteria.Format.rulesKind])
            }
        }
        return CriteriaRules(
            code: text(fields["code"]), version: whole(fields["version"], or: 1),
            status: word(fields["status"], or: .draft), label: word(required("label", root, fields), or: .real),
            name: name(fields["name"]), issuer: text(fields["issuer"]), legalBasis: texts(fields["legalBasis"]),
            effectiveFrom: day(fields["effectiveFrom"]), effectiveTo: day(fields["effectiveTo"]),
            subject: word(required("subject", root, fields), or: .residentialArea),
            titles: list(fields["titles"]).map(ruledTitle), ballot: ballot(fields["ballot"]),
            meeting: meeting(fields["meeting"]), term: term(fields["term"]),
            procedure: procedure(fields["procedure"]), steps: steps(fields["steps"]))
    }

    private func ruledTitle(_ place: Place) -> CriteriaRules.Title {
        let fields = fields(place, ["code", "name", "deciders"])
        return CriteriaRules.Title(
            text(fields["code"]), name(fields["name"]), deciders: list(fields["deciders"]).compactMap(decider))
    }

    private func steps(_ place: Place?) -> [CriteriaRules.Step: String] {
        guard let place, place.isGiven else { return [:] }
        var steps: [CriteriaRules.Step: String] = [:]
        for (name, place) in fields(place, CriteriaRules.Step.allCases.map(\.rawValue)) where place.isGiven {
            if let step = CriteriaRules.Step(rawValue: name) { steps[step] = text(place) }
        }
        return steps
    }
}
