import Foundation

/// A moment in time, in whole milliseconds UTC; stored and coded as that integer.
///
/// Vietnam is seven hours ahead of UTC all year, without summer time, so its day and clock are plain arithmetic.
package struct Instant: Comparable, Hashable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z, held within 1900-01-01 UTC and the end of 2200 in Vietnam, so that
    /// no sum of instants and durations can overflow and every instant has a day.
    package let milliseconds: Int64

    /// The first moment that can be told: 1900-01-01T00:00:00.000Z.
    package static let first = Instant(milliseconds: .min)
    /// The last moment that can be told: 2200-12-31T16:59:59.999Z, the end of that day in Vietnam.
    package static let last = Instant(milliseconds: .max)

    /// A number outside the range gives the nearest moment that can be told.
    package init(milliseconds: Int64) {
        let least = Int64(Day.first.ordinal) * Self.dayLength
        let most = (Int64(Day.last.ordinal) + 1) * Self.dayLength - Self.vietnamAhead - 1
        self.milliseconds = min(max(milliseconds, least), most)
    }

    /// Reads "2026-11-10T07:05:00.000Z": the fraction (one to nine digits, cut to milliseconds) may be absent, and
    /// an offset such as "+07:00" may stand in place of Z. Nil for anything else.
    package init?(isoText: String) {
        let bytes = Array(isoText.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"),
            let day = Day(iso: String(decoding: bytes[0..<10], as: UTF8.self)),
            let clock = Self.clock(bytes[11..<19]), let rest = Self.fractionAndOffset(bytes[19...])
        else { return nil }
        let start = Int64(day.ordinal) * Self.dayLength
        self.init(milliseconds: start + clock + rest.fraction - rest.offset)
    }

    /// The day in Vietnam at this moment.
    package var day: Day {
        Day(ordinal: Int((milliseconds + Self.vietnamAhead).floorDivided(by: Self.dayLength)))
    }

    /// UTC with milliseconds: "2026-11-10T07:05:00.000Z".
    package var isoText: String {
        let day = Day(ordinal: Int(milliseconds.floorDivided(by: Self.dayLength)))
        let time = Int(milliseconds - Int64(day.ordinal) * Self.dayLength)
        let (seconds, fraction) = (time / 1_000, Digits.three(time % 1_000))
        let clock = "\(Digits.two(seconds / 3_600)):\(Digits.two(seconds / 60 % 60)):\(Digits.two(seconds % 60))"
        return "\(day.isoText)T\(clock).\(fraction)Z"
    }

    /// The time of day in Vietnam, "14:05".
    package var vietnamClock: String {
        let minutes = minuteOfVietnamDay
        return "\(Digits.two(minutes / 60)):\(Digits.two(minutes % 60))"
    }

    /// Minutes since midnight in Vietnam, 0..<1440.
    package var minuteOfVietnamDay: Int {
        let local = milliseconds + Self.vietnamAhead
        return Int(local - local.floorDivided(by: Self.dayLength) * Self.dayLength) / 60_000
    }

    /// How long from this moment to the other; negative when the other is earlier.
    package func duration(to other: Instant) -> Duration {
        .milliseconds(other.milliseconds - milliseconds)
    }

    /// Parts of a millisecond are dropped; the sum is held within the range.
    package static func + (instant: Instant, duration: Duration) -> Instant {
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        guard !overflow else { return seconds > 0 ? .last : .first }
        let (added, tooMuch) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        let (sum, beyond) = instant.milliseconds.addingReportingOverflow(added)
        guard !tooMuch, !beyond else { return seconds > 0 ? .last : .first }
        return Instant(milliseconds: sum)
    }

    /// Earlier by a duration.
    package static func - (instant: Instant, duration: Duration) -> Instant {
        instant + (.zero - duration)
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }
}

extension Day {
    /// Midnight in Vietnam at which the day begins. (1900-01-01 begins at the first moment that can be told, 07:00.)
    package var start: Instant {
        Instant(milliseconds: Int64(ordinal) * Instant.dayLength - Instant.vietnamAhead)
    }

    /// The moment of this day at which clocks in Vietnam show "06:30"; nil for no time from 00:00 to 23:59.
    package func at(clock: String) -> Instant? {
        guard let time = Instant.clock(Array((clock + ":00").utf8)[...]) else { return nil }
        return Instant(milliseconds: Int64(ordinal) * Instant.dayLength - Instant.vietnamAhead + time)
    }
}

extension Duration {
    /// So many minutes.
    package static func minutes(_ count: Int) -> Duration { .seconds(60) * count }
    /// So many hours.
    package static func hours(_ count: Int) -> Duration { .seconds(3_600) * count }
    /// So many times 24 hours: no days of a calendar.
    package static func days(_ count: Int) -> Duration { .seconds(86_400) * count }
}

extension Instant: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let instant = Instant(isoText: text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not an instant"))
        }
        self = instant
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(isoText)
    }
}

extension Instant: CustomStringConvertible {
    package var description: String { isoText }
}

extension Instant {
    fileprivate static let dayLength: Int64 = 86_400_000
    fileprivate static let vietnamAhead: Int64 = 7 * 3_600_000

    /// Milliseconds of "07:05:00"; a leap second (60) is refused, as no stored instant has one.
    fileprivate static func clock(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ $0.count == 2 }),
            let hour = Digits.number(parts[0]), let minute = Digits.number(parts[1]),
            let second = Digits.number(parts[2]), hour < 24, minute < 60, second < 60
        else { return nil }
        return Int64((hour * 60 + minute) * 60 + second) * 1_000
    }

    /// What follows the seconds: ".000Z", "Z", "+07:00"; both in milliseconds.
    private static func fractionAndOffset(_ bytes: ArraySlice<UInt8>) -> (fraction: Int64, offset: Int64)? {
        var rest = bytes
        var fraction: Int64 = 0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix(while: Digits.isDigit)
            guard (1...9).contains(digits.count) else { return nil }
            for place in 0..<3 {
                let digit = place < digits.count ? digits[digits.startIndex + place] - UInt8(ascii: "0") : 0
                fraction = fraction * 10 + Int64(digit)
            }
            rest = rest.dropFirst(1 + digits.count)
        }
        if rest.elementsEqual("Z".utf8) { return (fraction, 0) }
        guard rest.count == 6, let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            let offset = clock(rest.dropFirst() + ":00".utf8)
        else { return nil }
        return (fraction, sign == UInt8(ascii: "+") ? offset : -offset)
    }
}

extension Int64 {
    /// Rounds towards the past, so that moments before 1970 fall into their own day.
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
