import App
import Core
import Database
import TestKit
import Testing

@testable import Ballots

@Suite("Ballots: the store", .databases) struct BallotsStoreTests {
    private func expectRefusal(
        _ key: String, sourceLocation: SourceLocation = #_sourceLocation, _ act: () async throws -> Void
    ) async {
        do {
            try await act()
            Issue.record("was not refused with \(key)", sourceLocation: sourceLocation)
        } catch let refusal as Refusal {
            #expect(refusal.all.map(\.key).contains(key), "\(refusal)", sourceLocation: sourceLocation)
        } catch { Issue.record(error, sourceLocation: sourceLocation) }
    }

    @Test(arguments: TestEngine.all) func aCodeCountsOnceHoweverOftenItIsSent(on engine: TestEngine) async throws {
        let town = try await BallotsTown(try await TestDatabase(engine, .cast), codes: 30)
        #expect(try await town.vote(town.codes[0], "ss") == .taken)
        // Again with another answer: nothing changes, and nobody is told what was answered.
        #expect(try await town.vote(town.codes[0], "uu") == .before)
        for code in town.codes.dropFirst() { try await town.vote(code, "sn") }
        #expect(try await town.count() == Ballots.Codes(households: 30, spares: 0, burnt: 30))
        // Nothing can be read before closing.
        #expect(try await town.tally().valid == 0)
        town.daysPass()
        try await town.close()
        let tally = try await town.tally()
        #expect(tally.valid == 30 && tally.overall.satisfied == 30 && tally.overall.unsatisfied == 0)
        #expect(tally.line("roads") == .init(code: "roads", satisfied: 1, unsatisfied: 0, noOpinion: 29))
        let ballot = try await town.ballot()
        #expect(try await town.database.read { try BallotsStore.holds(ballot, $0) } == true)
    }

    @Test(arguments: TestEngine.all) func eachBurntCodeHasItsRecordAndEachRecordItsAnswer(on engine: TestEngine)
        async throws
    {
        let town = try await BallotsTown(try await TestDatabase(engine, .cast), codes: 25)
        for code in town.codes { try await town.vote(code, "su") }
        _ = try await town.vote(town.codes[3], "ss")
        let trail = try await town.database.read { reader in
            try reader.rows("SELECT operation_id, detail FROM audit WHERE act = 'unattended.resident'")
                .map { (try $0.optionalID("operation_id"), try $0.text("detail")) }
        }
        #expect(trail.count == 25 && trail.allSatisfy { $0.0 != nil })
        #expect(Set(trail.map(\.1)).count == 1, "the trail tells one answer from another")
        let report = try await town.database.read { try Audit.verify($0) }
        #expect(report.broken.isEmpty)
        town.daysPass()
        try await town.close()
        #expect(try await town.tally().valid == trail.count)
    }

    @Test(arguments: TestEngine.all) func whatDoesNotHoldIsRefusedWithTheRule(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let town = try await BallotsTown(data, codes: 4)
        let other = try await BallotsTown(data, codes: 2, keys: town.keys)
        await expectRefusal("ballots.refusal.codeUnknown") { try await town.vote(other.codes[0], "ss") }
        await expectRefusal("ballots.refusal.codeUnknown") {
            try await town.vote(Ballots.Code(number: 1), "ss", from: "10.0.0.9")
        }
        await expectRefusal("ballots.refusal.closesEarly") { try await town.close() }
        let ballot = try await town.ballot()
        let many = try BallotsNewCodes.draw(211, for: ballot, town.keys, town.database.world)
        await expectRefusal("ballots.refusal.codesMost") {
            try await town.database.unattended(.seed) { tx in
                try BallotsStore.issue(many, as: .household, for: ballot, by: nil, tx)
                return Receipt()
            }
        }
        try await town.vote(town.codes[0], "ss")
        town.daysPass()
        await expectRefusal("ballots.refusal.over") { try await town.vote(town.codes[1], "ss") }
        try await town.close()
        await expectRefusal("ballots.refusal.closed") { try await town.vote(town.codes[2], "ss") }
        await expectRefusal("ballots.refusal.closed") { try await town.close() }
    }

