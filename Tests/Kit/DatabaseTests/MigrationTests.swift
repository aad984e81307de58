import Core
import TestKit
import Testing

@testable import Database

@Suite("Migrations", .databases)
struct MigrationTests {
    private let first = Migration("test.0001-first", ["CREATE TABLE first (id \(.integer) PRIMARY KEY) \(.endOfTable)"])
    private let second = Migration(
        "test.0002-second",
        [
            "CREATE TABLE second (id \(.integer) PRIMARY KEY) \(.endOfTable)",
            "INSERT INTO second (id) VALUES (\(7))",
        ])

    @Test("A step runs once, and later steps are added behind it", arguments: TestEngine.all)
    func once(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, [])
        #expect(try await test.database.migrate([first]) == ["test.0001-first"])
        #expect(try await test.database.migrate([first]) == [])
        #expect(try await test.database.isMigrated([first]))
        #expect(try await test.database.isMigrated([first, second]) == false)
        #expect(try await test.database.migrate([first, second]) == ["test.0002-second"])
        #expect(try await test.reopen().migrate([first, second]) == [])
        #expect(try await Notebook.count("second", test.database) == 1)
    }

    @Test("A database that a newer program wrote is refused, with the step's name", arguments: TestEngine.all)
    func newer(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, [])
        try await test.database.migrate([first, second])
        await #expect {
            try await test.database.migrate([first])
        } throws: {
            $0 is UnfitDatabase && "\($0)".contains("test.0002-second")
        }
        #expect(try await test.database.isMigrated([first]) == false)
    }

    @Test("A step that fails leaves nothing behind, and can be run again when it is mended", arguments: TestEngine.all)
    func failing(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, [])
        let broken = Migration("test.0002-second", [second.statements[0], "INSERT INTO nowhere (id) VALUES (1)"])
        await #expect(throws: (any Error).self) { try await test.database.migrate([first, broken]) }
        #expect(try await test.database.isMigrated([first]))
        #expect(try await test.database.migrate([first, second]) == ["test.0002-second"])
    }

    @Test("Two steps of one name are a mistake of the program", arguments: TestEngine.all)
    func twins(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, [])
        await #expect {
            try await test.database.migrate([first, Migration(first.name, [])])
        } throws: {
            $0 is UnfitDatabase && "\($0)".contains(first.name)
        }
    }

    @Test("Several programs that start at once run each step once between them")
    func together() async throws {
        guard TestEngine.all.contains(.postgres) else { return }
        let test = try await TestDatabase(.postgres, [])
        let all = (3...12).map {
            Migration("test.\($0)", ["CREATE TABLE t\(SQL(kind: "\($0)")) (id \(.integer)) \(.endOfTable)"])
        }
        let databases = try (1...3).map { try test.another(.test(from: UInt64($0) * 1_000)) }
        let ran = try await withThrowingTaskGroup(of: [String].self) { group in
            for database in databases { group.addTask { try await database.migrate(all) } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(ran.sorted() == all.map(\.name).sorted())
    }
}
