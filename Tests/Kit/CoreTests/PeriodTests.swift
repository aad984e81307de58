import Foundation
import Testing

@testable import Core

@Suite("Periods")
struct PeriodTests {
    private func period(_ from: String, _ until: String?) throws -> Period {
        try #require(Period(from: try day(from), until: try until.map(day)))
    }

    @Test("Districts existed until 30/6/2025: the first day without is 1/7/2025")
    func halfOpen() throws {
        let districts = try period("1976-01-01", "2025-07-01")
        #expect(try districts.contains(day("2025-06-30")))
        #expect(try !districts.contains(day("2025-07-01")))
        #expect(try districts.lastDay == day("2025-06-30"))
        #expect(try !districts.overlaps(period("2025-07-01", nil)))
        #expect(try districts.overlaps(period("2025-06-30", nil)))
        #expect(try Period(from: day("1976-01-01"), through: day("2025-06-30")) == districts)
    }

    @Test("A period holds at least one day")
    func notEmpty() throws {
        let date = try day("2026-11-10")
        #expect(Period(from: date, until: date) == nil)
        #expect(Period(from: date, until: date.adding(days: -1)) == nil)
        #expect(Period(from: date, through: date)?.count == 1)
    }

    @Test(
        "Two periods have the days that are in both",
        arguments: [
            ("2026-01-01", "2026-02-01", "2026-01-15", nil, "2026-01-15", "2026-02-01"),
            ("2026-01-01", nil, "2026-01-15", nil, "2026-01-15", nil),
            ("2026-01-01", nil, "2025-01-01", "2026-03-01", "2026-01-01", "2026-03-01"),
        ] as [(String, String?, String, String?, String, String?)])
    func common(a: String, b: String?, c: String, d: String?, from: String, until: String?) throws {
        let (one, other, both) = (try period(a, b), try period(c, d), try period(from, until))
        #expect(one.common(with: other) == both)
        #expect(other.common(with: one) == both)
    }

    @Test("A period can be ended, never lengthened")
    func ended() throws {
        let open = try period("2026-01-01", nil)
        #expect(try open.ended(on: day("2026-06-01")) == period("2026-01-01", "2026-06-01"))
        #expect(try open.ended(on: day("2026-01-01")) == nil)
        #expect(
            try period("2026-01-01", "2026-02-01").ended(on: day("2026-06-01")) == period("2026-01-01", "2026-02-01"))
    }

    @Test("A period without sense cannot be decoded")
    func coded() throws {
        let good = try period("2026-01-01", nil)
        #expect(try JSONDecoder().decode(Period.self, from: JSONEncoder().encode(good)) == good)
        let bad = Data(#"{"from":"2026-01-02","until":"2026-01-01"}"#.utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Period.self, from: bad) }
    }

    @Test(
        "Quarters, half-years and years have codes and bounds",
        arguments: [
            ("2026-01-01", "2026-Q1", "2026-H1"), ("2026-03-31", "2026-Q1", "2026-H1"),
            ("2026-04-01", "2026-Q2", "2026-H1"),
            ("2026-06-30", "2026-Q2", "2026-H1"), ("2026-07-01", "2026-Q3", "2026-H2"),
            ("2026-12-31", "2026-Q4", "2026-H2"),
        ])
    func parts(iso: String, quarter: String, half: String) throws {
        let date = try day(iso)
        #expect(Quarter(of: date).code == quarter && Quarter(code: quarter) == Quarter(of: date))
        #expect(HalfYear(of: date).code == half && HalfYear(code: half) == HalfYear(of: date))
        #expect(Year(of: date).code == "2026" && Year(code: "2026") == Year(of: date))
        #expect(Quarter(of: date).period.contains(date) && HalfYear(of: date).period.contains(date))
        #expect(Year(of: date).period.contains(date) && Period.month(of: date).contains(date))
    }

    @Test("Neighbours touch")
    func neighbours() throws {
        let last = try #require(Quarter(year: 2026, number: 4))
        #expect(last.next.code == "2027-Q1" && last.previous.code == "2026-Q3" && last < last.next)
        #expect(last.period.until == last.next.period.from)
        #expect(HalfYear(year: 2026, number: 1)?.previous.code == "2025-H2")
        #expect(Year(2026)?.next.code == "2027" && Year(2026)?.period.count == 365)
        #expect(Year(2200)?.next.code == "2200" && Year(1900)?.previous.code == "1900")
        #expect(try Period.month(of: day("2028-02-10")).count == 29)
    }

    @Test(
        "What is no part of a year is refused",
        arguments: ["", "2026-Q5", "2026-Q0", "2026Q1", "2026-H3", "202-Q1", "26"])
    func refused(code: String) {
        #expect(Quarter(code: code) == nil && HalfYear(code: code) == nil && Year(code: code) == nil)
    }
}
