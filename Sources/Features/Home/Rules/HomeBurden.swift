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

    /// What one recognition may cost an area's people at the most.
    package static let most = (values: 10, pictures: 6, minutes: 45)

    /// The middle of the areas that had any work; of an even number the lower middle. Nil of none.
    package static func median(_ all: [HomeBurden], _ part: (HomeBurden) -> Int) -> Int? {
        let sorted = all.filter { !$0.isNone }.map(part).sorted()
        return sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2]
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
