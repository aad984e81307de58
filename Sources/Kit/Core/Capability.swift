/// Everything the product lets anyone do. This list is the catalogue: a thing that is not in it cannot be permitted.
/// The label of each stands in Web's words under `capability.<rawValue>`.
package enum Capability: String, Sendable, CaseIterable, Codable {
    // Organisation
    case importTerritory
    case undoImport
    // People
    case manageAccounts
    case assignRoles
    // Criteria
    case importCriteria
    case publishCriteria
    // Recognition
    case registerArea
    case fillAssessment
    case submitAssessment
    case checkDossier
    case draftDecision
    case issueDecision
    // Own matters
    case manageOwnSessions

    /// Where a capability reaches.
    package enum Scope: Sendable {
        /// The grant's territory and everything below it.
        case territory
        /// What is one's own, wherever it is.
        case own
    }

    package var scope: Scope {
        switch self {
        case .manageOwnSessions: .own
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
            [.importTerritory, .undoImport, .manageAccounts, .assignRoles, .importCriteria]
        case .steeringOffice: []
        case .standingCommittee: []
        case .provinceFront: [.importCriteria, .publishCriteria, .draftDecision, .issueDecision]
        case .partySecretary: []
        case .communeFrontChair: [.registerArea, .checkDossier, .manageAccounts]
        case .peoplesCommitteeViceChair: []
        case .cultureOfficer: [.checkDossier, .manageAccounts]
        case .massOrganisation: []
        case .panelMember: []
        case .areaHead, .frontWorkCommitteeHead: [.registerArea, .fillAssessment, .submitAssessment]
        case .cellSecretary: []
        case .branchHead: []
        case .helper: []
        case .member: []
        }
    }
}
