import Core
import Criteria

extension Offices {
    /// The mark of a sheet that was filled in from a grid: whose, and over which revision. With it an emptied cell is
    /// an edit and not a gap, and what somebody else saved meanwhile is not written over.
    package struct TemplateMark: Sendable, Equatable {
        private static let start = "km-grid:"

        package let grid: ID
        package let revision: Int

        package init(grid: ID, revision: Int) {
            self.grid = grid
            self.revision = revision
        }

        package var text: String { "\(TemplateMark.start)\(grid):\(revision)" }

        /// Nil for a cell that is no mark.
        package init?(_ text: String) {
            guard text.lowercased().hasPrefix(TemplateMark.start) else { return nil }
            let parts = text.dropFirst(TemplateMark.start.count).split(separator: ":")
            guard parts.count == 2, let grid = ID(String(parts[0])), let revision = Int(parts[1]), revision > 0 else {
                return nil
            }
            self.init(grid: grid, revision: revision)
        }

        /// The mark in a row; nil when it has none.
        static func find(in row: [String]) -> TemplateMark? {
            for cell in row { if let mark = TemplateMark(cell) { return mark } }
            return nil
        }

        /// The first mark in a sheet.
        package static func find(in rows: [[String]]) -> TemplateMark? {
            for row in rows { if let mark = find(in: row) { return mark } }
            return nil
        }
    }

    /// How a cell's value stands in the sheet that is handed out.
    package enum TemplateCell: Sendable, Equatable {
        case text(String)
        /// Thousandths; kept as a number, so that it is read back as it is, whatever its decimals look like.
        case number(Int64)
        case empty

        package init(_ value: Criteria.Value?, for indicator: Criteria.Indicator, yes: String, no: String) {
            switch value {
            case nil: self = .empty
            case .yes(let isYes): self = .text(isYes ? yes : no)
            case .quantity(let quantity): self = .number(quantity.thousandths)
            case .grade(let code):
                if case .grade(let choices) = indicator.kind, let choice = choices.first(where: { $0.code == code }) {
                    self = .text(choice.name)
                } else {
                    self = .text(code)
                }
            case .notApplicable: self = .text(Typed.notApplicable)
            }
        }
    }
}
