import Core
import Criteria

/// How an area stands in one cell of the table areas by groups.
package enum HomeCellState: String, CaseIterable, Sendable, Codable {
    case met, unmet, returned, missing, notApplicable
}

/// Areas by groups of one criteria set, one group open. The columns keep the order they are given, which is the
/// official one: a table that others see is never sorted by score.
package struct HomeHeat: Encodable, Sendable, Equatable {
    /// One area in one row.
    package struct Cell: Encodable, Sendable, Equatable {
        package let state: HomeCellState
        /// Hundredths of a point, in the row of a group.
        package let points: Int?
        /// The value of an indicator that is a number.
        package let number: Quantity?

        package init(_ state: HomeCellState, points: Int? = nil, number: Quantity? = nil) {
            self.state = state
            self.points = points
            self.number = number
        }
    }

    /// One indicator of the open group, with a cell for each area in the order of the columns.
    package struct Indicator: Encodable, Sendable, Equatable {
        package let code: String
        package let name: HomeName
        /// The unit's word in the criteria file; nil where a number would need none.
        package let unit: String?
        package let cells: [Cell]
    }

    /// One group of the set, with a cell for each area in the order of the columns.
    package struct Group: Encodable, Sendable, Equatable {
        package let code: String
        package let name: HomeName
        /// Hundredths.
        package let maximum: Int
        package let isOpen: Bool
        package let cells: [Cell]
        /// Of the open group only.
        package let indicators: [Indicator]
    }

    /// The dossiers of the columns.
    package let columns: [ID]
    package let groups: [Group]
    /// Hundredths; 0 where points do not decide.
    package let maximum: Int
}

/// A name of a criteria set in both languages; the English one may be missing.
package struct HomeName: Encodable, Sendable, Equatable {
    package let vi: String
    package let en: String?

    package init(_ name: Criteria.Name) {
        vi = name.vi
        en = name.en.isEmpty ? nil : name.en
    }

    package func text(in language: Language) -> String { language == .en ? en ?? vi : vi }
}

/// What a column is made of: one dossier's values as its furthest view has them.
package struct HomeColumn: Sendable {
    package let dossier: ID
    package let aim: Criteria.Aim
    package let values: [String: Criteria.Value]
    /// Indicators that came back and are still with the area.
    package let returned: Set<String>

    package init(dossier: ID, aim: Criteria.Aim, values: [String: Criteria.Value], returned: Set<String>) {
        self.dossier = dossier
        self.aim = aim
        self.values = values
        self.returned = returned
    }
}

extension HomeHeat {
    /// The table of the dossiers that one set judges.
    ///
    /// - Parameter open: the code of the group to open; the first that needs somebody's attention otherwise.
    package init(_ set: CriteriaSet, _ columns: [HomeColumn], open: String?) {
        let scores = columns.map { Criteria.score(set, values: $0.values, for: $0.aim) }
        let shown = set.standards.filter { standard in
            columns.contains { !standard.indicators(for: $0.aim.title).isEmpty }
        }
        let cells = shown.map { standard in
            zip(columns, scores).map { HomeHeat.cell(of: standard, $0, $1) }
        }
        let chosen =
            open.flatMap { code in shown.firstIndex { $0.code == code } }
            ?? cells.firstIndex { $0.contains { [.unmet, .returned].contains($0.state) } }
            ?? (shown.isEmpty ? nil : 0)
        self.columns = columns.map(\.dossier)
        maximum = set.maximum
        groups = zip(shown.indices, zip(shown, cells)).map { index, pair in
            let (standard, cells) = pair
            let indicators = standard.allIndicators.filter { indicator in
                columns.contains { standard.indicators(for: $0.aim.title).contains(indicator) }
            }
            return Group(
                code: standard.code, name: HomeName(standard.name), maximum: standard.maximum, isOpen: index == chosen,
                cells: cells, indicators: index == chosen ? indicators.map { HomeHeat.row($0, columns) } : [])
        }
    }

    /// What came back comes before what is missing, and that before what is not met: the first thing to be done.
    private static func cell(of standard: Criteria.Standard, _ column: HomeColumn, _ score: Criteria.Score) -> Cell {
        guard let group = score.groups.first(where: { $0.code == standard.code }) else { return Cell(.notApplicable) }
        let codes = Set(group.lines.map(\.code))
        if !column.returned.isDisjoint(with: codes) { return Cell(.returned, points: group.points) }
        let outcomes = group.lines.map(\.verdict.outcome)
        if outcomes.contains(.missing) {
            return Cell(.missing, points: outcomes.allSatisfy { $0 == .missing } ? nil : group.points)
        }
        if !group.isFloorMet || !Set(score.requiredUnmet).isDisjoint(with: codes) {
            return Cell(.unmet, points: group.points)
        }
        if outcomes.allSatisfy({ $0 == .notApplicable }) { return Cell(.notApplicable) }
        return Cell(.met, points: group.points)
    }

    private static func row(_ indicator: Criteria.Indicator, _ columns: [HomeColumn]) -> Indicator {
        Indicator(
            code: indicator.code, name: HomeName(indicator.name),
            unit: indicator.unit == .none ? nil : indicator.unit.rawValue,
            cells: columns.map { column in
                let value = column.values[indicator.code]
                var number: Quantity?
                if case .quantity(let quantity) = value { number = quantity }
                if column.returned.contains(indicator.code) { return Cell(.returned, number: number) }
                switch Criteria.judge(value, by: indicator, for: column.aim).outcome {
                case .met: return Cell(.met, number: number)
                case .unmet: return Cell(.unmet, number: number)
                case .notApplicable: return Cell(.notApplicable)
                case .missing: return Cell(.missing)
                }
            })
    }
}

extension HomePoints {
    /// What a score says, group by group; nil while nobody put a value or where points do not decide.
    package init?(_ score: Criteria.Score) {
        let lines = score.groups.flatMap(\.lines)
        guard score.maximum > 0, lines.contains(where: { $0.verdict.outcome != .missing }) else { return nil }
        self.init(
            groups: score.groups.map { Group($0.code, $0.points, of: $0.maximum) }, total: score.total,
            maximum: score.maximum)
    }
}
