import Core
import TestKit
import Testing

@testable import Database

@Suite("A permit is looked at again when it is used", .databases)
struct PermitTests {
    private static func revoke(_ database: Database) async throws -> Written {
        try await database.unattended(.commandLine) { tx in
            try tx.execute("UPDATE role_assignment SET version = version + 1 WHERE id = \(Notebook.grant.id)")
            tx.note("revoked")
            return Receipt()
        }
    }

    /// What stands in the trail behind the revocation: it must be nothing.
    private static func writtenAfterRevocation(_ database: Database) async throws -> Int {
        try await database.read { reader in
            try reader.one(
                """
                SELECT count(*) AS n FROM audit WHERE act = 'note.write'
                AND number > (SELECT number FROM audit WHERE act = 'unattended.commandLine')
                """
            ).integer("n")
        }
    }

    @Test(
        "Within one transaction, what stands before the revocation is done and what stands behind it is not",
        arguments: TestEngine.all)
    func revokedInTheMiddle(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        let database = test.database
        let results = await database.together(
            (1...40).map { number in
                {
                    number == 17
                        ? try await PermitTests.revoke(database)
                        : try await Notebook.write("line \(number)", number, database)
                }
            })
        #expect(results.prefix(17).allSatisfy { $0.isSuccess })
        #expect(results.dropFirst(17).allSatisfy { $0.refusal == .forbidden })
        #expect(try await Notebook.count("line", database) == 16)
        #expect(try await PermitTests.writtenAfterRevocation(database) == 0)
    }

    @Test("Many writes race one revocation: none has an effect after it", arguments: TestEngine.all)
    func race(on engine: TestEngine) async throws {
        var (done, refused) = (0, 0)
        for round in 1...10 {
            let test = try await Notebook.open(engine)
            let database = test.database
            var chance = SeededGenerator(seed: UInt64(round))
            let place = Int.random(in: 20...80, using: &chance)
            let results = await withTaskGroup(of: Result<Written, any Error>.self) { group in
                for number in 1...100 {
                    group.addTask {
                        do {
                            return .success(
                                number == place
                                    ? try await PermitTests.revoke(database)
                                    : try await Notebook.write("line \(number)", number, database))
                        } catch {
                            return .failure(error)
                        }
                    }
                    // A few at a time, so that the revocation lands among transactions that run.
                    if number.isMultiple(of: 7) { await Task.yield() }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let succeeded = results.count(where: \.isSuccess) - 1
            #expect(results.count { $0.refusal == .forbidden } == 99 - succeeded)
            #expect(try await Notebook.count("line", database) == succeeded)
            #expect(try await PermitTests.writtenAfterRevocation(database) == 0, "round \(round)")
            done += succeeded
            refused += 99 - succeeded
        }
        #expect(done > 0 && refused > 0, "the race was no race: \(done) done, \(refused) refused")
    }

    @Test("If the grant were not read again, writes would stand behind the revocation", arguments: TestEngine.all)
    func withoutLookingAgain(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        let database = test.database
        let permit = try Notebook.permit()
        let results = await database.together(
            (1...9).map { number in
                {
                    if number == 5 { return try await PermitTests.revoke(database) }
                    let operation = Notebook.operation(number)
                    let ground = Ground(permit, operation: operation, act: "note.write")
                    return try await database.lane.submit(
                        Lane.Work(ground: ground, operation: operation) { Receipt(id: try Notebook.add("x", $0)) })
                }
            })
        #expect(results.allSatisfy { $0.isSuccess })
        #expect(try await PermitTests.writtenAfterRevocation(database) == 4)
    }

    @Test(
        "A grant that is gone, an account that is closed, a place that was moved away: refused",
        arguments: TestEngine.all)
    func lost(on engine: TestEngine) async throws {
        let losses: [SQL] = [
            "DELETE FROM role_assignment", "UPDATE role_assignment SET person_id = \(ID(high: 2, low: 9))",
            "UPDATE account SET disabled_at = \(Instant(milliseconds: 5))", "DELETE FROM account",
            "DELETE FROM territory_closure WHERE ancestor_id = \(Notebook.commune)",
        ]
        for loss in losses {
            let test = try await Notebook.open(engine)
            try await test.database.unattended(.seed) { tx in
                try tx.execute(loss)
                return Receipt()
            }
            await #expect { try await Notebook.write("x", 1, test.database) } throws: {
                ($0 as? Refusal)?.kind == .forbidden
            }
            #expect(try await Notebook.count("line", test.database) == 0)
            #expect(try await Notebook.count("operation", test.database) == 0)
        }
    }

    @Test("Of two who decide on what they saw, the second is told that it moved", arguments: TestEngine.all)
    func moved(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        let database = test.database
        let results = await database.together(
            (1...2).map { number in
                {
                    try await database.write(Notebook.permit(), Notebook.operation(number), as: "note.close") { tx in
                        try tx.move("note", Notebook.note, from: 1)
                        return Receipt(version: 2)
                    }
                }
            })
        #expect(results[0].isSuccess)
        #expect(results[1].refusal == .conflict)
        // Who looks anew may go on.
        _ = try await Notebook.write("on the new state", 3, database, Notebook.permit(revision: 2))
    }

    @Test("A subject that is gone is told as moved", arguments: TestEngine.all)
    func gone(on engine: TestEngine) async throws {
        let test = try await Notebook.open(engine)
        try await test.database.unattended(.seed) { tx in
            try tx.execute("DELETE FROM note")
            return Receipt()
        }
        await #expect { try await Notebook.write("x", 1, test.database) } throws: {
            ($0 as? Refusal)?.kind == .conflict
        }
    }
}
