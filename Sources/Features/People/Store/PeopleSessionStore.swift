import Core
import Database

/// A session as its owner sees it in the list of devices.
struct PeopleSession: Sendable, Equatable {
    let id: ID
    let device: PeopleDevice
    let isOwnDevice: Bool
    let createdAt: Instant
    let lastSeenAt: Instant
    let expiresAt: Instant
}

/// Sessions and the browsers that are known again.
enum PeopleSessionStore {
    static func open(
        _ token: PeopleToken, person: ID, id: ID, csrfSecret: [UInt8], isOwnDevice: Bool, device: PeopleDevice,
        known: PeopleToken? = nil, now: Instant, _ tx: any Writer
    ) throws {
        try tx.execute(
            """
            INSERT INTO session (id, token_hash, person_id, csrf_secret, is_own_device, created_at, last_seen_at,
                                 expires_at, ended_at, device, device_hash)
            VALUES (\(id), \(token.hash), \(person), \(csrfSecret), \(isOwnDevice), \(now), \(now),
                    \(now + PeopleSessionTerm.absolute), \(Instant?.none), \(device.text),
                    \(known?.hash))
            """)
        // Sessions long over are nobody's any more: what is kept about a person is kept for a reason.
        try tx.execute(
            """
            DELETE FROM session WHERE person_id = \(person) AND expires_at < \(now - PeopleSessionTerm.absolute)
            """)
    }

    /// The sessions of a person that can still be used, the last used first.
    static func alive(of person: ID, now: Instant, _ reader: any Reader) throws -> [PeopleSession] {
        try reader.rows(
            """
            SELECT id, device, is_own_device, created_at, last_seen_at, expires_at FROM session
            WHERE person_id = \(person) AND ended_at IS NULL AND expires_at > \(now)
            ORDER BY last_seen_at DESC, id
            """
        ).map { row in
            PeopleSession(
                id: try row.id("id"), device: PeopleDevice(text: try row.text("device")),
                isOwnDevice: try row.flag("is_own_device"), createdAt: try row.instant("created_at"),
                lastSeenAt: try row.instant("last_seen_at"), expiresAt: try row.instant("expires_at"))
        }.filter { session in
            PeopleSessionTerm.term(isOwnDevice: session.isOwnDevice)
                .isAlive(lastSeen: session.lastSeenAt, expires: session.expiresAt, now: now)
        }
    }

    /// Forgets the browser of a session that its owner signs out from elsewhere: with a lost telephone its PIN goes.
    static func forgetDevice(of session: ID, of person: ID, _ tx: any Writer) throws {
        let device: SQL = "(SELECT device_hash FROM session WHERE id = \(session) AND person_id = \(person))"
        try tx.execute("DELETE FROM device_pin WHERE person_id = \(person) AND device_hash = \(device)")
        try tx.execute("DELETE FROM known_device WHERE person_id = \(person) AND device_hash = \(device)")
    }

    /// Ends one session of a person. Answers whether it was theirs and not ended before.
    @discardableResult
    static func end(_ session: ID, of person: ID, now: Instant, _ tx: any Writer) throws -> Bool {
        try tx.execute(
            """
            UPDATE session SET ended_at = \(now) WHERE id = \(session) AND person_id = \(person) AND ended_at IS NULL
            """) == 1
    }

    /// Ends the session of a token, whoever's it is: the browser signs in anew or out.
    static func end(_ token: PeopleToken, now: Instant, _ tx: any Writer) throws {
        try tx.execute(
            """
            UPDATE session SET ended_at = \(now) WHERE token_hash = \(token.hash) AND ended_at IS NULL
            """)
    }

    /// Ends all sessions of a person but one, and forgets the browsers that were known, but one.
    ///
    /// - Returns: how many sessions ended.
    @discardableResult
    static func endAll(
        of person: ID, except kept: ID? = nil, keeping device: PeopleToken? = nil, now: Instant, _ tx: any Writer
    ) throws -> Int {
        let others: SQL = kept.map { "AND id <> \($0)" } ?? .empty
        let elsewhere: SQL = device.map { "AND device_hash <> \($0.hash)" } ?? .empty
        try tx.execute("DELETE FROM known_device WHERE person_id = \(person) \(elsewhere)")
        try tx.execute("DELETE FROM device_pin WHERE person_id = \(person) \(elsewhere)")
        try tx.execute("DELETE FROM sign_in_step WHERE person_id = \(person)")
        return try tx.execute(
            """
            UPDATE session SET ended_at = \(now) WHERE person_id = \(person) AND ended_at IS NULL \(others)
            """)
    }

    static func isKnown(_ device: PeopleToken, to person: ID, _ reader: any Reader) throws -> Bool {
        try reader.first(
            """
            SELECT person_id FROM known_device WHERE person_id = \(person) AND device_hash = \(device.hash)
            """) != nil
    }

    static func remember(_ device: PeopleToken, for person: ID, now: Instant, _ tx: any Writer) throws {
        try tx.execute(
            """
            INSERT INTO known_device (person_id, device_hash, last_seen_at) VALUES (\(person), \(device.hash), \(now))
            ON CONFLICT (person_id, device_hash) DO UPDATE SET last_seen_at = excluded.last_seen_at
            """)
        try tx.execute(
            """
            DELETE FROM known_device WHERE person_id = \(person) AND last_seen_at < \(now - .days(400))
            """)
    }
}
