import Core
import Database
import Organisation
import Recognition

/// The tree through its generations, and the bodies that stand on it.
enum DemonstrationTree {
    /// The day on which the story begins: before its first decision.
    static let firstDay = Day(ordinal: 19_681)  // 2023-11-20
    /// The figures of areas are those of the story's year.
    private static let profileDay = (month: 1, day: 15)
    /// Those of the two years before: of the first taken as always, of the second when the communes of today began.
    private static let earlierProfileDays = [2: (month: 1, day: 16), 1: (month: 7, day: 16)]

    static func happenings(_ story: DemonstrationFiles) throws -> [DemonstrationHappening] {
        var happenings = [
            try DemonstrationHappening(firstDay, "08:30", "territory.yaml", "territory") { try await begin($0) }
        ]
        for day in Set(story.territory.successions.map(\.day) + story.territory.territory.compactMap(\.from)).sorted()
        where day > firstDay {
            happenings.append(
                try DemonstrationHappening(day, "07:30", "territory.yaml", "successions.\(day)") {
                    try await change(on: day, $0)
                })
        }
        let bodies = try story.allBodies()
        for (day, new) in Dictionary(grouping: bodies, by: { appears($0, story) }).sorted(by: { $0.key < $1.key }) {
            // Bodies of a day stand on units of that day.
            happenings.append(
                try DemonstrationHappening(day, day == firstDay ? "08:45" : "07:45", "organisations.yaml", "\(day)") {
                    try await found(new, $0)
                })
        }
        let ending = bodies.compactMap { body in body.until.map { (day: $0, key: body.key) } }
        for (day, ended) in Dictionary(grouping: ending, by: \.day).sorted(by: { $0.key < $1.key }) {
            happenings.append(
                try DemonstrationHappening(day, "07:15", "organisations.yaml", "until \(day)") {
                    try await dissolve(ended.map(\.key), on: day, $0)
                })
        }
        if let day = Day(year: story.year.year, month: profileDay.month, day: profileDay.day) {
            happenings.append(
                try DemonstrationHappening(day, "09:20", "areas.yaml", "households") { try await measure(day.year, $0) }
            )
        }
        for (years, date) in earlierProfileDays {
            guard let day = Day(year: story.year.year - years, month: date.month, day: date.day) else { continue }
            happenings.append(
                try DemonstrationHappening(day, "09:20", "areas.yaml", "households") {
                    try await measure(day.year, yearsEarlier: years, $0)
                })
        }
        return happenings
    }

    private static func begin(_ scene: DemonstrationScene) async throws {
        let story = scene.story
        var new = try story.territory.territory.filter { stands($0.from, $0.until, on: firstDay) }.map {
            try unit($0, scene)
        }
        for (index, area) in story.areas.enumerated() where area.from == nil {
            let above = try at(firstDay, from: area.formedFrom ?? area.commune, story)
            new.append(try self.area(area, under: above, order: index + 1, scene))
        }
        try await add(new, scene)
    }

    /// New units first, then what lay in the old ones moves, then the old ones end.
    private static func change(on day: Day, _ scene: DemonstrationScene) async throws {
        let story = scene.story
        var new = try story.territory.territory.filter { $0.from == day }.map { try unit($0, scene) }
        for (index, area) in story.areas.enumerated() where area.from == day {
            new.append(try self.area(area, under: area.commune, order: index + 1, scene))
        }
        if !new.isEmpty { try await add(new, scene) }
        var moves: [(area: ID, into: ID)] = []
        for change in story.territory.successions where change.day == day {
            guard let into = change.into else { continue }
            for area in story.areas where area.from.map({ $0 < day }) ?? true {
                let before = try at(day.adding(days: -1), from: area.formedFrom ?? area.commune, story)
                if change.from.contains(before) { moves.append((try scene.unit(area.key), try scene.unit(into))) }
            }
        }
        let ends = try story.territory.successions.filter { $0.day == day }.flatMap { change in
            try change.from.map {
                (try scene.unit($0), change.kind, try change.into.map { [try scene.unit($0)] } ?? [])
            }
        }
        let moved = moves
        try await scene.database.unattended(.seed) { tx in
            for move in moved { try OrganisationStore.move(move.area, under: move.into, on: day, tx) }
            for (unit, kind, into) in ends { try OrganisationStore.end(unit, on: day, kind, into: into, tx) }
            tx.note("territory", to: "\(moved.count) areas moved, \(ends.count) units ended")
            return Receipt()
        }
    }

