import Core
import Web

// Title by title, group by group, indicator by indicator.

extension CriteriaDifferenceReading {
    /// Fields that differ right below a place.
    func fields(_ changes: [Criteria.Change], below place: String) -> [String: [Criteria.Change]] {
        var fields: [String: [Criteria.Change]] = [:]
        for change in changes where change.place.hasPrefix(place + ".") {
            let rest = change.place.dropFirst(place.count + 1)
            fields[String(rest.prefix { $0 != "." && $0 != "[" }), default: []].append(change)
        }
        return fields
    }

    /// Facets of which a field differs, before and after; with the file's own words where the sentences are the same.
    func lines(
        _ old: [CriteriaFacet], _ new: [CriteriaFacet], _ fields: [String: [Criteria.Change]]
    ) -> [CriteriaDifferenceLine] {
        zip(old, new).flatMap { before, after -> [CriteriaDifferenceLine] in
            let changes = after.fields.sorted().flatMap { fields[$0] ?? [] }
            if changes.isEmpty { return [] }
            return texts.list(after.label, before.parts, after.parts).map { [$0] } ?? changes.compactMap(raw)
        }
    }

    /// All that there is to say of a thing that came, the most important of one that went.
    func lines(of facets: [CriteriaFacet], _ kind: Criteria.Change.Kind) -> [CriteriaDifferenceLine] {
        facets.filter { kind == .added ? !$0.isUsual : $0.isBrief }.compactMap { facet in
            kind == .added
                ? CriteriaDifferenceLine(facet.label, nil, facet.text)
                : CriteriaDifferenceLine(facet.label, facet.text, nil)
        }
    }

    func titles(
        _ old: CriteriaSet, _ new: CriteriaSet, _ changes: [Criteria.Change]
    ) -> [CriteriaDifferenceSection] {
        var sections = new.titles.map { title in
            let lines = self.lines(ofTitle: title.code, old, new, changes)
            guard let before = old.title(title.code) else {
                return CriteriaDifferenceSection(
                    title: heading(title.name, title.code), kind: .added, lines: lines)
            }
            return CriteriaDifferenceSection(
                title: heading(title.name, title.code),
                lines: texts.names(texts.field("name"), before.name, title.name) + lines)
        }
        for title in old.titles where new.title(title.code) == nil {
            sections.append(
                CriteriaDifferenceSection(
                    title: heading(title.name, title.code), kind: .removed,
                    lines: lines(ofTitle: title.code, old, new, changes)))
        }
        return sections
    }

    /// What differs of a title beside its name: who decides, what must be held before, when it is passed.
    func lines(
        ofTitle code: String, _ old: CriteriaSet, _ new: CriteriaSet, _ changes: [Criteria.Change]
    ) -> [CriteriaDifferenceLine] {
        func passing(_ title: Criteria.Title, _ set: CriteriaSet) -> String {
            texts.passing(title, in: set).joined(separator: "; ")
        }
        switch (old.title(code), new.title(code)) {
        case (let before?, let after?):
            let fields = fields(changes, below: "titles[\(code)]")
            var lines = self.lines(texts.facets(of: before, in: old), texts.facets(of: after, in: new), fields)
            if let changes = fields["pass"] {
                lines +=
                    texts.list(
                        texts.field("pass"), texts.passing(before, in: old), texts.passing(after, in: new)
                    ).map { [$0] } ?? changes.compactMap(raw)
            }
            return lines
        case (nil, let after?):
            return lines(of: texts.facets(of: after, in: new), .added)
                + [line("pass", nil, passing(after, new))].compactMap { $0 }
        case (let before?, nil):
            return [line("pass", passing(before, old), nil)].compactMap { $0 }
        case (nil, nil): return []
        }
    }

