import Core
import Database

/// Reminders of deadlines: five days before a step is due, and the morning after it was missed. They name the body
/// that has the step, never a person, and become part of the dossier's story.
package enum RecognitionJobs {
    static let remindKind = "dossier.remind"
    static let overdueKind = "dossier.overdue"
    /// What a reminder is called in the story.
    static let remind = "remind"

    /// How many days before the last day the reminder comes.
    package static let daysAhead = 5

    /// The effects by kind, for the program's list of jobs.
    package static let effects: [String: JobRunner.Effect] = [
        remindKind: { try say(remind, $0, $1) },
        overdueKind: { try say("overdue", $0, $1) },
    ]

    /// Plans both reminders of a step. They carry the dossier's revision: once the dossier has moved on they have
    /// nothing to say.
    static func plan(dossier: ID, revision: Int, due: Day?, _ tx: Transaction) throws {
        guard let due else { return }
        let payload = "\(dossier):\(revision)"
        // Seven in the morning, when people look at their phones.
        let remind = due.adding(days: -daysAhead).start + .hours(7)
        if remind > tx.now {
            try Job.plan(remindKind, named: "\(remindKind):\(payload)", at: remind, payload: payload, tx)
        }
        let overdue = due.adding(days: 1).start + .hours(7)
        if overdue > tx.now {
            try Job.plan(overdueKind, named: "\(overdueKind):\(payload)", at: overdue, payload: payload, tx)
        }
    }

    private static func say(_ what: String, _ job: Job, _ tx: Transaction) throws {
        let parts = job.payload.split(separator: ":")
        guard parts.count == 2, let dossier = ID(parts[0]), let revision = Int(parts[1]) else { return }
        guard
            let row = try tx.first(
                """
                SELECT state, round FROM dossier WHERE id = \(dossier) AND revision = \(revision)
                """)
        else { return }
        let state = try row.text("state")
        try tx.execute(
            """
            INSERT INTO dossier_event (dossier_id, id, action, state_from, state_to, round, actor_id, organisation_id,
                at, reason)
            VALUES (\(dossier), \(tx.ids.next()), \(what), \(state), \(state), \(try row.integer("round")), NULL, NULL,
                \(tx.now), NULL)
            """)
    }
}
