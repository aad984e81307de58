import Core
import Database
import Organisation
import Web

/// New persons, and giving and ending offices.
enum PeopleNewRoutes {
    /// The page for a new person, or for a further office of one who is there.
    static func page(_ call: Call<Actor>, for person: Person?) throws -> PeopleNewOutput {
        let q = call.query["q"] ?? ""
        let place = try call.query["place"].flatMap { ID($0) }.map {
            try OrganisationStore.territory($0, seenBy: call.sight, call.reader)
        }
        let titles = try place.map { Array(try OrganisationStore.titles(of: $0.id, call.reader).prefix(2)) } ?? []
        let organisations = try place.map { try bodies(on: $0.id, call) } ?? []
        let words = VietnameseText.searchWords(q)
        let places = place == nil ? try PeopleListStore.places(words, seenBy: call.sight, call.reader) : []
        return PeopleNewOutput(
            person: person.map { PersonName(id: $0.id, name: $0.name) },
            choice: PeopleRoleChoice(
                q: q, places: places, place: titles, organisations: organisations, today: call.today))
    }

    private static func bodies(on territory: ID, _ call: Call<Actor>) throws -> [PersonName] {
        try OrganisationStore.organisations(on: territory, day: call.today, call.reader)
            .map { PersonName(id: $0.id, name: $0.name) }
    }

    /// The place of a role that was asked for; where it is none, all that is wrong with the role besides is said, too.
    private static func place(
        of wanted: PeopleRoleForm.Wanted, besides other: Refusal? = nil, _ call: Call<Actor>
    ) throws -> Territory {
        var faults = self.faults(of: wanted, call)
        faults.add(other)
        return try faults.subject("place") {
            let place = try OrganisationStore.territory(wanted.place, seenBy: call.sight, call.reader)
            guard place.stands else { throw Refusal(.invalid, "people.refusal.placeEnded", field: "place") }
            return place
        }
    }

    /// - Parameter person: who holds other offices already; nil for somebody new.
    private static func check(
        _ wanted: PeopleRoleForm.Wanted, on place: Territory, for person: ID?, besides other: Refusal? = nil,
        _ call: Call<Actor>
    ) throws {
        var faults = faults(of: wanted, call)
        faults.add(other)
        if let key = PeopleRoleTerm.misplaced(wanted.role, onArea: place.kind == .area) {
            faults.add(Refusal(.invalid, "people.refusal.\(key)", field: "role"))
        }
        if try !bodies(on: wanted.place, call).contains(where: { $0.id == wanted.organisation }) {
            faults.add(Refusal(.invalid, "web.field.choice", field: "organisation"))
        }
        let held = try person.map { try PeopleRoleStore.roles(ofSelf: $0, today: call.today, call.reader) } ?? []
        let same = held.filter {
            $0.giver == nil && $0.role == wanted.role && $0.organisation.id == wanted.organisation
                && $0.territory.id == wanted.place
        }
        if PeopleRoleTerm.isHeld(same.map { ($0.from, $0.until) }, during: (wanted.from, wanted.until)) {
            faults.add(Refusal(.invalid, "people.refusal.roleHeld", field: "role"))
        }
        try faults.say()
    }

    /// What can be said of a role without knowing its place.
    private static func faults(of wanted: PeopleRoleForm.Wanted, _ call: Call<Actor>) -> FormFaults {
        var faults = FormFaults()
        // A helper types for one head, who names them.
        if wanted.role == .helper { faults.add(Refusal(.invalid, "people.refusal.helperByHead", field: "role")) }
        faults.add(PeopleRoleTerm.refusal(from: wanted.from, until: wanted.until, today: call.today))
        return faults
    }

