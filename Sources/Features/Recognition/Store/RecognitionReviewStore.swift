import Core
import Criteria
import Database

extension RecognitionStore {
    /// The rules under which a dossier is reviewed, posted and voted upon: those of its frozen criteria set.
    package static func terms(
        of dossier: Recognition.Dossier, _ reader: any Reader
    ) throws -> Recognition.Terms {
        Recognition.Terms.of(try RecognitionStore.criteria(of: dossier, reader), for: dossier.title)
    }

    /// Closes the self-assessment; the review meeting comes next. The dossier is read again in the transaction.
    ///
    /// - Parameter withoutOwn: the area goes on without those indicators of its own that the commune did not answer.
    /// - Throws: `.invalid` while indicators are empty, values wait for the head's yes, or own indicators for an answer.
    /// - Returns: the revision it has now.
    @discardableResult
    package static func handIn(
        _ dossier: Recognition.Dossier, withoutOwn: Bool = false, _ deed: Recognition.Deed,
        calendar: Recognition.YearCalendar = .standard,
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
        let proposed = try proposedIndicators(of: dossier.id, tx)
        if let refusal = Recognition.refusalToLeave(proposed, withoutThem: withoutOwn) { throw refusal }
        try withdraw(proposed, deed, tx)
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
        guard let households = try freezeHouseholds(of: dossier.id, tx) else {
            throw Refusal(.invalid, "recognition.review.refusal.noHouseholds", field: "present")
        }
        let set = try RecognitionStore.criteria(of: dossier, tx)
        let terms = Recognition.Terms.of(set, for: dossier.title)
        let before = try review(of: dossier.id, tx).without(corrected)
        let codes = record.isRest ? before.votedDown : set.codes(for: dossier.title)
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
            neededVotes: max(1, terms.carried.needed(of: record.present)), list: record.list,
            opinions: record.opinions, votes: hasQuorum ? record.votes(on: codes) : [:],
            disputed: Set(record.votes.keys).intersection(codes), isRest: record.isRest, next: record.next,
            attended: record.attended, recordedAt: deed.at)
        try keep(sitting, of: dossier.id, deed, tx)
        if let corrected { try keepWords(of: corrected, on: sitting, tx) }
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

    /// What the area said about an indicator still answers the vote on it where only the record was put right.
    private static func keepWords(of corrected: ID, on sitting: Recognition.Sitting, _ tx: Transaction) throws {
        guard !sitting.votedDown.isEmpty else { return }
        try tx.execute(
            """
            INSERT INTO review_work (sitting_id, code, word, written_by, at)
            SELECT s.id, w.code, w.word, w.written_by, w.at
            FROM review_work w JOIN review_sitting s ON s.id = \(sitting.id)
            WHERE w.sitting_id = \(corrected) AND w.code IN (\(SQL.list(sitting.votedDown)))
            """)
    }

