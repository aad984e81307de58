import Core
import Database

/// A term that ends by itself: the area is told ninety days before, and on the first day without the title lapses.
/// Constructed for the demonstration: how long before.
package enum RecognitionTitleJobs {
    static let warnKind = "title.warn"
    static let lapseKind = "title.lapse"

    /// How many days before the last one the area is told.
    package static let daysAhead = 90

    /// The effects by kind, for the program's list of jobs.
    package static let effects: [String: JobRunner.Effect] = [
        warnKind: { try warn($0, $1) },
        lapseKind: { try lapse($0, $1) },
    ]

    static func plan(title: ID, until: Day?, _ tx: Transaction) throws {
        guard let until else { return }
        let warned = until.adding(days: -daysAhead).start + .hours(7)
        if warned > tx.now {
            try Job.plan(warnKind, named: "\(warnKind):\(title)", at: warned, payload: "\(title)", tx)
        }
        try Job.plan(lapseKind, named: "\(lapseKind):\(title)", at: until.start, payload: "\(title)", tx)
    }

    private static func open(_ job: Job, _ tx: Transaction) throws -> (id: ID, until: Day)? {
        guard let title = ID(job.payload),
            let row = try tx.first(
                "SELECT valid_until FROM title_grant WHERE id = \(title) AND ended_on IS NULL"),
            let until = try row.optionalDay("valid_until")
        else { return nil }
        return (title, until)
    }

    private static func warn(_ job: Job, _ tx: Transaction) throws {
        guard let title = try open(job, tx) else { return }
        try RecognitionStore.record(
            .warning, of: title.id, on: tx.now.day, Recognition.Deed(person: nil, organisation: nil, at: tx.now), tx)
    }

    /// The day is the term's own, however late the job is carried out.
    private static func lapse(_ job: Job, _ tx: Transaction) throws {
        guard let title = try open(job, tx), title.until <= tx.now.day else { return }
        try RecognitionStore.record(
            .lapse, of: title.id, on: title.until, Recognition.Deed(person: nil, organisation: nil, at: tx.now), tx)
    }
}
