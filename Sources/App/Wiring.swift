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
        seal: PeopleSeal? = nil, ballots: BallotsKeys = .none, moveDay: @escaping @Sendable (Day) -> Void
    ) -> [Feature] {
        let recognition = RecognitionFeature.feature(
            files: files, hooks: hooks, ballots: ballots, references: titles)
        let work = [
            OfficesFeature.feature(files: files, saved: saved), SurveysFeature.feature(held: held),
            BallotsFeature.feature(keys: ballots, hooks: RecognitionBox.hooks),
            RechecksFeature.feature(files: files, held: heldForRechecks),
            GoalsFeature.feature(files: files), PracticesFeature.feature(files: files),
        ]
        let criteria = CriteriaFeature.feature(examples: CriteriaExampleFinder.finder)
        let home = HomeFeature.feature(waiting: ([recognition, criteria] + work).compactMap(\.waiting))
        let others = [
            criteria, PortalFeature.feature(targets: targets),
            PeopleFeature.feature(
                world: world, passwords: passwords, address: slipAddress, seal: seal, references: persons,
                notes: [HomeFeature.accountNotes],
                moveDay: moveDay),
            Feature("aside", navigation: HomeFeature.aside),
        ]
        let organisation = OrganisationFeature.feature(
            searches: [
                PeopleSearch.kind, RecognitionSearch.kind, RecognitionSearch.documents, SurveysSearch.kind,
                RechecksSearch.kind, GoalsFinding.goals, GoalsFinding.register, CriteriaTextSearch.kind,
                CriteriaIndicatorSearch.kind, PracticesSearch.kind,
            ],
            areaLinks: [.dossiers] + CriteriaFeature.areaLinks + OfficesFeature.areaLinks + SurveysFeature.areaLinks
                + PracticesFeature.areaLinks,
            telling: [RecognitionAreaTelling.telling, PeopleAreaTelling.telling],
            references: .roles + dossiers, navigation: ([home, recognition] + work + others).flatMap(\.navigation))
        // In the order of the top bar: what one works on stands before what one looks up.
        return [home, recognition, organisation] + work + others
    }

    /// What features further down add to recognition: whoever adds something does so here.
    private static let hooks: RecognitionHooks = {
        var hooks = RecognitionHooks(holders: holders)
        OfficesFeature.hook(into: &hooks)
        SurveysFeature.hook(into: &hooks)
        RechecksFeature.hook(into: &hooks)
        return hooks
    }()

    /// The offices that were asked for figures of an area: whom a panel asks to confirm them.
    private static let holders: @Sendable (Recognition.Dossier, any Reader) throws -> [String: ID] = {
        dossier, reader in
        let set = try CriteriaStore.set(dossier.criteriaSet, reader)
        return try OfficesStore.asked(of: dossier.area.id, setCode: set.code, year: dossier.year, reader)
            .mapValues(\.organisation)
    }

    /// What a unit set itself for a year: the portal tells it.
    private static let targets: PortalTargets = { unit, year, reader in
        guard let span = Goals.Span(from: year, until: year) else { return [] }
        return try GoalsStore.targets(of: [unit], span, reader).map { PortalTarget(title: $0.title, value: $0.value) }
    }

    /// What offices hold of an area: with this its survey begins.
    private static let held: SurveysHeld = { area, set, year, reader in
        (try OfficesStore.held(areas: [area], set: set, year: year, reader)[area] ?? [:]).mapValues {
            SurveysGiven(value: $0.value, holder: $0.organisationName ?? "")
        }
    }

    /// What offices hold of areas, with the papers it rests on: a re-check takes it in instead of asking again.
    package static let heldForRechecks: RechecksHeld = { areas, set, year, reader in
        let held = try OfficesStore.held(areas: areas, set: set, year: year, reader)
        let grids = Set(held.values.flatMap { $0.values.compactMap(\.grid) }).sorted()
        let papers = try OfficesStore.papers(ofGrids: grids, reader)
        return held.mapValues { values in
            values.compactMapValues { one in
                guard let office = one.organisation else { return nil }
                let paper = one.grid.flatMap { papers[$0] }?.first { $0.codes.contains(one.code) }?.caption
                return Rechecks.Given(value: one.value, office: office, paper: paper)
            }
        }
    }

    /// What follows in the same transaction when an office's figures changed: open re-checks take them in.
    private static let saved: OfficesSaved = { areas, year, tx in
        try RechecksStore.takeIn(areas: areas, year: year, heldForRechecks, tx)
    }

    /// Where kept files are recorded: what stands in none of these is swept away.
    package static let contents =
        RecognitionFeature.contents + PracticesFeature.contents + OfficesFeature.contents + RechecksFeature.contents
        + GoalsFeature.contents

    /// Who stands anywhere in recognition cannot be taken back by undoing an import of people.
    package static let persons = [
        PeopleReference(table: "dossier_event", column: "actor_id"),
        PeopleReference(table: "dossier_event", column: "giver_id"),
        PeopleReference(table: "indicator_value", column: "entered_by"),
        PeopleReference(table: "indicator_value", column: "confirmed_by"),
        PeopleReference(table: "indicator_value_history", column: "entered_by"),
        PeopleReference(table: "indicator_return", column: "returned_by"),
        PeopleReference(table: "evidence", column: "added_by"),
        PeopleReference(table: "evidence", column: "giver_id"),
        PeopleReference(table: "evidence", column: "removed_by"),
        PeopleReference(table: "review_sitting", column: "recorded_by"),
        PeopleReference(table: "review_work", column: "written_by"),
        PeopleReference(table: "dossier_households", column: "changed_by"),
        PeopleReference(table: "posting", column: "posted_by"),
        PeopleReference(table: "ballot_entry", column: "entered_by"),
        PeopleReference(table: "ballot", column: "opened_by"),
        PeopleReference(table: "ballot", column: "closed_by"),
        PeopleReference(table: "ballot_extension", column: "extended_by"),
        PeopleReference(table: "ballot_batch", column: "issued_by"),
        PeopleReference(table: "ballot_batch", column: "cancelled_by"),
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
        PeopleReference(table: "submission", column: "received_by"),
        PeopleReference(table: "submission", column: "recalled_by"),
        PeopleReference(table: "panel_change", column: "left_id"),
        PeopleReference(table: "panel_change", column: "joined_id"),
        PeopleReference(table: "panel_change", column: "changed_by"),
        PeopleReference(table: "office_confirmation", column: "asked_by"),
        PeopleReference(table: "office_confirmation", column: "answered_by"),
        PeopleReference(table: "visit_plan", column: "planned_by"),
        PeopleReference(table: "check_attendance", column: "recorded_by"),
        PeopleReference(table: "decision", column: "drafted_by"),
        PeopleReference(table: "decision", column: "issued_by"),
        PeopleReference(table: "certificate", column: "recorded_by"),
        PeopleReference(table: "dossier_move", column: "moved_by"),
        PeopleReference(table: "consultation", column: "recorded_by"),
        PeopleReference(table: "taken_criterion", column: "taken_by"),
        PeopleReference(table: "taken_criterion", column: "reviewed_by"),
        PeopleReference(table: "taken_criterion", column: "mistaken_by"),
        PeopleReference(table: "own_indicator", column: "proposed_by"),
        PeopleReference(table: "own_indicator", column: "answered_by"),
        PeopleReference(table: "practice", column: "shared_by"),
        PeopleReference(table: "practice", column: "confirmed_by"),
        PeopleReference(table: "practice", column: "withdrawn_by"),
        PeopleReference(table: "practice_picture", column: "added_by"),
        PeopleReference(table: "practice_picture", column: "released_by"),
        PeopleReference(table: "practice_picture", column: "removed_by"),
        PeopleReference(table: "practice_following", column: "told_by"),
        PeopleReference(table: "practice_look", column: "looked_by"),
        PeopleReference(table: "survey", column: "begun_by"),
        PeopleReference(table: "survey", column: "concluded_by"),
        PeopleReference(table: "survey_value", column: "entered_by"),
        PeopleReference(table: "plan_item", column: "added_by"),
        PeopleReference(table: "plan_item", column: "done_by"),
        PeopleReference(table: "target_version", column: "set_by"),
        PeopleReference(table: "goal_version", column: "set_by"),
        PeopleReference(table: "unit_title", column: "recorded_by"),
        PeopleReference(table: "title_event", column: "recorded_by"),
        PeopleReference(table: "title_import", column: "made_by"),
        PeopleReference(table: "decision_answer", column: "answered_by"),
        PeopleReference(table: "decision_answer", column: "replied_by"),
        PeopleReference(table: "recheck_round", column: "opened_by"),
        PeopleReference(table: "recheck_event", column: "actor_id"),
        PeopleReference(table: "recheck_event", column: "giver_id"),
        PeopleReference(table: "recheck_look", column: "looked_by"),
        PeopleReference(table: "recheck_evidence", column: "added_by"),
        PeopleReference(table: "recheck_notice", column: "drafted_by"),
        PeopleReference(table: "recheck_notice", column: "issued_by"),
        PeopleReference(table: "recheck_answer", column: "answered_by"),
        PeopleReference(table: "recheck_hearing", column: "invited_by"),
        PeopleReference(table: "recheck_hearing", column: "held_by"),
        PeopleReference(table: "office_grid", column: "assigned_by"),
        PeopleReference(table: "office_value", column: "entered_by"),
        PeopleReference(table: "office_save", column: "made_by"),
        PeopleReference(table: "office_save", column: "undone_by"),
        PeopleReference(table: "office_objection", column: "made_by"),
        PeopleReference(table: "office_objection", column: "answered_by"),
        PeopleReference(table: "office_document", column: "added_by"),
        PeopleReference(table: "office_document", column: "removed_by"),
        PeopleReference(table: "office_reminder_person", column: "person_id"),
    ]

    /// What points to a title keeps an import of titles from being taken back.
    package static let titles = [
        RecognitionTitleReference("recognition.earlier.reference.rechecks", table: "recheck", column: "title_id")
    ]

    /// What points to a unit or an organisation keeps an import from being taken back.
    package static let dossiers = [
        ImportReference("recognition.reference.dossiers", table: "dossier", column: "territory_id"),
        ImportReference("recognition.reference.dossiers", table: "dossier_event", column: "organisation_id"),
        ImportReference("recognition.reference.titles", table: "title_grant", column: "territory_id"),
        ImportReference("recognition.reference.titleImports", table: "title_import", column: "territory_id"),
        ImportReference("recognition.reference.titleImports", table: "title_import_row", column: "territory_id"),
        ImportReference("recognition.reference.titleImports", table: "title_import_row", column: "organisation_id"),
        ImportReference("recognition.reference.decisions", table: "decision", column: "organisation_id"),
        ImportReference("recognition.reference.decisions", table: "decision", column: "territory_id"),
        ImportReference("recognition.reference.submissions", table: "submission", column: "organisation_id"),
        ImportReference("recognition.reference.submissions", table: "submission", column: "territory_id"),
        ImportReference("recognition.reference.panels", table: "panel", column: "organisation_id"),
        ImportReference("recognition.reference.panels", table: "panel", column: "territory_id"),
        ImportReference("recognition.reference.panels", table: "office_confirmation", column: "organisation_id"),
        ImportReference("rechecks.reference", table: "recheck_round", column: "territory_id"),
        ImportReference("rechecks.reference", table: "recheck", column: "territory_id"),
        ImportReference("rechecks.reference", table: "recheck_event", column: "organisation_id"),
        ImportReference("rechecks.reference", table: "recheck_look", column: "office_id"),
        ImportReference("rechecks.reference", table: "recheck_notice", column: "organisation_id"),
        ImportReference("ballots.reference", table: "ballot", column: "territory_id"),
        ImportReference("recognition.reference.criteria", table: "criteria_set", column: "territory_id"),
        ImportReference("recognition.reference.criteria", table: "rules_document", column: "territory_id"),
        ImportReference("recognition.reference.criteria", table: "consultation", column: "territory_id"),
        ImportReference("recognition.reference.criteria", table: "consultation_body", column: "organisation_id"),
        ImportReference("recognition.reference.criteria", table: "taken_criterion", column: "territory_id"),
        ImportReference("recognition.reference.criteria", table: "taken_criterion", column: "organisation_id"),
        ImportReference("people.reference.corrections", table: "correction", column: "territory_id"),
        ImportReference("people.reference.imports", table: "people_import", column: "territory_id"),
        ImportReference("people.reference.handovers", table: "handover", column: "territory_id"),
        ImportReference("people.reference.handovers", table: "handover", column: "organisation_id"),
        ImportReference("practices.reference", table: "practice", column: "territory_id"),
        ImportReference("practices.reference", table: "practice", column: "organisation_id"),
        ImportReference("practices.reference", table: "practice_following", column: "territory_id"),
        ImportReference("practices.reference", table: "practice_following", column: "organisation_id"),
        ImportReference("practices.reference", table: "practice_look", column: "organisation_id"),
        ImportReference("surveys.reference.surveys", table: "survey", column: "territory_id"),
        ImportReference("surveys.reference.surveys", table: "survey", column: "organisation_id"),
        ImportReference("surveys.reference.plan", table: "plan_item", column: "owner_id"),
        ImportReference("goals.reference.targets", table: "target", column: "territory_id"),
        ImportReference("goals.reference.targets", table: "target_version", column: "organisation_id"),
        ImportReference("goals.reference.goals", table: "goal", column: "territory_id"),
        ImportReference("goals.reference.goals", table: "goal_version", column: "owner_id"),
        ImportReference("goals.reference.goals", table: "goal_version", column: "successor_id"),
        ImportReference("goals.reference.goals", table: "goal_version", column: "organisation_id"),
        ImportReference("goals.reference.titles", table: "unit_title", column: "territory_id"),
        ImportReference("goals.reference.titles", table: "unit_title", column: "organisation_id"),
        ImportReference("offices.reference.grids", table: "office_grid", column: "organisation_id"),
        ImportReference("offices.reference.grids", table: "office_grid", column: "territory_id"),
        ImportReference("offices.reference.values", table: "office_value", column: "territory_id"),
        ImportReference("offices.reference.values", table: "office_save_cell", column: "territory_id"),
        ImportReference("offices.reference.values", table: "office_objection", column: "territory_id"),
        ImportReference("offices.reference.values", table: "indicator_value", column: "office_id"),
        ImportReference("offices.reference.values", table: "indicator_value_history", column: "office_id"),
    ]

    /// - Parameter slipAddress: where to sign in, as the activation slip says it; nil leaves a line to fill in.
    package static func site(
        database: Database, files: ContentStore, assets: Assets, settings: SiteSettings,
        passwords: PeoplePasswords = PeoplePasswords(), slipAddress: String? = nil,
        seal: PeopleSeal? = nil, ballots: BallotsKeys = .none, moveDay: @escaping @Sendable (Day) -> Void, log: Logger
    ) throws -> Site {
        Site(
            features: features(
                files: files, world: database.world, passwords: passwords, slipAddress: slipAddress, seal: seal,
                ballots: ballots, moveDay: moveDay),
            database: database, assets: assets, settings: settings, log: log,
            sessionLookup: PeopleSessions(database).lookup)
    }

    /// All of them, with the keys that closed ballots destroy.
    package static func jobEffects(_ ballots: BallotsKeys) -> [String: JobRunner.Effect] {
        jobEffects.merging(BallotsJobs.effects(ballots)) { first, _ in first }
    }

    /// What a job of each kind does when its hour has come.
    package static let jobEffects: [String: JobRunner.Effect] = RecognitionJobs.effects.merging(
        RecognitionTitleJobs.effects
    ) { first, _ in first }.merging(OfficesJobs.effects) { first, _ in first }
}

/// The order in which the features' tables come to be, upstream first.
package enum SchemaOrder {
    package static let migrations: [Migration] =
        DatabaseSchema.migrations + OrganisationSchema.migrations + PeopleSchema.migrations
        + CriteriaSchema.migrations + BallotsSchema.migrations + RecognitionSchema.migrations
        + PracticesSchema.migrations + OfficesSchema.migrations + SurveysSchema.migrations
        + RechecksSchema.migrations + GoalsSchema.migrations
}
