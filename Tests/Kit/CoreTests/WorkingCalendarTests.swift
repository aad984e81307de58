import Testing

@testable import Core

@Suite("Working days")
struct WorkingCalendarTests {
    private let calendar = WorkingCalendar.vietnam

    @Test(
        "Holidays are free",
        arguments: [
            ("2024-02-08", Holidays.Kind.lunarNewYear), ("2024-02-14", .madeUp), ("2024-04-18", .hungKings),
            ("2024-04-29", .swapped), ("2024-09-03", .national), ("2025-01-27", .lunarNewYear),
            ("2025-01-31", .lunarNewYear),
            ("2025-04-07", .hungKings), ("2025-05-02", .swapped), ("2025-09-01", .national), ("2026-01-01", .newYear),
            ("2026-02-16", .lunarNewYear), ("2026-02-20", .lunarNewYear), ("2026-04-27", .madeUp),
            ("2026-04-30", .reunification), ("2026-05-01", .labour), ("2026-08-31", .swapped),
            ("2026-09-01", .national),
            ("2027-02-11", .madeUp), ("2028-01-03", .madeUp),
        ])
    func free(iso: String, kind: Holidays.Kind) throws {
        let date = try day(iso)
        #expect(!date.weekday.isWeekend)
        #expect(!calendar.isWorkingDay(date))
        #expect(calendar.holiday(on: date) == kind)
    }

    @Test(
        "Days around them are worked",
        arguments: [
            "2024-02-07", "2024-02-15", "2024-05-04", "2025-01-24", "2025-02-03", "2025-04-26", "2026-01-10",
            "2026-02-13",
            "2026-02-23", "2026-04-28", "2026-08-22", "2026-09-03", "2026-11-10", "2026-11-24",
        ])
    func worked(iso: String) throws {
        #expect(try calendar.isWorkingDay(day(iso)))
        #expect(try calendar.holiday(on: day(iso)) == nil)
    }

    @Test("Each year has eleven holidays on weekdays, made up for or not", arguments: 2024...2030)
    func elevenDays(year: Int) throws {
        let period = try #require(Year(year)?.period)
        let plain = WorkingCalendar(swaps: [])
        let free = (period.from.ordinal..<period.from.ordinal + (period.count ?? 0)).map(Day.init(ordinal:))
            .filter { !$0.weekday.isWeekend && !plain.isWorkingDay($0) }
        #expect(free.count == 11)
        #expect(calendar.isComplete(for: year))
    }

    @Test(
        "Working days are counted from the day after",
        arguments: [
            ("2026-11-10", 1, "2026-11-11"), ("2026-11-10", 5, "2026-11-17"), ("2026-11-10", 0, "2026-11-10"),
            ("2026-11-14", 1, "2026-11-16"), ("2026-02-13", 1, "2026-02-23"), ("2026-04-29", 1, "2026-05-04"),
            ("2026-11-17", -5, "2026-11-10"), ("2026-11-15", -1, "2026-11-13"), ("2026-08-21", 1, "2026-08-22"),
            ("2026-11-10", 1_000_000_000, "2200-12-31"), ("2026-11-10", -1_000_000_000, "1900-01-01"),
        ])
    func added(from: String, count: Int, to: String) throws {
        #expect(try calendar.adding(workingDays: count, to: day(from)) == day(to))
    }

    @Test(
        "Working days are counted between two days, the last one left out",
        arguments: [
            ("2026-11-09", "2026-11-16", 5), ("2026-11-14", "2026-11-16", 0), ("2026-11-16", "2026-11-09", -5),
            ("2026-02-09", "2026-02-28", 10), ("2026-11-10", "2026-11-10", 0),
        ])
    func counted(from: String, until: String, count: Int) throws {
        #expect(try calendar.workingDays(from: day(from), until: day(until)) == count)
    }

    @Test("An office adds free days, working Saturdays and years of its own")
    func extended() throws {
        let culture = try day("2026-11-24")
        let saturday = try day("2026-11-28")
        let lunar = Holidays.Lunar(newYear: try day("2031-01-23"), hungKings: try day("2031-04-01"), daysBefore: 1)
        let own = WorkingCalendar(
            extraHolidays: [culture], makeUpWorkingDays: [saturday], lunar: Holidays.lunar + [lunar])
        #expect(own.holiday(on: culture) == .added && !own.isWorkingDay(culture))
        #expect(own.isWorkingDay(saturday))
        #expect(try !own.isWorkingDay(day("2031-01-22")) && !own.isWorkingDay(day("2031-04-01")))
        #expect(own.isComplete(for: 2031) && !calendar.isComplete(for: 2031))
    }

    @Test(
        "A deadline ends on a working day",
        arguments: [
            (Deadline.calendar(10), "2026-11-05", "2026-11-16"), (.calendar(8), "2026-11-10", "2026-11-18"),
            (.working(5), "2026-11-10", "2026-11-17"), (.calendar(3), "2026-02-13", "2026-02-23"),
        ])
    func deadlines(deadline: Deadline, from: String, last: String) throws {
        let (start, end) = (try day(from), try day(last))
        #expect(deadline.lastDay(from: start, in: calendar) == end)
        #expect(!deadline.isPast(on: end, from: start, in: calendar))
        #expect(deadline.isPast(on: end.adding(days: 1), from: start, in: calendar))
    }
}
