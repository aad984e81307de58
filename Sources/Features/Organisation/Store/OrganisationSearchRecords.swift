import Core
import Database

/// What is typed to find a record that bears an area's name and a year and has no name of its own: "khao sat thong
/// xanh 2026".
package struct AreaRecordQuestion: Sendable, Equatable {
    /// The words of the area's name.
    package let words: [String]
    /// A year that was typed among them.
    package let year: Int?

    /// - Parameters:
    ///   - typed: folded, as `VietnameseText.searchWords` gives them.
    ///   - called: the folded words by which such a record is called. Typed all together they are not looked for in
    ///     names; one of them alone may be part of a name.
    package init(_ typed: [String], called: [String]) {
        let names = Set(called).isSubset(of: typed) ? typed.filter { !called.contains($0) } : typed
        let years = names.filter { $0.utf8.count == 4 && Int($0).map { 1_900...2_200 ~= $0 } ?? false }
        // A year alone names no area.
        year = years.count == names.count ? nil : years.first.flatMap { Int($0) }
        words = year == nil ? names : names.filter { $0 != years.first }
    }

    /// The areas that are meant, the best first; none when nothing but the record's own words was typed. More of them
    /// than hits are wanted: not every area has a record.
    package func areas(seenBy sight: Sight, limit: Int, _ reader: any Reader) throws -> [ID] {
        guard !words.isEmpty else { return [] }
        return try SearchIndex.find(words, kind: SearchSubject.area, seenBy: sight, limit: limit * 5, reader)
    }
}

extension SearchIndex {
    /// The sight of what everybody who is signed in may read, wherever it is: published criteria, the register.
    package static func everywhere(_ sight: Sight, _ reader: any Reader) throws -> Sight {
        let tops = try reader.rows("SELECT id FROM territory WHERE parent_id IS NULL ORDER BY id LIMIT 100").map {
            try $0.id("id")
        }
        return Sight(person: sight.person, roots: tops)
    }
}
