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
        ///   - typed: "90,5", "yes", "no", a grade's code or "na".
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
                guard let quantity = Quantity.parse(typed) else {
                    throw Refusal(.invalid, "web.field.quantity", field: field)
                }
                return .quantity(quantity)
            }
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
