import Core
import Criteria
import Database
import Organisation

/// Where offices' grids are read and written.
///
///   OfficesStore.swift           grids, their columns and rows, what stands in them
///   OfficesAssignmentStore.swift who is asked for what, until when
///   OfficesSaveStore.swift       one save, its preview, its undoing, and how it reaches the running dossiers
///   OfficesHeldStore.swift       what others read: values of areas, what of a dossier comes from offices
///   OfficesObjectionStore.swift  objections and their answers
///   OfficesDocumentStore.swift   papers for whole columns
///   OfficesSuccessionStore.swift another office in one's place
///   OfficesTemplateStore.swift   the sheet to fill in without a connection
///   OfficesReminderStore.swift   what offices were told about their day; the jobs are OfficesJobs.swift
///   OfficesWaiting.swift         what waits for whom, for home
package enum OfficesStore {}

extension OfficesStore {
    private static let columns: SQL = """
        g.id, g.organisation_id, g.territory_id, g.criteria_set_id, g.set_code, g.year, g.due_on, g.objections_until, \
        g.revision, o.name AS organisation, t.kind AS own_kind, t.designation AS own_designation, t.name AS own_name
        """
    private static let joins: SQL = """
        office_grid g JOIN organisation o ON o.id = g.organisation_id JOIN territory t ON t.id = g.territory_id
        """

