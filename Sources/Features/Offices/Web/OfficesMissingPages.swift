import Core
import Criteria
import Database
import Organisation
import Web

/// Which offices of a commune have filled in how much by when, and what nobody was asked for.
struct OfficesMissingOutput: Output {
    struct Line: Encodable, Sendable {
        let grid: OfficesGridAnswer
        let codes: [String]
        let objections: Int
        /// Those of them whose day for an answer is past, and the earliest of these days.
        let unanswered: Int
        let unansweredSince: Day?
        /// When the office was last told of its day.
        let remindedOn: Day?
    }

    let place: TerritoryTitle
    let year: Int
    let offices: [Line]
    /// Codes that the criteria set wants from an office and none was asked for: the areas type them.
    let unasked: [String]
    let hasSet: Bool
    let mayAssign: Bool
    /// Only who sees the whole commune opens its grids; an area's people see this table.
    let seesGrids: Bool
    /// Another commune or year than stands there without any choice.
    let isNarrowed: Bool
    /// This person's own filters.
    var views: [SavedView] = []

    static var sample: OfficesMissingOutput {
        OfficesMissingOutput(
            place: OfficesSamples.place, year: 2026,
            offices: [
                Line(
                    grid: OfficesSamples.grid, codes: ["II.2"], objections: 1, unanswered: 1,
                    unansweredSince: OfficesSamples.day, remindedOn: OfficesSamples.day)
            ],
            unasked: ["IV.1"],
            hasSet: true, mayAssign: true, seesGrids: true, isNarrowed: true,
            views: [SavedView(id: OfficesSamples.id, list: .offices, name: "Last year", query: "year=2025")])
    }

    static func of(_ call: Call<Actor>) throws -> OfficesMissingOutput {
        let (place, isOwn) = try place(call)
        let year = call.yearAsked
        let grids = try OfficesStore.grids(of: place.id, year: year, call.reader)
        let fillings = try OfficesStore.fillings(of: grids, call.reader)
        let waiting = try OfficesStore.openObjections(toGrids: grids.map(\.id), call.reader)
        let overdue = try OfficesStore.overdueObjections(toGrids: grids.map(\.id), on: call.today, call.reader)
        let codes = try OfficesStore.codes(ofGrids: grids.map(\.id), call.reader)
        let reminders = try OfficesStore.reminders(of: grids.map(\.id), call.reader)
        let set = try OfficesAssignmentRoutes.set(for: place.id, year: year, call)?.set
        let asked = Set(codes.values.joined())
        let wanted = set.map { Offices.suppliers(of: $0).flatMap(\.codes) } ?? []
        return OfficesMissingOutput(
            place: TerritoryTitle(id: place.id, kind: place.kind, designation: place.designation, name: place.name),
            year: year,
            offices: grids.map {
                Line(
                    grid: OfficesGridAnswer($0, fillings[$0.id]), codes: codes[$0.id] ?? [],
                    objections: waiting[$0.id] ?? 0, unanswered: overdue[$0.id]?.count ?? 0,
                    unansweredSince: overdue[$0.id]?.since, remindedOn: reminders[$0.id]?.first?.at.day)
            },
            unasked: set.map { set in set.indicators.map(\.code).filter { wanted.contains($0) && !asked.contains($0) } }
                ?? [],
            hasSet: set != nil, mayAssign: call.authority.allows(call.who, .checkDossier, place),
            seesGrids: try OrganisationStore.covers(call.sight, place.id, call.reader),
            isNarrowed: !isOwn || year != call.today.year,
            views: try SavedViews.of(call.who.person, on: .offices, call.reader))
    }

    /// The commune asked for, else this person's own; and whether it is the latter.
    private static func place(_ call: Call<Actor>) throws -> (place: Territory, isOwn: Bool) {
        let own = try own(call)
        if let asked = call.query["place"].flatMap({ ID($0) }) {
            return (try OfficesAssignmentRoutes.place(call, asked), asked == own?.id)
        }
        guard let own else { throw NotFound() }
        return (own, true)
    }

    /// Of somebody of an area the commune it lies in; nil for whoever has no commune or several.
    private static func own(_ call: Call<Actor>) throws -> Territory? {
        for root in try OrganisationStore.roots(of: call.sight, call.reader) {
            if TerritoryKind.communes.contains(root.kind) {
                return try OrganisationStore.territory(root.id, seenBy: call.sight, call.reader)
            }
            if root.kind == .area, let parent = try OrganisationStore.publicTerritory(root.id, call.reader).parent {
                return try OrganisationStore.publicTerritory(parent, call.reader)
            }
        }
        return nil
    }

