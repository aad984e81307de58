import Dispatch
import GRDB
import GRDBSQLite
import Synchronization

/// The reading connections of the embedded engine: a few, each opened when it is first needed and busy with one reading
/// at a time, in the order they were asked for.
///
/// GRDB's own pool answers the same need with two changes of thread, a semaphore and four statements around every
/// reading; a connection here goes on with the next reading by itself while there is one, and keeps its BEGIN and
/// COMMIT compiled.
final class SQLiteReaders: Sendable {
    /// A reading: with a connection inside a transaction of its own, or with the reason why there is none.
    typealias Reading = @Sendable (Result<GRDB.Database, any Error>) -> Void

    private struct Desk {
        var idle: [DatabaseQueue] = []
        var opened: [DatabaseQueue] = []
        /// How many there are or are being opened.
        var count = 0
        var waiting: [Reading] = []
        /// The first of `waiting` that nobody has taken.
        var next = 0
        var isClosed = false

        mutating func takeWaiting() -> Reading? {
            guard next < waiting.count else { return nil }
            defer {
                next += 1
                if next == waiting.count {
                    waiting.removeAll(keepingCapacity: true)
                    next = 0
                } else if next > 1_000 {
                    waiting.removeFirst(next)
                    next = 0
                }
            }
            return waiting[next]
        }
    }

    private enum Turn {
        case now(DatabaseQueue)
        case open
        case later
        case never
    }

    private static var closed: DatabaseError {
        DatabaseError(resultCode: .SQLITE_MISUSE, message: "the database is closed")
    }

    private let path: String
    private let configuration: Configuration
    private let most: Int
    private let desk = Mutex(Desk())

    /// - Parameter most: how many connections at once, 1 or more.
    init(path: String, configuration: Configuration, most: Int) {
        self.path = path
        self.most = max(most, 1)
        var configuration = configuration
        configuration.readonly = true
        self.configuration = configuration
    }

    /// Puts a reading in line. It runs on a connection's thread, never on the asking one.
    func ask(_ reading: @escaping Reading) {
        let turn = desk.withLock { desk -> Turn in
            if desk.isClosed { return .never }
            if let connection = desk.idle.popLast() { return .now(connection) }
            if desk.count < most {
                desk.count += 1
                return .open
            }
            desk.waiting.append(reading)
            return .later
        }
        switch turn {
        case .now(let connection): start(connection, with: reading)
        case .open: DispatchQueue.global().async { self.open(for: reading) }
        case .later: break
        case .never: reading(.failure(SQLiteReaders.closed))
        }
    }

    private func open(for reading: @escaping Reading) {
        do {
            let connection = try DatabaseQueue(path: path, configuration: configuration)
            let isLate = desk.withLock { desk in
                if !desk.isClosed { desk.opened.append(connection) }
                return desk.isClosed
            }
            if isLate {
                try connection.close()
                return reading(.failure(SQLiteReaders.closed))
            }
            start(connection, with: reading)
        } catch {
            // Whoever is still waiting is served by the others; with none of them left, each hears why.
            let orphans = desk.withLock { desk -> [Reading] in
                desk.count -= 1
                guard desk.count == 0 else { return [] }
                var orphans: [Reading] = []
                while let orphan = desk.takeWaiting() { orphans.append(orphan) }
                return orphans
            }
            reading(.failure(error))
            for orphan in orphans { orphan(.failure(error)) }
        }
    }

    private func start(_ connection: DatabaseQueue, with reading: @escaping Reading) {
        connection.asyncWriteWithoutTransaction { db in
            var current = reading
            while true {
                SQLiteReaders.carryOut(current, on: db)
                let next = self.desk.withLock { desk -> Reading? in
                    if let next = desk.takeWaiting() { return next }
                    desk.idle.append(connection)
                    return nil
                }
                guard let next else { return }
                current = next
            }
        }
    }

    private static func carryOut(_ reading: Reading, on db: GRDB.Database) {
        do {
            try runKept("BEGIN", on: db)
        } catch {
            return reading(.failure(error))
        }
        reading(.success(db))
        // A reading changes nothing, so it matters only that the snapshot is let go.
        try? runKept("COMMIT", on: db)
        if db.isInsideTransaction { try? db.rollback() }
    }

    private static func runKept(_ text: String, on db: GRDB.Database) throws {
        let handle = try db.cachedStatement(sql: text).sqliteStatement
        defer { sqlite3_reset(handle) }
        let code = sqlite3_step(handle)
        guard code == SQLITE_DONE else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code))
        }
    }

    /// Readings that were asked for before still end; a later one is refused.
    func close() throws {
        let opened = desk.withLock { desk in
            desk.isClosed = true
            return desk.opened
        }
        for connection in opened { try connection.close() }
    }
}
