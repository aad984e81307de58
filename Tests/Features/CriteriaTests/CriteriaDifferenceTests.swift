import Core
import Testing

@testable import Criteria

@Suite struct CriteriaDifferenceTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var changes: [Criteria.Change]
        var change: @Sendable (inout CriteriaSet) -> Void

        init(
            _ name: String, _ changes: [Criteria.Change], _ change: @escaping @Sendable (inout CriteriaSet) -> Void
        ) {
            testDescription = name
            self.changes = changes
            self.change = change
        }
    }

    static let cases: [Case] = [
        Case("nothing", []) { _ in },
        Case(
            "a threshold",
            [
                Criteria.Change(.changed, "groups[I].indicators[I.1].threshold", old: "90", new: "95")
            ]
        ) { $0.standards[0].indicators[0].thresholds[0].bound = .quantity(Sample.quantity("95")) },
        Case(
            "points moved",
            [
                Criteria.Change(.changed, "groups[I].indicators[I.1].points", old: "6", new: "5.5"),
                Criteria.Change(.changed, "groups[I].indicators[I.2].points", old: "4", new: "4.5"),
            ]
        ) { set in
            set.standards[0].indicators[0].points = 550
            set.standards[0].indicators[1].points = 450
        },
        Case(
            "an indicator put first moves no other",
            [
                Criteria.Change(.added, "groups[I].indicators[I.0]", new: "Chỉ tiêu I.0")
            ]
        ) { $0.standards[0].indicators.insert(Sample.indicator("I.0", points: 0), at: 0) },
        Case(
            "an indicator gone",
            [
                Criteria.Change(.removed, "groups[II].indicators[II.1]", old: "Chỉ tiêu II.1")
            ]
        ) { $0.standards[1].indicators.removeFirst() },
        Case(
            "now mandatory, no exception",
            [
                Criteria.Change(.added, "groups[I].indicators[I.2].mandatory", new: "yes"),
                Criteria.Change(.removed, "groups[I].indicators[I.2].notApplicableIf", old: "Không có"),
            ]
        ) { set in
            set.standards[0].indicators[1].isMandatory = true
            set.standards[0].indicators[1].notApplicableIf = nil
        },
        Case(
            "a rule of passing",
            [
                Criteria.Change(.changed, "titles[model].pass.minimum", old: "15", new: "16")
            ]
        ) { $0.titles[0].pass.minimum = 1600 },
        Case(
            "a term appears",
            [
                Criteria.Change(.added, "term", new: "years: 3; recheckMonths: 12")
            ]
        ) { $0.term = Criteria.Term(years: 3, recheckMonths: 12) },
        Case("a last day", [Criteria.Change(.added, "effectiveTo", new: "2026-12-31")]) {
            $0.effectiveTo = Day(iso: "2026-12-31")
        },
        Case(
            "a name gets its English",
            [
                Criteria.Change(.changed, "name", old: "Bộ nhỏ", new: "Bộ nhỏ / Small set")
            ]
        ) { $0.name.en = "Small set" },
    ]

    @Test(arguments: cases) func namesTheLinesThatDiffer(_ one: Case) {
        #expect(Criteria.difference(from: Sample.small(), to: Sample.small(one.change)) == one.changes)
    }

    @Test func theWayToATitleIsComparedLineByLine() {
        let old = Sample.small { set in
            set.procedure = Criteria.Procedure(
                days: [.reviewEnds: CriteriaCheckTests.day(9, 18)], posting: .working(5))
            set.titles[0].pass.marks = [Criteria.PassMark(level: .province, 1800)]
        }
        let new = Sample.small { set in
            set.procedure = Criteria.Procedure(
                days: [.reviewEnds: CriteriaCheckTests.day(9, 20)], posting: .working(3), panelMembers: 5)
            set.titles[0].pass.marks = [
                Criteria.PassMark(level: .province, areaClass: "city", 1900),
                Criteria.PassMark(level: .province, 1850),
            ]
        }
        #expect(
            Criteria.difference(from: old, to: new) == [
                Criteria.Change(
                    .added, "titles[model].pass.minimums[province city]",
                    new: "level: province; areaClass: city; value: 19"),
                Criteria.Change(
                    .changed, "titles[model].pass.minimums[province].value", old: "18", new: "18.5"),
                Criteria.Change(.changed, "procedure.days.reviewEnds", old: "09-18", new: "09-20"),
                Criteria.Change(.changed, "procedure.posting.working", old: "5", new: "3"),
                Criteria.Change(.added, "procedure.panelMembers", new: "5"),
            ])
    }
}

