import Core

extension Ballots {
    /// The days on which a ballot takes answers, the first and the last one counted.
    package struct Window: Sendable, Equatable {
        package let from: Day
        package let last: Day

        package init(from: Day, last: Day) {
            self.from = from
            self.last = last
        }

        package static let longest = 60

        /// Whether votes are taken on a day: both ends are in it.
        package func isOpen(on day: Day) -> Bool { from <= day && day <= last }

        /// Whether its last day is past.
        package func isOver(on day: Day) -> Bool { day > last }

        package var count: Int { from.days(until: last) + 1 }

        /// Why a ballot cannot be opened for these days.
        package func refusalToOpen(on today: Day) -> Refusal? {
            if from < today { return Refusal(.invalid, "ballots.refusal.fromPast", field: "from") }
            if last < from { return Refusal(.invalid, "ballots.refusal.lastBefore", field: "last") }
            if count > Window.longest {
                return Refusal(.invalid, "ballots.refusal.tooLong", field: "last", ["days": "\(Window.longest)"])
            }
            return nil
        }

        /// Nobody may end it early: who holds a slip was promised the last day.
        package func refusalToClose(on today: Day, _ language: Language) -> Refusal? {
            guard !isOver(on: today) else { return nil }
            return Refusal(
                .invalid, "ballots.refusal.closesEarly",
                ["last": language.format.day(last), "next": language.format.day(last.adding(days: 1))])
        }

        /// Why the last day cannot become this one.
        package func refusalToExtend(to later: Day, on today: Day, _ language: Language) -> Refusal? {
            if later <= last || later < today {
                return Refusal(
                    .invalid, "ballots.refusal.notLater", field: "last",
                    ["last": language.format.day(max(last, today.adding(days: -1)))])
            }
            if Window(from: from, last: later).count > Window.longest {
                return Refusal(.invalid, "ballots.refusal.tooLong", field: "last", ["days": "\(Window.longest)"])
            }
            return nil
        }

        /// Why no answer is taken on a day.
        package func refusalToVote(on today: Day, _ language: Language) -> Refusal? {
            if today < from {
                return Refusal(.conflict, "ballots.refusal.notYet", ["from": language.format.day(from)])
            }
            if isOver(on: today) {
                return Refusal(.conflict, "ballots.refusal.over", ["last": language.format.day(last)])
            }
            return nil
        }
    }

    /// How often one address may try codes that do not hold. Whoever types a right one is not counted, so a phone
    /// that a whole area votes on is never stopped.
    package enum GuessLimit {
        package static let most = 20
        package static let window = Duration.minutes(15)
        package static let slots = 15

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
                .tooMany, "ballots.refusal.tooOften", field: "code",
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
            return (head + Array(repeating: "0", count: zeros) + tail).prefix(4).joined(separator: ":")
        }
    }
}
