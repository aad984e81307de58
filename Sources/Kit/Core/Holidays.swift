/// The public holidays of Vietnam: Bộ luật Lao động 2019, Điều 112 (in force since 2021).
///
/// New Year 1/1; Tết, five days; the Hùng Kings' day, 10th of the third lunar month; 30/4; 1/5; National Day 2/9 with
/// one day next to it. A holiday on a weekend is made up for on the next working day (Điều 111 khoản 3).
///
/// What is computed here is general knowledge and must be checked every year against the announcement: the Prime
/// Minister fixes the days of Tết and the second day of National Day (Điều 112 khoản 3), and the Ministry of Home
/// Affairs swaps working days for officials. Ngày Văn hóa Việt Nam, 24/11 (Nghị quyết 80-NQ/TW of 7/1/2026), is not in
/// Điều 112 as we know it: an office adds it among its extra holidays once the law says so.
package enum Holidays {
    /// Why a day is free.
    package enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
        case newYear, lunarNewYear, hungKings, reunification, labour, national
        /// Made up for a holiday that fell on a weekend.
        case madeUp
        /// Swapped by announcement for a Saturday that is worked.
        case swapped
        /// Added by the office.
        case added
    }

    /// The two feasts of a year that follow the moon.
    package struct Lunar: Hashable, Sendable, Codable {
        /// The first day of the first lunar month.
        package let newYear: Day
        /// The tenth day of the third lunar month.
        package let hungKings: Day
        /// How many of Tết's five days come before the first day of the year: 1 or 2, as announced.
        package let daysBefore: Int

        package init(newYear: Day, hungKings: Day, daysBefore: Int) {
            self.newYear = newYear
            self.hungKings = hungKings
            self.daysBefore = min(max(daysBefore, 0), 4)
        }
    }

    /// A working day made free, and the Saturday that is worked instead.
    package struct Swap: Hashable, Sendable, Codable {
        package let free: Day
        package let worked: Day

        package init(free: Day, worked: Day) {
            self.free = free
            self.worked = worked
        }
    }

    /// 2024-2030. The dates follow from the moon at UTC+7 (in 2030 Tết is a day before the Chinese one). How Tết is
    /// laid around its first day is as announced for 2024-2026; from 2027 on it is a guess.
    package static let lunar: [Lunar] = [
        lunar("2024-02-10", "2024-04-18", before: 2),
        lunar("2025-01-29", "2025-04-07", before: 2),
        lunar("2026-02-17", "2026-04-26", before: 1),
        lunar("2027-02-06", "2027-04-16", before: 1),
        lunar("2028-01-26", "2028-04-04", before: 1),
        lunar("2029-02-13", "2029-04-23", before: 1),
        lunar("2030-02-02", "2030-04-12", before: 1),
    ].compactMap { $0 }

    /// Swaps for officials in 2024-2026, from general knowledge, not from the announcements themselves.
    package static let swaps: [Swap] = [
        swap("2024-04-29", "2024-05-04"),
        swap("2025-05-02", "2025-04-26"),
        swap("2026-01-02", "2026-01-10"),
        swap("2026-08-31", "2026-08-22"),
    ].compactMap { $0 }

    /// The holidays of fixed date in a year.
    static func fixed(in year: Int) -> [(Day, Kind)] {
        let dates: [(Int, Int, Kind)] = [
            (1, 1, .newYear), (4, 30, .reunification), (5, 1, .labour),
            (9, 2, .national), (9, secondNationalDay(in: year), .national),
        ]
        return dates.compactMap { month, day, kind in Day(year: year, month: month, day: day).map { ($0, kind) } }
    }

    /// The five days of Tết and the Hùng Kings' day.
    static func moving(_ year: Lunar) -> [(Day, Kind)] {
        let tet = (0..<5).map { (year.newYear.adding(days: $0 - year.daysBefore), Kind.lunarNewYear) }
        return tet + [(year.hungKings, .hungKings)]
    }

    /// The day of September that is free beside 2/9. As far as we know 2021-2026 all took the side that joins the
    /// weekend or comes nearer to it: 3/9 when the 2nd is a Thursday or Monday, else 1/9. On a Sunday it is one run
    /// of free days either way.
    private static func secondNationalDay(in year: Int) -> Int {
        switch Day(year: year, month: 9, day: 2)?.weekday {
        case .monday, .thursday, .sunday: 3
        default: 1
        }
    }

    private static func lunar(_ newYear: String, _ hungKings: String, before: Int) -> Lunar? {
        guard let newYear = Day(iso: newYear), let hungKings = Day(iso: hungKings) else { return nil }
        return Lunar(newYear: newYear, hungKings: hungKings, daysBefore: before)
    }

    private static func swap(_ free: String, _ worked: String) -> Swap? {
        guard let free = Day(iso: free), let worked = Day(iso: worked) else { return nil }
        return Swap(free: free, worked: worked)
    }
}
