import Core
import Criteria
import Organisation
import Web

/// The areas of a commune with their surveys, and in how many of them each indicator falls short.
struct SurveysListOutput: Output {
    struct Line: Encodable, Sendable {
        let area: TerritoryTitle
        let survey: ID?
        let concludedOn: Day?
        let gaps: Int?
        let unknown: Int?
        let planned: Int
        let done: Int
        let isRegistered: Bool
    }

    struct Count: Encodable, Sendable {
        let code: String
        let name: SurveysName
        let areas: Int
        let near: Int
        /// Areas without a value for it.
        let unknown: Int
    }

    let unit: TerritoryTitle
    let year: Int
    let thisYear: Int
    let areas: Int
    let surveyed: Int
    let lines: [Line]
    let next: ID?
    let isFurther: Bool
    let counts: [Count]
    let isArea: Bool
    /// Another unit or year than stands there without any choice.
    let isNarrowed: Bool
    /// This person's own filters.
    var views: [SavedView] = []

    static var sample: SurveysListOutput {
        SurveysListOutput(
            unit: SurveysSamples.commune, year: 2026, thisYear: 2026, areas: 26, surveyed: 9, lines: [sampleLine],
            next: SurveysSamples.id, isFurther: true,
            counts: [Count(code: "III.2", name: .sample, areas: 5, near: 2, unknown: 1)], isArea: false,
            isNarrowed: true,
            views: [SavedView(id: SurveysSamples.id, list: .surveys, name: "Next year", query: "year=2027")])
    }

    static let sampleLine = Line(
        area: SurveysSamples.area, survey: SurveysSamples.id, concludedOn: SurveysSamples.day, gaps: 4, unknown: 1,
        planned: 4, done: 3, isRegistered: true)

    struct Content: Sendable {
        let head: WebHead
        let years: WebFilters
        let views: WebViews?
        let figures: [WebFigure]
        let empty: WebEmpty?
        let counts: WebTable?
        let table: WebTable?
        let pager: WebPager?
        let csv: WebLink?
    }

    private var address: String { "/surveys?under=\(unit.id)&year=\(year)" }

