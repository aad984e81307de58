import Core
import Criteria

extension Surveys {
    /// How far an indicator is from its threshold. The bounds are our own ("minh họa").
    package enum Effort: String, Sendable, CaseIterable, Codable {
        /// Within a tenth of the threshold, or one grade below it.
        case near
        /// Within half of it, or one thing to be done.
        case midway
        case far
        /// Nobody knows the value yet.
        case unknown

        fileprivate var rank: Int { Effort.allCases.firstIndex(of: self) ?? 0 }
    }

    /// An indicator that falls short.
    package struct Gap: Sendable, Equatable {
        package let code: String
        package let effort: Effort
        /// How far below the threshold, in thousandths of it (of a percentage: of 100); nil for what has no distance.
        package let distance: Int?
        /// Hundredths of a point that meeting it would add.
        package let gain: Int
        package let isMandatory: Bool
    }

    /// A survey's verdict: how many indicators there are, and those that fall short in the order of effort.
    package struct Findings: Sendable {
        package let score: Criteria.Score
        package let indicators: [Criteria.Indicator]
        package let gaps: [Gap]

        /// Those that have a value and do not meet it.
        package var unmet: Int { gaps.count { $0.effort != .unknown } }
        package var unknown: Int { gaps.count - unmet }
    }

    /// Holds values against a set. Near misses come first; of equally near ones the more points to gain, then the
    /// nearer, then the order of the set. What nobody knows stands last: it is looked up before it is worked on.
    package static func findings(
        _ set: CriteriaSet, for aim: Criteria.Aim, _ values: [String: Criteria.Value]
    ) -> Findings {
        let indicators = set.standards.flatMap { $0.indicators(for: aim.title) }
        let score = Criteria.Scorer(set, for: aim).score(values)
        let everyIsRequired = set.title(aim.title)?.pass.required == .every
        var found: [(gap: Gap, place: Int)] = []
        for (place, indicator) in indicators.enumerated() {
            guard let verdict = score.verdict(indicator.code) else { continue }
            switch verdict.outcome {
            case .met, .notApplicable: continue
            case .missing, .unmet:
                let value = verdict.outcome == .missing ? nil : values[indicator.code]
                let (effort, distance) = distance(value, indicator, aim)
                found.append(
                    (
                        Gap(
                            code: indicator.code, effort: effort, distance: distance,
                            gain: indicator.points - verdict.points,
                            isMandatory: indicator.isMandatory || everyIsRequired), place
                    ))
            }
        }
        return Findings(
            score: score, indicators: indicators,
            gaps: found.sorted { isEasier($0.gap, $0.place, $1.gap, $1.place) }.map(\.gap))
    }

    private static func isEasier(_ left: Gap, _ leftPlace: Int, _ right: Gap, _ rightPlace: Int) -> Bool {
        if left.effort != right.effort { return left.effort.rank < right.effort.rank }
        if left.gain != right.gain { return left.gain > right.gain }
        let (near, far) = (left.distance ?? 1_000, right.distance ?? 1_000)
        return near == far ? leftPlace < rightPlace : near < far
    }

    private static func distance(
        _ value: Criteria.Value?, _ indicator: Criteria.Indicator, _ aim: Criteria.Aim
    ) -> (Effort, Int?) {
        guard let value, let bound = indicator.bound(for: aim) else { return (.unknown, nil) }
        switch (value, bound) {
        case (.quantity(let given), .quantity(let wanted)):
            let whole = indicator.kind == .percentage ? 100_000 : max(wanted.thousandths.magnitude, 1_000)
            let missing = (Int128(wanted.thousandths) - Int128(given.thousandths)).magnitude
            let share = Int(clamping: missing * 1_000 / UInt128(whole))
            return (share <= 100 ? .near : share <= 500 ? .midway : .far, share)
        case (.grade(let given), .grade(let wanted)):
            guard case .grade(let choices) = indicator.kind,
                let have = choices.firstIndex(where: { $0.code == given }),
                let want = choices.firstIndex(where: { $0.code == wanted })
            else { return (.unknown, nil) }
            let steps = abs(want - have)
            return (steps <= 1 ? .near : steps == 2 ? .midway : .far, nil)
        default:
            // A yes that is still a no: one thing to be done.
            return (.midway, nil)
        }
    }
}
