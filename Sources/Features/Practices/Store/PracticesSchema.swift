import Database

/// The tables of practices.
package enum PracticesSchema {
    package static let migrations: [Migration] = []
}
