import Core
import Criteria
import Database
import TestKit
import Testing

@testable import Goals

/// Targets, goals and titles of units on the page of searching, with every document that ever set them.
@Suite("Goals on the page of searching", .databases) struct GoalsSearchTests {
    private func links(_ typed: String, _ browser: Browser) async throws -> [String] {
        try await browser.open("/search?q=\(typed)").expectStatus(200).links
    }

    @Test(arguments: TestEngine.all) func areFoundByNameUnitAndEveryDocument(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await site.database.unattended(.seed) { tx in
            Receipt(id: try CriteriaStore.addPublished(GoalsStoryTests.criteria, for: Place.lamDong.id, tx))
        }
        let secretary = try await site.signIn(.voDinhKhai)
        let target = try await secretary.send(
            secretary.open("/targets/new").form("/targets").filled([
                "unit": "\(Place.donDuong.id)", "title": "model", "span": "2026", "value": "2",
                "documentNumber": "15-NQ/ĐU", "documentDay": "12/01/2026", "documentBody": "Đảng ủy xã Đơn Dương",
            ])
        ).expectStatus(200)
        _ = try await secretary.send(
            target.form().filled([
                "value": "1", "documentNumber": "27-KL/ĐU", "documentDay": "30/06/2026",
                "documentBody": "Đảng ủy xã Đơn Dương",
            ])
        ).expectStatus(200)
        let goal = try await secretary.send(
            secretary.open("/goals/new").form("/goals").filled([
                "unit": "\(Place.donDuong.id)", "title": "model", "name": "Xã nông thôn mới kiểu mẫu",
                "due": "31/12/2028", "owner": "\(Body.partyOfDonDuong.id)", "documentNumber": "03-NQ/ĐU",
                "documentDay": "05/11/2025", "documentBody": "Đảng ủy xã Đơn Dương",
            ])
        ).expectStatus(200)
        let front = try await site.signIn(.doThiHanh)
        let title = try await front.send(
            front.open("/unit-titles/new").form("/unit-titles").filled([
                "unit": "\(Place.donDuong.id)", "title": "model", "name": "Xã nông thôn mới kiểu mẫu",
                "documentNumber": "900/QĐ-UBND", "documentDay": "01/11/2026", "documentBody": "UBND tỉnh",
            ])
        ).expectStatus(200)

        let (targetPath, goalPath) = (target.path.prefix { $0 != "?" }, goal.path.prefix { $0 != "?" })
        for typed in ["15+nq+du", "27+kl+du", "chi+tieu+kieu+mau+2026", "don+duong+chi+tieu"] {
            #expect(try await links(typed, secretary).contains(String(targetPath)), "\(typed)")
            #expect(try await links(typed, front).contains(String(targetPath)), "\(typed), from above")
        }
        for typed in ["03+nq+du", "muc+tieu+nong+thon+moi", "nong+thon+don+duong"] {
            #expect(try await links(typed, secretary).contains(String(goalPath)), "\(typed)")
        }
        let shown = try await secretary.open("/search?q=15+nq+du")
        #expect(
            shown.says("Chỉ tiêu: Khu dân cư kiểu mẫu 2026") && shown.says("27-KL/ĐU"), "the number that counts now")
        // Of another commune; the register is public.
        let elsewhere = try await site.signIn(.maiSuongDem)
        for typed in ["15+nq+du", "27+kl+du", "03+nq+du", "muc+tieu+nong+thon+moi"] {
            #expect(
                try await links(typed, elsewhere).allSatisfy { !$0.hasPrefix("/targets/") && !$0.hasPrefix("/goals/") })
        }
        #expect(try await links("900+qd+ubnd", elsewhere).contains(title.path))
        #expect(try await links("don+duong+kieu+mau", elsewhere).contains(title.path))
    }
}
