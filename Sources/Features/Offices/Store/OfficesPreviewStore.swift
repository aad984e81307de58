import Core
import Criteria
import Database
import Foundation
import Organisation

extension OfficesStore {
    private static let columns: SQL = """
        s.id, s.grid_id, s.kind, s.state, s.file_name, s.started_at_code, s.source, s.cells, s.number, s.made_at, \
        s.undone_at, p.name AS maker, u.name AS undoer
        """
    private static let joins: SQL = """
        office_save s LEFT JOIN person p ON p.id = s.made_by LEFT JOIN person u ON u.id = s.undone_by
        """

    /// A save of a grid that was looked up.
    package static func save(_ id: ID, of grid: Offices.Grid, _ reader: any Reader) throws -> Offices.Save {
        try save(reader.one("SELECT \(columns) FROM \(joins) WHERE s.id = \(id) AND s.grid_id = \(grid.id)"))
    }

    /// The last saves of a grid, the newest first, without those that only waited.
    package static func saves(of grid: Offices.Grid, most: Int = 20, _ reader: any Reader) throws -> [Offices.Save] {
        try reader.rows(
            """
            SELECT \(columns) FROM \(joins) WHERE s.grid_id = \(grid.id) AND s.state IN ('done', 'undone')
            ORDER BY s.number DESC LIMIT \(most)
            """
        ).map { try save($0, withRows: false) }
    }

    private static func save(_ row: Row, withRows: Bool = true) throws -> Offices.Save {
        let source = withRows ? try row.optionalText("source") : nil
        return Offices.Save(
            id: try row.id("id"), grid: try row.id("grid_id"), kind: try word(row, "kind"),
            state: try word(row, "state"), fileName: try row.optionalText("file_name"),
            start: try row.optionalText("started_at_code"),
            rows: try source.map { try JSONDecoder().decode([[String]].self, from: Data($0.utf8)) } ?? [],
            cells: try row.integer("cells"), number: try row.optionalInteger("number"),
            maker: try row.optionalText("maker"), madeAt: try row.instant("made_at"),
            undoneBy: try row.optionalText("undoer"), undoneAt: try row.optionalInstant("undone_at"))
    }

    static func word<Word: RawRepresentable<String>>(_ row: Row, _ column: String) throws -> Word {
        let text = try row.text(column)
        guard let word = Word(rawValue: text) else { throw UnknownOfficesWord(column: column, word: text) }
        return word
    }

    /// Keeps what was pasted or read from a file until somebody confirms it. Nothing of the grid changes.
    package static func keep(
        _ rows: [[String]], for grid: Offices.Grid, as kind: Offices.Save.Kind, fileName: String? = nil,
        startingAt start: String? = nil, _ deed: Offices.Deed, _ tx: Transaction
    ) throws -> ID {
        let id = tx.ids.next()
        let source = String(decoding: try JSONEncoder.steady.encode(rows), as: UTF8.self)
        try tx.execute(
            """
            INSERT INTO office_save (id, grid_id, kind, state, file_name, started_at_code, source, cells, made_by, made_at)
            VALUES (\(id), \(grid.id), \(kind.rawValue), 'previewed', \(fileName), \(start), \(source), 0,
                \(deed.person), \(deed.at))
            """)
        return id
    }

    /// What a paste is held against: the grid as it stands in this snapshot.
    ///
    /// - Parameter rows: the pasted rows; a mark in them says over which revision of the grid they were filled in.
    /// - Throws: `.invalid` when the rows were filled in from another grid.
    package static func ground(
        of grid: Offices.Grid, for rows: [[String]] = [], _ reader: any Reader
    ) throws -> Offices.PasteGround {
        let mark = Offices.TemplateMark.find(in: rows)
        guard mark == nil || mark?.grid == grid.id else {
            throw Refusal(.invalid, "offices.paste.refusal.otherGrid", field: "text")
        }
        let columns = try indicators(of: grid, reader)
        let own = Set(columns.map(\.code))
        let cells = try cells(of: grid, reader)
        return Offices.PasteGround(
            rows: try areas(of: grid.territory.id, reader).map {
                Offices.Row(id: $0.id, name: $0.name, prefixes: $0.designation.folded)
            },
            columns: columns,
            others: try CriteriaStore.set(grid.criteriaSet, reader).indicators.filter { !own.contains($0.code) },
            held: cells.filter { $0.value.grid == grid.id }.mapValues(\.value),
            foreign: cells.filter { $0.value.grid != grid.id }.mapValues { $0.organisationName ?? "" },
            foreignHeld: cells.filter { $0.value.grid != grid.id }.mapValues(\.value),
            sinceTemplate: try mark.map { try before(over: $0.revision, in: grid, reader) })
    }

