import Core
import Database
import TestKit
import Testing

/// What one test leaves behind must not reach the next, on either engine.
@Suite("A test's database is its own", .databases)
struct IsolationTests {
    @Test("What is changed, added, taken out and renumbered here …", arguments: TestEngine.all)
    func once(on engine: TestEngine) async throws { try await leaveTraces(engine) }

    @Test("… is not there when the same is done again", arguments: TestEngine.all)
    func again(on engine: TestEngine) async throws { try await leaveTraces(engine) }

    @Test("… nor a third time, with tables of one's own", arguments: TestEngine.all)
    func onceMore(on engine: TestEngine) async throws {
        try await leaveTraces(engine)
        let test = try await TestDatabase(engine, .cast)
        try await test.database.maintenance(reason: .test) { try $0.run("CREATE TABLE left_behind (id INTEGER)") }
    }

    private func leaveTraces(_ engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        #expect(try await test.database.isMigrated(TestContents.cast.migrations))
        let before = try await test.database.read { reader in
            try [
                "SELECT count(*) AS n FROM person WHERE name <> 'X'", "SELECT count(*) AS n FROM search_word",
                "SELECT count(*) AS n FROM organisation_tree", "SELECT count(*) AS n FROM session",
                "SELECT count(*) AS n FROM audit",
            ].map { try reader.one($0).integer("n") }
        }
        #expect(before[0] == Member.allCases.count && before[1] > 0 && before[2] == 1)
        #expect(before[3] == 0 && before[4] == 1)
        let ids = try await test.database.unattended(
            .seed,
            giving: { tx in
                try tx.execute("UPDATE person SET name = 'X'")
                try tx.execute("DELETE FROM search_word")
                try tx.execute("DELETE FROM organisation_tree")
                return [tx.ids.next(), tx.ids.next()]
            })
        #expect(ids.map(\.description).map { $0.suffix(12) } == ["000001000001", "000001000002"])
        #expect(test.clock.today == Day(iso: "2026-11-10"))
    }

    @Test("The clock moves only when it is moved")
    func clock() {
        let clock = TestClock()
        let world = World.test(clock)
        #expect(world.clock.now().isoText == "2026-11-10T01:00:00.000Z")
        clock.advance(by: .seconds(90))
        #expect(world.clock.now().isoText == "2026-11-10T01:01:30.000Z")
        clock.move(to: Day(iso: "2026-11-18")!, hour: 19)
        #expect(world.clock.now().isoText == "2026-11-18T12:00:00.000Z")
    }

    @Test("Secrets are the same in every run and never twice the same within one")
    func secrets() {
        let (one, other) = (World.test(), World.test())
        let first = one.secrets.bytes(16)
        #expect(first == other.secrets.bytes(16))
        #expect(first != one.secrets.bytes(16))
        #expect(World.test(from: 2).secrets.bytes(16) != first)
    }
}
