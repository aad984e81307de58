import Core
import Criteria

extension Recognition {
    /// What is written down of one sitting of the residents' review meeting (hội nghị bình xét). Households are
    /// counted, never named.
    ///
    /// The chair votes the list in one go. Whatever anybody disputes is taken out and voted upon apart.
    package struct SittingRecord: Sendable, Equatable {
        package let day: Day
        /// Where they met.
        package let venue: String
        package let chair: String
        package let secretary: String
        /// Households that sent somebody.
        package let present: Int
        /// Households for the list as a whole; nil where nothing was voted upon.
        package let list: Int?
        /// What was said, a line each, without the names of those who said it.
        package let opinions: String
        /// Households for an indicator that was disputed and voted upon apart.
        package let votes: [String: Int]
        /// The meeting votes again on what it voted down before, and on nothing else.
        package let isRest: Bool
        /// When it goes on, where it was adjourned.
        package let next: Day?
        /// Those who came in a duty and sign the minutes: cell, commune, mass organisations. No household's people.
        package let attended: [Attendee]

        package init(
            day: Day, venue: String, chair: String, secretary: String, present: Int, list: Int? = nil,
            opinions: String = "", votes: [String: Int] = [:], isRest: Bool = false, next: Day? = nil,
            attended: [Attendee] = []
        ) {
            self.attended = attended
            self.day = day
            self.venue = venue
            self.chair = chair
            self.secretary = secretary
            self.present = present
            self.list = list
            self.opinions = opinions
            self.votes = votes
            self.isRest = isRest
            self.next = next
        }

        /// Why it cannot have been so. A sitting without quorum is none of it: it took place, and is written down.
        ///
        /// - Parameters:
        ///   - households: of the area.
        ///   - codes: the indicators that are voted upon: all, or what was voted down before.
        ///   - began: the day on which the self-assessment was handed in.
        package func refusal(
            by terms: Terms, households: Int, codes: [String], since began: Day, on today: Day
        ) -> Refusal? {
            var refusals = dayRefusals(since: began, on: today)
            if present > households {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.review.refusal.tooMany", field: "present",
                        ["present": "\(present)", "households": "\(households)"]))
            }
            let hasQuorum = terms.quorum.isReached(by: present, of: households)
            if !hasQuorum, list != nil || !votes.isEmpty {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.review.refusal.noVotes", field: "present",
                        [
                            "present": "\(present)", "needed": "\(terms.quorum.needed(of: households))",
                            "households": "\(households)",
                        ]))
            }
            if hasQuorum, isRest, codes.isEmpty {
                refusals.append(Refusal(.conflict, "recognition.review.refusal.nothingDown", field: "scope"))
            }
            // Whatever is not disputed needs the one vote on the list.
            if hasQuorum, list == nil, codes.contains(where: { votes[$0] == nil }) {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.review.refusal.noList", field: "list", ["present": "\(present)"]))
            }
            if let list { refusals += countRefusals(list, field: "list") }
            for code in codes {
                if let count = votes[code] { refusals += countRefusals(count, field: "votes.\(code)") }
            }
            refusals += OpinionText.refusals(opinions, field: "opinions")
            return Refusal.of(refusals)
        }

        private func dayRefusals(since began: Day, on today: Day) -> [Refusal] {
            var refusals: [Refusal] = []
            if day > today { refusals.append(Refusal(.invalid, "recognition.review.refusal.dayAhead", field: "day")) }
            if day < began { refusals.append(Refusal(.invalid, "recognition.review.refusal.dayBefore", field: "day")) }
            if let next, next <= day {
                refusals.append(Refusal(.invalid, "recognition.review.refusal.nextBefore", field: "next"))
            }
            return refusals
        }

        private func countRefusals(_ count: Int, field: String) -> [Refusal] {
            (0...max(0, present)).contains(count)
                ? []
                : [
                    Refusal(
                        .invalid, "recognition.review.refusal.votes", field: field,
                        ["count": "\(count)", "present": "\(present)"])
                ]
        }

        /// Households for each indicator: its own vote where it was disputed, else the vote on the list.
        package func votes(on codes: [String]) -> [String: Int] {
            Dictionary(codes.map { ($0, votes[$0] ?? list ?? 0) }, uniquingKeysWith: { first, _ in first })
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
        /// Households for the list as a whole; nil where everything was voted upon apart, or nothing at all.
        package let list: Int?
        package let opinions: String
        /// Households for each indicator that was voted upon; empty without a quorum.
        package let votes: [String: Int]
        /// Those of `votes` that somebody disputed.
        package let disputed: Set<String>
        /// It voted on what an earlier one had voted down, and on nothing else.
        package let isRest: Bool
        /// When it goes on, where it was adjourned.
        package let next: Day?
        /// Those who came in a duty and sign the minutes.
        package let attended: [Attendee]
        package let recordedAt: Instant

        package init(
            id: ID, day: Day, venue: String, chair: String, secretary: String, present: Int, households: Int,
            needed: Int, neededVotes: Int, list: Int? = nil, opinions: String = "", votes: [String: Int],
            disputed: Set<String> = [], isRest: Bool = false, next: Day? = nil, attended: [Attendee] = [],
            recordedAt: Instant
        ) {
            self.attended = attended
            self.id = id
            self.day = day
            self.venue = venue
            self.chair = chair
            self.secretary = secretary
            self.present = present
            self.households = households
            self.needed = needed
            self.neededVotes = neededVotes
            self.list = list
            self.opinions = opinions
            self.votes = votes
            self.disputed = disputed
            self.isRest = isRest
            self.next = next
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
        /// What the area says it did, by indicator, since the sitting that voted on it last.
        package let words: [String: String]

        package init(sittings: [Sitting], words: [String: String]) {
            self.sittings = sittings
            self.words = words
        }

        /// The sitting that counts: the last one with a quorum that voted on the list.
        package var deciding: Sitting? { sittings.last { $0.hasQuorum && !$0.isRest } }

        /// The sitting that voted on an indicator last; nil before any did.
        package func sitting(on code: String) -> Sitting? {
            sittings.last { $0.hasQuorum && $0.votes[code] != nil }
        }

        /// Households for an indicator at the last vote on it.
        package func votes(on code: String) -> Int? { sitting(on: code)?.votes[code] }

        /// Nil before it was voted upon.
        package func isCarried(_ code: String) -> Bool? {
            guard let sitting = sitting(on: code), let votes = sitting.votes[code] else { return nil }
            return votes >= sitting.neededVotes
        }

        /// Indicators that the last vote on them did not carry.
        package var votedDown: [String] {
            Set(sittings.flatMap(\.votes.keys)).filter { isCarried($0) == false }.sorted()
        }

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

    /// Opinions are written down without those who gave them.
    package enum OpinionText {
        /// Forms of address that stand before a name, with their marks: without them "ba" is the number three.
        private static let addresses: Set<String> = [
            "\u{F4}ng", "b\u{E0}", "anh", "ch\u{1ECB}", "c\u{F4}", "ch\u{FA}", "b\u{E1}c", "d\u{EC}", "c\u{1EAD}u",
        ]

        /// The first words that look like somebody's name: a form of address and a capital behind it.
        package static func name(in line: String) -> String? {
            let words = line.split { !$0.isLetter && $0 != "'" }.map(String.init)
            for (address, name) in zip(words, words.dropFirst())
            where addresses.contains(address.lowercased()) && name.first?.isUppercase ?? false {
                return "\(address) \(name)"
            }
            return nil
        }

        static func refusals(_ text: String, field: String) -> [Refusal] {
            text.split(separator: "\n").compactMap { name(in: String($0)) }.map {
                Refusal(.invalid, "recognition.review.refusal.named", field: field, ["words": $0])
            }
        }
    }
}
