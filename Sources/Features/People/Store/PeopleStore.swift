import Core
import Database

/// Persons, accounts and roles as other features, seeds and tests use them.
///
/// The adding functions take a bare `Writer`, because there is no permit yet where they are used outside this
/// feature: the first administrator, seeds, imports. Routes of this feature call them from the effect of a permit.
package enum PeopleStore {
    /// Adds a person. The name is kept as typed but for its spaces; sort and search keys are made here.
    ///
    /// - Throws: `Refusal` for a name that is empty or longer than 200 letters.
    package static func addPerson(
        _ id: ID, name: String, birthYear: Int? = nil, phone: String? = nil, isInvented: Bool = false,
        _ tx: any Writer
    ) throws {
        let name = VietnameseText.tidied(name)
        guard (1...200).contains(name.count) else { throw Refusal(.invalid, "people.refusal.name", field: "name") }
        try tx.execute(
            """
            INSERT INTO person (id, name, sort_key, search_key, birth_year, phone, is_invented, revision)
            VALUES (\(id), \(name), \(VietnameseOrder.personSortKey(of: name)), \(VietnameseText.searchKey(of: name)),
                    \(birthYear), \(phone), \(isInvented), 1)
            """)
    }

    /// Gives a person an account. Without a password hash it waits for an activation slip.
    ///
    /// - Parameter signInName: nil takes the person's name. It is folded; when it is taken, a number is put behind it.
    /// - Returns: the name by which the person signs in.
    @discardableResult
    package static func addAccount(
        person: ID, signInName: String? = nil, passwordHash: String? = nil, mustChange: Bool = false,
        _ tx: any Writer
    ) throws -> String {
        let wanted = try PeopleSignInName(signInName ?? name(of: person, tx)) ?? PeopleSignInName.fallback
        let free = try freeName(wanted, tx)
        try tx.execute(
            """
            INSERT INTO account (person_id, sign_in_name, password_hash, must_change, disabled_at, revision)
            VALUES (\(person), \(free.text), \(passwordHash), \(mustChange), \(Instant?.none), 1)
            """)
        return free.text
    }

    private static func freeName(_ wanted: PeopleSignInName, _ tx: any Writer) throws -> PeopleSignInName {
        var number = 1
        while true {
            let candidate = wanted.numbered(number)
            if try tx.first("SELECT person_id FROM account WHERE sign_in_name = \(candidate.text)") == nil {
                return candidate
            }
            number += 1
        }
    }

    /// Gives a person a role in the name of an organisation over a territory, for a term.
    ///
    /// - Parameters:
    ///   - standsFor: the office that is handed over for a while (delegation).
    ///   - helps: the office of the head whom a helper types for.
    package static func addRole(
        _ id: ID, person: ID, role: Role, organisation: ID, territory: ID, from: Day, until: Day? = nil,
        assignedBy: ID? = nil, standsFor: ID? = nil, helps: ID? = nil, _ tx: any Writer
    ) throws {
        try tx.execute(
            """
            INSERT INTO role_assignment (id, person_id, role, organisation_id, territory_id, valid_from, valid_until,
                                         version, assigned_by, stands_for, helps)
            VALUES (\(id), \(person), \(role.rawValue), \(organisation), \(territory), \(from), \(until), 1,
                    \(assignedBy), \(standsFor), \(helps))
            """)
        try PeopleSearch.add(person, in: territory, tx)
    }

    /// Ends a role; every permit that stands on it no longer holds.
    ///
    /// - Parameters:
    ///   - day: the first day on which it is no longer held. A day before it began takes it back altogether.
    ///   - version: the version that was looked at; nil ends it whatever its version.
    /// - Throws: a conflict when the role changed meanwhile or is not there.
    package static func endRole(_ id: ID, on day: Day, version: Int? = nil, _ tx: any Writer) throws {
        let fits: SQL = version.map { "AND version = \($0)" } ?? .empty
        let touched = try tx.execute(
            """
            UPDATE role_assignment SET version = version + 1,
                valid_until = CASE WHEN valid_from > \(day) THEN valid_from ELSE \(day) END
            WHERE id = \(id) \(fits)
            """)
        guard touched == 1 else { throw Refusal(.conflict, "web.refusal.movedMeanwhile") }
        // What hangs on an office ends with it: whoever stands in for it, and whoever types for it.
        try tx.execute(
            """
            UPDATE role_assignment SET version = version + 1,
                valid_until = CASE WHEN valid_from > \(day) THEN valid_from ELSE \(day) END
            WHERE (stands_for = \(id) OR helps = \(id)) AND (valid_until IS NULL OR valid_until > \(day))
            """)
    }

    /// The person's name.
    package static func name(of person: ID, _ reader: any Reader) throws -> String {
        try reader.one("SELECT name FROM person WHERE id = \(person)").text("name")
    }

    /// Names by id, for lists of acts; unknown ids are absent.
    package static func names(of people: [ID], _ reader: any Reader) throws -> [ID: String] {
        var names: [ID: String] = [:]
        for row in try reader.rows("SELECT id, name FROM person WHERE id IN (\(SQL.list(people)))") {
            names[try row.id("id")] = try row.text("name")
        }
        return names
    }

    /// A person without asking who looks: for one's own pages, seeds and commands.
    ///
    /// - Parameter today: the day on which roles are looked at to tell where the person stands.
    package static func person(_ id: ID, today: Day, _ reader: any Reader) throws -> Person {
        let row = try reader.one(
            "SELECT id, name, birth_year, phone, is_invented, revision FROM person WHERE id = \(id)")
        return Person(
            id: try row.id("id"), name: try row.text("name"), birthYear: try row.optionalInteger("birth_year"),
            phone: try row.optionalText("phone"), isInvented: try row.flag("is_invented"),
            revision: try row.integer("revision"),
            place: try PeoplePlaceStore.place(ofPerson: id, today: today, reader))
    }

    /// A person who holds or held a role somewhere that this person may see; `NotFound` otherwise.
    package static func person(_ id: ID, seenBy sight: Sight, today: Day, _ reader: any Reader) throws -> Person {
        if id != sight.person {
            _ = try reader.one(
                """
                SELECT r.id FROM role_assignment r WHERE r.person_id = \(id) AND \(sight.covers("r.territory_id"))
                LIMIT 1
                """)
        }
        return try person(id, today: today, reader)
    }

    /// Who holds a role on a day over exactly this territory, by given name.
    package static func peopleWithRole(
        _ role: Role, territory: ID, on day: Day, _ reader: any Reader
    ) throws -> [PersonName] {
        try reader.rows(
            """
            SELECT DISTINCT p.id, p.name, p.sort_key FROM role_assignment r JOIN person p ON p.id = r.person_id
            WHERE r.territory_id = \(territory) AND r.role = \(role.rawValue) AND \(holds("r", on: day))
            ORDER BY p.sort_key, p.id
            """
        ).map { PersonName(id: try $0.id("id"), name: try $0.text("name")) }
    }

    /// Who acts for an organisation on a day, with the role, by given name.
    package static func people(
        of organisation: ID, on day: Day, _ reader: any Reader
    ) throws -> [(person: PersonName, role: Role)] {
        try reader.rows(
            """
            SELECT p.id, p.name, r.role FROM role_assignment r JOIN person p ON p.id = r.person_id
            WHERE r.organisation_id = \(organisation) AND \(holds("r", on: day)) ORDER BY p.sort_key, p.id, r.id
            """
        ).compactMap { row in
            guard let role = Role(rawValue: try row.text("role")) else { return nil }
            return (PersonName(id: try row.id("id"), name: try row.text("name")), role)
        }
    }

    /// Opens a session without asking for a password: seeds, tests and the demonstration's sign-in list.
    ///
    /// - Returns: the token as it stands in the cookie; only its SHA-256 is kept.
    package static func openSession(
        _ person: ID, now: Instant, _ tx: Transaction, secrets: SecretSource = .system, isOwnDevice: Bool = true,
        device: PeopleDevice = .unknown
    ) throws -> String {
        let token = PeopleToken(secrets)
        try PeopleSessionStore.open(
            token, person: person, id: tx.ids.next(), csrfSecret: secrets.bytes(16), isOwnDevice: isOwnDevice,
            device: device, now: now, tx)
        return token.text
    }

    /// The condition that a role holds on a day.
    package static func holds(_ alias: StaticString, on day: Day) -> SQL {
        let r = SQL(name: alias)
        return "(\(r).valid_from <= \(day) AND (\(r).valid_until IS NULL OR \(r).valid_until > \(day)))"
    }
}

extension PeopleStore {
    /// Gives an account a second step that counts at once, without asking for its first code: tests.
    ///
    /// - Parameter secret: twenty bytes.
    package static func addSecondStep(
        _ secret: [UInt8], of person: ID, sealedBy seal: PeopleSeal, now: Instant, _ tx: any Writer
    ) throws {
        let sealed = try seal.sealed(secret, of: person, nonce: Array(person.bytes.suffix(12)))
        try tx.execute(
            """
            INSERT INTO totp (person_id, secret, made_at, confirmed_at, last_step)
            VALUES (\(person), \(sealed), \(now), \(now), 0)
            """)
    }

    /// Whether somebody with this office must have a second step, outside of a demonstration.
    package static func needsSecondStep(_ role: Role) -> Bool { PeopleSecondStep.required.contains(role) }

    /// Writes down an activation slip for whoever runs the machine; officers issue theirs through the pages.
    ///
    /// - Parameter codeHash: `PeoplePasswords.hash` of the code, which itself is never kept.
    package static func addSlip(_ id: ID, codeHash: [UInt8], person: ID, _ tx: Transaction) throws {
        try PeopleAccountStore.issueSlip(id, codeHash: codeHash, person: person, by: nil, now: tx.now, tx)
    }
}
