import Core
import Organisation
import Web

/// Minutes (biên bản) of anything on A4: heading, who was there, what was decided, signatures, the code that opens the
/// record. Review meeting, count, check and panel draw theirs with this and nothing else.
struct RecognitionMinutes: Sendable {
    /// A heading with what stands under it: paragraphs, items with a dash, a table.
    struct Part: Sendable {
        let title: String?
        let paragraphs: [String]
        let items: [String]
        let table: Table?

        init(_ title: String? = nil, paragraphs: [String] = [], items: [String] = [], table: Table? = nil) {
            self.title = title
            self.paragraphs = paragraphs
            self.items = items
            self.table = table
        }
    }

    struct Table: Sendable {
        struct Row: Sendable {
            let cells: [Cell]
        }

        struct Cell: Sendable {
            let text: String
            let isNumber: Bool
            /// Left empty and high enough to sign in.
            let isSignature: Bool
        }

        /// Empty where the rows speak for themselves.
        let columns: [String]
        let hasColumns: Bool
        let rows: [Row]

        /// - Parameters:
        ///   - numbers: the columns that hold numbers, counted from nought.
        ///   - signatures: the columns to sign in.
        init(_ columns: [String], numbers: Set<Int> = [], signatures: Set<Int> = [], _ rows: [[String]]) {
            self.columns = columns
            hasColumns = !columns.isEmpty
            self.rows = rows.map { row in
                Row(
                    cells: row.enumerated().map {
                        Cell(text: $1, isNumber: numbers.contains($0), isSignature: signatures.contains($0))
                    })
            }
        }

        /// A table of a page, its texts only.
        init(_ table: WebTable) {
            columns = table.columns.map(\.name)
            hasColumns = true
            rows = table.rows.map { row in
                Row(cells: row.cells.map { Cell(text: $0.text ?? "", isNumber: $0.isNumber, isSignature: false) })
            }
        }
    }

    /// Who signs: office above, name below; without a name the words that say so.
    struct Sign: Sendable {
        let office: String
        let name: String?
        let blank: String?

        init(_ office: String, _ name: String?, blank: String) {
            self.office = office
            self.name = name?.nilWhenEmpty
            self.blank = self.name == nil ? blank : nil
        }
    }

    let back: WebLink
    let document: WebDocumentHead
    /// What kind of paper it is, in capitals.
    let kind: String
    let about: String
    let parts: [Part]
    let signs: [Sign]
    let recipients: [String]
    let trace: WebTrace
    let isOneSheet: Bool

    init(
        back: WebLink, document: WebDocumentHead, kind: String, about: String, parts: [Part], signs: [Sign],
        recipients: [String] = [], trace: WebTrace, isOneSheet: Bool = false
    ) {
        self.back = back
        self.document = document
        self.kind = kind
        self.about = about
        self.parts = parts
        self.signs = signs
        self.recipients = recipients
        self.trace = trace
        self.isOneSheet = isOneSheet
    }

    var page: Page { Page("recognition-minutes", title: about, self) }
}
