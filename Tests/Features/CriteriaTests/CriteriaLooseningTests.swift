import Core
import Testing

@testable import Criteria

/// What a frame lets a derived set ask less for, and room for an area's own indicators.
@Suite struct CriteriaLooseningTests {
    private func faults(
        _ frame: (inout CriteriaSet) -> Void, _ derived: (inout CriteriaSet) -> Void
    ) -> [String] {
        Criteria.loosenings(of: Sample.small(derived), from: Sample.small(frame)).map {
            "\($0.key.rawValue) \($0.place)"
        }
    }

    private static let first = "groups[0].indicators[0]"

    @Test func anIndicatorMayBeLoosenedInWhatTheFrameNames() {
        func lower(_ set: inout CriteriaSet) {
            set.standards[0].indicators[0].thresholds = [Criteria.Threshold(.quantity(Sample.quantity("80")))]
            set.standards[0].indicators[0].isMandatory = false
            set.standards[0].indicators[0].notApplicableIf = "Không có"
        }
        func marked(_ only: [Criteria.Loosening]) -> [String] {
            faults({ $0.standards[0].indicators[0].mayLoosenOnly = only }, lower)
        }
        let all = [
            "frameLoosened \(Self.first).thresholds", "frameMandatoryLost \(Self.first).mandatory",
            "frameExceptionAdded \(Self.first).notApplicableIf",
        ]
        #expect(marked([]) == all)
        #expect(marked([.threshold]) == Array(all[1...]))
        #expect(marked([.threshold, .mandatory]) == [all[2]])
        #expect(marked(Criteria.Loosening.allCases).isEmpty)
        #expect(faults({ $0.standards[0].indicators[0].mayLoosen = true }, lower).isEmpty)
    }

    @Test func aRefusalSaysWhatTheFrameAsksForAndWhatIsGiven() throws {
        let fault = try #require(
            Criteria.loosenings(
                of: Sample.small {
                    $0.standards[0].indicators[0].thresholds = [Criteria.Threshold(.quantity(Sample.quantity("80")))]
                }, from: Sample.small()
            ).first)
        #expect(fault.arguments["wanted"] == ">= 90" && fault.arguments["given"] == ">= 80")
    }

    @Test func rulesMayBeLoosenedWhereTheFrameSaysSo() {
        func way(_ set: inout CriteriaSet) {
            set.meeting = Criteria.MeetingRule(quorum: .percent(60), carried: .percent(60))
            set.procedure = Criteria.Procedure(posting: .calendar(10), panelMembers: 5)
        }
        func lighter(_ set: inout CriteriaSet) {
            set.meeting = Criteria.MeetingRule(quorum: .percent(50), carried: .percent(60))
            set.procedure = Criteria.Procedure(posting: .calendar(7), panelMembers: 5)
            set.titles[0].pass.minimum = 1400
        }
        #expect(
            faults(way, lighter) == [
                "frameRuleLoosened titles[0].pass.minimum", "frameRuleLoosened meeting.quorum",
                "frameRuleLoosened procedure.posting",
            ])
        #expect(
            faults(
                { set in
                    way(&set)
                    set.mayLoosen = [.minimum, .posting]
                }, lighter) == ["frameRuleLoosened meeting.quorum"])
    }

    @Test func theMarksReadBack() throws {
        let text = try Criteria.YAML.write(
            Sample.small { set in
                set.mayLoosen = [.minimum, .quorum]
                set.standards[0].indicators[0].mayLoosenOnly = [.threshold, .exception]
                set.standards[0].indicators[1].mayLoosen = true
                set.ownIndicators = 2
                set.ownPoints = 100
                set.maximum = 2100
            })
        let set = try #require(Criteria.YAML.read(text).set)
        #expect(set.mayLoosen == [.minimum, .quorum] && set.ownIndicators == 2 && set.ownPoints == 100)
        #expect(set.standards[0].indicators[0].mayLoosenOnly == [.threshold, .exception])
        #expect(!set.standards[0].indicators[0].mayLoosen && set.standards[0].indicators[1].mayLoosen)
        let wrong = text.replacing("- exception", with: "- exceptoin")
        #expect(Criteria.YAML.read(wrong).faults.contains { $0.key == .unknownWord })
    }

    private func own(_ code: String) -> Criteria.Indicator {
        var indicator = Sample.indicator(code)
        indicator.evidence = [Criteria.Evidence(.document, "Biên bản")]
        return indicator
    }

    private let aim = Criteria.Aim("model")

    @Test func anOwnIndicatorIsShownAndNeverDecidesWithoutRoom() throws {
        var every = Sample.small { $0.ownIndicators = 2 }
        every.titles[0].pass.required = .every
        let set = every.with(own: [own("R.1")])
        var values: [String: Criteria.Value] = [:]
        for indicator in set.indicators { values[indicator.code] = .quantity(Sample.quantity("95")) }
        values["R.1"] = .quantity(Sample.quantity("10"))
        let score = Criteria.score(set, values: values, for: aim)
        #expect(score.passes && score.total == 2000 && score.verdict("R.1")?.outcome == .unmet)
        #expect(set.standards.last?.code == Criteria.Own.group && set.standards.last?.maximum == 0)
    }

    @Test func roomEarnsPointsAndItsLackCostsNothing() throws {
        let base = Sample.small {
            $0.ownIndicators = 2
            $0.ownPoints = 301
            $0.maximum = 2301
        }
        #expect(Criteria.faults(in: base).filter { !$0.isWarning }.isEmpty)
        var values: [String: Criteria.Value] = [:]
        for indicator in base.indicators { values[indicator.code] = .quantity(Sample.quantity("95")) }
        let without = Criteria.score(base, values: values, for: aim)
        #expect(without.total == 2301 && without.maximum == 2301)
        let two = base.with(own: [own("R.1"), own("R.2")])
        #expect(two.standards.last?.indicators.map(\.points) == [151, 150])
        values["R.1"] = .quantity(Sample.quantity("95"))
        values["R.2"] = .quantity(Sample.quantity("5"))
        #expect(Criteria.score(two, values: values, for: aim).total == 2151)
    }

    @Test func aSetDoesNotUseTheOwnGroupsCode() {
        let set = Sample.small {
            $0.ownIndicators = 1
            $0.standards[1].code = Criteria.Own.group
        }
        #expect(Criteria.faults(in: set).contains { $0.key == .duplicateCode && $0.place == "groups[1].code" })
    }

    @Test func ownIndicatorsAreFrozenAsText() throws {
        let list = [own("R.1"), own("R.2")]
        #expect(try Criteria.YAML.own(Criteria.YAML.write(own: list)) == list)
        #expect(Criteria.YAML.own("- &a [").isEmpty)
    }

    @Test func aDifferenceOfFortySevenIndicatorsNamesWhatChanged() throws {
        var old = Sample.small()
        old.standards = (0..<5).map { group in
            Criteria.Standard(
                "G\(group)", Criteria.Name("Nhóm \(group)"), maximum: 2000,
                indicators: (0..<(group < 2 ? 10 : 9)).map { Sample.indicator("G\(group).\($0)") })
        }
        #expect(old.indicators.count == 47)
        var new = old
        new.version = 2
        for group in 0..<3 {
            new.standards[group].indicators[0].thresholds = [Criteria.Threshold(.quantity(Sample.quantity("91")))]
        }
        #expect(Criteria.difference(from: old, to: new).count == 4)
    }
}
