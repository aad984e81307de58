import Core
import Criteria
import Database
import Organisation
import Recognition
import Web

/// What offices say of one area in a year: every figure with its office, its day, and whether the area objected.
struct OfficesAreaOutput: Output {
    struct Line: Encodable, Sendable {
        let column: OfficesColumnAnswer
        let office: String
        let value: OfficesValueAnswer?
        let at: Instant?
        /// `held`, `awaited` or `late`.
        let standing: RecognitionSupply.Standing
        let due: Day
        let objectionsUntil: Day?
        /// How an objection stands: `open`, `mended`, `kept`; nil without one.
        let objection: String?
        /// What a dossier keeps that had gone on before the office changed the figure.
        let kept: OfficesValueAnswer?
    }

    let area: TerritoryTitle
    let commune: TerritoryTitle?
    let year: Int
    let lines: [Line]
    let mayObject: Bool
    /// Whether this person may open the page of all offices of the commune.
    let seesOffices: Bool

    static var sample: OfficesAreaOutput {
        OfficesAreaOutput(
            area: OfficesSamples.area, commune: OfficesSamples.place, year: 2026,
            lines: [
                Line(
                    column: .sample, office: "Sample", value: .sample, at: .first, standing: .held,
                    due: OfficesSamples.day, objectionsUntil: OfficesSamples.day, objection: "open", kept: .sample)
            ], mayObject: true, seesOffices: true)
    }

    static func of(_ call: Call<Actor>) throws -> OfficesAreaOutput {
        let area = try OrganisationStore.territory(call.id("id"), seenBy: call.sight, call.reader)
        guard area.kind == .area, let commune = area.parent else { throw NotFound() }
        let (year, reader) = (call.yearAsked, call.reader)
        var held: [String: Offices.Held] = [:]
        var indicators: [(indicator: Criteria.Indicator, grid: Offices.Grid)] = []
        for grid in try OfficesStore.grids(of: commune, year: year, reader) {
            let here = try OfficesStore.held(areas: [area.id], set: grid.criteriaSet, year: year, reader)
            held.merge(here[area.id] ?? [:]) { first, _ in first }
            indicators += try OfficesStore.indicators(of: grid, reader).map { ($0, grid) }
        }
        // In the set's own order, whoever is asked.
        if let set = try indicators.first.map({ try CriteriaStore.set($0.grid.criteriaSet, reader) }) {
            let order = Dictionary(
                set.indicators.enumerated().map { ($0.element.code, $0.offset) },
                uniquingKeysWith: { first, _ in first })
            indicators.sort { (order[$0.indicator.code] ?? 0) < (order[$1.indicator.code] ?? 0) }
        }
        let objections = try OfficesStore.objections(of: area.id, year: year, reader)
        let mending = try indicators.first.flatMap { first in
            try RecognitionStore.supplyable(areas: [area.id], year: year, setCode: first.grid.setCode, reader)
                .filter { $0.state == .returned }.compactMap(\.due).max()
        }
        let kept = try indicators.first.map {
            try OfficesStore.kept(areas: [area.id], year: year, setCode: $0.grid.setCode, reader)[area.id] ?? []
        }
        var lines: [Line] = []
        for (indicator, grid) in indicators {
            let value = held[indicator.code]
            // Of several offices asked for the same, the one that holds it.
            if lines.contains(where: { $0.column.code == indicator.code })
                || (value?.grid).map({ $0 != grid.id }) == true
            {
                continue
            }
            let column = OfficesColumnAnswer(indicator)
            let last = objections.first { $0.code == indicator.code }
            lines.append(
                Line(
                    column: column, office: grid.organisationName,
                    value: value.map { OfficesValueAnswer($0.value, column) },
                    at: value?.at, standing: value != nil ? .held : call.today > grid.due ? .late : .awaited,
                    due: grid.due,
                    objectionsUntil: value.map {
                        Offices.Terms.objectionEnds(
                            told: grid.objectionsUntil, changed: $0.at.day, mendingUntil: mending)
                    }, objection: last.map { $0.outcome?.rawValue ?? "open" },
                    kept: value.flatMap { value in
                        kept?.first { $0.code == indicator.code && $0.isPassed(by: value) }
                            .map { OfficesValueAnswer($0.value, column) }
                    }))
        }
        return OfficesAreaOutput(
            area: TerritoryTitle(id: area.id, kind: area.kind, designation: area.designation, name: area.name),
            commune: try OrganisationStore.titles(of: [commune], reader)[commune], year: year, lines: lines,
            mayObject: call.authority.allows(call.who, .fillAssessment, area),
            seesOffices: try OrganisationStore.covers(call.sight, commune, reader))
    }

