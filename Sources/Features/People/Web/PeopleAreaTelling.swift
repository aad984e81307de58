import Core
import Database
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
        let rows = try call.reader.rows(
            """
            SELECT r.role, p.name FROM role_assignment r JOIN person p ON p.id = r.person_id
            WHERE r.territory_id = \(area) AND \(call.sight.covers("r.territory_id"))
            AND \(PeopleStore.holds("r", on: call.today)) AND r.role IN (\(SQL.list(offices.map(\.rawValue))))
            AND r.stands_for IS NULL AND r.helps IS NULL
            ORDER BY r.role, r.valid_from, r.id LIMIT \(most)
            """)
        return try rows.compactMap { row in
            guard let role = Role(rawValue: try row.text("role")) else { return nil }
            return AreaTelling.Line(call.words("role.\(role.rawValue).name"), try row.text("name"))
        }
    }
}
