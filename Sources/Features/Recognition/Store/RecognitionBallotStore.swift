import Ballots
import Core
import Criteria
import Database
import Foundation
import People

extension Recognition {
    /// What became of an entry of the count.
    package enum CountOutcome: String, Sendable, Equatable, CaseIterable, Codable {
        /// The first entry; another person makes the second without seeing it.
        case first
        /// Both are in and differ.
        case differing
        /// Both are the same; the box of answers by code is still open.
        case paper
        /// Both are the same.
        case fixed
    }
}

extension RecognitionStore {
    /// Writes down how many slips went out; may be put right until the first count is in.
    ///
    /// - Throws: `.invalid` for more slips than households.
    package static func handOut(
        _ slips: Int, of dossier: Recognition.Dossier, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        let posting = try open(dossier, tx)
        if let refusal = posting.ballot.refusal(ofHandingOut: slips) { throw refusal }
        try tx.move("posting", posting.id, from: posting.revision)
        try tx.execute(
            "UPDATE posting SET handed_out = \(slips), handed_out_at = \(deed.at) WHERE id = \(posting.id)")
        if let ballot = try BallotsStore.ballot(about: posting.id, tx) {
            try BallotsStore.setPaper(slips, of: ballot, tx)
        }
        tx.note("ballot.slips", from: posting.ballot.paper.map { "\($0)" }, to: "\(slips)")
    }

    /// One person's entry of the count. Whoever entered one already puts their own right; the other entry is another
    /// person's. Figures of a count never go into the audit trail before both agree.
    ///
    /// - Throws: `.invalid` when the figures cannot be, `.conflict` before the last day of the posting is over,
    ///   `.forbidden` for a third person, for one who stands in for who
    ///   made the other entry or the other way round, or for one whose hand bars them, `.conflict` once the result
    ///   stands.
    @discardableResult
    package static func enterCount(
        _ count: Recognition.BallotCount, of dossier: Recognition.Dossier, _ deed: Recognition.Deed,
        language: Language = .vi, _ tx: Transaction
    ) throws -> Recognition.CountOutcome {
        let step = try Recognition.LifeCycle.possible(dossier.state, .count)
        if let person = deed.person, let refusal = try hands(of: person, on: dossier.id, tx).refusal(of: step) {
            throw refusal
        }
        let posting = try open(dossier, tx)
        if let refusal = posting.days.refusalToCount(on: deed.at.day, language) { throw refusal }
        let own = try deed.person.map { try PeopleStore.hands(of: $0, tx) } ?? []
        let place = try posting.ballot.place(for: deed.person, hands: own)
        let writers = try writers(of: dossier.id, tx)
        let committee = try committee(of: dossier.area.id, from: posting.days.from, until: deed.at.day, tx)
        if let refusal = count.refusal(handedOut: posting.ballot.paper ?? 0, writers: writers, committee: committee) {
            throw refusal
        }
        let topics = try String(decoding: JSONEncoder.steady.encode(count.topics), as: UTF8.self)
        // Of two who enter at the same moment the second begins anew, and finds the other's place taken.
        try tx.move("posting", posting.id, from: posting.revision)
        let version = (posting.ballot.entries.first { $0.place == place }?.version ?? 0) + 1
        try tx.execute(
            """
            INSERT INTO ballot_entry (posting_id, place, version, returned, valid, satisfied, unsatisfied, no_opinion,
                topics, counters, fetched_by, entered_by, at)
            VALUES (\(posting.id), \(place), \(version), \(count.returned), \(count.valid), \(count.satisfied),
                \(count.unsatisfied), \(count.noOpinion), \(topics), \(count.counters.joined(separator: "\n")),
                \(count.fetchedBy), \(deed.person), \(deed.at))
            """)
        try note(
            .count, on: dossier.id, from: dossier.state, to: dossier.state, round: dossier.round, deed, reason: nil, tx)
        let after = Recognition.Ballot(
            households: posting.ballot.households, handedOut: posting.ballot.paper,
            entries: try ballotEntries(of: posting.id, tx), box: posting.ballot.box)
        tx.note("ballot.entry", to: "\(place).\(version)")
        switch after.stage {
        case .fixed:
            // Who reads the trail learns of a result what everybody does: of few slips nothing, of a part nothing.
            if after.showsCounts, let result = after.result {
                tx.note(
                    "ballot.result",
                    to: [
                        after.handedOut ?? 0, result.returned, result.valid, result.satisfied, result.unsatisfied,
                        result.noOpinion,
                    ].map { "\($0)" }.joined(separator: "/"))
            }
            try freeze(posting.id, tx)
            return .fixed
        case .box: return .paper
        case .differing: return .differing
        default: return .first
        }
    }

