import Core
import Criteria
import Organisation
import Web

/// The targets of a unit and of those below it for a span, with what came of them.
struct GoalsTargetsOutput: Output {
    /// One unit's target with its figures.
    struct Line: Encodable, Sendable {
        let unit: TerritoryTitle
        let areas: Int
        /// Nil while none was set.
        let target: ID?
        let value: Int?
        let registered: Int
        let met: Int
        let held: Int
    }

    struct Title: Encodable, Sendable {
        let code: String
        let name: GoalsName
        let own: Line
        let below: [Line]
        /// The sum of the targets below; nil while none of them has one.
        let sumBelow: Int?
    }

    let unit: TerritoryTitle
    /// The unit above, where this person may see it.
    let above: TerritoryTitle?
    let span: String
    let spans: [String]
    let titles: [Title]
    let maySet: Bool
    let isOver: Bool
    /// What was looked for among the units below.
    let q: String?
    /// Units below, and those that were found.
    let units: Int
    let found: Int
    let next: ID?
    let isFurther: Bool
    /// Another unit or span than stands there without any choice, or something was looked for.
    let isNarrowed: Bool
    /// This person's own filters.
    var views: [SavedView] = []

    static let sampleLine = Line(
        unit: GoalsSamples.unit, areas: 26, target: GoalsSamples.id, value: 4, registered: 6, met: 3, held: 11)

    static var sample: GoalsTargetsOutput {
        GoalsTargetsOutput(
            unit: GoalsSamples.unit, above: GoalsSamples.unit, span: "2026", spans: ["2026", "2025-2030"],
            titles: [Title(code: "model", name: .sample, own: sampleLine, below: [sampleLine], sumBelow: 4)],
            maySet: true, isOver: false, q: "a", units: 70, found: 1, next: GoalsSamples.id, isFurther: true,
            isNarrowed: true,
            views: [SavedView(id: GoalsSamples.id, list: .targets, name: "Term", query: "span=2025-2030")])
    }

    struct Section: Sendable {
        let id: String
        let title: String
        let status: WebStatus?
        let figures: [WebFigure]
        let sum: String?
        let table: WebTable?
    }

    struct Content: Sendable {
        let head: WebHead
        let spansFilter: WebFilters
        let views: WebViews?
        let set: WebButton?
        let empty: WebEmpty?
        let search: GoalsSearch?
        let noneFound: WebEmpty?
        let sections: [Section]
        let pager: WebPager?
        let links: WebRows
        let trace: WebTrace
    }

    private var hasTargets: Bool {
        titles.contains { $0.own.value != nil || $0.sumBelow != nil }
    }

    func page(_ view: View) -> Page {
        let spanText = Goals.Span(code: span).map { view.span($0) } ?? span
        let title = view("goals.targets.title", ["unit": view.named(unit), "span": spanText])
        let setHref = "/targets/new?under=\(unit.id)&span=\(span)"
        var crumbs: [WebCrumb] = []
        if let above { crumbs.append(WebCrumb(view.headed(above), GoalsAddress.targets(under: above.id))) }
        crumbs.append(WebCrumb(view.headed(unit)))
        return Page(
            "goals-targets", title: title,
            Content(
                head: WebHead(title: title, lead: view("goals.targets.lead"), crumbs: crumbs),
                spansFilter: WebFilters(
                    label: view("goals.targets.spans"),
                    links: spans.map { code in
                        let name = Goals.Span(code: code).map { view.span($0) } ?? code
                        return WebFilter(
                            GoalsAddress.targets(under: unit.id, Goals.Span(code: code)), name, current: code == span)
                    }),
                views: .over(
                    .targets, views,
                    address: isNarrowed
                        ? GoalsAddress.targets(under: unit.id, Goals.Span(code: span), q: q) : "/targets"),
                set: maySet && hasTargets ? WebButton(setHref, view("goals.targets.set"), isPrimary: true) : nil,
                empty: hasTargets ? nil : empty(view, setHref),
                search: units > GoalsTargetsPage.limit || q != nil
                    ? GoalsSearch(
                        action: "/targets", q: q, clear: GoalsAddress.targets(under: unit.id, Goals.Span(code: span)),
                        kept: [("under", "\(unit.id)"), ("span", span)], view) : nil,
                noneFound: q != nil && found == 0 ? GoalsSearch.nothing(q, view) : nil,
                sections: titles.map { section($0, view) },
                pager: WebPager.ifNeeded(
                    previous: isFurther ? GoalsAddress.targets(under: unit.id, Goals.Span(code: span), q: q) : nil,
                    next: next.map { GoalsAddress.targets(under: unit.id, Goals.Span(code: span), q: q, after: $0) }),
                links: WebRows(rows: [
                    WebLine(
                        title: view("goals.goals.title"), href: "/goals", text: view("goals.goals.linkText")),
                    WebLine(
                        title: view("goals.register.title"), href: GoalsAddress.register(),
                        text: view("goals.register.linkText")),
                    WebLine(title: view("goals.areasRegister"), href: "/titles", text: view("goals.areasRegisterText")),
                ]),
                trace: view.trace("\(unit.id)", opens: GoalsAddress.targets(under: unit.id, Goals.Span(code: span)))))
    }

