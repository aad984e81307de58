import Database

/// The tables of goals.
package enum GoalsSchema {
    package static let migrations: [Migration] = []
}
