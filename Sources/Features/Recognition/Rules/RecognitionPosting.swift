import Core

extension Recognition {
    /// Niêm yết công khai: the days on which an area's values hang on the board and stand on the public page.
    package struct PostingDays: Sendable, Equatable {
        package let from: Day
        /// The last day on the board.
        package let last: Day

        /// - Parameter last: nil for the least number of days.
        package init(from: Day, last: Day? = nil, by terms: Terms) {
            self.from = from
            self.last = last ?? from.adding(days: terms.postingDays - 1)
        }

        package init(from: Day, last: Day) {
            self.from = from
            self.last = last
        }

        /// The first and the last one counted.
        package var count: Int { from.days(until: last) + 1 }

        package func isRunning(on day: Day) -> Bool { from <= day && day <= last }

        package func isOver(on day: Day) -> Bool { day > last }

        /// Why slips are not counted yet: who holds one was promised the last day, whatever came back before.
        package func refusalToCount(on today: Day, _ language: Language) -> Refusal? {
            guard !isOver(on: today) else { return nil }
            return Refusal(
                .conflict, "recognition.ballot.refusal.countsEarly",
                ["last": language.format.day(last), "next": language.format.day(last.adding(days: 1))])
        }

        /// Why it cannot be opened so: too short, already begun, or too far away.
        package func refusal(by terms: Terms, on today: Day) -> Refusal? {
            if from < today { return Refusal(.invalid, "recognition.posting.refusal.past", field: "from") }
            if from > today.adding(days: Terms.postingAhead) {
                return Refusal(
                    .invalid, "recognition.posting.refusal.ahead", field: "from", ["days": "\(Terms.postingAhead)"])
            }
            if count < terms.postingDays {
                return Refusal(
                    .invalid, "recognition.posting.refusal.short", field: "last",
                    ["days": "\(terms.postingDays)", "count": "\(max(0, count))"])
            }
            if count > Terms.longestPosting {
                return Refusal(
                    .invalid, "recognition.posting.refusal.long", field: "last", ["days": "\(Terms.longestPosting)"])
            }
            return nil
        }
    }

    /// What became of a resident's comment.
    package enum CommentState: String, Sendable, CaseIterable, Codable {
        /// The commune has not read it.
        case received
        /// The area and the public see the moderated text; the area owes an answer.
        case passed
        /// Set aside with a reason; only the commune sees it.
        case aside
        /// It accuses a named person: handed over on its own way, shown to nobody here any more (people.md 7).
        case sealed
    }

    /// What the commune decides about a comment.
    package enum Moderation: Sendable, Equatable {
        /// - text: as it is shown, without the names it may have carried.
        case pass(text: String)
        case aside(reason: String)
        /// - to: the body it was handed over to.
        case seal(to: String)

        package var state: CommentState {
            switch self {
            case .pass: .passed
            case .aside: .aside
            case .seal: .sealed
            }
        }
    }

    /// How many comments one address may send on one posting. Counted per address, so that whoever sends junk from one
    /// does not stop a neighbour at another.
    package enum CommentLimit {
        package static let most = 10
        package static let window = Duration.hours(1)
        /// A slot is six minutes long.
        package static let slots = 10

        private static var slotLength: Int64 { window.components.seconds * 1_000 / Int64(slots) }

        /// The beginning of the slot in which a moment lies.
        package static func slot(of moment: Instant) -> Instant {
            Instant(milliseconds: moment.milliseconds - moment.milliseconds % slotLength)
        }

        /// The first slot that still counts.
        package static func firstSlot(at moment: Instant) -> Instant { slot(of: moment - window) }

        /// - Parameter counted: since `firstSlot`.
        package static func refusal(counted: Int, at moment: Instant) -> Refusal? {
            guard counted >= most else { return nil }
            return Refusal(
                .tooMany, "recognition.posting.refusal.tooOften",
                ["most": "\(most)", "at": (slot(of: moment) + window).vietnamClock])
        }

        /// The address as a bucket: an IPv6 customer holds a whole /64 and counts as one.
        package static func bucket(_ address: String) -> String {
            guard address.contains(":") else { return address }
            let plain = address.lowercased().prefix { $0 != "%" }
            let gap = plain.firstRange(of: "::")
            let head = plain[..<(gap?.lowerBound ?? plain.endIndex)].split(separator: ":")
            let tail = gap.map { plain[$0.upperBound...].split(separator: ":") } ?? []
            let zeros = gap == nil ? 0 : max(0, 8 - head.count - tail.count)
            let groups = head + Array(repeating: "0", count: zeros) + tail
            return groups.prefix(4).map { group in
                let short = group.drop { $0 == "0" }
                return short.isEmpty ? "0" : String(short)
            }.joined(separator: ":")
        }
    }
}
