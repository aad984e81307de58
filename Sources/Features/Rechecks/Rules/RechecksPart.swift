import Core
import Criteria

extension Rechecks {
    /// A part of a re-check that is looked at on one page and saved by itself: a group of the criteria set. An old phone
    /// and a weak signal carry six fields where they do not carry twenty-seven.
    package struct Part: Sendable, Equatable {
        /// Of the group.
        package let code: String
        package let name: Criteria.Name
        /// The listed indicators of the group, in the set's order.
        package let codes: [String]
        /// Those of them at which somebody has looked.
        package let looked: Int

        package init(code: String, name: Criteria.Name, codes: [String], looked: Int) {
            self.code = code
            self.name = name
            self.codes = codes
            self.looked = looked
        }

        package var isDone: Bool { looked == codes.count }
    }
}

extension Rechecks.Finding {
    /// A list that is no longer than this stays in one piece.
    package static let whole = 9

    /// The groups of a long list; none where the list is short enough for one page, or lies in one group.
    package var parts: [Rechecks.Part] {
        guard listed.count > Self.whole else { return [] }
        let open = Set(open)
        let parts = set.standards.compactMap { group -> Rechecks.Part? in
            let own = Set(group.allIndicators.map(\.code))
            let codes = listed.filter(own.contains)
            guard !codes.isEmpty else { return nil }
            return Rechecks.Part(
                code: group.code, name: group.name, codes: codes, looked: codes.filter { !open.contains($0) }.count)
        }
        // Whatever stands in no group any more is not lost from sight.
        return parts.count > 1 && parts.reduce(0) { $0 + $1.codes.count } == listed.count ? parts : []
    }

    /// The part to look at: the one that was asked for, else the first at which somebody has yet to look, else the
    /// first.
    package func part(asked code: String?) -> Rechecks.Part? {
        let parts = parts
        return parts.first { $0.code == code } ?? parts.first { !$0.isDone } ?? parts.first
    }

    /// Where looking goes on once a part is saved: the next part with something open, from the beginning again after
    /// the last; nil when everything was looked at.
    ///
    /// - Parameter codes: what is saved with it.
    package func part(after code: String, saving codes: Set<String>) -> Rechecks.Part? {
        let parts = parts
        let open = Set(open).subtracting(codes)
        guard let place = parts.firstIndex(where: { $0.code == code }) else { return nil }
        let ahead = parts[(place + 1)...] + parts[...place]
        return ahead.first { $0.codes.contains(where: open.contains) }
    }
}
