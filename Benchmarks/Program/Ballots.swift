import App
import ArgumentParser
import Ballots
import Core
import Database
import Foundation
import Logging
import Organisation

/// Household ballots: how long it takes to issue codes, to take slips one after another, to close, and to count a box
/// of a million answers.
struct BallotsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "ballots")

    /// A folder for the embedded engine's file.
    @Option var data: String
    @Option var postgres: String?
    @Option var codes: Int = 100_000
    @Option var answers: Int = 1_000_000
    @Option var votes: Int = 2_000

    private static let start: Int64 = 1_794_193_200_000
    private static let questions = Ballots.QuestionSet(topics: [Ballots.Question(code: "roads", vi: "Roads?")])

    func run() async throws {
        let later = Later()
        let world = World(
            clock: Clock { Instant(milliseconds: Self.start + later.milliseconds) }, ids: .counting(), secrets: .system)
        let log = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let database: Database
        if let postgres {
            database = Database(engine: try PostgresEngine(postgres), world: world, log: log)
        } else {
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            database = Database(engine: try SQLiteEngine(path: data + "/ballots.db"), world: world, log: log)
        }
        try await database.migrate(SchemaOrder.migrations)
        let area = world.ids.next()
        let (country, commune) = (world.ids.next(), world.ids.next())
        try await database.maintenance(reason: .benchmark) { connection in
            try OrganisationStore.addTerritories(
                [
                    NewTerritory(id: country, .country, "Minh", parent: nil),
                    NewTerritory(id: commune, .commune, "Xa", parent: country),
                    NewTerritory(id: area, .thon, "Thon", parent: commune),
                ], connection)
        }
        let keys = BallotsKeys.inMemory()
        let large = try await open(keys, area, households: max(codes, 1), database)
        let began = ContinuousClock.now
        let new = try BallotsNewCodes.draw(codes, for: large, keys, world)
        try await issue(new, large, database)
        let issued = (ContinuousClock.now - began).inSeconds
        try await fill(large.id, database)
        var counts: [Double] = []
        for _ in 0..<5 {
            let start = ContinuousClock.now
            let tally = try await database.read { try BallotsStore.tally(of: large.id, Self.questions, $0) }
            counts.append((ContinuousClock.now - start).inSeconds)
            guard tally.valid == answers else { throw BallotsMiscounted(found: tally.valid) }
        }
        let small = try await open(keys, area, households: votes, database)
        let slips = try BallotsNewCodes.draw(votes, for: small, keys, world)
        try await issue(slips, small, database)
        let voting = ContinuousClock.now
        for code in slips.codes {
            let slip = Ballots.Slip(answers: [.satisfied, .noOpinion])
            _ = try await BallotsStore.vote(
                code, slip, in: small, from: "10.0.0.1", keys, .byLot(world.secrets), .vi, database)
        }
        let vote = (ContinuousClock.now - voting).inSeconds / Double(max(1, votes))
        later.pass(days: 12)
        let closing = ContinuousClock.now
        let ballot = try await database.read { try BallotsStore.ballot(small.id, $0) }
        try await database.unattended(.seed) { tx in
            try BallotsStore.close(
                ballot, reading: keys, .byLot(world.secrets), salt: world.secrets.bytes(16), by: nil, .vi, tx)
            return Receipt()
        }
        let closed = (ContinuousClock.now - closing).inSeconds
        print(
            """
            {"codes": \(codes), "issued": \(issued), "answers": \(answers), "counted": \(counts.sorted()[2]), \
            "votes": \(votes), "vote": \(vote), "closed": \(closed)}
            """)
    }

    private func open(
        _ keys: BallotsKeys, _ area: ID, households: Int, _ database: Database
    ) async throws -> Ballots.Ballot {
        let opening = try BallotsStore.prepare(keys, database.world)
        let today = database.world.clock.today()
        try await database.unattended(.seed) { tx in
            try BallotsStore.openBallot(
                opening, for: area, about: Ballots.Purpose(kind: .practice, year: 2026), asking: Self.questions,
                households: households, paper: 0, over: Ballots.Window(from: today, last: today.adding(days: 9)),
                by: nil, tx)
            return Receipt()
        }
        return try await database.read { try BallotsStore.ballot(opening.ballot, $0) }
    }

    private func issue(_ codes: BallotsNewCodes, _ ballot: Ballots.Ballot, _ database: Database) async throws {
        try await database.unattended(.seed) { tx in
            try BallotsStore.issue(codes, as: .household, for: ballot, by: nil, isLimited: false, tx)
            return Receipt()
        }
    }

    /// A box as closing leaves it.
    private func fill(_ ballot: ID, _ database: Database) async throws {
        let (answers, secrets) = (answers, database.world.secrets)
        try await database.maintenance(reason: .benchmark) { connection in
            try connection.run("BEGIN")
            var lot = SystemRandomNumberGenerator()
            let ways = ["ss", "su", "sn", "us", "uu", "un", "ns", "nu", "nn"]
            for start in stride(from: 0, to: answers, by: 500) {
                let rows = (start..<min(start + 500, answers)).map { _ -> SQL in
                    let id = ID(bytes: secrets.bytes(16)) ?? ballot
                    return "(\(ballot), \(ways.randomElement(using: &lot) ?? "ss"), \(id))"
                }
                try connection.execute(
                    "INSERT INTO ballot_answer (ballot_id, answers, id) VALUES \(SQL.joined(rows, by: ", "))")
            }
            try connection.run("COMMIT")
        }
        if database.engine.kind == .postgres {
            try await database.maintenance(reason: .benchmark) { try $0.run("ANALYZE") }
        }
    }
}

/// The count says another number than was put in.
private struct BallotsMiscounted: Error { let found: Int }

/// A clock that is moved once, from the time the ballots are open to the time they are closed.
private final class Later: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Int64 = 0

    var milliseconds: Int64 { lock.withLock { value } }

    func pass(days: Int64) { lock.withLock { value = days * 86_400_000 } }
}
