import Core
import Database
import Organisation

/// Somebody who stands in for an office, or types for it, with the term.
struct PeopleStandIn: Encodable, Sendable {
    let person: PersonName
    let office: PeopleRoleLine

    static var sample: PeopleStandIn {
        PeopleStandIn(person: PersonName(id: PeopleRoleLine.sample.id, name: "Mai Loan"), office: .sample)
    }
}

/// Offices handed over for a while, and helpers.
enum PeopleDelegationStore {
    /// Whoever stands in for this person's offices now or later.
    static func given(by person: ID, today: Day, _ reader: any Reader) throws -> [PeopleStandIn] {
        try PeopleRoleStore.standIns("g.person_id = \(person)", today: today, reader).filter {
            $0.office.state != .ended
        }
    }

    /// Whoever types for this person now.
    static func helpers(of person: ID, today: Day, _ reader: any Reader) throws -> [PeopleStandIn] {
        try PeopleRoleStore.standIns("h.person_id = \(person)", today: today, reader).filter {
            $0.office.state != .ended
        }
    }

    /// The terms for which an office has been handed over and not taken back.
    static func terms(of office: ID, today: Day, _ reader: any Reader) throws -> [Period] {
        try reader.rows(
            """
            SELECT valid_from, valid_until FROM role_assignment
            WHERE stands_for = \(office) AND (valid_until IS NULL OR valid_until > \(today))
            """
        ).compactMap { Period(from: try $0.day("valid_from"), until: try $0.optionalDay("valid_until")) }
    }

    /// Colleagues to whom an office can be handed: people with an account and an office of their own on the unit, on
    /// the commune above it, or below. Names of officers are public, so there is no Sight.
    static func colleagues(
        at territory: ID, words: [String], except person: ID, today: Day, _ reader: any Reader
    ) throws -> [PeopleColleague] {
        let place = try OrganisationStore.titles(of: territory, reader)
        let near = place.prefix { $0.kind == .area || $0.id == territory || TerritoryKind.communes.contains($0.kind) }
        let matches = words.map { word -> SQL in
            let pattern = "% \(word)%"
            return "AND ' ' || p.search_key LIKE \(pattern)"
        }
        // Nobody in a demonstration has a password: everybody is entered from the list.
        let open: SQL = try PeopleDemonstration.isMarked(reader) ? "" : "AND a.password_hash IS NOT NULL"
        let rows = try reader.rows(
            """
            SELECT p.id, p.name, p.sort_key, min(r.role) AS role, min(o.name) AS organisation FROM person p
            JOIN account a ON a.person_id = p.id AND a.disabled_at IS NULL \(open)
            JOIN role_assignment r ON r.person_id = p.id AND r.stands_for IS NULL
                AND \(PeopleStore.holds("r", on: today))
            JOIN organisation o ON o.id = r.organisation_id
            WHERE p.id <> \(person) AND r.role <> \(Role.helper.rawValue) AND (r.territory_id IN (\(SQL.list(near.map(\.id))))
                OR EXISTS (SELECT 1 FROM territory_closure c
                           WHERE c.ancestor_id = \(territory) AND c.descendant_id = r.territory_id))
            \(SQL.joined(matches, by: " ")) GROUP BY p.id, p.name, p.sort_key ORDER BY p.sort_key, p.id LIMIT 41
            """)
        return try rows.map { row in
            PeopleColleague(
                person: PersonName(id: try row.id("id"), name: try row.text("name")),
                role: Role(rawValue: try row.text("role")), organisation: try row.text("organisation"))
        }
    }

    /// People who hold or held an office on exactly this area, as whom a head knows: they can be asked to type.
    static func neighbours(at territory: ID, except person: ID, _ reader: any Reader) throws -> [PersonName] {
        try reader.rows(
            """
            SELECT DISTINCT p.id, p.name, p.sort_key FROM person p JOIN role_assignment r ON r.person_id = p.id
            WHERE r.territory_id = \(territory) AND p.id <> \(person) ORDER BY p.sort_key, p.id LIMIT 100
            """
        ).map { PersonName(id: try $0.id("id"), name: try $0.text("name")) }
    }

    /// Everything that hangs on this person's offices ends: their account was closed.
    static func endAll(of person: ID, on day: Day, _ tx: any Writer) throws {
        let offices: SQL = "(SELECT g.id FROM role_assignment g WHERE g.person_id = \(person))"
        try tx.execute(
            """
            UPDATE role_assignment SET version = version + 1,
                valid_until = CASE WHEN valid_from > \(day) THEN valid_from ELSE \(day) END
            WHERE (stands_for IN \(offices) OR helps IN \(offices)) AND (valid_until IS NULL OR valid_until > \(day))
            """)
    }
}

/// Somebody to whom an office can be handed.
struct PeopleColleague: Encodable, Sendable {
    let person: PersonName
    let role: Role?
    let organisation: String

