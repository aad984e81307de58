import Core
import Database

/// One time somebody looked at the record of a person.
struct PeopleViewLine: Encodable, Sendable {
    let at: Instant
    let by: String
    /// The office that let them look.
    let role: String
    /// For whom they stood in.
    let giver: String?
}

/// A look at somebody's record, to be written down before it is granted.
struct PeopleLook: Sendable {
    let person: ID
    let viewer: ID
    let role: Role
    let giver: ID?
}

/// Who looked at whose record, when, and in what office.
enum PeopleViewStore {
    static let most = 20
    /// Several looks within this time are one.
    static let together = Duration.hours(1)
    /// How long looks are kept.
    static let kept = Duration.days(400)

    static func note(_ look: PeopleLook, _ tx: Transaction) throws {
        let again = try tx.execute(
            """
            UPDATE person_view SET at = \(tx.now) WHERE person_id = \(look.person) AND viewer_id = \(look.viewer)
            AND role = \(look.role.rawValue) AND at > \(tx.now - together)
            """)
        guard again == 0 else { return }
        try tx.execute(
            """
            INSERT INTO person_view (id, person_id, viewer_id, role, giver_id, at)
            VALUES (\(tx.ids.next()), \(look.person), \(look.viewer), \(look.role.rawValue), \(look.giver), \(tx.now))
            """)
        try tx.execute("DELETE FROM person_view WHERE person_id = \(look.person) AND at < \(tx.now - kept)")
    }

    static func views(of person: ID, _ reader: any Reader) throws -> [PeopleViewLine] {
        try reader.rows(
            """
            SELECT v.at, p.name, v.role, g.name AS giver FROM person_view v JOIN person p ON p.id = v.viewer_id
            LEFT JOIN person g ON g.id = v.giver_id
            WHERE v.person_id = \(person) ORDER BY v.at DESC, v.id DESC LIMIT \(most)
            """
        ).map {
            PeopleViewLine(
                at: try $0.instant("at"), by: try $0.text("name"), role: try $0.text("role"),
                giver: try $0.optionalText("giver"))
        }
    }
}
