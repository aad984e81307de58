import Core
import Database
import People

/// The cast with accounts and offices. No passwords: whoever looks in enters as one of them through a link.
enum DemonstrationPeople {
    /// The day on which the office set its people up, two weeks after the communes of today began.
    static let firstDay = Day(ordinal: 20_283)  // 2025-07-14

    static func happenings(_ story: DemonstrationFiles) throws -> [DemonstrationHappening] {
        let days = Set(story.cast.flatMap { $0.roles.map { appears($0) } }).sorted()
        return try days.map { day in
            try DemonstrationHappening(day, "08:10", "cast.yaml", "roles of \(day)") { try await enter(on: day, $0) }
        }
    }

    private static func appears(_ office: DemonstrationPerson.Office) -> Day { max(office.from, firstDay) }

    /// Persons with their first office that day, and further offices of those who are there.
    private static func enter(on day: Day, _ scene: DemonstrationScene) async throws {
        for person in scene.story.cast {
            let isNew = person.roles.map(appears).min() == day
            let actor = try scene.actor(person.key)
            let grants = zip(person.roles, actor.grants).filter { appears($0.0) == day }.map(\.1)
            guard !grants.isEmpty else { continue }
            let helped = try person.helps.flatMap { try scene.actor($0).grants.first?.id }
            try await scene.database.unattended(.seed) { tx in
                if isNew {
                    try PeopleStore.addPerson(
                        actor.person, name: person.name, birthYear: person.born, isInvented: true, tx)
                    if let name = person.signIn {
                        try PeopleStore.addAccount(person: actor.person, signInName: name, tx)
                    }
                }
                for grant in grants {
                    try PeopleStore.addRole(
                        grant.id, person: actor.person, role: grant.role, organisation: grant.organisation,
                        territory: grant.territory, from: grant.term.from, until: grant.term.until,
                        helps: grant.role == .helper ? helped : nil, tx)
                    tx.note("role_assignment", to: grant.role.rawValue)
                }
                return Receipt(id: actor.person)
            }
        }
    }
}
