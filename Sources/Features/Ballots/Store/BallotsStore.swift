import Core
import Database
import Foundation
import Organisation

/// Where ballots are read and written.
///
///   BallotsStore.swift          find, list, open
///   BallotsCodeStore.swift      batches of codes, paper, days
///   BallotsVoteStore.swift      burning a code and sealing an answer; guesses
///   BallotsCountStore.swift     closing, counting, freezing, giving up
package enum BallotsStore {
    /// A ballot this person may see.
    package static func ballot(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> Ballots.Ballot {
        try ballot("b.id = \(id) AND \(sight.covers("b.territory_id"))", reader)
    }

    /// A ballot by its id: what it asks, of whom and until when is public.
    package static func ballot(_ id: ID, _ reader: any Reader) throws -> Ballots.Ballot {
        try ballot("b.id = \(id)", reader)
    }

    /// The ballot about a record, when there is one that was not given up.
    package static func ballot(about subject: ID, _ reader: any Reader) throws -> Ballots.Ballot? {
        do { return try ballot("b.subject_id = \(subject) AND b.given_up_why IS NULL", reader) } catch is NotFound {
            return nil
        }
    }

    private static func ballot(_ condition: SQL, _ reader: any Reader) throws -> Ballots.Ballot {
        let rows = try reader.rows(
            """
            SELECT \(Ballots.Ballot.columns), c.ancestor_id
            FROM ballot b \(Ballots.Ballot.joins)
            JOIN territory_closure c ON c.descendant_id = b.territory_id WHERE \(condition)
            """)
        guard let first = rows.first else { throw NotFound() }
        let area = try first.id("territory_id")
        let above = try rows.map { try $0.id("ancestor_id") }.filter { $0 != area }
        return try Ballots.Ballot(first, place: [area] + above)
    }

    /// Ballots this person may see: those that are not settled first, then the newest.
    package static func ballots(
        seenBy sight: Sight, limit: Int = 200, _ reader: any Reader
    ) throws -> [Ballots.Ballot] {
        guard !sight.roots.isEmpty else { return [] }
        return try reader.rows(
            """
            SELECT \(Ballots.Ballot.columns) FROM ballot b \(Ballots.Ballot.joins)
            WHERE \(sight.covers("b.territory_id"))
            ORDER BY CASE WHEN b.closed_at IS NULL THEN 0 ELSE 1 END, b.last_on DESC, b.id DESC LIMIT \(limit)
            """
        ).map { try Ballots.Ballot($0, place: [try $0.id("territory_id")]) }
    }

    /// Ballots that take answers on a day, by the names of their areas: what a voter without a QR code chooses from.
    package static func open(
        on day: Day, named words: [String] = [], limit: Int = 50, _ reader: any Reader
    ) throws -> [Ballots.Ballot] {
        let matches = words.map { word -> SQL in
            let pattern = "% \(word)%"
            return "AND ' ' || t.search_key LIKE \(pattern)"
        }
        return try reader.rows(
            """
            SELECT \(Ballots.Ballot.columns) FROM ballot b \(Ballots.Ballot.joins)
            WHERE b.closed_at IS NULL AND b.opens_on <= \(day) AND b.last_on >= \(day)
                \(SQL.joined(matches, by: " "))
            ORDER BY t.sort_key, b.id LIMIT \(limit)
            """
        ).map { try Ballots.Ballot($0, place: [try $0.id("territory_id")]) }
    }

    /// How many codes were issued, of batches that were not cancelled, and how many are used.
    package static func codes(of ballot: ID, _ reader: any Reader) throws -> Ballots.Codes {
        let row = try reader.one(
            """
            SELECT
                (SELECT CAST(coalesce(sum(h.codes), 0) AS \(SchemaWord.integer)) FROM ballot_batch h
                    WHERE h.ballot_id = \(ballot) AND h.kind = 'household' AND h.cancelled_at IS NULL) AS households,
                (SELECT CAST(coalesce(sum(s.codes), 0) AS \(SchemaWord.integer)) FROM ballot_batch s
                    WHERE s.ballot_id = \(ballot) AND s.kind = 'spare' AND s.cancelled_at IS NULL) AS spares,
                (SELECT count(*) FROM ballot_batch u JOIN ballot_code c ON c.batch_id = u.id
                    WHERE u.ballot_id = \(ballot) AND c.is_burnt = \(true)) AS burnt
            """)
        return Ballots.Codes(
            households: try row.integer("households"), spares: try row.integer("spares"),
            burnt: try row.integer("burnt"))
    }

    /// The batches of codes in the order in which they were issued, cancelled ones among them.
    package static func batches(of ballot: ID, _ reader: any Reader) throws -> [Ballots.Batch] {
        try reader.rows(
            """
            SELECT h.id, h.kind, h.codes, h.at, h.cancelled_at, p.name,
                (SELECT count(*) FROM ballot_code c WHERE c.batch_id = h.id AND c.is_burnt = \(true)) AS burnt
            FROM ballot_batch h LEFT JOIN person p ON p.id = h.issued_by
            WHERE h.ballot_id = \(ballot) ORDER BY h.at, h.id
            """
        ).map { row in
            Ballots.Batch(
                id: try row.id("id"), kind: try row.word("kind"), codes: try row.integer("codes"),
                burnt: try row.integer("burnt"), by: try row.optionalText("name"), at: try row.instant("at"),
                cancelledAt: try row.optionalInstant("cancelled_at"))
        }
    }

    /// How often and why the last day was put off, in order.
    package static func extensions(of ballot: ID, _ reader: any Reader) throws -> [Ballots.Extension] {
        try reader.rows(
            """
            SELECT x.last_before, x.last_after, x.reason, x.at, p.name
            FROM ballot_extension x LEFT JOIN person p ON p.id = x.extended_by
            WHERE x.ballot_id = \(ballot) ORDER BY x.last_before
            """
        ).map { row in
            Ballots.Extension(
                before: try row.day("last_before"), after: try row.day("last_after"), reason: try row.text("reason"),
                by: try row.optionalText("name"), at: try row.instant("at"))
        }
    }

    /// Households of an area as last recorded.
    static func households(of area: ID, _ reader: any Reader) throws -> Int? {
        try reader.first("SELECT households FROM area WHERE territory_id = \(area)")?.optionalInteger("households")
    }

    /// Areas this person may see, for practice: in the order of their names.
    static func areas(
        seenBy sight: Sight, limit: Int = 200, _ reader: any Reader
    ) throws -> [(area: TerritoryTitle, households: Int?)] {
        guard !sight.roots.isEmpty else { return [] }
        return try reader.rows(
            """
            SELECT DISTINCT t.id, t.kind, t.designation, t.name, t.sort_key, a.households
            FROM territory_closure c JOIN territory t ON t.id = c.descendant_id
            LEFT JOIN area a ON a.territory_id = t.id
            WHERE c.ancestor_id IN (\(SQL.list(sight.roots))) AND t.kind = 'area' AND t.valid_until IS NULL
            ORDER BY t.sort_key, t.id LIMIT \(limit)
            """
        ).map { row in
            (
                area: TerritoryTitle(
                    id: try row.id("id"), kind: try row.word("kind"), designation: try row.word("designation"),
                    name: try row.text("name")), households: try row.optionalInteger("households")
            )
        }
    }

    /// Signs a browser out: it is handed to voters and holds no right of whoever set it up.
    static func endSession(_ session: ID, _ tx: Transaction) throws {
        try tx.execute("UPDATE session SET ended_at = \(tx.now) WHERE id = \(session) AND ended_at IS NULL")
    }

    /// What opening a ballot needs outside of the database, made before its transaction.
    package struct Opening: Sendable {
        let id: ID
        let publicKey: [UInt8]
        let codesMark: [UInt8]
    }

    /// Makes a new ballot's keys and keeps the one that opens it. A ballot that then is not opened leaves a key behind
    /// that opens nothing.
    package static func prepare(_ keys: BallotsKeys, _ world: World) throws -> Opening {
        let id = world.ids.next()
        let made = BallotsSeal.newKeys()
        _ = try keys.keep(BallotsKeys.opening(id), made.opening)
        let codes = try BallotsCodeKey.of(keys, world.secrets)
        return Opening(id: id, publicKey: made.publicKey, codesMark: codes.mark(of: id))
    }

    /// Opens a ballot for an area over some days.
    ///
    /// - Parameters:
    ///   - paper: slips on paper that went out already.
    /// - Throws: `.invalid` for days that cannot be, `.conflict` when there is one about the same record.
    package static func openBallot(
        _ opening: Opening, for area: ID, about purpose: Ballots.Purpose, asking questions: Ballots.QuestionSet,
        households: Int, paper: Int, over window: Ballots.Window, by person: ID?, _ tx: Transaction
    ) throws {
        if let refusal = window.refusalToOpen(on: tx.now.day) { throw refusal }
        guard households > 0 else { throw Refusal(.invalid, "ballots.refusal.noHouseholds") }
        if let subject = purpose.subject, try ballot(about: subject, tx) != nil {
            throw Refusal(.conflict, "ballots.refusal.already")
        }
        let json = String(decoding: try JSONEncoder.steady.encode(questions), as: UTF8.self)
        try tx.execute(
            """
            INSERT INTO ballot (id, territory_id, kind, subject_id, title_vi, title_en, year, questions, households,
                paper, opens_on, last_on, public_key, codes_mark, opened_by, at, spoilt, revision)
            VALUES (\(opening.id), \(area), \(purpose.kind.rawValue), \(purpose.subject), \(purpose.titleVi),
                \(purpose.titleEn), \(purpose.year), \(json), \(households), \(paper), \(window.from), \(window.last),
                \(opening.publicKey), \(opening.codesMark), \(person), \(tx.now), 0, 1)
            """)
        tx.note("ballot.window", to: "\(window.from) \(window.last)")
    }
}

extension BallotsStore.Opening {
    /// The ballot's id.
    package var ballot: ID { id }
}
