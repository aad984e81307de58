extension Criteria {
    /// When a dossier passes for a title. All that is required must be met, the score reached, no group left behind.
    package struct PassRule: Equatable, Sendable {
        package enum Required: String, CaseIterable, Sendable {
            /// The indicators marked so.
            case mandatory
            /// Each one: "all must pass" sets.
            case every
        }

        package var required: Required
        /// The least total in hundredths of a point; nil where points do not decide.
        package var minimum: Int?
        /// Other minimums by area class, such as 60 points in the highlands (Nghị định 122/2018/NĐ-CP).
        package var minimumByClass: [String: Int]
        /// The least share of its maximum that each group must earn; nil for no floor.
        package var floor: Share?

        package init(
            required: Required = .mandatory, minimum: Int? = nil, minimumByClass: [String: Int] = [:],
            floor: Share? = nil
        ) {
            self.required = required
            self.minimum = minimum
            self.minimumByClass = minimumByClass
            self.floor = floor
        }

        /// Whether points decide at all.
        package var asksForPoints: Bool { minimum != nil || !minimumByClass.isEmpty }

        /// The least total for an area class, in hundredths; nil when the rule has none for it.
        package func minimum(for areaClass: String?) -> Int? {
            areaClass.flatMap { minimumByClass[$0] } ?? minimum
        }
    }

    /// When the household ballot (lấy ý kiến hộ gia đình) carries a title. The two shares have two wholes:
    /// households that were asked, and valid slips.
    package struct BallotRule: Equatable, Sendable {
        package var response: Share
        /// By title's code.
        package var satisfied: [String: Share]

        package init(response: Share, satisfied: [String: Share]) {
            self.response = response
            self.satisfied = satisfied
        }
    }

    /// When a residents' review meeting (hội nghị bình xét) may be held, and when it carries a criterion.
    package struct MeetingRule: Equatable, Sendable {
        /// Of all households.
        package var quorum: Share
        /// Of those present.
        package var carried: Share

        package init(quorum: Share, carried: Share) {
            self.quorum = quorum
            self.carried = carried
        }
    }

    /// How long a title is valid and how often it is looked at again.
    package struct Term: Equatable, Sendable {
        /// 1...10
        package var years: Int
        /// 1...60, and not longer than the term.
        package var recheckMonths: Int

        package init(years: Int, recheckMonths: Int) {
            self.years = years
            self.recheckMonths = recheckMonths
        }
    }
}
