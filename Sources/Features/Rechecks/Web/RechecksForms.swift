import Core
import Recognition
import Web

/// Opens the round of a year for a commune.
struct RechecksOpenForm: Form {
    static let name = "rechecks.open"
    static let fields = [Field("year", .whole(1_900...2_200))]

    let year: Int

    init?(_ read: FormReader) {
        guard let year = read.whole("year") else { return nil }
        self.year = year
    }
}

/// Adds titles to the round that were entered after it was opened.
struct RechecksAddButton: Button { static let name = "rechecks.add" }

/// What was found on the spot: a value and a note at each indicator. What is left empty is left for later.
struct RechecksLookForm: Form {
    static let name = "rechecks.look"
    static let fields = [
        Field("value", .group(30), optional: true), Field("note", .group(500), optional: true),
        Field("group", .text(40), optional: true),
    ]

    let values: [String: String]
    let notes: [String: String]
    /// The group of the set that was looked at, where a long list is cut into groups.
    let part: String?

    init?(_ read: FormReader) {
        values = read.group("value")
        notes = read.group("note")
        part = read.text("group")
        if values.isEmpty { read.refuse(nil, "rechecks.refusal.nothingTyped") }
        guard read.errors.isEmpty else { return nil }
    }
}

/// Looks again at what fell.
struct RechecksMendForm: Form {
    static let name = "rechecks.mend"
    static let fields = [
        Field("again", .group(30), optional: true), Field("word", .group(500), optional: true),
    ]

    let values: [String: String]
    let notes: [String: String]

    init?(_ read: FormReader) {
        values = read.group("again")
        notes = read.group("word")
        if values.isEmpty { read.refuse(nil, "rechecks.refusal.nothingTyped") }
        guard read.errors.isEmpty else { return nil }
    }
}

struct RechecksConcludeButton: Button { static let name = "rechecks.conclude" }
struct RechecksKeepButton: Button { static let name = "rechecks.keep" }

/// Drafts a notice: a reason at each indicator that does not meet the title, and how many days there are to mend it.
struct RechecksNoticeForm: Form {
    static let name = "rechecks.notify"
    static let fields = [Field("reason", .group(1_000), optional: true), Field("mendDays", .whole(1...366))]

    let reasons: [String: String]
    let days: Int

    init?(_ read: FormReader) {
        reasons = read.group("reason")
        guard let days = read.whole("mendDays") else { return nil }
        self.days = days
    }
}

/// Enters the signed paper of a notice, as that of a decision is entered.
struct RechecksSignForm: Form {
    static let name = "rechecks.sign"
    static let fields = [
        Field("number", .text(40)), Field("day", .day), Field("signer", .text(80)), Field("signerOffice", .text(120)),
        Field("scan", .file(20 << 20), accept: "application/pdf,image/jpeg,image/png"),
    ]

    let paper: Recognition.SignedPaper
    let scan: UploadedFile

    init?(_ read: FormReader) {
        let paper = Recognition.SignedPaper(read, office: "signerOffice")
        let scan = read.file("scan")
        guard let paper, let scan else { return nil }
        self.paper = paper
        self.scan = scan
    }
}

struct RechecksRetractButton: Button { static let name = "rechecks.retract" }

/// The area answers: in its own words, and what was done at each indicator.
struct RechecksAnswerForm: Form {
    static let name = "rechecks.answer"
    static let fields = [Field("text", .longText(3_000)), Field("done", .group(1_000), optional: true)]

    let text: String
    let done: [String: String]

    init?(_ read: FormReader) {
        let text = read.text("text")
        done = read.group("done")
        guard let text else { return nil }
        self.text = text
    }
}

struct RechecksExtendForm: Form {
    static let name = "rechecks.extend"
    static let fields = [Field("longer", .day), Field("whyLonger", .longText(500))]

    let until: Day
    let reason: String

    init?(_ read: FormReader) {
        let until = read.day("longer")
        let reason = read.text("whyLonger")
        guard let until, let reason else { return nil }
        self.until = until
        self.reason = reason
    }
}

/// Invites the area to be heard on a withdrawal.
struct RechecksSummonForm: Form {
    static let name = "rechecks.summon"
    static let fields = [
        Field("hearingDay", .day), Field("time", .text(8)), Field("place", .text(160)),
        Field("whySummon", .longText(1_000)), Field("paperNumber", .text(20), optional: true),
    ]

    let invitation: Rechecks.Invitation

