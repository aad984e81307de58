import Core
import Database
import Web

/// A link that another feature hangs on an area's page: its dossiers, its petitions. The page is the other's own.
package struct AreaLink: Sendable {
    /// Words' key.
    package let label: String
    let href: @Sendable (ID) -> String

    package init(_ label: String, _ href: @escaping @Sendable (ID) -> String) {
        self.label = label
        self.href = href
    }

    /// `/areas/:id/dossiers`, owned by Recognition.
    package static let dossiers = AreaLink("organisation.area.dossiers") { "/areas/\($0)/dossiers" }
}

/// One residential area: its numbers, what it belongs to, the organisations on it.
struct AreaOutput: Output {
    struct More: Encodable, Sendable {
        /// Words' key of what it leads to.
        let label: String
        let href: String
    }

    let area: Area
    /// The units above it, nearest first.
    let above: [TerritoryTitle]
    /// Those of them that this person may open.
    let openable: [ID]
    let organisations: [Organisation]
    /// How many people they count, in the newest year that was told; nil when none was.
    let strengths: AreaStrengths?
    /// Where it belonged and what it was called, the latest first.
    let states: [TerritoryState]
    let successions: [Succession]
    /// Pages of other features about it.
    let more: [More]
    /// What they have to tell of it.
    let told: [AreaTelling.Line]

    static var sample: AreaOutput {
        let id = ID(high: 1, low: 1)
        let territory = Territory(
            id: id, kind: .area, designation: .thon, name: "Thong Xanh", code: "1", parent: id, validFrom: .first,
            validUntil: Day.last, revision: 1, place: [id])
        return AreaOutput(
            area: Area(
                territory: territory, areaKind: .thon, households: 214, people: 858, areaClass: "rural", asOf: 2026,
                isInvented: true),
            above: [.sample(.commune)], openable: [id], organisations: [.sample],
            strengths: .sample, states: [.sample],
            successions: [.sample], more: [More(label: "organisation.area.dossiers", href: "/areas/1/dossiers")],
            told: [.sample])
    }

    static func of(
        _ call: Call<Actor>, links: [AreaLink], telling: [AreaTelling] = []
    ) throws -> AreaOutput {
        let id = try call.id("id")
        let area = try OrganisationStore.area(id, seenBy: call.sight, call.reader)
        let above = Array(try OrganisationStore.titles(of: id, call.reader).dropFirst())
        return AreaOutput(
            area: area, above: above, openable: try OrganisationStore.covered(above.map(\.id), call.sight, call.reader),
            organisations: try OrganisationStore.organisations(on: id, day: call.today, call.reader),
            strengths: try OrganisationStore.strengths(of: id, call.reader).first,
            states: try OrganisationStore.states(of: id, call.reader),
            successions: try OrganisationStore.successions(of: id, call.reader),
            more: [More(label: "organisation.profile.title", href: "/areas/\(id)/profile")]
                + links.map { More(label: $0.label, href: $0.href(id)) },
            told: try telling.flatMap { try $0.lines(id, call) })
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let more: [WebLink]
        let facts: WebFacts
        let told: WebFacts?
        let organisations: WebRows?
        let strengths: WebFacts?
        /// Of which year they are.
        let strengthsOf: String?
        let history: WebTable?
        let became: WebRows?
        let changes: [WebLink]
        let trace: WebTrace?
    }