    private func empty(_ view: View, _ href: String) -> WebEmpty {
        let spanText = Goals.Span(code: span).map { view.span($0) } ?? span
        return WebEmpty(
            title: view("goals.targets.empty", ["span": spanText]), text: view("goals.targets.emptyText"),
            first: view(maySet ? "goals.targets.emptyFirst" : "goals.targets.emptyOther"),
            action: maySet ? WebButton(href, view("goals.targets.set")) : nil)
    }

    private func section(_ title: Title, _ view: View) -> Section {
        Section(
            id: "title-\(title.code)", title: title.name.shown(view), status: status(title.own, view),
            figures: figures(title, view), sum: sum(title, view),
            table: title.below.isEmpty ? nil : table(title, view))
    }

    private func figures(_ title: Title, _ view: View) -> [WebFigure] {
        let own = title.own
        let target = own.value.map {
            WebFigure(
                number: view.number($0), whole: view("goals.figure.target", ["areas": view.number(own.areas)]),
                href: own.target.map { "/targets/\($0)" })
        }
        return (target.map { [$0] } ?? [])
            + Goals.Figure.allCases.map { figure in
                WebFigure(
                    number: view.number(count(own, figure)),
                    whole: view("goals.figure.\(figure.rawValue)", ["areas": view.number(own.areas)]),
                    href: href(figure, own, title.code))
            }
    }

    private func count(_ line: Line, _ figure: Goals.Figure) -> Int {
        switch figure {
        case .registered: line.registered
        case .met: line.met
        case .held: line.held
        }
    }

    private func href(_ figure: Goals.Figure, _ line: Line, _ title: String) -> String {
        GoalsAddress.rows(figure, under: line.unit.id, title: title, Goals.Span(code: span))
    }

    private func status(_ line: Line, _ view: View) -> WebStatus? {
        guard let value = line.value else { return nil }
        if line.met >= value { return WebStatus(.done, view("goals.status.met")) }
        let left = ["count": view.number(value - line.met)]
        return isOver
            ? WebStatus(.unmet, view("goals.status.short", left)) : WebStatus(.waiting, view("goals.status.left", left))
    }

    private func sum(_ title: Title, _ view: View) -> String? {
        guard let sum = title.sumBelow else { return nil }
        guard let own = title.own.value else { return view("goals.sum.alone", ["sum": view.number(sum)]) }
        let word = sum == own ? "same" : sum < own ? "less" : "more"
        return view("goals.sum.\(word)", ["sum": view.number(sum), "own": view.number(own)])
    }

    private func table(_ title: Title, _ view: View) -> WebTable {
        func cells(_ line: Line) -> [WebCell] {
            [.number(line.value.map { view.number($0) } ?? "—", href: line.target.map { "/targets/\($0)" })]
                + Goals.Figure.allCases.map { figure in
                    let count = count(line, figure)
                    return .number(view.number(count), href: count > 0 ? href(figure, line, title.code) : nil)
                } + [.number(view.number(line.areas))]
        }
        let own = title.own
        return WebTable(
            caption: view("goals.targets.caption", ["title": title.name.shown(view)]),
            columns: [WebColumn(view("goals.column.unit"))]
                + ["target", "registered", "met", "held", "areas"].map {
                    WebColumn(view("goals.column.\($0)"), isNumber: true)
                },
            rows: title.below.map { line in
                WebRow(
                    [
                        .head(
                            view.headed(line.unit),
                            href: GoalsAddress.targets(under: line.unit.id, Goals.Span(code: span)))
                    ]
                        + cells(line))
            },
            foot: WebRow([
                .head(view(found < units || next != nil || isFurther ? "goals.column.sumAll" : "goals.column.sum")),
                .number(title.sumBelow.map { view.number($0) } ?? "—"),
                .number(view.number(own.registered)), .number(view.number(own.met)), .number(view.number(own.held)),
                .number(view.number(own.areas)),
            ]))
    }
}

/// One page of the units below a unit: a province of today has up to 170.
struct GoalsTargetsPage {
    static let limit = 60

    let shown: [TerritoryChild]
    /// On all pages.
    let found: Int
    let next: ID?

    init(_ children: [TerritoryChild], _ words: [String], after: ID?) {
        let all = children.filter { child in
            let name = " " + VietnameseText.folded(child.title.name)
            return words.allSatisfy { name.contains(" \($0)") }
        }
        let start = after.flatMap { last in all.firstIndex { $0.title.id == last } }.map { $0 + 1 } ?? 0
        found = all.count
        shown = Array(all[start...].prefix(Self.limit))
        next = start + shown.count < all.count ? shown.last?.title.id : nil
    }
}
