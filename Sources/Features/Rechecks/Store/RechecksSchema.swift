import Database

/// The tables of rechecks.
package enum RechecksSchema {
    package static let migrations: [Migration] = []
}
