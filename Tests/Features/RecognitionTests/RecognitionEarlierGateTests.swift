import Core
import Database
import TestKit
import Testing

@testable import Recognition

/// "Titles of before this system" are no way round registration, panel, ballot and signed paper.
@Suite("Titles held before: nothing of today", .databases) struct RecognitionEarlierGateTests {
    private func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

    private func enter(
        _ browser: Browser, _ number: String, _ day: String, in place: Place = .thongXanh,
        _ more: [String: String] = [:]
    ) async throws -> Shown {
        let form = try await browser.open("/titles/earlier/new?area=\(place.id)").expectStatus(200)
            .form("/titles/earlier")
        return try await browser.send(
            form.filled(["title": "model", "number": number, "day": day].merging(more) { $1 }))
    }

    private func models(_ site: TestSite) async throws -> [String] {
        try await site.database.read { reader in
            try reader.rows("SELECT valid_from FROM title_grant WHERE title = 'model' ORDER BY valid_from").map {
                try $0.day("valid_from").isoText
            }
        }
    }

    /// What the panel did not let pass and a decision refused is not granted on the next day by another door.
    @Test(arguments: TestEngine.all) func whatWasRefusedYesterdayIsNotEnteredToday(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(day("2026-11-06")))
        let set = try await Scene.begin(site.database)
        let draft = try await site.database.unattended(
            .seed, giving: { tx in try Scene.draft([(Scene.concluded(set, tx), .refused)], tx) })
        site.clock.move(to: try day("2026-11-07"))
        let hanh = try await site.signIn(.doThiHanh)
        // The dossier alone shuts the door, before any decision was made here.
        let early = try await enter(hanh, "99/QĐ-MTTQ", "07/11/2026").expectStatus(422)
        #expect(
            early.error(beside: "day")
                == "Lỗi: Thông Xanh (minh họa) đã đăng ký Khu dân cư kiểu mẫu trong hệ thống từ ngày 06/11/2026. Ở đây chỉ ghi quyết định ký trước ngày ấy; danh hiệu đang xét thì làm tiếp theo hồ sơ."
        )
        _ = try await enter(hanh, "3/QĐ-MTTQ", "06/11/2026", in: .suoiThong).expectStatus(200)
        try await site.database.unattended(.seed) { tx in
            try Scene.issue(draft, "46/QĐ-MTTQ-BTT", on: day("2026-11-06"), tx)
            return Receipt()
        }
        let late = try await enter(hanh, "99/QĐ-MTTQ", "07/11/2026").expectStatus(422)
        #expect(late.error(beside: "day")?.contains("đã đăng ký") == true)
        // Nor for an area that never registered, nor under the name of a level that is gone.
        for more in [[:], ["level": "district", "body": "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Lâm Đồng"]] {
            let other = try await enter(hanh, "99/QĐ-MTTQ", "07/11/2026", in: .taLy, more).expectStatus(422)
            #expect(other.error(beside: "day")?.contains("Từ quyết định số 46/QĐ-MTTQ-BTT ngày 06/11/2026") == true)
        }
        #expect(try await models(site) == ["2026-11-06"], "what was entered before the first decision made here")
        // The same in a file, said at its cell.
        let page = try await hanh.open("/titles/imports/new").expectStatus(200)
        let file = """
            Xã;Thôn;Danh hiệu;Số quyết định;Ngày quyết định
            Đơn Dương;Thông Xanh (minh họa);kiểu mẫu;99/QĐ-MTTQ;07/11/2026
            """
        let preview = try await hanh.send(
            page.form("/titles/imports").attaching("file", file: "danh-hieu.csv", Array(file.utf8))
        ).expectStatus(200)
        #expect(preview.says("dòng 2, cột E Phải sửa") && preview.says("đã đăng ký Khu dân cư kiểu mẫu"))
        #expect(!preview.forms.contains { $0.action.hasSuffix("/confirmation") })
    }

    /// Whoever looked at a file before the first decision was made here carries it out after it, and is refused.
    @Test(arguments: TestEngine.all) func aPreviewOpensNothingThatWasShutMeanwhile(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database)
        let hanh = try await site.signIn(.doThiHanh)
        let page = try await hanh.open("/titles/imports/new").expectStatus(200)
        let file = """
            Xã;Thôn;Danh hiệu;Số quyết định;Ngày quyết định
            Ka Đô;Ta Ly 1;kiểu mẫu;99/QĐ-MTTQ;10/11/2026
            """
        let preview = try await hanh.send(
            page.form("/titles/imports").attaching("file", file: "danh-hieu.csv", Array(file.utf8))
        ).expectStatus(200)
        try await site.database.unattended(.seed) { tx in
            try Scene.issue(Scene.draft([(Scene.concluded(set, tx), .recognised)], tx), "46/QĐ-MTTQ-BTT", tx)
            return Receipt()
        }
        _ = try await hanh.press("/confirmation", on: preview).expectStatus(409)
        #expect(try await models(site) == ["2026-11-10"])
    }

    @Test(arguments: TestEngine.all) func whatWasTakenBackIsNotGivenBackAsAnOlderTitle(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine, clock: TestClock(day("2027-11-01")))
        try await Scene.begin(site.database, holding: false)
        let hanh = try await site.signIn(.doThiHanh)
        _ = try await enter(hanh, "9/QĐ-MTTQ", "20/11/2024").expectStatus(200)
        try await site.database.unattended(.seed) { tx in
            try Scene.withdraw(tx.one("SELECT id FROM title_grant").id("id"), "51/QĐ-MTTQ-BTT", tx)
            return Receipt()
        }
        site.clock.move(to: try day("2027-11-03"))
        let back = try await enter(hanh, "99/QĐ-MTTQ", "02/11/2027").expectStatus(422)
        #expect(
            back.error(beside: "day")?.contains("đã bị thu hồi theo quyết định số 51/QĐ-MTTQ-BTT ngày 01/11/2027")
                == true)
        // Nor by a body that never decided here.
        let commune = [
            "level": "commune", "body": "Ủy ban MTTQ Việt Nam xã Đơn Dương",
        ]
        let other = try await enter(hanh, "7/QĐ-MTTQ", "02/11/2027", commune).expectStatus(422)
        #expect(other.error(beside: "day")?.contains("đã bị thu hồi") == true)
        #expect(try await models(site) == ["2024-11-20"])
    }

    /// An office that began in May enters its papers of March in November, long after its first decision here.
    @Test(arguments: TestEngine.all) func whatWasSignedBeforeComesInLate(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(day("2026-05-04")))
        let set = try await Scene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            try Scene.issue(Scene.draft([(Scene.concluded(set, tx), .recognised)], tx), "46/QĐ-MTTQ-BTT", tx)
            return Receipt()
        }
        site.clock.move(to: try day("2026-11-10"))
        let hanh = try await site.signIn(.doThiHanh)
        _ = try await enter(hanh, "12/QĐ-MTTQ", "20/03/2026", in: .suoiThong).expectStatus(200)
        #expect(try await models(site) == ["2026-03-20", "2026-05-04"])
        // What the province decides here shuts nothing for a commune that decided on paper since.
        let commune = ["level": "commune", "body": "Ủy ban MTTQ Việt Nam xã Đơn Dương"]
        _ = try await enter(hanh, "7/QĐ-MTTQ", "02/06/2026", in: .suoiThong, commune).expectStatus(200)
    }
}
