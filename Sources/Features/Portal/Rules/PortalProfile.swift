import Core
import Organisation

/// What everybody may read of an area's profile: working groups, the convention in force, models that were alive at
/// the last look, days that are no worship. Never who leads a group; a group of one to four households is told as
/// "dưới 5" (docs/people.md, rule 4), because everybody knows who they are.
package struct PortalProfile: Encodable, Sendable, Equatable {
    /// One self-managing group of the area.
    package struct Group: Encodable, Sendable, Equatable {
        package let name: String
        package let kind: AreaGroupKind
        /// Nil where nobody counted, and for one to four.
        package let households: Int?
        package let isUnderFive: Bool
    }

    /// One model (mô hình) of the area, and since which year.
    package struct Model: Encodable, Sendable, Equatable {
        package let name: String
        package let since: Int?
    }

    package let groups: [Group]
    package let convention: Convention?
    package let models: [Model]
    package let occasions: [Occasion]

    package init(_ book: AreaBook, on today: Day) {
        groups = book.groups.filter { $0.endedOn.map { today < $0 } ?? true }.map { group in
            let isSmall = (1...4).contains(group.households ?? 0)
            return Group(
                name: group.name, kind: group.kind, households: isSmall ? nil : group.households, isUnderFive: isSmall)
        }
        convention = book.conventions.first
        models = book.models.filter { $0.isAlive == true }.map { Model(name: $0.name, since: $0.since) }
        // What is over this year and does not come again is nobody's plan any more.
        occasions = book.occasions.filter { $0.kind.isPublic && ($0.isYearly || $0.until >= today) }
    }

    package var isEmpty: Bool { groups.isEmpty && convention == nil && models.isEmpty && occasions.isEmpty }
}
