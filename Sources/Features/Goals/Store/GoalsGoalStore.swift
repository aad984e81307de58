import Core
import Database
import Organisation
import Web

extension Goals {
    /// A goal (mục tiêu): a title that a commune or district is to reach by a day.
    package struct Goal: Governed {
        package static let kind = "goal"

        package let id: ID
        package let unit: TerritoryTitle
        /// The day on which the unit ended; nil while it stands.
        package let unitEnded: Day?
        package let title: UnitTitle
        package let name: String
        package let due: Day
        package let reachedOn: Day?
        package let droppedOn: Day?
        /// The body that answers for it.
        package let answers: Owner
        /// Named by a document to answer for a unit that is no more.
        package let successor: TerritoryTitle?
        package let blocks: String?
        package let revision: Int
        package let place: [ID]

        /// How it stands on a day.
        package func standing(on today: Day) -> GoalStanding {
            Goals.standing(due: due, reachedOn: reachedOn, droppedOn: droppedOn, on: today)
        }
    }

    /// The body that answers for a goal.
    package struct Owner: Sendable, Encodable, Equatable {
        package let id: ID
        package let name: String
        /// The day on which the body ended; somebody else answers since.
        package let endedOn: Day?
    }

    /// What a goal said from a document on. Never altered.
    package struct GoalVersion: Sendable {
        package let number: Int
        package let due: Day
        package let owner: String
        package let successor: TerritoryTitle?
        package let blocks: String?
        package let isDropped: Bool
        package let document: Document
        package let person: String?
        package let organisation: String?
        package let at: Instant
    }

    /// A goal as it is set or changed.
    package struct NewGoal: Sendable {
        package let due: Day
        package let owner: ID
        package let successor: ID?
        package let blocks: String?
        package let document: Document

        package init(due: Day, owner: ID, successor: ID? = nil, blocks: String? = nil, document: Document) {
            self.due = due
            self.owner = owner
            self.successor = successor
            self.blocks = blocks
            self.document = document
        }
    }
}

extension GoalsStore {
    static let goalColumns: SQL = """
        x.id, x.territory_id, x.title, x.title_name, x.due_on, x.reached_on, x.dropped_on, x.revision,
        t.kind AS unit_kind, t.designation AS unit_designation, t.name AS unit_name, t.valid_until AS unit_until,
        v.owner_id, v.successor_id, v.blocks, o.name AS owner_name, o.valid_until AS owner_until,
        n.kind AS next_kind, n.designation AS next_designation, n.name AS next_name
        """
    static let goalJoins: SQL = """
        goal x JOIN territory t ON t.id = x.territory_id
        JOIN goal_version v ON v.goal_id = x.id AND v.number = x.revision
        JOIN organisation o ON o.id = v.owner_id LEFT JOIN territory n ON n.id = v.successor_id
        """

