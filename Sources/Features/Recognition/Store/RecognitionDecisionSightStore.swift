import Core
import Database

/// From where somebody looks at a decision. A draft is read whole from a seat alone: by whoever drafts or signs at its
/// level over its unit. Looking at the unit from it, or from above it, is not enough.
extension RecognitionStore {
    /// - Parameter seats: those from which this person drafts or signs decisions today.
    package static func standpoints(
        on decision: Recognition.Decision, of sight: Sight, seats: [Recognition.Seat], _ reader: any Reader
    ) throws -> (isDecider: Bool, areas: [ID: Recognition.DecisionStandpoint]) {
        if try !deciding([decision], sight, seats: seats, reader).isEmpty { return (true, [:]) }
        let below = Sight(person: sight.person, roots: try roots(of: sight, below: decision.territory.id, reader))
        var areas: [ID: Recognition.DecisionStandpoint] = [:]
        for row in try reader.rows(
            """
            SELECT t.id, CASE WHEN \(below.covers("t.parent_id")) THEN 1 ELSE 0 END AS above,
                CASE WHEN \(below.covers("t.id")) THEN 1 ELSE 0 END AS own,
                CASE WHEN \(sight.covers("t.id")) THEN 1 ELSE 0 END AS seen
            FROM territory t WHERE t.id IN (SELECT d.territory_id FROM decision_item i JOIN dossier d
                ON d.id = i.dossier_id WHERE i.decision_id = \(decision.id))
                OR t.id IN (SELECT g.territory_id FROM decision_withdrawal w JOIN title_grant g ON g.id = w.title_id
                WHERE w.decision_id = \(decision.id))
            """)
        {
            areas[try row.id("id")] =
                try row.integer("above") > 0
                ? .above : row.integer("own") > 0 ? .area : row.integer("seen") > 0 ? .beside : .elsewhere
        }
        return (false, areas)
    }

    /// Those of some decisions that are of this person's own level; of drafts those they draft or sign.
    package static func deciding(
        _ decisions: [Recognition.Decision], _ sight: Sight, seats: [Recognition.Seat], _ reader: any Reader
    ) throws -> Set<ID> {
        var found = try covered(decisions.filter { !$0.isDraft }, sight, reader)
        for (level, drafts) in Dictionary(grouping: decisions.filter(\.isDraft), by: \.actingLevel) {
            let roots = Set(seats.filter { $0.level == level }.map(\.grant.territory)).sorted()
            found.formUnion(try covered(drafts, Sight(person: sight.person, roots: roots), reader))
        }
        return found
    }

    private static func covered(
        _ decisions: [Recognition.Decision], _ sight: Sight, _ reader: any Reader
    ) throws -> Set<ID> {
        guard !decisions.isEmpty, !sight.roots.isEmpty else { return [] }
        return Set(
            try reader.rows(
                """
                SELECT x.id FROM decision x
                WHERE x.id IN (\(SQL.list(decisions.map(\.id)))) AND \(sight.covers("x.territory_id"))
                """
            ).map { try $0.id("id") })
    }

    /// Where somebody looks from that is neither a unit nor above it.
    private static func roots(of sight: Sight, below unit: ID, _ reader: any Reader) throws -> [ID] {
        let above = Set(
            try reader.rows("SELECT ancestor_id FROM territory_closure WHERE descendant_id = \(unit)")
                .map { try $0.id("ancestor_id") })
        return sight.roots.filter { !above.contains($0) }
    }
}
