import Core
import Database
import Web

/// Re-checks (rà soát danh hiệu hằng năm): watch, notice, keeping, lapse and withdrawal of titles held.
///
/// Basis: directive on model residential areas, M3.1, M3.3.
package enum RechecksFeature {
    package static func feature() -> Feature {
        Feature("rechecks", routes: [], migrations: RechecksSchema.migrations)
    }
}