    /// A goal of a unit this person may see.
    package static func goal(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> Goals.Goal {
        let row = try reader.one(
            "SELECT \(goalColumns) FROM \(goalJoins) WHERE x.id = \(id) AND \(sight.covers("x.territory_id"))")
        return try goal(row, place: OrganisationStore.path(of: row.id("territory_id"), reader))
    }

    /// The day of an open goal of a unit for the same title; nil when there is none.
    package static func openGoal(
        of territory: ID, _ title: Goals.UnitTitle, _ name: String, _ reader: any Reader
    ) throws -> Day? {
        try reader.first(
            """
            SELECT x.due_on FROM goal x WHERE x.territory_id = \(territory) AND x.title_key = \(title.key(name))
                AND x.reached_on IS NULL AND x.dropped_on IS NULL
            """)?.day("due_on")
    }

    /// What was ever set, the latest first; nothing is overwritten.
    package static func versions(ofGoal goal: ID, _ reader: any Reader) throws -> [Goals.GoalVersion] {
        try reader.rows(
            """
            SELECT v.number, v.due_on, v.blocks, v.is_dropped, v.document_number, v.document_day, v.document_body,
                v.at, o.name AS owner_name, p.name AS person, b.name AS organisation, v.successor_id,
                n.kind AS next_kind, n.designation AS next_designation, n.name AS next_name
            FROM goal_version v JOIN organisation o ON o.id = v.owner_id LEFT JOIN person p ON p.id = v.set_by
            LEFT JOIN organisation b ON b.id = v.organisation_id LEFT JOIN territory n ON n.id = v.successor_id
            WHERE v.goal_id = \(goal) ORDER BY v.number DESC LIMIT 200
            """
        ).map { row in
            Goals.GoalVersion(
                number: try row.integer("number"), due: try row.day("due_on"), owner: try row.text("owner_name"),
                successor: try row.optionalID("successor_id") == nil ? nil : title(row, "successor_id", "next"),
                blocks: try row.optionalText("blocks"), isDropped: try row.flag("is_dropped"),
                document: try document(row), person: try row.optionalText("person"),
                organisation: try row.optionalText("organisation"), at: try row.instant("at"))
        }
    }

    /// Sets a goal.
    ///
    /// - Throws: `.conflict` when there is an open one for the same unit and title, or when the unit holds the title.
    package static func add(
        _ new: Goals.NewGoal, for territory: ID, _ kind: Goals.UnitTitle, named name: String, _ deed: Goals.Deed,
        _ tx: Transaction
    ) throws -> ID {
        if let open = try openGoal(of: territory, kind, name, tx) {
            throw Refusal(.conflict, "goals.refusal.goalOpen", field: "title", ["due": open.isoText])
        }
        if let held = try holdingSince(territory, kind, name, on: deed.at.day, tx) {
            throw Refusal(.conflict, "goals.refusal.goalHeld", field: "title", ["from": held.isoText])
        }
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO goal (id, territory_id, title, title_key, title_name, due_on, revision)
            VALUES (\(id), \(territory), \(kind.rawValue), \(kind.key(name)), \(name), \(new.due), 1)
            """)
        try keep(new, of: id, number: 1, dropped: false, deed, tx)
        try GoalsFinding.enter(goal: id, new.document, tx)
        tx.note("goal.\(kind.rawValue)", to: new.due.isoText)
        return id
    }

    /// Changes a goal by another document; what it said before stays.
    package static func change(
        _ goal: Goals.Goal, to new: Goals.NewGoal, dropped: Bool = false, _ deed: Goals.Deed, _ tx: Transaction
    ) throws {
        try tx.move("goal", goal.id, from: goal.revision)
        try tx.execute(
            """
            UPDATE goal SET due_on = \(new.due), dropped_on = \(dropped ? new.document.day : nil) WHERE id = \(goal.id)
            """)
        try keep(new, of: goal.id, number: goal.revision + 1, dropped: dropped, deed, tx)
        try GoalsFinding.enter(goal: goal.id, new.document, tx)
        tx.note("goal.due", from: goal.due.isoText, to: dropped ? "dropped" : new.due.isoText)
    }

    private static func keep(
        _ new: Goals.NewGoal, of goal: ID, number: Int, dropped: Bool, _ deed: Goals.Deed, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO goal_version (goal_id, number, due_on, owner_id, successor_id, blocks, is_dropped,
                document_number, document_day, document_body, set_by, organisation_id, at)
            VALUES (\(goal), \(number), \(new.due), \(new.owner), \(new.successor), \(new.blocks), \(dropped),
                \(new.document.number), \(new.document.day), \(new.document.body), \(deed.person),
                \(deed.organisation), \(deed.at))
            """)
    }

    /// Open goals of the bodies a person acts for, past their day or due within sixty days: one query, by the index of
    /// owners.
    static func waiting(for actor: Actor, on today: Day, _ reader: any Reader) throws -> [Waiting] {
        let bodies = Set(
            actor.grants.filter { $0.role.capabilities.contains(.setTargets) && $0.term.contains(today) }
                .map(\.organisation)
        ).sorted()
        return try reader.rows(
            """
            SELECT x.id, x.title_name, x.due_on, t.id AS unit_id, t.kind AS unit_kind,
                t.designation AS unit_designation, t.name AS unit_name
            FROM goal_version v
            JOIN goal x ON x.id = v.goal_id AND x.revision = v.number JOIN territory t ON t.id = x.territory_id
            WHERE v.owner_id IN (\(SQL.list(bodies))) AND x.reached_on IS NULL AND x.dropped_on IS NULL
                AND x.due_on <= \(today.adding(days: 60)) ORDER BY x.due_on, x.id LIMIT 10
            """
        ).map {
            let id = try $0.id("id")
            return Waiting(
                "goals.waiting",
                ["goal": try $0.text("title_name")].merging(
                    try title($0, "unit_id", "unit").arguments(as: "unit")
                ) { own, _ in own }, subject: id,
                due: try $0.day("due_on"), href: "/goals/\(id)")
        }
    }

    /// Who answers for a unit that ended: what came of it, followed to the end. Empty where nothing did, as after the
    /// districts.
    package static func successors(of unit: ID, _ reader: any Reader) throws -> [TerritoryTitle] {
        let ids = try OrganisationStore.successors(of: unit, reader).filter { $0 != unit }
        let titles = try OrganisationStore.titles(of: ids, reader)
        return ids.compactMap { titles[$0] }
    }

    static func goal(_ row: Row, place: [ID]) throws -> Goals.Goal {
        Goals.Goal(
            id: try row.id("id"), unit: try title(row, "territory_id", "unit"),
            unitEnded: try row.optionalDay("unit_until"), title: try known(row, "title"),
            name: try row.text("title_name"), due: try row.day("due_on"), reachedOn: try row.optionalDay("reached_on"),
            droppedOn: try row.optionalDay("dropped_on"),
            answers: Goals.Owner(
                id: try row.id("owner_id"), name: try row.text("owner_name"),
                endedOn: try row.optionalDay("owner_until")),
            successor: try row.optionalID("successor_id") == nil ? nil : title(row, "successor_id", "next"),
            blocks: try row.optionalText("blocks"), revision: try row.integer("revision"), place: place)
    }
}
