import Core
import Database

extension OrganisationStore {
    private static let columns: SQL = """
        o.id, o.kind, o.name, o.territory_id, o.parent_id, o.valid_from, o.valid_until, o.revision
        """

    /// An organisation on a territory that the person may see.
    package static func organisation(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> Organisation {
        try organisation(
            reader.one(
                """
                SELECT \(columns) FROM organisation o WHERE o.id = \(id) AND \(sight.covers("o.territory_id"))
                """), reader)
    }

    /// Without Sight: which bodies there are is public. For signing in ("in whose name") and for papers.
    package static func publicOrganisation(_ id: ID, _ reader: any Reader) throws -> Organisation {
        try organisation(reader.one("SELECT \(columns) FROM organisation o WHERE o.id = \(id)"), reader)
    }

    /// The organisations that stand on one territory (not on those below it) on a day, in Vietnamese order. The
    /// territory must have been looked up with Sight.
    package static func organisations(
        on territory: ID, kind: OrganisationKind? = nil, day: Day, _ reader: any Reader
    ) throws -> [Organisation] {
        var sql: SQL = """
            SELECT \(columns) FROM organisation o WHERE o.territory_id = \(territory)
            AND o.valid_from <= \(day) AND (o.valid_until IS NULL OR o.valid_until > \(day))
            """
        if let kind { sql += " AND o.kind = \(kind.rawValue)" }
        let place = try path(of: territory, reader)
        return try reader.rows(sql + " ORDER BY o.sort_key, o.id LIMIT 500").map { try organisation($0, place: place) }
    }

    /// The nearest organisation of a kind for a territory on a day: on it, or on a unit above it. Who answers for an
    /// area's figures, for instance. Without Sight: it follows from public facts.
    package static func organisation(
        of kind: OrganisationKind, for territory: ID, day: Day, _ reader: any Reader
    ) throws -> Organisation? {
        for place in try path(of: territory, reader) {
            if let found = try organisations(on: place, kind: kind, day: day, reader).first { return found }
        }
        return nil
    }

    /// Organisations directly below one, of those the person may see.
    package static func organisations(
        under parent: ID, seenBy sight: Sight, day: Day, _ reader: any Reader
    ) throws -> [Organisation] {
        let rows = try reader.rows(
            """
            SELECT \(columns) FROM organisation o WHERE o.parent_id = \(parent) AND \(sight.covers("o.territory_id"))
            AND o.valid_from <= \(day) AND (o.valid_until IS NULL OR o.valid_until > \(day))
            ORDER BY o.sort_key, o.id LIMIT 500
            """)
        return try rows.map { try organisation($0, reader) }
    }

    /// What an organisation was called, from when to when, the latest first.
    static func names(of id: ID, _ reader: any Reader) throws -> [OrganisationName] {
        try reader.rows(
            """
            SELECT name, valid_from, valid_until FROM organisation_name WHERE organisation_id = \(id)
            ORDER BY valid_from DESC
            """
        ).map {
            OrganisationName(
                name: try $0.text("name"), validFrom: try $0.day("valid_from"),
                validUntil: try $0.optionalDay("valid_until"))
        }
    }

    private static func organisation(_ row: Row, _ reader: any Reader) throws -> Organisation {
        try organisation(row, place: path(of: row.id("territory_id"), reader))
    }

    private static func organisation(_ row: Row, place: [ID]) throws -> Organisation {
        Organisation(
            id: try row.id("id"), kind: try known(OrganisationKind.self, row, "kind"), name: try row.text("name"),
            territory: try row.id("territory_id"), parent: try row.optionalID("parent_id"),
            validFrom: try row.day("valid_from"), validUntil: try row.optionalDay("valid_until"),
            revision: try row.integer("revision"), place: place)
    }
}

/// A name that an organisation bore.
package struct OrganisationName: Codable, Sendable, Equatable {
    package let name: String
    package let validFrom: Day
    package let validUntil: Day?
}
