import Core
import Database
import Organisation
import Recognition

/// The draft decisions of the year: those that passed, and in the annex those that did not, with the reason.
enum DemonstrationDraft {
    static func write(_ draft: DemonstrationYear.Draft, _ scene: DemonstrationScene) async throws {
        let story = scene.story
        let order = story.areas.map(\.key)
        let listed = try story.year.dossiers
            .filter { $0.title == draft.title && [.passed, .notPassed].contains($0.state) }
            .sorted { (order.firstIndex(of: $0.area) ?? 0) < (order.firstIndex(of: $1.area) ?? 0) }
            .map { (dossier: try scene.dossier($0.area), isPassed: $0.state == .passed, reason: $0.reason) }
        let organisation = try scene.body(draft.decidedBy)
        let unit = try scene.place(ofBody: draft.decidedBy)
        let drafter = try story.cast.first { person in
            person.roles.contains {
                $0.organisation == draft.decidedBy && $0.role.role.capabilities.contains(.draftDecision)
            }
        }.map { try scene.actor($0.key) }
        let year = story.year.year
        let receipt = try await scene.act(
            DemonstrationHand(actor: drafter, organisation: organisation), .draftDecision, as: "decision.draft",
            on: { try OrganisationStore.publicTerritory(unit, $0) }
        ) { territory, deed, tx in
            let items = try listed.map { listed in
                Recognition.DecisionItem(
                    dossier: try RecognitionStore.dossier(listed.dossier, unattended: tx),
                    outcome: listed.isPassed ? .recognised : .refused, reason: listed.isPassed ? nil : listed.reason)
            }
            return Receipt(
                id: try RecognitionStore.draft(
                    Recognition.NewDecision(
                        territory: unit, organisation: organisation, title: draft.title,
                        level: territory.kind.decidingLevel, year: year, items: items),
                    deed, tx))
        }
        if let id = receipt.id { scene.draft(id, as: draft.key) }
    }
}
