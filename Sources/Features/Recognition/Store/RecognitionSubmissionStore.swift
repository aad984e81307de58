import Core
import Criteria
import Database
import Organisation

extension RecognitionStore {
    private static let submissionSelect: SQL = """
        SELECT x.id, x.territory_id, x.organisation_id, x.year, x.state, x.body AS body_text, x.number, x.day, x.signer,
            x.signer_office, x.drafted_at, x.sent_at, x.received_at, x.recalled_at, x.recalled_why, x.revision, t.kind AS own_kind, t.designation AS own_designation,
            t.name AS own_name, o.name AS office_name,
            (SELECT count(*) FROM submission_item i WHERE i.submission_id = x.id) AS many
        FROM submission x JOIN territory t ON t.id = x.territory_id JOIN organisation o ON o.id = x.organisation_id
        """

    /// A submission this person may see: of their own unit or one below.
    /// - Throws: `NotFound` when there is none or it is not theirs to see.
    package static func submission(
        _ id: ID, seenBy sight: Sight, _ reader: any Reader
    ) throws -> Recognition.Submission {
        let row = try reader.one("\(submissionSelect) WHERE x.id = \(id) AND \(sight.covers("x.territory_id"))")
        return try submission(row, place: place(of: row.id("territory_id"), reader))
    }

    /// The same without a sight: for seeds and inside a transaction whose permit named it.
    package static func submission(_ id: ID, unattended reader: any Reader) throws -> Recognition.Submission {
        let row = try reader.one("\(submissionSelect) WHERE x.id = \(id)")
        return try submission(row, place: place(of: row.id("territory_id"), reader))
    }

    /// Submissions this person may see, newest draft first, by pages.
    package static func submissions(
        _ filter: Recognition.PaperFilter = .init(), _ turn: Recognition.PaperTurn = .init(), seenBy sight: Sight,
        _ reader: any Reader
    ) throws -> Recognition.PaperPage<Recognition.Submission> {
        try papers(
            .submission, submissionSelect, where: sight.covers("x.territory_id"), filter, turn, reader
        ) { try submission($0, place: []) }
    }

    /// Submissions that were sent and have dossiers waiting for a panel of a level, below a unit.
    ///
    /// - Parameter year: nil for all: what was not taken last year still waits.
    package static func submissionsForPanel(
        under territory: ID, year: Int?, level: Criteria.Level, seenBy sight: Sight, _ reader: any Reader
    ) throws -> [Recognition.Submission] {
        try reader.rows(
            """
            \(submissionSelect) WHERE x.state IN ('sent', 'received')\(of(year, "x.year")) AND \(sight.covers("x.territory_id"))
                AND EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = x.territory_id
                    AND u.ancestor_id = \(territory))
                AND EXISTS (SELECT 1 FROM submission_item i JOIN dossier d ON d.id = i.dossier_id
                    WHERE i.submission_id = x.id AND d.state = 'forwarded' AND d.level = \(level.rawValue) AND NOT EXISTS (
                        SELECT 1 FROM appraisal a WHERE a.dossier_id = d.id AND a.round = d.round))
            ORDER BY t.sort_key, x.id LIMIT 200
            """
        ).map { try submission($0, place: []) }
    }