    /// Which unit a unit has become by a day, followed through its successors.
    private static func at(_ day: Day, from key: String, _ story: DemonstrationFiles) throws -> String {
        let next = story.territory.successions.first { $0.day <= day && $0.from.contains(key) }?.into
        return try next.map { try at(day, from: $0, story) } ?? key
    }

    private static func add(_ new: [NewTerritory], _ scene: DemonstrationScene) async throws {
        try await scene.database.unattended(.seed) { tx in
            try OrganisationStore.addTerritories(new, tx)
            tx.note("territory", to: "\(new.count)")
            return Receipt()
        }
    }

    private static func unit(_ unit: DemonstrationTerritory.Unit, _ scene: DemonstrationScene) throws -> NewTerritory {
        NewTerritory(
            id: try scene.unit(unit.key), .usual(for: unit.kind), unit.name, code: unit.code,
            parent: try unit.parent.map(scene.unit), from: unit.from ?? .first)
    }

    private static func area(
        _ area: DemonstrationArea, under unit: String, order: Int, _ scene: DemonstrationScene
    ) throws -> NewTerritory {
        NewTerritory(
            id: try scene.unit(area.key), area.kind.designation, area.name, parent: try scene.unit(unit),
            from: area.from ?? .first, order: order,
            profile: AreaProfile(areaClass: area.areaClass, isInvented: area.invented ?? false))
    }

    /// The numbers of the areas that stand that year.
    ///
    /// - Parameter yearsEarlier: for each some households fewer, another number in each area and year.
    private static func measure(_ year: Int, yearsEarlier: Int = 0, _ scene: DemonstrationScene) async throws {
        let standing = scene.story.areas.filter { $0.from.map { $0.year <= year } ?? true }
        let profiles = try standing.map { area -> (ID, AreaProfile) in
            let fewer = yearsEarlier > 0 ? Hour.spread(area.key, 5) : 0
            // In some areas two or three households moved away in that year, for work elsewhere.
            let before = yearsEarlier > 1 ? Hour.spread("\(area.key), \(year)", 9) - 3 : 0
            return (
                try scene.unit(area.key),
                AreaProfile(
                    households: area.households - fewer - before, people: area.people - 3 * fewer - 4 * before,
                    areaClass: area.areaClass, region: scene.story.region, asOf: year,
                    isInvented: area.invented ?? false)
            )
        }
        // The organisations' people are told of the story's year only.
        let strengths =
            yearsEarlier > 0
            ? [] : try standing.map { (try scene.unit($0.key), $0.people, try scene.story.strengths(of: $0)) }
        try await scene.database.unattended(.seed) { tx in
            for (area, profile) in profiles { try OrganisationStore.setProfile(of: area, profile, tx) }
            for (area, people, told) in strengths {
                if let refusal = told.refusal(on: tx.now.day, people: people) { throw refusal }
                try OrganisationStore.putStrengths(told, of: area, tx)
            }
            tx.note("area", to: "\(profiles.count) profiles of \(year)")
            return Receipt()
        }
    }

    /// The day on which a body comes into the story: on its first day, but not before the unit it stands on and the
    /// body above it are there.
    private static func appears(_ body: DemonstrationBodies.Body, _ story: DemonstrationFiles) -> Day {
        let unit = story.territory.territory.first { $0.key == body.territory }?.from
        let area = story.areas.first { $0.key == body.territory }
        // The body above a cell or a Front work committee is the commune's of today.
        let commune = area.flatMap { area in story.territory.territory.first { $0.key == area.commune }?.from }
        return [firstDay, body.from, unit, commune, area?.from].compactMap { $0 }.max() ?? firstDay
    }

    private static func found(_ bodies: [DemonstrationBodies.Body], _ scene: DemonstrationScene) async throws {
        let new = try bodies.map { body in
            NewOrganisation(
                id: try scene.body(body.key), body.kind, body.name, territory: try scene.unit(body.territory),
                parent: try body.parent.map(scene.body), from: body.from ?? .first)
        }
        try await scene.database.unattended(.seed) { tx in
            try OrganisationStore.addOrganisations(new, tx)
            tx.note("organisation", to: "\(new.count)")
            return Receipt()
        }
    }

    private static func dissolve(_ keys: [String], on day: Day, _ scene: DemonstrationScene) async throws {
        let ended = try keys.map { try scene.body($0) }
        try await scene.database.unattended(.seed) { tx in
            for body in ended { try OrganisationStore.endOrganisation(body, on: day, tx) }
            return Receipt()
        }
    }

    private static func stands(_ from: Day?, _ until: Day?, on day: Day) -> Bool {
        (from.map { $0 <= day } ?? true) && (until.map { $0 > day } ?? true)
    }
}
