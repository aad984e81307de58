import Core
import Database

extension Recognition {
    /// A stop that a panel planned.
    package struct PlannedVisit: Sendable {
        package let dossier: ID
        package let panel: ID
        package let day: Day
        /// Minutes after midnight.
        package let start: Int
        package let isAnnounced: Bool
        /// A field check was recorded for that day.
        package let hasHappened: Bool
    }
}

/// Routes of field checks. An unannounced stop is for the panel's eyes alone until the visit is recorded.
extension RecognitionStore {
    private static let planSelect: SQL = """
        SELECT v.dossier_id, v.panel_id, v.day, v.starts, v.announced,
            CASE WHEN EXISTS (SELECT 1 FROM visit w JOIN appraisal a ON a.id = w.appraisal_id
                WHERE a.dossier_id = v.dossier_id AND a.panel_id = v.panel_id AND w.day = v.day)
            THEN 1 ELSE 0 END AS happened
        FROM visit_plan v
        """

    private static func planned(_ row: Row) throws -> Recognition.PlannedVisit {
        Recognition.PlannedVisit(
            dossier: try row.id("dossier_id"), panel: try row.id("panel_id"), day: try row.day("day"),
            start: try row.integer("starts"), isAnnounced: try row.flag("announced"),
            hasHappened: try row.integer("happened") == 1)
    }

    /// A panel's stops, by day and time. For the panel and for whoever forms it.
    package static func plannedVisits(
        by panel: ID, _ reader: any Reader
    ) throws -> [Recognition.PlannedVisit] {
        try reader.rows(
            """
            \(planSelect) WHERE v.panel_id = \(panel) AND v.replaced_at IS NULL ORDER BY v.day, v.starts, v.id
            """
        ).map(planned)
    }

    /// All stops at an area. Not for the area: it reads `announcedVisit`.
    static func plannedVisits(of dossier: ID, _ reader: any Reader) throws -> [Recognition.PlannedVisit] {
        try reader.rows(
            """
            \(planSelect) WHERE v.dossier_id = \(dossier) AND v.replaced_at IS NULL ORDER BY v.day, v.starts, v.id
            """
        ).map(planned)
    }

    /// The next visit that an area was told of; nil when there is none, or none it may know of.
    package static func announcedVisit(
        of dossier: ID, from day: Day, _ reader: any Reader
    ) throws -> Recognition.PlannedVisit? {
        try plannedVisits(of: dossier, reader).first { $0.isAnnounced && !$0.hasHappened && $0.day >= day }
    }

    /// Keeps a route for a day in the place of the one before.
    ///
    /// - Throws: everything the rule has against it; `.conflict` for a dossier that this panel has not in hand.
    package static func planRoute(
        _ route: Recognition.VisitRoute, of panel: Recognition.Panel, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        if let refusal = route.refusal(on: deed.at.day) { throw refusal }
        let open = Set(try taken(by: panel.id, tx).filter { $0.appraisal.endedAt == nil }.map(\.dossier.id))
        guard route.stops.allSatisfy({ open.contains($0.dossier) }) else {
            throw Refusal(.conflict, "recognition.panel.refusal.ended")
        }
        try tx.move("panel", panel.id, from: panel.revision)
        try tx.execute(
            """
            UPDATE visit_plan SET replaced_at = \(deed.at)
            WHERE panel_id = \(panel.id) AND day = \(route.day) AND replaced_at IS NULL
            """)
        for stop in route.stops {
            try tx.execute(
                """
                INSERT INTO visit_plan (id, panel_id, dossier_id, day, starts, announced, planned_by, at)
                VALUES (\(tx.ids.next()), \(panel.id), \(stop.dossier), \(route.day), \(stop.start),
                    \(stop.isAnnounced), \(deed.person), \(deed.at))
                """)
        }
        // Times and places stay out of the audit record: it is read by those who are not to know.
        tx.note("panel.route", to: "\(route.stops.count)")
    }

    /// Of visits that were made by a panel, how many came unannounced.
    package static func unannounced(
        by panel: ID, _ reader: any Reader
    ) throws -> (count: Int, all: Int) {
        let rows = try reader.rows(
            """
            SELECT v.announced FROM visit v JOIN appraisal a ON a.id = v.appraisal_id WHERE a.panel_id = \(panel)
            """)
        return (try rows.count { try !$0.flag("announced") }, rows.count)
    }

    /// The days of today and tomorrow on which a member's panels mean to go, with how many stops.
    static func comingVisits(
        for person: ID, from day: Day, _ reader: any Reader
    ) throws -> [(panel: ID, day: Day, count: Int)] {
        try reader.rows(
            """
            SELECT v.panel_id, v.day, count(*) AS many FROM panel_member m
            JOIN visit_plan v ON v.panel_id = m.panel_id AND v.replaced_at IS NULL
                AND v.day BETWEEN \(day) AND \(day.adding(days: 1))
            WHERE m.person_id = \(person) AND m.left_at IS NULL
            GROUP BY v.panel_id, v.day ORDER BY v.day, v.panel_id
            """
        ).map { (try $0.id("panel_id"), try $0.day("day"), try $0.integer("many")) }
    }
}
