extension Criteria {
    /// When a dossier passes for a title. All that is required must be met, the score reached, no group left behind.
    package struct PassRule: Equatable, Sendable {
        /// Which indicators must be met, whatever the score.
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
        /// Other minimums by deciding level, area class or region, or several of them together.
        package var marks: [PassMark]
        /// The least share of its maximum that each group must earn; nil for no floor.
        package var floor: Share?

        package init(
            required: Required = .mandatory, minimum: Int? = nil, minimumByClass: [String: Int] = [:],
            marks: [PassMark] = [], floor: Share? = nil
        ) {
            self.required = required
            self.minimum = minimum
            self.minimumByClass = minimumByClass
            self.marks = marks
            self.floor = floor
        }

        /// Whether points decide at all.
        package var asksForPoints: Bool { minimum != nil || !minimumByClass.isEmpty || !marks.isEmpty }

        /// The least total for a case, in hundredths: of the marks that cover it the one with most conditions, as
        /// with thresholds; nil when the rule has none for it.
        package func minimum(for aim: Aim) -> Int? {
            var best = minimum
            var weight = minimum == nil ? -1 : 0
            if let areaClass = aim.areaClass, let points = minimumByClass[areaClass] {
                best = points
                weight = PassMark(areaClass: areaClass, points).weight
            }
            for mark in marks where mark.weight > weight && mark.covers(aim) {
                best = mark.points
                weight = mark.weight
            }
            return best
        }
    }

    /// One row of the table of pass marks: points and the conditions under which they are asked for.
    package struct PassMark: Equatable, Sendable {
        package var level: Level?
        package var areaClass: String?
        package var region: String?
        /// Hundredths of a point.
        package var points: Int

        package init(level: Level? = nil, areaClass: String? = nil, region: String? = nil, _ points: Int) {
            self.level = level
            self.areaClass = areaClass
            self.region = region
            self.points = points
        }

        func covers(_ aim: Aim) -> Bool {
            (level == nil || level == aim.level) && (areaClass == nil || areaClass == aim.areaClass)
                && (region == nil || region == aim.region)
        }

        /// As with thresholds: more conditions weigh more; level before class before region.
        var weight: Int { (level == nil ? 0 : 20) + (areaClass == nil ? 0 : 18) + (region == nil ? 0 : 17) }

        var conditions: [String] { [level?.rawValue ?? "", areaClass ?? "", region ?? ""] }
    }

    /// When the household ballot (lấy ý kiến hộ gia đình) carries a title. The two shares have two wholes:
    /// households that were asked, and valid slips.
    package struct BallotRule: Equatable, Sendable {
        package var response: Share
        /// By title's code.
        package var satisfied: [String: Share]
        /// What households are asked about besides the overall question, in order; often nothing.
        package var topics: [Topic]

        package init(response: Share, satisfied: [String: Share], topics: [Topic] = []) {
            self.response = response
            self.satisfied = satisfied
            self.topics = topics
        }

        /// A question of its own on every slip.
        package struct Topic: Equatable, Sendable {
            /// Of an indicator, a criterion or a group where the question is about it: the answers then stand beside
            /// it. Any other code is a question of its own.
            package var code: String
            /// The question in full, as it stands on the slip.
            package var name: Name

            package init(_ code: String, _ name: Name) {
                self.code = code
                self.name = name
            }
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

extension Criteria.Title {
    /// Every case that the pass marks tell apart, for a set's classes and regions and this title's levels.
    func passAims(in set: CriteriaSet) -> [Criteria.Aim] {
        let usesClass = !pass.minimumByClass.isEmpty || pass.marks.contains { $0.areaClass != nil }
        let usesRegion = pass.marks.contains { $0.region != nil }
        let usesLevel = pass.marks.contains { $0.level != nil }
        let levels = usesLevel && !deciders.isEmpty ? deciders.map { Optional($0.level) } : [nil]
        let classes = usesClass ? set.areaClasses.map { Optional($0.code) } : [nil]
        let regions = usesRegion ? set.regions.map { Optional($0.code) } : [nil]
        return levels.flatMap { level in
            classes.flatMap { areaClass in
                regions.map { Criteria.Aim(code, level: level, areaClass: areaClass, region: $0) }
            }
        }
    }
}
