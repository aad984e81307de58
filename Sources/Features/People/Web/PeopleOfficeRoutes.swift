import Core
import Database
import Organisation
import Web

/// "Ủy quyền và người giúp": what one does with one's own offices.
enum PeopleOfficeRoutes {
    private static let choice = [Field("q", .text(120), optional: true), Field("person", .record, optional: true)]

    static let routes: [Route] = [
        .get("/account/offices", .signedIn, PeopleOfficesOutput.self) { try offices($0) },
        .get("/account/offices/:id/delegation", .signedIn, PeopleDelegationOutput.self, query: choice) {
            try delegationPage($0)
        },
        .post(
            "/account/offices/:id/delegation", .signedIn, PeopleDelegationForm.self,
            again: { try delegationPage($0) }
        ) { try delegate($0, $1) },
        .get("/account/offices/:id/helper", .holding(.nameHelper), PeopleHelperOutput.self) { try helperPage($0) },
        .post(
            "/account/offices/:id/helper", .holding(.nameHelper), PeopleHelperForm.self,
            again: { try helperPage($0) }
        ) { try nameHelper($0, $1) },
        .post(
            "/account/stand-ins/:id/end", .signedIn, PeopleEndStandInButton.self, again: { try offices($0) }
        ) { call, _ in try end(call) },
    ]

    private static func offices(_ call: Call<Actor>) throws -> PeopleOfficesOutput {
        let me = call.who.person
        let held = try own(call)
        return PeopleOfficesOutput(
            offices: held.filter { $0.giver == nil && PeopleDelegation.isDelegable($0.role) },
            given: try PeopleDelegationStore.given(by: me, today: call.today, call.reader),
            received: try PeopleRoleStore.roles(ofSelf: me, today: call.today, call.reader)
                .filter { $0.giver != nil && $0.state != .ended },
            helpable: held.filter { $0.giver == nil && $0.role.capabilities.contains(.nameHelper) },
            helpers: try PeopleDelegationStore.helpers(of: me, today: call.today, call.reader))
    }

    private static func own(_ call: Call<Actor>) throws -> [PeopleRoleLine] {
        try PeopleRoleStore.roles(ofSelf: call.who.person, today: call.today, call.reader).filter { $0.state == .held }
    }

    /// The caller's own office named in the path; other people's are not there.
    private static func office(_ call: Call<Actor>) throws -> PeopleRoleLine {
        let id = try call.id("id")
        guard let office = try own(call).first(where: { $0.id == id }) else { throw NotFound() }
        return office
    }

    private static func delegationPage(_ call: Call<Actor>) throws -> PeopleDelegationOutput {
        let office = try office(call)
        let q = call.query["q"] ?? ""
        let chosen = call.query["person"].flatMap { ID($0) }
        let found = try PeopleDelegationStore.colleagues(
            at: office.territory.id, words: chosen == nil ? VietnameseText.searchWords(q) : [],
            except: call.who.person, today: call.today, call.reader)
        let person = try chosen.map { id in
            guard let known = try colleague(id, office, call) else { throw NotFound() }
            return known
        }
        return PeopleDelegationOutput(
            office: office, q: q, colleagues: chosen == nil ? Array(found.prefix(40)) : [], chosen: person,
            today: call.today)
    }

    private static func colleague(
        _ id: ID, _ office: PeopleRoleLine, _ call: Call<Actor>
    ) throws -> PeopleColleague? {
        guard id != call.who.person else { return nil }
        let name = try PeopleStore.names(of: [id], call.reader)[id] ?? ""
        return try PeopleDelegationStore.colleagues(
            at: office.territory.id, words: VietnameseText.searchWords(name), except: call.who.person,
            today: call.today, call.reader
        ).first { $0.person.id == id }
    }

    private static func delegate(_ call: Call<Actor>, _ form: PeopleDelegationForm) throws -> Change {
        let office = try office(call)
        let me = try PeopleStore.person(call.who.person, today: call.today, call.reader)
        let permit = try call.permit(.delegateOffice, me)
        let asked = PeopleDelegation.Office(
            role: office.role, from: office.from, until: office.until, isDelegated: office.giver != nil,
            given: try PeopleDelegationStore.terms(of: office.id, today: call.today, call.reader))
        var faults = FormFaults()
        faults.add(
            PeopleDelegation.refusal(
                asked, of: me.id, to: form.person, from: form.from, until: form.until, today: call.today))
        let colleague = try colleague(form.person, office, call)
        if colleague == nil, form.person != me.id {
            faults.add(Refusal(.invalid, "people.refusal.noColleague", field: "person"))
        }
        let receiver = try faults.found(colleague)
        return .write(permit, as: "office.delegate") { tx in
            try tx.move("person", me.id, from: me.revision)
            let id = tx.ids.next()
            try PeopleStore.addRole(
                id, person: receiver.person.id, role: office.role, organisation: office.organisation.id,
                territory: office.territory.id, from: form.from, until: form.until, assignedBy: me.id,
                standsFor: office.id, tx)
            tx.note("role", to: office.role.rawValue)
            tx.note("to", to: "\(receiver.person.id)")
            tx.note("term", to: "\(form.from)/\(form.until)")
            return Receipt(
                id: id, location: "/account/offices", version: me.revision + 1, flash: "people.flash.delegated")
        }
    }

