import Core
import Database
import Web

/// The second step after the password, and the door for a telephone's six digits.
extension PeopleDoor {
    /// Takes the telephone's code, or one of the sheet, from somebody who gave the password a moment ago.
    func pass(_ step: PeopleSignInStep, _ typed: PeopleSecondStep.Typed, _ visit: Visit) -> Change {
        let token = PeopleToken(secrets)
        let device = visit.known ?? PeopleToken(secrets)
        let own = Visit(
            source: visit.source, device: visit.device, isOwnDevice: step.isOwnDevice, former: nil, known: visit.known)
        let term = PeopleSessionTerm.term(isOwnDevice: step.isOwnDevice)
        let cookie = CookieChange.setSession(token.text, seconds: term.cookieSeconds, knownDevice: device.text)
        let buckets = [PeopleAttemptStore.Bucket.code(step.person)]
        return .session(cookie: cookie) { database in
            let taken = try await take(buckets, database)
            let sheet = try await sheetHash(typed, of: step.person)
            return try await database.unattended(.session) { tx in
                guard let former = visit.former, try PeopleSignInStep.find(former, now: tx.now, tx) != nil,
                    let account = try PeopleAccountStore.account(of: step.person, tx), account.disabledAt == nil,
                    account.revision == step.accountRevision
                else { throw Refusal(.invalid, "people.refusal.stepOver", field: "code") }
                guard try use(typed, sheet, of: step.person, tx) else {
                    throw Refusal(.invalid, "people.refusal.code", field: "code")
                }
                try PeopleAttemptStore.giveBack(buckets, at: taken, tx)
                try PeopleSignInStep.close(former, tx)
                try open(token, device, for: step.person, own, tx)
                tx.note("session.begin", to: "\(step.person)")
                return Receipt(location: step.next, flash: sheet == nil ? nil : "people.flash.sheetUsed")
            }.receipt
        }
    }

    private func sheetHash(_ typed: PeopleSecondStep.Typed, of person: ID) async throws -> [UInt8]? {
        guard case .sheet(let code) = typed else { return nil }
        return try await slowly { [passwords] in try passwords.recoveryHash(code, of: person) }
    }

    private func use(
        _ typed: PeopleSecondStep.Typed, _ sheet: [UInt8]?, of person: ID, _ tx: Transaction
    ) throws -> Bool {
        if let sheet {
            return try PeopleSecondStepStore.use(recoveryHash: sheet, of: person, now: tx.now, tx)
        }
        guard case .telephone(let number) = typed,
            let secret = try PeopleSecondStepStore.secret(of: person, tx), secret.confirmedAt != nil
        else { return false }
        guard let totp = secret.totp(seal) else {
            throw Refusal(.invalid, "people.refusal.keyMissing", field: "code")
        }
        guard let step = totp.step(of: number, at: tx.now, after: secret.lastStep) else { return false }
        return try PeopleSecondStepStore.use(step: step, of: person, tx)
    }

    /// Ten new codes for the sheet, with what is kept of them.
    func recoveryCodes(for person: ID) -> [PeopleSlipCode] {
        (0..<PeopleSecondStep.recoveryCodes).map { _ in PeopleSlipCode(secrets) }
    }

    func recoveryHashes(_ codes: [PeopleSlipCode], for person: ID) async throws -> [[UInt8]] {
        try await slowly { [passwords] in try codes.map { try passwords.recoveryHash($0, of: person) } }
    }

    /// Signs in with six digits on a telephone that was enrolled. What is wrong is told only to who holds the device.
    func signIn(pin: String, _ enrolment: PeoplePINStore.Enrolment?, _ visit: Visit, next: String) -> Change {
        let token = PeopleToken(secrets)
        let device = visit.known ?? PeopleToken(secrets)
        let own = Visit(
            source: visit.source, device: visit.device, isOwnDevice: true, former: visit.former, known: visit.known)
        let cookie = CookieChange.setSession(
            token.text, seconds: PeopleSessionTerm.own.cookieSeconds, knownDevice: device.text)
        let buckets = [PeopleAttemptStore.Bucket.source(visit.source)]
        return .session(cookie: cookie) { database in
            let taken = try await take(buckets, database)
            let tries = try await database.unattended(.throttle, giving: { try PeoplePINStore.take(device, $0) })
            let holds = try await line.run(isKnown: tries != nil) { [passwords] in
                try passwords.holds(pin, for: tries == nil ? nil : enrolment?.pinHash)
            }
            let forgotten = Refusal(.invalid, "people.refusal.pinForgotten", field: "pin")
            guard holds, tries != nil, let enrolment else {
                guard let tries, tries < PeoplePIN.tries else {
                    try await forget(device, database)
                    throw forgotten
                }
                throw Refusal(.invalid, "people.refusal.pin", field: "pin", ["left": "\(PeoplePIN.tries - tries)"])
            }
            return try await database.unattended(.session) { tx in
                let roles = try PeopleRoleStore.held(by: enrolment.person, today: tx.now.day, tx).map(\.role)
                guard let now = try PeoplePINStore.enrolment(device, tx), now.pinHash == enrolment.pinHash,
                    now.person == enrolment.person, PeoplePIN.isFor(roles)
                else { throw forgotten }
                try PeopleAttemptStore.giveBack(buckets, at: taken, tx)
                try PeoplePINStore.giveBack(device, tx)
                try open(token, device, for: enrolment.person, own, tx)
                tx.note("session.begin", to: "\(enrolment.person)")
                tx.note("session.with", to: "pin")
                return Receipt(location: next)
            }.receipt
        }
    }

    private func forget(_ device: PeopleToken, _ database: Database) async throws {
        try await database.unattended(.session) { tx in
            try PeoplePINStore.forget(device, tx)
            tx.note("pin.forget")
            return Receipt()
        }
    }
}
