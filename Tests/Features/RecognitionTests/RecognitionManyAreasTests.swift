import Core
import Criteria
import Database
import Foundation
import Organisation
import TestKit
import Testing

@testable import Recognition

/// A commune's areas together: on one submission, before one panel, in one decision. Thông Xanh falls short and is
/// refused with its reason; all the others stand in the article's list, or in an annex of the decision's own.
@Suite("Many areas in one decision", .databases) struct RecognitionManyAreasTests {
    /// So many with Thông Xanh refused: the list still fits the article, or follows as an annex.
    private static let cases = TestEngine.all.flatMap { engine in [(engine, 2), (engine, 13)] }

    private struct World {
        let site: TestSite
        /// Those that pass, in official order.
        let others: [(name: String, dossier: ID)]
        let refused: ID
    }

    private static func area(_ number: Int) -> ID { ID(high: 0x7ac1, low: 1 << 63 | UInt64(number)) }

    /// All of them accepted by the commune, each after its own meeting, posting and ballot.
    private func begin(_ engine: TestEngine, _ count: Int) async throws -> World {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-10-10"))))
        let set = try await Scene.begin(site.database, holding: false)
        let names = (1...count).map { "Lạc Thử \($0 < 10 ? "0" : "")\($0)" }
        let made = try await site.database.unattended(
            .seed,
            giving: { tx in
                try PanelScene.addPeople(tx)
                try OrganisationStore.addTerritories(
                    names.enumerated().map { index, name in
                        NewTerritory(
                            id: Self.area(index), .thon, name, parent: Place.donDuong.id,
                            profile: AreaProfile(households: 214, people: 858, asOf: 2026, isInvented: true))
                    }, tx)
                let refused = try accepted(Place.thongXanh.id, set, with: ["I.1": 0], tx)
                return (try names.indices.map { try accepted(Self.area($0), set, with: [:], tx) }, refused)
            })
        return World(site: site, others: Array(zip(names, made.0)), refused: made.1)
    }

    private func accepted(_ area: ID, _ set: ID, with own: [String: Int64], _ tx: Transaction) throws -> ID {
        let id = try RecognitionStore.register(
            Recognition.Registration(
                area: area, year: 2026, title: "outstanding", level: .province, areaClass: nil, criteriaSet: set),
            Walk.deed(.yaThuong, "2026-03-20"), tx)
        for (code, value) in Walk.values {
            let value = own[code].map { Criteria.Value.quantity(Quantity(thousandths: $0)) } ?? value
            _ = try RecognitionStore.save(
                .init(code: code, value: value, note: nil), dossier: id, over: 0, Walk.deed(.yaThuong, "2026-09-10"),
                tx)
        }
        try Walk.fromHandIn(id, Walk.count, tx)
        try RecognitionStore.move(
            Walk.now(id, tx), .accept, to: .accepted, Walk.deed(.kaHuong, "2026-10-08", hour: 9), tx)
        return id
    }

    @Test(arguments: cases) func theyStandInOneDecision(on engine: TestEngine, count: Int) async throws {
        let world = try await begin(engine, count)
        try await submit(world)
        try await appraise(world)
        let decision = try await decide(world)
        try await print(world, decision)
        try await tell(world, decision)
    }

