import Core
import Database
import Foundation
import TestKit
import Testing

@testable import Ballots

/// A ballot of Thông Xanh on the store alone: opened, codes issued, households that answer in an order a test knows.
struct BallotsTown: Sendable {
    let data: TestDatabase
    let database: Database
    let keys: BallotsKeys
    let id: ID
    let codes: [Ballots.Code]

    static let topics = Ballots.QuestionSet(topics: [Ballots.Question(code: "roads", vi: "Đường sá có tốt không?")])

    /// Opens a ballot for ten days from the clock's day and issues codes.
    init(
        _ data: TestDatabase, _ database: Database? = nil, households: Int = 214, codes count: Int, paper: Int = 0,
        keys: BallotsKeys = .inMemory()
    ) async throws {
        let database = database ?? data.database
        self.data = data
        self.database = database
        self.keys = keys
        let opening = try BallotsStore.prepare(keys, database.world)
        let today = data.clock.today
        try await database.unattended(.seed) { tx in
            try BallotsStore.openBallot(
                opening, for: Place.thongXanh.id, about: Ballots.Purpose(kind: .practice, year: 2026),
                asking: BallotsTown.topics, households: households, paper: paper,
                over: Ballots.Window(from: today, last: today.adding(days: 9)), by: nil, tx)
            return Receipt()
        }
        id = opening.ballot
        let id = id
        let ballot = try await database.read { try BallotsStore.ballot(id, $0) }
        let new = try BallotsNewCodes.draw(count, for: ballot, keys, database.world)
        try await database.unattended(.seed) { tx in
            try BallotsStore.issue(new, as: .household, for: ballot, by: nil, tx)
            return Receipt()
        }
        // Handed out in any order.
        codes = new.codes.shuffled()
    }

    func ballot() async throws -> Ballots.Ballot {
        let id = id
        return try await database.read { try BallotsStore.ballot(id, $0) }
    }

    func count() async throws -> Ballots.Codes {
        let id = id
        return try await database.read { try BallotsStore.codes(of: id, $0) }
    }

    func tally() async throws -> Ballots.Tally {
        let id = id
        return try await database.read { try BallotsStore.tally(of: id, BallotsTown.topics, $0) }
    }

    @discardableResult
    func vote(
        _ code: Ballots.Code, _ letters: String, from source: String = "10.0.0.1", _ mixing: BallotsMixing? = nil
    ) async throws -> BallotsVoted {
        let slip = try #require(BallotsTown.topics.slip(letters: letters))
        return try await BallotsStore.vote(
            code, slip, in: try await ballot(), from: source, keys, mixing ?? .byLot(database.world.secrets), .vi,
            database)
    }

    func close(_ mixing: BallotsMixing? = nil, with key: [UInt8]? = nil) async throws {
        let ballot = try await ballot()
        let opening = try key ?? keys.read(BallotsKeys.opening(id))
        let mixing = mixing ?? .byLot(database.world.secrets)
        let salt = database.world.secrets.bytes(16)
        try await database.unattended(.seed) { tx in
            try BallotsStore.close(ballot, with: opening, mixing, salt: salt, by: nil, .vi, tx)
            return Receipt()
        }
    }

    /// To the first day on which the box can be closed.
    func daysPass() { data.clock.move(to: data.clock.today.adding(days: 10)) }
}
