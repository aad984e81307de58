import Core
import Database

/// The pools of one process, one for each kind of contents.
actor SchemaPools {
    static let shared = SchemaPools()
    private var pools: [String: SchemaPool] = [:]
    private var keeper: PostgresEngine?

    func pool(_ conninfo: String, _ contents: TestContents) throws -> SchemaPool {
        let keeper = try keeper ?? PostgresEngine(conninfo, readers: 1)
        self.keeper = keeper
        if let pool = pools[contents.key] { return pool }
        let pool = SchemaPool(conninfo, contents, keeper, prefix: "test_\(pools.count)")
        pools[contents.key] = pool
        return pool
    }
}

/// PostgreSQL schemas with the same contents. One is filled and kept as the pattern; the others are copies, put back
/// into that state when a test gives them back: that takes some milliseconds, migrating takes hundreds. Without
/// contents each schema is new and is dropped afterwards.
actor SchemaPool {
    private let conninfo: String
    private let contents: TestContents
    private let keeper: PostgresEngine
    private let prefix: String
    private var free: [String] = []
    private var count = 0
    private var pattern: Task<Pattern, any Error>?

    private struct Pattern: Sendable {
        let tables: Set<String>
        /// Those that have rows from the beginning.
        let filled: Set<String>
    }

    init(_ conninfo: String, _ contents: TestContents, _ keeper: PostgresEngine, prefix: String) {
        self.conninfo = conninfo
        self.contents = contents
        self.keeper = keeper
        self.prefix = prefix
    }

    private var kept: String { "\(prefix)_kept" }

    func take() async throws -> String {
        if let name = free.popLast() { return name }
        count += 1
        let name = "\(prefix)_\(count)"
        if contents.isNothing {
            try await create(name)
        } else {
            let task = pattern ?? Task { try await makePattern() }
            pattern = task
            let pattern = try await task.value
            try await create(name)
            try await contents.makeSchema(PostgresEngine(conninfo, schema: name, readers: 1))
            try await restore(name, pattern)
        }
        return name
    }

    private func makePattern() async throws -> Pattern {
        let name = kept
        try await create(name)
        try await contents.make(PostgresEngine(conninfo, schema: name, readers: 1))
        return try await keep { connection in
            let filled: SQL = """
                 AND (xpath('/row/n/text()', query_to_xml(
                    format('SELECT count(*) AS n FROM %I.%I', schemaname, tablename), false, true, '')))[1]::text <> '0'
                """
            return Pattern(
                tables: try SchemaPool.tables(of: name, connection),
                filled: try SchemaPool.tables(of: name, connection, filled))
        }
    }

    private func create(_ name: String) async throws {
        try await keep { connection in
            try connection.run("DROP SCHEMA IF EXISTS \(name) CASCADE")
            try connection.run("CREATE SCHEMA \(name)")
        }
    }

    private func restore(_ name: String, _ pattern: Pattern) async throws {
        let kept = kept
        try await keep { connection in
            // As a replica there are no foreign keys in the way, nor triggers that refuse to delete.
            var steps = "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL session_replication_role = replica;"
            for table in pattern.tables { steps += "DELETE FROM \(name).\(table);" }
            for table in pattern.filled { steps += "INSERT INTO \(name).\(table) SELECT * FROM \(kept).\(table);" }
            steps += "COMMIT"
            // A test's last write may still be under way on the server, though the test has closed its database: the
            // two then wait for each other's rows, and the server ends one of them.
            var tries = 3
            while true {
                do { return try connection.run(steps) } catch {
                    connection.abandon()
                    tries -= 1
                    guard tries > 0, "\(error)".contains("40P01") else { throw error }
                }
            }
        }
    }

    func giveBack(_ name: String) async throws {
        if let pattern = try await pattern?.value,
            try await keep({ try SchemaPool.tables(of: name, $0) }) == pattern.tables
        {
            try await restore(name, pattern)
            free.append(name)
        } else {
            try await keep { try $0.run("DROP SCHEMA IF EXISTS \(name) CASCADE") }
        }
    }

    private static func tables(
        of schema: String, _ connection: any WritingConnection, _ condition: SQL = .empty
    ) throws -> Set<String> {
        let rows = try connection.rows("SELECT tablename FROM pg_tables WHERE schemaname = \(schema)" + condition)
        return Set(try rows.map { try $0.text("tablename") })
    }

    private func keep<Answer: Sendable>(
        _ body: @escaping @Sendable (any WritingConnection) throws -> Answer
    ) async throws -> Answer {
        let keeper = keeper
        return try await withCheckedThrowingContinuation { continuation in
            keeper.onWriter { connection in continuation.resume(with: Result { try body(connection) }) }
        }
    }
}
