import Core
import Database
import Web

/// The second step of signing in, and the PIN of one's own telephone.
enum PeopleSecurityRoutes {
    private static let secretShown = "a secret is shown once, on the page of whoever asked for it"
    private static let nobody = "nobody is signed in before signing in"

    static func routes(_ door: PeopleDoor) -> [Route] {
        [
            .get("/sign-in/code", .open(because: nobody), PeopleCodeOutput.self) { try codePage($0) },
            .post("/sign-in/code", .open(because: nobody), PeopleCodeForm.self, again: { try codePage($0) }) {
                try giveCode(door, $0, $1)
            },
            .post(
                "/sign-in/pin", .open(because: nobody), PeoplePINSignInForm.self,
                again: { try PeopleSignInRoutes.signInPage($0) }
            ) { call, form in
                let visit = door.visit(call, isOwnDevice: true)
                return door.signIn(
                    pin: form.pin, try PeoplePINStore.enrolment(visit.known, call.reader), visit,
                    next: PeopleNext.local(call.query["next"], else: "/"))
            },
            .get("/account/second-step", .signedIn, PeopleSecondStepOutput.self, pagesOnly: secretShown) {
                try secondStep(door, $0)
            },
            .post(
                "/account/second-step/beginning", .signedIn, PeopleBeginStepButton.self, pagesOnly: secretShown,
                again: { try secondStep(door, $0) }
            ) { call, _ in try begin(door, call) },
            .post(
                "/account/second-step/confirmation", .signedIn, PeopleConfirmStepForm.self, pagesOnly: secretShown,
                again: { try secondStep(door, $0) }
            ) { try confirm(door, $0, $1) },
            .post(
                "/account/second-step/recovery-codes", .signedIn, PeopleSheetForm.self, pagesOnly: secretShown,
                again: { try secondStep(door, $0) }
            ) { try newSheet(door, $0, $1) },
            .get("/account/second-step/recovery-codes", .signedIn, PeopleSheetOutput.self, pagesOnly: secretShown) {
                // Whoever comes back to the sheet's address is told that it was shown.
                PeopleSheetOutput(name: $0.who.name, codes: [])
            },
            .get("/account/second-step/removal", .signedIn, PeopleStepOffOutput.self) { call in
                guard try PeopleSecondStepStore.isOn(call.who.person, call.reader) else { throw NotFound() }
                return PeopleStepOffOutput()
            },
            .post(
                "/account/second-step/removal", .signedIn, PeopleStepOffForm.self,
                again: { _ in PeopleStepOffOutput() }
            ) { try turnOff(door, $0, $1) },
            .get("/account/pin", .signedIn, PeoplePINOutput.self) { try pinPage($0) },
            .post("/account/pin", .signedIn, PeoplePINForm.self, again: { try pinPage($0) }) {
                try setPIN(door, $0, $1)
            },
            .post("/account/pin/removal", .signedIn, PeopleRemovePINButton.self, again: { try pinPage($0) }) {
                call, _ in try removePIN(call)
            },
        ]
    }

    private static func codePage(_ call: Call<Visitor>) throws -> PeopleCodeOutput {
        PeopleCodeOutput(
            isOver: try PeopleSignInStep.find(PeopleToken(sent: call.token), now: call.now, call.reader) == nil)
    }

    private static func giveCode(_ door: PeopleDoor, _ call: Call<Visitor>, _ form: PeopleCodeForm) throws -> Change {
        guard let step = try PeopleSignInStep.find(PeopleToken(sent: call.token), now: call.now, call.reader) else {
            throw Refusal(.invalid, "people.refusal.stepOver", field: "code")
        }
        return door.pass(step, form.code, door.visit(call, isOwnDevice: step.isOwnDevice))
    }

    private static func own(_ call: Call<Actor>) throws -> Permit<Person> {
        try PeopleAccountRoutes.own(call)
    }

    private static func account(_ call: Call<Actor>) throws -> PeopleAccountStore.Account {
        guard let account = try PeopleAccountStore.account(of: call.who.person, call.reader) else { throw NotFound() }
        return account
    }

    private static func isRequired(_ call: Call<Actor>) throws -> Bool {
        PeopleSecondStep.isRequired(
            call.who.grants.map(\.role), inDemonstration: try PeopleDemonstration.isMarked(call.reader))
    }

    static func secondStep(_ door: PeopleDoor, _ call: Call<Actor>) throws -> PeopleSecondStepOutput {
        let secret = try PeopleSecondStepStore.secret(of: call.who.person, call.reader)
        // Begun and sealed with a key that is gone: it is begun again.
        let open = secret?.confirmedAt == nil ? secret?.totp(door.seal) : nil
        let account = try account(call)
        let name = account.signInName
        return PeopleSecondStepOutput(
            hasPassword: account.passwordHash != nil,
            secret: secret?.confirmedAt == nil ? open?.text : "",
            address: open?.address(issuer: "Kieu Mau", account: name),
            onSince: secret?.confirmedAt,
            codesLeft: try PeopleSecondStepStore.recoveryCodesLeft(of: call.who.person, call.reader),
            isRequired: try isRequired(call))
    }

    private static func begin(_ door: PeopleDoor, _ call: Call<Actor>) throws -> Change {
        let permit = try own(call)
        let me = call.who.person
        let sealed = try door.seal.sealed(PeopleTOTP(door.secrets).secret, of: me, nonce: door.secrets.bytes(12))
        return .write(permit, as: "secondStep.begin") { tx in
            try PeopleSecondStepStore.begin(sealed: sealed, for: me, now: tx.now, tx)
            return Receipt(id: me, location: "/account/second-step")
        }
    }

