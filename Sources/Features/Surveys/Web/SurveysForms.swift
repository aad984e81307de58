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

/// What a form sends of what it showed: `shown`, `was.<field>`, and the revision that a program without them names.
struct SurveysShownFields: Sendable {
    static let fields = [
        // The form of the page shows all and brings `*`; a program names the one that it takes out.
        Field("shown", .text(40), optional: true), Field("was", .group(200), optional: true),
        Field("over", .whole(0...1_000_000_000), optional: true),
    ]

    private let shown: String?
    private let was: [String: String]
    private let over: Int?

    init(_ read: FormReader) {
        shown = read.text("shown")
        was = read.group("was")
        over = read.whole("over")
    }

    func held(against survey: Surveys.Survey) -> Surveys.Shown {
        Surveys.Shown(shown, was: was, isOlder: over.map { $0 < survey.revision } ?? false)
    }
}

/// The values of a survey, as many as one likes at once.
struct SurveysValuesForm: Form {
    static let name = "surveys.valuesForm"
    static let fields =
        SurveysShownFields.fields
        + [Field("value", .group(30), optional: true), Field("na", .group(5), optional: true)]

    let shown: SurveysShownFields
    /// By indicator's code, as typed.
    let values: [String: String]
    /// Indicators said not to apply.
    let notApplicable: Set<String>

    init?(_ read: FormReader) {
        shown = SurveysShownFields(read)
        values = read.group("value")
        notApplicable = Set(read.group("na").keys)
    }
}

struct SurveysConclusionButton: Button { static let name = "surveys.conclusion" }

/// What a gap needs.
struct SurveysNeedForm: Form {
    static let name = "surveys.needForm"
    static let fields =
        SurveysShownFields.fields + [
            Field("people", .text(200), optional: true),
            Field("peopleAmount", .quantity, optional: true, unit: "surveys.unit.labourDays"),
            Field("money", .text(200), optional: true),
            Field("moneyAmount", .quantity, optional: true, unit: "surveys.unit.millionDong"),
            Field("works", .text(200), optional: true), Field("worksAmount", .quantity, optional: true),
            Field("worksUnit", .text(20), optional: true),
        ]

    let shown: SurveysShownFields
    /// By field, as `Surveys.NeedFields` writes them; without those that came empty.
    let texts: [String: String]

    init?(_ read: FormReader) {
        shown = SurveysShownFields(read)
        var texts: [String: String] = [:]
        for need in Surveys.Need.allCases {
            texts[need.rawValue] = read.text(need.rawValue)
            let field = Surveys.NeedFields.amount(need)
            if let amount = read.quantity(field) {
                if amount < .zero { read.refuse(field, "surveys.refusal.negative") }
                texts[field] = Surveys.ValueCode.typed(.quantity(amount))
            }
        }
        texts[Surveys.NeedFields.unit] = read.text(Surveys.NeedFields.unit)
        self.texts = texts
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

/// Changes an open item of the plan.
struct SurveysItemChangeForm: Form {
    static let name = "surveys.itemChangeForm"
    static let fields =
        SurveysItemForm.fields + [
            // How the item stood when the page was drawn; without it (JSON) nothing is compared.
            Field("over", .text(64), optional: true)
        ]

    let item: SurveysItemForm
    let over: String?

    init?(_ read: FormReader) {
        let item = SurveysItemForm(read)
        over = read.text("over")
        guard let item else { return nil }
        self.item = item
    }
}

/// Takes an open item out of the plan.
struct SurveysItemRemoval: Button { static let name = "surveys.itemRemoval" }

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
