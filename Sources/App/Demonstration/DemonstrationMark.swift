import Core
import Database
import Organisation

/// What a database says of itself when it is a demonstration: then its people can be entered without a password, every
/// page says so, and it is served on this machine only.
enum DemonstrationMark {
    static func write(day: Day, to database: Database) async throws {
        try await database.unattended(.seed) { tx in
            try tx.execute(
                """
                INSERT INTO installation (name, value) VALUES ('demonstration', 'yes'),
                    ('demonstration_day', \(day.isoText))
                """)
            tx.note("installation", to: "demonstration")
            return Receipt()
        }
    }
}

/// How many of what the demonstration holds, counted in the database.
package struct DemonstrationCount: Sendable {
    package let what: String
    package let count: Int

    private static let communes = SQL.list(TerritoryKind.communes.map(\.rawValue))

    private static let questions: [(what: String, query: SQL)] = [
        ("communes", "SELECT count(*) AS n FROM territory WHERE kind IN (\(communes)) AND valid_until IS NULL"),
        ("communes before", "SELECT count(*) AS n FROM territory WHERE kind IN (\(communes)) AND valid_until > ''"),
        ("residential areas", "SELECT count(*) AS n FROM area"),
        ("households", "SELECT CAST(coalesce(sum(households), 0) AS \(SchemaWord.integer)) AS n FROM area"),
        ("organisations", "SELECT count(*) AS n FROM organisation WHERE valid_until IS NULL"),
        ("people with an account", "SELECT count(*) AS n FROM account"),
        ("criteria sets", "SELECT count(*) AS n FROM criteria_set"),
        ("titles held", "SELECT count(*) AS n FROM title_grant"),
        ("dossiers of all years", "SELECT count(*) AS n FROM dossier"),
        ("values", "SELECT count(*) AS n FROM indicator_value"),
        ("acts in their stories", "SELECT count(*) AS n FROM dossier_event"),
        ("pictures", "SELECT count(*) AS n FROM evidence"),
        ("issued decisions", "SELECT count(*) AS n FROM decision WHERE state = 'issued'"),
        ("draft decisions", "SELECT count(*) AS n FROM decision WHERE state = 'draft'"),
        ("records in the audit trail", "SELECT count(*) AS n FROM audit"),
    ]

    static func all(of today: Day, _ database: Database) async throws -> [DemonstrationCount] {
        try await database.read { reader in
            try questions.map { DemonstrationCount(what: $0.what, count: try reader.one($0.query).integer("n")) }
        }
    }
}
