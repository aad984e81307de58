import Core

extension Goals {
    /// The document (văn bản) that something rests on.
    package struct Document: Sendable, Equatable, Codable {
        /// As on the paper, "15-NQ/ĐU".
        package let number: String
        package let day: Day
        /// Who issued it.
        package let body: String

        package init(number: String, day: Day, body: String) {
            self.number = number
            self.day = day
            self.body = body
        }

        /// On one line, as people write it: number, day, body.
        package var line: String { "\(number), \(Language.vi.format.day(day)), \(body)" }

        /// Refuses a day to come: what is not signed yet is no ground.
        package func refusal(on today: Day) -> Refusal? {
            day > today ? Refusal(.invalid, "goals.refusal.documentAhead", field: "documentDay") : nil
        }
    }

    /// A target as somebody means to set it, held against what is known of the unit.
    package struct TargetRule: Sendable {
        /// How many areas are to hold or win the title.
        package let value: Int
        /// How many areas the unit has.
        package let areas: Int
        /// "Yes, more than there are": more areas will be formed, or each year counts anew.
        package let isSure: Bool
        package let span: Span

        package init(value: Int, areas: Int, isSure: Bool, span: Span) {
            self.value = value
            self.areas = areas
            self.isSure = isSure
            self.span = span
        }

        /// Below 0 is no target; more than there are areas is asked about; a span long past or far ahead is a slip.
        package func refusal(on today: Day) -> Refusal? {
            var refusals: [Refusal] = []
            if value < 0 { refusals.append(Refusal(.invalid, "goals.refusal.negative", field: "value")) }
            if value > areas, !isSure {
                refusals.append(
                    Refusal(
                        .invalid, "goals.refusal.moreThanAreas", field: "value",
                        ["value": "\(value)", "areas": "\(areas)"]))
            }
            if span.until < today.year - 5 || span.from > today.year + 10 {
                refusals.append(
                    Refusal(.invalid, "goals.refusal.spanFar", field: "span", ["year": "\(today.year)"]))
            }
            return Refusal.of(refusals)
        }
    }
}
