import Core

/// A person as the gate and the pages know them. Their own for what concerns their account; for others it stands
/// where all of the person's offices stand together.
package struct Person: Governed, Sendable, Equatable {
    package static let kind = "person"

    package let id: ID
    package let name: String
    package let birthYear: Int?
    /// Digits; kept only to tell people of one name apart and to reach them.
    package let phone: String?
    /// Invented for the demonstration.
    package let isInvented: Bool
    package let revision: Int
    /// The nearest territory that holds all their offices, and all above it.
    package let place: [ID]

    package var owner: ID? { id }

    package init(
        id: ID, name: String, birthYear: Int?, phone: String? = nil, isInvented: Bool, revision: Int, place: [ID]
    ) {
        self.phone = phone
        self.id = id
        self.name = name
        self.birthYear = birthYear
        self.isInvented = isInvented
        self.revision = revision
        self.place = place
    }

    /// The same person as a subject of what happens in one territory only: giving or ending a role there.
    func standing(in place: [ID]) -> Person {
        Person(
            id: id, name: name, birthYear: birthYear, phone: phone, isInvented: isInvented, revision: revision,
            place: place)
    }
}

/// A person's id and name.
package struct PersonName: Sendable, Equatable, Codable {
    package let id: ID
    package let name: String

    package init(id: ID, name: String) {
        self.id = id
        self.name = name
    }
}

/// The year somebody was born in, by which people of one name are told apart.
enum PeopleBirthYear {
    /// Refuses a year that is still to come, whatever a form's own bounds are.
    static func refusal(_ year: Int?, today: Day) -> Refusal? {
        guard let year, year > today.year else { return nil }
        return Refusal(.invalid, "people.refusal.birthYear", field: "birthYear", ["year": "\(today.year)"])
    }
}

/// The state of a person's account.
enum PeopleAccountState: String, Sendable, CaseIterable, Codable {
    /// There is a person and no account.
    case none
    /// The account waits for its activation slip to be used.
    case waiting
    case active
    case disabled
}
