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
    // Recognition
    case registerArea
    case fillAssessment
    case submitAssessment
    /// Types values that wait for the head's yes.
    case typeValues
    /// Holds the residents' review meeting and posts what it carried.
    case holdReview
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
    // Own matters
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
        case .steeringOffice: []
        case .standingCommittee: []
        case .provinceFront: [.importCriteria, .publishCriteria, .formPanel, .draftDecision, .issueDecision]
        case .partySecretary: []
        case .communeFrontChair:
            [
                .registerArea, .moderateComments, .checkDossier, .forwardDossiers, .manageAccounts, .answerCorrections,
                .editAreaProfile,
            ]
        case .peoplesCommitteeViceChair: []
        case .cultureOfficer:
            [.countBallot, .moderateComments, .checkDossier, .manageAccounts, .editAreaProfile]
        case .massOrganisation: []
        case .panelMember: [.appraise]
        case .areaHead, .frontWorkCommitteeHead:
            [
                .registerArea, .fillAssessment, .submitAssessment, .holdReview, .countBallot, .nameHelper,
                .editAreaProfile,
            ]
        case .cellSecretary, .branchHead: [.countBallot]
        case .helper: [.typeValues]
        case .member: []
        }
    }
}
