import App
import Core
import Database
import TestKit
import Testing

@testable import Offices

/// A page that asks offices, drawn before somebody else changed what is asked, overwrites nothing unseen.
@Suite("Offices: asked meanwhile by somebody else", .databases) struct OfficesStandingTests {
    private typealias S = OfficesScene

    private func begin(_ engine: TestEngine) async throws -> (TestSite, ID) {
        let site = try await TestSite(engine, clock: TestClock(S.day("2026-08-17")))
        return (site, try await S.begin(site.database))
    }

    private func due(_ site: TestSite) async throws -> Set<String> {
        try await site.database.read { reader in
            Set(try reader.rows("SELECT due_on FROM office_grid").map { try $0.day("due_on").isoText })
        }
    }

    @Test(arguments: TestEngine.all) func anOldPageOfTheAssignmentIsTurnedBackOnce(on engine: TestEngine) async throws {
        let (site, _) = try await begin(engine)
        let kaHuong = try await site.signIn(.kaHuong)
        let old = try await kaHuong.open("/offices/assignments/new?year=2026").form("/offices/assignments")
        let other = try await kaHuong.open("/offices/assignments/new?year=2026").form("/offices/assignments")
        try await kaHuong.send(other.filled(["due": "05/09/2026", "objections": "15/09/2026"])).expectStatus(200)
        let back = try await kaHuong.send(old.filled(["due": "31/08/2026", "objections": "10/09/2026"]))
            .expectStatus(409)
        #expect(back.says("Người khác vừa đổi việc giao này."))
        #expect(back.says("cơ quan ghi xong trước hết ngày 05/09/2026"))
        #expect(back.says("IV.1, IV.2: Công an xã Đơn Dương"))
        let form = try back.form("/offices/assignments")
        #expect(form.values["due"] == "31/08/2026", "what was typed is still there")
        #expect(try await due(site) == ["2026-09-05"])
        // Looked at, it is sent again.
        try await kaHuong.send(form).expectStatus(200)
        #expect(try await due(site) == ["2026-08-31"])
    }

    @Test(arguments: TestEngine.all) func anOldPageOfOneOfficesTermsIsTurnedBackOnce(on engine: TestEngine)
        async throws
    {
        let (site, set) = try await begin(engine)
        let grid = try await site.database.unattended(.seed, giving: { try S.assign(set, $0).insurance })
        let kaHuong = try await site.signIn(.kaHuong)
        let path = "/offices/\(grid)/assignment"
        let (old, other) = (try await kaHuong.open(path).form(path), try await kaHuong.open(path).form(path))
        // Figures that the office enters meanwhile are no change of what is asked.
        try await site.database.unattended(.seed) { tx in
            try S.put(S.percent(95_000), "II.2", in: grid, tx)
            return Receipt()
        }
        try await kaHuong.send(other.filled(["due": "05/09/2026", "objections": "15/09/2026"])).expectStatus(200)
        let back = try await kaHuong.send(old.filled(["due": "01/09/2026", "objections": "12/09/2026"]))
            .expectStatus(409)
        #expect(back.says("Hiện nay: ghi xong trước hết ngày 05/09/2026") && back.says("chỉ tiêu II.2."))
        let form = try back.form(path)
        #expect(form.values["due"] == "01/09/2026")
        try await kaHuong.send(form).expectStatus(200)
        #expect(try await due(site).contains("2026-09-01"))
        // An answer without the mark, as another program sends it, is taken as it is.
        let sent = try await kaHuong.json(
            path, sending: #"{"due": "2026-09-03", "objections": "2026-09-12", "column": {"II.2": "on"}}"#)
        #expect(sent.status < 300, "\(sent.body)")
    }
}
