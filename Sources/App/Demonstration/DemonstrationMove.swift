import Core
import Criteria
import Database
import Organisation
import Recognition

/// A dossier begun on an older version of the criteria and moved to the year's own: what had been entered is kept, asked
/// again or opened, as the two versions differ.
enum DemonstrationMove {
    static func happenings(
        _ dossier: DemonstrationDossier, _ hands: DemonstrationHands, _ story: DemonstrationFiles
    ) throws -> [DemonstrationHappening] {
        guard let moved = dossier.moved else { return [] }
        let file = DemonstrationRound.file
        return [
            try DemonstrationHappening(moved.filled, Evening.clock(dossier.area, 20), file, dossier.area) {
                try await fill(moved, of: dossier, by: hands.area, $0)
            },
            try DemonstrationHappening(moved.day, "10:40", file, dossier.area) {
                try await move(moved, dossier, $0)
            },
        ]
    }

    private static func fill(
        _ moved: DemonstrationDossier.Moved, of dossier: DemonstrationDossier, by hand: DemonstrationHand,
        _ scene: DemonstrationScene
    ) async throws {
        let id = try scene.dossier(dossier.area)
        let older = try scene.publication(of: moved.fromVersionOf).story
        let values = try moved.values.sorted { $0.key < $1.key }.map {
            Recognition.NewValue(
                code: $0.key, value: try older.value($0.value, of: $0.key, in: dossier), note: nil)
        }
        for value in values {
            try await scene.act(
                hand, .fillAssessment, as: "value.save", on: { try RecognitionStore.dossier(id, unattended: $0) }
            ) { _, deed, tx in
                _ = try RecognitionStore.save(value, dossier: id, over: 0, deed, tx)
                return Receipt(id: id)
            }
        }
    }

    private static func move(
        _ moved: DemonstrationDossier.Moved, _ dossier: DemonstrationDossier, _ scene: DemonstrationScene
    ) async throws {
        let id = try scene.dossier(dossier.area)
        guard let set = scene.criteriaSet else { throw UnknownKey(key: "criteria of \(scene.story.year.year)") }
        let criteria = scene.story.set
        let target = Recognition.MoveTarget.criteria(id: set, code: criteria.code, version: criteria.version)
        let hand = DemonstrationHand(actor: try scene.actor(moved.by), organisation: nil)
        try await scene.act(
            hand, .moveDossiers, as: "dossier.move", on: { try RecognitionStore.dossier(id, unattended: $0) }
        ) { now, deed, tx in
            let seen = try RecognitionStore.candidates(for: target, under: now.area.id, dossier: id, tx)
            _ = try RecognitionStore.move(
                to: target, under: now.area.id, dossier: id, until: .reviewing, seen: RecognitionStore.seal(seen),
                reason: moved.reason, deed, tx)
            return Receipt(id: id)
        }
    }
}