    struct Content: Sendable {
        let head: WebHead
        let lead: String?
        let unanswered: WebNotice?
        let unasked: WebNotice?
        let table: WebTable?
        let empty: WebEmpty?
        let assign: WebButton?
        let years: WebFilters
        let views: WebViews?
    }

    private var here: String { "/offices/missing?place=\(place.id)" }

    func page(_ view: View) -> Page {
        let title = view("offices.missing.title", ["year": "\(year)"])
        let late = offices.filter { $0.grid.missing > 0 && $0.grid.due < view.today }
        let full = offices.count { $0.grid.missing == 0 }
        let assign = "/offices/assignments/new?place=\(place.id)&year=\(year)"
        return Page(
            "offices-missing", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view.headed(place), crumbs: [WebCrumb(view("offices.title"), "/offices")]),
                lead: offices.isEmpty
                    ? nil
                    : view(
                        "offices.missing.lead",
                        [
                            "all": view.number(offices.count), "full": view.number(full),
                            "late": view.number(late.count),
                        ]),
                unanswered: unansweredNotice(view),
                unasked: !offices.isEmpty && !unasked.isEmpty
                    ? WebNotice(
                        .wait, bold: view("offices.missing.unasked", ["count": view.number(unasked.count)]),
                        text: view("offices.missing.unaskedText", ["codes": unasked.joined(separator: ", ")]),
                        action: mayAssign ? WebLink(assign, view("offices.list.assign")) : nil) : nil,
                table: offices.isEmpty ? nil : table(view),
                empty: offices.isEmpty
                    ? WebEmpty(
                        title: view("offices.missing.empty.title", ["year": "\(year)"]),
                        text: view(hasSet ? "offices.missing.empty.text" : "offices.missing.empty.noSet"),
                        first: mayAssign && hasSet ? view("offices.missing.empty.first") : nil,
                        action: mayAssign && hasSet ? WebButton(assign, view("offices.list.assign")) : nil) : nil,
                assign: mayAssign && !offices.isEmpty ? WebButton(assign, view("offices.list.assign")) : nil,
                years: WebFilters(
                    label: view("offices.missing.years"),
                    links: [year - 1, year, year + 1].map {
                        WebFilter("\(here)&year=\($0)", "\($0)", current: $0 == year)
                    }),
                views: .over(
                    .offices, views, address: isNarrowed ? "\(here)&year=\(year)" : ViewedList.offices.path)))
    }

    /// Names the offices that let the day for an answer go by.
    private func unansweredNotice(_ view: View) -> WebNotice? {
        let late = offices.filter { $0.unanswered > 0 }
        guard !late.isEmpty else { return nil }
        return WebNotice(
            .wait,
            bold: view(
                "offices.missing.unanswered",
                ["count": view.number(late.reduce(0) { $0 + $1.unanswered })]),
            text: late.compactMap { line in
                line.unansweredSince.map {
                    view("offices.missing.unansweredOffice", ["office": line.grid.office, "day": view.day($0)])
                }
            }.joined(separator: "; "))
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            caption: view("offices.missing.caption"),
            columns: [
                WebColumn(view("offices.column.office")), WebColumn(view("offices.column.codes")),
                WebColumn(view("offices.column.filled"), isNumber: true),
                WebColumn(view("offices.column.missing"), isNumber: true), WebColumn(view("offices.column.due")),
                WebColumn(view("offices.column.status")),
            ],
            rows: offices.map { line in
                WebRow([
                    .head(line.grid.office, href: seesGrids ? line.grid.href : nil),
                    .text(line.codes.joined(separator: ", ")),
                    .number(
                        line.grid.filledText(view),
                        bar: WebBar(
                            percent: line.grid.expected == 0 ? 0 : line.grid.filled * 100 / line.grid.expected,
                            label: line.grid.filledText(view))),
                    .number(view.number(line.grid.missing)), .text(view.day(line.grid.due)),
                    .status(
                        line.grid.status(view), also: beside(line, view)),
                ])
            })
    }

    private func beside(_ line: Line, _ view: View) -> String? {
        let parts: [String?] = [
            line.objections == 0
                ? nil : view("offices.list.objections", ["count": view.number(line.objections)]),
            line.grid.missing == 0
                ? nil : line.remindedOn.map { view("offices.missing.reminded", ["day": view.day($0)]) },
        ]
        return parts.compactMap { $0 }.joined(separator: " · ").nilIfEmpty
    }
}
