import Core
import Criteria
import Database

extension RecognitionStore {
    /// The rules under which a dossier is reviewed, posted and voted upon: those of its frozen criteria set.
    package static func terms(
        of dossier: Recognition.Dossier, _ reader: any Reader
    ) throws -> Recognition.Terms {
        Recognition.Terms.of(try CriteriaStore.set(dossier.criteriaSet, reader), for: dossier.title)
    }

    /// Closes the self-assessment; the review meeting comes next. The dossier is read again in the transaction.
    ///
    /// - Throws: `.invalid` while indicators are empty or values wait for the head's yes.
    /// - Returns: the revision it has now.
    @discardableResult
    package static func handIn(
        _ dossier: Recognition.Dossier, _ deed: Recognition.Deed, calendar: Recognition.YearCalendar = .standard,
        _ tx: Transaction
    ) throws -> Int {
        let step = try Recognition.LifeCycle.possible(dossier.state, .handIn)
        if let refusal = try assessment(dossier, tx).refusalToSubmit() { throw refusal }
        let waiting = try waiting(in: dossier.id, tx).map(\.code)
        guard waiting.isEmpty else {
            throw Refusal(
                .invalid, "recognition.review.refusal.waiting",
                ["count": "\(waiting.count)", "codes": waiting.prefix(12).joined(separator: ", ")])
        }
        // What stands of a round before the area registered anew decides nothing any more.
        try tx.execute(
            """
            UPDATE review_sitting SET replaced_at = \(deed.at) WHERE dossier_id = \(dossier.id) AND replaced_at IS NULL
            """)
        return try move(dossier, .handIn, to: step.to, deed, calendar: calendar, tx)
    }

    /// Records one sitting of the review meeting, with or without a quorum. Votes on indicators that are not named are
    /// those of all present.
    ///
    /// - Parameter corrected: a sitting that was written down wrongly; this one takes its place.
    /// - Throws: `.invalid` beside the fields when the figures cannot be; `.conflict` when it is not the time for it.
    @discardableResult
    package static func holdSitting(
        _ record: Recognition.SittingRecord, correcting corrected: ID? = nil, of dossier: Recognition.Dossier,
        _ deed: Recognition.Deed, _ tx: Transaction
    ) throws -> Recognition.Sitting {
        _ = try Recognition.LifeCycle.possible(dossier.state, .hold)
        guard let households = try profile(of: dossier.area.id, tx).households, households > 0 else {
            throw Refusal(.invalid, "recognition.review.refusal.noHouseholds", field: "present")
        }
        let set = try CriteriaStore.set(dossier.criteriaSet, tx)
        let terms = Recognition.Terms.of(set, for: dossier.title)
        let codes = set.codes(for: dossier.title)
        if let refusal = record.refusal(
            by: terms, households: households, codes: codes, since: dossier.since.day, on: deed.at.day)
        {
            throw refusal
        }
        if let corrected { try replace(corrected, of: dossier.id, deed, tx) }
        let id = tx.ids.next()
        let hasQuorum = terms.quorum.isReached(by: record.present, of: households)
        let sitting = Recognition.Sitting(
            id: id, day: record.day, venue: record.venue, chair: record.chair, secretary: record.secretary,
            present: record.present, households: households, needed: terms.quorum.needed(of: households),
            neededVotes: max(1, terms.carried.needed(of: record.present)), minutes: record.minutes,
            votes: hasQuorum ? record.votes(on: codes) : [:], recordedAt: deed.at)
        try keep(sitting, of: dossier.id, deed, tx)
        try note(
            .hold, on: dossier.id, from: dossier.state, to: dossier.state, round: dossier.round, deed,
            reason: "\(record.present)/\(households)", tx)
        tx.note("review.sitting", to: "\(record.present)/\(households)")
        return sitting
    }

    private static func replace(
        _ sitting: ID, of dossier: ID, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        let touched = try tx.execute(
            """
            UPDATE review_sitting SET replaced_at = \(deed.at)
            WHERE id = \(sitting) AND dossier_id = \(dossier) AND replaced_at IS NULL
            """)
        guard touched == 1 else { throw Refusal(.conflict, "web.refusal.movedMeanwhile") }
        tx.note("review.replaced", from: "\(sitting)")
    }

