import Core
import Criteria
import Database
import Organisation

extension Recognition {
    /// A refusal with what the area said to it, and what the decider said to that.
    package struct RefusalAnswer: Sendable {
        package let decision: ID
        package let number: String
        package let day: Day
        package let body: String
        package let reason: String
        package let issuedAt: Instant
        package let answer: String?
        package let answeredBy: String?
        package let answeredAt: Instant?
        package let reply: String?
        package let repliedBy: String?
        package let repliedAt: Instant?
        /// What came of the answer.
        package let outcome: RefusalReply?

        package var answering: RefusalAnswering {
            RefusalAnswering(issued: issuedAt.day, isAnswered: answer != nil, isReplied: reply != nil)
        }
    }
}

extension RecognitionStore {
    /// The refusal of a dossier; of several, when one was looked at again, the last.
    ///
    /// - Throws: `.conflict` while no issued decision refused it.
    package static func refusal(
        of dossier: Recognition.Dossier, _ reader: any Reader
    ) throws -> Recognition.RefusalAnswer {
        guard
            let row = try reader.first(
                """
                SELECT x.id, x.number, x.day, x.issued_at, o.name AS body, i.reason, a.answer, a.answered_at, a.reply,
                    a.replied_at, a.outcome, p.name AS answered_name, q.name AS replied_name
                FROM decision_item i JOIN decision x ON x.id = i.decision_id
                JOIN organisation o ON o.id = x.organisation_id
                LEFT JOIN decision_answer a ON a.dossier_id = i.dossier_id AND a.decision_id = i.decision_id
                LEFT JOIN person p ON p.id = a.answered_by LEFT JOIN person q ON q.id = a.replied_by
                WHERE i.dossier_id = \(dossier.id) AND i.outcome = 'refused' AND x.state = 'issued'
                ORDER BY x.issued_at DESC, x.id DESC LIMIT 1
                """)
        else { throw Refusal(.conflict, "recognition.refusal.notRefused") }
        return Recognition.RefusalAnswer(
            decision: try row.id("id"), number: try row.text("number"), day: try row.day("day"),
            body: try row.text("body"), reason: try row.text("reason"), issuedAt: try row.instant("issued_at"),
            answer: try row.optionalText("answer"), answeredBy: try row.optionalText("answered_name"),
            answeredAt: try row.optionalInstant("answered_at"), reply: try row.optionalText("reply"),
            repliedBy: try row.optionalText("replied_name"), repliedAt: try row.optionalInstant("replied_at"),
            outcome: try row.optionalChoice("outcome"))
    }

    /// The area's answer to a refusal. It stands; nobody writes over it.
    package static func answerRefusal(
        of dossier: ID, _ text: String, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        let added = try tx.execute(
            """
            INSERT INTO decision_answer (dossier_id, decision_id, answer, answered_by, answered_at)
            VALUES (\(dossier), \(standingRefusal(of: dossier, tx)), \(text), \(deed.person), \(deed.at))
            ON CONFLICT (dossier_id, decision_id) DO NOTHING
            """)
        guard added == 1 else { throw Refusal(.conflict, "recognition.refusal.answeredAlready") }
        tx.note("decision.answer", to: "\(dossier)")
    }

    /// The decider's answer to that, and what comes of it: the decision stands, or the dossier goes back to where another
    /// one can come of it. The refusal stays in its decision.
    package static func replyToRefusal(
        of dossier: ID, _ text: String, outcome: Recognition.RefusalReply = .upheld, _ deed: Recognition.Deed,
        calendar: Recognition.YearCalendar = .standard, _ tx: Transaction
    ) throws {
        let touched = try tx.execute(
            """
            UPDATE decision_answer SET reply = \(text), replied_by = \(deed.person), replied_at = \(deed.at),
                outcome = \(outcome.rawValue)
            WHERE dossier_id = \(dossier) AND decision_id = \(standingRefusal(of: dossier, tx)) AND reply IS NULL
            """)
        guard touched == 1 else { throw Refusal(.conflict, "recognition.refusal.repliedAlready") }
        tx.note("decision.reply", to: "\(dossier), \(outcome.rawValue)")
        guard let action = try action(of: outcome, on: dossier, tx) else { return }
        try tx.execute(
            """
            UPDATE decision_item SET reconsidered_at = \(deed.at)
            WHERE dossier_id = \(dossier) AND reconsidered_at IS NULL
            """)
        let dossier = try Self.dossier(dossier, unattended: tx)
        let step = try Recognition.LifeCycle.possible(dossier.state, action)
        try move(dossier, action, to: step.to, deed, reason: text, calendar: calendar, tx)
    }

