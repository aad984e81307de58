import Core
import Criteria
import Database
import Documents
import Organisation
import Web

/// The grid as a spreadsheet to fill in where there is no connection, and to send back.
enum OfficesTemplateRoutes {
    static let routes: [Route] = [.file("/offices/:id/template", .signedIn) { try template($0) }]

    private static func template(_ call: Call<Actor>) throws -> FileAnswer {
        let grid = try call.grid()
        let template = try OfficesStore.template(of: grid, call.reader)
        let sheets = [
            sheet(template, call.words, call.language), guide(template, grid, call.words, call.language),
        ]
        let office = VietnameseText.folded(grid.organisationName).replacing(" ", with: "-")
        // Another office may fill a cell of the same column, so the revision alone does not name the content.
        let content = sheets.map { "\($0)" }.joined()
        return FileAnswer(
            type: FileKind.xlsx.mediaType, name: "\(office)-\(grid.year).xlsx",
            tag: ContentAddress(of: Array(content.utf8)).hex, isShown: false
        ) { try SheetWriter.bytes(of: sheets) }
    }

    private static func name(_ indicator: Criteria.Indicator, _ language: Language) -> String {
        language == .en && !indicator.name.en.isEmpty ? indicator.name.en : indicator.name.vi
    }

    /// Areas down, indicators across; below them the mark by which the sheet is known again.
    private static func sheet(_ template: Offices.Template, _ words: Words, _ language: Language) -> Sheet {
        let (yes, no) = (words("offices.template.yes"), words("offices.template.no"))
        let columns =
            [SheetColumn(words("offices.column.area"), width: 30)]
            + template.columns.map { SheetColumn("\($0.code) \(name($0, language))", width: 22) }
        var rows: [[SheetCell]] = template.rows.map { area, values in
            [.text(heading(area, words, language))]
                + zip(template.columns, values).map { indicator, value in
                    switch Offices.TemplateCell(value, for: indicator, yes: yes, no: no) {
                    case .text(let text): .text(text)
                    case .number(let thousandths): .number(Double(thousandths) / 1_000)
                    case .empty: .empty
                    }
                }
        }
        rows.append([.text(template.mark.text), .text(words("offices.template.mark"))])
        return Sheet(words("offices.template.sheet"), columns: columns, rows: rows)
    }

    /// As it is read back: the words that name areas are Vietnamese ones.
    private static func heading(_ area: TerritoryTitle, _ words: Words, _ language: Language) -> String {
        guard language != .vi, let kind = area.designation.folded.first else { return area.headed { words($0, $1) } }
        return "\(kind) \(area.name)"
    }

    /// A second sheet that says what may stand in each column.
    private static func guide(
        _ template: Offices.Template, _ grid: Offices.Grid, _ words: Words, _ language: Language
    ) -> Sheet {
        let how = ["edit", "clear", "notApplicable", "mark", "send"].map {
            [SheetCell.text(words("offices.template.how.\($0)"))]
        }
        let columns = template.columns.map { indicator -> [SheetCell] in
            let values: String =
                switch indicator.kind {
                case .yesNo: words("offices.template.yesNo")
                case .grade(let choices): choices.map(\.name).joined(separator: ", ")
                case .percentage: words("offices.template.percent")
                default: words("offices.template.number")
                }
            let none = indicator.notApplicableIf.map { words("offices.grid.naText", ["case": $0]) } ?? ""
            return [.text("\(indicator.code) \(name(indicator, language))"), .text(values), .text(none)]
        }
        return Sheet(
            words("offices.template.guide"),
            columns: [
                SheetColumn("\(grid.organisationName), \(grid.year)", width: 60), SheetColumn("", width: 44),
                SheetColumn("", width: 44),
            ], rows: how + [[]] + columns)
    }
}
