import Core
import Database
import Foundation
import Organisation
import TestKit
import Testing

@testable import Criteria

/// So many lines that no list holds them: every criterion in every area of a large commune.
@Suite("Criteria taken on in many areas", .databases) struct CriteriaTakenManyTests {
    private static let areas = (1...24).map { ID(high: 0x7ac2, low: 1 << 63 | UInt64($0)) }
    private static let body = ID(high: 0x7777, low: 1)

    /// 26 areas by 27 criteria, of one organisation; and who wrote it down.
    private func begin(_ site: TestSite) async throws -> (consultation: ID, codes: [String]) {
        let text = try Sample.file(Sample.root.appending(path: "Demonstration/criteria.yaml"))
        return try await site.database.unattended(
            .seed,
            giving: { tx in
                let set = try CriteriaStore.addPublished(text, for: Place.lamDong.id, tx)
                try OrganisationStore.addTerritories(
                    Self.areas.enumerated().map { index, id in
                        NewTerritory(
                            id: id, .thon, "Lạc Thử \(index + 10)", parent: Place.donDuong.id,
                            profile: AreaProfile(households: 100, people: 400, asOf: 2026, isInvented: true))
                    }, tx)
                try OrganisationStore.addOrganisations(
                    [
                        NewOrganisation(
                            id: Self.body, .youthUnion, "Đoàn Thanh niên xã Đơn Dương", territory: Place.donDuong.id,
                            parent: Body.frontOfDonDuong.id, from: Day(iso: "2025-07-01") ?? .first)
                    ], tx)
                let consultation = try CriteriaTakenStore.record(
                    day: Day(iso: "2026-11-05") ?? .first, until: Day(iso: "2026-12-31") ?? .first,
                    conclusion: "Nhất trí.", bodies: [Self.body, Body.womenOfDonDuong.id], in: Place.donDuong.id,
                    for: set, by: nil, tx)
                let codes = try CriteriaStore.set(set, tx).indicators.map(\.code)
                for area in Self.areas + [Place.thongXanh.id, Place.suoiThong.id] {
                    for code in codes {
                        try tx.execute(
                            """
                            INSERT INTO taken_criterion (id, consultation_id, territory_id, organisation_id, code, target,
                                taken_at, revision)
                            VALUES (\(tx.ids.next()), \(consultation), \(area), \(Self.body), \(code), 'Đủ', \(tx.now), 1)
                            """)
                    }
                }
                return (consultation, codes)
            })
    }

