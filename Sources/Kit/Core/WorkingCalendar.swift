/// Which days are worked: Monday to Friday, less public holidays, plus the Saturdays worked in exchange.
package struct WorkingCalendar: Sendable {
    private let free: [Day: Holidays.Kind]
    private let worked: Set<Day>
    private let lunarYears: Set<Int>

    /// What is known for all of Vietnam.
    package static let vietnam = WorkingCalendar()

    /// An office adds its own free days, the weekend days it works in exchange, and the lunar dates of further years.
    /// A day in both lists is worked.
    package init(
        extraHolidays: [Day] = [], makeUpWorkingDays: [Day] = [],
        lunar: [Holidays.Lunar] = Holidays.lunar, swaps: [Holidays.Swap] = Holidays.swaps
    ) {
        var free = Self.statutory(lunar)
        for swap in swaps { free[swap.free] = free[swap.free] ?? .swapped }
        for day in extraHolidays { free[day] = free[day] ?? .added }
        self.free = free
        worked = Set(makeUpWorkingDays).union(swaps.map(\.worked))
        lunarYears = Set(lunar.map(\.newYear.year))
    }

    /// Whether the lunar feasts of the year are known; without them the count may be some days short.
    package func isComplete(for year: Int) -> Bool {
        lunarYears.contains(year) && Self.years.contains(year)
    }

    /// Why the day is free though it would be worked, or a feast on a weekend; nil on other days.
    package func holiday(on day: Day) -> Holidays.Kind? {
        worked.contains(day) ? nil : free[day]
    }

    /// Whether offices work: no weekend and no holiday, or worked in exchange for another day.
    package func isWorkingDay(_ day: Day) -> Bool {
        if worked.contains(day) { return true }
        return !day.weekday.isWeekend && free[day] == nil
    }

    /// The day itself when it is worked, else the next one that is.
    package func workingDay(onOrAfter day: Day) -> Day {
        var day = day
        while !isWorkingDay(day), day < .last { day = day.adding(days: 1) }
        return day
    }

    /// The day on which the so many-th working day after `day` falls; backwards when negative, `day` itself when zero.
    /// The day of the event is not counted (Bộ luật Dân sự 2015, Điều 147 khoản 2).
    package func adding(workingDays count: Int, to day: Day) -> Day {
        var day = day
        var left = count.magnitude
        let step = count < 0 ? -1 : 1
        while left > 0, day > .first || step > 0, day < .last || step < 0 {
            day = day.adding(days: step)
            if isWorkingDay(day) { left -= 1 }
        }
        return day
    }

    /// How many working days there are from the first day up to, without, the other; negative when it is earlier.
    package func workingDays(from: Day, until: Day) -> Int {
        guard from <= until else { return -workingDays(from: until, until: from) }
        return (from.ordinal..<until.ordinal).count { isWorkingDay(Day(ordinal: $0)) }
    }

    /// The years for which fixed holidays are laid out: from the Labour Code's first year as far as plans may reach.
    private static let years = 2021...2100

    private static func statutory(_ lunar: [Holidays.Lunar]) -> [Day: Holidays.Kind] {
        var free: [Day: Holidays.Kind] = [:]
        let all = years.flatMap(Holidays.fixed) + lunar.flatMap(Holidays.moving)
        for (day, kind) in all { free[day] = free[day] ?? kind }
        // Earliest first, as each day made up takes the next place that is still open.
        for day in free.keys.sorted() where day.weekday.isWeekend {
            var open = day
            while free[open] != nil || open.weekday.isWeekend, open < .last { open = open.adding(days: 1) }
            free[open] = .madeUp
        }
        return free
    }
}

/// How long something may take, counted from the day after it began.
package enum Deadline: Hashable, Sendable, Codable {
    /// So many days, all counted.
    case calendar(Int)
    /// So many working days.
    case working(Int)

    /// The last day on which it is in time. Calendar days that end on a day off go on to the next working day
    /// (Bộ luật Dân sự 2015, Điều 148 khoản 5).
    package func lastDay(from day: Day, in calendar: WorkingCalendar) -> Day {
        switch self {
        case .calendar(let days): calendar.workingDay(onOrAfter: day.adding(days: days))
        case .working(let days): calendar.adding(workingDays: days, to: day)
        }
    }

    /// Whether something begun on `day` is late on `today`: its last day is past.
    package func isPast(on today: Day, from day: Day, in calendar: WorkingCalendar) -> Bool {
        today > lastDay(from: day, in: calendar)
    }
}
