import Core
import Criteria
import Database
import Organisation
import Recognition
import TestKit
import Testing

@testable import Surveys

/// A survey is held against what its registration would be held against: the area's region, and whoever is to decide.
@Suite("Surveys: as the registration will be", .databases) struct SurveysRegionTests {
    private static let criteria = SurveysStoryTests.criteria(lit: 80)
        .replacing(
            "maximum: 100\ntitles:",
            with: "maximum: 100\nregions:\n  - highlands: Tây Nguyên\n  - southCentral: Duyên hải Nam Trung Bộ\ntitles:"
        )
        .replacing(
            "thresholds: {outstanding: 80}",
            with: "thresholds: [{title: outstanding, value: 80}, {title: outstanding, region: highlands, value: 70}]"
        )
        .replacing(
            "thresholds: {outstanding: 60}",
            with: "thresholds: [{title: outstanding, value: 60}, {title: outstanding, level: commune, value: 40}]"
        )
        .replacing(
            "deciders: [{province: Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh}]",
            with:
                "deciders: [{province: Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh}, {commune: Ủy ban MTTQ Việt Nam xã}]")

    private func site(_ engine: TestEngine, in region: String?) async throws -> TestSite {
        let site = try await TestSite(engine, clock: TestClock(Day(iso: "2026-03-02") ?? .first))
        try await site.database.unattended(.seed) { tx in
            let set = try CriteriaStore.addPublished(Self.criteria, for: Place.lamDong.id, tx)
            try tx.execute("UPDATE area SET region = \(region) WHERE territory_id = \(Place.thongXanh.id)")
            return Receipt(id: set)
        }
        return site
    }

    private var area: String { "/areas/\(Place.thongXanh.id)/survey" }

    /// Three quarters of the roads lit and half of them drained: enough in the highlands, not on the coast.
    private func findings(_ head: Browser, title: String) async throws -> Shown {
        let page = try await head.open(area).expectStatus(200)
        let values = try await head.send(page.form().filled(["title": title, "year": "2026"])).expectStatus(200)
        return try await head.send(
            values.form("/values").filled([
                "value.III.1": "95", "value.III.2": "50", "value.III.3": "75", "value.III.4": "yes",
            ])
        ).expectStatus(200)
    }

    @Test(
        arguments: TestEngine.all,
        [("Tây Nguyên", "outstanding", ["III.2"]), ("southCentral", "outstanding", ["III.2", "III.3"])])
    func theRegionDecidesAsAtTheRegistration(
        on engine: TestEngine, _ one: (region: String, title: String, gaps: [String])
    ) async throws {
        let site = try await site(engine, in: one.region)
        let head = try await site.signIn(.yaThuong)
        let found = try await findings(head, title: one.title)
        for code in ["III.2", "III.3"] {
            #expect(found.body.contains("/gaps/\(code)\"") == one.gaps.contains(code), "\(code) \(one.region)")
        }
        let survey = try await site.database.read {
            try #require(try SurveysStore.surveys(of: Place.thongXanh.id, $0).first)
        }
        #expect(survey.region == (one.region == "southCentral" ? "southCentral" : "highlands"))
        #expect(survey.aim.region == survey.region && survey.level == .province)
        // The area lies elsewhere afterwards: what was surveyed stays as it was held.
        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE area SET region = NULL WHERE territory_id = \(Place.thongXanh.id)")
            return Receipt()
        }
        let again = try await site.database.read { try SurveysStore.surveys(of: Place.thongXanh.id, $0).first?.region }
        #expect(again == survey.region)
    }

    @Test(arguments: TestEngine.all) func whoeverIsToDecideIsChosenAsAtTheRegistration(on engine: TestEngine)
        async throws
    {
        let site = try await site(engine, in: "highlands")
        let head = try await site.signIn(.yaThuong)
        let found = try await findings(head, title: "outstanding@commune")
        #expect(!found.body.contains("/gaps/III."), "40 is enough where the commune decides")
        let survey = try await site.database.read { try SurveysStore.surveys(of: Place.thongXanh.id, $0).first }
        #expect(survey?.level == .commune)
    }

    @Test(arguments: TestEngine.all) func anAreaWithoutARegionIsToldWhereToSayIt(on engine: TestEngine) async throws {
        let site = try await site(engine, in: nil)
        let head = try await site.signIn(.yaThuong)
        let page = try await head.open(area).expectStatus(200)
        #expect(page.says("Khu dân cư tiêu biểu, cấp tỉnh") && page.says("Khu dân cư tiêu biểu, cấp xã"))
        let refused = try await head.send(page.form().filled(["title": "outstanding", "year": "2026"])).expectStatus(
            422)
        #expect(refused.error(beside: "title")?.contains("chưa ghi vùng kinh tế") == true)
        let none = try await head.send(page.form().forged(["title": "outstanding@district", "year": "2026"]))
        #expect(none.status == 422)
    }
}
