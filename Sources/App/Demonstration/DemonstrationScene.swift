import Ballots
import Core
import Database
import Documents
import Organisation
import People
import Recognition

/// Who and what the story's keys are in the database, and acting as somebody in it.
final class DemonstrationScene {
    let database: Database
    let files: ContentStore
    let story: DemonstrationFiles
    private let units: [String: ID]
    private let bodies: [String: ID]
    private let people: [String: ID]
    private let bodyPlaces: [String: String]
    private let actors: [String: Actor]
    private(set) var dossiers: [String: ID] = [:]
    private(set) var criteriaSet: ID?
    private let publications: Publications
    private(set) var drafts: [String: ID] = [:]
    /// Codes that households of the story hold in their hands, by ballot.
    private var handedOut: [ID: [Ballots.Code]] = [:]

    /// Every key gets its id at once; the records follow as the story goes on.
    init(_ story: DemonstrationFiles, database: Database, files: ContentStore) throws {
        self.story = story
        self.database = database
        self.files = files
        let ids = database.world.ids
        func named(_ keys: [String]) -> [String: ID] {
            Dictionary(keys.map { ($0, ids.next()) }, uniquingKeysWith: { first, _ in first })
        }
        let all = try story.allBodies()
        let units = named(story.territory.territory.map(\.key) + story.areas.map(\.key))
        let bodies = named(all.map(\.key))
        let places = Dictionary(all.map { ($0.key, $0.territory) }, uniquingKeysWith: { first, _ in first })
        let people = named(story.cast.map(\.key))
        var actors: [String: Actor] = [:]
        for person in story.cast {
            guard let id = people[person.key] else { continue }
            let grants = person.roles.compactMap { office -> Grant? in
                guard let organisation = bodies[office.organisation],
                    let territory = units[office.territory ?? places[office.organisation] ?? ""]
                else { return nil }
                return Grant(
                    id: ids.next(), version: 1, role: office.role.role, organisation: organisation,
                    territory: territory,
                    term: Period(from: office.from, until: office.until) ?? Period(from: office.from))
            }
            actors[person.key] = Actor(person: id, name: person.name, grants: grants)
        }
        publications = Publications()
        self.units = units
        self.bodies = bodies
        bodyPlaces = places
        self.people = people
        self.actors = actors
    }

    /// The same people, units and bodies in another year, with its own criteria and dossiers.
    init(_ other: DemonstrationScene, telling story: DemonstrationFiles) {
        self.story = story
        publications = other.publications
        database = other.database
        files = other.files
        units = other.units
        bodies = other.bodies
        people = other.people
        bodyPlaces = other.bodyPlaces
        actors = other.actors
    }

    func unit(_ key: String) throws -> ID { try known(units, key) }
    func body(_ key: String) throws -> ID { try known(bodies, key) }
    func person(_ key: String) throws -> ID { try known(people, key) }
    func dossier(_ area: String) throws -> ID { try known(dossiers, area) }
    func place(ofBody key: String) throws -> ID { try unit(bodyPlaces[key] ?? key) }
    /// The person as the gate knows them, with the offices the cast gives them.
    func actor(_ key: String) throws -> Actor { try known(actors, key) }

    func register(_ dossier: ID, of area: String) { dossiers[area] = dossier }
    func publish(_ set: ID) {
        criteriaSet = set
        publications.byYear[story.year.year] = (set, story)
    }

    /// The version of another year's criteria, with its story.
    func publication(of year: Int) throws -> (set: ID, story: DemonstrationFiles) {
        guard let found = publications.byYear[year] else { throw UnknownKey(key: "criteria of \(year)") }
        return found
    }

    /// What was published so far, of all years.
    private final class Publications {
        var byYear: [Int: (set: ID, story: DemonstrationFiles)] = [:]
    }

    func draft(_ decision: ID, as key: String) { drafts[key] = decision }
    func handOut(_ codes: [Ballots.Code], of ballot: ID) { handedOut[ballot] = codes }
    func codes(of ballot: ID) -> [Ballots.Code] { handedOut[ballot] ?? [] }

    private func known<Value>(_ table: [String: Value], _ key: String) throws -> Value {
        guard let value = table[key] else { throw UnknownKey(key: key) }
        return value
    }

    /// Who of the cast holds one of these roles over a unit, the first role first; nil when nobody of it does.
    func holder(of roles: [Role], over unit: String) throws -> Actor? {
        let id = try self.unit(unit)
        for role in roles {
            for person in story.cast {
                let actor = try actor(person.key)
                if actor.grants.contains(where: { $0.role == role && $0.territory == id }) { return actor }
            }
        }
        return nil
    }

    /// How long a form was open, so that the meter of what work costs has something to show: invented like all of it, in
    /// the size that the story of journey 3 comes to for the same pages (its test reads them and types).
    private static func seconds(of act: String) -> Int {
        switch act {
        case "value.save": 95
        case "evidence.add": 65
        case "review.hold", "review.work": 160
        case "dossier.handIn", "dossier.post", "dossier.submit": 110
        case "ballot.count", "office.object", "plan.tick": 90
        case "comment.answer": 50
        default: 120
        }
    }

    /// Does something to a subject: as a person of the cast, under a permit asked for in the ordinary way, or in the
    /// name of a body of which the story names nobody.
    @discardableResult
    func act<Subject: Governed>(
        _ hand: DemonstrationHand, _ capability: Capability, as act: String,
        on subject: @escaping @Sendable (any Reader) throws -> Subject,
        _ effect: @escaping @Sendable (Subject, Recognition.Deed, Transaction) throws -> Receipt
    ) async throws -> Receipt {
        let subject = try await database.read(subject)
        guard let actor = hand.actor else {
            let organisation = hand.organisation
            return try await database.unattended(.seed) { tx in
                try effect(subject, Recognition.Deed(person: nil, organisation: organisation, at: tx.now), tx)
            }.receipt
        }
        let permit = try Authority(today: database.world.clock.today()).permit(actor, to: capability, subject)
        let id = database.world.ids.next()
        let operation = Operation(id: id, fingerprint: id.bytes, seconds: Self.seconds(of: act))
        return try await database.write(permit, operation, as: act) { tx in
            try effect(subject, Recognition.Deed(permit, tx), tx)
        }.receipt
    }
}

/// Whose hand does it: a person of the cast, a body, or the product itself.
struct DemonstrationHand: Sendable {
    let actor: Actor?
    let organisation: ID?

    static let nobody = DemonstrationHand(actor: nil, organisation: nil)
}

/// A key that the check of the files should have met.
struct UnknownKey: Error {
    let key: String
}
