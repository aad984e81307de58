import Core
import Criteria
import Database
import Organisation

extension Recognition {
    /// A question that waits for an office, with the dossier it is about.
    package struct ConfirmationAsked: Sendable {
        package let confirmation: Confirmation
        package let dossier: Dossier
    }
}

/// Offices confirm the values they hold, when the panel asks.
extension RecognitionStore {
    private static let confirmationColumns: SQL = """
        k.id AS confirmation_id, k.code, k.organisation_id, o.name AS office_name, k.asked_at, k.value_kind, \
        k.value_number, k.value_text, k.answer, k.own_kind, k.own_number, k.own_text, k.reason, \
        q.name AS answerer, k.answered_at
        """
    private static let confirmationJoins: SQL = """
        JOIN organisation o ON o.id = k.organisation_id LEFT JOIN person q ON q.id = k.answered_by
        """

    private static func confirmation(_ row: Row) throws -> Recognition.Confirmation {
        Recognition.Confirmation(
            id: try row.id("confirmation_id"), code: try row.text("code"),
            organisation: try row.id("organisation_id"), office: try row.text("office_name"),
            askedAt: try row.instant("asked_at"), asked: try value(row), answer: try row.optionalChoice("answer"),
            value: try row.optionalText("own_kind") == nil ? nil : value(row, "own"),
            reason: try row.optionalText("reason"), answerer: try row.optionalText("answerer"),
            answeredAt: try row.optionalInstant("answered_at"))
    }

    /// What offices were asked about a dossier in its present round, by the indicators' codes.
    package static func confirmations(
        of dossier: Recognition.Dossier, _ reader: any Reader
    ) throws -> [Recognition.Confirmation] {
        try reader.rows(
            """
            SELECT \(confirmationColumns) FROM office_confirmation k \(confirmationJoins)
            WHERE k.dossier_id = \(dossier.id) AND k.round = \(dossier.round) ORDER BY k.code, k.id
            """
        ).map(confirmation)
    }

    /// What waits for these organisations, and what they answered while the panel is still at it.
    package static func confirmations(
        askedOf organisations: [ID], _ reader: any Reader
    ) throws -> [Recognition.ConfirmationAsked] {
        guard !organisations.isEmpty else { return [] }
        return try reader.rows(
            """
            SELECT \(confirmationColumns), \(Recognition.Dossier.columns) FROM office_confirmation k
            \(confirmationJoins) JOIN dossier d ON d.id = k.dossier_id AND d.round = k.round
            \(Recognition.Dossier.joins)
            WHERE k.organisation_id IN (\(SQL.list(organisations))) AND d.state = 'forwarded'
            ORDER BY t.sort_key, d.id, k.code LIMIT 600
            """
        ).map {
            Recognition.ConfirmationAsked(
                confirmation: try confirmation($0), dossier: try Recognition.Dossier($0, place: []))
        }
    }

    /// How many questions wait for these organisations, and since when.
    package static func openConfirmations(
        askedOf organisations: [ID], _ reader: any Reader
    ) throws -> (count: Int, areas: Int, due: Day?)? {
        guard !organisations.isEmpty else { return nil }
        let row = try reader.one(
            """
            SELECT count(*) AS many, count(DISTINCT k.dossier_id) AS areas, min(d.due_on) AS due
            FROM office_confirmation k JOIN dossier d ON d.id = k.dossier_id AND d.round = k.round
            WHERE k.organisation_id IN (\(SQL.list(organisations))) AND k.answered_at IS NULL
                AND d.state = 'forwarded'
            """)
        let count = try row.integer("many")
        return count == 0 ? nil : (count, try row.integer("areas"), try row.optionalDay("due"))
    }

    /// The panel asks each office about what it holds of a dossier. What was asked before is not asked again.
    ///
    /// - Parameter holders: organisations by indicator's code.
    /// - Returns: how many questions went out.
    @discardableResult
    package static func askOffices(
        _ holders: [String: ID], about dossier: ID, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws -> Int {
        let work = try openWork(on: dossier, today: deed.at.day, tx)
        var asked = 0
        for indicator in work.assessment.indicators {
            guard let holder = holders[indicator.code],
                let standing = work.assessment.effective(indicator.code, .check)
            else { continue }
            let (kind, number, text) = columns(of: standing)
            asked += try tx.execute(
                """
                INSERT INTO office_confirmation (id, dossier_id, round, code, organisation_id, asked_by, asked_at,
                    value_kind, value_number, value_text)
                VALUES (\(tx.ids.next()), \(dossier), \(work.dossier.round), \(indicator.code), \(holder),
                    \(deed.person), \(deed.at), \(kind), \(number), \(text))
                ON CONFLICT (dossier_id, round, code, organisation_id) DO NOTHING
                """)
        }
        guard asked > 0 else { throw Refusal(.conflict, "recognition.confirmation.refusal.askedAll") }
        tx.note("panel.ask", to: "\(asked)")
        return asked
    }

    /// An office confirms, or says what it has instead. It may be answered anew until the panel's minutes are closed.
    ///
    /// - Parameter organisations: in whose name the person acts.
    /// - Throws: `NotFound` for another office's question, `.conflict` once the panel has concluded.
    package static func confirm(
        _ id: ID, _ answer: Recognition.ConfirmationAnswer, for organisations: [ID], _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws {
        let row = try tx.one(
            """
            SELECT \(confirmationColumns), k.dossier_id, d.state AS dossier_state, d.round AS dossier_round, k.round
            FROM office_confirmation k \(confirmationJoins) JOIN dossier d ON d.id = k.dossier_id
            WHERE k.id = \(id) AND k.organisation_id IN (\(SQL.list(organisations)))
            """)
        let state: Recognition.State = try row.choice("dossier_state")
        guard state == .forwarded, try row.integer("dossier_round") == row.integer("round") else {
            throw Refusal(.conflict, "recognition.confirmation.refusal.tooLate")
        }
        let asked = try confirmation(row)
        if let refusal = answer.refusal(asked: asked.asked, key: "\(id)") { throw refusal }
        let own = answer.answer == .differs ? answer.value.map { columns(of: $0) } : nil
        try tx.execute(
            """
            UPDATE office_confirmation SET answer = \(answer.answer.rawValue), own_kind = \(own?.0),
                own_number = \(own?.1), own_text = \(own?.2), reason = \(answer.reason),
                answered_by = \(deed.person), answered_at = \(deed.at) WHERE id = \(id)
            """)
        tx.note(
            "confirmation.\(asked.code)", from: asked.answer?.rawValue,
            to: answer.value.map { Recognition.ValueText.typed($0) } ?? answer.answer.rawValue)
    }
}
