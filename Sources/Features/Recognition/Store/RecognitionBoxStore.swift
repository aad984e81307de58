import Ballots
import Core
import Criteria
import Database
import Web

extension RecognitionStore {
    /// The question set of a dossier's slips: the overall question, and the topics of its criteria.
    package static func questions(
        of dossier: Recognition.Dossier, _ reader: any Reader
    ) throws -> Ballots.QuestionSet {
        let topics = try criteria(of: dossier, reader).ballot?.topics ?? []
        return Ballots.QuestionSet(
            topics: topics.map { Ballots.Question(code: $0.code, vi: $0.name.vi, en: $0.name.en) })
    }

    /// Opens answering by code beside the paper of the present posting, up to the posting's last day.
    ///
    /// - Throws: `.conflict` without a posting, when its days are over, the count is made, or a box is open already.
    package static func openBox(
        _ opening: BallotsStore.Opening, of dossier: Recognition.Dossier, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        let posting = try mayOpenBox(of: dossier, on: deed.at.day, tx)
        let title = try criteria(of: dossier, tx).title(dossier.title)
        try tx.move("posting", posting.id, from: posting.revision)
        try BallotsStore.openBallot(
            opening, for: dossier.area.id,
            about: Ballots.Purpose(
                kind: .recognition, subject: posting.id, titleVi: title?.name.vi ?? dossier.title,
                titleEn: title?.name.en ?? "", year: dossier.year),
            asking: try questions(of: dossier, tx), households: posting.ballot.households,
            paper: posting.ballot.paper ?? 0,
            over: Ballots.Window(from: max(posting.days.from, deed.at.day), last: posting.days.last),
            by: deed.person, tx)
    }

    /// The posting beside which a box can be opened today.
    @discardableResult
    package static func mayOpenBox(
        of dossier: Recognition.Dossier, on today: Day, _ reader: any Reader
    ) throws -> Recognition.Posting {
        guard dossier.state == .posted, let posting = try posting(of: dossier.id, reader) else {
            throw Refusal(.conflict, "recognition.ballot.refusal.notPosted")
        }
        if posting.ballot.box != nil { throw Refusal(.conflict, "ballots.refusal.already") }
        if !posting.ballot.entries.isEmpty { throw Refusal(.conflict, "recognition.ballot.refusal.countedAlready") }
        if posting.days.isOver(on: today) { throw Refusal(.conflict, "recognition.posting.refusal.closed") }
        return posting
    }

    /// A box whose posting is done anew or given back is not counted: its slips answered something else.
    static func giveUpBox(of posting: ID, _ tx: Transaction) throws {
        guard let ballot = try BallotsStore.ballot(about: posting, tx), ballot.closedAt == nil else { return }
        try BallotsStore.giveUp(ballot, because: Recognition.boxBegunAnew, by: nil, tx)
    }

    /// Freezes the result of a posting's ballot, once it stands.
    static func freeze(_ posting: ID, _ tx: Transaction) throws {
        let salt = "\(tx.ids.next())\(tx.ids.next())".replacing("-", with: "")
        guard let text = try resultText(of: posting, tx)?.text(salt: salt) else { return }
        let frozen = Ballots.Frozen(text)
        try tx.execute(
            """
            INSERT INTO posting_result (posting_id, text, hash, at)
            VALUES (\(posting), \(frozen.text), \(frozen.hash), \(tx.now)) ON CONFLICT (posting_id) DO NOTHING
            """)
        tx.note("ballot.frozen", to: frozen.hash)
    }

    /// What the result rests on, read anew from the entries of the count and the answers in the box.
    private static func resultText(of posting: ID, _ reader: any Reader) throws -> Ballots.ResultText? {
        let row = try reader.one("SELECT households, handed_out FROM posting WHERE id = \(posting)")
        let ballot = Recognition.Ballot(
            households: try row.integer("households"), handedOut: try row.optionalInteger("handed_out"),
            entries: try ballotEntries(of: posting, reader), box: try BallotsStore.box(about: posting, reader))
        guard let result = ballot.result else { return nil }
        return Ballots.ResultText(
            subject: posting, households: ballot.households, paperOut: ballot.paper ?? 0,
            codesOut: ballot.box?.codes.households ?? 0, sparesOut: ballot.box?.codes.spares ?? 0,
            paperBack: result.returned - (ballot.box?.codes.burnt ?? 0), codesBack: ballot.box?.codes.burnt ?? 0,
            spoilt: ballot.box?.spoilt ?? 0, tally: result.tally)
    }

    /// What was frozen of a posting's ballot, and whether counting again says the same; nil before it stands.
    package static func frozen(
        of posting: ID, _ reader: any Reader
    ) throws -> (frozen: Ballots.Frozen, holds: Bool)? {
        guard let row = try reader.first("SELECT text, hash FROM posting_result WHERE posting_id = \(posting)") else {
            return nil
        }
        let frozen = Ballots.Frozen(text: try row.text("text"), hash: try row.text("hash"))
        guard let salt = Ballots.ResultText.salt(in: frozen.text),
            let now = try resultText(of: posting, reader)?.text(salt: salt)
        else { return (frozen, false) }
        return (frozen, Ballots.Frozen(now) == frozen)
    }
}

extension Recognition {
    /// Why a box has no result when its posting was done anew; stored, so it is a key of the words.
    static let boxBegunAnew = "recognition.ballot.begunAnew"
}

/// What recognition adds to ballots, which know nothing of it.
package enum RecognitionBox {
    package static let hooks = BallotsHooks(
        barred: { ballot, person, reader in
            // Who wrote the self-assessment asks nobody about it.
            guard let dossier = try dossier(of: ballot, reader) else { return nil }
            let hands = try RecognitionStore.hands(of: person, on: dossier, reader)
            return Recognition.LifeCycle.step(.posted, .count).flatMap { hands.refusal(of: $0) }
        },
        settled: { ballot, tx in
            guard let posting = try BallotsStore.ballot(ballot, tx).purpose.subject else { return }
            try RecognitionStore.freeze(posting, tx)
        },
        page: { ballot, reader in try dossier(of: ballot, reader).map { "/dossiers/\($0)/ballot" } })

    private static func dossier(of ballot: Ballots.Ballot, _ reader: any Reader) throws -> ID? {
        guard ballot.purpose.kind == .recognition, let posting = ballot.purpose.subject else { return nil }
        return try reader.first("SELECT dossier_id FROM posting WHERE id = \(posting)")?.id("dossier_id")
    }
}
