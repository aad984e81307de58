import Core
import Criteria

/// The offices' grid as rules see it: areas by indicators, what was typed, pasted or objected to. No database here.
package enum Offices {
    /// One cell: an area and an indicator's code.
    package struct Cell: Hashable, Sendable {
        package let area: ID
        package let code: String

        package init(area: ID, code: String) {
            self.area = area
            self.code = code
        }
    }

    /// A row of a grid: an area, by the names under which people type it.
    package struct Row: Sendable, Equatable {
        package let id: ID
        /// The proper name: "Thông Xanh", "5".
        package let name: String
        /// What may stand before it, folded: "thon", "tdp".
        package let prefixes: [String]

        package init(id: ID, name: String, prefixes: [String]) {
            self.id = id
            self.name = name
            self.prefixes = prefixes
        }
    }

    /// A cell about to change; nil for none.
    package struct Change: Sendable, Equatable {
        package let cell: Cell
        package let before: Criteria.Value?
        package let after: Criteria.Value?
        /// What the office says beside it.
        package let note: String?
        /// What it said beside the value before; known of what a save changed.
        package let noteBefore: String?

        package init(
            cell: Cell, before: Criteria.Value?, after: Criteria.Value?, note: String? = nil, noteBefore: String? = nil
        ) {
            self.note = note
            self.noteBefore = noteBefore
            self.cell = cell
            self.before = before
            self.after = after
        }
    }

    /// Where a value comes from. Values that the product works out itself (campaign days, petitions in time) will be
    /// written under `records` once it keeps those records; until then an office holds them.
    package enum Source: String, Sendable, CaseIterable, Codable { case office, records }

    /// A value as one text, for the record of what a save changed: "q95800", "y1", "gxuatSac", "n" and the reason.
    package enum Code {
        /// A value in the letters of the store: its kind, then the value.
        package static func text(_ value: Criteria.Value) -> String {
            switch value {
            case .yes(let yes): yes ? "y1" : "y0"
            case .quantity(let quantity): "q\(quantity.thousandths)"
            case .grade(let code): "g\(code)"
            case .notApplicable(let reason): "n\(reason)"
            }
        }

        /// Nil for a text that `text` did not write.
        package static func value(_ text: String) -> Criteria.Value? {
            let rest = String(text.dropFirst())
            switch text.first {
            case "y": return rest == "1" ? .yes(true) : rest == "0" ? .yes(false) : nil
            case "q": return Int64(rest).map { .quantity(Quantity(thousandths: $0)) }
            case "g": return .grade(rest)
            case "n": return .notApplicable(reason: rest)
            default: return nil
            }
        }
    }

    /// Limits of one grid.
    package enum Limit {
        /// Rows and columns that one grid may have; a commune of 200 areas and a set of 60 indicators fit.
        package static let rows = 500
        package static let columns = 100
        /// Letters of a pasted text.
        package static let pasted = 200_000
        /// Letters in one cell.
        package static let cell = 60
    }
}
