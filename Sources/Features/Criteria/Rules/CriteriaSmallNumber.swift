import Core

extension Criteria {
    /// Small numbers (docs/people.md, rule 4): on public pages counts from 1 to 4 of poverty, crime, drugs, illness,
    /// disability and mediation are not told, because in a hamlet everybody knows who the three are.
    package enum SmallNumber {
        /// Whether an indicator speaks of what rule 4 names, by the words of its names, its whole and its unit. Too
        /// often costs a reader one exact number; too seldom costs somebody their peace.
        package static func isSensitive(_ indicator: Indicator) -> Bool {
            var texts = [indicator.name.vi, indicator.name.en, indicator.of]
            if case .ratioToBaseline(let what, _) = indicator.kind { texts.append(what) }
            let text = " " + texts.map(VietnameseText.folded).joined(separator: " ") + " "
            return words.contains { text.contains(" \($0) ") }
        }

        /// How much of a value the public reads.
        package enum Shown: String, Sendable, CaseIterable, Codable {
            /// As it is.
            case whole
            /// "dưới 5".
            case underFive
            /// A share that would give such a count away.
            case withheld
        }

        /// How much of a value may stand where everybody reads: a small number of a sensitive thing names its people.
        package static func shown(_ value: Value, of indicator: Indicator) -> Shown {
            guard case .quantity(let quantity) = value, isSensitive(indicator) else { return .whole }
            switch indicator.kind {
            case .percentage, .ratioToBaseline:
                // 85.7 % of mediations is six of seven. None and all tell nothing about one of them.
                return quantity.thousandths == 0 || quantity.thousandths == 100_000 ? .whole : .withheld
            case .number, .countOverYears, .points, .yesNo, .grade:
                return quantity.thousandths > 0 && quantity.thousandths < 5_000 ? .underFive : .whole
            }
        }

        /// Folded words: of poverty, hardship, crime, drugs, illness, disability, mediation, and of who complains. Words
        /// that fold into everyday ones are left out or have company ("nghien" is also research, "nhiem" also a task).
        private static let words = [
            "ngheo", "kho khan", "hoan canh", "bao tro xa hoi", "tro cap",
            "toi pham", "pham toi", "pham phap", "vi pham phap luat", "hinh su", "te nan", "bao luc", "mat trat tu",
            "ma tuy", "nguoi nghien", "cai nghien", "sau cai",
            "benh", "truyen nhiem", "hiv", "tam than", "suy dinh duong",
            "khuyet tat", "tan tat",
            "hoa giai", "tranh chap", "mau thuan",
            "khieu nai", "to cao", "khieu kien",
            "poor", "poverty", "hardship", "crime", "crimes", "offences", "violence", "drug", "drugs",
            "illness", "ill", "disease", "diseases", "malnutrition", "disability", "disabled", "disabilities",
            "mediation", "mediations", "disputes", "complaints", "denunciations",
        ]
    }
}
