import Core
import Database
import Web

/// Signing in, out, activating an account, and the choice of language.
enum PeopleSignInRoutes {
    static func routes(_ door: PeopleDoor) -> [Route] {
        [
            .get(
                "/sign-in", .open(because: "nobody is signed in before signing in"), PeopleSignInOutput.self,
                query: [Field("next", .text(2_000), optional: true)]
            ) { try signInPage($0) },
            .post(
                "/sign-in", .open(because: "nobody is signed in before signing in"), PeopleSignInForm.self,
                again: { try signInPage($0) }
            ) { try signIn(door, $0, $1) },
            .get(
                "/activation", .open(because: "the slip's code is the ground"), PeopleActivationOutput.self
            ) { _ in PeopleActivationOutput(leastLetters: PeoplePasswordRule.least) },
            .post(
                "/activation", .open(because: "the slip's code is the ground"), PeopleActivationForm.self,
                again: { _ in PeopleActivationOutput(leastLetters: PeoplePasswordRule.least) }
            ) { door.activate($1.code, password: $1.password, door.visit($0, isOwnDevice: $1.isOwnDevice)) },
            .post(
                "/sign-out", .signedIn, PeopleSignOutButton.self,
                again: { try PeopleAccountRoutes.account($0) }
            ) { call, _ in signOut(call) },
            .redirect(
                "/language/:code", .open(because: "everyone may read in the language of their choice"),
                because: "a cookie of the browser"
            ) { call in
                guard let language = Language(rawValue: try call.parameter("code")) else { throw NotFound() }
                return Redirect(to: PeopleNext.local(call.query["back"], else: "/"), language: language)
            },
        ]
    }

    static func signInPage(_ call: Call<Visitor>) throws -> PeopleSignInOutput {
        let device = PeopleToken(sent: call.knownDevice)
        return PeopleSignInOutput(
            next: PeopleNext.local(call.query["next"], else: "/"), signedInAs: call.signedIn?.actor.name,
            pinOf: call.signedIn == nil ? try PeoplePINStore.enrolment(device, call.reader)?.name : nil)
    }

    private static func signIn(_ door: PeopleDoor, _ call: Call<Visitor>, _ form: PeopleSignInForm) throws -> Change {
        let visit = door.visit(call, isOwnDevice: form.isOwnDevice)
        let account = try PeopleSignInName(form.signInName).flatMap {
            try PeopleAccountStore.account(named: $0, call.reader)
        }
        let isKnown = try account.flatMap { account in
            try visit.known.map { try PeopleSessionStore.isKnown($0, to: account.person, call.reader) }
        }
        return door.signIn(
            form.signInName, password: form.password, to: account, isKnown: isKnown ?? false, visit,
            next: PeopleNext.local(call.query["next"], else: "/"))
    }

    private static func signOut(_ call: Call<Actor>) -> Change {
        let (person, session) = (call.who.person, call.signedIn?.session)
        return .session(cookie: .dropSession) { database in
            try await database.unattended(.session) { tx in
                if let session { try PeopleSessionStore.end(session, of: person, now: tx.now, tx) }
                tx.note("session.end", to: "\(person)")
                return Receipt(location: "/sign-in", flash: "people.flash.signedOut")
            }.receipt
        }
    }
}
