import Ballots
import Core
import Criteria
import Database
import Documents
import Organisation
import Web

/// Recognition as the site mounts it.
package enum RecognitionFeature {
    /// Where kept files are recorded. One that was taken out is shown to nobody any more; an older version is.
    package static let contents = [
        ContentReference(table: "evidence", column: "address", where: "removed_at IS NULL"),
        ContentReference(table: "evidence", column: "thumbnail", where: "removed_at IS NULL"),
        ContentReference(table: "decision", column: "scan_address"),
    ]

    /// Who answers for the register of titles, or leads by it.
    private static let keepers: Set<Role> = [.provinceFront, .communeFrontChair, .steeringOffice, .standingCommittee]

    /// - Parameters:
    ///   - files: where pictures and scans are kept.
    ///   - calendar: the days of the recognition year.
    ///   - hooks: what other features add.
    ///   - references: columns of other features that point to titles.
    package static func feature(
        files: ContentStore, calendar: Recognition.YearCalendar = .standard,
        hooks: RecognitionHooks = RecognitionHooks(),
        ballots: BallotsKeys = .none, references: [RecognitionTitleReference] = []
    ) -> Feature {
        Feature(
            "recognition",
            routes: RecognitionAreaRoutes.routes(calendar, hooks) + RecognitionListRoutes.routes(calendar)
                + RecognitionDossierRoutes.routes(calendar, hooks) + RecognitionValueRoutes.routes(hooks)
                + RecognitionReviewRoutes.routes(calendar, hooks) + RecognitionPostingRoutes.routes
                + RecognitionHouseholdsRoutes.routes
                + RecognitionBallotRoutes.routes(ballots) + RecognitionEvidenceRoutes.routes(files)
                + RecognitionCheckRoutes.routes(calendar) + RecognitionMoveRoutes.routes(calendar, hooks)
                + RecognitionOwnRoutes.routes
                + RecognitionDecisionRoutes.routes(files, calendar, hooks)
                + RecognitionSubmissionRoutes.routes(calendar)
                + RecognitionPanelRoutes.routes(calendar) + RecognitionPanelWorkRoutes.routes(calendar, hooks)
                + RecognitionVisitRoutes.routes + RecognitionPanelRouteRoutes.routes
                + RecognitionPanelConfirmationRoutes.routes
                + RecognitionCertificateRoutes.routes + RecognitionTitleRoutes.routes(calendar)
                + RecognitionEarlierRoutes.routes(references) + RecognitionDecisionAnswerRoutes.routes(calendar),
            migrations: RecognitionSchema.migrations,
            navigation: [
                NavigationItem("/dossiers", "recognition.navigation.dossiers") { signedIn in
                    signedIn.map { !$0.actor.grants.isEmpty } ?? false
                },
                NavigationItem("/submissions", "recognition.navigation.submissions") { signedIn in
                    signedIn?.actor.holds(.forwardDossiers) ?? false
                },
                NavigationItem("/panels", "recognition.navigation.panels") { signedIn in
                    signedIn.map { $0.actor.holds(.formPanel) || $0.actor.holds(.appraise) } ?? false
                },
                NavigationItem("/decisions", "recognition.navigation.decisions") { signedIn in
                    signedIn.map { $0.actor.holds(.draftDecision) || $0.actor.holds(.issueDecision) } ?? false
                },
                NavigationItem("/titles", "recognition.navigation.titles") { signedIn in
                    signedIn.map { $0.actor.grants.contains { keepers.contains($0.role) } } ?? false
                },
            ],
            waiting: { actor, day, reader in
                try RecognitionPanelConfirmationRoutes.waiting(actor, day, reader)
                    + RecognitionPanelRouteRoutes.waiting(actor, day, reader)
                    + RecognitionOwnWaiting.waiting(actor, day, reader)
                    + RecognitionEarlierWaiting.waiting(actor, day, reader)
            })
    }
}

extension Call where Who == Actor {
    /// The dossier named in the path, if this person may see it.
    func dossier() throws -> Recognition.Dossier {
        try RecognitionStore.dossier(id("id"), seenBy: sight, reader)
    }

    /// What this person may do to a dossier now: the rows of its state, less what separation of duties bars.
    func actions(on dossier: Recognition.Dossier) throws -> [Recognition.Action] {
        let steps = try Recognition.LifeCycle.steps.filter { step in
            guard step.from == dossier.state, authority.allows(who, step.needs, dossier) else { return false }
            return try !step.isDeciders || allows(step.needs, dossier, decidedAt: dossier.level)
        }
        let asksHands = steps.contains { !$0.apart.isEmpty }
        let hands = asksHands ? try RecognitionStore.hands(of: who.person, on: dossier.id, reader) : .none
        return steps.filter { hands.refusal(of: $0) == nil }.map(\.action)
    }
}

extension Recognition.Dossier {
    func answer(_ reader: any Reader) throws -> RecognitionDossierAnswer {
        RecognitionDossierAnswer(self, try RecognitionStore.criteria(of: self, reader))
    }
}
