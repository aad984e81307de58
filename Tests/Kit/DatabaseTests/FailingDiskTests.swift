import Core
import Foundation
import Synchronization
import TestKit
import Testing

@testable import Database

@Suite("When the disk fails", .databases)
struct FailingDiskTests {
    @Test(
        "The first failed commit ends writing: nobody of the batch is told it was saved, reading goes on",
        arguments: TestEngine.all)
    func failing(on engine: TestEngine) async throws {
        let disk = FaultyEngine.Disk()
        let test = try await Notebook.open(engine, through: disk.wrap)
        let database = test.database
        try await Notebook.write("before", 1, database)
        let reasons = Mutex<[String]>([])
        database.gate.whenShut { reason in reasons.withLock { $0.append(reason) } }
        disk.strike(.failing)
        let results = await database.together([
            { try await Notebook.write("a", 2, database) }, { try await Notebook.write("b", 3, database) },
        ])
        #expect(results.map(\.refusal) == [.unavailable, .unavailable])
        #expect(database.gate.isShut && reasons.withLock { $0 } == ["failing"])

        // The disk seems well again: that is what a failed flush looks like. Nothing is tried.
        disk.strike(nil)
        let tried = disk.commits
        let later = await database.together([{ try await Notebook.write("c", 4, database) }])
        #expect(later.map(\.refusal) == [.unavailable] && disk.commits == tried)
        #expect(try await Notebook.lines(database) == ["before"])

        // Started again, and looked at: the act whose answer never came is sent again and has its one effect.
        let again = try test.reopen()
        #expect(try await again.engine.check() == [])
        try await Notebook.write("a", 2, again)
        #expect(try await Notebook.lines(again) == ["a", "before"])
        #expect(try await Notebook.trail(again).broken.isEmpty)
        #expect(reasons.withLock { $0.count } == 1)
    }

    @Test("A full disk is told, ends nothing, and saving goes on when there is room", arguments: TestEngine.all)
    func full(on engine: TestEngine) async throws {
        let disk = FaultyEngine.Disk()
        let test = try await Notebook.open(engine, through: disk.wrap)
        disk.strike(.full)
        let results = await test.database.together([{ try await Notebook.write("a", 1, test.database) }])
        #expect(results.map(\.refusal) == [.full] && !test.database.gate.isShut)
        disk.strike(nil)
        try await Notebook.write("a", 1, test.database)
        #expect(try await Notebook.lines(test.database) == ["a"])
    }

    @Test("Until the database was looked at nothing is written, and the end of that is no second failure")
    func keptShut() async throws {
        let test = try await Notebook.open(.sqlite)
        test.database.gate.whenShut { Issue.record("shut again: \($0)") }
        test.database.gate.keepShut(because: "the last run")
        let refused = await test.database.together([{ try await Notebook.write("a", 1, test.database) }])
        #expect(refused.map(\.refusal) == [.unavailable])
        test.database.gate.shut(because: "reading failed too")
        test.database.gate.open()
        try await Notebook.write("a", 1, test.database)
    }

    @Test("The embedded engine's own errors of the disk: a log cut short, a page that is none")
    func sqliteErrors() async throws {
        let cut = try await Notebook.open(.sqlite)
        let log = cut.address[1] + "-wal"
        try #require(try FileHandle(forReadingFrom: URL(fileURLWithPath: log)).seekToEnd() > 0)
        try FileHandle(forWritingTo: URL(fileURLWithPath: log)).truncate(atOffset: 0)
        let first = await cut.database.together([{ try await Notebook.write("a", 1, cut.database) }])
        let reading = await Result { try await Notebook.lines(cut.database) }
        #expect(first.map(\.refusal) == [.unavailable] || reading.refusal == .unavailable)
        #expect(cut.database.gate.isShut)

        let torn = try await Notebook.open(.sqlite)
        try await Notebook.write("a", 1, torn.database)
        let page = try await torn.database.maintenance(reason: .test) { connection in
            try connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
            return try connection.rows("SELECT rootpage AS page FROM sqlite_master WHERE name = 'line'").first?
                .integer("page") ?? 0
        }
        torn.close()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: torn.address[1]))
        try file.seek(toOffset: UInt64((page - 1) * 4_096))
        try file.write(contentsOf: Data(repeating: 0xA5, count: 4_096))
        try file.close()
        let database = try torn.reopen()
        #expect(try await database.engine.check().isEmpty == false)
        let lines = await Result { try await Notebook.lines(database) }
        #expect(lines.refusal == .unavailable && database.gate.isShut)
        // The other tables are read as before.
        #expect(try await Notebook.count("note", database) == 1)
    }

    @Test(
        "PostgreSQL's own words for it",
        .enabled(if: TestEngine.all.contains(.postgres)),
        arguments: [
            ("58030", Refusal.Kind.unavailable, true), ("XX001", .unavailable, true), ("XX002", .unavailable, true),
            ("53100", .full, false),
        ])
    func postgresErrors(state: String, kind: Refusal.Kind, isShut: Bool) async throws {
        let test = try await Notebook.open(.postgres, fresh: true)
        let database = test.database
        try await database.maintenance(reason: .test) {
            try $0.run(
                """
                CREATE FUNCTION fail() RETURNS bigint LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'as a disk does' USING ERRCODE = '\(state)'; END $$
                """)
        }
        let results = await database.together([
            {
                try await database.write(Notebook.permit(), Notebook.operation(1), as: "note.write") { tx in
                    _ = try tx.one("SELECT fail() AS n")
                    return Receipt()
                }
            }
        ])
        #expect(results.map(\.refusal) == [kind] && database.gate.isShut == isShut)
        #expect(try await database.engine.check() == [])
    }

    @Test("No other error shuts the gate", arguments: TestEngine.all)
    func others(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        let database = test.database
        for statement: SQL in ["SELECT nothing FROM nowhere", "INSERT INTO line (id) VALUES (NULL)"] {
            await #expect(throws: (any Error).self) {
                try await database.write(Notebook.permit(), Notebook.operation(1), as: "note.write") { tx in
                    try tx.execute(statement)
                    return Receipt()
                }
            }
        }
        await #expect(throws: (any Error).self) { try await database.read { try $0.rows("SELECT * FROM nowhere") } }
        #expect(!database.gate.isShut)
    }
}

extension Result {
    init(_ body: () async throws -> Success) async where Failure == any Error {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
