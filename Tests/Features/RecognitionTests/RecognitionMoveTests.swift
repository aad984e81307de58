import Core
import Criteria
import Database
import TestKit
import Testing

@testable import Recognition

@Suite("Moving dossiers to a newer version", .databases) struct RecognitionMoveTests {
    private func set(_ change: (inout Criteria.Indicator) -> Void) throws -> (CriteriaSet, CriteriaSet) {
        let old = try #require(Criteria.YAML.read(Scene.criteria).set)
        var new = old
        change(&new.standards[1].indicators[0])
        return (old, new)
    }

    private struct Case: CustomTestStringConvertible {
        let testDescription: String
        let fate: Recognition.MoveFate
        let change: @Sendable (inout Criteria.Indicator) -> Void
    }

    private static let cases = [
        Case(testDescription: "another name", fate: .kept) { $0.name = Criteria.Name("Tên khác") },
        Case(testDescription: "other points", fate: .points) { $0.points = 100 },
        Case(testDescription: "points by steps", fate: .points) {
            $0.scoring = .proportional(from: Quantity(thousandths: 10_000))
        },
        Case(testDescription: "required now", fate: .points) { $0.isMandatory = true },
        Case(testDescription: "may be left out now", fate: .points) { $0.notApplicableIf = "Không có đường" },
        Case(testDescription: "other points and a higher threshold", fate: .asked) {
            $0.points = 100
            $0.thresholds[1].bound = .quantity(Quantity(thousandths: 65_000))
        },
        Case(testDescription: "another office checks", fate: .kept) { $0.verifier = "Công an" },
        Case(testDescription: "the other title's threshold", fate: .kept) {
            $0.thresholds[0].bound = .quantity(Quantity(thousandths: 51_000))
        },
        Case(testDescription: "a higher threshold", fate: .asked) {
            $0.thresholds[1].bound = .quantity(Quantity(thousandths: 65_000))
        },
        Case(testDescription: "a lower threshold", fate: .asked) {
            $0.thresholds[1].bound = .quantity(Quantity(thousandths: 10_000))
        },
        Case(testDescription: "more than instead of at least", fate: .asked) { $0.comparison = .above },
        Case(testDescription: "of another whole", fate: .opened) { $0.of = "số tuyến" },
        Case(testDescription: "a count instead of a share", fate: .opened) {
            $0.kind = .number
            $0.unit = .road
        },
        Case(testDescription: "not asked of this title", fate: .gone) { $0.titles = ["outstanding"] },
    ]

    @Test(arguments: cases) private func whatBecomesOfAnIndicator(_ one: Case) throws {
        let (old, new) = try set(one.change)
        let plan = Recognition.MovePlan(from: old, to: new, for: Criteria.Aim("model", level: .province))
        #expect(plan.lines.first { $0.code == "III.2" }?.fate == one.fate)
        #expect(plan.codes(.kept).count == (one.fate == .kept ? 4 : 3))
        #expect(plan.asksAnything == [.asked, .opened].contains(one.fate))
    }

    @Test func anExceptionTakenAwayIsAskedAgainAndANewIndicatorIsOpen() throws {
        let old = try #require(Criteria.YAML.read(Scene.criteria).set)
        var new = old
        new.standards[0].indicators[1].notApplicableIf = nil
        var more = new.standards[0].indicators[0]
        more.code = "I.9"
        new.standards[0].indicators.append(more)
        let plan = Recognition.MovePlan(from: old, to: new, for: Criteria.Aim("model"))
        #expect(plan.codes(.asked) == ["I.2"] && plan.codes(.fresh) == ["I.9"] && plan.rules.isEmpty)
    }

