import Core
import Criteria
import Database
import Organisation
import Web

/// The grid itself (look.md, tables of input): areas down, indicators across; on a phone one column at a time.
struct OfficesGridOutput: Output {
    struct Cell: Encodable, Sendable {
        let area: ID
        let code: String
        let value: OfficesValueAnswer?
        /// The other office that filled it; nil for one's own.
        let otherOffice: String?
        let enteredBy: String?
        let at: Instant?
    }

    struct Column: Encodable, Sendable {
        let column: OfficesColumnAnswer
        let filled: Int
    }

    struct Past: Encodable, Sendable {
        let id: ID
        let number: Int
        let kind: Offices.Save.Kind
        let state: Offices.Save.State
        let cells: Int
        let by: String?
        let at: Instant
    }

    /// What the office was told about its last day.
    struct Reminded: Encodable, Sendable {
        let kind: Offices.Reminder
        let due: Day
        let missing: Int
        let at: Instant
        let people: [String]
    }

    let grid: OfficesGridAnswer
    let areas: [TerritoryTitle]
    let columns: [Column]
    let cells: [Cell]
    /// The one column that is shown; nil for all.
    let shown: String?
    let mayEnter: Bool
    let mayAssign: Bool
    let papers: Int
    let objections: Int
    let saves: [Past]
    let reminders: [Reminded]

    static var sample: OfficesGridOutput {
        OfficesGridOutput(
            grid: OfficesSamples.grid, areas: [OfficesSamples.area], columns: [Column(column: .sample, filled: 1)],
            cells: [
                Cell(
                    area: OfficesSamples.id, code: "V.1", value: .sample, otherOffice: "Sample", enteredBy: "Sample",
                    at: .first)
            ], shown: "V.1", mayEnter: true, mayAssign: true, papers: 1, objections: 1,
            saves: [
                Past(id: OfficesSamples.id, number: 2, kind: .pasted, state: .done, cells: 3, by: "Sample", at: .first)
            ],
            reminders: [
                Reminded(kind: .week, due: OfficesSamples.day, missing: 1, at: .first, people: ["Sample"])
            ])
    }

    static func of(_ call: Call<Actor>) throws -> OfficesGridOutput {
        let grid = try call.grid()
        let indicators = try OfficesStore.indicators(of: grid, call.reader)
        let held = try OfficesStore.cells(of: grid, call.reader)
        let areas = try OfficesStore.areas(of: grid.territory.id, call.reader)
        let columns = indicators.map(OfficesColumnAnswer.init)
        let asked = call.query["column"]
        var counts: [String: Int] = [:]
        for cell in held.keys { counts[cell.code, default: 0] += 1 }
        return OfficesGridOutput(
            grid: OfficesGridAnswer(
                grid, Offices.Filling(filled: held.count, expected: areas.count * columns.count)),
            areas: areas, columns: columns.map { Column(column: $0, filled: counts[$0.code] ?? 0) },
            cells: areas.flatMap { area in
                columns.map { column in
                    let one = held[Offices.Cell(area: area.id, code: column.code)]
                    return Cell(
                        area: area.id, code: column.code,
                        value: one.map { OfficesValueAnswer($0.value, column) },
                        otherOffice: one.flatMap { $0.grid == grid.id ? nil : $0.organisationName ?? "" },
                        enteredBy: one?.enterer, at: one?.at)
                }
            },
            shown: columns.contains { $0.code == asked } ? asked : nil, mayEnter: call.maySupply(grid),
            mayAssign: call.authority.allows(call.who, .checkDossier, grid),
            papers: try OfficesStore.papers(ofGrids: [grid.id], call.reader)[grid.id, default: []].count,
            objections: try OfficesStore.openObjections(toGrids: [grid.id], call.reader)[grid.id] ?? 0,
            saves: try OfficesStore.saves(of: grid, most: 10, call.reader).compactMap { save in
                save.number.map {
                    Past(
                        id: save.id, number: $0, kind: save.kind, state: save.state, cells: save.cells, by: save.maker,
                        at: save.madeAt)
                }
            },
            reminders: try OfficesStore.reminders(of: [grid.id], call.reader)[grid.id, default: []].map {
                Reminded(kind: $0.kind, due: $0.due, missing: $0.missing, at: $0.at, people: $0.people)
            })
    }

    struct Content: Sendable {
        struct Head: Sendable {
            let code: String
            let name: String
            let unit: String?
            let href: String
        }

        let head: WebHead
        let lead: String
        let columns: [Head]
        /// On a phone: the list of columns, each with how full it is.
        let picks: WebRows?
        let picked: WebFilters?
        let about: WebFacts?
        /// What "KAD" in a cell means and where it may be put; nil where every indicator of the page always applies.
        let notApplicable: String?
        let errors: WebErrors?
        let action: String?
        let over: String
        let shown: String
        let rows: [OfficesGridRow]
        let isWhole: Bool
        let verb: String
        let paste: WebButton?
        let links: [WebLink]
        let objections: WebNotice?
        let empty: WebEmpty?
        let saves: WebRows?
        let reminders: WebRows?
        let caption: String
    }

