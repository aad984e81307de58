import Core
import Criteria
import Database
import Documents
import Organisation
import Web

/// The grid as a sheet to sign: A4 across, areas down, indicators across, with who confirms it.
struct OfficesPaperOutput: Output {
    struct Line: Encodable, Sendable {
        let area: TerritoryTitle
        /// In the order of the columns; nil where nothing stands.
        let values: [OfficesValueAnswer?]
    }

    let grid: OfficesGridAnswer
    let criteria: String
    let criteriaVersion: Int
    let columns: [OfficesColumnAnswer]
    let lines: [Line]
    let papers: [String]

    static var sample: OfficesPaperOutput {
        OfficesPaperOutput(
            grid: OfficesSamples.grid, criteria: "Sample", criteriaVersion: 1, columns: [.sample],
            lines: [Line(area: OfficesSamples.area, values: [.sample])], papers: ["Sample"])
    }

    static func of(_ call: Call<Actor>) throws -> OfficesPaperOutput {
        let grid = try call.grid()
        let columns = try OfficesStore.indicators(of: grid, call.reader).map(OfficesColumnAnswer.init)
        let held = try OfficesStore.cells(of: grid, call.reader)
        let set = try CriteriaStore.set(grid.criteriaSet, call.reader)
        let areas = try OfficesStore.areas(of: grid.territory.id, call.reader)
        return OfficesPaperOutput(
            grid: OfficesGridAnswer(
                grid, Offices.Filling(filled: held.count, expected: areas.count * columns.count)),
            criteria: call.language == .en && !set.name.en.isEmpty ? set.name.en : set.name.vi,
            criteriaVersion: set.version, columns: columns,
            lines: areas.map { area in
                Line(
                    area: area,
                    values: columns.map { column in
                        held[Offices.Cell(area: area.id, code: column.code)].map {
                            OfficesValueAnswer($0.value, column)
                        }
                    })
            },
            papers: try OfficesStore.papers(ofGrids: [grid.id], call.reader)[grid.id, default: []].map {
                "\($0.caption) (\($0.codes.joined(separator: ", ")))"
            })
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let number: String
            let name: String
            let values: [String]
        }

        struct Head: Sendable {
            let code: String
            let name: String
            let unit: String?
        }

        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let paragraphs: [String]
        let columns: [Head]
        let rows: [Row]
        let papers: [String]
        let signer: String
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let about = view("offices.paper.about", ["place": view.headed(grid.place), "year": "\(grid.year)"])
        let code = try? QRCode(view.absolute(grid.href))  // Too long an address leaves the code out.
        return Page(
            "offices-paper", title: about,
            Content(
                back: WebLink(grid.href, view("offices.save.toGrid")),
                document: WebDocumentHead(
                    issuer: grid.office.uppercased(), symbol: view("offices.paper.symbol"), place: grid.place.name,
                    dayText: view("offices.paper.day"), isDraft: grid.missing > 0),
                about: about,
                paragraphs: [
                    view("offices.paper.criteria", ["criteria": criteria, "version": "\(criteriaVersion)"]),
                    view(
                        grid.missing == 0 ? "offices.paper.full" : "offices.paper.notFull",
                        [
                            "filled": view.number(grid.filled), "expected": view.number(grid.expected),
                            "missing": view.number(grid.missing),
                        ]),
                ] + [OfficesColumnAnswer.notApplicable(columns, view)].compactMap { $0 },
                columns: columns.map {
                    Content.Head(code: $0.code, name: $0.name(view), unit: $0.unitText(view))
                },
                rows: lines.enumerated().map { index, line in
                    Content.Row(
                        number: view.number(index + 1), name: view.headed(line.area),
                        values: line.values.map { $0?.shown(view) ?? "" })
                }, papers: papers, signer: view("offices.paper.signer"),
                trace: WebTrace(
                    isDemo: view.isDemonstration, printed: view.language.format.moment(view.now),
                    record: "\(grid.id)", revision: "\(grid.revision)", valid: view("offices.paper.valid"),
                    qrPath: code?.squares, qrSize: code?.wholeSide)))
    }
}
