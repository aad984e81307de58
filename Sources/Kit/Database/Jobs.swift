import Core
import Foundation
import Logging

/// Something to be done at an hour: a deadline, a reminder. It is kept in the database, so it survives a crash, and
/// its effect is committed together with the note that it is done, so it happens once.
package struct Job: Sendable {
    package let id: ID
    package let kind: String
    package let payload: String

    /// Puts a job in line within a transaction. A name can stand once: a second one with it is passed over, which
    /// lets a retried effect or a daily routine ask again without doubling.
    ///
    /// - Parameter name: such as `dossier.deadline:<id>:<revision>`.
    package static func plan(_ kind: String, named name: String, at due: Instant, payload: String, _ tx: Transaction) throws {
        try tx.execute("""
            INSERT INTO job (id, kind, name, due_at, payload, tries)
            VALUES (\(tx.ids.next()), \(kind), \(name), \(due), \(payload), 0) ON CONFLICT (name) DO NOTHING
            """)
    }

    /// Takes a planned job back, for instance when the deadline was met.
    package static func cancel(named name: String, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM job WHERE name = \(name) AND done_at IS NULL")
    }
}

/// Carries out jobs whose hour has come.
package struct JobRunner: Sendable {
    package typealias Effect = @Sendable (Job, Transaction) throws -> Void

    /// After so many failed tries a job is left with its reason, for an operator to see.
    package static let triesLimit = 5

    private let database: Database
    private let effects: [String: Effect]
    private let log: Logger

    package init(_ database: Database, effects: [String: Effect], log: Logger) {
        self.database = database
        self.effects = effects
        self.log = log
    }

    /// Does one due job. Answers false when none is due.
    package func runOne() async throws -> Bool {
        let now = database.world.clock.now()
        let effects = effects
        let due = try await database.read { reader in
            try reader.first("""
                SELECT id FROM job WHERE done_at IS NULL AND due_at <= \(now) AND tries < \(JobRunner.triesLimit)
                ORDER BY due_at, id LIMIT 1
                """)?.id("id")
        }
        guard let due else { return false }
        do {
            try await database.unattended(.job) { tx in
                // Another instance may have taken it between looking and locking; then there is nothing left to do.
                guard let row = try tx.first("""
                    SELECT id, kind, payload FROM job WHERE id = \(due) AND done_at IS NULL \(SchemaWord.skipLocked)
                    """)
                else { return Receipt() }
                let job = Job(id: try row.id("id"), kind: try row.text("kind"), payload: try row.text("payload"))
                guard let effect = effects[job.kind] else { throw UnknownJob(kind: job.kind) }
                try effect(job, tx)
                try tx.execute("UPDATE job SET done_at = \(tx.now) WHERE id = \(job.id)")
                tx.note("job", to: job.kind)
                return Receipt(id: job.id)
            }
        } catch {
            log.error("a job failed", metadata: ["job": "\(due)", "error": "\(error)"])
            let reason = "\(error)"
            _ = try await database.unattended(.throttle) { tx in
                try tx.execute("UPDATE job SET tries = tries + 1, failed_with = \(reason) WHERE id = \(due)")
                return Receipt()
            }
        }
        return true
    }

    /// Looks for due jobs until the task is cancelled.
    package func run(every seconds: Double) async {
        while !Task.isCancelled {
            do {
                while try await runOne() {}
            } catch {
                log.warning("jobs could not be looked up", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(seconds))  // cancelled: the loop ends
        }
    }
}

struct UnknownJob: Error {
    let kind: String
}
