import Core
import Crypto
import Database
import Synchronization
import Web

/// The way in: looks at passwords and slips, slowly and not too often, and opens sessions.
///
/// What a guesser could tell apart is the same in every case: the same words, the same status, the same work for a
/// name that does not exist, an account without a password, a closed one and a wrong password.
struct PeopleDoor: Sendable {
    let passwords: PeoplePasswords
    let secrets: SecretSource
    let seal: PeopleSeal
    let line = PeopleHashLine()

    init(passwords: PeoplePasswords, secrets: SecretSource, seal: PeopleSeal) {
        self.seal = seal
        self.passwords = passwords
        self.secrets = secrets
    }

    /// Where a sign-in comes from and what its browser becomes known by.
    struct Visit: Sendable {
        let source: String
        let device: PeopleDevice
        let isOwnDevice: Bool
        /// The session this browser had before; it ends with the new one.
        let former: PeopleToken?
        /// What the browser was known by, if it was.
        let known: PeopleToken?
    }

    func visit<Who>(_ call: Call<Who>, isOwnDevice: Bool) -> Visit {
        Visit(
            source: call.source, device: PeopleDevice(agent: call.agent), isOwnDevice: isOwnDevice,
            former: PeopleToken(sent: call.token), known: PeopleToken(sent: call.knownDevice))
    }

    /// Signs in by name and password.
    ///
    /// - Parameters:
    ///   - account: of that name, as the snapshot has it; nil when there is none.
    ///   - isKnown: the browser has signed in to this account before.
    func signIn(
        _ name: String, password: String, to account: PeopleAccountStore.Account?, isKnown: Bool, _ visit: Visit,
        next: String
    ) -> Change {
        let token = PeopleToken(secrets)
        let device = visit.known ?? PeopleToken(secrets)
        let term = PeopleSessionTerm.term(isOwnDevice: visit.isOwnDevice)
        let cookie = CookieChange.setSession(token.text, seconds: term.cookieSeconds, knownDevice: device.text)
        let buckets = buckets(name, account, isKnown, visit)
        return .session(cookie: cookie) { database in
            let taken = try await take(buckets, database)
            let holds = try await line.run(isKnown: isKnown) { [passwords] in
                try passwords.holds(password, for: account?.passwordHash)
            }
            let wrong = Refusal(.invalid, "people.refusal.wrongPassword", field: "password")
            guard holds, let account, account.disabledAt == nil else { throw wrong }
            let renewed = try await rehashed(password, account)
            return try await database.unattended(.session) { tx in
                // The account may have been closed, or the password changed, while the hash was computed.
                guard let now = try PeopleAccountStore.account(of: account.person, tx), now.disabledAt == nil,
                    now.passwordHash == account.passwordHash
                else { throw wrong }
                try PeopleAttemptStore.giveBack(buckets, at: taken, tx)
                if let renewed { try PeopleAccountStore.setRenewedHash(renewed, of: account.person, tx) }
                return try admit(account.person, token, device, visit, next: next, flash: nil, tx)
            }.receipt
        }
    }

    /// Takes a slip's code and a new password for the account it belongs to, and signs in.
    func activate(_ code: PeopleSlipCode, password: String, _ visit: Visit) -> Change {
        let token = PeopleToken(secrets)
        let device = visit.known ?? PeopleToken(secrets)
        let salt = secrets.bytes(16)
        let term = PeopleSessionTerm.term(isOwnDevice: visit.isOwnDevice)
        let cookie = CookieChange.setSession(token.text, seconds: term.cookieSeconds, knownDevice: device.text)
        let buckets = [PeopleAttemptStore.Bucket.source(visit.source)]
        return .session(cookie: cookie) { database in
            let taken = try await take(buckets, database)
            let codeHash = try await line.run(isKnown: false) { [passwords] in try passwords.hash(code) }
            let wrong = Refusal(.invalid, "people.refusal.slip", field: "code")
            let now = database.world.clock.now()
            let found = try await database.read { try PeopleAccountStore.slip(codeHash: codeHash, now: now, $0) }
            guard let (slip, account) = found else { throw wrong }
            if let refusal = PeoplePasswordRule.refusal(
                password, name: account.name, signInName: account.signInName, field: "password")
            {
                throw refusal
            }
            let hash = try await line.run(isKnown: true) { [passwords] in try passwords.hash(password, salt: salt) }
            return try await database.unattended(.session) { tx in
                guard try PeopleAccountStore.useSlip(slip, now: tx.now, tx),
                    try PeopleAccountStore.account(of: account.person, tx)?.disabledAt == nil
                else { throw wrong }
                try PeopleAttemptStore.giveBack(buckets, at: taken, tx)
                try PeopleAccountStore.setPassword(hash, of: account.person, tx)
                try PeopleSessionStore.endAll(of: account.person, now: tx.now, tx)
                tx.note("account.activate", to: "\(account.person)")
                return try admit(
                    account.person, token, device, visit, next: "/", flash: "people.flash.activated", tx)
            }.receipt
        }
    }

