import Core

/// How often somebody may guess. A guess is counted before it is looked at, in small slots of time kept in the
/// database, so that neither a restart nor the turn of a window gives anybody more.
///
/// Nothing locks an account: when the time is over, guessing goes on. A browser that has signed in to the account
/// before is counted apart, so whoever guesses from elsewhere cannot keep the real person out.
struct PeopleThrottle: Sendable, Equatable {
    let most: Int
    let window: Duration
    /// How many slots the window is cut into: more slots, sooner free again.
    let slots: Int

    /// Guesses at one account from browsers it does not know: ten in a quarter of an hour.
    static let account = PeopleThrottle(most: 10, window: .minutes(15), slots: 15)
    /// Guesses at one account from one browser it knows.
    static let device = PeopleThrottle(most: 10, window: .minutes(15), slots: 15)
    /// Guesses from one address, at whatever account or slip.
    static let source = PeopleThrottle(most: 100, window: .minutes(60), slots: 15)
    /// Guesses at the second step of one account. Only who knows the password comes this far, so it keeps out nobody
    /// but somebody who should not know it.
    static let code = PeopleThrottle(most: 6, window: .minutes(15), slots: 15)

    /// Whole milliseconds of a slot.
    var slotLength: Int64 { window.components.seconds * 1_000 / Int64(slots) }

    /// The slot in which a moment lies, by its beginning.
    func slot(of moment: Instant) -> Instant {
        let rest = moment.milliseconds % slotLength
        return Instant(milliseconds: moment.milliseconds - (rest < 0 ? rest + slotLength : rest))
    }

    /// The first slot that still counts at a moment. One more than the window has, because the oldest is cut.
    func firstSlot(at moment: Instant) -> Instant {
        slot(of: Instant(milliseconds: moment.milliseconds - Int64(slots) * slotLength))
    }

    /// When the next guess may be made, with what has been counted so far; nil when it may be made now.
    func waitUntil(_ counted: [(slot: Instant, count: Int)], now: Instant) -> Instant? {
        let first = firstSlot(at: now)
        let alive = counted.filter { $0.slot >= first && $0.slot <= now }.sorted { $0.slot < $1.slot }
        var sum = alive.reduce(0) { $0 + $1.count }
        guard sum >= most else { return nil }
        for (slot, count) in alive {
            sum -= count
            if sum < most { return Instant(milliseconds: slot.milliseconds + Int64(slots + 1) * slotLength) }
        }
        return nil
    }
}

/// The address a request came from, as a bucket: an IPv6 customer holds a whole /64 and counts as one.
enum PeopleSource {
    static func bucket(_ address: String) -> String {
        guard address.contains(":") else { return address }
        let plain = address.prefix { $0 != "%" }
        let gap = plain.firstRange(of: "::")
        let head = plain[..<(gap?.lowerBound ?? plain.endIndex)].split(separator: ":")
        let tail = gap.map { plain[$0.upperBound...].split(separator: ":") } ?? []
        let zeros = gap == nil ? 0 : max(0, 8 - head.count - tail.count)
        let groups = head + Array(repeating: "0", count: zeros) + tail
        return groups.prefix(4).map { group in
            let short = group.lowercased().drop { $0 == "0" }
            return short.isEmpty ? "0" : String(short)
        }.joined(separator: ":") + "::"
    }
}
