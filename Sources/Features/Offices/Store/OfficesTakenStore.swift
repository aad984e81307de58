import Core
import Database
import Organisation

extension OfficesStore {
    /// More cells than so many are not named.
    static let named = 10

    /// Why cells cannot be written: another office holds them by now. Asked inside the transaction that writes.
    ///
    /// - Parameter isTyped: the refusals belong beside the cells of the typed grid; otherwise one names all of them.
    static func taken(
        _ cells: [Offices.Cell], in grid: Offices.Grid, isTyped: Bool, _ reader: any Reader
    ) throws -> Refusal? {
        let asked = Set(cells)
        let held = try held(
            "\(standing(at: cells, in: grid)) AND (v.grid_id IS NULL OR v.grid_id <> \(grid.id))", reader
        ).filter { asked.contains(Offices.Cell(area: $0.area, code: $0.code)) }
        guard !held.isEmpty else { return nil }
        let names = try OrganisationStore.titles(of: Array(Set(held.map(\.area))).sorted(), reader).mapValues(\.name)
        let sorted = held.sorted {
            ($0.code, VietnameseOrder.sortKey(of: names[$0.area] ?? "")) < (
                $1.code, VietnameseOrder.sortKey(of: names[$1.area] ?? "")
            )
        }
        if isTyped {
            return Refusal.of(
                sorted.map { one in
                    Refusal(
                        .conflict, "offices.cell.taken", field: "cell.\(one.area).\(one.code)",
                        ["office": one.organisationName ?? "–", "area": names[one.area] ?? "", "code": one.code])
                })
        }
        let shown = sorted.prefix(named).map { one in
            "\(one.code) \(names[one.area] ?? "") – \(one.organisationName ?? "–")"
        }
        return Refusal(
            .conflict, "offices.save.refusal.taken",
            ["cells": (shown + (sorted.count > named ? ["…"] : [])).joined(separator: "; ")])
    }

    /// What a grid's office said beside the values of some cells.
    static func notes(
        beside cells: [Offices.Cell], in grid: Offices.Grid, _ reader: any Reader
    ) throws -> [Offices.Cell: String] {
        guard !cells.isEmpty else { return [:] }
        var found: [Offices.Cell: String] = [:]
        for row in try reader.rows(
            """
            SELECT v.territory_id, v.code, v.note FROM office_value v
            WHERE \(standing(at: cells, in: grid)) AND v.grid_id = \(grid.id) AND v.note IS NOT NULL
            """)
        {
            let cell = Offices.Cell(area: try row.id("territory_id"), code: try row.text("code"))
            found[cell] = try row.optionalText("note")
        }
        return found
    }

    /// Values of some areas and columns, by the table's key: a few more than the cells where these are not a whole
    /// rectangle.
    private static func standing(at cells: [Offices.Cell], in grid: Offices.Grid) -> SQL {
        """
        v.territory_id IN (\(SQL.list(Array(Set(cells.map(\.area))).sorted()))) AND v.year = \(grid.year)
        AND v.set_code = \(grid.setCode) AND v.code IN (\(SQL.list(Array(Set(cells.map(\.code))).sorted())))
        """
    }
}
