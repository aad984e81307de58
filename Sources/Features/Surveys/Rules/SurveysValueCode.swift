import Core
import Criteria

extension Surveys {
    /// A value as one text of a table's column, and back.
    package enum ValueCode {
        package static func text(_ value: Criteria.Value) -> String {
            switch value {
            case .yes(let yes): yes ? "y:1" : "y:0"
            case .quantity(let quantity): "q:\(quantity.thousandths)"
            case .grade(let code): "g:\(code)"
            case .notApplicable(let reason): "n:\(reason)"
            }
        }

        /// Nil for what no program of this kind wrote.
        package static func value(_ text: String) -> Criteria.Value? {
            guard text.dropFirst().first == ":" else { return nil }
            let rest = String(text.dropFirst(2))
            switch text.first {
            case "y": return rest == "1" ? .yes(true) : rest == "0" ? .yes(false) : nil
            case "q": return Int64(rest).map { .quantity(Quantity(thousandths: $0)) }
            case "g": return .grade(rest)
            case "n": return .notApplicable(reason: rest)
            default: return nil
            }
        }

        /// What stands in a field: "90,5", "yes", a grade's code; empty for what does not apply, which has a box.
        package static func typed(_ value: Criteria.Value) -> String {
            switch value {
            case .yes(let yes): yes ? "yes" : "no"
            case .quantity(let quantity): quantity.text(in: .vi).replacing(".", with: "")
            case .grade(let code): code
            case .notApplicable: ""
            }
        }

        /// What does not apply, where it stands for a whole cell: its field and its box.
        package static let notApplicable = "-"

        /// A whole cell as one text, to hold what a form showed against what stands there; empty for no value.
        package static func shown(_ value: Criteria.Value?) -> String {
            guard let value else { return "" }
            if case .notApplicable = value { return notApplicable }
            return typed(value)
        }

        /// Reads what was typed for an indicator.
        ///
        /// - Parameter field: the form's field that a refusal stands beside.
        /// - Throws: `.invalid` with the words of Criteria when the value does not fit the indicator's unit.
        package static func read(
            _ typed: String, for indicator: Criteria.Indicator, field: String
        ) throws(Refusal) -> Criteria.Value {
            let value: Criteria.Value
            switch indicator.kind {
            case .yesNo:
                guard typed == "yes" || typed == "no" else {
                    throw Refusal(.invalid, "surveys.refusal.yesOrNo", field: field)
                }
                value = .yes(typed == "yes")
            case .grade: value = .grade(typed)
            default:
                guard let quantity = Quantity.parse(typed) else {
                    throw Refusal(.invalid, "web.field.quantity", field: field)
                }
                value = .quantity(quantity)
            }
            if let refusal = Criteria.refusal(of: value, for: indicator) {
                throw Refusal(.invalid, refusal.key, field: field, refusal.arguments)
            }
            return value
        }
    }
}
