import Core
import Foundation
import Testing

@testable import Criteria

/// Sets and values that the tables of this folder share.
enum Sample {
    /// The repository's root, from this file's place.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let sets = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Sets")

    static func file(_ url: URL) throws -> String { try String(contentsOf: url, encoding: .utf8) }

    static func demonstration() throws -> CriteriaSet {
        let text = try file(root.appending(path: "Demonstration/criteria.yaml"))
        return try #require(Criteria.YAML.read(text).set)
    }

    static func quantity(_ text: String) -> Quantity {
        Quantity(thousandths: Criteria.Format.thousandths(text) ?? .min)
    }

    static func indicator(
        _ code: String = "I.1", _ kind: Criteria.Kind = .percentage, unit: Criteria.Measure = .percent,
        _ comparison: Criteria.Comparison = .atLeast, _ bound: Criteria.Bound = .quantity(quantity("90")),
        points: Int = 500, scoring: Criteria.Scoring = .allOrNothing, mandatory: Bool = false,
        notApplicableIf: String? = nil
    ) -> Criteria.Indicator {
        Criteria.Indicator(
            code, Criteria.Name("Chỉ tiêu \(code)"), kind: kind, unit: unit, comparison: comparison,
            thresholds: [Criteria.Threshold(bound)], points: points, scoring: scoring, isMandatory: mandatory,
            notApplicableIf: notApplicableIf, evidence: [Criteria.Evidence(.document, "Báo cáo")],
            verifier: "UBND xã", supplier: Criteria.Supplier(.area), answerable: "Hội Nông dân", basis: "giả định")
    }

    /// Two groups of ten points, two indicators each; passes at 15 with half of each group.
    static func small() -> CriteriaSet {
        func group(_ code: String, _ indicators: [Criteria.Indicator]) -> Criteria.Standard {
            Criteria.Standard(code, Criteria.Name("Nhóm \(code)"), maximum: 1000, indicators: indicators)
        }
        return CriteriaSet(
            code: "NHO", name: Criteria.Name("Bộ nhỏ"), effectiveFrom: Day(iso: "2026-01-01"),
            titles: [
                Criteria.Title(
                    Criteria.Title.model, Criteria.Name("Kiểu mẫu"),
                    pass: Criteria.PassRule(minimum: 1500, floor: Criteria.Share(1, of: 2)))
            ],
            maximum: 2000,
            standards: [
                group(
                    "I",
                    [
                        indicator("I.1", points: 600, mandatory: true),
                        indicator("I.2", points: 400, notApplicableIf: "Không có"),
                    ]),
                group(
                    "II",
                    [
                        indicator("II.1", points: 700, notApplicableIf: "Không có"),
                        indicator("II.2", points: 300, notApplicableIf: "Không có"),
                    ]),
            ])
    }

    /// The small set with one thing changed.
    static func small(_ change: (inout CriteriaSet) -> Void) -> CriteriaSet {
        var set = small()
        change(&set)
        return set
    }
}
