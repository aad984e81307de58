import Core

/// Where a dossier stands, as few words as a leader needs: the four figures of a commune's home, the shapes of the
/// charts, the phone's lines.
package enum HomeStanding: String, CaseIterable, Sendable, Codable {
    /// Recognised, or passed by the panel and waiting for the decision.
    case passed
    /// Sent back to the area with reasons.
    case mending
    /// The panel or the decision said no.
    case notPassed
    /// Not all steps are done.
    case underWay
    case withdrawn

    /// Those that a commune's home counts, in its order.
    package static let counted: [HomeStanding] = [.passed, .mending, .notPassed, .underWay]

    /// The best first. An area that registered with two deciders in a year stands where its better dossier does, and
    /// counts once.
    package static let ordered: [HomeStanding] = [.passed, .mending, .underWay, .notPassed, .withdrawn]

    package var rank: Int { HomeStanding.ordered.firstIndex(of: self) ?? HomeStanding.ordered.count }
}

/// One area as a shape of a chart.
package struct HomeUnit: Sendable, Equatable, Codable {
    package let standing: HomeStanding
    package let isLate: Bool

    package init(standing: HomeStanding, isLate: Bool) {
        self.standing = standing
        self.isLate = isLate
    }

    /// By state, the best first and the late ones before those given back, so that a chart reads from left to right.
    package static func ordered(_ units: [HomeUnit]) -> [HomeUnit] {
        units.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)
    }

    private var place: Int {
        // Between those whose registration stands and those given back.
        isLate ? 2 * HomeStanding.withdrawn.rank - 1 : 2 * standing.rank
    }
}

/// Counts of standings.
package struct HomeCounts: Sendable, Equatable {
    package private(set) var counts: [HomeStanding: Int]

    package init(_ standings: [HomeStanding]) {
        counts = Dictionary(standings.map { ($0, 1) }, uniquingKeysWith: +)
    }

    package init(_ counts: [HomeStanding: Int]) { self.counts = counts }

    /// Each area once, where its best dossier stands.
    package init(areas standings: [(area: ID, standing: HomeStanding)]) {
        let best = Dictionary(
            standings.map { ($0.area, $0.standing) }, uniquingKeysWith: { $0.rank <= $1.rank ? $0 : $1 })
        self.init(Array(best.values))
    }

    package subscript(_ standing: HomeStanding) -> Int { counts[standing] ?? 0 }

    package var all: Int { counts.values.reduce(0, +) }

    /// Those whose registration stands: the same that the targets count.
    package var registered: Int { all - self[.withdrawn] }
}

/// The five groups of a score as whole points and as bars.
package struct HomePoints: Sendable, Equatable, Codable {
    /// One group: what it got and the most it can get, both in hundredths of a point.
    package struct Group: Sendable, Equatable, Codable {
        /// "I".
        package let code: String
        /// Hundredths of a point.
        package let points: Int
        package let maximum: Int

        package init(_ code: String, _ points: Int, of maximum: Int) {
            self.code = code
            self.points = points
            self.maximum = maximum
        }

        /// 0...100, rounded down so that a bar is full only when the group is.
        package var percent: Int { maximum > 0 ? min(100, max(0, points * 100 / maximum)) : 0 }

        /// Under half, exactly: what the floor line of the bars means.
        package var isUnderHalf: Bool { points * 2 < maximum }
    }

    package let groups: [Group]
    package let total: Int
    package let maximum: Int

    package init(groups: [Group], total: Int, maximum: Int) {
        self.groups = groups
        self.total = total
        self.maximum = maximum
    }
}