    /// A new person with an office and an account that waits for its slip.
    static func add(_ call: Call<Actor>, _ form: PeopleNewForm) throws -> Change {
        let birth = PeopleBirthYear.refusal(form.birthYear, today: call.today)
        let place = try place(of: form.role, besides: birth, call)
        let permit = try call.permit(.assignRoles, place)
        // An account comes with it, so this must be theirs, too.
        _ = try call.permit(.manageAccounts, place)
        try check(form.role, on: place, for: nil, besides: birth, call)
        let (wanted, actor) = (form.role, call.who.person)
        let isInvented = try PeopleDemonstration.isMarked(call.reader)
        return .write(permit, as: "person.add") { tx in
            let person = tx.ids.next()
            try PeopleStore.addPerson(
                person, name: form.personName, birthYear: form.birthYear, isInvented: isInvented, tx)
            try PeopleStore.addAccount(person: person, signInName: form.signInName?.text, tx)
            try PeopleStore.addRole(
                tx.ids.next(), person: person, role: wanted.role, organisation: wanted.organisation,
                territory: wanted.place, from: wanted.from, until: wanted.until, assignedBy: actor, tx)
            tx.note("person", to: "\(person)")
            tx.note("role", to: wanted.role.rawValue)
            return Receipt(
                id: person, location: "/people/\(person)/slip", version: 1, flash: "people.flash.added")
        }
    }

    /// A further office. The permit's subject is the person, standing where the office is.
    static func assign(_ call: Call<Actor>, _ form: PeopleRoleForm) throws -> Change {
        let person = try PeopleRoutes.seen(call)
        let wanted = form.wanted
        let place = try place(of: wanted, call)
        let permit = try call.permit(.assignRoles, person.standing(in: place.place))
        guard person.id != call.who.person else { throw Refusal(.forbidden, "people.refusal.ownRole") }
        try check(wanted, on: place, for: person.id, call)
        let actor = call.who.person
        return .write(permit, as: "role.assign") { tx in
            try tx.move("person", person.id, from: person.revision)
            let role = tx.ids.next()
            try PeopleStore.addRole(
                role, person: person.id, role: wanted.role, organisation: wanted.organisation,
                territory: wanted.place, from: wanted.from, until: wanted.until, assignedBy: actor, tx)
            tx.note("role", to: wanted.role.rawValue)
            tx.note("term", to: "\(wanted.from)/\(wanted.until.map { "\($0)" } ?? "")")
            return Receipt(
                id: role, location: "/people/\(person.id)", version: person.revision + 1,
                flash: "people.flash.roleAdded")
        }
    }

    static func endPage(_ call: Call<Actor>) throws -> PeopleEndRoleOutput {
        let person = try PeopleRoutes.seen(call)
        return PeopleEndRoleOutput(
            person: PersonName(id: person.id, name: person.name), role: try role(call, person.id), today: call.today)
    }

    private static func role(_ call: Call<Actor>, _ person: ID) throws -> PeopleRoleLine {
        try PeopleRoleStore.role(
            try call.id("role"), of: person, seenBy: call.sight, today: call.today, call.reader)
    }

    static func end(_ call: Call<Actor>, _ form: PeopleEndRoleForm) throws -> Change {
        let person = try PeopleRoutes.seen(call)
        let role = try role(call, person.id)
        let place = try OrganisationStore.path(of: role.territory.id, call.reader)
        let permit = try call.permit(.assignRoles, person.standing(in: place))
        guard person.id != call.who.person else { throw Refusal(.forbidden, "people.refusal.ownRole") }
        guard role.state != .ended else { throw Refusal(.conflict, "people.refusal.roleEnded") }
        guard form.day >= role.from, form.day <= call.today.adding(months: 12 * PeopleRoleTerm.yearsAhead) else {
            throw Refusal(.invalid, "people.refusal.endDay", field: "day")
        }
        return .write(permit, as: "role.end") { tx in
            try tx.move("person", person.id, from: person.revision)
            try PeopleStore.endRole(role.id, on: form.day, version: role.version, tx)
            tx.note("role", to: role.role.rawValue)
            tx.note("until", from: role.until.map { "\($0)" }, to: "\(form.day)")
            return Receipt(
                id: role.id, location: "/people/\(person.id)", version: person.revision + 1,
                flash: "people.flash.roleEnded")
        }
    }
}
