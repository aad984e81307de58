// Database: one SQL text, two engines, one lane.
//
//   SQL, Value, Row, Reader, Writer   what stores are written with; the engines are never named outside this room
//   SQLite/, PostgreSQL/              the differences, one file each
//   Lane                              the one writer of an instance: waiting operations, one transaction, acknowledged after it
//   Operation, Audit                  exactly once, and who did what; both in the transaction of the effect
//   WriteGate                         shut at the first error of the disk: reading goes on, writing does not
//   Migration                         append-only, each in its own transaction
//   Jobs                              deadlines and reminders, kept in the database, the effect once

import Core
import Foundation
import Logging

/// The database as features see it. Reading needs nobody's leave (what may be seen is in the statement, by `Sight`);
/// writing needs a `Permit`, or one of the few reasons of `Unattended`.
package final class Database: Sendable {
    package let engine: any Engine
    package let world: World
    package let gate: WriteGate
    let lane: Lane

    package init(engine: any Engine, world: World, log: Logger) {
        self.engine = engine
        self.world = world
        gate = WriteGate()
        lane = Lane(engine: engine, world: world, gate: gate, log: log)
    }

    /// Reads on one consistent snapshot.
    package func read<Answer: Sendable>(
        _ body: @escaping @Sendable (any Reader) throws -> Answer
    ) async throws -> Answer {
        do { return try await engine.read(body) } catch {
            guard engine.isFailing(error) else { throw error }
            gate.shut(because: "\(error)")
            throw WriteGate.refusal
        }
    }

    /// Carries out one act under a permit: the grant and the subject are read again in the writing transaction, and
    /// the effect, the operation and the audit record are committed together. Answers after the commit.
    ///
    /// The effect may run more than once (a lost race, a failed commit), so it must touch nothing but `tx`.
    ///
    /// - Parameter act: what is done, in the audit trail: `noun.verb`, such as `dossier.submit`.
    /// - Throws: `Refusal` from the effect; `.conflict` when the subject moved or the operation id was used for
    ///   something else; `.forbidden` when the grant no longer holds; `.unavailable` when the outcome is unknown.
    package func write<Subject>(
        _ permit: Permit<Subject>, _ operation: Operation, as act: String,
        _ effect: @escaping @Sendable (Transaction) throws -> Receipt
    ) async throws -> Written {
        let ground = Ground(permit, operation: operation, act: act)
        return try await lane.submit(
            Lane.Work(ground: ground, operation: operation) { tx in
                try ground.stillHolds(in: tx)
                return try effect(tx)
            })
    }

    /// Carries out what no person's permit stands behind: see `Unattended` for the whole list.
    @discardableResult
    package func unattended(
        _ reason: Unattended, _ effect: @escaping @Sendable (Transaction) throws -> Receipt
    ) async throws -> Written {
        try await lane.submit(Lane.Work(ground: Ground(reason), operation: nil, effect: effect))
    }

    /// As `unattended`, for an act that must have its effect once although nobody is signed in: sent again with the
    /// same operation it does nothing and answers the same.
    @discardableResult
    package func unattended(
        _ reason: Unattended, _ operation: Operation, _ effect: @escaping @Sendable (Transaction) throws -> Receipt
    ) async throws -> Written {
        try await lane.submit(Lane.Work(ground: Ground(reason, operation), operation: operation, effect: effect))
    }

    /// As `unattended`, for work whose answer is a value of its own.
    package func unattended<Answer: Sendable>(
        _ reason: Unattended, giving effect: @escaping @Sendable (Transaction) throws -> Answer
    ) async throws -> Answer {
        let box = AnswerBox<Answer>()
        _ = try await lane.submit(
            Lane.Work(ground: Ground(reason), operation: nil) { tx in
                box.value = try effect(tx)
                return Receipt()
            })
        guard let value = box.value else { throw UnfitDatabase("the lane answered without a value") }
        return value
    }

    /// The writing connection itself, outside any transaction: migrations, bulk seeds, checkpoints.
    /// The reasons are listed by a test.
    @discardableResult
    package func maintenance<Answer: Sendable>(
        reason: Maintenance, _ body: @escaping @Sendable (any WritingConnection) throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            engine.onWriter(isPatient: true) { connection in
                continuation.resume(with: Result { try body(connection) })
            }
        }
    }

    /// Ends the engine’s connections; nothing is asked of it afterwards.
    package func close() throws { try engine.close() }
}

/// Written by the lane's thread before the waiting task goes on, and read only after that.
private final class AnswerBox<Answer: Sendable>: @unchecked Sendable {
    var value: Answer?
}

/// Why something is written without a permit: nobody is signed in yet, or nobody is there at all.
package enum Unattended: String, Sendable, CaseIterable {
    /// Signing in and out, sessions, activation: before there is an actor.
    case session
    /// A resident without an account says something; neither address nor device is kept with it.
    case resident
    /// Counting attempts, so that guessing stays slow.
    case throttle
    /// When a session was last used; every few minutes, so it leaves no trace.
    case presence
    /// A job whose hour has come.
    case job
    /// The demonstration and `seed country`, only in a database marked so.
    case seed
    /// `kieumau` on the command line, run by whoever owns the machine.
    case commandLine
}

/// Why somebody uses the writing connection itself.
package enum Maintenance: String, Sendable, CaseIterable {
    case migration
    case seed
    case benchmark
    case verify
    case test
}
