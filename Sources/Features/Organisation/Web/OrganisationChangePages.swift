import Core
import Database
import Web

/// The six changes an administrator makes in the trees, each on a page of its own.
enum ChangeKind: String, Sendable, CaseIterable, Codable {
    case territoryName, territoryPlace, territoryEnd, bodyName, bodyPlace, bodyEnd

    var isUnit: Bool { [.territoryName, .territoryPlace, .territoryEnd].contains(self) }

    var path: String {
        let noun =
            switch self {
            case .territoryName, .bodyName: "name"
            case .territoryPlace, .bodyPlace: "placement"
            case .territoryEnd, .bodyEnd: "end"
            }
        return "/\(isUnit ? "territories" : "organisations")/:id/\(noun)"
    }

    func path(_ id: ID) -> String { path.replacing(":id", with: "\(id)") }
}

/// One form, with what there is to choose from.
struct ChangeOutput: Output {
    struct Choice: Encodable, Sendable {
        let id: ID
        let territory: TerritoryTitle?
        /// Of an organisation.
        let name: String?
        /// Where it lies.
        let place: TerritoryTitle?
    }

    let kind: ChangeKind
    let subject: ID
    let name: String
    /// Of a unit.
    let territory: TerritoryTitle?
    let filled: [String: String]
    /// Units among which a place or a successor is chosen.
    let units: [Choice]
    let bodies: [Choice]
    /// The words that units and organisations were looked for by.
    let typed: String?

    static var sample: ChangeOutput {
        let id = ID(high: 1, low: 1)
        return ChangeOutput(
            kind: .bodyPlace, subject: id, name: "Chi bo", territory: .sample(.commune), filled: ["day": "10/11/2026"],
            units: [Choice(id: id, territory: .sample(.commune), name: nil, place: .sample(.province))],
            bodies: [Choice(id: id, territory: nil, name: "Dang uy", place: .sample(.commune))], typed: "don duong")
    }

    static func of(_ call: Call<Actor>, _ kind: ChangeKind) throws -> ChangeOutput {
        let id = try call.id("id")
        let typed = call.query["q"].flatMap { $0.isEmpty ? nil : String($0.prefix(80)) }
        let today = call.language.format.day(call.today)
        if kind.isUnit {
            let unit = try OrganisationStore.territory(id, seenBy: call.sight, call.reader)
            var filled = ["day": today]
            if kind == .territoryName {
                filled["designation"] = unit.designation.rawValue
                filled["name"] = unit.name
                filled["code"] = unit.code ?? ""
            }
            return ChangeOutput(
                kind: kind, subject: id, name: unit.name, territory: unit.title, filled: filled,
                units: kind == .territoryName ? [] : try units(near: unit, kind, typed, call), bodies: [], typed: typed)
        }
        let body = try OrganisationStore.organisation(id, seenBy: call.sight, call.reader)
        var filled = ["day": today]
        switch kind {
        case .bodyName: filled["name"] = body.name
        case .bodyPlace:
            filled["territory"] = "\(body.territory)"
            filled["parent"] = body.parent.map { "\($0)" } ?? ""
        default: break
        }
        return ChangeOutput(
            kind: kind, subject: id, name: body.name, territory: nil, filled: filled,
            units: kind == .bodyPlace ? try units(for: body, typed, call) : [],
            bodies: kind == .bodyName ? [] : try bodies(near: body, typed, call), typed: typed)
    }

    /// For a place: units one level up beside the present one; for a successor: those beside the unit. And what was
    /// looked for.
    private static func units(
        near unit: Territory, _ kind: ChangeKind, _ typed: String?, _ call: Call<Actor>
    ) throws -> [Choice] {
        let path = Array(unit.place.dropFirst())
        let base = kind == .territoryEnd ? path.first : path.dropFirst().first
        var found: [Choice] = try typed.map { try hits(of: $0, call) } ?? []
        if let base, try OrganisationStore.covers(call.sight, base, call.reader) {
            if unit.kind == .area, kind == .territoryEnd {
                found += try OrganisationStore.areas(under: base, seenBy: call.sight, call.reader).lines.map {
                    Choice(id: $0.title.id, territory: $0.title, name: nil, place: nil)
                }
            } else {
                found += try OrganisationStore.children(of: base, call.reader).prefix(200).map {
                    Choice(id: $0.title.id, territory: $0.title, name: nil, place: nil)
                }
            }
        }
        let level = kind == .territoryEnd ? unit.kind.level : nil
        return unique(found).filter { choice in
            guard choice.id != unit.id, let found = choice.territory else { return false }
            if let level { return found.kind.level == level }
            return found.kind.level < unit.kind.level && choice.id != unit.parent
        }
    }

    private static func units(for body: Organisation, _ typed: String?, _ call: Call<Actor>) throws -> [Choice] {
        let path = try OrganisationStore.titles(of: body.territory, call.reader)
        let open = Set(try OrganisationStore.covered(path.map(\.id), call.sight, call.reader))
        let near = path.filter { open.contains($0.id) }.map {
            Choice(id: $0.id, territory: $0, name: nil, place: nil)
        }
        return unique(near + (try typed.map { try hits(of: $0, call) } ?? []))
    }

    private static func hits(of typed: String, _ call: Call<Actor>) throws -> [Choice] {
        let words = VietnameseText.searchWords(typed)
        let found =
            try OrganisationStore.findTerritories(words, call.sight, 20, call.reader)
            + OrganisationStore.findAreas(words, call.sight, 20, call.reader)
        return found.map { Choice(id: $0.id, territory: $0.title, name: nil, place: $0.place) }
    }

