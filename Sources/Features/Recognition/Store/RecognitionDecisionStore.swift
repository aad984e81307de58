import Core
import Criteria
import Database
import Documents
import Organisation
import People

extension RecognitionStore {
    /// A decision this person may see: of their own unit, or about a dossier they may see.
    package static func decision(
        _ id: ID, seenBy sight: Sight, _ reader: any Reader
    ) throws -> Recognition.Decision {
        let row = try reader.one("\(decisionSelect) WHERE x.id = \(id) AND \(visible(sight))")
        return try decision(row, place: place(of: row.id("territory_id"), reader))
    }

    /// Decisions this person may see, newest draft first, by pages.
    package static func decisions(
        _ filter: Recognition.PaperFilter = .init(), _ turn: Recognition.PaperTurn = .init(), seenBy sight: Sight,
        _ reader: any Reader
    ) throws -> Recognition.PaperPage<Recognition.Decision> {
        try papers(.decision, decisionSelect, where: visible(sight), filter, turn, reader) {
            try decision($0, place: [])
        }
    }

    private static let decisionSelect: SQL = """
        SELECT x.id, x.territory_id, x.organisation_id, x.title, x.level, x.year, x.state, x.number, x.day, x.signer,
            x.signer_office, x.scan_address, x.scan_type, x.scan_name, x.drafted_at, x.issued_at, x.revision, x.purpose,
            t.kind AS own_kind, t.designation AS own_designation, t.name AS own_name, o.name AS body,
            (SELECT count(*) FROM decision_item i WHERE i.decision_id = x.id AND i.outcome = 'recognised') AS recognised,
            (SELECT count(*) FROM decision_item i WHERE i.decision_id = x.id AND i.outcome = 'refused') AS refused,
            (SELECT count(*) FROM decision_withdrawal w WHERE w.decision_id = x.id) AS withdrawn
        FROM decision x JOIN territory t ON t.id = x.territory_id JOIN organisation o ON o.id = x.organisation_id
        """

    /// Whom a decision `x` concerns, as a condition: it is theirs, or names a dossier or a title of theirs.
    static func visible(_ sight: Sight) -> SQL {
        """
        (\(sight.covers("x.territory_id")) OR EXISTS (SELECT 1 FROM decision_item i JOIN dossier d ON d.id = i.dossier_id
            WHERE i.decision_id = x.id AND \(sight.covers("d.territory_id")))
            OR EXISTS (SELECT 1 FROM decision_withdrawal w JOIN title_grant g ON g.id = w.title_id
            WHERE w.decision_id = x.id AND \(sight.covers("g.territory_id"))))
        """
    }

    private static func decision(_ row: Row, place: [ID]) throws -> Recognition.Decision {
        let scan = try row.optionalText("scan_address").flatMap { ContentAddress($0) }.map {
            Recognition.Decision.Scan(
                address: $0, type: try row.optionalText("scan_type") ?? "application/octet-stream",
                name: try row.optionalText("scan_name") ?? "")
        }
        return Recognition.Decision(
            id: try row.id("id"), territory: try TerritoryTitle.read(row, "territory_id", "own"),
            organisation: try row.id("organisation_id"), body: try row.text("body"), title: try row.text("title"),
            level: try row.choice("level"), year: try row.integer("year"), state: try row.choice("state"),
            number: try row.optionalText("number"), day: try row.optionalDay("day"),
            signer: try row.optionalText("signer"), office: try row.optionalText("signer_office"), scan: scan,
            draftedAt: try row.instant("drafted_at"), issuedAt: try row.optionalInstant("issued_at"),
            recognised: try row.integer("recognised"), refused: try row.integer("refused"),
            withdrawn: try row.integer("withdrawn"), purpose: try row.choice("purpose"),
            revision: try row.integer("revision"), place: place)
    }

