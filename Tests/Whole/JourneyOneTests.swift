import Core
import Foundation
import TestKit
import Testing
import Web

/// Journey 1 to the certificate: a newcomer tries the demonstration, follows one area from its registration to the
/// decision, enters as those whose turn it is, and sees on the public page what came of it.
@Suite("Journey 1: a newcomer tries it", .databases) struct JourneyOneTests {
    private static let number = "46/QĐ-MTTQ-BTT"

    private func site(_ engine: TestEngine) async throws -> TestSite {
        try await TestSite(engine, .demonstration, settings: SiteSettings(isDemonstration: true))
    }

    @Test(arguments: TestEngine.all) func fromTheListOfPeopleToThePublicPage(on engine: TestEngine) async throws {
        let site = try await site(engine)
        let newcomer = site.visitor()
        let front = try await newcomer.open("/").expectStatus(200)
        #expect(front.path == "/portal" && front.says("Dữ liệu minh họa"))
        #expect(front.says("32 Khu dân cư kiểu mẫu trong 92 khu dân cư: 20 cấp huyện, 12 cấp tỉnh"))

        let yaThuong = try await enter(site, "Ya Thương", typing: "ya thuong")
        let dossier = try await readTheDossier(yaThuong)
        let area = try #require(
            try await yaThuong.open(dossier).links.first { $0.hasPrefix("/areas/") && $0.hasSuffix("/dossiers") })
        let publicPage = "/portal" + area.dropLast("/dossiers".count)
        let before = try await newcomer.open(publicPage).expectStatus(200)
        #expect(before.says("Đang đăng ký Khu dân cư kiểu mẫu năm 2026. Chưa có quyết định."))
        #expect(before.says("Khu dân cư tiêu biểu, cấp huyện") && !before.says("95 trên 100"))

        let hanh = try await enter(site, "Đỗ Thị Hạnh", typing: "do thi hanh")
        let decision = try await issue(hanh, dossier, refusedTo: yaThuong)
        try await certificates(site, hanh, decision, dossier)
        let done = try await yaThuong.open(dossier).expectStatus(200)
        #expect(done.says("Đã công nhận ngày 10/11/2026") && done.says("đang giữ khu dân cư kiểu mẫu từ 2026"))
        #expect(!done.says("Dự thảo"))
        let home = try await yaThuong.open("/").expectStatus(200)
        #expect(home.says("Thôn Thông Xanh được công nhận khu dân cư kiểu mẫu"))
        // The last day of the title is the same on the home, on the certificate and for the public.
        #expect(home.says("khu dân cư kiểu mẫu, cấp tỉnh, đến hết 09/11/2029"))

