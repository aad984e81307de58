import Core
import Web

/// Handing one's office to somebody for a while.
struct PeopleDelegationForm: Form {
    static let name = "people.delegate"
    static let fields = [Field("person", .record), Field("from", .day), Field("until", .day)]

    let person: ID
    let from: Day
    /// The first day without; people type the last day.
    let until: Day

    init?(_ read: FormReader) {
        let person = read.record("person")
        let from = read.day("from")
        let last = read.day("until")
        guard let person, let from, let last else { return nil }
        self.person = person
        self.from = from
        until = last.adding(days: 1)
    }
}

/// Naming somebody who types for the head: one who is there already, or a new name.
struct PeopleHelperForm: Form {
    static let name = "people.help"
    static let fields = [
        Field("person", .record, optional: true), Field("name", .text(200), optional: true, autocomplete: "off"),
        Field("birthYear", .whole(1900...2100), optional: true), Field("until", .day),
    ]

    enum Helper: Sendable {
        case known(ID)
        case new(name: String, birthYear: Int?)
    }

    let helper: Helper
    let birthYear: Int?
    let until: Day

    init?(_ read: FormReader) {
        let person = read.text("person") == nil ? nil : read.record("person")
        let name = read.text("name")
        let birthYear = read.whole("birthYear")
        self.birthYear = birthYear
        let last = read.day("until")
        switch (person, name) {
        case (let person?, nil): helper = .known(person)
        case (nil, let name?): helper = .new(name: name, birthYear: birthYear)
        case (nil, nil):
            // A name that could not be read was told of already.
            if !read.errors.contains(where: { ["person", "name"].contains($0.field) }) {
                read.refuse("name", "people.refusal.helperMissing")
            }
            return nil
        case (_?, _?):
            read.refuse("name", "people.refusal.helperTwice")
            return nil
        }
        guard let last else { return nil }
        until = last.adding(days: 1)
    }
}

/// Takes an office back, or lets a helper go.
struct PeopleEndStandInButton: Button {
    static let name = "people.endStandIn"
}
