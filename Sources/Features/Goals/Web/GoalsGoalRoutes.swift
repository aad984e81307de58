import Core
import Database
import Organisation
import Web

/// Goals of communes and districts.
enum GoalsGoalRoutes {
    static let routes: [Route] = [
        .get(
            "/goals", .signedIn, GoalsListOutput.self,
            query: [
                Field("q", .text(120), optional: true),
                Field("standing", .choice(Goals.GoalStanding.allCases.map(\.rawValue)), optional: true),
                Field("after", .record, optional: true),
            ]
        ) { try list($0) },
        .get("/goals/new", .holding(.setTargets), GoalsGoalNewOutput.self) { try new($0) },
        .post("/goals", .holding(.setTargets), GoalsGoalForm.self, again: { try new($0) }) { try add($0, $1) },
        .get("/goals/:id", .signedIn, GoalsGoalOutput.self) { try goal($0) },
        .post("/goals/:id", .holding(.setTargets), GoalsGoalChangeForm.self, again: { try goal($0) }) {
            try change($0, $1)
        },
    ]

    private static func list(_ call: Call<Actor>) throws -> GoalsListOutput {
        let q = call.query["q"] ?? ""
        let filter = Goals.GoalFilter(
            words: VietnameseText.searchWords(q), standing: call.query["standing"].flatMap(Goals.GoalStanding.init))
        let after = call.query["after"].flatMap { ID($0) }
        let found = try GoalsStore.goals(filter, seenBy: call.sight, on: call.today, after: after, call.reader)
        return GoalsListOutput(
            goals: found.goals.map { GoalsGoalAnswer($0, on: call.today) },
            counts: Dictionary(
                uniqueKeysWithValues: try GoalsStore.counts(
                    ofGoals: filter, seenBy: call.sight, on: call.today, call.reader
                ).map { ($0.key.rawValue, $0.value) }),
            q: q.isEmpty ? nil : q, standing: filter.standing, next: found.next, isFurther: after != nil,
            maySet: call.who.grants.contains {
                $0.role.capabilities.contains(.setTargets) && $0.term.contains(call.today)
            }, views: try SavedViews.of(call.who.person, on: .goals, call.reader))
    }

    private static func owners(_ call: Call<Actor>) throws -> [GoalsChoice] {
        try GoalsStore.owners(seenBy: call.sight, on: call.today, call.reader).map {
            GoalsChoice(id: $0.id, label: $0.name, endedOn: nil, unit: nil)
        }
    }

    private static func new(_ call: Call<Actor>) throws -> GoalsGoalNewOutput {
        GoalsGoalNewOutput(units: try GoalsUnits.choices(call, former: false), owners: try owners(call))
    }

    private static func goal(_ call: Call<Actor>) throws -> GoalsGoalOutput {
        let goal = try GoalsStore.goal(call.id("id"), seenBy: call.sight, call.reader)
        let maySet = call.authority.allows(call.who, .setTargets, goal)
        let isCommune = TerritoryKind.communes.contains(goal.unit.kind) && goal.unitEnded == nil
        return GoalsGoalOutput(
            goal: GoalsGoalAnswer(goal, on: call.today),
            successors: goal.unitEnded == nil ? [] : try GoalsStore.successors(of: goal.unit.id, call.reader),
            progress: isCommune
                ? try GoalsStore.progress(under: goal.unit.id, on: call.today, call.reader).first : nil,
            versions: try GoalsStore.versions(ofGoal: goal.id, call.reader).map { version in
                GoalsGoalOutput.Version(
                    due: version.due, owner: version.owner, successor: version.successor, blocks: version.blocks,
                    isDropped: version.isDropped, document: GoalsDocumentAnswer(version.document),
                    person: version.person, organisation: version.organisation, at: version.at)
            },
            owners: maySet ? try owners(call) : [], units: maySet ? try GoalsUnits.choices(call, former: false) : [],
            maySet: maySet)
    }

