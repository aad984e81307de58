import Database

/// The tables of surveys.
package enum SurveysSchema {
    package static let migrations: [Migration] = []
}
