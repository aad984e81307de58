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
        files: ContentStore, world: World, passwords: PeoplePasswords = PeoplePasswords(), slipAddress: String? = nil,
        moveDay: @escaping @Sendable (Day) -> Void
    ) -> [Feature] {
        let home = HomeFeature.feature()
        let recognition = RecognitionFeature.feature(files: files)
        let others = [
            CriteriaFeature.feature(examples: CriteriaExampleFinder.finder), PortalFeature.feature(),
            PeopleFeature.feature(
                world: world, passwords: passwords, address: slipAddress, references: persons, moveDay: moveDay),
        ]
        let organisation = OrganisationFeature.feature(
            searches: [PeopleSearch.kind, RecognitionSearch.kind],
            references: .roles + dossiers, navigation: ([home, recognition] + others).flatMap(\.navigation))
        // In the order of the top bar: what one works on stands before what one looks up.
        return [home, recognition, organisation] + others
    }

    /// Who stands in a dossier's story, in a value or in a decision cannot be taken back by undoing an import of people.
    private static let persons = [
        PeopleReference(table: "dossier_event", column: "actor_id"),
        PeopleReference(table: "indicator_value", column: "entered_by"),
        PeopleReference(table: "decision", column: "drafted_by"),
    ]

    /// What a dossier, a decision or a title points to cannot be taken back by undoing an import.
    private static let dossiers = [
        ImportReference("recognition.reference.dossiers", table: "dossier", column: "territory_id"),
        ImportReference("recognition.reference.titles", table: "title_grant", column: "territory_id"),
        ImportReference("recognition.reference.decisions", table: "decision", column: "organisation_id"),
        ImportReference("recognition.reference.decisions", table: "decision", column: "territory_id"),
    ]

    /// - Parameter slipAddress: where to sign in, as the activation slip says it; nil leaves a line to fill in.
    package static func site(
        database: Database, files: ContentStore, assets: Assets, settings: SiteSettings,
        passwords: PeoplePasswords = PeoplePasswords(), slipAddress: String? = nil,
        moveDay: @escaping @Sendable (Day) -> Void, log: Logger
    ) throws -> Site {
        Site(
            features: features(
                files: files, world: database.world, passwords: passwords, slipAddress: slipAddress, moveDay: moveDay),
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
