import Core
import Database

/// A recognition year beside the one the demonstration stands in: dossiers-2025.yaml, which is over, and
/// dossiers-2027.yaml, a trial of the next version of the criteria.
package struct DemonstrationOtherYear: Sendable {
    package let year: DemonstrationYear
    let version: DemonstrationVersion
}

extension DemonstrationOtherYear {
    /// The year from the publication of its criteria to the certificates, by the same people on the same units.
    static func happenings(
        _ story: DemonstrationFiles, _ scene: DemonstrationScene
    ) throws -> [DemonstrationHappening] {
        try story.otherYears.flatMap { other in
            let told = story.telling(other)
            let own = DemonstrationScene(scene, telling: told)
            let happenings =
                try [DemonstrationTitles.publication(told)] + DemonstrationRound.dossiers(told, own)
                + DemonstrationIssue.happenings(told, own)
            return happenings.map { $0.within(own) }
        }
    }
}
