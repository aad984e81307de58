import Testing

@testable import Core

@Suite("How days and numbers are written")
struct FormatTests {
    @Test(
        "Days",
        arguments: [
            ("2026-12-31", "31/12/2026", "31 December 2026", "31/12", "31 December", "12/2026", "December 2026"),
            ("2026-04-05", "05/04/2026", "5 April 2026", "5/4", "5 April", "4/2026", "April 2026"),
            ("2026-11-18", "18/11/2026", "18 November 2026", "18/11", "18 November", "11/2026", "November 2026"),
        ])
    func days(iso: String, vi: String, en: String, viShort: String, enShort: String, viMonth: String, enMonth: String)
        throws
    {
        let date = try day(iso)
        let (vietnamese, english) = (Language.vi.format, Language.en.format)
        #expect(vietnamese.day(date) == vi && english.day(date) == en)
        #expect(vietnamese.dayAndMonth(date) == viShort && english.dayAndMonth(date) == enShort)
        #expect(vietnamese.month(date) == viMonth && english.month(date) == enMonth)
        #expect(Day.parse(vi) == date)
    }

    @Test(
        "A paper's date has a zero before small days and before January and February",
        arguments: [
            ("2026-02-05", "ngày 05 tháng 02 năm 2026"), ("2026-04-05", "ngày 05 tháng 4 năm 2026"),
            ("2026-11-10", "ngày 10 tháng 11 năm 2026"),
        ])
    func paperDates(iso: String, text: String) throws {
        #expect(try Language.vi.format.paperDate(day(iso)) == text)
    }

    @Test(
        "Weekdays",
        arguments: zip(
            Weekday.allCases, ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"]))
    func weekdays(weekday: Weekday, text: String) {
        #expect(Language.vi.format.weekday(weekday) == text)
        #expect(Language.en.format.weekday(weekday).lowercased() == "\(weekday)")
    }

    @Test("Moments and numbers")
    func others() throws {
        let (vi, en) = (Language.vi.format, Language.en.format)
        let instant = try #require(Instant(isoText: "2026-11-10T07:05:00.000Z"))
        #expect(vi.clock(instant) == "14:05")
        #expect(vi.moment(instant) == "14:05, 10/11/2026")
        #expect(vi.weekdayAndDay(instant.day) == "Thứ Ba, 10/11/2026")
        #expect(en.weekdayAndDay(instant.day) == "Tuesday, 10 November 2026")
        #expect(vi.integer(1_234_567) == "1.234.567" && en.integer(-1_234) == "-1,234" && vi.integer(0) == "0")
        #expect(vi.integer(.min) == "-9.223.372.036.854.775.808")
        let share = try #require(Quantity.percent(149, of: 161))
        #expect(vi.percent(share) == "92,5\u{A0}%" && en.percent(share) == "92.5%" && vi.quantity(share) == "92,5")
        #expect(vi.money(Money(dong: 1_234_567)) == "1.234.567\u{A0}₫")
        #expect(Language(rawValue: "vi") == .vi)
    }
}
