import Core
import Criteria
import Testing

@testable import Recognition

@Suite("Rules of the panel") struct RecognitionPanelRulesTests {
    private static let people = (1...4).map { ID(high: 0x7003, low: 1 << 63 | UInt64($0)) }

    private static func seat(_ index: Int) -> Recognition.PanelSeat {
        Recognition.PanelSeat(people[index], "P\(index)", index == 0 ? .chair : index == 1 ? .secretary : .member)
    }

    private static func standing(
        _ index: Int, _ declaration: Recognition.Declaration? = Recognition.Declaration.none, office: Bool = false,
        _ hands: Set<Recognition.Hand> = []
    ) -> Recognition.PanelStanding {
        Recognition.PanelStanding(
            seat(index), declaration: declaration, hasOffice: office, hands: Recognition.Hands(hands))
    }

    private static func percent(_ whole: Int64) -> Criteria.Value { Scene.percent(whole) }

    private static func score(_ index: Int, _ whole: Int64) -> Recognition.PanelScore {
        Recognition.PanelScore(code: "III.5", person: people[index], value: percent(whole))
    }

    private static func scoring(
        _ standings: [Recognition.PanelStanding], _ scores: [Recognition.PanelScore],
        settled: [Recognition.Settlement] = [], isClosed: Bool = false
    ) -> Recognition.PanelScoring {
        Recognition.PanelScoring(
            judged: ["III.5"], standings: standings, scores: scores, settlements: settled, isClosed: isClosed)
    }

