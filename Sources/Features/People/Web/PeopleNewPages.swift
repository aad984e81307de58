import Core
import Organisation
import Web

/// What the form of a role offers once its place is chosen, and where one looks for the place before.
struct PeopleRoleChoice: Encodable, Sendable {
    /// The words looked for.
    let q: String
    /// Places found by them, each with the unit above.
    let places: [[TerritoryTitle]]
    /// The chosen place with the unit above; empty while none is chosen.
    let place: [TerritoryTitle]
    /// The organisations that stand on it today.
    let organisations: [PersonName]
    let today: Day

    static var sample: PeopleRoleChoice {
        let role = PeopleRoleLine.sample
        let place = [role.territory, role.territory]
        return PeopleRoleChoice(
            q: "don duong", places: [place], place: place, organisations: [role.organisation], today: .first)
    }

    func options(_ view: View) -> [String: [WebOption]] {
        [
            "place": place.first.map { [WebOption(value: "\($0.id)", label: place.line { view($0, $1) })] } ?? [],
            // Nothing is chosen beforehand: the first of the list is the mightiest.
            "role": [WebOption(value: "", label: view("people.new.chooseRole"))]
                + Role.allCases.map { WebOption(value: $0.rawValue, label: view("role.\($0.rawValue).name")) },
            "organisation": organisations.map { WebOption(value: "\($0.id)", label: $0.name) },
        ]
    }

    func filled(_ view: View) -> [String: String] {
        var filled = ["from": view.day(today)]
        if let place = place.first { filled["place"] = "\(place.id)" }
        if organisations.count == 1, let only = organisations.first { filled["organisation"] = "\(only.id)" }
        return filled
    }

    /// The places found, as links that choose one.
    func rows(_ base: String, _ view: View) -> WebRows? {
        guard place.isEmpty, !places.isEmpty else { return nil }
        return WebRows(
            rows: places.compactMap { titles in
                titles.first.map { first in
                    WebLine(title: titles.line { view($0, $1) }, href: "\(base)?place=\(first.id)")
                }
            })
    }

    func notice(_ view: View) -> WebNotice? {
        if place.isEmpty { return places.isEmpty ? WebNotice(.plain, text: view("people.new.noPlace")) : nil }
        return organisations.isEmpty ? WebNotice(.wait, text: view("people.new.noOrganisation")) : nil
    }
}

/// A new person with an office and an account, or a further office of a person who is there.
struct PeopleNewOutput: Output {
    /// The person who gets a further role; nil for a new person.
    let person: PersonName?
    let choice: PeopleRoleChoice

    static var sample: PeopleNewOutput {
        PeopleNewOutput(
            person: PersonName(id: PeopleRoleLine.sample.id, name: "Ya Thuong"), choice: .sample)
    }

    struct Content: Sendable {
        let head: WebHead
        let q: String
        let isChoosing: Bool
        let searchHref: String
        let places: WebRows?
        let notice: WebNotice?
        let form: FormView?
        let rolesHref: String
    }

    func page(_ view: View) -> Page {
        let base = person.map { "/people/\($0.id)/roles/new" } ?? "/people/new"
        let title = person == nil ? view("people.new.title") : view("people.newRole.title")
        var crumbs = [WebCrumb(view("people.list.title"), "/people")]
        if let person { crumbs.append(WebCrumb(person.name, "/people/\(person.id)")) }
        let isChoosing = choice.place.isEmpty
        let lead = isChoosing ? "people.new.leadPlace" : person == nil ? "people.new.lead" : "people.newRole.lead"
        return Page(
            "people-new", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view(lead),
                    crumbs: crumbs + [WebCrumb(title)]),
                q: choice.q, isChoosing: isChoosing, searchHref: base, places: choice.rows(base, view),
                notice: choice.notice(view), form: isChoosing || choice.organisations.isEmpty ? nil : form(view),
                rolesHref: "/roles"))
    }

    private func form(_ view: View) -> FormView {
        let place = choice.place.first.map { "?place=\($0.id)" } ?? ""
        if let person {
            return view.form(
                PeopleRoleForm.self, action: "/people/\(person.id)/roles\(place)", filled: choice.filled(view),
                options: choice.options(view))
        }
        return view.form(
            PeopleNewForm.self, action: "/people\(place)", filled: choice.filled(view), options: choice.options(view))
    }
}

/// The activation slip: printed, or read out over the telephone. The code is shown once, right after it was made.
struct PeopleSlipOutput: Output {
    let person: PersonName
    let signInName: String
    /// Nil when the slip was made before: only its hash is kept.
    let code: String?
    let expiresAt: Instant?
    /// Where to sign in, when the installation knows its own address.
    let address: String?

    private enum CodingKeys: CodingKey { case person, signInName, expiresAt, address }

    static var sample: PeopleSlipOutput {
        PeopleSlipOutput(
            person: PersonName(id: PeopleRoleLine.sample.id, name: "Ya Thuong"), signInName: "yathuong",
            code: "K7P4M-2XQ9H", expiresAt: .first, address: "https://kieumau.example")
    }

    struct Content: Sendable {
        let head: WebHead
        let name: String
        let signInName: String
        let code: String?
        let valid: String?
        let address: String?
        let steps: [String]
        let missing: WebNotice?
        let slipHref: String
        let backHref: String
        let demo: String?
    }

    func page(_ view: View) -> Page {
        let title = view("people.slip.title")
        let shownAddress = (address ?? view("people.slip.addressBlank")) + "/activation"
        return Page(
            "people-slip", title: title,
            Content(
                head: WebHead(
                    title: title, lead: code == nil ? nil : view("people.slip.lead"),
                    crumbs: [
                        WebCrumb(view("people.list.title"), "/people"),
                        WebCrumb(person.name, "/people/\(person.id)"), WebCrumb(title),
                    ]),
                name: person.name, signInName: signInName, code: code,
                valid: expiresAt.map { view("people.slip.valid", ["until": view.language.format.moment($0)]) },
                address: shownAddress,
                steps: [
                    view("people.slip.stepOpen", ["address": shownAddress]), view("people.slip.stepCode"),
                    view("people.slip.stepPassword"), view("people.slip.stepDone", ["name": signInName]),
                ].enumerated().map { "\($0 + 1). \($1)" },
                missing: code == nil
                    ? WebNotice(.ask, bold: view("people.slip.onceBold"), text: view("people.slip.once")) : nil,
                slipHref: "/people/\(person.id)/slip", backHref: "/people/\(person.id)",
                demo: view.isDemonstration ? view("web.demo.label") : nil))
    }
}
