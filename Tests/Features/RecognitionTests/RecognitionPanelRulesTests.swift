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
        (1, false, false, [("P0", "A"), ("P0", "B")], 0, [
            "tooFew", "oneChair", "oneSecretary", "ownArea", "ownArea", "noDossiers",
        ]),
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

    @Test(arguments: [
        (Recognition.Declaration?.none, false, Set<Recognition.Hand>(), String?.none, true, false),
        (Recognition.Declaration.none, false, [], nil, true, true),
        (.resident, false, [], "resident", false, false),
        (.conflict, false, [], "conflict", false, false),
        (Recognition.Declaration.none, true, [], "office", false, false),
        (Recognition.Declaration.none, false, [.checked], "hand", false, false),
        (Recognition.Declaration.none, false, [.counted], "hand", false, false),
        (Recognition.Declaration.none, false, [.appraised], nil, true, true),
    ]) func whoIsTiedToAnAreaDoesNotScoreIt(
        declared: Recognition.Declaration?, office: Bool, hands: Set<Recognition.Hand>, tie: String?, expected: Bool,
        able: Bool
    ) {
        let standing = Self.standing(0, declared, office: office, hands)
        #expect(standing.tie?.word == tie)
        #expect(standing.isExpected == expected && standing.isAble == able)
        #expect((standing.refusalToScore == nil) == able)
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
        #expect(Recognition.presiding([Self.standing(0, .conflict), Self.standing(1, office: true), Self.standing(2)]) == nil)
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
        (161, 149, true, [Recognition.PanelConclusion.passes], "" as String),
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

    @Test(arguments: [
        (Recognition.PanelConclusion?.some(.passes), true, true, Recognition.Outcome.recognised, "", [String]()),
        (.passesNot, true, true, .recognised, "", ["notPassing"]),
        (nil, true, true, .recognised, "", ["noMinutes"]),
        (.passes, false, true, .recognised, "", ["postingNotOver"]),
        (.passes, true, false, .recognised, "", ["ballotNotFixed"]),
        (nil, false, false, .recognised, "", ["noMinutes", "postingNotOver", "ballotNotFixed"]),
        (.passesNot, true, true, .refused, "Nhóm V dưới mức", []),
        (.passesNot, true, true, .refused, " ", ["refusalNeedsReason"]),
    ]) func aDecisionListsWhomThePanelLetPassAndNobodyElse(
        conclusion: Recognition.PanelConclusion?, posting: Bool, ballot: Bool, outcome: Recognition.Outcome,
        reason: String, wanted: [String]
    ) {
        let listing = Recognition.DecisionListing(
            conclusion: conclusion,
            preceding: Recognition.Preceding(isPostingOver: posting, isBallotFixed: ballot))
        #expect(
            listing.refusals(outcome, reason: reason, key: "d").map(\.key)
                == wanted.map { "recognition.refusal.\($0)" })
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
