import Core
import Database
import Synchronization

/// A real engine whose commits can be made to fail, as a disk does: reading goes on.
package final class FaultyEngine: Engine {
    package enum Fault: Error {
        /// Input or output.
        case failing
        case full
    }

    /// What happens to commits from now on; one for all engines of a test, also those after a restart.
    package final class Disk: Sendable {
        private let state = Mutex<(fault: Fault?, commits: Int)>((nil, 0))

        package init() {}

        package func strike(_ fault: Fault?) { state.withLock { $0.fault = fault } }

        /// How many commits were tried.
        package var commits: Int { state.withLock { $0.commits } }

        fileprivate func commit() throws {
            let fault = state.withLock { state in
                state.commits += 1
                return state.fault
            }
            if let fault { throw fault }
        }

        /// For `TestDatabase` and `TestSite`: `through: disk.wrap`.
        package var wrap: EngineWrap { { FaultyEngine($0, self) } }
    }

    private let engine: any Engine
    private let disk: Disk

    init(_ engine: any Engine, _ disk: Disk) {
        self.engine = engine
        self.disk = disk
    }

    package var kind: EngineKind { engine.kind }

    package func read<Answer: Sendable>(
        _ body: @escaping @Sendable (any Reader) throws -> Answer
    ) async throws -> Answer { try await engine.read(body) }

    package func onWriter(isPatient: Bool, _ body: @escaping @Sendable (any WritingConnection) -> Void) {
        engine.onWriter(isPatient: isPatient) { [disk] in body(Connection(real: $0, disk: disk)) }
    }

    package func isFailing(_ error: any Error) -> Bool { (error as? Fault) == .failing || engine.isFailing(error) }
    package func check() async throws -> [String] { try await engine.check() }
    package func health() async throws -> EngineHealth { try await engine.health() }
    package func close() throws { try engine.close() }

    private struct Connection: WritingConnection {
        let real: any WritingConnection
        let disk: Disk

        func rows(_ sql: SQL) throws -> [Row] { try real.rows(sql) }
        @discardableResult func execute(_ sql: SQL) throws -> Int { try real.execute(sql) }
        func run(_ statement: String) throws { try real.run(statement) }
        func begin() throws { try real.begin() }
        func begin(alone: Bool) throws { try real.begin(alone: alone) }
        func commit() throws {
            try disk.commit()
            try real.commit()
        }
        func mayRetry(after error: any Error) -> Bool { real.mayRetry(after: error) }
        func refusal(for error: any Error) -> Refusal? {
            // The words are the engine's own; that it finds them is tested where the engines are.
            (error as? Fault) == .full ? Refusal(.full, "web.refusal.diskFull") : real.refusal(for: error)
        }
        func abandon() { real.abandon() }
    }
}
