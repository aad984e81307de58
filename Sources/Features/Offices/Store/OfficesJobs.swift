import Core
import Database

/// Reminders of offices' last days, by job: planned when an office is asked, planned anew when its day is moved. A
/// reminder is a row that names whom it was said to; the row and the note that the job is done are one transaction,
/// and there is one row for a grid, a last day and a kind, so nobody is told twice, whatever crashes when.
package enum OfficesJobs {
    static let kind = "office.remind"

    /// The effects by kind, for the program's list of jobs.
    package static let effects: [String: JobRunner.Effect] = [kind: { try remind($0, $1) }]

    private static func name(_ grid: ID, _ due: Day, _ reminder: Offices.Reminder) -> String {
        "\(kind):\(grid):\(due.isoText):\(reminder.rawValue)"
    }

    /// Plans the reminders of a grid's last day that still lie ahead.
    static func plan(grid: ID, due: Day, _ tx: Transaction) throws {
        for reminder in Offices.Reminder.allCases {
            let moment = reminder.moment(due: due)
            guard moment > tx.now else { continue }
            try Job.plan(
                kind, named: name(grid, due, reminder), at: moment,
                payload: "\(grid):\(due.isoText):\(reminder.rawValue)", tx)
        }
    }

    /// Takes the reminders of a day back that is no longer the last one.
    static func cancel(grid: ID, due: Day, _ tx: Transaction) throws {
        for reminder in Offices.Reminder.allCases { try Job.cancel(named: name(grid, due, reminder), tx) }
    }

    private static func remind(_ job: Job, _ tx: Transaction) throws {
        let parts = job.payload.split(separator: ":").map(String.init)
        guard parts.count == 3, let id = ID(parts[0]), let due = Day(iso: parts[1]),
            let reminder = Offices.Reminder(rawValue: parts[2])
        else { return }
        let today = tx.now.day
        guard let row = try tx.first("SELECT id FROM office_grid WHERE id = \(id) AND due_on = \(due)") else { return }
        let grid = try OfficesStore.grid(row.id("id"), unattended: tx)
        guard reminder.isTrue(due: due, on: today),
            let filling = try OfficesStore.fillings(of: [grid], tx)[id], !filling.isFull
        else { return }
        let added = try tx.execute(
            """
            INSERT INTO office_reminder (grid_id, due_on, kind, missing, at)
            VALUES (\(id), \(due), \(reminder.rawValue), \(filling.missing), \(tx.now))
            ON CONFLICT (grid_id, due_on, kind) DO NOTHING
            """)
        guard added == 1 else { return }
        for person in try OfficesStore.holders(of: grid, on: today, tx) {
            try tx.execute(
                """
                INSERT INTO office_reminder_person (grid_id, due_on, kind, person_id)
                VALUES (\(id), \(due), \(reminder.rawValue), \(person))
                """)
        }
        tx.note("office_reminder.\(reminder.rawValue)", to: "\(filling.missing)")
    }
}
