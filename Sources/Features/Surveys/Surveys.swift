import Core
import Database
import Web

/// Surveys (khảo sát): today's values against a criteria set before registration, and the plan of the year.
///
/// Basis: directive on model residential areas, M2.2.
package enum SurveysFeature {
    package static func feature() -> Feature {
        Feature("surveys", routes: [], migrations: SurveysSchema.migrations)
    }
}
