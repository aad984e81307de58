import Core
import Organisation
import Web

/// The goals of communes and districts.
struct GoalsListOutput: Output {
    let goals: [GoalsGoalAnswer]
    /// Goals of each standing, whichever is shown.
    let counts: [String: Int]
    /// What was looked for.
    let q: String?
    let standing: Goals.GoalStanding?
    let next: ID?
    let isFurther: Bool
    let maySet: Bool
    /// This person's own filters.
    var views: [SavedView] = []

    static var sample: GoalsListOutput {
        GoalsListOutput(
            goals: [.sample], counts: ["late": 1], q: "a", standing: .late, next: GoalsSamples.id, isFurther: true,
            maySet: true, views: [SavedView(id: GoalsSamples.id, list: .goals, name: "Late", query: "standing=late")])
    }

    struct Content: Sendable {
        let head: WebHead
        let set: WebButton?
        let search: GoalsSearch?
        let filters: WebFilters?
        let views: WebViews?
        let table: WebTable?
        let empty: WebEmpty?
        let pager: WebPager?
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let title = view("goals.goals.title")
        let button = WebButton("/goals/new", view("goals.goals.set"), isPrimary: true)
        return Page(
            "goals-goals", title: title,
            Content(
                head: WebHead(
                    title: title, lead: counts.isEmpty ? view("goals.goals.lead") : summary(view),
                    crumbs: [WebCrumb(view("goals.navigation"), "/targets"), WebCrumb(title)]),
                set: maySet && !goals.isEmpty ? button : nil,
                search: hasAny && (q != nil || counts.values.reduce(0, +) > GoalsSearch.few)
                    ? GoalsSearch(
                        action: "/goals", q: q, clear: GoalsAddress.goals(standing: standing),
                        kept: [("standing", standing?.rawValue)], view) : nil,
                filters: counts.count > 1 || standing != nil ? filters(view) : nil,
                views: .over(.goals, views, address: GoalsAddress.goals(q: q, standing: standing)),
                table: goals.isEmpty ? nil : table(view),
                empty: goals.isEmpty && hasAny
                    ? GoalsSearch.nothing(q, view)
                    : goals.isEmpty
                        ? WebEmpty(
                            title: view("goals.goals.empty"), text: view("goals.goals.emptyText"),
                            first: view(maySet ? "goals.goals.emptyFirst" : "goals.targets.emptyOther"),
                            action: maySet ? button : nil) : nil,
                pager: WebPager.ifNeeded(
                    previous: isFurther ? GoalsAddress.goals(q: q, standing: standing) : nil,
                    next: next.map { GoalsAddress.goals(q: q, standing: standing, after: $0) }),
                trace: view.trace("goals", opens: "/goals")))
    }

    /// Whether there is anything to look in, or was.
    private var hasAny: Bool { !goals.isEmpty || q != nil || standing != nil || isFurther }

    private func filters(_ view: View) -> WebFilters {
        WebFilters(
            label: view("goals.goals.filters"),
            links: [WebFilter(GoalsAddress.goals(q: q), view("goals.goals.filter.all"), current: standing == nil)]
                + Goals.GoalStanding.allCases.compactMap { one in
                    guard let count = counts[one.rawValue] else { return nil }
                    return WebFilter(
                        GoalsAddress.goals(q: q, standing: one), view("goals.goals.filter.\(one.rawValue)"),
                        current: standing == one, count: view.number(count))
                })
    }

    private func summary(_ view: View) -> String {
        Goals.GoalStanding.allCases.compactMap { standing in
            counts[standing.rawValue].map { view("goals.goals.count.\(standing.rawValue)", ["count": view.number($0)]) }
        }.joined(separator: ", ").capitalised + "."
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: ["unit", "goal", "due", "standing", "owner"].map { WebColumn(view("goals.column.\($0)")) },
            rows: goals.map { goal in
                WebRow([
                    .head(
                        view.headed(goal.unit), href: "/goals/\(goal.id)",
                        also: goal.unitEnded.map {
                            view("goals.endedOn", ["day": view.day($0.adding(days: -1))])
                        }),
                    .text(goal.name), .text(view.day(goal.due)), .status(goal.status(view)),
                    .text(goal.owner.name, also: goal.blocks),
                ])
            })
    }
}

/// The box in which a unit of a list is looked for.
struct GoalsSearch: Sendable {
    struct Kept: Sendable {
        let name: String
        let value: String
    }

    /// So many lines are seen at a glance.
    static let few = 12

    let action: String
    let q: String
    let label: String
    /// What else the list is narrowed to.
    let kept: [Kept]
    let clear: WebLink?

    init(action: String, q: String?, clear: String, kept: [(String, String?)], _ view: View) {
        self.action = action
        self.q = q ?? ""
        label = view("goals.search.label")
        self.kept = kept.compactMap { name, value in value.map { Kept(name: name, value: $0) } }
        self.clear = q == nil ? nil : WebLink(clear, view("goals.search.clear"))
    }

    /// What stands where nothing was found.
    static func nothing(_ q: String?, _ view: View) -> WebEmpty {
        WebEmpty(
            title: q.map { view("goals.search.nothing", ["q": $0]) } ?? view("goals.search.none"),
            text: view("goals.search.nothingText"))
    }
}
