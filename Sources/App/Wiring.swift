import Ballots
import Core
import Criteria
import Database
import Documents
import Foundation
import Goals
import Home
import Logging
import Offices
import Organisation
import People
import Portal
import Practices
import Rechecks
import Recognition
import Surveys
import Web

/// Which features there are and how they hang together. What must follow a change of one feature in another is
/// listed here and nowhere else.
package enum Wiring {
    package static func features(
        files: ContentStore, world: World, passwords: PeoplePasswords = PeoplePasswords(), slipAddress: String? = nil,
        moveDay: @escaping @Sendable (Day) -> Void
    ) -> [Feature] {
        let recognition = RecognitionFeature.feature(files: files)
        let work = [
            OfficesFeature.feature(), SurveysFeature.feature(), BallotsFeature.feature(), RechecksFeature.feature(),
            GoalsFeature.feature(), PracticesFeature.feature(),
        ]
        let home = HomeFeature.feature(waiting: work.compactMap(\.waiting))
        let others = [
            CriteriaFeature.feature(examples: CriteriaExampleFinder.finder), PortalFeature.feature(),
            PeopleFeature.feature(
                world: world, passwords: passwords, address: slipAddress, references: persons, moveDay: moveDay),
        ]
        let organisation = OrganisationFeature.feature(
            searches: [PeopleSearch.kind, RecognitionSearch.kind],
            references: .roles + dossiers, navigation: ([home, recognition] + work + others).flatMap(\.navigation))
        // In the order of the top bar: what one works on stands before what one looks up.
        return [home, recognition, organisation] + work + others
    }

    /// Who stands anywhere in recognition cannot be taken back by undoing an import of people.
    package static let persons = [
        PeopleReference(table: "dossier_event", column: "actor_id"),
        PeopleReference(table: "dossier_event", column: "giver_id"),
        PeopleReference(table: "indicator_value", column: "entered_by"),
        PeopleReference(table: "indicator_value", column: "confirmed_by"),
        PeopleReference(table: "indicator_value_history", column: "entered_by"),
        PeopleReference(table: "indicator_return", column: "returned_by"),
        PeopleReference(table: "evidence", column: "added_by"),
        PeopleReference(table: "evidence", column: "removed_by"),
        PeopleReference(table: "review_sitting", column: "recorded_by"),
        PeopleReference(table: "review_work", column: "written_by"),
        PeopleReference(table: "posting", column: "posted_by"),
        PeopleReference(table: "ballot_entry", column: "entered_by"),
        PeopleReference(table: "posting_comment", column: "moderated_by"),
        PeopleReference(table: "posting_comment", column: "answered_by"),
        PeopleReference(table: "submission", column: "drafted_by"),
        PeopleReference(table: "submission", column: "sent_by"),
        PeopleReference(table: "panel", column: "formed_by"),
        PeopleReference(table: "panel_member", column: "person_id"),
        PeopleReference(table: "appraisal", column: "closed_by"),
        PeopleReference(table: "appraisal", column: "ended_by"),
        PeopleReference(table: "appraisal_declaration", column: "person_id"),
        PeopleReference(table: "appraisal_score", column: "person_id"),
        PeopleReference(table: "appraisal_settlement", column: "settled_by"),
        PeopleReference(table: "visit", column: "recorded_by"),
        PeopleReference(table: "visit_member", column: "person_id"),
        PeopleReference(table: "decision", column: "drafted_by"),
        PeopleReference(table: "decision", column: "issued_by"),
        PeopleReference(table: "certificate", column: "recorded_by"),
    ]

    /// What points to a unit or an organisation keeps an import from being taken back.
    package static let dossiers = [
        ImportReference("recognition.reference.dossiers", table: "dossier", column: "territory_id"),
        ImportReference("recognition.reference.dossiers", table: "dossier_event", column: "organisation_id"),
        ImportReference("recognition.reference.titles", table: "title_grant", column: "territory_id"),
        ImportReference("recognition.reference.decisions", table: "decision", column: "organisation_id"),
        ImportReference("recognition.reference.decisions", table: "decision", column: "territory_id"),
        ImportReference("recognition.reference.submissions", table: "submission", column: "organisation_id"),
        ImportReference("recognition.reference.submissions", table: "submission", column: "territory_id"),
        ImportReference("recognition.reference.panels", table: "panel", column: "organisation_id"),
        ImportReference("recognition.reference.panels", table: "panel", column: "territory_id"),
        ImportReference("recognition.reference.criteria", table: "criteria_set", column: "territory_id"),
        ImportReference("people.reference.corrections", table: "correction", column: "territory_id"),
        ImportReference("people.reference.imports", table: "people_import", column: "territory_id"),
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
        + CriteriaSchema.migrations + BallotsSchema.migrations + RecognitionSchema.migrations
        + PracticesSchema.migrations + OfficesSchema.migrations + SurveysSchema.migrations
        + RechecksSchema.migrations + GoalsSchema.migrations
}
