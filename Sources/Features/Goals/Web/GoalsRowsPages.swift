import Core
import Criteria
import Organisation
import Web

/// The areas behind a figure.
struct GoalsRowsOutput: Output {
    struct Row: Encodable, Sendable {
        let area: TerritoryTitle
        let commune: TerritoryTitle?
        let year: Int
        let title: String
        let titleName: GoalsName
        let level: String?
        let number: String?
        let day: Day?
        let until: Day?
        let dossier: ID?
    }

    let unit: TerritoryTitle
    let figure: Goals.Figure
    let title: String?
    let titleName: GoalsName?
    let span: String
    let level: String?
    let day: Day
    let count: Int
    let rows: [Row]
    let next: ID?
    let isFurther: Bool
    /// Anything but the titles held today in this person's uppermost unit.
    let isNarrowed: Bool
    /// This person's own filters.
    var views: [SavedView] = []

    static var sample: GoalsRowsOutput {
        GoalsRowsOutput(
            unit: GoalsSamples.unit, figure: .held, title: "model", titleName: .sample, span: "2026",
            level: "province", day: GoalsSamples.day, count: 1,
            rows: [
                Row(
                    area: GoalsSamples.area, commune: GoalsSamples.unit, year: 2026, title: "model",
                    titleName: .sample, level: "province", number: "44/QD", day: GoalsSamples.day,
                    until: GoalsSamples.day, dossier: GoalsSamples.id)
            ], next: GoalsSamples.id, isFurther: true, isNarrowed: true,
            views: [SavedView(id: GoalsSamples.id, list: .figureRows, name: "Met", query: "figure=met")])
    }

    struct Content: Sendable {
        let head: WebHead
        let views: WebViews?
        let table: WebTable?
        let empty: WebEmpty?
        let pager: WebPager?
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let spanValue = Goals.Span(code: span)
        let name = titleName?.shown(view) ?? view("goals.rows.anyTitle")
        let places = [
            "title": name, "unit": view.named(unit), "span": spanValue.map { view.span($0) } ?? span,
            "day": view.day(day), "count": view.number(count),
        ]
        let title = view("goals.rows.\(figure.rawValue)", places)
        let levelText = level.map { view("goals.rows.level", ["level": view("criteria.level.\($0)")]) }
        let href = GoalsAddress.rows(
            figure, under: unit.id, title: self.title, spanValue, level: level.flatMap(Criteria.Level.init))
        return Page(
            "goals-rows", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: [view("goals.rows.count", places), levelText].compactMap { $0 }.joined(separator: " "),
                    crumbs: [
                        WebCrumb(view("goals.navigation"), GoalsAddress.targets(under: unit.id, spanValue)),
                        WebCrumb(view("goals.rows.crumb")),
                    ]),
                views: .over(.figureRows, views, address: isNarrowed ? href : "/targets/rows"),
                table: rows.isEmpty ? nil : table(view),
                empty: rows.isEmpty
                    ? WebEmpty(
                        title: view("goals.rows.empty"), text: view("goals.rows.emptyText.\(figure.rawValue)"),
                        example: WebLink("/titles", view("goals.areasRegister"))) : nil,
                pager: WebPager.ifNeeded(
                    previous: isFurther ? href : nil,
                    next: next.map {
                        GoalsAddress.rows(
                            figure, under: unit.id, title: self.title, spanValue,
                            level: level.flatMap(Criteria.Level.init), after: $0)
                    }),
                trace: view.trace("\(unit.id)", opens: href)))
    }

    private func table(_ view: View) -> WebTable {
        let isTitle = figure != .registered
        return WebTable(
            columns: [
                WebColumn(view("goals.column.area")), WebColumn(view("goals.column.commune")),
                WebColumn(view("goals.column.title")),
                WebColumn(view(isTitle ? "goals.column.decision" : "goals.column.state")),
                WebColumn(view(isTitle ? "goals.column.until" : "goals.column.year")),
            ],
            rows: rows.map { row in
                let decision = row.number.flatMap { number in
                    row.day.map { view("goals.rows.decision", ["number": number, "day": view.day($0)]) }
                }
                let state = row.level.map { view("recognition.state.\($0)") }
                let until = row.until.map { view.day($0.adding(days: -1)) } ?? view("goals.rows.noTerm")
                return WebRow([
                    .head(
                        view.headed(row.area),
                        href: row.dossier.map { "/dossiers/\($0)" } ?? "/areas/\(row.area.id)/dossiers"),
                    .text(row.commune.map { view.headed($0) }),
                    .text(
                        row.titleName.shown(view),
                        also: isTitle ? row.level.map { view("criteria.level.\($0)") } : nil),
                    .text(isTitle ? decision : state), .text(isTitle ? until : "\(row.year)"),
                ])
            })
    }
}
