import Core
import Criteria

extension Offices {
    /// What people type or paste into a cell, and back: "95,8", "95.8 %", "có", "x", a grade's name, "KAD".
    package enum Typed {
        /// What stands in the field of a cell that does not apply, and is read as that.
        package static let notApplicable = "KAD"

        /// Also as pages and papers show the two answers, in both languages: people copy them.
        private static let yes: Set<String> = ["yes", "co", "dat", "co dat", "yes met", "x", "true", "1", "dung"]
        private static let no: Set<String> = [
            "no", "khong", "chua", "khong dat", "chua dat", "chua co", "khong co", "not met", "false", "0",
        ]
        private static let none: Set<String> = ["kad", "na", "n a", "khong ap dung", "khong co"]

        /// Reads a cell; nil when it is blank.
        ///
        /// - Parameter isPasted: out of a spreadsheet, which may write numbers in the English way.
        /// - Throws: `.invalid` with words of Criteria, or `offices.cell.…`, when it is no value of this indicator.
        package static func read(
            _ typed: String, for indicator: Criteria.Indicator, isPasted: Bool = false
        ) throws(Refusal) -> Criteria.Value? {
            let text = VietnameseText.tidied(typed)
            guard !text.isEmpty else { return nil }
            guard text.count <= Limit.cell else {
                throw Refusal(.invalid, "offices.cell.tooLong", ["most": "\(Limit.cell)"])
            }
            if let doubt = OfficesThousands(text)?.refusal(for: indicator, isPasted: isPasted) { throw doubt }
            let value = try value(text, VietnameseText.folded(text), indicator)
            if let refusal = Criteria.refusal(of: value, for: indicator) {
                throw Refusal(.invalid, refusal.key, refusal.arguments.merging(["value": text]) { $1 })
            }
            return value
        }

        private static func value(
            _ text: String, _ folded: String, _ indicator: Criteria.Indicator
        ) throws(Refusal) -> Criteria.Value {
            if isNone(folded, indicator) {
                guard let reason = indicator.notApplicableIf else {
                    throw Refusal(.invalid, "criteria.value.alwaysApplies", ["code": indicator.code])
                }
                return .notApplicable(reason: reason)
            }
            switch indicator.kind {
            case .yesNo:
                if yes.contains(folded) { return .yes(true) }
                if no.contains(folded) { return .yes(false) }
                throw Refusal(.invalid, "offices.cell.notYesNo", ["value": text])
            case .grade(let choices):
                if let choice = choices.first(where: { $0.code == text || VietnameseText.folded($0.name) == folded }) {
                    return .grade(choice.code)
                }
                throw Refusal(
                    .invalid, "offices.cell.notGrade",
                    ["value": text, "grades": choices.map(\.name).joined(separator: ", ")])
            default:
                guard let quantity = Quantity.parse(text) else {
                    throw Refusal(.invalid, "offices.cell.notNumber", ["value": text])
                }
                return .quantity(quantity)
            }
        }

        /// "kad", or the set's own words for the case. Of a yes-or-no "không có" is a no.
        private static func isNone(_ folded: String, _ indicator: Criteria.Indicator) -> Bool {
            if let reason = indicator.notApplicableIf, VietnameseText.folded(reason) == folded { return true }
            return none.contains(folded) && !(indicator.kind == .yesNo && folded == "khong co")
        }

        /// What stands in the field for a value, and is read back to it.
        package static func text(_ value: Criteria.Value) -> String {
            switch value {
            case .yes(let yes): yes ? "yes" : "no"
            case .quantity(let quantity): quantity.text(in: .vi).replacing(".", with: "")
            case .grade(let code): code
            case .notApplicable: notApplicable
            }
        }
    }
}
