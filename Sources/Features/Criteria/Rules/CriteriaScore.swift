extension Criteria {
    /// What a dossier earns for one title.
    ///
    /// Points are hundredths. The rule of scaling: the points of an indicator that does not apply are taken out of
    /// its group's maximum, and what the rest earned is scaled back to the full maximum of the group, rounded half
    /// up to hundredths. A group of which nothing applies is taken out of the total in the same way. So an area
    /// without livestock can still reach 100, and gains nothing by it.
    package struct Score: Equatable, Sendable {
        package var aim: Aim
        package var groups: [GroupScore]
        /// The sum of the groups, scaled when a whole group does not apply.
        package var total: Int
        package var maximum: Int
        /// The least total that passes; nil where points do not decide.
        package var minimum: Int?
        /// Required indicators (mandatory, or each one by the title's rule) that are unmet.
        package var requiredUnmet: [String]
        /// Indicators without a usable value.
        package var missing: [String]
        /// Why it does not pass, in the order in which people ask.
        package var reasons: [Reason]

        package var passes: Bool { reasons.isEmpty }

        /// How an indicator stands; nil when it is no part of the set.
        package func verdict(_ code: String) -> Verdict? {
            groups.lazy.flatMap(\.lines).first { $0.code == code }?.verdict
        }
    }

    /// One group of a score.
    package struct GroupScore: Equatable, Sendable {
        /// One indicator of the group and how it stands.
        package struct Line: Equatable, Sendable {
            package var code: String
            package var verdict: Verdict
        }

        package var code: String
        /// Scaled to the maximum.
        package var points: Int
        package var maximum: Int
        /// Before scaling: what was earned, and what could be earned by the indicators that apply.
        package var earned: Int
        package var applicable: Int
        package var floor: Share?
        package var isFloorMet: Bool
        package var lines: [Line]

        /// Hundredths of a percent of the maximum, rounded half up; nil in a group without points.
        package var share: Int? {
            maximum > 0 ? Criteria.scale(points, by: 10_000, over: maximum) : nil
        }
    }

    /// Scores a dossier. Values of indicators that the title does not have are left aside. For many dossiers of one
    /// case make one `Scorer`.
    package static func score(_ set: CriteriaSet, values: [String: Value], for aim: Aim) -> Score {
        Scorer(set, for: aim).score(values)
    }

    /// A set made ready for one case: titles, groups and thresholds are looked up once, so that a dossier costs no
    /// more than its comparisons.
    package struct Scorer: Sendable {
        private struct Group: Sendable {
            var code: String
            var maximum: Int
            var floor: Share?
            var lines: [(gauge: Gauge, isRequired: Bool)]
        }

        package let aim: Aim
        private let rule: PassRule?
        private let minimum: Int?
        private let groups: [Group]
        /// Points for indicators of an area's own where it has none: they leave the total, as a group of which
        /// nothing applies does.
        private let room: Int

        package init(_ set: CriteriaSet, for aim: Aim) {
            self.aim = aim
            let rule = set.title(aim.title)?.pass
            self.rule = rule
            minimum = rule?.minimum(for: aim)
            let hasOwn = set.standards.contains { $0.code == Own.group }
            room = hasOwn ? 0 : set.ownPoints
            groups =
                rule == nil
                ? []
                : set.standards.compactMap { standard in
                    let indicators = standard.indicators(for: aim.title)
                    if indicators.isEmpty { return nil }
                    // What an area chose for itself never keeps it from the title.
                    let isOwn = standard.code == Own.group
                    return Group(
                        code: standard.code, maximum: standard.maximum,
                        floor: isOwn ? nil : standard.floor ?? rule?.floor,
                        lines: indicators.map {
                            (Gauge($0, for: aim), !isOwn && ($0.isMandatory || rule?.required == .every))
                        })
                }
        }

        /// - Parameter values: by the indicator's code.
        package func score(_ values: [String: Value]) -> Score {
            guard let rule else {
                return Score(
                    aim: aim, groups: [], total: 0, maximum: 0, minimum: nil, requiredUnmet: [], missing: [],
                    reasons: [.unknownTitle(aim.title)])
            }
            var missing: [String] = []
            var unmet: [String] = []
            let scores = groups.map { group in
                var lines: [GroupScore.Line] = []
                lines.reserveCapacity(group.lines.count)
                var earned = 0
                var applicable = 0
                for (gauge, isRequired) in group.lines {
                    let verdict = gauge.verdict(values[gauge.code])
                    lines.append(GroupScore.Line(code: gauge.code, verdict: verdict))
                    switch verdict.outcome {
                    case .notApplicable: continue
                    case .missing: missing.append(gauge.code)
                    case .unmet: if isRequired { unmet.append(gauge.code) }
                    case .met: break
                    }
                    earned += verdict.points
                    applicable += gauge.points
                }
                return Self.score(group, lines, earned: earned, applicable: applicable)
            }
            let (total, maximum) = Criteria.sum(scores, room: room)
            var score = Score(
                aim: aim, groups: scores, total: total, maximum: maximum, minimum: minimum, requiredUnmet: unmet,
                missing: missing, reasons: [])
            score.reasons = Criteria.reasons(score, rule)
            return score
        }

        private static func score(
            _ group: Group, _ lines: [GroupScore.Line], earned: Int, applicable: Int
        ) -> GroupScore {
            let points = applicable > 0 ? Criteria.scale(earned, by: group.maximum, over: applicable) : 0
            // A floor is a share of points: a group without points, or with nothing left of them, cannot miss it.
            let isFloorMet = group.floor.map { applicable == 0 || $0.isReached(by: points, of: group.maximum) } ?? true
            return GroupScore(
                code: group.code, points: points, maximum: group.maximum, earned: earned, applicable: applicable,
                floor: group.floor, isFloorMet: isFloorMet, lines: lines)
        }
    }

    fileprivate static func sum(_ groups: [GroupScore], room: Int) -> (total: Int, maximum: Int) {
        var total = 0
        var maximum = room
        var applicable = 0
        for group in groups {
            total += group.points
            maximum += group.maximum
            if group.applicable > 0 { applicable += group.maximum }
        }
        guard applicable > 0, applicable < maximum else { return (total, maximum) }
        return (scale(total, by: maximum, over: applicable), maximum)
    }

    fileprivate static func reasons(_ score: Score, _ rule: PassRule) -> [Reason] {
        var reasons: [Reason] = []
        if !score.missing.isEmpty { reasons.append(.missing(score.missing)) }
        if !score.requiredUnmet.isEmpty { reasons.append(.requiredUnmet(score.requiredUnmet)) }
        for group in score.groups where !group.isFloorMet {
            let needed = group.floor?.needed(of: group.maximum) ?? 0
            reasons.append(.belowFloor(group: group.code, points: group.points, needed: needed))
        }
        if let minimum = score.minimum {
            if score.total < minimum { reasons.append(.belowMinimum(points: score.total, needed: minimum)) }
        } else if rule.asksForPoints {
            reasons.append(.noMinimum)
        }
        return reasons
    }

    /// `amount` × `factor` ÷ `divisor`, rounded half up; in 128 bits, so that no file can make it overflow.
    static func scale(_ amount: Int, by factor: Int, over divisor: Int) -> Int {
        let (amount, factor, divisor) = (Int128(amount), Int128(factor), Int128(max(1, divisor)))
        return Int(clamping: (2 * amount * factor + divisor) / (2 * divisor))
    }
}
