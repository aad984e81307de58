import Core
import Criteria
import Testing

@testable import Recognition

/// Who decides: the rule without a database.
@Suite("Who decides on a title") struct RecognitionDecidingTests {
    @Test(arguments: [
        (frozen: Criteria.Level.commune, acting: [Criteria.Level.commune], isAllowed: true),
        (.commune, [.province], false), (.commune, [.district], false), (.commune, [.national], false),
        (.commune, [], false), (.commune, [.province, .commune], true), (.district, [.district], true),
        (.district, [.commune], false), (.district, [.province], false), (.province, [.province], true),
        (.province, [.commune], false), (.province, [.district, .commune], false), (.province, [.national], false),
        (.national, [.province], false), (.national, [.national], true),
    ])
    func onlyTheFrozenLevelDecides(frozen: Criteria.Level, acting: [Criteria.Level], isAllowed: Bool) {
        let refusal = Recognition.Deciding.refusal(of: frozen, by: acting)
        #expect((refusal == nil) == isAllowed)
        if let refusal {
            #expect(refusal.kind == .forbidden && refusal.key == "recognition.refusal.otherDecider.\(frozen.rawValue)")
        }
    }

    private func title(_ levels: Criteria.Level...) -> Criteria.Title {
        Criteria.Title(
            "outstanding", Criteria.Name("x"), deciders: levels.map { Criteria.Decider($0, $0.rawValue) },
            pass: Criteria.PassRule())
    }

    @Test func anAreaGoesToTheDecidersThatStandAboveIt() {
        let above: Set<Criteria.Level> = [.commune, .province, .national]
        func levels(_ title: Criteria.Title) -> [Criteria.Level] {
            Recognition.Deciding.deciders(of: title, above: above).map(\.level)
        }
        #expect(levels(title(.province)) == [.province])
        // The highest is the usual one, in whatever order the rules name them.
        #expect(levels(title(.commune, .province)) == [.province, .commune])
        #expect(levels(title(.province, .commune)) == [.province, .commune])
        // A district that is no more decides on nothing new; where nobody else is named nobody decides.
        #expect(levels(title(.district, .province)) == [.province])
        #expect(levels(title(.district)).isEmpty && levels(title(.district, .commune)) == [.commune])
        #expect(levels(title()).isEmpty)
    }

    @Test func aChoiceNamesTheTitleAndWhoDecides() {
        #expect(Recognition.Deciding.choice(of: "model", at: .province, usual: .province) == "model")
        #expect(Recognition.Deciding.choice(of: "model", at: .commune, usual: .province) == "model@commune")
        #expect(Recognition.Deciding.read("model") == ("model", nil))
        #expect(Recognition.Deciding.read("model@commune") == ("model", "commune"))
        #expect(Recognition.Deciding.read("") == ("", nil))
    }

    @Test func onlyTheCommuneWritesNoLetterToItself() {
        for level in Criteria.Level.allCases {
            #expect(Recognition.Deciding.needsSubmission(level) == (level != .commune))
        }
    }

    @Test func theSameTitleOfAnotherDeciderStandsOpen() throws {
        let set = try #require(Criteria.YAML.read(Scene.deciding).set)
        let ladder = Recognition.TitleLadder(set)
        let day = Day(iso: "2026-11-10") ?? .first
        func rung(_ level: Criteria.Level) -> Recognition.Rung {
            Recognition.Rung(
                title: ID(high: 1, low: 1 << 63 | 1), kind: Recognition.TitleKind("outstanding", level),
                decider: ID(high: 1, low: 1 << 63 | 2), until: Day(iso: "2029-11-10"))
        }
        // The commune's is held: the commune's again is refused, the province's is the next step.
        #expect(
            ladder.closing(of: "outstanding", at: .commune, over: [rung(.commune)], in: set, on: day)
                == .held(rung(.commune)))
        #expect(ladder.closing(of: "outstanding", at: .province, over: [rung(.commune)], in: set, on: day) == nil)
        // The province's is held: the lower one has nothing to add.
        #expect(
            ladder.closing(of: "outstanding", at: .commune, over: [rung(.province)], in: set, on: day)
                == .lower(rung(.province)))
    }
}
