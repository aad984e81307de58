import Core
import Organisation
import Web

// The answers in JSON. Values, shares and points are texts as in the file (docs/criteria-format.md): "6.5", "> 50%".

/// A name in both languages; `en` is nil when nobody translated it.
struct CriteriaNameAnswer: Encodable, Sendable {
    let vi: String
    let en: String?

    init(_ name: Criteria.Name) {
        vi = name.vi
        en = name.en.isEmpty ? nil : name.en
    }
}

/// One version of a set in a list.
struct CriteriaRecordAnswer: Encodable, Sendable {
    let id: ID
    let code: String
    let version: Int
    let status: CriteriaSet.Status
    let label: CriteriaSet.Label
    let name: CriteriaNameAnswer
    let issuer: String?
    let subject: CriteriaSet.Subject
    let effectiveFrom: Day
    /// The last day; nil where none was set.
    let effectiveTo: Day?
    let territory: ID
    let publishedAt: Instant?
    let supersededBy: ID?
    /// SHA-256 of the file, in hexadecimal digits.
    let digest: String
    let revision: Int

    init(_ record: StoredCriteriaSet) {
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
        publishedAt = record.publishedAt
        supersededBy = record.supersededBy
        digest = record.digestText
        revision = record.revision
    }
}

struct CriteriaTitleAnswer: Encodable, Sendable {
    struct Decider: Encodable, Sendable {
        let level: Criteria.Level
        let body: String
    }

    struct Mark: Encodable, Sendable {
        let level: Criteria.Level?
        let areaClass: String?
        let region: String?
        let value: String
    }

    let code: String
    let name: CriteriaNameAnswer
    let deciders: [Decider]
    let after: String?
    let precondition: String?
    let required: Criteria.PassRule.Required
    let minimum: String?
    let minimumByClass: [String: String]
    /// By level, class or region; the one with most conditions counts.
    let minimums: [Mark]
    let floor: String?
    /// Of the valid slips of the household ballot.
    let minimumSatisfied: String?

    init(_ title: Criteria.Title, in set: CriteriaSet) {
        code = title.code
        name = CriteriaNameAnswer(title.name)
        deciders = title.deciders.map { Decider(level: $0.level, body: $0.body) }
        after = title.after.isEmpty ? nil : title.after
        precondition = title.precondition.isEmpty ? nil : title.precondition
        required = title.pass.required
        minimum = title.pass.minimum.map { Criteria.Format.text(hundredths: $0) }
        minimumByClass = title.pass.minimumByClass.mapValues { Criteria.Format.text(hundredths: $0) }
        minimums = title.pass.marks.map {
            Mark(
                level: $0.level, areaClass: $0.areaClass, region: $0.region,
                value: Criteria.Format.text(hundredths: $0.points))
        }
        floor = title.pass.floor?.text
        minimumSatisfied = set.ballot?.satisfied[title.code]?.text
    }
}

struct CriteriaIndicatorAnswer: Encodable, Sendable {
    struct Threshold: Encodable, Sendable {
        let title: String?
        let level: Criteria.Level?
        let areaClass: String?
        let region: String?
        let value: String
    }

    struct Evidence: Encodable, Sendable {
        let form: Criteria.Evidence.Form
        let name: String
    }

    let code: String
    let name: CriteriaNameAnswer
    let kind: String
    let unit: Criteria.Measure
    let of: String?
    let comparison: Criteria.Comparison
    let thresholds: [Threshold]
    let points: String
    let isMandatory: Bool
    let notApplicableIf: String?
    /// Empty for all titles of the group.
    let titles: [String]
    let evidence: [Evidence]
    let verifier: String
    let suppliedBy: Criteria.Supplier.Source?
    let supplierName: String?
    let answerable: String?
    let guidance: String?
    let example: String?
    let basis: String?
    let minutes: Int?
    /// That it may count people: keys such as `countsGivers`.
    let warnings: [String]

    init(_ indicator: Criteria.Indicator) {
        func given(_ text: String) -> String? { text.isEmpty ? nil : text }
        code = indicator.code
        name = CriteriaNameAnswer(indicator.name)
        kind = indicator.kind.word
        unit = indicator.unit
        of = given(indicator.of)
        comparison = indicator.comparison
        thresholds = indicator.thresholds.map {
            Threshold(
                title: $0.title, level: $0.level, areaClass: $0.areaClass, region: $0.region,
                value: Criteria.Format.text($0.bound))
        }
        points = Criteria.Format.text(hundredths: indicator.points)
        isMandatory = indicator.isMandatory
        notApplicableIf = indicator.notApplicableIf
        titles = indicator.titles
        evidence = indicator.evidence.map { Evidence(form: $0.form, name: $0.name) }
        verifier = indicator.verifier
        suppliedBy = indicator.supplier?.source
        supplierName = indicator.supplier.flatMap { given($0.name) }
        answerable = given(indicator.answerable)
        guidance = given(indicator.guidance)
        example = given(indicator.example)
        basis = given(indicator.basis)
        minutes = indicator.minutes
        warnings = Criteria.warnings(about: indicator).map(\.rawValue)
    }
}

/// A group with the indicators that are shown, those under its criteria among them.
struct CriteriaGroupAnswer: Encodable, Sendable {
    let code: String
    let name: CriteriaNameAnswer
    let maximum: String
    let floor: String?
    let indicators: [CriteriaIndicatorAnswer]

    init(_ group: Criteria.Standard) {
        code = group.code
        name = CriteriaNameAnswer(group.name)
        maximum = Criteria.Format.text(hundredths: group.maximum)
        floor = group.floor?.text
        indicators = group.allIndicators.map(CriteriaIndicatorAnswer.init)
    }
}

/// A fault or a warning, with what to do in the reader's words on the page and under its key here.
struct CriteriaFaultAnswer: Encodable, Sendable {
    let key: String
    let place: String
    let line: Int?
    let isWarning: Bool

    init(_ fault: Criteria.Fault) {
        key = fault.key.rawValue
        place = fault.place
        line = fault.line
        isWarning = fault.isWarning
    }
}

/// An indicator whose number may hurt somebody.
struct CriteriaWarnedAnswer: Encodable, Sendable {
    let indicator: String
    /// `countsThePoor`, `countsGivers`, `countsSigners`, `countsComplainers`.
    let key: String

    init(_ fault: Criteria.Fault) {
        indicator = fault.arguments["code"] ?? ""
        key = fault.key.rawValue
    }
}

extension Criteria.Level: Encodable {}
extension Criteria.PassRule.Required: Encodable {}
extension Criteria.Measure: Encodable {}
extension Criteria.Comparison: Encodable {}
extension Criteria.Evidence.Form: Encodable {}
extension Criteria.Supplier.Source: Encodable {}

/// What a page is made of besides its answer.
struct CriteriaBehind<Value: Sendable>: PageOnly, Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}

extension StoredCriteriaSet {
    var href: String { "/criteria/\(id)" }
}
