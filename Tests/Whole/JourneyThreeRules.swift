import Core
import TestKit
import Testing

/// Journey 3 where somebody asks for what the rules do not give.
extension JourneyThreeTests {
    /// What a program is told of a right and of a rule is what people read: no code of a capability, and no clash with
    /// somebody else where there was none.
    func saidInWords(_ hanh: Browser, _ head: Browser, _ recheck: String) async throws {
        let notTheirs = try await head.json("\(recheck)/keeping", sending: "{}").expectStatus(403)
        #expect(notTheirs.body.contains("theo dõi, cảnh báo, giữ hoặc thu hồi danh hiệu"), "\(notTheirs.body)")
        #expect(!notTheirs.body.contains("warnTitles"))
        let unheard = try await hanh.json("\(recheck)/withdrawal", sending: #"{"ground": "Còn 91 %."}"#)
        unheard.expectStatus(409)
        #expect(unheard.jsonObject["title"] as? String == "Lúc này chưa làm được", "\(unheard.body)")
        #expect(unheard.body.contains("nghe"), "the rule in words")
    }

    /// The highest title is kept by its re-checks: nothing is offered below it, and nothing taken.
    func nothingLower(_ site: TestSite) async throws {
        site.clock.move(to: try day("2026-11-20"))
        let head = try await site.signIn(.yaThuong)
        let page = try await head.open("\(area)/dossiers/new").expectStatus(200)
        let rule = "đang giữ danh hiệu Khu dân cư kiểu mẫu, cao hơn Khu dân cư tiêu biểu"
        #expect(page.says(rule) && page.says("Không có danh hiệu nào cần đăng ký"))
        #expect(page.forms.allSatisfy { !$0.action.hasSuffix("/dossiers") })
        let told = try await head.json("\(area)/dossiers/new").expectStatus(200)
        #expect((told.jsonObject["titles"] as? [Any])?.isEmpty == true)
        let sent = try await head.json("\(area)/dossiers", sending: #"{"title": "outstanding", "year": 2027}"#)
        #expect(sent.status == 422 && sent.body.contains(rule), "\(sent.body)")
        let same = try await head.json("\(area)/dossiers", sending: #"{"title": "model", "year": 2027}"#)
        #expect(same.status == 422 && same.body.contains("Khu dân cư đang giữ đúng danh hiệu này"), "\(same.body)")
        #expect(try await head.open("\(area)/titles").says("Đang giữ danh hiệu cao nhất của bộ tiêu chí"))
    }
}
