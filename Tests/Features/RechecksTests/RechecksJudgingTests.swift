import Core
import Criteria
import Database
import Recognition
import TestKit
import Testing

@testable import Rechecks

/// Whoever granted a title judges it: the commune its own, the province all others, neither in the other's place.
@Suite("Re-checks: who judges", .databases) struct RechecksJudgingTests {
    private static let values = #"{"value.I.1": "1", "value.I.2": "yes", "value.III.2": "30", "value.III.3": "80"}"#
    private static let notice = #"{"reason.III.2": "Còn 30 %, yêu cầu 50 %.", "mendDays": 30}"#
    private static let ground = #"{"ground": "Không khắc phục", "basis": "Quy chế số 12"}"#

    /// Thông Xanh holds a title of the province, Suối Thông B1 one of its commune; both fell, the culture officer looked.
    private func begin(_ engine: TestEngine) async throws -> (TestSite, own: String, other: String) {
        let site = try await TestSite(engine)
        try await site.database.unattended(.seed) { tx in
            _ = try CriteriaStore.addPublished(Scene.criteria, for: Place.lamDong.id, tx)
            for (level, unit, body, area) in [
                (Criteria.Level.province, Place.lamDong, Body.frontOfProvince, Place.thongXanh),
                (.commune, .donDuong, .frontOfDonDuong, .suoiThong),
            ] {
                _ = try RecognitionStore.record(
                    earlier: Recognition.EarlierDecision(
                        territory: unit.id, organisation: body.id, title: "outstanding",
                        titleName: "Khu dân cư tiêu biểu", level: level, year: 2024, number: "17/\(level.rawValue)",
                        day: Day(iso: "2024-11-11") ?? .first, termYears: 3, areas: [area.id]),
                    Scene.deed(.doThiHanh, tx), tx)
            }
            return Receipt()
        }
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        let opened = try await loan.json(
            "/territories/\(Place.donDuong.id)/rechecks", sending: #"{"year": "2026"}"#)
        #expect(opened.status == 200, "\(opened.body)")
        func path(_ area: Place) async throws -> String {
            try await site.database.read { reader in
                "/rechecks/\(try reader.one("SELECT id FROM recheck WHERE territory_id = \(area.id)").id("id"))"
            }
        }
        return (site, try await path(.suoiThong), try await path(.thongXanh))
    }

    private func flag(_ path: String, _ site: TestSite) async throws {
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        #expect(try await loan.json(path + "/looks", sending: Self.values).status == 200)
        #expect(try await loan.json(path + "/conclusion", sending: "{}").status == 200)
    }

    @Test(arguments: TestEngine.all) func whoGrantedATitleJudgesItAlone(on engine: TestEngine) async throws {
        let (site, own, other) = try await begin(engine)
        let (chair, province) = (try await site.signIn(.kaHuong), try await site.signIn(.doThiHanh))
        // The chair looks at what the province granted, and leaves the commune's own to the officer.
        #expect(try await chair.open("/").says("Rà soát 1 danh hiệu, đợt năm 2026"))
        #expect(try await chair.open(other).forms.contains { $0.action == other + "/looks" })
        #expect(try await chair.open(own).forms.allSatisfy { $0.action != own + "/looks" })
        #expect(try await province.open(own).forms.allSatisfy { $0.action != own + "/looks" })
        try await flag(own, site)
        try await flag(other, site)

        let draft = "Lập dự thảo thông báo rà soát"
        #expect(try await chair.open("/").says("\(draft) gửi thôn Suối Thông B1"))
        #expect(try await !chair.open("/").says("\(draft) gửi thôn Thông Xanh"))
        #expect(try await province.open("/").says("\(draft) gửi thôn Thông Xanh"))
        #expect(try await !province.open("/").says("\(draft) gửi thôn Suối Thông B1"))
        for (browser, path, words) in [(province, own, "cấp xã công nhận"), (chair, other, "cấp tỉnh")] {
            #expect(try await browser.open(path).forms.allSatisfy { $0.action != path + "/notice" })
            let refused = try await browser.json(path + "/notice", sending: Self.notice)
            #expect(refused.status == 403 && refused.body.contains(words), "\(refused.body)")
            #expect(try await browser.json(path + "/keeping", sending: "{}").status == 403)
        }
        let officer = try await site.signIn(.nguyenThiMaiLoan)
        #expect(try await officer.json(own + "/notice", sending: Self.notice).status == 403)
        #expect(try await chair.json(own + "/notice", sending: Self.notice).status == 200)
        #expect(try await province.json(other + "/notice", sending: Self.notice).status == 200)
        // The draft is the judge's alone.
        #expect(try await chair.open(own).says("Còn 30 %"))
        #expect(try await !province.open(own).says("Còn 30 %"))
        let body = try await site.database.read { reader in
            try reader.one("SELECT organisation_id FROM recheck_event WHERE action = 'draft' ORDER BY at, id LIMIT 1")
                .id("organisation_id")
        }
        #expect(body == Body.frontOfDonDuong.id)
    }

    @Test(arguments: TestEngine.all) func theCommuneKeepsAndTakesBackItsOwn(on engine: TestEngine) async throws {
        let (site, own, _) = try await begin(engine)
        try await flag(own, site)
        let (chair, province) = (try await site.signIn(.kaHuong), try await site.signIn(.doThiHanh))
        let id = try #require(ID(own.replacing("/rechecks/", with: "")))
        // Heard: the commune proposes, the province does not in its place.
        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE recheck SET state = 'heard' WHERE id = \(id)")
            try tx.execute(
                """
                INSERT INTO recheck_hearing (id, recheck_id, day, begins, place, reason, invited_at, came, minutes, held_at)
                VALUES (\(tx.ids.next()), \(id), '2026-11-10', 480, 'a', 'b', \(tx.now), 0, 'c', \(tx.now))
                """)
            return Receipt()
        }
        let refused = try await province.json(own + "/withdrawal", sending: Self.ground)
        #expect(refused.status == 403 && refused.body.contains("cấp xã công nhận"))
        #expect(try await chair.json(own + "/withdrawal", sending: Self.ground).status == 200)
        let draft = try await site.database.read { reader in
            "/decisions/\(try reader.one("SELECT decision_id FROM decision_withdrawal").id("decision_id"))"
        }
        #expect(try await province.json(draft + "/removal", sending: "{}").status == 403)
        #expect(try await chair.json(draft + "/removal", sending: "{}").status == 200)

        // Mended and kept; whoever looked does not, chair or not.
        let officer = try await site.signIn(.nguyenThiMaiLoan)
        #expect(try await officer.json(own + "/mending", sending: #"{"again.III.2": "55"}"#).status == 200)
        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE recheck_look SET looked_by = \(Member.kaHuong.id) WHERE code = 'I.2'")
            return Receipt()
        }
        let barred = try await chair.json(own + "/keeping", sending: "{}")
        #expect(barred.status == 403 && barred.body.contains("Người đã ghi kết quả rà soát"))
        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE recheck_look SET looked_by = \(Member.nguyenThiMaiLoan.id) WHERE code = 'I.2'")
            return Receipt()
        }
        #expect(try await chair.json(own + "/keeping", sending: "{}").status == 200)
    }
}
