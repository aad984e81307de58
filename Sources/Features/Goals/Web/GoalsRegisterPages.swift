import Core
import Organisation
import Web

/// The register of titles of communes and districts, and how far the areas of each commune are.
struct GoalsRegisterOutput: Output {
    let unit: TerritoryTitle
    let title: Goals.UnitTitle?
    let communesOnly: Bool
    let isAll: Bool
    /// What was looked for.
    let q: String?
    let titles: [GoalsUnitTitleAnswer]
    /// Entries of each title, whichever is shown.
    let counts: [String: Int]
    /// Entries of what is shown, on all pages.
    let count: Int
    let next: ID?
    let isFurther: Bool
    let progress: [Goals.Progress]
    let mayRecord: Bool
    /// This person's own filters.
    var views: [SavedView] = []

    static var sample: GoalsRegisterOutput {
        GoalsRegisterOutput(
            unit: GoalsSamples.unit, title: .model, communesOnly: true, isAll: false, q: "a", titles: [.sample],
            counts: ["model": 3], count: 3, next: GoalsSamples.id, isFurther: true,
            progress: [
                Goals.Progress(unit: GoalsSamples.unit, areas: 26, holding: 11, registered: 6, passed: 3)
            ], mayRecord: true,
            views: [SavedView(id: GoalsSamples.id, list: .unitTitles, name: "Model", query: "title=model")])
    }

    struct Content: Sendable {
        let head: WebHead
        let record: WebButton?
        let filters: WebFilters
        let views: WebViews?
        let search: GoalsSearch?
        let table: WebTable?
        let empty: WebEmpty?
        let pager: WebPager?
        let progressTable: WebTable?
        let areasLink: WebLink
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let heading = view("goals.register.heading", ["unit": view.named(unit)])
        let button = WebButton("/unit-titles/new", view("goals.register.record"), isPrimary: true)
        return Page(
            "goals-register", title: heading,
            Content(
                head: WebHead(
                    title: heading, lead: view("goals.register.lead", ["count": view.number(count)]),
                    crumbs: [WebCrumb(view("goals.navigation"), "/targets"), WebCrumb(view("goals.register.title"))]),
                record: mayRecord && !titles.isEmpty ? button : nil, filters: filters(view),
                views: .over(.unitTitles, views, address: isNarrowed ? address(q: q) : "/unit-titles"),
                search: q == nil && count <= GoalsSearch.few
                    ? nil
                    : GoalsSearch(
                        action: "/unit-titles", q: q, clear: address(q: nil),
                        kept: [
                            ("under", "\(unit.id)"), ("title", title?.rawValue),
                            ("kind", communesOnly ? "communes" : nil), ("all", isAll ? "yes" : nil),
                        ], view),
                table: titles.isEmpty ? nil : table(view),
                empty: titles.isEmpty && q != nil
                    ? GoalsSearch.nothing(q, view)
                    : titles.isEmpty
                        ? WebEmpty(
                            title: view("goals.register.empty"), text: view("goals.register.emptyText"),
                            first: view(mayRecord ? "goals.register.emptyFirst" : "goals.register.emptyOther"),
                            action: mayRecord ? button : nil) : nil,
                pager: WebPager.ifNeeded(
                    previous: isFurther ? address(q: q) : nil, next: next.map { address(q: q, after: $0) }),
                progressTable: progress.isEmpty || q != nil || isFurther ? nil : progressTable(view),
                areasLink: WebLink("/titles", view("goals.areasRegister")),
                trace: view.trace(
                    "\(unit.id)", opens: GoalsAddress.register(under: unit.id, title: title, communes: communesOnly))))
    }

    private var isNarrowed: Bool { title != nil || communesOnly || isAll || q != nil }

    private func address(q: String?, after: ID? = nil) -> String {
        GoalsAddress.register(
            under: unit.id, title: title, communes: communesOnly, isAll: isAll, q: q, after: after)
    }

    private func filters(_ view: View) -> WebFilters {
        let all = WebFilter(
            GoalsAddress.register(under: unit.id), view("goals.register.all"), current: title == nil && !isAll)
        let past = WebFilter(
            GoalsAddress.register(under: unit.id) + "&all=yes", view("goals.register.past"),
            current: isAll && title == nil)
        return WebFilters(
            label: view("goals.register.filters"),
            links: [all]
                + Goals.UnitTitle.allCases.compactMap { each in
                    guard let count = counts[each.rawValue] else { return nil }
                    return WebFilter(
                        GoalsAddress.register(under: unit.id, title: each), view("goals.unitTitle.\(each.rawValue)"),
                        current: title == each, count: view.number(count))
                } + [past])
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: ["unit", "title", "decision", "span", "standing"].map { WebColumn(view("goals.column.\($0)")) },
            rows: titles.map { title in
                WebRow([
                    .head(view.headed(title.unit), href: "/unit-titles/\(title.id)", also: title.former(view)),
                    .text(title.name), .text(title.document.shown(view)), .text(title.span(view)),
                    .status(title.status(view)),
                ])
            })
    }

    private func progressTable(_ view: View) -> WebTable {
        func cell(_ count: Int, _ figure: Goals.Figure, _ unit: ID) -> WebCell {
            .number(view.number(count), href: count > 0 ? GoalsAddress.rows(figure, under: unit) : nil)
        }
        return WebTable(
            caption: view("goals.progress.caption", ["day": view.day(view.today)]),
            columns: [WebColumn(view("goals.column.unit"))]
                + ["areas", "holding", "registered", "passed"].map {
                    WebColumn(view("goals.progress.\($0)"), isNumber: true)
                },
            rows: progress.map { line in
                WebRow([
                    .head(view.headed(line.unit), href: GoalsAddress.targets(under: line.unit.id)),
                    .number(view.number(line.areas)), .number(view.number(line.holding)),
                    cell(line.registered, .registered, line.unit.id),
                    .number(
                        view.number(line.passed),
                        href: line.passed > 0 ? "/overview?standing=passed&under=\(line.unit.id)" : nil),
                ])
            })
    }
}
