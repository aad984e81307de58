import Core
import Database

/// A set as a record: everything about it but what is in it. As a subject of a permit it stands where its owner does.
package struct StoredCriteriaSet: Governed, Codable, Equatable {
    package static let kind = "criteria_set"

    package let id: ID
    package let code: String
    package let version: Int
    package let status: CriteriaSet.Status
    package let label: CriteriaSet.Label
    package let name: String
    /// Empty when nobody translated it.
    package let nameEnglish: String
    /// Empty when the file does not say.
    package let issuer: String
    package let subject: CriteriaSet.Subject
    package let effectiveFrom: Day
    /// The last day on which it applies; nil where none was set.
    package let effectiveTo: Day?
    /// Whose set it is: the territory it was made for.
    package let territory: ID
    package let createdBy: ID?
    package let createdAt: Instant
    /// Nil for a draft, and where a seed published it.
    package let publishedBy: ID?
    package let publishedAt: Instant?
    package let supersededBy: ID?
    package let supersededAt: Instant?
    /// Of the document with which it was issued.
    package let documentNumber: String?
    package let documentDay: Day?
    /// SHA-256 of the text.
    package let digest: [UInt8]
    package let revision: Int
    /// Its territory and all above it, nearest first. Empty in lists, where nothing is decided on it.
    package let place: [ID]

    /// The name in a language; in Vietnamese where nobody translated it.
    package func name(in language: Language) -> String {
        language == .en && !nameEnglish.isEmpty ? nameEnglish : name
    }

    /// The digest in 64 hexadecimal digits.
    package var digestText: String { Self.text(digest) }

    static func text(_ digest: [UInt8]) -> String {
        digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

extension StoredCriteriaSet {
    static let columns: SQL = """
        s.id, s.code, s.version, s.status, s.label, s.name_vi, s.name_en, s.issuer, s.subject, s.effective_from, s.effective_to, \
        s.territory_id, s.created_by, s.created_at, s.published_by, s.published_at, s.superseded_by, s.superseded_at, \
        s.digest, s.revision, s.document_number, s.document_day
        """

    init(_ row: Row, place: [ID] = []) throws {
        id = try row.id("id")
        code = try row.text("code")
        version = try row.integer("version")
        status = try Self.word(row, "status")
        label = try Self.word(row, "label")
        name = try row.text("name_vi")
        nameEnglish = try row.text("name_en")
        issuer = try row.text("issuer")
        subject = try Self.word(row, "subject")
        effectiveFrom = try row.day("effective_from")
        effectiveTo = try row.optionalDay("effective_to")
        territory = try row.id("territory_id")
        createdBy = try row.optionalID("created_by")
        createdAt = try row.instant("created_at")
        publishedBy = try row.optionalID("published_by")
        publishedAt = try row.optionalInstant("published_at")
        supersededBy = try row.optionalID("superseded_by")
        supersededAt = try row.optionalInstant("superseded_at")
        digest = try row.bytes("digest")
        revision = try row.integer("revision")
        documentNumber = try row.optionalText("document_number")
        documentDay = try row.optionalDay("document_day")
        self.place = place
    }

    private static func word<Word: RawRepresentable<String>>(_ row: Row, _ column: String) throws -> Word {
        try UnknownCriteriaWord.read(row, column)
    }
}

extension CriteriaSet.Status: Codable {}
extension CriteriaSet.Label: Codable {}
extension CriteriaSet.Subject: Codable {}

/// A column holds a word that this program does not know: the row was not written by it.
struct UnknownCriteriaWord: Error, CustomStringConvertible {
    let column: String
    let word: String

    var description: String { "\(column): \(word)" }

    static func read<Word: RawRepresentable<String>>(_ row: Row, _ column: String) throws -> Word {
        let text = try row.text(column)
        guard let word = Word(rawValue: text) else { throw UnknownCriteriaWord(column: column, word: text) }
        return word
    }
}

/// A text that is no usable set: of a seed, or damaged in the database.
package struct FaultyCriteria: Error, CustomStringConvertible {
    package let faults: [Criteria.Fault]

    package init(faults: [Criteria.Fault]) { self.faults = faults }

    package var description: String {
        faults.filter { !$0.isWarning }.map { "\($0.key) at \($0.place), line \($0.line ?? 0)" }
            .joined(separator: "; ")
    }
}