    /// The posting that a ballot's act is done to.
    private static func open(
        _ dossier: Recognition.Dossier, _ tx: Transaction
    ) throws -> Recognition.Posting {
        _ = try Recognition.LifeCycle.possible(dossier.state, .count)
        guard let posting = try posting(of: dossier.id, tx) else {
            throw Refusal(.conflict, "recognition.ballot.refusal.notPosted")
        }
        return posting
    }

    /// The last saving of each of the two entries.
    static func ballotEntries(of posting: ID, _ reader: any Reader) throws -> [Recognition.BallotEntry] {
        var last: [Int: Recognition.BallotEntry] = [:]
        for row in try reader.rows(
            """
            SELECT e.place, e.version, e.returned, e.valid, e.satisfied, e.unsatisfied, e.no_opinion, e.topics, e.counters,
                e.fetched_by, e.entered_by, e.at, p.name
            FROM ballot_entry e LEFT JOIN person p ON p.id = e.entered_by
            WHERE e.posting_id = \(posting) ORDER BY e.place, e.version
            """)
        {
            let place = try row.integer("place")
            last[place] = Recognition.BallotEntry(
                place: place, version: try row.integer("version"), person: try row.optionalID("entered_by"),
                name: try row.optionalText("name"), at: try row.instant("at"),
                count: Recognition.BallotCount(
                    returned: try row.integer("returned"), valid: try row.integer("valid"),
                    satisfied: try row.integer("satisfied"), unsatisfied: try row.integer("unsatisfied"),
                    noOpinion: try row.integer("no_opinion"),
                    counters: try row.text("counters").split(separator: "\n").map(String.init),
                    fetchedBy: try row.text("fetched_by"),
                    topics: try JSONDecoder().decode(
                        [Ballots.Tally.Line].self, from: Data(try row.text("topics").utf8))))
        }
        return last.values.sorted { $0.place < $1.place }
    }

    /// Hands a dossier to the commune: after posting and ballot, or again after it was sent back and mended.
    ///
    /// - Throws: `.invalid` while the posting runs, comments have no answer, the ballot has no result or too few, or
    ///   something sent back is as it was.
    /// - Returns: the revision it has now.
    @discardableResult
    package static func submit(
        _ dossier: Recognition.Dossier, _ deed: Recognition.Deed, calendar: Recognition.YearCalendar = .standard,
        language: Language = .vi, _ tx: Transaction
    ) throws -> Int {
        let step = try Recognition.LifeCycle.possible(dossier.state, .submit)
        let assessment = try assessment(dossier, tx)
        if let refusal = assessment.refusalToSubmit() { throw refusal }
        if dossier.state == .returned {
            if let refusal = try RecognitionParts.mending(
                assessment, returns(of: dossier.id, tx), evidence(of: dossier.id, tx)
            ).refusalToSubmit() {
                throw refusal
            }
        } else if let refusal = try readiness(of: dossier, on: deed.at.day, language: language, tx) {
            throw refusal
        }
        return try move(dossier, .submit, to: step.to, deed, calendar: calendar, tx)
    }

    /// What still stands between a posted dossier and its submission; nil when nothing does.
    package static func readiness(
        of dossier: Recognition.Dossier, on today: Day, language: Language = .vi, _ reader: any Reader
    ) throws -> Refusal? {
        let posting = try posting(of: dossier.id, reader)
        return Recognition.Readiness.refusal(
            posting: posting?.days, unanswered: try unanswered(of: dossier.id, reader), ballot: posting?.ballot,
            by: try terms(of: dossier, reader), on: today, language: language)
    }
}
