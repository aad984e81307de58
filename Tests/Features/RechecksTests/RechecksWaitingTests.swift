import Core
import Criteria
import Database
import Documents
import Recognition
import TestKit
import Testing

@testable import Rechecks

/// What of re-checks waits on home for a person with several offices.
@Suite("What waits of re-checks", .databases) struct RechecksWaitingTests {
    private func grant(_ role: Role, _ organisation: ID, _ territory: ID) -> Grant {
        Grant(
            id: ID(high: 7, low: UInt64(role.capabilities.count)), version: 1, role: role, organisation: organisation,
            territory: territory, term: Period(from: Day(iso: "2025-07-01") ?? .first))
    }

    @Test(arguments: TestEngine.all) func bothOfficesOfOnePersonAreAsked(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        try await Scene.begin(test.database)
        let day = try #require(Day(iso: "2027-11-10"))
        try await test.database.unattended(.seed) { tx in
            let candidates = try RechecksStore.candidates(under: Place.donDuong.id, year: 2027, on: day, tx)
            _ = try RechecksStore.open(
                candidates, territory: Place.donDuong.id, year: 2027, dueOn: day, Scene.deed(.kaHuong, tx), tx)
            return Receipt()
        }
        let head = grant(.areaHead, Member.yaThuong.body, Place.thongXanh.id)
        let officer = grant(.cultureOfficer, Member.kaHuong.body, Place.donDuong.id)
        let decider = grant(.provinceFront, Member.doThiHanh.body, Place.lamDong.id)
        func waits(_ grants: [Grant]) async throws -> [String] {
            try await test.database.read { reader in
                try RechecksWaiting.waiting(
                    for: Actor(person: Member.kaHuong.id, name: "", grants: grants), on: day, reader
                ).map(\.words)
            }
        }
        #expect(try await waits([officer]) == ["rechecks.waiting.due"])
        #expect(try await waits([head, officer]) == ["rechecks.waiting.due"], "an area's office hides no other")
        #expect(try await waits([decider, officer]) == ["rechecks.waiting.due"])
        #expect(try await waits([decider]).isEmpty, "who decides is not asked to look at all of a province")
    }

    /// An issued decision refuses a dossier.
    private func refuse(_ id: ID, at level: Criteria.Level, _ tx: Transaction) throws {
        for (action, state, member) in [
            (Recognition.Action.submit, Recognition.State.submitted, Member.yaThuong), (.accept, .accepted, .kaHuong),
            (.forward, .forwarded, .kaHuong), (.conclude, .appraised, .dangThiAnh),
        ] {
            try RecognitionStore.move(
                RecognitionStore.dossier(id, unattended: tx), action, to: state, Scene.deed(member, tx), tx)
        }
        let (unit, body): (Place, Body) =
            level == .commune ? (.donDuong, .frontOfDonDuong) : (.lamDong, .frontOfProvince)
        let decision = try RecognitionStore.draft(
            Recognition.NewDecision(
                territory: unit.id, organisation: body.id, title: "outstanding", level: level, year: 2026,
                items: [
                    .init(
                        dossier: RecognitionStore.dossier(id, unattended: tx), outcome: .refused,
                        reason: "Đường chưa đủ đèn")
                ]), Scene.deed(.doThiHanh, tx), tx)
        try RecognitionStore.issue(
            RecognitionStore.decision(
                decision, seenBy: Sight(person: Member.doThiHanh.id, roots: [Place.lamDong.id]), tx),
            Recognition.SignedPaper(number: "47/QĐ-MTTQ", day: tx.now.day, signer: "Đỗ Thị Hạnh", office: "Chủ tịch"),
            scan: Recognition.Decision.Scan(
                address: ContentAddress(of: Array("paper".utf8)), type: "application/pdf", name: "qd.pdf"),
            Scene.deed(.doThiHanh, tx), tx)
    }

    @Test(arguments: TestEngine.all, [Criteria.Level.commune, .province])
    func anAnswerToARefusalWaitsForTheLevelThatRefused(on engine: TestEngine, _ level: Criteria.Level) async throws {
        let test = try await TestDatabase(engine, .cast)
        try await test.database.unattended(.seed) { tx in
            let set = try CriteriaStore.addPublished(Scene.criteria, for: Place.lamDong.id, tx)
            let deed = Scene.deed(.yaThuong, tx)
            let dossier = try RecognitionStore.register(
                Recognition.Registration(
                    area: Place.thongXanh.id, year: 2026, title: "outstanding", level: level, areaClass: nil,
                    criteriaSet: set), deed, tx)
            try refuse(dossier, at: level, tx)
            try RecognitionStore.answerRefusal(of: dossier, "Đường đã đủ đèn", deed, tx)
            return Receipt()
        }
        func waits(_ member: Member, _ role: Role, _ body: ID, _ place: ID) async throws -> [String] {
            try await test.database.read { reader in
                try RechecksWaiting.waiting(
                    for: Actor(person: member.id, name: "", grants: [grant(role, body, place)]), on: TestClock.today,
                    reader
                ).map(\.words)
            }
        }
        let reply = ["rechecks.waiting.reply"]
        let commune = try await waits(.kaHuong, .communeFrontChair, Body.frontOfDonDuong.id, Place.donDuong.id)
        let province = try await waits(.doThiHanh, .provinceFront, Body.frontOfProvince.id, Place.lamDong.id)
        #expect(commune == (level == .commune ? reply : []))
        #expect(province == (level == .province ? reply : []))
    }
}
