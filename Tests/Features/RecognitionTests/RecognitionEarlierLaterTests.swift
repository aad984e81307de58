import Core
import Database
import TestKit
import Testing

@testable import Recognition

/// Titles held before: what the register has already, who may enter what, and what came since.
@Suite("Titles held before: levels, communes, one day, undo", .databases) struct RecognitionEarlierLaterTests {
    private static let board = "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Lâm Đồng"

    private func form(_ browser: Browser, _ place: Place = .thongXanh) async throws -> PageForm {
        try await browser.open("/titles/earlier/new?area=\(place.id)").expectStatus(200).form("/titles/earlier")
    }

    private func enter(
        _ browser: Browser, _ title: String, _ number: String, _ day: String, in place: Place = .thongXanh,
        _ more: [String: String] = [:]
    ) async throws -> Shown {
        let typed = ["title": title, "number": number, "day": day].merging(more) { $1 }
        return try await browser.send(form(browser, place).filled(typed))
    }

    private func inForce(_ site: TestSite) async throws -> [String] {
        try await site.database.read { reader in
            try reader.rows(
                "SELECT title, valid_from FROM title_grant WHERE ended_on IS NULL ORDER BY title, valid_from"
            )
            .map { "\(try $0.text("title")) \(try $0.day("valid_from").isoText)" }
        }
    }

    @Test(arguments: TestEngine.all) func aPaperOfAnotherLevelIsSaidBesideItsCell(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await Scene.begin(site.database, holding: false)
        let hanh = try await site.signIn(.doThiHanh)
        _ = try await enter(hanh, "outstanding", "12/QĐ-MTTQ", "20/11/2024").expectStatus(200)
        let other = try await enter(
            hanh, "outstanding", "12/QĐ-MTTQ", "20/11/2024", in: .suoiThong, ["level": "district", "body": Self.board]
        ).expectStatus(422)
        #expect(other.error(beside: "level")?.contains("ghi cấp khác") == true)
        _ = try await enter(hanh, "outstanding", "12/QĐ-MTTQ", "20/11/2024", in: .suoiThong).expectStatus(200)
    }

    @Test(arguments: TestEngine.all) func aCommuneLeavesTheRestToTheProvince(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await Scene.begin(site.database, holding: false, criteria: Scene.deciding)
        let kaHuong = try await site.signIn(.kaHuong)
        let form = try await form(kaHuong)
        #expect(form.options("title").filter { !$0.isEmpty } == ["outstanding"], "nothing is offered that is refused")
        let paper = ["number": "3/QĐ-MTTQ", "day": "20/11/2024"]
        let title = try await kaHuong.send(form.filled(paper).forged(["title": "model"])).expectStatus(422)
        #expect(title.error(beside: "title")?.contains("xã không quyết định Khu dân cư kiểu mẫu") == true)
        let own = ["title": "outstanding", "body": "Ủy ban MTTQ Việt Nam xã Đơn Dương"].merging(paper) { $1 }
        let level = try await kaHuong.send(form.filled(own.merging(["level": "district"]) { $1 })).expectStatus(422)
        #expect(level.error(beside: "level")?.contains("Xã chỉ ghi quyết định của cấp xã") == true)
        _ = try await kaHuong.send(form.filled(own)).expectStatus(200)
        #expect(try await inForce(site) == ["outstanding 2024-11-20"])
    }

    /// Two titles by one decision: whichever row or form comes first, the higher one holds.
    @Test(arguments: TestEngine.all) func ofOneDayTheHigherTitleHolds(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await Scene.begin(site.database, holding: false)
        let hanh = try await site.signIn(.doThiHanh)
        let file = """
            Xã;Thôn;Danh hiệu;Số quyết định;Ngày quyết định
            Đơn Dương;Thông Xanh (minh họa);kiểu mẫu;12/QĐ-MTTQ;20/11/2024
            Đơn Dương;Thông Xanh (minh họa);tiêu biểu;12/QĐ-MTTQ;20/11/2024
            """
        let page = try await hanh.open("/titles/imports/new").expectStatus(200)
        let preview = try await hanh.send(
            page.form("/titles/imports").attaching("file", file: "danh-hieu.csv", Array(file.utf8))
        ).expectStatus(200)
        _ = try await hanh.press("/confirmation", on: preview).expectStatus(200)
        #expect(try await inForce(site) == ["model 2024-11-20"])
        _ = try await enter(hanh, "model", "12/QĐ-MTTQ", "20/11/2024", in: .suoiThong).expectStatus(200)
        _ = try await enter(hanh, "outstanding", "12/QĐ-MTTQ", "20/11/2024", in: .suoiThong).expectStatus(200)
        #expect(try await inForce(site) == ["model 2024-11-20", "model 2024-11-20"])
    }

