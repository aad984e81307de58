import Core
import Database
import Web

/// The trees side by side: on one territory the Party's, the state's and the Front's organisations, each with those
/// directly below it; the territory is changed by going up or down.
struct TreesOutput: Output {
    static let query: [Field] = [Field("at", .record, optional: true)]

    struct Branch: Encodable, Sendable {
        let organisation: Organisation
        let below: [Organisation]
    }

    struct Tree: Encodable, Sendable {
        let tree: OrganisationTree
        let branches: [Branch]
    }

    /// Nil where somebody sees nothing.
    let territory: TerritoryTitle?
    let above: [TerritoryTitle]
    let openable: [ID]
    let trees: [Tree]
    /// Units below, to go on to.
    let units: [TerritoryTitle]
    /// Where this person's other offices stand.
    let others: [TerritoryTitle]
    let mayManage: Bool

    static let belowLimit = 30

    static var sample: TreesOutput {
        TreesOutput(
            territory: .sample(.commune), above: [.sample(.province)], openable: [ID(high: 1, low: 1)],
            trees: OrganisationTree.allCases.map {
                Tree(tree: $0, branches: [Branch(organisation: .sample, below: [.sample])])
            }, units: [.sample(.thon)], others: [.sample(.ward)], mayManage: true)
    }

    static func of(_ call: Call<Actor>) throws -> TreesOutput {
        let roots = try OrganisationStore.roots(of: call.sight, call.reader)
        let asked = call.query["at"].flatMap { ID($0) }
        guard let id = asked ?? roots.first?.id else {
            return TreesOutput(
                territory: nil, above: [], openable: [], trees: [], units: [], others: [], mayManage: false)
        }
        let territory = try OrganisationStore.territory(id, seenBy: call.sight, call.reader)
        let above = Array(try OrganisationStore.titles(of: id, call.reader).dropFirst())
        let all = try OrganisationStore.organisations(on: id, day: call.today, call.reader)
        let trees = try OrganisationTree.allCases.map { tree in
            Tree(
                tree: tree,
                branches: try all.filter { $0.kind.tree == tree }.map { body in
                    let below = try OrganisationStore.organisations(
                        under: body.id, seenBy: call.sight, day: call.today, call.reader)
                    return Branch(organisation: body, below: Array(below.prefix(belowLimit)))
                })
        }
        return TreesOutput(
            territory: territory.title, above: above,
            openable: try OrganisationStore.covered(above.map(\.id), call.sight, call.reader), trees: trees,
            units: try units(below: territory, call), others: roots.filter { $0.id != id },
            mayManage: call.who.holds(.manageOrganisations))
    }

    private static func units(below territory: Territory, _ call: Call<Actor>) throws -> [TerritoryTitle] {
        if territory.kind == .area { return [] }
        if TerritoryKind.communes.contains(territory.kind) {
            return try OrganisationStore.areas(under: territory.id, seenBy: call.sight, call.reader).lines.map(\.title)
        }
        return try OrganisationStore.children(of: territory.id, call.reader).map(\.title)
    }

    struct BranchContent: Sendable {
        let row: WebRows
        let below: WebRows?
        let count: String
    }

    struct TreeContent: Sendable {
        let title: String
        let branches: [BranchContent]
        let none: String?
    }

    struct Content: Sendable {
        let head: WebHead
        let empty: WebEmpty?
        let trees: [TreeContent]
        let unitsTitle: String
        let units: WebFilters?
        let stranded: WebLink?
    }

    func page(_ view: View) -> Page {
        let title = view("organisation.trees.title")
        return Page(
            "organisation-trees", title: title,
            Content(
                head: WebHead(
                    title: territory.map { view("organisation.trees.of", ["place": view.named($0)]) } ?? title,
                    lead: view("organisation.trees.lead"),
                    crumbs: above.reversed().map { title in
                        WebCrumb(view.headed(title), openable.contains(title.id) ? href(title) : nil)
                    }),
                empty: territory == nil
                    ? WebEmpty(title: view("organisation.trees.nothing"), text: view("organisation.bodies.none")) : nil,
                trees: trees.map { content($0, view) }, unitsTitle: view("organisation.trees.units"),
                units: units.isEmpty && others.isEmpty
                    ? nil
                    : WebFilters(
                        label: view("organisation.trees.units"),
                        links: (others + units).map { WebFilter(href($0), view.headed($0)) }),
                stranded: mayManage ? WebLink("/organisations/stranded", view("organisation.stranded.title")) : nil))
    }

