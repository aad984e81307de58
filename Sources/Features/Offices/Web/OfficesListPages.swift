import Core
import Criteria
import Database
import Organisation
import Web

/// Which grids are mine, and the way to who is missing.
struct OfficesListOutput: Output {
    struct Line: Encodable, Sendable {
        let grid: OfficesGridAnswer
        let codes: [String]
        /// Objections that wait for an answer.
        let objections: Int
    }

    /// Grids of the organisations in whose name this person enters figures.
    let mine: [Line]
    /// Whether this person answers for a commune and asks offices.
    let mayAssign: Bool
    /// Communes in sight, for who follows offices.
    let communes: [TerritoryTitle]
    /// The person's own area, where they have one.
    let area: TerritoryTitle?
    let year: Int
    /// This person's own filters of who is missing.
    var views: [SavedView] = []

    static var sample: OfficesListOutput {
        OfficesListOutput(
            mine: [Line(grid: OfficesSamples.grid, codes: ["II.2"], objections: 1)], mayAssign: true,
            communes: [OfficesSamples.place], area: OfficesSamples.area, year: 2026,
            views: [SavedView(id: OfficesSamples.id, list: .offices, name: "Last year", query: "year=2025")])
    }

    static func of(_ call: Call<Actor>) throws -> OfficesListOutput {
        let reader = call.reader
        let able = call.who.grants.filter {
            $0.role.capabilities.contains(.supplyValues) && $0.term.contains(call.today)
        }
        let own = Array(Set(able.map(\.organisation))).sorted()
        var grids = try OfficesStore.grids(ofOrganisations: own, seenBy: call.sight, reader)
        // A culture officer enters for every office of the commune that has nobody here.
        for grant in able where grant.role == .cultureOfficer {
            let known = Set(grids.map(\.id))
            grids += try OfficesStore.grids(of: grant.territory, year: call.today.year, reader)
                .filter { !known.contains($0.id) }
        }
        let fillings = try OfficesStore.fillings(of: grids, reader)
        let waiting = try OfficesStore.openObjections(toGrids: grids.map(\.id), reader)
        let codes = try OfficesStore.codes(ofGrids: grids.map(\.id), reader)
        let roots = try OrganisationStore.roots(of: call.sight, reader)
        return OfficesListOutput(
            mine: grids.map {
                Line(
                    grid: OfficesGridAnswer($0, fillings[$0.id]), codes: codes[$0.id] ?? [],
                    objections: waiting[$0.id] ?? 0)
            },
            mayAssign: call.who.holds(.checkDossier), communes: try OfficesStore.communes(seenBy: call.sight, reader),
            area: roots.first { $0.kind == .area }, year: call.today.year,
            views: try SavedViews.of(call.who.person, on: .offices, call.reader))
    }

    struct Content: Sendable {
        let head: WebHead
        let mine: WebTable?
        let empty: WebEmpty?
        let communes: WebRows?
        let views: WebViews?
        let assign: WebButton?
        let area: WebButton?
    }

    func page(_ view: View) -> Page {
        let title = view("offices.title")
        return Page(
            "offices-list", title: title,
            Content(
                head: WebHead(title: title, lead: view("offices.lead")), mine: mine.isEmpty ? nil : table(view),
                empty: mine.isEmpty && communes.isEmpty && area == nil
                    ? WebEmpty(
                        title: view("offices.list.empty.title"), text: view("offices.list.empty.text"),
                        first: view("offices.list.empty.first")) : nil,
                communes: communes.isEmpty
                    ? nil
                    : WebRows(
                        rows: communes.map {
                            WebLine(title: view.headed($0), href: "/offices/missing?place=\($0.id)&year=\(year)")
                        }),
                views: .over(.offices, views, address: ViewedList.offices.path),
                assign: mayAssign
                    ? WebButton("/offices/assignments/new?year=\(year)", view("offices.list.assign")) : nil,
                area: area.map {
                    WebButton(
                        OfficesRoutes.area($0.id, year: year), view("offices.list.area", ["area": view.headed($0)]))
                }))
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("offices.column.grid")), WebColumn(view("offices.column.codes")),
                WebColumn(view("offices.column.filled"), isNumber: true), WebColumn(view("offices.column.due")),
                WebColumn(view("offices.column.status")),
            ],
            rows: mine.map { line in
                WebRow([
                    .head(
                        line.grid.office, href: line.grid.href,
                        also: "\(view.headed(line.grid.place)) · \(line.grid.year)"),
                    .text(line.codes.joined(separator: ", ")), .number(line.grid.filledText(view)),
                    .text(view.day(line.grid.due)),
                    .status(
                        line.grid.status(view),
                        also: line.objections == 0
                            ? nil : view("offices.list.objections", ["count": view.number(line.objections)])),
                ])
            })
    }
}

extension OfficesGridAnswer {
    func filledText(_ view: View) -> String {
        view("offices.filled", ["filled": view.number(filled), "expected": view.number(expected)])
    }
}

extension OfficesStore {
    /// Objections without an answer, by grid.
    static func openObjections(toGrids grids: [ID], _ reader: any Reader) throws -> [ID: Int] {
        guard !grids.isEmpty else { return [:] }
        return Dictionary(
            try reader.rows(
                """
                SELECT grid_id, count(*) AS many FROM office_objection
                WHERE grid_id IN (\(SQL.list(grids))) AND outcome IS NULL GROUP BY grid_id
                """
            ).map { (try $0.id("grid_id"), try $0.integer("many")) }, uniquingKeysWith: { first, _ in first })
    }

    /// The codes of grids, by grid, in text order.
    static func codes(ofGrids grids: [ID], _ reader: any Reader) throws -> [ID: [String]] {
        guard !grids.isEmpty else { return [:] }
        var found: [ID: [String]] = [:]
        for row in try reader.rows(
            "SELECT grid_id, code FROM office_grid_column WHERE grid_id IN (\(SQL.list(grids))) ORDER BY code")
        {
            found[try row.id("grid_id"), default: []].append(try row.text("code"))
        }
        return found
    }
}
