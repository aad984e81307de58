import Core
import Web

/// Draws a handover up: to whom, from which day, and what goes along that the product does not know.
struct HandoverForm: Form {
    static let name = "home.handover.form"
    static let fields = [
        Field("office", .record), Field("person", .record, optional: true),
        Field("name", .text(120), optional: true, autocomplete: "off"),
        Field("birthYear", .whole(1900...2100), optional: true), Field("day", .day),
        Field("papers", .longText(2_000), optional: true), Field("money", .longText(2_000), optional: true),
        Field("keys", .longText(2_000), optional: true), Field("remarks", .longText(1_000), optional: true),
    ]

    let office: ID
    /// One who is known; nil with a new name.
    let person: ID?
    let name: String?
    let birthYear: Int?
    let day: Day
    let papers: String?
    let money: String?
    let keys: String?
    let remarks: String?

    init?(_ read: FormReader) {
        let office = read.record("office")
        let person = read.text("person") == nil ? nil : read.record("person")
        let name = read.text("name")
        birthYear = read.text("birthYear") == nil ? nil : read.whole("birthYear")
        let day = read.day("day")
        papers = read.text("papers")
        money = read.text("money")
        keys = read.text("keys")
        remarks = read.text("remarks")
        if person == nil, name == nil { read.refuse("person", "home.handover.refusal.nobody") }
        if person != nil, name != nil { read.refuse("name", "home.handover.refusal.twice") }
        guard let office, let day, (person == nil) != (name == nil) else { return nil }
        self.office = office
        self.person = person
        self.name = name
        self.day = day
    }
}

/// Both have signed the paper: the office changes hands.
struct HandoverCompletionForm: Form {
    static let name = "home.handover.completion"
    static let fields = [Field("signed", .flag, optional: true)]

    init?(_ read: FormReader) {
        guard read.flag("signed") else {
            read.refuse("signed", "home.handover.refusal.notSigned")
            return nil
        }
    }
}

struct HandoverWithdrawButton: Button { static let name = "home.handover.withdrawal" }