    init?(_ read: FormReader) {
        let day = read.day("hearingDay")
        let typed = read.text("time")
        let time = typed.flatMap { Recognition.VisitRoute.minutes(of: $0) }
        if typed != nil, time == nil { read.refuse("time", "recognition.route.refusal.clock") }
        let place = read.text("place")
        let reason = read.text("whySummon")
        let number = read.text("paperNumber")
        guard let day, let time, let place, let reason, read.errors.isEmpty else { return nil }
        invitation = Rechecks.Invitation(day: day, time: time, place: place, reason: reason, number: number)
    }
}

/// Puts a hearing off to another day.
struct RechecksPostponeForm: Form {
    static let name = "rechecks.postpone"
    static let fields = [
        Field("hearingDay", .day), Field("time", .text(8)), Field("place", .text(160)),
        Field("whyPutOff", .longText(500)), Field("paperNumber", .text(20), optional: true),
    ]

    let day: Day
    /// Minutes after midnight.
    let time: Int
    let place: String
    let why: String
    let number: String?

    init?(_ read: FormReader) {
        let day = read.day("hearingDay")
        let typed = read.text("time")
        let time = typed.flatMap { Recognition.VisitRoute.minutes(of: $0) }
        if typed != nil, time == nil { read.refuse("time", "recognition.route.refusal.clock") }
        let place = read.text("place")
        let why = read.text("whyPutOff")
        number = read.text("paperNumber")
        guard let day, let time, let place, let why, read.errors.isEmpty else { return nil }
        self.day = day
        self.time = time
        self.place = place
        self.why = why
    }
}

/// The minutes of a hearing.
struct RechecksHearForm: Form {
    static let name = "rechecks.hear"
    static let fields = [
        Field("came", .choice(["yes", "no"])), Field("present", .longText(4_000), optional: true),
        Field("minutes", .longText(4_000)),
    ]

    let came: Bool
    let present: [Recognition.Attendee]
    let minutes: String

    init?(_ read: FormReader) {
        let came = read.choice("came")
        let present = read.attendees("present")
        let minutes = read.text("minutes")
        if came == "yes", present.isEmpty, !read.errors.contains(where: { $0.field == "present" }) {
            read.refuse("present", "rechecks.refusal.whoCame")
        }
        guard let came, let minutes, read.errors.isEmpty else { return nil }
        self.came = came == "yes"
        self.present = present
        self.minutes = minutes
    }
}

/// Drafts the decision that takes the title back.
struct RechecksProposeForm: Form {
    static let name = "rechecks.propose"
    static let fields = [Field("ground", .longText(1_000)), Field("basis", .text(300), optional: true)]

    let reason: String
    /// A document that the decision names among its grounds, beside the minutes of the hearing, which it always names.
    let basis: String?

    init?(_ read: FormReader) {
        let reason = read.text("ground")
        basis = read.text("basis")
        guard let reason else { return nil }
        self.reason = reason
    }
}

/// Evidence of what was found or mended: a picture, a document, or somebody who saw it. None is asked for.
struct RechecksEvidenceForm: Form {
    static let name = "rechecks.evidence.form"
    static let fileLimit = 20 << 20
    static let fields = [
        Field("code", .choice([])), Field("open", .flag, optional: true),
        Field(
            "file", .file(fileLimit), optional: true,
            accept: "image/jpeg,image/png,image/webp,image/heic,.pdf,.docx,.xlsx"),
        Field("office", .text(160), optional: true), Field("seenOn", .day, optional: true),
        Field("seen", .longText(1_000), optional: true),
    ]

    let code: String
    let file: UploadedFile?
    let office: String?
    let day: Day?
    let seen: String?

    init?(_ read: FormReader) {
        let code = read.text("code")
        let isOpen = read.flag("open")
        file = read.file("file")
        office = read.text("office")
        day = read.day("seenOn")
        seen = read.text("seen")
        if file != nil, !isOpen { read.refuse("open", "rechecks.refusal.secret") }
        if file == nil {
            if office == nil, seen == nil {
                read.refuse("file", "rechecks.refusal.noEvidence")
            } else {
                if office == nil { read.refuse("office", "web.field.missing") }
                if seen == nil { read.refuse("seen", "web.field.missing") }
                if day == nil { read.refuse("seenOn", "web.field.missing") }
            }
        }
        guard let code, read.errors.isEmpty else { return nil }
        self.code = code
    }
}
