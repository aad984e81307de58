import Core
import Database
import Foundation
import Recognition
import TestKit
import Testing

@testable import Rechecks

/// A re-check that runs over New Year, and a draft withdrawal that is thrown away.
extension RechecksStoryTests {
    private static let january = day("2028-02-01")

    /// Titles that the round of 2028 would list.
    private func candidates(_ site: TestSite) async throws -> [RechecksStore.Candidate] {
        try await site.database.read {
            try RechecksStore.candidates(under: Place.donDuong.id, year: 2028, on: Self.january, $0)
        }
    }

    private func open(_ candidates: [RechecksStore.Candidate], _ site: TestSite) async throws {
        try await site.database.unattended(.seed) { tx in
            _ = try RechecksStore.open(
                candidates, territory: Place.donDuong.id, year: 2028, dueOn: Self.day("2028-06-30"),
                Scene.deed(.kaHuong, tx), tx)
            return Receipt()
        }
    }

    private func keep(_ site: TestSite, _ path: String) async throws {
        let mended = try await site.signIn(.kaHuong).json(path + "/mending", sending: #"{"again.III.2": "63"}"#)
        #expect(mended.status == 200)
        #expect(try await site.signIn(.doThiHanh).json(path + "/keeping", sending: "{}").status == 200)
    }

    @Test(arguments: TestEngine.all) func aRecheckOverNewYearHasNoSecondBesideIt(on engine: TestEngine) async throws {
        let (site, path) = try await begin(engine)
        try await flag(site, path)
        try await notify(site, path)
        site.clock.move(to: Self.january)
        try await site.runJobs()
        #expect(try await candidates(site).isEmpty)
        let kaHuong = try await site.signIn(.kaHuong)
        let page = try await kaHuong.open("/rechecks").expectStatus(200)
        #expect(page.says("Còn đang rà soát từ đợt trước") && page.says("Đợt năm 2027"), "\(page.text)")
        #expect(page.links.contains(path) && page.forms.allSatisfy { !$0.action.hasSuffix("/rechecks") })
        let none = try await kaHuong.json("/territories/\(Place.donDuong.id)/rechecks", sending: #"{"year": "2028"}"#)
        #expect(none.status == 422)

        // The round of the year stands for others; what is under way is added when it is over.
        try await open([], site)
        let missing = "/territories/\(Place.donDuong.id)/rechecks/missing"
        #expect(try await kaHuong.json(missing, sending: "{}").status == 409)
        #expect(try await kaHuong.open("/rechecks").links.contains(path))
        try await keep(site, path)
        let over = try await kaHuong.open("/rechecks").expectStatus(200)
        #expect(over.says("1 danh hiệu chưa có trong đợt") && !over.says("Còn đang rà soát từ đợt trước"))
        let added = try await kaHuong.press("/rechecks/missing", on: over).expectStatus(200)
        #expect(added.says("Đã thêm vào đợt rà soát."))
        let former = try await kaHuong.open("/rechecks?year=2027").expectStatus(200)
        #expect(!former.says("Còn đang rà soát từ đợt trước"))
    }

    @Test(arguments: TestEngine.all) func whatAnotherRecheckDecidesIsNotPassedBesideIt(on engine: TestEngine)
        async throws
    {
        let (site, path) = try await begin(engine)
        // Both years stood open before the first was concluded.
        let both = try await candidates(site).filter { $0.area == Place.thongXanh.id }
        try #require(both.count == 1)
        try await flag(site, path)
        try await notify(site, path)
        site.clock.move(to: Self.january)
        try await site.runJobs()
        try await open(both, site)
        let second = try await site.database.read { reader in
            "/rechecks/\(try reader.one("SELECT id FROM recheck WHERE title_id = \(both[0].title) ORDER BY id DESC LIMIT 1").id("id"))"
        }
        try #require(second != path)
        let kaHuong = try await site.signIn(.kaHuong)
        let values = #"{"value.I.1": "2", "value.I.2": "yes", "value.III.2": "66", "value.III.3": "91"}"#
        #expect(try await kaHuong.json(second + "/looks", sending: values).status == 200)
        let refused = try await kaHuong.json(second + "/conclusion", sending: "{}")
        #expect(refused.status == 409 && refused.body.contains("đợt năm 2027"), "\(refused.body)")
        #expect(try await site.signIn(.yaThuong).open("/areas/\(Place.thongXanh.id)/titles").says("Đã thông báo"))
        try await keep(site, path)
        #expect(try await kaHuong.json(second + "/conclusion", sending: "{}").status == 200)
    }

    @Test(arguments: TestEngine.all) func aDraftThrownAwayIsToldInTheRecheck(on engine: TestEngine) async throws {
        let (site, path) = try await begin(engine)
        try await flag(site, path)
        try await notify(site, path)
        let id = try #require(ID(path.replacing("/rechecks/", with: "")))
        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE recheck SET state = 'heard', due_on = NULL WHERE id = \(id)")
            try tx.execute(
                """
                INSERT INTO recheck_hearing (id, recheck_id, day, begins, place, reason, invited_at, came, minutes, held_at)
                VALUES (\(tx.ids.next()), \(id), '2027-11-02', 480, 'a', 'b', \(tx.now), 0, 'c', \(tx.now))
                """)
            return Receipt()
        }
        let hanh = try await site.signIn(.doThiHanh)
        let ground = #"{"ground": "Không khắc phục", "basis": "Quy chế số 12"}"#
        #expect(try await hanh.json(path + "/withdrawal", sending: ground).status == 200)
        let draft = try await site.database.read { reader in
            "/decisions/\(try reader.one("SELECT decision_id FROM decision_withdrawal").id("decision_id"))"
        }
        #expect(try await hanh.open(path).says("Dự thảo thu hồi"))
        let page = try await hanh.open(draft).expectStatus(200)
        try await hanh.press("/removal", on: page).expectStatus(200)
        let told = try await hanh.open(path).expectStatus(200)
        #expect(told.says("Hủy dự thảo thu hồi"), "\(told.text)")
        let events = try await site.database.read { reader in
            try reader.rows(
                """
                SELECT action, state_to, actor_id FROM recheck_event WHERE recheck_id = \(id)
                    AND action IN ('propose', 'discard') ORDER BY id
                """
            ).map {
                "\(try $0.text("action")) \(try $0.text("state_to")) \(try $0.id("actor_id") == Member.doThiHanh.id)"
            }
        }
        #expect(events == ["propose withdrawing true", "discard heard true"])
        #expect(try await hanh.json(path + "/withdrawal", sending: ground).status == 200, "drafted again")
    }
}
