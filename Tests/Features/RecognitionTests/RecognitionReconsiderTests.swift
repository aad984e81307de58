import Core
import Criteria
import Database
import TestKit
import Testing

@testable import Recognition

/// What an area says to a refusal can lead somewhere: the decider looks at it again, and another decision may come of it.
@Suite("Refusals that are looked at again", .databases) struct RecognitionReconsiderTests {
    private static let said = "Đèn đã lắp đủ ngày 5/11, có biên bản nghiệm thu."
    private static let replied = "Biên bản đúng; đưa vào dự thảo quyết định lần sau."

    /// The area answers its refusal and the decider looks at it again.
    private func lookAgain(_ site: TestSite, _ dossier: ID, _ area: Member = .yaThuong) async throws -> Shown {
        let path = "/dossiers/\(dossier)/refusal"
        let answering = try await site.signIn(area)
        _ = try await answering.send(answering.open(path).form("/answer").filled(["text": Self.said]))
            .expectStatus(200)
        let hanh = try await site.signIn(.doThiHanh)
        let form = try await hanh.open(path).expectStatus(200).form("/reply")
        return try await hanh.send(form.filled(["text": Self.replied, "outcome": "reconsidered"])).expectStatus(200)
    }

    private func state(_ dossier: ID, _ site: TestSite) async throws -> Recognition.State {
        try await site.database.read { try Walk.now(dossier, $0).state }
    }

