import Core
import Database
import Web

/// The day on which a unit is looked at.
struct TerritoryQuery {
    static let fields: [Field] = [Field("day", .day, optional: true)]
}

/// A commune, district, province or the country: what lies below it, today or on another day, and its own history.
struct TerritoryOutput: Output {
    /// A unit below, as it stands or stood.
    struct Child: Encodable, Sendable {
        let title: TerritoryTitle
        let code: String?
        /// Residential areas in it; nil for another day than today.
        let areas: Int?
        let openable: Bool
    }

    let territory: Territory
    /// The units above it, nearest first.
    let above: [TerritoryTitle]
    let openable: [ID]
    let children: [Child]
    /// How many residential areas lie in it today.
    let areas: Int
    /// The day that was asked for; nil for today.
    let day: Day?
    /// Days on which something changed below it.
    let days: [Day]
    let states: [TerritoryState]
    let successions: [Succession]
    let organisations: [Organisation]

    static var sample: TerritoryOutput {
        let id = ID(high: 1, low: 1)
        return TerritoryOutput(
            territory: Territory(
                id: id, kind: .commune, designation: .commune, name: "Don Duong", code: "24931", parent: id,
                validFrom: .first, validUntil: .last, revision: 1, place: [id]),
            above: [.sample(.province)], openable: [id],
            children: [Child(title: .sample(.commune), code: "24931", areas: 26, openable: true)], areas: 26,
            day: .first, days: [.first], states: [.sample], successions: [.sample], organisations: [.sample])
    }

    static func of(_ call: Call<Actor>) throws -> TerritoryOutput {
        let id = try call.id("id")
        let territory = try OrganisationStore.territory(id, seenBy: call.sight, call.reader)
        let above = Array(try OrganisationStore.titles(of: id, call.reader).dropFirst())
        let day = call.query["day"].flatMap(Day.parse).flatMap { $0 == call.today ? nil : $0 }
        return TerritoryOutput(
            territory: territory, above: above,
            openable: try OrganisationStore.covered(above.map(\.id), call.sight, call.reader),
            children: try children(of: id, on: day, call),
            areas: try OrganisationStore.count(under: id, kind: .area, call.reader), day: day,
            days: try OrganisationStore.daysOfChange(below: id, call.reader),
            states: try OrganisationStore.states(of: id, call.reader),
            successions: try OrganisationStore.successions(of: id, call.reader),
            organisations: try OrganisationStore.organisations(on: id, day: day ?? call.today, call.reader))
    }

    private static func children(of id: ID, on day: Day?, _ call: Call<Actor>) throws -> [Child] {
        guard let day else {
            return try OrganisationStore.children(of: id, call.reader).map {
                Child(title: $0.title, code: $0.code, areas: $0.areas, openable: true)
            }
        }
        let states = try OrganisationStore.children(of: id, on: day, call.reader)
        let openable = Set(try OrganisationStore.covered(states.map(\.title.id), call.sight, call.reader))
        return states.map {
            Child(title: $0.title, code: $0.code, areas: nil, openable: openable.contains($0.title.id))
        }
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let figures: [WebFigure]
        let hasChildren: Bool
        let childrenTitle: String
        let children: WebTable?
        let noChildren: String?
        let days: WebFilters?
        let dayForm: FilterContent
        let history: WebTable?
        let became: WebRows?
        let organisations: WebRows?
        let changes: [WebLink]
        let trace: WebTrace?
    }

    func page(_ view: View) -> Page {
        let title = view.headed(territory.title)
        let isBranch = territory.kind.level < 3
        return Page(
            "organisation-territory", title: title,
            Content(
                head: WebHead(
                    title: title, lead: above.isEmpty ? nil : view.line(above),
                    crumbs: view.crumbs(above, visible: Set(openable))),
                notice: notice(view), figures: figures(view), hasChildren: isBranch,
                childrenTitle: day.map { view("organisation.territory.childrenOn", ["day": view.day($0)]) }
                    ?? view("organisation.territory.children"),
                children: isBranch && !children.isEmpty ? table(view) : nil,
                noChildren: isBranch && children.isEmpty ? view("organisation.territory.none") : nil,
                days: isBranch && !days.isEmpty ? dayLinks(view) : nil, dayForm: dayForm(view),
                history: .history(states, view, hasCodes: true),
                became: successions.isEmpty ? nil : .successions(successions, of: territory.id, view),
                organisations: organisations.isEmpty ? nil : WebRows(rows: organisations.map { $0.row(view) }),
                changes: view.changes(territory), trace: .list(view, record: title)))
    }

    private func notice(_ view: View) -> WebNotice? {
        if let until = territory.validUntil {
            return WebNotice(.plain, text: view("organisation.ended", ["day": view.day(until)]))
        }
        guard let day else { return nil }
        return WebNotice(
            .plain, text: view("organisation.territory.asOn", ["day": view.day(day)]),
            action: WebLink("/territories/\(territory.id)", view("organisation.territory.today")))
    }

    private func figures(_ view: View) -> [WebFigure] {
        var all: [WebFigure] = []
        if territory.kind.level < 3 {
            all.append(WebFigure(number: view.number(children.count), whole: view("organisation.territory.units")))
        }
        if territory.stands {
            all.append(
                WebFigure(
                    number: view.number(areas), whole: view("organisation.territory.areas"),
                    href: "/areas?under=\(territory.id)"))
        }
        return all
    }

    private func table(_ view: View) -> WebTable {
        var columns = [WebColumn(view("organisation.history.name")), WebColumn(view("organisation.code"))]
        if day == nil { columns.append(WebColumn(view("organisation.territory.areas"), isNumber: true)) }
        return WebTable(
            columns: columns,
            rows: children.map { child in
                var cells: [WebCell] = [
                    .head(view.headed(child.title), href: child.openable ? "/territories/\(child.title.id)" : nil),
                    .text(child.code),
                ]
                if let areas = child.areas {
                    cells.append(.number(view.number(areas), href: "/areas?under=\(child.title.id)"))
                }
                return WebRow(cells)
            })
    }

    private func dayLinks(_ view: View) -> WebFilters {
        let path = "/territories/\(territory.id)"
        var links = [WebFilter(path, view("organisation.territory.today"), current: day == nil)]
        for one in days.prefix(6) {
            links.append(WebFilter("\(path)?day=\(one.isoText)", view.day(one), current: day == one))
            let before = one.adding(days: -1)
            links.append(WebFilter("\(path)?day=\(before.isoText)", view.day(before), current: day == before))
        }
        return WebFilters(label: view("organisation.territory.dayLabel"), links: links)
    }

    private func dayForm(_ view: View) -> FilterContent {
        let fields = view.form(
            TerritoryDayForm.self, action: "", filled: ["day": day.map { view.day($0) } ?? ""]
        ).fields
        return FilterContent(
            action: "/territories/\(territory.id)", fields: fields, verb: view("organisation.territory.onDay.verb"),
            clear: nil)
    }
}

/// Only for drawing the day's field.
struct TerritoryDayForm: Form {
    static let name = "organisation.territory.onDay"
    static let fields = TerritoryQuery.fields
    init?(_ read: FormReader) { _ = read.day("day") }
}

extension OrganisationStore {
    /// Those among units that the person may open.
    static func covered(_ ids: [ID], _ sight: Sight, _ reader: any Reader) throws -> [ID] {
        guard !ids.isEmpty else { return [] }
        return try reader.rows(
            "SELECT t.id FROM territory t WHERE t.id IN (\(SQL.list(ids))) AND \(sight.covers("t.id"))"
        )
        .map { try $0.id("id") }
    }
}
