import Core
import Web

/// A person with an office and an account, in one go.
struct PeopleNewForm: Form {
    static let name = "people.new"
    static let fields =
        [
            Field("name", .text(200), autocomplete: "off"),
            Field("birthYear", .whole(1900...2100), optional: true),
        ] + PeopleRoleForm.fields + [Field("signInName", .text(60), optional: true, autocomplete: "off")]

    let personName: String
    let birthYear: Int?
    let role: PeopleRoleForm.Wanted
    let signInName: PeopleSignInName?

    init?(_ read: FormReader) {
        let name = read.text("name")
        birthYear = read.text("birthYear") == nil ? nil : read.whole("birthYear")
        let role = PeopleRoleForm.Wanted(read)
        let typed = read.text("signInName")
        signInName = typed.flatMap { PeopleSignInName($0) }
        if typed != nil, signInName == nil { read.refuse("signInName", "people.refusal.signInName") }
        guard let name, let role else { return nil }
        personName = name
        self.role = role
    }
}

/// A role for a person who is there already.
struct PeopleRoleForm: Form {
    static let name = "people.newRole"
    static let fields = [
        Field("place", .record),
        Field("role", .choice(Role.allCases.map(\.rawValue))),
        Field("organisation", .record),
        Field("from", .day),
        Field("until", .day, optional: true),
    ]

    /// The office as it was asked for.
    struct Wanted: Sendable {
        let place: ID
        let role: Role
        let organisation: ID
        let from: Day
        /// The first day on which it is no longer held; people type the last day.
        let until: Day?

        init?(_ read: FormReader) {
            let place = read.record("place")
            let role = read.choice("role").flatMap(Role.init(rawValue:))
            let organisation = read.record("organisation")
            let from = read.day("from")
            until = read.day("until")?.adding(days: 1)
            guard let place, let role, let organisation, let from else { return nil }
            self.place = place
            self.role = role
            self.organisation = organisation
            self.from = from
        }
    }

    let wanted: Wanted

    init?(_ read: FormReader) {
        guard let wanted = Wanted(read) else { return nil }
        self.wanted = wanted
    }
}

/// The day from which a role is no longer held.
struct PeopleEndRoleForm: Form {
    static let name = "people.endRole"
    static let fields = [Field("day", .day)]

    let day: Day

    init?(_ read: FormReader) {
        guard let day = read.day("day") else { return nil }
        self.day = day
    }
}

struct PeopleSlipButton: Button {
    static let name = "people.slip"
}

struct PeopleDisableButton: Button {
    static let name = "people.disable"
}

struct PeopleEnableButton: Button {
    static let name = "people.enable"
}

struct PeopleAccountButton: Button {
    static let name = "people.giveAccount"
}
