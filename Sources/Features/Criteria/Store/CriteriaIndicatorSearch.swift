import Core
import Database
import Organisation

/// Indicators on the page "tìm": by code or by the words of their names, in the sets that are published. The sets of a
/// country are few and kept read, so nothing is indexed.
package enum CriteriaIndicatorSearch {
    package static let kind = SearchKind("criteria.search.title") { words, _, limit, reader in
        var hits: [SearchHit] = []
        for stored in try CriteriaStore.published(reader) {
            let set = try CriteriaStore.set(stored.id, reader)
            for indicator in set.indicators where has(words, indicator) {
                guard hits.count < limit else { return hits }
                hits.append(
                    SearchHit(
                        kind: "indicator", id: stored.id,
                        href: "/criteria/\(stored.id)#c-\(criteriaEscaped(indicator.code))",
                        name: "\(indicator.code) \(indicator.name.vi)", about: "\(set.code) \(set.version)"))
            }
        }
        return hits
    }

    /// Whether each word, or one that begins so, stands in the code or a name.
    static func has(_ words: [String], _ indicator: Criteria.Indicator) -> Bool {
        let own = VietnameseText.folded("\(indicator.code) \(indicator.name.vi) \(indicator.name.en)")
            .split(separator: " ")
        return words.allSatisfy { word in own.contains { $0.hasPrefix(word) } }
    }
}