    func groups(
        _ old: CriteriaSet, _ new: CriteriaSet, _ changes: [Criteria.Change],
        _ href: (_ code: String, _ isNew: Bool) -> String?
    ) -> [CriteriaDifferenceSection] {
        let before = Dictionary(
            CriteriaStanding.all(in: old).map { ($0.indicator.code, $0) }, uniquingKeysWith: { first, _ in first })
        let kept = Set(new.indicators.map(\.code))
        /// Indicators of a group of the older version that are nowhere any more.
        func gone(_ group: Criteria.Standard) -> [CriteriaDifferenceSection] {
            CriteriaStanding.all(of: group).filter { !kept.contains($0.indicator.code) }.map { one in
                indicator(
                    one, href(one.indicator.code, false), .removed, lines(of: texts.facets(of: one, in: old), .removed))
            }
        }
        var sections = new.standards.map { group in
            let same = old.standards.first { $0.code == group.code }
            var lines: [CriteriaDifferenceLine]
            if let same {
                lines = texts.names(texts.field("name"), same.name, group.name)
                lines += self.lines(
                    texts.facets(of: same, in: old), texts.facets(of: group, in: new),
                    fields(changes, below: "groups[\(group.code)]"))
                lines += criteria(same.criteria, group.criteria)
            } else {
                lines = self.lines(of: texts.facets(of: group, in: new), .added) + criteria([], group.criteria)
            }
            let inner = CriteriaStanding.all(of: group).map { one in
                compared(before[one.indicator.code].map { ($0, old) }, (one, new), href(one.indicator.code, true))
            }
            return CriteriaDifferenceSection(
                title: heading(group), kind: same == nil ? .added : nil, lines: lines,
                inner: inner.filter { !$0.isEmpty } + (same.map(gone) ?? []))
        }
        for group in old.standards where !new.standards.contains(where: { $0.code == group.code }) {
            sections.append(
                CriteriaDifferenceSection(
                    title: heading(group), kind: .removed, lines: criteria(group.criteria, []), inner: gone(group)))
        }
        return sections
    }

    /// An indicator against what it was, wherever it stood.
    private func compared(
        _ old: (one: CriteriaStanding, set: CriteriaSet)?, _ new: (one: CriteriaStanding, set: CriteriaSet),
        _ href: String?
    ) -> CriteriaDifferenceSection {
        let after = texts.facets(of: new.one, in: new.set)
        guard let old else { return indicator(new.one, href, .added, lines(of: after, .added)) }
        var fields = Dictionary(
            grouping: Criteria.difference(
                from: Criteria.Format.indicator(old.one.indicator), to: Criteria.Format.indicator(new.one.indicator))
        ) { change in String(change.place.prefix { $0 != "." && $0 != "[" }) }
        let names = texts.names(texts.field("name"), old.one.indicator.name, new.one.indicator.name)
        if old.one.group.code != new.one.group.code || old.one.criterion?.code != new.one.criterion?.code {
            fields["groups"] = [Criteria.Change(.changed, "groups")]
        }
        return indicator(
            new.one, href, nil, names + lines(texts.facets(of: old.one, in: old.set), after, fields))
    }

    private func indicator(
        _ one: CriteriaStanding, _ href: String?, _ kind: Criteria.Change.Kind?, _ lines: [CriteriaDifferenceLine]
    ) -> CriteriaDifferenceSection {
        CriteriaDifferenceSection(
            title: words(
                "criteria.difference.ofIndicator",
                ["code": one.indicator.code, "name": texts.name(one.indicator.name)]), href: href, kind: kind,
            lines: lines)
    }

    func heading(_ group: Criteria.Standard) -> String {
        words("criteria.difference.ofGroup", ["code": group.code, "name": texts.name(group.name)])
    }

    /// Criteria between a group and its indicators that came, went or were renamed.
    private func criteria(
        _ old: [Criteria.Criterion], _ new: [Criteria.Criterion]
    ) -> [CriteriaDifferenceLine] {
        func label(_ code: String) -> String { "\(texts.field("criteria")) \(code)" }
        return new.flatMap { one in
            texts.names(label(one.code), old.first { $0.code == one.code }?.name, one.name)
        }
            + old.filter { one in !new.contains { $0.code == one.code } }.flatMap { one in
                texts.names(label(one.code), one.name, nil)
            }
    }
}
