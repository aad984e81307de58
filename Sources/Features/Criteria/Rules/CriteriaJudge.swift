import Core

extension Criteria {
    /// How one indicator stands.
    package struct Verdict: Hashable, Sendable {
        package enum Outcome: String, CaseIterable, Sendable { case met, unmet, notApplicable, missing }

        package var outcome: Outcome
        /// Hundredths of a point, 0 unless met or unmet.
        package var points: Int

        package init(_ outcome: Outcome, points: Int = 0) {
            self.outcome = outcome
            self.points = points
        }
    }

    /// Judges one value.
    ///
    /// No value, a value that could not have been entered, and a case for which the set has no threshold are
    /// all `missing`: a dossier never passes on what nobody could check.
    package static func judge(_ value: Value?, by indicator: Indicator, for aim: Aim) -> Verdict {
        guard let value, refusal(of: value, for: indicator) == nil else { return Verdict(.missing) }
        if case .notApplicable = value { return Verdict(.notApplicable) }
        guard let bound = indicator.bound(for: aim) else { return Verdict(.missing) }
        let isMet = meets(value, bound, by: indicator)
        return Verdict(isMet ? .met : .unmet, points: points(for: value, isMet: isMet, bound, by: indicator))
    }

    /// Whether a value reaches a bound by the indicator's comparison; grades compare by their order.
    static func meets(_ value: Value, _ bound: Bound, by indicator: Indicator) -> Bool {
        switch (value, bound) {
        case (.yes(let given), .yes(let wanted)):
            return given == wanted
        case (.quantity(let given), .quantity(let wanted)):
            return compare(given, wanted, indicator.comparison)
        case (.grade(let given), .grade(let wanted)):
            guard case .grade(let choices) = indicator.kind,
                let have = choices.firstIndex(where: { $0.code == given }),
                let want = choices.firstIndex(where: { $0.code == wanted })
            else { return false }
            return compare(have, want, indicator.comparison)
        default:
            return false
        }
    }

    private static func compare<Rank: Comparable>(_ given: Rank, _ wanted: Rank, _ comparison: Comparison) -> Bool {
        switch comparison {
        case .atLeast: given >= wanted
        case .atMost: given <= wanted
        case .equal: given == wanted
        case .above: given > wanted
        case .below: given < wanted
        }
    }

    private static func points(for value: Value, isMet: Bool, _ bound: Bound, by indicator: Indicator) -> Int {
        if indicator.kind == .points, case .quantity(let given) = value {
            // The panel's points themselves; half up from thousandths to hundredths.
            return min(indicator.points, Int((given.thousandths + 5) / 10))
        }
        switch indicator.scoring {
        case .allOrNothing:
            return isMet ? indicator.points : 0
        case .steps(let steps):
            return steps.filter { meets(value, $0.at, by: indicator) }.map(\.points).max() ?? 0
        case .proportional(let start):
            if isMet { return indicator.points }
            guard case .quantity(let given) = value, case .quantity(let wanted) = bound else { return 0 }
            let rises = indicator.comparison.risesToThreshold
            let way = Int128(wanted.thousandths) - Int128(start.thousandths)
            let gone = Int128(given.thousandths) - Int128(start.thousandths)
            // Past the threshold and still unmet happens with `equal` only, and earns nothing.
            guard rises ? (way > 0 && gone > 0 && gone <= way) : (way < 0 && gone < 0 && gone >= way) else { return 0 }
            // Rounded down, so that what is not met seldom shows the full points.
            return Int(Int128(indicator.points) * gone / way)
        }
    }
}
