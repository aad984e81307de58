import Core
import Database
import Organisation
import Web

/// Looking after people: the list, one person, new persons, offices, slips, closing an account.
enum PeopleRoutes {
    static func routes(_ door: PeopleDoor, address: String?) -> [Route] {
        [
            .get("/people", .holding(.manageAccounts), PeopleListOutput.self, query: listFields) { try list($0) },
            .get("/people/new", .holding(.assignRoles), PeopleNewOutput.self, query: choiceFields) {
                try PeopleNewRoutes.page($0, for: nil)
            },
            .post(
                "/people", .holding(.assignRoles), PeopleNewForm.self, again: { try PeopleNewRoutes.page($0, for: nil) }
            ) {
                try PeopleNewRoutes.add($0, $1)
            },
            .get("/people/:id", .holding(.manageAccounts), PeoplePersonOutput.self) { try person($0) },
            .get("/people/:id/roles/new", .holding(.assignRoles), PeopleNewOutput.self, query: choiceFields) {
                try PeopleNewRoutes.page($0, for: try seen($0))
            },
            .post(
                "/people/:id/roles", .holding(.assignRoles), PeopleRoleForm.self,
                again: { try PeopleNewRoutes.page($0, for: try seen($0)) }
            ) { try PeopleNewRoutes.assign($0, $1) },
            .get("/people/:id/roles/:role", .holding(.assignRoles), PeopleEndRoleOutput.self) {
                try PeopleNewRoutes.endPage($0)
            },
            .post(
                "/people/:id/roles/:role/end", .holding(.assignRoles), PeopleEndRoleForm.self,
                again: { try PeopleNewRoutes.endPage($0) }
            ) { try PeopleNewRoutes.end($0, $1) },
        ] + accountRoutes(door, address)
    }

    private static func accountRoutes(_ door: PeopleDoor, _ address: String?) -> [Route] {
        [
            .get("/people/:id/slip", .holding(.manageAccounts), PeopleSlipOutput.self) { try slipPage($0, address) },
            .post(
                "/people/:id/slip", .holding(.manageAccounts), PeopleSlipButton.self,
                pagesOnly: "the code is shown once, on the sheet that is handed over",
                again: { try slipPage($0, address) }
            ) { call, _ in try issueSlip(door, call, address) },
            .post(
                "/people/:id/account", .holding(.manageAccounts), PeopleAccountButton.self, again: { try person($0) }
            ) { call, _ in try addAccount(call) },
            .post(
                "/people/:id/disabling", .holding(.manageAccounts), PeopleDisableButton.self, again: { try person($0) }
            ) { call, _ in try setDisabled(call, true) },
            .post(
                "/people/:id/enabling", .holding(.manageAccounts), PeopleEnableButton.self, again: { try person($0) }
            ) { call, _ in try setDisabled(call, false) },
            .post(
                "/people/:id/sign-out", .holding(.manageAccounts), PeopleSignOutOfAllButton.self,
                again: { try person($0) }
            ) { call, _ in try PeopleCareRoutes.signOut(call) },
            .post(
                "/people/:id/second-step-reset", .holding(.manageAccounts), PeopleResetStepButton.self,
                again: { try person($0) }
            ) { call, _ in try PeopleCareRoutes.resetStep(call) },
        ]
    }

    private static let listFields = [
        Field("q", .text(120), optional: true),
        Field("role", .choice(Role.allCases.map(\.rawValue)), optional: true),
        Field("organisation", .record, optional: true),
        Field("state", .choice(PeopleAccountState.allCases.map(\.rawValue)), optional: true),
        Field("before", .record, optional: true), Field("after", .record, optional: true),
    ]
    private static let choiceFields = [
        Field("q", .text(120), optional: true), Field("place", .record, optional: true),
    ]

