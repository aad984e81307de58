import Core
import Database
import Synchronization

/// Notes every statement that is read with, so that a test can ask the engine how it would carry them out.
package final class RecordingEngine: Engine {
    package final class Tape: Sendable {
        private let statements = Mutex<[String: SQL]>([:])

        package init() {}

        fileprivate func note(_ sql: SQL) { statements.withLock { $0[sql.spelled(for: .sqlite).text] = sql } }

        /// Each text once, with the values it last had, in the order of the texts. Empties the tape.
        package func take() -> [SQL] {
            statements.withLock { statements in
                defer { statements = [:] }
                return statements.sorted { $0.key < $1.key }.map(\.value)
            }
        }

        package var wrap: EngineWrap { { RecordingEngine($0, self) } }
    }

    private let engine: any Engine
    private let tape: Tape

    init(_ engine: any Engine, _ tape: Tape) {
        self.engine = engine
        self.tape = tape
    }

    package var kind: EngineKind { engine.kind }

    package func read<Answer: Sendable>(
        _ body: @escaping @Sendable (any Reader) throws -> Answer
    ) async throws -> Answer {
        let tape = tape
        return try await engine.read { try body(Recorder(real: $0, tape: tape)) }
    }

    package func onWriter(isPatient: Bool, _ body: @escaping @Sendable (any WritingConnection) -> Void) {
        engine.onWriter(isPatient: isPatient, body)
    }

    package func isFailing(_ error: any Error) -> Bool { engine.isFailing(error) }
    package func check() async throws -> [String] { try await engine.check() }
    package func health() async throws -> EngineHealth { try await engine.health() }
    package func close() throws { try engine.close() }

    private struct Recorder: Reader {
        let real: any Reader
        let tape: Tape

        func rows(_ sql: SQL) throws -> [Row] {
            tape.note(sql)
            return try real.rows(sql)
        }
    }
}
