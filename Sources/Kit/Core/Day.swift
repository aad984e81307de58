import Foundation

/// A day of the Gregorian calendar as people in Vietnam live it, without a time; 1900-01-01 to 2200-12-31.
///
/// Stored and coded as ISO text ("2026-11-10"). The arithmetic is our own, so every machine answers alike.
package struct Day: Comparable, Hashable, Sendable {
    /// Days since 1970-01-01; negative before.
    package let ordinal: Int

    /// The first day that can be told: 1900-01-01.
    package static let first = Day(unchecked: -25_567)
    /// The last day that can be told: 2200-12-31.
    package static let last = Day(unchecked: 84_370)

    /// The day so many days after 1970-01-01. A number outside 1900...2200 gives the nearest day that can be told.
    package init(ordinal: Int) {
        self.ordinal = min(max(ordinal, Day.first.ordinal), Day.last.ordinal)
    }

    private init(unchecked ordinal: Int) {
        self.ordinal = ordinal
    }

    /// Nil when there is no such day (31 April, 29 February of a common year) or the year is outside 1900...2200.
    package init?(year: Int, month: Int, day: Int) {
        guard (1900...2200).contains(year), (1...12).contains(month) else { return nil }
        guard day >= 1, day <= Day.length(ofMonth: month, in: year) else { return nil }
        self.init(unchecked: Day.ordinal(year: year, month: month, day: day))
    }

    /// Reads exactly "2026-11-10", the stored form; nil for anything else.
    package init?(iso: String) {
        let digits = Array(iso.utf8)
        guard digits.count == 10, digits[4] == UInt8(ascii: "-"), digits[7] == UInt8(ascii: "-"),
            let year = Digits.number(digits[0..<4]), let month = Digits.number(digits[5..<7]),
            let day = Digits.number(digits[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads a day as people type it: 31/12/2026, 1/2/2026, 01-02-2026, 1.2.2026 (day first) or 2026-12-31.
    ///
    /// Nil for anything else. A year of two digits is refused: 1/2/26 may be meant as another century or order.
    package static func parse(_ typed: String) -> Day? {
        let text = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        if let day = Day(iso: text) { return day }
        for separator: UInt8 in [UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: ".")] {
            let parts = Array(text.utf8).split(separator: separator, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            guard parts[0].count <= 2, parts[1].count <= 2, parts[2].count == 4,
                let day = Digits.number(parts[0]), let month = Digits.number(parts[1]),
                let year = Digits.number(parts[2])
            else { return nil }
            return Day(year: year, month: month, day: day)
        }
        return nil
    }

    /// 1900...2200.
    package var year: Int { civil.year }
    /// 1...12.
    package var month: Int { civil.month }
    /// The day of the month, 1...31.
    package var day: Int { civil.day }

    /// "2026-11-10".
    package var isoText: String {
        let parts = civil
        return "\(parts.year)-\(Digits.two(parts.month))-\(Digits.two(parts.day))"
    }

    package var weekday: Weekday {
        // 1970-01-01 was a Thursday, the fourth day when Monday is the first.
        let index = (ordinal + 3) % 7
        return Weekday(rawValue: (index < 0 ? index + 7 : index) + 1) ?? .monday
    }

    /// So many days later (earlier when negative), held within 1900...2200.
    package func adding(days: Int) -> Day {
        let (sum, overflow) = ordinal.addingReportingOverflow(days)
        guard !overflow else { return days > 0 ? .last : .first }
        return Day(ordinal: sum)
    }

    /// The same day so many months later, or the last day of that month when it is shorter (31/1 and one month: 28/2).
    package func adding(months: Int) -> Day {
        let parts = civil
        let (count, overflow) = (parts.year * 12 + parts.month - 1).addingReportingOverflow(months)
        guard !overflow, count >= 1900 * 12 else { return months > 0 ? .last : .first }
        guard count < 2201 * 12 else { return .last }
        let (year, month) = (count / 12, count % 12 + 1)
        let day = min(parts.day, Day.length(ofMonth: month, in: year))
        return Day(unchecked: Day.ordinal(year: year, month: month, day: day))
    }

    /// How many days from this day to the other; negative when the other is earlier.
    package func days(until other: Day) -> Int {
        other.ordinal - ordinal
    }

    package static func < (left: Day, right: Day) -> Bool {
        left.ordinal < right.ordinal
    }
}

/// The days of the week, Monday first as in Vietnam; the raw value is that of ISO 8601 (Monday 1 ... Sunday 7).
package enum Weekday: Int, CaseIterable, Hashable, Sendable, Codable {
    case monday = 1
    case tuesday, wednesday, thursday, friday, saturday, sunday

    /// Saturday or Sunday: offices rest on both (Quyết định 188/1999/QĐ-TTg).
    package var isWeekend: Bool { self == .saturday || self == .sunday }
}

extension Day: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(iso: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day: 2026-11-10 expected")
        }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(isoText)
    }
}

extension Day: CustomStringConvertible {
    package var description: String { isoText }
}

extension Day {
    /// Year, month and day of an ordinal, and back, by counting years that begin on 1 March: then a leap day comes
    /// last, months follow one pattern of lengths, and no table is needed.
    private var civil: (year: Int, month: Int, day: Int) {
        // 719,468 days lie between 0000-03-01 and 1970-01-01; 146,097 days are 400 years. Never negative from 1900 on.
        let since = ordinal + 719_468
        let era = since / 146_097
        let dayOfEra = since % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
    }

    private static func ordinal(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let marchMonth = month > 2 ? month - 3 : month + 9
        let (era, yearOfEra) = (marchYear / 400, marchYear % 400)
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func length(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
