import Core
import Criteria

extension Rechecks {
    /// How much of a title's indicators a re-check looks at. Light and full take turns.
    package enum Kind: String, Sendable, CaseIterable, Codable {
        /// The mandatory indicators and those that changed.
        case light
        case full

        /// - Parameter number: which re-check since the grant it is, from 1.
        package static func inTurn(_ number: Int) -> Kind { number % 2 == 1 ? .light : .full }
    }

    /// The rules of the year's re-check. How often one is due comes from the criteria set; how long things take, where
    /// the set does not say, is constructed for the demonstration and labelled so.
    package struct Terms: Sendable, Equatable {
        /// Between two re-checks.
        package let months: Int
        /// From the opening of a round to its last day.
        package let lookDays: Int
        /// For mending what does not meet the title any more. What returned dossiers have is another key of the rules.
        package let mending: Deadline
        /// The least between an invitation and the hearing.
        package let invitationDays: Int
        /// Whether one of these is our own assumption.
        package let isConstructed: Bool

        package static let standard = Terms(
            months: 12, lookDays: 45, mending: .calendar(30), invitationDays: 7, isConstructed: true)

        /// - Parameter set: the criteria under the rules that govern the re-check, never the bare set.
        package static func of(_ set: CriteriaSet?) -> Terms {
            Terms(
                months: set?.term?.recheckMonths ?? standard.months, lookDays: standard.lookDays,
                mending: set?.procedure?.titleMending ?? standard.mending, invitationDays: standard.invitationDays,
                isConstructed: true)
        }

        /// The last day for mending from the day of a notice.
        package func mendUntil(from day: Day) -> Day { mending.lastDay(from: day, in: .vietnam) }

        /// Which re-check of a title falls into a year, from 1; nil when none does: it was granted too late for it.
        package func number(granted: Day, year: Int) -> Int? {
            guard let last = Day(year: year, month: 12, day: 31), granted.adding(months: months) <= last else {
                return nil
            }
            let passed = (last.year - granted.year) * 12 + last.month - granted.month
            return max(1, passed / max(months, 1))
        }
    }

    /// Why an indicator stands on a re-check's list.
    package enum Why: String, Sendable, CaseIterable, Codable { case mandatory, fallenBefore, changed, all }

    /// One indicator to look at.
    package struct Listed: Sendable, Equatable {
        package let code: String
        package let why: Why

        package init(_ code: String, _ why: Why) {
            self.code = code
            self.why = why
        }

        /// The list of a re-check, in the order of the set. A set without mandatory indicators is looked at through the
        /// first one of each group, so that no re-check is empty.
        ///
        /// - Parameters:
        ///   - changed: indicators of which a newer value is known.
        ///   - fallenBefore: those of the last notice.
        package static func of(
            _ set: CriteriaSet, for title: String, _ kind: Kind, changed: Set<String> = [],
            fallenBefore: Set<String> = []
        ) -> [Listed] {
            let groups = set.standards.map { $0.indicators(for: title) }.filter { !$0.isEmpty }
            let indicators = groups.flatMap { $0 }
            let hasMandatory = indicators.contains(where: \.isMandatory)
            let firsts = Set(groups.compactMap(\.first?.code))
            return indicators.compactMap { indicator in
                let code = indicator.code
                if indicator.isMandatory || (!hasMandatory && firsts.contains(code)) { return Listed(code, .mandatory) }
                if fallenBefore.contains(code) { return Listed(code, .fallenBefore) }
                if changed.contains(code) { return Listed(code, .changed) }
                return kind == .full ? Listed(code, .all) : nil
            }
        }
    }
}

extension Rechecks.Terms {
    /// The last day of a round: within its year, but never less than two weeks.
    package func roundEnds(openedOn day: Day) -> Day {
        let usual = day.adding(days: lookDays)
        let last = Day(year: day.year, month: 12, day: 31) ?? usual
        return max(day.adding(days: 14), min(usual, last))
    }

    /// The last day for a title that comes into a round late: the round's own, but never less than two weeks.
    package func lateEnds(round due: Day, on day: Day) -> Day { max(due, day.adding(days: 14)) }
}
