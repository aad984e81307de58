import Core
import Testing

@testable import Criteria

/// Pass marks and thresholds that differ by title, level, area class and region; floors; what is mandatory.
@Suite struct CriteriaPassingTests {
    static let rule = Criteria.PassRule(
        minimum: 8000, minimumByClass: ["highland": 6000],
        marks: [
            Criteria.PassMark(level: .province, 9000), Criteria.PassMark(region: "delta", 8500),
            Criteria.PassMark(level: .province, areaClass: "highland", 7000),
            Criteria.PassMark(level: .province, areaClass: "highland", region: "delta", 7500),
        ])

    static let marks: [(Criteria.Aim, Int)] = [
        (Criteria.Aim("t"), 8000), (Criteria.Aim("t", level: .commune), 8000),
        (Criteria.Aim("t", level: .province), 9000), (Criteria.Aim("t", areaClass: "highland"), 6000),
        (Criteria.Aim("t", areaClass: "city"), 8000), (Criteria.Aim("t", region: "delta"), 8500),
        (Criteria.Aim("t", areaClass: "highland", region: "delta"), 6000),
        (Criteria.Aim("t", level: .province, region: "delta"), 9000),
        (Criteria.Aim("t", level: .province, areaClass: "highland"), 7000),
        (Criteria.Aim("t", level: .province, areaClass: "highland", region: "delta"), 7500),
        (Criteria.Aim("t", level: .province, areaClass: "city", region: "delta"), 9000),
    ]

    @Test(arguments: marks) func theMarkWithMostConditionsCounts(aim: Criteria.Aim, points: Int) {
        #expect(Self.rule.minimum(for: aim) == points)
    }

    @Test func noMarkIsNoPass() {
        let rule = Criteria.PassRule(marks: [Criteria.PassMark(level: .province, 1500)])
        #expect(rule.asksForPoints && rule.minimum(for: Criteria.Aim("t", level: .district)) == nil)
        let set = Sample.small { $0.titles[0].pass = rule }
        let full = Criteria.Value.quantity(Quantity(thousandths: 100_000))
        let values = ["I.1": full, "I.2": full, "II.1": full, "II.2": full]
        let district = Criteria.score(set, values: values, for: Criteria.Aim("model", level: .district))
        #expect(district.reasons == [.noMinimum])
        #expect(Criteria.score(set, values: values, for: Criteria.Aim("model", level: .province)).passes)
    }

    /// The province asks for 95 %, the district for 80; worth 6 of the 10 points of its group.
    @Test func aThresholdMayDifferByLevel() {
        let set = Sample.small { set in
            set.standards[0].indicators[0].thresholds = [
                Criteria.Threshold(.quantity(Sample.quantity("80"))),
                Criteria.Threshold(level: .province, .quantity(Sample.quantity("95"))),
            ]
        }
        let full = Criteria.Value.quantity(Quantity(thousandths: 100_000))
        let values = [
            "I.1": Criteria.Value.quantity(Sample.quantity("94.9")), "I.2": full, "II.1": full, "II.2": full,
        ]
        #expect(Criteria.score(set, values: values, for: Criteria.Aim("model", level: .district)).total == 2000)
        let province = Criteria.score(set, values: values, for: Criteria.Aim("model", level: .province))
        #expect(province.total == 1400 && province.requiredUnmet == ["I.1"])
    }

    /// A group's own floor goes before the title's: 60 % of the first, half of the second.
    @Test func aGroupMayHaveAFloorOfItsOwn() {
        let set = Sample.small { set in
            set.standards[0].floor = Sample.share("> 60%")
            set.titles[0].pass.minimum = 0
            set.standards[0].indicators[0].isMandatory = false
        }
        let full = Criteria.Value.quantity(Quantity(thousandths: 100_000))
        let none = Criteria.Value.quantity(.zero)
        let table: [([Criteria.Value], [Criteria.Reason])] = [
            ([full, none, full, none], [.belowFloor(group: "I", points: 600, needed: 601)]),
            ([full, full, full, none], []),
            ([full, full, none, full], [.belowFloor(group: "II", points: 300, needed: 500)]),
        ]
        for (given, reasons) in table {
            let values = Dictionary(uniqueKeysWithValues: zip(["I.1", "I.2", "II.1", "II.2"], given))
            #expect(Criteria.score(set, values: values, for: Criteria.Aim("model")).reasons == reasons)
        }
    }

