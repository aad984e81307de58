import Core

extension Criteria {
    /// What somebody entered for an indicator.
    package enum Value: Hashable, Sendable {
        case yes(Bool)
        /// Number, percentage, count, ratio or points, by the indicator's kind.
        case quantity(Quantity)
        /// A choice's code.
        case grade(String)
        /// The indicator does not apply here; the reason is in the enterer's words.
        case notApplicable(reason: String)
    }

    /// Why a value cannot be entered for an indicator; nil when it can.
    ///
    /// The refusal's key is `criteria.value.…`, its field the indicator's code.
    package static func refusal(of value: Value, for indicator: Indicator) -> Refusal? {
        func refuse(_ key: String, _ arguments: [String: String] = [:]) -> Refusal {
            Refusal(
                .invalid, "criteria.value." + key, field: indicator.code,
                arguments.merging(["code": indicator.code]) { given, _ in given })
        }
        switch value {
        case .notApplicable(let reason):
            if indicator.notApplicableIf == nil { return refuse("alwaysApplies") }
            return reason.contains { !$0.isWhitespace } ? nil : refuse("reasonNeeded")
        case .yes:
            return indicator.kind == .yesNo ? nil : refuse("otherKind")
        case .grade(let code):
            guard case .grade(let choices) = indicator.kind else { return refuse("otherKind") }
            return choices.contains { $0.code == code } ? nil : refuse("unknownGrade")
        case .quantity(let quantity):
            guard let fault = range(of: quantity, for: indicator) else { return nil }
            return refuse(fault, ["most": Format.text(hundredths: indicator.points)])
        }
    }

    /// What is wrong with a number for this indicator, as the last word of a key; nil when nothing is.
    static func range(of quantity: Quantity, for indicator: Indicator) -> String? {
        range(of: quantity, kind: indicator.kind, points: indicator.points, isWhole: indicator.countsWholes)
    }

    static func range(of quantity: Quantity, kind: Kind, points: Int, isWhole: Bool) -> String? {
        let thousandths = quantity.thousandths
        switch kind {
        case .yesNo, .grade: return "otherKind"
        case .percentage: return (0...100_000).contains(thousandths) ? nil : "percentageOutside"
        case .points:
            return thousandths >= 0 && thousandths <= Int64(points) * 10 ? nil : "pointsOutside"
        case .countOverYears, .ratioToBaseline, .number:
            if thousandths < 0 { return "negative" }
            return isWhole && thousandths % 1000 != 0 ? "notWhole" : nil
        }
    }
}

extension Criteria.Indicator {
    /// Whether its values must be whole: what is counted, over years or at once.
    var countsWholes: Bool {
        if case .countOverYears = kind { return true }
        return unit.isCounted
    }
}
