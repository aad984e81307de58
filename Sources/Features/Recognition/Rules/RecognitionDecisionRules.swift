import Core

extension Recognition {
    /// What a decision (quyết định) says of one dossier.
    package enum Outcome: String, Sendable, CaseIterable, Codable { case recognised, refused }

    /// A decision without its signed paper is a draft, whatever else is in.
    package enum DecisionState: String, Sendable, CaseIterable, Codable { case draft, issued }

    /// What still keeps a paper from being more than a draft. The signed and stamped paper is the original: until all
    /// four are in, every page and print says "dự thảo".
    package enum Missing: String, Sendable, CaseIterable, Codable { case number, day, signer, scan }

    /// What is entered from the signed paper.
    package struct SignedPaper: Sendable, Equatable {
        /// As on the paper, "46/QĐ-MTTQ-BTT".
        package let number: String
        package let day: Day
        package let signer: String
        package let office: String

        package init(number: String, day: Day, signer: String, office: String) {
            self.number = number
            self.day = day
            self.signer = signer
            self.office = office
        }

        /// Refuses a day to come, and a day before the dossiers' year.
        package func refusal(on today: Day, year: Int) -> Refusal? {
            if day > today {
                return Refusal(.invalid, "recognition.refusal.futureDay", field: "day")
            }
            if day.year < year || day.year > year + 1 {
                return Refusal(.invalid, "recognition.refusal.otherYear", field: "day", ["year": "\(year)"])
            }
            return nil
        }

        /// Refuses a day before an act on an area that the paper rests on: the panel's conclusion, or that an earlier
        /// refusal was looked at again.
        package func refusal(after act: Action, of last: Day, on area: String, in language: Language) -> Refusal? {
            guard day < last else { return nil }
            return Refusal(
                .invalid,
                act == .reconsider
                    ? "recognition.refusal.beforeReconsidering" : "recognition.refusal.beforeConclusion",
                field: "day", ["area": area, "day": language.format.day(last)])
        }

        /// The number without what typing adds or leaves out, to find it again: "046/qđ-mttq-btt " is "46/qđ-mttq-btt".
        package var key: String { SignedPaper.key(number) }

        package static func key(_ number: String) -> String {
            let bare = number.lowercased().filter { !$0.isWhitespace }
            let rest = bare.drop { $0 == "0" }
            return String(rest.isEmpty ? bare[...] : rest)
        }
    }

    /// The days on which a title holds: from the decision's day, for the set's term.
    package static func validity(from day: Day, years: Int?) -> (from: Day, until: Day?) {
        (day, years.map { day.adding(months: $0 * 12) })
    }
}