        try await whatThePublicSees(newcomer, publicPage)
        try await titles(newcomer, hanh)
    }

    @Test(arguments: TestEngine.all) func aLinkOpensOnceAndNobodySignsForTheProvince(on engine: TestEngine) async throws
    {
        let site = try await site(engine)
        let first = site.visitor()
        let list = try await first.open("/demonstration/people?q=ya%20thuong").expectStatus(200)
        let door = try #require(list.forms.first { $0.action.hasPrefix("/demonstration/enter/") })
        try await first.send(door).expectStatus(200)
        // Used up: for the page it stood on, which is that of nobody, and for any other browser.
        try await first.send(door).expectStatus(403)
        #expect(try await site.visitor().request(.get, door.action).status == 404)
        // Whoever heads the area neither drafts nor signs what the province decides.
        let hanh = try await enter(site, "Đỗ Thị Hạnh", typing: "do thi hanh")
        let draft = try await draft(hanh)
        let seen = try await first.open(draft.path).expectStatus(200)
        #expect(seen.forms.isEmpty && seen.says("Đây là dự thảo, chưa có giá trị."))
        let body = #"{"number": "1/QĐ", "day": "2026-11-10", "signer": "Ya Thương", "office": "Trưởng ban"}"#
        #expect(try await first.json(draft.path + "/issue", sending: body).status == 403)
        let visitor = try await site.visitor().open(draft.path)
        #expect(visitor.path.hasPrefix("/sign-in"))
        #expect(try await hanh.open(draft.path).says("Đây là dự thảo, chưa có giá trị."))
    }

    /// Chooses somebody from the list of the cast, as the page offers it.
    private func enter(_ site: TestSite, _ name: String, typing words: String) async throws -> Browser {
        let browser = site.visitor()
        let page = try await browser.open("/demonstration/people").expectStatus(200)
        #expect(page.says(name))
        let found = try await browser.open("/demonstration/people?q=\(words.replacing(" ", with: "%20"))")
        let doors = found.forms.filter { $0.action.hasPrefix("/demonstration/enter/") }
        try #require(doors.count == 1 && found.says(name))
        #expect(try await browser.send(doors[0]).expectStatus(200).path == "/")
        #expect(try await browser.open("/account").expectStatus(200).says(name))
        return browser
    }

    /// From the home by its links: the area's own year in one page, the papers one click further. Answers the dossier.
    private func readTheDossier(_ yaThuong: Browser) async throws -> String {
        let home = try await yaThuong.open("/").expectStatus(200)
        #expect(home.says("Xin chào Ya Thương") && home.says("Tổ thẩm định: 95 trên 100 điểm"))
        let dossier = try #require(home.links.first { $0.hasPrefix("/dossiers/") })
        let story = try await yaThuong.open(dossier).expectStatus(200)
        for words in [
            "Thôn Thông Xanh đề nghị công nhận khu dân cư kiểu mẫu", "214 hộ, 858 người", "Dự thảo",
            "Đăng ký 28/03/2026", "Tự đánh giá 14/09/2026", "Ngày họp 18/09/2026 Số hộ dự 158 trong 214 hộ Đủ số hộ",
            "Hội nghị chưa đồng ý II.4, II.5 Đã làm lại", "20/09/2026 đến hết 29/09/2026, 10 ngày",
            "Phiếu thu về 163 (76,2 %) Phiếu hợp lệ 161 Hài lòng 149 (92,5 %) Không hài lòng 7 Không có ý kiến 5",
            "Xã trả lại 2 chỉ tiêu", "III.2: Danh mục tuyến chưa khớp bản đồ.", "Xã nhận hồ sơ Ka Hương",
            "Xã gửi tờ trình Ka Hương", "Tổ thẩm định kết luận Đặng Thị Ánh", "Cộng 97 97 95 / 100",
            "III.5 Hàng rào xanh hoặc được phủ cây xanh 74 % 71 % 68 % Chưa đạt",
        ] { #expect(story.says(words), "\(words)") }
        #expect(story.says("16/09/2026 Họp hội nghị bình xét Ya Thương, Ban Công tác Mặt trận thôn Thông Xanh. 40/214"))
        for (link, words) in [
            ("/review", "Cần ít nhất 108 hộ trong 214 hộ dự"), ("/ballot", "Hai lần nhập khớp nhau. Kết quả đã chốt."),
            ("/posting", "Đề nghị ghi rõ 13 tuyến đường"), ("/assessment", "Đã điền 11 trong 11 chỉ tiêu"),
        ] {
            #expect(story.links.contains(dossier + link))
            let page = try await yaThuong.open(dossier + link).expectStatus(200)
            #expect(page.says(words), "\(link): \(page.text.prefix(900))")
        }
        let review = try await yaThuong.open(dossier + "/review/minutes").expectStatus(200)
        #expect(review.says("BIÊN BẢN") && review.says("Có mặt 158 hộ trong tổng số 214 hộ"))
        let count = try await yaThuong.open(dossier + "/ballot/minutes").expectStatus(200)
        #expect(count.says("Phiếu thu về 163 Phiếu hợp lệ 161 Hài lòng 149 Không hài lòng 7 Không có ý kiến 5"))
        return dossier
    }

    /// The draft of the model title, found from the list of decisions.
    private func draft(_ hanh: Browser) async throws -> Shown {
        let list = try await hanh.open("/decisions").expectStatus(200)
        for link in list.links where link.hasPrefix("/decisions/") {
            let page = try await hanh.open(link).expectStatus(200)
            if page.says("Dự thảo: Khu dân cư kiểu mẫu năm 2026") { return page }
        }
        return try #require(nil, "no draft of the model title among \(list.links)")
    }

    private func signed(_ draft: Shown) throws -> PageForm {
        try draft.form("/issue").filled([
            "number": Self.number, "day": "10/11/2026", "signer": "Đỗ Thị Hạnh", "office": "Chủ tịch",
        ]).attaching("scan", file: "quyet-dinh.pdf", Array("%PDF-1.4\n%%EOF\n".utf8))
    }

    /// Enters the signed paper. Until then everything is a draft and there is no certificate. Answers the decision.
    private func issue(_ hanh: Browser, _ dossier: String, refusedTo yaThuong: Browser) async throws -> String {
        let draft = try await draft(hanh)
        #expect(draft.says("Còn thiếu: số, ngày ký, người ký, bản quét có dấu."))
        #expect(draft.says("Công nhận 4 khu dân cư") && draft.says("Thôn Thông Xanh Xã Đơn Dương 214 95"))
        let paper = try await hanh.open(draft.path + "/paper").expectStatus(200)
        #expect(paper.says("DỰ THẢO") && paper.says("chưa có giá trị"))
        for path in ["\(draft.path)/certificates", "\(draft.path)/certificates/paper", "\(dossier)/certificate"] {
            let refused = try await hanh.open(path).expectStatus(409)
            #expect(refused.says("Quyết định còn là dự thảo nên chưa có giấy công nhận."))
        }
        try await yaThuong.open(dossier + "/certificate").expectStatus(409)
        let bare = try await hanh.send(draft.form("/issue").filled(["number": Self.number])).expectStatus(422)
        for field in ["day", "signer", "scan"] { #expect(bare.error(beside: field) != nil, "\(field)") }
        #expect(try bare.form("/issue").values["number"] == Self.number && bare.says("Dự thảo"))
        let ahead = try await hanh.send(signed(draft).filled(["day": "11/11/2026"])).expectStatus(422)
        #expect(ahead.error(beside: "day") != nil)

        let issued = try await hanh.send(signed(draft)).expectStatus(200)
        #expect(issued.says("Quyết định số \(Self.number)") && issued.says("Đã ban hành"))
        let final = try await hanh.open(draft.path + "/paper").expectStatus(200)
        for page in [issued, final] {
            #expect(!page.says("Dự thảo") && !page.says("DỰ THẢO") && !page.says("chưa có giá trị"))
        }
        #expect(final.says("Số: \(Self.number)") && final.says("Lâm Đồng, ngày 10 tháng 11 năm 2026"))
        #expect(final.says("CHỦ TỊCH Đỗ Thị Hạnh"))
        let scan = try await hanh.open(draft.path + "/scan").expectStatus(200)
        #expect(scan.body.hasPrefix("%PDF-1.4"))
        // A second tap, and somebody with the old page, change nothing.
        try await hanh.send(signed(draft).forged(["operation": "00000000-0000-7000-8000-00000000beef"]))
            .expectStatus(409)
        return draft.path
    }

    private func certificates(_ site: TestSite, _ hanh: Browser, _ decision: String, _ dossier: String) async throws {
        let paper = try await hanh.open(dossier + "/certificate").expectStatus(200)
        for words in [
            "GIẤY CÔNG NHẬN Thôn Thông Xanh Xã Đơn Dương, tỉnh Lâm Đồng", "KHU DÂN CƯ KIỂU MẪU Năm 2026",
            "Có giá trị từ ngày 10/11/2026 đến hết ngày 09/11/2029",
            "Theo Quyết định số \(Self.number) ngày 10/11/2026", "A4 ngang", "CHỦ TỊCH Đỗ Thị Hạnh",
        ] { #expect(paper.says(words), "\(words)") }
        #expect(paper.body.contains("<path d=\"M"), "the code that opens the public page")
        let list = try await hanh.open(decision + "/certificates").expectStatus(200)
        #expect(list.says("In cả 4 giấy") && list.says("Thôn Thông Xanh Xã Đơn Dương Khu dân cư kiểu mẫu Chưa trao"))
        #expect(try await hanh.open(decision + "/certificates/paper").expectStatus(200).says("Giấy công nhận (4)"))
        let early = try await hanh.send(list.form("/giving").filled(["day": "18/11/2026"])).expectStatus(422)
        #expect(early.error(beside: "day")?.contains("Ngày trao chưa tới") == true)
        // The newcomer moves the day to Great Unity Day; nobody is signed out by it.
        let newcomer = site.visitor()
        let day = try await newcomer.open("/demonstration/day").expectStatus(200)
        try await newcomer.send(day.form("/demonstration/day").filled(["day": "18/11/2026"])).expectStatus(200)
        let now = try await hanh.open(decision + "/certificates").expectStatus(200)
        let given = try await hanh.send(now.form("/giving").filled(["day": "18/11/2026"])).expectStatus(200)
        #expect(given.says("Đã trao 18/11/2026") && !given.says("Chưa trao"))
    }

    private func whatThePublicSees(_ newcomer: Browser, _ path: String) async throws {
        let page = try await newcomer.open(path).expectStatus(200)
        for words in [
            "Khu dân cư kiểu mẫu, cấp tỉnh", "Được công nhận ngày 10/11/2026", "Giữ danh hiệu đến hết ngày 09/11/2029",
            "Tổ thẩm định chấm 95 trên 100 điểm", "III.5 Hàng rào xanh hoặc được phủ cây xanh 68 % Chưa đạt",
            "149 trong 161 phiếu hợp lệ hài lòng, 92,5 %", "163 phiếu về trên 214 hộ, 76,2 %",
            "Quyết định số \(Self.number)", "Trao giấy công nhận 18/11/2026",
            "Danh hiệu trước đây Khu dân cư tiêu biểu, cấp huyện", "lên danh hiệu cao hơn",
        ] { #expect(page.says(words), "\(words)") }
        // Three households helped are too few to be counted in public, and who counted is nobody's business there.
        #expect(page.says("dưới 5 hộ"))
        for name in ["Ya Thương", "Trần Thị Lụa", "Đặng Thị Ánh"] { #expect(!page.says(name), "\(name)") }
        let link = try #require(page.links.first { $0.hasPrefix("/portal/decisions/") })
        let decision = try await newcomer.open(link).expectStatus(200)
        #expect(decision.says(Self.number) && decision.says("Thông Xanh"))
        #expect(!decision.says("Gia Hòa"), "who was not recognised is not shown in public")
    }

    private func titles(_ newcomer: Browser, _ hanh: Browser) async throws {
        let front = try await newcomer.open("/portal").expectStatus(200)
        #expect(front.says("36 Khu dân cư kiểu mẫu trong 92 khu dân cư: 20 cấp huyện, 16 cấp tỉnh"))
        #expect(front.says("23 Khu dân cư tiêu biểu trong 92 khu dân cư"))
        let register = try await hanh.open("/titles?year=2026").expectStatus(200)
        // At the beginning, recognised, renewed, raised, withdrawn, lapsed, merged, held.
        for row in [
            "Khu dân cư kiểu mẫu cấp huyện 20 0 0 0 0 0 0 20", "Khu dân cư kiểu mẫu cấp tỉnh 12 4 0 0 0 0 0 16",
            "Khu dân cư tiêu biểu cấp huyện 16 0 0 4 0 0 0 12", "Khu dân cư tiêu biểu cấp tỉnh 11 0 0 0 0 0 0 11",
        ] { #expect(register.says(row), "\(row)") }
    }
}
