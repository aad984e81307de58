import Foundation

/// A run of days, half-open: `from` is in it, `until` is the first day no longer in it; without `until` it goes on.
///
/// Half-open, because one period then ends on the very day the next begins (districts: until 2025-07-01), and no day
/// is lost or counted twice.
package struct Period: Hashable, Sendable {
    package let from: Day
    package let until: Day?

    /// Nil when `until` is not after `from`: a period holds at least one day.
    package init?(from: Day, until: Day?) {
        if let until, until <= from { return nil }
        self.from = from
        self.until = until
    }

    /// A period that goes on.
    package init(from: Day) {
        self.from = from
        self.until = nil
    }

    /// The period as people write it, the last day included; nil when that day is before `from`.
    package init?(from: Day, through last: Day) {
        self.init(from: from, until: last.adding(days: 1))
    }

    private init(unchecked from: Day, _ until: Day) {
        self.from = from
        self.until = until
    }

    /// The last day that is in the period; nil when it goes on.
    package var lastDay: Day? { until?.adding(days: -1) }

    /// How many days it holds; nil when it goes on.
    package var count: Int? { until.map { from.days(until: $0) } }

    /// Whether a day is in it; `until` is the first that is not.
    package func contains(_ day: Day) -> Bool {
        guard day >= from else { return false }
        guard let until else { return true }
        return day < until
    }

    /// Whether at least one day is in both.
    package func overlaps(_ other: Period) -> Bool {
        common(with: other) != nil
    }

    /// The days that are in both; nil when there is none.
    package func common(with other: Period) -> Period? {
        let until =
            if let mine = self.until, let theirs = other.until { min(mine, theirs) } else { self.until ?? other.until }
        return Period(from: max(from, other.from), until: until)
    }

    /// The same period ended before `day`; nil when it had not begun by then. An earlier end is kept.
    package func ended(on day: Day) -> Period? {
        Period(from: from, until: until.map { min($0, day) } ?? day)
    }

    /// The calendar month that holds the day.
    package static func month(of day: Day) -> Period {
        months(1, startingWith: day.month, in: day.year)
    }

    /// Whole months of a year. Only 2200 is short: its last day is the last that can be told, so it cannot be in.
    fileprivate static func months(_ count: Int, startingWith month: Int, in year: Int) -> Period {
        let from = Day(year: year, month: month, day: 1) ?? .first
        return Period(unchecked: from, from.adding(months: count))
    }
}

extension Period: Codable {
    private enum CodingKeys: String, CodingKey { case from, until }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let from = try container.decode(Day.self, forKey: .from)
        guard let period = Period(from: from, until: try container.decodeIfPresent(Day.self, forKey: .until)) else {
            throw DecodingError.dataCorruptedError(
                forKey: .until, in: container, debugDescription: "the end is not after the beginning")
        }
        self = period
    }
}

/// A part of a calendar year that is reported on: a quarter, a half-year or the year (báo cáo quý, 6 tháng, năm).
package protocol ReportingPeriod: Comparable, Hashable, Sendable, Codable {
    /// The one that holds the day.
    init(of day: Day)
    /// Reads `code`; nil for anything else.
    init?(code: String)
    /// The text in storage and addresses: "2026-Q4", "2026-H2", "2026".
    var code: String { get }
    var period: Period { get }
}

extension ReportingPeriod {
    /// The one before; the first of 1900 has itself before it.
    package var previous: Self { Self(of: period.from.adding(days: -1)) }
    /// The one after; the last of 2200 has itself after it.
    package var next: Self { Self(of: period.until ?? period.from) }

    package static func < (left: Self, right: Self) -> Bool { left.period.from < right.period.from }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let part = Self(code: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a part of a year")
        }
        self = part
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}

/// A calendar year.
package struct Year: ReportingPeriod {
    /// 1900...2200.
    package let year: Int

    package init?(_ year: Int) {
        guard Day(year: year, month: 1, day: 1) != nil else { return nil }
        self.year = year
    }

    package init(of day: Day) { year = day.year }

    package init?(code: String) {
        guard code.utf8.count == 4, let year = Digits.number(Array(code.utf8)) else { return nil }
        self.init(year)
    }

    package var code: String { "\(year)" }
    package var period: Period { .months(12, startingWith: 1, in: year) }
}

/// Half of a calendar year: January to June or July to December.
package struct HalfYear: ReportingPeriod {
    /// 1900...2200.
    package let year: Int
    /// 1 or 2.
    package let number: Int

    package init?(year: Int, number: Int) {
        guard Year(year) != nil, (1...2).contains(number) else { return nil }
        self.year = year
        self.number = number
    }

    package init(of day: Day) {
        year = day.year
        number = (day.month - 1) / 6 + 1
    }

    package init?(code: String) {
        guard let (year, number) = numbered(code, by: "-H") else { return nil }
        self.init(year: year, number: number)
    }

    package var code: String { "\(year)-H\(number)" }
    package var period: Period { .months(6, startingWith: number * 6 - 5, in: year) }
}

/// A quarter of a calendar year.
package struct Quarter: ReportingPeriod {
    /// 1900...2200.
    package let year: Int
    /// 1...4.
    package let number: Int

    package init?(year: Int, number: Int) {
        guard Year(year) != nil, (1...4).contains(number) else { return nil }
        self.year = year
        self.number = number
    }

    package init(of day: Day) {
        year = day.year
        number = (day.month - 1) / 3 + 1
    }

    package init?(code: String) {
        guard let (year, number) = numbered(code, by: "-Q") else { return nil }
        self.init(year: year, number: number)
    }

    package var code: String { "\(year)-Q\(number)" }
    package var period: Period { .months(3, startingWith: number * 3 - 2, in: year) }
}

/// Year and number of a code such as "2026-Q4".
private func numbered(_ code: String, by mark: String) -> (year: Int, number: Int)? {
    let bytes = Array(code.utf8)
    guard bytes.count == 7, bytes[4..<6].elementsEqual(mark.utf8),
        let year = Digits.number(bytes[0..<4]), let number = Digits.number(bytes[6...])
    else { return nil }
    return (year, number)
}
