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

    /// What an item of the year's plan says.
    package struct ItemContent: Sendable, Equatable {
        package let code: String
        package let what: String
        package let owner: ID
        package let until: Day

        package init(code: String, what: String, owner: ID, until: Day) {
            self.code = code
            self.what = what
            self.owner = owner
            self.until = until
        }

        /// As the record of an act keeps it.
        package var trace: String { "\(code); \(what); \(owner); \(until.isoText)" }
    }

    /// An item of the year's plan.
    package struct Item: Sendable {
        package let id: ID
        package let code: String
        package let what: String
        package let owner: ID
        package let ownerName: String
        package let until: Day
        package let doneOn: Day?

        package var content: ItemContent { ItemContent(code: code, what: what, owner: owner, until: until) }
    }

    /// An item of the year's plan as somebody means to add it, or to change it.
    package struct ItemRule: Sendable {
        /// The indicator it is for; nil when none was chosen.
        package let code: String?
        package let until: Day
        package let year: Int
        /// Of a change what the item says so far: what stays as it is asks for nothing.
        package let before: ItemContent?

        package init(code: String?, until: Day, year: Int, before: ItemContent? = nil) {
            self.code = code
            self.until = until
            self.year = year
            self.before = before
        }

        /// An item serves an indicator, and ends within the year it is planned for (or the one before, which begins the
        /// work) and not in the past.
        package func refusal(on today: Day, of codes: Set<String>) -> Refusal? {
            var refusals: [Refusal] = []
            if code.map({ !codes.contains($0) && $0 != before?.code }) ?? true {
                refusals.append(Refusal(.invalid, "surveys.refusal.itemWithoutIndicator", field: "code"))
            }
            if until < today, until != before?.until {
                refusals.append(Refusal(.invalid, "surveys.refusal.itemPast", field: "until"))
            }
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
