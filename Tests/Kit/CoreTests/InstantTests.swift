import Foundation
import Testing

@testable import Core

@Suite("Instants")
struct InstantTests {
    @Test(
        "An instant has a text in UTC, and a day and a clock in Vietnam",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z", "1970-01-01", "07:00"),
            (-1, "1969-12-31T23:59:59.999Z", "1970-01-01", "06:59"),
            (1_794_294_300_000, "2026-11-10T07:05:00.000Z", "2026-11-10", "14:05"),
            (1_794_329_999_999, "2026-11-10T16:59:59.999Z", "2026-11-10", "23:59"),
            (1_794_330_000_000, "2026-11-10T17:00:00.000Z", "2026-11-11", "00:00"),
            (-2_000_000_000_000, "1906-08-16T20:26:40.000Z", "1906-08-17", "03:26"),
        ] as [(Int64, String, String, String)])
    func told(milliseconds: Int64, iso: String, vietnamDay: String, clock: String) throws {
        let instant = Instant(milliseconds: milliseconds)
        #expect(instant.isoText == iso)
        #expect(Instant(isoText: iso) == instant)
        #expect(try instant.day == day(vietnamDay))
        #expect(instant.vietnamClock == clock)
    }

    @Test(
        "Other forms of the same moment are read",
        arguments: [
            "2026-11-10T07:05:00Z", "2026-11-10T07:05:00.0Z", "2026-11-10T07:05:00.000999Z",
            "2026-11-10T14:05:00+07:00",
            "2026-11-10T02:35:00.000-04:30",
        ])
    func read(text: String) {
        #expect(Instant(isoText: text)?.isoText == "2026-11-10T07:05:00.000Z")
    }

    @Test(
        "What is no moment is refused",
        arguments: [
            "", "2026-11-10", "2026-11-10T07:05Z", "2026-11-10 07:05:00Z", "2026-11-10T24:00:00Z",
            "2026-11-10T07:60:00Z",
            "2026-11-10T07:05:60Z", "2026-11-10T07:05:00", "2026-11-10T07:05:00.Z", "2026-11-10T07:05:00.1234567890Z",
            "2026-02-30T07:05:00Z", "2026-11-10T07:05:00z", "2026-11-10T07:05:00+0700", "2026-11-10T07:05:00ZZ",
            "é026-11-10T07:05:00Z",
        ])
    func refused(text: String) {
        #expect(Instant(isoText: text) == nil)
    }

    @Test("Durations are added and taken away, and nothing overflows")
    func sums() throws {
        let instant = try #require(Instant(isoText: "2026-11-10T07:05:00.000Z"))
        #expect((instant + .seconds(90)).isoText == "2026-11-10T07:06:30.000Z")
        #expect((instant + .milliseconds(-1)).isoText == "2026-11-10T07:04:59.999Z")
        #expect((instant - .hours(8)).isoText == "2026-11-09T23:05:00.000Z")
        #expect((instant + .days(30) - .minutes(5)).isoText == "2026-12-10T07:00:00.000Z")
        #expect(instant + .seconds(Int64.max) == .last)
        #expect(instant - .seconds(Int64.max) == .first)
        #expect(instant.duration(to: instant + .seconds(3)) == .seconds(3))
        #expect((Instant.first.day, Instant.last.day) == (.first, .last))
        #expect(Instant(isoText: Instant.first.isoText) == .first)
        #expect(Instant(isoText: Instant.last.isoText) == .last)
    }

    @Test("A day begins at midnight in Vietnam, and its clock gives moments")
    func starts() throws {
        let date = try day("2026-11-10")
        #expect(date.start.isoText == "2026-11-09T17:00:00.000Z")
        #expect(date.start.day == date)
        #expect((date.start - .milliseconds(1)).day == date.adding(days: -1))
        #expect(date.at(clock: "06:30")?.isoText == "2026-11-09T23:30:00.000Z")
        #expect(date.at(clock: "06:30")?.minuteOfVietnamDay == 390)
        for wrong in ["24:00", "6:30", "", "06:60", "06.30", "06:30:00"] { #expect(date.at(clock: wrong) == nil) }
        #expect((Day.first.start.day, Day.last.start.day) == (.first, .last))
    }

    @Test("An instant is coded as an integer")
    func coded() throws {
        let instant = Instant(milliseconds: 1_794_294_300_000)
        let data = try JSONEncoder().encode([instant])
        #expect(String(decoding: data, as: UTF8.self) == #"["2026-11-10T07:05:00.000Z"]"#)
        #expect(try JSONDecoder().decode([Instant].self, from: data) == [instant])
    }
}
