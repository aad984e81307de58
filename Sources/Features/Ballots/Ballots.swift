import Core
import Database
import Web

/// Ballots (lấy ý kiến hộ): a question set, one-time household codes, a sealed box of answers, and the count.
///
/// Basis: docs/people.md, rule 5.
package enum BallotsFeature {
    package static func feature() -> Feature {
        Feature("ballots", routes: [], migrations: BallotsSchema.migrations)
    }
}
