import Core

/// One step of the schema. Steps are only ever appended; each runs in a transaction of its own with the note that
/// it ran. There is no way down: restore from a backup, or go forward.
package struct Migration: Sendable {
    /// `feature.0001-what`, unique for ever.
    package let name: String
    package let statements: [SQL]

    package init(_ name: String, _ statements: [SQL]) {
        self.name = name
        self.statements = statements
    }
}

extension Migration {
    fileprivate static func createList(_ connection: any WritingConnection, _ kind: EngineKind) throws {
        let statement: SQL = """
            CREATE TABLE IF NOT EXISTS schema_migration (
                name \(.text) PRIMARY KEY, applied_at \(.instant) NOT NULL) \(.endOfTable)
            """
        do { try connection.run(statement.spelled(for: kind).text) } catch {
            // Of two programs that create it at the same moment PostgreSQL refuses one; then it is there.
            try connection.run(statement.spelled(for: kind).text)
        }
    }

    /// Answers false when another program has done it meanwhile.
    fileprivate func carryOut(_ connection: any WritingConnection, _ kind: EngineKind, _ now: Instant) throws -> Bool {
        while true {
            do {
                try connection.begin()
                // The note first: another program that comes to this step waits here until we are done.
                let isOurs =
                    try connection.execute(
                        """
                        INSERT INTO schema_migration (name, applied_at) VALUES (\(name), \(now)) ON CONFLICT (name) DO NOTHING
                        """) == 1
                if isOurs {
                    for statement in statements {
                        let (text, values) = statement.spelled(for: kind)
                        if values.isEmpty { try connection.run(text) } else { try connection.execute(statement) }
                    }
                }
                try connection.commit()
                return isOurs
            } catch {
                connection.abandon()
                guard connection.mayRetry(after: error) else { throw error }
            }
        }
    }
}

extension Database {
    /// Brings the schema to the end of the list. Answers the names of the steps that ran now. Several programs may
    /// do this at the same moment: each step runs in one of them.
    @discardableResult
    package func migrate(_ migrations: [Migration]) async throws -> [String] {
        let names = migrations.map(\.name)
        let twins = Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys.sorted()
        guard twins.isEmpty else {
            throw UnfitDatabase("two migrations have one name: \(twins.joined(separator: ", "))")
        }
        let now = world.clock.now()
        let kind = engine.kind
        return try await maintenance(reason: .migration) { connection in
            try Migration.createList(connection, kind)
            let known = Set(try connection.rows("SELECT name FROM schema_migration").map { try $0.text("name") })
            let unknown = known.subtracting(names)
            guard unknown.isEmpty else {
                throw UnfitDatabase(
                    "the database was written by a newer program (\(unknown.sorted().joined(separator: ", ")))")
            }
            return try migrations.filter { !known.contains($0.name) }
                .filter { try $0.carryOut(connection, kind, now) }.map(\.name)
        }
    }

    /// Whether every step of the list has run.
    package func isMigrated(_ migrations: [Migration]) async throws -> Bool {
        try await read { reader in
            let known = Set(try reader.rows("SELECT name FROM schema_migration").map { try $0.text("name") })
            return known == Set(migrations.map(\.name))
        }
    }
}

/// The tables of this room: lanes, operations, the audit trail, jobs and what the installation says of itself.
package enum DatabaseSchema {
    package static let migrations: [Migration] = [
        Migration(
            "database.0001-lane-operation-audit",
            [
                """
                CREATE TABLE lane (
                    id \(.integer) PRIMARY KEY, holder \(.id) NOT NULL, held_at \(.instant) NOT NULL,
                    head_number \(.integer) NOT NULL, head_link \(.bytes) NOT NULL) \(.endOfTable)
                """,
                """
                CREATE TABLE operation (
                    id \(.id) PRIMARY KEY, fingerprint \(.bytes) NOT NULL,
                    actor_id \(.id), at \(.instant) NOT NULL, receipt \(.json) NOT NULL,
                    seconds \(.integer) CHECK (seconds BETWEEN 0 AND 600)) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE audit (
                    lane \(.integer) NOT NULL, number \(.integer) NOT NULL, at \(.instant) NOT NULL, operation_id \(.id),
                    actor_id \(.id), act \(.text) NOT NULL, capability \(.text) NOT NULL, grant_id \(.id),
                    subject_kind \(.text) NOT NULL, subject_id \(.id), detail \(.json) NOT NULL, link \(.bytes) NOT NULL,
                    PRIMARY KEY (lane, number)) \(.endOfTableByKey)
                """,
                "CREATE INDEX audit_by_subject ON audit (subject_id, at)",
                "CREATE INDEX audit_by_actor ON audit (actor_id, at)",
            ]),
        Migration(
            "database.0002-jobs",
            [
                """
                CREATE TABLE job (
                    id \(.id) PRIMARY KEY, kind \(.text) NOT NULL, name \(.text) NOT NULL UNIQUE, due_at \(.instant) NOT NULL,
                    payload \(.json) NOT NULL, tries \(.integer) NOT NULL, done_at \(.instant), failed_with \(.text))
                    \(.endOfTable)
                """,
                "CREATE INDEX job_due ON job (due_at) WHERE done_at IS NULL",
            ]),
        Migration(
            "database.0003-installation",
            [
                """
                CREATE TABLE installation (
                    name \(.text) PRIMARY KEY, value \(.text) NOT NULL) \(.endOfTable)
                """
            ]),
        // What was done stays as it was written down. Operations too: an outcome that changes or goes would let the
        // same act have a second effect.
        Migration("database.0004-append-only", [.appendOnly("audit"), .appendOnly("operation")]),
    ]
}
