import Core

extension Recognition {
    /// How a title ended that a certificate was made for. The paper stays where it hangs; no other is printed or handed
    /// over any more.
    package struct CertificateEnding: Sendable, Equatable {
        package let area: String
        package let why: HeldTitle.Ending
        /// The first day without the title.
        package let day: Day
        /// Of the decision that ended it; nil where none did.
        package let number: String?

        package init(area: String, why: HeldTitle.Ending, day: Day, number: String?) {
            self.area = area
            self.why = why
            self.day = day
            self.number = number
        }

        /// That nothing is printed or handed over any more, and why.
        package func refusal(in language: Language = .vi) -> Refusal {
            let arguments = ["area": area, "day": language.format.day(day)]
            guard let number else { return Refusal(.conflict, "recognition.certificate.refusal.ended", arguments) }
            return Refusal(
                .conflict,
                why == .withdrawn
                    ? "recognition.certificate.refusal.withdrawn" : "recognition.certificate.refusal.replaced",
                arguments.merging(["number": number]) { own, _ in own })
        }
    }
}
