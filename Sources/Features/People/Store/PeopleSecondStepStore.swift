import Core
import Database

/// The telephone's secret, the sheet of recovery codes, and the pause between password and code.
enum PeopleSecondStepStore {
    struct Secret: Sendable {
        let person: ID
        /// As it lies in the table.
        let sealed: [UInt8]
        /// Nil while it is being set up.
        let confirmedAt: Instant?
        let lastStep: Int64

        /// Nil when the key is missing or another one.
        func totp(_ seal: PeopleSeal) -> PeopleTOTP? { seal.opened(sealed, of: person).map(PeopleTOTP.init(secret:)) }
    }

    static func secret(of person: ID, _ reader: any Reader) throws -> Secret? {
        try reader.first("SELECT secret, confirmed_at, last_step FROM totp WHERE person_id = \(person)").map { row in
            Secret(
                person: person, sealed: try row.bytes("secret"), confirmedAt: try row.optionalInstant("confirmed_at"),
                lastStep: Int64(try row.integer("last_step")))
        }
    }

    static func isOn(_ person: ID, _ reader: any Reader) throws -> Bool {
        try secret(of: person, reader)?.confirmedAt != nil
    }

    /// A new secret that counts once it was confirmed. One that counts already stays.
    static func begin(sealed: [UInt8], for person: ID, now: Instant, _ tx: any Writer) throws {
        try tx.execute("DELETE FROM totp WHERE person_id = \(person) AND confirmed_at IS NULL")
        try tx.execute(
            """
            INSERT INTO totp (person_id, secret, made_at, confirmed_at, last_step)
            VALUES (\(person), \(sealed), \(now), \(Instant?.none), 0) ON CONFLICT (person_id) DO NOTHING
            """)
    }

    /// From now on the code is asked for. False when it was confirmed before or the secret is another one by now.
    static func confirm(_ secret: Secret, step: Int64, of person: ID, now: Instant, _ tx: any Writer) throws -> Bool {
        try tx.execute(
            """
            UPDATE totp SET confirmed_at = \(now), last_step = \(Int(step))
            WHERE person_id = \(person) AND confirmed_at IS NULL AND secret = \(secret.sealed)
            """) == 1
    }

    /// Uses a step up. False when it, or a later one, was used before.
    static func use(step: Int64, of person: ID, _ tx: any Writer) throws -> Bool {
        try tx.execute(
            """
            UPDATE totp SET last_step = \(Int(step))
            WHERE person_id = \(person) AND confirmed_at IS NOT NULL AND last_step < \(Int(step))
            """) == 1
    }

    /// Forgets telephone and sheet.
    static func remove(of person: ID, _ tx: any Writer) throws {
        try tx.execute("DELETE FROM recovery_code WHERE person_id = \(person)")
        try tx.execute("DELETE FROM sign_in_step WHERE person_id = \(person)")
        try tx.execute("DELETE FROM totp WHERE person_id = \(person)")
    }

    static func setRecoveryCodes(_ hashes: [[UInt8]], of person: ID, _ tx: any Writer) throws {
        try tx.execute("DELETE FROM recovery_code WHERE person_id = \(person)")
        for (index, hash) in hashes.enumerated() {
            try tx.execute(
                """
                INSERT INTO recovery_code (person_id, number, code_hash, used_at)
                VALUES (\(person), \(index + 1), \(hash), \(Instant?.none))
                """)
        }
    }

    static func recoveryCodesLeft(of person: ID, _ reader: any Reader) throws -> Int {
        try reader.one(
            "SELECT count(*) AS n FROM recovery_code WHERE person_id = \(person) AND used_at IS NULL"
        ).integer("n")
    }

    /// Uses a code of the sheet up. False when there is no such code, or it was used.
    static func use(recoveryHash: [UInt8], of person: ID, now: Instant, _ tx: any Writer) throws -> Bool {
        try tx.execute(
            """
            UPDATE recovery_code SET used_at = \(now)
            WHERE person_id = \(person) AND code_hash = \(recoveryHash) AND used_at IS NULL
            """) == 1
    }
}

/// Somebody who has given the password and not yet the code.
struct PeopleSignInStep: Sendable {
    let person: ID
    let accountRevision: Int
    let next: String
    let isOwnDevice: Bool

    static func open(
        _ token: PeopleToken, for account: PeopleAccountStore.Account, next: String, isOwnDevice: Bool, now: Instant,
        _ tx: any Writer
    ) throws {
        try tx.execute("DELETE FROM sign_in_step WHERE expires_at <= \(now)")
        try tx.execute(
            """
            INSERT INTO sign_in_step (token_hash, person_id, account_revision, next, is_own_device, expires_at)
            VALUES (\(token.hash), \(account.person), \(account.revision), \(next), \(isOwnDevice),
                    \(now + PeopleSecondStep.validity))
            """)
    }

    static func find(_ token: PeopleToken?, now: Instant, _ reader: any Reader) throws -> PeopleSignInStep? {
        guard let token,
            let row = try reader.first(
                """
                SELECT person_id, account_revision, next, is_own_device FROM sign_in_step
                WHERE token_hash = \(token.hash) AND expires_at > \(now)
                """)
        else { return nil }
        return PeopleSignInStep(
            person: try row.id("person_id"), accountRevision: try row.integer("account_revision"),
            next: try row.text("next"), isOwnDevice: try row.flag("is_own_device"))
    }

    static func close(_ token: PeopleToken, _ tx: any Writer) throws {
        try tx.execute("DELETE FROM sign_in_step WHERE token_hash = \(token.hash)")
    }
}
