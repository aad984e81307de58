import Core
import Criteria
import Database
import Organisation
import Web

/// What one office is asked for, to be changed.
struct OfficesTermsOutput: Output {
    struct Column: Encodable, Sendable {
        let column: OfficesColumnAnswer
        let isAsked: Bool
        /// Figures stand in it, so it stays.
        let isHeld: Bool
        /// The supplier that the criteria set names.
        let supplier: String
        /// Other offices that are asked for it too.
        let others: [String]
    }

    let grid: OfficesGridAnswer
    /// What is asked, as a mark that the form sends back.
    let standing: String
    let columns: [Column]

    static var sample: OfficesTermsOutput {
        OfficesTermsOutput(
            grid: OfficesSamples.grid, standing: "0",
            columns: [Column(column: .sample, isAsked: true, isHeld: true, supplier: "Sample", others: ["Sample"])])
    }

    static func of(_ call: Call<Actor>) throws -> OfficesTermsOutput {
        let grid = try call.grid()
        _ = try call.permit(.checkDossier, grid)
        let asked = Set(try OfficesStore.indicators(of: grid, call.reader).map(\.code))
        let held = Set(
            try OfficesStore.cells(of: grid, call.reader).filter { $0.value.grid == grid.id }.map(\.key.code))
        let filling = try OfficesStore.fillings(of: [grid], call.reader)
        let others = try OfficesStore.grids(of: grid.territory.id, year: grid.year, call.reader)
            .filter { $0.id != grid.id && $0.setCode == grid.setCode }
        let codes = try OfficesStore.codes(ofGrids: others.map(\.id), call.reader)
        return OfficesTermsOutput(
            grid: OfficesGridAnswer(grid, filling[grid.id]), standing: OfficesStanding.of(grid, asked).mark,
            columns: try CriteriaStore.set(grid.criteriaSet, call.reader).indicators.map { indicator in
                Column(
                    column: OfficesColumnAnswer(indicator), isAsked: asked.contains(indicator.code),
                    isHeld: held.contains(indicator.code), supplier: indicator.supplier?.name ?? "",
                    others: others.filter { codes[$0.id, default: []].contains(indicator.code) }
                        .map(\.organisationName))
            })
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let id: String
            let label: String
            let hint: String?
            let checked: Bool
        }

        let head: WebHead
        let form: FormView
        let over: String
        let now: [String]
        let dueField: WebField?
        let objectionsField: WebField?
        let error: String?
        let rows: [Row]
    }

    func page(_ view: View) -> Page {
        let title = view("offices.terms.title")
        let form = view.form(
            OfficesTermsForm.self, action: "\(grid.href)/assignment",
            filled: ["due": view.typed(grid.due), "objections": view.typed(grid.objectionsUntil)])
        return Page(
            "offices-terms", title: title,
            Content(
                head: WebHead(
                    title: title, lead: grid.office, crumbs: grid.crumbs(view) + [WebCrumb(grid.office, grid.href)]),
                form: form, over: standing, now: view.submitted?.isConflict == true ? [now(view)] : [],
                dueField: form.field["due"], objectionsField: form.field["objections"],
                error: form.messages["column"],
                rows: columns.map { column in
                    let field = "column.\(column.column.code)"
                    return Content.Row(
                        id: field, label: "\(column.column.code) \(column.column.name(view))",
                        hint: hint(column, view),
                        checked: form.typed.map { $0[field] != nil } ?? column.isAsked)
                }))
    }

    private func now(_ view: View) -> String {
        view(
            "offices.terms.now",
            [
                "due": view.day(grid.due), "objections": view.day(grid.objectionsUntil),
                "codes": columns.filter(\.isAsked).map(\.column.code).joined(separator: ", "),
            ])
    }

    private func hint(_ column: Column, _ view: View) -> String? {
        let parts: [String?] = [
            column.isHeld
                ? view("offices.terms.held")
                : column.supplier.isEmpty ? nil : view("offices.terms.supplier", ["name": column.supplier]),
            column.others.isEmpty
                ? nil : view("offices.terms.others", ["offices": column.others.joined(separator: ", ")]),
        ]
        return parts.compactMap { $0 }.joined(separator: ". ").nilIfEmpty
    }
}
