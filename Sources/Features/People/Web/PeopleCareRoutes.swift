import Core
import Database
import Web

/// Helping somebody whose telephone is gone.
enum PeopleCareRoutes {
    /// Out everywhere: every session ends, every device is forgotten with its PIN.
    static func signOut(_ call: Call<Actor>) throws -> Change {
        let permit = try PeopleRoutes.managed(call)
        let person = permit.subject
        return .write(permit, as: "session.endAll") { tx in
            try tx.move("person", person.id, from: person.revision)
            try PeopleSessionStore.endAll(of: person.id, now: tx.now, tx)
            return Receipt(
                id: person.id, location: "/people/\(person.id)", version: person.revision + 1,
                flash: "people.flash.signedOutOfAll")
        }
    }

    /// The second step is set up anew: by somebody who must have it at the next sign-in, by others when they like.
    static func resetStep(_ call: Call<Actor>) throws -> Change {
        let permit = try PeopleRoutes.managed(call)
        let person = permit.subject
        guard try PeopleSecondStepStore.secret(of: person.id, call.reader) != nil else {
            throw Refusal(.conflict, "web.refusal.movedMeanwhile")
        }
        return .write(permit, as: "secondStep.reset") { tx in
            try tx.move("person", person.id, from: person.revision)
            try PeopleSecondStepStore.remove(of: person.id, tx)
            try PeopleSessionStore.endAll(of: person.id, now: tx.now, tx)
            return Receipt(
                id: person.id, location: "/people/\(person.id)", version: person.revision + 1,
                flash: "people.flash.stepReset")
        }
    }
}
