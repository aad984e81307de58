import Core
import Criteria
import Database
import Documents
import Organisation
import Recognition
import Web

/// Surveys (khảo sát): today's values against a criteria set before registration, and the plan of the year.
///
/// An area looks at itself before it registers. What last year's dossier says and what offices hold stands there
/// already; the rest is typed. Each indicator gets its verdict, and what falls short is put in the order of effort, near
/// misses first. For a gap is written down what it needs (people, money, works), and the gaps become the plan of the
/// year: who does what until when, for which indicator. Concluded, the survey is frozen with its day and the version of
/// the set; the plan lives on, its items are ticked off, and the dossier shows how far it is.
///
///   open ─► concluded        a newer set or another look: a new survey, the old one stays
///
///   what falls short, in order   `Surveys.gaps` (Rules/SurveysGap.swift)
///   values as they are kept      `Surveys.ValueCode`
///   what recognition shows       `SurveysStore.mark`
///   for Home                     `SurveysWaiting`
///
/// Basis: directive on model residential areas, M2.2; the order of effort and 15/3 are our own ("minh họa").
package enum Surveys {}

/// What App mounts: routes, tables and the way in.
package enum SurveysFeature {
    /// - Parameter held: what offices hold of an area for a criteria set and a year, by indicator, with the office's
    ///   name.
    package static func feature(held: @escaping SurveysHeld = { _, _, _, _ in [:] }) -> Feature {
        Feature(
            "surveys",
            routes: SurveysAreaRoutes.routes(held) + SurveysRoutes.routes + SurveysPlanRoutes.routes
                + SurveysListRoutes.routes,
            migrations: SurveysSchema.migrations,
            navigation: [
                NavigationItem("/surveys", "surveys.navigation") { $0?.actor.holds(.surveyArea) ?? false }
            ],
            waiting: SurveysWaiting.source)
    }

    /// The link on an area's page.
    package static let areaLinks = [AreaLink("surveys.area.link") { "/areas/\($0)/survey" }]

    /// What recognition shows of a survey on the registration's page and on the dossier.
    package static func hook(into hooks: inout RecognitionHooks) {
        hooks.survey = { area, _, year, reader in try SurveysStore.mark(of: area, year: year, reader) }
    }
}

/// A value that somebody else holds already.
package struct SurveysGiven: Sendable {
    package let value: Criteria.Value
    /// The office's name.
    package let holder: String

    package init(value: Criteria.Value, holder: String) {
        self.value = value
        self.holder = holder
    }
}

/// What offices hold of an area for a criteria set and a year, by indicator.
package typealias SurveysHeld =
    @Sendable (_ area: ID, _ set: ID, _ year: Int, any Reader) throws -> [String: SurveysGiven]
