import Core
import Organisation
import Web

/// One's own offices: to whom they are handed over for a while, and who types for them.
struct PeopleOfficesOutput: Output {
    /// Offices that could be handed over.
    let offices: [PeopleRoleLine]
    let given: [PeopleStandIn]
    let received: [PeopleRoleLine]
    /// Offices for which a helper can be named.
    let helpable: [PeopleRoleLine]
    let helpers: [PeopleStandIn]

    static var sample: PeopleOfficesOutput {
        PeopleOfficesOutput(
            offices: [.sample], given: [.sample], received: [.sample], helpable: [.sample], helpers: [.sample])
    }

    struct Content: Sendable {
        struct Line: Sendable {
            let name: String
            let text: String
            let status: WebStatus
            let endHref: String
        }

        let head: WebHead
        let given: [Line]
        let noneGiven: String?
        let offices: [WebLink]
        let received: WebRows?
        let hasHelp: Bool
        let helpers: [Line]
        let helpable: [WebLink]
        let printed: WebTrace
    }

    func page(_ view: View) -> Page {
        let title = view("people.offices.title")
        return Page(
            "people-offices", title: title,
            Content(
                head: WebHead(
                    title: title, crumbs: [WebCrumb(view("people.account.title"), "/account"), WebCrumb(title)]),
                given: given.map { line($0, view) },
                noneGiven: given.isEmpty
                    ? view(offices.isEmpty ? "people.offices.noOffice" : "people.offices.noneGiven") : nil,
                offices: offices.map { link($0, "delegation", "people.offices.delegate", view) },
                received: received.isEmpty ? nil : WebRows(rows: received.map { $0.row(view) }),
                hasHelp: !helpable.isEmpty || !helpers.isEmpty, helpers: helpers.map { line($0, view) },
                helpable: helpable.map { link($0, "helper", "people.offices.nameHelper", view) },
                printed: WebTrace(
                    isDemo: view.isDemonstration, printed: view.language.format.moment(view.now), record: title,
                    revision: "1", valid: view("people.account.printValid"))))
    }

    private func link(_ office: PeopleRoleLine, _ page: String, _ words: String, _ view: View) -> WebLink {
        WebLink(
            "/account/offices/\(office.id)/\(page)",
            view(words, ["role": view("role.\(office.role.rawValue).name"), "place": office.place(view)]))
    }

    private func line(_ standIn: PeopleStandIn, _ view: View) -> Content.Line {
        let office = standIn.office
        return Content.Line(
            name: standIn.person.name,
            text: "\(view("role.\(office.role.rawValue).name")) · \(office.place(view)) · \(office.term(view))",
            status: office.status(view), endHref: "/account/stand-ins/\(office.id)/end")
    }
}

/// Handing one office over: first to whom, then until when.
struct PeopleDelegationOutput: Output {
    let office: PeopleRoleLine
    let q: String
    let colleagues: [PeopleColleague]
    let chosen: PeopleColleague?
    let today: Day

    static var sample: PeopleDelegationOutput {
        PeopleDelegationOutput(office: .sample, q: "loan", colleagues: [.sample], chosen: .sample, today: .first)
    }

    struct Content: Sendable {
        let head: WebHead
        let office: WebRows
        let base: String
        let q: String
        let isChoosing: Bool
        let colleagues: WebRows?
        let notice: WebNotice?
        let form: FormView?
    }

    func page(_ view: View) -> Page {
        let title = view("people.delegate.title")
        let base = "/account/offices/\(office.id)/delegation"
        let isChoosing = chosen == nil
        return Page(
            "people-delegation", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("people.delegate.lead", ["most": "\(PeopleDelegation.mostDays)"]),
                    crumbs: [
                        WebCrumb(view("people.account.title"), "/account"),
                        WebCrumb(view("people.offices.title"), "/account/offices"), WebCrumb(title),
                    ]),
                office: WebRows(rows: [office.row(view)]), base: base, q: q, isChoosing: isChoosing,
                colleagues: colleagues.isEmpty ? nil : WebRows(rows: colleagues.map { row($0, base, view) }),
                notice: isChoosing && colleagues.isEmpty
                    ? WebNotice(.plain, text: view("people.delegate.nobody")) : nil,
                form: chosen.map { form($0, base, view) }))
    }

    private func form(_ chosen: PeopleColleague, _ base: String, _ view: View) -> FormView {
        view.form(
            PeopleDelegationForm.self, action: "\(base)?person=\(chosen.person.id)",
            filled: ["person": "\(chosen.person.id)", "from": view.day(today)],
            options: ["person": [WebOption(value: "\(chosen.person.id)", label: chosen.person.name)]])
    }

    private func row(_ colleague: PeopleColleague, _ base: String, _ view: View) -> WebLine {
        let role = colleague.role.map { view("role.\($0.rawValue).name") }
        return WebLine(
            title: colleague.person.name, href: "\(base)?person=\(colleague.person.id)",
            text: [role, colleague.organisation].compactMap { $0 }.joined(separator: " · "))
    }
}

/// Naming a helper.
struct PeopleHelperOutput: Output {
    let office: PeopleRoleLine
    let neighbours: [PersonName]
    let today: Day

    static var sample: PeopleHelperOutput {
        PeopleHelperOutput(office: .sample, neighbours: [PeopleStandIn.sample.person], today: .first)
    }

    func page(_ view: View) -> Page {
        let title = view("people.help.title")
        let people = neighbours.map { WebOption(value: "\($0.id)", label: $0.name) }
        return Page(
            "people-form", title: title,
            PeopleFormContent(
                head: WebHead(
                    title: title, lead: view("people.help.lead"),
                    crumbs: [
                        WebCrumb(view("people.account.title"), "/account"),
                        WebCrumb(view("people.offices.title"), "/account/offices"), WebCrumb(title),
                    ]),
                rows: WebRows(rows: [office.row(view)]),
                form: view.form(
                    PeopleHelperForm.self, action: "/account/offices/\(office.id)/helper",
                    options: [
                        "person": [WebOption(value: "", label: view("people.help.nobodyYet"))] + people
                    ]), back: WebLink("/account/offices", view("people.offices.back"))))
    }
}
