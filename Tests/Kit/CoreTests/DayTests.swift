import Foundation
import Testing

@testable import Core

/// The day of an ISO text; a test that names a day wrongly should stop at once.
func day(_ iso: String) throws -> Day {
    try #require(Day(iso: iso), "no such day: \(iso)")
}

@Suite("Days")
struct DayTests {
    @Test("A day reads back from its text and its number, through three centuries")
    func roundTrip() throws {
        var date = Day.first
        var count = 0
        while date < .last {
            let next = date.adding(days: 1)
            #expect(Day(iso: date.isoText) == date && next.ordinal == date.ordinal + 1)
            #expect(Day(year: date.year, month: date.month, day: date.day) == date)
            date = next
            count += 1
        }
        #expect(count == 109_937)
        #expect((Day.first.isoText, Day.last.isoText) == ("1900-01-01", "2200-12-31"))
    }

    @Test(
        "Known days have known numbers and weekdays",
        arguments: [
            ("1970-01-01", 0, Weekday.thursday), ("1969-12-31", -1, .wednesday), ("2000-02-29", 11_016, .tuesday),
            ("2026-11-10", 20_767, .tuesday), ("2026-11-18", 20_775, .wednesday), ("1900-01-01", -25_567, .monday),
            ("2200-12-31", 84_370, .wednesday),
        ])
    func known(iso: String, ordinal: Int, weekday: Weekday) throws {
        #expect(try day(iso).ordinal == ordinal)
        #expect(try day(iso).weekday == weekday)
    }

    @Test(
        "Typed days are understood",
        arguments: [
            ("31/12/2026", "2026-12-31"), ("1/2/2026", "2026-02-01"), ("01-02-2026", "2026-02-01"),
            ("1.2.2026", "2026-02-01"), ("2026-12-31", "2026-12-31"), ("  29/02/2028 ", "2028-02-29"),
        ])
    func typed(text: String, iso: String) throws {
        #expect(Day.parse(text) == (try day(iso)))
    }

    @Test(
        "What is no day is refused",
        arguments: [
            "", "31/11/2026", "29/2/2027", "1/13/2026", "0/1/2026", "1/2/26", "1/2-2026", "1/2/2026/", "12/2026",
            "x/2/2026",
            "2026/12/31", "31/12/1899", "1/1/2201", "001/2/2026", "-1/2/2026", "١/٢/٢٠٢٦", "2026-2-1", "1 / 2 / 2026",
        ])
    func refused(text: String) {
        #expect(Day.parse(text) == nil)
    }

    @Test(
        "Months are added to the same day or the last of the month",
        arguments: [
            ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-03-31", -1, "2026-02-28"),
            ("2026-12-15", 1, "2027-01-15"), ("2026-01-15", -1, "2025-12-15"), ("2026-08-31", 18, "2028-02-29"),
            ("2026-01-01", 100_000, "2200-12-31"), ("2026-01-01", -100_000, "1900-01-01"),
            ("2026-01-01", .max, "2200-12-31"),
            ("2026-01-01", .min, "1900-01-01"),
        ])
    func addingMonths(from: String, months: Int, to: String) throws {
        #expect(try day(from).adding(months: months) == day(to))
    }

    @Test("Days are added within the range only")
    func addingDays() throws {
        #expect(try day("2026-11-10").adding(days: 8) == day("2026-11-18"))
        #expect(try day("2026-11-10").adding(days: .max) == .last)
        #expect(try day("2026-11-10").adding(days: .min) == .first)
        #expect(try day("2026-11-10").days(until: day("2026-11-18")) == 8)
        #expect(try day("2026-11-18").days(until: day("2026-11-10")) == -8)
    }

    @Test("A day is coded as ISO text and read strictly")
    func coded() throws {
        let text = String(decoding: try JSONEncoder().encode([try day("2026-11-10")]), as: UTF8.self)
        #expect(text == #"["2026-11-10"]"#)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Day].self, from: Data(#"["10/11/2026"]"#.utf8))
        }
    }
}
