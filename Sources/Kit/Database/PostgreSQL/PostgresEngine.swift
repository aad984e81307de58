import Core
import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// PostgreSQL through libpq: blocking calls on a few threads of their own, one of which writes.
/// Measured against a socket source, threads were not slower, and they are far easier to reason about.
package final class PostgresEngine: Engine {
    package let kind = EngineKind.postgres
    private let readers: ConnectionThreads
    private let writer: ConnectionThreads

    /// - Parameters:
    ///   - conninfo: as libpq reads it; several hosts with `target_session_attrs=read-write` follow the leader.
    ///   - schema: a schema of its own, for tests.
    package convenience init(_ conninfo: String, schema: String? = nil, readers: Int = 6) throws {
        try self.init(conninfo, schema: schema, readers: readers, deadline: .shared)
    }

    init(_ conninfo: String, schema: String?, readers: Int = 6, deadline: Deadline) throws {
        let connect: @Sendable () throws -> PostgresConnection = {
            try PostgresConnection(conninfo, schema: schema, deadline: deadline)
        }
        // The first connection is made here, so that a wrong address or an unfit server is said at the start.
        _ = try connect()
        self.readers = ConnectionThreads(count: readers, deadline: deadline, connect: connect)
        self.writer = ConnectionThreads(count: 1, deadline: deadline, connect: connect)
    }

    package func read<Answer: Sendable>(
        _ body: @escaping @Sendable (any Reader) throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            readers.put { connection in
                guard let connection else {
                    continuation.resume(throwing: Refusal(.unavailable, "web.refusal.databaseAway"))
                    return
                }
                continuation.resume(
                    with: Result {
                        do {
                            connection.openSnapshot()
                            defer { connection.endSnapshot() }
                            return try body(connection)
                        } catch {
                            throw connection.refusal(for: error) ?? error
                        }
                    })
            }
        }
    }

    package func onWriter(isPatient: Bool, _ body: @escaping @Sendable (any WritingConnection) -> Void) {
        writer.put(isPatient: isPatient) { connection in body(connection ?? AbsentConnection()) }
    }

    /// io_error, data_corrupted, index_corrupted.
    package func isFailing(_ error: any Error) -> Bool {
        guard let fault = error as? PostgresFault else { return false }
        return ["58030", "XX001", "XX002"].contains(fault.state)
    }

    /// Every page of every table passes under the server's eyes; one that cannot be read is told with its table.
    package func check() async throws -> [String] {
        let tables = try await read { reader in
            try reader.rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
                .map { try $0.text("tablename") }
        }
        var faults: [String] = []
        for table in tables {
            do {
                _ = try await read { try $0.rows("SELECT count(t.*) AS n FROM \(SQL(kind: "\"\(table)\"")) t") }
            } catch let fault as PostgresFault {
                faults.append("\(table): \(fault)")
            }
        }
        return faults
    }

    package func health() async throws -> EngineHealth {
        try await read { reader in
            let version = try reader.rows("SELECT current_setting('server_version') AS v").first?.text("v") ?? ""
            let checksums = try reader.rows("SELECT current_setting('data_checksums') AS v").first?.text("v") ?? ""
            return EngineHealth(
                version: "PostgreSQL \(version)",
                warnings: checksums == "on" ? [] : ["data checksums are off: a rotten page would go unnoticed"])
        }
    }

    package func close() {
        readers.stop()
        writer.stop()
    }
}

/// Stands in while the server is away: every attempt is refused with words, and tried again with the next work.
private struct AbsentConnection: WritingConnection {
    private var away: Refusal { Refusal(.unavailable, "web.refusal.databaseAway") }

    func rows(_ sql: SQL) throws -> [Row] { throw away }
    func execute(_ sql: SQL) throws -> Int { throw away }
    func run(_ statement: String) throws { throw away }
    func begin() throws { throw away }
    func commit() throws { throw away }
    func mayRetry(after error: any Error) -> Bool { false }
    func refusal(for error: any Error) -> Refusal? { error as? Refusal }
    func abandon() {}
}

/// A few threads, each with a connection of its own, that take work from one line.
final class ConnectionThreads: @unchecked Sendable {
    typealias Work = @Sendable (PostgresConnection?) -> Void

    private struct Turn {
        let work: Work
        /// Without the limit of `Deadline`.
        let isPatient: Bool
    }

    // Guarded by `condition`.
    private var line: [Turn] = []
    private var head = 0
    private var stopped = false
    private let condition = NSCondition()
    private let deadline: Deadline
    private let connect: @Sendable () throws -> PostgresConnection

    init(count: Int, deadline: Deadline, connect: @escaping @Sendable () throws -> PostgresConnection) {
        self.deadline = deadline
        self.connect = connect
        for _ in 0..<count {
            let thread = Thread { [self] in work() }
            thread.stackSize = 1 << 20
            thread.start()
        }
    }

    func put(isPatient: Bool = false, _ work: @escaping Work) {
        condition.lock()
        guard !stopped else {
            condition.unlock()
            // Nobody is there any more to take it; it must still be answered.
            return work(nil)
        }
        line.append(Turn(work: work, isPatient: isPatient))
        condition.signal()
        condition.unlock()
    }

    func stop() {
        condition.lock()
        stopped = true
        condition.broadcast()
        condition.unlock()
    }

    private func take() -> Turn? {
        condition.lock()
        defer { condition.unlock() }
        while head == line.count {
            if stopped { return nil }
            condition.wait()
        }
        let turn = line[head]
        head += 1
        if head > 256, head * 2 > line.count {
            line.removeFirst(head)
            head = 0
        }
        return turn
    }

    private func work() {
        var connection: PostgresConnection?
        var silentUntil = 0.0
        while let turn = take() {
            if connection?.wasDropped ?? true {
                // No server now is told to this work only; the next one tries again. A server that does not even
                // refuse costs seconds each time: what waited behind such a try is answered with it.
                let begun = Deadline.uptime
                connection = begun < silentUntil ? nil : try? connect()
                let ended = Deadline.uptime
                if connection == nil, ended - begun > 1 { silentUntil = ended + 1 }
            }
            let watch = turn.isPatient ? nil : connection.map { deadline.begin(socket: $0.socket) }
            turn.work(connection)
            if let watch { deadline.end(watch) }
        }
    }
}
