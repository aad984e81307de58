import Core
import Database
import Web

/// Offices' grid (bảng số liệu của các cơ quan): offices fill what offices hold, once, areas by indicators.
///
/// Basis: directive on model residential areas, M1.3, M2.1.
package enum OfficesFeature {
    package static func feature() -> Feature {
        Feature("offices", routes: [], migrations: OfficesSchema.migrations)
    }
}