    private static func keep(
        _ sitting: Recognition.Sitting, of dossier: ID, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO review_sitting (id, dossier_id, day, venue, chair, secretary, present, households, needed,
                needed_votes, minutes, recorded_by, at)
            VALUES (\(sitting.id), \(dossier), \(sitting.day), \(sitting.venue), \(sitting.chair),
                \(sitting.secretary), \(sitting.present), \(sitting.households), \(sitting.needed),
                \(sitting.neededVotes), \(sitting.minutes), \(deed.person), \(deed.at))
            """)
        for (code, households) in sitting.votes.sorted(by: { $0.key < $1.key }) {
            try tx.execute(
                """
                INSERT INTO review_vote (sitting_id, code, households) VALUES (\(sitting.id), \(code), \(households))
                """)
        }
    }

    /// What the area says it did about indicators that the meeting voted down.
    ///
    /// - Throws: `.conflict` for an indicator that was not voted down.
    package static func workOn(
        _ words: [String: String], of dossier: Recognition.Dossier, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        _ = try Recognition.LifeCycle.possible(dossier.state, .fill)
        let review = try review(of: dossier.id, tx)
        guard let sitting = review.deciding else { throw Refusal(.conflict, "recognition.review.refusal.noMeeting") }
        for (code, word) in words.sorted(by: { $0.key < $1.key }) {
            if let refusal = review.refusalToFill(code) { throw refusal }
            try tx.execute(
                """
                INSERT INTO review_work (sitting_id, code, word, written_by, at)
                VALUES (\(sitting.id), \(code), \(word), \(deed.person), \(deed.at))
                ON CONFLICT (sitting_id, code) DO UPDATE SET word = \(word), written_by = \(deed.person), at = \(deed.at)
                """)
            tx.note("review.work.\(code)", from: review.words[code], to: word)
        }
    }

    /// The sittings of the present round with their votes, and the area's words since.
    package static func review(of dossier: ID, _ reader: any Reader) throws -> Recognition.Review {
        var votes: [ID: [String: Int]] = [:]
        for row in try reader.rows(
            """
            SELECT v.sitting_id, v.code, v.households FROM review_vote v JOIN review_sitting s ON s.id = v.sitting_id
            WHERE s.dossier_id = \(dossier) AND s.replaced_at IS NULL
            """)
        {
            votes[try row.id("sitting_id"), default: [:]][try row.text("code")] = try row.integer("households")
        }
        let sittings = try reader.rows(
            """
            SELECT id, day, venue, chair, secretary, present, households, needed, needed_votes, minutes, at
            FROM review_sitting WHERE dossier_id = \(dossier) AND replaced_at IS NULL ORDER BY day, at, id
            """
        ).map { row in
            let id = try row.id("id")
            return Recognition.Sitting(
                id: id, day: try row.day("day"), venue: try row.text("venue"), chair: try row.text("chair"),
                secretary: try row.text("secretary"), present: try row.integer("present"),
                households: try row.integer("households"), needed: try row.integer("needed"),
                neededVotes: try row.integer("needed_votes"), minutes: try row.text("minutes"),
                votes: votes[id] ?? [:], recordedAt: try row.instant("at"))
        }
        var words: [String: String] = [:]
        if let deciding = sittings.last(where: \.hasQuorum) {
            for row in try reader.rows("SELECT code, word FROM review_work WHERE sitting_id = \(deciding.id)") {
                words[try row.text("code")] = try row.text("word")
            }
        }
        return Recognition.Review(sittings: sittings, words: words)
    }

    /// Why the area may not change an indicator now, the state and what the meeting voted down considered. Evidence
    /// asks the same.
    package static func refusalToFill(
        _ code: String, of dossier: Recognition.Dossier, _ reader: any Reader
    ) throws -> Refusal? {
        guard dossier.state == .reviewing else { return nil }
        return try review(of: dossier.id, reader).refusalToFill(code)
    }
}