    /// A grid of a unit this person may see.
    package static func grid(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> Offices.Grid {
        try grid(
            reader.one(
                "SELECT \(columns) FROM \(joins) WHERE g.id = \(id) AND \(sight.covers("g.territory_id"))"), reader)
    }

    /// Without a sight: for seeds, and inside a transaction whose permit named it.
    package static func grid(_ id: ID, unattended reader: any Reader) throws -> Offices.Grid {
        try grid(reader.one("SELECT \(columns) FROM \(joins) WHERE g.id = \(id)"), reader)
    }

    /// The grids of a unit in a year, by the office's name. The unit must have been looked up with Sight.
    package static func grids(of territory: ID, year: Int, _ reader: any Reader) throws -> [Offices.Grid] {
        let place = try OrganisationStore.path(of: territory, reader)
        return try reader.rows(
            """
            SELECT \(columns) FROM \(joins) WHERE g.territory_id = \(territory) AND g.year = \(year)
            ORDER BY o.sort_key, g.id
            """
        ).map { try grid($0, place: place) }
    }

    /// The grids of some organisations, newest year first, that the person may see.
    package static func grids(
        ofOrganisations organisations: [ID], seenBy sight: Sight, _ reader: any Reader
    ) throws -> [Offices.Grid] {
        guard !organisations.isEmpty else { return [] }
        return try reader.rows(
            """
            SELECT \(columns) FROM \(joins) WHERE g.organisation_id IN (\(SQL.list(organisations)))
            AND \(sight.covers("g.territory_id")) ORDER BY g.year DESC, g.due_on, o.sort_key, g.id LIMIT 100
            """
        ).map { try grid($0, reader) }
    }

    private static func grid(_ row: Row, _ reader: any Reader) throws -> Offices.Grid {
        try grid(row, place: OrganisationStore.path(of: row.id("territory_id"), reader))
    }

    private static func grid(_ row: Row, place: [ID]) throws -> Offices.Grid {
        Offices.Grid(
            id: try row.id("id"), organisation: try row.id("organisation_id"),
            organisationName: try row.text("organisation"), territory: try .read(row, "territory_id", "own"),
            criteriaSet: try row.id("criteria_set_id"), setCode: try row.text("set_code"),
            year: try row.integer("year"), due: try row.day("due_on"),
            objectionsUntil: try row.day("objections_until"), revision: try row.integer("revision"), place: place)
    }

    /// The indicators of a grid in the set's order.
    package static func indicators(of grid: Offices.Grid, _ reader: any Reader) throws -> [Criteria.Indicator] {
        let codes = Set(
            try reader.rows("SELECT code FROM office_grid_column WHERE grid_id = \(grid.id)").map {
                try $0.text("code")
            })
        return try CriteriaStore.set(grid.criteriaSet, reader).indicators.filter { codes.contains($0.code) }
    }

    /// The areas of a unit in their order: the rows of its grids.
    package static func areas(of territory: ID, _ reader: any Reader) throws -> [TerritoryTitle] {
        try reader.rows(
            """
            SELECT t.id, t.kind AS own_kind, t.designation AS own_designation, t.name AS own_name
            FROM territory_closure c JOIN territory t ON t.id = c.descendant_id
            WHERE c.ancestor_id = \(territory) AND c.descendant_kind = 'area'
            ORDER BY c.sort_key, c.descendant_id LIMIT \(Offices.Limit.rows)
            """
        ).map { try .read($0, "id", "own") }
    }

    /// What stands in the cells of a grid, whoever of the offices put it there.
    package static func cells(of grid: Offices.Grid, _ reader: any Reader) throws -> [Offices.Cell: Offices.Held] {
        let held = try held(
            """
            v.territory_id IN (SELECT c.descendant_id FROM territory_closure c
                WHERE c.ancestor_id = \(grid.territory.id) AND c.descendant_kind = 'area')
            AND v.year = \(grid.year) AND v.set_code = \(grid.setCode)
            AND v.code IN (SELECT k.code FROM office_grid_column k WHERE k.grid_id = \(grid.id))
            """, reader)
        return Dictionary(
            held.map { (Offices.Cell(area: $0.area, code: $0.code), $0) }, uniquingKeysWith: { first, _ in first })
    }

    static func held(_ condition: SQL, _ reader: any Reader) throws -> [Offices.Held] {
        try reader.rows(
            """
            SELECT v.territory_id, v.code, v.value, v.note, v.source, v.grid_id, v.at, v.saved_in, g.organisation_id,
                o.name AS organisation, p.name AS enterer
            FROM office_value v LEFT JOIN office_grid g ON g.id = v.grid_id
            LEFT JOIN organisation o ON o.id = g.organisation_id LEFT JOIN person p ON p.id = v.entered_by
            WHERE \(condition)
            """
        ).map { row in
            Offices.Held(
                area: try row.id("territory_id"), code: try row.text("code"),
                value: try value(row.text("value"), "value"),
                source: Offices.Source(rawValue: try row.text("source")) ?? .office,
                grid: try row.optionalID("grid_id"), organisation: try row.optionalID("organisation_id"),
                organisationName: try row.optionalText("organisation"), enterer: try row.optionalText("enterer"),
                at: try row.instant("at"), savedIn: try row.integer("saved_in"), note: try row.optionalText("note"))
        }
    }

    static func value(_ text: String, _ column: String) throws -> Criteria.Value {
        guard let value = Offices.Code.value(text) else { throw UnknownOfficesWord(column: column, word: text) }
        return value
    }

    /// How full grids are, by their id: filled cells of their columns and areas.
    package static func fillings(of grids: [Offices.Grid], _ reader: any Reader) throws -> [ID: Offices.Filling] {
        guard !grids.isEmpty else { return [:] }
        var found: [ID: Offices.Filling] = [:]
        for row in try reader.rows(
            """
            SELECT g.id,
                (SELECT count(*) FROM office_grid_column k WHERE k.grid_id = g.id)
                * (SELECT count(*) FROM territory_closure c WHERE c.ancestor_id = g.territory_id
                    AND c.descendant_kind = 'area') AS expected,
                (SELECT count(*) FROM territory_closure c JOIN office_value v ON v.territory_id = c.descendant_id
                    JOIN office_grid_column k ON k.grid_id = g.id AND k.code = v.code
                    WHERE c.ancestor_id = g.territory_id AND c.descendant_kind = 'area' AND v.year = g.year
                    AND v.set_code = g.set_code) AS filled
            FROM office_grid g WHERE g.id IN (\(SQL.list(grids.map(\.id))))
            """)
        {
            found[try row.id("id")] = Offices.Filling(
                filled: try row.integer("filled"), expected: try row.integer("expected"))
        }
        return found
    }
}

extension TerritoryTitle {
    /// Out of a row with `<own>_kind`, `<own>_designation` and `<own>_name`.
    static func read(_ row: Row, _ id: String, _ own: String) throws -> TerritoryTitle {
        guard let kind = TerritoryKind(rawValue: try row.text("\(own)_kind")),
            let designation = Designation(rawValue: try row.text("\(own)_designation"))
        else { throw UnknownOfficesWord(column: own, word: try row.text("\(own)_kind")) }
        return TerritoryTitle(
            id: try row.id(id), kind: kind, designation: designation, name: try row.text("\(own)_name"))
    }
}

/// A word in the database that this program does not know.
struct UnknownOfficesWord: Error {
    let column: String
    let word: String
}