    struct Content: Sendable {
        let head: WebHead
        let lead: String?
        let table: WebTable?
        let empty: WebEmpty?
        let missing: WebLink?
        let years: WebFilters
    }

    func page(_ view: View) -> Page {
        let title = view("offices.area.title", ["year": "\(year)"])
        let missing = lines.filter { $0.value == nil }
        return Page(
            "offices-area", title: title,
            Content(
                head: WebHead(
                    title: title, lead: [area, commune].compactMap { $0 }.line { view($0, $1) },
                    crumbs: [WebCrumb(view.headed(area), "/areas/\(area.id)")]),
                lead: lines.isEmpty
                    ? nil
                    : view(
                        missing.isEmpty ? "offices.area.allIn" : "offices.area.someMissing",
                        ["count": view.number(lines.count), "missing": view.number(missing.count)]),
                table: lines.isEmpty ? nil : table(view),
                empty: lines.isEmpty
                    ? WebEmpty(
                        title: view("offices.area.empty.title"),
                        text: view("offices.area.empty.text", ["year": "\(year)"])) : nil,
                missing: (seesOffices ? commune : nil).map {
                    WebLink("/offices/missing?place=\($0.id)&year=\(year)", view("offices.area.who"))
                },
                years: WebFilters(
                    label: view("offices.missing.years"),
                    links: [year - 1, year, year + 1].map {
                        WebFilter(OfficesRoutes.area(area.id, year: $0), "\($0)", current: $0 == year)
                    })))
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("offices.column.indicator")), WebColumn(view("offices.column.value"), isNumber: true),
                WebColumn(view("offices.column.office")), WebColumn(view("offices.column.status")),
            ],
            rows: lines.map { line in
                WebRow([
                    .head(
                        "\(line.column.code) \(line.column.name(view))",
                        href: line.value == nil ? nil : OfficesRoutes.figure(area.id, line.column.code, year: year)),
                    WebCell(
                        text: line.value?.shown(view), isNumber: true,
                        also: line.kept.map { view("offices.kept.inDossier", ["value": $0.shown(view)]) }),
                    .text(line.office, also: line.at.map { view.day($0.day) }),
                    status(line, view),
                ])
            })
    }

    private func status(_ line: Line, _ view: View) -> WebCell {
        switch (line.standing, line.objection) {
        case (.held, "open"): return .status(WebStatus(.question, view("offices.objection.state.open")))
        case (.held, let outcome?):
            return .status(
                WebStatus(outcome == "mended" ? .done : .none, view("offices.objection.state.\(outcome)")))
        case (.held, nil):
            return .status(
                WebStatus(.done, view("offices.status.held")),
                also: line.objectionsUntil.flatMap {
                    mayObject && $0 >= view.today ? view("offices.area.until", ["day": view.day($0)]) : nil
                })
        case (.late, _):
            return .status(
                WebStatus(.late, view("offices.status.late", ["day": view.day(line.due)])),
                also: view("offices.area.mayType"))
        case (.awaited, _): return .status(view.deadline(line.due, ahead: .waiting))
        }
    }
}