    @Test(arguments: TestEngine.all) func aDossierTakenUpAgainKeepsTheImport(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database, holding: false)
        try await site.database.unattended(.seed) { tx in
            let dossier = try Scene.register(set, tx)
            try RecognitionStore.move(
                RecognitionStore.dossier(dossier, unattended: tx), .withdraw, to: .withdrawn,
                Scene.deed(.yaThuong, tx), reason: "Chưa có danh hiệu trước", tx)
            return Receipt()
        }
        site.clock.advance(by: .seconds(60))
        let hanh = try await site.signIn(.doThiHanh)
        let done = try await enter(hanh, "outstanding", "12/QĐ-MTTQ", "20/11/2024").expectStatus(200)
        site.clock.advance(by: .seconds(60))
        try await site.database.unattended(.seed) { tx in
            _ = try Scene.register(set, tx)
            return Receipt()
        }
        let refused = try await hanh.press("/reversal", on: hanh.open(done.path)).expectStatus(409)
        #expect(refused.says("1 hồ sơ đã đăng ký sau khi nhập"))
    }

    @Test(arguments: TestEngine.all) func whatWasFollowedSinceIsNotRestored(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await Scene.begin(site.database, holding: false)
        let hanh = try await site.signIn(.doThiHanh)
        _ = try await enter(hanh, "outstanding", "3/QĐ-MTTQ", "20/11/2022").expectStatus(200)
        let raised = try await enter(hanh, "model", "9/QĐ-MTTQ", "20/11/2024").expectStatus(200)
        let since = try await enter(hanh, "outstanding", "5/QĐ-MTTQ", "20/11/2025").expectStatus(200)
        let refused = try await hanh.press("/reversal", on: hanh.open(raised.path)).expectStatus(409)
        #expect(refused.says("1 danh hiệu sẽ có hiệu lực lại khi hoàn tác"))
        #expect(try await inForce(site) == ["model 2024-11-20", "outstanding 2025-11-20"])
        _ = try await hanh.press("/reversal", on: hanh.open(since.path)).expectStatus(200)
        _ = try await hanh.press("/reversal", on: hanh.open(raised.path)).expectStatus(200)
        #expect(try await inForce(site) == ["outstanding 2022-11-20"])
    }

    /// What is carried out reads the areas and bodies of its rows and no whole province.
    @Test(arguments: TestEngine.all) func carryingOutLooksAtItsRowsAlone(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await Scene.begin(site.database, holding: false)
        let hanh = try await site.signIn(.doThiHanh)
        _ = try await enter(hanh, "outstanding", "3/QĐ-MTTQ", "20/11/2022", in: .suoiThong).expectStatus(200)
        _ = try await enter(hanh, "outstanding", "4/QĐ-MTTQ", "20/11/2023").expectStatus(200)
        let today = try #require(Day(iso: "2026-11-10"))
        try await site.database.read { reader throws in
            let batch = try reader.one(
                "SELECT batch_id FROM title_import_row WHERE territory_id = \(Place.thongXanh.id)"
            ).id("batch_id")
            let known = try RecognitionEarlier.known(
                below: Place.lamDong.id, own: nil, today: today, batch: batch, reader)
            #expect(known.units.map(\.id) == [Place.thongXanh.id])
            #expect(known.bodies.map(\.id) == [Body.frontOfProvince.id])
            #expect(known.grants.map(\.area) == [Place.thongXanh.id])
        }
    }
}