@Suite struct CriteriaFrameTests {
    static func bound(_ text: String) -> Criteria.Bound { .quantity(Sample.quantity(text)) }

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var faults: [String]
        var change: @Sendable (inout CriteriaSet) -> Void

        init(_ name: String, _ faults: [String], _ change: @escaping @Sendable (inout CriteriaSet) -> Void) {
            testDescription = name
            self.faults = faults
            self.change = change
        }
    }

    static let first = "groups[0].indicators[0]"

    static let cases: [Case] = [
        Case("the same", []) { _ in },
        Case("tightened", []) { $0.standards[0].indicators[0].thresholds[0].bound = bound("95") },
        Case("added", []) { $0.standards[0].indicators.append(Sample.indicator("I.9")) },
        Case("moved to another group", []) {
            $0.standards[1].indicators.append($0.standards[0].indicators.removeLast())
        },
        Case("loosened", ["frameLoosened \(first).thresholds"]) {
            $0.standards[0].indicators[0].thresholds[0].bound = bound("89")
        },
        Case("loosened where the frame allows", []) { $0.standards[1].indicators[1].thresholds[0].bound = bound("1") },
        Case("gone", ["frameIndicatorMissing groups"]) { $0.standards[0].indicators.removeLast() },
        Case("of another kind", ["frameKindChanged \(first).kind"]) {
            $0.standards[0].indicators[0] = Sample.indicator(
                "I.1", .yesNo, unit: .none, .equal, .yes(true), mandatory: true)
        },
        Case("no longer mandatory", ["frameMandatoryLost \(first).mandatory"]) {
            $0.standards[0].indicators[0].isMandatory = false
        },
        Case("a new exception", ["frameExceptionAdded \(first).notApplicableIf"]) {
            $0.standards[0].indicators[0].notApplicableIf = "Khi khó"
        },
        Case("a lower pass mark", ["frameRuleLoosened titles[0].pass.minimum"]) { $0.titles[0].pass.minimum = 1499 },
        Case("half the total, half the mark", []) { set in
            set.maximum = 1000
            set.titles[0].pass.minimum = 750
        },
        Case("no floor", ["frameRuleLoosened titles[0].pass.floor"]) { $0.titles[0].pass.floor = nil },
        Case(
            "no ballot",
            [
                "frameRuleLoosened ballot.minimumResponse", "frameRuleLoosened ballot.minimumSatisfied.model",
            ]
        ) { $0.ballot = nil },
        Case("a lower quorum", ["frameRuleLoosened meeting.quorum"]) { $0.meeting?.quorum = Sample.share("50%") },
        Case("not asked of the title any more", ["frameLoosened \(first).thresholds"]) { set in
            set.titles.append(Criteria.Title("other", Criteria.Name("Khác"), pass: Criteria.PassRule(minimum: 1500)))
            set.standards[0].indicators[0].titles = ["other"]
        },
    ]

    @Test(arguments: cases) func letsNobodyAskForLess(_ one: Case) {
        let frame = Sample.small { set in
            set.ballot = Criteria.BallotRule(response: Sample.share("60%"), satisfied: ["model": Sample.share("80%")])
            set.meeting = Criteria.MeetingRule(quorum: Sample.share("> 50%"), carried: Sample.share("> 50%"))
            set.standards[1].indicators[1].mayLoosen = true
        }
        var derived = frame
        one.change(&derived)
        let found = Criteria.loosenings(of: derived, from: frame).map { "\($0.key) \($0.place)" }
        #expect(found == one.faults)
    }
}
