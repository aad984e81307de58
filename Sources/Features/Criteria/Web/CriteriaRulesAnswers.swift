import Core
import Organisation
import Web

/// One version of the rules of recognition in a list.
struct CriteriaRulesRecordAnswer: Encodable, Sendable {
    let id: ID
    let code: String
    let version: Int
    let status: CriteriaSet.Status
    let label: CriteriaSet.Label
    let name: CriteriaNameAnswer
    let issuer: String?
    let subject: CriteriaSet.Subject
    let effectiveFrom: Day
    let effectiveTo: Day?
    let territory: ID
    /// Number and day of the document with which they were issued.
    let documentNumber: String?
    let documentDay: Day?
    let publishedAt: Instant?
    let supersededBy: ID?
    /// SHA-256 of the file, in hexadecimal digits.
    let digest: String
    let revision: Int

    init(_ record: StoredCriteriaRules) {
        id = record.id
        code = record.code
        version = record.version
        status = record.status
        label = record.label
        name = CriteriaNameAnswer(Criteria.Name(record.name, en: record.nameEnglish))
        issuer = record.issuer.isEmpty ? nil : record.issuer
        subject = record.subject
        effectiveFrom = record.effectiveFrom
        effectiveTo = record.effectiveTo
        territory = record.territory
        documentNumber = record.documentNumber
        documentDay = record.documentDay
        publishedAt = record.publishedAt
        supersededBy = record.supersededBy
        digest = record.digestText
        revision = record.revision
    }
}

extension StoredCriteriaRules {
    package var href: String { "/rules/\(id)" }

    /// A believable one, for samples of answers.
    package static let sample = StoredCriteriaRules(
        id: ID(high: 1, low: 11), code: "QC", version: 2, status: .superseded, label: .demonstration, name: "Quy che",
        nameEnglish: "Rules", issuer: "Uy ban", subject: .residentialArea, effectiveFrom: Day(ordinal: 20_454),
        effectiveTo: Day(ordinal: 20_818), territory: ID(high: 1, low: 2), documentNumber: "12/QD",
        documentDay: Day(ordinal: 20_450), createdAt: Instant(milliseconds: 1_767_225_600_000),
        publishedBy: ID(high: 1, low: 3), publishedAt: Instant(milliseconds: 1_767_225_600_000),
        supersededBy: ID(high: 1, low: 12), digest: [UInt8](repeating: 9, count: 32), revision: 3,
        place: [ID(high: 1, low: 2)])
}

extension CriteriaRules {
    static let sample = CriteriaRules(
        code: "QC", version: 2, status: .superseded, label: .demonstration,
        name: Criteria.Name("Quy che", en: "Rules"), issuer: "Uy ban", legalBasis: ["Luat"],
        effectiveFrom: Day(ordinal: 20_454), effectiveTo: Day(ordinal: 20_818),
        titles: [
            Title(
                Criteria.Title.model, Criteria.Name("Kieu mau", en: "Model"),
                deciders: [Criteria.Decider(.province, "Uy ban")])
        ], ballot: CriteriaSet.sample.ballot, meeting: CriteriaSet.sample.meeting, term: CriteriaSet.sample.term,
        procedure: CriteriaSet.sample.procedure, steps: [.review: "Hoi nghi"])
}