    private static func keep(
        _ sitting: Recognition.Sitting, of dossier: ID, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO review_sitting (id, dossier_id, day, venue, chair, secretary, present, households, needed,
                needed_votes, list_votes, opinions, is_rest, next_day, attended, recorded_by, at)
            VALUES (\(sitting.id), \(dossier), \(sitting.day), \(sitting.venue), \(sitting.chair),
                \(sitting.secretary), \(sitting.present), \(sitting.households), \(sitting.needed),
                \(sitting.neededVotes), \(sitting.list), \(sitting.opinions), \(sitting.isRest), \(sitting.next),
                \(Recognition.Attendance.text(sitting.attended)), \(deed.person), \(deed.at))
            """)
        for (code, households) in sitting.votes.sorted(by: { $0.key < $1.key }) {
            try tx.execute(
                """
                INSERT INTO review_vote (sitting_id, code, households, disputed)
                VALUES (\(sitting.id), \(code), \(households), \(sitting.disputed.contains(code)))
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
        guard review.deciding != nil else { throw Refusal(.conflict, "recognition.review.refusal.noMeeting") }
        for (code, word) in words.sorted(by: { $0.key < $1.key }) {
            if let refusal = review.refusalToFill(code) { throw refusal }
            guard let sitting = review.sitting(on: code) else { continue }
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
        var disputed: [ID: Set<String>] = [:]
        for row in try reader.rows(
            """
            SELECT v.sitting_id, v.code, v.households, v.disputed
            FROM review_vote v JOIN review_sitting s ON s.id = v.sitting_id
            WHERE s.dossier_id = \(dossier) AND s.replaced_at IS NULL
            """)
        {
            let (sitting, code) = (try row.id("sitting_id"), try row.text("code"))
            votes[sitting, default: [:]][code] = try row.integer("households")
            if try row.flag("disputed") { disputed[sitting, default: []].insert(code) }
        }
        let sittings = try reader.rows(
            """
            SELECT id, day, venue, chair, secretary, present, households, needed, needed_votes, list_votes, opinions,
                is_rest, next_day, attended, at
            FROM review_sitting WHERE dossier_id = \(dossier) AND replaced_at IS NULL ORDER BY day, at, id
            """
        ).map { row in
            let id = try row.id("id")
            return Recognition.Sitting(
                id: id, day: try row.day("day"), venue: try row.text("venue"), chair: try row.text("chair"),
                secretary: try row.text("secretary"), present: try row.integer("present"),
                households: try row.integer("households"), needed: try row.integer("needed"),
                neededVotes: try row.integer("needed_votes"), list: try row.optionalInteger("list_votes"),
                opinions: try row.text("opinions"), votes: votes[id] ?? [:], disputed: disputed[id] ?? [],
                isRest: try row.flag("is_rest"), next: try row.optionalDay("next_day"),
                attended: Recognition.Attendance.people(try row.optionalText("attended")),
                recordedAt: try row.instant("at"))
        }
        let bare = Recognition.Review(sittings: sittings, words: [:])
        guard bare.deciding != nil else { return bare }
        var words: [String: String] = [:]
        for row in try reader.rows(
            """
            SELECT w.sitting_id, w.code, w.word FROM review_work w JOIN review_sitting s ON s.id = w.sitting_id
            WHERE s.dossier_id = \(dossier) AND s.replaced_at IS NULL
            """)
        {
            let code = try row.text("code")
            // A word belongs to the vote it answers: voted down again, a new one is owed.
            guard try bare.sitting(on: code)?.id == row.id("sitting_id") else { continue }
            words[code] = try row.text("word")
        }
        return Recognition.Review(sittings: sittings, words: words)
    }

    /// How many households came to the sitting that voted on the list, by dossier.
    static func attendance(
        of dossiers: [ID], _ reader: any Reader
    ) throws -> [ID: (present: Int, households: Int)] {
        guard !dossiers.isEmpty else { return [:] }
        var found: [ID: (present: Int, households: Int)] = [:]
        for row in try reader.rows(
            """
            SELECT dossier_id, present, households, is_rest FROM review_sitting
            WHERE dossier_id IN (\(SQL.list(dossiers))) AND replaced_at IS NULL AND present >= needed
            ORDER BY day, at, id
            """)
        where try !row.flag("is_rest") {
            found[try row.id("dossier_id")] = (try row.integer("present"), try row.integer("households"))
        }
        return found
    }

    /// Where an area met last, who led and who came in a duty: what the next sitting's form begins with.
    package static func usualMeeting(
        of area: ID, _ reader: any Reader
    ) throws -> (venue: String, chair: String, secretary: String, attended: [Recognition.Attendee])? {
        try reader.first(
            """
            SELECT s.venue, s.chair, s.secretary, s.attended FROM review_sitting s JOIN dossier d ON d.id = s.dossier_id
            WHERE d.territory_id = \(area) AND s.replaced_at IS NULL ORDER BY s.day DESC, s.id DESC LIMIT 1
            """
        ).map {
            (
                try $0.text("venue"), try $0.text("chair"), try $0.text("secretary"),
                Recognition.Attendance.people(try $0.optionalText("attended"))
            )
        }
    }

    /// Why the area may not change an indicator now, the state and what the meeting voted down considered. Evidence
    /// asks the same.
    package static func refusalToFill(
        _ code: String, of dossier: Recognition.Dossier, _ reader: any Reader
    ) throws -> Refusal? {
        switch dossier.state {
        case .reviewing: return try review(of: dossier.id, reader).refusalToFill(code)
        case .returned:
            let returns = try returns(of: dossier.id, reader).map { (code: $0.code, round: $0.round, at: $0.at) }
            return Recognition.Mending(returns: returns, entries: [], evidence: []).refusalToFill(code)
        default: return nil
        }
    }
}

extension Recognition.Review {
    /// As if one sitting had not been written down: what is put right is judged by what stood before it.
    fileprivate func without(_ sitting: ID?) -> Recognition.Review {
        Recognition.Review(sittings: sittings.filter { $0.id != sitting }, words: words)
    }
}
