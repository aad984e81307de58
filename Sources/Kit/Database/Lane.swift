import Core
import Logging
import Synchronization

/// The writing lane of this instance. Whatever waits is carried out in one transaction, a savepoint each; a refused
/// operation goes back to its savepoint and spoils nothing for the others; each is acknowledged after the commit.
/// When a race with another lane is lost, the batch is run again with the other lanes waiting for it.
final class Lane: Sendable {
    struct Work: Sendable {
        let ground: Ground
        let operation: Operation?
        let effect: @Sendable (Transaction) throws -> Receipt
    }

    private struct Waiting: Sendable {
        let work: Work
        let answer: CheckedContinuation<Written, any Error>
    }

    private struct Line {
        var waiting: [Waiting] = []
        var isRunning = false
    }

    /// How many operations share one transaction at the most.
    static let batchLimit = 256
    /// How often a batch may lose a race before its clients are told. From the second time on no other lane writes
    /// meanwhile, so one more is enough but for a lane that was taken over in between.
    static let tries = 4

    private let engine: any Engine
    private let world: World
    private let gate: WriteGate
    private let log: Logger
    private let line = Mutex(Line())
    private let head = Mutex<Head?>(nil)
    /// Tells this process's hold on its lane from any other's.
    private let holder: ID

    init(engine: any Engine, world: World, gate: WriteGate, log: Logger) {
        self.engine = engine
        self.world = world
        self.gate = gate
        self.log = log
        holder = world.ids.next()
    }

    /// How many wait for their transaction.
    var waiting: Int { line.withLock { $0.waiting.count } }

    func submit(_ work: Work) async throws -> Written {
        try await withCheckedThrowingContinuation { answer in
            let mustStart = line.withLock { line in
                line.waiting.append(Waiting(work: work, answer: answer))
                defer { line.isRunning = true }
                return !line.isRunning
            }
            if mustStart { engine.onWriter { [self] in drain($0) } }
        }
    }

    /// One transaction a turn: others want the connection too, and a turn has a time limit.
    private func drain(_ connection: any WritingConnection) {
        let batch = line.withLock { line -> [Waiting] in
            let batch = Array(line.waiting.prefix(Lane.batchLimit))
            line.waiting.removeFirst(batch.count)
            return batch
        }
        let results = carryOut(batch.map(\.work), on: connection)
        for (waiting, result) in zip(batch, results) { waiting.answer.resume(with: result) }
        let goesOn = line.withLock { line in
            line.isRunning = !line.waiting.isEmpty
            return line.isRunning
        }
        if goesOn { engine.onWriter { [self] in drain($0) } }
    }

    private typealias Results = [Result<Written, any Error>]

    private func carryOut(_ works: [Work], on connection: any WritingConnection) -> Results {
        // Nothing is tried on a disk that has failed, not even what stood in line already.
        guard !gate.isShut else { return works.map { _ in .failure(WriteGate.refusal) } }
        var attempt = 1
        while true {
            do { return try oneTransaction(works, on: connection, alone: attempt > 1) } catch {
                head.withLock { $0 = nil }
                connection.abandon()
                if engine.isFailing(error) {
                    gate.shut(because: "\(error)")
                    return works.map { _ in .failure(WriteGate.refusal) }
                }
                let isLost = isLostRace(error, connection)
                if isLost, attempt < Lane.tries {
                    attempt += 1
                    continue
                }
                if isLost || error is OutcomeUnknown || works.count == 1 { return failed(works, error, connection) }
                return works.flatMap { carryOut([$0], on: connection) }
            }
        }
    }

    private func isLostRace(_ error: any Error, _ connection: any WritingConnection) -> Bool {
        error is Overtaken || connection.mayRetry(after: error)
    }

    private func failed(_ works: [Work], _ error: any Error, _ connection: any WritingConnection) -> Results {
        var said = error
        if let refusal = connection.refusal(for: error) { said = refusal }
        if isLostRace(error, connection) { said = Ground.moved }
        if error is OutcomeUnknown { said = Refusal(.unavailable, "web.refusal.outcomeUnknown") }
        if !(error is Refusal) { log.error("a batch could not be written", metadata: ["error": "\(error)"]) }
        return works.map { _ in .failure(said) }
    }

    private func oneTransaction(
        _ works: [Work], on connection: any WritingConnection, alone: Bool
    ) throws -> Results {
        try connection.begin(alone: alone)
        let now = world.clock.now()
        var head = try currentHead(connection, now)
        let earlier = try OperationOutcome.find(works.compactMap { $0.operation?.id }, connection)
        var journal = Journal()
        var results: Results = []
        // One savepoint serves all in turn: after a success it is moved on, after a refusal gone back to.
        try connection.setSavepoint()
        for work in works {
            if let operation = work.operation,
                let known = earlier[operation.id] ?? journal.outcome(of: operation.id)
            {
                results.append(known.answer(to: operation, by: work.ground.actor))
                continue
            }
            let tx = Transaction(connection: connection, now: world.clock.now(), ids: world.ids)
            do {
                let receipt = try work.effect(tx)
                try connection.catchUp()
                try connection.moveSavepoint()
                if let operation = work.operation {
                    journal.add(
                        OperationOutcome(operation: operation, actor: work.ground.actor, at: tx.now, receipt: receipt))
                }
                if work.ground.isAudited { journal.add(head.append(work.ground, tx)) }
                results.append(.success(Written(receipt: receipt, repeated: false)))
            } catch {
                // A lost race concerns the whole batch; whatever else went wrong is this operation's own.
                // So does a failing disk.
                if connection.mayRetry(after: error) || engine.isFailing(error) { throw error }
                // A full disk may end SQLite's whole transaction, a cut line PostgreSQL's: then there is no savepoint
                // to go back to, and the batch falls for the first reason, not for that.
                guard (try? connection.goBack()) != nil else { throw error }
                results.append(.failure(connection.refusal(for: error) ?? error))
            }
        }
        // The hold first: records of a lane that was taken over would meet those of its new holder.
        try head.keep(connection, now)
        try journal.write(connection)
        try connection.commit()
        self.head.withLock { $0 = head }
        return results
    }

    private func currentHead(_ connection: any WritingConnection, _ now: Instant) throws -> Head {
        if let head = head.withLock({ $0 }) { return head }
        return try Head.claim(holder: holder, isAlone: engine.kind == .sqlite, now: now, connection)
    }
}

/// Another program was faster: nothing of this transaction may stand, and it is run again.
enum Overtaken: Error {
    /// Took the lane, because it seemed forsaken.
    case lane(Int64)
    /// Carried out one of the operations.
    case operation
}
