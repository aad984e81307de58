import Core
import Criteria
import Database
import Organisation

extension Recognition {
    /// A title that a decision takes back, with why, and how its area was heard.
    package struct Withdrawal: Sendable {
        package let title: HeldTitle
        package let reason: String
        /// A document that the decision names among its grounds, beside the minutes of the hearing.
        package let basis: String?
        package let hearing: WithdrawalHearing
    }

    /// How the area was heard: a decision of withdrawal always names it among its grounds.
    package struct WithdrawalHearing: Sendable, Equatable {
        package let invitedOn: Day
        package let day: Day
        /// Nobody came although invited.
        package let came: Bool

        package init(invitedOn: Day, day: Day, came: Bool) {
            self.invitedOn = invitedOn
            self.day = day
            self.came = came
        }
    }

    /// A withdrawal about to be drafted. Whoever makes one has asked whether the area was heard.
    package struct NewWithdrawal: Sendable {
        package let territory: ID
        package let organisation: ID
        package let year: Int
        package let title: ID
        package let reason: String
        package let basis: String?
        package let hearing: WithdrawalHearing

        package init(
            territory: ID, organisation: ID, year: Int, title: ID, reason: String, basis: String?,
            hearing: WithdrawalHearing
        ) {
            self.territory = territory
            self.organisation = organisation
            self.year = year
            self.title = title
            self.reason = reason
            self.basis = basis
            self.hearing = hearing
        }
    }
}

extension RecognitionStore {
    /// A title by its id, for whoever may see its area.
    package static func heldTitle(
        _ id: ID, seenBy sight: Sight, _ reader: any Reader
    ) throws -> Recognition.HeldTitle {
        guard
            let found = try titles("g.id = \(id) AND \(sight.covers("g.territory_id"))", "g.id", limit: 1, reader).first
        else { throw NotFound() }
        return found
    }

    /// Drafts a decision that takes a title back.
    ///
    /// - Throws: `.conflict` when the title has ended or stands in another draft.
    package static func draftWithdrawal(
        _ new: Recognition.NewWithdrawal, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws -> ID {
        let title = try tx.one(
            """
            SELECT g.title, g.level, w.decision_id FROM title_grant g
            LEFT JOIN decision_withdrawal w ON w.title_id = g.id
            WHERE g.id = \(new.title) AND \(holding(on: deed.at.day))
            """, else: Refusal(.conflict, "recognition.refusal.titleEnded"))
        guard try title.optionalID("decision_id") == nil else {
            throw Refusal(.conflict, "recognition.refusal.withdrawalDrafted")
        }
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO decision (id, territory_id, organisation_id, title, level, year, state, origin, purpose,
                drafted_by, drafted_at, revision)
            VALUES (\(id), \(new.territory), \(new.organisation), \(try title.text("title")),
                \(try title.text("level")), \(new.year), 'draft', 'here', 'withdrawal', \(deed.person), \(deed.at), 1)
            """)
        try tx.execute(
            """
            INSERT INTO decision_withdrawal (title_id, decision_id, reason, basis, came, invited_on, heard_on)
            VALUES (\(new.title), \(id), \(new.reason), \(new.basis), \(new.hearing.came ? 1 : 0),
                \(new.hearing.invitedOn), \(new.hearing.day))
            """)
        tx.note("decision.draftWithdrawal", to: "\(new.title)")
        return id
    }

    /// Ends what a decision takes back, on the day of the signed paper.
    static func withdraw(
        by decision: Recognition.Decision, on day: Day, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        guard decision.purpose == .withdrawal else { return }
        for row in try tx.rows(
            "SELECT title_id, reason, heard_on FROM decision_withdrawal WHERE decision_id = \(decision.id)")
        {
            guard try row.day("heard_on") <= day else {
                throw Refusal(.invalid, "recognition.refusal.beforeHearing", field: "day")
            }
            try record(
                .withdrawal, of: row.id("title_id"), on: day, decision: decision.id, reason: row.text("reason"), deed,
                tx)
        }
    }

    /// What a decision takes back, in official order.
    package static func withdrawals(
        of decision: ID, _ reader: any Reader
    ) throws -> [Recognition.Withdrawal] {
        let rows = try reader.rows(
            """
            SELECT title_id, reason, basis, came, invited_on, heard_on FROM decision_withdrawal
            WHERE decision_id = \(decision)
            """)
        guard !rows.isEmpty else { return [] }
        var said: [ID: Row] = [:]
        for row in rows { said[try row.id("title_id")] = row }
        return try titles("g.id IN (\(SQL.list(Array(said.keys).sorted())))", "t.sort_key, g.id", limit: 500, reader)
            .compactMap { title in
                try said[title.id].map { row in
                    Recognition.Withdrawal(
                        title: title, reason: try row.text("reason"), basis: try row.optionalText("basis"),
                        hearing: Recognition.WithdrawalHearing(
                            invitedOn: try row.day("invited_on"), day: try row.day("heard_on"),
                            came: try row.integer("came") == 1))
                }
            }
    }
}

extension Reader {
    /// The one row, or the refusal that its absence means.
    func one(_ sql: SQL, else refusal: Refusal) throws -> Row {
        guard let row = try first(sql) else { throw refusal }
        return row
    }
}
