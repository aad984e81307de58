import Core
import Dispatch
import TestKit
import Testing

@testable import Database

@Suite("Reading", .databases)
struct RowTests {
    @Test("A statement and its reader that have drifted apart are named by the column", arguments: TestEngine.all)
    func faults(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, [])
        let row = try await test.database.read { reader in
            try reader.one(
                """
                SELECT CAST(\("x") AS TEXT) AS words, CAST(\(5) AS \(.integer)) AS number,
                       CAST(\([1, 2, 3] as [UInt8]) AS \(.bytes)) AS content, CAST(NULL AS TEXT) AS empty,
                       CAST(\("31/12/2026") AS TEXT) AS day
                """)
        }
        expectFault("absent: no such column") { try row.text("absent") }
        expectFault("empty: null") { try row.text("empty") }
        expectFault("empty: null") { try row.id("empty") }
        expectFault("empty: null") { try row.integer("empty") }
        expectFault("empty: null") { try row.bytes("empty") }
        expectFault("empty: null") { try row.day("empty") }
        expectFault("empty: null") { try row.instant("empty") }
        expectFault("empty: null") { try row.flag("empty") }
        expectFault("number: integer(5)") { try row.text("number") }
        expectFault("words: text(\"x\")") { try row.integer("words") }
        expectFault("words: text(\"x\")") { try row.flag("words") }
        expectFault("content: 3 bytes") { try row.id("content") }
        expectFault("day: 31/12/2026") { try row.day("day") }
    }

    private func expectFault(_ text: String, _ body: () throws -> some Any) {
        #expect { try body() } throws: { "\($0)" == "column \(text)" }
    }

    @Test("A sum that PostgreSQL makes a decimal is refused with the way to write it")
    func decimal() async throws {
        guard TestEngine.all.contains(.postgres) else { return }
        let test = try await TestDatabase(.postgres, [])
        await #expect {
            try await test.database.read { try $0.rows("SELECT sum(n) AS total FROM (VALUES (1::bigint)) v (n)") }
        } throws: {
            "\($0)".contains("column total") && "\($0)".contains("CAST")
        }
    }

    @Test("One reading sees one state, whatever is written meanwhile", arguments: TestEngine.all)
    func snapshot(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        let database = test.database
        let (looked, written) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        async let counts = database.read { reader in
            func count() throws -> Int { try reader.one("SELECT count(*) AS n FROM line").integer("n") }
            let before = try count()
            looked.signal()
            written.wait()
            return [before, try count()]
        }
        await withCheckedContinuation { go in
            DispatchQueue.global().async {
                looked.wait()
                go.resume()
            }
        }
        try await Notebook.write("meanwhile", 1, database)
        written.signal()
        #expect(try await counts == [0, 0])
        #expect(try await Notebook.count("line", database) == 1)
    }

    @Test("Whoever reads cannot write", arguments: TestEngine.all)
    func readOnly(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        await #expect(throws: (any Error).self) {
            try await test.database.read { try $0.rows("DELETE FROM counter WHERE value = 0 RETURNING name") }
        }
        #expect(try await Notebook.count("counter", test.database) == 1)
    }

    @Test("What is not there is not found")
    func notFound() async throws {
        let test = try await Notebook.open(.sqlite)
        await #expect(throws: NotFound.self) {
            try await test.database.read { try $0.one("SELECT value FROM counter WHERE name = \("two")") }
        }
    }
}
