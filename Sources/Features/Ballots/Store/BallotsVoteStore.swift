import Core
import Database
import Web

/// What became of a slip that was sent.
package enum BallotsVoted: Sendable, Equatable {
    case taken
    /// The code was used before. The voter reads the same as with `taken`, and nothing was written.
    case before
}

/// A code that was used before: goes out of the transaction, so that nothing is written about the second try.
private struct CodeUsedBefore: Error {}

extension BallotsStore {
    /// Takes one household's answer.
    ///
    /// One transaction burns the code, with operation and audit record, and puts the sealed answer beside it, so that
    /// a crash loses both or neither. The operation is made from the code alone (`BallotsCodeKey.operation`), and the
    /// seal has no operation, record, order or instant. What was answered is in no variable that outlives this call.
    ///
    /// In a full box a code that was used before is refused like one that was not, and each takes its count of tries
    /// back: thanks for the one and a refusal for the other would tell whether a slip was used (decision 0023).
    ///
    /// - Throws: `.invalid` beside `code` when it does not hold here, `.tooMany`, `.conflict` when the ballot takes no
    ///   answers or as many came as there are households.
    package static func vote(
        _ code: Ballots.Code, _ slip: Ballots.Slip, in ballot: Ballots.Ballot, from source: String,
        _ keys: BallotsKeys, _ mixing: BallotsMixing, _ language: Language, _ database: Database
    ) async throws -> BallotsVoted {
        let key = try codeKey(of: ballot, keys, database.world)
        let mark = key.mark(code, of: ballot.id)
        let sealed = try BallotsSeal.seal(slip, of: ballot.id, to: ballot.publicKey)
        let name = mixing.name()
        let bucket = Hex.text(key.bucket(source))
        let taken = try await takeGuess(bucket, database)
        do {
            let written = try await database.unattended(.resident, key.operation(code, of: ballot.id)) { tx in
                try burn(mark, of: ballot.id, language, tx)
                try tx.execute(
                    "INSERT INTO ballot_seal (id, ballot_id, sealed) VALUES (\(name), \(ballot.id), \(sealed))")
                return Receipt()
            }
            try await giveBackGuess(bucket, at: taken, database)
            guard written.repeated else { return .taken }
        } catch is CodeUsedBefore {
            try await giveBackGuess(bucket, at: taken, database)
        } catch let refusal as Refusal where refusal.key == fullKey {
            try await giveBackGuess(bucket, at: taken, database)
            throw refusal
        }
        if let refusal = try await database.read({ try refusalWhenFull(ballot.id, $0) }) { throw refusal }
        return .before
    }

    private static let fullKey = "ballots.refusal.full"

    /// As many answers came, by code and on paper, as there are households.
    private static func refusalWhenFull(_ ballot: ID, _ reader: any Reader) throws -> Refusal? {
        let row = try reader.one("SELECT households, paper FROM ballot WHERE id = \(ballot)")
        let (households, paper) = (try row.integer("households"), try row.integer("paper"))
        guard try codes(of: ballot, reader).burnt + paper >= households else { return nil }
        return Refusal(.conflict, fullKey, ["households": "\(households)"])
    }

    private static func burn(_ mark: [UInt8], of ballot: ID, _ language: Language, _ tx: Transaction) throws {
        guard
            let row = try tx.first(
                """
                SELECT b.opens_on, b.last_on, b.closed_at, h.cancelled_at, c.is_burnt
                FROM ballot_code c JOIN ballot_batch h ON h.id = c.batch_id JOIN ballot b ON b.id = h.ballot_id
                WHERE c.mark = \(mark) AND b.id = \(ballot)
                """)
        else { throw Refusal(.invalid, "ballots.refusal.codeUnknown", field: "code") }
        if try row.flag("is_burnt") { throw CodeUsedBefore() }
        guard try row.optionalInstant("closed_at") == nil else {
            throw Refusal(.conflict, "ballots.refusal.closed")
        }
        let window = Ballots.Window(from: try row.day("opens_on"), last: try row.day("last_on"))
        if let refusal = window.refusalToVote(on: tx.now.day, language) { throw refusal }
        guard try row.optionalInstant("cancelled_at") == nil else {
            throw Refusal(.invalid, "ballots.refusal.codeCancelled", field: "code")
        }
        if let refusal = try refusalWhenFull(ballot, tx) { throw refusal }
        try tx.execute("UPDATE ballot_code SET is_burnt = \(true) WHERE mark = \(mark)")
        // Which code is in its own row; the trail says that one was burnt, and of which ballot.
        tx.note("ballot.code", to: "\(ballot)")
    }

    /// Counts a try before it is looked at.
    /// - Throws: `.tooMany` with the time from which there is more.
    private static func takeGuess(_ bucket: String, _ database: Database) async throws -> Instant {
        try await database.unattended(
            .throttle,
            giving: { tx in
                let first = Ballots.GuessLimit.firstSlot(at: tx.now)
                let counted = try tx.one(
                    """
                    SELECT CAST(coalesce(sum(count), 0) AS \(SchemaWord.integer)) AS many FROM ballot_attempt
                    WHERE bucket = \(bucket) AND slot >= \(first)
                    """
                ).integer("many")
                if let refusal = Ballots.GuessLimit.refusal(counted: counted, at: tx.now) { throw refusal }
                try tx.execute(
                    """
                    INSERT INTO ballot_attempt (bucket, slot, count)
                    VALUES (\(bucket), \(Ballots.GuessLimit.slot(of: tx.now)), 1)
                    ON CONFLICT (bucket, slot) DO UPDATE SET count = ballot_attempt.count + 1
                    """)
                try tx.execute("DELETE FROM ballot_attempt WHERE slot < \(first)")
                return tx.now
            })
    }

    /// Gives back what a right code took, and leaves nothing behind of an address with no wrong one: such rows would be
    /// nearly a list of where was voted.
    private static func giveBackGuess(_ bucket: String, at taken: Instant, _ database: Database) async throws {
        try await database.unattended(.throttle) { tx in
            let slot = Ballots.GuessLimit.slot(of: taken)
            try tx.execute(
                "UPDATE ballot_attempt SET count = count - 1 WHERE bucket = \(bucket) AND slot = \(slot)")
            try tx.execute(
                "DELETE FROM ballot_attempt WHERE bucket = \(bucket) AND slot = \(slot) AND count <= 0")
            return Receipt()
        }
    }
}
