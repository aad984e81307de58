import Core
import Database
import People
import TestKit
import Testing

@testable import Recognition

/// Whoever stands in for somebody has the same hands: what one of the two did bars both.
@Suite("Recognition: standing in", .databases) struct RecognitionStandInTests {
    @Test(arguments: TestEngine.all)
    func whatEitherDidBarsBothAndBothNamesAreShown(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database)
        let dossier = try await site.database.unattended(
            .seed,
            giving: { tx in
                // The women's chair stands in for the Front's chair for a week.
                try PeopleStore.addRole(
                    tx.ids.next(), person: Member.touprongNaiThuy.id, role: .communeFrontChair,
                    organisation: Body.frontOfDonDuong.id, territory: Place.donDuong.id, from: tx.now.day,
                    until: tx.now.day.adding(days: 7), standsFor: Member.kaHuong.role, tx)
                let dossier = try Scene.register(set, tx)
                try RecognitionStore.note(
                    .accept, on: dossier, from: .submitted, to: .accepted, round: 1,
                    Recognition.Deed(
                        person: Member.touprongNaiThuy.id, organisation: Body.frontOfDonDuong.id, at: tx.now,
                        giver: Member.kaHuong.id), reason: nil, tx)
                return dossier
            })
        try await site.database.read { reader in
            let deputy = try RecognitionStore.hands(of: Member.touprongNaiThuy.id, on: dossier, reader)
            let giver = try RecognitionStore.hands(of: Member.kaHuong.id, on: dossier, reader)
            let officer = try RecognitionStore.hands(of: Member.nguyenThiMaiLoan.id, on: dossier, reader)
            #expect(deputy == Recognition.Hands([.checked]))
            #expect(giver == deputy, "done in her name")
            #expect(officer == .none)
            // And the other way round: what the giver did bars who stands in.
            let filled = try RecognitionStore.hands(of: Member.yaThuong.id, on: dossier, reader)
            #expect(filled == .none)
            let story = try RecognitionStore.events(of: dossier, reader)
            let accepted = try #require(story.first { $0.action == "accept" })
            #expect(accepted.actor == "Touprong Nai Thủy")
            #expect(accepted.giver == "Ka Hương")
        }
        let kaHuong = try await site.signIn(.kaHuong)
        let page = try await kaHuong.open("/dossiers/\(dossier)").expectStatus(200)
        #expect(page.says("Touprong Nai Thủy, thay Ka Hương"))
    }
}