    /// Units elsewhere that bear these names, for words about an area that does not lie here: the name of the unit
    /// above each. Without Sight: names of units are public.
    package static func elsewhere(_ names: [String], _ reader: any Reader) throws -> [String: TerritoryTitle] {
        let keys = Dictionary(
            names.prefix(50).map { (VietnameseText.nameKey($0), $0) }, uniquingKeysWith: { first, _ in first })
        guard !keys.isEmpty else { return [:] }
        var found: [String: TerritoryTitle] = [:]
        for row in try reader.rows(
            """
            SELECT t.name_key, u.id, u.kind AS own_kind, u.designation AS own_designation, u.name AS own_name
            FROM territory t JOIN territory u ON u.id = t.parent_id
            WHERE t.kind = 'area' AND t.name_key IN (\(SQL.list(keys.keys.sorted()))) LIMIT 200
            """)
        {
            if let name = keys[try row.text("name_key")] { found[name] = try .read(row, "id", "own") }
        }
        return found
    }

    /// The values that a grid's cells had when its revision was `over`, for cells changed since: what a form that was
    /// opened then showed. A save that was taken back since changed its cells a second time.
    package static func before(
        over revision: Int, in grid: Offices.Grid, _ reader: any Reader
    ) throws -> [Offices.Cell: Criteria.Value?] {
        var found: [Offices.Cell: Criteria.Value?] = [:]
        for row in try reader.rows(
            """
            SELECT c.territory_id, c.code, c.before AS shown, s.number AS revision
            FROM office_save s JOIN office_save_cell c ON c.save_id = s.id
            WHERE s.grid_id = \(grid.id) AND s.state IN ('done', 'undone') AND s.number > \(revision)
            UNION ALL
            SELECT c.territory_id, c.code, c.after AS shown, s.undone_in AS revision
            FROM office_save s JOIN office_save_cell c ON c.save_id = s.id
            WHERE s.grid_id = \(grid.id) AND s.state = 'undone' AND s.undone_in > \(revision)
            ORDER BY revision DESC
            """)
        {
            let cell = Offices.Cell(area: try row.id("territory_id"), code: try row.text("code"))
            found.updateValue(try row.optionalText("shown").map { try value($0, "shown") }, forKey: cell)
        }
        return found
    }

    /// Cells about to be written that stand otherwise than when the grid's revision was `over`, as a refusal that names
    /// them; nil when there are none.
    static func passed(
        _ changes: [Offices.Change], over revision: Int, in grid: Offices.Grid, _ reader: any Reader
    ) throws -> Refusal? {
        guard revision < grid.revision else { return nil }
        let shown = try before(over: revision, in: grid, reader)
        let moved = changes.filter { change in shown[change.cell].map { $0 != change.before } ?? false }
        guard !moved.isEmpty else { return nil }
        let names = try OrganisationStore.titles(of: Array(Set(moved.map(\.cell.area))).sorted(), reader)
            .mapValues(\.name)
        let cells = moved.map { change in
            "\(change.cell.code) \(names[change.cell.area] ?? ""): "
                + "\(change.before.map(Offices.Typed.text) ?? "\u{2013}") \u{2192} "
                + "\(change.after.map(Offices.Typed.text) ?? "\u{2013}")"
        }.sorted()
        return Refusal(
            .conflict, "offices.confirmation.refusal.moved",
            [
                "count": "\(moved.count)",
                "cells": (cells.prefix(named) + (cells.count > named ? ["\u{2026}"] : [])).joined(separator: "; "),
            ])
    }
}
