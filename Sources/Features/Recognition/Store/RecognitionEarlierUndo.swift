import Core
import Database
import Organisation

/// A column of another feature's table that points to titles: while rows stand there, an import that brought them in
/// cannot be taken back.
package struct RecognitionTitleReference: Sendable {
    /// Words' key of what stands in the way, with `{count}`.
    let label: String
    let table: StaticString
    let column: StaticString

    package init(_ label: String, table: StaticString, column: StaticString) {
        self.label = label
        self.table = table
        self.column = column
    }
}

extension RecognitionEarlierStore {
    /// Takes an import back. Refused, naming what stands in the way, once something rests on a title of it.
    ///
    /// - Parameter references: columns of other features that point to titles.
    static func undo(
        _ batch: RecognitionEarlier.Batch, _ references: [RecognitionTitleReference], _ tx: Transaction
    ) throws {
        guard batch.state == .done, let doneAt = batch.doneAt else {
            throw Refusal(.conflict, "organisation.import.refusal.notDone")
        }
        let came: SQL = "(SELECT i.title_id FROM title_import_row i WHERE i.batch_id = \(batch.id))"
        // What they ended holds again.
        let ended: SQL =
            "SELECT e.title_id FROM title_event e WHERE e.other_id IN \(came) AND e.title_id NOT IN \(came)"
        try refuseWhatRestsOn(came, ended, batch, doneAt, references, tx)
        let decisions = try tx.rows(
            "SELECT DISTINCT g.decision_id FROM title_grant g WHERE g.id IN \(came)"
        ).map { try $0.id("decision_id") }
        let titles = try tx.rows("SELECT g.id FROM title_grant g WHERE g.id IN \(came)").map { try $0.id("id") }
        for title in titles {
            for kind in [RecognitionTitleJobs.warnKind, RecognitionTitleJobs.lapseKind] {
                try Job.cancel(named: "\(kind):\(title)", tx)
            }
        }
        try tx.execute("UPDATE title_grant SET ended_on = NULL, ended_why = NULL WHERE id IN (\(ended))")
        for decision in decisions { try RecognitionSearch.leave(decision: decision, tx) }
        try tx.execute("DELETE FROM title_event WHERE title_id IN \(came) OR other_id IN \(came)")
        try tx.execute("DELETE FROM title_grant WHERE id IN \(came)")
        for decision in decisions {
            let isEmpty = try tx.first("SELECT id FROM title_grant WHERE decision_id = \(decision) LIMIT 1") == nil
            if isEmpty {
                try tx.execute("DELETE FROM decision WHERE id = \(decision) AND origin = 'register'")
            } else {
                try RecognitionSearch.enter(decision: decision, tx)
            }
        }
        try tx.execute("UPDATE title_import SET state = 'undone', undone_at = \(tx.now) WHERE id = \(batch.id)")
    }

    private static func refuseWhatRestsOn(
        _ came: SQL, _ ended: SQL, _ batch: RecognitionEarlier.Batch, _ doneAt: Instant,
        _ references: [RecognitionTitleReference], _ tx: Transaction
    ) throws {
        var refusals: [Refusal] = []
        func refuse(_ key: String, _ sql: SQL) throws {
            let count = try tx.one(sql).integer("n")
            if count > 0 { refusals.append(Refusal(.conflict, key, ["count": "\(count)"])) }
        }
        for reference in references {
            try refuse(
                reference.label,
                """
                SELECT count(*) AS n FROM \(SQL(name: reference.table)) x WHERE x.\(SQL(name: reference.column)) IN \(came)
                """)
        }
        try refuse(
            "recognition.earlier.reference.certificates",
            "SELECT count(*) AS n FROM certificate WHERE title_id IN \(came)")
        try refuse(
            "recognition.earlier.reference.withdrawals",
            "SELECT count(*) AS n FROM decision_withdrawal WHERE title_id IN \(came)")
        // What the calendar does by itself goes with the title.
        try refuse(
            "recognition.earlier.reference.events",
            """
            SELECT count(*) AS n FROM title_event e WHERE (e.title_id IN \(came) OR e.other_id IN \(came))
                AND e.at <> \(doneAt) AND e.act NOT IN ('lapse', 'warning')
            """)
        // What would hold again may have been followed since by one of its kind.
        try refuse(
            "recognition.earlier.reference.overlaps",
            """
            SELECT count(DISTINCT r.id) AS n FROM title_grant r JOIN decision y ON y.id = r.decision_id
            JOIN title_grant g ON g.territory_id = r.territory_id AND g.title = r.title AND g.level = r.level
            JOIN decision x ON x.id = g.decision_id AND x.organisation_id = y.organisation_id
            WHERE r.id IN (\(ended)) AND g.id <> r.id AND g.id NOT IN \(came)
                AND (r.valid_until IS NULL OR g.valid_from < r.valid_until)
                AND (g.valid_until IS NULL OR g.valid_until > r.valid_from)
                AND (g.ended_on IS NULL OR g.ended_on > r.valid_from)
            """)
        // An area that registered since, or took a withdrawn dossier up again, may have been let in by the title.
        try refuse(
            "recognition.earlier.reference.dossiers",
            """
            SELECT count(*) AS n FROM dossier d WHERE d.state <> 'withdrawn'
                AND (d.registered_at >= \(doneAt) OR EXISTS (SELECT 1 FROM dossier_event e
                    WHERE e.dossier_id = d.id AND e.action = 'register' AND e.at >= \(doneAt)))
                AND d.territory_id IN (SELECT i.territory_id FROM title_import_row i WHERE i.batch_id = \(batch.id))
            """)
        if let refusal = Refusal.of(refusals) { throw refusal }
    }
}
