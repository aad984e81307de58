import Core
import Web

/// A heading of a comparison and what differs under it: a title, a group, an indicator.
struct CriteriaDifferenceSection: Sendable {
    let title: String
    var href: String?
    /// That it came or went whole; nil where it stands in both.
    var kind: Criteria.Change.Kind?
    let lines: [CriteriaDifferenceLine]
    /// The indicators of a group.
    var inner: [CriteriaDifferenceSection] = []

    var isEmpty: Bool { lines.isEmpty && inner.isEmpty && kind == nil }

    /// How much of a kind stands here: what came or went whole counts once.
    func count(of kind: Criteria.Change.Kind) -> Int {
        let own = self.kind.map { $0 == kind ? 1 : 0 } ?? lines.count { $0.kind == kind }
        return own + inner.reduce(0) { $0 + $1.count(of: kind) }
    }
}

/// Reads two versions against each other as people do: by title, group and indicator, in sentences.
///
/// That nothing is left out it takes from the written form: a field that differs there and that no sentence tells
/// stands with its own word.
struct CriteriaDifferenceReading {
    let texts: CriteriaTexts
    let names: CriteriaNames
    var words: Words { texts.words }

    init(_ words: Words, _ names: CriteriaNames) {
        texts = CriteriaTexts(words)
        self.names = names
    }

    /// - Parameters:
    ///   - href: the page of an indicator: its code, and whether it stands in the later version.
    func sections(
        from old: CriteriaSet, to new: CriteriaSet, href: (_ code: String, _ isNew: Bool) -> String? = { _, _ in nil }
    ) -> [CriteriaDifferenceSection] {
        let changes = Criteria.difference(from: old, to: new)
        var sections = [
            CriteriaDifferenceSection(title: words("criteria.set.about"), lines: about(old, new))
        ]
        sections += titles(old, new, changes)
        sections.append(
            CriteriaDifferenceSection(
                title: words("criteria.set.rules"),
                lines: texts.way(from: CriteriaWay(old), to: CriteriaWay(new), names)))
        sections += groups(old, new, changes, href)
        return told(sections, changes)
    }

    func sections(from old: CriteriaRules, to new: CriteriaRules) -> [CriteriaDifferenceSection] {
        let about =
            head(
                (old.code, new.code), (old.name, new.name), (old.issuer, new.issuer), (old.legalBasis, new.legalBasis),
                ([old.effectiveFrom, old.effectiveTo], [new.effectiveFrom, new.effectiveTo]))
            + ways((old.label, new.label), (old.subject, new.subject))
        var sections = [CriteriaDifferenceSection(title: words("criteria.rules.about"), lines: about)]
        for title in new.titles {
            let before = old.title(title.code)
            sections.append(
                CriteriaDifferenceSection(
                    title: heading(title.name, title.code), kind: before == nil ? .added : nil,
                    lines: texts.names(texts.field("name"), before?.name, title.name)
                        + deciders(before?.deciders ?? [], title.deciders)))
        }
        for title in old.titles where new.title(title.code) == nil {
            sections.append(
                CriteriaDifferenceSection(
                    title: heading(title.name, title.code), kind: .removed,
                    lines: deciders(title.deciders, [])))
        }
        sections.append(
            CriteriaDifferenceSection(
                title: words("criteria.rules.common"),
                lines: texts.way(from: CriteriaWay(old), to: CriteriaWay(new), names)))
        sections.append(
            CriteriaDifferenceSection(
                title: words("criteria.rules.steps"),
                lines: CriteriaRules.Step.allCases.compactMap { step in
                    CriteriaDifferenceLine(
                        words("criteria.rules.step.\(step.rawValue)"), old.steps[step], new.steps[step])
                }))
        return told(sections, Criteria.difference(from: old, to: new))
    }

    private func deciders(_ old: [Criteria.Decider], _ new: [Criteria.Decider]) -> [CriteriaDifferenceLine] {
        [texts.list(texts.field("deciders"), old.map(texts.decider), new.map(texts.decider))].compactMap { $0 }
    }

    /// Sections with something in them; the changes as the file has them should no sentence tell of any.
    private func told(
        _ sections: [CriteriaDifferenceSection], _ changes: [Criteria.Change]
    ) -> [CriteriaDifferenceSection] {
        let told = sections.filter { !$0.isEmpty }
        let left = changes.filter { !["version", "status"].contains($0.place) }
        if !told.isEmpty || left.isEmpty { return told }
        return [CriteriaDifferenceSection(title: words("criteria.set.about"), lines: left.compactMap(raw))]
    }

