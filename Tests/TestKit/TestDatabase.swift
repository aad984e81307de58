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
    private let wrap: EngineWrap
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

    /// Where the ids and secrets of a test begin: behind those that its contents already use.
    private static let first: UInt64 = 1 << 24

    /// A database for this test case; it is taken back when the case ends. The suite must say `.databases`.
    ///
    /// - Parameters:
    ///   - fresh: a place nobody has used, dropped afterwards, for tests that change the schema itself.
    ///   - wrap: puts something between the product and the engine, such as `FaultyEngine`.
    package init(
        _ engine: TestEngine, _ contents: TestContents, clock: TestClock = TestClock(), fresh: Bool = false,
        through wrap: @escaping EngineWrap = { $0 }
    ) async throws {
        guard let lent = Lent.current else { throw TraitMissing() }
        let lending = try await Lending.take(engine, contents, fresh: fresh || contents.isNothing)
        await lent.add(lending)
        self.engine = engine
        self.clock = clock
        place = lending.place
        self.wrap = wrap
        world = .test(clock, from: TestDatabase.first)
        opened = Mutex(Opened(main: Database(engine: wrap(try lending.place.open()), world: world, log: .silent)))
        await lent.add(self)
    }

    /// A database with a schema and no rows; without migrations a wholly empty one.
    package convenience init(
        _ engine: TestEngine, _ migrations: [Migration], clock: TestClock = TestClock(), fresh: Bool = false
    ) async throws {
        try await self.init(engine, .schema(migrations), clock: clock, fresh: fresh)
    }

    package var database: Database { opened.withLock { $0.main } }

    /// As after a restart of the program: everything that was only in memory is gone. The ids count on.
    @discardableResult
    package func reopen() throws -> Database {
        try opened.withLock { opened in
            try opened.main.close()
            opened.main = Database(engine: wrap(try place.open()), world: world, log: .silent)
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

/// Puts something between the product and its engine.
package typealias EngineWrap = @Sendable (any Engine) -> any Engine

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
