import Foundation
import Testing

@testable import Criteria

@Suite struct CriteriaWordsTests {
    private func words(_ language: String) throws -> [String: [String: String]] {
        let url = Sample.root.appending(path: "Sources/Features/Criteria/Words/\(language).json")
        let all = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
        let feature = try #require(all["criteria"] as? [String: Any])
        return feature.compactMapValues { $0 as? [String: String] }
    }

    @Test(arguments: ["vi", "en"]) func everyFaultHasWordsAndNoWordsAreLeftOver(language: String) throws {
        let words = try words(language)
        #expect(Set(words["fault", default: [:]].keys) == Set(Criteria.Fault.Key.allCases.map(\.rawValue)))
        #expect(
            Set(words["value", default: [:]].keys) == [
                "otherKind", "percentageOutside", "pointsOutside", "negative", "notWhole", "unknownGrade",
                "alwaysApplies", "reasonNeeded",
            ])
        let reasons: [Criteria.Reason] = [
            .unknownTitle(""), .missing([]), .requiredUnmet([]), .belowFloor(group: "", points: 0, needed: 0),
            .belowMinimum(points: 0, needed: 0), .noMinimum,
        ]
        #expect(Set(words["reason", default: [:]].keys.map { "criteria.reason." + $0 }) == Set(reasons.map(\.words)))
    }

    /// A place in the words that no argument fills would stand on the page as `{sum}`.
    @Test(arguments: ["vi", "en"]) func everyPlaceIsFilled(language: String) throws {
        let words = try words(language)
        for change in CriteriaCheckTests.ofTheSet + CriteriaCheckTests.ofAnIndicator {
            for fault in Criteria.faults(in: Sample.small(change.change)) {
                let text = try #require(words["fault"]?[fault.key.rawValue])
                let open = places(text).subtracting(fault.arguments.keys)
                #expect(open.isEmpty, "\(fault.key) lacks \(open)")
            }
        }
        for (text, _, _) in CriteriaYAMLTests.broken {
            for fault in Criteria.YAML.read(text).faults {
                let open = places(words["fault"]?[fault.key.rawValue] ?? "").subtracting(fault.arguments.keys)
                #expect(open.isEmpty, "\(fault.key) lacks \(open)")
            }
        }
    }

    private func places(_ text: String) -> Set<String> {
        Set(text.matches(of: /\{(\w+)\}/).map { String($0.1) })
    }
}
