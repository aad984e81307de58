/// Why a file was not taken or could not be kept, in terms that its sender can act on.
///
/// The words are not here: `key` names the sentence and `arguments` holds what goes into it.
package enum DocumentFault: Error, Equatable, Sendable {
    /// The content is of a kind that is not accepted here. `found` names what it looks like ("xls", "html", "zip") or is "?".
    case unsupportedType(found: String)
    /// The file has no bytes, or a sheet without any filled row.
    case empty
    /// The file is a picture or document and something else at once: a page, a script or an archive hides in it.
    case mixed
    /// The document has something in it that would run, fetch or unpack by itself when it is opened.
    case active(Active)
    /// The document has a mark of secrecy (Mật, Tối mật, Tuyệt mật) as a heading.
    case marked
    /// The file is larger than `limit` bytes.
    case tooLarge(limit: Int)
    /// The picture has more than `limit` pixels (width × height).
    case tooManyPixels(limit: Int)
    /// The archive would unpack beyond what is allowed.
    case bomb(Bomb)
    /// The file is cut off, changed after it was made, or does not follow its own format.
    case damaged
    /// The file is locked with a password.
    case protected
    /// The sheet has more than `limit` filled rows.
    case tooManyRows(limit: Int)
    /// The row has a filled cell beyond column number `limit`. `row` is counted as in the file, from 1.
    case tooManyColumns(row: Int, limit: Int)
    /// A cell of this row holds more than `limit` bytes of UTF-8.
    case cellTooLong(row: Int, limit: Int)
    /// The workbook has no sheet of this name, or no visible sheet when the name is empty.
    case noSheet(name: String)
    /// The text of this row is in no encoding that is read here (UTF-8, UTF-16 with its mark).
    case encoding(row: Int)
    /// The disk has no room left.
    case full
    /// A file that was kept is no longer there.
    case missing

    /// What in a document is not passive.
    package enum Active: String, Equatable, Sendable, CaseIterable {
        case macro, script
        /// Another file inside: an attachment, or an object of another program.
        case embedded
        /// Data or a template fetched from elsewhere.
        case external
        /// Parts packed in a way that is not read here.
        case hidden
    }

    /// Which of an archive's limits was passed.
    package enum Bomb: Equatable, Sendable {
        /// More than `limit` bytes when unpacked.
        case unpacked(limit: Int)
        /// More than `limit` files inside.
        case entries(limit: Int)
        /// Unpacks to more than `limit` times its size.
        case ratio(limit: Int)
    }

    /// The name of the sentence for people; stable, part of the words' files.
    package var key: String {
        switch self {
        case .unsupportedType: "document.unsupportedType"
        case .empty: "document.empty"
        case .mixed: "document.mixed"
        case .active(let active): "document.active.\(active.rawValue)"
        case .marked: "document.marked"
        case .tooLarge: "document.tooLarge"
        case .tooManyPixels: "document.tooManyPixels"
        case .bomb(.unpacked): "document.bomb.unpacked"
        case .bomb(.entries): "document.bomb.entries"
        case .bomb(.ratio): "document.bomb.ratio"
        case .damaged: "document.damaged"
        case .protected: "document.protected"
        case .tooManyRows: "document.tooManyRows"
        case .tooManyColumns: "document.tooManyColumns"
        case .cellTooLong: "document.cellTooLong"
        case .noSheet: "document.noSheet"
        case .encoding: "document.encoding"
        case .full: "document.full"
        case .missing: "document.missing"
        }
    }

    /// What goes into the sentence. Numbers are plain decimal digits; the page formats them.
    package var arguments: [String: String] {
        switch self {
        case .unsupportedType(let found): ["found": found]
        case .tooLarge(let limit), .tooManyPixels(let limit), .tooManyRows(let limit),
            .bomb(.unpacked(let limit)), .bomb(.entries(let limit)), .bomb(.ratio(let limit)):
            ["limit": String(limit)]
        case .tooManyColumns(let row, let limit):
            ["row": String(row), "limit": String(limit), "column": Column.letters(limit - 1)]
        case .cellTooLong(let row, let limit): ["row": String(row), "limit": String(limit)]
        case .noSheet(let name): ["name": name]
        case .encoding(let row): ["row": String(row)]
        case .empty, .mixed, .active, .marked, .damaged, .protected, .full, .missing: [:]
        }
    }
}
