import ArgumentParser
import Core
import Criteria
import Foundation

/// Scores made-up dossiers with every rule there is, and prints how long it took as one line of JSON: one dossier of
/// 47 indicators as a page scores it, and a whole country's as a report does.
struct ScoringCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scoring", abstract: "Scores one dossier of 47 indicators, and many, as one line of JSON.")

    @Option(help: "How many dossiers the country has.") var dossiers = 100_000

    func run() async throws {
        let set = ScoringWork.set
        let work = (0..<min(dossiers, 1_000)).map { ScoringWork.values($0, of: set) }
        var points = 0
        let rounds = 200
        let aim = Criteria.Aim("model", level: .province, areaClass: "highland", region: "south")
        var clock = ContinuousClock.now
        for round in 0..<rounds { points += Criteria.score(set, values: work[round % work.count], for: aim).total }
        let one = (ContinuousClock.now - clock).inSeconds / Double(rounds)

        clock = ContinuousClock.now
        // As a report goes through a country: each area has a case of its own, and there are few of them.
        let scorers = ["highland", "other"].flatMap { areaClass in
            ["south", "north"].map {
                Criteria.Scorer(set, for: Criteria.Aim("model", level: .province, areaClass: areaClass, region: $0))
            }
        }
        var passed = 0
        for dossier in 0..<dossiers {
            let score = scorers[dossier % scorers.count].score(work[dossier % work.count])
            if score.passes { passed += 1 }
            points += score.total
        }
        let many = (ContinuousClock.now - clock).inSeconds
        print(
            """
            {"indicators": \(set.indicators.count), "dossiers": \(dossiers), "one": \(one), "many": \(many), \
            "passed": \(passed), "points": \(points)}
            """)
    }
}

/// A set of 47 indicators of every kind and scoring, with thresholds and pass marks that differ by title, level, class
/// and region. Constructed: only its shape matters.
enum ScoringWork {
    static let set: CriteriaSet = {
        let sizes = [10, 10, 9, 9, 9]
        let standards = sizes.enumerated().map { group, size in
            let indicators = (0..<size).map { indicator(sizes[..<group].reduce(0, +) + $0) }
            return Criteria.Standard(
                "\(group + 1)", Criteria.Name("Group \(group + 1)"),
                maximum: indicators.reduce(0) { $0 + $1.points }, floor: Criteria.Share(1, of: 3),
                indicators: indicators)
        }
        let maximum = standards.reduce(0) { $0 + $1.maximum }
        return CriteriaSet(
            code: "BENCH", name: Criteria.Name("Bench"), effectiveFrom: Day(iso: "2026-01-01"),
            titles: [
                Criteria.Title(
                    "model", Criteria.Name("Model"), deciders: [Criteria.Decider(.province, "")],
                    pass: Criteria.PassRule(
                        minimum: maximum * 4 / 5, minimumByClass: ["highland": maximum * 3 / 5],
                        marks: [Criteria.PassMark(level: .province, areaClass: "highland", maximum * 7 / 10)],
                        floor: Criteria.Share(1, of: 2)))
            ],
            areaClasses: [Criteria.Choice("highland", "Highland"), Criteria.Choice("other", "Other")],
            regions: [Criteria.Choice("south", "South"), Criteria.Choice("north", "North")], maximum: maximum,
            standards: standards)
    }()

    private static func quantity(_ whole: Int64) -> Criteria.Bound { .quantity(Quantity(thousandths: whole * 1000)) }

    private static func indicator(_ number: Int) -> Criteria.Indicator {
        let grades = ["low", "fair", "good"].map { Criteria.Choice($0, $0) }
        let shape: (Criteria.Kind, Criteria.Measure, Criteria.Comparison, [Criteria.Threshold], Criteria.Scoring)
        switch number % 8 {
        case 0: shape = (.yesNo, .none, .equal, [Criteria.Threshold(.yes(true))], .allOrNothing)
        case 1: shape = (.number, .household, .atLeast, [Criteria.Threshold(quantity(3))], .proportional(from: .zero))
        case 2:
            shape = (
                .percentage, .percent, .atLeast,
                [
                    Criteria.Threshold(quantity(90)), Criteria.Threshold(title: "model", quantity(95)),
                    Criteria.Threshold(title: "model", areaClass: "highland", quantity(80)),
                    Criteria.Threshold(title: "model", level: .province, areaClass: "highland", quantity(85)),
                    Criteria.Threshold(region: "north", quantity(70)),
                ], .allOrNothing
            )
        case 3: shape = (.countOverYears(window: 3), .event, .equal, [Criteria.Threshold(quantity(0))], .allOrNothing)
        case 4:
            shape = (
                .ratioToBaseline(what: "income", date: "2020"), .ratio, .atLeast,
                [Criteria.Threshold(.quantity(Quantity(thousandths: 1_100)))], .proportional(from: .zero)
            )
        case 5: shape = (.grade(grades), .none, .atLeast, [Criteria.Threshold(.grade("fair"))], .allOrNothing)
        case 6: shape = (.points, .point, .atLeast, [Criteria.Threshold(quantity(1))], .allOrNothing)
        default:
            shape = (
                .number, .session, .atLeast, [Criteria.Threshold(quantity(12))],
                .steps([4, 6, 12].map { Criteria.Step(at: quantity($0), points: Int($0) * 20) })
            )
        }
        return Criteria.Indicator(
            "\(number / 10 + 1).\(number % 10 + 1)", Criteria.Name("Indicator \(number)"), kind: shape.0,
            unit: shape.1, comparison: shape.2, thresholds: shape.3, points: 240, scoring: shape.4,
            isMandatory: number % 9 == 0, notApplicableIf: number % 5 == 0 ? "none here" : nil, verifier: "v",
            supplier: Criteria.Supplier(.area))
    }

    /// A dossier that differs from the next one; some indicators do not apply, few values are missing.
    static func values(_ dossier: Int, of set: CriteriaSet) -> [String: Criteria.Value] {
        var values: [String: Criteria.Value] = [:]
        for (number, indicator) in set.indicators.enumerated() {
            let dice = (dossier &* 31 &+ number &* 17) % 101
            if dice == 100 { continue }
            if indicator.notApplicableIf != nil, dice % 10 == 0 {
                values[indicator.code] = .notApplicable(reason: "none here")
                continue
            }
            let isGood = dice > 8
            switch indicator.kind {
            case .yesNo: values[indicator.code] = .yes(isGood)
            case .grade: values[indicator.code] = .grade(isGood ? "good" : "low")
            case .percentage: values[indicator.code] = .quantity(Quantity(thousandths: isGood ? 96_500 : 40_000))
            case .points: values[indicator.code] = .quantity(Quantity(thousandths: isGood ? 2_250 : 500))
            case .countOverYears: values[indicator.code] = .quantity(Quantity(thousandths: isGood ? 0 : 2_000))
            case .ratioToBaseline: values[indicator.code] = .quantity(Quantity(thousandths: isGood ? 1_234 : 987))
            case .number: values[indicator.code] = .quantity(Quantity(thousandths: isGood ? 12_000 : 5_000))
            }
        }
        return values
    }
}
