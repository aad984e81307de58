import Ballots
import Core
import Criteria
import Database

extension Recognition {
    /// What is posted: the days, and how the ballot beside it stands.
    package struct Posting: Sendable {
        package let id: ID
        package let dossier: ID
        package let days: PostingDays
        /// When it was opened.
        package let at: Instant
        package let ballot: Ballot
        package let revision: Int

        /// From when it hung on the board: what was changed later was not posted.
        package var begun: Instant { max(at, days.from.start) }

        /// The columns a posting is read from, for `g`.
        static let columns: SQL = """
            g.id AS posting_id, g.dossier_id AS posting_dossier, g.posted_from, g.posted_last, g.at, g.households, \
            g.handed_out, g.revision
            """
    }

    /// A resident's comment on a posting. `said` and `contact` are for the commune alone.
    package struct Comment: Governed {
        package static let kind = "posting_comment"

        package let id: ID
        package let dossier: ID
        package let said: String
        package let contact: String?
        package let at: Instant
        package let state: CommentState
        package let shown: String?
        package let why: String?
        package let moderatedAt: Instant?
        package let answer: String?
        package let answeredAt: Instant?
        package let revision: Int
        package let place: [ID]
    }
}

extension RecognitionStore {
    /// Opens the posting, and with it the household ballot.
    ///
    /// - Parameter last: the last day on the board; nil for the least number of days.
    /// - Throws: `.invalid` without a meeting with quorum, or while something voted down has no word, or for days that
    ///   cannot be.
    /// - Returns: the revision the dossier has now.
    @discardableResult
    package static func post(
        _ dossier: Recognition.Dossier, from: Day, last: Day? = nil, _ deed: Recognition.Deed,
        calendar: Recognition.YearCalendar = .standard, _ tx: Transaction
    ) throws -> Int {
        let step = try Recognition.LifeCycle.possible(dossier.state, .post)
        let review = try review(of: dossier.id, tx)
        if let refusal = review.refusalToPost() { throw refusal }
        let terms = try terms(of: dossier, tx)
        let days = Recognition.PostingDays(from: from, last: last, by: terms)
        if let refusal = days.refusal(by: terms, on: deed.at.day) { throw refusal }
        guard let households = try freezeHouseholds(of: dossier.id, tx) else {
            throw Refusal(.conflict, "recognition.review.refusal.noHouseholds")
        }
        if let former = try posting(of: dossier.id, tx) { try giveUpBox(of: former.id, tx) }
        try tx.execute(
            "UPDATE posting SET replaced_at = \(deed.at) WHERE dossier_id = \(dossier.id) AND replaced_at IS NULL")
        try tx.execute(
            """
            INSERT INTO posting (id, dossier_id, posted_from, posted_last, posted_by, at, households, revision)
            VALUES (\(tx.ids.next()), \(dossier.id), \(days.from), \(days.last), \(deed.person), \(deed.at),
                \(households), 1)
            """)
        tx.note("posting.days", to: "\(days.from) \(days.last)")
        return try move(dossier, .post, to: step.to, deed, calendar: calendar, tx)
    }

    /// The present posting of a dossier; nil before there is one.
    package static func posting(of dossier: ID, _ reader: any Reader) throws -> Recognition.Posting? {
        guard
            let row = try reader.first(
                """
                SELECT \(Recognition.Posting.columns) FROM posting g
                WHERE g.dossier_id = \(dossier) AND g.replaced_at IS NULL
                """)
        else { return nil }
        return try posting(row, reader)
    }

    /// A posting from its columns, with its ballot as it stands.
    static func posting(_ row: Row, _ reader: any Reader) throws -> Recognition.Posting {
        let id = try row.id("posting_id")
        return Recognition.Posting(
            id: id, dossier: try row.id("posting_dossier"),
            days: Recognition.PostingDays(from: try row.day("posted_from"), last: try row.day("posted_last")),
            at: try row.instant("at"),
            ballot: Recognition.Ballot(
                households: try row.integer("households"), handedOut: try row.optionalInteger("handed_out"),
                entries: try ballotEntries(of: id, reader), box: try BallotsStore.box(about: id, reader)),
            revision: try row.integer("revision"))
    }

