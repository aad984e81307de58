import Core
import Organisation
import Web

/// A title of a unit as an answer.
struct GoalsUnitTitleAnswer: Encodable, Sendable {
    let id: ID
    let unit: TerritoryTitle
    let unitEnded: Day?
    let title: Goals.UnitTitle
    let name: String
    let document: GoalsDocumentAnswer
    let signer: String?
    let from: Day
    let until: Day?
    let endedOn: Day?
    let endedWhy: Goals.Ending?
    let endedDocument: String?
    let holds: Bool

    init(_ title: Goals.UnitTitleHeld, on today: Day) {
        id = title.id
        unit = title.unit
        unitEnded = title.unitEnded
        self.title = title.title
        name = title.name
        document = GoalsDocumentAnswer(title.document)
        signer = title.signer
        from = title.from
        until = title.until
        endedOn = title.endedOn
        endedWhy = title.endedWhy
        endedDocument = title.endedDocument
        holds = title.holds(on: today)
    }

    static let sample = GoalsUnitTitleAnswer(
        Goals.UnitTitleHeld(
            id: GoalsSamples.id, unit: GoalsSamples.unit, unitEnded: GoalsSamples.day, title: .model, name: "Model",
            document: Goals.Document(number: "1/QD", day: GoalsSamples.day, body: "Committee"), signer: "Sample",
            from: GoalsSamples.day, until: GoalsSamples.day, endedOn: GoalsSamples.day, endedWhy: .withdrawn,
            endedDocument: "2/QD", revision: 1, place: []), on: GoalsSamples.day)

    func status(_ view: View) -> WebStatus {
        if holds { return WebStatus(.done, view("goals.register.holds")) }
        if let endedWhy, let endedOn {
            return WebStatus(
                endedWhy == .withdrawn ? .unmet : .none,
                view("goals.register.ended.\(endedWhy.rawValue)", ["day": view.day(endedOn)]))
        }
        return WebStatus(.none, view("goals.register.over"))
    }

    func span(_ view: View) -> String {
        until.map {
            view("goals.register.span", ["from": view.day(from), "last": view.day($0.adding(days: -1))])
        } ?? view("goals.register.spanOpen", ["from": view.day(from)])
    }

    func former(_ view: View) -> String? {
        unitEnded.map { view("goals.endedOn", ["day": view.day($0.adding(days: -1))]) }
    }
}

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

/// One title of the register.
struct GoalsUnitTitleOutput: Output {
    let title: GoalsUnitTitleAnswer
    let successors: [TerritoryTitle]
    let progress: Goals.Progress?
    let mayEnd: Bool

    static var sample: GoalsUnitTitleOutput {
        GoalsUnitTitleOutput(
            title: .sample, successors: [GoalsSamples.unit],
            progress: Goals.Progress(unit: GoalsSamples.unit, areas: 26, holding: 11, registered: 6, passed: 3),
            mayEnd: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let facts: WebFacts
        let form: FormView?
        let open: String
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let heading = view("goals.goal.title", ["unit": view.headed(title.unit), "title": title.name])
        return Page(
            "goals-unit-title", title: heading,
            Content(
                head: WebHead(
                    title: heading, lead: title.document.shown(view),
                    crumbs: [
                        WebCrumb(view("goals.register.title"), GoalsAddress.register()),
                        WebCrumb(view.headed(title.unit)),
                    ], status: title.status(view)),
                facts: WebFacts(facts: facts(view)),
                form: mayEnd
                    ? view.form(
                        GoalsEndingForm.self, action: "/unit-titles/\(title.id)/ending", hasPrimary: false) : nil,
                open: view.submitted == nil ? "" : "open",
                trace: view.trace("\(title.id)", opens: "/unit-titles/\(title.id)")))
    }

    private func facts(_ view: View) -> [WebFact] {
        var facts = [
            WebFact(view("goals.column.span"), title.span(view)),
            WebFact(view("goals.register.signer"), title.signer ?? view("goals.register.noSigner")),
        ]
        if let document = title.endedDocument {
            facts.append(WebFact(view("goals.register.endedDocument"), document))
        }
        if let former = title.former(view) {
            let names = successors.map { view.headed($0) }.joined(separator: ", ")
            facts.append(WebFact(view("goals.register.unitNow"), names.isEmpty ? former : "\(former); \(names)"))
        }
        if let progress {
            facts.append(
                WebFact(
                    view("goals.goal.areas"), progress.sentence(view),
                    href: GoalsAddress.targets(under: progress.unit.id)))
        }
        return facts
    }
}

/// The page on which a title is entered.
struct GoalsUnitTitleNewOutput: Output {
    let units: [GoalsChoice]

    static var sample: GoalsUnitTitleNewOutput { GoalsUnitTitleNewOutput(units: [.sample]) }

    struct Content: Sendable {
        let head: WebHead
        let form: FormView
        let shown: [WebField]
    }

    func page(_ view: View) -> Page {
        let title = view("goals.registerNew.title")
        let form = view.form(
            GoalsUnitTitleForm.self, action: "/unit-titles",
            options: ["unit": units.map { $0.option(view) }, "title": GoalsUnitTitles.options(view)])
        // What becomes of the title held is asked of who enters one that follows it.
        let isAsked = form.messages["ends"] != nil || !(form.typed?["ends"] ?? "").isEmpty
        return Page(
            "goals-unit-title-new", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("goals.registerNew.lead"),
                    crumbs: [WebCrumb(view("goals.register.title"), GoalsAddress.register()), WebCrumb(title)]),
                form: form, shown: form.fields.filter { $0.name != "ends" || isAsked }))
    }
}