    /// Self, check and appraisal are three dossiers to the rule; what one side did not touch is the other's value.
    @Test func eachSideIsScoredByItself() {
        let scorer = Criteria.Scorer(Sample.small(), for: Criteria.Aim("model"))
        let full = Criteria.Value.quantity(Quantity(thousandths: 100_000))
        let own = ["I.1": full, "I.2": full, "II.1": full, "II.2": full]
        let check = own.merging(["II.2": .quantity(.zero)]) { $1 }
        let appraisal = check.merging(["I.1": .quantity(Sample.quantity("89"))]) { $1 }
        #expect([own, check, appraisal].map { scorer.score($0).total } == [2000, 1700, 1100])
        #expect([own, check, appraisal].map { scorer.score($0).passes } == [true, true, false])
    }

    /// What the scorer lets pass is what can be entered: the two say the same of every value.
    @Test func nothingIsScoredThatCannotBeEntered() {
        let indicators = [
            CriteriaJudgeTests.yesNo, CriteriaJudgeTests.share, CriteriaJudgeTests.optional, CriteriaJudgeTests.zero,
            CriteriaJudgeTests.ratio, CriteriaJudgeTests.grade, CriteriaJudgeTests.panel, CriteriaJudgeTests.atMost,
        ]
        let values: [Criteria.Value] =
            [
                .yes(true), .yes(false), .grade("kha"), .grade("?"), .notApplicable(reason: "x"),
                .notApplicable(reason: ""),
            ]
            + ["-1", "0", "0.5", "1", "20", "20.01", "100", "100.001"].map { .quantity(Sample.quantity($0)) }
        for indicator in indicators {
            for value in values {
                let isRefused = Criteria.refusal(of: value, for: indicator) != nil
                let verdict = Criteria.judge(value, by: indicator, for: Criteria.Aim("model"))
                #expect((verdict.outcome == .missing) == isRefused, "\(indicator.code) \(value)")
            }
        }
    }

    static let deadlines: [(Deadline?, frame: Deadline, isLooser: Bool)] = [
        (.working(5), .working(5), false), (.working(4), .working(5), true), (nil, .working(5), true),
        (.calendar(7), .working(5), true), (.calendar(8), .working(5), false), (.working(5), .calendar(5), false),
        (.calendar(14), .calendar(15), true),
    ]

    @Test(arguments: deadlines) func aPostingIsNotShortenedAgainstTheFrame(
        given: Deadline?, frame: Deadline, isLooser: Bool
    ) {
        let wanted = Criteria.Procedure(posting: frame, panelMembers: 5)
        let derived = Criteria.Procedure(posting: given, panelMembers: 5)
        #expect(Criteria.loosenedProcedure(derived, from: wanted) == (isLooser ? ["procedure.posting"] : []))
        #expect(
            Criteria.loosenedProcedure(nil, from: wanted) == ["procedure.posting", "procedure.panelMembers"])
        #expect(
            Criteria.loosenedProcedure(Criteria.Procedure(posting: frame, panelMembers: 4), from: wanted)
                == ["procedure.panelMembers"])
    }

    @Test func aDerivedSetKeepsThePassMarksOfEachLevel() {
        let frame = Sample.small { $0.titles[0].pass.marks = [Criteria.PassMark(level: .province, 1800)] }
        var derived = frame
        #expect(Criteria.loosenings(of: derived, from: frame).isEmpty)
        derived.titles[0].pass.marks[0].points = 1799
        #expect(Criteria.loosenings(of: derived, from: frame).map(\.place) == ["titles[0].pass.minimum"])
        derived.titles[0].pass.marks = []
        #expect(Criteria.loosenings(of: derived, from: frame).map(\.key) == [.frameRuleLoosened])
        derived.titles[0].pass.minimum = 1800
        #expect(Criteria.loosenings(of: derived, from: frame).isEmpty)
    }
}