    @Test(arguments: TestEngine.all) func itStandsInAnotherDecision(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database)
        let (dossier, first) = try await site.database.unattended(
            .seed,
            giving: { tx in
                let dossier = try Scene.concluded(set, tx)
                let first = try Scene.draft([(dossier, .refused)], tx)
                try Scene.issue(first, "46/QĐ-MTTQ-BTT", tx)
                return (dossier.id, first)
            })
        site.clock.move(to: TestClock.today.adding(days: 2))
        let back = try await lookAgain(site, dossier)
        #expect(
            back.says("phúc đáp: xem xét lại") && back.says(Self.replied) && back.links.contains("/dossiers/\(dossier)")
        )
        #expect(try await state(dossier, site) == .appraised)
        // The area reads it in its story and on home; the refusal stays in its decision.
        let area = try await site.signIn(.yaThuong)
        let story = try await area.open("/dossiers/\(dossier)").expectStatus(200)
        #expect(story.says("Xem xét lại quyết định chưa công nhận") && story.says(Self.replied))
        #expect(try await area.open("/").expectStatus(200).says("Cấp quyết định xem xét lại việc chưa công nhận"))
        let hanh = try await site.signIn(.doThiHanh)
        #expect(try await hanh.open("/decisions/\(first)").expectStatus(200).says("Đường chưa đủ đèn"))
        #expect(try await hanh.open("/").links.contains("/decisions/new?title=model&year=2026"))
        // Answered back once; and the new paper is not of a day before that.
        let again = try await hanh.json(
            "/dossiers/\(dossier)/refusal/reply", sending: #"{"text": "x", "outcome": "reconsidered"}"#)
        #expect(again.status == 409)
        let second = try await site.database.unattended(
            .seed, giving: { tx in try Scene.draft([(Walk.now(dossier, tx), .recognised)], tx) })
        await #expect {
            try await site.database.unattended(.seed) { tx in
                try Scene.issue(second, "47/QĐ-MTTQ-BTT", on: TestClock.today, tx)
                return Receipt()
            }
        } throws: { ($0 as? Refusal)?.key == "recognition.refusal.beforeReconsidering" }
        try await site.database.unattended(.seed) { tx in
            try Scene.issue(second, "47/QĐ-MTTQ-BTT", tx)
            return Receipt()
        }
        #expect(try await state(dossier, site) == .recognised)
        try await site.database.read { reader throws in
            #expect(try RecognitionStore.decision(about: dossier, reader) == second)
            let held = try RecognitionStore.rungs(of: Place.thongXanh.id, on: TestClock.today.adding(days: 2), reader)
            #expect(held.map(\.kind.code) == ["model"])
        }
    }

    /// A second refusal is one of its own: read, answered and answered back like the first.
    @Test(arguments: TestEngine.all) func aSecondRefusalIsAnsweredAnew(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database)
        let dossier = try await site.database.unattended(
            .seed,
            giving: { tx in
                let dossier = try Scene.concluded(set, tx)
                try Scene.issue(Scene.draft([(dossier, .refused)], tx), "46/QĐ-MTTQ-BTT", tx)
                return dossier.id
            })
        _ = try await lookAgain(site, dossier)
        site.clock.move(to: TestClock.today.adding(days: 1))
        let draft = try await site.database.unattended(
            .seed, giving: { tx in try Scene.draft([(Walk.now(dossier, tx), .refused)], tx) })
        try await site.database.unattended(.seed) { tx in
            try Scene.issue(draft, "47/QĐ-MTTQ-BTT", tx)
            return Receipt()
        }
        let area = try await site.signIn(.yaThuong)
        let page = try await area.open("/dossiers/\(dossier)/refusal").expectStatus(200)
        #expect(page.says("47/QĐ-MTTQ-BTT") && !page.says(Self.said))
        _ = try await area.send(page.form("/answer").filled(["text": "Xin xét lại lần nữa."])).expectStatus(200)
        let hanh = try await site.signIn(.doThiHanh)
        #expect(try await hanh.open("/").says("Phúc đáp ý kiến của thôn "))
        let form = try await hanh.open("/dossiers/\(dossier)/refusal").form("/reply")
        let back = try await hanh.send(form.filled(["text": "Đã xét hai lần.", "outcome": "upheld"])).expectStatus(200)
        #expect(back.says("phúc đáp: giữ nguyên"))
        #expect(try await state(dossier, site) == .refused)
    }

    /// No decision recognises whom the panel did not let pass: there a panel looks again first.
    @Test(arguments: TestEngine.all) func whomThePanelDidNotLetPassItAppraisesAgain(on engine: TestEngine) async throws
    {
        let site = try await TestSite(engine)
        let dossier = try await PanelScene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            _ = try PanelScene.toPanel([dossier], tx)
            try self.appraise(dossier, on: "2026-10-26", tx)
            try tx.execute(
                "UPDATE appraisal SET conclusion = 'passesNot', reason = 'Đường chưa đủ đèn' WHERE dossier_id = \(dossier)"
            )
            let draft = try Scene.draft([(Walk.now(dossier, tx), .refused)], tx)
            try Scene.issue(draft, "46/QĐ-MTTQ-BTT", tx)
            return Receipt()
        }
        _ = try await lookAgain(site, dossier)
        #expect(try await state(dossier, site) == .forwarded)
        let story = try await site.signIn(.yaThuong).open("/dossiers/\(dossier)").expectStatus(200)
        #expect(story.says("Xem xét lại quyết định, tổ thẩm định làm lại"))
        // It waits for a panel like what a commune has just submitted.
        let hanh = try await site.signIn(.doThiHanh)
        let forming = try await hanh.open("/panels/new?year=2026").expectStatus(200)
        #expect(forming.says("Thông Xanh"))
        try await site.database.unattended(.seed) { tx in
            let panel = try tx.one("SELECT id FROM panel").id("id")
            try RecognitionStore.take(
                [dossier], into: RecognitionStore.panel(panel, unattended: tx), Scene.deed(.doThiHanh, tx), tx)
            try self.appraise(dossier, on: "2026-11-10", tx)
            return Receipt()
        }
        #expect(try await state(dossier, site) == .appraised)
        let page = try await hanh.open("/decisions/new?title=model&year=2026").expectStatus(200)
        let draft = try await hanh.press("/decisions/new", on: page).expectStatus(200)
        #expect(draft.says("Công nhận 1 khu dân cư"))
    }

    /// All score what the commune had, look on the spot and let the area pass.
    private func appraise(_ dossier: ID, on day: String, _ tx: Transaction) throws {
        try PanelScene.declareAndScore(dossier, by: PanelScene.members, on: day, tx)
        let deed = PanelScene.deed(PanelScene.members[0], day, hour: 17)
        try RecognitionStore.putVisit(
            Recognition.NewVisit(
                day: Day(iso: day) ?? .first, members: PanelScene.members, remark: nil,
                looks: [.init(code: "III.3", result: .asWritten, note: nil)]), dossier: dossier, deed, tx)
        try RecognitionStore.conclude(.passes, reason: nil, remark: "Nhất trí.", dossier: dossier, deed, tx)
    }

    @Test func whereItGoesFollowsFromThePanelsMinutes() {
        typealias Reply = Recognition.RefusalReply
        for conclusion in [nil, Recognition.PanelConclusion.passes, .passesNot] {
            #expect(Reply.upheld.action(after: conclusion) == nil)
        }
        #expect(Reply.reconsidered.action(after: nil) == .reconsider)
        #expect(Reply.reconsidered.action(after: .passes) == .reconsider)
        #expect(Reply.reconsidered.action(after: .passesNot) == .reappraise)
    }
}
