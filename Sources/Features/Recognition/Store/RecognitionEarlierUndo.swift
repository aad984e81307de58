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
        try refuseWhatRestsOn(came, batch, doneAt, references, tx)
        let decisions = try tx.rows(
            "SELECT DISTINCT g.decision_id FROM title_grant g WHERE g.id IN \(came)"
        ).map { try $0.id("decision_id") }
        let titles = try tx.rows("SELECT g.id FROM title_grant g WHERE g.id IN \(came)").map { try $0.id("id") }
        for title in titles {
            for kind in [RecognitionTitleJobs.warnKind, RecognitionTitleJobs.lapseKind] {
                try Job.cancel(named: "\(kind):\(title)", tx)
            }
        }
        // What they ended holds again.
        let ended: SQL =
            "SELECT e.title_id FROM title_event e WHERE e.other_id IN \(came) AND e.title_id NOT IN \(came)"
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
        _ came: SQL, _ batch: RecognitionEarlier.Batch, _ doneAt: Instant, _ references: [RecognitionTitleReference],
        _ tx: Transaction
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
        // An area that registered since may have been let in by the title.
        try refuse(
            "recognition.earlier.reference.dossiers",
            """
            SELECT count(*) AS n FROM dossier d WHERE d.registered_at >= \(doneAt) AND d.state <> 'withdrawn'
                AND d.territory_id IN (SELECT i.territory_id FROM title_import_row i WHERE i.batch_id = \(batch.id))
            """)
        if let refusal = Refusal.of(refusals) { throw refusal }
    }
}
