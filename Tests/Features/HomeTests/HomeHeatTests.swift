import Core
import Criteria
import Testing

@testable import Home

@Suite("Home: areas by groups") struct HomeHeatTests {
    private static func indicator(_ code: String, isMandatory: Bool = false) -> Criteria.Indicator {
        Criteria.Indicator(
            code, Criteria.Name(code), kind: .percentage, unit: .percent, comparison: .atLeast,
            thresholds: [Criteria.Threshold(.quantity(Quantity(thousandths: 80_000)))], points: 1_000,
            isMandatory: isMandatory, notApplicableIf: "không có")
    }

    private static let set = CriteriaSet(
        code: "KDC", name: Criteria.Name("Bộ"), effectiveFrom: nil,
        titles: [
            Criteria.Title(
                "model", Criteria.Name("Kiểu mẫu"),
                pass: Criteria.PassRule(required: .mandatory, minimum: 3_000, floor: Criteria.Share(1, of: 2)))
        ], maximum: 4_000,
        standards: [
            Criteria.Standard(
                "I", Criteria.Name("Một"), maximum: 2_000, indicators: [indicator("I.1"), indicator("I.2")]),
            Criteria.Standard(
                "II", Criteria.Name("Hai"), maximum: 2_000,
                indicators: [indicator("II.1", isMandatory: true), indicator("II.2")]),
        ])

    private func column(_ number: UInt64, _ values: [String: Int?], returned: Set<String> = []) -> HomeColumn {
        HomeColumn(
            dossier: ID(high: 9, low: number), aim: Criteria.Aim("model"),
            values: values.mapValues { value in
                value.map { .quantity(Quantity(thousandths: Int64($0) * 1_000)) } ?? .notApplicable(reason: "không có")
            }, returned: returned)
    }

    private func states(_ column: HomeColumn) -> [HomeCellState] {
        HomeHeat(Self.set, [column], open: nil).groups.map { $0.cells[0].state }
    }

    @Test func aGroupTellsTheFirstThingToBeDone() {
        let whole = ["I.1": 90, "I.2": 90, "II.1": 90, "II.2": 90]
        #expect(states(column(1, whole)) == [.met, .met])
        #expect(states(column(1, whole, returned: ["II.2"])) == [.met, .returned])
        #expect(states(column(1, ["I.1": 90, "II.1": 90, "II.2": 90])) == [.missing, .met])
        #expect(states(column(1, whole.merging(["II.1": 10]) { $1 })) == [.met, .unmet], "a mandatory one is not met")
        #expect(states(column(1, whole.merging(["I.1": 10, "I.2": 10]) { $1 })) == [.unmet, .met], "under the floor")
        #expect(states(column(1, whole.merging(["I.1": 10]) { $1 })) == [.met, .met], "half of the points is enough")
        #expect(states(column(1, ["I.1": nil, "I.2": nil, "II.1": 90, "II.2": 90])) == [.notApplicable, .met])
    }

    @Test func theOpenGroupIsTheOneAskedForElseTheFirstThatNeedsAttention() {
        let good = column(1, ["I.1": 90, "I.2": 90, "II.1": 90, "II.2": 90])
        let bad = column(2, ["I.1": 90, "I.2": 90, "II.1": 10, "II.2": 90])
        func open(_ columns: [HomeColumn], _ asked: String?) -> [String] {
            HomeHeat(Self.set, columns, open: asked).groups.filter(\.isOpen).map(\.code)
        }
        #expect(open([good], nil) == ["I"])
        #expect(open([good, bad], nil) == ["II"])
        #expect(open([good, bad], "I") == ["I"])
        #expect(open([good], "XX") == ["I"], "an unknown group opens none of its own")
        #expect(HomeHeat(Self.set, [good], open: "II").groups.map(\.indicators.count) == [0, 2])
    }

    @Test func columnsKeepTheOrderTheyAreGivenWhateverTheirScore() {
        let columns = [3, 1, 2].map { column($0, ["I.1": Int($0) * 30, "I.2": 90, "II.1": 90, "II.2": 90]) }
        #expect(HomeHeat(Self.set, columns, open: nil).columns.map(\.low) == [3, 1, 2])
    }

    @Test func nothingFilledHasNoPoints() {
        let cell = HomeHeat(Self.set, [column(1, [:])], open: nil).groups[0].cells[0]
        #expect(cell == HomeHeat.Cell(.missing))
        #expect(HomePoints(Criteria.score(Self.set, values: [:], for: Criteria.Aim("model"))) == nil)
    }

    @Test func anInnerRowShowsValues() {
        let heat = HomeHeat(Self.set, [column(1, ["I.1": 92, "I.2": nil, "II.1": 10], returned: ["I.1"])], open: "I")
        #expect(heat.groups[0].indicators.map { $0.cells[0].state } == [.returned, .notApplicable])
        #expect(heat.groups[0].indicators[0].cells[0].number == Quantity(thousandths: 92_000))
    }
}
