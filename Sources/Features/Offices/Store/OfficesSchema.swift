import Database

/// The tables of offices.
package enum OfficesSchema {
    package static let migrations: [Migration] = []
}
