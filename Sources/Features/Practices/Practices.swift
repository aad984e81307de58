import Core
import Database
import Web

/// Practices (cách làm hay) and models (mô hình): what an area did for a criterion, and who followed it.
///
/// Basis: directive on model residential areas, M2.2.
package enum PracticesFeature {
    package static func feature() -> Feature {
        Feature("practices", routes: [], migrations: PracticesSchema.migrations)
    }
}