    private static func list(_ call: Call<Actor>) throws -> PeopleListOutput {
        let q = call.query["q"] ?? ""
        let organisation = try call.query["organisation"].flatMap { ID($0) }.map {
            try OrganisationStore.organisation($0, seenBy: call.sight, call.reader)
        }
        let filter = PeopleFilter(
            words: VietnameseText.searchWords(q), role: call.query["role"].flatMap(Role.init(rawValue:)),
            organisation: organisation?.id, state: call.query["state"].flatMap(PeopleAccountState.init(rawValue:)),
            after: call.query["after"].flatMap { ID($0) }, before: call.query["before"].flatMap { ID($0) })
        let found = try PeopleListStore.people(filter, seenBy: call.sight, today: call.today, call.reader)
        return PeopleListOutput(
            people: found.people, count: try PeopleListStore.count(filter, seenBy: call.sight, call.reader), q: q,
            role: filter.role?.rawValue, organisation: organisation.map { PersonName(id: $0.id, name: $0.name) },
            state: filter.state?.rawValue, before: found.hasPrevious ? found.people.first?.id : nil,
            after: found.hasNext ? found.people.last?.id : nil, mayAdd: call.who.holds(.assignRoles),
            mayImport: call.who.holds(.importPeople), mayAnswer: call.who.holds(.answerCorrections),
            views: try SavedViews.of(call.who.person, on: .people, call.reader))
    }

    /// The person named in the path, if the caller may see them.
    static func seen(_ call: Call<Actor>) throws -> Person {
        try PeopleStore.person(try call.id("id"), seenBy: call.sight, today: call.today, call.reader)
    }

    /// Why the caller may not touch the account; nil when they may.
    private static func refusalToManage(_ person: Person, _ call: Call<Actor>) throws -> Refusal? {
        let account = try PeopleAccountStore.account(of: person.id, call.reader)
        return PeopleRoleTerm.refusalToManage(
            try PeopleRoleStore.held(by: person.id, today: call.today, call.reader), of: person.id,
            isUnopened: account?.passwordHash == nil && account?.disabledAt == nil, by: call.who,
            capability: .manageAccounts, today: call.today)
    }

    /// Leave to touch the account of the person in the path.
    static func managed(_ call: Call<Actor>) throws -> Permit<Person> {
        let person = try seen(call)
        let permit = try call.permit(.manageAccounts, person)
        if let refusal = try refusalToManage(person, call) { throw refusal }
        return permit
    }

    private static func person(_ call: Call<Actor>) throws -> PeoplePersonOutput {
        let person = try seen(call)
        let account = try PeopleAccountStore.account(of: person.id, call.reader)
        let roles = try PeopleRoleStore.roles(of: person.id, seenBy: call.sight, today: call.today, call.reader)
        let isAbove = call.authority.allows(call.who, .manageAccounts, person)
        let refusal = try refusalToManage(person, call)
        let isSelf = person.id == call.who.person
        let endable = try roles.filter { role in
            guard !isSelf, role.state != .ended else { return false }
            let place = try OrganisationStore.path(of: role.territory.id, call.reader)
            return call.authority.allows(call.who, .assignRoles, person.standing(in: place))
        }
        return PeoplePersonOutput(
            id: person.id, name: person.name, birthYear: person.birthYear, signInName: account?.signInName,
            account: PeopleAccountState(account), slip: try slip(of: person.id, call), roles: roles,
            endable: endable.map(\.id), mayManage: isAbove && refusal == nil,
            mayAssign: !isSelf && call.who.holds(.assignRoles),
            reason: refusal?.key ?? (isAbove ? nil : "people.refusal.higherOffice"),
            acts: try PeopleActStore.acts(on: person.id, call.reader), phone: person.phone,
            hasSecondStep: try PeopleSecondStepStore.isOn(person.id, call.reader), look: look(at: person, call))
    }

    /// In which office the caller looks: one that covers the person before others.
    private static func look(at person: Person, _ call: Call<Actor>) -> PeopleLook? {
        guard person.id != call.who.person else { return nil }
        let able = call.who.grants.filter { $0.role.capabilities.contains(.manageAccounts) }
        guard let grant = able.first(where: { person.place.contains($0.territory) }) ?? able.first else { return nil }
        return PeopleLook(person: person.id, viewer: call.who.person, role: grant.role, giver: grant.giver)
    }