    static var sample: PeopleColleague {
        PeopleColleague(person: PeopleStandIn.sample.person, role: .cultureOfficer, organisation: "UBND")
    }
}

extension PeopleStore {
    /// A head for whom somebody types, and the area it is about.
    package struct HelpedHead: Sendable, Equatable {
        package let head: PersonName
        package let territory: ID
    }

    /// Whose values a helper types on a day. A helper whom nobody named by hand types for the heads of their area.
    package static func heads(ofHelper helper: ID, on day: Day, _ reader: any Reader) throws -> [HelpedHead] {
        try reader.rows(
            """
            SELECT DISTINCT p.id, p.name, p.sort_key, h.territory_id FROM role_assignment r
            \(helping) JOIN person p ON p.id = h.person_id
            WHERE r.person_id = \(helper) AND r.role = \(Role.helper.rawValue) AND \(holds("r", on: day))
            AND \(holds("h", on: day)) ORDER BY p.sort_key, p.id
            """
        ).map {
            HelpedHead(
                head: PersonName(id: try $0.id("id"), name: try $0.text("name")), territory: try $0.id("territory_id"))
        }
    }

    /// Who types for a head on a day, on one area.
    package static func helpers(
        of head: ID, territory: ID, on day: Day, _ reader: any Reader
    ) throws -> [PersonName] {
        try reader.rows(
            """
            SELECT DISTINCT p.id, p.name, p.sort_key FROM role_assignment r \(helping)
            JOIN person p ON p.id = r.person_id
            WHERE h.person_id = \(head) AND h.territory_id = \(territory) AND r.role = \(Role.helper.rawValue)
            AND \(holds("r", on: day)) AND \(holds("h", on: day)) ORDER BY p.sort_key, p.id
            """
        ).map { PersonName(id: try $0.id("id"), name: try $0.text("name")) }
    }

    private static let helping: SQL = """
        JOIN role_assignment h ON h.id = r.helps OR (r.helps IS NULL AND h.territory_id = r.territory_id
            AND h.role IN (\(Role.areaHead.rawValue), \(Role.frontWorkCommitteeHead.rawValue)))
        """

    /// Everybody whose hands were this person's, or the other way round: they themselves, whoever stood in for them, and
    /// for whom they stood in. What one of them did bars all of them from what must be done by others (separation of
    /// duties).
    ///
    /// - Parameter since: delegations that ended before this day do not count; nil counts all.
    package static func hands(of person: ID, since: Day? = nil, _ reader: any Reader) throws -> [ID] {
        var term: SQL = "(r.valid_until IS NULL OR r.valid_until > r.valid_from)"
        if let since { term += " AND (r.valid_until IS NULL OR r.valid_until > \(since))" }
        let rows = try reader.rows(
            """
            SELECT g.person_id FROM role_assignment r JOIN role_assignment g ON g.id = r.stands_for
            WHERE r.person_id = \(person) AND r.stands_for IS NOT NULL AND \(term)
            UNION SELECT r.person_id FROM role_assignment g JOIN role_assignment r ON r.stands_for = g.id
            WHERE g.person_id = \(person) AND r.stands_for IS NOT NULL AND \(term)
            """)
        return Set(try rows.map { try $0.id("person_id") } + [person]).sorted()
    }

    /// For whom acts were done, by the operation or the grant that the audit trail keeps: the giver's name under each
    /// grant that was held by delegation. Grants of one's own are absent.
    package static func givers(ofGrants grants: [ID], _ reader: any Reader) throws -> [ID: PersonName] {
        var givers: [ID: PersonName] = [:]
        for row in try reader.rows(
            """
            SELECT r.id, p.id AS giver_id, p.name FROM role_assignment r JOIN role_assignment g ON g.id = r.stands_for
            JOIN person p ON p.id = g.person_id WHERE r.id IN (\(SQL.list(grants)))
            """)
        {
            givers[try row.id("id")] = PersonName(id: try row.id("giver_id"), name: try row.text("name"))
        }
        return givers
    }

    /// For whom a person stood in on a day in the name of an organisation; nil for whoever acted in their own office.
    /// Who shows what somebody did puts this name beside theirs.
    package static func giver(
        of person: ID, organisation: ID, on day: Day, _ reader: any Reader
    ) throws -> PersonName? {
        try reader.first(
            """
            SELECT p.id, p.name FROM role_assignment r JOIN role_assignment g ON g.id = r.stands_for
            JOIN person p ON p.id = g.person_id
            WHERE r.person_id = \(person) AND r.organisation_id = \(organisation) AND \(holds("r", on: day))
            AND NOT EXISTS (SELECT 1 FROM role_assignment o WHERE o.person_id = \(person) AND o.stands_for IS NULL
                            AND o.organisation_id = \(organisation) AND \(holds("o", on: day)))
            ORDER BY r.valid_from LIMIT 1
            """
        ).map { PersonName(id: try $0.id("id"), name: try $0.text("name")) }
    }
}
