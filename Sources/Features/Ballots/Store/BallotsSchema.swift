import Database

/// The tables of ballots.
package enum BallotsSchema {
    package static let migrations: [Migration] = []
}
