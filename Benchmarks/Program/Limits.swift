import App
import ArgumentParser
import Core
import Database
import Foundation
import Logging

/// What the engine and the lane can do by themselves, in this very run: the figures of the product are held against
/// these, because a second on this machine is not a second on another.
struct Limits {
    let database: Database
    let seconds: Double

    static let table: SQL =
        "CREATE TABLE benchmark_row (id \(.id) PRIMARY KEY, payload \(.text) NOT NULL) \(.endOfTable)"

    /// One row, one commit, one after another, on the writing connection: commits a second.
    func bareSingleCommits() async throws -> Double {
        let ids = database.world.ids
        let seconds = seconds
        return try await database.maintenance(reason: .benchmark) { connection in
            let start = ContinuousClock.now
            var count = 0
            while (ContinuousClock.now - start).inSeconds < seconds {
                try connection.begin()
                try connection.execute("INSERT INTO benchmark_row (id, payload) VALUES (\(ids.next()), 'one')")
                try connection.commit()
                count += 1
            }
            return Double(count) / (ContinuousClock.now - start).inSeconds
        }
    }

    /// The lane with nothing but one insert to do, so many askers at once: acknowledged rows a second.
    func bareLane(atOnce: Int) async throws -> Double {
        let database = database
        let seconds = seconds
        let start = ContinuousClock.now
        let total = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<atOnce {
                group.addTask {
                    var count = 0
                    while (ContinuousClock.now - start).inSeconds < seconds {
                        try await database.unattended(.throttle) { tx in
                            try tx.execute("INSERT INTO benchmark_row (id, payload) VALUES (\(tx.ids.next()), 'lane')")
                            return Receipt()
                        }
                        count += 1
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        return Double(total) / (ContinuousClock.now - start).inSeconds
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

struct LimitsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits", abstract: "Bare commits of the engine and of the lane, as one line of JSON.")

    @Option var data: String
    @Option var postgres: String?
    @Option var seconds: Double = 3

    func run() async throws {
        let house = try await House.open(Bench.settings(data: data, postgres: postgres), log: Bench.log)
        try await house.database.maintenance(reason: .benchmark) { connection in
            let kind = house.database.engine.kind
            try connection.run("DROP TABLE IF EXISTS benchmark_row")
            try connection.run(Limits.table.spelled(for: kind).text)
        }
        let limits = Limits(database: house.database, seconds: seconds)
        let single = try await limits.bareSingleCommits()
        let lane64 = try await limits.bareLane(atOnce: 64)
        let lane1 = try await limits.bareLane(atOnce: 1)
        try await house.database.maintenance(reason: .benchmark) { try $0.run("DROP TABLE benchmark_row") }
        print("{\"single\": \(single), \"lane64\": \(lane64), \"lane1\": \(lane1)}")
        try house.database.close()
    }
}
