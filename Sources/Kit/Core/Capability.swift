/// Everything the product lets anyone do. This list is the catalogue: a thing that is not in it cannot be permitted.
/// The label of each stands in Web's words under `capability.<rawValue>`.
package enum Capability: String, Sendable, CaseIterable, Codable {
    // Organisation
    case importTerritory
    case undoImport
    /// Names, placements and terms of organisations; a territory's own record.
    case manageOrganisations
    /// An area's households and people by year, groups, convention, models, local calendar.
    case editAreaProfile
    // People
    case manageAccounts
    case assignRoles
    case importPeople
    /// Answers who asks that a record about them be corrected.
    case answerCorrections
    /// Names who types for one's own office.
    case nameHelper
    // Criteria
    case importCriteria
    case publishCriteria
    /// Moves running dossiers to a new version of their criteria or rules.
    case moveDossiers
    /// Leads the consultation by which organisations take on criteria, area by area.
    case leadConsultation
    /// Takes on criteria in an area for one's organisation, and says at the end of the term what came of it.
    case takeOnCriteria
    // Goals and targets
    /// Sets and changes targets and goals of a unit, with the document they rest on.
    case setTargets
    /// Enters titles of communes and districts into the register.
    case recordUnitTitles
    // Before and beside recognition
    /// Fills in, for all areas at once, what one's office holds.
    case supplyValues
    /// Surveys an area against a criteria set, and plans its year.
    case surveyArea
    /// Tells how a criterion was met, so that others may follow.
    case sharePractice
    /// Looks again whether a practice or model is alive.
    case confirmPractice
    // Recognition
    case registerArea
    case fillAssessment
    case submitAssessment
    /// Types values that wait for the head's yes.
    case typeValues
    /// Holds the residents' review meeting and posts what it carried.
    case holdReview
    /// Issues household codes, opens and closes the household ballot.
    case issueCodes
    /// Enters the count of the household ballot.
    case countBallot
    /// Reads residents' comments on a posting first, and lets the area see the text.
    case moderateComments
    case checkDossier
    /// Sends the commune's list of areas to the deciding level.
    case forwardDossiers
    case formPanel
    /// Scores and concludes on a panel one is a member of.
    case appraise
    case draftDecision
    case issueDecision
    // Titles held
    /// Looks again, each year, at an area that holds a title.
    case recheckTitles
    /// Puts a title on watch or notice, keeps it, lets it lapse, withdraws it.
    case warnTitles
    /// Is heard for the area: answers a notice, a refusal, a withdrawal.
    case answerNotice
    // Own matters
    /// Draws up the handover of an office over a place.
    case handOver
    case manageOwnSessions
    /// Hands one's own office to another person until a day.
    case delegateOffice

    /// Where a capability reaches.
    package enum Scope: Sendable {
        /// The grant's territory and everything below it.
        case territory
        /// What is one's own, wherever it is.
        case own
    }

    package var scope: Scope {
        switch self {
        case .manageOwnSessions, .delegateOffice: .own
        default: .territory
        }
    }
}

/// The offices a person can hold in the product, and what each may do. This table is what the gate enforces
/// and what the page "vai trò" shows; it is not repeated anywhere.
package enum Role: String, Sendable, CaseIterable, Codable {
    case administrator
    case steeringOffice
    case standingCommittee
    case provinceFront
    case partySecretary
    case communeFrontChair
    case peoplesCommitteeViceChair
    case cultureOfficer
    case massOrganisation
    /// Keeps figures at an office, a service, the police or a school, and fills them in for the areas.
    case officeClerk
    case panelMember
    case areaHead
    case frontWorkCommitteeHead
    case cellSecretary
    case branchHead
    case helper
    case member

    package var capabilities: Set<Capability> {
        switch self {
        case .administrator:
            [
                .importTerritory, .undoImport, .manageOrganisations, .manageAccounts, .assignRoles, .importPeople,
                .answerCorrections, .importCriteria,
            ]
        case .steeringOffice: [.setTargets, .handOver]
        case .standingCommittee: []
        case .provinceFront:
            [
                .importCriteria, .publishCriteria, .moveDossiers, .setTargets, .recordUnitTitles, .formPanel,
                .draftDecision, .issueDecision, .recheckTitles, .warnTitles, .handOver,
            ]
        case .partySecretary: [.setTargets, .handOver]
        case .communeFrontChair:
            [
                .registerArea, .moderateComments, .checkDossier, .forwardDossiers, .manageAccounts, .answerCorrections,
                .editAreaProfile, .leadConsultation, .setTargets, .surveyArea, .sharePractice, .confirmPractice,
                .issueCodes, .recheckTitles, .handOver, .moveDossiers, .takeOnCriteria,
                // Only of titles that the published rules let the commune decide on.
                .formPanel, .draftDecision, .issueDecision, .warnTitles,
            ]
        case .peoplesCommitteeViceChair: [.setTargets, .handOver]
        case .cultureOfficer:
            [
                .countBallot, .moderateComments, .checkDossier, .manageAccounts, .editAreaProfile, .supplyValues,
                .surveyArea, .sharePractice, .confirmPractice, .issueCodes, .recheckTitles, .handOver,
            ]
        case .massOrganisation: [.takeOnCriteria, .sharePractice, .handOver]
        case .officeClerk: [.supplyValues, .handOver]
        case .panelMember: [.appraise]
        case .areaHead, .frontWorkCommitteeHead:
            [
                .registerArea, .fillAssessment, .submitAssessment, .holdReview, .countBallot, .nameHelper,
                .editAreaProfile, .surveyArea, .sharePractice, .answerNotice, .handOver,
            ]
        case .cellSecretary: [.countBallot, .handOver]
        case .branchHead: [.countBallot, .takeOnCriteria, .handOver]
        case .helper: [.typeValues]
        case .member: []
        }
    }
}