    /// Takes a resident's comment. Neither who sent it nor from where is kept; the same words sent twice are one.
    ///
    /// - Parameter contact: what the sender wants the commune to have; never shown to the area.
    /// - Throws: `NotFound` without a posting, `.conflict` when it does not run on that day.
    @discardableResult
    package static func comment(
        _ text: String, contact: String?, on dossier: ID, at: Instant, _ tx: Transaction
    ) throws -> ID {
        guard let posting = try posting(of: dossier, tx) else { throw NotFound() }
        guard try self.dossier(dossier, unattended: tx).state == .posted, posting.days.isRunning(on: at.day) else {
            throw Refusal(.conflict, "recognition.posting.refusal.closed")
        }
        if let same = try tx.first(
            """
            SELECT id FROM posting_comment WHERE posting_id = \(posting.id) AND state = 'received' AND said = \(text)
            """)
        {
            return try same.id("id")
        }
        let id = timeless(tx.ids.next())
        try tx.execute(
            """
            INSERT INTO posting_comment (id, posting_id, said, contact, at, state, revision)
            VALUES (\(id), \(posting.id), \(text), \(contact), \(at), 'received', 1)
            """)
        tx.note("posting.comment", to: "\(id)")
        return id
    }

    /// An id that tells nothing of when it was made: the area reads it in an address, and ids are made of the
    /// millisecond (people.md rule 8).
    private static func timeless(_ id: ID) -> ID {
        let digest = ByteDigest.of(id.bytes)
        func number(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
        let (high, low) = (number(digest.prefix(8)), number(digest.dropFirst(8).prefix(8)))
        return ID(high: high & ~0xF000 | 0x8000, low: low & (1 << 62 - 1) | 1 << 63)
    }

    /// Counts what came from an address, before it is looked at.
    /// - Throws: `.tooMany` with the time from which there is more.
    package static func countComment(from address: String, on dossier: ID, _ tx: Transaction) throws {
        let text = "\(dossier) \(Recognition.CommentLimit.bucket(address))"
        let bucket = ByteDigest.of(Array(text.utf8)).prefix(16).map { byte in
            let hex = String(byte, radix: 16)
            return hex.count == 1 ? "0" + hex : hex
        }.joined()
        let first = Recognition.CommentLimit.firstSlot(at: tx.now)
        let counted = try tx.one(
            """
            SELECT CAST(coalesce(sum(count), 0) AS \(SchemaWord.integer)) AS many FROM posting_attempt
            WHERE bucket = \(bucket) AND slot >= \(first)
            """
        ).integer("many")
        if let refusal = Recognition.CommentLimit.refusal(counted: counted, at: tx.now) { throw refusal }
        try tx.execute(
            """
            INSERT INTO posting_attempt (bucket, slot, count)
            VALUES (\(bucket), \(Recognition.CommentLimit.slot(of: tx.now)), 1)
            ON CONFLICT (bucket, slot) DO UPDATE SET count = posting_attempt.count + 1
            """)
        try tx.execute("DELETE FROM posting_attempt WHERE slot < \(first)")
    }

    /// Why somebody who moderates comments leaves those on this dossier to another; nil when nothing stands in the way.
    package static func refusalToModerate(
        _ actor: Actor, on dossier: Recognition.Dossier, _ reader: any Reader
    ) throws -> Refusal? {
        try hands(of: actor.person, on: dossier.id, reader).refusalToModerate(
            isOfArea: actor.grants.contains { $0.territory == dossier.area.id })
    }

    /// Lets a comment through, sets it aside, or seals it for its own way.
    /// - Throws: `.conflict` when it was moderated already and answered, or sealed.
    package static func moderate(
        _ comment: Recognition.Comment, _ moderation: Recognition.Moderation, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws {
        guard comment.answer == nil, comment.state != .sealed else {
            throw Refusal(.conflict, "recognition.posting.refusal.moderated")
        }
        try tx.move("posting_comment", comment.id, from: comment.revision)
        var shown: String?
        var why: String?
        switch moderation {
        case .pass(let text): shown = text
        case .aside(let reason): why = reason
        case .seal(let body): why = body
        }
        try tx.execute(
            """
            UPDATE posting_comment SET state = \(moderation.state.rawValue), shown = \(shown), why = \(why),
                moderated_by = \(deed.person), moderated_at = \(deed.at) WHERE id = \(comment.id)
            """)
        tx.note("comment.state", from: comment.state.rawValue, to: moderation.state.rawValue)
    }

    /// The area answers a comment that was let through; the answer stands beside it in public. Until the dossier is
    /// submitted it may be worded anew.
    package static func answer(
        _ comment: Recognition.Comment, _ text: String, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        guard comment.state == .passed else { throw Refusal(.conflict, "recognition.posting.refusal.notPassed") }
        let dossier = try dossier(comment.dossier, unattended: tx)
        let isOpen = dossier.state == .posted || comment.answer == nil && !dossier.stage.isClosed
        guard isOpen else { throw Refusal(.conflict, "recognition.posting.refusal.answered") }
        try tx.move("posting_comment", comment.id, from: comment.revision)
        try tx.execute(
            """
            UPDATE posting_comment SET answer = \(text), answered_by = \(deed.person), answered_at = \(deed.at)
            WHERE id = \(comment.id)
            """)
        tx.note("comment.answer", from: comment.answer, to: text)
    }

    /// The comments on the present posting of a dossier, oldest first. Whoever calls this decides by the reader's role
    /// what of each goes on: the area sees neither `said` nor `contact`.
    package static func comments(
        on dossier: Recognition.Dossier, _ reader: any Reader
    ) throws -> [Recognition.Comment] {
        try comments("g.dossier_id = \(dossier.id) AND g.replaced_at IS NULL", place: dossier.place, reader)
    }

    /// One comment, for whoever may see its dossier.
    package static func comment(
        _ id: ID, seenBy sight: Sight, _ reader: any Reader
    ) throws -> Recognition.Comment {
        guard
            let row = try reader.first(
                """
                SELECT g.dossier_id FROM posting_comment c JOIN posting g ON g.id = c.posting_id WHERE c.id = \(id)
                """)
        else { throw NotFound() }
        let dossier = try dossier(row.id("dossier_id"), seenBy: sight, reader)
        guard let found = try comments("c.id = \(id)", place: dossier.place, reader).first else { throw NotFound() }
        return found
    }

    private static func comments(
        _ condition: SQL, place: [ID], _ reader: any Reader
    ) throws -> [Recognition.Comment] {
        try reader.rows(
            """
            SELECT c.id, g.dossier_id, c.said, c.contact, c.at, c.state, c.shown, c.why, c.moderated_at, c.answer,
                c.answered_at, c.revision
            FROM posting_comment c JOIN posting g ON g.id = c.posting_id WHERE \(condition) ORDER BY c.at, c.id
            """
        ).map { row in
            Recognition.Comment(
                id: try row.id("id"), dossier: try row.id("dossier_id"), said: try row.text("said"),
                contact: try row.optionalText("contact"), at: try row.instant("at"), state: try row.choice("state"),
                shown: try row.optionalText("shown"), why: try row.optionalText("why"),
                moderatedAt: try row.optionalInstant("moderated_at"), answer: try row.optionalText("answer"),
                answeredAt: try row.optionalInstant("answered_at"), revision: try row.integer("revision"), place: place)
        }
    }

    /// How many comments were let through and wait for the area's answer.
    package static func unanswered(of dossier: ID, _ reader: any Reader) throws -> Int {
        try reader.one(
            """
            SELECT count(*) AS many FROM posting_comment c JOIN posting g ON g.id = c.posting_id
            WHERE g.dossier_id = \(dossier) AND g.replaced_at IS NULL AND c.state = 'passed' AND c.answer IS NULL
            """
        ).integer("many")
    }
}
