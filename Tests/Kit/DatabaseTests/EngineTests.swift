import Core
import Foundation
import TestKit
import Testing

@testable import Database

@Suite("The embedded engine keeps what it acknowledged", .databases)
struct SQLiteEngineTests {
    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kieumau-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private func expectUnfit(_ part: String, _ body: () throws -> some Any) {
        #expect { try body() } throws: { $0 is UnfitDatabase && "\($0)".contains(part) }
    }

    @Test("Every setting that durability needs is on, on the connection that writes")
    func settings() async throws {
        let test = try await TestDatabase(.sqlite, [])
        let found = try await test.database.maintenance(reason: .test) { connection in
            let rows =
                try connection.rows("PRAGMA synchronous") + connection.rows("PRAGMA foreign_keys")
                + connection.rows("PRAGMA trusted_schema") + connection.rows("PRAGMA secure_delete")
            return try connection.rows("PRAGMA journal_mode").map { try $0.text("journal_mode") }
                + rows.flatMap(\.values).map { "\($0)" }
        }
        #expect(found == ["wal", "integer(2)", "integer(1)", "integer(0)", "integer(1)"])
        #expect(try await test.database.engine.health().version.hasPrefix("SQLite 3."))
    }

    @Test("A second engine on the same file is refused until the first is closed")
    func secondEngine() async throws {
        try await withFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let first = try SQLiteEngine(path: path)
            expectUnfit("another kieumau process") { try SQLiteEngine(path: path) }
            try first.close()
            let again = try SQLiteEngine(path: path)
            try again.close()
            try again.close()
        }
    }

    @Test("Two links to one file are one database: the second engine is refused by whichever name it comes")
    func secondEngineByALink() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "a.sqlite").path
            try SQLiteEngine(path: file).close()
            for name in ["one", "two"] {
                try FileManager.default.createDirectory(
                    at: folder.appending(path: name), withIntermediateDirectories: false)
                try FileManager.default.createSymbolicLink(
                    atPath: folder.appending(path: "\(name)/a.sqlite").path, withDestinationPath: file)
            }
            let first = try SQLiteEngine(path: folder.appending(path: "one/a.sqlite").path)
            expectUnfit("another kieumau process") {
                try SQLiteEngine(path: folder.appending(path: "two/a.sqlite").path)
            }
            expectUnfit("another kieumau process") { try SQLiteEngine(path: file) }
            try first.close()
            try SQLiteEngine(path: folder.appending(path: "two/a.sqlite").path).close()
        }
    }

    @Test("A file that cannot be kept safely is refused with words, and its lock is let go")
    func unfit() async throws {
        try await withFolder { folder in
            expectUnfit("cannot create") { try SQLiteEngine(path: folder.appending(path: "absent/a.sqlite").path) }
            expectUnfit("cannot open") { try SQLiteEngine(path: folder.path) }

            let noise = folder.appending(path: "noise.sqlite")
            try Data(repeating: 7, count: 10_000).write(to: noise)
            expectUnfit("not a database") { try SQLiteEngine(path: noise.path) }

            // A folder stands where the log's index must be, so there can be no write-ahead log.
            let walless = folder.appending(path: "b.sqlite")
            let inTheWay = folder.appending(path: "b.sqlite-shm")
            try FileManager.default.createDirectory(at: inTheWay, withIntermediateDirectories: false)
            expectUnfit("b.sqlite") { try SQLiteEngine(path: walless.path) }
            try FileManager.default.removeItem(at: inTheWay)
            try SQLiteEngine(path: walless.path).close()
        }
    }

    @Test("When the disk is full the words say so, nothing half is kept, and it goes on when there is room")
    func full() async throws {
        let test = try await Notebook.open(.sqlite)
        let database = test.database
        try await database.maintenance(reason: .test) { connection in
            let pages = try connection.rows("PRAGMA page_count").first?.integer("page_count") ?? 0
            try connection.run("PRAGMA max_page_count = \(pages + 2)")
        }
        let long = String(repeating: "x", count: 5_000_000)
        // The long one ends the transaction that all three share.
        let results = await database.together([
            { try await Notebook.write("a", 1, database) }, { try await Notebook.write(long, 2, database) },
            { try await Notebook.write("b", 3, database) },
        ])
        #expect(results.map(\.refusal) == [nil, .full, nil])
        #expect(try await Notebook.lines(database) == ["a", "b"])
        let alone = await database.together([{ try await Notebook.write(long, 4, database) }])
        #expect(alone.map(\.refusal) == [.full])
        try await database.maintenance(reason: .test) { try $0.run("PRAGMA max_page_count = 1073741823") }
        try await Notebook.write(long, 2, database)
        #expect(try await Notebook.trail(database).broken.isEmpty)
    }

    @Test("Many more readings than connections are all answered, also behind one that failed")
    func manyReadings() async throws {
        let database = try await Notebook.open(.sqlite).database
        try await Notebook.write("a", 1, database)
        let answers = await withTaskGroup(of: [String]?.self) { group in
            for number in 0..<60 {
                group.addTask {
                    try? await database.read { reader in
                        if number % 10 == 0 { _ = try reader.rows("SELECT * FROM absent") }
                        return try Notebook.lines(reader)
                    }
                }
            }
            return await group.reduce(into: [[String]?]()) { $0.append($1) }
        }
        #expect(answers.count { $0 == ["a"] } == 54)
        #expect(answers.count { $0 == nil } == 6)
        try await Notebook.write("b", 2, database)
        #expect(try await Notebook.lines(database) == ["a", "b"])
    }

    @Test("A reading sees one state from beginning to end, and cannot write")
    func snapshot() async throws {
        let database = try await Notebook.open(.sqlite).database
        try await Notebook.write("a", 1, database)
        let (seen, go) = (AsyncStream.makeStream(of: Void.self), DispatchSemaphore(value: 0))
        async let lines = database.read { reader in
            let before = try Notebook.lines(reader)
            seen.continuation.yield()
            go.wait()
            return [before, try Notebook.lines(reader)]
        }
        for await _ in seen.stream { break }
        try await Notebook.write("b", 2, database)
        go.signal()
        #expect(try await lines == [["a"], ["a"]])
        #expect(try await Notebook.lines(database) == ["a", "b"])
        await #expect(throws: (any Error).self) {
            try await database.read { _ = try $0.rows("DELETE FROM line RETURNING 1") }
        }
        #expect(try await Notebook.lines(database) == ["a", "b"])
    }

    @Test("After closing, what is asked is refused and nobody waits for ever", arguments: TestEngine.all)
    func closed(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        let database = test.database
        try database.close()
        await #expect(throws: (any Error).self) { try await Notebook.lines(database) }
        await #expect(throws: (any Error).self) { try await Notebook.write("x", 1, database) }
    }
}