    private func href(_ title: TerritoryTitle) -> String { "/organisations?at=\(title.id)" }

    private func content(_ tree: Tree, _ view: View) -> TreeContent {
        TreeContent(
            title: view("organisation.trees.\(tree.tree.rawValue)"),
            branches: tree.branches.map { branch in
                BranchContent(
                    row: WebRows(rows: [branch.organisation.row(view)]),
                    below: branch.below.isEmpty ? nil : WebRows(rows: branch.below.map { $0.row(view) }),
                    count: view("organisation.trees.below", ["count": view.number(branch.below.count)]))
            }, none: tree.branches.isEmpty ? view("organisation.trees.none") : nil)
    }
}

/// "Cần chuyển hoặc kết thúc": organisations whose territory has ended, with what is proposed for each.
struct StrandedOutput: Output {
    struct Line: Encodable, Sendable {
        let organisation: Organisation
        let territory: TerritoryTitle
        let endedOn: Day
        /// "move", "join" or "choose".
        let proposal: String
        let moveTo: TerritoryTitle?
        let joins: String?
    }

    let lines: [Line]

    static var sample: StrandedOutput {
        StrandedOutput(lines: [
            Line(
                organisation: .sample, territory: .sample(.town), endedOn: .first, proposal: "move",
                moveTo: .sample(.commune), joins: "Dang uy")
        ])
    }

    static func of(_ call: Call<Actor>) throws -> StrandedOutput {
        StrandedOutput(
            lines: try OrganisationStore.stranded(seenBy: call.sight, call.reader).map { one in
                let proposal =
                    switch one.plan {
                    case .move: "move"
                    case .end: "join"
                    case .choose: "choose"
                    }
                return Line(
                    organisation: one.organisation, territory: one.territory, endedOn: one.endedOn, proposal: proposal,
                    moveTo: one.targetTerritory, joins: one.target)
            })
    }

    struct Choice: Sendable {
        let id: String
        let name: String
        let href: String
        let about: String
        let label: String
        let options: [WebOption]
    }

    struct Content: Sendable {
        let head: WebHead
        let empty: WebEmpty?
        let form: FormView?
        let choices: [Choice]
    }

    func page(_ view: View) -> Page {
        let title = view("organisation.stranded.title")
        return Page(
            "organisation-stranded", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: lines.isEmpty
                        ? nil : view("organisation.stranded.lead", ["count": view.number(lines.count)]),
                    crumbs: [WebCrumb(view("organisation.trees.title"), "/organisations")]),
                empty: lines.isEmpty
                    ? WebEmpty(
                        title: view("organisation.stranded.none"), text: view("organisation.stranded.noneText")) : nil,
                form: lines.isEmpty
                    ? nil
                    : view.form(
                        StrandedForm.self, action: "/organisations/stranded", filled: ["day": view.day(view.today)]),
                choices: lines.map { choice($0, view) }))
    }

    private func choice(_ line: Line, _ view: View) -> Choice {
        let typed = view.form(StrandedForm.self, action: "").typed
        let field = "to.\(line.organisation.id)"
        let chosen = typed?[field] ?? (line.proposal == "choose" ? "later" : "do")
        var options: [(String, String)] = []
        switch line.proposal {
        case "move":
            options.append(
                ("do", view("organisation.stranded.move", ["place": line.moveTo.map { view.named($0) } ?? ""])))
        case "join": options.append(("do", view("organisation.stranded.join", ["name": line.joins ?? ""])))
        default: break
        }
        options += ["end", "later"].map { ($0, view("organisation.stranded.\($0)")) }
        return Choice(
            id: field, name: line.organisation.name, href: "/organisations/\(line.organisation.id)",
            about: view(
                "organisation.stranded.about",
                ["place": view.headed(line.territory), "day": view.day(line.endedOn)]),
            label: view("organisation.stranded.what"),
            options: options.map { WebOption(value: $0.0, label: $0.1, selected: $0.0 == chosen) })
    }
}
