import Core
import Database
import Web

/// Names, levels and placements from a day on: what an administrator changes in the trees.
enum ChangeRoutes {
    static let query: [Field] = [Field("q", .text(80), optional: true)]

    static let all: [Route] =
        ChangeKind.allCases.map { kind in
            .get(kind.path, .holding(.manageOrganisations), ChangeOutput.self, query: query) {
                try ChangeOutput.of($0, kind)
            }
        } + [
            .post(
                ChangeKind.territoryName.path, .holding(.manageOrganisations), TerritoryNameForm.self,
                again: again(.territoryName), renameTerritory),
            .post(
                ChangeKind.territoryPlace.path, .holding(.manageOrganisations), TerritoryPlaceForm.self,
                again: again(.territoryPlace), moveTerritory),
            .post(
                ChangeKind.territoryEnd.path, .holding(.manageOrganisations), TerritoryEndForm.self,
                again: again(.territoryEnd), endTerritory),
            .post(
                ChangeKind.bodyName.path, .holding(.manageOrganisations), BodyNameForm.self, again: again(.bodyName),
                renameBody),
            .post(
                ChangeKind.bodyPlace.path, .holding(.manageOrganisations), BodyPlaceForm.self, again: again(.bodyPlace),
                moveBody),
            .post(
                ChangeKind.bodyEnd.path, .holding(.manageOrganisations), BodyEndForm.self, again: again(.bodyEnd),
                endBody),
            .get("/organisations", .signedIn, TreesOutput.self, query: TreesOutput.query) { try TreesOutput.of($0) },
            .get("/organisations/stranded", .holding(.manageOrganisations), StrandedOutput.self) {
                try StrandedOutput.of($0)
            },
            .post(
                "/organisations/stranded", .holding(.manageOrganisations), StrandedForm.self,
                again: { try StrandedOutput.of($0) }, settle),
        ]

    private static func again(_ kind: ChangeKind) -> @Sendable (Call<Actor>) throws -> ChangeOutput {
        { try ChangeOutput.of($0, kind) }
    }

    // Units.

    private static func unit(
        _ call: Call<Actor>, _ day: Day, _ faults: inout FormFaults
    ) throws -> (Territory, Permit<Territory>) {
        let unit = try OrganisationStore.territory(call.id("id"), seenBy: call.sight, call.reader)
        let permit = try call.permit(.manageOrganisations, unit)
        faults.add(
            OrganisationChangeRule.refusal(
                on: day, today: call.today, began: try OrganisationStore.began(unit.id, call.reader),
                ended: unit.validUntil, in: call.language))
        return (unit, permit)
    }

    private static func receipt(_ unit: Territory, _ flash: String) -> Receipt {
        let path = unit.kind == .area ? "areas" : "territories"
        return Receipt(
            id: unit.id, location: "/\(path)/\(unit.id)", version: unit.revision + 2,
            flash: "organisation.change.flash.\(flash)")
    }

    private static func renameTerritory(_ call: Call<Actor>, _ form: TerritoryNameForm) throws -> Change {
        var faults = FormFaults()
        let (unit, permit) = try unit(call, form.day, &faults)
        if form.designation.kind.level != unit.kind.level {
            faults.add(Refusal(.invalid, "organisation.change.refusal.wrongDesignation", field: "designation"))
        }
        if try OrganisationStore.isTaken(
            form.unitName, form.designation, under: unit.parent, but: unit.id, call.reader)
        {
            faults.add(
                Refusal(.invalid, "organisation.change.refusal.nameTaken", field: "name", ["name": form.unitName]))
        }
        try faults.say()
        let code = form.code ?? unit.code
        return .write(permit, as: "territory.rename") { tx in
            try tx.move("territory", unit.id, from: unit.revision)
            try OrganisationStore.change(
                unit.id, TerritoryChange(designation: form.designation, name: form.unitName, code: code), on: form.day,
                document: form.document, tx)
            tx.note("territory.name", from: unit.name, to: form.unitName)
            return receipt(unit, "renamed")
        }
    }

