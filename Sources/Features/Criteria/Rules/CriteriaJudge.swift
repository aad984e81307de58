extension Criteria {
    /// How one indicator stands.
    package struct Verdict: Hashable, Sendable {
        /// Met or not; `missing` where no value stands yet.
        package enum Outcome: String, CaseIterable, Sendable { case met, unmet, notApplicable, missing }

        package var outcome: Outcome
        /// Hundredths of a point, 0 unless met or unmet.
        package var points: Int

        package init(_ outcome: Outcome, points: Int = 0) {
            self.outcome = outcome
            self.points = points
        }
    }

    /// What of an indicator decides about a value in one case, and nothing else of it: a country's dossiers are judged
    /// by the same few dozen of these, so its threshold is looked up once and its texts are left behind.
    struct Gauge: Sendable {
        let code: String
        let kind: Kind
        let isWhole: Bool
        let comparison: Comparison
        let points: Int
        let scoring: Scoring
        let mayNotApply: Bool
        /// Nil when the set has no threshold for the case.
        let bound: Bound?

        init(_ indicator: Indicator, for aim: Aim) {
            code = indicator.code
            kind = indicator.kind
            isWhole = indicator.countsWholes
            comparison = indicator.comparison
            points = indicator.points
            scoring = indicator.scoring
            mayNotApply = indicator.notApplicableIf != nil
            bound = indicator.bound(for: aim)
        }
    }

    /// Judges one value.
    ///
    /// No value, a value that could not have been entered, and a case for which the set has no threshold are
    /// all `missing`: a dossier never passes on what nobody could check.
    package static func judge(_ value: Value?, by indicator: Indicator, for aim: Aim) -> Verdict {
        Gauge(indicator, for: aim).verdict(value)
    }

    /// Whether a value reaches a bound; grades compare by their order.
    static func meets(_ value: Value, _ bound: Bound, _ comparison: Comparison, of kind: Kind) -> Bool {
        switch (value, bound) {
        case (.yes(let given), .yes(let wanted)):
            return given == wanted
        case (.quantity(let given), .quantity(let wanted)):
            return compare(given.thousandths, wanted.thousandths, comparison)
        case (.grade(let given), .grade(let wanted)):
            guard case .grade(let choices) = kind,
                let have = choices.firstIndex(where: { $0.code == given }),
                let want = choices.firstIndex(where: { $0.code == wanted })
            else { return false }
            return compare(have, want, comparison)
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
}

extension Criteria.Gauge {
    func verdict(_ value: Criteria.Value?) -> Criteria.Verdict {
        guard let value, isPossible(value) else { return Criteria.Verdict(.missing) }
        if case .notApplicable = value { return Criteria.Verdict(.notApplicable) }
        guard let bound else { return Criteria.Verdict(.missing) }
        let isMet = Criteria.meets(value, bound, comparison, of: kind)
        return Criteria.Verdict(isMet ? .met : .unmet, points: earned(by: value, isMet: isMet, bound))
    }

    /// What `Criteria.refusal(of:for:)` lets pass, without making the words of a refusal.
    private func isPossible(_ value: Criteria.Value) -> Bool {
        switch value {
        case .notApplicable(let reason): mayNotApply && reason.contains { !$0.isWhitespace }
        case .yes: kind == .yesNo
        case .grade(let code):
            if case .grade(let choices) = kind { choices.contains { $0.code == code } } else { false }
        case .quantity(let quantity):
            Criteria.range(of: quantity, kind: kind, points: points, isWhole: isWhole) == nil
        }
    }

    private func earned(by value: Criteria.Value, isMet: Bool, _ bound: Criteria.Bound) -> Int {
        if kind == .points, case .quantity(let given) = value {
            // The panel's points themselves; half up from thousandths to hundredths.
            return min(points, Int((given.thousandths + 5) / 10))
        }
        switch scoring {
        case .allOrNothing:
            return isMet ? points : 0
        case .steps(let steps):
            var best = 0
            for step in steps where step.points > best && Criteria.meets(value, step.at, comparison, of: kind) {
                best = step.points
            }
            return best
        case .proportional(let start):
            if isMet { return points }
            guard case .quantity(let given) = value, case .quantity(let wanted) = bound else { return 0 }
            let way = Int128(wanted.thousandths) - Int128(start.thousandths)
            let gone = Int128(given.thousandths) - Int128(start.thousandths)
            // Past the threshold and still unmet happens with `equal` only, and earns nothing.
            guard
                comparison.risesToThreshold
                    ? (way > 0 && gone > 0 && gone <= way) : (way < 0 && gone < 0 && gone >= way)
            else { return 0 }
            // Rounded down, so that what is not met seldom shows the full points.
            return Int(Int128(points) * gone / way)
        }
    }
}
