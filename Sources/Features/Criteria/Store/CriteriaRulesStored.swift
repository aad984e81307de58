import Core
import Database

/// Rules of recognition as a record: everything but what is in them. As a subject they stand where their owner does.
package struct StoredCriteriaRules: Governed, Codable, Equatable {
    package static let kind = "rules_document"

    package let id: ID
    package let code: String
    package let version: Int
    package let status: CriteriaSet.Status
    package let label: CriteriaSet.Label
    package let name: String
    /// Empty when nobody translated it.
    package let nameEnglish: String
    package let issuer: String
    package let subject: CriteriaSet.Subject
    package let effectiveFrom: Day
    package let effectiveTo: Day?
    package let territory: ID
    package let documentNumber: String?
    package let documentDay: Day?
    package let createdAt: Instant
    package let publishedBy: ID?
    package let publishedAt: Instant?
    package let supersededBy: ID?
    /// SHA-256 of the text.
    package let digest: [UInt8]
    package let revision: Int
    /// Its territory and all above it, nearest first. Empty in lists.
    package let place: [ID]

    /// The name in a language; in Vietnamese where nobody translated it.
    package func name(in language: Language) -> String {
        language == .en && !nameEnglish.isEmpty ? nameEnglish : name
    }

    package var digestText: String { StoredCriteriaSet.text(digest) }

    package var reference: CriteriaRules.Reference { CriteriaRules.Reference(id: id, code: code, version: version) }
}

extension StoredCriteriaRules {
    static let columns: SQL = """
        r.id, r.code, r.version, r.status, r.label, r.name_vi, r.name_en, r.issuer, r.subject, r.effective_from, \
        r.effective_to, r.territory_id, r.document_number, r.document_day, r.created_at, r.published_by, r.published_at, \
        r.superseded_by, r.digest, r.revision
        """

    init(_ row: Row, place: [ID] = []) throws {
        id = try row.id("id")
        code = try row.text("code")
        version = try row.integer("version")
        status = try UnknownCriteriaWord.read(row, "status")
        label = try UnknownCriteriaWord.read(row, "label")
        name = try row.text("name_vi")
        nameEnglish = try row.text("name_en")
        issuer = try row.text("issuer")
        subject = try UnknownCriteriaWord.read(row, "subject")
        effectiveFrom = try row.day("effective_from")
        effectiveTo = try row.optionalDay("effective_to")
        territory = try row.id("territory_id")
        documentNumber = try row.optionalText("document_number")
        documentDay = try row.optionalDay("document_day")
        createdAt = try row.instant("created_at")
        publishedBy = try row.optionalID("published_by")
        publishedAt = try row.optionalInstant("published_at")
        supersededBy = try row.optionalID("superseded_by")
        digest = try row.bytes("digest")
        revision = try row.integer("revision")
        self.place = place
    }
}

/// Rules about to be kept as a draft: the text, and what was read out of it without a fault.
package struct NewCriteriaRules: Sendable {
    package let source: String
    package let rules: CriteriaRules
    let effectiveFrom: Day
    package let territory: ID
    package let by: ID?

    /// - Throws: `FaultyCriteria` when the text cannot be used.
    package init(_ source: String, for territory: ID, by person: ID?) throws {
        let reading = Criteria.YAML.readRules(source)
        guard let rules = reading.rules, let day = rules.effectiveFrom else {
            throw FaultyCriteria(faults: reading.faults)
        }
        self.source = source
        self.rules = rules
        effectiveFrom = day
        self.territory = territory
        by = person
    }
}
