import Database
import Foundation

/// A place for one test's data, and what is done with it afterwards.
struct Lending: Sendable {
    let place: TestDatabase.Place
    let giveBack: @Sendable () async throws -> Void

    static func take(_ engine: TestEngine, _ contents: TestContents, fresh: Bool) async throws -> Lending {
        switch engine {
        case .sqlite: try await takeFile(contents)
        case .postgres: try await takeSchema(contents, fresh: fresh)
        }
    }

    private static func takeFile(_ contents: TestContents) async throws -> Lending {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kieumau-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "test.sqlite")
        if !contents.isNothing {
            try FileManager.default.copyItem(at: try await Templates.shared.file(contents), to: file)
        }
        return Lending(place: .file(file.path)) { try FileManager.default.removeItem(at: folder) }
    }

    private static func takeSchema(_ contents: TestContents, fresh: Bool) async throws -> Lending {
        let conninfo = try TestEngine.conninfo()
        let pool = try await SchemaPools.shared.pool(conninfo, fresh ? TestContents("fresh", []) : contents)
        let name = try await pool.take()
        if fresh, !contents.isNothing { try await contents.make(PostgresEngine(conninfo, schema: name, readers: 1)) }
        return Lending(place: .schema(name, conninfo: conninfo)) { try await pool.giveBack(name) }
    }
}

/// SQLite files with their contents, made once per process and copied for every test.
private actor Templates {
    static let shared = Templates()
    private var made: [String: Task<URL, any Error>] = [:]

    func file(_ contents: TestContents) async throws -> URL {
        let task = made[contents.key] ?? Task { try await Templates.make(contents) }
        made[contents.key] = task
        return try await task.value
    }

    private static func make(_ contents: TestContents) async throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kieumau-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "template.sqlite")
        try await contents.make(SQLiteEngine(path: file.path))
        AtExit.remove(folder)
        return file
    }
}

/// Folders that last as long as the tests.
enum AtExit {
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
