import Core
import Criteria
import Database
import Documents
import Home
import Organisation
import People
import Practices
import Recognition

/// practices.yaml: what areas tell, who followed, models the commune looked at, one handover.
struct DemonstrationPracticeYear: Decodable, Sendable {
    struct Look: Decodable, Sendable {
        let day: Day
        let alive: Bool
        let words: String?
    }

    struct Follower: Decodable, Sendable {
        let area: String
        let since: Day
        let day: Day
        let changed: String
        let result: String?
        let different: String?
    }

    struct Told: Decodable, Sendable {
        let key: String
        let area: String
        let indicator: String
        let day: Day
        let confirmed: Day?
        let `public`: Bool?
        let name: String
        let story: String
        let sources: String?
        let cost: Int?
        let labour: Int?
        let weeks: Int?
        let pictures: [String]?
        let looks: [Look]?
        let followers: [Follower]?
    }

    struct Model: Decodable, Sendable {
        let key: String
        let area: String
        /// One that profile.yaml has.
        let exists: String?
        let name: String?
        let kind: AreaModelKind?
        let since: Int?
        let size: String?
        let unit: String?
        let day: Day?
        let looks: [Look]
    }

    struct Handed: Decodable, Sendable {
        let area: String
        let giver: String
        let receiver: String
        let role: Role
        let organisation: String
        let from: Day
        let drawn: Day
        let day: Day
        let papers: String?
        let money: String?
        let keys: String?
        let remarks: String?
    }

    let practices: [Told]
    let models: [Model]
    let handovers: [Handed]
}

/// The happenings of practices.yaml.
enum DemonstrationPractices {
    static let file = "practices.yaml"

    /// Ids by key, filled as the story goes on.
    private final class Known {
        var ids: [String: ID] = [:]

        func id(_ key: String) throws -> ID {
            guard let id = ids[key] else { throw UnknownKey(key: key) }
            return id
        }
    }

    static func happenings(_ story: DemonstrationFiles) throws -> [DemonstrationHappening] {
        let known = Known()
        let communes = Dictionary(story.areas.map { ($0.key, $0.commune) }, uniquingKeysWith: { first, _ in first })
        return try story.practices.practices.flatMap { try told($0, known, communes) }
            + story.practices.models.flatMap { try models($0, known, communes) }
            + story.practices.handovers.flatMap { try DemonstrationHandover.happenings($0, story) }
    }

    private static func told(
        _ told: DemonstrationPracticeYear.Told, _ known: Known, _ communes: [String: String]
    ) throws -> [DemonstrationHappening] {
        let key = told.key
        var all = [
            try DemonstrationHappening(told.day, Evening.clock(key, 10), file, key) { scene in
                known.ids[key] = try await share(told, scene)
            }
        ]
        for (index, name) in (told.pictures ?? []).enumerated() {
            all.append(
                try DemonstrationHappening(told.day, Evening.clock(key, 20 + index), file, key) { scene in
                    try await picture(name, of: known.id(key), told, isOut: told.confirmed != nil, scene)
                })
        }
        if let day = told.confirmed {
            all.append(
                try DemonstrationHappening(day, Morning.clock(key, 5), file, key) { scene in
                    let (id, isPublic) = (try known.id(key), told.public ?? false)
                    try await byCommune(of: told.area, communes, scene, id) { practice, hand, tx in
                        try PracticesStore.confirm(practice, isPublic: isPublic, hand, tx)
                    }
                })
        }
        for look in told.looks ?? [] {
            all.append(
                try DemonstrationHappening(look.day, Morning.clock(key, 40), file, key) { scene in
                    let id = try known.id(key)
                    try await byCommune(of: told.area, communes, scene, id) { practice, hand, tx in
                        try PracticesStore.look(
                            at: practice.id, on: look.day, isAlive: look.alive, words: look.words, hand, tx)
                    }
                })
        }
        for follower in told.followers ?? [] {
            all.append(
                try DemonstrationHappening(follower.day, Evening.clock(follower.area, 15), file, key) { scene in
                    try await follow(follower, known.id(key), scene)
                })
        }
        return all
    }

    private static func hand(_ area: String, _ scene: DemonstrationScene) throws -> DemonstrationHand {
        DemonstrationHand(
            actor: try scene.holder(of: [.frontWorkCommitteeHead], over: area),
            organisation: try scene.body("ctmt-\(area)"))
    }

    private static func share(
        _ told: DemonstrationPracticeYear.Told, _ scene: DemonstrationScene
    ) async throws -> ID {
        let area = try scene.unit(told.area)
        let set = scene.story.set
        guard set.indicator(told.indicator) != nil else { throw UnknownKey(key: told.indicator) }
        let text = PracticeText(
            name: told.name, story: told.story, sources: told.sources,
            cost: told.cost.map { Money(dong: Int64($0)) }, labourDays: told.labour, weeks: told.weeks)
        if let refusal = text.refusal { throw refusal }
        let receipt = try await scene.act(
            hand(told.area, scene), .sharePractice, as: "practice.share",
            on: { try OrganisationStore.publicArea(area, $0) }
        ) { _, deed, tx in
            Receipt(
                id: try PracticesStore.add(
                    text, at: area, set: set.code, code: told.indicator, PracticeHand(deed), tx))
        }
        guard let id = receipt.id else { throw UnknownKey(key: told.key) }
        return id
    }

