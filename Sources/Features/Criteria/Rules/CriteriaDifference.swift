extension Criteria {
    /// One line that differs between two sets.
    package struct Change: Equatable, Sendable {
        /// Whether the new set has it only, the old one only, or both with another value.
        package enum Kind: String, CaseIterable, Sendable { case added, removed, changed }

        package var kind: Kind
        /// Where, by codes and not by numbers, so that an inserted line does not move all others:
        /// `groups[III].indicators[III.2].thresholds.model`. A thing that came or went whole is one change.
        package var place: String
        /// As in the file; nil when there was nothing.
        package var old: String?
        package var new: String?

        package init(_ kind: Kind, _ place: String, old: String? = nil, new: String? = nil) {
            self.kind = kind
            self.place = place
            self.old = old
            self.new = new
        }
    }

    /// What changed from one set to another, line by line, in the order of the new one; what went comes last in its
    /// list. It compares the written form, so that nothing a file can say is ever left out.
    package static func difference(from old: CriteriaSet, to new: CriteriaSet) -> [Change] {
        difference(from: Format.write(old), to: Format.write(new))
    }

    static func difference(from old: Format.Tree, to new: Format.Tree) -> [Change] {
        var changes: [Change] = []
        compare(old, new, "", &changes)
        return changes
    }

    private static func compare(_ old: Format.Tree, _ new: Format.Tree, _ place: String, _ changes: inout [Change]) {
        if old.content == new.content { return }
        switch (named(old), named(new)) {
        case (let before?, let after?):
            let was = Dictionary(before.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
            let kept = Set(after.map(\.key))
            for entry in after {
                let place = step(place, entry.key, in: new)
                if let previous = was[entry.key] {
                    compare(previous, entry.value, place, &changes)
                } else {
                    changes.append(Change(.added, place, new: summary(entry.value)))
                }
            }
            for entry in before where !kept.contains(entry.key) {
                changes.append(Change(.removed, step(place, entry.key, in: old), old: summary(entry.value)))
            }
        default:
            changes.append(Change(.changed, place, old: summary(old), new: summary(new)))
        }
    }

    /// The parts of a map or a list under names that stay: fields by name, items by their code, other items by place.
    private static func named(_ tree: Format.Tree) -> [Format.Tree.Entry]? {
        switch tree.content {
        case .map(let entries): return entries
        case .list(let items):
            var taken: Set<String> = []
            return items.enumerated().map { index, item in
                var name = code(of: item) ?? "\(index)"
                while !taken.insert(name).inserted { name += "'" }
                return Format.Tree.Entry(name, item)
            }
        case .empty, .scalar: return nil
        }
    }

    private static func code(of item: Format.Tree) -> String? {
        guard case .map(let entries) = item.content else { return nil }
        if case .scalar(let code)? = entries.first(where: { $0.key == "code" })?.value.content { return code }
        // A row of thresholds is named by its conditions, evidence and choices by their word.
        let conditions = entries.filter { ["title", "level", "areaClass", "region"].contains($0.key) }
        if !conditions.isEmpty { return conditions.map { summary($0.value) }.joined(separator: " ") }
        if case .scalar(let at)? = entries.first(where: { $0.key == "at" })?.value.content { return at }
        guard entries.count == 1 else { return nil }
        return entries[0].key == "value" ? "*" : entries[0].key
    }

    private static func step(_ place: String, _ name: String, in tree: Format.Tree) -> String {
        if case .list = tree.content { return "\(place)[\(name)]" }
        return place.isEmpty ? name : "\(place).\(name)"
    }

    /// A scalar as it is; of a thing its name, else its parts.
    private static func summary(_ tree: Format.Tree) -> String {
        switch tree.content {
        case .empty: return ""
        case .scalar(let text): return text
        case .list(let items): return items.map(summary).joined(separator: "; ")
        case .map(let entries):
            if let name = entries.first(where: { $0.key == "name" })?.value { return summary(name) }
            if entries.first?.key == "vi" { return entries.map { summary($0.value) }.joined(separator: " / ") }
            return entries.map { "\($0.key): \(summary($0.value))" }.joined(separator: "; ")
        }
    }
}
