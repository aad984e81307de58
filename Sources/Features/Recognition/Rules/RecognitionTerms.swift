import Core
import Criteria

extension Recognition {
    /// The rules by which an area is reviewed, posted and voted upon (quy chế xét công nhận). What the dossier's frozen
    /// criteria set says goes first; the rest is constructed for the demonstration and labelled so ("minh họa").
    package struct Terms: Sendable, Equatable {
        /// Of all households: with fewer present nothing is voted upon.
        package let quorum: Criteria.Share
        /// Of those present: with fewer for it an indicator goes back to be worked on.
        package let carried: Criteria.Share
        /// The least number of days on the board, the first and the last one counted.
        package let postingDays: Int
        /// Slips returned, of all households.
        package let response: Criteria.Share
        /// Satisfied, of valid slips.
        package let satisfied: Criteria.Share
        /// Whether one of these is our own assumption and not the criteria set's or the rules'.
        package let isConstructed: Bool
        /// They are stated, by a set for the demonstration.
        package let isExample: Bool

        package init(
            quorum: Criteria.Share, carried: Criteria.Share, postingDays: Int, response: Criteria.Share,
            satisfied: Criteria.Share, isConstructed: Bool, isExample: Bool = false
        ) {
            self.quorum = quorum
            self.carried = carried
            self.postingDays = postingDays
            self.response = response
            self.satisfied = satisfied
            self.isConstructed = isConstructed
            self.isExample = isExample
        }

        /// How many persons count the slips.
        package static let counters = 3
        /// Of valid slips: with fewer only whether it passed is shown, because answers could be guessed (people.md 5).
        package static let fewSlips = 20
        /// How many days ahead a posting may be announced.
        package static let postingAhead = 14
        package static let longestPosting = 60

        /// Assumed for the demonstration: more than half of the households, more than half of those present, ten days,
        /// 60 % returned and 80 % satisfied (as seen at Hải Dương, 2018).
        package static let standard = Terms(
            quorum: .percent(50, isExclusive: true), carried: .percent(50, isExclusive: true), postingDays: 10,
            response: .percent(60), satisfied: .percent(80), isConstructed: true)

        /// The rules for a title under a criteria set.
        package static func of(_ set: CriteriaSet, for title: String) -> Terms {
            let (ballot, posting) = (set.ballot, set.procedure?.postingDays)
            let isWhole = set.meeting != nil && ballot?.satisfied[title] != nil && posting != nil
            return Terms(
                quorum: set.meeting?.quorum ?? standard.quorum, carried: set.meeting?.carried ?? standard.carried,
                postingDays: min(posting ?? standard.postingDays, longestPosting),
                response: ballot?.response ?? standard.response,
                satisfied: ballot?.satisfied[title] ?? standard.satisfied,
                isConstructed: !isWhole, isExample: isWhole && set.label != .real)
        }
    }
}