    private static func moveTerritory(_ call: Call<Actor>, _ form: TerritoryPlaceForm) throws -> Change {
        var faults = FormFaults()
        let (unit, permit) = try unit(call, form.day, &faults)
        let parent = try faults.record("parent") {
            try OrganisationStore.territory(form.parent, seenBy: call.sight, call.reader)
        }
        if let parent {
            // Somebody who may not decide over the new place may not put anything there.
            _ = try call.permit(.manageOrganisations, parent)
            if let refusal = OrganisationChangeRule.refusal(moving: unit, under: parent) {
                faults.add(refusal)
            } else if try OrganisationStore.isTaken(
                unit.name, unit.designation, under: parent.id, but: unit.id, call.reader)
            {
                faults.add(
                    Refusal(.invalid, "organisation.change.refusal.nameTaken", field: "parent", ["name": unit.name]))
            }
        }
        let above = try faults.found(parent)
        return .write(permit, as: "territory.move") { tx in
            try tx.move("territory", unit.id, from: unit.revision)
            try OrganisationStore.move(unit.id, under: above.id, on: form.day, document: form.document, tx)
            tx.note("territory.parent", from: unit.parent.map { "\($0)" }, to: "\(above.id)")
            return receipt(unit, "moved")
        }
    }

    private static func endTerritory(_ call: Call<Actor>, _ form: TerritoryEndForm) throws -> Change {
        var faults = FormFaults()
        let (unit, permit) = try unit(call, form.day, &faults)
        let successor = try form.successor.flatMap { id in
            try faults.record("successor") {
                try OrganisationStore.territory(id, seenBy: call.sight, call.reader)
            }
        }
        faults.add(
            OrganisationChangeRule.refusal(
                ending: unit, standing: try OrganisationStore.standing(below: unit.id, call.reader), into: successor))
        try faults.say()
        return .write(permit, as: "territory.end") { tx in
            try tx.move("territory", unit.id, from: unit.revision)
            try OrganisationStore.end(
                unit.id, on: form.day, successor == nil ? .abolish : .merge, into: successor.map { [$0.id] } ?? [],
                document: form.document, tx)
            tx.note("territory.end", from: unit.name, to: successor?.name)
            return receipt(unit, "ended")
        }
    }

    // Organisations.

    private static func body(
        _ call: Call<Actor>, _ day: Day, of began: KeyPath<(name: Day, place: Day), Day>, _ faults: inout FormFaults
    ) throws -> (Organisation, Permit<Organisation>) {
        let body = try OrganisationStore.organisation(call.id("id"), seenBy: call.sight, call.reader)
        let permit = try call.permit(.manageOrganisations, body)
        faults.add(
            OrganisationChangeRule.refusal(
                on: day, today: call.today,
                began: try OrganisationStore.bodyBegan(body.id, call.reader)[keyPath: began],
                ended: body.validUntil, in: call.language))
        return (body, permit)
    }

    private static func receipt(_ body: Organisation, _ flash: String) -> Receipt {
        Receipt(
            id: body.id, location: "/organisations/\(body.id)", version: body.revision + 2,
            flash: "organisation.change.flash.\(flash)")
    }

    private static func renameBody(_ call: Call<Actor>, _ form: BodyNameForm) throws -> Change {
        var faults = FormFaults()
        let (body, permit) = try body(call, form.day, of: \.name, &faults)
        if form.bodyName == body.name {
            faults.add(Refusal(.invalid, "organisation.change.refusal.sameName", field: "name"))
        }
        try faults.say()
        return .write(permit, as: "organisation.rename") { tx in
            try tx.move("organisation", body.id, from: body.revision)
            try OrganisationStore.renameOrganisation(body.id, to: form.bodyName, on: form.day, tx)
            tx.note("body.name", from: body.name, to: form.bodyName)
            return receipt(body, "renamed")
        }
    }

