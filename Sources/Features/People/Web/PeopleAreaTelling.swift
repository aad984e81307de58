import Core
import Organisation
import Web

/// On an area's page: who holds which office there today. An office is public within the units that see the area;
/// nothing else about the person is told.
package enum PeopleAreaTelling {
    /// Offices that are public in their area. A member's own account is none: that somebody is a member is nobody's to see.
    static let offices: [Role] = [.areaHead, .frontWorkCommitteeHead, .cellSecretary, .branchHead]

    /// More offices than an area has; of a fault in an import no page grows without end.
    static let most = 20

    package static let telling = AreaTelling { area, call in
        try PeopleRoleStore.holders(
            of: offices, in: area, seenBy: call.sight, on: call.today, most: most, call.reader
        ).map { AreaTelling.Line(call.words("role.\($0.role.rawValue).name"), $0.name) }
    }
}
