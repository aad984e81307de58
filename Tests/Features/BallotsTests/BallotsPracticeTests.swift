import Core
import Database
import TestKit
import Testing

@Suite("Opening a ballot for practice", .databases) struct BallotsPracticeTests {
    /// What is wrong with the area and with the last day is told at once.
    @Test(arguments: TestEngine.all) func everythingWrongIsToldAtOnce(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE area SET households = NULL WHERE territory_id = \(Place.thongXanh.id)")
            return Receipt()
        }
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        let form = try await loan.open("/ballots/new").form("/ballots")
        for last in ["09/11/2026", "31/12/2027", "31/2/2027", ""] {
            let shown = try await loan.send(form.forged(["area": "\(Place.thongXanh.id)", "last": last]))
                .expectStatus(422)
            #expect(shown.error(beside: "area")?.contains("số hộ") == true, "\(last)")
            #expect(shown.error(beside: "last") != nil, "\(last)")
        }
        let nowhere = try await loan.send(form.forged(["area": "\(ID(high: 1, low: 1))", "last": "12/11/2026"]))
        #expect(nowhere.status == 404)
    }
}
