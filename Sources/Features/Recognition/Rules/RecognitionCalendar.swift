import Core
import Criteria

extension Recognition {
    /// How the last day of a stage is found.
    package enum DueRule: Sendable, Equatable {
        case none
        /// A day of the recognition year, but never less than the least time after the stage began.
        case day(Milestone)
        /// The time for mending a returned dossier.
        case mending
    }

    /// The fixed days of a recognition year.
    package enum Milestone: String, Sendable, CaseIterable {
        case registrationEnds, assessmentBegins, assessmentEnds, reviewBegins, reviewEnds, postingEnds, checkEnds
        case appraisalBegins, appraisalEnds, decisionEnds, givingDay
    }

    /// The calendar of a recognition year, as the rules of recognition declare it.
    package struct YearCalendar: Sendable {
        /// A day of any year.
        package struct MonthDay: Sendable, Equatable {
            package let month: Int
            package let day: Int

            package init(_ day: Int, _ month: Int) {
                self.month = month
                self.day = day
            }
        }

        package let days: [Milestone: MonthDay]
        package let mending: Deadline
        /// Whoever gets a dossier late still has this long.
        package let least: Deadline
        /// A dossier's criteria set has no say in it: the days of one story, told as they were.
        package let isFinal: Bool

        package init(days: [Milestone: MonthDay], mending: Deadline, least: Deadline, isFinal: Bool = false) {
            self.days = days
            self.mending = mending
            self.least = least
            self.isFinal = isFinal
        }

        /// Of the demonstration's rules: registration to 31/3, self-assessment 15/8 to 15/9, review meeting 16/9 to
        /// 18/9, posting and ballot side by side to 30/9, the commune's check and submission to 10/10, appraisal 12/10
        /// to 31/10, decision by 10/11, given on Great Unity Day 18/11; ten working days for mending.
        package static let standard = YearCalendar(
            days: [
                .registrationEnds: MonthDay(31, 3), .assessmentBegins: MonthDay(15, 8),
                .assessmentEnds: MonthDay(15, 9), .reviewBegins: MonthDay(16, 9), .reviewEnds: MonthDay(18, 9),
                .postingEnds: MonthDay(30, 9), .checkEnds: MonthDay(10, 10), .appraisalBegins: MonthDay(12, 10),
                .appraisalEnds: MonthDay(31, 10), .decisionEnds: MonthDay(10, 11), .givingDay: MonthDay(18, 11),
            ],
            mending: .working(10), least: .working(5))

        /// The same with what a criteria set says of the way (trình tự); what it leaves out stays.
        package func following(_ procedure: Criteria.Procedure?) -> YearCalendar {
            guard let procedure, !isFinal else { return self }
            var days = days
            for (milestone, day) in procedure.days {
                if let own = Milestone(rawValue: milestone.rawValue) { days[own] = MonthDay(day.day, day.month) }
            }
            return YearCalendar(
                days: days, mending: procedure.mending ?? mending, least: procedure.least ?? least)
        }

        package func day(_ milestone: Milestone, of year: Int) -> Day? {
            days[milestone].flatMap { Day(year: year, month: $0.month, day: $0.day) }
        }

        /// The last day on which the awaited act of a stage is in time; nil when nothing is awaited.
        package func due(
            _ state: State, year: Int, since: Day, in working: WorkingCalendar = .vietnam
        ) -> Day? {
            switch LifeCycle.stage(state).due {
            case .none: return nil
            case .mending: return mending.lastDay(from: since, in: working)
            case .day(let milestone):
                let soonest = least.lastDay(from: since, in: working)
                return day(milestone, of: year).map { max($0, soonest) } ?? soonest
            }
        }

        /// The year for which an area registers by itself today: this one until registration ends, then the next.
        package func registrationYear(on today: Day) -> Int {
            guard let last = day(.registrationEnds, of: today.year) else { return today.year }
            return today <= last ? today.year : today.year + 1
        }

        /// Years that may be registered for today. After the last day only the commune puts an area on this year's
        /// list, and says why.
        package func isLate(year: Int, on today: Day) -> Bool { year < registrationYear(on: today) }
    }
}
