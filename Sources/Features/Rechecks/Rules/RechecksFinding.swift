import Core
import Criteria

extension Rechecks {
    /// What was found at one indicator.
    package struct Found: Sendable, Equatable {
        package let code: String
        /// 1 for the re-check itself, 2 for looking again at what fell.
        package let turn: Int
        package let value: Criteria.Value

        package init(_ code: String, turn: Int, _ value: Criteria.Value) {
            self.code = code
            self.turn = turn
            self.value = value
        }
    }

    /// What a re-check found, held against the thresholds of its title and against what held when it was granted.
    package struct Finding: Sendable {
        package let set: CriteriaSet
        package let aim: Criteria.Aim
        package let listed: [String]
        /// Values on which the title was granted, where they are known.
        private let granted: [String: Criteria.Value]
        private var found: [Int: [String: Criteria.Value]]

        package init(
            _ set: CriteriaSet, for aim: Criteria.Aim, listed: [String], granted: [String: Criteria.Value],
            _ found: [Found]
        ) {
            self.set = set
            self.aim = aim
            self.listed = listed
            self.granted = granted
            var turns: [Int: [String: Criteria.Value]] = [:]
            for one in found { turns[one.turn, default: [:]][one.code] = one.value }
            self.found = turns
        }

        /// What was found at an indicator; nil when nobody looked.
        ///
        /// - Parameter turn: 1 for the re-check, 2 for looking again at what fell.
        package func value(_ code: String, turn: Int) -> Criteria.Value? { found[turn]?[code] }
        /// What the title was granted on; nil where that is not known.
        package func grantedValue(_ code: String) -> Criteria.Value? { granted[code] }

        private func outcome(_ value: Criteria.Value?, _ code: String) -> Criteria.Verdict.Outcome {
            guard let indicator = set.indicator(code) else { return .missing }
            return Criteria.judge(value, by: indicator, for: aim).outcome
        }

        /// What was found at an indicator, against its threshold for the title.
        package func outcome(_ code: String, turn: Int) -> Criteria.Verdict.Outcome {
            outcome(value(code, turn: turn), code)
        }

        /// Whether it did not meet its threshold when the title was granted either: then it has not fallen.
        package func wasUnmet(_ code: String) -> Bool { granted[code].map { outcome($0, code) == .unmet } ?? false }

        /// Listed indicators at which nobody has looked yet.
        package var open: [String] { listed.filter { value($0, turn: 1) == nil } }

        /// Indicators that do not meet their threshold today, and are not known to have been unmet when the title was
        /// granted.
        package var lacking: [String] {
            listed.filter { outcome($0, turn: 1) == .unmet && !wasUnmet($0) }
        }

        /// Whether it met its threshold when the title was granted and does not today. Without a value of that day nobody
        /// can say so.
        package func hasFallen(_ code: String) -> Bool {
            outcome(code, turn: 1) == .unmet && granted[code].map { outcome($0, code) == .met } ?? false
        }

        /// Whether it was looked at again and meets its threshold now, or does not apply any more.
        package func isMended(_ code: String) -> Bool {
            switch outcome(code, turn: 2) {
            case .met, .notApplicable: true
            case .unmet, .missing: false
            }
        }

        /// Lacking indicators of which nobody has recorded that they are mended.
        package var unmended: [String] { lacking.filter { !isMended($0) } }

        /// The same with what was looked at again.
        package func looking(again: [Found]) -> Finding {
            var finding = self
            for one in again { finding.found[one.turn, default: [:]][one.code] = one.value }
            return finding
        }

        /// Refuses a conclusion while indicators are not looked at.
        package func refusalToConclude() -> Refusal? {
            let open = open
            return open.isEmpty
                ? nil
                : Refusal(
                    .invalid, "rechecks.refusal.open",
                    ["count": "\(open.count)", "codes": open.joined(separator: ", ")])
        }

        /// Refuses to keep a title while something that lacks is not recorded as mended.
        package func refusalToKeep() -> Refusal? {
            let open = unmended
            return open.isEmpty
                ? nil : Refusal(.conflict, "rechecks.refusal.unmended", ["codes": open.joined(separator: ", ")])
        }

        /// What is wrong with a notice's reasons: one at each lacking indicator and none elsewhere.
        package func refusals(of reasons: [String: String]) -> [Refusal] {
            let lacking = Set(lacking)
            if reasons.isEmpty { return [Refusal(.invalid, "rechecks.refusal.noticeNeedsReason")] }
            let missing = self.lacking.filter { reasons[$0] == nil }.map {
                Refusal(.invalid, "rechecks.refusal.reasonAtEach", field: "reason.\($0)", ["code": $0])
            }
            let elsewhere = reasons.keys.sorted().filter { !lacking.contains($0) }.map {
                Refusal(.invalid, "rechecks.refusal.notLacking", ["code": $0])
            }
            return missing + elsewhere
        }
    }

    /// When an area may be heard and when it was. Nothing is taken back from who was not invited in time.
    package struct Hearing: Sendable, Equatable {
        /// Between these nobody has to come in the dark: minutes after midnight.
        package static let hours = 6 * 60...20 * 60

        package let invitedOn: Day
        package let day: Day

        package init(invitedOn: Day, day: Day) {
            self.invitedOn = invitedOn
            self.day = day
        }

        /// Refuses a hearing on a day nearer than the terms give.
        package static func refusalToInvite(to day: Day, on today: Day, _ terms: Terms) -> Refusal? {
            let first = today.adding(days: terms.invitationDays)
            return day < first
                ? Refusal(
                    .invalid, "rechecks.refusal.invitedLate", field: "hearingDay",
                    ["days": "\(terms.invitationDays)", "day": Language.vi.format.day(first)]) : nil
        }

        /// Refuses an hour at which nobody is invited.
        ///
        /// - Parameter minutes: after midnight.
        package static func refusalToBegin(at minutes: Int) -> Refusal? {
            hours.contains(minutes)
                ? nil : Refusal(.invalid, "rechecks.refusal.hearingHours", field: "time")
        }

        /// Refuses to put a hearing off to the hour at which it is held anyway.
        package static func refusalToPutOff(
            from day: Day, at minutes: Int, to other: Day, at otherMinutes: Int
        ) -> Refusal? {
            day == other && minutes == otherMinutes
                ? Refusal(.invalid, "rechecks.refusal.sameHearing", field: "hearingDay") : nil
        }

        /// Refuses minutes of a hearing whose day has not come.
        package func refusalToRecord(on today: Day) -> Refusal? {
            today < day
                ? Refusal(.conflict, "rechecks.refusal.hearingAhead", ["day": Language.vi.format.day(day)]) : nil
        }

        /// Before the time to mend is over, only who has answered is invited.
        package static func refusalToSummon(from state: State, mendUntil: Day?, on today: Day) -> Refusal? {
            guard state == .noticed, let mendUntil, today <= mendUntil else { return nil }
            return Refusal(.conflict, "rechecks.refusal.timeLeft", ["day": Language.vi.format.day(mendUntil)])
        }
    }
}