    @Test(arguments: TestEngine.all) func guessingIsSlowAndHonestPeopleAreNotCounted(on engine: TestEngine) async throws
    {
        let town = try await BallotsTown(try await TestDatabase(engine, .cast), codes: 40)
        for code in town.codes.prefix(30) { try await town.vote(code, "ss") }
        for number in 0..<20 {
            await expectRefusal("ballots.refusal.codeUnknown") {
                try await town.vote(Ballots.Code(number: UInt64(number)), "ss")
            }
        }
        await expectRefusal("ballots.refusal.tooOften") { try await town.vote(Ballots.Code(number: 77), "ss") }
        // A neighbour at another address is not stopped, and a quarter of an hour later nobody is.
        try await town.vote(town.codes[30], "ss", from: "10.0.0.2")
        town.data.clock.advance(by: .minutes(17))
        try await town.vote(town.codes[31], "ss")
    }

    /// A row for each address that voted would be nearly a list of who did, and an address can be tried out.
    @Test(arguments: TestEngine.all) func nothingIsLeftOfAnAddressThatTypedNoWrongCode(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let town = try await BallotsTown(data, codes: 4)
        func buckets() async throws -> [String: Int] {
            try await data.database.read { reader in
                let rows = try reader.rows("SELECT bucket, count FROM ballot_attempt")
                return Dictionary(
                    try rows.map { (try $0.text("bucket"), try $0.integer("count")) }, uniquingKeysWith: +)
            }
        }
        try await town.vote(town.codes[0], "ss", from: "10.0.0.1")
        try await town.vote(town.codes[0], "su", from: "10.0.0.1")
        try await town.vote(town.codes[1], "ss", from: "10.0.0.2")
        #expect(try await buckets() == [:])
        await expectRefusal("ballots.refusal.codeUnknown") {
            try await town.vote(Ballots.Code(number: 1), "ss", from: "10.0.0.2")
        }
        let wrong = try await buckets()
        try await town.vote(town.codes[2], "ss", from: "10.0.0.2")
        #expect(try await buckets() == wrong && wrong.values.sorted() == [1], "a right code takes back its own count")
        // Without the key nobody finds the address by trying all; another installation makes another bucket of it.
        let unkeyed = ["10.0.0.2", "ballot 10.0.0.2"].map { text in
            ByteDigest.of(Array(text.utf8)).prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        #expect(wrong.keys.allSatisfy { !unkeyed.contains($0) && $0.count == 32 })
        let elsewhere = try await BallotsTown(data, codes: 1, keys: .inMemory())
        await expectRefusal("ballots.refusal.codeUnknown") {
            try await elsewhere.vote(Ballots.Code(number: 1), "ss", from: "10.0.0.2")
        }
        #expect(try await buckets().count == 2)
    }

    @Test(arguments: TestEngine.all) func neverMoreAnswersThanHouseholds(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let town = try await BallotsTown(data, households: 10, codes: 4, paper: 6)
        let ballot = try await town.ballot()
        let spares = try BallotsNewCodes.draw(1, for: ballot, town.keys, town.database.world)
        try await town.database.unattended(.seed) { tx in
            try BallotsStore.issue(spares, as: .spare, for: ballot, by: nil, tx)
            return Receipt()
        }
        for code in town.codes { try await town.vote(code, "ss") }
        // A used code reads what an unused one does, from whatever address, and neither is counted as a wrong one.
        for (code, address) in [
            (spares.codes[0], "10.0.0.7"), (town.codes[0], "10.0.0.8"), (town.codes[3], "10.0.0.8"),
        ] {
            await expectRefusal("ballots.refusal.full") { try await town.vote(code, "ss", from: address) }
        }
        let tries = try await town.database.read { try $0.one("SELECT count(*) AS n FROM ballot_attempt").integer("n") }
        #expect(tries == 0)
        #expect(try await town.count() == Ballots.Codes(households: 4, spares: 1, burnt: 4))
    }

    @Test(arguments: TestEngine.all) func aCancelledBatchHoldsNoMore(on engine: TestEngine) async throws {
        let town = try await BallotsTown(try await TestDatabase(engine, .cast), codes: 5)
        let id = town.id
        let batches = try await town.database.read { try BallotsStore.batches(of: id, $0) }
        let batch = try #require(batches.first)
        let ballot = try await town.ballot()
        try await town.database.unattended(.seed) { tx in
            try BallotsStore.cancel(batch.id, of: ballot, by: nil, tx)
            return Receipt()
        }
        await expectRefusal("ballots.refusal.codeCancelled") { try await town.vote(town.codes[0], "ss") }
        #expect(try await town.count() == .none)
    }

    @Test(arguments: TestEngine.all) func anAcknowledgedSlipSurvivesARestart(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let town = try await BallotsTown(data, codes: 21)
        for code in town.codes { try await town.vote(code, "us") }
        let again = try data.reopen()
        let (id, keys) = (town.id, town.keys)
        town.daysPass()
        let ballot = try await again.read { try BallotsStore.ballot(id, $0) }
        let opening = try keys.read(BallotsKeys.opening(id))
        try await again.unattended(.seed) { tx in
            try BallotsStore.close(
                ballot, with: opening, .byLot(again.world.secrets), salt: [1], by: nil, .vi, tx)
            return Receipt()
        }
        let tally = try await again.read { try BallotsStore.tally(of: id, BallotsTown.topics, $0) }
        #expect(tally.valid == 21 && tally.overall.unsatisfied == 21)
    }

    @Test(arguments: TestEngine.all) func closingDestroysTheKeyAndALostKeyIsToldNotGuessed(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let town = try await BallotsTown(data, codes: 3)
        try await town.vote(town.codes[0], "ss")
        town.daysPass()
        let ballot = try await town.ballot()
        await expectRefusal("ballots.refusal.openingKeyMissing") {
            try await town.database.unattended(.seed) { tx in
                try BallotsStore.close(
                    ballot, with: nil, .byLot(.system), salt: [], by: nil, .vi, tx)
                return Receipt()
            }
        }
        #expect(town.keys.canOpen(town.id))
        try await town.close()
        // The job that follows right away.
        let runner = JobRunner(town.database, effects: BallotsJobs.effects(town.keys), log: .silent)
        while try await runner.runOne() {}
        #expect(!town.keys.canOpen(town.id))
        let left = try await town.database.read { try $0.one("SELECT count(*) AS n FROM ballot_seal").integer("n") }
        #expect(left == 0)
    }

    @Test(arguments: TestEngine.all) func aMeddlersSealIsCountedAsSpoilt(on engine: TestEngine) async throws {
        let town = try await BallotsTown(try await TestDatabase(engine, .cast), codes: 20)
        for code in town.codes { try await town.vote(code, "ss") }
        let (id, garbage) = (town.id, [UInt8](repeating: 7, count: 50))
        try await town.database.unattended(.seed) { tx in
            try tx.execute(
                "INSERT INTO ballot_seal (id, ballot_id, sealed) VALUES (\(ID(high: 4, low: 4)), \(id), \(garbage))")
            return Receipt()
        }
        town.daysPass()
        try await town.close()
        #expect(try await town.ballot().spoilt == 1)
        #expect(try await town.tally().valid == 20)
    }

    @Test(arguments: TestEngine.all) func anAlteredBoxNoLongerMeetsItsHash(on engine: TestEngine) async throws {
        let town = try await BallotsTown(try await TestDatabase(engine, .cast), codes: 22)
        for code in town.codes { try await town.vote(code, "us") }
        town.daysPass()
        try await town.close()
        let ballot = try await town.ballot()
        let id = town.id
        try await town.database.unattended(.seed) { tx in
            let one = try tx.one("SELECT id FROM ballot_answer WHERE ballot_id = \(id) LIMIT 1").id("id")
            try tx.execute("UPDATE ballot_answer SET answers = 'ss' WHERE ballot_id = \(id) AND id = \(one)")
            return Receipt()
        }
        #expect(try await town.database.read { try BallotsStore.holds(ballot, $0) } == false)
    }

    /// Twenty presses of two codes at once, as a nervous thumb and a bad line send them.
    @Test(arguments: TestEngine.all) func manyPressesAtOnceAreOneSlip(on engine: TestEngine) async throws {
        let town = try await BallotsTown(try await TestDatabase(engine, .cast), codes: 2)
        try await withThrowingTaskGroup(of: BallotsVoted.self) { group in
            for press in 0..<20 {
                group.addTask { try await town.vote(town.codes[press % 2], "ss", from: "10.0.0.\(press)") }
            }
            var taken = 0
            for try await voted in group where voted == .taken { taken += 1 }
            #expect(taken == 2)
        }
        let seals = try await town.database.read { try $0.one("SELECT count(*) AS n FROM ballot_seal").integer("n") }
        #expect(seals == 2)
    }
}
