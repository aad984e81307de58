import Core
import Criteria
import Database
import Organisation
import Web

/// Where text out of a spreadsheet is pasted, or a file is chosen.
struct OfficesPasteOutput: Output {
    let grid: OfficesGridAnswer
    let columns: [OfficesColumnAnswer]
    /// A few areas as the grid spells them, for the example.
    let areas: [TerritoryTitle]
    let start: String?

    static var sample: OfficesPasteOutput {
        OfficesPasteOutput(
            grid: OfficesSamples.grid, columns: [.sample], areas: [OfficesSamples.area], start: "V.1")
    }

    static func of(_ call: Call<Actor>) throws -> OfficesPasteOutput {
        let grid = try call.grid()
        _ = try call.permitToSupply(grid, of: grid.organisation)
        let columns = try OfficesStore.indicators(of: grid, call.reader).map(OfficesColumnAnswer.init)
        let asked = call.query["column"]
        return OfficesPasteOutput(
            grid: OfficesGridAnswer(grid, try OfficesStore.fillings(of: [grid], call.reader)[grid.id]),
            columns: columns, areas: Array(try OfficesStore.areas(of: grid.territory.id, call.reader).prefix(3)),
            start: columns.contains { $0.code == asked } ? asked : nil)
    }

    struct Content: Sendable {
        let head: WebHead
        let paste: FormView
        /// Where there is one column only nobody is asked where the text begins.
        let pasteFields: [WebField]
        let file: FormView
        let example: String
        let notApplicable: String?
        let template: WebLink
    }

    func page(_ view: View) -> Page {
        let title = view("offices.paste.title")
        let back = view.submitted
        let paste = view.form(
            OfficesPasteForm.self, action: "\(grid.href)/paste" + (start.map { "?column=\($0)" } ?? ""),
            filled: ["start": start ?? ""],
            options: [
                "start": [WebOption(value: "", label: view("offices.paste.startFirst"))]
                    + columns.map { WebOption(value: $0.code, label: "\($0.code) \($0.name(view))") }
            ], hasPrimary: back?.form != OfficesFileForm.name)
        return Page(
            "offices-paste", title: title,
            Content(
                head: WebHead(
                    title: title, lead: grid.office, crumbs: grid.crumbs(view) + [WebCrumb(grid.office, grid.href)]),
                paste: paste,
                pasteFields: ["text", columns.count > 1 ? "start" : ""].compactMap { paste.field[$0] },
                file: view.form(OfficesFileForm.self, action: "\(grid.href)/file", hasPrimary: false),
                example: example(view), notApplicable: OfficesColumnAnswer.notApplicable(columns, view),
                template: WebLink(OfficesRoutes.template(grid.id), view("offices.grid.template"))))
    }

    /// Two lines as they may be pasted.
    private func example(_ view: View) -> String {
        let head = ([""] + columns.prefix(2).map(\.code)).joined(separator: "\t")
        let lines = areas.prefix(2).map { area in
            ([area.name] + columns.prefix(2).map { $0.example(view) })
                .joined(separator: "\t")
        }
        return ([head] + lines).joined(separator: "\n")
    }
}
