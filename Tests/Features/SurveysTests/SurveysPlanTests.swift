import Core
import Criteria
import Database
import TestKit
import Testing

@testable import Surveys

@Suite("Surveys: the plan is mended and reminded of", .databases) struct SurveysPlanTests {
    /// A survey with one open item for III.3, the women of the commune answering for it until 31/07.
    private func planned(_ engine: TestEngine) async throws -> (site: TestSite, head: Browser, plan: String) {
        let site = try await SurveysStoryTests.site(engine)
        let head = try await site.signIn(.yaThuong)
        let values = try await head.send(
            try await head.open(SurveysStoryTests.area).form().filled(["title": "outstanding", "year": "2026"]))
        let survey = String(values.path.dropLast("/values".count))
        try await head.json("\(survey)/values", sending: #"{"value.III.1": "80", "value.III.3": "84"}"#).expectStatus(
            200)
        let added = try await head.send(
            try await head.open("\(survey)/plan").form("/plan").filled([
                "code": "III.3", "what": "Lắp 12 bóng đèn", "owner": "\(Body.womenOfDonDuong.id)",
                "until": "31/07/2026",
            ])
        ).expectStatus(200)
        #expect(added.says("Đã thêm việc."))
        return (site, head, "\(survey)/plan")
    }

    private func change(_ page: Shown) throws -> String {
        try #require(page.links.first { $0.contains("/plan?item=") }).replacingOccurrences(of: "#h-change", with: "")
    }

    @Test(arguments: TestEngine.all) func anOpenItemIsChangedAndTakenOutWithATrace(on engine: TestEngine) async throws {
        let (site, head, plan) = try await planned(engine)
        let link = try change(try await head.open(plan))
        let item = "/" + (link.split(separator: "=").last ?? "")
        let chair = try await site.signIn(.kaHuong)
        let old = try await chair.open(link).expectStatus(200)
        #expect(old.says("Sửa: Lắp 12 bóng đèn"))
        let form = try await head.open(link).form(item)
        #expect(form.values["until"] == "31/07/2026" && form.values["what"] == "Lắp 12 bóng đèn")
        let past = try await head.send(form.filled(["until": "01/02/2026"])).expectStatus(422)
        #expect(past.error(beside: "until") != nil && past.says("Sửa: Lắp 12 bóng đèn"))
        let changed = try await head.send(form.filled(["what": "Lắp 10 bóng đèn", "until": "30/09/2026"]))
            .expectStatus(200)
        #expect(
            changed.says("Đã sửa việc.") && changed.says("Lắp 10 bóng đèn") && changed.says("xong trước 30/09/2026"))
        // Somebody else's form, drawn before.
        let conflict = try await chair.send(old.form(item).filled(["what": "Lắp 15 bóng đèn"])).expectStatus(409)
        #expect(conflict.says("Hiện nay: Lắp 10 bóng đèn") && conflict.says("30/09/2026"))
        #expect(try conflict.form(item).values["what"] == "Lắp 15 bóng đèn", "nothing typed is lost")
        try await site.signIn(.kDoan).json(
            plan + item,
            sending: #"{"code": "III.3", "what": "x", "owner": "\#(Body.womenOfDonDuong.id)", "until": "30/09/2026"}"#
        ).expectStatus(403)

        // Ticked off it stays as it is.
        let ticked = try await head.press("/done", on: try await head.open(plan)).expectStatus(200)
        #expect(!ticked.links.contains { $0.contains("?item=") })
        let stays = try await chair.press("/removal", on: old)
        #expect(stays.status == 409 && stays.says("Bỏ đánh dấu trước"))
        try await head.press("/done", on: ticked).expectStatus(200)
        let removed = try await head.press("/removal", on: try await head.open(link)).expectStatus(200)
        #expect(removed.says("Đã bỏ việc khỏi kế hoạch.") && removed.says("Kế hoạch chưa có việc nào"))
        let acts = try await site.acts()
        #expect(acts.contains("plan.change") && acts.contains("plan.remove"))
        let noted = try await site.database.read { reader in
            try reader.rows("SELECT detail FROM audit WHERE act LIKE 'plan.%'").map { try $0.text("detail") }.joined()
        }
        #expect(noted.contains("Lắp 12 bóng đèn") && noted.contains("Lắp 10 bóng đèn"), "the record keeps what it said")
    }

    @Test(arguments: TestEngine.all) func whoAnswersAndTheAreasHeadAreTold(on engine: TestEngine) async throws {
        let (site, _, plan) = try await planned(engine)
        let owned =
            "Kế hoạch năm 2026 của thôn Thông Xanh (minh họa): 1 việc giao cho Hội Liên hiệp Phụ nữ xã Đơn Dương"
        let overdue = "Kế hoạch năm 2026 của thôn Thông Xanh (minh họa): 1 việc quá hạn"
        func home(_ member: Member) async throws -> Shown {
            try await site.signIn(member).open("/").expectStatus(200)
        }
        site.clock.move(to: Day(iso: "2026-07-16") ?? .first)
        #expect(try await !home(.touprongNaiThuy).says("Kế hoạch năm 2026"), "there is time yet")
        site.clock.move(to: Day(iso: "2026-07-17") ?? .first)
        let near = try await home(.touprongNaiThuy)
        #expect(near.says(owned) && near.says("Lắp 12 bóng đèn") && near.links.contains(plan))
        #expect(try await !home(.yaThuong).says("Kế hoạch năm 2026"))
        site.clock.move(to: Day(iso: "2026-08-01") ?? .first)
        #expect(try await home(.touprongNaiThuy).says(owned))
        for member in [Member.yaThuong, .dinhCongSau] {
            let page = try await home(member)
            #expect(page.says(overdue) && page.says("Hội Liên hiệp Phụ nữ xã Đơn Dương chịu trách nhiệm"))
        }
        for member in [Member.kDoan, .haLieng, .buiVanLuc] {
            #expect(try await !home(member).says("Kế hoạch năm 2026"), "\(member) has no part in it")
        }
        let english = try await site.signIn(.yaThuong).open("/language/en?back=/")
        #expect(english.says("1 item is overdue"), "\(english.text.prefix(1500))")
        let again = try await site.signIn(.yaThuong)
        try await again.press("/done", on: try await again.open(plan)).expectStatus(200)
        #expect(try await !home(.touprongNaiThuy).says("Kế hoạch năm 2026"))
        #expect(try await !home(.dinhCongSau).says("Kế hoạch năm 2026"))
    }
}
