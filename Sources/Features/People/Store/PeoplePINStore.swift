import Core
import Database

/// Telephones on which six digits stand for the password. One person for one device.
enum PeoplePINStore {
    struct Enrolment: Sendable {
        let person: ID
        let name: String
        let pinHash: String
        let tries: Int
    }

    /// Who may sign in with a PIN on this device; nil on all others, and when the account is closed.
    static func enrolment(_ device: PeopleToken?, _ reader: any Reader) throws -> Enrolment? {
        guard let device,
            let row = try reader.first(
                """
                SELECT d.person_id, p.name, d.pin_hash, d.tries FROM device_pin d JOIN person p ON p.id = d.person_id
                JOIN account a ON a.person_id = d.person_id AND a.disabled_at IS NULL
                WHERE d.device_hash = \(device.hash)
                """)
        else { return nil }
        return Enrolment(
            person: try row.id("person_id"), name: try row.text("name"), pinHash: try row.text("pin_hash"),
            tries: try row.integer("tries"))
    }

    static func enrol(_ device: PeopleToken, person: ID, pinHash: String, now: Instant, _ tx: any Writer) throws {
        try tx.execute(
            """
            INSERT INTO device_pin (device_hash, person_id, pin_hash, tries, set_at)
            VALUES (\(device.hash), \(person), \(pinHash), 0, \(now))
            ON CONFLICT (device_hash) DO UPDATE SET person_id = excluded.person_id, pin_hash = excluded.pin_hash,
                tries = 0, set_at = excluded.set_at
            """)
    }

    /// Counts a try before it is looked at. The one after the fifth wrong one finds the device forgotten.
    ///
    /// - Returns: how many tries are counted now; nil when the device is not enrolled, or no longer.
    static func take(_ device: PeopleToken, _ tx: any Writer) throws -> Int? {
        guard let row = try tx.first("SELECT tries FROM device_pin WHERE device_hash = \(device.hash)") else {
            return nil
        }
        let tries = try row.integer("tries") + 1
        guard tries <= PeoplePIN.tries else {
            try forget(device, tx)
            return nil
        }
        try tx.execute("UPDATE device_pin SET tries = \(tries) WHERE device_hash = \(device.hash)")
        return tries
    }

    static func giveBack(_ device: PeopleToken, _ tx: any Writer) throws {
        try tx.execute("UPDATE device_pin SET tries = 0 WHERE device_hash = \(device.hash)")
    }

    static func forget(_ device: PeopleToken, _ tx: any Writer) throws {
        try tx.execute("DELETE FROM device_pin WHERE device_hash = \(device.hash)")
    }

    /// The devices of a person that have a PIN.
    static func count(of person: ID, _ reader: any Reader) throws -> Int {
        try reader.one("SELECT count(*) AS n FROM device_pin WHERE person_id = \(person)").integer("n")
    }
}
