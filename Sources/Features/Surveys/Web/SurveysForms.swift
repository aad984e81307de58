import Core
import Web

/// Begins a survey of an area.
struct SurveysBeginForm: Form {
    static let name = "surveys.beginForm"
    static let fields = [Field("title", .choice([])), Field("year", .choice([]))]

    let title: String
    let year: Int

    init?(_ read: FormReader) {
        let title = read.text("title")
        let year = read.text("year").flatMap { Int($0) }
        guard let title, let year else { return nil }
        self.title = title
        self.year = year
    }
}

/// The values of a survey, as many as one likes at once.
struct SurveysValuesForm: Form {
    static let name = "surveys.valuesForm"
    static let fields = [Field("value", .group(30), optional: true), Field("na", .group(5), optional: true)]

    /// By indicator's code, as typed.
    let values: [String: String]
    /// Indicators said not to apply.
    let notApplicable: Set<String>

    init?(_ read: FormReader) {
        values = read.group("value")
        notApplicable = Set(read.group("na").keys)
    }
}

struct SurveysConclusionButton: Button { static let name = "surveys.conclusion" }

/// What a gap needs.
struct SurveysNeedForm: Form {
    static let name = "surveys.needForm"
    static let fields = [
        Field("people", .text(200), optional: true),
        Field("peopleAmount", .quantity, optional: true, unit: "surveys.unit.labourDays"),
        Field("money", .text(200), optional: true),
        Field("moneyAmount", .quantity, optional: true, unit: "surveys.unit.millionDong"),
        Field("works", .text(200), optional: true), Field("worksAmount", .quantity, optional: true),
        Field("worksUnit", .text(20), optional: true),
    ]

    let lines: [Surveys.NeedLine]

    init?(_ read: FormReader) {
        var lines: [Surveys.NeedLine] = []
        let unit = read.text("worksUnit")
        for need in Surveys.Need.allCases {
            let text = read.text(need.rawValue)
            let amount = read.quantity("\(need.rawValue)Amount")
            if let amount, amount < .zero { read.refuse("\(need.rawValue)Amount", "surveys.refusal.negative") }
            if text == nil, amount != nil { read.refuse(need.rawValue, "surveys.refusal.amountAlone") }
            guard let text else { continue }
            lines.append(
                Surveys.NeedLine(need: need, text: text, amount: amount, unit: need == .works ? unit : nil))
        }
        self.lines = lines
    }
}

/// Adds an item to the year's plan.
struct SurveysItemForm: Form {
    static let name = "surveys.itemForm"
    static let fields = [
        // Required by the rule, whose words say why.
        Field("code", .choice([]), optional: true), Field("what", .longText(300)), Field("owner", .record),
        Field("until", .day),
    ]

    let code: String?
    let what: String
    let owner: ID
    let until: Day

    init?(_ read: FormReader) {
        code = read.text("code")
        let what = read.text("what")
        let owner = read.record("owner")
        let until = read.day("until")
        guard let what, let owner, let until else { return nil }
        self.what = what
        self.owner = owner
        self.until = until
    }
}

/// Ticks an item of the plan off, or takes the tick back.
struct SurveysTickForm: Form {
    static let name = "surveys.tickForm"
    static let fields = [Field("done", .choice(["yes", "no"]))]

    let isDone: Bool

    init?(_ read: FormReader) {
        guard let done = read.choice("done") else { return nil }
        isDone = done == "yes"
    }
}
