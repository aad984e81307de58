import Core
import Criteria

extension Recognition {
    /// What four sides say of one indicator: the area, the commune, the panel, and the residents, at their meeting and
    /// by the household ballot.
    package struct FourWay: Sendable, Equatable {
        /// Households for it of those present; nil where the meeting did not vote on it.
        package struct Residents: Sendable, Equatable {
            package let votes: Int
            package let present: Int
            package let isCarried: Bool
            package let isDisputed: Bool

            package init(votes: Int, present: Int, isCarried: Bool, isDisputed: Bool) {
                self.votes = votes
                self.present = present
                self.isCarried = isCarried
                self.isDisputed = isDisputed
            }

            /// Of those present, in thousandths of a percent.
            package var share: Quantity? { Quantity.percent(votes, of: present) }
        }

        /// A side's value and the hundredths of a point it earns.
        package struct Said: Sendable, Equatable {
            package let value: Criteria.Value
            package let points: Int

            package init(_ value: Criteria.Value, points: Int) {
                self.value = value
                self.points = points
            }
        }

        package let code: String
        package let own: Said?
        package let check: Said?
        /// Nil while it is blind or not settled.
        package let panel: Said?
        package let residents: Residents?
        /// What households answered to the topic it belongs to; nil where none was asked, or too few slips came.
        package let households: TopicAnswer?
        /// What the indicator is worth, in hundredths of a point.
        package let worth: Int

        package init(
            code: String, own: Said?, check: Said?, panel: Said?, residents: Residents?,
            households: TopicAnswer? = nil, worth: Int
        ) {
            self.code = code
            self.own = own
            self.check = check
            self.panel = panel
            self.residents = residents
            self.households = households
            self.worth = worth
        }

        private var said: [Said] { [own, check, panel].compactMap { $0 } }

        /// Hundredths of a point between the most and the least that a side gives. The residents' side is all or
        /// nothing: what the meeting voted down earns nothing with them.
        package var points: Int {
            let all =
                said.map(\.points) + (residents.map { [$0.isCarried ? own?.points ?? worth : 0] } ?? [])
            return (all.max() ?? 0) - (all.min() ?? 0)
        }

        /// How many different values the three sides give, less one.
        package var values: Int {
            var distinct: [Criteria.Value] = []
            for one in said where !distinct.contains(one.value) { distinct.append(one.value) }
            return max(0, distinct.count - 1)
        }

        /// Some side gives points for what too few households are satisfied with.
        package var isDoubted: Bool { households?.isLow == true && said.contains { $0.points > 0 } }

        package var differs: Bool { points > 0 || values > 0 || isDoubted }

        /// The most different first: by points, then by values, then what households doubt, then what was disputed at
        /// the meeting; the set's order breaks ties.
        package static func byDifference(_ lines: [FourWay]) -> [FourWay] {
            lines.enumerated().sorted { one, other in
                let (a, b) = (one.element, other.element)
                if a.points != b.points { return a.points > b.points }
                if a.values != b.values { return a.values > b.values }
                if a.isDoubted != b.isDoubted { return a.isDoubted }
                let (x, y) = (a.residents?.isDisputed ?? false, b.residents?.isDisputed ?? false)
                return x == y ? one.offset < other.offset : x
            }.map(\.element)
        }
    }
}
