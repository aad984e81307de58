import Core
import Database

/// Accounts as this feature's own pages need them.
enum PeopleAccountStore {
    struct Account: Sendable {
        let person: ID
        let name: String
        let signInName: String
        let passwordHash: String?
        let mustChange: Bool
        let disabledAt: Instant?
        /// Moves with the password and with closing and opening.
        let revision: Int
    }

    private static let columns: SQL = """
        SELECT a.person_id, p.name, a.sign_in_name, a.password_hash, a.must_change, a.disabled_at, a.revision
        FROM account a JOIN person p ON p.id = a.person_id
        """

    static func account(named name: PeopleSignInName, _ reader: any Reader) throws -> Account? {
        try reader.first("\(columns) WHERE a.sign_in_name = \(name.text)").map(account)
    }

    static func account(of person: ID, _ reader: any Reader) throws -> Account? {
        try reader.first("\(columns) WHERE a.person_id = \(person)").map(account)
    }

    private static func account(_ row: Row) throws -> Account {
        Account(
            person: try row.id("person_id"), name: try row.text("name"), signInName: try row.text("sign_in_name"),
            passwordHash: try row.optionalText("password_hash"), mustChange: try row.flag("must_change"),
            disabledAt: try row.optionalInstant("disabled_at"), revision: try row.integer("revision"))
    }

    static func setPassword(_ hash: String, of person: ID, _ tx: any Writer) throws {
        try tx.execute(
            """
            UPDATE account SET password_hash = \(hash), must_change = \(false), revision = revision + 1
            WHERE person_id = \(person)
            """)
    }

    /// The same password at today's cost. The revision stays: nothing changed for anybody.
    static func setRenewedHash(_ hash: String, of person: ID, _ tx: any Writer) throws {
        try tx.execute("UPDATE account SET password_hash = \(hash) WHERE person_id = \(person)")
    }

    static func setDisabled(_ at: Instant?, of person: ID, _ tx: any Writer) throws {
        try tx.execute(
            """
            UPDATE account SET disabled_at = \(at), revision = revision + 1 WHERE person_id = \(person)
            """)
    }

    /// Writes a new slip down; slips handed out before no longer count.
    static func issueSlip(
        _ id: ID, codeHash: [UInt8], person: ID, by issuer: ID?, now: Instant, _ tx: any Writer
    ) throws {
        try tx.execute(
            """
            UPDATE activation_slip SET expires_at = \(now)
            WHERE person_id = \(person) AND used_at IS NULL AND expires_at > \(now)
            """)
        try tx.execute(
            """
            INSERT INTO activation_slip (id, person_id, code_hash, issued_by, issued_at, expires_at, used_at)
            VALUES (\(id), \(person), \(codeHash), \(issuer), \(now), \(now + PeopleSlipCode.validity),
                    \(Instant?.none))
            """)
    }

    /// The slip of a code that can be used now, with whose account it opens.
    static func slip(codeHash: [UInt8], now: Instant, _ reader: any Reader) throws -> (slip: ID, account: Account)? {
        let row = try reader.first(
            """
            SELECT s.id, s.person_id FROM activation_slip s JOIN account a ON a.person_id = s.person_id
            WHERE s.code_hash = \(codeHash) AND s.used_at IS NULL AND s.expires_at > \(now) AND a.disabled_at IS NULL
            """)
        guard let row, let account = try account(of: try row.id("person_id"), reader) else { return nil }
        return (try row.id("id"), account)
    }

    /// Uses a slip up. False when somebody was faster or its time is over.
    static func useSlip(_ slip: ID, now: Instant, _ tx: any Writer) throws -> Bool {
        try tx.execute(
            """
            UPDATE activation_slip SET used_at = \(now)
            WHERE id = \(slip) AND used_at IS NULL AND expires_at > \(now)
            """) == 1
    }

    /// The slip of a person that can still be used, with who handed it out.
    static func openSlip(of person: ID, now: Instant, _ reader: any Reader) throws -> PeoplePersonOutput.Slip? {
        try reader.first(
            """
            SELECT s.issued_at, s.expires_at, p.name FROM activation_slip s LEFT JOIN person p ON p.id = s.issued_by
            WHERE s.person_id = \(person) AND s.used_at IS NULL AND s.expires_at > \(now)
            ORDER BY s.issued_at DESC LIMIT 1
            """
        ).map { row in
            PeoplePersonOutput.Slip(
                issuedAt: try row.instant("issued_at"), expiresAt: try row.instant("expires_at"),
                by: try row.optionalText("name"))
        }
    }
}
