import Core
import Organisation
import Web

/// Criteria (bộ tiêu chí): what a residential area, a commune or a district is assessed against.
///
/// A set holds standards (nhóm, tiêu chuẩn), these hold indicators (chỉ tiêu), now and then under a
/// criterion (tiêu chí). An indicator asks for one value, compares it with a threshold and gives points.
/// A set is a draft until it is published; a published set never changes again, it is superseded.
///
///   what a set is         `CriteriaSet`, `Criteria.Title`, `Standard`, `Criterion`, `Indicator`, `Threshold`
///   when it is passed     `Criteria.PassRule`, `BallotRule`, `MeetingRule`, `Term`, `Procedure`, `Share`
///   what is wrong with it `Criteria.faults(in:)`, every fault at once, each with its place
///   what a dossier earns  `Criteria.judge`, `Criteria.score`; of many dossiers `Criteria.Scorer`
///   what a version alters `Criteria.difference(from:to:)`, `Criteria.loosenings(of:from:)`
///   the file format       `Criteria.Format` (pure), `Criteria.YAML` (text); described in docs/criteria-format.md
///   what publication asks `Criteria.Publication`
///   kept sets             `CriteriaStore`: `set`, `stored`, `current`, `published`, `summaries`; `add`, `publish` …
///   in the reader's words `CriteriaTexts`: thresholds, rules, points, units
///   the rules of the way  `CriteriaRules`, `CriteriaRulesStore`; `CriteriaSet.governed(by:)` lays them over a set
///   who looks after which  `Criteria.TakenOn`, `CriteriaTakenStore`: consultations, what organisations took on
///   who met an indicator  `CriteriaExamples`, which the wiring fills in
///
/// A set's life: it is imported as a draft from a file, mended by another text or thrown away, and published once;
/// publication puts the version before out of use from the day on which the new one applies.
///
/// Basis: the Front's frame of standards (tiêu chuẩn khung), directive on model residential areas, M1.1 and M3.3.
package enum Criteria {}

/// What App mounts: routes, tables and the way in.
package enum CriteriaFeature {
    /// - Parameter examples: areas that met an indicator, from the feature that recognises them.
    package static func feature(examples: CriteriaExamples = .none) -> Feature {
        Feature(
            "criteria", routes: CriteriaRoutes.all(examples) + CriteriaRulesRoutes.all + CriteriaTakenRoutes.all,
            migrations: CriteriaSchema.migrations,
            navigation: [
                NavigationItem("/criteria", "criteria.nav") { $0 != nil },
                NavigationItem("/taken-on", "criteria.taken.nav") { signedIn in
                    signedIn.map { $0.actor.holds(.leadConsultation) || $0.actor.holds(.takeOnCriteria) } ?? false
                },
            ],
            waiting: { actor, day, reader in
                try CriteriaDraftWaiting.waiting(actor, day, reader)
                    + CriteriaTakenRoutes.waiting(actor, day, reader)
            })
    }

    /// Who looks after which criterion, on an area's page.
    package static let areaLinks = [AreaLink("criteria.taken.title") { "/territories/\($0)/taken-on" }]

    /// The page of an indicator: help from wherever it is asked for.
    package static func href(_ set: ID, indicator code: String) -> String {
        "/criteria/\(set)/indicators/\(criteriaEscaped(code))"
    }
}
