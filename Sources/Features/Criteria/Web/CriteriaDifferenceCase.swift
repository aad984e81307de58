import Core
import Web

/// What of two versions counts for whoever is on the way to one title, beside the indicators themselves: who decides and
/// what must be reached, what its groups can and must earn, and the way. A dossier that moves from one version to the
/// other is told of it.
extension Criteria {
    private static let way = ["ballot", "meeting", "term", "procedure", "maximum", "ownIndicators"]

    /// The changes of a difference that a title's dossiers feel, without those of indicators and of mere words.
    package static func difference(
        from old: CriteriaSet, to new: CriteriaSet, forTitle title: String
    ) -> [Change] {
        let own = "titles[\(title)]"
        let groups = (new.standards + old.standards).filter { !$0.indicators(for: title).isEmpty }.map(\.code)
        let places =
            way + [own]
            + groups.flatMap { group in ["maximum", "floor", "titles"].map { "groups[\(group)].\($0)" } }
        return difference(from: old, to: new).filter { change in
            change.place != own + ".name" && !change.place.hasPrefix(own + ".name.")
                && places.contains {
                    change.place == $0 || change.place.hasPrefix($0 + ".") || change.place.hasPrefix($0 + "[")
                }
        }
    }
}

extension CriteriaTexts {
    /// The same in sentences, as the comparison of the two versions has them.
    package func difference(
        from old: CriteriaSet, to new: CriteriaSet, forTitle title: String
    ) -> [CriteriaDifferenceLine] {
        let names = CriteriaNames(old, new)
        let reading = CriteriaDifferenceReading(words, names)
        let changes = Criteria.difference(from: old, to: new, forTitle: title)
        var lines = reading.lines(ofTitle: title, old, new, changes) + reading.points(old, new)
        for group in new.standards where !group.indicators(for: title).isEmpty {
            guard let same = old.standards.first(where: { $0.code == group.code }) else { continue }
            lines += reading.lines(
                facets(of: same, in: old), facets(of: group, in: new),
                reading.fields(changes, below: "groups[\(group.code)]")
            ).compactMap { CriteriaDifferenceLine("\(reading.heading(group)) · \($0.label)", $0.old, $0.new) }
        }
        return lines + way(from: CriteriaWay(old), to: CriteriaWay(new), names)
    }

    /// How an indicator is scored and whether it is required, for whoever sees that this differs.
    ///
    /// - Returns: nil where both versions say the same.
    package func scoring(
        of indicator: Criteria.Indicator, from old: Criteria.Indicator, to new: Criteria.Indicator
    ) -> String? {
        var parts: [String] = []
        if old.points != new.points || old.scoring != new.scoring { parts += scoring(indicator) }
        if old.isMandatory != new.isMandatory {
            parts.append("\(field("mandatory")): \(words("criteria.text.\(indicator.isMandatory ? "isSo" : "isNot")"))")
        }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
