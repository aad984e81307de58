import Core
import Testing

@testable import Criteria

@Suite struct CriteriaJudgeTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var indicator: Criteria.Indicator
        var value: Criteria.Value?
        var outcome: Criteria.Verdict.Outcome
        var points: Int
        var testDescription: String { name }
    }

    static func number(_ text: String) -> Criteria.Value { .quantity(Sample.quantity(text)) }
    static func bound(_ text: String) -> Criteria.Bound { .quantity(Sample.quantity(text)) }

    static let grades = Criteria.Kind.grade([
        Criteria.Choice("yeu", "Yếu"), Criteria.Choice("kha", "Khá"), Criteria.Choice("tot", "Tốt"),
    ])

    static let plain: [Case] = [
        Case(name: "yes is yes", indicator: yesNo, value: .yes(true), outcome: .met, points: 500),
        Case(name: "no is not", indicator: yesNo, value: .yes(false), outcome: .unmet, points: 0),
        Case(name: "at the threshold", indicator: share, value: number("90"), outcome: .met, points: 500),
        Case(name: "a thousandth below", indicator: share, value: number("89.999"), outcome: .unmet, points: 0),
        Case(name: "no value", indicator: share, value: nil, outcome: .missing, points: 0),
        Case(name: "over a hundred percent", indicator: share, value: number("101"), outcome: .missing, points: 0),
        Case(name: "a word for a number", indicator: share, value: .grade("tot"), outcome: .missing, points: 0),
        Case(
            name: "never not applicable", indicator: share, value: .notApplicable(reason: "Không có"),
            outcome: .missing, points: 0),
        Case(
            name: "not applicable without reason", indicator: optional, value: .notApplicable(reason: " "),
            outcome: .missing, points: 0),
        Case(
            name: "not applicable", indicator: optional, value: .notApplicable(reason: "Không chăn nuôi"),
            outcome: .notApplicable, points: 0),
        Case(name: "none in three years", indicator: zero, value: number("0"), outcome: .met, points: 500),
        Case(name: "one in three years", indicator: zero, value: number("1"), outcome: .unmet, points: 0),
        Case(name: "half an event", indicator: zero, value: number("0.5"), outcome: .missing, points: 0),
        Case(name: "ratio", indicator: ratio, value: number("1.1"), outcome: .met, points: 500),
        Case(name: "ratio below", indicator: ratio, value: number("1.099"), outcome: .unmet, points: 0),
        Case(name: "grade above", indicator: grade, value: .grade("tot"), outcome: .met, points: 500),
        Case(name: "grade at", indicator: grade, value: .grade("kha"), outcome: .met, points: 500),
        Case(name: "grade below", indicator: grade, value: .grade("yeu"), outcome: .unmet, points: 0),
        Case(name: "grade unheard of", indicator: grade, value: .grade("giỏi"), outcome: .missing, points: 0),
        Case(name: "panel's points", indicator: panel, value: number("12.5"), outcome: .met, points: 1250),
        Case(name: "panel's few points", indicator: panel, value: number("9.99"), outcome: .unmet, points: 999),
        Case(name: "panel's too many", indicator: panel, value: number("20.01"), outcome: .missing, points: 0),
        Case(name: "above is more than", indicator: above, value: number("50"), outcome: .unmet, points: 0),
        Case(name: "at most", indicator: atMost, value: number("5"), outcome: .met, points: 500),
        Case(name: "more than at most", indicator: atMost, value: number("6"), outcome: .unmet, points: 0),
    ]

    static let yesNo = Sample.indicator("a", .yesNo, unit: .none, .equal, .yes(true))
    static let share = Sample.indicator()
    static let optional = Sample.indicator(notApplicableIf: "Không có hộ chăn nuôi")
    static let zero = Sample.indicator("z", .countOverYears(window: 3), unit: .event, .equal, bound("0"))
    static let ratio = Sample.indicator(
        "r", .ratioToBaseline(what: "thu nhập", date: "2015"), unit: .ratio, .atLeast, bound("1.1"))
    static let grade = Sample.indicator("g", grades, unit: .none, .atLeast, .grade("kha"))
    static let panel = Sample.indicator("p", .points, unit: .point, .atLeast, bound("10"), points: 2000)
    static let above = Sample.indicator("b", .percentage, .above, bound("50"))
    static let atMost = Sample.indicator("m", .number, unit: .event, .atMost, bound("5"))

    @Test(arguments: plain) func judges(_ one: Case) {
        let verdict = Criteria.judge(one.value, by: one.indicator, for: Criteria.Aim("model"))
        #expect(verdict == Criteria.Verdict(one.outcome, points: one.points))
    }

    static func rising(_ from: String) -> Criteria.Indicator {
        Sample.indicator("p", .percentage, .atLeast, bound("90"), scoring: .proportional(from: Sample.quantity(from)))
    }
    static let falling = Sample.indicator(
        "f", .number, unit: .event, .atMost, bound("2"), scoring: .proportional(from: Sample.quantity("10")))
    static let steps = Sample.indicator(
        "s", .number, unit: .session, .atLeast, bound("12"), points: 300,
        scoring: .steps([
            Criteria.Step(at: bound("4"), points: 100), Criteria.Step(at: bound("6"), points: 200),
            Criteria.Step(at: bound("12"), points: 300),
        ]))
    static let gradeSteps = Sample.indicator(
        "gs", grades, unit: .none, .atLeast, .grade("tot"), points: 300,
        scoring: .steps([
            Criteria.Step(at: .grade("kha"), points: 150), Criteria.Step(at: .grade("tot"), points: 300),
        ]))

    static let partial: [(Criteria.Indicator, Criteria.Value, Int)] = [
        (rising("0"), number("90"), 500), (rising("0"), number("45"), 250), (rising("0"), number("0"), 0),
        (rising("0"), number("89.999"), 499), (rising("0"), number("100"), 500),
        (rising("50"), number("50"), 0), (rising("50"), number("70"), 250), (rising("50"), number("49"), 0),
        (falling, number("2"), 500), (falling, number("6"), 250), (falling, number("10"), 0),
        (falling, number("99"), 0),
        (steps, number("3"), 0), (steps, number("4"), 100), (steps, number("11"), 200), (steps, number("40"), 300),
        (gradeSteps, .grade("yeu"), 0), (gradeSteps, .grade("kha"), 150), (gradeSteps, .grade("tot"), 300),
    ]

    @Test(arguments: partial) func givesPartOfThePoints(
        indicator: Criteria.Indicator, value: Criteria.Value, points: Int
    ) {
        #expect(Criteria.judge(value, by: indicator, for: Criteria.Aim("model")).points == points)
    }

    @Test func takesTheRowWithMostConditions() {
        var indicator = Sample.indicator()
        indicator.thresholds = [
            Criteria.Threshold(Self.bound("10")), Criteria.Threshold(title: "model", Self.bound("20")),
            Criteria.Threshold(areaClass: "highland", Self.bound("30")),
            Criteria.Threshold(title: "model", areaClass: "highland", Self.bound("40")),
            Criteria.Threshold(title: "model", level: .province, areaClass: "highland", Self.bound("50")),
            Criteria.Threshold(region: "taynguyen", Self.bound("60")),
        ]
        let cases: [(Criteria.Aim, String)] = [
            (Criteria.Aim("outstanding"), "10"), (Criteria.Aim("model"), "20"),
            (Criteria.Aim("outstanding", areaClass: "highland"), "30"),
            (Criteria.Aim("model", areaClass: "highland"), "40"), (Criteria.Aim("model", areaClass: "city"), "20"),
            (Criteria.Aim("model", level: .province, areaClass: "highland"), "50"),
            (Criteria.Aim("outstanding", region: "taynguyen"), "60"),
            (Criteria.Aim("model", region: "taynguyen"), "20"),
        ]
        for (aim, expected) in cases { #expect(indicator.bound(for: aim) == Self.bound(expected), "\(aim)") }
    }

    @Test func neverOverflows() {
        let indicator = Sample.indicator(
            "x", .number, unit: .dong, .atLeast, .quantity(Quantity(thousandths: .max)), points: 100_000_000,
            scoring: .proportional(from: Quantity(thousandths: .min)))
        let verdict = Criteria.judge(.quantity(Quantity(thousandths: 0)), by: indicator, for: Criteria.Aim("model"))
        #expect(verdict.points == 50_000_000)
    }
}
