import Core

extension Rechecks.Terms {
    /// As many days as the decider gives, counted as the rules count theirs.
    package func mending(days: Int) -> Deadline {
        switch mending {
        case .calendar: .calendar(days)
        case .working: .working(days)
        }
    }

    /// Refuses less time to mend than the rules give.
    package func refusalToMend(inDays days: Int) -> Refusal? {
        days < mending.days
            ? Refusal(
                .invalid, "rechecks.refusal.tooShort.\(mending.unit)", field: "mendDays", ["days": "\(mending.days)"])
            : nil
    }
}

extension Rechecks {
    /// Refuses more time to mend that is none, or that lasts longer than the title.
    ///
    /// - Parameters:
    ///   - due: the day that is put off.
    ///   - until: the first day on which the title does not hold any more; nil where it has no end.
    package static func refusalToExtend(to day: Day, due: Day?, title until: Day?, on today: Day) -> Refusal? {
        if day <= max(today, due ?? today) { return Refusal(.invalid, "rechecks.refusal.noMoreTime", field: "longer") }
        guard let until, day >= until else { return nil }
        return Refusal(
            .invalid, "rechecks.refusal.beyondTitle", field: "longer",
            ["day": Language.vi.format.day(until.adding(days: -1))])
    }

    /// What stands in the way of entering the signed paper of a notice; every fault at once.
    ///
    /// - Parameters:
    ///   - watched: the day on which the title came on watch: nobody signs what nobody has found.
    ///   - drafted: the day of the draft that was printed and signed.
    ///   - term: what the drafted notice gives.
    package static func refusals(
        ofNoticeSigned signed: Day, watched: Day, drafted: Day, term: Deadline, on today: Day
    ) -> [Refusal] {
        if signed > today { return [Refusal(.invalid, "rechecks.refusal.signedAhead", field: "day")] }
        if signed < watched {
            return [
                Refusal(
                    .invalid, "rechecks.refusal.signedBeforeWatch", field: "day",
                    ["day": Language.vi.format.day(watched)])
            ]
        }
        // The area's time runs from the day of the paper: dated back, it would be shorter than what was drafted.
        if signed < drafted {
            return [
                Refusal(
                    .invalid, "rechecks.refusal.signedBeforeDraft", field: "day",
                    ["day": Language.vi.format.day(drafted)])
            ]
        }
        // Entered so late that nothing would be left: the area has its time, on another notice.
        let last = term.lastDay(from: signed, in: .vietnam)
        return last <= today
            ? [
                Refusal(
                    .invalid, "rechecks.refusal.noticeTooOld", field: "day", ["day": Language.vi.format.day(last)])
            ] : []
    }
}

extension Deadline {
    /// How many, however they are counted.
    package var days: Int {
        switch self {
        case .calendar(let days), .working(let days): days
        }
    }

    /// "calendar" or "working": how they are stored and which words say them.
    package var unit: String {
        switch self {
        case .calendar: "calendar"
        case .working: "working"
        }
    }

    /// "30 calendar days", for the drawn description.
    package var text: String { "\(days) \(unit) days" }
}
