import Core
import Testing

@testable import Criteria

@Suite struct CriteriaScoreTests {
    static let full = Criteria.Value.quantity(Quantity(thousandths: 100_000))
    static let none = Criteria.Value.quantity(Quantity(thousandths: 0))
    static let away = Criteria.Value.notApplicable(reason: "Ở đây không có")

    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        /// I.1 (6, mandatory), I.2 (4), II.1 (7), II.2 (3)
        var values: [Criteria.Value?]
        var groups: [Int]
        var total: Int
        var reasons: [Criteria.Reason]
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "all met", values: [full, full, full, full], groups: [1000, 1000], total: 2000, reasons: []),
        Case(name: "just enough", values: [full, none, full, full], groups: [600, 1000], total: 1600, reasons: []),
        Case(
            name: "mandatory unmet", values: [none, full, full, full], groups: [400, 1000], total: 1400,
            reasons: [
                .requiredUnmet(["I.1"]), .belowFloor(group: "I", points: 400, needed: 500),
                .belowMinimum(points: 1400, needed: 1500),
            ]),
        Case(
            name: "group below its floor", values: [full, full, none, full], groups: [1000, 300], total: 1300,
            reasons: [
                .belowFloor(group: "II", points: 300, needed: 500), .belowMinimum(points: 1300, needed: 1500),
            ]),
        Case(
            name: "missing never passes", values: [full, full, full, nil], groups: [1000, 700], total: 1700,
            reasons: [.missing(["II.2"])]),
        Case(
            name: "not applicable is scaled back", values: [full, away, full, full], groups: [1000, 1000],
            total: 2000, reasons: []),
        Case(
            name: "scaled part", values: [full, away, none, full], groups: [1000, 300], total: 1300,
            reasons: [
                .belowFloor(group: "II", points: 300, needed: 500), .belowMinimum(points: 1300, needed: 1500),
            ]),
        Case(
            name: "a whole group away", values: [full, full, away, away], groups: [1000, 0], total: 2000, reasons: []),
        Case(
            name: "a whole group away, the other in part", values: [full, none, away, away], groups: [600, 0],
            total: 1200, reasons: [.belowMinimum(points: 1200, needed: 1500)]),
    ]

    @Test(arguments: cases) func scores(_ one: Case) {
        let codes = ["I.1", "I.2", "II.1", "II.2"]
        var values: [String: Criteria.Value] = [:]
        for (code, value) in zip(codes, one.values) { values[code] = value }
        let score = Criteria.score(Sample.small(), values: values, for: Criteria.Aim("model"))
        #expect(score.groups.map(\.points) == one.groups)
        #expect(score.total == one.total)
        #expect(score.maximum == 2000)
        #expect(score.reasons == one.reasons)
        #expect(score.passes == one.reasons.isEmpty)
    }

    @Test func roundsHalfUpToHundredths() {
        // 7 of 7 points by panel over a maximum of 10: shares of a third.
        let set = Sample.small { set in
            set.standards[0].indicators = [
                Sample.indicator(
                    "I.1", .points, unit: .point, .atLeast, .quantity(Quantity(thousandths: 0)), points: 300),
                Sample.indicator("I.2", points: 700, notApplicableIf: "Không có"),
            ]
        }
        let table: [(String, Int)] = [("1", 333), ("2", 667), ("0.15", 50), ("0.01", 3), ("3", 1000)]
        for (given, expected) in table {
            let score = Criteria.score(
                set, values: ["I.1": .quantity(Sample.quantity(given)), "I.2": Self.away], for: Criteria.Aim("model"))
            #expect(score.groups[0].points == expected, "\(given)")
        }
        #expect(Criteria.scale(1, by: 1, over: 2) == 1)
        #expect(Criteria.scale(.max, by: .max, over: 1) == .max)
    }

    @Test func minimumFollowsTheAreaClass() throws {
        let set = try #require(
            Criteria.YAML.read(Sample.file(Sample.sets.appending(path: "nd122-2018.yaml"))).set)
        let values = Dictionary(
            uniqueKeysWithValues: set.indicators.map { ($0.code, Criteria.Value.quantity(Sample.quantity("13"))) })
        let outcome: [(String?, Bool)] = [("highland", true), ("other", false), ("city", false), (nil, false)]
        for (areaClass, passes) in outcome {
            let score = Criteria.score(set, values: values, for: Criteria.Aim("cultured", areaClass: areaClass))
            #expect(score.total == 6500)
            #expect(score.passes == passes, "\(areaClass ?? "no class")")
        }
        let unknown = Criteria.score(set, values: values, for: Criteria.Aim("cultured"))
        #expect(unknown.reasons == [.noMinimum])
        // 6 of 10: half of each group is the floor, the points of one group cannot stand in for another's.
        var uneven = values
        uneven["1.0"] = .quantity(Sample.quantity("9.99"))
        let score = Criteria.score(set, values: uneven, for: Criteria.Aim("cultured", areaClass: "highland"))
        #expect(score.reasons == [.belowFloor(group: "1", points: 999, needed: 1000)])
    }

    @Test func everyIndicatorMayBeRequired() throws {
        let set = try #require(
            Criteria.YAML.read(Sample.file(Sample.sets.appending(path: "yen-bai-1217-2022.yaml"))).set)
        var values = Dictionary(uniqueKeysWithValues: set.indicators.map { ($0.code, Criteria.Value.yes(true)) })
        for (title, count) in [("newCountryside", 15), ("model", 17)] {
            let score = Criteria.score(set, values: values, for: Criteria.Aim(title))
            #expect(score.passes)
            #expect(score.groups.flatMap(\.lines).count == count)
            #expect(score.groups.allSatisfy { $0.share == nil })
        }
        values["B17.0"] = .yes(false)
        #expect(Criteria.score(set, values: values, for: Criteria.Aim("newCountryside")).passes)
        #expect(
            Criteria.score(set, values: values, for: Criteria.Aim("model")).reasons == [.requiredUnmet(["B17.0"])])
    }

    @Test func unknownTitlePassesNothing() {
        let score = Criteria.score(Sample.small(), values: [:], for: Criteria.Aim("thành phố"))
        #expect(score.reasons == [.unknownTitle("thành phố")])
        #expect(!score.passes)
    }

    @Test func reasonsHaveWordsInBothNumbers() {
        let reason = Criteria.Reason.belowMinimum(points: 8750, needed: 9000)
        #expect(reason.words == "criteria.reason.belowMinimum")
        #expect(reason.arguments(in: .vi) == ["points": "87,5", "needed": "90"])
        #expect(reason.arguments(in: .en) == ["points": "87.5", "needed": "90"])
    }

    /// The dossier whose scoring `Benchmarks/run` measures.
    @Test func fortySevenIndicatorsGiveTheMostThereIs() throws {
        var set = try Sample.demonstration()
        var extra: [Criteria.Indicator] = []
        for number in 0..<20 {
            var copy = set.indicators[number]
            copy.code = "VI.\(number + 1)"
            extra.append(copy)
        }
        set.standards.append(
            Criteria.Standard(
                "VI", Criteria.Name("Nhóm VI"), maximum: extra.reduce(0) { $0 + $1.points }, indicators: extra))
        #expect(set.indicators.count == 47)
        var values: [String: Criteria.Value] = [:]
        for indicator in set.indicators {
            values[indicator.code] =
                switch indicator.bound(for: Criteria.Aim("model")) {
                case .yes(let wanted): .yes(wanted)
                case .quantity(let quantity): .quantity(quantity)
                case .grade(let code): .grade(code)
                case nil: nil
                }
        }
        let total = Criteria.score(set, values: values, for: Criteria.Aim("model")).total
        #expect(total == set.standards.reduce(0) { $0 + $1.maximum })
    }
}
