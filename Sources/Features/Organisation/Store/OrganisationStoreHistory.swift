import Core
import Database

/// A state of a unit, from a day until another.
package struct TerritoryState: Codable, Sendable, Equatable {
    package let validFrom: Day
    package let validUntil: Day?
    package let title: TerritoryTitle
    package let code: String?
    package let parent: TerritoryTitle?
    /// The document that it rests on, as typed at the import.
    package let document: String?
}

/// What came of a unit, or of what it came.
package struct Succession: Codable, Sendable, Equatable {
    package let day: Day
    package let kind: SuccessionKind
    package let from: TerritoryTitle
    package let into: TerritoryTitle?
    package let document: String?
}

extension OrganisationStore {
    /// The states of one unit, the latest first. The unit must have been looked up with Sight.
    package static func states(of id: ID, _ reader: any Reader) throws -> [TerritoryState] {
        try reader.rows(
            """
            SELECT s.territory_id AS id, s.kind, s.designation, s.name, s.code, s.valid_from, s.valid_until, s.document,
                   p.id AS parent_id, p.kind AS parent_kind, p.designation AS parent_designation, p.name AS parent_name
            FROM territory_state s LEFT JOIN territory p ON p.id = s.parent_id
            WHERE s.territory_id = \(id) ORDER BY s.valid_from DESC
            """
        ).map(state)
    }

    /// The units below one as they stood on a day, areas excepted, with the names and codes of that day, in the order
    /// of the names. The unit must have been looked up with Sight.
    package static func children(of id: ID, on day: Day, _ reader: any Reader) throws -> [TerritoryState] {
        try reader.rows(
            """
            SELECT s.territory_id AS id, s.kind, s.designation, s.name, s.code, s.valid_from, s.valid_until, s.document,
                   p.id AS parent_id, p.kind AS parent_kind, p.designation AS parent_designation, p.name AS parent_name
            FROM territory_state s LEFT JOIN territory p ON p.id = s.parent_id
            WHERE s.parent_id = \(id) AND s.kind <> 'area' AND s.valid_from <= \(day)
            AND (s.valid_until IS NULL OR s.valid_until > \(day))
            ORDER BY s.sort_key, s.territory_id
            """
        ).map(state)
    }

    /// Which unit bore a code on a day. A code alone names nothing: 24955 was three communes at three times.
    package static func territory(code: String, on day: Day, level: Int, _ reader: any Reader) throws -> ID? {
        let kinds = TerritoryKind.allCases.filter { $0.level == level }.map(\.rawValue)
        return try reader.first(
            """
            SELECT s.territory_id FROM territory_state s WHERE s.code = \(code) AND s.kind IN (\(SQL.list(kinds)))
            AND s.valid_from <= \(day) AND (s.valid_until IS NULL OR s.valid_until > \(day))
            ORDER BY s.valid_from DESC
            """)?.id("territory_id")
    }

    /// What came of this unit and of what it came, the earliest first.
    package static func successions(of id: ID, _ reader: any Reader) throws -> [Succession] {
        try reader.rows(
            """
            SELECT s.day, s.kind AS what, s.document,
                   f.id, f.kind, f.designation, f.name,
                   i.id AS into_id, i.kind AS into_kind, i.designation AS into_designation, i.name AS into_name
            FROM territory_succession s JOIN territory f ON f.id = s.from_id LEFT JOIN territory i ON i.id = s.into_id
            WHERE s.from_id = \(id) OR s.into_id = \(id) ORDER BY s.day, f.sort_key, s.id
            """
        ).map { row in
            let into = try row.optionalID("into_id").map { id in
                TerritoryTitle(
                    id: id, kind: try known(TerritoryKind.self, row, "into_kind"),
                    designation: try known(Designation.self, row, "into_designation"),
                    name: try row.text("into_name"))
            }
            return Succession(
                day: try row.day("day"), kind: try known(SuccessionKind.self, row, "what"), from: try title(row),
                into: into, document: try row.optionalText("document"))
        }
    }

    /// What stands today for a unit: itself, or what came of it, followed to the end.
    package static func successors(of id: ID, _ reader: any Reader) throws -> [ID] {
        var (standing, waiting, seen): ([ID], [ID], Set<ID>) = ([], [id], [])
        while let next = waiting.popLast(), seen.count < 200 {
            guard seen.insert(next).inserted,
                let row = try reader.first("SELECT valid_until FROM territory WHERE id = \(next)")
            else { continue }
            if try row.optionalText("valid_until") == nil { standing.append(next) }
            waiting += try reader.rows(
                """
                SELECT into_id FROM territory_succession WHERE from_id = \(next) AND into_id IS NOT NULL
                """
            ).map { try $0.id("into_id") }
        }
        return standing
    }

    /// The days on which something changed directly below a unit, the latest first: what "as it stood on" offers.
    static func daysOfChange(below id: ID, _ reader: any Reader) throws -> [Day] {
        try reader.rows(
            """
            SELECT DISTINCT valid_from AS day FROM territory_state
            WHERE parent_id = \(id) AND kind <> 'area' AND valid_from > \(Day.first)
            ORDER BY day DESC LIMIT 20
            """
        ).map { try $0.day("day") }
    }

    private static func state(_ row: Row) throws -> TerritoryState {
        let parent = try row.optionalID("parent_id").map { id in
            TerritoryTitle(
                id: id, kind: try known(TerritoryKind.self, row, "parent_kind"),
                designation: try known(Designation.self, row, "parent_designation"), name: try row.text("parent_name"))
        }
        return TerritoryState(
            validFrom: try row.day("valid_from"), validUntil: try row.optionalDay("valid_until"), title: try title(row),
            code: try row.optionalText("code"), parent: parent, document: try row.optionalText("document"))
    }
}