    /// What the lists leave for the next page is counted all the same.
    @Test(arguments: TestEngine.all) func nothingIsUnownedBecauseTheListIsLong(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let (consultation, codes) = try await begin(site)
        #expect(codes.count == 27)
        let (reach, whole, pages) = try await site.database.read { reader in
            var pages: [TakenPage] = []
            repeat {
                pages.append(
                    try CriteriaTakenStore.page(
                        for: Place.donDuong.id, withBelow: true, on: TestClock.today, after: pages.last?.next, reader))
            } while pages.last?.next != nil
            return (
                try CriteriaTakenStore.reach(
                    in: Place.donDuong.id, withBelow: true, on: TestClock.today, reader),
                try CriteriaTakenStore.reach(at: consultation, in: Place.donDuong.id, reader), pages
            )
        }
        #expect(reach.count == 27 && Set(reach.keys) == Set(codes))
        #expect(reach.values.allSatisfy { $0 == .everywhere } && reach == whole)
        let lines = pages.flatMap(\.lines)
        #expect(lines.count == 702 && Set(lines.map(\.id)).count == 702 && pages.count == 8)
        #expect(pages.allSatisfy { $0.count == 702 && $0.bodies == [Self.body] })

        let kaHuong = try await site.signIn(.kaHuong)
        for path in ["/territories/\(Place.donDuong.id)/taken-on", "/consultations/\(consultation)"] {
            var next: String? = path
            var read = 0
            while let page = next, read < 2 {
                let shown = try await kaHuong.open(page).expectStatus(200)
                #expect(shown.says("Cả thảy 702 dòng."), "\(page)")
                #expect(!shown.says("chưa có tổ chức nào nhận."), "\(page)")
                read += 1
                next = shown.links.first { $0.hasPrefix(path + "?after=") }
            }
            #expect(read == 2 && next != nil, "\(path)")
        }
        // The term is over: all 702 wait for their result.
        site.clock.move(to: try #require(Day(iso: "2027-01-02")))
        let waiting = try await site.database.read {
            try CriteriaTakenStore.unreviewed(
                of: [Self.body], in: [Place.donDuong.id], on: Day(iso: "2027-01-02") ?? .last, $0)
        }
        #expect(waiting?.count == 702)
    }

    /// A slip is said, with the reason; it stays to be read, counts for nothing, and can be written as it should be.
    @Test(arguments: TestEngine.all) func aSlipIsPutRight(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let text = try Sample.file(Sample.root.appending(path: "Demonstration/criteria.yaml"))
        let (consultation, slip, other) = try await site.database.unattended(
            .seed,
            giving: { tx in
                let set = try CriteriaStore.addPublished(text, for: Place.lamDong.id, tx)
                let women = Body.womenOfDonDuong.id
                let consultation = try CriteriaTakenStore.record(
                    day: Day(iso: "2026-11-05") ?? .first, until: Day(iso: "2026-12-31") ?? .first,
                    conclusion: "Nhất trí.", bodies: [women, Body.frontOfDonDuong.id], in: Place.donDuong.id, for: set,
                    by: nil, tx)
                func take(_ code: String) throws -> ID {
                    try CriteriaTakenStore.takeOn(
                        NewTakenCriterion(
                            consultation: consultation, territory: Place.donDuong.id, organisation: women, code: code,
                            target: "Đủ đèn", number: nil), isShared: false, by: nil, tx)
                }
                return (consultation, try take("III.3"), try take("IV.1"))
            })
        let unit = "/territories/\(Place.donDuong.id)/taken-on"
        let kaHuong = try await site.signIn(.kaHuong)
        #expect(try await kaHuong.open(unit).says("25 tiêu chí chưa có tổ chức nào nhận."))
        let page = try await kaHuong.open("/taken-criteria/\(slip)/review").expectStatus(200)
        #expect(page.says("Dòng này ghi nhầm"))
        let bare = try await kaHuong.send(page.form("/mistake").filled(["why": ""])).expectStatus(422)
        #expect(bare.error(beside: "why") != nil)
        // Who has nothing to do with it cannot.
        let head = try await site.signIn(.yaThuong)
        let forced = try await head.json("/taken-criteria/\(slip)/mistake", sending: #"{"why": "x"}"#)
        #expect(forced.status == 403 || forced.status == 404)
        let said = try await kaHuong.send(page.form("/mistake").filled(["why": "Nhầm tổ chức."])).expectStatus(200)
        #expect(said.says("Đã ghi là ghi nhầm") && said.says("Nhầm tổ chức.") && said.says("Ghi nhầm"))
        #expect(said.forms.allSatisfy { !$0.action.contains("/taken-criteria/") })
        let again = try await kaHuong.json(
            "/taken-criteria/\(slip)/review",
            sending: #"{"outcome": "met", "review": "x", "early": true, "earlyWhy": "x"}"#)
        #expect(again.status == 409)

        // In no count, and in the story.
        let list = try await kaHuong.open(unit).expectStatus(200)
        #expect(list.says("26 tiêu chí chưa có tổ chức nào nhận.") && !list.says("Đủ đèn · Nhầm"))
        let story = try await kaHuong.open("/consultations/\(consultation)").expectStatus(200)
        #expect(story.says("Ghi nhầm, không tính") && story.says("Ghi nhầm: Nhầm tổ chức."))
        let thuy = try await site.signIn(.touprongNaiThuy)
        #expect(try await !thuy.open("/").links.contains("/taken-criteria/\(slip)/review"))
        // The same line may be written once more.
        try await kaHuong.send(
            story.form("/criteria").filled([
                "organisation": "\(Body.womenOfDonDuong.id)", "code": "III.3", "target": "Đủ đèn",
            ])
        ).expectStatus(200)
        #expect(try await kaHuong.open(unit).says("25 tiêu chí chưa có tổ chức nào nhận."))

        // Once the result is written it is no slip any more.
        try await kaHuong.json(
            "/taken-criteria/\(other)/review",
            sending: #"{"outcome": "met", "review": "Đủ.", "early": true, "earlyWhy": "Xong"}"#
        ).expectStatus(200)
        let done = try await kaHuong.open("/taken-criteria/\(other)/review").expectStatus(200)
        #expect(done.forms.allSatisfy { !$0.action.hasSuffix("/mistake") })
        let late = try await kaHuong.json("/taken-criteria/\(other)/mistake", sending: #"{"why": "x"}"#)
        #expect(late.status == 409)
    }
}
