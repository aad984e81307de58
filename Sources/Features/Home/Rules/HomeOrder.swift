import Core

/// Something that waits for a person, as far as its place in the list is concerned.
package protocol HomeWaiting {
    /// The last day on which it is in time; nil when nothing hurries.
    var due: Day? { get }
}

/// The order of duties and what is said of them together.
package enum HomeOrder {
    /// Late ones first, the oldest at the head, then by the day they are due; what has no day comes last. Equal ones
    /// keep the order they came in.
    package static func sorted<Duty: HomeWaiting>(_ duties: [Duty]) -> [Duty] {
        duties.enumerated().sorted { left, right in
            switch (left.element.due, right.element.due) {
            case (let one?, let other?) where one != other: one < other
            case (_?, nil): true
            case (nil, _?): false
            default: left.offset < right.offset
            }
        }.map(\.element)
    }

    /// How many are past their day; one that is due today is in time.
    package static func late<Duty: HomeWaiting>(_ duties: [Duty], on today: Day) -> Int {
        duties.count { duty in duty.due.map { $0 < today } ?? false }
    }
}
