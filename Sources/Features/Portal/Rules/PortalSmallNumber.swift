import Core
import Criteria

/// What the public reads of one value.
package struct PortalFigure: Encodable, Equatable, Sendable {
    /// In which form it is shown.
    package enum Kind: String, CaseIterable, Encodable, Sendable {
        case yes, no, number
        /// A grade, by its name in `word`.
        case grade
        /// A count from 1 to 4 of something that may point at somebody: "dưới 5".
        case underFive
        /// A share that would give such a count away: only whether the threshold is met is told.
        case withheld
        case notApplicable
        case missing
    }

    package let kind: Kind
    /// Of `number` only.
    package let number: Quantity?
    /// Of `grade` only.
    package let word: String?

    package init(_ kind: Kind, number: Quantity? = nil, word: String? = nil) {
        self.kind = kind
        self.number = number
        self.word = word
    }

    package static func yes(_ yes: Bool) -> PortalFigure { PortalFigure(yes ? .yes : .no) }
    package static func number(_ number: Quantity) -> PortalFigure { PortalFigure(.number, number: number) }
    package static func grade(_ name: String) -> PortalFigure { PortalFigure(.grade, word: name) }
    package static let underFive = PortalFigure(.underFive)
    package static let withheld = PortalFigure(.withheld)
    package static let notApplicable = PortalFigure(.notApplicable)
    package static let missing = PortalFigure(.missing)
}

/// Small numbers (docs/people.md, rule 4): on public pages counts from 1 to 4 of poverty, crime, drugs, illness,
/// disability and mediation read "dưới 5", because in a hamlet everybody knows who the three are.
package enum PortalSmallNumber {
    /// Whether an indicator speaks of what rule 4 names, by the words of its names, its whole and its unit. Too often
    /// costs a reader one exact number; too seldom costs somebody their peace.
    package static func isSensitive(_ indicator: Criteria.Indicator) -> Bool {
        Criteria.SmallNumber.isSensitive(indicator)
    }

    /// What is shown of a value. Reasons why something does not apply are the enterer's words and never shown.
    package static func figure(_ value: Criteria.Value?, of indicator: Criteria.Indicator) -> PortalFigure {
        switch value {
        case nil: return .missing
        case .yes(let yes): return .yes(yes)
        case .notApplicable: return .notApplicable
        case .grade(let code):
            guard case .grade(let choices) = indicator.kind else { return .missing }
            return choices.first { $0.code == code }.map { .grade($0.name) } ?? .missing
        case .quantity(let quantity):
            guard isSensitive(indicator) else { return .number(quantity) }
            return sensitive(quantity, indicator)
        }
    }

    private static func sensitive(_ quantity: Quantity, _ indicator: Criteria.Indicator) -> PortalFigure {
        switch indicator.kind {
        case .percentage, .ratioToBaseline:
            // 85.7 % of mediations is six of seven. None and all tell nothing about one of them.
            return quantity.thousandths == 0 || quantity.thousandths == 100_000 ? .number(quantity) : .withheld
        case .number, .countOverYears, .points, .yesNo, .grade:
            return quantity.thousandths > 0 && quantity.thousandths < 5_000 ? .underFive : .number(quantity)
        }
    }
}

/// An answer of households (docs/people.md, rule 5): under twenty valid slips only pass or not is shown.
package enum PortalBallot {
    package static let least = 20

    package static func showsCounts(valid: Int) -> Bool { valid >= least }
}