    private static func picture(
        _ name: String, of practice: ID, _ told: DemonstrationPracticeYear.Told, isOut: Bool,
        _ scene: DemonstrationScene
    ) async throws {
        var canvas = PictureCanvas(width: 960, height: 640)
        canvas.practice(name)
        let made = try Picture.normalise(canvas.png)
        let picture = PracticeNewPicture(
            address: try scene.files.put(made.bytes), thumbnail: try scene.files.put(made.thumbnail),
            width: made.width, height: made.height)
        let today = scene.database.world.clock.today()
        try await scene.act(
            hand(told.area, scene), .sharePractice, as: "practice.picture",
            on: { try PracticesStore.practice(practice, unattended: $0, today: today) }
        ) { _, deed, tx in
            let hand = try PracticeHand(deed)
            let id = try PracticesStore.add(picture, caption: "Minh họa: \(told.name)", to: practice, hand, tx)
            if isOut {
                try PracticesStore.release(
                    picture: id, of: practice, children: PictureCare.none, plates: PictureCare.none, hand, tx)
            }
            return Receipt(id: id)
        }
    }

    private static func byCommune(
        of area: String, _ communes: [String: String], _ scene: DemonstrationScene, _ practice: ID,
        _ effect: @escaping @Sendable (Practice, PracticeHand, Transaction) throws -> Void
    ) async throws {
        let commune = communes[area] ?? ""
        let today = scene.database.world.clock.today()
        let hand = DemonstrationHand(
            actor: try scene.holder(of: [.communeFrontChair], over: commune),
            organisation: try scene.body("mttq-\(commune)"))
        try await scene.act(
            hand, .confirmPractice, as: "practice.confirm",
            on: { try PracticesStore.practice(practice, unattended: $0, today: today) }
        ) { subject, deed, tx in
            try effect(subject, PracticeHand(deed), tx)
            return Receipt(id: subject.id)
        }
    }

    private static func follow(
        _ follower: DemonstrationPracticeYear.Follower, _ practice: ID, _ scene: DemonstrationScene
    ) async throws {
        let area = try scene.unit(follower.area)
        let new = PracticeNewFollowing(
            territory: area, since: follower.since, changed: follower.changed, result: follower.result,
            different: follower.different)
        try await scene.act(
            hand(follower.area, scene), .sharePractice, as: "practice.follow",
            on: { try OrganisationStore.publicArea(area, $0) }
        ) { _, deed, tx in
            try PracticesStore.follow(practice, new, PracticeHand(deed), tx)
            return Receipt(id: practice)
        }
    }

    private static func models(
        _ model: DemonstrationPracticeYear.Model, _ known: Known, _ communes: [String: String]
    ) throws -> [DemonstrationHappening] {
        let key = model.key
        var all: [DemonstrationHappening] = []
        if let day = model.day, let name = model.name {
            all.append(
                try DemonstrationHappening(day, Evening.clock(key, 3), file, key) { scene in
                    let area = try scene.unit(model.area)
                    let entry = AreaModel(
                        id: scene.database.world.ids.next(), name: name, kind: model.kind ?? .other, since: model.since,
                        size: model.size.flatMap(Quantity.parse), unit: model.unit, lookedOn: nil, isAlive: nil)
                    if let refusal = entry.refusal(on: day) { throw refusal }
                    try await scene.act(
                        hand(model.area, scene), .editAreaProfile, as: "profile.model",
                        on: { try OrganisationStore.publicArea(area, $0) }
                    ) { found, _, tx in
                        try tx.move("territory", area, from: found.revision)
                        try OrganisationStore.putModel(entry, of: area, tx)
                        return Receipt(id: entry.id)
                    }
                })
        }
        for look in model.looks {
            all.append(
                try DemonstrationHappening(look.day, Morning.clock(key, 50), file, key) { scene in
                    try await self.look(look, model, communes[model.area] ?? "", scene)
                })
        }
        return all
    }

    private static func look(
        _ look: DemonstrationPracticeYear.Look, _ model: DemonstrationPracticeYear.Model, _ commune: String,
        _ scene: DemonstrationScene
    ) async throws {
        let area = try scene.unit(model.area)
        let name = model.exists ?? model.name ?? ""
        // Of communes whose officers the story does not name, the body looks; somebody's name must stand in the record.
        guard
            let actor = try scene.holder(of: [.communeFrontChair], over: commune)
                ?? scene.holder(of: [.communeFrontChair], over: "don-duong")
        else { return }
        let (person, organisation) = (actor.person, try scene.body("mttq-\(commune)"))
        try await scene.act(
            DemonstrationHand(
                actor: try scene.holder(of: [.communeFrontChair], over: commune), organisation: organisation),
            .confirmPractice, as: "model.look", on: { try OrganisationStore.publicArea(area, $0) }
        ) { _, _, tx in
            guard let found = try OrganisationStore.models(of: area, tx).first(where: { $0.name == name }) else {
                throw NotFound()
            }
            try OrganisationStore.addLook(
                at: found.id, on: look.day, isAlive: look.alive, words: look.words, by: person,
                organisation: organisation, tx)
            return Receipt(id: found.id)
        }
    }
}

extension PracticeHand {
    /// As a story's deed; every act of practices is done in the name of a body.
    fileprivate init(_ deed: Recognition.Deed) throws {
        guard let organisation = deed.organisation else { throw NotFound() }
        self.init(person: deed.person, organisation: organisation)
    }
}
