import Core
import Database
import Organisation
import Synchronization
import Web

/// Finds who is signed in, on every request: two statements, and now and then a note, behind the request, of when
/// the session was last used.
///
/// That note is written at most every ten minutes (two on a shared browser, whose half hour it measures), by the
/// lane, outside the request and without an audit record; losing one costs its owner those minutes and no more.
package final class PeopleSessions: Sendable {
    private let database: Database
    private let underway = Mutex<Set<ID>>([])

    package init(_ database: Database) { self.database = database }

    /// For the site. What it finds it also keeps alive.
    package var lookup: SessionLookup {
        { [self] token, now, reader in
            guard let found = try PeopleSessions.find(token, now: now, reader) else { return nil }
            touchIfDue(found, now: now)
            return found.signedIn
        }
    }

    /// The same without keeping the session alive.
    package static let lookup: SessionLookup = { token, now, reader in
        try find(token, now: now, reader)?.signedIn
    }

    private struct Found {
        let signedIn: SignedIn
        let lastSeen: Instant
        let term: PeopleSessionTerm
    }

    private static func find(_ sent: String, now: Instant, _ reader: any Reader) throws -> Found? {
        guard let token = PeopleToken(sent: sent) else { return nil }
        // What the person may do is asked together with who it is: every page and every save begins with both.
        let (sessions, held) = try reader.rows(
            """
            SELECT s.id, s.person_id, s.csrf_secret, s.is_own_device, s.last_seen_at, s.expires_at, p.name,
                   a.must_change, (SELECT count(*) FROM totp t WHERE t.person_id = s.person_id
                                   AND t.confirmed_at IS NOT NULL) AS second_steps
            FROM session s JOIN account a ON a.person_id = s.person_id JOIN person p ON p.id = s.person_id
            WHERE s.token_hash = \(token.hash) AND s.ended_at IS NULL AND a.disabled_at IS NULL
            """,
            and: PeopleGrantStore.question(
                of: "(SELECT s.person_id FROM session s WHERE s.token_hash = \(token.hash))", on: now.day))
        guard let row = sessions.first else { return nil }
        let term = PeopleSessionTerm.term(isOwnDevice: try row.flag("is_own_device"))
        let lastSeen = try row.instant("last_seen_at")
        guard term.isAlive(lastSeen: lastSeen, expires: try row.instant("expires_at"), now: now) else { return nil }
        let (grants, inName) = try PeopleGrantStore.grants(held)
        let actor = Actor(person: try row.id("person_id"), name: try row.text("name"), grants: grants)
        let signedIn = SignedIn(
            actor: actor, session: try row.id("id"), csrfSecret: try row.bytes("csrf_secret"),
            organisation: inName?.organisation ?? actor.name, named: inName?.named,
            first: try firstDuty(row, grants, reader))
        return Found(signedIn: signedIn, lastSeen: lastSeen, term: term)
    }

    /// A password that somebody else chose, then a missing second step, stand before everything else.
    private static func firstDuty(_ row: Row, _ grants: [Grant], _ reader: any Reader) throws -> FirstDuty? {
        if try row.flag("must_change") {
            return FirstDuty(
                "/account/password", "people.first.password", open: ["/account/password", "/sign-out"])
        }
        let roles = grants.map(\.role)
        guard try row.integer("second_steps") == 0, PeopleSecondStep.isRequired(roles, inDemonstration: false),
            try !PeopleDemonstration.isMarked(reader)
        else { return nil }
        let page = "/account/second-step"
        return FirstDuty(
            page, "people.first.secondStep", open: [page, page + "/beginning", page + "/confirmation", "/sign-out"])
    }

    private func touchIfDue(_ found: Found, now: Instant) {
        let session = found.signedIn.session
        guard found.lastSeen.duration(to: now) >= found.term.touchedEvery,
            underway.withLock({ $0.insert(session).inserted })
        else { return }
        Task { [self] in
            // Whatever goes wrong, the next request tries again.
            _ = try? await database.unattended(.presence) { tx in
                try tx.execute(
                    """
                    UPDATE session SET last_seen_at = \(now)
                    WHERE id = \(session) AND last_seen_at < \(now) AND ended_at IS NULL
                    """)
                return Receipt()
            }
            underway.withLock { _ = $0.remove(session) }
        }
    }
}

/// The roles a person holds on a day, as the gate wants them.
enum PeopleGrantStore {
    /// In whose name a person acts, by the role held longest: the organisation, or the area they stand for.
    struct InName: Sendable {
        let organisation: String
        /// An area and its commune; empty further up.
        let area: [TerritoryTitle]

        var named: (@Sendable (Words) -> String)? {
            guard !area.isEmpty else { return nil }
            return { [area] (words: Words) -> String in area.line { words($0, $1) } }
        }
    }

    /// What a person holds on a day, for `grants`.
    ///
    /// - Parameter person: an expression for the person's id.
    static func question(of person: SQL, on day: Day) -> SQL {
        """
        SELECT r.id, r.version, r.role, r.organisation_id, r.territory_id, r.valid_from, r.valid_until,
               (SELECT g.person_id FROM role_assignment g WHERE g.id = r.stands_for) AS giver_id,
               o.name AS organisation, t.kind, t.designation, t.name, u.id AS above_id, u.kind AS above_kind,
               u.designation AS above_designation, u.name AS above_name
        FROM role_assignment r JOIN organisation o ON o.id = r.organisation_id
        JOIN territory t ON t.id = r.territory_id LEFT JOIN territory u ON u.id = t.parent_id
        WHERE r.person_id = \(person) AND \(PeopleStore.holds("r", on: day)) ORDER BY r.valid_from, r.id
        """
    }

    static func grants(_ rows: [Row]) throws -> ([Grant], InName?) {
        let grants = try rows.compactMap { row -> Grant? in
            // A role of a newer program, or none: it permits nothing.
            guard let role = Role(rawValue: try row.text("role")),
                let term = Period(from: try row.day("valid_from"), until: try row.optionalDay("valid_until"))
            else { return nil }
            return Grant(
                id: try row.id("id"), version: try row.integer("version"), role: role,
                organisation: try row.id("organisation_id"), territory: try row.id("territory_id"), term: term,
                giver: try row.optionalID("giver_id"))
        }
        return (grants, try rows.first.map(inName))
    }

    private static func inName(_ row: Row) throws -> InName {
        var area: [TerritoryTitle] = []
        if try row.text("kind") == TerritoryKind.area.rawValue {
            area = [
                try title(try row.optionalID("territory_id"), row, "kind", "designation", "name"),
                try title(try row.optionalID("above_id"), row, "above_kind", "above_designation", "above_name"),
            ].compactMap { $0 }
        }
        return InName(organisation: try row.text("organisation"), area: area)
    }

    static func title(
        _ id: ID?, _ row: Row, _ kind: String, _ designation: String, _ name: String
    ) throws -> TerritoryTitle? {
        guard let id, let kind = TerritoryKind(rawValue: try row.text(kind)),
            let designation = Designation(rawValue: try row.text(designation))
        else { return nil }
        return TerritoryTitle(id: id, kind: kind, designation: designation, name: try row.text(name))
    }
}
