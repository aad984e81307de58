import Core
import Database
import Foundation
import Synchronization
import TestKit
import Testing

@testable import Ballots

/// docs/people.md, rule 5: nobody can join an answer to a household.
///
/// Two hundred households answer two questions by lot, in an order the attacker knows; four ways of answering are
/// equally likely. Guessing is right 50 times of 200, with a deviation of 6.1. An attack counts as found out nothing
/// when it is right at most 81 times: five deviations above guessing, which chance reaches once in three million runs
/// (all attacks of all runs of a year: less than one in a hundred). With the rule switched off the same attacks must
/// be right every time, or this test proves nothing.
@Suite("People's rule 5: a ballot cannot be linked", .databases) struct BallotsUnlinkabilityTests {
    private static let households = 200
    private static let ways = ["ss", "su", "us", "uu"]
    static let most = 81

    private enum Way { case asBuilt, inOrder, inTheClear, hashedTogether }

    @Test(arguments: TestEngine.all) func nobodyWithTheDatabaseDoesBetterThanGuessing(on engine: TestEngine)
        async throws
    {
        let (booty, truth) = try await hold(engine, .asBuilt)
        if engine == .postgres {
            // All of the log is there: each seal as it came and as it left, each answer as it was put into the box.
            #expect(booty.changes.count == 3 * Self.households)
        }
        // The copies are real ones: each names every code's mark, and the last one every answer.
        #expect(booty.backups.count == 3)
        for copy in booty.backups.map({ Data($0) }) {
            #expect(booty.arrivals.allSatisfy { copy.range(of: Data($0.mark)) != nil })
        }
        let last = Data(try #require(booty.backups.last))
        #expect(booty.answers.allSatisfy { last.range(of: Data($0.id)) != nil })
        for (name, guesses) in Attacker(booty: booty).attacks {
            let right = zip(guesses(), truth).count { $0 == $1 }
            #expect(right <= Self.most, "“\(name)” was right \(right) times of \(truth.count)")
            print("unlinkability \(engine) \(name): \(right)/\(truth.count)")
        }
    }

    @Test(arguments: TestEngine.all) func withoutShufflingItWouldBeLinked(on engine: TestEngine) async throws {
        let (booty, truth) = try await hold(engine, .inOrder)
        try expectFound("order of ids", booty, truth)
        if engine == .postgres {
            try expectFound("order on disk", booty, truth)
            try expectFound("order in the log of changes", booty, truth)
            try expectFound("what left as what came", booty, truth)
        }
    }

    @Test(arguments: TestEngine.all) func withoutSealingItWouldBeLinked(on engine: TestEngine) async throws {
        let (booty, truth) = try await hold(engine, .inTheClear)
        try expectFound("words beside the mark", booty, truth)
    }

    @Test(arguments: TestEngine.all) func withAHashOfTheRequestItWouldBeLinked(on engine: TestEngine) async throws {
        let (booty, truth) = try await hold(engine, .hashedTogether)
        try expectFound("hash of what was sent", booty, truth)
    }

    private func expectFound(_ name: String, _ booty: Booty, _ truth: [String]) throws {
        let attack = try #require(Attacker(booty: booty).attacks.first { $0.name == name })
        let right = zip(attack.guesses(), truth).count { $0 == $1 }
        #expect(right == truth.count, "“\(name)” found \(right) of \(truth.count) although the rule is switched off")
    }

    /// Holds a ballot and gives away everything but the keys.
    private func hold(_ engine: TestEngine, _ way: Way) async throws -> (Booty, [String]) {
        let data = try await TestDatabase(engine, .cast)
        // The same data through a database whose log is kept.
        data.close()
        let log = LogKeeper.Lines()
        let database = Database(engine: try Self.open(data), world: data.world, log: LogKeeper.logger(log))
        defer { try? database.close() }
        let changes = way == .asBuilt || way == .inOrder ? try await BallotsLog.keep(database) : nil
        let town = try await BallotsTown(data, database, codes: Self.households)
        let codeKey = BallotsCodeKey(try #require(try town.keys.read(BallotsKeys.codes)))
        let counter = Mutex<UInt64>(0)
        let plain = BallotsMixing(
            name: {
                counter.withLock {
                    $0 += 1; return ID(high: 7, low: $0)
                }
            }, order: { $0 })
        let mixing = way == .inOrder ? plain : BallotsMixing.byLot(database.world.secrets)
        var lot = SystemRandomNumberGenerator()
        var truth: [String] = []
        var backups: [[UInt8]] = []
        for (index, code) in town.codes.enumerated() {
            let letters = try #require(Self.ways.randomElement(using: &lot))
            truth.append(letters)
            if way == .inTheClear {
                try await castInTheClear(code, letters, town, codeKey, name: plain.name())
            } else {
                try await town.vote(code, letters, from: "10.0.\(index / 200).\(index % 200)", mixing)
            }
            if way == .hashedTogether { try await keepHash(code, letters, database) }
            if index == Self.households / 2 { backups.append(try await Self.copy(data, database)) }
        }
        backups.append(try await Self.copy(data, database))
        let seals = try await rows(
            database, "ballot_seal", bytes: "sealed", inOrder: way == .inOrder || way == .inTheClear)
        town.daysPass()
        if way != .inTheClear { try await town.close(mixing) }
        let runner = JobRunner(database, effects: BallotsJobs.effects(town.keys), log: .silent)
        while try await runner.runOne() {}
        backups.append(try await Self.copy(data, database))
        let booty = Booty(
            arrivals: town.codes.map { ($0, codeKey.mark($0, of: town.id)) }, backups: backups.filter { !$0.isEmpty },
            answers: try await rows(database, "ballot_answer", letters: "answers"), seals: seals,
            operations: try await rows(database, "operation", bytes: "fingerprint"),
            audit: try await rows(database, "audit", id: "operation_id", bytes: "link"),
            ballot: town.id, publicKey: try await town.ballot().publicKey, log: log.text,
            changes: try await changes?.read() ?? [])
        if way != .inTheClear { #expect(booty.answers.count == Self.households) }
        return (booty, truth)
    }

    private static func open(_ data: TestDatabase) throws -> any Engine {
        let address = data.address
        return address[0] == "sqlite"
            ? try SQLiteEngine(path: address[1], readers: 3)
            : try PostgresEngine(address[1], schema: address[2], readers: 2)
    }

    /// A copy as a backup holds it: the embedded engine's file and its log of changes, one behind the other; every row of
    /// every table of the server in the order of its disk, as a dump writes them.
    private static func copy(_ data: TestDatabase, _ database: Database) async throws -> [UInt8] {
        guard data.address[0] == "sqlite" else {
            return try await database.read { reader in
                try reader.rows(
                    """
                    SELECT query_to_xml('SELECT x::text FROM ' || quote_ident(tablename) || ' x ORDER BY ctid',
                        true, false, '')::text AS dump FROM pg_tables WHERE schemaname = current_schema()
                    """
                ).flatMap { plain(try $0.text("dump")) }
            }
        }
        return ["", "-wal"].flatMap { ending in
            (try? Data(contentsOf: URL(fileURLWithPath: data.address[1] + ending))).map { Array($0) } ?? []
        }
    }

    /// A dump with its bytes as they are: it writes ids and bytes in hexadecimal digits.
    private static func plain(_ dump: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var token: [UInt8] = []
        func finish() {
            let digits = token.filter { $0 != UInt8(ascii: "-") }
            let pairs = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
                UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
            }
            bytes += digits.count >= 32 && pairs.count * 2 == digits.count ? pairs : token
            token = []
        }
        for byte in dump.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "-"):
                token.append(byte)
            default:
                finish()
                bytes.append(byte)
            }
        }
        finish()
        return bytes
    }

    /// A table as whoever has the database sees it, in the order of the disk.
    private func rows(
        _ database: Database, _ table: StaticString, id: StaticString = "id", letters: StaticString? = nil,
        bytes: StaticString? = nil, inOrder: Bool = false
    ) async throws -> [Booty.Row] {
        let isPostgres = database.engine.kind == .postgres
        let place: SQL =
            isPostgres
            ? ", xmin::text AS written_by, ctid::text AS place" : ", '0' AS written_by, '' AS place"
        let order: SQL = inOrder ? " ORDER BY id" : isPostgres ? " ORDER BY ctid" : ""
        let sql: SQL = "SELECT x.* \(place) FROM \(SQL(name: table)) x\(order)"
        let (idName, lettersName, bytesName) = ("\(id)", letters.map { "\($0)" }, bytes.map { "\($0)" })
        return try await database.read { reader in
            try reader.rows(sql).map { row in
                Booty.Row(
                    letters: try lettersName.map { try row.text($0) } ?? "",
                    id: try row.optionalID(idName)?.bytes ?? [], bytes: try bytesName.map { try row.bytes($0) } ?? [],
                    transaction: Int(try row.text("written_by")) ?? 0, place: try row.text("place"))
            }
        }
    }

    /// As it would be without a seal: the answer beside the burnt code.
    private func castInTheClear(
        _ code: Ballots.Code, _ letters: String, _ town: BallotsTown, _ key: BallotsCodeKey, name: ID
    ) async throws {
        let (mark, id) = (key.mark(code, of: town.id), town.id)
        try await town.database.unattended(.resident, key.operation(code, of: town.id)) { tx in
            try tx.execute("UPDATE ballot_code SET is_burnt = \(true) WHERE mark = \(mark)")
            try tx.execute(
                "INSERT INTO ballot_seal (id, ballot_id, sealed) VALUES (\(name), \(id), \(Array(letters.utf8)))")
            return Receipt()
        }
    }

    /// As it would be if the operation carried a hash of the whole request.
    private func keepHash(_ code: Ballots.Code, _ letters: String, _ database: Database) async throws {
        let hash = ByteDigest.of(Array((code.digits + letters).utf8))
        let operation = Operation(
            id: ID(high: .random(in: 0 ... .max), low: .random(in: 0 ... .max)), fingerprint: hash)
        _ = try await database.unattended(.seed, operation) { _ in Receipt() }
    }
}