    /// Opens a session for somebody who needs no password: the demonstration's cast.
    func enter(as person: ID, _ visit: Visit, before: @escaping @Sendable () throws -> Void) -> Change {
        let token = PeopleToken(secrets)
        return .session(cookie: .setSession(token.text)) { database in
            try before()
            return try await database.unattended(.session) { tx in
                guard let account = try PeopleAccountStore.account(of: person, tx), account.disabledAt == nil else {
                    throw NotFound()
                }
                if let former = visit.former { try PeopleSessionStore.end(former, now: tx.now, tx) }
                try PeopleSessionStore.open(
                    token, person: person, id: tx.ids.next(), csrfSecret: secrets.bytes(16), isOwnDevice: true,
                    device: visit.device, now: tx.now, tx)
                tx.note("session.begin", to: "\(person)")
                return Receipt(location: "/")
            }.receipt
        }
    }

    /// A new password's hash, after the present one was shown to be known. For use within a permit's preparation.
    func change(
        _ current: String, to new: String, of account: PeopleAccountStore.Account, _ visit: Visit,
        _ database: Database
    ) async throws -> String {
        let salt = secrets.bytes(16)
        try await prove(current, of: account, visit, database)
        return try await line.run(isKnown: true) { [passwords] in try passwords.hash(new, salt: salt) }
    }

    /// Shows that whoever sits at an open session knows the password. Guesses are counted like those of a browser that
    /// is known.
    func prove(
        _ current: String, of account: PeopleAccountStore.Account, _ visit: Visit, _ database: Database
    ) async throws {
        let bucket = visit.former.map { PeopleAttemptStore.Bucket.device($0, of: account.person) }
        let taken = try await take([bucket].compactMap { $0 }, database)
        let holds = try await line.run(isKnown: true) { [passwords] in
            try passwords.holds(current, for: account.passwordHash)
        }
        guard holds else { throw Refusal(.invalid, "people.refusal.currentPassword", field: "current") }
        try await database.unattended(.throttle) { tx in
            try PeopleAttemptStore.giveBack([bucket].compactMap { $0 }, at: taken, tx)
            return Receipt()
        }
    }

    /// Slow work behind everybody who waits at the door.
    func slowly<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await line.run(isKnown: true, work)
    }

    /// A session, or, where a telephone's code is asked for, the pause before it.
    private func admit(
        _ person: ID, _ token: PeopleToken, _ device: PeopleToken, _ visit: Visit, next: String, flash: String?,
        _ tx: Transaction
    ) throws -> Receipt {
        if try PeopleSecondStepStore.isOn(person, tx), let account = try PeopleAccountStore.account(of: person, tx) {
            if let former = visit.former { try PeopleSessionStore.end(former, now: tx.now, tx) }
            try PeopleSignInStep.open(
                token, for: account, next: next, isOwnDevice: visit.isOwnDevice, now: tx.now, tx)
            tx.note("session.step", to: "\(person)")
            return Receipt(location: "/sign-in/code")
        }
        try open(token, device, for: person, visit, tx)
        tx.note("session.begin", to: "\(person)")
        return Receipt(location: next, flash: flash)
    }

    private func buckets(
        _ name: String, _ account: PeopleAccountStore.Account?, _ isKnown: Bool, _ visit: Visit
    ) -> [PeopleAttemptStore.Bucket] {
        if isKnown, let known = visit.known, let account { return [.device(known, of: account.person)] }
        return [.source(visit.source), .account(PeopleSignInName(name)?.text ?? name)]
    }

    /// Counts before anything is looked at; durable before the answer, so a restart gives no guesses back.
    func take(_ buckets: [PeopleAttemptStore.Bucket], _ database: Database) async throws -> Instant {
        try await database.unattended(
            .throttle,
            giving: { tx in
                try PeopleAttemptStore.take(buckets, now: tx.now, tx)
                return tx.now
            })
    }

    /// The password's hash at today's cost, when the kept one was made with less.
    private func rehashed(_ password: String, _ account: PeopleAccountStore.Account) async throws -> String? {
        guard let kept = account.passwordHash, passwords.isOutdated(kept) else { return nil }
        let salt = secrets.bytes(16)
        return try await line.run(isKnown: true) { [passwords] in try passwords.hash(password, salt: salt) }
    }

    func open(
        _ token: PeopleToken, _ device: PeopleToken, for person: ID, _ visit: Visit, _ tx: Transaction
    ) throws {
        if let former = visit.former { try PeopleSessionStore.end(former, now: tx.now, tx) }
        try PeopleSessionStore.open(
            token, person: person, id: tx.ids.next(), csrfSecret: secrets.bytes(16), isOwnDevice: visit.isOwnDevice,
            device: visit.device, known: device, now: tx.now, tx)
        try PeopleSessionStore.remember(device, for: person, now: tx.now, tx)
    }
}

/// The line before the slow hash. Two are computed at once; strangers wait up to a number and are then sent away for
/// a moment, while browsers that are known always find room: many guesses may not close the door to everybody.
final class PeopleHashLine: Sendable {
    private let strangers = Mutex(0)
    static let most = 24

    func run<Answer: Sendable>(
        isKnown: Bool, _ work: @escaping @Sendable () throws -> Answer
    ) async throws -> Answer {
        if isKnown { return try await SlowWork.run(work) }
        let hasRoom = strangers.withLock { waiting in
            guard waiting < PeopleHashLine.most else { return false }
            waiting += 1
            return true
        }
        guard hasRoom else { throw Refusal(.unavailable, "people.refusal.busy") }
        defer { strangers.withLock { $0 -= 1 } }
        return try await SlowWork.run(work)
    }
}
