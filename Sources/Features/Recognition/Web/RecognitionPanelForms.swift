import Core
import Web

/// Forms a panel and gives it the dossiers of the chosen submissions.
struct RecognitionPanelForm: Form {
    static let name = "recognition.panel.form"
    static let fields = [
        Field("name", .text(120)), Field("year", .whole(1_900...2_200)), Field("members", .group(3), optional: true),
        Field("chair", .record, optional: true), Field("secretary", .record, optional: true),
        Field("submissions", .group(3), optional: true), Field("own", .group(3), optional: true),
    ]

    let title: String
    let year: Int
    /// As ticked; whoever leads or writes must be ticked too.
    let members: [ID]
    let chair: ID?
    let secretary: ID?
    let submissions: [ID]
    /// Dossiers on which the commune decides itself.
    let own: Set<ID>

    init?(_ read: FormReader) {
        let title = read.text("name")
        let year = read.whole("year")
        let ticked = read.group("members")
        chair = read.record("chair")
        secretary = read.record("secretary")
        submissions = read.group("submissions").keys.compactMap { ID($0) }.sorted()
        own = Set(read.group("own").keys.compactMap { ID($0) })
        guard let title, let year else { return nil }
        self.title = title
        self.year = year
        members = ticked.keys.compactMap { ID($0) }.sorted()
    }
}

/// Gives a panel dossiers of later submissions.
struct RecognitionPanelTakingForm: Form {
    static let name = "recognition.panel.taking"
    static let fields = [Field("dossier", .group(3), optional: true)]

    let dossiers: [ID]

    init?(_ read: FormReader) {
        dossiers = read.group("dossier").keys.compactMap { ID($0) }.sorted()
        guard !dossiers.isEmpty else {
            read.refuse(nil, "recognition.refusal.nothingChosen")
            return nil
        }
    }
}

/// A member declares, dossier by dossier, what ties them to its area.
struct RecognitionPanelDeclarationForm: Form {
    static let name = "recognition.panel.declaring"
    static let fields = [
        Field("declared", .group(10), optional: true), Field("reason", .group(300), optional: true),
    ]

    let declared: [ID: Recognition.Declaration]
    let reasons: [ID: String]

    init?(_ read: FormReader) {
        let declared = read.group("declared").compactMapValues(Recognition.Declaration.init(rawValue:))
        let reasons = read.group("reason")
        guard !declared.isEmpty else {
            read.refuse(nil, "recognition.panel.refusal.declareSomething")
            return nil
        }
        self.declared = Self.byID(declared)
        self.reasons = Self.byID(reasons)
    }

    private static func byID<Value>(_ lines: [String: Value]) -> [ID: Value] {
        Dictionary(
            lines.compactMap { key, value in ID(key).map { ($0, value) } }, uniquingKeysWith: { first, _ in first })
    }
}

/// A member's blind values.
struct RecognitionPanelScoringForm: Form {
    static let name = "recognition.panel.scoring"
    static let fields = [Field("score", .group(30), optional: true), Field("note", .group(300), optional: true)]

    /// By indicator's code.
    let scores: [String: String]
    let notes: [String: String]

    init?(_ read: FormReader) {
        scores = read.group("score")
        notes = read.group("note")
        guard !scores.isEmpty else {
            read.refuse(nil, "recognition.panel.refusal.scoreSomething")
            return nil
        }
    }
}

struct RecognitionPanelClosingButton: Button { static let name = "recognition.panel.closing" }

/// The panel's values that go into the minutes.
struct RecognitionPanelSettlementForm: Form {
    static let name = "recognition.panel.settling"
    static let fields = [Field("value", .group(30), optional: true), Field("reason", .group(500), optional: true)]

    let values: [String: String]
    let reasons: [String: String]

    init?(_ read: FormReader) {
        values = read.group("value")
        reasons = read.group("reason")
        guard !values.isEmpty else {
            read.refuse(nil, "recognition.panel.refusal.settleSomething")
            return nil
        }
    }
}

/// A field check.
struct RecognitionVisitForm: Form {
    static let name = "recognition.panel.visiting"
    static let fields = [
        Field("day", .day), Field("announced", .choice(["yes", "no"]), optional: true),
        Field("members", .group(3), optional: true), Field("others", .longText(4_000), optional: true),
        Field("look", .group(12), optional: true), Field("note", .group(300), optional: true),
        Field("remark", .longText(1_500), optional: true),
    ]

    let visit: Recognition.NewVisit

    init?(_ read: FormReader) {
        let day = read.day("day")
        let announced = read.choice("announced")
        let members = read.group("members").keys.compactMap { ID($0) }
        let others = read.attendees("others")
        let looks = read.group("look")
        let notes = read.group("note")
        let remark = read.text("remark")
        guard let day, read.errors.isEmpty else { return nil }
        visit = Recognition.NewVisit(
            day: day, isAnnounced: announced.map { $0 == "yes" }, members: members.sorted(), others: others,
            remark: remark,
            looks: looks.sorted { $0.key < $1.key }.compactMap { code, word in
                Recognition.Visit.Result(rawValue: word).map {
                    Recognition.Visit.Look(code: code, result: $0, note: notes[code])
                }
            })
    }
}

/// Closes the minutes.
struct RecognitionPanelConclusionForm: Form {
    static let name = "recognition.panel.concluding"
    static let fields = [
        Field("conclusion", .choice(Recognition.PanelConclusion.allCases.map(\.rawValue))),
        Field("reason", .longText(1_000), optional: true), Field("remark", .longText(2_000), optional: true),
        Field("attended", .longText(4_000), optional: true),
    ]

    let conclusion: Recognition.PanelConclusion
    /// Who was there besides the panel's members.
    let attended: [Recognition.Attendee]
    let reason: String?
    let remark: String?

    init?(_ read: FormReader) {
        let conclusion = read.choice("conclusion").flatMap(Recognition.PanelConclusion.init(rawValue:))
        reason = read.text("reason")
        remark = read.text("remark")
        attended = read.attendees("attended")
        guard let conclusion, read.errors.isEmpty else { return nil }
        self.conclusion = conclusion
    }
}

/// Sends a dossier back to its area.
struct RecognitionPanelReturnForm: Form {
    static let name = "recognition.panel.returning"
    static let fields = [Field("back", .group(500), optional: true), Field("word", .longText(1_000), optional: true)]

    let reasons: [String: String]
    let remark: String?

    init?(_ read: FormReader) {
        reasons = read.group("back")
        remark = read.text("word")
    }
}
