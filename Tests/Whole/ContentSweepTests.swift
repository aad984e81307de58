import App
import Core
import Documents
import Foundation
import TestKit
import Testing

@testable import Database

/// Files that no record needs are swept away, and no others.
@Suite("Files that nobody needs", .databases) struct ContentSweepTests {
    private let folder = TestSite.filesFolder()
    private var store: ContentStore { ContentStore(root: folder.path) }

    /// As if all had been put so many days ago.
    private func age(_ addresses: [ContentAddress], days: Double) throws {
        for address in addresses {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -days * 86_400)], ofItemAtPath: store.path(address))
        }
    }

    private func database(_ engine: TestEngine) async throws -> Database {
        let clock = TestClock()
        let database = try await TestDatabase(engine, .cast, clock: clock).database
        clock.move(to: Instant(milliseconds: Self.now))
        return database
    }

    private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

    /// A row in a table, without what its foreign keys ask for: the sweep reads a column and nothing else.
    private func record(_ address: ContentAddress, _ database: Database) async throws {
        try await database.unattended(.seed) { tx in
            let (target, version) = (tx.ids.next(), try tx.one("SELECT id FROM territory LIMIT 1").id("id"))
            try tx.execute("INSERT INTO swept (id, target, address) VALUES (\(target), \(version), \(address.hex))")
            return Receipt()
        }
    }

    private let swept = ContentReference(table: "swept", column: "address", where: "removed_at IS NULL")
    private let table = Migration(
        "test.0001-swept",
        [
            """
            CREATE TABLE swept (id \(.id) NOT NULL PRIMARY KEY, target \(.id) NOT NULL, address \(.text),
                removed_at \(.instant)) \(.endOfTable)
            """
        ])

    @Test(arguments: TestEngine.all) func whatARowNeedsStaysAndWhatIsYoungToo(on engine: TestEngine) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try await database(engine)
        try await database.migrate(SchemaOrder.migrations + [table])
        let (needed, removed, orphan) = (try store.put([1]), try store.put([2]), try store.put([3]))
        for address in [needed, removed] { try await record(address, database) }
        try await database.unattended(.seed) { tx in
            try tx.execute("UPDATE swept SET removed_at = \(tx.now) WHERE address = \(removed.hex)")
            return Receipt()
        }
        try age([needed, removed, orphan], days: 40)
        let (young, month) = (try store.put([4]), try store.put([5]))
        try age([month], days: 29)
        let sweep = ContentSweep(database, store, references: Wiring.contents + [swept])
        let report = try await sweep.sweep()
        #expect(report == ContentSweep.Report(removed: 2))
        #expect(try [needed, young, month].allSatisfy { try store.exists($0) })
        #expect(try ![removed, orphan].contains { try store.exists($0) })
        #expect(try await sweep.sweep() == ContentSweep.Report(), "a second time there is nothing to do")

        // The controls: without the column's place in the list, and without the time to record it, they are lost.
        #expect(try await ContentSweep(database, store, references: Wiring.contents).sweep().removed == 1)
        #expect(try !store.exists(needed))
        #expect(try await sweep.sweep(olderThan: -2).removed == 2)
        #expect(try !store.exists(young))
    }

    @Test(arguments: TestEngine.all) func aFolderOfAnotherDatabaseIsLeftAlone(on engine: TestEngine) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let (here, other) = (try await database(engine), try await database(engine))
        // Ids of tests repeat themselves, those of two offices do not.
        try await other.unattended(.seed) { tx in
            try tx.execute("INSERT INTO installation (name, value) VALUES ('files', 'another')")
            return Receipt()
        }
        let orphan = try store.put([1])
        #expect(try await ContentSweep(here, store).sweep() == ContentSweep.Report())
        try age([orphan], days: 40)
        #expect(try await ContentSweep(other, store).sweep() == ContentSweep.Report(isElsewhere: true))
        #expect(try store.exists(orphan))
        #expect(try await ContentSweep(here, store).sweep().removed == 1)
    }

    /// Everything the demonstration keeps is old, and whatever a row names stays: pictures, papers, scans of every
    /// feature, found without the lists, by looking through every column of every table.
    @Test(arguments: TestEngine.all) func theDemonstrationLosesNothing(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, .demonstration)
        site.clock.move(to: Instant(milliseconds: Self.now))
        let store = ContentStore(root: site.files.path)
        let named = try await addresses(site.database).filter { try store.exists($0) }
        #expect(named.count > 20)
        _ = try await ContentSweep(site.database, store).sweep(olderThan: -2)
        #expect(try named.filter { try !store.exists($0) } == [])
        // The control: with one list less, some would go.
        let references = Wiring.contents.filter { $0.table.description != "evidence" }
        _ = try await ContentSweep(site.database, store, references: references).sweep(olderThan: -2)
        #expect(try named.contains { try !store.exists($0) })
    }

    private func addresses(_ database: Database) async throws -> Set<ContentAddress> {
        let names: SQL =
            database.engine.kind == .sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            : """
            SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables
            WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name
            """
        return try await database.read { reader in
            var found: Set<ContentAddress> = []
            for table in try reader.rows(names).map({ try $0.text("name") }) {
                for row in try reader.rows("SELECT * FROM \(SQL(kind: table))") {
                    for value in row.values {
                        if case .text(let text) = value, let address = ContentAddress(text) { found.insert(address) }
                    }
                }
            }
            return found
        }
    }

    /// Columns that look like addresses and are none: hashes of frozen results.
    private static let hashes: Set<String> = ["ballot.result_hash", "posting_result.hash"]

    /// `table.column` of all text columns that hold 64 digits or are called like one that names a file.
    private func columns(_ migrations: [Migration]) -> Set<String> {
        var found: Set<String> = []
        for statement in migrations.flatMap(\.statements) {
            let text = statement.spelled(for: .sqlite).text
            guard let table = text.firstMatch(of: /(?:CREATE|ALTER) TABLE ([a-z_]+)/)?.output.1 else { continue }
            for match in text.matches(of: /length\(([a-z_]+)\) = 64/) { found.insert("\(table).\(match.output.1)") }
            for match in text.matches(of: /([a-z_]+) TEXT/) {
                let name = match.output.1
                let isLike = ["address", "thumbnail"].contains { name == $0 || name.hasSuffix("_" + $0) }
                if isLike { found.insert("\(table).\(name)") }
            }
        }
        return found
    }

    @Test func everyColumnThatNamesAFileIsInAList() {
        let listed = Wiring.contents.map { "\($0.table).\($0.column)" }
        #expect(Set(listed).count == listed.count)
        #expect(columns(SchemaOrder.migrations).subtracting(Self.hashes) == Set(listed))
        // A column more, and the test says so.
        #expect(columns(SchemaOrder.migrations + [table]).subtracting(Self.hashes) != Set(listed))
    }
}