    func page(_ view: View) -> Page {
        let shownColumns = columns.filter { shown == nil || $0.column.code == shown }
        let back = view.submitted.flatMap { $0.form == OfficesGridForm.name ? $0 : nil }
        let title =
            shown == nil
            ? grid.office : shownColumns.first.map { "\($0.column.code) \($0.column.name(view))" } ?? grid.office
        let cells = Dictionary(
            cells.map { (Offices.Cell(area: $0.area, code: $0.code), $0) }, uniquingKeysWith: { first, _ in first })
        return Page(
            "offices-grid", title: title,
            Content(
                head: WebHead(
                    title: title, lead: shown == nil ? nil : grid.office,
                    crumbs: grid.crumbs(view) + (shown == nil ? [] : [WebCrumb(grid.office, grid.href)]),
                    status: grid.status(view)),
                lead: view(
                    "offices.grid.lead",
                    [
                        "filled": view.number(grid.filled), "expected": view.number(grid.expected),
                        "due": view.day(grid.due), "objections": view.day(grid.objectionsUntil),
                    ]),
                columns: shownColumns.map {
                    Content.Head(
                        code: $0.column.code, name: $0.column.name(view), unit: $0.column.unitText(view),
                        href: "\(grid.href)?column=\($0.column.code)")
                },
                picks: shown == nil ? picks(view) : nil, picked: shown == nil ? nil : picked(view),
                about: shown == nil ? nil : shownColumns.first.flatMap { about($0.column, view) },
                notApplicable: OfficesColumnAnswer.notApplicable(shownColumns.map(\.column), view),
                errors: back.flatMap { OfficesGridErrors.of($0, areas, view) },
                action: mayEnter ? "\(grid.href)/values" : nil,
                over: back?.input.values["over"] ?? "\(grid.revision)", shown: shown ?? OfficesGridForm.all,
                rows: areas.map { area in
                    OfficesGridRow(
                        area: area, columns: shownColumns.map(\.column), cells: cells, mayEnter: mayEnter,
                        back: back, view)
                },
                isWhole: shown == nil, verb: view("offices.grid.verb"),
                paste: mayEnter && !areas.isEmpty
                    ? WebButton(
                        "\(grid.href)/paste" + (shown.map { "?column=\($0)" } ?? ""), view("offices.grid.paste")) : nil,
                links: links(view),
                objections: objections == 0
                    ? nil
                    : WebNotice(
                        .ask, bold: view("offices.list.objections", ["count": view.number(objections)]),
                        text: nil, action: WebLink("\(grid.href)/objections", view("offices.grid.objections"))),
                empty: areas.isEmpty
                    ? WebEmpty(title: view("offices.grid.empty.title"), text: view("offices.grid.empty.text")) : nil,
                saves: saves.isEmpty ? nil : WebRows(rows: saves.map { past($0, view) }),
                reminders: reminders.isEmpty ? nil : WebRows(rows: reminders.map { $0.line(view) }),
                caption: view("offices.grid.caption", ["office": grid.office, "year": "\(grid.year)"])))
    }

    private func picks(_ view: View) -> WebRows {
        WebRows(
            rows: columns.map { column in
                let isFull = column.filled >= areas.count
                return WebLine(
                    title: "\(column.column.code) \(column.column.name(view))",
                    href: "\(grid.href)?column=\(column.column.code)",
                    status: WebStatus(
                        isFull ? .done : column.filled == 0 ? .notbegun : .waiting,
                        view(
                            "offices.filled",
                            ["filled": view.number(column.filled), "expected": view.number(areas.count)])))
            })
    }

    private func picked(_ view: View) -> WebFilters {
        WebFilters(
            label: view("offices.grid.columns"),
            links: [WebFilter(grid.href, view("offices.grid.all"))]
                + columns.map {
                    WebFilter(
                        "\(grid.href)?column=\($0.column.code)", $0.column.code, current: $0.column.code == shown,
                        count: "\(view.number($0.filled))/\(view.number(areas.count))")
                })
    }

    private func about(_ column: OfficesColumnAnswer, _ view: View) -> WebFacts? {
        var facts: [WebFact] = []
        if !column.of.isEmpty { facts.append(WebFact(view("offices.grid.of"), column.of)) }
        if let when = column.notApplicableIf {
            facts.append(WebFact(view("offices.grid.na"), view("offices.grid.naText", ["case": when])))
        }
        return facts.isEmpty ? nil : WebFacts(facts: facts)
    }

    private func links(_ view: View) -> [WebLink] {
        var links = [
            WebLink("\(grid.href)/documents", view("offices.grid.documents", ["count": view.number(papers)])),
            WebLink("\(grid.href)/paper", view("offices.grid.print")),
            WebLink(OfficesRoutes.template(grid.id), view("offices.grid.template")),
        ]
        if mayAssign { links.append(WebLink("\(grid.href)/assignment", view("offices.grid.terms"))) }
        return links
    }

    private func past(_ past: Past, _ view: View) -> WebLine {
        WebLine(
            title: view(
                "offices.save.event",
                ["count": view.number(past.cells), "kind": view("offices.save.kind.\(past.kind.rawValue)")]),
            href: "\(grid.href)/saves/\(past.id)",
            text: [view.language.format.moment(past.at), past.by].compactMap { $0 }.joined(separator: " · "),
            status: WebStatus(
                past.state == .undone ? .returned : .done, view("offices.save.state.\(past.state.rawValue)")))
    }
}
