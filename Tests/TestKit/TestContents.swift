import Database

/// What a database holds when a test gets it. It is made once per process (on PostgreSQL once per schema of the
/// pool) and copied, so filling it may take its time.
package struct TestContents: Sendable {
    /// Tells contents of the same schema apart.
    let name: String
    package let migrations: [Migration]
    let fill: (@Sendable (Database) async throws -> Void)?

    /// - Parameter fill: must do the same every time: every copy has to be alike.
    package init(
        _ name: String, _ migrations: [Migration], fill: (@Sendable (Database) async throws -> Void)? = nil
    ) {
        self.name = name
        self.migrations = migrations
        self.fill = fill
    }

    /// A schema without rows.
    package static func schema(_ migrations: [Migration]) -> TestContents { TestContents("schema", migrations) }

    var key: String { ([name] + migrations.map(\.name)).joined(separator: " ") }

    var isNothing: Bool { migrations.isEmpty && fill == nil }

    /// Brings them into an empty database, and closes it.
    func make(_ engine: any Engine) async throws {
        let database = Database(engine: engine, world: .test(), log: .silent)
        try await database.migrate(migrations)
        try await fill?(database)
        // Everything into the one file, so that copying it copies all.
        if engine.kind == .sqlite {
            try await database.maintenance(reason: .test) { try $0.run("PRAGMA wal_checkpoint(TRUNCATE)") }
        }
        try database.close()
    }
}
