import Core
import TestKit
import Testing

@testable import Database

@Suite("What was written down stays", .databases)
struct AppendOnlyTests {
    private static let changes: [(table: String, change: SQL)] = [
        ("audit", "UPDATE audit SET act = 'x' WHERE number = 2"), ("audit", "DELETE FROM audit WHERE number = 2"),
        ("audit", "DELETE FROM audit"),
        ("operation", "UPDATE operation SET actor_id = NULL"), ("operation", "DELETE FROM operation"),
    ]

    private static func open(_ engine: TestEngine) async throws -> TestDatabase {
        let test = try await Notebook.open(engine)
        for number in 1...3 { try await Notebook.write("line \(number)", number, test.database) }
        return test
    }

    @Test("Neither the trail nor the operations can be changed or taken away", arguments: TestEngine.all)
    func refused(on engine: TestEngine) async throws {
        let test = try await AppendOnlyTests.open(engine)
        let emptying: [(String, SQL)] = engine == .postgres ? [("audit", "TRUNCATE audit")] : []
        for (table, change) in AppendOnlyTests.changes + emptying {
            let said = try await test.database.maintenance(reason: .test) { connection in
                try connection.begin()
                defer { connection.abandon() }
                do { return "\(try connection.execute(change)) rows" } catch { return "\(error)" }
            }
            #expect(said.contains("\(table) is append-only"), "\(change): \(said)")
        }
        // Not even a store that holds a permit.
        await #expect(throws: (any Error).self) {
            try await test.database.write(Notebook.permit(), Notebook.operation(4), as: "note.forge") { tx in
                try tx.execute("UPDATE audit SET actor_id = NULL")
                return Receipt()
            }
        }
        try await Notebook.write("line 5", 5, test.database)
        let trail = try await Notebook.trail(test.database)
        #expect(trail.records == 5 && trail.broken.isEmpty)
        #expect(try await Notebook.count("operation", test.database) == 4)
    }

    @Test(
        "Without the triggers the same changes go through, and the trail's chain tells of them",
        arguments: TestEngine.all)
    func unguarded(on engine: TestEngine) async throws {
        let test = try await AppendOnlyTests.open(engine)
        let kind = test.database.engine.kind
        for (table, change) in AppendOnlyTests.changes {
            let (count, report) = try await test.database.maintenance(reason: .test) { connection in
                try connection.begin()
                defer { connection.abandon() }
                try Notebook.unguard(table, kind, connection)
                return (try connection.execute(change), try Audit.verify(connection))
            }
            #expect(count > 0)
            #expect(report.broken.isEmpty == (table != "audit"), "\(change)")
        }
    }
}
