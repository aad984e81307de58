import ArgumentParser
import Core
import Database
import Documents
import Foundation

/// The new database that a seed fills, so that half of one is never taken for a whole.
///
/// The embedded engine's file is made beside its place and put there at the end. On PostgreSQL a row in `installation`
/// says that a seed is under way; the next seed that finds it takes the tables away and begins anew.
struct SeedTarget: Sendable {
    private let settings: Settings
    private let world: World

    init(_ settings: Settings, clock: SeedClock) {
        self.settings = settings
        world = clock.world
    }

    /// - Throws: an exit code with words when there is a database already, or when the seed cannot be carried out.
    func fill<Answer>(_ seed: (Database, ContentStore) async throws -> Answer) async throws -> Answer {
        try await telling {
            if let conninfo = settings.postgres { return try await fillPostgres(conninfo, seed) }
            return try await fillFile(seed)
        }
    }

    /// Whether a database with something in it is there already. One that a seed left unfinished does not count: the
    /// next seed begins it anew.
    func isFilled() async throws -> Bool {
        try await telling {
            guard let conninfo = settings.postgres else {
                return FileManager.default.fileExists(atPath: settings.databasePath)
            }
            let database = Database(engine: try PostgresEngine(conninfo), world: world, log: Logs.make(settings))
            let found = try await state(of: database)
            try database.close()
            return found == .used
        }
    }

    /// Where it is, in words that can be shown: a connection string may hold a password.
    var place: String { settings.postgres == nil ? settings.databasePath : "the PostgreSQL database" }

    private func telling<Answer>(_ work: () async throws -> Answer) async throws -> Answer {
        do {
            return try await work()
        } catch let fault as DemonstrationFault {
            throw stop(fault.description, ExitCodes.data)
        } catch let unfit as UnfitDatabase {
            throw stop(unfit.description, ExitCodes.unavailable)
        } catch let fault as PostgresFault {
            throw stop("PostgreSQL: \(fault.message)", ExitCodes.unavailable)
        } catch let error as CocoaError {
            throw stop("\(settings.data): \(error.localizedDescription)", ExitCodes.cannotCreate)
        }
    }

    /// What was put in, and how to go on.
    func report(_ counts: [DemonstrationCount], since start: ContinuousClock.Instant) {
        let width = counts.map { "\($0.count)".count }.max() ?? 0
        for count in counts {
            let digits = "\(count.count)"
            Terminal.print(String(repeating: " ", count: 2 + width - digits.count) + "\(digits)  \(count.what)")
        }
        let seconds = Double((ContinuousClock.now - start) / .milliseconds(100)).rounded() / 10
        // The connection string may hold a password, and terminals are looked at.
        let engine = settings.postgres == nil ? "" : ", with the same --postgres"
        Terminal.print(
            "All of it is invented. \(seconds) s. To look at it: kieumau serve --data \(settings.data)\(engine)")
    }

    private func fillFile<Answer>(_ seed: (Database, ContentStore) async throws -> Answer) async throws -> Answer {
        let path = settings.databasePath
        guard !FileManager.default.fileExists(atPath: path) else {
            throw stop("there is a database already: \(path); name another folder with --data", ExitCodes.data)
        }
        try FileManager.default.createDirectory(
            atPath: settings.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let partial = path + ".partial"
        // Opening it takes its lock: another seed that is at work there is not disturbed.
        try SQLiteEngine(path: partial, readers: 1).close()
        removeFiles(of: partial)
        do {
            let engine = try SQLiteEngine(path: partial)
            let database = Database(engine: engine, world: world, log: Logs.make(settings))
            try await database.migrate(SchemaOrder.migrations)
            let answer = try await seed(database, ContentStore(root: settings.filesPath))
            // Everything into the one file, which is what moves.
            try await database.maintenance(reason: .seed) { try $0.run("PRAGMA wal_checkpoint(TRUNCATE)") }
            try database.close()
            removeFiles(of: partial, except: true)
            try FileManager.default.moveItem(atPath: partial, toPath: path)
            return answer
        } catch {
            removeFiles(of: partial)
            throw error
        }
    }

    private func removeFiles(of partial: String, except keepsDatabase: Bool = false) {
        for ending in keepsDatabase ? ["-wal", "-shm", ".lock"] : ["", "-wal", "-shm", ".lock"] {
            // Most of them are not there.
            try? FileManager.default.removeItem(atPath: partial + ending)
        }
    }

    private func fillPostgres<Answer>(
        _ conninfo: String, _ seed: (Database, ContentStore) async throws -> Answer
    ) async throws -> Answer {
        let database = Database(engine: try PostgresEngine(conninfo), world: world, log: Logs.make(settings))
        switch try await state(of: database) {
        case .empty: break
        case .unfinished: try await dropTables(database)
        case .used: throw stop("the PostgreSQL database is not empty; a seed goes only into a new one", ExitCodes.data)
        }
        try FileManager.default.createDirectory(
            atPath: settings.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        do {
            try await database.migrate(SchemaOrder.migrations)
            try await database.unattended(.seed) { tx in
                try tx.execute("INSERT INTO installation (name, value) VALUES ('seed', 'unfinished')")
                return Receipt()
            }
            let answer = try await seed(database, ContentStore(root: settings.filesPath))
            try await database.unattended(.seed) { tx in
                try tx.execute("DELETE FROM installation WHERE name = 'seed'")
                return Receipt()
            }
            try database.close()
            return answer
        } catch {
            // The first fault is the one to be told; what remains is marked and taken away by the next seed.
            try? await dropTables(database)
            throw error
        }
    }

    private enum State { case empty, unfinished, used }

    /// A database that was only migrated is as good as an empty one.
    private func state(of database: Database) async throws -> State {
        let tables = try await tables(database)
        guard tables.contains("installation"), tables.contains("territory") else {
            return tables.isEmpty ? .empty : .used
        }
        return try await database.read { reader in
            if try reader.first("SELECT value FROM installation WHERE name = 'seed'") != nil { return .unfinished }
            let rows = try reader.one(
                """
                SELECT (SELECT count(*) FROM installation) + (SELECT count(*) FROM territory)
                    + (SELECT count(*) FROM person) AS n
                """
            ).integer("n")
            return rows == 0 ? .empty : .used
        }
    }

    private func tables(_ database: Database) async throws -> [String] {
        try await database.read { reader in
            try reader.rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
                .map { try $0.text("tablename") }
        }
    }

    private func dropTables(_ database: Database) async throws {
        let names = try await tables(database)
        guard !names.isEmpty else { return }
        let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
        try await database.maintenance(reason: .seed) { try $0.run("DROP TABLE \(list) CASCADE") }
    }
}