    /// Dossiers of sent submissions that no panel of a level has taken yet.
    package static func untaken(
        of submissions: [ID], level: Criteria.Level, _ reader: any Reader
    ) throws -> [Recognition.Dossier] {
        try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns) FROM dossier d \(Recognition.Dossier.joins)
            WHERE d.state = 'forwarded' AND d.level = \(level.rawValue)
                AND EXISTS (SELECT 1 FROM submission_item i JOIN submission x ON x.id = i.submission_id
                    WHERE i.dossier_id = d.id AND x.state IN ('sent', 'received') AND x.id IN (\(SQL.list(submissions))))
                AND NOT EXISTS (SELECT 1 FROM appraisal a WHERE a.dossier_id = d.id AND a.round = d.round)
            ORDER BY t.sort_key, d.id
            """
        ).map { try Recognition.Dossier($0, place: []) }
    }

    private static func submission(_ row: Row, place: [ID]) throws -> Recognition.Submission {
        Recognition.Submission(
            id: try row.id("id"), territory: try TerritoryTitle.read(row, "territory_id", "own"),
            organisation: try row.id("organisation_id"), body: try row.text("office_name"),
            year: try row.integer("year"), state: try row.choice("state"), text: try row.text("body_text"),
            number: try row.optionalText("number"), day: try row.optionalDay("day"),
            signer: try row.optionalText("signer"), office: try row.optionalText("signer_office"),
            draftedAt: try row.instant("drafted_at"), sentAt: try row.optionalInstant("sent_at"),
            receivedAt: try row.optionalInstant("received_at"), recalledAt: try row.optionalInstant("recalled_at"),
            recalledWhy: try row.optionalText("recalled_why"), count: try row.integer("many"),
            revision: try row.integer("revision"), place: place)
    }

    /// The areas of a submission, in official order.
    package static func items(
        ofSubmission id: ID, _ reader: any Reader
    ) throws -> [Recognition.SubmissionItem] {
        try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns), i.points FROM submission_item i
            JOIN dossier d ON d.id = i.dossier_id \(Recognition.Dossier.joins)
            WHERE i.submission_id = \(id) ORDER BY t.sort_key, d.id
            """
        ).map {
            Recognition.SubmissionItem(
                dossier: try Recognition.Dossier($0, place: []), points: try $0.optionalInteger("points"))
        }
    }

    /// Dossiers that already stand in a draft: no second draft takes them.
    static func drafted(of dossiers: [ID], _ reader: any Reader) throws -> Set<ID> {
        Set(
            try reader.rows(
                """
                SELECT i.dossier_id FROM submission_item i JOIN submission x ON x.id = i.submission_id
                WHERE x.state = 'draft' AND i.dossier_id IN (\(SQL.list(dossiers)))
                """
            ).map { try $0.id("dossier_id") })
    }

    /// Writes a draft of the commune's list.
    ///
    /// - Throws: `.conflict` when a dossier stands in another draft.
    package static func draftSubmission(
        _ new: Recognition.NewSubmission, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws -> ID {
        guard try drafted(of: new.dossiers, tx).isEmpty else {
            throw Refusal(.conflict, "recognition.submission.refusal.draftedAlready")
        }
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO submission (id, territory_id, organisation_id, year, state, body, drafted_by, drafted_at,
                revision)
            VALUES (\(id), \(new.territory), \(new.organisation), \(new.year), 'draft', \(new.text), \(deed.person),
                \(deed.at), 1)
            """)
        for dossier in new.dossiers {
            try tx.execute(
                "INSERT INTO submission_item (submission_id, dossier_id) VALUES (\(id), \(dossier))")
        }
        tx.note("submission.draft", to: "\(new.year), \(new.dossiers.count)")
        return id
    }

    /// Words a draft anew.
    package static func reword(
        _ submission: Recognition.Submission, text: String, _ tx: Transaction
    ) throws {
        try tx.move("submission", submission.id, from: submission.revision)
        try tx.execute("UPDATE submission SET body = \(text) WHERE id = \(submission.id) AND state = 'draft'")
        tx.note("submission.text")
    }

    package static func discard(
        _ submission: Recognition.Submission, _ tx: Transaction
    ) throws {
        try tx.move("submission", submission.id, from: submission.revision)
        try tx.execute("DELETE FROM submission_item WHERE submission_id = \(submission.id)")
        try tx.execute("DELETE FROM submission WHERE id = \(submission.id) AND state = 'draft'")
        tx.note("submission.discard", from: "\(submission.year), \(submission.count)")
    }

    /// Refuses a number that this body used for a submission in the paper's year.
    package static func refusal(
        ofNumber paper: Recognition.SubmissionPaper, for submission: Recognition.Submission, _ reader: any Reader
    ) throws -> Refusal? {
        try reader.first(
            """
            SELECT id FROM submission WHERE organisation_id = \(submission.organisation)
                AND number_year = \(paper.day.year) AND number_key = \(paper.key) AND id <> \(submission.id)
                AND state <> 'recalled'
            """
        ).map { _ in
            Refusal(
                .invalid, "recognition.refusal.numberTaken", field: "number",
                ["number": paper.number, "year": "\(paper.day.year)"])
        }
    }

    /// Sends a submission: every listed dossier goes on, or none.
    ///
    /// - Throws: `.conflict` naming each area that is not ready with what it lacks, `.invalid` beside a used number.
    package static func send(
        _ submission: Recognition.Submission, _ paper: Recognition.SubmissionPaper, _ deed: Recognition.Deed,
        calendar: Recognition.YearCalendar = .standard, _ tx: Transaction
    ) throws {
        if let refusal = try refusal(ofNumber: paper, for: submission, tx) { throw refusal }
        let dossiers = try items(ofSubmission: submission.id, tx).map(\.dossier)
        let lines = try submissionLines(dossiers, on: deed.at.day, tx)
        if let refusal = Recognition.refusalToSend(lines) { throw refusal }
        try tx.move("submission", submission.id, from: submission.revision)
        try tx.execute(
            """
            UPDATE submission SET state = 'sent', number = \(paper.number), number_key = \(paper.key),
                number_year = \(paper.day.year), day = \(paper.day), signer = \(paper.signer),
                signer_office = \(paper.office), sent_by = \(deed.person), sent_at = \(deed.at)
            WHERE id = \(submission.id)
            """)
        let assessments = try assessments(dossiers, tx)
        for dossier in dossiers {
            let step = try Recognition.LifeCycle.possible(dossier.state, .forward)
            try move(dossier, .forward, to: step.to, deed, calendar: calendar, tx)
            try tx.execute(
                """
                UPDATE submission_item SET points = \(assessments[dossier.id]?.score(.check).total)
                WHERE submission_id = \(submission.id) AND dossier_id = \(dossier.id)
                """)
        }
        try RecognitionSearch.enter(submission: submission.id, tx)
        tx.note("submission.send", to: "\(paper.number), \(paper.day)")
    }

    /// What a list's dossiers are held against.
    static func submissionLines(
        _ dossiers: [Recognition.Dossier], on day: Day, _ reader: any Reader
    ) throws -> [Recognition.SubmissionLine] {
        let preceding = try preceding(of: dossiers, on: day, reader)
        return dossiers.map {
            Recognition.SubmissionLine(
                area: $0.area.name, state: $0.state, preceding: preceding[$0.id] ?? .nothing)
        }
    }
}

extension RecognitionStore {
    /// In which years accepted dossiers wait for the commune's list to a deciding level, newest first. Those on which the
    /// commune decides itself go on no list.
    static func acceptedYears(
        under territory: ID, _ reader: any Reader
    ) throws -> [(year: Int, level: Criteria.Level, count: Int)] {
        try reader.rows(
            """
            SELECT d.year, d.level, count(*) AS many FROM dossier d
            WHERE d.state = 'accepted' AND d.level <> 'commune' AND EXISTS (SELECT 1 FROM territory_closure u
                WHERE u.descendant_id = d.territory_id AND u.ancestor_id = \(territory))
                AND NOT EXISTS (SELECT 1 FROM submission_item i JOIN submission x ON x.id = i.submission_id
                    WHERE i.dossier_id = d.id AND x.state = 'draft')
            GROUP BY d.year, d.level ORDER BY d.year DESC, d.level DESC
            """
        ).map { (try $0.integer("year"), try $0.choice("level"), try $0.integer("many")) }
    }

    /// The areas below a unit, in official order.
    static func areas(under territory: ID, _ reader: any Reader) throws -> [TerritoryTitle] {
        try reader.rows(
            """
            SELECT t.id, t.kind AS own_kind, t.designation AS own_designation, t.name AS own_name
            FROM territory_closure c JOIN territory t ON t.id = c.descendant_id
            WHERE c.ancestor_id = \(territory) AND c.descendant_kind = 'area' ORDER BY c.sort_key LIMIT 300
            """
        ).map { try TerritoryTitle.read($0, "id", "own") }
    }
}
