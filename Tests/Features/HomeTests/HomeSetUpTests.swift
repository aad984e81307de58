import Core
import Criteria
import Database
import Foundation
import TestKit
import Testing

@testable import Home

/// The first steps of an installation stay until there is something to register under.
@Suite("Home: first steps", .databases) struct HomeSetUpTests {
    private func text(_ file: String) throws -> String {
        try String(contentsOfFile: "\(TestSite.checkout)/Demonstration/\(file)", encoding: .utf8)
    }

    @Test(arguments: TestEngine.all) func aFrameAloneDoesNotEndThem(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        func page() async throws -> Shown { try await site.signIn(.ngoTanPhat).open("/").expectStatus(200) }
        #expect(try await page().says("Thiết lập ban đầu"))
        let (frame, set) = (try text("frame.yaml"), try text("criteria.yaml"))
        try await site.database.unattended(.seed) { tx in
            Receipt(id: try CriteriaStore.addPublished(frame, for: Place.lamDong.id, tx))
        }
        let framed = try await page()
        #expect(framed.says("Thiết lập ban đầu") && framed.says("Mới có tiêu chuẩn khung thì chưa đăng ký được"))
        #expect(try await site.database.read { try CriteriaStore.usable($0) } == 0)
        try await site.database.unattended(.seed) { tx in
            Receipt(id: try CriteriaStore.addPublished(set, for: Place.lamDong.id, tx))
        }
        #expect(try await site.database.read { try CriteriaStore.usable($0) } == 1)
        #expect(try await !page().says("Thiết lập ban đầu"))
    }
}
