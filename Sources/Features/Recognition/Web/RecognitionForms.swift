import Core
import Web

/// Registers an area for a title of a year.
struct RecognitionRegistrationForm: Form {
    static let name = "recognition.registration"
    static let fields =
        [
            // Titles and who decides on them are data of the rules, so the page brings the choices.
            Field("title", .choice([])), Field("year", .choice([])), Field("reason", .longText(500), optional: true),
        ] + RecognitionRegistrationOwn.fields

    let title: String
    /// The deciding level that was chosen; nil for the usual one.
    let level: String?
    let year: Int
    let reason: String?
    /// Own indicators named with it.
    let own: [(index: Int, proposal: Recognition.OwnProposal)]

    init?(_ read: FormReader) {
        let choice = read.text("title").map(Recognition.Deciding.read)
        let year = read.text("year").flatMap { Int($0) }
        reason = read.text("reason")
        own = RecognitionRegistrationOwn.read(read)
        guard let choice, let year, read.errors.isEmpty else { return nil }
        title = choice.title
        level = choice.level
        self.year = year
    }
}

/// Saves one value of the area's own.
struct RecognitionValueForm: Form {
    static let name = "recognition.valueForm"
    static let fields = [
        Field("value", .text(30)), Field("why", .longText(500), optional: true),
        Field("note", .longText(1_000), optional: true),
        Field("version", .whole(0...1_000_000), optional: true), Field("then", .text(8), optional: true),
    ]

    /// "90,5", "yes", "no", a grade's code or "na".
    let value: String
    /// Why the indicator does not apply, with "na".
    let why: String?
    let note: String?
    /// The version that was typed over; 0 for none.
    let version: Int
    /// Goes on to the next indicator.
    let goesOn: Bool

    init?(_ read: FormReader) {
        let value = read.text("value")
        why = read.text("why")
        note = read.text("note")
        version = read.whole("version") ?? 0
        goesOn = read.text("then") == "next"
        guard let value else { return nil }
        self.value = value
    }
}

struct RecognitionSubmissionButton: Button { static let name = "recognition.submission" }

/// The commune's check: its own values where it sees others, its reasons where it sends back, and one of two buttons.
struct RecognitionCheckForm: Form {
    static let name = "recognition.check"
    static let fields = [
        Field("outcome", .choice(["accept", "return"])), Field("value", .group(30), optional: true),
        Field("reason", .group(500), optional: true), Field("remark", .longText(1_000), optional: true),
        Field("attended", .longText(4_000), optional: true),
    ]

    let isAccepted: Bool
    /// By indicator's code.
    let values: [String: String]
    let reasons: [String: String]
    let remark: String?
    /// Who else was there, as it goes into the minutes.
    let attended: [Recognition.Attendee]

    init?(_ read: FormReader) {
        let outcome = read.choice("outcome")
        values = read.group("value")
        reasons = read.group("reason")
        remark = read.text("remark")
        attended = read.attendees("attended")
        guard let outcome, read.errors.isEmpty else { return nil }
        isAccepted = outcome == "accept"
    }
}

/// Gives a registration back.
struct RecognitionWithdrawalForm: Form {
    static let name = "recognition.withdrawal"
    static let fields = [Field("reason", .longText(500))]

    let reason: String

    init?(_ read: FormReader) {
        guard let reason = read.text("reason") else { return nil }
        self.reason = reason
    }
}

/// Drafts a decision: for each dossier on the page its outcome, and a reason where it is refused.
struct RecognitionDraftForm: Form {
    static let name = "recognition.draft"
    static let fields = [
        Field("title", .text(40)), Field("year", .whole(1_900...2_200)), Field("outcome", .group(12), optional: true),
        Field("reason", .group(500), optional: true),
    ]

    let title: String
    let year: Int
    /// `recognised` or `refused` by dossier; the others are left out.
    let outcomes: [ID: Recognition.Outcome]
    let reasons: [ID: String]

    init?(_ read: FormReader) {
        let title = read.text("title")
        let year = read.whole("year")
        let outcomes = read.group("outcome")
        let reasons = read.group("reason")
        guard let title, let year else { return nil }
        self.title = title
        self.year = year
        self.outcomes = Self.byID(outcomes.compactMapValues(Recognition.Outcome.init(rawValue:)))
        self.reasons = Self.byID(reasons)
    }

    private static func byID<Value>(_ lines: [String: Value]) -> [ID: Value] {
        Dictionary(
            lines.compactMap { key, value in ID(key).map { ($0, value) } }, uniquingKeysWith: { first, _ in first })
    }
}

/// Enters the signed paper.
struct RecognitionIssueForm: Form {
    static let name = "recognition.issue"
    static let scanLimit = 20 << 20
    static let fields = [
        Field("number", .text(40)), Field("day", .day), Field("signer", .text(80)), Field("office", .text(120)),
        Field("scan", .file(scanLimit), accept: "application/pdf,image/jpeg,image/png"),
    ]

    let paper: Recognition.SignedPaper
    let scan: UploadedFile

    init?(_ read: FormReader) {
        let paper = Recognition.SignedPaper(read)
        let scan = read.file("scan")
        guard let paper, let scan else { return nil }
        self.paper = paper
        self.scan = scan
    }
}

extension Recognition.SignedPaper {
    /// Number, day, signer and the signer's office, as every form asks for them; nil when one is missing or wrong.
    ///
    /// - Parameter office: the office's field, where another on the page has its usual name.
    package init?(_ read: FormReader, office: String = "office") {
        let number = read.text("number")
        let day = read.day("day")
        let signer = read.text("signer")
        let office = read.text(office)
        guard let number, let day, let signer, let office else { return nil }
        self.init(number: number, day: day, signer: signer, office: office)
    }
}

struct RecognitionDiscardButton: Button { static let name = "recognition.discard" }
