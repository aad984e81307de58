import Core
import Criteria
import Database
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
