import Core
import Criteria
import Database
import Documents
import Foundation
import Home
import Logging
import Organisation
import People
import Portal
import Recognition
import Web

/// Which features there are and how they hang together. What must follow a change of one feature in another is
/// listed here and nowhere else.
package enum Wiring {
    package static func features(
        files: ContentStore, world: World, passwords: PeoplePasswords = PeoplePasswords(),
        moveDay: @escaping @Sendable (Day) -> Void
    ) -> [Feature] {
        let home = HomeFeature.feature()
        let others = [
            CriteriaFeature.feature(), RecognitionFeature.feature(files: files), PortalFeature.feature(),
            PeopleFeature.feature(world: world, passwords: passwords, moveDay: moveDay),
        ]
        let organisation = OrganisationFeature.feature(
            references: .roles + dossiers, navigation: home.navigation + others.flatMap(\.navigation))
        return [home, organisation] + others
    }

    /// What a dossier, a decision or a title points to cannot be taken back by undoing an import.
    private static let dossiers = [
        ImportReference("recognition.reference.dossiers", table: "dossier", column: "territory_id"),
        ImportReference("recognition.reference.titles", table: "title_grant", column: "territory_id"),
        ImportReference("recognition.reference.decisions", table: "decision", column: "organisation_id"),
        ImportReference("recognition.reference.decisions", table: "decision", column: "territory_id"),
    ]

    package static func site(
        database: Database, files: ContentStore, assets: Assets, settings: SiteSettings,
        passwords: PeoplePasswords = PeoplePasswords(), moveDay: @escaping @Sendable (Day) -> Void, log: Logger
    ) throws -> Site {
        Site(
            features: features(files: files, world: database.world, passwords: passwords, moveDay: moveDay),
            database: database, assets: assets, settings: settings, log: log,
            sessionLookup: PeopleSessions(database).lookup)
    }

    /// What a job of each kind does when its hour has come.
    package static let jobEffects: [String: JobRunner.Effect] = RecognitionJobs.effects
}

/// The order in which the features' tables come to be, upstream first.
package enum SchemaOrder {
    package static let migrations: [Migration] =
        DatabaseSchema.migrations + OrganisationSchema.migrations + PeopleSchema.migrations
        + CriteriaSchema.migrations + RecognitionSchema.migrations
}
