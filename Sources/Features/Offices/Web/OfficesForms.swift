import Core
import Web

/// Asks offices for their columns: for each supplier of the criteria set the organisation, and the year's days.
struct OfficesAssignmentForm: Form {
    static let name = "offices.assignment"
    static let fields = [
        Field("place", .record), Field("year", .whole(2_000...2_200)), Field("due", .day), Field("objections", .day),
        // `office.<number>`: the organisation for a supplier, counted from 0 in the set's order, or `none`.
        Field("office", .group(40), optional: true),
        // `figures.<number>`: what becomes of figures that the office asked before has entered.
        Field("figures", .group(12), optional: true),
        // What was asked of whom when the page was drawn; without it (JSON) nothing is compared.
        Field("over", .text(64), optional: true),
    ]
    /// Nobody is asked: the areas enter it.
    static let none = "none"

    let place: ID
    let year: Int
    let due: Day
    let objections: Day
    /// Nil where nobody is to be asked any more; suppliers that are not in it stay as they are.
    let offices: [Int: ID?]
    let figures: [Int: Offices.Figures]
    let over: String?

    init?(_ read: FormReader) {
        let place = read.record("place")
        let year = read.whole("year")
        let due = read.day("due")
        let objections = read.day("objections")
        var offices: [Int: ID?] = [:]
        for (key, text) in read.group("office") {
            if text == Self.none, let number = Int(key) {
                offices.updateValue(nil, forKey: number)
                continue
            }
            guard let number = Int(key), let id = ID(text) else {
                read.refuse("office.\(key)", "web.field.choice")
                continue
            }
            offices[number] = id
        }
        var figures: [Int: Offices.Figures] = [:]
        for (key, text) in read.group("figures") {
            guard let number = Int(key), let one = Offices.Figures(rawValue: text) else {
                read.refuse("figures.\(key)", "web.field.choice")
                continue
            }
            figures[number] = one
        }
        over = read.text("over")
        if read.errors.isEmpty, offices.isEmpty { read.refuse(nil, "offices.assignment.refusal.none") }
        if let due, let objections, objections < due {
            read.refuse("objections", "offices.assignment.refusal.objectionsBefore")
        }
        guard let place, let year, let due, let objections, read.errors.isEmpty else { return nil }
        self.place = place
        self.year = year
        self.due = due
        self.objections = objections
        self.offices = offices
        self.figures = figures
    }
}

/// Changes what one office is asked for.
struct OfficesTermsForm: Form {
    static let name = "offices.terms"
    static let fields = [
        Field("due", .day), Field("objections", .day), Field("column", .group(8), optional: true),
        // What was asked when the page was drawn; without it (JSON) nothing is compared.
        Field("over", .text(64), optional: true),
    ]

    let due: Day
    let objections: Day
    let codes: Set<String>
    let over: String?

    init?(_ read: FormReader) {
        let due = read.day("due")
        let objections = read.day("objections")
        codes = Set(read.group("column").keys)
        over = read.text("over")
        if codes.isEmpty { read.refuse("column", "offices.assignment.refusal.noColumns") }
        if let due, let objections, objections < due {
            read.refuse("objections", "offices.assignment.refusal.objectionsBefore")
        }
        guard let due, let objections else { return nil }
        self.due = due
        self.objections = objections
    }
}

/// The typed grid: `cell.<area>.<code>`, over the revision that was on the screen.
struct OfficesGridForm: Form {
    static let name = "offices.grid"
    static let all = "*"
    static let fields = [
        Field("over", .whole(0...1_000_000_000), optional: true),
        // Which cells stood on the page: a code, or * for all. Of those an empty one empties its cell; without it
        // (JSON) only the cells that are sent change.
        Field("shown", .text(40), optional: true), Field("cell", .group(Offices.Limit.cell), optional: true),
    ]

    let over: Int?
    let shown: String?
    let cells: [String: String]

    init?(_ read: FormReader) {
        over = read.whole("over")
        shown = read.text("shown")
        cells = read.group("cell")
    }
}

/// Text out of a spreadsheet.
struct OfficesPasteForm: Form {
    static let name = "offices.paste"
    static let fields = [
        Field("text", .longText(Offices.Limit.pasted)),
        // Where values without a head begin; the page brings the choices.
        Field("start", .choice([]), optional: true),
    ]

