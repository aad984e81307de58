import Core
import Database
import Web

/// One's own account.
enum PeopleAccountRoutes {
    static func routes(_ door: PeopleDoor, _ notes: [WaitingSource]) -> [Route] {
        [
            .get("/account", .signedIn, PeopleAccountOutput.self) { try account($0, notes) },
            .get("/account/password", .signedIn, PeoplePasswordOutput.self) { try passwordPage($0) },
            .post(
                "/account/password", .signedIn, PeoplePasswordForm.self, again: { try passwordPage($0) }
            ) { try changePassword(door, $0, $1) },
            .post(
                "/account/sessions/:session/sign-out", .signedIn, PeopleEndSessionButton.self,
                again: { try account($0, notes) }
            ) { call, _ in try endSession(call) },
            .post(
                "/account/sessions/sign-out", .signedIn, PeopleEndOthersButton.self, again: { try account($0, notes) }
            ) { call, _ in try endOthers(call) },
        ]
    }

    static func account(_ call: Call<Actor>, _ notes: [WaitingSource] = []) throws -> PeopleAccountOutput {
        let me = call.who.person
        let person = try PeopleStore.person(me, today: call.today, call.reader)
        guard let account = try PeopleAccountStore.account(of: me, call.reader) else { throw NotFound() }
        let sessions = try PeopleSessionStore.alive(of: me, now: call.now, call.reader)
        return PeopleAccountOutput(
            id: me, name: person.name, signInName: account.signInName, birthYear: person.birthYear,
            phone: person.phone, hasSecondStep: try PeopleSecondStepStore.isOn(me, call.reader),
            mayHavePIN: PeoplePIN.isFor(call.who.grants.map(\.role)),
            hasPIN: try PeoplePINStore.count(of: me, call.reader) > 0,
            roles: try PeopleRoleStore.roles(ofSelf: me, today: call.today, call.reader),
            // The device in hand first, so that it is never among those folded away.
            devices: sessions.sorted { one, _ in one.id == call.signedIn?.session }.map { session in
                PeopleAccountOutput.Device(
                    id: session.id, family: session.device.family.rawValue, kind: session.device.kind.rawValue,
                    isThis: session.id == call.signedIn?.session, isOwnDevice: session.isOwnDevice,
                    since: session.createdAt, lastSeen: session.lastSeenAt)
            },
            corrections: try PeopleCorrectionStore.ofSelf(me, call.reader),
            views: try PeopleViewStore.views(of: me, call.reader), acts: try PeopleActStore.acts(by: me, call.reader),
            actsOfOthers: try PeopleActStore.acts(on: me, call.reader),
            notes: try notes.flatMap { try $0(call.who, call.today, call.reader) })
    }

    private static func passwordPage(_ call: Call<Actor>) throws -> PeoplePasswordOutput {
        let account = try PeopleAccountStore.account(of: call.who.person, call.reader)
        return PeoplePasswordOutput(
            mustChange: account?.mustChange ?? false, hasPassword: account?.passwordHash != nil)
    }

    /// The leave to change one's own account; its subject is one's own person.
    static func own(_ call: Call<Actor>) throws -> Permit<Person> {
        try call.permit(
            .manageOwnSessions, try PeopleStore.person(call.who.person, today: call.today, call.reader))
    }

    private static func changePassword(
        _ door: PeopleDoor, _ call: Call<Actor>, _ form: PeoplePasswordForm
    ) throws -> Change {
        let permit = try own(call)
        guard let account = try PeopleAccountStore.account(of: call.who.person, call.reader) else { throw NotFound() }
        if let refusal = PeoplePasswordRule.refusal(
            form.password, name: account.name, signInName: account.signInName, field: "password")
        {
            throw refusal
        }
        let visit = door.visit(call, isOwnDevice: false)
        let session = call.signedIn?.session
        return .write(
            permit, as: "account.changePassword",
            after: { try await door.change(form.current, to: form.password, of: account, visit, $0) }
        ) { tx, hash in
            try PeopleAccountStore.setPassword(hash, of: account.person, tx)
            try PeopleSessionStore.endAll(of: account.person, except: session, keeping: visit.known, now: tx.now, tx)
            return Receipt(id: account.person, location: "/account", flash: "people.flash.passwordChanged")
        }
    }

    private static func endSession(_ call: Call<Actor>) throws -> Change {
        let session = try call.id("session")
        let me = call.who.person
        guard try PeopleSessionStore.alive(of: me, now: call.now, call.reader).contains(where: { $0.id == session })
        else { throw NotFound() }
        return .write(try own(call), as: "session.end") { tx in
            try PeopleSessionStore.forgetDevice(of: session, of: me, tx)
            try PeopleSessionStore.end(session, of: me, now: tx.now, tx)
            return Receipt(id: session, location: "/account", flash: "people.flash.sessionEnded")
        }
    }

    private static func endOthers(_ call: Call<Actor>) throws -> Change {
        let me = call.who.person
        let (kept, device) = (call.signedIn?.session, PeopleToken(sent: call.knownDevice))
        return .write(try own(call), as: "session.endOthers") { tx in
            try PeopleSessionStore.endAll(of: me, except: kept, keeping: device, now: tx.now, tx)
            return Receipt(id: me, location: "/account", flash: "people.flash.othersEnded")
        }
    }
}
