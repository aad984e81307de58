import Core
import Criteria
import Database
import Organisation

extension Offices {
    /// What stands in the sheet that is handed out for a grid, for filling in without a connection.
    package struct Template: Sendable {
        package let columns: [Criteria.Indicator]
        package let rows: [(area: TerritoryTitle, values: [Criteria.Value?])]
        package let mark: TemplateMark
    }
}

extension OfficesStore {
    /// The sheet of a grid that was looked up with Sight: its areas and columns with what stands in them, other
    /// offices' figures among them.
    package static func template(of grid: Offices.Grid, _ reader: any Reader) throws -> Offices.Template {
        let columns = try indicators(of: grid, reader)
        let cells = try cells(of: grid, reader)
        return Offices.Template(
            columns: columns,
            rows: try areas(of: grid.territory.id, reader).map { area in
                (area, columns.map { cells[Offices.Cell(area: area.id, code: $0.code)]?.value })
            }, mark: Offices.TemplateMark(grid: grid.id, revision: grid.revision))
    }
}
