import Core
import Synchronization
import TestKit
import Testing

@testable import Database

@Suite("Jobs", .databases)
struct JobTests {
    private static func plan(_ name: String, in delay: Duration, _ test: TestDatabase, kind: String = "line")
        async throws
    {
        try await test.database.unattended(.seed) { tx in
            try Job.plan(kind, named: name, at: tx.now + delay, payload: name, tx)
            return Receipt()
        }
    }

    private static func runner(_ database: Database, _ effect: @escaping JobRunner.Effect) -> JobRunner {
        JobRunner(database, effects: ["line": effect], log: .silent)
    }

    private static let addLine: JobRunner.Effect = { job, tx in _ = try Notebook.add(job.payload, tx) }

    @Test("A job is done when its hour has come, once, also after a restart", arguments: TestEngine.all)
    func due(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        try await JobTests.plan("due", in: .zero, test)
        try await JobTests.plan("later", in: .seconds(60), test)
        try test.reopen()
        let runner = JobTests.runner(test.database, JobTests.addLine)
        #expect(try await runner.runOne())
        #expect(try await runner.runOne() == false)
        #expect(try await Notebook.lines(test.database) == ["due"])
        test.clock.advance(by: .seconds(60))
        #expect(try await runner.runOne())
        #expect(try await runner.runOne() == false)
        #expect(try await Notebook.lines(test.database) == ["due", "later"])
        #expect(try await Notebook.trail(test.database).broken.isEmpty)
    }

    @Test("A name stands once: asking again, even after it is done, doubles nothing", arguments: TestEngine.all)
    func name(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        let runner = JobTests.runner(test.database, JobTests.addLine)
        for _ in 1...3 {
            try await JobTests.plan("once", in: .zero, test)
            _ = try await runner.runOne()
        }
        #expect(try await Notebook.lines(test.database) == ["once"])
    }

    @Test("A job taken back is not done; one that is done stays", arguments: TestEngine.all)
    func cancelled(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        let runner = JobTests.runner(test.database, JobTests.addLine)
        try await JobTests.plan("done", in: .zero, test)
        #expect(try await runner.runOne())
        try await JobTests.plan("taken back", in: .zero, test)
        try await test.database.unattended(.seed) { tx in
            for name in ["done", "taken back"] { try Job.cancel(named: name, tx) }
            return Receipt()
        }
        #expect(try await runner.runOne() == false)
        #expect(try await Notebook.lines(test.database) == ["done"])
        #expect(try await Notebook.count("job", test.database) == 1)
    }

    @Test("A job's effect and the note that it is done stand or fall together", arguments: TestEngine.all)
    func together(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        try await JobTests.plan("half", in: .zero, test)
        let failing = JobTests.runner(test.database) { job, tx in
            _ = try Notebook.add("half", tx)
            throw RowFault(column: "x", found: "y")
        }
        #expect(try await failing.runOne())
        #expect(try await Notebook.lines(test.database) == [])
        let job = try await test.database.read { try $0.one("SELECT tries, done_at, failed_with FROM job") }
        #expect(try job.integer("tries") == 1)
        #expect(try job.optionalInstant("done_at") == nil)
        #expect(try job.text("failed_with") == "column x: y")
    }

    @Test(
        "A job that fails waits longer each time, lets others pass, and is left after five tries",
        arguments: TestEngine.all)
    func failing(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        let tries = Mutex([Int64]())
        let start = test.clock.now
        let runner = JobTests.runner(test.database) { job, tx in
            guard job.payload == "bad" else { return _ = try Notebook.add(job.payload, tx) }
            tries.withLock { $0.append(start.duration(to: tx.now).components.seconds / 60) }
            throw RowFault(column: "x", found: "y")
        }
        try await JobTests.plan("bad", in: .zero, test)
        try await JobTests.plan("good", in: .seconds(1), test)
        for _ in 1...(6 * 60) {
            while try await runner.runOne() {}
            test.clock.advance(by: .seconds(60))
        }
        #expect(tries.withLock { $0 } == [0, 1, 5, 21, 85])
        #expect(try await Notebook.lines(test.database) == ["good"])
        let left = try await test.database.read { try $0.one("SELECT tries, done_at FROM job WHERE name = 'bad'") }
        #expect(try left.integer("tries") == JobRunner.triesLimit)
        #expect(try left.optionalInstant("done_at") == nil)
    }

    @Test("A kind that this program does not know is left for an operator to see", arguments: TestEngine.all)
    func unknownKind(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        try await JobTests.plan("strange", in: .zero, test, kind: "nobody")
        _ = try await JobTests.runner(test.database, JobTests.addLine).runOne()
        let job = try await test.database.read { try $0.one("SELECT tries, failed_with FROM job") }
        #expect(try job.integer("tries") == 1)
        #expect(try job.text("failed_with").contains("nobody"))
    }

    @Test("When the database is away, no try is counted", arguments: TestEngine.all)
    func away(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        try await JobTests.plan("patient", in: .zero, test)
        let runner = JobTests.runner(test.database) { _, _ in throw Refusal(.unavailable, "web.refusal.databaseAway") }
        await #expect(throws: Refusal.self) { try await runner.runOne() }
        let tries = try await test.database.read { try $0.one("SELECT tries FROM job").integer("tries") }
        #expect(tries == 0)
    }

    @Test("Two programs share the jobs between them, and each is done once")
    func shared() async throws {
        guard TestEngine.all.contains(.postgres) else { return }
        let test = try await Notebook.open(.postgres)
        for number in 1...40 { try await JobTests.plan("job \(number)", in: .zero, test) }
        let runners = [test.database, try test.another(.test(test.clock, from: 1_000_000))].map {
            JobTests.runner($0, JobTests.addLine)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for runner in runners { group.addTask { while try await runner.runOne() {} } }
            try await group.waitForAll()
        }
        // One of them may have stopped because the other held what it wanted.
        for runner in runners { while try await runner.runOne() {} }
        let lines = Set(try await Notebook.lines(test.database))
        #expect(lines == Set((1...40).map { "job \($0)" }))
        #expect(try await Notebook.count("line", test.database) == 40)
        let done = try await test.database.read { reader in
            try reader.one("SELECT count(*) AS n FROM audit WHERE act = 'unattended.job'").integer("n")
        }
        #expect(done == 40)
    }
}
