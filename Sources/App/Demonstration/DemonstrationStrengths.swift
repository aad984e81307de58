import Core
import Organisation

/// organisations.yaml, `strength`: how many people the organisations of an area count this year.
struct DemonstrationStrengths: Decodable, Sendable {
    /// By area, where the plan gives them.
    let named: [String: [String: Int]]
    /// Of all other areas: the least and the most, by kind.
    let ranges: [String: [Int]]
}

extension DemonstrationFiles {
    /// The plan's own, or made within its ranges: larger in larger areas, another in each, the same in every run.
    func strengths(of area: DemonstrationArea) throws -> AreaStrengths {
        let told = try bodies.strength.named[area.key].map { named in
            try named.map { AreaStrength(try kind($0.key), $0.value) }
        }
        return AreaStrengths(
            year: year.year,
            bodies: try told
                ?? bodies.strength.ranges.map { key, range in
                    AreaStrength(try kind(key), try made(key, range, area))
                })
    }

    private func kind(_ key: String) throws -> AreaStrengthKind {
        guard let kind = AreaStrengthKind(rawValue: key) else {
            throw DemonstrationFault(file: "organisations.yaml", key: "strength.\(key)", problem: "is no kind")
        }
        return kind
    }

    private func made(_ key: String, _ range: [Int], _ area: DemonstrationArea) throws -> Int {
        guard range.count == 2, range[0] <= range[1] else {
            throw DemonstrationFault(
                file: "organisations.yaml", key: "strength.ranges.\(key)", problem: "needs the least and the most")
        }
        // The plan's areas have 150 to 520 households.
        let size = min(max(area.households - 150, 0), 370) * 100 / 370
        let share = (70 * size + 30 * Hour.spread("\(area.key), \(key)", 101)) / 100
        return range[0] + (range[1] - range[0]) * share / 100
    }
}
