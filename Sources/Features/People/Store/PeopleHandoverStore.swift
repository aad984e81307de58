import Core
import Database
import Organisation

/// Reads handovers and the offices they are about.
package enum HandoverStore {
    private static let office: SQL = """
        SELECT r.id, r.version, r.role, r.person_id, n.name AS person, r.organisation_id, o.name AS organisation,
            r.territory_id, t.kind, t.designation, t.name, u.id AS above_id, u.kind AS above_kind,
            u.designation AS above_designation, u.name AS above_name, r.valid_from, r.valid_until
        FROM role_assignment r JOIN person n ON n.id = r.person_id JOIN organisation o ON o.id = r.organisation_id
            JOIN territory t ON t.id = r.territory_id LEFT JOIN territory u ON u.id = t.parent_id
        """

    /// Offices of one's own that can be handed over, and, for a commune, those of its areas. Delegated ones are not
    /// theirs to give.
    package static func offices(of actor: Actor, today: Day, _ reader: any Reader) throws -> [HandoverOffice] {
        let able = actor.grants.filter {
            $0.role.capabilities.contains(.handOver) && $0.term.contains(today) && $0.giver == nil
        }
        guard !able.isEmpty else { return [] }
        let places = able.filter { HandoverRules.drawsForAreas($0.role) }.map(\.territory)
        let below: SQL =
            places.isEmpty
            ? .empty
            : """
             OR r.territory_id IN (
                SELECT c.descendant_id FROM territory_closure c
                WHERE c.ancestor_id IN (\(SQL.list(places))) AND c.descendant_kind = 'area'
                    AND c.descendant_id NOT IN (\(SQL.list(places))))
            """
        let rows = try reader.rows(
            """
            \(office) WHERE r.stands_for IS NULL AND \(PeopleStore.holds("r", on: today)) AND (
                r.id IN (\(SQL.list(able.map(\.id))))\(below))
            ORDER BY t.sort_key, r.role, n.sort_key, r.id LIMIT 300
            """)
        return try rows.compactMap(HandoverStore.office).filter { HandoverRules.isHandedOver($0.role) }
    }

    private static func office(_ row: Row) throws -> HandoverOffice? {
        guard let role = Role(rawValue: try row.text("role")),
            let territory = try PeopleGrantStore.title(
                try row.optionalID("territory_id"), row, "kind", "designation", "name")
        else { return nil }
        return HandoverOffice(
            id: try row.id("id"), version: try row.integer("version"), role: role,
            holder: PersonName(id: try row.id("person_id"), name: try row.text("person")),
            organisation: PersonName(id: try row.id("organisation_id"), name: try row.text("organisation")),
            territory: territory,
            above: try PeopleGrantStore.title(
                try row.optionalID("above_id"), row, "above_kind", "above_designation", "above_name"),
            from: try row.day("valid_from"), until: try row.optionalDay("valid_until"))
    }

    /// People whom a successor can be chosen from: who holds or held an office on exactly this unit.
    package static func neighbours(of office: HandoverOffice, _ reader: any Reader) throws -> [PersonName] {
        try PeopleDelegationStore.neighbours(at: office.territory.id, except: office.holder.id, reader)
    }

    /// What ends with the office.
    package static func ends(
        of office: HandoverOffice, now: Instant, today: Day, _ reader: any Reader
    ) throws -> HandoverEnds {
        let holder = office.holder.id
        return HandoverEnds(
            helpers: try PeopleDelegationStore.helpers(of: holder, today: today, reader).map(\.person.name),
            standIns: try PeopleDelegationStore.given(by: holder, today: today, reader).filter {
                $0.office.role == office.role && $0.office.territory.id == office.territory.id
            }.map(\.person.name),
            devices: try PeopleSessionStore.alive(of: holder, now: now, reader).count,
            keepsOthers: try keepsOthers(holder, than: office.id, on: today, reader))
    }

    fileprivate static func keepsOthers(
        _ person: ID, than office: ID, on day: Day, _ reader: any Reader
    ) throws -> Bool {
        try reader.first(
            """
            SELECT r.id FROM role_assignment r WHERE r.person_id = \(person) AND r.id <> \(office)
            AND (r.valid_until IS NULL OR r.valid_until > \(day)) LIMIT 1
            """) != nil
    }

    private static let line: SQL = """
        SELECT h.id AS handover_id, h.receiver_id, h.receiver_name, h.receiver_birth_year, h.day, h.papers, h.money,
            h.keys, h.remarks, h.open_work, h.drawn_by, d.name AS drawer, h.drawn_at, h.completed_by,
            c.name AS completer, h.completed_at, h.withdrawn_at, h.revision,
            h.role_id AS id, r.version, h.role, h.giver_id AS person_id, n.name AS person, h.organisation_id,
            o.name AS organisation, h.territory_id, t.kind, t.designation, t.name, u.id AS above_id,
            u.kind AS above_kind, u.designation AS above_designation, u.name AS above_name, r.valid_from, r.valid_until
        FROM handover h JOIN role_assignment r ON r.id = h.role_id JOIN person n ON n.id = h.giver_id
            JOIN person d ON d.id = h.drawn_by LEFT JOIN person c ON c.id = h.completed_by
            JOIN organisation o ON o.id = h.organisation_id JOIN territory t ON t.id = h.territory_id
            LEFT JOIN territory u ON u.id = t.parent_id
        """

    /// Handovers that concern a person: of their places, or given or taken by themselves. The open ones first, then the
    /// newest.
    package static func handovers(seenBy sight: Sight, limit: Int = 100, _ reader: any Reader) throws -> [Handover] {
        try reader.rows(
            """
            \(line) WHERE \(seen(by: sight))
            ORDER BY CASE WHEN h.completed_at IS NULL AND h.withdrawn_at IS NULL THEN 0 ELSE 1 END, h.id DESC
            LIMIT \(limit)
            """
        ).compactMap { try handover($0, place: []) }
    }

    /// A handover this person may see, or `NotFound`.
    package static func handover(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> Handover {
        let row = try reader.one("\(line) WHERE h.id = \(id) AND \(seen(by: sight))")
        guard
            let found = try handover(row, place: OrganisationStore.path(of: row.id("territory_id"), reader))
        else { throw NotFound() }
        return found
    }

    /// Without asking who looks: for seeds.
    package static func handover(_ id: ID, unattended reader: any Reader) throws -> Handover {
        guard let found = try handover(reader.one("\(line) WHERE h.id = \(id)"), place: []) else { throw NotFound() }
        return found
    }

    /// Everybody of a place would be told what its head kept in the drawer; so only those who answer for the place, and
    /// the two concerned.
    private static func seen(by sight: Sight) -> SQL {
        """
        (h.giver_id = \(sight.person) OR h.receiver_id = \(sight.person) OR h.drawn_by = \(sight.person)
            OR EXISTS (SELECT 1 FROM role_assignment s JOIN territory_closure sc ON sc.ancestor_id = s.territory_id
                WHERE s.person_id = \(sight.person) AND sc.descendant_id = h.territory_id
                    AND s.role IN (\(SQL.list(answering.map(\.rawValue))))
                    AND s.territory_id IN (\(SQL.list(sight.roots)))))
        """
    }

    private static let answering = Role.allCases.filter {
        $0.capabilities.contains(.manageAccounts) || $0.capabilities.contains(.assignRoles)
    }

    /// Those that wait to be carried out by somebody: of areas by who looks after accounts in these places, of units above
    /// by who gives offices there.
    package static func waiting(
        forAreas accounts: [ID], above offices: [ID], except person: ID, _ reader: any Reader
    ) throws -> [(ID, Day)] {
        func within(_ places: [ID], _ kind: SQL) -> SQL? {
            guard !places.isEmpty else { return nil }
            return """
                (t.kind \(kind) 'area' AND EXISTS (SELECT 1 FROM territory_closure c
                    WHERE c.descendant_id = h.territory_id AND c.ancestor_id IN (\(SQL.list(places)))))
                """
        }
        let parts = [within(accounts, "="), within(offices, "<>")].compactMap { $0 }
        guard let first = parts.first else { return [] }
        let theirs = parts.dropFirst().reduce(first) { "\($0) OR \($1)" }
        return try reader.rows(
            """
            SELECT h.id, h.day FROM handover h JOIN territory t ON t.id = h.territory_id
            WHERE h.completed_at IS NULL AND h.withdrawn_at IS NULL
                AND h.giver_id <> \(person) AND (h.receiver_id IS NULL OR h.receiver_id <> \(person))
                AND (\(theirs))
            ORDER BY h.day, h.id LIMIT 20
            """
        ).map { (try $0.id("id"), try $0.day("day")) }
    }

    private static func handover(_ row: Row, place: [ID]) throws -> Handover? {
        guard let office = try office(row) else { return nil }
        let completedAt = try row.optionalInstant("completed_at")
        let isWithdrawn = try row.optionalInstant("withdrawn_at") != nil
        let name = try row.text("receiver_name")
        return Handover(
            id: try row.id("handover_id"), office: office,
            receiver: try row.optionalID("receiver_id").map { PersonName(id: $0, name: name) }, receiverName: name,
            receiverBirthYear: try row.optionalInteger("receiver_birth_year"), day: try row.day("day"),
            papers: try row.optionalText("papers"), money: try row.optionalText("money"),
            keys: try row.optionalText("keys"), remarks: try row.optionalText("remarks"),
            openWork: try row.text("open_work"),
            drawnBy: PersonName(id: try row.id("drawn_by"), name: try row.text("drawer")),
            drawnAt: try row.instant("drawn_at"),
            completedBy: try row.optionalID("completed_by").map {
                PersonName(id: $0, name: try row.optionalText("completer") ?? "")
            }, completedAt: completedAt,
            state: completedAt != nil ? .completed : isWithdrawn ? .withdrawn : .drawn,
            revision: try row.integer("revision"), place: place)
    }
}

/// Writes handovers.
extension HandoverStore {
    /// Draws a handover up.
    ///
    /// - Throws: `.conflict` when one of the same office is open.
    package static func draw(_ new: NewHandover, by person: ID, _ tx: Transaction) throws -> ID {
        let id = tx.ids.next()
        let open = try tx.first(
            """
            SELECT id FROM handover WHERE role_id = \(new.office.id) AND completed_at IS NULL AND withdrawn_at IS NULL
            """)
        guard open == nil else { throw Refusal(.conflict, "people.handover.refusal.drawnAlready") }
        try tx.execute(
            """
            INSERT INTO handover (id, territory_id, organisation_id, role_id, role, giver_id, receiver_id, receiver_name,
                receiver_birth_year, day, papers, money, keys, remarks, open_work, drawn_by, drawn_at, revision)
            VALUES (\(id), \(new.office.territory.id), \(new.office.organisation.id), \(new.office.id),
                \(new.office.role.rawValue), \(new.office.holder.id), \(new.receiver?.id), \(new.receiverName),
                \(new.receiverBirthYear), \(new.day), \(new.papers), \(new.money), \(new.keys), \(new.remarks),
                \(new.openWork), \(person), \(tx.now), 1)
            """)
        return id
    }

    /// Carries it out: the old term ends and the new one begins on the same day, never one that is past. A successor who is not known yet gets
    /// a record and an account that waits for its slip. Whoever keeps no office is signed out everywhere.
    ///
    /// - Returns: the successor.
    package static func complete(
        _ handover: Handover, by person: ID, isInvented: Bool, _ tx: Transaction
    ) throws -> ID {
        try tx.move("handover", handover.id, from: handover.revision)
        let office = handover.office
        let held = try tx.one(
            """
            SELECT version, valid_until FROM role_assignment r
            WHERE r.id = \(office.id) AND r.person_id = \(office.holder.id)
            """)
        let (until, day) = (try held.optionalDay("valid_until"), handover.begins(on: tx.now.day))
        // A term that ended on the paper's day or after it is handed over late; one that ended before it, not at all.
        let hasEnded = until.map { $0 < day } ?? false
        guard until.map({ $0 >= handover.day }) ?? true else {
            throw Refusal(.conflict, "people.handover.refusal.endedMeanwhile")
        }
        let receiver = try successor(of: handover, isInvented: isInvented, tx)
        // The day before was the giver's last one.
        if !hasEnded { try PeopleStore.endRole(office.id, on: day, version: held.integer("version"), tx) }
        let role = tx.ids.next()
        // A term that was to end on the day itself does not bind who comes after.
        let next = until.flatMap { $0 > day ? $0 : nil }
        try PeopleStore.addRole(
            role, person: receiver, role: office.role, organisation: office.organisation.id,
            territory: office.territory.id, from: day, until: next, assignedBy: person, tx)
        let isNow = day <= tx.now.day
        if isNow, try !keepsOthers(office.holder.id, than: office.id, on: tx.now.day, tx) {
            try PeopleSessionStore.endAll(of: office.holder.id, now: tx.now, tx)
        }
        try tx.execute(
            """
            UPDATE handover SET completed_by = \(person), completed_at = \(tx.now), new_role_id = \(role),
                receiver_id = \(receiver) WHERE id = \(handover.id)
            """)
        return receiver
    }

    private static func successor(
        of handover: Handover, isInvented: Bool, _ tx: Transaction
    ) throws -> ID {
        if let known = handover.receiver?.id {
            if try PeopleAccountStore.account(of: known, tx) == nil { try PeopleStore.addAccount(person: known, tx) }
            return known
        }
        let id = tx.ids.next()
        try PeopleStore.addPerson(
            id, name: handover.receiverName, birthYear: handover.receiverBirthYear, isInvented: isInvented, tx)
        try PeopleStore.addAccount(person: id, tx)
        return id
    }

    /// Takes back a handover that was not completed.
    ///
    /// - Throws: `.conflict` when it moved meanwhile.
    package static func withdraw(_ handover: Handover, by person: ID, _ tx: Transaction) throws {
        try tx.move("handover", handover.id, from: handover.revision)
        try tx.execute(
            """
            UPDATE handover SET withdrawn_by = \(person), withdrawn_at = \(tx.now) WHERE id = \(handover.id)
            """)
    }

    /// Whether the installation is marked a demonstration, so that a new person is marked invented.
    package static func isDemonstration(_ reader: any Reader) throws -> Bool {
        try PeopleDemonstration.isMarked(reader)
    }
}