    /// What a decision says, area by area, in official order.
    package static func items(of decision: ID, _ reader: any Reader) throws -> [Recognition.DecisionItem] {
        try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns), i.outcome, i.reason
            FROM decision_item i JOIN dossier d ON d.id = i.dossier_id \(Recognition.Dossier.joins)
            WHERE i.decision_id = \(decision) ORDER BY t.sort_key, d.id
            """
        ).map {
            Recognition.DecisionItem(
                dossier: try Recognition.Dossier($0, place: []), outcome: try $0.choice("outcome"),
                reason: try $0.optionalText("reason"))
        }
    }

    /// The draft or decision a dossier stands in; a refusal that was looked at again is none.
    package static func decision(about dossier: ID, _ reader: any Reader) throws -> ID? {
        try reader.first(
            "SELECT decision_id FROM decision_item WHERE dossier_id = \(dossier) AND reconsidered_at IS NULL"
        )?.id("decision_id")
    }

    /// Dossiers that wait for a draft of a level, below a unit, in official order: as many as one decision takes, and how
    /// many are left for the next.
    package static func appraised(
        title: String, year: Int, level: Criteria.Level, under territory: ID, seenBy sight: Sight,
        limit: Int = Recognition.NewDecision.most, _ reader: any Reader
    ) throws -> (dossiers: [Recognition.Dossier], left: Int) {
        let condition: SQL = """
            d.state = 'appraised' AND d.year = \(year) AND d.title = \(title) AND d.level = \(level.rawValue)
                AND \(sight.covers("d.territory_id"))
                AND EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = d.territory_id
                    AND u.ancestor_id = \(territory))
            """
        let found = try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns) FROM dossier d \(Recognition.Dossier.joins)
            WHERE \(condition) ORDER BY t.sort_key, d.id LIMIT \(limit)
            """
        ).map { try Recognition.Dossier($0, place: []) }
        guard found.count == limit else { return (found, 0) }
        let all = try reader.one("SELECT count(*) AS many FROM dossier d WHERE \(condition)").integer("many")
        return (found, all - found.count)
    }

    /// For which titles and years appraised dossiers wait for a draft of a level, with how many.
    package static func appraisedGroups(
        under territory: ID, level: Criteria.Level, seenBy sight: Sight, _ reader: any Reader
    ) throws -> [(title: String, year: Int, count: Int)] {
        try reader.rows(
            """
            SELECT d.title, d.year, count(*) AS many FROM dossier d
            WHERE d.state = 'appraised' AND d.level = \(level.rawValue) AND \(sight.covers("d.territory_id"))
                AND EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = d.territory_id
                    AND u.ancestor_id = \(territory))
            GROUP BY d.title, d.year ORDER BY d.year DESC, d.title
            """
        ).map { (try $0.text("title"), try $0.integer("year"), try $0.integer("many")) }
    }

    /// Writes a draft and puts its dossiers into it.
    ///
    /// - Throws: `.forbidden` where a dossier was registered with another deciding level.
    package static func draft(
        _ new: Recognition.NewDecision, _ deed: Recognition.Deed,
        calendar: Recognition.YearCalendar = .standard, _ tx: Transaction
    ) throws -> ID {
        for item in new.items {
            if let refusal = Recognition.Deciding.refusal(of: item.dossier.level, by: [new.level]) { throw refusal }
        }
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO decision (id, territory_id, organisation_id, title, level, year, state, origin, drafted_by,
                drafted_at, revision)
            VALUES (\(id), \(new.territory), \(new.organisation), \(new.title), \(new.level.rawValue), \(new.year),
                'draft', 'here', \(deed.person), \(deed.at), 1)
            """)
        for item in new.items {
            try move(item.dossier, .propose, to: .proposed, deed, calendar: calendar, tx)
            try tx.execute(
                """
                INSERT INTO decision_item (decision_id, dossier_id, outcome, reason)
                VALUES (\(id), \(item.dossier.id), \(item.outcome.rawValue), \(item.reason))
                """)
        }
        tx.note("decision.draft", to: "\(new.title) \(new.year), \(new.items.count)")
        return id
    }

    /// Throws a draft away; its dossiers wait for another one. An issued decision stays for ever.
    package static func discard(
        _ decision: Recognition.Decision, _ deed: Recognition.Deed,
        calendar: Recognition.YearCalendar = .standard, _ tx: Transaction
    ) throws {
        try tx.move("decision", decision.id, from: decision.revision)
        for item in try items(of: decision.id, tx) {
            try move(item.dossier, .unpropose, to: .appraised, deed, calendar: calendar, tx)
        }
        try tx.execute("DELETE FROM decision_item WHERE decision_id = \(decision.id)")
        try tx.execute("DELETE FROM decision_withdrawal WHERE decision_id = \(decision.id)")
        try tx.execute("DELETE FROM decision WHERE id = \(decision.id) AND state = 'draft'")
        tx.note("decision.discard", from: "\(decision.title) \(decision.year)")
    }

    /// Enters the signed paper: the decision is issued, its dossiers close, and the titles it grants begin.
    ///
    /// - Throws: `.invalid` beside the number when this body used it this year and beside the day when it lies before what
    ///   it rests on, `.conflict` when the draft moved.
    package static func issue(
        _ decision: Recognition.Decision, _ paper: Recognition.SignedPaper, scan: Recognition.Decision.Scan,
        _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        let key = paper.key
        if let refusal = try refusal(ofNumber: paper, for: decision, tx) { throw refusal }
        if let refusal = try refusal(ofDay: paper, for: decision, tx) { throw refusal }
        try tx.move("decision", decision.id, from: decision.revision)
        try tx.execute(
            """
            UPDATE decision SET state = 'issued', number = \(paper.number), number_key = \(key),
                number_year = \(paper.day.year), day = \(paper.day), signer = \(paper.signer),
                signer_office = \(paper.office), scan_address = \(scan.address.hex), scan_type = \(scan.type),
                scan_name = \(scan.name), issued_by = \(deed.person), issued_at = \(deed.at)
            WHERE id = \(decision.id)
            """)
        for item in try items(of: decision.id, tx) {
            switch item.outcome {
            case .recognised:
                try move(item.dossier, .recognise, to: .recognised, deed, tx)
                try grant(item.dossier, by: decision, from: paper.day, deed, tx)
            case .refused: try move(item.dossier, .refuse, to: .refused, deed, reason: item.reason, tx)
            }
        }
        try withdraw(by: decision, on: paper.day, deed, tx)
        try RecognitionSearch.enter(decision: decision.id, tx)
        tx.note("decision.issue", to: "\(paper.number), \(paper.day)")
    }

    /// Begins a title, and ends those it rises above or renews.
    ///
    /// - Throws: `.conflict` when the area holds the same title from the same body for longer than a year, or by now a
    ///   higher one, or the same one by a paper of a later day.
    private static func grant(
        _ dossier: Recognition.Dossier, by decision: Recognition.Decision, from day: Day, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws {
        let set = try RecognitionStore.criteria(of: dossier, tx)
        let held = try rungs(of: dossier.area.id, on: day, tx)
        let kind = Recognition.TitleKind(dossier.title, decision.level)
        if let refusal = Recognition.TitleLadder.refusal(
            of: kind, by: decision.organisation, over: held, on: day)
        {
            throw Refusal(.conflict, refusal.key, refusal.arguments)
        }
        let ladder = Recognition.TitleLadder(set)
        // A higher one may have been issued while this draft waited for its signature.
        let now = try rungs(of: dossier.area.id, on: max(day, deed.at.day), tx)
        if case .lower(let higher)? = ladder.closing(
            of: kind.code, at: kind.level, over: now, in: set, on: day)
        {
            throw try refusal(of: dossier, under: higher, tx)
        }
        // Or the same one, by a paper of a later day, which does not hold yet on the day of this one.
        if let same = now.first(where: {
            $0.kind == kind && $0.decider == decision.organisation && !held.contains($0)
        }) {
            throw try refusal(of: dossier, beside: same, tx)
        }
        let term = Recognition.validity(from: day, years: set.term?.years)
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO title_grant (id, territory_id, title, title_name, level, year, decision_id, dossier_id,
                valid_from, valid_until)
            VALUES (\(id), \(dossier.area.id), \(dossier.title),
                \(set.title(dossier.title)?.name.vi ?? dossier.title), \(decision.level.rawValue), \(dossier.year),
                \(decision.id), \(dossier.id), \(term.from), \(term.until))
            """)
        let decider = decision.organisation
        try record(
            ladder.opening(of: kind, over: held, from: decider), of: id, on: day, decision: decision.id, deed, tx)
        for rung in held {
            guard let act = ladder.replacement(of: rung, by: kind, from: decider) else { continue }
            try record(act, of: rung.title, on: day, decision: decision.id, other: id, deed, tx)
        }
        try RecognitionTitleJobs.plan(title: id, until: term.until, tx)
    }
}
