import Core

/// Which home a person gets: the order of things on `/`, decided by their roles and by nothing else. Duties stand on
/// every one of them; a person with several offices has all their duties on one page, and the figures of the widest
/// office among those that carry work.
package enum HomeSkeleton: String, CaseIterable, Sendable, Codable {
    /// An area's own people: duties, what is new, our area this year.
    case area
    /// Officers of a commune: duties, who is late, the areas in figures and as a table.
    case commune
    /// The steering office and the province's Front: the same by communes.
    case province
    /// The Standing Committee: one screen of a phone.
    case standingCommittee
    /// Offices that nothing waits for: what is new, and the way to the lists.
    case calm

    /// From the roles that hold today. Without any: calm.
    package static func of(_ roles: [Role]) -> HomeSkeleton {
        let wanted = Set(roles.map(of))
        return precedence.first { wanted.contains($0) } ?? .calm
    }

    /// The page an office has by itself.
    package static func of(_ role: Role) -> HomeSkeleton {
        switch role {
        case .steeringOffice, .provinceFront: .province
        case .standingCommittee: .standingCommittee
        case .partySecretary, .communeFrontChair, .peoplesCommitteeViceChair, .cultureOfficer, .massOrganisation:
            .commune
        case .areaHead, .frontWorkCommitteeHead, .cellSecretary, .branchHead, .helper: .area
        // That somebody is a Party member is told by no page (people.md rule 14): the page of a person without office.
        case .administrator, .officeClerk, .panelMember, .member: .calm
        }
    }

    /// Whoever follows a province day by day needs its table before the one screen of those who decide.
    private static let precedence: [HomeSkeleton] = [.province, .standingCommittee, .commune, .area, .calm]

    /// The role in whose name the page greets: of those that give this page the first in the catalogue.
    package static func office(of roles: [Role]) -> Role? {
        let page = of(roles)
        return Role.allCases.first { roles.contains($0) && of($0) == page }
    }
}
