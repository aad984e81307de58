import Core
import Database
import Foundation
import TestKit
import Testing

/// On both engines: a database that a seed began to fill and did not finish is not served.
@Suite("An unfinished seed", .databases) struct UnfinishedSeedTests {
    @Test(arguments: TestEngine.all) func isNotServed(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .product, fresh: true)
        func mark(_ statement: SQL) async throws {
            try await test.database.unattended(.seed) { tx in
                try tx.execute(statement)
                return Receipt()
            }
        }
        try await mark("INSERT INTO installation (name, value) VALUES ('seed', 'unfinished')")
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        let port = try FreePort.next()
        let arguments = ["serve", "--port", "\(port)"] + (try KieuMau.options(for: test, in: data))
        func serve() throws -> (Process, Pipe) {
            test.close()
            return try KieuMau.start(arguments)
        }
        let (refused, pipe) = try serve()
        let said = pipe.rest()
        refused.waitUntilExit()
        #expect(refused.terminationStatus == 65 && said.contains("not finished"), "\(said)")

        try test.reopen()
        try await mark("DELETE FROM installation WHERE name = 'seed'")
        let (served, output) = try serve()
        var first = ""
        while !first.contains("http://127.0.0.1:\(port)") {
            let more = output.more()
            try #require(!more.isEmpty, "it ended: \(first)")
            first += more
        }
        served.terminate()
        served.waitUntilExit()
    }
}
