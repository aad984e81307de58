import Core
import Criteria
import Database
import Recognition

/// The titles granted on paper, and the criteria set published for the story's year.
enum DemonstrationTitles {
    static func happenings(_ story: DemonstrationFiles) throws -> [DemonstrationHappening] {
        var happenings = try story.year.held.map { held in
            try DemonstrationHappening(held.day, "15:30", "dossiers.yaml", "held \(held.number)") {
                try await grant(held, $0)
            }
        }
        happenings.append(try publication(story))
        return happenings
    }

    static func publication(_ story: DemonstrationFiles) throws -> DemonstrationHappening {
        try DemonstrationHappening(story.published, "10:05", "criteria.yaml", "the set of \(story.year.year)") {
            try await publish($0)
        }
    }

    private static func grant(_ held: DemonstrationYear.Held, _ scene: DemonstrationScene) async throws {
        let set = scene.story.set
        guard let title = set.title(held.title), let level = Criteria.Level(rawValue: held.level) else {
            throw DemonstrationFault(file: "dossiers.yaml", key: held.number, problem: "unknown title or level")
        }
        let organisation = try scene.body(held.decidedBy)
        let earlier = Recognition.EarlierDecision(
            territory: try scene.place(ofBody: held.decidedBy), organisation: organisation, title: held.title,
            titleName: title.name.vi, level: level, year: held.year, number: held.number, day: held.day,
            termYears: set.term?.years, areas: try held.areas.map(scene.unit))
        try await scene.database.unattended(.seed) { tx in
            let deed = Recognition.Deed(person: nil, organisation: organisation, at: tx.now)
            return Receipt(id: try RecognitionStore.record(earlier: earlier, deed, tx))
        }
    }

    private static func publish(_ scene: DemonstrationScene) async throws {
        let story = scene.story
        // Those who decide in the story's year publish what they decide by.
        let body = story.year.drafts.first?.decidedBy ?? ""
        let territory = try scene.place(ofBody: body)
        let publisher = try story.cast.first { person in
            person.roles.contains { $0.organisation == body && $0.role.role.capabilities.contains(.publishCriteria) }
        }.map { try scene.person($0.key) }
        let receipt = try await scene.database.unattended(.seed) { tx in
            Receipt(id: try CriteriaStore.addPublished(story.criteria, for: territory, by: publisher, tx))
        }.receipt
        if let id = receipt.id { scene.publish(id) }
    }
}
