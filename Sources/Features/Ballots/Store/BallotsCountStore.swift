import Core
import Crypto
import Database
import Web

extension BallotsStore {
    /// Closes a ballot after its last day: opens the seals, shuffles, puts the answers into the box, counts, freezes,
    /// and has the opening key destroyed. All in the transaction; the key goes right after it.
    ///
    /// - Parameter opening: the opening key, read beforehand; nil when this machine has none.
    /// - Throws: `.invalid` before the last day is over, `.conflict` when it is settled, or when there are seals and no
    ///   key to open them.
    package static func close(
        _ ballot: Ballots.Ballot, with opening: [UInt8]?, _ mixing: BallotsMixing, salt: [UInt8], by person: ID?,
        _ language: Language, _ tx: Transaction
    ) throws {
        try refuseSettled(ballot, tx)
        let last = try tx.one("SELECT opens_on, last_on FROM ballot WHERE id = \(ballot.id)")
        let window = Ballots.Window(from: try last.day("opens_on"), last: try last.day("last_on"))
        if let refusal = window.refusalToClose(on: tx.now.day, language) { throw refusal }
        try tx.move("ballot", ballot.id, from: ballot.revision)
        let seals = try tx.rows("SELECT sealed FROM ballot_seal WHERE ballot_id = \(ballot.id) ORDER BY id")
            .map { try $0.bytes("sealed") }
        var answers: [String] = []
        if !seals.isEmpty {
            guard let opening, let key = try? BallotsSeal.key(opening) else {
                throw Refusal(.conflict, "ballots.refusal.openingKeyMissing")
            }
            answers = seals.compactMap { BallotsSeal.open($0, of: ballot.id, with: key) }
                .filter { ballot.questions.slip(letters: $0) != nil }
        }
        let spoilt = seals.count - answers.count
        try put(mixing.order(answers), into: ballot.id, mixing, tx)
        try tx.execute("DELETE FROM ballot_seal WHERE ballot_id = \(ballot.id)")
        try tx.execute(
            """
            UPDATE ballot SET closed_at = \(tx.now), closed_by = \(person), spoilt = \(spoilt)
            WHERE id = \(ballot.id)
            """)
        let frozen = Ballots.Frozen(
            try text(of: ballot.id, spoilt: spoilt, ballot, tx).text(salt: Hex.text(salt)))
        try tx.execute(
            """
            UPDATE ballot SET result_text = \(frozen.text), result_hash = \(frozen.hash) WHERE id = \(ballot.id)
            """)
        tx.note("ballot.result", to: frozen.hash)
        try Job.plan(
            BallotsJobs.destroy, named: "\(BallotsJobs.destroy):\(ballot.id)", at: tx.now, payload: "\(ballot.id)", tx)
    }

    /// The same, with the key read here: for seeds and benchmarks.
    package static func close(
        _ ballot: Ballots.Ballot, reading keys: BallotsKeys, _ mixing: BallotsMixing, salt: [UInt8], by person: ID?,
        _ language: Language, _ tx: Transaction
    ) throws {
        try close(
            ballot, with: keys.read(BallotsKeys.opening(ballot.id)), mixing, salt: salt, by: person, language, tx)
    }

    /// Answers in the order given, many a statement.
    private static func put(
        _ answers: [String], into ballot: ID, _ mixing: BallotsMixing, _ tx: Transaction
    ) throws {
        var start = 0
        while start < answers.count {
            let piece = answers[start..<min(start + 256, answers.count)]
            let rows = piece.map { letters -> SQL in "(\(ballot), \(letters), \(mixing.name()))" }
            try tx.execute("INSERT INTO ballot_answer (ballot_id, answers, id) VALUES \(SQL.joined(rows, by: ", "))")
            start += piece.count
        }
    }

    /// Ends a ballot without a result: its opening key was lost, or what it was about began anew. Its sealed answers
    /// are deleted unread and its codes hold no more; there may be another ballot with new codes.
    package static func giveUp(
        _ ballot: Ballots.Ballot, because reason: String, by person: ID?, _ tx: Transaction
    ) throws {
        try refuseSettled(ballot, tx)
        try tx.move("ballot", ballot.id, from: ballot.revision)
        try tx.execute("DELETE FROM ballot_seal WHERE ballot_id = \(ballot.id)")
        try tx.execute(
            """
            UPDATE ballot SET closed_at = \(tx.now), closed_by = \(person), given_up_why = \(reason)
            WHERE id = \(ballot.id)
            """)
        tx.note("ballot.givenUp", to: reason)
        try Job.plan(
            BallotsJobs.destroy, named: "\(BallotsJobs.destroy):\(ballot.id)", at: tx.now, payload: "\(ballot.id)", tx)
    }

    /// The box counted: from the answers themselves, each time.
    package static func tally(of ballot: ID, _ set: Ballots.QuestionSet, _ reader: any Reader) throws -> Ballots.Tally {
        let found = try reader.rows(
            """
            SELECT answers, count(*) AS many FROM ballot_answer WHERE ballot_id = \(ballot) GROUP BY answers
            """
        ).map { (letters: try $0.text("answers"), count: try $0.integer("many")) }
        return Ballots.Tally(set, found)
    }

    /// What a closed ballot's result rests on, read anew.
    static func text(
        of id: ID, spoilt: Int, _ ballot: Ballots.Ballot, _ reader: any Reader
    ) throws -> Ballots.ResultText {
        let codes = try codes(of: id, reader)
        return Ballots.ResultText(
            subject: id, households: ballot.households, paperOut: 0, codesOut: codes.households,
            sparesOut: codes.spares, paperBack: 0, codesBack: codes.burnt, spoilt: spoilt,
            tally: try tally(of: id, ballot.questions, reader))
    }

    /// Whether the box still says what was frozen; nil when nothing was.
    package static func holds(_ ballot: Ballots.Ballot, _ reader: any Reader) throws -> Bool? {
        guard let frozen = ballot.frozen else { return nil }
        guard let salt = Ballots.ResultText.salt(in: frozen.text) else { return false }
        let now = try text(of: ballot.id, spoilt: ballot.spoilt, ballot, reader).text(salt: salt)
        return Ballots.Frozen(now) == frozen
    }

    /// The part by code of what a record's result is made of; nil without a ballot that stands.
    package static func box(about subject: ID, _ reader: any Reader) throws -> Ballots.Box? {
        guard let ballot = try ballot(about: subject, reader) else { return nil }
        return Ballots.Box(
            ballot: ballot.id, codes: try codes(of: ballot.id, reader), window: ballot.window,
            isClosed: ballot.closedAt != nil, spoilt: ballot.spoilt,
            tally: ballot.closedAt == nil ? nil : try tally(of: ballot.id, ballot.questions, reader))
    }
}

extension Ballots.Frozen {
    /// A text with its own hash.
    package init(_ text: String) {
        self.init(text: text, hash: Hex.text(ByteDigest.of(Array(text.utf8))))
    }
}

/// The jobs of ballots.
package enum BallotsJobs {
    static let destroy = "ballot.destroyKey"

    /// - Parameter keys: of which a closed ballot's is destroyed, again and again until it is.
    package static func effects(_ keys: BallotsKeys) -> [String: JobRunner.Effect] {
        [
            destroy: { job, tx in
                guard let ballot = ID(job.payload) else { return }
                try keys.destroyOpening(of: ballot)
                tx.note("ballot.keyDestroyed", to: "\(ballot)")
            }
        ]
    }
}
