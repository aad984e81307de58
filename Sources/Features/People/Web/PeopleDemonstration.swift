import Core
import Crypto
import Database
import Synchronization
import Web

/// The demonstration's own doors: signing in as one of the cast, and moving the day. They are there only in a
/// database that is marked a demonstration; anywhere else nothing hints at them.
struct PeopleDemonstration: Sendable {
    /// Secret of this process: links of before a restart are worth nothing.
    private let key: SymmetricKey
    private let secrets: SecretSource
    private let used = PeopleUsedLinks()
    let moveDay: @Sendable (Day) -> Void

    /// How long a link of the cast list can be used, by the process's own count of uses and by its clock.
    static let validity = Duration.hours(12)

    init(secrets: SecretSource, moveDay: @escaping @Sendable (Day) -> Void) {
        key = SymmetricKey(data: secrets.bytes(32))
        self.secrets = secrets
        self.moveDay = moveDay
    }

    /// Whether this database says of itself that it is a demonstration.
    static func isMarked(_ reader: any Reader) throws -> Bool {
        try reader.first("SELECT value FROM installation WHERE name = 'demonstration'") != nil
    }

    /// A link to sign in as somebody, once. It is signed, so nothing is written down to make it.
    func token(for person: ID, now: Instant) -> String {
        let nonce = ID(bytes: secrets.bytes(16)) ?? person
        return signed(person, until: now + PeopleDemonstration.validity, nonce)
    }

    /// Whom a link is for; `NotFound` when it was made elsewhere, is too old or used up.
    func person(of token: String, now: Instant) throws -> ID {
        let parts = try parts(token)
        guard parts.until > now, !used.contains(parts.nonce) else { throw NotFound() }
        return parts.person
    }

    /// Uses a link up. `NotFound` for the second who tries.
    func use(_ token: String) throws {
        guard used.insert(try parts(token).nonce) else { throw NotFound() }
    }

    private func parts(_ token: String) throws -> (person: ID, until: Instant, nonce: ID) {
        let parts = token.split(separator: ".")
        guard parts.count == 4, let person = ID(parts[0]), let until = Int64(parts[1]), let nonce = ID(parts[2]) else {
            throw NotFound()
        }
        guard let sent = Hex.bytes(parts[3]),
            HMAC<SHA256>.isValidAuthenticationCode(
                sent, authenticating: Array("\(person).\(until).\(nonce)".utf8), using: key)
        else { throw NotFound() }
        return (person, Instant(milliseconds: until), nonce)
    }

    private func signed(_ person: ID, until: Instant, _ nonce: ID) -> String {
        let text = "\(person).\(until.milliseconds).\(nonce)"
        let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
        return text + "." + Hex.text(code)
    }

    /// Whether a request came from this very machine. Behind a proxy the proxy says where from.
    static func isLocal(_ source: String) -> Bool { ["127.0.0.1", "::1", "local"].contains(source) }
}

/// The links that were used, as long as this process lives.
private final class PeopleUsedLinks: Sendable {
    private let nonces = Mutex<Set<ID>>([])

    func contains(_ nonce: ID) -> Bool { nonces.withLock { $0.contains(nonce) } }

    /// False when it was there before.
    func insert(_ nonce: ID) -> Bool { nonces.withLock { $0.insert(nonce).inserted } }
}
