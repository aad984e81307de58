import App
import Core
import Database
import Recognition
import TestKit
import Testing

@testable import Offices

/// A figure that an office changes after an area's dossier went on: the dossier keeps its own, and everybody is told.
@Suite("Offices: what a dossier keeps", .databases) struct OfficesKeptTests {
    private typealias S = OfficesScene

    /// A dossier that went on with 95.8 % of insured, and one of another area that never took the figure.
    private func begin(_ tx: Transaction, _ set: ID) throws -> (grid: ID, dossier: ID) {
        let grids = try S.assign(set, tx)
        let dossier = try S.register(set, tx)
        try S.put(S.percent(95_800), "II.2", in: grids.insurance, tx)
        try S.put(.yes(true), "IV.2", in: grids.police, tx)
        try S.put(.notApplicable(reason: "Không có vụ việc"), "IV.1", in: grids.police, tx)
        let deed = Recognition.Deed(person: Member.yaThuong.id, organisation: nil, at: tx.now)
        for (code, value) in [("I.1", S.percent(1_100)), ("III.2", S.percent(66_000))] {
            _ = try RecognitionStore.save(
                .init(code: code, value: value, note: nil), dossier: dossier, over: 0, deed, tx)
        }
        try RecognitionStore.handIn(try RecognitionStore.dossier(dossier, unattended: tx), deed, tx)
        return (grids.insurance, dossier)
    }

    @Test(arguments: TestEngine.all) func onlyADossierThatKeepsAnotherFigureIsNamed(on engine: TestEngine) async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let set = try await S.begin(data.database)
        try await data.database.unattended(.seed) { tx in
            let (grid, dossier) = try begin(tx, set)
            // An area without a dossier, and one whose dossier is still in hand, keep nothing.
            let other = try S.put(S.percent(90_000), "II.2", of: .suoiThong, in: grid, tx)
            #expect(other.passedBy.isEmpty)
            #expect(try S.put(S.percent(97_000), "II.2", in: grid, tx).passedBy == [Place.thongXanh.id])
            let kept = try OfficesStore.kept(
                areas: [Place.thongXanh.id, Place.suoiThong.id], year: 2026, setCode: "KDC-CO-QUAN", tx)
            #expect(kept.count == 1)
            #expect(kept[Place.thongXanh.id]?.first { $0.code == "II.2" }?.value == S.percent(95_800))
            #expect(kept[Place.thongXanh.id]?.first?.dossier == dossier)
            // Put right to what the dossier rests on, there is nothing to tell any more.
            #expect(try S.put(S.percent(95_800), "II.2", in: grid, tx).passedBy.isEmpty)
            #expect(try S.put(nil, "II.2", in: grid, tx).passedBy == [Place.thongXanh.id])
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func theOfficeAndTheAreaAreTold(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(S.day("2026-08-17")))
        let set = try await S.begin(site.database)
        let (grid, dossier) = try await site.database.unattended(.seed, giving: { try begin($0, set) })
        let yaThuong = try await site.signIn(.yaThuong)
        #expect(try await !yaThuong.open("/").expectStatus(200).says("sau khi hồ sơ đã đi tiếp"))
        site.clock.advance(by: .hours(2))
        let clerk = try await site.signIn(S.insuranceClerk)
        let page = try await clerk.open("/offices/\(grid)").expectStatus(200)
        let saved = try await clerk.send(
            page.form("/values").filled([
                "cell.\(Place.thongXanh.id).II.2": "97", "cell.\(Place.suoiThong.id).II.2": "90",
            ])
        ).expectStatus(200)
        #expect(saved.says("Có hồ sơ đã đi tiếp nên giữ số cũ"))
        #expect(saved.says("Hồ sơ giữ số cũ") && saved.says("hồ sơ: 95,8 % · bảng: 97 %"), "\(saved.text.prefix(900))")
        #expect(saved.links.contains("/dossiers/\(dossier)"))
        #expect(!saved.says("Thôn Suối Thông B1 (minh họa), II.2"), "an area without a dossier keeps nothing")
        try await clerk.open("/dossiers/\(dossier)").expectStatus(200)

        let home = try await yaThuong.open("/").expectStatus(200)
        #expect(home.says("Cơ quan đổi 1 số liệu sau khi hồ sơ đã đi tiếp"))
        let figures = try await yaThuong.open("/areas/\(Place.thongXanh.id)/office-values?year=2026").expectStatus(200)
        #expect(
            home.links.contains("/areas/\(Place.thongXanh.id)/office-values?year=2026")
                && figures.says("hồ sơ giữ 95,8 %"))
        let figure = try await yaThuong.open("/areas/\(Place.thongXanh.id)/office-values/II.2?year=2026")
            .expectStatus(200)
        #expect(figure.says("Cơ quan đổi số này ngày 17/08/2026; hồ sơ vẫn giữ 95,8 %."))
        #expect(figure.says("các bước sau theo số cũ") && figure.links.contains("/dossiers/\(dossier)"))

        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE dossier SET state = 'recognised' WHERE id = \(dossier)")
            return Receipt()
        }
        #expect(try await yaThuong.open("/").says("Cơ quan đổi 1 số liệu sau khi đã có quyết định"))
        #expect(
            try await yaThuong.open("/areas/\(Place.thongXanh.id)/office-values/II.2?year=2026")
                .says("quyết định theo số cũ"))
        site.clock.advance(by: .days(40))
        #expect(try await !site.signIn(.yaThuong).open("/").expectStatus(200).says("sau khi đã có quyết định"))
    }

    @Test(arguments: TestEngine.all) func anAnswerToAnObjectionSaysSoToo(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(S.day("2026-08-17")))
        let set = try await S.begin(site.database)
        let objection = try await site.database.unattended(
            .seed,
            giving: { tx in
                let (grid, _) = try begin(tx, set)
                let held = try OfficesStore.held(areas: [Place.thongXanh.id], set: set, year: 2026, tx)
                return try OfficesStore.object(
                    to: try #require(held[Place.thongXanh.id]?["II.2"]),
                    in: OfficesStore.grid(grid, unattended: tx), claimed: nil, reason: "Thôn đếm khác.", S.deed(tx), tx)
            })
        site.clock.advance(by: .hours(2))
        let clerk = try await site.signIn(S.insuranceClerk)
        let page = try await clerk.open("/objections/\(objection)").expectStatus(200)
        #expect(!page.says("Hồ sơ giữ số cũ"))
        let answered = try await clerk.send(
            page.form("/answer").filled(["outcome": "mended", "value": "96,4", "reason": "Đối chiếu lại."])
        ).expectStatus(200)
        #expect(answered.says("Hồ sơ đã đi tiếp nên giữ số cũ.") && answered.says("hồ sơ: 95,8 % · bảng: 96,4 %"))
    }
}
