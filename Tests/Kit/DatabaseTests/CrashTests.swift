import Core
import Foundation
import TestKit
import Testing

@testable import Database

/// A program that writes is killed with SIGKILL again and again. What it said was kept must be there, whole and once.
///
/// This shows that nothing is acknowledged before its commit. It does not show that the disk keeps it when the power
/// fails: the system's cache outlives a program.
@Suite("Killed in the middle of writing", .databases, .serialized)
struct CrashTests {
    /// Seconds for each engine; more of them for a long run.
    private static let seconds = Double(ProcessInfo.processInfo.environment["CRASH_SECONDS"] ?? "") ?? 20

    @Test("Nothing that was acknowledged is lost, halved or doubled", arguments: TestEngine.all)
    func nothingIsLost(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        test.close()
        var writer = try CrashingWriter("honest", test.address, seed: 1)
        var all: Set<ID> = []
        let end = Date(timeIntervalSinceNow: CrashTests.seconds)
        while Date() < end {
            let said = try await writer.runUntilKilled()
            all.formUnion(said)
            let found = try await CrashTests.kept(said, test.reopen())
            #expect(found.count == said.count, "kill \(writer.kills): \(said.subtracting(found)) lost")
            if writer.kills.isMultiple(of: 10) || Date() >= end { try await CrashTests.expectWhole(all, test.database) }
            test.close()
        }
        let stored = try await Notebook.count("operation", test.reopen())
        #expect(writer.kills >= 10 && all.count > writer.kills, "\(writer.kills) kills, \(all.count) acknowledged")
        print(
            "crash engine=\(engine) kills=\(writer.kills) acknowledged=\(all.count) lost=0",
            "stored-unacknowledged=\(stored - all.count)")
    }

    @Test("A program that acknowledges before its commit is caught: this test can fail", arguments: TestEngine.all)
    func tooEarlyIsCaught(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        test.close()
        var writer = try CrashingWriter("hasty", test.address, seed: 2)
        var lost = 0
        while lost == 0, writer.kills < 40 {
            let said = try await writer.runUntilKilled()
            lost = said.count - (try await CrashTests.kept(said, test.reopen())).count
            test.close()
        }
        #expect(lost > 0)
        print("crash control engine=\(engine) kills=\(writer.kills) lost=\(lost)")
    }

    /// Kills whoever carries out jobs, up to `most` times; then somebody who is not killed does the rest. Answers how
    /// often each was done.
    private static func killedOverJobs(
        _ mode: String, seed: UInt64, until isEnough: ([String: Int]) -> Bool, on engine: TestEngine
    )
        async throws -> (done: [String: Int], kills: Int)
    {
        let test = try await Notebook.open(engine)
        try await test.database.unattended(.seed) { tx in
            for number in 1...jobs {
                try Job.plan("line", named: "job \(number)", at: tx.now, payload: "job \(number)", tx)
            }
            return Receipt()
        }
        test.close()
        var writer = try CrashingWriter(mode, test.address, seed: seed)
        var (left, done) = (jobs, [String: Int]())
        while left > 0, writer.kills < 40, !isEnough(done) {
            _ = try await writer.runUntilKilled(after: 60...260)
            let database = try test.reopen()
            left = try await database.read {
                try $0.one("SELECT count(*) AS n FROM job WHERE done_at IS NULL").integer("n")
            }
            done = Dictionary(try await Notebook.lines(database).map { ($0, 1) }, uniquingKeysWith: +)
            test.close()
        }
        let runner = JobRunner(
            try test.reopen(), effects: ["line": { job, tx in _ = try Notebook.add(job.payload, tx) }], log: .silent)
        while try await runner.runOne() {}
        done = Dictionary(try await Notebook.lines(test.database).map { ($0, 1) }, uniquingKeysWith: +)
        return (done, writer.kills)
    }

    private static let jobs = 1_500

