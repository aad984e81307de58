import Core

extension Criteria {
    /// The rules of the way to a title beside shares and points: by when, for how long, by how many. They are
    /// published, versioned and frozen with the set, so that nobody changes the way while areas walk it.
    ///
    /// What a set leaves out follows the product's standard calendar. Basis: directive M3.3.
    package struct Procedure: Equatable, Sendable {
        /// The fixed days of a recognition year, in their order.
        package enum Milestone: String, CaseIterable, Sendable {
            case registrationEnds, assessmentBegins, assessmentEnds, reviewBegins, reviewEnds, postingEnds, checkEnds
            case appraisalBegins, appraisalEnds, decisionEnds, givingDay
        }

        /// A day of every year; never the 29th of February.
        package struct YearDay: Hashable, Comparable, Sendable {
            package let month: Int
            package let day: Int

            package init?(month: Int, day: Int) {
                guard Day(year: 2025, month: month, day: day) != nil else { return nil }
                self.month = month
                self.day = day
            }

            /// Reads "09-15", as the end of `2026-09-15`.
            package init?(text: String) {
                let parts = text.split(separator: "-", omittingEmptySubsequences: false)
                guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
                    parts.joined().utf8.allSatisfy({ (48...57).contains($0) }),
                    let month = Int(parts[0]), let day = Int(parts[1])
                else { return nil }
                self.init(month: month, day: day)
            }

            package var text: String { "\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)" }

            package static func < (left: YearDay, right: YearDay) -> Bool {
                (left.month, left.day) < (right.month, right.day)
            }
        }

        package var days: [Milestone: YearDay]
        /// How long a self-assessment is posted at the least (niêm yết công khai).
        package var posting: Deadline?
        /// The time for mending a returned dossier.
        package var mending: Deadline?
        /// The time an area has, from the day of a signed notice, for mending what a re-check of its title found wanting.
        package var titleMending: Deadline?
        /// Whoever gets a dossier late still has this long.
        package var least: Deadline?
        /// The least number of members of an appraisal panel, 3...25.
        package var panelMembers: Int?

        package init(
            days: [Milestone: YearDay] = [:], posting: Deadline? = nil, mending: Deadline? = nil,
            titleMending: Deadline? = nil, least: Deadline? = nil, panelMembers: Int? = nil
        ) {
            self.days = days
            self.posting = posting
            self.mending = mending
            self.titleMending = titleMending
            self.least = least
            self.panelMembers = panelMembers
        }

        /// Its terms by their keys, in the order of the file.
        package var terms: [(name: String, deadline: Deadline?)] {
            [("posting", posting), ("mending", mending), ("titleMending", titleMending), ("least", least)]
        }

        /// The least days of a posting with every day counted, never fewer than the rule gives; nil where it says none.
        package var postingDays: Int? { posting.map(Criteria.calendarDays) }
    }

    /// Days of which all are counted, enough for the deadline but for public holidays: five working days are a week,
    /// and each begun week may hold a holiday more.
    private static func calendarDays(_ deadline: Deadline) -> Int {
        switch deadline {
        case .calendar(let days): days
        case .working(let days): days + (days + 4) / 5 * 3
        }
    }

    /// Where a derived procedure is lighter than the frame's: posted for a shorter time, judged by fewer. When the
    /// days of the year fall is each place's own.
    static func loosenedProcedure(_ derived: Procedure?, from frame: Procedure?) -> [String] {
        guard let frame else { return [] }
        var places: [String] = []
        if let wanted = frame.posting, derived?.posting.map({ isShorter($0, than: wanted) }) ?? true {
            places.append("procedure.posting")
        }
        if let wanted = frame.panelMembers, derived?.panelMembers ?? 0 < wanted {
            places.append("procedure.panelMembers")
        }
        return places
    }

    /// Working days never end before as many calendar days; the other way round only a longer number is as long.
    private static func isShorter(_ one: Deadline, than other: Deadline) -> Bool {
        switch (one, other) {
        case (.working(let days), .working(let least)), (.calendar(let days), .calendar(let least)),
            (.working(let days), .calendar(let least)):
            days < least
        case (.calendar(let days), .working): days < calendarDays(other)
        }
    }
}

extension Criteria.Check {
    mutating func procedure(_ procedure: Criteria.Procedure) {
        var before: Criteria.Procedure.YearDay?
        for milestone in Criteria.Procedure.Milestone.allCases {
            guard let day = procedure.days[milestone] else { continue }
            if let earlier = before, day < earlier {
                note(
                    .daysOutOfOrder, "procedure.days.\(milestone.rawValue)",
                    ["given": day.text, "before": earlier.text])
            }
            before = max(day, before ?? day)
        }
        for (name, deadline) in procedure.terms {
            guard let deadline else { continue }
            let days =
                switch deadline {
                case .calendar(let days), .working(let days): days
                }
            if !(1...120).contains(days) { note(.deadlineOutside, "procedure.\(name)", ["given": "\(days)"]) }
        }
        if let members = procedure.panelMembers, !(3...25).contains(members) {
            note(.panelOutside, "procedure.panelMembers", ["given": "\(members)"])
        }
    }
}
