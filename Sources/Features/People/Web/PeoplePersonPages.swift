import Core
import Database
import Organisation
import Web

/// One person as whoever looks after accounts sees them.
///
/// That they looked is written down before they see it, and the person reads it on their own page.
struct PeoplePersonOutput: NotedOutput {
    /// A slip that was handed out and not used.
    struct Slip: Encodable, Sendable {
        let issuedAt: Instant
        let expiresAt: Instant
        let by: String?
    }

    let id: ID
    let name: String
    let birthYear: Int?
    let signInName: String?
    let account: PeopleAccountState
    let slip: Slip?
    let roles: [PeopleRoleLine]
    /// The roles that the viewer may end.
    let endable: [ID]
    let mayManage: Bool
    let mayAssign: Bool
    /// Words' key of the reason why the viewer may not touch the account.
    let reason: String?
    let acts: [PeopleActLine]
    let phone: String?
    let hasSecondStep: Bool
    /// Nil for who looks at their own record.
    let look: PeopleLook?

    private enum CodingKeys: CodingKey {
        case id, name, birthYear, signInName, account, slip, roles, endable, mayManage, mayAssign, reason, acts, phone
        case hasSecondStep
    }

    func note(in database: Database) async throws {
        guard let look else { return }
        try await database.unattended(.presence) { tx in
            try PeopleViewStore.note(look, tx)
            return Receipt()
        }
    }

    static var sample: PeoplePersonOutput {
        let role = PeopleRoleLine.sample
        return PeoplePersonOutput(
            id: role.id, name: "Ya Thuong", birthYear: 1968, signInName: "yathuong", account: .active,
            slip: Slip(issuedAt: .first, expiresAt: .first, by: "Ka Huong"), roles: [role], endable: [role.id],
            mayManage: true, mayAssign: true, reason: "people.refusal.higherRole",
            acts: [PeopleActLine(at: .first, act: "account.disable", by: "Ka Huong", giver: nil)],
            phone: "0912345678", hasSecondStep: true, look: nil)
    }

    struct Content: Sendable {
        let head: WebHead
        let facts: WebFacts
        let roles: WebRows?
        let noRoles: WebNotice?
        let reason: WebNotice?
        let slip: WebNotice?
        let slipHref: String?
        let disableHref: String?
        let enableHref: String?
        let accountHref: String?
        let signOutHref: String?
        let resetStepHref: String?
        let addRoleHref: String?
        let acts: WebHistory?
    }

    func page(_ view: View) -> Page {
        Page(
            "people-person", title: name,
            Content(
                head: WebHead(
                    title: name, crumbs: [WebCrumb(view("people.list.title"), "/people"), WebCrumb(name)],
                    status: account.status(view)),
                facts: facts(view), roles: roles.isEmpty ? nil : WebRows(rows: roles.map { row($0, view) }),
                noRoles: roles.isEmpty ? WebNotice(.plain, text: view("people.person.noRoles")) : nil,
                reason: reason.map { WebNotice(.plain, text: view($0)) },
                slip: slip.map { slip in
                    WebNotice(
                        .wait,
                        text: view(
                            "people.person.slipOut",
                            [
                                "issued": view.language.format.moment(slip.issuedAt),
                                "expires": view.language.format.moment(slip.expiresAt), "by": slip.by ?? "",
                            ]))
                },
                slipHref: mayManage && (account == .waiting || account == .active) ? "/people/\(id)/slip" : nil,
                disableHref: mayManage && (account == .waiting || account == .active) ? "/people/\(id)/disabling" : nil,
                enableHref: mayManage && account == .disabled ? "/people/\(id)/enabling" : nil,
                accountHref: mayManage && account == .none ? "/people/\(id)/account" : nil,
                signOutHref: mayManage && account == .active ? "/people/\(id)/sign-out" : nil,
                resetStepHref: mayManage && hasSecondStep ? "/people/\(id)/second-step-reset" : nil,
                addRoleHref: mayAssign ? "/people/\(id)/roles/new" : nil, acts: acts.history(view)))
    }

    private func facts(_ view: View) -> WebFacts {
        var facts: [WebFact] = []
        if let signInName { facts.append(WebFact(view("people.account.signInName"), signInName)) }
        if let birthYear { facts.append(WebFact(view("people.account.birthYear"), "\(birthYear)")) }
        if let phone { facts.append(WebFact(view("people.account.phone"), phone)) }
        facts.append(WebFact(view("people.person.account"), view("people.person.state.\(account.rawValue)")))
        return WebFacts(facts: facts)
    }

    private func row(_ role: PeopleRoleLine, _ view: View) -> WebLine {
        role.row(view, href: endable.contains(role.id) ? "/people/\(id)/roles/\(role.id)" : nil)
    }
}

/// One role of a person, and its end.
struct PeopleEndRoleOutput: Output {
    let person: PersonName
    let role: PeopleRoleLine
    let today: Day

    static var sample: PeopleEndRoleOutput {
        PeopleEndRoleOutput(
            person: PersonName(id: PeopleRoleLine.sample.id, name: "Ya Thuong"), role: .sample, today: .first)
    }

    struct Content: Sendable {
        let head: WebHead
        let line: WebRows
        let form: FormView
    }

    func page(_ view: View) -> Page {
        let title = view("people.endRole.title")
        return Page(
            "people-end-role", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("people.endRole.lead"),
                    crumbs: [
                        WebCrumb(view("people.list.title"), "/people"),
                        WebCrumb(person.name, "/people/\(person.id)"), WebCrumb(title),
                    ]),
                line: WebRows(rows: [role.row(view)]),
                form: view.form(
                    PeopleEndRoleForm.self, action: "/people/\(person.id)/roles/\(role.id)/end",
                    filled: ["day": view.day(today)])))
    }
}