    private static func moveBody(_ call: Call<Actor>, _ form: BodyPlaceForm) throws -> Change {
        var faults = FormFaults()
        let (body, permit) = try body(call, form.day, of: \.place, &faults)
        let found = try faults.record("territory") {
            try OrganisationStore.territory(form.territory, seenBy: call.sight, call.reader)
        }
        if let found {
            _ = try call.permit(.manageOrganisations, found)
            if !found.stands {
                faults.add(Refusal(.invalid, "organisation.change.refusal.parentEnded", field: "territory"))
            }
        }
        let parent = try form.parent.flatMap { id in
            try faults.record("parent") {
                try OrganisationStore.organisation(id, seenBy: call.sight, call.reader)
            }
        }
        if let parent {
            if parent.validUntil != nil {
                faults.add(Refusal(.invalid, "organisation.change.refusal.parentEnded", field: "parent"))
            }
            let above = try OrganisationStore.above(body: parent.id, call.reader)
            faults.add(OrganisationChangeRule.refusal(placing: body.id, under: above))
        }
        let territory = try faults.found(found)
        return .write(permit, as: "organisation.move") { tx in
            try tx.move("organisation", body.id, from: body.revision)
            try OrganisationStore.moveOrganisation(body.id, to: territory.id, under: parent?.id, on: form.day, tx)
            tx.note("body.place", from: "\(body.territory)", to: "\(territory.id)")
            return receipt(body, "moved")
        }
    }

    private static func endBody(_ call: Call<Actor>, _ form: BodyEndForm) throws -> Change {
        var faults = FormFaults()
        let (body, permit) = try body(call, form.day, of: \.place, &faults)
        let successor = try form.successor.flatMap { id in
            try faults.record("successor") {
                try OrganisationStore.organisation(id, seenBy: call.sight, call.reader)
            }
        }
        if form.successor == nil || successor != nil {
            faults.add(
                OrganisationChangeRule.refusal(
                    ending: body, below: try OrganisationStore.standingBodies(below: body.id, call.reader),
                    into: successor))
        }
        try faults.say()
        return .write(permit, as: "organisation.end") { tx in
            try tx.move("organisation", body.id, from: body.revision)
            try OrganisationStore.endOrganisation(body.id, on: form.day, into: successor?.id, tx)
            tx.note("body.end", from: body.name, to: successor?.name)
            return receipt(body, "ended")
        }
    }

    /// Several organisations at once, each by its own plan.
    private static func settle(_ call: Call<Actor>, _ form: StrandedForm) throws -> Change {
        var faults = FormFaults()
        if form.day > call.today {
            faults.add(Refusal(.invalid, "organisation.change.refusal.dayAhead", field: "day"))
        }
        let all = try OrganisationStore.stranded(seenBy: call.sight, call.reader)
        var acts: [(stranded: Stranded, plan: StrandedPlan?)] = []
        for (id, choice) in form.choices where choice != "later" {
            guard let one = all.first(where: { $0.organisation.id == id }) else {
                throw Refusal(.conflict, "organisation.stranded.refusal.gone")
            }
            _ = try call.permit(.manageOrganisations, one.organisation)
            if choice != "end", one.plan == .choose {
                faults.add(Refusal(.invalid, "web.field.choice", field: "to.\(id)"))
            }
            if form.day < one.endedOn {
                faults.add(
                    Refusal(
                        .invalid, "organisation.stranded.refusal.before", field: "day",
                        ["name": one.organisation.name, "day": call.language.format.day(one.endedOn)]))
            }
            acts.append((one, choice == "end" ? nil : one.plan))
        }
        if acts.isEmpty { faults.add(Refusal(.invalid, "organisation.stranded.refusal.nothing")) }
        let first = try faults.found(acts.first)
        let permit = try call.permit(.manageOrganisations, first.stranded.organisation)
        let sorted = acts.sorted { $0.stranded.organisation.id < $1.stranded.organisation.id }
        return .write(permit, as: "organisation.settle") { tx in
            for act in sorted {
                let body = act.stranded.organisation
                try tx.move("organisation", body.id, from: body.revision)
                if let plan = act.plan {
                    try OrganisationStore.settle(act.stranded, plan, on: form.day, tx)
                } else {
                    try OrganisationStore.endOrganisation(body.id, on: form.day, tx)
                }
                tx.note("body.settle", from: body.name, to: act.stranded.target)
            }
            return Receipt(location: "/organisations/stranded", flash: "organisation.stranded.done")
        }
    }
}
