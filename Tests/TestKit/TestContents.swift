import Database
import Foundation

/// What a database holds when a test gets it. It is made once per process and engine and copied for every test, so
/// filling it may take its time.
package struct TestContents: Sendable {
    /// Tells contents of the same schema apart.
    let name: String
    package let migrations: [Migration]
    let fill: (@Sendable (Database, TestClock) async throws -> Void)?
    /// Where filling puts files; each site gets a copy of the folder.
    let files: URL?

    /// - Parameter fill: the same every time; moving the clock moves the time that what it writes carries.
    package init(
        _ name: String, _ migrations: [Migration], files: URL? = nil,
        fill: (@Sendable (Database, TestClock) async throws -> Void)? = nil
    ) {
        self.name = name
        self.migrations = migrations
        self.files = files
        self.fill = fill
    }

    /// A schema without rows.
    package static func schema(_ migrations: [Migration]) -> TestContents { TestContents("schema", migrations) }

    var key: String { ([name] + migrations.map(\.name)).joined(separator: " ") }

    var isNothing: Bool { migrations.isEmpty && fill == nil }

    /// Brings them into an empty database, and closes it.
    func make(_ engine: any Engine) async throws {
        let clock = TestClock()
        let database = Database(engine: engine, world: .test(clock), log: .silent)
        try await database.migrate(migrations)
        try await fill?(database, clock)
        // Everything into the one file, so that copying it copies all.
        if engine.kind == .sqlite {
            try await database.maintenance(reason: .test) { try $0.run("PRAGMA wal_checkpoint(TRUNCATE)") }
        }
        try database.close()
    }

    /// The schema alone.
    func makeSchema(_ engine: any Engine) async throws { try await TestContents.schema(migrations).make(engine) }
}
