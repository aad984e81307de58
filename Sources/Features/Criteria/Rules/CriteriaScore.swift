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

        package func verdict(_ code: String) -> Verdict? {
            groups.lazy.flatMap(\.lines).first { $0.code == code }?.verdict
        }
    }

    /// One group of a score.
    package struct GroupScore: Equatable, Sendable {
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

    /// Scores a dossier. Values of indicators that the title does not have are left aside.
    package static func score(_ set: CriteriaSet, values: [String: Value], for aim: Aim) -> Score {
        guard let title = set.title(aim.title) else {
            return Score(
                aim: aim, groups: [], total: 0, maximum: 0, minimum: nil, requiredUnmet: [], missing: [],
                reasons: [.unknownTitle(aim.title)])
        }
        var groups: [GroupScore] = []
        var missing: [String] = []
        var unmet: [String] = []
        for standard in set.standards {
            let indicators = standard.indicators(for: aim.title)
            guard !indicators.isEmpty else { continue }
            var lines: [GroupScore.Line] = []
            for indicator in indicators {
                let verdict = judge(values[indicator.code], by: indicator, for: aim)
                lines.append(GroupScore.Line(code: indicator.code, verdict: verdict))
                if verdict.outcome == .missing { missing.append(indicator.code) }
                if verdict.outcome == .unmet, indicator.isMandatory || title.pass.required == .every {
                    unmet.append(indicator.code)
                }
            }
            groups.append(group(standard, indicators, lines, floor: standard.floor ?? title.pass.floor))
        }
        let (total, maximum) = sum(groups)
        var score = Score(
            aim: aim, groups: groups, total: total, maximum: maximum,
            minimum: title.pass.minimum(for: aim.areaClass), requiredUnmet: unmet, missing: missing, reasons: [])
        score.reasons = reasons(score, title.pass)
        return score
    }

    private static func group(
        _ standard: Standard, _ indicators: [Indicator], _ lines: [GroupScore.Line], floor: Share?
    ) -> GroupScore {
        var earned = 0
        var applicable = 0
        for (indicator, line) in zip(indicators, lines) where line.verdict.outcome != .notApplicable {
            earned += line.verdict.points
            applicable += indicator.points
        }
        let points = applicable > 0 ? scale(earned, by: standard.maximum, over: applicable) : 0
        // A floor is a share of points: a group without points, or with nothing left of them, cannot miss it.
        let isFloorMet = floor.map { applicable == 0 || $0.isReached(by: points, of: standard.maximum) } ?? true
        return GroupScore(
            code: standard.code, points: points, maximum: standard.maximum, earned: earned, applicable: applicable,
            floor: floor, isFloorMet: isFloorMet, lines: lines)
    }

    private static func sum(_ groups: [GroupScore]) -> (total: Int, maximum: Int) {
        var total = 0
        var maximum = 0
        var applicable = 0
        for group in groups {
            total += group.points
            maximum += group.maximum
            if group.applicable > 0 { applicable += group.maximum }
        }
        guard applicable > 0, applicable < maximum else { return (total, maximum) }
        return (scale(total, by: maximum, over: applicable), maximum)
    }

    private static func reasons(_ score: Score, _ rule: PassRule) -> [Reason] {
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
