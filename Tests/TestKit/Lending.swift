import Database
import Foundation

/// A place for one test's data, and what is done with it afterwards.
struct Lending: Sendable {
    let place: TestDatabase.Place
    let giveBack: @Sendable () async throws -> Void

    static func take(_ engine: TestEngine, _ migrations: [Migration], fresh: Bool) async throws -> Lending {
        switch engine {
        case .sqlite: try await takeFile(migrations)
        case .postgres: try await takeSchema(migrations, fresh: fresh)
        }
    }

    private static func takeFile(_ migrations: [Migration]) async throws -> Lending {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kieumau-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "test.sqlite")
        if !migrations.isEmpty {
            try FileManager.default.copyItem(at: try await Templates.shared.file(migrations), to: file)
        }
        return Lending(place: .file(file.path)) { try FileManager.default.removeItem(at: folder) }
    }

    private static func takeSchema(_ migrations: [Migration], fresh: Bool) async throws -> Lending {
        let conninfo = try TestEngine.conninfo()
        let pool = try await SchemaPools.shared.pool(conninfo, fresh ? [] : migrations)
        let name = try await pool.take()
        if fresh, !migrations.isEmpty {
            let engine = try PostgresEngine(conninfo, schema: name, readers: 1)
            let database = Database(engine: engine, world: .test(), log: .silent)
            try await database.migrate(migrations)
            try database.close()
        }
        return Lending(place: .schema(name, conninfo: conninfo)) { try await pool.giveBack(name) }
    }
}

/// Migrated SQLite files, one for each list of migrations, made once per process and copied for every test.
private actor Templates {
    static let shared = Templates()
    private var made: [String: Task<URL, any Error>] = [:]

    func file(_ migrations: [Migration]) async throws -> URL {
        let key = migrations.map(\.name).joined(separator: " ")
        let task = made[key] ?? Task { try await Templates.make(migrations) }
        made[key] = task
        return try await task.value
    }

    private static func make(_ migrations: [Migration]) async throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kieumau-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "template.sqlite")
        let database = Database(engine: try SQLiteEngine(path: file.path), world: .test(), log: .silent)
        try await database.migrate(migrations)
        // Everything into the one file, so that copying it copies all.
        try await database.maintenance(reason: .test) { try $0.run("PRAGMA wal_checkpoint(TRUNCATE)") }
        try database.close()
        AtExit.remove(folder)
        return file
    }
}

/// Folders that last as long as the tests.
private enum AtExit {
    nonisolated(unsafe) private static var folders: [URL] = []
    private static let lock = NSLock()
    private static let registered: Void = {
        atexit { AtExit.removeAll() }
    }()

    static func remove(_ folder: URL) {
        lock.withLock { folders.append(folder) }
        registered
    }

    private static func removeAll() {
        // The system clears its folder for temporary files in any case.
        for folder in lock.withLock({ folders }) { try? FileManager.default.removeItem(at: folder) }
    }
}
