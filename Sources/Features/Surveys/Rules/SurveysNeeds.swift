import Core

extension Surveys {
    /// What a gap needs, as the fields of its form: "people", "peopleAmount" and so on.
    package enum NeedFields {
        package static let unit = "worksUnit"
        package static let names = Need.allCases.flatMap { [$0.rawValue, amount($0)] } + [unit]

        package static func amount(_ need: Need) -> String { "\(need.rawValue)Amount" }

        /// What stands in the fields, without those that are empty.
        package static func texts(_ lines: [NeedLine]) -> [String: String] {
            var texts: [String: String] = [:]
            for line in lines {
                texts[line.need.rawValue] = line.text
                texts[amount(line.need)] = line.amount.map { ValueCode.typed(.quantity($0)) }
                if line.need == .works { texts[unit] = line.unit }
            }
            return texts
        }

        /// - Throws: `.invalid` beside a field that says a number without a word.
        package static func lines(_ texts: [String: String]) throws(Refusal) -> [NeedLine] {
            var lines: [NeedLine] = []
            var refusals: [Refusal] = []
            for need in Need.allCases {
                let number = texts[amount(need)].flatMap { Quantity.parse($0) }
                guard let text = texts[need.rawValue] else {
                    if number != nil {
                        refusals.append(Refusal(.invalid, "surveys.refusal.amountAlone", field: need.rawValue))
                    }
                    continue
                }
                lines.append(
                    NeedLine(need: need, text: text, amount: number, unit: need == .works ? texts[unit] : nil))
            }
            if let refusal = Refusal.of(refusals) { throw refusal }
            return lines
        }
    }
}
