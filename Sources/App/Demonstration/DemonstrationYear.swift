import Core
import Criteria
import Recognition

/// dossiers.yaml: the titles held before and the recognition year as it stands on the demonstration's day.
package struct DemonstrationYear: Decodable, Sendable {
    /// A decision of before this system.
    struct Held: Decodable, Sendable {
        let title: String
        let level: String
        let decidedBy: String
        let number: String
        let day: Day
        let year: Int
        let areas: [String]

        private enum CodingKeys: String, CodingKey {
            case title, level, number, day, year, areas
            case decidedBy = "decided_by"
        }
    }

    struct Draft: Decodable, Sendable {
        let key: String
        let title: String
        let decidedBy: String
        /// Nil: nobody drafts it.
        let drafted: Day?
        /// Nil: it is a draft on the demonstration's day.
        let issued: Issued?

        private enum CodingKeys: String, CodingKey {
            case key, title, drafted, issued
            case decidedBy = "decided_by"
        }
    }

    /// The signed paper, and the feast at which its certificates were handed over.
    struct Issued: Decodable, Sendable {
        let number: String
        let day: Day
        let signer: String
        let office: String
        let given: Day
        let occasion: String
    }

    package let year: Int
    /// The day on which the demonstration stands.
    package let today: Day
    let criteriaSet: String
    let drafts: [Draft]
    let held: [Held]
    package let dossiers: [DemonstrationDossier]
    /// The number of the first commune's submission; the others follow.
    let submissionsFrom: Int?
    /// What a registration says that is made at no ordinary time.
    let registeredBecause: String?
    /// The panel's name, where it is not that of the year.
    let panel: String?

    private enum CodingKeys: String, CodingKey {
        case year, today, held, dossiers, panel
        case submissionsFrom = "submissions_from"
        case registeredBecause = "registered_because"
        case criteriaSet = "criteria_set"
        case drafts = "draft_decisions"
    }
}

