import Core
import Criteria

extension Offices {
    /// Until when an office supplies, and until when an area may object.
    package enum Terms {
        /// After a figure was put in or changed an area has at least so many days.
        package static let objectionDays = 10
        /// An office answers an objection within so many working days.
        package static let answerDays = 5

        /// When an office is late the area may type the figure itself from the day after; proposed so many days
        /// before self-assessment ends.
        package static let dueBefore = 15
        /// Proposed last day for objections: so many days before self-assessment ends, so that an answer still comes
        /// in time.
        package static let objectionsBefore = 5

        /// What is proposed when an office is asked for its columns.
        package static func proposed(assessmentEnds: Day) -> (due: Day, objections: Day) {
            (assessmentEnds.adding(days: -dueBefore), assessmentEnds.adding(days: -objectionsBefore))
        }

        /// The last day on which an area may object to a figure: the day all were told, ten days after the figure
        /// last changed, and while its dossier is being mended the last day of that, whichever is latest.
        package static func objectionEnds(told: Day, changed: Day, mendingUntil: Day?) -> Day {
            max(told, changed.adding(days: objectionDays), mendingUntil ?? told)
        }

        /// Why an area cannot object now; nil when it can.
        ///
        /// - Parameter shown: writes a day in the reader's language.
        package static func refusalToObject(
            today: Day, until: Day, isOpen: Bool, shown: (Day) -> String
        ) -> Refusal? {
            if isOpen { return Refusal(.conflict, "offices.objection.refusal.open") }
            guard today > until else { return nil }
            return Refusal(
                .invalid, "offices.objection.refusal.late", field: "reason",
                ["day": shown(until), "days": "\(objectionDays)"])
        }

        /// Whether an area may type a figure that an office owes: once the office let its day go by.
        package static func mayType(isHeld: Bool, due: Day, today: Day) -> Bool { !isHeld && today > due }
    }

    /// Who enters an office's figures: its own clerk; and the commune's culture officer for every office of the
    /// commune, from the office's paper, both being named.
    package static func refusalToEnter(_ grant: Grant?, office: ID) -> Refusal? {
        guard let grant else { return Refusal(.forbidden, "offices.refusal.otherOffice") }
        if grant.role == .cultureOfficer || grant.organisation == office { return nil }
        return Refusal(.forbidden, "offices.refusal.otherOffice")
    }
}
