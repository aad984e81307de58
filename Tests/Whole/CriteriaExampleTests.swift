import App
import Core
import Criteria
import Database
import Documents
import TestKit
import Testing

@testable import Recognition

/// Examples on an indicator's page: areas that were recognised under the very same set and hold the title today, with no
/// more of the value than everybody reads.
@Suite("Examples from areas that passed", .databases) struct CriteriaExampleTests {
    private struct World {
        let site: TestSite
        let set: ID
        let older: ID
    }

    private static func criteria(version: Int) throws -> String {
        try String(contentsOfFile: "\(Checkout.root)/Demonstration/criteria.yaml", encoding: .utf8)
            .replacing("version: 1\nstatus", with: "version: \(version)\nstatus")
            .replacing("effectiveFrom: 2026-01-01", with: "effectiveFrom: 2026-0\(version)-01")
    }

    private static let day = Day(iso: "2026-11-06") ?? .first

    private func begin(_ engine: TestEngine) async throws -> World {
        let site = try await TestSite(engine)
        let sets = try await site.database.unattended(
            .seed,
            giving: { tx in
                let older = try CriteriaStore.addPublished(Self.criteria(version: 1), for: Place.lamDong.id, tx)
                return (try CriteriaStore.addPublished(Self.criteria(version: 2), for: Place.lamDong.id, tx), older)
            })
        return World(site: site, set: sets.0, older: sets.1)
    }

    /// A dossier with these values, decided upon.
    private func decide(
        _ place: Place, _ set: ID, _ outcome: Recognition.Outcome, _ values: [String: Int64], number: String,
        _ tx: Transaction
    ) throws {
        func deed(_ member: Member, _ body: Body) -> Recognition.Deed {
            Recognition.Deed(person: member.id, organisation: body.id, at: Self.day.start + .hours(9))
        }
        let (area, front) = (deed(.yaThuong, .frontWorkOfThongXanh), deed(.doThiHanh, .frontOfProvince))
        let id = try RecognitionStore.register(
            Recognition.Registration(
                area: place.id, year: 2026, title: "outstanding", level: .province, areaClass: nil, criteriaSet: set),
            area, tx)
        for (code, whole) in values {
            _ = try RecognitionStore.save(
                .init(code: code, value: .quantity(Quantity(thousandths: whole * 1_000)), note: "Sổ của thôn"),
                dossier: id, over: 0, area, tx)
        }
        func now() throws -> Recognition.Dossier { try RecognitionStore.dossier(id, unattended: tx) }
        try RecognitionStore.move(now(), .conclude, to: .appraised, front, tx)
        let decision = try RecognitionStore.draft(
            Recognition.NewDecision(
                territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, title: "outstanding",
                level: .province, year: 2026,
                items: [
                    Recognition.DecisionItem(
                        dossier: now(), outcome: outcome, reason: outcome == .refused ? "Chưa đủ điểm" : nil)
                ]), front, tx)
        try RecognitionStore.issue(
            RecognitionStore.decision(
                decision, seenBy: Sight(person: Member.doThiHanh.id, roots: [Place.lamDong.id]), tx),
            Recognition.SignedPaper(number: number, day: Self.day, signer: "Đỗ Thị Hạnh", office: "Chủ tịch"),
            scan: Recognition.Decision.Scan(
                address: ContentAddress(of: Array("paper".utf8)), type: "application/pdf", name: "qd.pdf"), front, tx)
    }

    @Test(arguments: TestEngine.all) func whoPassedUnderThisSetIsShownAndNobodyElse(on engine: TestEngine) async throws
    {
        let world = try await begin(engine)
        let site = world.site
        try await site.database.unattended(.seed) { tx in
            // Passed, with one household helped; passed but not in this indicator; refused; passed under another version.
            try decide(.thongXanh, world.set, .recognised, ["III.2": 66, "I.3": 1], number: "41/QĐ", tx)
            try decide(.suoiThong, world.set, .recognised, ["III.2": 40, "I.3": 12], number: "42/QĐ", tx)
            try decide(.suoiMay, world.set, .refused, ["III.2": 88, "I.3": 3], number: "43/QĐ", tx)
            try decide(.taLy, world.older, .recognised, ["III.2": 77, "I.3": 9], number: "44/QĐ", tx)
            return Receipt()
        }
        let kaHuong = try await site.signIn(.kaHuong)
        let roads = "/criteria/\(world.set)/indicators/III.2"
        let page = try await kaHuong.open(roads).expectStatus(200)
        #expect(page.says("Nơi đã đạt") && page.says("Thông Xanh") && page.says("66 %"))
        #expect(page.links.contains("/portal/areas/\(Place.thongXanh.id)"))
        #expect(page.says("Khu dân cư tiêu biểu, năm 2026"))
        for other in ["Suối Thông B1", "Suối Mây", "Ta Ly 1", "40 %", "88 %", "77 %", "Sổ của thôn"] {
            #expect(!page.says(other), "\(other)")
        }
        func examples(_ code: String, of set: ID) async throws -> [(area: String, value: String?)] {
            let json = try await kaHuong.json("/criteria/\(set)/indicators/\(code)").expectStatus(200).jsonObject
            let lines = try #require(json["examples"] as? [[String: Any]])
            return lines.map {
                (($0["area"] as? [String: Any])?["name"] as? String ?? "", $0["value"] as? String)
            }
        }
        let told = try await examples("III.2", of: world.set)
        #expect(told.map(\.area) == ["Thông Xanh (minh họa)"] && told.map(\.value) == ["66"])
        let before = try await examples("III.2", of: world.older)
        #expect(before.map(\.area) == ["Ta Ly 1"] && before.map(\.value) == ["77"])

        // One household points at a family: "fewer than five" on the page, nothing in JSON; twelve do not.
        let small = try await kaHuong.open("/criteria/\(world.set)/indicators/I.3").expectStatus(200)
        #expect(small.says("dưới 5") && small.says("Thông Xanh") && small.says("12 hộ"))
        let helped = try await examples("I.3", of: world.set)
        #expect(
            Dictionary(uniqueKeysWithValues: helped.map { ($0.area, $0.value ?? "-") })
                == ["Thông Xanh (minh họa)": "-", "Suối Thông B1": "12"])
    }

    @Test(arguments: TestEngine.all) func aTitleThatHasEndedIsNoExampleAnyMore(on engine: TestEngine) async throws {
        let world = try await begin(engine)
        try await world.site.database.unattended(.seed) { tx in
            try decide(.thongXanh, world.set, .recognised, ["III.2": 66], number: "41/QĐ", tx)
            return Receipt()
        }
        let path = "/criteria/\(world.set)/indicators/III.2"
        let kaHuong = try await world.site.signIn(.kaHuong)
        #expect(try await kaHuong.open(path).says("Thông Xanh"))
        try await world.site.database.unattended(.seed) { tx in
            let title = try tx.one("SELECT id FROM title_grant").id("id")
            try RecognitionStore.end(title: title, on: Self.day.adding(days: 2), why: .withdrawn, tx)
            return Receipt()
        }
        let after = try await kaHuong.open(path).expectStatus(200)
        #expect(!after.says("Thông Xanh") && after.says("Chưa có khu dân cư nào được công nhận theo bộ này"))
    }
}