    @Test("A job that its runner was killed over is done all the same, and once", arguments: TestEngine.all)
    func jobsOnce(on engine: TestEngine) async throws {
        var kills = 0
        // Killed at least eight times in the middle: when some are done and some are not.
        let (done, all) = try await CrashTests.killedOverJobs(
            "jobs", seed: 3,
            until: { done in
                kills += done.isEmpty ? 0 : 1
                return kills >= 8
            }, on: engine)
        #expect(done.count == CrashTests.jobs && done.values.allSatisfy { $0 == 1 }, "\(done.filter { $0.value > 1 })")
        #expect(kills >= 2)
        print("crash jobs engine=\(engine) kills=\(all), in the middle \(kills)")
    }

    @Test("A runner that notes afterwards what it did is caught doing it twice", arguments: TestEngine.all)
    func jobsTwiceIsCaught(on engine: TestEngine) async throws {
        let (done, kills) = try await CrashTests.killedOverJobs(
            "jobs-apart", seed: 4, until: { $0.values.contains { $0 > 1 } }, on: engine)
        #expect(done.values.contains { $0 > 1 })
        print("crash jobs control engine=\(engine) kills=\(kills)")
    }

    /// Which of these have both their operation and their effect.
    private static func kept(_ said: Set<ID>, _ database: Database) async throws -> Set<ID> {
        try await database.read { reader in
            var found: Set<ID> = []
            for piece in Journal.pieces(of: said.sorted()) {
                let words = try reader.rows(
                    "SELECT words FROM line WHERE words IN (\(SQL.list(piece.map(\.description))))")
                let operations = try reader.rows("SELECT id FROM operation WHERE id IN (\(SQL.list(piece)))")
                let effects = Set(try words.compactMap { ID(try $0.text("words")) })
                found.formUnion(effects.intersection(try operations.map { try $0.id("id") }))
            }
            return found
        }
    }

    /// Looks at everything at once: effects, operations and the trail tell the same story.
    private static func expectWhole(_ said: Set<ID>, _ database: Database) async throws {
        let (words, operations, counter, trail) = try await database.read { reader in
            (
                try reader.rows("SELECT words FROM line").map { try $0.text("words") },
                try reader.rows("SELECT id FROM operation").map { try $0.id("id") },
                try reader.one("SELECT value FROM counter WHERE name = 'one'").integer("value"),
                try Audit.verify(reader)
            )
        }
        let effects = Set(words.compactMap { ID($0) })
        #expect(effects.count == words.count, "an effect stands twice")
        #expect(effects == Set(operations), "an effect without its operation, or the other way round")
        #expect(counter == words.count, "half of an effect")
        #expect(said.isSubset(of: effects), "an acknowledged operation is lost")
        #expect(trail.broken.isEmpty, "\(trail.broken)")
        // One record more than operations: the notebook's filling.
        #expect(trail.records == operations.count + 1)
    }
}

/// Starts the writer and kills it after some hundred milliseconds, by chance that can be repeated.
private struct CrashingWriter {
    private let program: URL
    private let arguments: [String]
    private var chance: SeededGenerator
    private(set) var kills = 0

    init(_ mode: String, _ address: [String], seed: UInt64) throws {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        program = URL(fileURLWithPath: tests).deletingLastPathComponent().appending(path: "crash-writer")
        arguments = [mode] + address
        chance = SeededGenerator(seed: seed)
    }

    /// Answers what it had acknowledged when it was killed.
    mutating func runUntilKilled(after milliseconds: ClosedRange<Int> = 50...400) async throws -> Set<ID> {
        kills += 1
        let output = FileManager.default.temporaryDirectory.appending(path: "kieumau-said-\(UUID().uuidString)")
        try Data().write(to: output)
        defer { try? FileManager.default.removeItem(at: output) }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.run()
        try await Task.sleep(for: .milliseconds(Int.random(in: milliseconds, using: &chance)))
        kill(process.processIdentifier, SIGKILL)
        while process.isRunning { try await Task.sleep(for: .milliseconds(2)) }
        #expect(process.terminationReason == .uncaughtSignal, "the writer ended by itself")
        let lines = String(decoding: try Data(contentsOf: output), as: UTF8.self).split(separator: "\n")
        // A line that was cut in the middle was not said.
        return Set(lines.compactMap { ID($0) })
    }
}
