import Core
import Web

/// The fields of the document that something rests on; every form of this feature has them.
enum GoalsDocumentFields {
    static let all = [
        Field("documentNumber", .text(60)), Field("documentDay", .day), Field("documentBody", .text(160)),
    ]

    static func read(_ read: FormReader) -> Goals.Document? {
        let number = read.text("documentNumber")
        let day = read.day("documentDay")
        let body = read.text("documentBody")
        guard let number, let day, let body else { return nil }
        return Goals.Document(number: number, day: day, body: body)
    }
}

/// Sets a target, or changes it by another document.
struct GoalsTargetForm: Form {
    static let name = "goals.targetForm"
    static let scanMost = 12 << 20
    static let fields =
        [
            Field("unit", .record), Field("title", .choice([])), Field("span", .text(12)),
            Field("value", .whole(-1_000_000...1_000_000), unit: "goals.areasUnit"), Field("sure", .flag),
        ] + GoalsDocumentFields.all + [
            Field("note", .longText(500), optional: true),
            Field("scan", .file(scanMost), optional: true, accept: ".pdf,image/*"),
            Field("version", .whole(0...1_000_000), optional: true),
        ]

    let unit: ID
    let title: String
    let span: Goals.Span
    let value: Int
    let isSure: Bool
    let document: Goals.Document
    let note: String?
    let scan: UploadedFile?
    /// How often the target had been set when the page was drawn; 0 for a new one, nil when the sender did not see.
    let version: Int?

    init?(_ read: FormReader) {
        let unit = read.record("unit")
        let title = read.text("title")
        let typed = read.text("span")
        let span = typed.flatMap { Goals.Span(code: $0) }
        if typed != nil, span == nil { read.refuse("span", "goals.refusal.span") }
        let value = read.whole("value")
        isSure = read.flag("sure")
        let document = GoalsDocumentFields.read(read)
        note = read.text("note")
        scan = read.file("scan")
        version = read.whole("version")
        guard let unit, let title, let span, let value, let document else { return nil }
        self.unit = unit
        self.title = title
        self.span = span
        self.value = value
        self.document = document
    }
}

/// Sets a goal for a commune or a district.
struct GoalsGoalForm: Form {
    static let name = "goals.goalForm"
    static let fields =
        [
            Field("unit", .record), Field("title", .choice(Goals.UnitTitle.allCases.map(\.rawValue))),
            Field("name", .text(120)), Field("due", .day), Field("owner", .record),
            Field("blocks", .longText(1_000), optional: true),
        ] + GoalsDocumentFields.all

    let unit: ID
    let title: Goals.UnitTitle
    let name: String
    let due: Day
    let owner: ID
    let blocks: String?
    let document: Goals.Document

    init?(_ read: FormReader) {
        let unit = read.record("unit")
        let title = read.choice("title").flatMap(Goals.UnitTitle.init)
        let name = read.text("name")
        let due = read.day("due")
        let owner = read.record("owner")
        blocks = read.text("blocks")
        let document = GoalsDocumentFields.read(read)
        guard let unit, let title, let name, let due, let owner, let document else { return nil }
        self.unit = unit
        self.title = title
        self.name = name
        self.due = due
        self.owner = owner
        self.document = document
    }
}

/// Changes a goal, or gives it up, by another document.
struct GoalsGoalChangeForm: Form {
    static let name = "goals.goalChange"
    static let fields =
        [
            Field("act", .choice(["keep", "drop"])), Field("due", .day), Field("owner", .record),
            Field("successor", .record, optional: true), Field("blocks", .longText(1_000), optional: true),
        ] + GoalsDocumentFields.all

    let isDropped: Bool
    let due: Day
    let owner: ID
    let successor: ID?
    let blocks: String?
    let document: Goals.Document

    init?(_ read: FormReader) {
        let act = read.choice("act")
        let due = read.day("due")
        let owner = read.record("owner")
        successor = read.record("successor")
        blocks = read.text("blocks")
        let document = GoalsDocumentFields.read(read)
        guard let act, let due, let owner, let document else { return nil }
        isDropped = act == "drop"
        self.due = due
        self.owner = owner
        self.document = document
    }
}

/// Enters a title of a commune or district into the register.
struct GoalsUnitTitleForm: Form {
    static let name = "goals.registerForm"
    static let fields =
        [
            Field("unit", .record), Field("title", .choice(Goals.UnitTitle.allCases.map(\.rawValue))),
            Field("name", .text(120)),
        ] + GoalsDocumentFields.all + [
            Field("signer", .text(80), optional: true), Field("from", .day, optional: true),
            Field("last", .day, optional: true),
            // Asked only where the unit holds a title that this one follows.
            Field("ends", .choice(Ends.allCases.map(\.rawValue)), optional: true),
            // What the page asked it about, hidden on it.
            Field(Goals.Succession.markName, .text(600), optional: true),
        ]

    /// What becomes of a title that another one follows.
    enum Ends: String, CaseIterable { case end, keep }

    let unit: ID
    let title: Goals.UnitTitle
    let name: String
    let document: Goals.Document
    let signer: String?
    let from: Day
    /// The first day without.
    let until: Day?
    private let ends: Ends?
    private let follows: String?

    /// What was said of the titles that this one follows; nil where it was said of others, to a question about another
    /// unit or another title. Whoever names no question, as a program does, answers whichever there is.
    func ends(answering succession: Goals.Succession?) -> Ends? {
        follows == nil || follows == succession?.mark ? ends : nil
    }

    init?(_ read: FormReader) {
        let unit = read.record("unit")
        let title = read.choice("title").flatMap(Goals.UnitTitle.init)
        let name = read.text("name")
        let document = GoalsDocumentFields.read(read)
        ends = read.choice("ends").flatMap(Ends.init)
        follows = read.text(Goals.Succession.markName)
        signer = read.text("signer")
        let from = read.day("from")
        until = read.day("last").map { $0.adding(days: 1) }
        guard let unit, let title, let name, let document else { return nil }
        self.unit = unit
        self.title = title
        self.name = name
        self.document = document
        self.from = from ?? document.day
    }
}

/// Ends a title of the register.
struct GoalsEndingForm: Form {
    static let name = "goals.endingForm"
    static let fields = [
        Field("why", .choice(Goals.Ending.byDocument.map(\.rawValue))), Field("day", .day),
        Field("document", .text(200)),
    ]

    let why: Goals.Ending
    let day: Day
    let document: String

    init?(_ read: FormReader) {
        let why = read.choice("why").flatMap(Goals.Ending.init)
        let day = read.day("day")
        let document = read.text("document")
        guard let why, let day, let document else { return nil }
        self.why = why
        self.day = day
        self.document = document
    }
}

/// Takes an entry of the register for a slip.
struct GoalsMistakeForm: Form {
    static let name = "goals.mistakeForm"
    static let fields = [Field("reason", .longText(500))]

    let reason: String

    init?(_ read: FormReader) {
        guard let reason = read.text("reason") else { return nil }
        self.reason = reason
    }
}