    func page(_ view: View) -> Page {
        let title = view("surveys.list.title", ["unit": view.named(unit), "year": "\(year)"])
        return Page(
            "surveys-list", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("surveys.list.lead", ["day": view.day(Surveys.deadline(of: year))])),
                years: WebFilters(
                    label: view("surveys.column.year"),
                    links: [thisYear + 1, thisYear, thisYear - 1].map {
                        WebFilter("/surveys?under=\(unit.id)&year=\($0)", "\($0)", current: $0 == year)
                    }),
                views: .over(.surveys, views, address: isNarrowed ? address : "/surveys"),
                figures: [
                    WebFigure(
                        number: view.number(surveyed),
                        whole: view("surveys.list.surveyed", ["areas": view.number(areas)])),
                    WebFigure(
                        number: view.number(max(0, areas - surveyed)),
                        whole: view("surveys.list.without", ["areas": view.number(areas)])),
                ],
                empty: surveyed == 0
                    ? WebEmpty(
                        title: view("surveys.list.empty", ["year": "\(year)"]), text: view("surveys.list.emptyText"),
                        first: view("surveys.list.emptyFirst")) : nil,
                counts: counts.isEmpty ? nil : countsTable(view), table: lines.isEmpty ? nil : table(view),
                pager: WebPager.ifNeeded(
                    previous: isFurther ? address : nil, next: next.map { "\(address)&after=\($0)" }),
                csv: surveyed == 0
                    ? nil
                    : WebLink("/surveys/table.csv?under=\(unit.id)&year=\(year)", view("surveys.list.csv"))))
    }

    private func countsTable(_ view: View) -> WebTable {
        WebTable(
            caption: view("surveys.list.countsCaption", ["areas": view.number(surveyed)]),
            columns: [
                WebColumn(view("surveys.column.indicator")), WebColumn(view("surveys.column.areas"), isNumber: true),
                WebColumn(view("surveys.column.near"), isNumber: true),
                WebColumn(view("surveys.column.unknown"), isNumber: true),
            ],
            rows: counts.map { count in
                WebRow([
                    .head("\(count.code) \(count.name.shown(view))"),
                    .number(
                        view.number(count.areas),
                        href: count.areas > 0
                            ? "/surveys/rows?under=\(unit.id)&year=\(year)&code=\(count.code)" : nil,
                        bar: surveyed > 0 && count.areas > 0
                            ? WebBar(
                                percent: count.areas * 100 / surveyed,
                                label: view(
                                    "surveys.list.bar",
                                    ["count": view.number(count.areas), "areas": view.number(surveyed)])) : nil),
                    .number(view.number(count.near)), .number(view.number(count.unknown)),
                ])
            })
    }

    private func table(_ view: View) -> WebTable { SurveysListOutput.table(lines, year, view) }

    static func table(_ lines: [Line], _ year: Int, _ view: View) -> WebTable {
        WebTable(
            columns: ["area", "state", "gaps", "plan", "registered"].map { WebColumn(view("surveys.column.\($0)")) },
            rows: lines.map { line in
                let status: WebStatus
                if let day = line.concludedOn {
                    status = WebStatus(.done, view("surveys.state.concluded", ["day": view.day(day)]))
                } else {
                    status = WebStatus(
                        line.survey == nil ? .notbegun : .waiting,
                        view(line.survey == nil ? "surveys.state.none" : "surveys.state.open"))
                }
                return WebRow([
                    .head(
                        view.headed(line.area),
                        href: line.survey.map { "/surveys/\($0)" } ?? "/areas/\(line.area.id)/survey"),
                    .status(status),
                    .text(line.gaps.map { view("surveys.gapsCount", ["count": view.number($0)]) } ?? "–"),
                    .text(
                        line.planned > 0
                            ? view(
                                "surveys.plan.sum",
                                ["done": view.number(line.done), "all": view.number(line.planned)]) : "–"),
                    .text(view(line.isRegistered ? "surveys.list.registered" : "surveys.list.notRegistered")),
                ])
            })
    }
}

/// The areas behind a figure of the list: those that fall short in an indicator.
struct SurveysRowsOutput: Output {
    let unit: TerritoryTitle
    let year: Int
    let code: String
    let name: SurveysName
    /// Areas that fall short, on all pages.
    let count: Int
    let lines: [SurveysListOutput.Line]
    let next: ID?
    let isFurther: Bool

    static var sample: SurveysRowsOutput {
        SurveysRowsOutput(
            unit: SurveysSamples.commune, year: 2026, code: "III.2", name: .sample, count: 1,
            lines: [SurveysListOutput.sampleLine], next: SurveysSamples.id, isFurther: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let table: WebTable?
        let empty: WebEmpty?
        let pager: WebPager?
    }

    private var href: String { "/surveys/rows?under=\(unit.id)&year=\(year)&code=\(code)" }

    func page(_ view: View) -> Page {
        let title = view("surveys.rows.title", ["indicator": "\(code) \(name.shown(view))", "year": "\(year)"])
        return Page(
            "surveys-rows", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: view("surveys.rows.lead", ["unit": view.named(unit), "count": view.number(count)]),
                    crumbs: [
                        WebCrumb(view("surveys.navigation"), "/surveys?under=\(unit.id)&year=\(year)"), WebCrumb(code),
                    ]),
                table: lines.isEmpty ? nil : SurveysListOutput.table(lines, year, view),
                empty: lines.isEmpty
                    ? WebEmpty(title: view("surveys.rows.empty"), text: view("surveys.rows.emptyText")) : nil,
                pager: WebPager.ifNeeded(
                    previous: isFurther ? href : nil, next: next.map { "\(href)&after=\($0)" })))
    }
}
