import Core
import Database
import Web

/// Goals and targets (mục tiêu, chỉ tiêu) of units, and the register of titles of communes and districts.
///
/// Basis: directive on model residential areas, M0, M1.1; directive on the example set at home, D0.
package enum GoalsFeature {
    package static func feature() -> Feature {
        Feature("goals", routes: [], migrations: GoalsSchema.migrations)
    }
}
