import App
import Core
import Criteria
import Database
import Recognition
import TestKit
import Testing

@testable import Offices

/// A dossier that moves to a newer version of its criteria gets what offices hold for that version already.
@Suite("Offices: a dossier moves", .databases) struct OfficesMovedTests {
    private typealias S = OfficesScene

    /// One indicator more, and one that is counted of something else.
    private static let second = S.criteria
        .replacing("version: 1", with: "version: 2")
        .replacing("effectiveFrom: 2026-01-01", with: "effectiveFrom: 2026-02-01")
        .replacing("thresholds: {outstanding: 1}, points: 20", with: "thresholds: {outstanding: 1}, points: 10")
        .replacing("of: người", with: "of: hộ")
        .replacing(
            "      - {code: III.2",
            with: """
                      - {code: II.3, name: {vi: Bảo hiểm xã hội, en: Pensions}, kind: percentage, of: người, operator: ">=", thresholds: {outstanding: 40}, points: 10, verifier: Bảo hiểm, suppliedBy: {service: Bảo hiểm xã hội}, evidence: [{figures: Số liệu}], basis: giả định, answerable: Hội Phụ nữ}
                      - {code: III.2
                """)

    @Test(arguments: TestEngine.all) func whatTheGridHoldsOfANewIndicatorIsTakenIn(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(S.day("2026-08-17")))
        let first = try await S.begin(site.database)
        let (second, dossier, grid) = try await site.database.unattended(
            .seed,
            giving: { tx in
                let dossier = try S.register(first, tx)
                let second = try CriteriaStore.addPublished(Self.second, for: Place.lamDong.id, tx)
                let grid = try OfficesStore.assign(
                    [Offices.Assignment(organisation: S.insurance, codes: ["II.2", "II.3"])],
                    territory: Place.donDuong.id, set: second, year: 2026, due: S.day("2026-08-31"),
                    objectionsUntil: S.day("2026-09-10"), S.deed(tx), tx)[0]
                try S.put(S.percent(95_800), "II.2", in: grid, tx)
                try S.put(S.percent(44_000), "II.3", in: grid, tx)
                #expect(try S.own(dossier, "II.2", tx)?.value == S.percent(95_800))
                #expect(try S.own(dossier, "II.3", tx) == nil, "its own version does not ask for it")
                return (second, dossier, grid)
            })
        let kaHuong = try await site.signIn(.kaHuong)
        let preview = try await kaHuong.open("/criteria/\(second)/move").expectStatus(200)
        try await kaHuong.send(preview.form("/move").filled(["until": "reviewing", "reason": "Theo văn bản mới"]))
            .expectStatus(200)
        try await site.database.read { reader in
            let taken = try S.own(dossier, "II.3", reader)
            #expect(taken?.value == S.percent(44_000) && taken?.source == .office)
            // A share of people is no share of households: it is asked anew, of the office as well.
            #expect(try S.own(dossier, "II.2", reader) == nil)
            #expect(try OfficesStore.cells(of: OfficesStore.grid(grid, unattended: reader), reader).count == 2)
        }
        let yaThuong = try await site.signIn(.yaThuong)
        let page = try await yaThuong.open("/dossiers/\(dossier)/values/II.3").expectStatus(200)
        #expect(page.says("Bảo hiểm xã hội phụ trách xã Đơn Dương") && page.says("44"))
    }
}
