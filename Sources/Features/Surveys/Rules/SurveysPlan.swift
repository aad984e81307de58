import Core

extension Surveys {
    /// What closing a gap takes.
    package enum Need: String, Sendable, CaseIterable, Codable { case people, money, works }

    /// One need of a gap: in words, with a number where somebody estimated it.
    package struct NeedLine: Sendable, Equatable {
        package let need: Need
        package let text: String
        /// Labour days, million đồng, or the unit named.
        package let amount: Quantity?
        package let unit: String?

        package init(need: Need, text: String, amount: Quantity?, unit: String?) {
            self.need = need
            self.text = text
            self.amount = amount
            self.unit = unit
        }
    }

    /// An item of the year's plan as somebody means to add it.
    package struct ItemRule: Sendable {
        /// The indicator it is for; nil when none was chosen.
        package let code: String?
        package let until: Day
        package let year: Int

        package init(code: String?, until: Day, year: Int) {
            self.code = code
            self.until = until
            self.year = year
        }

        /// An item serves an indicator, and ends within the year it is planned for (or the one before, which begins the
        /// work) and not in the past.
        package func refusal(on today: Day, of codes: Set<String>) -> Refusal? {
            var refusals: [Refusal] = []
            if code.map({ !codes.contains($0) }) ?? true {
                refusals.append(Refusal(.invalid, "surveys.refusal.itemWithoutIndicator", field: "code"))
            }
            if until < today { refusals.append(Refusal(.invalid, "surveys.refusal.itemPast", field: "until")) }
            if until.year > year {
                refusals.append(
                    Refusal(.invalid, "surveys.refusal.itemAfterYear", field: "until", ["year": "\(year)"]))
            }
            return Refusal.of(refusals)
        }
    }

    /// A survey that says nothing cannot be concluded.
    package static func refusalToConclude(filled: Int) -> Refusal? {
        filled > 0 ? nil : Refusal(.invalid, "surveys.refusal.nothingFilled")
    }

    /// The last day of the survey in a year: 15/3, as the demonstration's calendar has it; no rule of recognition names
    /// it ("minh họa").
    package static func deadline(of year: Int) -> Day {
        Day(year: year, month: 3, day: 15) ?? .first
    }

    /// From when to when home reminds of the survey: 1/1 to 31/3, the last day of registration.
    package static func isSeason(_ day: Day) -> Bool { (1...3).contains(day.month) }
}
