import Core
import Criteria

/// What a recognised area achieved, as everybody may read it: points by group, how many indicators are met, which are
/// still worked on, and values where they point at nobody.
package struct PortalAchievement: Encodable, Sendable, Equatable {
    /// One indicator as everybody may read it.
    package struct Line: Encodable, Sendable, Equatable {
        package let code: String
        package let name: PortalName
        /// The unit's word in the criteria file.
        package let unit: String
        /// met, unmet, notApplicable, missing.
        package let outcome: String
        package let figure: PortalFigure
    }

    /// One group of the criteria with its points, in hundredths.
    package struct Group: Encodable, Sendable, Equatable {
        package let code: String
        package let name: PortalName
        /// Hundredths of a point.
        package let points: Int
        package let maximum: Int
        package let lines: [Line]

        package var met: Int { lines.count { $0.outcome == "met" } }
        /// Those that apply here.
        package var asked: Int { lines.count { $0.outcome != "notApplicable" } }
        package var unmet: [Line] { lines.filter { $0.outcome == "unmet" || $0.outcome == "missing" } }
        /// 0...100, full only when the group is.
        package var percent: Int { maximum > 0 ? min(100, max(0, points * 100 / maximum)) : 0 }
        package var isUnderHalf: Bool { points * 2 < maximum }
    }

    package let groups: [Group]
    package let total: Int
    /// Hundredths; 0 where points do not decide.
    package let maximum: Int
    /// The last view that put a value of its own: "self", "check", "appraisal".
    package let side: String

    /// - Parameter values: as that view has them.
    package init(_ set: CriteriaSet, for aim: Criteria.Aim, values: [String: Criteria.Value], side: String) {
        let score = Criteria.score(set, values: values, for: aim)
        groups = score.groups.compactMap { group in
            guard let standard = set.standards.first(where: { $0.code == group.code }) else { return nil }
            let outcomes = Dictionary(
                group.lines.map { ($0.code, $0.verdict.outcome) }, uniquingKeysWith: { first, _ in first })
            return Group(
                code: group.code, name: PortalName(standard.name), points: group.points, maximum: group.maximum,
                lines: standard.indicators(for: aim.title).map { indicator in
                    Line(
                        code: indicator.code, name: PortalName(indicator.name), unit: indicator.unit.rawValue,
                        outcome: (outcomes[indicator.code] ?? .missing).rawValue,
                        figure: PortalSmallNumber.figure(values[indicator.code], of: indicator))
                })
        }
        total = score.total
        maximum = score.maximum
        self.side = side
    }
}

/// A name of a criteria set in both languages; the English one may be missing.
package struct PortalName: Encodable, Sendable, Equatable {
    package let vi: String
    package let en: String?

    package init(_ vi: String, en: String? = nil) {
        self.vi = vi
        self.en = en
    }

    package init(_ name: Criteria.Name) { self.init(name.vi, en: name.en.isEmpty ? nil : name.en) }

    package func text(in language: Language) -> String { language == .en ? en ?? vi : vi }
}
