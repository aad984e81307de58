import Core
import Criteria
import Database
import TestKit
import Testing

@testable import Recognition

/// What a newer version changes for a title beside its indicators: the pass mark, the floors, and who decides.
@Suite("Moving dossiers: the title itself", .databases) struct RecognitionMoveTitleTests {
    private func plan(
        level: Criteria.Level = .province, title: String = "model", _ change: (inout CriteriaSet) -> Void
    ) throws -> Recognition.MovePlan {
        let old = try #require(Criteria.YAML.read(Scene.deciding).set)
        var new = old
        change(&new)
        return Recognition.MovePlan(from: old, to: new, for: Criteria.Aim(title, level: level))
    }

    @Test func whatMustBeReachedAndWhoDecidesIsPartOfThePlan() throws {
        let mark = try plan { $0.titles[1].pass.minimum = 9_500 }
        #expect(mark.rules.map(\.place) == ["titles[model].pass.minimum"])
        #expect(mark.rules.first?.old == "90" && mark.rules.first?.new == "95")
        #expect(mark.codes(.kept).count == 4 && !mark.asksAnything && mark.stays == nil)
        #expect(try plan { $0.titles[1].pass.required = .every }.rules.map(\.place) == ["titles[model].pass.required"])
        #expect(try plan { $0.standards[0].floor = .percent(60) }.rules.map(\.place) == ["groups[I].floor"])
        #expect(try plan { $0.standards[1].maximum = 4_000 }.rules.map(\.place) == ["groups[III].maximum"])
        #expect(try plan { $0.titles[1].after = "" }.rules.map(\.place) == ["titles[model].after"])
        let decider = try plan { $0.titles[1].deciders.append(Criteria.Decider(.commune, "Ủy ban MTTQ Việt Nam xã")) }
        #expect(decider.rules.map(\.place) == ["titles[model].deciders[commune]"] && decider.stays == nil)
    }

    @Test func whatIsAnotherTitlesOrAMereWordIsNot() throws {
        #expect(try plan { $0.titles[0].pass.minimum = 7_000 }.rules.isEmpty)
        #expect(try plan { $0.titles[0].deciders = [] }.rules.isEmpty)
        #expect(try plan { $0.titles[1].name = Criteria.Name("Tên khác") }.rules.isEmpty)
        #expect(try plan { $0.issuer = "Nơi khác" }.rules.isEmpty)
        // Groups that do not count for the title are no affair of its dossiers.
        #expect(
            try plan {
                $0.standards.append(
                    Criteria.Standard("IX", Criteria.Name("Riêng"), maximum: 0, titles: ["outstanding"]))
                $0.standards[2].floor = .percent(60)
            }.rules.isEmpty)
    }

    @Test func aDossierStaysWhereItsLevelIsNoDeciderAnyMore() throws {
        let commune: (inout CriteriaSet) -> Void = { $0.titles[0].deciders.removeFirst() }
        #expect(try plan(level: .commune, title: "outstanding", commune).stays == .decider)
        #expect(try plan(level: .province, title: "outstanding", commune).stays == nil)
        // Rules that name nobody leave it to the province.
        #expect(try plan(level: .commune, title: "outstanding") { $0.titles[0].deciders = [] }.stays == .decider)
        #expect(try plan(level: .province, title: "outstanding") { $0.titles[0].deciders = [] }.stays == nil)
        // Nobody named it before either.
        #expect(try plan(level: .commune) { $0.titles[1].pass.minimum = 9_500 }.stays == nil)
        let gone = try plan { $0.titles.removeLast() }
        #expect(gone.stays == .title)
        let refusal = Recognition.MoveRule.refusal(.assessing, hasMet: false, until: .reviewing, gone)
        #expect(refusal?.kind == .conflict && refusal?.key == "recognition.move.stays.title")
        #expect(
            Recognition.MoveRule.refusal(.posted, hasMet: true, until: .reviewing, gone)?.key
                == "recognition.move.stays.posted")
    }

    private static let second = Scene.criteria
        .replacing("version: 1", with: "version: 2")
        .replacing("effectiveFrom: 2026-01-01", with: "effectiveFrom: 2026-02-01")
        .replacing(
            "deciders: [{province: Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh}]\n    after",
            with: "deciders: [{commune: Ủy ban MTTQ Việt Nam xã}]\n    after")

    @Test(arguments: TestEngine.all) func itIsRefusedInWords(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-08-20"))))
        let first = try await Scene.begin(site.database)
        let (dossier, second) = try await site.database.unattended(
            .seed,
            giving: { tx in
                (
                    try Scene.register(first, tx),
                    try CriteriaStore.addPublished(Self.second, for: Place.lamDong.id, tx)
                )
            })
        let kaHuong = try await site.signIn(.kaHuong)
        let list = try await kaHuong.open("/criteria/\(second)/move").expectStatus(200)
        #expect(list.says("Phiên bản mới không còn giao cho cấp mà hồ sơ đã đăng ký quyết định"))
        #expect(list.forms.allSatisfy { !$0.action.hasSuffix("/move") }, "there is nothing to press")
        let one = try await kaHuong.open("/criteria/\(second)/move/\(dossier)").expectStatus(200)
        #expect(one.says("rút rồi đăng ký lại với cấp quyết định mới"))
        #expect(one.says("Nơi công nhận") && one.says("Ủy ban MTTQ Việt Nam xã"))
        #expect(one.links.contains("/criteria/\(second)/difference/\(first)"))
        let told = try await kaHuong.json("/criteria/\(second)/move/\(dossier)").jsonObject
        #expect(told["stays"] as? String == "recognition.move.stays.decider")
        let seen = try #require(told["seen"] as? String)
        let forced = try await kaHuong.json(
            "/criteria/\(second)/move/\(dossier)", sending: #"{"seen": "\#(seen)", "reason": "x"}"#)
        #expect(forced.status == 409)
        let many = try await kaHuong.json("/criteria/\(second)/move").jsonObject
        #expect(many["moving"] as? Int == 0 && many["staying"] as? Int == 1)
        let now = try await site.database.read { try Walk.now(dossier, $0) }
        #expect(now.criteriaSet == first)
    }
}
