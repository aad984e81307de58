import Core
import Database

/// Reads the tree of territory and the organisations on it. What takes a `Sight` answers `NotFound` for what it does
/// not cover; what takes none says why.
package enum OrganisationStore {
    static let territoryColumns: SQL = """
        t.id, t.kind, t.designation, t.name, t.code, t.parent_id, t.valid_from, t.valid_until, t.revision
        """

    /// A unit, standing or ended.
    package static func territory(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> Territory {
        let row = try reader.one(
            """
            SELECT \(territoryColumns) FROM territory t WHERE t.id = \(id) AND \(sight.covers("t.id"))
            """)
        return try territory(row, place: path(of: id, reader))
    }

    /// A unit for everybody: names, codes and days of administrative units are public facts, so there is no Sight.
    package static func publicTerritory(_ id: ID, _ reader: any Reader) throws -> Territory {
        let row = try reader.one("SELECT \(territoryColumns) FROM territory t WHERE t.id = \(id)")
        return try territory(row, place: path(of: id, reader))
    }

    /// The unit and all above it, nearest first; for an ended one, as it stood last. Empty when there is no such unit.
    /// Without Sight: it is the place of subjects, which the gate compares with grants.
    package static func path(of id: ID, _ reader: any Reader) throws -> [ID] {
        try reader.rows(upwards(id) + " SELECT up.id FROM up ORDER BY up.depth").map { try $0.id("id") }
    }

    /// The unit and all above it with their names, nearest first, without the country: what breadcrumbs and lines such
    /// as "Thôn Thông Xanh, xã Đơn Dương" are made of. Without Sight: names of units are public.
    package static func titles(of id: ID, _ reader: any Reader) throws -> [TerritoryTitle] {
        try reader.rows(
            upwards(id) + """
                 SELECT t.id, t.kind, t.designation, t.name FROM up JOIN territory t ON t.id = up.id
                WHERE t.kind <> 'country' ORDER BY up.depth
                """
        ).map(title)
    }

    /// The first two names of a unit's path: "Thôn Thông Xanh, xã Đơn Dương". `words` is a `View` or `Words`.
    package static func nameLine(
        of id: ID, _ reader: any Reader, words: (String, [String: String]) -> String
    ) throws -> String {
        Array(try titles(of: id, reader).prefix(2)).line(words)
    }

    /// Names of many units at once, by id. Without Sight: for lines that already passed one.
    package static func titles(of ids: [ID], _ reader: any Reader) throws -> [ID: TerritoryTitle] {
        guard !ids.isEmpty else { return [:] }
        let rows = try reader.rows(
            """
            SELECT t.id, t.kind, t.designation, t.name FROM territory t WHERE t.id IN (\(SQL.list(ids)))
            """)
        return Dictionary(try rows.map { (try $0.id("id"), try title($0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The units directly below one that stand today, areas excepted, in Vietnamese order. The one above must have
    /// been looked up with Sight.
    package static func children(of id: ID, _ reader: any Reader) throws -> [TerritoryChild] {
        let rows = try reader.rows(
            """
            SELECT t.id, t.kind, t.designation, t.name, t.code, t.sort_key,
                   (SELECT count(*) FROM territory_closure a
                    WHERE a.ancestor_id = t.id AND a.descendant_kind = 'area') AS areas
            FROM territory t WHERE t.parent_id = \(id) AND t.kind <> 'area' AND t.valid_until IS NULL
            ORDER BY t.sort_key, t.id
            """)
        return try rows.map {
            TerritoryChild(title: try title($0), code: try $0.optionalText("code"), areas: try $0.integer("areas"))
        }
    }

    /// How many standing units of a kind lie under one (itself included, if it is of the kind). No Sight: a count of
    /// public facts; pass a unit that was looked up with one.
    package static func count(under id: ID, kind: TerritoryKind, _ reader: any Reader) throws -> Int {
        try reader.one(
            """
            SELECT count(*) AS n FROM territory_closure WHERE ancestor_id = \(id) AND descendant_kind = \(kind.rawValue)
            """
        ).integer("n")
    }

    /// Whether the person may see all of a unit.
    package static func covers(_ sight: Sight, _ id: ID, _ reader: any Reader) throws -> Bool {
        try reader.first("SELECT t.id FROM territory t WHERE t.id = \(id) AND \(sight.covers("t.id"))") != nil
    }

    /// The units of a person's roles, the uppermost first; none lies under another.
    package static func roots(of sight: Sight, _ reader: any Reader) throws -> [TerritoryTitle] {
        guard !sight.roots.isEmpty else { return [] }
        return try reader.rows(
            """
            SELECT t.id, t.kind, t.designation, t.name FROM territory t
            WHERE t.id IN (\(SQL.list(sight.roots))) AND NOT EXISTS (
                SELECT 1 FROM territory_closure c WHERE c.descendant_id = t.id AND c.ancestor_id <> t.id
                AND c.ancestor_id IN (\(SQL.list(sight.roots))))
            ORDER BY t.sort_key, t.id
            """
        ).map(title)
    }

    /// At most twelve levels, so that a damaged tree cannot make a question run for ever.
    private static func upwards(_ id: ID) -> SQL {
        """
        WITH RECURSIVE up (id, parent_id, depth) AS (
            SELECT f.id, f.parent_id, 0 FROM territory f WHERE f.id = \(id)
            UNION ALL
            SELECT n.id, n.parent_id, up.depth + 1 FROM up JOIN territory n ON n.id = up.parent_id
            WHERE up.depth < 12)
        """
    }

    static func title(_ row: Row) throws -> TerritoryTitle {
        TerritoryTitle(
            id: try row.id("id"), kind: try known(TerritoryKind.self, row, "kind"),
            designation: try known(Designation.self, row, "designation"), name: try row.text("name"))
    }

    static func territory(_ row: Row, place: [ID]) throws -> Territory {
        let title = try title(row)
        return Territory(
            id: title.id, kind: title.kind, designation: title.designation, name: title.name,
            code: try row.optionalText("code"), parent: try row.optionalID("parent_id"),
            validFrom: try row.day("valid_from"), validUntil: try row.optionalDay("valid_until"),
            revision: try row.integer("revision"), place: place)
    }

    static func known<Kind: RawRepresentable<String>>(_ type: Kind.Type, _ row: Row, _ column: String) throws -> Kind {
        let text = try row.text(column)
        guard let kind = Kind(rawValue: text) else { throw UnknownWord(column: column, word: text) }
        return kind
    }
}

/// A unit directly below another.
package struct TerritoryChild: Codable, Sendable, Equatable {
    package let title: TerritoryTitle
    package let code: String?
    /// How many residential areas it holds.
    package let areas: Int
}

/// A word in the database that this program does not know: it was written by another version.
struct UnknownWord: Error {
    let column: String
    let word: String
}
