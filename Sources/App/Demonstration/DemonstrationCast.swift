import Core

/// cast.yaml.
struct DemonstrationCast: Decodable, Sendable {
    let cast: [DemonstrationPerson]
}

/// One invented person.
package struct DemonstrationPerson: Decodable, Sendable {
    struct Office: Decodable, Sendable {
        let role: CastRole
        let organisation: String
        /// Nil: where the organisation stands.
        let territory: String?
        let from: Day
        /// The first day without.
        let until: Day?
    }

    package let key: String
    package let name: String
    let born: Int?
    /// Nil: no account.
    package let signIn: String?
    let roles: [Office]
    /// The key of the head for whom this person types.
    let helps: String?

    private enum CodingKeys: String, CodingKey {
        case key, name, born, roles, helps
        case signIn = "sign_in"
    }

    /// The offices of the cast in the file's words.
    enum CastRole: String, Decodable, Sendable, CaseIterable {
        case administrator
        case standingCommittee = "standing_committee"
        case steeringOffice = "steering_office"
        case frontProvince = "front_province"
        case partySecretary = "party_secretary"
        case frontChair = "front_chair"
        case cultureOfficer = "culture_officer"
        case peoplesCommitteeViceChair = "peoples_committee_vice_chair"
        case massOrganisationHead = "mass_organisation_head"
        case frontWorkCommitteeHead = "front_work_committee_head"
        case areaHead = "area_head"
        case womensBranchHead = "womens_branch_head"
        case cellSecretary = "cell_secretary"
        case helper
        case member
        case panelMember = "panel_member"
        case officeClerk = "office_clerk"

        var role: Role {
            switch self {
            case .administrator: .administrator
            case .standingCommittee: .standingCommittee
            case .steeringOffice: .steeringOffice
            case .frontProvince: .provinceFront
            case .partySecretary: .partySecretary
            case .frontChair: .communeFrontChair
            case .cultureOfficer: .cultureOfficer
            case .peoplesCommitteeViceChair: .peoplesCommitteeViceChair
            case .massOrganisationHead: .massOrganisation
            case .frontWorkCommitteeHead: .frontWorkCommitteeHead
            case .areaHead: .areaHead
            case .womensBranchHead: .branchHead
            case .cellSecretary: .cellSecretary
            case .helper: .helper
            case .member: .member
            case .panelMember: .panelMember
            case .officeClerk: .officeClerk
            }
        }
    }
}
