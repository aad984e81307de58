import Core
import Dispatch
import Synchronization
import TestKit
import Testing

@testable import Database

/// Two programs on one PostgreSQL database, each with a lane of its own. The embedded engine allows only one.
@Suite("Two programs", .databases, .enabled(if: TestEngine.all.contains(.postgres)))
struct TwoProgramsTests {
    private func open() async throws -> (TestDatabase, other: Database) {
        let test = try await Notebook.open(.postgres)
        return (test, try test.another(.test(test.clock, from: 1_000_000)))
    }

    private static func count(_ database: Database, _ number: Int) async throws {
        _ = try await database.write(Notebook.permit(), Notebook.operation(number), as: "counter.add") { tx in
            let value = try tx.one("SELECT value FROM counter WHERE name = 'one'").integer("value")
            try tx.execute("UPDATE counter SET value = \(value + 1) WHERE name = 'one'")
            return Receipt(id: try Notebook.add("\(number)", tx))
        }
    }

    @Test("Both count on one counter at once: nothing is lost, each keeps a chain of its own")
    func counting() async throws {
        let (test, other) = try await open()
        let one = test.database
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...100 {
                group.addTask { try await TwoProgramsTests.count(number.isMultiple(of: 2) ? one : other, number) }
            }
            try await group.waitForAll()
        }
        let value = try await one.read { try $0.one("SELECT value FROM counter").integer("value") }
        #expect(value == 100)
        #expect(try await Notebook.count("line", one) == 100)
        let trail = try await Notebook.trail(other)
        #expect(trail.lanes == 2 && trail.records == 101 && trail.broken.isEmpty)
    }

    @Test("A write that lost a race is carried out again, and only its second run counts")
    func lostRace() async throws {
        let (test, other) = try await open()
        let runs = Mutex(0)
        let (looked, changed) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let one = test.database
        async let late = one.write(Notebook.permit(), Notebook.operation(1), as: "counter.add") { tx in
            let run = runs.withLock { runs in
                runs += 1
                return runs
            }
            let value = try tx.one("SELECT value FROM counter WHERE name = 'one'").integer("value")
            if run == 1 {
                looked.signal()
                changed.wait()
            }
            try tx.execute("UPDATE counter SET value = \(value + 10) WHERE name = 'one'")
            return Receipt(id: try Notebook.add("run \(run)", tx), version: value + 10)
        }
        await withCheckedContinuation { go in
            DispatchQueue.global().async {
                looked.wait()
                go.resume()
            }
        }
        try await TwoProgramsTests.count(other, 2)
        changed.signal()
        let written = try await late
        #expect(written.receipt.version == 11)
        #expect(runs.withLock { $0 } == 2)
        #expect(try await Notebook.lines(one) == ["2", "run 2"])
        #expect(try await Notebook.trail(one).broken.isEmpty)
    }

    @Test("Whoever lost a race goes on alone: the other program waits, though it sets out to be faster each time")
    func aloneAfterALostRace() async throws {
        let (test, other) = try await open()
        let rivals = Mutex<[Task<Void, any Error>]>([])
        let written = try await test.database.write(Notebook.permit(), Notebook.operation(1), as: "counter.add") { tx in
            let value = try tx.one("SELECT value FROM counter WHERE name = 'one'").integer("value")
            let isThere = Flag()
            let run = rivals.withLock { rivals in
                let run = rivals.count + 1
                rivals.append(
                    Task {
                        try await TwoProgramsTests.count(other, 10 + run)
                        isThere.raise()
                    })
                return run
            }
            let waiting: SQL =
                "SELECT count(*) AS n FROM pg_locks WHERE relation = 'lane'::regclass AND NOT granted"
            while !isThere.isRaised, try tx.one(waiting).integer("n") == 0 {}
            try tx.execute("UPDATE counter SET value = \(value + 10) WHERE name = 'one'")
            return Receipt(id: try Notebook.add("run \(run)", tx), version: value + 10)
        }
        for rival in rivals.withLock({ $0 }) { try await rival.value }
        #expect(rivals.withLock { $0.count } == 2)
        #expect(written.receipt.version == 11)
        let value = try await other.read { try $0.one("SELECT value FROM counter").integer("value") }
        #expect(value == 12)
        #expect(try await Notebook.trail(other).broken.isEmpty)
    }

    @Test("The same act sent to both at once has one effect")
    func sameActAtBoth() async throws {
        let (test, other) = try await open()
        let one = test.database
        for number in 1...30 {
            async let here = Notebook.write("act \(number)", number, one)
            async let there = Notebook.write("act \(number)", number, other)
            let (first, second) = try await (here, there)
            #expect(first.receipt == second.receipt)
            #expect([first, second].count(where: \.repeated) == 1)
        }
        #expect(try await Notebook.count("line", one) == 30)
        #expect(try await Notebook.trail(one).broken.isEmpty)
    }

    @Test("Programs that start at once each find a lane")
    func startingTogether() async throws {
        let test = try await Notebook.open(.postgres, fresh: true)
        let programs = try (1...4).map { try test.another(.test(test.clock, from: UInt64($0) * 1_000_000)) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, program) in programs.enumerated() {
                group.addTask { try await Notebook.write("\(index)", index + 1, program) }
            }
            try await group.waitForAll()
        }
        let trail = try await Notebook.trail(test.database)
        #expect(trail.lanes == 5 && trail.records == 5 && trail.broken.isEmpty)
    }

    @Test(
        "A lane that nobody wrote for a while is taken over; its first holder goes on in another, and nothing doubles")
    func takenOver() async throws {
        let (test, other) = try await open()
        let one = test.database
        try await Notebook.write("one, lane 1", 1, one)
        test.clock.advance(by: .milliseconds(Head.lease + 1))
        try await Notebook.write("other, lane 1", 2, other)
        try await Notebook.write("one, lane 2", 3, one)
        try await Notebook.write("other again", 4, other)
        let lanes = try await one.read { reader in
            try reader.rows("SELECT lane FROM audit WHERE act = 'note.write' ORDER BY operation_id")
                .map { try $0.integer("lane") }
        }
        #expect(lanes == [1, 1, 2, 1])
        #expect(try await Notebook.lines(one) == ["one, lane 1", "one, lane 2", "other again", "other, lane 1"])
        let trail = try await Notebook.trail(one)
        #expect(trail.lanes == 2 && trail.records == 5 && trail.broken.isEmpty)
    }

    @Test("A lane in use is left alone")
    func inUse() async throws {
        let (test, other) = try await open()
        for number in 1...3 {
            try await Notebook.write("one", number, test.database)
            test.clock.advance(by: .milliseconds(Head.lease - 1))
        }
        try await Notebook.write("other", 4, other)
        #expect(try await Notebook.trail(other).lanes == 2)
    }

    @Test("A revocation that was answered by one program holds at the other at once")
    func revokedElsewhere() async throws {
        let (test, other) = try await open()
        try await Notebook.write("before", 1, other)
        try await test.database.unattended(.commandLine) { tx in
            try tx.execute("UPDATE role_assignment SET version = 2")
            return Receipt()
        }
        await #expect { try await Notebook.write("after", 2, other) } throws: {
            ($0 as? Refusal)?.kind == .forbidden
        }
    }
}

/// Raised once, seen by all.
private final class Flag: Sendable {
    private let state = Mutex(false)
    var isRaised: Bool { state.withLock { $0 } }
    func raise() { state.withLock { $0 = true } }
}
