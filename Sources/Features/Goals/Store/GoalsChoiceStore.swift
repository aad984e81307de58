import Core
import Database
import Organisation

extension GoalsStore {
    /// The units a person may see, areas and the country excepted, standing ones first, in Vietnamese order.
    ///
    /// - Parameter former: those that ended too, with the day.
    package static func units(
        seenBy sight: Sight, former: Bool, _ reader: any Reader
    ) throws -> [(unit: TerritoryTitle, endedOn: Day?)] {
        guard !sight.roots.isEmpty else { return [] }
        let kinds = (former ? ["former"] : []) + ["province", "district", "commune", "ward", "town"]
        return try reader.rows(
            """
            SELECT t.id, t.kind AS unit_kind, t.designation AS unit_designation, t.name AS unit_name, t.valid_until
            FROM territory t WHERE t.kind NOT IN ('area', 'country') AND t.id IN (
                SELECT c.descendant_id FROM territory_closure c
                WHERE c.ancestor_id IN (\(SQL.list(sight.roots))) AND c.descendant_kind IN (\(SQL.list(kinds))))
            ORDER BY CASE WHEN t.valid_until IS NULL THEN 0 ELSE 1 END, t.sort_key, t.id LIMIT 800
            """
        ).map { (try title($0, "id", "unit"), try $0.optionalDay("valid_until")) }
    }

    /// The bodies that can answer for a goal: committees and boards of Party, state and Front on units a person may
    /// see, and on the units above them.
    package static func owners(
        seenBy sight: Sight, on day: Day, _ reader: any Reader
    ) throws -> [(id: ID, name: String)] {
        guard !sight.roots.isEmpty else { return [] }
        let kinds: [OrganisationKind] = [
            .partyCommittee, .standingCommittee, .peoplesCommittee, .frontCommittee, .frontStandingBoard,
            .massMobilisationCommission, .partyOffice,
        ]
        return try reader.rows(
            """
            SELECT o.id, o.name FROM organisation o JOIN territory t ON t.id = o.territory_id
            WHERE o.kind IN (\(SQL.list(kinds.map(\.rawValue)))) AND o.valid_from <= \(day)
                AND (o.valid_until IS NULL OR o.valid_until > \(day)) AND o.territory_id IN (
                    SELECT c.descendant_id FROM territory_closure c WHERE c.ancestor_id IN (\(SQL.list(sight.roots)))
                        AND c.descendant_kind IN ('province', 'district', 'commune', 'ward', 'town'))
            ORDER BY t.sort_key, o.sort_key, o.id LIMIT 800
            """
        ).map { (try $0.id("id"), try $0.text("name")) }
    }
}
