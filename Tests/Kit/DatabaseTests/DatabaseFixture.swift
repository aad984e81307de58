import Core
import Dispatch
import TestKit

@testable import Database

/// The few tables a permit stands on, and one record that is written in: a note with its lines.
enum Notebook {
    static let migrations: [Migration] =
        DatabaseSchema.migrations + [
            Migration(
                "test.0001-notebook",
                [
                    "CREATE TABLE territory_closure (ancestor_id \(.id) NOT NULL, descendant_id \(.id) NOT NULL) \(.endOfTable)",
                    "CREATE TABLE account (person_id \(.id) PRIMARY KEY, disabled_at \(.instant)) \(.endOfTable)",
                    """
                    CREATE TABLE role_assignment (
                        id \(.id) PRIMARY KEY, person_id \(.id) NOT NULL, territory_id \(.id) NOT NULL,
                        version \(.integer) NOT NULL) \(.endOfTable)
                    """,
                    "CREATE TABLE note (id \(.id) PRIMARY KEY, revision \(.integer) NOT NULL) \(.endOfTable)",
                    """
                    CREATE TABLE line (
                        id \(.id) PRIMARY KEY, note_id \(.id) NOT NULL REFERENCES note,
                        words \(.text) NOT NULL CHECK (words <> 'forbidden')) \(.endOfTable)
                    """,
                    "CREATE TABLE counter (name \(.text) PRIMARY KEY, value \(.integer) NOT NULL) \(.endOfTable)",
                ])
        ]

    static let area = ID(high: 1, low: 1)
    static let commune = ID(high: 1, low: 2)
    static let person = ID(high: 2, low: 1)
    static let note = ID(high: 3, low: 1)
    static let grant = Grant(
        id: ID(high: 4, low: 1), version: 1, role: .areaHead, organisation: ID(high: 5, low: 1), territory: commune,
        term: Period(from: TestClock.today))

    struct Note: Governed {
        static let kind = "note"
        let id = Notebook.note
        let place = [Notebook.area, Notebook.commune]
        var revision = 1
    }

    static func actor(_ person: ID = person) -> Actor { Actor(person: person, name: "Ya Thương", grants: [grant]) }

    static func permit(_ actor: Actor = actor(), revision: Int = 1) throws -> Permit<Note> {
        try Authority(today: TestClock.today).permit(actor, to: .registerArea, Note(revision: revision))
    }

    static func fill(_ database: Database) async throws {
        try await database.unattended(.seed) { tx in
            for ancestor in [area, commune] {
                try tx.execute(
                    "INSERT INTO territory_closure (ancestor_id, descendant_id) VALUES (\(ancestor), \(area))")
            }
            try tx.execute("INSERT INTO account (person_id) VALUES (\(person))")
            try tx.execute(
                """
                INSERT INTO role_assignment (id, person_id, territory_id, version)
                VALUES (\(grant.id), \(person), \(commune), 1)
                """)
            try tx.execute("INSERT INTO note (id, revision) VALUES (\(note), 1)")
            try tx.execute("INSERT INTO counter (name, value) VALUES ('one', 0)")
            return Receipt()
        }
    }

    /// A database with this notebook in it.
    static func open(
        _ engine: TestEngine, fresh: Bool = false, through wrap: @escaping EngineWrap = { $0 }
    ) async throws -> TestDatabase {
        let test = try await TestDatabase(engine, .schema(migrations), fresh: fresh, through: wrap)
        try await fill(test.database)
        return test
    }

    static func operation(_ number: Int, asking what: UInt8 = 1) -> Operation {
        Operation(id: ID(high: 0x4000, low: UInt64(number)), fingerprint: [UInt8](repeating: what, count: 32))
    }

    /// Writes one line under a permit, as a store does.
    @discardableResult
    static func write(
        _ words: String, _ number: Int, _ database: Database, _ permit: Permit<Note>? = nil, asking what: UInt8 = 1
    ) async throws -> Written {
        try await database.write(try permit ?? self.permit(), operation(number, asking: what), as: "note.write") { tx in
            Receipt(id: try add(words, tx))
        }
    }

    static func add(_ words: String, _ tx: Transaction) throws -> ID {
        let id = tx.ids.next()
        try tx.execute("INSERT INTO line (id, note_id, words) VALUES (\(id), \(note), \(words))")
        tx.note("line", to: words)
        return id
    }

    static func lines(_ database: Database) async throws -> [String] {
        try await database.read { try lines($0) }
    }

    static func lines(_ reader: any Reader) throws -> [String] {
        try reader.rows("SELECT words FROM line ORDER BY words").map { try $0.text("words") }
    }

    static func count(_ table: StaticString, _ database: Database) async throws -> Int {
        try await database.read { try $0.one("SELECT count(*) AS n FROM \(SQL(name: table))").integer("n") }
    }

    /// Takes the triggers of an append-only table away, as whoever owns the database can.
    static func unguard(_ table: String, _ engine: EngineKind, _ connection: any WritingConnection) throws {
        switch engine {
        case .sqlite: try connection.run("DROP TRIGGER \(table)_no_update; DROP TRIGGER \(table)_no_delete")
        case .postgres: try connection.run("DROP TRIGGER \(table)_append_only ON \(table)")
        }
    }

    static func trail(_ database: Database) async throws -> AuditReport {
        try await database.read { try Audit.verify($0) }
    }
}

/// Keeps the writing connection busy until it is let go.
struct HeldWriter {
    private let release = DispatchSemaphore(value: 0)

    init(_ database: Database) async {
        let release = release
        await withCheckedContinuation { held in
            database.engine.onWriter { _ in
                held.resume()
                release.wait()
            }
        }
    }

    func letGo() { release.signal() }
}

extension Database {
    /// Carries out all the works in one transaction, in their order.
    func together(_ works: [@Sendable () async throws -> Written]) async -> [Result<Written, any Error>] {
        let writer = await HeldWriter(self)
        var tasks: [Task<Written, any Error>] = []
        for work in works {
            tasks.append(Task { try await work() })
            while lane.waiting < tasks.count { await Task.yield() }
        }
        writer.letGo()
        var results: [Result<Written, any Error>] = []
        for task in tasks { results.append(await task.result) }
        return results
    }
}

extension Result {
    /// The refusal's kind, when that is what came of it.
    var refusal: Refusal.Kind? {
        if case .failure(let error as Refusal) = self { error.kind } else { nil }
    }

    var isSuccess: Bool { if case .success = self { true } else { false } }
}
