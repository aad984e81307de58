import Core
import Database
import Organisation
import Recognition

/// profile.yaml: what invented areas say of themselves.
struct DemonstrationProfiles: Decodable, Sendable {
    struct Profile: Decodable, Sendable {
        let area: String
        let day: Day
        let years: [Year]?
        let groups: [Group]?
        let conventions: [Convention]?
        let models: [Model]?
        let occasions: [Occasion]?
    }

    struct Year: Decodable, Sendable {
        let year: Int
        let households: Int
        let people: Int
    }

    struct Group: Decodable, Sendable {
        let name: String
        let kind: AreaGroupKind
        let households: Int
        let since: Day?
    }

    struct Convention: Decodable, Sendable {
        let kind: ConventionKind
        let adopted: Day
        let votes: Int
        let households: Int
        let body: String?
        let recognised: Day?
        let text: String
    }

    struct Model: Decodable, Sendable {
        let name: String
        let kind: AreaModelKind?
        let since: Int?
        let size: String?
        let unit: String?
        let looked: Day?
        let alive: Bool?
    }

    struct Occasion: Decodable, Sendable {
        let name: String
        let kind: OccasionKind
        let from: Day
        let until: Day
        let yearly: Bool?
        let note: String?
    }

    let profiles: [Profile]
}

/// The profiles, entered by the heads of the areas under their own permits and by the rules of the pages.
enum DemonstrationProfile {
    static let file = "profile.yaml"

    static func happenings(_ story: DemonstrationFiles) throws -> [DemonstrationHappening] {
        try story.profiles.map { profile in
            try DemonstrationHappening(profile.day, Evening.clock(profile.area, 5), file, profile.area) { scene in
                try await enter(profile, scene)
            }
        }
    }

    private static func enter(_ profile: DemonstrationProfiles.Profile, _ scene: DemonstrationScene) async throws {
        let id = try scene.unit(profile.area)
        let hand = DemonstrationHand(
            actor: try scene.holder(of: [.frontWorkCommitteeHead, .areaHead], over: profile.area),
            organisation: try scene.body("ctmt-\(profile.area)"))
        let areaClass = scene.story.areas.first { $0.key == profile.area }?.areaClass
        try await scene.act(
            hand, .editAreaProfile, as: "profile.enter", on: { try OrganisationStore.publicArea(id, $0) }
        ) { area, _, tx in
            let today = tx.now.day
            try tx.move("territory", id, from: area.revision)
            for year in profile.years ?? [] {
                let year = AreaYear(
                    year: year.year, households: year.households, people: year.people, areaClass: areaClass)
                if let refusal = year.refusal(on: today) { throw refusal }
                try OrganisationStore.putYear(year, of: id, tx)
            }
            for group in profile.groups ?? [] {
                let group = AreaGroup(
                    id: tx.ids.next(), name: group.name, kind: group.kind, households: group.households,
                    since: group.since, endedOn: nil)
                if let refusal = group.refusal(on: today, in: area.households) { throw refusal }
                try OrganisationStore.putGroup(group, of: id, tx)
            }
            try conventions(profile, id, today, tx)
            for model in profile.models ?? [] {
                let model = AreaModel(
                    id: tx.ids.next(), name: model.name, kind: model.kind ?? .other, since: model.since,
                    size: model.size.flatMap(Quantity.parse), unit: model.unit, lookedOn: model.looked,
                    isAlive: model.alive)
                if let refusal = model.refusal(on: today) { throw refusal }
                try OrganisationStore.putModel(model, of: id, tx)
            }
            for occasion in profile.occasions ?? [] {
                let occasion = Occasion(
                    id: tx.ids.next(), kind: occasion.kind, name: occasion.name, from: occasion.from,
                    until: occasion.until, isYearly: occasion.yearly ?? false, note: occasion.note)
                if let refusal = occasion.refusal() { throw refusal }
                try OrganisationStore.putOccasion(occasion, of: id, tx)
            }
            tx.note("profile", to: profile.area)
            return Receipt(id: id)
        }
    }

    private static func conventions(
        _ profile: DemonstrationProfiles.Profile, _ area: ID, _ today: Day, _ tx: Transaction
    ) throws {
        var before: Convention?
        for (index, told) in (profile.conventions ?? []).enumerated() {
            let next = Convention(
                id: tx.ids.next(), version: index + 1, kind: told.kind, text: told.text, adoptedOn: told.adopted,
                votesFor: told.votes, households: told.households, recognisedBy: told.body,
                recognisedOn: told.recognised)
            if let refusal = next.refusal(on: today, after: before) { throw refusal }
            try OrganisationStore.addConvention(next, of: area, tx)
            before = next
        }
    }
}
