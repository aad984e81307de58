import App
import Core
import Database
import Home
import People
import TestKit
import Testing

/// The demonstration's handover is one as the product makes them: with what was open, carried out by the commune.
@Suite("Demonstration, handover", .databases) struct DemonstrationHandoverTests {
    @Test(arguments: TestEngine.all) func saysWhatWasOpenAndWhoCarriedItOut(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .demonstration)
        try await test.database.read { reader in
            let row = try reader.one("SELECT h.id FROM handover h WHERE h.completed_at IS NOT NULL")
            let handover = try HandoverStore.handover(row.id("id"), unattended: reader)
            #expect(handover.completedBy?.id != handover.office.holder.id)
            #expect(handover.completedBy?.id != handover.receiver?.id)
            #expect(handover.drawnAt < handover.completedAt ?? .first, "signed before it is carried out")
            #expect(handover.openWork.contains("\"dossiers\":[{"), "the area had registered")
        }
    }
}
