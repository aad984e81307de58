import Core
import Database
import Web

/// What narrows the list of areas; its fields are the query's.
struct AreasQuery: Form {
    static let name = "organisation.areas.filter"
    static let fields: [Field] = [
        Field("q", .text(80), optional: true),
        Field("under", .record, optional: true),
        Field("kind", .choice(AreaKind.allCases.map(\.rawValue)), optional: true),
        Field("class", .text(40), optional: true),
        Field("after", .text(200), optional: true), Field("before", .text(200), optional: true),
    ]

    let filter: AreaFilter
    let under: ID?
    let after: String?
    let before: String?

    init?(_ read: FormReader) {
        filter = AreaFilter(
            words: read.text("q") ?? "", kind: read.choice("kind").flatMap(AreaKind.init(rawValue:)),
            areaClass: read.text("class"))
        under = read.record("under")
        after = read.text("after")
        before = read.text("before")
    }

    /// The query was checked before the handler saw it.
    init(_ query: [String: String]) {
        let read = FormReader(AreasQuery.fields, RawInput(values: query))
        self = AreasQuery(read) ?? AreasQuery()
    }

    private init() {
        filter = AreaFilter()
        under = nil
        after = nil
        before = nil
    }

    var isNarrowed: Bool { filter != AreaFilter() || under != nil }
}

/// The list of residential areas that a person may see.
struct AreasOutput: Output {
    struct Chosen: Encodable, Sendable {
        let words: String?
        let under: TerritoryTitle?
        let kind: AreaKind?
        let areaClass: String?
        let after: String?
    }

    let areas: [AreaLine]
    /// How many there are in all, up to 2.001, which says more than 2.000; nil when the list is narrowed by words,
    /// kind or class.
    let total: Int?
    /// The cursor of the next page: `?after=`.
    let next: String?
    /// The cursor of the page before: `?before=`.
    let previous: String?
    /// This person's own filters.
    let views: [SavedView]
    let chosen: Chosen
    /// Among which communes the list can be narrowed.
    let communes: [TerritoryTitle]
    let classes: [String]
    /// Whether this person may bring areas in from a file.
    let mayImport: Bool

    static var sample: AreasOutput {
        let commune = TerritoryTitle.sample(.commune)
        return AreasOutput(
            areas: [
                AreaLine(
                    title: .sample(.thon), commune: commune, households: 214, people: 858, areaClass: "rural",
                    asOf: 2026, isInvented: true)
            ], total: 92, next: "key~0",
            previous: "key~0",
            views: [SavedView(id: ID(high: 1, low: 1), list: .areas, name: "Don Duong", query: "q=don")],
            chosen: Chosen(
                words: "thong", under: commune, kind: .thon, areaClass: "rural", after: "key~0"),
            communes: [commune], classes: ["rural"], mayImport: true)
    }

    static func of(_ call: Call<Actor>) throws -> AreasOutput {
        let query = AreasQuery(call.query)
        let page = try OrganisationStore.areas(
            under: query.under, seenBy: call.sight, filter: query.filter, cursor: query.after, before: query.before,
            call.reader)
        let total =
            query.filter == AreaFilter()
            ? try OrganisationStore.countAreas(under: query.under, seenBy: call.sight, call.reader) : nil
        return AreasOutput(
            areas: page.lines, total: total, next: page.next, previous: page.previous,
            views: try SavedViews.of(call.who.person, on: .areas, call.reader),
            chosen: Chosen(
                words: query.filter.words.isEmpty ? nil : query.filter.words,
                under: try query.under.flatMap { try OrganisationStore.titles(of: [$0], call.reader)[$0] },
                kind: query.filter.kind, areaClass: query.filter.areaClass, after: query.after),
            communes: try OrganisationStore.communes(seenBy: call.sight, call.reader),
            classes: try OrganisationStore.areaClasses(call.reader), mayImport: call.who.holds(.importTerritory))
    }

    struct Content: Sendable {
        let head: WebHead
        let filter: FilterContent
        let views: WebViews?
        let table: AreasTable?
        let pager: WebPager?
        let empty: WebEmpty?
        let trace: WebTrace?
        let importLink: WebLink?
    }

    func page(_ view: View) -> Page {
        let title =
            chosen.under.map { view("organisation.areas.titleIn", ["place": view.named($0)]) }
            ?? view("organisation.areas.title")
        let lead = total.map { total in
            total > OrganisationStore.countLimit
                ? view("organisation.areas.totalBeyond", ["count": view.number(OrganisationStore.countLimit)])
                : view("organisation.areas.total", ["count": view.number(total)])
        }
        return Page(
            "organisation-areas", title: title,
            Content(
                head: WebHead(title: title, lead: lead), filter: filter(view),
                views: .over(.areas, views, address: href()),
                table: areas.isEmpty ? nil : table(view),
                pager: WebPager.ifNeeded(
                    previous: previous.map { href(before: $0) }, next: next.map { href(after: $0) }),
                empty: areas.isEmpty ? empty(view) : nil, trace: trace(view, title),
                // An empty list leads there by its own button.
                importLink: mayImport && !areas.isEmpty ? WebLink("/imports", view("organisation.nav.imports")) : nil))
    }