    /// Organisations on the same territory and on those above, and what was looked for.
    private static func bodies(near body: Organisation, _ typed: String?, _ call: Call<Actor>) throws -> [Choice] {
        var found: [Choice] = []
        for place in body.place where try OrganisationStore.covers(call.sight, place, call.reader) {
            let title = try OrganisationStore.titles(of: [place], call.reader)[place]
            found += try OrganisationStore.organisations(on: place, day: call.today, call.reader).prefix(40).map {
                Choice(id: $0.id, territory: nil, name: $0.name, place: title)
            }
        }
        if let typed {
            let words = VietnameseText.searchWords(typed)
            found += try OrganisationStore.findOrganisations(words, call.sight, 20, call.reader).map {
                Choice(id: $0.id, territory: nil, name: $0.name, place: $0.place)
            }
        }
        if let parent = body.parent, !found.contains(where: { $0.id == parent }) {
            let above = try OrganisationStore.publicOrganisation(parent, call.reader)
            found.insert(Choice(id: parent, territory: nil, name: above.name, place: nil), at: 0)
        }
        return unique(found).filter { $0.id != body.id }
    }

    private static func unique(_ all: [Choice]) -> [Choice] {
        var seen: Set<ID> = []
        return all.filter { seen.insert($0.id).inserted }
    }

    struct Content: Sendable {
        let head: WebHead
        let finder: FilterContent?
        let form: FormView
        let fields: [WebField]
        let back: WebLink
    }

    func page(_ view: View) -> Page {
        let shown = territory.map { view.headed($0) } ?? name
        let title = view("organisation.change.\(kind.rawValue).title", ["name": shown])
        let home =
            kind.isUnit
            ? (territory?.kind == .area ? "/areas/\(subject)" : "/territories/\(subject)") : "/organisations/\(subject)"
        let form = form(view)
        return Page(
            "organisation-change", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("organisation.change.\(kind.rawValue).about"),
                    crumbs: [WebCrumb(shown, home)]),
                finder: kind == .territoryName || kind == .bodyName ? nil : finder(view), form: form,
                fields: fields(form, view), back: WebLink(home, view("organisation.change.back"))))
    }

    private func finder(_ view: View) -> FilterContent {
        var fields = view.form(SearchQuery.self, action: "", filled: ["q": typed ?? ""]).fields
        for index in fields.indices {
            fields[index].type = "search"
            fields[index].hint = view("organisation.change.findHint")
        }
        return FilterContent(
            action: kind.path(subject), fields: fields, verb: view("organisation.search.verb"), clear: nil)
    }

    private func form(_ view: View) -> FormView {
        let action = kind.path(subject)
        return switch kind {
        case .territoryName: view.form(TerritoryNameForm.self, action: action, filled: filled)
        case .territoryPlace: view.form(TerritoryPlaceForm.self, action: action, filled: filled)
        case .territoryEnd: view.form(TerritoryEndForm.self, action: action, filled: filled)
        case .bodyName: view.form(BodyNameForm.self, action: action, filled: filled)
        case .bodyPlace: view.form(BodyPlaceForm.self, action: action, filled: filled)
        case .bodyEnd: view.form(BodyEndForm.self, action: action, filled: filled)
        }
    }

    /// The choices as menus: there may be two or two hundred.
    private func fields(_ form: FormView, _ view: View) -> [WebField] {
        form.fields.map { field in
            var field = field
            switch field.name {
            case "designation":
                let level = territory?.kind.level
                let fitting = Designation.allCases.filter { $0.kind.level == level }
                field.offer(
                    fitting.map {
                        WebOption(value: $0.rawValue, label: view("organisation.designation.\($0.rawValue)"))
                    }, chosen: field.value ?? filled["designation"] ?? "")
            case "parent" where kind.isUnit, "territory",
                "successor" where kind.isUnit:
                field.offer(first(field, view) + options(units, view), chosen: field.value ?? "")
            case "parent", "successor":
                field.offer(first(field, view) + options(bodies, view), chosen: field.value ?? "")
            default: break
            }
            return field
        }
    }

    private func first(_ field: WebField, _ view: View) -> [WebOption] {
        let key = "organisation.change.none.\(field.name)"
        return [WebOption(value: "", label: view(field.isOptional ? key : "organisation.change.choose"))]
    }

    private func options(_ all: [Choice], _ view: View) -> [WebOption] {
        all.map { choice in
            let name = choice.territory.map { view.headed($0) } ?? choice.name ?? ""
            let label = [name, choice.place.map { view.named($0) }].compactMap { $0 }.joined(separator: ", ")
            return WebOption(value: "\(choice.id)", label: label)
        }
    }
}

extension WebField {
    /// A menu of data with what is chosen.
    mutating func offer(_ options: [WebOption], chosen: String) {
        isInput = false
        isRadio = false
        isChoice = true
        self.options = options.map { WebOption(value: $0.value, label: $0.label, selected: $0.value == chosen) }
    }
}

extension View {
    /// The changes an administrator may make to a unit, as links.
    func changes(_ unit: Territory) -> [WebLink] {
        guard unit.stands, allows(.manageOrganisations, unit), unit.kind != .country else { return [] }
        return [ChangeKind.territoryName, .territoryPlace, .territoryEnd].map(link(unit.id))
    }

    func changes(_ body: Organisation) -> [WebLink] {
        guard body.validUntil == nil, allows(.manageOrganisations, body) else { return [] }
        return [ChangeKind.bodyName, .bodyPlace, .bodyEnd].map(link(body.id))
    }

    private func link(_ id: ID) -> (ChangeKind) -> WebLink {
        { WebLink($0.path(id), self("organisation.change.\($0.rawValue).verb")) }
    }
}
