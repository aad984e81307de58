import Core
import Web

/// What each role may do: the table that the gate enforces, printed for everybody.
enum PeopleRoleRoutes {
    static let reason = "everyone may know which office decides what"

    static let routes: [Route] = [
        .get("/roles", .open(because: reason), PeopleRolesOutput.self) { call in
            PeopleRolesOutput(roles: Role.allCases.map { PeopleRoleOutput($0, off: call.authority.off) })
        },
        .get("/roles/:role", .open(because: reason), PeopleRoleOutput.self) { call in
            guard let role = Role(rawValue: try call.parameter("role")) else { throw NotFound() }
            return PeopleRoleOutput(role, off: call.authority.off)
        },
    ]
}

/// All roles.
struct PeopleRolesOutput: Output {
    let roles: [PeopleRoleOutput]

    static var sample: PeopleRolesOutput { PeopleRolesOutput(roles: [.sample]) }

    struct Content: Sendable {
        let head: WebHead
        let roles: WebRows
    }

    func page(_ view: View) -> Page {
        let title = view("people.roles.title")
        return Page(
            "people-roles", title: title,
            Content(
                head: WebHead(title: title, lead: view("people.roles.lead")),
                roles: WebRows(
                    rows: roles.map { role in
                        WebLine(
                            title: view("role.\(role.role.rawValue).name"), href: "/roles/\(role.role.rawValue)",
                            text: view("role.\(role.role.rawValue).does"))
                    })))
    }
}

/// One role with what it includes.
struct PeopleRoleOutput: Output {
    let role: Role
    /// In the catalogue's order; those switched off in this installation are left out.
    let capabilities: [Capability]

    init(_ role: Role, off: Set<Capability>) {
        self.role = role
        capabilities = Capability.allCases.filter { role.capabilities.contains($0) && !off.contains($0) }
    }

    static var sample: PeopleRoleOutput { PeopleRoleOutput(.areaHead, off: []) }

    struct Content: Sendable {
        let head: WebHead
        let capabilities: [String]
        let none: WebNotice?
        /// Whether it can be handed over, and what signing in asks for.
        let notes: [String]
        let printed: WebTrace
    }

    func page(_ view: View) -> Page {
        let title = view("role.\(role.rawValue).name")
        let list = view("people.roles.title")
        return Page(
            "people-role", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("role.\(role.rawValue).does"),
                    crumbs: [WebCrumb(list, "/roles"), WebCrumb(title)]),
                capabilities: capabilities.map { view("capability.\($0.rawValue)") },
                none: capabilities.isEmpty ? WebNotice(.plain, text: view("people.roles.readsOnly")) : nil,
                notes: notes(view),
                printed: WebTrace(
                    isDemo: view.isDemonstration, printed: view.language.format.moment(view.now), record: title,
                    revision: "1", valid: view("people.roles.printValid"))))
    }

    private func notes(_ view: View) -> [String] {
        var notes = [
            view(
                PeopleDelegation.isDelegable(role) ? "people.roles.delegable" : "people.roles.personal",
                ["most": "\(PeopleDelegation.mostDays)"])
        ]
        if PeopleSecondStep.required.contains(role) { notes.append(view("people.roles.secondStep")) }
        if PeoplePIN.isFor([role]) { notes.append(view("people.roles.pin")) }
        return notes
    }
}
