import Core
import Database

extension Offices {
    /// A reminder that was given.
    package struct Reminded: Sendable, Equatable {
        package let grid: ID
        package let kind: Reminder
        /// The last day that it was about.
        package let due: Day
        /// Cells that were missing then.
        package let missing: Int
        package let at: Instant
        /// Who was told, by name; nobody where the office has nobody who signs in and the commune has no culture
        /// officer.
        package let people: [String]
    }
}

extension OfficesStore {
    /// Whom a reminder reaches: the clerks of the office; where it has none, the culture officers of the commune, who
    /// enter for it.
    static func holders(of grid: Offices.Grid, on day: Day, _ reader: any Reader) throws -> [ID] {
        func people(_ role: Role, _ condition: SQL) throws -> [ID] {
            try reader.rows(
                """
                SELECT DISTINCT r.person_id FROM role_assignment r WHERE r.role = \(role.rawValue) AND \(condition)
                AND r.valid_from <= \(day) AND (r.valid_until IS NULL OR r.valid_until > \(day)) ORDER BY r.person_id
                """
            ).map { try $0.id("person_id") }
        }
        let clerks = try people(.officeClerk, "r.organisation_id = \(grid.organisation)")
        return clerks.isEmpty ? try people(.cultureOfficer, "r.territory_id = \(grid.territory.id)") : clerks
    }

    /// The reminders of some grids, by grid, the newest first.
    package static func reminders(of grids: [ID], _ reader: any Reader) throws -> [ID: [Offices.Reminded]] {
        guard !grids.isEmpty else { return [:] }
        var people: [String: [String]] = [:]
        func key(_ row: Row) throws -> String {
            "\(try row.id("grid_id")) \(try row.day("due_on").isoText) \(try row.text("kind"))"
        }
        for row in try reader.rows(
            """
            SELECT r.grid_id, r.due_on, r.kind, p.name FROM office_reminder_person r JOIN person p ON p.id = r.person_id
            WHERE r.grid_id IN (\(SQL.list(grids))) ORDER BY p.sort_key, p.id
            """)
        {
            people[try key(row), default: []].append(try row.text("name"))
        }
        let reminded = try reader.rows(
            """
            SELECT r.grid_id, r.due_on, r.kind, r.missing, r.at FROM office_reminder r
            WHERE r.grid_id IN (\(SQL.list(grids))) ORDER BY r.at DESC, r.due_on DESC, r.kind
            """
        ).map {
            Offices.Reminded(
                grid: try $0.id("grid_id"), kind: try word($0, "kind"), due: try $0.day("due_on"),
                missing: try $0.integer("missing"), at: try $0.instant("at"), people: people[try key($0)] ?? [])
        }
        return Dictionary(grouping: reminded, by: \.grid)
    }

    /// The grids of a year of which a person was reminded in an office's place.
    static func gridsReminded(_ person: ID, year: Int, seenBy sight: Sight, _ reader: any Reader) throws -> [Offices
        .Grid]
    {
        try reader.rows(
            """
            SELECT DISTINCT r.grid_id FROM office_reminder_person r JOIN office_grid g ON g.id = r.grid_id
            WHERE r.person_id = \(person) AND g.year = \(year) AND \(sight.covers("g.territory_id"))
            ORDER BY r.grid_id LIMIT 40
            """
        ).map { try grid($0.id("grid_id"), unattended: reader) }
    }
}
