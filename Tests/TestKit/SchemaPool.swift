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

/// PostgreSQL schemas that are filled once and put back into that state when a test gives them back: that takes some
/// milliseconds, migrating takes hundreds. Without contents each schema is new and is dropped afterwards.
actor SchemaPool {
    private let conninfo: String
    private let contents: TestContents
    private let keeper: PostgresEngine
    private let prefix: String
    private var free: [String] = []
    private var count = 0
    private var tables: Set<String> = []
    /// Tables that have rows from the beginning; a second schema keeps them.
    private var filled: Set<String> = []

    init(_ conninfo: String, _ contents: TestContents, _ keeper: PostgresEngine, prefix: String) {
        self.conninfo = conninfo
        self.contents = contents
        self.keeper = keeper
        self.prefix = prefix
    }

    func take() async throws -> String {
        if let name = free.popLast() { return name }
        count += 1
        let name = "\(prefix)_\(count)"
        try await keep { connection in
            try connection.run("DROP SCHEMA IF EXISTS \(name) CASCADE; DROP SCHEMA IF EXISTS \(name)_kept CASCADE")
            try connection.run("CREATE SCHEMA \(name)")
        }
        if !contents.isNothing { try await make(name) }
        return name
    }

    private func make(_ name: String) async throws {
        try await contents.make(PostgresEngine(conninfo, schema: name, readers: 1))
        (tables, filled) = try await keep { connection in
            let tables = try SchemaPool.tables(of: name, connection)
            let filled = try SchemaPool.tables(of: name, connection, """
                 AND (xpath('/row/n/text()', query_to_xml(
                    format('SELECT count(*) AS n FROM %I.%I', schemaname, tablename), false, true, '')))[1]::text <> '0'
                """)
            try connection.run("CREATE SCHEMA \(name)_kept")
            for table in filled { try connection.run("CREATE TABLE \(name)_kept.\(table) AS TABLE \(name).\(table)") }
            return (tables, filled)
        }
    }

    func giveBack(_ name: String) async throws {
        let (known, filled) = (tables, filled)
        let isClean = try await keep { connection in
            guard !known.isEmpty, try SchemaPool.tables(of: name, connection) == known else {
                try connection.run("DROP SCHEMA IF EXISTS \(name) CASCADE; DROP SCHEMA IF EXISTS \(name)_kept CASCADE")
                return false
            }
            // As a replica there are no foreign keys in the way, nor triggers that refuse to delete.
            var steps = "BEGIN; SET LOCAL session_replication_role = replica;"
            for table in known { steps += "DELETE FROM \(name).\(table);" }
            for table in filled { steps += "INSERT INTO \(name).\(table) SELECT * FROM \(name)_kept.\(table);" }
            do { try connection.run(steps + "COMMIT") } catch {
                connection.abandon()
                throw error
            }
            return true
        }
        if isClean { free.append(name) }
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