@Suite("PostgreSQL keeps what it acknowledged", .databases, .enabled(if: TestEngine.all.contains(.postgres)))
struct PostgresEngineTests {
    @Test("A wrong address is said in words")
    func wrongAddress() throws {
        #expect { try PostgresEngine("host=/nowhere dbname=x") } throws: { "\($0)".contains("/nowhere") }
        #expect(throws: PostgresFault.self) { try PostgresEngine("no such = setting") }
    }

    @Test("A server that would lose acknowledged commits is refused", arguments: ["off", "local", "remote_write"])
    func unfit(setting: String) throws {
        let conninfo = try TestEngine.conninfo()
        #expect {
            try PostgresEngine(conninfo + " options='-c synchronous_commit=\(setting)'")
        } throws: {
            $0 is UnfitDatabase && "\($0)".contains("synchronous_commit = \(setting)")
        }
    }

    @Test("One that keeps them is not", arguments: ["on", "remote_apply"])
    func fit(setting: String) throws {
        try PostgresEngine(TestEngine.conninfo() + " options='-c synchronous_commit=\(setting)'").close()
    }

    @Test("A server that takes the connection and says nothing is given up, and what waited behind is answered with it")
    func silentServer() async throws {
        let silent = try SilentServer()
        defer { silent.close() }
        let begun = ContinuousClock.now
        #expect(throws: PostgresFault.self) {
            try PostgresEngine("host=127.0.0.1 port=\(silent.port) connect_timeout=2 dbname=x")
        }
        // The system's own patience is minutes; so is libpq's, where nobody names a time.
        #expect(ContinuousClock.now - begun < .seconds(60))
    }

    private static let end: SQL = "SELECT CASE WHEN pg_terminate_backend(pg_backend_pid()) THEN 1 ELSE 0 END AS ended"

    @Test("A connection that breaks in the middle of a write is told as such; the next write has a new one")
    func brokenInTheMiddle() async throws {
        let test = try await Notebook.open(.postgres)
        let database = test.database
        let broken = await database.together([
            {
                try await database.write(Notebook.permit(), Notebook.operation(1), as: "note.write") { tx in
                    let id = try Notebook.add("lost", tx)
                    _ = try tx.rows(PostgresEngineTests.end)
                    return Receipt(id: id)
                }
            }
        ])
        #expect(broken[0].refusal == .unavailable)
        try await Notebook.write("after", 2, database)
        #expect(try await Notebook.lines(database) == ["after"])
        #expect(try await Notebook.trail(database).broken.isEmpty)
    }

    @Test(
        "A connection that breaks during COMMIT leaves the outcome unknown, and sending the same act again settles it")
    func brokenInCommit() async throws {
        let test = try await Notebook.open(.postgres, fresh: true)
        let database = test.database
        try await database.maintenance(reason: .test) { connection in
            try connection.run(
                """
                CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON line DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW WHEN (NEW.words = 'cut') EXECUTE FUNCTION cut()
                """)
        }
        let cut = await database.together([{ try await Notebook.write("cut", 1, database) }])
        #expect(throws: Refusal(.unavailable, "web.refusal.outcomeUnknown")) { try cut[0].get() }
        try await database.maintenance(reason: .test) { try $0.run("DROP TRIGGER cut ON line") }
        #expect(try await Notebook.write("cut", 1, database).repeated == false)
        #expect(try await Notebook.write("cut", 1, database).repeated)
        #expect(try await Notebook.lines(database) == ["cut"])
    }

    @Test("A commit that no standby confirmed is not acknowledged: the warning that comes with it counts")
    func warnedInCommit() async throws {
        let test = try await Notebook.open(.postgres, fresh: true)
        let database = test.database
        // What the server says when the wait for a standby is cut short: a warning, and COMMIT all the same.
        for (name, code) in [("warned", "01000"), ("told", "01P01")] {
            try await database.maintenance(reason: .test) { connection in
                try connection.run(
                    """
                    CREATE FUNCTION \(name)() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                        RAISE WARNING USING ERRCODE = '\(code)', MESSAGE = 'cut short'; RETURN NULL; END $$;
                    CREATE CONSTRAINT TRIGGER \(name) AFTER INSERT ON line DEFERRABLE INITIALLY DEFERRED
                        FOR EACH ROW WHEN (NEW.words = '\(name)') EXECUTE FUNCTION \(name)()
                    """)
            }
        }
        let warned = await database.together([{ try await Notebook.write("warned", 1, database) }])
        #expect(throws: Refusal(.unavailable, "web.refusal.outcomeUnknown")) { try warned[0].get() }
        // The row is there, so the same act sent again is told so.
        #expect(try await Notebook.write("warned", 1, database).repeated)
        // Another warning is none of this.
        #expect(try await Notebook.write("told", 2, database).repeated == false)
        #expect(try await Notebook.lines(database) == ["told", "warned"])
    }

    @Test("A call that never ends is cut off after its time, and the next one has a connection of its own")
    func deadline() async throws {
        let test = try await Notebook.open(.postgres)
        let engine = try PostgresEngine(
            test.address[1], schema: test.address[2], readers: 1, deadline: Deadline(limit: 0.3, look: 0.1))
        defer { engine.close() }
        await #expect(throws: Refusal(.unavailable, "web.refusal.databaseAway")) {
            try await engine.read { try $0.rows("SELECT CASE WHEN pg_sleep(60) IS NULL THEN 1 ELSE 0 END AS slept") }
        }
        #expect(try await engine.read { try Notebook.lines($0) } == [])
    }

    @Test("Connections that the server dropped while they were idle are made anew before anybody notices")
    func droppedWhileIdle() async throws {
        let test = try await Notebook.open(.postgres)
        let database = test.database
        let bystander = try test.another(.test(from: 9_000))
        for number in 1...3 {
            try await Notebook.write("line \(number)", number, database)
            let all = try await PostgresEngineTests.backends(of: database)
            try await bystander.maintenance(reason: .test) { connection in
                for backend in all {
                    _ = try connection.rows(
                        """
                        SELECT CASE WHEN pg_terminate_backend(CAST(\(backend) AS INTEGER), 5000) THEN 1 ELSE 0 END AS ended
                        """)
                }
            }
            #expect(Set(try await PostgresEngineTests.backends(of: database)).isDisjoint(with: all))
        }
        #expect(try await Notebook.count("line", database) == 3)
    }

    /// The server's processes behind both readers and the writer.
    private static func backends(of database: Database) async throws -> [Int] {
        let asked: SQL = "SELECT pg_backend_pid() AS pid"
        // Each reader waits for the other, so that they are two.
        let both = DispatchGroup()
        both.enter()
        both.enter()
        @Sendable func reader() async throws -> Int {
            try await database.read { reader in
                defer {
                    both.leave()
                    both.wait()
                }
                return try reader.one(asked).integer("pid")
            }
        }
        async let one = reader()
        async let two = reader()
        let writer = try await database.maintenance(reason: .test) { try $0.one(asked).integer("pid") }
        return [try await one, try await two, writer]
    }
}

/// Takes connections and never says a word.
private struct SilentServer {
    private let descriptor: Int32
    let port: Int

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let done = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 8) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        try #require(done)
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    func close() { Foundation.close(descriptor) }
}
