import Core

extension Recognition {
    /// What is written down of one sitting of the residents' review meeting (hội nghị bình xét). Households are
    /// counted, never named.
    package struct SittingRecord: Sendable, Equatable {
        package let day: Day
        /// Where they met.
        package let venue: String
        package let chair: String
        package let secretary: String
        /// Households that sent somebody.
        package let present: Int
        package let minutes: String
        /// Households for an indicator; all present where an indicator is not named.
        package let votes: [String: Int]

        package init(
            day: Day, venue: String, chair: String, secretary: String, present: Int, minutes: String,
            votes: [String: Int]
        ) {
            self.day = day
            self.venue = venue
            self.chair = chair
            self.secretary = secretary
            self.present = present
            self.minutes = minutes
            self.votes = votes
        }

        /// Why it cannot have been so. A sitting without quorum is none of it: it took place, and is written down.
        ///
        /// - Parameters:
        ///   - households: of the area.
        ///   - codes: the indicators that are voted upon.
        ///   - began: the day on which the self-assessment was handed in.
        package func refusal(
            by terms: Terms, households: Int, codes: [String], since began: Day, on today: Day
        ) -> Refusal? {
            var refusals: [Refusal] = []
            if day > today { refusals.append(Refusal(.invalid, "recognition.review.refusal.dayAhead", field: "day")) }
            if day < began { refusals.append(Refusal(.invalid, "recognition.review.refusal.dayBefore", field: "day")) }
            if present > households {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.review.refusal.tooMany", field: "present",
                        ["present": "\(present)", "households": "\(households)"]))
            }
            let hasQuorum = terms.quorum.isReached(by: present, of: households)
            if !hasQuorum, !votes.isEmpty {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.review.refusal.noVotes", field: "present",
                        [
                            "present": "\(present)", "needed": "\(terms.quorum.needed(of: households))",
                            "households": "\(households)",
                        ]))
            }
            for code in codes {
                guard let count = votes[code], !(0...present).contains(count) else { continue }
                refusals.append(
                    Refusal(
                        .invalid, "recognition.review.refusal.votes", field: "votes.\(code)",
                        ["count": "\(count)", "present": "\(present)"]))
            }
            return Refusal.of(refusals)
        }

        /// Households for each indicator, those not named filled in.
        package func votes(on codes: [String]) -> [String: Int] {
            Dictionary(codes.map { ($0, votes[$0] ?? present) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// One sitting as it was recorded, with the numbers that were needed that day.
    package struct Sitting: Sendable, Equatable {
        package let id: ID
        package let day: Day
        package let venue: String
        package let chair: String
        package let secretary: String
        package let present: Int
        package let households: Int
        /// The least number of households for a quorum.
        package let needed: Int
        /// The least number of those present that carries an indicator.
        package let neededVotes: Int
        package let minutes: String
        /// Households for each indicator; empty without a quorum.
        package let votes: [String: Int]
        package let recordedAt: Instant

        package init(
            id: ID, day: Day, venue: String, chair: String, secretary: String, present: Int, households: Int,
            needed: Int, neededVotes: Int, minutes: String, votes: [String: Int], recordedAt: Instant
        ) {
            self.id = id
            self.day = day
            self.venue = venue
            self.chair = chair
            self.secretary = secretary
            self.present = present
            self.households = households
            self.needed = needed
            self.neededVotes = neededVotes
            self.minutes = minutes
            self.votes = votes
            self.recordedAt = recordedAt
        }

        package var hasQuorum: Bool { present >= needed }

        /// Indicators that fewer than needed were for.
        package var votedDown: [String] {
            hasQuorum ? votes.filter { $0.value < neededVotes }.keys.sorted() : []
        }
    }

    /// All sittings of one round, with what was done about what they voted down.
    package struct Review: Sendable, Equatable {
        /// Oldest first.
        package let sittings: [Sitting]
        /// What the area says it did, by indicator, since the sitting that decides.
        package let words: [String: String]

        package init(sittings: [Sitting], words: [String: String]) {
            self.sittings = sittings
            self.words = words
        }

        /// The sitting whose votes count: the last one with a quorum.
        package var deciding: Sitting? { sittings.last(where: \.hasQuorum) }

        package var votedDown: [String] { deciding?.votedDown ?? [] }

        /// What was voted down and has no word yet.
        package var open: [String] { votedDown.filter { words[$0] == nil } }

        /// Whether the area may change this indicator while it is being reviewed.
        package func refusalToFill(_ code: String) -> Refusal? {
            votedDown.contains(code) ? nil : Refusal(.conflict, "recognition.review.refusal.notVotedDown")
        }

        /// Why it cannot be posted yet.
        package func refusalToPost() -> Refusal? {
            guard deciding != nil else {
                guard let last = sittings.last else { return Refusal(.invalid, "recognition.review.refusal.noMeeting") }
                return Refusal(
                    .invalid, "recognition.review.refusal.noQuorum",
                    [
                        "present": "\(last.present)", "needed": "\(last.needed)", "households": "\(last.households)",
                    ])
            }
            guard !open.isEmpty else { return nil }
            return Refusal(
                .invalid, "recognition.review.refusal.open",
                ["count": "\(open.count)", "codes": open.joined(separator: ", ")])
        }
    }
}