/// One area's dossier of the year.
package struct DemonstrationDossier: Decodable, Sendable {
    /// Where it stands, in the story's words; some of these steps the product does not have yet.
    package enum State: String, Decodable, Sendable, CaseIterable {
        case passed
        case notPassed = "not_passed"
        case returned
        case visitDue = "visit_due"
        case selfAssessmentDue = "self_assessment_due"
        case withdrawn = "registration_withdrawn"
        /// As far as its days say.
        case underWay = "under_way"
    }

    struct Days: Decodable, Sendable {
        let registered: Day
        let selfAssessed: Day?
        let postedFrom: Day?
        let postedLast: Day?
        let ballotCounted: Day?
        let checked: Day?
        /// Sent on with the commune's list.
        let submitted: Day?
        let visited: Day?
        let appraised: Day?
        let withdrawn: Day?

        private enum CodingKeys: String, CodingKey {
            case registered, checked, submitted, visited, appraised, withdrawn
            case selfAssessed = "self_assessed"
            case postedFrom = "posted_from"
            case postedLast = "posted_last"
            case ballotCounted = "ballot_counted"
        }

        /// The day on which the area hands everything to the commune: posting over, ballot counted.
        var handedOver: Day? {
            guard let postedLast, let ballotCounted else { return nil }
            return max(postedLast.adding(days: 1), ballotCounted)
        }
    }

    struct Meeting: Decodable, Sendable {
        let day: Day
        /// Households.
        let present: Int
        let quorum: Bool
        /// Households for the list as a whole; some fewer than came where the story does not say.
        let list: Int?
        /// A line each.
        let opinions: String?
        /// When it goes on.
        let next: Day?
    }

    struct Ballot: Decodable, Sendable {
        let handedOut: Int
        let returned: Int
        let valid: Int
        let satisfied: Int
        let notSatisfied: Int
        let noOpinion: Int
        /// By the topic's code: satisfied, not satisfied, no opinion.
        let topics: [String: [Int]]?

        private enum CodingKeys: String, CodingKey {
            case returned, valid, satisfied, topics
            case handedOut = "handed_out"
            case notSatisfied = "not_satisfied"
            case noOpinion = "no_opinion"
        }
    }

    /// How a dossier that was registered and begun on an older version came to this one.
    struct Moved: Decodable, Sendable {
        let fromVersionOf: Int
        let filled: Day
        /// What the area had entered by then, in the older version's terms.
        let values: [String: String]
        let day: Day
        /// Somebody of the cast.
        let by: String
        let reason: String

        private enum CodingKeys: String, CodingKey {
            case filled, values, day, by, reason
            case fromVersionOf = "from_version_of"
        }
    }

    /// What a resident wrote to the commune about a posting.
    struct Comment: Decodable, Sendable {
        let day: Day
        let text: String
        let letThrough: Day
        let answered: Day
        let answer: String

        private enum CodingKeys: String, CodingKey {
            case day, text, answered, answer
            case letThrough = "let_through"
        }
    }

    /// Blind scores of one judged indicator, and what the minutes settled on.
    struct Scored: Decodable, Sendable {
        let blind: [String]
        let minutes: String
    }

    struct Return: Decodable, Sendable {
        let by: String
        let day: Day
        let due: Day
        let mended: Day?
        let reasons: [String: String]
        /// What the area wrote when it sent the dossier again.
        let answers: [String: String]?
    }

    /// An office's figure that was put right, at the area's word or its own.
    struct Mending: Decodable, Sendable {
        let indicator: String
        let figure: String
        let figureNow: String?
        let day: Day
        let settled: Day?
        /// What the area counted, and its words.
        let claimed: String?
        let words: String?

        private enum CodingKeys: String, CodingKey {
            case indicator, figure, day, settled, claimed, words
            case figureNow = "figure_now"
        }
    }

    /// What an area said to its refusal, and the decider to that.
    struct Answer: Decodable, Sendable {
        let day: Day
        let text: String
        let replied: Day
        let reply: String
    }

    /// Points in all on each side, as the story tells them; the panel's only where it has concluded.
    package struct Totals: Decodable, Sendable {
        package let own: Int
        package let check: Int
        package let appraisal: Int?

        private enum CodingKeys: String, CodingKey {
            case check, appraisal
            case own = "self"
        }
    }

    /// Points by group on each side, in the order of the groups.
    package struct Points: Decodable, Sendable {
        package let own: [Int]
        package let check: [Int]
        package let appraisal: [Int]?

        private enum CodingKeys: String, CodingKey {
            case check, appraisal
            case own = "self"
        }
    }

    package let area: String
    package let title: String
    package let state: State
    let days: Days
    let own: [String: String]?
    let check: [String: String]?
    let appraisal: [String: String]?
    package let points: Points?
    package let totals: Totals?
    /// The hour at which it was handed in, "19:42"; nil for an hour of the evening that nobody noted.
    let handedIn: String?
    /// Of a withdrawal, or why it did not pass.
    let reason: String?
    let due: Day?
    let returns: [Return]?
    let objections: [Mending]?
    let corrections: [Mending]?
    let notes: [String: String]?
    let meetings: [Meeting]?
    /// Households for each indicator; what is not named had all who were present.
    let votes: [String: Int]?
    let workedOn: Day?
    /// What was done about each indicator that the meeting voted down.
    let worked: [String: String]?
    let comments: [Comment]?
    let ballot: Ballot?
    let panel: [String: Scored]?
    let answer: Answer?
    let moved: Moved?

    private enum CodingKeys: String, CodingKey {
        case moved
        case area, title, state, days, check, appraisal, points, totals, reason, due, returns, objections, corrections
        case notes, meetings, votes, worked, ballot, panel, answer
        case workedOn = "worked_on"
        case comments = "posting_comments"
        case own = "self"
        case handedIn = "handed_in"
    }

    /// The figures that an office had put in before they were mended; what is still in dispute stands under `own`.
    var mended: [(code: String, before: String, now: String, day: Day)] {
        ((objections ?? []) + (corrections ?? [])).compactMap { mending in
            mending.figureNow.map { (mending.indicator, mending.figure, $0, mending.settled ?? mending.day) }
        }
    }
}
