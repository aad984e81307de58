import Core
import Database

/// One line of what somebody did, or of what was done to their record.
struct PeopleActLine: Encodable, Sendable {
    let at: Instant
    /// As the audit trail has it: "dossier.submit".
    let act: String
    /// Who did it; nil for the person themselves.
    let by: String?
    /// For whom it was done, on an office held by delegation.
    let giver: String?
}

/// Reads the audit trail for the person concerned.
enum PeopleActStore {
    static let most = 20

    /// The person's own last acts.
    static func acts(by person: ID, _ reader: any Reader) throws -> [PeopleActLine] {
        try reader.rows(
            """
            SELECT a.at, a.act, gp.name AS giver FROM audit a \(giver) WHERE a.actor_id = \(person)
            ORDER BY a.at DESC, a.lane, a.number DESC LIMIT \(most)
            """
        ).map {
            PeopleActLine(
                at: try $0.instant("at"), act: try $0.text("act"), by: nil, giver: try $0.optionalText("giver"))
        }
    }

    /// What others did to the person's record.
    static func acts(on person: ID, _ reader: any Reader) throws -> [PeopleActLine] {
        try reader.rows(
            """
            SELECT a.at, a.act, p.name, gp.name AS giver FROM audit a LEFT JOIN person p ON p.id = a.actor_id \(giver)
            WHERE a.subject_id = \(person) AND a.subject_kind = \(Person.kind) AND a.actor_id <> \(person)
            ORDER BY a.at DESC, a.lane, a.number DESC LIMIT \(most)
            """
        ).map {
            PeopleActLine(
                at: try $0.instant("at"), act: try $0.text("act"), by: try $0.optionalText("name"),
                giver: try $0.optionalText("giver"))
        }
    }

    /// The act stood on a grant, and the grant perhaps on somebody else's office.
    private static let giver: SQL = """
        LEFT JOIN role_assignment r ON r.id = a.grant_id LEFT JOIN role_assignment g ON g.id = r.stands_for
        LEFT JOIN person gp ON gp.id = g.person_id
        """
}
