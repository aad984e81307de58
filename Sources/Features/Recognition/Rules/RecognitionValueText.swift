import Core
import Criteria

extension Recognition {
    /// Values as people type them into a field, and back.
    package enum ValueText {
        /// The word for "does not apply" in a check's field and in JSON.
        package static let notApplicable = "na"

        /// Reads what was typed for an indicator.
        ///
        /// - Parameters:
        ///   - typed: "90,5", "158/214", "yes", "no", a grade's code or "na".
        ///   - reason: why the indicator does not apply, with "na".
        ///   - field: the form's field that a refusal stands beside.
        /// - Throws: `.invalid` with Criteria's words when the value does not fit the indicator.
        package static func read(
            _ typed: String, reason: String? = nil, for indicator: Criteria.Indicator, field: String = "value"
        ) throws(Refusal) -> Criteria.Value {
            let value = try parse(typed, reason, indicator, field)
            if let refusal = Criteria.refusal(of: value, for: indicator) {
                let isReason = if case .notApplicable = value { field == "value" } else { false }
                throw Refusal(
                    .invalid, refusal.key, field: isReason && refusal.key.hasSuffix("reasonNeeded") ? "why" : field,
                    refusal.arguments)
            }
            return value
        }

        private static func parse(
            _ typed: String, _ reason: String?, _ indicator: Criteria.Indicator, _ field: String
        ) throws(Refusal) -> Criteria.Value {
            if typed == notApplicable { return .notApplicable(reason: reason ?? "") }
            switch indicator.kind {
            case .yesNo:
                switch typed {
                case "yes", "true": return .yes(true)
                case "no", "false": return .yes(false)
                default: throw Refusal(.invalid, "recognition.refusal.yesOrNo", field: field)
                }
            case .grade: return .grade(typed)
            default:
                if typed.contains("/") { return .quantity(try share(typed, indicator, field)) }
                guard let quantity = Quantity.parse(typed) else {
                    let isShare = indicator.kind == .percentage
                    throw Refusal(
                        .invalid, isShare ? "recognition.refusal.percentage" : "web.field.quantity", field: field)
                }
                return .quantity(quantity)
            }
        }

        /// What a pair comes to: percent of a percentage, times of a ratio, to the thousandth. What is left over is
        /// dropped where more is better and counted full where less is: 3,399 of 4,000 shows as 84.975 %, and no
        /// threshold is reached by rounding.
        private static func share(
            _ typed: String, _ indicator: Criteria.Indicator, _ field: String
        ) throws(Refusal) -> Quantity {
            let scale: Int128
            switch indicator.kind {
            case .percentage: scale = 100_000
            case .ratioToBaseline: scale = 1_000
            default: throw Refusal(.invalid, "recognition.refusal.pair.none", field: field)
            }
            guard let (part, whole) = pair(typed), part >= .zero, whole >= .zero else {
                throw Refusal(.invalid, "recognition.refusal.pair.form", field: field)
            }
            guard whole > .zero else { throw Refusal(.invalid, "recognition.refusal.pair.zero", field: field) }
            if indicator.kind == .percentage, part > whole {
                throw Refusal(
                    .invalid, "recognition.refusal.pair.more", field: field,
                    ["part": part.text(in: .vi), "whole": whole.text(in: .vi)])
            }
            let (dividend, divisor) = (Int128(part.thousandths) * scale, Int128(whole.thousandths))
            let rest = indicator.comparison.risesToThreshold ? 0 : divisor - 1
            guard let thousandths = Int64(exactly: (dividend + rest) / divisor) else {
                throw Refusal(.invalid, "recognition.refusal.pair.form", field: field)
            }
            return Quantity(thousandths: thousandths)
        }

        private static func pair(_ typed: String) -> (part: Quantity, whole: Quantity)? {
            let halves = typed.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard halves.count == 2, let part = Quantity.parse(halves[0]), let whole = Quantity.parse(halves[1]) else {
                return nil
            }
            return (part, whole)
        }

        /// The two counts that a value was typed with, "158/214", to stand beside it; nil when it was typed otherwise.
        package static func counted(_ typed: String) -> String? {
            pair(typed).map { "\(plain($0.part))/\(plain($0.whole))" }
        }

        /// A value and what it was counted from as pages show it: a tenth is enough beside the counts themselves.
        package static func tenths(_ quantity: Quantity) -> Quantity {
            Quantity(thousandths: quantity.thousandths / 100 * 100)
        }

        /// What stands in the field for a value; numbers as Vietnamese people type them.
        package static func typed(_ value: Criteria.Value) -> String {
            switch value {
            case .yes(let yes): yes ? "yes" : "no"
            case .quantity(let quantity): plain(quantity)
            case .grade(let code): code
            case .notApplicable: notApplicable
            }
        }

        /// Without thousands' marks, so that "1234,5" is read back to itself.
        private static func plain(_ quantity: Quantity) -> String {
            quantity.text(in: .vi).replacing(".", with: "")
        }
    }

    /// What became of a try to save a value on the ground of a version.
    package enum Saving: Sendable, Equatable {
        case saved(version: Int)
        /// Somebody saved another value meanwhile. Nothing was overwritten; the try is kept in the history.
        case conflict(current: Int)
    }
}