    private static func slip(of person: ID, _ call: Call<Actor>) throws -> PeoplePersonOutput.Slip? {
        try PeopleAccountStore.openSlip(of: person, now: call.now, call.reader)
    }

    private static func slipPage(_ call: Call<Actor>, _ address: String?) throws -> PeopleSlipOutput {
        let person = try managed(call).subject
        guard let account = try PeopleAccountStore.account(of: person.id, call.reader) else { throw NotFound() }
        return PeopleSlipOutput(
            person: PersonName(id: person.id, name: person.name), signInName: account.signInName, code: nil,
            expiresAt: try slip(of: person.id, call)?.expiresAt, address: address)
    }

    private static func issueSlip(_ door: PeopleDoor, _ call: Call<Actor>, _ address: String?) throws -> Change {
        let permit = try managed(call)
        let person = permit.subject
        guard let account = try PeopleAccountStore.account(of: person.id, call.reader) else { throw NotFound() }
        guard account.disabledAt == nil else { throw Refusal(.conflict, "people.refusal.disabled") }
        let code = PeopleSlipCode(door.secrets)
        let (passwords, issuer, expires) = (door.passwords, call.who.person, call.now + PeopleSlipCode.validity)
        return .write(
            permit, as: "account.issueSlip",
            showing: { written in
                PeopleSlipOutput(
                    person: PersonName(id: person.id, name: person.name), signInName: account.signInName,
                    code: written.repeated ? nil : code.text, expiresAt: expires, address: address)
            },
            after: { _ in try await SlowWork.run { try passwords.hash(code) } }
        ) { tx, hash in
            try tx.move("person", person.id, from: person.revision)
            try PeopleAccountStore.issueSlip(
                tx.ids.next(), codeHash: hash, person: person.id, by: issuer, now: tx.now, tx)
            return Receipt(id: person.id, location: "/people/\(person.id)/slip", version: person.revision + 1)
        }
    }

    private static func addAccount(_ call: Call<Actor>) throws -> Change {
        let permit = try managed(call)
        let person = permit.subject
        guard try PeopleAccountStore.account(of: person.id, call.reader) == nil else {
            throw Refusal(.conflict, "web.refusal.movedMeanwhile")
        }
        return .write(permit, as: "account.add") { tx in
            try tx.move("person", person.id, from: person.revision)
            try PeopleStore.addAccount(person: person.id, tx)
            return Receipt(
                id: person.id, location: "/people/\(person.id)/slip", version: person.revision + 1,
                flash: "people.flash.accountAdded")
        }
    }

    private static func setDisabled(_ call: Call<Actor>, _ isDisabled: Bool) throws -> Change {
        let permit = try managed(call)
        let person = permit.subject
        guard let account = try PeopleAccountStore.account(of: person.id, call.reader) else { throw NotFound() }
        guard (account.disabledAt != nil) != isDisabled else { throw Refusal(.conflict, "web.refusal.movedMeanwhile") }
        return .write(permit, as: isDisabled ? "account.disable" : "account.enable") { tx in
            try tx.move("person", person.id, from: person.revision)
            try PeopleAccountStore.setDisabled(isDisabled ? tx.now : nil, of: person.id, tx)
            if isDisabled {
                try PeopleSessionStore.endAll(of: person.id, now: tx.now, tx)
                try PeopleDelegationStore.endAll(of: person.id, on: tx.now.day, tx)
            }
            return Receipt(
                id: person.id, location: "/people/\(person.id)", version: person.revision + 1,
                flash: isDisabled ? "people.flash.disabled" : "people.flash.enabled")
        }
    }
}

extension PeopleAccountState {
    init(_ account: PeopleAccountStore.Account?) {
        guard let account else {
            self = .none
            return
        }
        self = account.disabledAt != nil ? .disabled : account.passwordHash == nil ? .waiting : .active
    }
}
