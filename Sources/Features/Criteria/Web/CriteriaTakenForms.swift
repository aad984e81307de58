import Core
import Web

/// A consultation as it is written down.
struct CriteriaConsultationForm: Form {
    static let name = "criteria.consultation"
    static let fields: [Field] = [
        Field("day", .day), Field("until", .day), Field("bodies", .group(3), optional: true),
        Field("conclusion", .longText(4_000)),
    ]

    let day: Day
    let until: Day
    let bodies: [ID]
    let conclusion: String

    init?(_ read: FormReader) {
        let day = read.day("day")
        let until = read.day("until")
        bodies = read.group("bodies").keys.compactMap { ID($0) }.sorted()
        let conclusion = read.text("conclusion")
        guard let day, let until, let conclusion else { return nil }
        self.day = day
        self.until = until
        self.conclusion = conclusion
    }
}

/// One criterion that one organisation takes on.
struct CriteriaTakeOnForm: Form {
    static let name = "criteria.takeOn"
    static let fields: [Field] = [
        // The page brings the set's indicators as choices.
        Field("organisation", .record), Field("code", .choice([])), Field("territory", .record),
        Field("target", .longText(300)), Field("number", .quantity, optional: true),
        Field("shared", .flag, optional: true),
    ]

    let organisation: ID
    let code: String
    let territory: ID
    let target: String
    let number: Quantity?
    let isShared: Bool

    init?(_ read: FormReader) {
        let organisation = read.record("organisation")
        let code = read.text("code")
        if let code, code.count > 40 { read.refuse("code", "web.field.choice") }
        let territory = read.record("territory")
        let target = read.text("target")
        number = read.quantity("number")
        isShared = read.flag("shared")
        guard let organisation, let code, code.count <= 40, let territory, let target else { return nil }
        self.organisation = organisation
        self.code = code
        self.territory = territory
        self.target = target
    }
}

/// That a criterion was taken on only by a slip of the pen.
struct CriteriaTakenMistakeForm: Form {
    static let name = "criteria.takenMistake"
    static let fields: [Field] = [Field("why", .longText(500))]

    let why: String

    init?(_ read: FormReader) {
        guard let why = read.text("why") else { return nil }
        self.why = why
    }
}

/// What came of a criterion at the end of the term.
struct CriteriaTakenReviewForm: Form {
    static let name = "criteria.takenReview"
    static let fields: [Field] = [
        Field("outcome", .choice(Criteria.TakenOn.Outcome.allCases.map(\.rawValue))),
        Field("review", .longText(1_000)), Field("reached", .quantity, optional: true),
        // Asked only before the end of the term.
        Field("early", .flag, optional: true), Field("earlyWhy", .longText(500), optional: true),
    ]

    let outcome: Criteria.TakenOn.Outcome
    let review: String
    let reached: Quantity?
    /// That it is written before the end of the term, and why.
    let isEarly: Bool
    let earlyWhy: String?

    init?(_ read: FormReader) {
        let outcome = read.choice("outcome").flatMap(Criteria.TakenOn.Outcome.init(rawValue:))
        let review = read.text("review")
        reached = read.quantity("reached")
        isEarly = read.flag("early")
        earlyWhy = read.text("earlyWhy")
        guard let outcome, let review else { return nil }
        self.outcome = outcome
        self.review = review
    }
}