    func raw(_ change: Criteria.Change) -> CriteriaDifferenceLine? {
        let written = CriteriaWritten(words, names)
        let place = CriteriaPlace(change.place)
        return CriteriaDifferenceLine(
            place.said(words, names), change.old.map { written.value($0, at: place) },
            change.new.map { written.value($0, at: place) })
    }

    func line(_ field: String, _ old: String?, _ new: String?) -> CriteriaDifferenceLine? {
        func given(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
        return CriteriaDifferenceLine(texts.field(field), given(old), given(new))
    }

    // What stands at the head of a set.

    private func about(_ old: CriteriaSet, _ new: CriteriaSet) -> [CriteriaDifferenceLine] {
        func frame(_ set: CriteriaSet) -> String? {
            set.frame.map {
                words(
                    "criteria.about.frameOf",
                    ["code": $0.code, "version": words.language.format.integer($0.version)])
            }
        }
        func loose(_ set: CriteriaSet) -> [String] {
            set.mayLoosen.map { CriteriaPlace($0.rawValue).said(words, names) }
        }
        return head(
            (old.code, new.code), (old.name, new.name), (old.issuer, new.issuer), (old.legalBasis, new.legalBasis),
            ([old.effectiveFrom, old.effectiveTo], [new.effectiveFrom, new.effectiveTo]))
            + ways((old.label, new.label), (old.subject, new.subject))
            + [
                line("frame", frame(old), frame(new)), texts.list(texts.field("mayLoosen"), loose(old), loose(new)),
            ].compactMap { $0 } + points(old, new)
            + choices("areaClasses", old.areaClasses, new.areaClasses) + choices("regions", old.regions, new.regions)
    }

    /// The most points there are, and what an area may add itself.
    func points(_ old: CriteriaSet, _ new: CriteriaSet) -> [CriteriaDifferenceLine] {
        func points(_ hundredths: Int) -> String? { hundredths > 0 ? texts.pointsWord(hundredths) : nil }
        return [
            line("maximum", points(old.maximum), points(new.maximum)),
            line("ownIndicators", texts.own(of: old), texts.own(of: new)),
        ].compactMap { $0 }
    }

    private func head(
        _ code: (String, String), _ name: (Criteria.Name, Criteria.Name), _ issuer: (String, String),
        _ basis: ([String], [String]), _ days: ([Day?], [Day?])
    ) -> [CriteriaDifferenceLine] {
        func day(_ day: Day?) -> String? { day.map { words.language.format.day($0) } }
        return texts.names(texts.field("name"), name.0, name.1)
            + [
                line("code", code.0, code.1), line("issuer", issuer.0, issuer.1),
                texts.list(texts.field("legalBasis"), basis.0, basis.1),
                line("effectiveFrom", day(days.0[0]), day(days.1[0])),
                line("effectiveTo", day(days.0[1]), day(days.1[1])),
            ].compactMap { $0 }
    }

    private func ways(
        _ label: (CriteriaSet.Label, CriteriaSet.Label), _ subject: (CriteriaSet.Subject, CriteriaSet.Subject)
    ) -> [CriteriaDifferenceLine] {
        [
            line(
                "label", words("criteria.label.\(label.0.rawValue)"), words("criteria.label.\(label.1.rawValue)")),
            line(
                "subject", words("criteria.subject.\(subject.0.rawValue)"),
                words("criteria.subject.\(subject.1.rawValue)")),
        ].compactMap { $0 }
    }

    private func choices(
        _ field: String, _ old: [Criteria.Choice], _ new: [Criteria.Choice]
    ) -> [CriteriaDifferenceLine] {
        new.compactMap { choice in line(field, old.first { $0.code == choice.code }?.name, choice.name) }
            + old.filter { choice in !new.contains { $0.code == choice.code } }.compactMap { line(field, $0.name, nil) }
    }

    func heading(_ name: Criteria.Name, _ code: String) -> String {
        let said = texts.name(name)
        return words("criteria.difference.ofTitle", ["title": said.isEmpty ? names.said(code, words) ?? code : said])
    }
}