    let text: String
    let start: String?

    init?(_ read: FormReader) {
        let text = read.text("text")
        start = read.text("start")
        guard let text else { return nil }
        self.text = text
    }
}

/// A spreadsheet as a file.
struct OfficesFileForm: Form {
    static let name = "offices.file"
    static let fileBytes = 5 << 20
    static let fields = [Field("file", .file(fileBytes), accept: ".xlsx,.csv,.txt")]

    let file: UploadedFile

    init?(_ read: FormReader) {
        guard let file = read.file("file") else { return nil }
        self.file = file
    }
}

/// Confirms a preview, with the answers to its questions.
struct OfficesConfirmationForm: Form {
    static let name = "offices.confirmation"
    static let fields = [
        Field("answer", .group(12), optional: true), Field("order", .flag, optional: true),
        // The grid's revision that the preview was shown over; without it (JSON) nothing is compared.
        Field("over", .whole(0...1_000_000_000), optional: true),
    ]

    let over: Int?
    let answers: [String: Offices.Doubt.Answer]
    /// The values may be taken in the grid's own order.
    let inOrder: Bool

    init?(_ read: FormReader) {
        var answers: [String: Offices.Doubt.Answer] = [:]
        for (code, text) in read.group("answer") {
            guard let answer = Offices.Doubt.Answer(rawValue: text) else {
                read.refuse("answer.\(code)", "web.field.choice")
                continue
            }
            answers[code] = answer
        }
        self.answers = answers
        inOrder = read.flag("order")
        over = read.whole("over")
        guard read.errors.isEmpty else { return nil }
    }
}

/// "Hoàn tác": takes a save back.
struct OfficesReversal: Button { static let name = "offices.reversal" }

/// An area asks for a figure to be looked at again.
struct OfficesObjectionForm: Form {
    static let name = "offices.objection"
    static let fields = [
        Field("claimed", .text(Offices.Limit.cell), optional: true), Field("reason", .longText(500)),
    ]

    let claimed: String?
    let reason: String

    init?(_ read: FormReader) {
        claimed = read.text("claimed")
        guard let reason = read.text("reason") else { return nil }
        self.reason = reason
    }
}

/// The office's answer: another figure, or why the figure stands.
struct OfficesAnswerForm: Form {
    static let name = "offices.answer"
    static let fields = [
        Field("outcome", .choice(Offices.Objection.Outcome.allCases.map(\.rawValue))),
        Field("value", .text(Offices.Limit.cell), optional: true), Field("reason", .longText(500), optional: true),
    ]

    let outcome: Offices.Objection.Outcome
    let value: String?
    let reason: String?

    init?(_ read: FormReader) {
        let outcome = read.choice("outcome").flatMap(Offices.Objection.Outcome.init(rawValue:))
        value = read.text("value")
        reason = read.text("reason")
        if outcome == .mended, value == nil { read.refuse("value", "offices.answer.refusal.noValue") }
        if outcome == .kept, reason == nil { read.refuse("reason", "offices.answer.refusal.noReason") }
        guard let outcome, read.errors.isEmpty else { return nil }
        self.outcome = outcome
    }
}

/// One paper for whole columns. Whether it is secret is asked before it is chosen (people.md rule 2).
struct OfficesDocumentForm: Form {
    static let name = "offices.document"
    static let fileBytes = 20 << 20
    static let fields = [
        Field("secret", .choice(["no", "yes"])),
        Field("file", .file(fileBytes), accept: ".pdf,.docx,.xlsx,image/jpeg,image/png"),
        Field("caption", .text(200)), Field("column", .group(8), optional: true),
    ]

    let file: UploadedFile
    let caption: String
    let codes: Set<String>

    init?(_ read: FormReader) {
        let secret = read.choice("secret")
        if secret == "yes" { read.refuse("secret", "recognition.refusal.secret") }
        let file = read.file("file")
        let caption = read.text("caption")
        codes = Set(read.group("column").keys)
        if codes.isEmpty { read.refuse("column", "offices.assignment.refusal.noColumns") }
        guard secret == "no", let file, let caption, read.errors.isEmpty else { return nil }
        self.file = file
        self.caption = caption
    }
}

struct OfficesDocumentRemoval: Button { static let name = "offices.documentRemoval" }
