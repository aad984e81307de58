import Core
import Database
import Goals
import Organisation
import Recognition

/// goals.yaml: targets, goals, and the register of titles of communes and districts.
struct DemonstrationGoalsFile: Decodable, Sendable {
    struct Target: Decodable, Sendable {
        struct Change: Decodable, Sendable {
            let value: Int
            let day: Day
            let number: String
            let note: String?
        }

        let unit: String
        let title: String
        let span: String
        let value: Int
        let day: Day
        let number: String
        let body: String
        let organisation: String
        let by: String?
        let changed: Change?
    }

    struct Goal: Decodable, Sendable {
        struct Change: Decodable, Sendable {
            let day: Day
            let number: String
            let body: String
            let organisation: String
            let due: Day
            let owner: String
            let successor: String?
            let blocks: String?
        }

        let unit: String
        let title: Goals.UnitTitle
        let name: String
        let due: Day
        let owner: String
        let day: Day
        let number: String
        let body: String
        let organisation: String
        let by: String?
        let blocks: String?
        let changed: Change?
    }

    struct Entry: Decodable, Sendable {
        let unit: String
        let title: Goals.UnitTitle
        let name: String
        let number: String
        let day: Day
        let body: String
        let entered: Day
    }

    let targets: [Target]
    let goals: [Goal]
    let register: [Entry]
}

/// What goals.yaml tells, entered on the days of its documents.
enum DemonstrationGoals {
    static let file = "goals.yaml"

    static func happenings(_ story: DemonstrationFiles) throws -> [DemonstrationHappening] {
        var happenings: [DemonstrationHappening] = []
        for target in story.goals.targets {
            let key = "\(target.unit) \(target.title) \(target.span)"
            happenings.append(
                try DemonstrationHappening(target.day, "14:10", file, key) { scene in
                    try await set(target, target.value, target.number, target.day, note: nil, scene)
                })
            if let changed = target.changed {
                happenings.append(
                    try DemonstrationHappening(changed.day, "14:20", file, key) { scene in
                        try await set(target, changed.value, changed.number, changed.day, note: changed.note, scene)
                    })
            }
        }
        for goal in story.goals.goals {
            happenings.append(
                try DemonstrationHappening(goal.day, "14:30", file, "\(goal.unit) \(goal.name)") { scene in
                    try await add(goal, scene)
                })
            if let changed = goal.changed {
                happenings.append(
                    try DemonstrationHappening(changed.day, "14:40", file, "\(goal.unit) \(goal.name)") { scene in
                        try await change(goal, changed, scene)
                    })
            }
        }
        for entry in story.goals.register {
            happenings.append(
                try DemonstrationHappening(entry.entered, "15:10", file, "\(entry.unit) \(entry.name)") { scene in
                    try await enter(entry, scene)
                })
        }
        return happenings
    }

    private static func deed(_ deed: Recognition.Deed) -> Goals.Deed {
        Goals.Deed(person: deed.person, organisation: deed.organisation, at: deed.at)
    }

    private static func hand(
        _ person: String?, _ organisation: String, _ scene: DemonstrationScene
    ) throws -> DemonstrationHand {
        DemonstrationHand(actor: try person.map(scene.actor), organisation: try scene.body(organisation))
    }

    private static func set(
        _ target: DemonstrationGoalsFile.Target, _ value: Int, _ number: String, _ day: Day, note: String?,
        _ scene: DemonstrationScene
    ) async throws {
        guard let span = Goals.Span(code: target.span) else {
            throw DemonstrationFault(file: file, key: target.unit, problem: "\(target.span) is no year or term")
        }
        let unit = try scene.unit(target.unit)
        let new = Goals.NewTarget(
            territory: unit, title: target.title, span: span, value: value,
            document: Goals.Document(number: number, day: day, body: target.body), note: note)
        try await scene.act(
            hand(target.by, target.organisation, scene), .setTargets, as: "target.set",
            on: { try OrganisationStore.publicTerritory(unit, $0) }
        ) { _, deed, tx in
            let areas = try OrganisationStore.count(under: unit, kind: .area, tx)
            if let refusal = Goals.TargetRule(value: value, areas: areas, isSure: false, span: span).refusal(
                on: tx.now.day)
            {
                throw refusal
            }
            return Receipt(id: try GoalsStore.set(new, Self.deed(deed), tx).id)
        }
    }

    private static func add(_ goal: DemonstrationGoalsFile.Goal, _ scene: DemonstrationScene) async throws {
        let unit = try scene.unit(goal.unit)
        let new = Goals.NewGoal(
            due: goal.due, owner: try scene.body(goal.owner), blocks: goal.blocks,
            document: Goals.Document(number: goal.number, day: goal.day, body: goal.body))
        try await scene.act(
            hand(goal.by, goal.organisation, scene), .setTargets, as: "goal.set",
            on: { try OrganisationStore.publicTerritory(unit, $0) }
        ) { _, deed, tx in
            if let refusal = Goals.GoalRule(due: goal.due, open: nil).refusal(on: tx.now.day) { throw refusal }
            return Receipt(
                id: try GoalsStore.add(new, for: unit, goal.title, named: goal.name, Self.deed(deed), tx))
        }
    }

    private static func change(
        _ goal: DemonstrationGoalsFile.Goal, _ changed: DemonstrationGoalsFile.Goal.Change,
        _ scene: DemonstrationScene
    ) async throws {
        let unit = try scene.unit(goal.unit)
        let organisation = try scene.body(changed.organisation)
        let new = Goals.NewGoal(
            due: changed.due, owner: try scene.body(changed.owner), successor: try changed.successor.map(scene.unit),
            blocks: changed.blocks,
            document: Goals.Document(number: changed.number, day: changed.day, body: changed.body))
        try await scene.database.unattended(.seed) { tx in
            let province = try OrganisationStore.path(of: unit, tx).last ?? unit
            let sight = Sight(person: unit, roots: [province])
            guard
                let found = try GoalsStore.goals(seenBy: sight, on: tx.now.day, limit: 200, tx).goals.first(where: {
                    $0.unit.id == unit
                })
            else {
                throw NotFound()
            }
            try GoalsStore.change(
                found, to: new, Goals.Deed(person: nil, organisation: organisation, at: tx.now), tx)
            return Receipt(id: found.id)
        }
    }

    private static func enter(_ entry: DemonstrationGoalsFile.Entry, _ scene: DemonstrationScene) async throws {
        let unit = try scene.unit(entry.unit)
        let document = Goals.Document(number: entry.number, day: entry.day, body: entry.body)
        let new = Goals.NewUnitTitle(
            territory: unit, title: entry.title, name: entry.name, document: document, signer: nil, from: entry.day,
            until: nil)
        let keeper = try scene.story.cast.first { person in
            person.roles.contains { $0.role.role.capabilities.contains(.recordUnitTitles) }
        }.map { try scene.actor($0.key) }
        try await scene.act(
            DemonstrationHand(actor: keeper, organisation: nil), .recordUnitTitles, as: "unitTitle.enter",
            on: { try OrganisationStore.publicTerritory(unit, $0) }
        ) { territory, deed, tx in
            let rule = Goals.UnitTitleRule(
                document: document, from: entry.day, until: nil,
                unit: Period(from: territory.validFrom, until: territory.validUntil)
                    ?? Period(from: territory.validFrom),
                held: nil)
            if let refusal = rule.refusal(on: tx.now.day) { throw refusal }
            return Receipt(id: try GoalsStore.enter(new, Self.deed(deed), tx))
        }
    }
}