    /// From the review meeting on, what the residents know stays.
    @Test func howFarADossierMayHaveCome() {
        for state in Recognition.State.allCases {
            let refusal = Recognition.MoveRule.refusal(state, hasMet: false, until: .reviewing)
            #expect((refusal == nil) == [.assessing, .reviewing].contains(state), "\(state)")
        }
        #expect(
            Recognition.MoveRule.refusal(.reviewing, hasMet: true, until: .reviewing)?.key.hasSuffix(".met") == true)
        #expect(Recognition.MoveRule.refusal(.reviewing, hasMet: false, until: .assessing) != nil)
    }

    @Test(arguments: TestEngine.all) func aClosedSelfAssessmentOpensAgainWhenSomethingIsAsked(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let first = try await Scene.begin(data.database)
        let next = Scene.criteria.replacing("version: 1", with: "version: 2")
            .replacing("model: 90}", with: "model: 95}")
        try await data.database.unattended(.seed) { tx in
            let dossier = try Scene.register(first, tx)
            try Walk.fill(dossier, tx)
            try Walk.handIn(dossier, tx)
            let second = try CriteriaStore.addPublished(next, for: Place.lamDong.id, tx)
            let target = Recognition.MoveTarget.criteria(id: second, code: "KDC-THU", version: 2)
            let all = try RecognitionStore.candidates(for: target, under: Place.donDuong.id, tx)
            #expect(all.map(\.id) == [dossier])
            let seal = RecognitionStore.seal(all)
            let deed = Scene.deed(.kaHuong, tx)
            #expect(throws: Refusal.self) {
                try RecognitionStore.move(
                    to: target, under: Place.donDuong.id, until: .reviewing, seen: "another", deed, tx)
            }
            #expect(throws: Refusal.self) {
                try RecognitionStore.move(
                    to: target, under: Place.donDuong.id, until: .assessing, seen: seal, deed, tx)
            }
            let moved = try RecognitionStore.move(
                to: target, under: Place.donDuong.id, until: .reviewing, seen: seal, deed, tx)
            #expect(moved == [dossier: []])
            let now = try Walk.now(dossier, tx)
            #expect(now.state == .assessing && now.criteriaSet == second && now.revision == 3)
            #expect(try RecognitionStore.waiting(in: dossier, tx).map(\.code) == ["III.3"])
            let move = try #require(try RecognitionStore.moves(of: dossier, tx).first)
            #expect(move.asked == ["III.3"] && move.opened == [] && move.setFrom == first && move.mover == "Ka Hương")
            #expect(try RecognitionStore.events(of: dossier, tx).first?.action == "reopen")
            #expect(try RecognitionStore.candidates(for: target, under: Place.donDuong.id, tx).isEmpty)
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func aReviewedDossierStays(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let first = try await Scene.begin(data.database)
        try await data.database.unattended(.seed) { tx in
            let dossier = try Scene.register(first, tx)
            try Walk.fill(dossier, tx)
            try Walk.handIn(dossier, tx)
            try Walk.hold(dossier, tx)
            let second = try CriteriaStore.addPublished(
                Scene.criteria.replacing("version: 1", with: "version: 2"), for: Place.lamDong.id, tx)
            let target = Recognition.MoveTarget.criteria(id: second, code: "KDC-THU", version: 2)
            let all = try RecognitionStore.candidates(for: target, under: Place.lamDong.id, tx)
            #expect(all.map(\.hasMet) == [true])
            #expect(throws: Refusal.self) {
                try RecognitionStore.move(
                    to: target, under: Place.lamDong.id, until: .reviewing, seen: RecognitionStore.seal(all),
                    Scene.deed(.doThiHanh, tx), tx)
            }
            return Receipt()
        }
    }

    /// A dossier is frozen with the rules of its day; those of later versions it does not feel.
    @Test(arguments: TestEngine.all) func theRulesOfTheDayAreFrozen(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let first = try await Scene.begin(data.database)
        @Sendable func rules(_ version: Int, posting: Int, from: String) -> String {
            """
            kind: rules
            code: QC
            version: \(version)
            label: demonstration
            name: Quy chế
            effectiveFrom: \(from)
            subject: residentialArea
            titles: [{code: outstanding}, {code: model}]
            ballot: {minimumResponse: 70%, minimumSatisfied: {outstanding: 75%, model: 85%}}
            procedure: {posting: {calendar: \(posting)}, panelMembers: 7, days: {assessmentEnds: 10-01}}
            """
        }
        try await data.database.unattended(.seed) { tx in
            let before = try Scene.register(first, in: .taLy, tx)
            #expect(try Walk.now(before, tx).rules == nil)
            let one = try CriteriaRulesStore.addPublished(
                rules(1, posting: 12, from: "2026-01-01"), for: Place.lamDong.id, tx)
            let dossier = try Scene.register(first, tx)
            try CriteriaRulesStore.addPublished(rules(2, posting: 20, from: "2026-01-02"), for: Place.lamDong.id, tx)
            let now = try Walk.now(dossier, tx)
            #expect(now.rules == one && now.due == Day(iso: "2026-11-17"))
            let terms = try RecognitionStore.terms(of: now, tx)
            #expect(terms.postingDays == 12 && terms.response == .percent(70) && terms.satisfied == .percent(85))
            #expect(try RecognitionStore.leastMembers(for: [now], tx) == 7)
            #expect(try RecognitionStore.terms(of: Walk.now(before, tx), tx).postingDays == 10)
            let current = try #require(
                try CriteriaStore.current(.residentialArea, on: TestClock.today, for: Place.thongXanh.id, tx))
            #expect(current.set.rules?.version == 2 && current.set.procedure?.postingDays == 20)
            return Receipt()
        }
    }

    /// A commune's dossiers move to what is its own or of those above it, never to its neighbour's.
    @Test(arguments: TestEngine.all) func nobodyMovesToRulesOfAnotherPlace(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let first = try await Scene.begin(site.database)
        @Sendable func rules(_ code: String, _ subject: String = "residentialArea") -> String {
            """
            kind: rules
            code: \(code)
            version: 1
            label: demonstration
            name: Quy chế
            effectiveFrom: 2026-01-01
            subject: \(subject)
            titles: [{code: outstanding}, {code: model}]
            procedure: {posting: {calendar: 3}}
            """
        }
        let (dossier, theirs, others) = try await site.database.unattended(
            .seed,
            giving: { tx in
                let dossier = try Scene.register(first, tx)
                let theirs = try CriteriaRulesStore.addPublished(rules("KA-DO"), for: Place.kaDo.id, tx)
                let others = try CriteriaRulesStore.addPublished(rules("XA", "commune"), for: Place.lamDong.id, tx)
                let own = try CriteriaRulesStore.addPublished(rules("DON-DUONG"), for: Place.donDuong.id, tx)
                func candidates(_ id: ID, _ code: String, under unit: Place) throws -> [ID] {
                    try RecognitionStore.candidates(
                        for: .rules(id: id, code: code, version: 1), under: unit.id, tx
                    ).map(\.id)
                }
                #expect(try candidates(theirs, "KA-DO", under: .donDuong).isEmpty)
                #expect(try candidates(theirs, "KA-DO", under: .lamDong).isEmpty, "only those of its own place")
                #expect(try candidates(others, "XA", under: .donDuong).isEmpty)
                #expect(try candidates(own, "DON-DUONG", under: .donDuong) == [dossier])
                #expect(try candidates(own, "DON-DUONG", under: .lamDong) == [dossier])
                let target = Recognition.MoveTarget.rules(id: theirs, code: "KA-DO", version: 1)
                let refusal = #expect(throws: Refusal.self) {
                    try RecognitionStore.move(
                        to: target, under: Place.donDuong.id, until: .reviewing, seen: RecognitionStore.seal([]),
                        Scene.deed(.kaHuong, tx), tx)
                }
                #expect(refusal?.key == "recognition.move.refusal.elsewhere")
                return (dossier, theirs, others)
            })
        let kaHuong = try await site.signIn(.kaHuong)
        for path in ["/rules/\(theirs)/move?under=\(Place.donDuong.id)", "/rules/\(theirs)/move/\(dossier)"] {
            let shown = try await kaHuong.open(path)
            #expect(shown.status == 409 && shown.says("KA-DO 1 là của"), "\(path)")
        }
        let shown = try await kaHuong.open("/rules/\(others)/move?under=\(Place.donDuong.id)")
        #expect(shown.status == 409 && shown.says("không dùng cho khu dân cư"))
        let sent = try await kaHuong.json(
            "/rules/\(theirs)/move/\(dossier)", sending: #"{"seen": "x", "reason": "x"}"#)
        #expect(sent.status == 409 && sent.body.contains("KA-DO 1"))
        #expect(try await site.database.read { try Walk.now(dossier, $0).rules } == nil)
    }
}
