import Core
import Criteria

extension Recognition {
    /// What an office says of a value it holds, on the panel's request.
    package enum Confirmed: String, Sendable, CaseIterable, Codable {
        /// As it stands.
        case confirmed
        /// The office has another value, with a reason.
        case differs
    }

    /// The panel's question to one office about one indicator of one dossier, and the answer.
    package struct Confirmation: Sendable, Equatable {
        package let id: ID
        package let code: String
        package let organisation: ID
        /// The office's name.
        package let office: String
        package let askedAt: Instant
        /// The value that stood when it was asked.
        package let asked: Criteria.Value
        /// Nil while nobody answered.
        package let answer: Confirmed?
        /// The office's own value, where it differs.
        package let value: Criteria.Value?
        package let reason: String?
        package let answerer: String?
        package let answeredAt: Instant?

        package init(
            id: ID, code: String, organisation: ID, office: String, askedAt: Instant, asked: Criteria.Value,
            answer: Confirmed? = nil, value: Criteria.Value? = nil, reason: String? = nil, answerer: String? = nil,
            answeredAt: Instant? = nil
        ) {
            self.id = id
            self.code = code
            self.organisation = organisation
            self.office = office
            self.askedAt = askedAt
            self.asked = asked
            self.answer = answer
            self.value = value
            self.reason = reason
            self.answerer = answerer
            self.answeredAt = answeredAt
        }
    }

    /// An office's answer about to be kept.
    package struct ConfirmationAnswer: Sendable, Equatable {
        package let answer: Confirmed
        package let value: Criteria.Value?
        package let reason: String?

        package init(_ answer: Confirmed, value: Criteria.Value? = nil, reason: String? = nil) {
            self.answer = answer
            self.value = value
            self.reason = reason
        }

        /// A value that differs is written down with its reason; one that does not is not called differing.
        ///
        /// - Parameter key: of the form's line: `value.<key>`, `reason.<key>`.
        package func refusal(asked: Criteria.Value, key: String) -> Refusal? {
            guard answer == .differs else { return nil }
            var refusals: [Refusal] = []
            if let value {
                if value == asked {
                    refusals.append(
                        Refusal(.invalid, "recognition.confirmation.refusal.same", field: "value.\(key)"))
                }
            } else {
                refusals.append(Refusal(.invalid, "recognition.confirmation.refusal.noValue", field: "value.\(key)"))
            }
            if !(reason?.contains { !$0.isWhitespace } ?? false) {
                refusals.append(Refusal(.invalid, "recognition.confirmation.refusal.noReason", field: "reason.\(key)"))
            }
            return Refusal.of(refusals)
        }
    }

    /// Answers of offices that contradict what the panel is about to put down: each is settled in the minutes first.
    package static func contradicted(
        _ confirmations: [Confirmation], by value: (_ code: String) -> Criteria.Value?, settled: Set<String>
    ) -> [String] {
        confirmations.filter { confirmation in
            confirmation.answer == .differs && !settled.contains(confirmation.code)
                && value(confirmation.code) != confirmation.value
        }.map(\.code)
    }
}
