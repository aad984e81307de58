import Core
import Database
import Documents
import Web

/// Goals and targets (mục tiêu, chỉ tiêu) of units, and the register of titles of communes and districts.
///
/// A target is a number of areas for one title, set for a unit and a year or a term by a document. It is changed by
/// another document, and the old number stays. Beside it stand what was registered, met and held, each of which opens
/// its rows; beside a unit's own target stands the sum of those of the units below.
///
/// A goal is a title that a commune or district is to reach by a day, from a document, with a body that answers for
/// it. When the unit is reorganised, what came of it answers, unless the document names another.
///
/// The register holds the titles that communes and districts won themselves, those of former times too: a district
/// that ended on 30/6/2025 stands in it as it was.
///
///   period of a target          `Goals.Span` (Rules/GoalsSpan.swift)
///   what may be a target        `Goals.TargetRule`
///   how a goal stands           `Goals.standing`, from the register and the day
///   what may be registered      `Goals.UnitTitleRule`
///   what it takes the place of  `Goals.Succession`
///   a slip put right            `Goals.Mistake`
///   figures and their rows      `GoalsStore.figures`, `GoalsStore.rows` (Store/GoalsFigureStore.swift)
///   for Home                    `GoalsStore.tiles`
///
/// Basis: directive on model residential areas, M0, M1.1; directive on the example set at home, D0.
package enum Goals {}

/// What App mounts: routes, tables and the way in.
package enum GoalsFeature {
    /// Where kept files are recorded.
    package static let contents = [ContentReference(table: "target_version", column: "scan_address")]

    /// - Parameter files: where scans of documents are kept.
    package static func feature(files: ContentStore) -> Feature {
        Feature(
            "goals",
            routes: GoalsTargetRoutes.routes(files) + GoalsGoalRoutes.routes + GoalsRegisterRoutes.routes,
            migrations: GoalsSchema.migrations,
            navigation: [
                NavigationItem("/targets", "goals.navigation") { signedIn in
                    signedIn.map { $0.actor.holds(.setTargets) || $0.actor.holds(.recordUnitTitles) } ?? false
                }
            ],
            waiting: { actor, today, reader in
                guard actor.holds(.setTargets) else { return [] }
                return try GoalsStore.waiting(for: actor, on: today, reader)
            })
    }
}
