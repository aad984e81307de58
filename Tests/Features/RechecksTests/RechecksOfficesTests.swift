import App
import Core
import Criteria
import Database
import Documents
import Offices
import Organisation
import Recognition
import TestKit
import Testing

@testable import Rechecks

/// What an office holds is not asked again: it stands in the re-check with the office and its paper.
@Suite("Re-checks: what offices hold", .databases) struct RechecksOfficesTests {
    private static let office = Body.frontOfDonDuong
    private static let officeName = "Ủy ban MTTQ Việt Nam xã Đơn Dương"

    private func deed(_ tx: Transaction) -> Offices.Deed { Offices.Deed(person: Member.kaHuong.id, at: tx.now) }

    private func put(_ value: Criteria.Value?, _ code: String, in grid: ID, _ tx: Transaction) throws {
        let grid = try OfficesStore.grid(grid, unattended: tx)
        let cell = Offices.Cell(area: Place.thongXanh.id, code: code)
        let before = try OfficesStore.cells(of: grid, tx)[cell]?.value
        try OfficesStore.save(
            [Offices.Change(cell: cell, before: before, after: value)], in: grid, as: .typed, deed(tx), tx)
    }

    /// Thông Xanh holds the title since 2026; an office is asked for III.2 and III.3 of 2027 and says `lit` of III.3.
    private func begin(_ engine: TestEngine, trees: Int64?, lit: Int64) async throws -> (TestSite, ID) {
        let site = try await TestSite(engine)
        try await Scene.begin(site.database)
        site.clock.move(to: Day(iso: "2027-11-02") ?? .first)
        let grid = try await site.database.unattended(
            .seed,
            giving: { tx in
                let set = try #require(
                    try CriteriaStore.current(.residentialArea, on: tx.now.day, for: Place.donDuong.id, tx)?.id)
                let grid = try OfficesStore.assign(
                    [Offices.Assignment(organisation: Self.office.id, codes: ["III.2", "III.3"])],
                    territory: Place.donDuong.id, set: set, year: 2027, due: tx.now.day, objectionsUntil: tx.now.day,
                    deed(tx), tx)[0]
                if let trees { try put(Scene.percent(trees), "III.2", in: grid, tx) }
                try put(Scene.percent(lit), "III.3", in: grid, tx)
                _ = try OfficesStore.add(
                    Offices.NewDocument(
                        address: ContentAddress(of: [1]), fileKind: "pdf", fileName: "a.pdf", bytes: 1),
                    caption: "Bảng tổng hợp tuyến đường", codes: ["III.2"],
                    to: OfficesStore.grid(grid, unattended: tx), deed(tx), tx)
                return grid
            })
        let kaHuong = try await site.signIn(.kaHuong)
        try await kaHuong.send(kaHuong.open("/rechecks").form("/rechecks")).expectStatus(200)
        return (site, grid)
    }

    private func path(_ site: TestSite) async throws -> String {
        let id = try await site.database.read { reader in
            try reader.one("SELECT id FROM recheck WHERE territory_id = \(Place.thongXanh.id)").id("id")
        }
        return "/rechecks/\(id)"
    }

    @Test(arguments: TestEngine.all) func onlyWhatNoOfficeHoldsIsLeftToLookAt(on engine: TestEngine) async throws {
        let (site, _) = try await begin(engine, trees: 64, lit: 95)
        let kaHuong = try await site.signIn(.kaHuong)
        let path = try await path(site)
        let page = try await kaHuong.open(path).expectStatus(200)
        // Mandatory are I.2 and III.2; III.3 still meets its threshold and is not on a light list.
        #expect(page.says("1 trong 2 chỉ tiêu lấy từ số liệu cơ quan ghi; còn 1 chỉ tiêu phải xem tại chỗ."))
        #expect(page.says(Self.officeName) && page.says("Bảng tổng hợp tuyến đường"))
        #expect(page.says("Còn 1 chỉ tiêu chưa ghi: I.2") && !page.says("III.3 Đường có đèn"))
        // What the office says, sent again, is not a finding; otherwise seen, it is said why.
        let bare = try await kaHuong.send(
            page.form("/looks").filled(["value.I.2": "yes", "value.III.2": "50"])
        ).expectStatus(422)
        #expect(bare.error(beside: "note.III.2")?.contains("Ghi vì sao tại chỗ thấy khác") == true)
        let done = try await kaHuong.send(page.form("/looks").filled(["value.I.2": "yes"])).expectStatus(200)
        #expect(done.says("Đã ghi đủ, mọi chỉ tiêu còn đạt.") && done.says("Bảng tổng hợp tuyến đường"))
        let json = try await kaHuong.json(path).expectStatus(200)
        #expect(json.body.contains("\"office\":\"\(Self.officeName)\"") && json.body.contains("\"paper\""))
        let kept = try await kaHuong.press("/conclusion", on: done).expectStatus(200)
        #expect(kept.says("64"))
    }

    @Test(arguments: TestEngine.all) func anOfficesFigureThatFellIsOnTheListAndFollowsTheOffice(on engine: TestEngine)
        async throws
    {
        let (site, grid) = try await begin(engine, trees: nil, lit: 80)
        let kaHuong = try await site.signIn(.kaHuong)
        let path = try await path(site)
        let page = try await kaHuong.open(path).expectStatus(200)
        #expect(page.says("III.3 Đường có đèn"), "it fell below what the title asks for")
        #expect(page.says("1 trong 3 chỉ tiêu lấy từ số liệu cơ quan ghi"))
        // The office mends it over HTTP: the open re-check follows.
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        let sheet = try await loan.open("/offices/\(grid)").expectStatus(200)
        let (lit, trees) = ("cell.\(Place.thongXanh.id).III.3", "cell.\(Place.thongXanh.id).III.2")
        try await loan.send(sheet.form("/values").filled([lit: "92", trees: "61"])).expectStatus(200)
        let after = try await kaHuong.open(path).expectStatus(200)
        #expect(after.says("2 trong 3 chỉ tiêu lấy từ số liệu cơ quan ghi"))
        // What was seen on the spot stays, whatever the office says later.
        try await kaHuong.send(
            after.form("/looks").filled(["value.I.2": "yes", "value.III.2": "48", "note.III.2": "Rãnh lấp"])
        ).expectStatus(200)
        let again = try await loan.open("/offices/\(grid)").expectStatus(200)
        try await loan.send(again.form("/values").filled([lit: "", trees: "70"])).expectStatus(200)
        let last = try await kaHuong.open(path).expectStatus(200)
        #expect(last.says("Còn 1 chỉ tiêu chưa ghi: III.3"), "what the office took back is open again")
        #expect(last.says("48") && last.says("Rãnh lấp"))
    }
}
