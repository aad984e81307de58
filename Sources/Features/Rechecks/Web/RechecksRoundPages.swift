import Core
import Organisation
import Web

/// The round of a year: what is left, and each re-check with how it stands.
struct RechecksRoundOutput: Output {
    struct Commune: Encodable, Sendable {
        let territory: TerritoryTitle
        let due: Day
        /// By state.
        let counts: [String: Int]
    }

    let territory: TerritoryTitle
    let year: Int
    let thisYear: Int
    let state: Rechecks.State?
    /// Whether a round can be opened here now; how many titles it would list.
    let mayOpen: Bool
    let titles: Int
    /// Areas of titles that fall into the year and do not stand in its open round, one for each title.
    let missing: [TerritoryTitle]
    /// Re-checks of earlier rounds that are not over: their titles stand in this year's round once they are.
    let elsewhere: [RechecksAnswer]
    let communes: [Commune]
    let rechecks: [RechecksAnswer]
    let next: ID?
    /// This person's own filters.
    var views: [SavedView] = []

    static var sample: RechecksRoundOutput {
        RechecksRoundOutput(
            territory: RechecksSamples.commune, year: 2026, thisYear: 2026, state: .due, mayOpen: true, titles: 12,
            missing: [RechecksSamples.area], elsewhere: [.sample],
            communes: [Commune(territory: RechecksSamples.commune, due: RechecksSamples.day, counts: ["due": 3])],
            rechecks: [.sample], next: RechecksSamples.id,
            views: [SavedView(id: RechecksSamples.id, list: .rechecks, name: "Due", query: "state=due")])
    }

    struct Content: Sendable {
        let head: WebHead
        let years: WebFilters
        let openForm: FormView?
        let openText: String
        let addForm: FormView?
        let addTitle: String
        let addText: String
        let elsewhere: WebRows?
        let communes: WebTable?
        let states: WebFilters?
        let views: WebViews?
        let table: WebTable?
        let empty: WebEmpty?
        let pager: WebPager?
        let note: String
    }

    private func href(_ more: String = "") -> String { "/rechecks?territory=\(territory.id)&year=\(year)\(more)" }

    func page(_ view: View) -> Page {
        let title = view("rechecks.round.title", ["year": "\(year)", "place": view.headed(territory)])
        let all = communes.reduce(0) { $0 + $1.counts.values.reduce(0, +) }
        let (due, underWay) = (count(.due), Rechecks.State.underWay.reduce(0) { $0 + count($1) })
        return Page(
            "rechecks-round", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: all == 0
                        ? view("rechecks.round.lead")
                        : view(
                            "rechecks.round.left",
                            [
                                "left": view.language.format.integer(due + underWay),
                                "all": view.language.format.integer(all), "due": view.language.format.integer(due),
                                "underWay": view.language.format.integer(underWay),
                            ]),
                    crumbs: []),
                years: WebFilters(
                    label: view("recognition.column.year"),
                    links: (thisYear - 2...thisYear).reversed().map {
                        WebFilter("/rechecks?territory=\(territory.id)&year=\($0)", "\($0)", current: $0 == year)
                    }),
                openForm: mayOpen
                    ? view.form(
                        RechecksOpenForm.self, action: "/territories/\(territory.id)/rechecks",
                        filled: ["year": "\(year)"]) : nil,
                openText: view("rechecks.open.text", ["count": "\(titles)", "year": "\(year)"]),
                addForm: missing.isEmpty
                    ? nil
                    : view.form(RechecksAddButton.self, action: "/territories/\(territory.id)/rechecks/missing"),
                addTitle: view("rechecks.add.title", ["count": view.language.format.integer(missing.count)]),
                addText: view(
                    "rechecks.add.text",
                    [
                        "areas": missing.prefix(12).map { view.headed($0) }.joined(separator: ", ")
                            + (missing.count > 12 ? "…" : "")
                    ]),
                elsewhere: elsewhere.isEmpty ? nil : WebRows(rows: elsewhere.map { line($0, view) }),
                communes: communes.count > 1 ? communeTable(view) : nil, states: all == 0 ? nil : states(view),
                views: .over(
                    .rechecks, views,
                    address: state == nil && year == thisYear
                        ? "/rechecks" : href(state.map { "&state=\($0.rawValue)" } ?? "")),
                table: rechecks.isEmpty ? nil : table(view),
                empty: rechecks.isEmpty && !mayOpen
                    ? WebEmpty(
                        title: view(all == 0 ? "rechecks.round.none" : "rechecks.round.noneSo"),
                        text: view(all == 0 ? "rechecks.round.noneText" : "rechecks.round.noneSoText")) : nil,
                pager: WebPager.ifNeeded(
                    previous: nil,
                    next: next.map { href((state.map { "&state=\($0.rawValue)" } ?? "") + "&after=\($0)") }),
                note: view("rechecks.round.note")))
    }

    private func count(_ state: Rechecks.State) -> Int { communes.reduce(0) { $0 + ($1.counts[state.rawValue] ?? 0) } }

    private func line(_ one: RechecksAnswer, _ view: View) -> WebLine {
        WebLine(
            title: "\(one.areaName(view)): \(one.titleText(view))", href: "/rechecks/\(one.id)",
            text: view("rechecks.elsewhere.round", ["year": "\(one.year)"]), status: one.status(view))
    }

    private func states(_ view: View) -> WebFilters {
        WebFilters(
            label: view("recognition.column.state"),
            links: [WebFilter(href(), view("rechecks.round.all"), current: state == nil)]
                + Rechecks.State.allCases.filter { count($0) > 0 || $0 == state }.map {
                    WebFilter(
                        href("&state=\($0.rawValue)"), view("rechecks.state.\($0.rawValue)"), current: $0 == state,
                        count: "\(count($0))")
                })
    }

    private func communeTable(_ view: View) -> WebTable {
        func number(_ commune: Commune, _ states: [Rechecks.State]) -> WebCell {
            .number(view.language.format.integer(states.reduce(0) { $0 + (commune.counts[$1.rawValue] ?? 0) }))
        }
        return WebTable(
            columns: [
                WebColumn(view("recognition.column.commune")),
                WebColumn(view("rechecks.round.allColumn"), isNumber: true),
                WebColumn(view("rechecks.state.due"), isNumber: true),
                WebColumn(view("rechecks.round.underWay"), isNumber: true),
                WebColumn(view("rechecks.state.kept"), isNumber: true), WebColumn(view("rechecks.column.due")),
            ],
            rows: communes.map { commune in
                WebRow([
                    .head(
                        view.headed(commune.territory), href: "/rechecks?territory=\(commune.territory.id)&year=\(year)"
                    ),
                    number(commune, Rechecks.State.allCases), number(commune, [.due]),
                    number(commune, Rechecks.State.underWay),
                    number(commune, [.kept]), .text(view.day(commune.due)),
                ])
            })
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.column.area")), WebColumn(view("recognition.column.title")),
                WebColumn(view("rechecks.column.kind")), WebColumn(view("recognition.column.state")),
                WebColumn(view("rechecks.column.due")),
            ],
            rows: rechecks.map { one in
                WebRow([
                    .head(
                        view.headed(one.area), href: "/rechecks/\(one.id)", also: one.commune.map { view.headed($0) }),
                    .text(one.titleText(view), also: one.number), .text(view("rechecks.kind.\(one.scope.rawValue)")),
                    .status(one.status(view)), .text(one.due.map { view.day($0) } ?? "–"),
                ])
            })
    }
}
