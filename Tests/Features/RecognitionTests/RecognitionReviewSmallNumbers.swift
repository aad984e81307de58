import Foundation
import TestKit
import Testing

extension RecognitionReviewStoryTests {
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