    @Test(arguments: [
        (3, true, true, [(String, String)](), 1, [String]()),
        (2, true, true, [], 1, ["tooFew"]),
        (3, false, true, [], 1, ["oneChair"]),
        (3, true, false, [], 1, ["oneSecretary"]),
        (3, true, true, [("P2", "Thông Xanh")], 1, ["ownArea"]),
        (3, true, true, [], 0, ["noDossiers"]),
        (
            1, false, false, [("P0", "A"), ("P0", "B")], 0,
            [
                "tooFew", "oneChair", "oneSecretary", "ownArea", "ownArea", "noDossiers",
            ]
        ),
    ]) func aPanelIsOfThreeWithAChairAndASecretaryFromElsewhere(
        count: Int, hasChair: Bool, hasSecretary: Bool, tied: [(String, String)], dossiers: Int, wanted: [String]
    ) {
        let members = (0..<count).map { index in
            Recognition.PanelSeat(
                Self.people[index], "P\(index)",
                index == 0 && hasChair ? .chair : index == 1 && hasSecretary ? .secretary : .member)
        }
        let plan = Recognition.PanelPlan(
            members: members, tied: tied.map { (member: $0.0, area: $0.1) }, dossiers: dossiers)
        #expect(
            (plan.refusal?.all ?? []).map(\.key) == wanted.map { "recognition.panel.refusal.\($0)" })
    }

    private struct Tied: Sendable {
        let declared: Recognition.Declaration?
        var office = false
        var hands: Set<Recognition.Hand> = []
        var tie: String?
        var isAble = false
    }

    private static let tied = [
        Tied(declared: nil), Tied(declared: .some(.none), isAble: true), Tied(declared: .resident, tie: "resident"),
        Tied(declared: .conflict, tie: "conflict"), Tied(declared: .kin, tie: "kin"),
        Tied(declared: .some(.none), office: true, tie: "office"),
        Tied(declared: .some(.none), hands: [.checked], tie: "hand"),
        Tied(declared: .some(.none), hands: [.counted], tie: "hand"),
        Tied(declared: .some(.none), hands: [.appraised], isAble: true),
    ]

    @Test func whoIsTiedToAnAreaDoesNotScoreIt() {
        for entry in Self.tied {
            let standing = Self.standing(0, entry.declared, office: entry.office, entry.hands)
            #expect(standing.tie?.word == entry.tie, "\(entry)")
            #expect(standing.isExpected == (entry.tie == nil) && standing.isAble == entry.isAble, "\(entry)")
            #expect((standing.refusalToScore == nil) == entry.isAble, "\(entry)")
        }
    }

    @Test func aScoreIsBlindUntilAllExpectedHaveScored() {
        let three = [0, 1, 2].map { Self.standing($0) }
        let two = Self.scoring(three, [Self.score(0, 72), Self.score(1, 66)])
        #expect(!two.isOpen("III.5") && two.count("III.5") == 2)
        // Each sees their own; a stranger and the body that formed the panel see none.
        #expect(two.visible("III.5", to: Self.people[0]).map(\.value) == [Self.percent(72)])
        #expect(two.visible("III.5", to: Self.people[2]).isEmpty && two.visible("III.5", to: nil).isEmpty)
        #expect(two.value("III.5") == nil && !two.differs("III.5"))
        #expect(two.refusalToScore("III.5", by: Self.people[2]) == nil)
        #expect(two.refusalToSettle("III.5", reason: "x")?.key == "recognition.panel.refusal.stillBlind")

        let all = Self.scoring(three, [Self.score(0, 72), Self.score(1, 66), Self.score(2, 71)])
        #expect(all.isOpen("III.5") && all.differs("III.5") && all.value("III.5") == nil)
        #expect(all.visible("III.5", to: nil).count == 3)
        #expect(all.refusalToScore("III.5", by: Self.people[2])?.key == "recognition.panel.refusal.scoreOpen")
        #expect(all.refusalToSettle("III.5", reason: " ")?.key == "recognition.panel.refusal.settlementReason")
        #expect(all.refusalToSettle("III.5", reason: "Đo lại") == nil)
        let settled = Self.scoring(
            three, all.scores, settled: [.init(code: "III.5", value: Self.percent(68), reason: "Đo lại")])
        #expect(settled.value("III.5") == Self.percent(68))
    }

    @Test func likeScoresSettleThemselvesAndATieOpensToTheRest() {
        let tied = [Self.standing(0), Self.standing(1), Self.standing(2, .conflict)]
        let two = Self.scoring(tied, [Self.score(0, 62), Self.score(1, 62), Self.score(2, 90)])
        // The third one's score counts for nothing and is seen by nobody.
        #expect(two.isOpen("III.5") && two.value("III.5") == Self.percent(62) && two.count("III.5") == 2)
        #expect(two.visible("III.5", to: Self.people[2]).count == 2)
        // One who has not declared is still waited for.
        let silent = Self.scoring([Self.standing(0), Self.standing(1), Self.standing(2, nil)], two.scores)
        #expect(!silent.isOpen("III.5"))
        #expect(
            silent.refusalToScore("III.5", by: Self.people[2])?.key == "recognition.panel.refusal.declareFirst")
        #expect(silent.refusalToScore("III.5", by: Self.people[3])?.key == "recognition.panel.refusal.notMember")
    }

    @Test(arguments: [(1, false), (2, true), (3, true)]) func scoringClosesWithTwoScores(count: Int, may: Bool) {
        let scores = (0..<count).map { Self.score($0, 60 + Int64($0)) }
        let open = Self.scoring([0, 1, 2].map { Self.standing($0) }, scores)
        #expect((open.refusalToClose == nil) == may)
        // With one free member nothing opens by itself.
        let alone = Self.scoring([Self.standing(0), Self.standing(1, .resident)], [Self.score(0, 60)])
        #expect(!alone.isOpen("III.5"))
        let closed = Self.scoring([0, 1, 2].map { Self.standing($0) }, scores, isClosed: true)
        #expect(closed.isOpen("III.5"))
    }

    @Test func theSecretaryPresidesWhereTheChairIsTied() {
        #expect(Recognition.presiding([Self.standing(0), Self.standing(1)])?.duty == .chair)
        #expect(Recognition.presiding([Self.standing(0, .resident), Self.standing(1)])?.duty == .secretary)
        #expect(
            Recognition.presiding([Self.standing(0, .conflict), Self.standing(1, office: true), Self.standing(2)])
                == nil)
    }

    @Test func minutesCloseWhenEverythingStands() {
        let three = [0, 1, 2].map { Self.standing($0) }
        let scores = [Self.score(0, 72), Self.score(1, 66), Self.score(2, 71)]
        let settled = [Recognition.Settlement(code: "III.5", value: Self.percent(68), reason: "Đo lại")]
        func keys(_ scoring: Recognition.PanelScoring, _ visits: Int) -> [String] {
            Recognition.PanelClosing(scoring: scoring, visits: visits).refusals.map {
                String($0.key.dropFirst("recognition.panel.refusal.".count))
            }
        }
        #expect(keys(Self.scoring(three, scores, settled: settled), 1) == [])
        #expect(keys(Self.scoring(three, scores, settled: settled), 0) == ["noVisit"])
        #expect(keys(Self.scoring(three, scores), 1) == ["unsettled"])
        #expect(keys(Self.scoring(three, Array(scores.prefix(1))), 1) == ["blindLeft"])
        #expect(
            keys(Self.scoring([Self.standing(0), Self.standing(1), Self.standing(2, nil)], scores), 0)
                == ["undeclared", "blindLeft", "noVisit"])
        #expect(keys(Self.scoring(three, Array(scores.prefix(1)), isClosed: true), 1) == ["tooFewScores", "unsettled"])
    }

    @Test(arguments: [
        (161, 149, true, [Recognition.PanelConclusion.passes], ""),
        (161, 149, true, [.passesNot], "deviationReason"),
        (161, 120, false, [.passesNot], ""),
        (161, 120, false, [.passes], "againstSet"),
    ]) func thePanelMayBeStricterWithAReasonAndNeverLaxer(
        valid: Int, satisfied: Int, passes: Bool, concluded: [Recognition.PanelConclusion], wanted: String
    ) throws {
        let assessment = RecognitionSamples.assessment
        var values: [String: Criteria.Value] = [:]
        for indicator in assessment.indicators {
            values[indicator.code] = indicator.code == "III.3" ? Self.percent(95) : .grade("good")
        }
        let score = Criteria.score(assessment.set, values: values, for: assessment.aim)
        #expect(score.passes)
        let finding = Recognition.PanelFinding(
            score,
            ballot: Recognition.PanelBallot(
                households: 214, handedOut: 214, returned: 163, valid: valid, satisfied: satisfied), by: .standard)
        #expect(finding.passes == passes)
        for conclusion in concluded {
            let key = finding.refusal(of: conclusion, reason: nil)?.key
            #expect(key == (wanted.isEmpty ? nil : "recognition.panel.refusal.\(wanted)"))
            if conclusion == .passesNot { #expect(finding.refusal(of: conclusion, reason: "Còn thưa dân") == nil) }
        }
        #expect(
            !Recognition.PanelFinding(score, ballot: nil, by: .standard).passes, "without a ballot nothing passes")
    }

    private struct Listed: Sendable {
        let conclusion: Recognition.PanelConclusion?
        var posting = true
        var ballot = true
        var outcome = Recognition.Outcome.recognised
        var reason = ""
        let wanted: [String]
    }

    private static let listed = [
        Listed(conclusion: .passes, wanted: []), Listed(conclusion: .passesNot, wanted: ["notPassing"]),
        Listed(conclusion: nil, wanted: ["noMinutes"]),
        Listed(conclusion: .passes, posting: false, wanted: ["postingNotOver"]),
        Listed(conclusion: .passes, ballot: false, wanted: ["ballotNotFixed"]),
        Listed(
            conclusion: nil, posting: false, ballot: false,
            wanted: ["noMinutes", "postingNotOver", "ballotNotFixed"]),
        Listed(conclusion: .passesNot, outcome: .refused, reason: "Nhóm V dưới mức", wanted: []),
        Listed(conclusion: .passesNot, outcome: .refused, reason: " ", wanted: ["refusalNeedsReason"]),
    ]

    @Test func aDecisionListsWhomThePanelLetPassAndNobodyElse() {
        for entry in Self.listed {
            let listing = Recognition.DecisionListing(
                conclusion: entry.conclusion,
                preceding: Recognition.Preceding(isPostingOver: entry.posting, isBallotFixed: entry.ballot))
            #expect(
                listing.refusals(entry.outcome, reason: entry.reason, key: "d").map(\.key)
                    == entry.wanted.map { "recognition.refusal.\($0)" }, "\(entry)")
        }
    }

    @Test(arguments: [
        (Recognition.State.accepted, true, true, [String]()),
        (.accepted, false, true, ["posting"]),
        (.accepted, true, false, ["ballot"]),
        (.withdrawn, true, true, ["state"]),
        (.returned, false, false, ["state", "posting", "ballot"]),
    ]) func aSubmissionNamesWhatEachAreaLacks(
        state: Recognition.State, posting: Bool, ballot: Bool, wanted: [String]
    ) {
        let line = Recognition.SubmissionLine(
            area: "Thông Xanh", state: state,
            preceding: Recognition.Preceding(isPostingOver: posting, isBallotFixed: ballot))
        #expect(line.lacks == wanted)
        let refusal = Recognition.refusalToSend([line])
        #expect((refusal?.all ?? []).allSatisfy { $0.arguments["area"] == "Thông Xanh" })
        #expect((refusal?.all ?? []).count == wanted.count)
        #expect(Recognition.refusalToSend([])?.key == "recognition.submission.refusal.empty")
    }

    @Test(arguments: [
        ("Tổ thẩm định", Criteria.Kind.percentage, true), ("Hội đồng thẩm định huyện", .yesNo, true),
        ("UBND xã", .percentage, false), ("", .points, true), ("Ủy ban MTTQ Việt Nam xã", .number, false),
    ]) func whatTheSetGivesThePanelIsJudgedBlind(verifier: String, kind: Criteria.Kind, judged: Bool) {
        let indicator = Criteria.Indicator(
            "A", Criteria.Name("A"), kind: kind, unit: .none, comparison: .atLeast, thresholds: [], verifier: verifier)
        #expect(Recognition.PanelRules.isJudged(indicator) == judged)
    }
}
