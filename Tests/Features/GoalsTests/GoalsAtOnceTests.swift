import App
import Core
import Criteria
import Database
import TestKit
import Testing

@testable import Goals

/// What is missing and what does not fit is said in one answer, whichever field it is that is missing.
@Suite("Goals: all faults at once", .databases) struct GoalsAtOnceTests {
    private func site(_ engine: TestEngine) async throws -> TestSite {
        let site = try await TestSite(engine)
        try await site.database.unattended(.seed) { tx in
            Receipt(id: try CriteriaStore.addPublished(GoalsStoryTests.criteria, for: Place.lamDong.id, tx))
        }
        return site
    }

    private static let document = [
        "documentNumber": "15-NQ/ĐU", "documentDay": "31/12/2026", "documentBody": "Đảng ủy xã Đơn Dương",
    ]

    @Test(arguments: TestEngine.all) func ofATarget(on engine: TestEngine) async throws {
        let site = try await site(engine)
        let secretary = try await site.signIn(.voDinhKhai)
        let form = try await secretary.open("/targets/new").form("/targets")
        let typed = ["title": "model", "span": "1999", "value": "-1"].merging(Self.document) { $1 }
        for unit in [nil, "\(Place.suoiThong.id)"] as [String?] {
            let back = try await secretary.send(form.forged(typed.merging(["unit": unit ?? ""]) { $1 }))
                .expectStatus(422)
            #expect(back.error(beside: "unit") != nil && back.error(beside: "value")?.contains("nhỏ hơn 0") == true)
            #expect(back.error(beside: "span") != nil)
            #expect(back.error(beside: "documentDay")?.contains("chưa đến ngày ký") == true)
        }
        // Somebody else's unit is a wrong choice, and what is allowed is asked as before.
        let foreign = try await secretary.send(
            form.forged(typed.merging(["unit": "\(Place.kaDo.id)"]) { $1 }))
        #expect(foreign.status == 422 && foreign.error(beside: "unit") != nil)
    }

    @Test(arguments: TestEngine.all) func ofAGoalAndItsChange(on engine: TestEngine) async throws {
        let site = try await site(engine)
        let secretary = try await site.signIn(.voDinhKhai)
        let form = try await secretary.open("/goals/new").form("/goals")
        let typed = ["title": "model", "name": "Xã nông thôn mới kiểu mẫu", "due": "01/01/2026"]
            .merging(Self.document) { $1 }
        let bare = try await secretary.send(form.forged(typed)).expectStatus(422)
        #expect(bare.error(beside: "due")?.contains("đã qua") == true, "with neither unit nor owner")
        #expect(bare.error(beside: "documentDay") != nil)
        let wrong = try await secretary.send(
            form.forged(
                typed.merging(["unit": "\(Place.suoiThong.id)", "owner": "\(ID(high: 5, low: 5))"]) { $1 })
        ).expectStatus(422)
        for field in ["unit", "owner", "due", "documentDay"] { #expect(wrong.error(beside: field) != nil, "\(field)") }

        let goal = try await secretary.send(
            form.forged(
                typed.merging([
                    "unit": "\(Place.donDuong.id)", "owner": "\(Body.partyOfDonDuong.id)", "due": "31/12/2028",
                    "documentDay": "05/11/2025",
                ]) { $1 })
        ).expectStatus(200)
        let change = try await secretary.send(
            goal.form().forged(
                [
                    "act": "keep", "due": "01/01/2026", "owner": "\(ID(high: 5, low: 5))",
                    "successor": "\(ID(high: 5, low: 6))",
                ].merging(Self.document) { $1 })
        ).expectStatus(422)
        for field in ["owner", "due", "documentDay"] { #expect(change.error(beside: field) != nil, "\(field)") }
    }

    @Test(arguments: TestEngine.all) func ofATitleOfTheRegister(on engine: TestEngine) async throws {
        let site = try await site(engine)
        let front = try await site.signIn(.doThiHanh)
        let form = try await front.open("/unit-titles/new").form("/unit-titles")
        let typed = ["title": "model", "name": "Xã kiểu mẫu", "from": "01/01/2025", "last": "01/01/2024"]
            .merging(Self.document) { $1 }
        let back = try await front.send(form.forged(typed.merging(["unit": ""]) { $1 })).expectStatus(422)
        for field in ["unit", "from", "last", "documentDay"] { #expect(back.error(beside: field) != nil, "\(field)") }
    }
}