    /// Refuses an owner that is not offered: a body that ended, or one out of sight.
    private static func refusal(of owner: ID, _ call: Call<Actor>) throws -> Refusal? {
        try GoalsStore.owners(seenBy: call.sight, on: call.today, call.reader).contains { $0.id == owner }
            ? nil : Refusal(.invalid, "web.field.choice", field: "owner")
    }

    private static func add(_ call: Call<Actor>, _ form: GoalsGoalForm) throws -> Change {
        var faults = FormFaults()
        let unit = try faults.record("unit") {
            try OrganisationStore.territory(form.unit, seenBy: call.sight, call.reader)
        }
        let asked = try unit.map { try call.permit(.setTargets, $0) }
        faults.add(unit.flatMap(GoalsUnits.refusal))
        faults.add(try refusal(of: form.owner, call))
        let open = try unit.flatMap { try GoalsStore.openGoal(of: $0.id, form.title, form.name, call.reader) }
        let held = try unit.flatMap {
            try GoalsStore.holdingSince($0.id, form.title, form.name, on: call.today, call.reader)
        }
        faults.add(Goals.GoalRule(due: form.due, open: open, held: held).refusal(on: call.today))
        faults.add(form.document.refusal(on: call.today))
        if let refusal = faults.refusal { throw GoalsDays.shown(refusal, call.language) }
        let permit = try faults.found(asked)
        let unitID = form.unit
        let new = Goals.NewGoal(due: form.due, owner: form.owner, blocks: form.blocks, document: form.document)
        return .write(permit, as: "goal.set") { tx in
            let id = try GoalsStore.add(
                new, for: unitID, form.title, named: form.name, Goals.Deed(permit, tx), tx)
            return Receipt(id: id, location: "/goals/\(id)", version: 1, flash: "goals.flash.goal")
        }
    }

    private static func change(_ call: Call<Actor>, _ form: GoalsGoalChangeForm) throws -> Change {
        let goal = try GoalsStore.goal(call.id("id"), seenBy: call.sight, call.reader)
        let permit = try call.permit(.setTargets, goal)
        guard goal.reachedOn == nil else { throw Refusal(.conflict, "goals.refusal.goalReached") }
        guard goal.droppedOn == nil else { throw Refusal(.conflict, "goals.refusal.goalDropped") }
        var faults = FormFaults()
        if form.owner != goal.answers.id { faults.add(try refusal(of: form.owner, call)) }
        if let successor = form.successor {
            let unit = try faults.record("successor") {
                try OrganisationStore.territory(successor, seenBy: call.sight, call.reader)
            }
            if let unit, !unit.stands {
                faults.add(Refusal(.invalid, "goals.refusal.successor", field: "successor"))
            }
        }
        // The day may stay where it was, even past; a new one lies ahead.
        if !form.isDropped, form.due != goal.due {
            faults.add(Goals.GoalRule(due: form.due, open: nil).refusal(on: call.today))
        }
        faults.add(form.document.refusal(on: call.today))
        try faults.say()
        let new = Goals.NewGoal(
            due: form.isDropped ? goal.due : form.due, owner: form.owner, successor: form.successor,
            blocks: form.blocks, document: form.document)
        return .write(permit, as: "goal.change") { tx in
            try GoalsStore.change(goal, to: new, dropped: form.isDropped, Goals.Deed(permit, tx), tx)
            return Receipt(
                id: goal.id, location: "/goals/\(goal.id)", version: goal.revision + 1, flash: "goals.flash.goalChanged"
            )
        }
    }
}

/// Rules tell days as they are stored; people read them in their own way.
enum GoalsDays {
    static func shown(_ refusal: Refusal, _ language: Language) -> Refusal {
        let all = refusal.all.map { one in
            Refusal(
                one.kind, one.key, field: one.field,
                one.arguments.mapValues { text in Day(iso: text).map { language.format.day($0) } ?? text })
        }
        return Refusal.of(all) ?? refusal
    }
}