    private static func confirm(
        _ door: PeopleDoor, _ call: Call<Actor>, _ form: PeopleConfirmStepForm
    ) throws -> Change {
        let permit = try own(call)
        let account = try account(call)
        guard let secret = try PeopleSecondStepStore.secret(of: account.person, call.reader),
            secret.confirmedAt == nil
        else { throw Refusal(.conflict, "web.refusal.movedMeanwhile") }
        guard let totp = secret.totp(door.seal) else {
            throw Refusal(.conflict, "people.refusal.keyMissingSetUp")
        }
        guard let step = totp.step(of: form.code, at: call.now, after: 0) else {
            throw Refusal(.invalid, "people.refusal.firstCode", field: "code")
        }
        let codes = door.recoveryCodes(for: account.person)
        let visit = door.visit(call, isOwnDevice: false)
        return .write(
            permit, as: "secondStep.confirm", showing: { sheet($0, account.name, codes) },
            after: { database in
                try await door.prove(form.current, of: account, visit, database)
                return try await door.recoveryHashes(codes, for: account.person)
            }
        ) { tx, hashes in
            guard try PeopleSecondStepStore.confirm(secret, step: step, of: account.person, now: tx.now, tx) else {
                throw Refusal(.conflict, "web.refusal.movedMeanwhile")
            }
            try PeopleSecondStepStore.setRecoveryCodes(hashes, of: account.person, tx)
            return Receipt(id: account.person, location: "/account/second-step")
        }
    }

    private static func sheet(_ written: Written, _ name: String, _ codes: [PeopleSlipCode]) -> PeopleSheetOutput {
        PeopleSheetOutput(name: name, codes: written.repeated ? [] : codes.map(\.text))
    }

    private static func newSheet(_ door: PeopleDoor, _ call: Call<Actor>, _ form: PeopleSheetForm) throws -> Change {
        let permit = try own(call)
        let account = try account(call)
        guard try PeopleSecondStepStore.isOn(account.person, call.reader) else { throw NotFound() }
        let codes = door.recoveryCodes(for: account.person)
        let visit = door.visit(call, isOwnDevice: false)
        return .write(
            permit, as: "secondStep.newSheet", showing: { sheet($0, account.name, codes) },
            after: { database in
                try await door.prove(form.current, of: account, visit, database)
                return try await door.recoveryHashes(codes, for: account.person)
            }
        ) { tx, hashes in
            try PeopleSecondStepStore.setRecoveryCodes(hashes, of: account.person, tx)
            return Receipt(id: account.person, location: "/account/second-step")
        }
    }

    private static func turnOff(_ door: PeopleDoor, _ call: Call<Actor>, _ form: PeopleStepOffForm) throws -> Change {
        let permit = try own(call)
        let account = try account(call)
        guard try !isRequired(call) else { throw Refusal(.forbidden, "people.refusal.stepRequired") }
        let visit = door.visit(call, isOwnDevice: false)
        return .write(
            permit, as: "secondStep.turnOff",
            after: { try await door.prove(form.current, of: account, visit, $0) }
        ) { tx, _ in
            try PeopleSecondStepStore.remove(of: account.person, tx)
            return Receipt(id: account.person, location: "/account", flash: "people.flash.stepOff")
        }
    }

    private static func pinPage(_ call: Call<Actor>) throws -> PeoplePINOutput {
        let device = PeopleToken(sent: call.knownDevice)
        if let enrolment = try PeoplePINStore.enrolment(device, call.reader), enrolment.person == call.who.person {
            return PeoplePINOutput(standing: .set)
        }
        guard PeoplePIN.isFor(call.who.grants.map(\.role)) else { return PeoplePINOutput(standing: .notMeant) }
        guard try account(call).passwordHash != nil else { return PeoplePINOutput(standing: .demonstration) }
        let isOwn = try PeopleSessionStore.alive(of: call.who.person, now: call.now, call.reader)
            .contains { $0.id == call.signedIn?.session && $0.isOwnDevice }
        return PeoplePINOutput(standing: isOwn && device != nil ? .open : .shared)
    }

    private static func setPIN(_ door: PeopleDoor, _ call: Call<Actor>, _ form: PeoplePINForm) throws -> Change {
        let permit = try own(call)
        let account = try account(call)
        let standing = try pinPage(call).standing
        guard standing == .open || standing == .set, let device = PeopleToken(sent: call.knownDevice) else {
            throw Refusal(
                .forbidden,
                standing == .demonstration ? "people.account.noPassword" : "people.pin.standing.\(standing.rawValue)")
        }
        let (visit, salt) = (door.visit(call, isOwnDevice: true), door.secrets.bytes(16))
        return .write(
            permit, as: "pin.set",
            after: { database in
                try await door.prove(form.current, of: account, visit, database)
                return try await door.slowly { [passwords = door.passwords] in try passwords.hash(form.pin, salt: salt)
                }
            }
        ) { tx, hash in
            try PeoplePINStore.enrol(device, person: account.person, pinHash: hash, now: tx.now, tx)
            return Receipt(id: account.person, location: "/account", flash: "people.flash.pinSet")
        }
    }

    private static func removePIN(_ call: Call<Actor>) throws -> Change {
        let device = PeopleToken(sent: call.knownDevice)
        guard let device, try PeoplePINStore.enrolment(device, call.reader)?.person == call.who.person else {
            throw NotFound()
        }
        let me = call.who.person
        return .write(try own(call), as: "pin.remove") { tx in
            try PeoplePINStore.forget(device, tx)
            return Receipt(id: me, location: "/account", flash: "people.flash.pinRemoved")
        }
    }
}
