import Core
import TestKit
import Testing

@testable import Database

@Suite("The lane", .databases)
struct LaneTests {
    @Test("Five hundred writes at once are all kept, each in the trail, without a gap", arguments: TestEngine.all)
    func manyAtOnce(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        let database = test.database
        try await withThrowingTaskGroup(of: Written.self) { group in
            for number in 1...500 { group.addTask { try await Notebook.write("line \(number)", number, database) } }
            for try await written in group { #expect(written.repeated == false) }
        }
        try test.reopen()
        let lines = Set(try await Notebook.lines(test.database))
        #expect(lines == Set((1...500).map { "line \($0)" }))
        #expect(try await Notebook.count("operation", test.database) == 500)
        let numbers = try await test.database.read { reader in
            try reader.rows("SELECT number FROM audit WHERE lane = 1 ORDER BY number").map { try $0.integer("number") }
        }
        // One more than the writes: the filling of the notebook.
        #expect(numbers == Array(1...501))
        let trail = try await Notebook.trail(test.database)
        #expect(trail.records == 501 && trail.lanes == 1 && trail.broken.isEmpty)
    }

    @Test(
        "A write that is refused half-way leaves nothing and spoils nothing for its neighbours",
        arguments: TestEngine.all)
    func refusedInTheMiddle(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        let database = test.database
        let results = await database.together(
            (1...9).map { number in
                {
                    try await database.write(Notebook.permit(), Notebook.operation(number), as: "note.write") { tx in
                        let id = try Notebook.add("line \(number)", tx)
                        switch number {
                        case 3: throw Refusal(.invalid, "test.refused", field: "words")
                        case 5: _ = try Notebook.add("forbidden", tx)
                        case 7: _ = try tx.one("SELECT words FROM line WHERE words = 'line 7'").integer("words")
                        default: break
                        }
                        return Receipt(id: id)
                    }
                }
            })
        #expect(results.map(\.isSuccess) == [true, true, false, true, false, true, false, true, true])
        #expect(results[2].refusal == .invalid)
        #expect(throws: RowFault.self) { try results[6].get() }
        #expect(try await Notebook.lines(database) == [1, 2, 4, 6, 8, 9].map { "line \($0)" })
        #expect(try await Notebook.count("operation", database) == 6)
        let trail = try await Notebook.trail(database)
        #expect(trail.records == 7 && trail.broken.isEmpty)
    }

    @Test(
        "Without a savepoint of its own, a write refused half-way would spoil its neighbours", arguments: TestEngine.all
    )
    func withoutSavepoint(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        try await test.database.maintenance(reason: .test) { connection in
            func add(_ words: String) throws {
                try connection.execute(
                    """
                    INSERT INTO line (id, note_id, words)
                    VALUES (\(ID(high: 9, low: UInt64(words.count))), \(Notebook.note), \(words))
                    """)
            }
            try connection.begin()
            try add("a")
            // The refused one: its first line is in, its second is not taken.
            try add("bb")
            #expect(throws: (any Error).self) { try add("forbidden") }
            try? add("ccc")
            try? connection.commit()
            connection.abandon()
        }
        // SQLite keeps half of the refused write; PostgreSQL loses its neighbours.
        #expect(try await Notebook.lines(test.database) == (engine == .sqlite ? ["a", "bb", "ccc"] : []))
    }

    @Test("The same act sent twice at once has one effect and the same answer", arguments: TestEngine.all)
    func twice(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        let database = test.database
        let inOneBatch = await database.together([
            { try await Notebook.write("once", 1, database) }, { try await Notebook.write("once", 1, database) },
        ])
        let first = try inOneBatch[0].get()
        #expect(try inOneBatch[1].get().receipt == first.receipt)
        #expect(try inOneBatch.map { try $0.get().repeated } == [false, true])

        let later = try await Notebook.write("once", 1, test.reopen())
        #expect(later.repeated && later.receipt == first.receipt)

        let reopened = test.database
        let all = try await withThrowingTaskGroup(of: Written.self) { group in
            for _ in 1...50 { group.addTask { try await Notebook.write("fifty", 2, reopened) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(all.count { !$0.repeated } == 1)
        #expect(Set(all.map(\.receipt.id)).count == 1)
        #expect(try await Notebook.lines(reopened) == ["fifty", "once"])
        // Filling, and two acts: a repetition leaves no line of its own.
        #expect(try await Notebook.trail(reopened).records == 3)
    }

    @Test("A receipt comes back as it was", arguments: TestEngine.all)
    func receipt(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        let receipt = Receipt(id: Notebook.note, location: "/notes/1?từ=đây", version: 7, flash: "notes.kept")
        for _ in 1...2 {
            let written = try await test.database.write(
                Notebook.permit(), Notebook.operation(1), as: "note.write"
            ) { _ in receipt }
            #expect(written.receipt == receipt)
        }
    }

    @Test("An operation id used for something else, or by someone else, is refused", arguments: TestEngine.all)
    func reused(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        let database = test.database
        let other = ID(high: 2, low: 2)
        let results = await database.together([
            { try await Notebook.write("mine", 1, database) },
            { try await Notebook.write("other", 1, database, asking: 2) },
            { try await Notebook.write("mine", 1, database, Notebook.permit(Notebook.actor(other))) },
        ])
        #expect(results.map(\.isSuccess) == [true, false, false])
        let again = await database.together([
            { try await Notebook.write("other", 1, database, asking: 2) },
            { try await Notebook.write("mine", 1, database, Notebook.permit(Notebook.actor(other))) },
        ])
        for result in results.dropFirst() + again { #expect(result.refusal == .conflict) }
        #expect(try await Notebook.lines(database) == ["mine"])
    }

    @Test("A refused act can be sent again under the same id once its ground is mended", arguments: TestEngine.all)
    func refusedThenMended(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        await #expect(throws: (any Error).self) { try await Notebook.write("forbidden", 1, test.database) }
        #expect(try await Notebook.write("allowed", 1, test.database).repeated == false)
    }

    @Test("However long the line is, whoever wants the connection gets a turn", arguments: TestEngine.all)
    func turns(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        let database = test.database
        let writer = await HeldWriter(database)
        let total = Lane.batchLimit + 40
        let writes = (1...total).map { number in Task { try await Notebook.write("x", number, database) } }
        while database.lane.waiting < total { await Task.yield() }
        let between = await withCheckedContinuation { turn in
            database.engine.onWriter { connection in
                let row = try? connection.rows("SELECT count(*) AS n FROM line").first
                turn.resume(returning: (try? row?.integer("n")) ?? -1)
            }
            writer.letGo()
        }
        for write in writes { _ = try await write.value }
        #expect(between == Lane.batchLimit)
        #expect(try await Notebook.count("line", database) == total)
    }

    @Test("What is told of a change stands in the trail", arguments: TestEngine.all)
    func detail(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        _ = try await test.database.write(Notebook.permit(), Notebook.operation(1), as: "note.name") { tx in
            tx.note("name", from: "Thôn 7", to: "Thôn Thông Xanh/\"1\"")
            tx.note("closed")
            return Receipt()
        }
        let row = try await test.database.read { try $0.one("SELECT * FROM audit WHERE act = 'note.name'") }
        #expect(
            try row.text("detail")
                == #"[{"after":"Thôn Thông Xanh/\"1\"","before":"Thôn 7","what":"name"},{"what":"closed"}]"#)
        #expect(try row.id("actor_id") == Notebook.person)
        #expect(try row.id("grant_id") == Notebook.grant.id)
        #expect(try row.text("capability") == "registerArea")
        #expect(try row.text("subject_kind") == "note")
        #expect(try row.id("subject_id") == Notebook.note)
        #expect(try row.id("operation_id") == Notebook.operation(1).id)
        #expect(try row.instant("at") == test.clock.now)
    }

    @Test("Counting attempts leaves no line in the trail; every other reason does", arguments: TestEngine.all)
    func unattended(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, Notebook.migrations)
        for reason in Unattended.allCases { try await test.database.unattended(reason) { _ in Receipt() } }
        let acts = try await test.database.read { reader in
            try reader.rows("SELECT act FROM audit ORDER BY number").map { try $0.text("act") }
        }
        #expect(acts == ["session", "resident", "job", "seed", "commandLine"].map { "unattended.\($0)" })
        let answer = try await test.database.unattended(.commandLine, giving: { _ in 42 })
        #expect(answer == 42)
    }
}