    /// What an outcome does to a dossier, by what its panel concluded; nil where the decision stands.
    package static func action(
        of outcome: Recognition.RefusalReply, on dossier: ID, _ reader: any Reader
    ) throws -> Recognition.Action? {
        outcome.action(after: try conclusions(of: [dossier], reader)[dossier]?.conclusion)
    }

    /// The decision by which a dossier is refused now.
    private static func standingRefusal(of dossier: ID, _ reader: any Reader) throws -> ID {
        try reader.one(
            """
            SELECT i.decision_id FROM decision_item i JOIN decision x ON x.id = i.decision_id
            WHERE i.dossier_id = \(dossier) AND i.reconsidered_at IS NULL AND i.outcome = 'refused'
                AND x.state = 'issued'
            """, else: Refusal(.conflict, "recognition.refusal.notRefused")
        ).id("decision_id")
    }

    /// Refusals of an area that it may still answer today.
    package static func answerableRefusals(
        seenBy sight: Sight, on today: Day, _ reader: any Reader
    ) throws -> [(dossier: ID, arguments: [String: String], due: Day)] {
        let first = today.adding(days: -Recognition.RefusalAnswering.days).start
        return try reader.rows(
            """
            SELECT d.id, d.year, t.id AS area_id, t.kind AS area_kind, t.designation AS area_designation,
                t.name AS area_name, x.issued_at FROM decision x JOIN decision_item i ON i.decision_id = x.id
            JOIN dossier d ON d.id = i.dossier_id JOIN territory t ON t.id = d.territory_id
            WHERE x.state = 'issued' AND x.issued_at >= \(first) AND i.outcome = 'refused'
                AND \(sight.covers("d.territory_id"))
                AND NOT EXISTS (SELECT 1 FROM decision_answer a WHERE a.dossier_id = d.id AND a.decision_id = x.id)
            ORDER BY x.issued_at, d.id LIMIT 20
            """
        ).map { row in
            (
                try row.id("id"), try arguments(row),
                try row.instant("issued_at").day.adding(days: Recognition.RefusalAnswering.days)
            )
        }
    }

    /// Answers of areas to refusals of a level, that wait for the decider's.
    package static func unansweredReplies(
        of level: Criteria.Level, seenBy sight: Sight, _ reader: any Reader
    ) throws -> [(dossier: ID, arguments: [String: String], since: Instant)] {
        try reader.rows(
            """
            SELECT a.dossier_id, d.year, t.id AS area_id, t.kind AS area_kind, t.designation AS area_designation,
                t.name AS area_name, a.answered_at
            FROM (SELECT o.dossier_id, o.answered_at FROM decision_answer o
                WHERE o.replied_at IS NULL AND EXISTS (SELECT 1 FROM dossier e WHERE e.id = o.dossier_id
                    AND e.level = \(level.rawValue) AND \(sight.covers("e.territory_id")))
                ORDER BY o.answered_at, o.dossier_id LIMIT 20) a
            JOIN dossier d ON d.id = a.dossier_id JOIN territory t ON t.id = d.territory_id
            ORDER BY a.answered_at, a.dossier_id
            """
        ).map { (try $0.id("dossier_id"), try arguments($0), try $0.instant("answered_at")) }
    }

    /// The area and the year, for the words of a card.
    private static func arguments(_ row: Row) throws -> [String: String] {
        try TerritoryTitle.read(row, "area_id", "area").arguments()
            .merging(["year": "\(row.integer("year"))"]) { own, _ in own }
    }
}
