import Core

extension Offices {
    /// What an office is told about the last day of its grid, each once: a week before, the day before, and the
    /// morning after the day went by. The days are constructed for the demonstration.
    package enum Reminder: String, Sendable, CaseIterable, Codable {
        case week, day, overdue

        /// When people look at their telephones.
        private static let morning: Duration = .hours(7)

        /// When it is said.
        package func moment(due: Day) -> Instant {
            switch self {
            case .week: due.adding(days: -7).start + Reminder.morning
            case .day: due.adding(days: -1).start + Reminder.morning
            case .overdue: due.adding(days: 1).start + Reminder.morning
            }
        }

        /// Whether it still says what is so: a program that stood still for a week does not say afterwards that there
        /// is a week left.
        package func isTrue(due: Day, on today: Day) -> Bool {
            switch self {
            case .week: today < due.adding(days: -1)
            case .day: today >= due.adding(days: -1) && today <= due
            case .overdue: today > due
            }
        }
    }
}