    func page(_ view: View) -> Page {
        let title = view.headed(area.title)
        return Page(
            "organisation-area", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view.line(above),
                    crumbs: [WebCrumb(view("organisation.nav.areas"), "/areas")]
                        + view.crumbs(above, visible: Set(openable)),
                    status: area.isInvented ? WebStatus(.draft, view("organisation.invented")) : nil),
                notice: area.territory.stands
                    ? nil
                    : WebNotice(
                        .plain, text: view("organisation.ended", ["day": view.day(area.territory.validUntil ?? .last)])),
                more: more.map { WebLink($0.href, view($0.label)) }, facts: facts(view),
                told: told.isEmpty ? nil : WebFacts(facts: told.map { WebFact($0.label, $0.text, href: $0.href) }),
                organisations: organisations.isEmpty ? nil : WebRows(rows: organisations.map { $0.row(view) }),
                strengths: strengths?.facts(view),
                strengthsOf: strengths.map { view("organisation.profile.strengths.of", ["year": "\($0.year)"]) },
                history: states.count > 1 ? .history(states, view, hasCodes: false) : nil,
                became: successions.isEmpty ? nil : .successions(successions, of: area.id, view),
                changes: view.changes(area.territory), trace: .list(view, record: title)))
    }

    private func facts(_ view: View) -> WebFacts {
        let unknown = view("organisation.unknown")
        let year = area.asOf.map { ["year": "\($0)"] }
        func counted(_ number: Int?, _ key: String) -> String {
            guard let number else { return unknown }
            let count = view(key, ["count": view.number(number)])
            return year.map { count + " " + view("organisation.asOf", $0) } ?? count
        }
        var facts = [
            WebFact(
                view("organisation.area.kind"), view("organisation.areaKind.\(area.areaKind.rawValue)").capitalisedFirst
            ),
            WebFact(view("organisation.areas.column.households"), counted(area.households, "organisation.households")),
            WebFact(view("organisation.areas.column.people"), counted(area.people, "organisation.people")),
            WebFact(view("organisation.areas.column.class"), area.areaClass.map { view.areaClass($0) } ?? unknown),
        ]
        if let region = area.region {
            facts.append(WebFact(view("organisation.profile.column.region"), view.region(region)))
        }
        if let commune = above.first {
            facts.append(
                WebFact(
                    view("organisation.area.belongs"), view.headed(commune),
                    href: openable.contains(commune.id) ? "/territories/\(commune.id)" : nil))
        }
        if let code = area.territory.code { facts.append(WebFact(view("organisation.code"), code)) }
        return WebFacts(facts: facts)
    }
}

extension Organisation {
    static var sample: Organisation {
        let id = ID(high: 1, low: 1)
        return Organisation(
            id: id, kind: .partyCell, name: "Chi bo", territory: id, parent: id, validFrom: .first, validUntil: .last,
            revision: 1, place: [id])
    }

    func row(_ view: View) -> WebLine {
        WebLine(
            title: name, href: "/organisations/\(id)", text: view("organisation.kind.\(kind.rawValue)"),
            right: view.span(from: validFrom, until: validUntil))
    }
}

extension TerritoryState {
    static var sample: TerritoryState {
        TerritoryState(
            validFrom: .first, validUntil: .last, title: .sample(.commune), code: "24931", parent: .sample(.province),
            document: "1671/NQ-UBTVQH15")
    }
}

extension Succession {
    static var sample: Succession {
        Succession(
            day: .first, kind: .merge, from: .sample(.town), into: .sample(.commune), document: "1671/NQ-UBTVQH15")
    }
}

extension WebTable {
    /// What a unit was called and where it belonged, from when to when.
    static func history(_ states: [TerritoryState], _ view: View, hasCodes: Bool) -> WebTable {
        var columns = [
            WebColumn(view("organisation.history.name")), WebColumn(view("organisation.history.span")),
            WebColumn(view("organisation.history.parent")),
        ]
        if hasCodes { columns.append(WebColumn(view("organisation.code"))) }
        let hasDocuments = states.contains { $0.document != nil }
        if hasDocuments { columns.append(WebColumn(view("organisation.history.document"))) }
        return WebTable(
            columns: columns,
            rows: states.map { state in
                var cells: [WebCell] = [
                    .head(view.headed(state.title)),
                    .text(
                        view.span(from: state.validFrom, until: state.validUntil) ?? view("organisation.span.always")),
                    .text(state.parent.map { view.headed($0) }),
                ]
                if hasCodes { cells.append(.text(state.code)) }
                if hasDocuments { cells.append(.text(state.document)) }
                return WebRow(cells)
            })
    }
}

extension WebRows {
    /// "01/07/2025: thị trấn Thạnh Mỹ nhập vào xã Đơn Dương".
    static func successions(_ all: [Succession], of id: ID, _ view: View) -> WebRows {
        WebRows(
            rows: all.map { one in
                let isFrom = one.from.id == id
                let other = isFrom ? one.into : one.from
                let key = one.into == nil ? "abolished" : isFrom ? "into" : "from"
                return WebLine(
                    title: view(
                        "organisation.succession.\(key)",
                        [
                            "day": view.day(one.day), "from": view.named(one.from),
                            "into": one.into.map { view.named($0) } ?? "",
                        ]
                    ),
                    href: other.map { $0.kind == .area ? "/areas/\($0.id)" : "/territories/\($0.id)" },
                    text: one.document)
            })
    }
}