    private static func helperPage(_ call: Call<Actor>) throws -> PeopleHelperOutput {
        let office = try helpable(call)
        return PeopleHelperOutput(
            office: office,
            neighbours: try PeopleDelegationStore.neighbours(
                at: office.territory.id, except: call.who.person, call.reader), today: call.today)
    }

    private static func helpable(_ call: Call<Actor>) throws -> PeopleRoleLine {
        let office = try office(call)
        guard office.giver == nil, office.role.capabilities.contains(.nameHelper) else { throw NotFound() }
        return office
    }

    private static func nameHelper(_ call: Call<Actor>, _ form: PeopleHelperForm) throws -> Change {
        let office = try helpable(call)
        let territory = try OrganisationStore.territory(office.territory.id, seenBy: call.sight, call.reader)
        let permit = try call.permit(.nameHelper, territory)
        let me = call.who.person
        let known: ID?
        if case .known(let id) = form.helper { known = id } else { known = nil }
        let others = try PeopleDelegationStore.helpers(of: me, today: call.today, call.reader)
            .filter { $0.office.territory.id == territory.id }.map(\.person.id)
        var faults = FormFaults()
        faults.add(
            PeopleHelp.refusal(
                known, of: me, officeUntil: office.until, until: form.until, today: call.today, others: others))
        faults.add(PeopleBirthYear.refusal(form.birthYear, today: call.today))
        let neighbours = try PeopleDelegationStore.neighbours(at: territory.id, except: me, call.reader)
        if let known, known != me, !neighbours.contains(where: { $0.id == known }) {
            faults.add(Refusal(.invalid, "web.field.choice", field: "person"))
        }
        try faults.say()
        let isInvented = try PeopleDemonstration.isMarked(call.reader)
        return .write(permit, as: "helper.name") { tx in
            let helper: ID
            switch form.helper {
            case .known(let id):
                helper = id
                if try PeopleAccountStore.account(of: id, tx) == nil { try PeopleStore.addAccount(person: id, tx) }
            case .new(let name, let birthYear):
                helper = tx.ids.next()
                try PeopleStore.addPerson(helper, name: name, birthYear: birthYear, isInvented: isInvented, tx)
                try PeopleStore.addAccount(person: helper, tx)
            }
            let role = tx.ids.next()
            try PeopleStore.addRole(
                role, person: helper, role: .helper, organisation: office.organisation.id, territory: territory.id,
                from: tx.now.day, until: form.until, assignedBy: me, helps: office.id, tx)
            tx.note("helper", to: "\(helper)")
            tx.note("until", to: "\(form.until)")
            return Receipt(
                id: role, location: "/account/offices", version: territory.revision,
                flash: known == nil ? "people.flash.helperAdded" : "people.flash.helperNamed")
        }
    }

    /// Ends what hangs on one's own office: a delegation or a helper.
    private static func end(_ call: Call<Actor>) throws -> Change {
        let id = try call.id("id")
        let me = try PeopleStore.person(call.who.person, today: call.today, call.reader)
        let given = try PeopleDelegationStore.given(by: me.id, today: call.today, call.reader)
        let helpers = try PeopleDelegationStore.helpers(of: me.id, today: call.today, call.reader)
        guard let standIn = (given + helpers).first(where: { $0.office.id == id }) else { throw NotFound() }
        let isHelper = standIn.office.role == .helper
        let permit = try call.permit(.delegateOffice, me)
        return .write(permit, as: isHelper ? "helper.end" : "office.takeBack") { tx in
            try tx.move("person", me.id, from: me.revision)
            try PeopleStore.endRole(standIn.office.id, on: tx.now.day, version: standIn.office.version, tx)
            tx.note("of", to: "\(standIn.person.id)")
            return Receipt(
                id: id, location: "/account/offices", version: me.revision + 1,
                flash: isHelper ? "people.flash.helperEnded" : "people.flash.takenBack")
        }
    }
}
