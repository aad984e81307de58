import Core
import Criteria
import Database
import Organisation

extension Offices {
    /// One organisation's columns for the areas of one unit in one year (bảng số liệu): who asked for them, until
    /// when, and until when the areas may object.
    package struct Grid: Governed, Sendable {
        package static let kind = "office_grid"

        package let id: ID
        package let organisation: ID
        package let organisationName: String
        /// The commune whose areas are its rows.
        package let territory: TerritoryTitle
        package let criteriaSet: ID
        /// Names the set in all its versions.
        package let setCode: String
        package let year: Int
        package let due: Day
        package let objectionsUntil: Day
        /// Moves with every save: a form says over which revision it was typed.
        package let revision: Int
        package let place: [ID]
    }

    /// A value that an office holds.
    package struct Held: Sendable, Equatable {
        package let area: ID
        package let code: String
        package let value: Criteria.Value
        package let source: Source
        package let grid: ID?
        package let organisation: ID?
        package let organisationName: String?
        /// Who typed it; nil for a seed or the product.
        package let enterer: String?
        package let at: Instant
        /// The revision of its grid that it was saved in.
        package let savedIn: Int
        /// What the office says beside it.
        package var note: String?
    }

    /// How full a grid is.
    package struct Filling: Sendable, Equatable {
        package let filled: Int
        package let expected: Int
        package var isFull: Bool { filled >= expected }
        package var missing: Int { max(0, expected - filled) }
    }

    /// One save of a grid.
    package struct Save: Sendable {
        /// How the figures came in; `mended` after an area objected.
        package enum Kind: String, Sendable, CaseIterable, Codable { case typed, pasted, file, mended }
        /// Whether it counts: seen beforehand, carried out, or taken back.
        package enum State: String, Sendable, CaseIterable, Codable { case previewed, done, undone }

        package let id: ID
        package let grid: ID
        package let kind: Kind
        package let state: State
        package let fileName: String?
        /// The column in which values without a head begin.
        package let start: String?
        /// The pasted rows of cells; empty for what was typed in the grid.
        package let rows: [[String]]
        package let cells: Int
        /// Counts the grid's saves: the revision it led to; nil while it waits.
        package let number: Int?
        package let maker: String?
        package let madeAt: Instant
        package let undoneBy: String?
        package let undoneAt: Instant?
    }

    /// An area asks for a figure to be looked at again (đề nghị xem lại).
    package struct Objection: Governed, Sendable {
        package static let kind = "office_objection"
        /// What the office answered to an objection.
        package enum Outcome: String, Sendable, CaseIterable, Codable { case mended, kept }

        package let id: ID
        package let grid: ID
        package let area: TerritoryTitle
        package let code: String
        package let value: Criteria.Value
        /// What the area says it is; nil where it only asks.
        package let claimed: Criteria.Value?
        package let reason: String
        package let maker: String?
        package let madeAt: Instant
        package let answerBy: Day
        package let outcome: Outcome?
        package let settled: Criteria.Value?
        package let answer: String?
        package let answerer: String?
        package let answeredAt: Instant?
        package let revision: Int
        package let place: [ID]
    }

    /// An objection without an answer, as home names it.
    package struct OpenObjection: Sendable {
        package let id: ID
        package let code: String
        package let office: String
        package let area: TerritoryTitle
        /// The last day for the answer.
        package let answerBy: Day
        /// The office has nobody who signs in; somebody answers for it.
        package let isForOffice: Bool
    }

    /// A paper as evidence for whole columns of a grid.
    package struct Document: Sendable {
        package let id: ID
        package let grid: ID
        package let fileName: String
        package let fileKind: String
        package let bytes: Int
        package let caption: String
        package let codes: [String]
        package let adder: String?
        package let at: Instant
    }

    /// Whoever acts, for rows that keep names.
    package struct Deed: Sendable {
        package let person: ID?
        package let at: Instant

        package init(person: ID?, at: Instant) {
            self.person = person
            self.at = at
        }

        /// What a permit’s holder does in a transaction.
        package init<Subject>(_ permit: Permit<Subject>, _ tx: Transaction) {
            self.init(person: permit.actor.person, at: tx.now)
        }
    }
}
