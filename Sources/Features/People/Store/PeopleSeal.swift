import Core
import Crypto
import Database

/// The lock on what the database must not tell by itself: the secrets of telephones, which a server must be able to
/// read again (RFC 6238) and so cannot keep as a hash. Whoever gets hold of the database or of a backup alone cannot
/// make a code of them: the key lies in a file beside it.
///
/// AES-256-GCM; the person's id is bound in, so that a sealed secret means nothing in another account's row.
package struct PeopleSeal: Sendable {
    /// Bytes of a key.
    package static let keyLength = 32

    /// The key is not there: nothing can be sealed, nothing sealed be read. Sheets of recovery codes still open.
    package static let missing = PeopleSeal(key: [])

    private let key: SymmetricKey?

    /// - Parameter key: `keyLength` bytes; of any other length it counts as missing.
    package init(key: [UInt8]) {
        self.key = key.count == PeopleSeal.keyLength ? SymmetricKey(data: key) : nil
    }

    package var isMissing: Bool { key == nil }

    /// - Parameter nonce: twelve bytes that were never used before.
    /// - Throws: `.conflict` when the key is missing.
    func sealed(_ secret: [UInt8], of person: ID, nonce: [UInt8]) throws(Refusal) -> [UInt8] {
        guard let key,
            let box = try? AES.GCM.seal(
                secret, using: key, nonce: AES.GCM.Nonce(data: nonce), authenticating: person.bytes),
            let combined = box.combined
        else { throw Refusal(.conflict, "people.refusal.keyMissingSetUp") }
        return Array(combined)
    }

    /// Nil when the key is missing or another one, and for what was sealed for somebody else or never sealed.
    func opened(_ sealed: [UInt8], of person: ID) -> [UInt8]? {
        // Why it does not open makes no difference to what can be done about it.
        guard let key, let box = try? AES.GCM.SealedBox(combined: sealed),
            let secret = try? AES.GCM.open(box, using: key, authenticating: person.bytes)
        else { return nil }
        return Array(secret)
    }
}

extension PeopleStore {
    /// Whether a key was ever needed: then a missing one must be found, and a new one would open nothing.
    package static func holdsSealedSecrets(_ reader: any Reader) throws -> Bool {
        try reader.first("SELECT person_id FROM totp WHERE length(secret) > 20 LIMIT 1") != nil
    }

    /// Whether this is the key of what lies here sealed.
    package static func opens(_ seal: PeopleSeal, _ reader: any Reader) throws -> Bool {
        try reader.rows("SELECT person_id, secret FROM totp ORDER BY person_id LIMIT 20").contains { row in
            try seal.opened(row.bytes("secret"), of: row.id("person_id")) != nil
        }
    }

    /// Forgets every telephone and every sheet of recovery codes, when what sealed them is lost.
    ///
    /// - Returns: how many telephones there were.
    package static func forgetSecondSteps(_ tx: Transaction) throws -> Int {
        try tx.execute("DELETE FROM recovery_code")
        try tx.execute("DELETE FROM sign_in_step")
        let count = try tx.execute("DELETE FROM totp")
        tx.note("secondStep.forgetAll", to: "\(count)")
        return count
    }

    /// Seals the secrets that an earlier program kept as they are, at the start of the server.
    ///
    /// - Returns: how many there were.
    package static func sealSecrets(
        _ seal: PeopleSeal, _ secrets: SecretSource, _ database: Database
    ) async throws -> Int {
        let open: SQL = "SELECT person_id, secret FROM totp WHERE length(secret) = 20 ORDER BY person_id LIMIT 10000"
        guard !seal.isMissing, try await database.read({ try $0.first(open) != nil }) else { return 0 }
        return try await database.unattended(
            .commandLine,
            giving: { tx in
                let rows = try tx.rows(open)
                for row in rows {
                    let person = try row.id("person_id")
                    let sealed = try seal.sealed(row.bytes("secret"), of: person, nonce: secrets.bytes(12))
                    try tx.execute("UPDATE totp SET secret = \(sealed) WHERE person_id = \(person)")
                }
                tx.note("secondStep.seal", to: "\(rows.count)")
                return rows.count
            })
    }
}