    /// One submission carries all of them; its annex names each.
    private func submit(_ world: World) async throws {
        let kaHuong = try await world.site.signIn(.kaHuong)
        let new = try await kaHuong.open("/submissions/new?year=2026").expectStatus(200)
        let draft = try await kaHuong.send(new.form("/submissions/new")).expectStatus(200)
        let sent = try await kaHuong.send(
            draft.form("/sending").filled([
                "number": "12/TTr", "day": "10/10/2026", "signer": "Ka Hương", "office": "Chủ tịch",
            ])
        ).expectStatus(200)
        let paper = try await kaHuong.open("\(sent.path)/paper").expectStatus(200)
        for name in world.others.map(\.name) + ["Thông Xanh"] { #expect(paper.says(name), "\(name)") }
        let states = try await world.site.database.read { reader in
            try (world.others.map(\.dossier) + [world.refused]).map { try Walk.now($0, reader).state }
        }
        #expect(Set(states) == [.forwarded])
    }

    /// By the store: the panel has stories of its own.
    private func appraise(_ world: World) async throws {
        try await world.site.database.unattended(.seed) { tx in
            let all = world.others.map(\.dossier) + [world.refused]
            _ = try RecognitionStore.formPanel(
                Recognition.NewPanel(
                    territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, name: "Tổ thẩm định năm 2026",
                    year: 2026, chair: PanelScene.members[0], secretary: PanelScene.haBien,
                    members: PanelScene.members, dossiers: all), Walk.deed(.doThiHanh, "2026-10-12"), tx)
            let day = "2026-10-27"
            for dossier in all {
                try PanelScene.declareAndScore(dossier, by: PanelScene.members, tx)
                try RecognitionStore.putVisit(
                    Recognition.NewVisit(
                        day: Day(iso: day) ?? .first, members: PanelScene.members, remark: nil,
                        looks: [.init(code: "III.3", result: .asWritten, note: nil)]),
                    dossier: dossier, PanelScene.deed(PanelScene.members[0], day), tx)
                let passes = dossier != world.refused
                try RecognitionStore.conclude(
                    passes ? .passes : .passesNot, reason: passes ? nil : "Nhóm I chưa đủ điểm sàn.",
                    remark: "Nhất trí.", dossier: dossier, PanelScene.deed(PanelScene.members[0], day), tx)
            }
            return Receipt()
        }
    }

    /// Who falls short is not recognised by a slip of the hand, and not refused without a word. Answers the decision.
    private func decide(_ world: World) async throws -> String {
        world.site.clock.move(to: try #require(Day(iso: "2026-11-06")))
        let hanh = try await world.site.signIn(.doThiHanh)
        let form = try await hanh.open("/decisions/new?title=outstanding&year=2026").form("/decisions/new")
        var outcomes = Dictionary(uniqueKeysWithValues: world.others.map { ("outcome.\($0.dossier)", "recognised") })
        outcomes["outcome.\(world.refused)"] = "recognised"
        let wrong = try await hanh.send(form.filled(outcomes)).expectStatus(422)
        #expect(wrong.says("Thông Xanh"))
        outcomes["outcome.\(world.refused)"] = "refused"
        let silent = try await hanh.send(form.filled(outcomes.merging(["reason.\(world.refused)": ""]) { $1 }))
            .expectStatus(422)
        #expect(silent.error(beside: "reason.\(world.refused)") != nil)
        let draft = try await hanh.send(
            form.filled(outcomes.merging(["reason.\(world.refused)": "Mô hình kinh tế chưa có."]) { $1 })
        ).expectStatus(200)
        let issued = try await hanh.send(
            draft.form("/issue").filled([
                "number": "47/QĐ-MTTQ-BTT", "day": "6/11/2026", "signer": "Đỗ Thị Hạnh", "office": "Chủ tịch",
            ]).attaching("scan", file: "qd.pdf", Array("%PDF-1.4\n%%EOF\n".utf8))
        ).expectStatus(200)
        #expect(issued.says("Quyết định số 47/QĐ-MTTQ-BTT"))
        return draft.path
    }

    private func print(_ world: World, _ decision: String) async throws {
        let paper = try await world.site.signIn(.doThiHanh).open("\(decision)/paper").expectStatus(200)
        let isLong = world.others.count > 12
        let count = world.others.count < 10 ? "0\(world.others.count)" : "\(world.others.count)"
        #expect(paper.says("cho \(count) khu dân cư"))
        let refusals = isLong ? "PHỤ LỤC II: KHU DÂN CƯ CHƯA ĐƯỢC CÔNG NHẬN" : "PHỤ LỤC: KHU DÂN CƯ CHƯA ĐƯỢC CÔNG NHẬN"
        let list = "PHỤ LỤC I: KHU DÂN CƯ ĐƯỢC CÔNG NHẬN"
        #expect(paper.says(list) == isLong && paper.says("Danh sách ở Phụ lục I.") == isLong)
        #expect(paper.says("Danh sách chưa công nhận và lý do ở Phụ lục II.") == isLong)
        let parts = paper.text.components(separatedBy: refusals)
        try #require(parts.count == 2, "one annex of those refused")
        // Signed above the annexes; each area under its number, in official order, and the refused one in its own only.
        let named = isLong ? try #require(parts[0].components(separatedBy: list).last) : parts[0]
        for (index, one) in world.others.enumerated() {
            #expect(named.contains("\(index + 1) Thôn \(one.name) Đơn Dương 214"), "\(one.name)")
            #expect(!parts[1].contains(one.name))
        }
        #expect(!named.contains("Thông Xanh"))
        #expect(parts[1].contains("1 Thôn Thông Xanh") && parts[1].contains("Mô hình kinh tế chưa có."))
    }

    /// What came of it reaches each: the title, or the reason with the right to answer; everybody reads the first only.
    private func tell(_ world: World, _ decision: String) async throws {
        let yaThuong = try await world.site.signIn(.yaThuong)
        let refused = try await yaThuong.open("/dossiers/\(world.refused)").expectStatus(200)
        #expect(refused.says("Mô hình kinh tế chưa có."))
        let portal = try await world.site.visitor().open("/portal\(decision)").expectStatus(200)
        for one in world.others { #expect(portal.says(one.name), "\(one.name)") }
        #expect(!portal.says("Thông Xanh") && !portal.says("Mô hình kinh tế chưa có."))
        try await world.site.database.read { reader in
            let today = try #require(Day(iso: "2026-11-06"))
            let counts = try RecognitionStore.publicTitleCounts(under: Place.donDuong.id, on: today, reader)
            #expect(counts.map(\.count) == [world.others.count])
            #expect(try RecognitionStore.publicTitle(of: Place.thongXanh.id, on: today, reader) == nil)
        }
    }
}
