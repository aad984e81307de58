import Core
import Criteria
import TestKit
import Testing

@testable import Surveys

@Suite("Surveys: rules") struct SurveysRuleTests {
    private func percent(
        _ code: String, _ wanted: Int64, points: Int = 100, minutes: Int? = nil, mandatory: Bool = false
    )
        -> Criteria.Indicator
    {
        Criteria.Indicator(
            code, Criteria.Name(code), kind: .percentage, unit: .percent, comparison: .atLeast,
            thresholds: [Criteria.Threshold(.quantity(Quantity(thousandths: wanted * 1_000)))], points: points,
            isMandatory: mandatory, minutes: minutes)
    }

    private func set(_ indicators: [Criteria.Indicator]) -> CriteriaSet {
        CriteriaSet(
            code: "X", name: Criteria.Name("X"), effectiveFrom: TestClock.today,
            titles: [Criteria.Title("model", Criteria.Name("M"), pass: Criteria.PassRule(minimum: 100))],
            maximum: 1_000,
            standards: [Criteria.Standard("I", Criteria.Name("I"), maximum: 1_000, indicators: indicators)])
    }

    private func value(_ whole: Int64) -> Criteria.Value { .quantity(Quantity(thousandths: whole * 1_000)) }

    private func gaps(
        _ indicators: [Criteria.Indicator], _ values: [String: Criteria.Value]
    ) -> [Surveys.Gap] {
        Surveys.findings(set(indicators), for: Criteria.Aim("model"), values).gaps
    }

    @Test func nearMissesComeFirstAndWhatNobodyKnowsLast() {
        let indicators = [percent("A", 90), percent("B", 90), percent("C", 90), percent("D", 90), percent("E", 90)]
        let found = gaps(indicators, ["A": value(30), "B": value(60), "C": value(80), "E": value(95)])
        #expect(found.map(\.code) == ["C", "B", "A", "D"], "E is met")
        #expect(found.map(\.effort) == [.near, .midway, .far, .unknown])
        #expect(found.map(\.distance) == [100, 300, 600, nil])
    }

    @Test func amongEqualsMorePointsComeFirstThenTheNearer() {
        let indicators = [
            percent("A", 90, points: 100, minutes: 1), percent("B", 90, points: 400, minutes: 10),
            percent("C", 90, points: 0, minutes: 1), percent("D", 90, points: 100),
        ]
        let found = gaps(indicators, ["A": value(85), "B": value(85), "C": value(85), "D": value(88)])
        #expect(
            found.map(\.code) == ["B", "D", "A", "C"],
            "D is nearer than A, C adds no point; how long it takes to type counts for nothing")
        #expect(found.map(\.gain) == [400, 100, 100, 0])
    }

    @Test func everyKindOfIndicatorHasItsDistance() {
        let yes = Criteria.Indicator(
            "Y", Criteria.Name("Y"), kind: .yesNo, unit: .none, comparison: .equal,
            thresholds: [Criteria.Threshold(.yes(true))], points: 100, isMandatory: true)
        let grade = Criteria.Indicator(
            "G", Criteria.Name("G"),
            kind: .grade(["a", "b", "c", "d"].map { Criteria.Choice($0, $0) }), unit: .none, comparison: .atLeast,
            thresholds: [Criteria.Threshold(.grade("c"))], points: 100)
        let count = Criteria.Indicator(
            "N", Criteria.Name("N"), kind: .number, unit: .model, comparison: .atLeast,
            thresholds: [Criteria.Threshold(.quantity(Quantity(thousandths: 12_000)))], points: 100)
        let most = Criteria.Indicator(
            "M", Criteria.Name("M"), kind: .number, unit: .event, comparison: .atMost,
            thresholds: [Criteria.Threshold(.quantity(Quantity(thousandths: 0)))], points: 100)
        func effort(_ indicator: Criteria.Indicator, _ value: Criteria.Value) -> Surveys.Effort? {
            gaps([indicator], [indicator.code: value]).first?.effort
        }
        #expect(effort(yes, .yes(false)) == .midway && effort(yes, .yes(true)) == nil)
        #expect(effort(grade, .grade("b")) == .near && effort(grade, .grade("a")) == .midway)
        #expect(
            effort(count, value(11)) == .near && effort(count, value(7)) == .midway && effort(count, value(2)) == .far)
        #expect(effort(most, value(1)) == .far, "a threshold of 0 has no tenths")
        #expect(gaps([yes], ["Y": .yes(false)]).first?.isMandatory == true)
    }

    @Test func aValueComesBackAsItWas() throws {
        let values: [Criteria.Value] = [
            .yes(true), .yes(false), value(90), .quantity(Quantity(thousandths: 78_600)), .grade("good"),
            .notApplicable(reason: "Không còn hộ nghèo: đã hết"),
        ]
        for value in values { #expect(Surveys.ValueCode.value(Surveys.ValueCode.text(value)) == value) }
        for text in ["", "q", "q:x", "z:1", "y:2"] { #expect(Surveys.ValueCode.value(text) == nil) }
        let indicator = percent("A", 90)
        #expect(try Surveys.ValueCode.read("78,6", for: indicator, field: "value.A") == values[3])
        for (typed, key) in [
            ("101", "criteria.value.percentageOutside"), ("-1", "criteria.value.percentageOutside"),
            ("abc", "web.field.quantity"),
        ] {
            let refusal = #expect(throws: Refusal.self) {
                try Surveys.ValueCode.read(typed, for: indicator, field: "value.A")
            }
            #expect(refusal?.key == key && refusal?.field == "value.A", "\(typed)")
        }
    }

    @Test func anItemServesAGapWithinItsYear() {
        func keys(_ code: String?, _ until: String) -> [String] {
            Surveys.ItemRule(code: code, until: Day(iso: until) ?? .first, year: 2027)
                .refusal(on: TestClock.today, of: ["III.2"])?.all.map(\.key) ?? []
        }
        #expect(keys("III.2", "2027-06-30") == [] && keys("III.2", "2026-12-20") == [])
        #expect(keys(nil, "2027-06-30") == ["surveys.refusal.itemWithoutIndicator"])
        #expect(keys("II.1", "2027-06-30") == ["surveys.refusal.itemWithoutIndicator"], "met already")
        #expect(keys("III.2", "2026-11-09") == ["surveys.refusal.itemPast"])
        #expect(keys("III.2", "2028-01-01") == ["surveys.refusal.itemAfterYear"])
        #expect(keys(nil, "2028-01-01").count == 2, "all faults at once")
        #expect(Surveys.refusalToConclude(filled: 0)?.key == "surveys.refusal.nothingFilled")
        #expect(Surveys.refusalToConclude(filled: 1) == nil)
    }
}
