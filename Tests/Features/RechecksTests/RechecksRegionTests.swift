import Core
import Criteria
import Database
import Recognition
import TestKit
import Testing

@testable import Rechecks

/// Thresholds that differ by region hold in a re-check too.
@Suite("Re-checks: thresholds by region", .databases) struct RechecksRegionTests {
    /// Lit roads: 90 % for a model area, 80 % in the highlands.
    private static let criteria = Scene.criteria
        .replacing(
            "maximum: 100\ntitles:",
            with: "maximum: 100\nregions:\n  - highlands: Tây Nguyên\n  - southCentral: Duyên hải Nam Trung Bộ\ntitles:"
        )
        .replacing(
            "thresholds: {outstanding: 70, model: 90}",
            with:
                "thresholds: [{title: outstanding, value: 70}, {title: model, value: 90}, {title: model, region: highlands, value: 80}, {title: outstanding, region: highlands, value: 60}]"
        )

    private func recheck(_ site: TestSite, _ place: Place, _ reader: any Reader) throws -> Rechecks.Recheck {
        let sight = Sight(person: Member.kaHuong.id, roots: [Place.donDuong.id])
        return try RechecksStore.recheck(
            reader.one("SELECT id FROM recheck WHERE territory_id = \(place.id) ORDER BY id").id("id"),
            seenBy: sight, on: site.clock.now.day, reader)
    }

    @Test(
        arguments: TestEngine.all,
        [
            (region: String?.none, lit: Int64(85), lacking: true, listed: true), ("highlands", 85, false, false),
            ("highlands", 79, true, true), ("southCentral", 85, true, true), ("southCentral", 90, false, false),
        ])
    func aRegionsThresholdHolds(
        on engine: TestEngine, _ one: (region: String?, lit: Int64, lacking: Bool, listed: Bool)
    ) async throws {
        #expect(Self.criteria.contains("region: highlands, value: 80") && Self.criteria.contains("Duyên hải"))
        let site = try await TestSite(engine)
        try await Scene.begin(site.database, criteria: Self.criteria, region: one.region)
        site.clock.move(to: Day(iso: "2027-11-02") ?? .first)
        try await site.database.unattended(.seed) { tx in
            let office = Body.frontOfDonDuong.id
            let held: RechecksHeld = { areas, _, _, _ in
                Dictionary(
                    uniqueKeysWithValues: areas.map {
                        ($0, ["III.3": Rechecks.Given(value: Scene.percent(one.lit), office: office, paper: nil)])
                    })
            }
            let candidates = try RechecksStore.candidates(
                under: Place.donDuong.id, year: 2027, on: tx.now.day, held: held, tx)
            let model = try #require(candidates.first { $0.area == Place.thongXanh.id && $0.region == one.region })
            // What an office says is under the threshold is looked at, by the region's threshold.
            #expect(model.listed.contains { $0.code == "III.3" } == one.listed, "\(one)")
            _ = try RechecksStore.open(
                candidates, territory: Place.donDuong.id, year: 2027, dueOn: tx.now.day, held: held,
                Scene.deed(.kaHuong, tx), tx)
            return Receipt()
        }
        try await site.database.read { reader in
            let recheck = try recheck(site, .thongXanh, reader)
            #expect(recheck.region == one.region && recheck.aim.region == one.region)
            let set = try RechecksStore.criteria(of: recheck, reader)
            let finding = Rechecks.Finding(
                set, for: recheck.aim, listed: ["III.3"], granted: [:],
                [Rechecks.Found("III.3", turn: 1, Scene.percent(one.lit))])
            #expect((finding.lacking == ["III.3"]) == one.lacking, "\(one)")
            // A title of an older register has no dossier: its area's own region holds.
            #expect(try self.recheck(site, .suoiThong, reader).aim.region == one.region)
        }
    }
}
