import Core
import Database
import Organisation
import TestKit
import Testing

@testable import Home

/// Who takes an office of an area over begins with how many people its organisations count.
@Suite("Handover, strengths", .databases) struct HomeHandoverStrengthTests {
    @Test(arguments: TestEngine.all) func theyArePrintedAsTheyWereThatDay(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-11-10"))))
        _ = try await HomeScene.begin(site.database)
        func put(_ members: Int) async throws {
            try await site.database.unattended(.seed) { tx in
                try OrganisationStore.putStrengths(
                    AreaStrengths(
                        year: 2026, bodies: [AreaStrength(.partyCell, 21), AreaStrength(.farmers, members)]),
                    of: Place.thongXanh.id, tx)
                return Receipt()
            }
        }
        let giver = try await site.signIn(.yaThuong)
        #expect(try await !giver.open("/handovers/new").says("Chi hội Nông dân"), "nothing told, nothing said")
        try await put(96)
        let page = try await giver.open("/handovers/new").expectStatus(200)
        #expect(page.says("Năm 2026: Chi bộ 21, Chi hội Nông dân 96"))
        let drawn = try await giver.send(
            page.form("/handovers").filled(["day": "10/11/2026", "person": "\(Member.luongThiNgocBich.id)"])
        ).expectStatus(200)
        #expect(drawn.says("Chi hội Nông dân 96"))
        try await put(97)
        let paper = try await giver.open("\(drawn.path)/paper").expectStatus(200)
        #expect(paper.says("Số người của các tổ chức") && paper.says("Chi bộ 21, Chi hội Nông dân 96"))
        #expect(try await giver.json(drawn.path).body.contains(#""members":96"#))
    }

    /// A handover kept by a program that did not know strengths is read as before.
    @Test func anOlderPaperHasNone() {
        let work = HomeHandoverWork(
            duties: [], dossiers: [], titles: [], comments: 3, ends: HomeHandoverWork.none.ends)
        #expect(!work.text.contains("strengths"))
        #expect(HomeHandoverWork.read(work.text).comments == 3 && HomeHandoverWork.read(work.text).strengths == nil)
    }
}
