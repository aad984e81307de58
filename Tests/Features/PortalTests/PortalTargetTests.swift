import Core
import Database
import Goals
import TestKit
import Testing

@testable import Portal

/// The targets of the year on the portal's first page.
@Suite("Portal: targets of the year", .databases) struct PortalTargetTests {
    @Test(arguments: TestEngine.all) func theFirstPageTellsThemWithWhatCameOfThem(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let visitor = site.visitor()
        #expect(try await !visitor.open("/portal").expectStatus(200).says("Chỉ tiêu năm 2026"))
        let span = try #require(Goals.Span(code: "2026"))
        try await site.database.unattended(.seed) { tx in
            try GoalsStore.set(
                Goals.NewTarget(
                    territory: Place.lamDong.id, title: "model", span: span, value: 46,
                    document: Goals.Document(number: "15-NQ/TU", day: Day(iso: "2026-01-12") ?? .first, body: "Tỉnh ủy")
                ),
                Goals.Deed(person: nil, organisation: nil, at: tx.now), tx)
            return Receipt()
        }
        let page = try await visitor.open("/portal").expectStatus(200)
        #expect(page.says("Chỉ tiêu năm 2026 của tỉnh Lâm Đồng") && page.says("46"), "\(page.text)")
        // The number is told, not the paper: a committee's resolution may not be for everybody.
        #expect(!page.says("15-NQ/TU") && !page.says("Tỉnh ủy"))
        let json = try await visitor.json("/portal").expectStatus(200).jsonObject
        let targets = try #require(json["targets"] as? [[String: Any]])
        #expect(targets.count == 1 && targets[0]["target"] as? Int == 46 && targets[0]["met"] as? Int == 0)
    }
}
