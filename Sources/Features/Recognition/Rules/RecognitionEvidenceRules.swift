import Core

extension Recognition {
    /// What a piece of evidence (minh chứng) is. No kind is asked for: a photograph is never sufficient and never
    /// necessary, a witness or a visit serves as well (people.md rule 10).
    package enum EvidenceKind: String, Sendable, CaseIterable, Codable {
        case picture, document
        /// Somebody in office confirms what they saw (người xác nhận).
        case witness
        /// A note of having been there (ghi nhận tại chỗ).
        case visit

        /// Whether the public may ever see it. Documents hold lists of names; what people said stays with the file.
        package var mayBePublic: Bool { self == .picture }
        package var hasFile: Bool { self == .picture || self == .document }
    }

    /// What a witness or a visitor saw: evidence without a file.
    package struct Observation: Sendable, Equatable {
        package let kind: EvidenceKind
        /// The office, with the organisation; not a resident's name.
        package let office: String
        package let day: Day
        package let seen: String

        /// - Throws: a `Refusal` beside its field: a day to come or more than two years back, a private number.
        package init(kind: EvidenceKind, office: String, day: Day, seen: String, today: Day) throws(Refusal) {
            guard day <= today else {
                throw Refusal(.invalid, "recognition.evidence.refusal.future", field: "day")
            }
            guard day.days(until: today) <= Self.oldest else {
                throw Refusal(.invalid, "recognition.evidence.refusal.old", field: "day")
            }
            for (field, text) in [("office", office), ("seen", seen)] where Self.hasPrivateNumber(text) {
                throw Refusal(.invalid, "recognition.evidence.refusal.number", field: field)
            }
            self.kind = kind
            self.office = office
            self.day = day
            self.seen = seen
        }

        /// Days: evidence speaks for the year of the dossier or the one before.
        private static let oldest = 731

        /// A telephone, an identity card, an account: nine digits or more on end, or with blanks, dots or dashes
        /// between when they begin with 0, as those do and amounts of money do not. None belongs into a dossier.
        static func hasPrivateNumber(_ text: String) -> Bool {
            var (digits, onEnd, beginsWithZero) = (0, 0, false)
            for letter in text {
                if letter.isNumber {
                    if digits == 0 { beginsWithZero = letter == "0" }
                    digits += 1
                    onEnd += 1
                    if onEnd >= 9 || (beginsWithZero && digits >= 9) { return true }
                } else {
                    onEnd = 0
                    if !" .-".contains(letter) { digits = 0 }
                }
            }
            return false
        }
    }

    /// How much evidence is taken.
    package enum EvidenceLimit {
        /// Pieces of one indicator: six are what a whole recognition should cost.
        package static let perIndicator = 12
        /// Files sent at once.
        package static let atOnce = 6
        /// Indicators that one piece may speak for.
        package static let uses = 12

        /// Why no more pieces fit.
        package static func refusal(held: Int, adding: Int) -> Refusal? {
            guard held + adding > perIndicator else { return nil }
            return Refusal(
                .invalid, "recognition.evidence.refusal.tooMany", field: "picture",
                ["most": "\(perIndicator)", "held": "\(held)"])
        }
    }
}