    private func filter(_ view: View) -> FilterContent {
        let filled = [
            "q": chosen.words ?? "", "under": chosen.under?.id.description ?? "", "kind": chosen.kind?.rawValue ?? "",
            "class": chosen.areaClass ?? "",
        ]
        var fields = view.form(AreasQuery.self, action: "/areas", filled: filled).fields.filter {
            !["after", "before"].contains($0.name)
        }
        let all = view("organisation.areas.filter.all")
        for index in fields.indices {
            fields[index].isOptional = true
            switch fields[index].name {
            case "q": fields[index].type = "search"
            case "under":
                var offered = communes
                if let under = chosen.under, !offered.contains(under) { offered.insert(under, at: 0) }
                fields[index].offer(
                    all, offered.map { WebOption(value: $0.id.description, label: view.headed($0)) },
                    chosen: filled["under"] ?? "")
            case "kind":
                fields[index].offer(
                    all,
                    AreaKind.allCases.map {
                        WebOption(value: $0.rawValue, label: view("organisation.areaKind.\($0.rawValue)"))
                    }, chosen: filled["kind"] ?? "")
            default:
                fields[index].offer(
                    all, classes.map { WebOption(value: $0, label: view.areaClass($0)) }, chosen: filled["class"] ?? "")
            }
        }
        let offered = fields.filter { $0.name == "q" || $0.options.count > 1 }
        let isNarrowed = chosen.words != nil || chosen.under != nil || chosen.kind != nil || chosen.areaClass != nil
        return FilterContent(
            action: "/areas", fields: offered, verb: view("organisation.areas.filter.verb"),
            clear: isNarrowed ? WebLink("/areas", view("organisation.areas.filter.clear")) : nil)
    }

    private func href(after: String? = nil, before: String? = nil) -> String {
        address(
            "/areas",
            [
                ("q", chosen.words), ("under", chosen.under?.id.description), ("kind", chosen.kind?.rawValue),
                ("class", chosen.areaClass), ("after", after), ("before", before),
            ])
    }

    private func table(_ view: View) -> AreasTable {
        let (commune, households, people, areaClass) = (
            view("organisation.areas.column.commune"), view("organisation.areas.column.households"),
            view("organisation.areas.column.people"), view("organisation.areas.column.class")
        )
        let invented = view("organisation.invented")
        var drawn = Drawn(reserving: 512 * areas.count)
        for area in areas {
            drawn.markup("<tr><th scope=\"row\"><div><a class=\"pad\" href=\"/areas/")
            drawn.text(area.title.id.description)
            drawn.markup("\">")
            drawn.text(view.headed(area.title))
            drawn.markup("</a>")
            if area.isInvented {
                drawn.markup("<small>")
                drawn.text(invented)
                drawn.markup("</small>")
            }
            drawn.markup("</div></th>")
            drawn.cell(area.commune.map { view.headed($0) }, of: commune)
            drawn.cell(area.households.map { view.number($0) }, of: households, isNumber: true)
            drawn.cell(area.people.map { view.number($0) }, of: people, isNumber: true)
            drawn.cell(area.areaClass.map { view.areaClass($0) }, of: areaClass)
            drawn.markup("</tr>\n")
        }
        return AreasTable(drawn: drawn)
    }

    private func empty(_ view: View) -> WebEmpty {
        if chosen.words != nil || chosen.kind != nil || chosen.areaClass != nil || chosen.under != nil {
            return WebEmpty(
                title: view("organisation.areas.none.title"), text: view("organisation.areas.none.text"),
                action: WebButton("/areas", view("organisation.areas.filter.clear")))
        }
        return WebEmpty(
            title: view("organisation.areas.empty.title"), text: view("organisation.areas.empty.text"),
            first: view(mayImport ? "organisation.areas.empty.first" : "organisation.areas.empty.ask"),
            action: mayImport ? WebButton("/imports/new", view("organisation.areas.empty.verb"), isPrimary: true) : nil)
    }

    private func trace(_ view: View, _ record: String) -> WebTrace {
        .list(view, record: record)
    }
}

/// The list itself. Fifty rows of this page are the most frequent thing the server draws, so its table's head is written
/// out in its template and its rows are drawn in code.
struct AreasTable: Sendable {
    let drawn: Drawn
}

extension Drawn {
    /// - Parameter column: its name, which a card shows beside the value.
    fileprivate mutating func cell(_ shown: String?, of column: String, isNumber: Bool = false) {
        markup(isNumber ? "<td class=\"num\" data-name=\"" : "<td data-name=\"")
        text(column)
        markup("\"><div>")
        if let shown { text(shown) }
        markup("</div></td>")
    }
}

extension WebTrace {
    /// What stands under a printed list.
    static func list(_ view: View, record: String) -> WebTrace {
        WebTrace(
            isDemo: view.isDemonstration, printed: view.language.format.moment(view.now), record: record, revision: "1",
            valid: view("organisation.printed"))
    }
}

extension TerritoryTitle {
    /// For samples of outputs.
    static func sample(_ designation: Designation) -> TerritoryTitle {
        TerritoryTitle(id: ID(high: 1, low: 1), kind: designation.kind, designation: designation, name: "Thong Xanh")
    }
}
