import Core
import Criteria
import Database
import Portal
import Practices
import Recognition

/// Areas that met an indicator, for its page in Criteria: recognised under the very same set, holding the title today,
/// and with no more of the value than the portal shows everybody.
enum CriteriaExampleFinder {
    /// Grants that are looked through for each title and level, and areas whose values are read: a page must not cost
    /// more because a country has many titles.
    private static let grants = 60
    private static let areas = 12

    static let finder = CriteriaExamples(practices: practices) { ask, reader in
        var found: [CriteriaExample] = []
        for area in try candidates(ask, reader).prefix(areas) where found.count < CriteriaExamples.most {
            if let example = try example(area, ask, reader) { found.append(example) }
        }
        return found
    }

    /// What areas told of the indicator and their commune confirmed.
    @Sendable private static func practices(
        _ ask: CriteriaExamples.Ask, _ reader: any Reader
    ) throws -> [CriteriaPractice] {
        try PracticesStore.of(
            set: ask.set.code, code: ask.indicator.code, limit: CriteriaExamples.mostPractices, today: ask.today, reader
        ).map {
            CriteriaPractice(
                name: $0.text.name, area: $0.area, commune: $0.above, followers: $0.followers, isAlive: $0.isAlive,
                href: "/practices/\($0.id)")
        }
    }

    /// The newest first, each area once.
    private static func candidates(_ ask: CriteriaExamples.Ask, _ reader: any Reader) throws -> [ID] {
        var found: [(area: ID, from: Day)] = []
        for title in ask.set.titles {
            for level in Set(title.deciders.map(\.level)) {
                let rows = try reader.rows(
                    """
                    SELECT g.territory_id, g.valid_from FROM (
                        SELECT territory_id, dossier_id, valid_from FROM title_grant
                        WHERE title = \(title.code) AND level = \(level.rawValue) AND dossier_id IS NOT NULL
                        ORDER BY valid_from DESC LIMIT \(grants)) g
                    JOIN dossier d ON d.id = g.dossier_id WHERE d.criteria_set_id = \(ask.id)
                    """)
                found += try rows.map { (try $0.id("territory_id"), try $0.day("valid_from")) }
            }
        }
        var seen: Set<ID> = []
        return found.sorted { ($0.from, $0.area) > ($1.from, $1.area) }.map(\.area)
            .filter { seen.insert($0).inserted }
    }

    private static func example(
        _ area: ID, _ ask: CriteriaExamples.Ask, _ reader: any Reader
    ) throws -> CriteriaExample? {
        guard let title = try RecognitionStore.publicTitle(of: area, on: ask.today, reader),
            let assessment = try RecognitionStore.publicAssessment(of: title, reader),
            assessment.set.code == ask.set.code, assessment.set.version == ask.set.version,
            assessment.verdict(ask.indicator, .appraisal).outcome == .met,
            let value = assessment.effective(ask.indicator.code, .appraisal),
            let shown = shown(value, ask.indicator)
        else { return nil }
        return CriteriaExample(
            area: title.area, commune: title.commune, title: title.name, year: title.year, shown: shown,
            href: "/portal/areas/\(area)")
    }

    private static func shown(_ value: Criteria.Value, _ indicator: Criteria.Indicator) -> CriteriaExample.Shown? {
        switch PortalSmallNumber.figure(value, of: indicator).kind {
        case .yes, .no, .number, .grade: .value(value)
        case .underFive: .underFive
        case .withheld: .met
        case .notApplicable, .missing: nil
        }
    }
}
