import Core
import Database
import Recognition

/// A title is judged in one re-check at a time: what a round leaves to the one before.
extension RechecksStore {
    /// Looked at and not concluded, for a re-check whose title holds; `Rechecks.State.underWay` as it is written.
    static func isUnderWay(_ recheck: SQL) -> SQL {
        let written = Rechecks.State.underWay.filter { Rechecks.State.written.contains($0) }.map(\.rawValue)
        return "\(recheck).state IN (\(SQL.list(written)))"
    }

    /// Re-checks of earlier rounds below a unit that are still under way, in official order: their titles do not stand
    /// in the round of this year.
    package static func underWay(
        before year: Int, under territory: ID, seenBy sight: Sight, on day: Day, limit: Int = 60, _ reader: any Reader
    ) throws -> [Rechecks.Recheck] {
        try rechecks(
            where: """
                r.territory_id IN (SELECT u.descendant_id FROM territory_closure u WHERE u.ancestor_id = \(territory))
                AND \(isUnderWay("r")) AND o.year < \(year) AND \(sight.covers("r.territory_id"))
                AND (g.valid_until IS NULL OR g.valid_until > \(day)) AND (g.ended_on IS NULL OR g.ended_on > \(day))
                """, on: day, limit: limit, reader)
    }

    /// Why a re-check cannot be concluded yet: another one of the same title is under way, and what follows from that
    /// one is decided there.
    package static func refusalToConclude(
        beside recheck: Rechecks.Recheck, _ reader: any Reader
    ) throws -> Refusal? {
        try reader.first(
            """
            SELECT o.year FROM recheck r JOIN recheck_round o ON o.id = r.round_id
            WHERE r.title_id = \(recheck.title) AND r.id <> \(recheck.id) AND \(isUnderWay("r")) ORDER BY o.year, r.id LIMIT 1
            """
        ).map { Refusal(.conflict, "rechecks.refusal.underWayElsewhere", ["year": "\(try $0.integer("year"))"]) }
    }

    /// Notes on the re-checks of titles that a draft took back what became of it: thrown away, and they are heard again,
    /// or signed, and the titles are taken back.
    package static func noted(
        _ action: Rechecks.Action, _ titles: [ID], _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        guard !titles.isEmpty, let step = Rechecks.LifeCycle.step(.withdrawing, action) else { return }
        for row in try tx.rows(
            """
            SELECT r.id, r.revision FROM recheck r WHERE r.title_id IN (\(SQL.list(titles))) AND r.state = 'heard'
            ORDER BY r.id
            """)
        {
            let id = try row.id("id")
            // Whoever acts on the re-check at this moment looks again.
            try tx.move("recheck", id, from: row.integer("revision"))
            try note(action, on: id, to: step.to, deed, reason: nil, tx)
        }
    }
}
