import Core
import Organisation
import Web

/// The people whose accounts an officer or administrator looks after.
struct PeopleListOutput: Output {
    let people: [PeopleLine]
    let count: Int
    /// The words looked for, as typed.
    let q: String
    let role: String?
    let organisation: PersonName?
    let state: String?
    /// The people before and after whom the neighbouring pages end and begin.
    let before: ID?
    let after: ID?
    let mayAdd: Bool
    let mayImport: Bool
    let mayAnswer: Bool
    /// This person's own filters.
    let views: [SavedView]

    static var sample: PeopleListOutput {
        let id = ID(high: 0x7000, low: 1 << 63 | 1)
        return PeopleListOutput(
            people: [
                PeopleLine(id: id, name: "Ya Thuong", signInName: "yathuong", account: .active, roles: [.sample])
            ], count: 1, q: "ya", role: "areaHead", organisation: PersonName(id: id, name: "Dong Thong"),
            state: "active", before: id, after: id, mayAdd: true, mayImport: true, mayAnswer: true,
            views: [SavedView(id: id, list: .people, name: "Heads", query: "role=areaHead")])
    }

    struct Content: Sendable {
        let head: WebHead
        let q: String
        let roles: [WebOption]
        let organisation: WebNotice?
        let organisationID: String?
        let state: String?
        let filters: WebFilters
        let views: WebViews?
        let table: WebTable?
        let empty: WebEmpty?
        let pager: WebPager?
        let addHref: String?
        let importHref: String?
        let correctionsHref: String?
        let rolesHref: String
        let printed: WebTrace
    }

    func page(_ view: View) -> Page {
        let title = view("people.list.title")
        let isNarrowed = !q.isEmpty || role != nil || organisation != nil || state != nil
        return Page(
            "people-list", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("people.list.lead", ["count": view.language.format.integer(count)])),
                q: q, roles: roleOptions(view),
                organisation: organisation.map {
                    WebNotice(
                        .plain, text: view("people.list.ofOrganisation", ["name": $0.name]),
                        action: WebLink(address(organisation: nil), view("people.list.all")))
                },
                organisationID: organisation.map { "\($0.id)" }, state: state, filters: filters(view),
                views: .over(.people, views, address: address()),
                table: people.isEmpty ? nil : table(view), empty: people.isEmpty ? empty(isNarrowed, view) : nil,
                pager: WebPager.ifNeeded(
                    previous: before.map { address(before: $0) }, next: after.map { address(after: $0) }),
                addHref: mayAdd ? "/people/new" : nil, importHref: mayImport ? "/people/imports" : nil,
                correctionsHref: mayAnswer ? "/corrections" : nil, rolesHref: "/roles",
                printed: WebTrace(
                    isDemo: view.isDemonstration, printed: view.language.format.moment(view.now), record: title,
                    revision: "1", valid: view("people.list.printValid"))))
    }

    private func roleOptions(_ view: View) -> [WebOption] {
        [WebOption(value: "", label: view("people.list.anyRole"), selected: role == nil)]
            + Role.allCases.map {
                WebOption(
                    value: $0.rawValue, label: view("role.\($0.rawValue).name"), selected: $0.rawValue == role)
            }
    }

    private func filters(_ view: View) -> WebFilters {
        let all = WebFilter(address(state: nil), view("people.list.anyState"), current: state == nil)
        let states = PeopleAccountState.allCases.map {
            WebFilter(address(state: $0.rawValue), view("people.state.\($0.rawValue)"), current: state == $0.rawValue)
        }
        return WebFilters(label: view("people.list.states"), links: [all] + states)
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            caption: nil,
            columns: [
                WebColumn(view("people.list.name")), WebColumn(view("people.list.roles")),
                WebColumn(view("people.list.account")),
            ],
            rows: people.map { line in
                let roles = line.roles.map { "\($0.title(view)), \($0.place(view))" }
                return WebRow([
                    .head(line.name, href: "/people/\(line.id)"),
                    .text(roles.isEmpty ? view("people.list.noRole") : roles.joined(separator: "; ")),
                    .status(line.account.status(view), also: line.signInName),
                ])
            })
    }

    private func empty(_ isNarrowed: Bool, _ view: View) -> WebEmpty {
        if isNarrowed {
            return WebEmpty(
                title: view("people.list.noneFound"), text: view("people.list.noneFoundText"),
                action: WebButton("/people", view("people.list.all")))
        }
        return WebEmpty(
            title: view("people.list.none"), text: view("people.list.noneText"),
            first: mayAdd ? view("people.list.noneFirst") : nil,
            action: mayAdd ? WebButton("/people/new", view("people.list.add")) : nil)
    }

    private func address(
        state: String?? = .none, organisation: PersonName?? = .none, before: ID? = nil, after: ID? = nil
    ) -> String {
        PeopleAddress.with(
            "/people",
            [
                "q": q, "role": role, "organisation": (organisation ?? self.organisation).map { "\($0.id)" },
                "state": state ?? self.state, "before": before.map { "\($0)" }, "after": after.map { "\($0)" },
            ])
    }
}

extension PeopleAccountState {
    func status(_ view: View) -> WebStatus {
        let shape: WebState =
            switch self {
            case .none: .none
            case .waiting: .waiting
            case .active: .done
            case .disabled: .unmet
            }
        return WebStatus(shape, view("people.state.\(rawValue)"))
    }
}
