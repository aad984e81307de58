import Core
import Foundation
import TestKit
import Testing

extension RecognitionReviewStoryTests {
    /// Though all slips may be back: on the last day of the posting nothing is counted, and the page says from when.
    func nothingIsCountedEarly(_ site: TestSite, _ here: String) async throws {
        site.clock.move(to: try #require(Day(iso: "2026-09-29")), hour: 20)
        let soon = try await site.signIn(.dinhCongSau).open(here).expectStatus(200)
        #expect(soon.says("từ ngày 30/09/2026 mới mở hòm"))
        #expect(soon.forms.allSatisfy { !$0.action.hasSuffix("/entries") })
    }

    /// Rule 4: one household helped out of hardship is "fewer than five" to everybody, on the page and in JSON; what
    /// points at nobody is told to the last digit.
    func smallNumbersStayUntold(_ resident: Browser, _ posted: String) async throws {
        let page = try await resident.open(posted)
        let row = try #require(page.text.firstMatch(of: /I\.3 Hộ được giúp.{0,90}/)).output
        #expect(row.contains("dưới 5 "), "\(row)")
        #expect(page.says("90,5 %"))
        let groups = try #require(try await resident.json(posted).jsonObject["groups"] as? [[String: Any]])
        let lines = groups.flatMap { $0["lines"] as? [[String: Any]] ?? [] }
        let untold = lines.filter { $0["shown"] as? String != "whole" }
        #expect(untold.map { "\($0["code"] ?? "") \($0["shown"] ?? "")" } == ["I.3 underFive"])
        #expect(untold.allSatisfy { $0["value"] == nil }, "\(untold)")
        #expect(lines.filter { $0["value"] is [String: Any] }.count == 26)
    }
}
