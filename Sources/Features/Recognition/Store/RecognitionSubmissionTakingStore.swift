import Core
import Criteria
import Database

/// A sent list on its way: the commune takes it back, or the deciding level receives it.
extension RecognitionStore {
    /// How many dossiers of a list a panel has in hand.
    package static func takenByPanel(ofSubmission id: ID, _ reader: any Reader) throws -> Int {
        try reader.one(
            """
            SELECT count(*) AS many FROM submission_item i JOIN dossier d ON d.id = i.dossier_id
            JOIN appraisal a ON a.dossier_id = d.id AND a.round = d.round WHERE i.submission_id = \(id)
            """
        ).integer("many")
    }

    /// The commune takes its list back: every dossier of it is accepted again and waits for another list.
    ///
    /// - Throws: `.conflict` once it was received or a panel has a dossier of it, `.invalid` without a reason.
    package static func recall(
        _ submission: Recognition.Submission, reason: String, _ deed: Recognition.Deed,
        calendar: Recognition.YearCalendar = .standard, _ tx: Transaction
    ) throws {
        let taken = try takenByPanel(ofSubmission: submission.id, tx)
        if let refusal = Recognition.refusalToRecall(submission.state, taken: taken, reason: reason) { throw refusal }
        try tx.move("submission", submission.id, from: submission.revision)
        try tx.execute(
            """
            UPDATE submission SET state = 'recalled', recalled_by = \(deed.person), recalled_at = \(deed.at),
                recalled_why = \(reason) WHERE id = \(submission.id)
            """)
        for dossier in try items(ofSubmission: submission.id, tx).map(\.dossier) {
            let step = try Recognition.LifeCycle.possible(dossier.state, .recall)
            try move(dossier, .recall, to: step.to, deed, reason: reason, calendar: calendar, tx)
        }
        tx.note("submission.recall", from: submission.number, to: reason)
    }

    /// The deciding level says that it has the list.
    ///
    /// - Throws: `.conflict` when it was received already, or taken back.
    package static func receive(
        _ submission: Recognition.Submission, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        guard submission.state == .sent else { throw Refusal(.conflict, "recognition.submission.refusal.notWaiting") }
        try tx.move("submission", submission.id, from: submission.revision)
        try markReceived("id = \(submission.id)", deed, tx)
        tx.note("submission.receive", to: submission.number)
    }

    /// A panel that takes a dossier has received its list.
    static func receiveLists(of dossiers: [ID], _ deed: Recognition.Deed, _ tx: Transaction) throws {
        try markReceived(
            """
            id IN (SELECT i.submission_id FROM submission_item i WHERE i.dossier_id IN (\(SQL.list(dossiers))))
            """, deed, tx)
    }

    private static func markReceived(_ which: SQL, _ deed: Recognition.Deed, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE submission SET state = 'received', received_by = \(deed.person), received_at = \(deed.at)
            WHERE state = 'sent' AND \(which)
            """)
    }
}
