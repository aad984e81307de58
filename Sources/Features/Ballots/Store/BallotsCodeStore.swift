import Core
import Database

/// Codes of one batch: as they are printed, and as the database knows them. Made before the transaction that keeps the
/// marks; what is printed is kept nowhere.
package struct BallotsNewCodes: Sendable {
    package let codes: [Ballots.Code]
    let marks: [[UInt8]]

    /// Draws codes by lot. Of two that are the same, which will not happen, one is drawn again.
    package static func draw(
        _ count: Int, for ballot: Ballots.Ballot, _ keys: BallotsKeys, _ world: World
    ) throws -> BallotsNewCodes {
        let key = try BallotsStore.codeKey(of: ballot, keys, world)
        var codes: Set<Ballots.Code> = []
        codes.reserveCapacity(count)
        while codes.count < count {
            if let code = Ballots.Code(bytes: world.secrets.bytes(8)) { codes.insert(code) }
        }
        // A set's order is by lot too, but of this process: sorted, so that it says nothing of how they were drawn.
        let sorted = codes.sorted { $0.digits < $1.digits }
        return BallotsNewCodes(codes: sorted, marks: sorted.map { key.mark($0, of: ballot.id) })
    }
}

extension BallotsStore {
    /// The code key, when it is the one that the ballot's codes were made with.
    /// - Throws: `.conflict` on a machine that has another one or none.
    static func codeKey(of ballot: Ballots.Ballot, _ keys: BallotsKeys, _ world: World) throws -> BallotsCodeKey {
        guard let kept = try keys.read(BallotsKeys.codes) else {
            throw Refusal(.conflict, "ballots.refusal.codeKeyMissing")
        }
        let key = BallotsCodeKey(kept)
        guard key.mark(of: ballot.id) == ballot.codesMark else {
            throw Refusal(.conflict, "ballots.refusal.codeKeyMissing")
        }
        return key
    }

    /// How many codes may still be issued for a ballot.
    package static func allowance(of ballot: Ballots.Ballot, _ reader: any Reader) throws -> Ballots.Allowance {
        let codes = try codes(of: ballot.id, reader)
        return Ballots.Allowance(
            households: ballot.households, paper: ballot.paper, codes: max(codes.households, codes.burnt),
            spares: codes.spares)
    }

    /// Issues a batch of codes.
    ///
    /// - Throws: `.invalid` for more than households, `.conflict` when the ballot takes no answers any more.
    /// - Returns: the batch.
    @discardableResult
    package static func issue(
        _ new: BallotsNewCodes, as kind: Ballots.BatchKind, for ballot: Ballots.Ballot, by person: ID?,
        isLimited: Bool = true, _ tx: Transaction
    ) throws -> ID {
        try refuseSettled(ballot, tx)
        if isLimited, let refusal = try allowance(of: ballot, tx).refusal(ofIssuing: new.codes.count, as: kind) {
            throw refusal
        }
        try tx.move("ballot", ballot.id, from: ballot.revision)
        let batch = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO ballot_batch (id, ballot_id, kind, codes, issued_by, at)
            VALUES (\(batch), \(ballot.id), \(kind.rawValue), \(new.codes.count), \(person), \(tx.now))
            """)
        var start = 0
        while start < new.marks.count {
            let piece = new.marks[start..<min(start + 256, new.marks.count)]
            let rows = piece.map { mark -> SQL in "(\(mark), \(batch), \(false))" }
            try tx.execute(
                "INSERT INTO ballot_code (mark, batch_id, is_burnt) VALUES \(SQL.joined(rows, by: ", "))")
            start += piece.count
        }
        tx.note("ballot.codes", to: "\(kind.rawValue) \(new.codes.count)")
        return batch
    }

    /// Takes back a batch that was not printed or got lost as a whole.
    ///
    /// - Throws: `.conflict` when a code of it was used, and for a batch of a few codes when any code of the ballot was.
    package static func cancel(
        _ batch: ID, of ballot: Ballots.Ballot, by person: ID?, _ tx: Transaction
    ) throws {
        try refuseSettled(ballot, tx)
        guard let found = try batches(of: ballot.id, tx).first(where: { $0.id == batch }), found.cancelledAt == nil
        else { throw NotFound() }
        if let refusal = try found.refusalToCancel(inAll: codes(of: ballot.id, tx).burnt) { throw refusal }
        try tx.move("ballot", ballot.id, from: ballot.revision)
        try tx.execute(
            "UPDATE ballot_batch SET cancelled_at = \(tx.now), cancelled_by = \(person) WHERE id = \(batch)")
        tx.note("ballot.batch", from: "\(found.codes)", to: "cancelled")
    }

    /// How many slips went out on paper, as whoever handed them out wrote down. Called in the transaction of that act.
    /// - Throws: `.invalid` when they and the codes are more than households.
    package static func setPaper(_ slips: Int, of ballot: Ballots.Ballot, _ tx: Transaction) throws {
        if let refusal = try allowance(of: ballot, tx).refusal(ofPaper: slips) { throw refusal }
        try tx.move("ballot", ballot.id, from: ballot.revision)
        try tx.execute("UPDATE ballot SET paper = \(slips) WHERE id = \(ballot.id)")
    }

    /// Puts the last day off, with a reason that everybody reads.
    package static func extend(
        _ ballot: Ballots.Ballot, to last: Day, because reason: String, by person: ID?, _ language: Language,
        _ tx: Transaction
    ) throws {
        try refuseSettled(ballot, tx)
        if let refusal = ballot.window.refusalToExtend(to: last, on: tx.now.day, language) { throw refusal }
        try tx.move("ballot", ballot.id, from: ballot.revision)
        try tx.execute(
            """
            INSERT INTO ballot_extension (ballot_id, last_before, last_after, reason, extended_by, at)
            VALUES (\(ballot.id), \(ballot.window.last), \(last), \(reason), \(person), \(tx.now))
            """)
        try tx.execute("UPDATE ballot SET last_on = \(last) WHERE id = \(ballot.id)")
        tx.note("ballot.last", from: "\(ballot.window.last)", to: "\(last)")
    }

    static func refuseSettled(_ ballot: Ballots.Ballot, _ reader: any Reader) throws {
        let row = try reader.one("SELECT closed_at FROM ballot WHERE id = \(ballot.id)")
        guard try row.optionalInstant("closed_at") == nil else {
            throw Refusal(.conflict, "ballots.refusal.closed")
        }
    }
}
