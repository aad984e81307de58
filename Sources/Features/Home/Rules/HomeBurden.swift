import Core

/// What the work of one residential area cost its people in a month, out of the product's own records: values typed,
/// pictures added, forms sent, and the time their pages were open.
///
/// It is a measure of what the office asks for, not of anybody: kept and shown by area, never by person, and no list is
/// ordered by it (people.md rules 1 and 11).
package struct HomeBurden: Codable, Sendable, Equatable {
    /// Different values of indicators that the area's own people typed.
    package let values: Int
    package let pictures: Int
    /// Forms and buttons sent.
    package let forms: Int
    /// Forms of which nobody knows how long they were open: sent by another program.
    package let unmeasured: Int
    /// From opening a page to sending it, at most ten minutes a time, overlaps counted once.
    package let seconds: Int

    package init(values: Int = 0, pictures: Int = 0, forms: Int = 0, unmeasured: Int = 0, seconds: Int = 0) {
        self.values = values
        self.pictures = pictures
        self.forms = forms
        self.unmeasured = unmeasured
        self.seconds = seconds
    }

    /// Whole minutes, begun ones counted.
    package var minutes: Int { (seconds + 59) / 60 }

    package var isNone: Bool { values == 0 && pictures == 0 && forms == 0 }

    package func adding(_ other: HomeBurden) -> HomeBurden {
        HomeBurden(
            values: values + other.values, pictures: pictures + other.pictures, forms: forms + other.forms,
            unmeasured: unmeasured + other.unmeasured, seconds: seconds + other.seconds)
    }

    /// What one recognition may cost an area's people at the most, from registration to the decision: everything they
    /// send in the product, whoever of them sends it; not the hours of meetings, of walking and of asking.
    package static let most = (values: 10, pictures: 6, minutes: 45)

    /// Whether it stays below the bar of one recognition. Values that could not be measured are no excuse.
    package var isWithinMost: Bool {
        values <= HomeBurden.most.values && pictures <= HomeBurden.most.pictures
            && minutes <= HomeBurden.most.minutes
    }

    /// The middle of the areas that had any work; of an even number the lower middle. Nil of none.
    package static func median(_ all: [HomeBurden], _ part: (HomeBurden) -> Int) -> Int? {
        let sorted = all.filter { !$0.isNone }.map(part).sorted()
        return sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2]
    }
}

/// The figure on home: what the middle area's people spent in a month.
package struct HomeBurdenMark: Codable, Sendable, Equatable {
    package let month: HomeMonth
    /// Areas that had any work, of those asked about.
    package let working: Int
    /// Of the middle one; nil when none had any.
    package let minutes: Int?
    /// All areas were asked about, and not a part of the communes.
    package let isWhole: Bool

    package init(month: HomeMonth, working: Int, minutes: Int?, isWhole: Bool) {
        self.month = month
        self.working = working
        self.minutes = minutes
        self.isWhole = isWhole
    }

    /// Which of so many communes are asked, by their numbers of areas: all that fit, else ones in equal steps, so that
    /// not only those that come first are heard. At least one where there is any.
    package static func chosen(_ areas: [Int], most: Int) -> [Int] {
        let all = areas.reduce(0, +)
        guard all > most else { return Array(areas.indices) }
        let step = max(1, (all + most - 1) / most)
        var (found, sum): ([Int], Int) = ([], 0)
        for index in stride(from: 0, to: areas.count, by: step) where found.isEmpty || sum + areas[index] <= most {
            found.append(index)
            sum += areas[index]
        }
        return found
    }
}

/// A month of the calendar, as an address says it: "2026-11".
package struct HomeMonth: Codable, Sendable, Hashable, Comparable {
    /// The first day of the month.
    package let first: Day

    package init(of day: Day) { first = day.adding(days: 1 - day.day) }

    /// Nil for anything but "2026-11".
    package init?(_ text: String) {
        guard let day = Day(iso: text + "-01") else { return nil }
        first = day
    }

    package var text: String { String(first.isoText.prefix(7)) }
    package var next: HomeMonth { HomeMonth(of: first.adding(months: 1)) }
    package var previous: HomeMonth { HomeMonth(of: first.adding(months: -1)) }

    package static func < (left: HomeMonth, right: HomeMonth) -> Bool { left.first < right.first }
}
