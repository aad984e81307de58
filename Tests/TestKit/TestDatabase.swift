import Core
import Database
import Foundation
import Logging
import Synchronization

/// A database of one test's own: a copy of a migrated file on SQLite, a schema out of a pool on PostgreSQL.
package final class TestDatabase: Sendable {
    package let engine: TestEngine
    package let clock: TestClock
    package let world: World
    private let place: Place
    private let opened: Mutex<Opened>

    private struct Opened {
        var main: Database
        var others: [Database] = []
    }

    /// Where the data are.
    enum Place: Sendable {
        case file(String)
        case schema(String, conninfo: String)
    }

    private init(_ engine: TestEngine, _ place: Place, _ clock: TestClock, _ world: World) throws {
        self.engine = engine
        self.place = place
        self.clock = clock
        self.world = world
        opened = Mutex(Opened(main: Database(engine: try place.open(), world: world, log: .silent)))
    }

    /// Lends a database to the body and takes it back, whatever happens.
    ///
    /// - Parameters:
    ///   - migrations: its schema; none for a wholly empty database.
    ///   - fresh: a place nobody has used, dropped afterwards, for tests that change the schema itself.
    package static func with<Answer>(
        _ engine: TestEngine, _ migrations: [Migration], clock: TestClock = TestClock(), fresh: Bool = false,
        isolation: isolated (any _Concurrency.Actor)? = #isolation, _ body: (TestDatabase) async throws -> Answer
    ) async throws -> Answer {
        await Gate.shared.enter()
        defer { Task { await Gate.shared.leave() } }
        let lending = try await Lending.take(engine, migrations, fresh: fresh || migrations.isEmpty)
        let answer: Result<Answer, any Error>
        do {
            let test = try TestDatabase(engine, lending.place, clock, .test(clock))
            do { answer = .success(try await body(test)) } catch { answer = .failure(error) }
            test.close()
        } catch {
            answer = .failure(error)
        }
        try await lending.giveBack()
        return try answer.get()
    }

    package var database: Database { opened.withLock { $0.main } }

    /// As after a restart of the program: everything that was only in memory is gone. The ids count on.
    @discardableResult
    package func reopen() throws -> Database {
        try opened.withLock { opened in
            try opened.main.close()
            opened.main = Database(engine: try place.open(), world: world, log: .silent)
            return opened.main
        }
    }

    /// A second program on the same data. Only PostgreSQL allows one.
    package func another(_ world: World) throws -> Database {
        let another = Database(engine: try place.open(), world: world, log: .silent)
        opened.withLock { $0.others.append(another) }
        return another
    }

    /// How a program of its own reaches this database: `sqlite PATH` or `postgres CONNINFO SCHEMA`.
    package var address: [String] {
        switch place {
        case .file(let path): ["sqlite", path]
        case .schema(let name, let conninfo): ["postgres", conninfo, name]
        }
    }

    /// Leaves the data to another program. `reopen` takes them up again.
    package func close() {
        opened.withLock { opened in
            // Closing twice, or after the engine was broken on purpose, is nothing a test is about.
            for database in opened.others { try? database.close() }
            try? opened.main.close()
        }
    }
}

extension TestDatabase.Place {
    func open() throws -> any Engine {
        switch self {
        case .file(let path): try SQLiteEngine(path: path, readers: 3)
        case .schema(let name, let conninfo): try PostgresEngine(conninfo, schema: name, readers: 2)
        }
    }
}

extension Logger {
    /// What tests provoke on purpose is not for the console.
    package static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

/// Lets only so many databases be open at once: connections, and two cores, are few.
actor Gate {
    static let shared = Gate()
    private var free = 6
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
