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
    package static func plan(_ kind: String, named name: String, at due: Instant, payload: String, _ tx: Transaction)
        throws
    {
        try tx.execute(
            """
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
    /// What a job does, within the transaction that marks it done; it may run twice.
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

    /// Does one due job. Answers false when none is due, or none that another instance has not in its hands.
    package func runOne() async throws -> Bool {
        let now = database.world.clock.now()
        let due = try await database.read { reader in
            try reader.rows(
                """
                SELECT id FROM job WHERE done_at IS NULL AND due_at <= \(now) AND tries < \(JobRunner.triesLimit)
                ORDER BY due_at, id LIMIT 16
                """
            ).map { try $0.id("id") }
        }
        for id in due where try await carryOut(id) { return true }
        return false
    }

    /// Answers false when another instance was faster.
    private func carryOut(_ id: ID) async throws -> Bool {
        let effects = effects
        do {
            try await database.unattended(.job) { tx in
                guard
                    let row = try tx.first(
                        """
                        SELECT id, kind, payload FROM job WHERE id = \(id) AND done_at IS NULL AND due_at <= \(tx.now)
                        \(SchemaWord.skipLocked)
                        """)
                else { throw TakenByAnother() }
                let job = Job(id: try row.id("id"), kind: try row.text("kind"), payload: try row.text("payload"))
                guard let effect = effects[job.kind] else { throw UnknownJob(kind: job.kind) }
                try effect(job, tx)
                try tx.execute("UPDATE job SET done_at = \(tx.now) WHERE id = \(job.id)")
                tx.note("job", to: job.kind)
                return Receipt(id: job.id)
            }
        } catch is TakenByAnother {
            return false
        } catch let refusal as Refusal where refusal.kind == .unavailable || refusal.kind == .full {
            // That the database is away or full says nothing about the job.
            throw refusal
        } catch {
            log.error("a job failed", metadata: ["job": "\(id)", "error": "\(error)"])
            try await putOff(id, because: "\(error)")
        }
        return true
    }

    /// After 1, 4, 16 and 64 minutes it is tried again; then it is left.
    private func putOff(_ id: ID, because reason: String) async throws {
        try await database.unattended(.throttle) { tx in
            let tries = try tx.one("SELECT tries FROM job WHERE id = \(id)").integer("tries")
            let again = tx.now + .seconds(60 << (2 * min(tries, JobRunner.triesLimit)))
            try tx.execute(
                """
                UPDATE job SET tries = \(tries + 1), failed_with = \(reason), due_at = \(again) WHERE id = \(id)
                """)
            return Receipt()
        }
    }

    /// Looks for due jobs until the task is cancelled.
    package func run(every seconds: Double) async {
        while !Task.isCancelled {
            do {
                while try await runOne() {}
            } catch {
                // A look-up that the end of the program cut short is no fault.
                guard !Task.isCancelled else { return }
                log.warning("jobs could not be looked up", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(seconds))  // cancelled: the loop ends
        }
    }
}

/// Another instance has the job in its hands, or has done it.
private struct TakenByAnother: Error {}

struct UnknownJob: Error {
    let kind: String
}
