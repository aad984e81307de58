import Core
import Criteria
import Database

extension Recognition {
    /// One saved value, or one that lost the race, as the history of an indicator shows it.
    package struct PastEntry: Sendable {
        package let entry: Entry
        /// False: somebody else had saved meanwhile; the try is kept and counts for nothing.
        package let wasSaved: Bool
        /// An office took it back with the whole of what it had saved.
        package let wasTakenBack: Bool
    }

    /// Why an indicator was sent back.
    package struct Return: Sendable, Equatable {
        package let code: String
        package let round: Int
        package let reason: String
        package let at: Instant
        /// The commune or the panel.
        package let by: Party

        package init(code: String, round: Int, reason: String, at: Instant, by: Party = .commune) {
            self.by = by
            self.code = code
            self.round = round
            self.reason = reason
            self.at = at
        }
    }

    /// One act of the story.
    package struct Event: Sendable {
        /// An `Action`, or `remind` and `overdue` of the product itself.
        package let action: String
        /// Where the dossier stood before; nil where there was none.
        package let from: State?
        package let to: State
        package let round: Int
        package let actor: String?
        package let organisation: String?
        package let at: Instant
        package let reason: String?
        /// For whom it was done, on an office held by delegation.
        package var giver: String?
        /// Whose act it is; nil where the body that is named says it.
        package var party: Party?
    }

    /// A value about to be saved.
    package struct NewValue: Sendable {
        package let code: String
        package let side: Side
        package let value: Criteria.Value
        package let note: String?
        /// The two counts of a share, as `Entry.counted`.
        package let counted: String?

        package init(
            code: String, side: Side = .own, value: Criteria.Value, note: String?, counted: String? = nil
        ) {
            self.counted = counted
            self.code = code
            self.side = side
            self.value = value
            self.note = note
        }
    }
}

extension RecognitionStore {
    /// Saves a value on the ground of the version it was typed over (0: there was none). Two statements when all is
    /// well. When another value stands there by now nothing is overwritten: the try goes into the history, and the
    /// person chooses.
    ///
    /// - Parameter waits: typed by a helper: it waits for the head's yes, and both names stay.
    package static func save(
        _ new: Recognition.NewValue, dossier: ID, over version: Int, waits: Bool = false, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws -> Recognition.Saving {
        let (kind, number, text) = columns(of: new.value, new.counted)
        let waitsSince = waits ? deed.at : nil
        let touched: Int
        if version == 0 {
            touched = try tx.execute(
                """
                INSERT INTO indicator_value (dossier_id, side, code, value_kind, value_number, value_text, note,
                    entered_by, at, version, waits_since)
                VALUES (\(dossier), \(new.side.rawValue), \(new.code), \(kind), \(number), \(text), \(new.note),
                    \(deed.person), \(deed.at), 1, \(waitsSince))
                ON CONFLICT (dossier_id, side, code) DO NOTHING
                """)
        } else {
            touched = try tx.execute(
                """
                UPDATE indicator_value SET value_kind = \(kind), value_number = \(number), value_text = \(text),
                    note = \(new.note), entered_by = \(deed.person), at = \(deed.at), version = version + 1,
                    waits_since = \(waitsSince), confirmed_by = NULL, confirmed_at = NULL, source = 'area',
                    office_id = NULL
                WHERE dossier_id = \(dossier) AND side = \(new.side.rawValue) AND code = \(new.code)
                    AND version = \(version)
                """)
        }
        if touched == 1 {
            try keep(new, dossier, version + 1, "saved", deed, tx)
            return .saved(version: version + 1)
        }
        let current = try entries(of: dossier, code: new.code, side: new.side, tx).first
        if let current, current.value == new.value, current.note == new.note, current.counted == new.counted {
            return .saved(version: current.version)
        }
        try keep(new, dossier, version, "conflict", deed, tx)
        return .conflict(current: current?.version ?? 0)
    }

    private static func keep(
        _ new: Recognition.NewValue, _ dossier: ID, _ version: Int, _ outcome: String, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws {
        let (kind, number, text) = columns(of: new.value, new.counted)
        try tx.execute(
            """
            INSERT INTO indicator_value_history (dossier_id, code, id, side, value_kind, value_number, value_text, note,
                entered_by, at, version, outcome)
            VALUES (\(dossier), \(new.code), \(tx.ids.next()), \(new.side.rawValue), \(kind), \(number), \(text),
                \(new.note), \(deed.person), \(deed.at), \(version), \(outcome))
            """)
    }

    /// All values of a dossier, every side, with who entered them.
    package static func entries(of dossier: ID, _ reader: any Reader) throws -> [Recognition.Entry] {
        try reader.rows(
            """
            SELECT v.code, v.side, v.value_kind, v.value_number, v.value_text, v.note, v.entered_by, v.at, v.version,
                v.source, o.name AS office, p.name AS enterer
            FROM indicator_value v LEFT JOIN person p ON p.id = v.entered_by
            LEFT JOIN organisation o ON o.id = v.office_id WHERE v.dossier_id = \(dossier)
            """
        ).map(entry)
    }

    /// All values of several dossiers, by dossier: for lists that show points.
    package static func entries(
        of dossiers: [ID], _ reader: any Reader
    ) throws -> [ID: [Recognition.Entry]] {
        guard !dossiers.isEmpty else { return [:] }
        var found: [ID: [Recognition.Entry]] = [:]
        for row in try reader.rows(
            """
            SELECT v.dossier_id, v.code, v.side, v.value_kind, v.value_number, v.value_text, v.note, v.entered_by,
                v.at, v.version, v.source, NULL AS office, NULL AS enterer
            FROM indicator_value v WHERE v.dossier_id IN (\(SQL.list(dossiers)))
            """)
        {
            found[try row.id("dossier_id"), default: []].append(try entry(row))
        }
        return found
    }

    private static func entries(
        of dossier: ID, code: String, side: Recognition.Side, _ reader: any Reader
    ) throws -> [Recognition.Entry] {
        try reader.rows(
            """
            SELECT v.code, v.side, v.value_kind, v.value_number, v.value_text, v.note, v.entered_by, v.at, v.version,
                v.source, o.name AS office, p.name AS enterer
            FROM indicator_value v LEFT JOIN person p ON p.id = v.entered_by
            LEFT JOIN organisation o ON o.id = v.office_id
            WHERE v.dossier_id = \(dossier) AND v.side = \(side.rawValue) AND v.code = \(code)
            """
        ).map(entry)
    }

    /// Everything that was ever saved or tried at one indicator, newest first.
    package static func history(
        of dossier: ID, code: String, _ reader: any Reader
    ) throws -> [Recognition.PastEntry] {
        try reader.rows(
            """
            SELECT v.code, v.side, v.value_kind, v.value_number, v.value_text, v.note, v.entered_by, v.at, v.version,
                v.outcome, v.source, o.name AS office, p.name AS enterer
            FROM indicator_value_history v LEFT JOIN person p ON p.id = v.entered_by
            LEFT JOIN organisation o ON o.id = v.office_id
            WHERE v.dossier_id = \(dossier) AND v.code = \(code) ORDER BY v.id DESC
            """
        ).map { row in
            let outcome = try row.text("outcome")
            return Recognition.PastEntry(
                entry: try entry(row), wasSaved: outcome == "saved", wasTakenBack: outcome == "undone")
        }
    }

    /// Puts a return's reasons down, one at each indicator concerned.
    package static func putReturns(
        _ reasons: [String: String], on dossier: Recognition.Dossier, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        for (code, reason) in reasons.sorted(by: { $0.key < $1.key }) {
            try tx.execute(
                """
                INSERT INTO indicator_return (dossier_id, round, code, reason, returned_by, at)
                VALUES (\(dossier.id), \(dossier.round), \(code), \(reason), \(deed.person), \(deed.at))
                """)
        }
    }

    /// All returns of a dossier, the latest round first.
    package static func returns(of dossier: ID, _ reader: any Reader) throws -> [Recognition.Return] {
        try reader.rows(
            """
            SELECT r.code, r.round, r.reason, r.at, (SELECT count(*) FROM appraisal a
                WHERE a.dossier_id = r.dossier_id AND a.round = r.round AND a.conclusion = 'returned') AS by_panel
            FROM indicator_return r WHERE r.dossier_id = \(dossier) ORDER BY r.round DESC, r.code
            """
        ).map {
            Recognition.Return(
                code: try $0.text("code"), round: try $0.integer("round"), reason: try $0.text("reason"),
                at: try $0.instant("at"), by: try $0.integer("by_panel") > 0 ? .panel : .commune)
        }
    }

    /// The story, newest first. `at` may be told by a seed, so it orders before the id. What a panel did is told with
    /// the panel's own name, whichever body its members got their office from; what was done in an office over the area
    /// is told without another body's name.
    package static func events(of dossier: ID, _ reader: any Reader) throws -> [Recognition.Event] {
        try reader.rows(
            """
            SELECT e.action, e.state_from, e.state_to, e.round, e.at, e.reason, p.name AS actor, o.name AS organisation,
                g.name AS giver, x.name AS panel, d.territory_id, o.territory_id AS body_at,
                (SELECT count(*) FROM role_assignment r WHERE r.person_id = COALESCE(e.giver_id, e.actor_id)
                    AND r.organisation_id = e.organisation_id AND r.territory_id = d.territory_id) AS of_area
            FROM dossier_event e JOIN dossier d ON d.id = e.dossier_id LEFT JOIN person p ON p.id = e.actor_id
            LEFT JOIN person g ON g.id = e.giver_id LEFT JOIN organisation o ON o.id = e.organisation_id
            LEFT JOIN appraisal a ON a.dossier_id = e.dossier_id AND a.round = e.round
            LEFT JOIN panel x ON x.id = a.panel_id
            WHERE e.dossier_id = \(dossier) ORDER BY e.at DESC, e.id DESC
            """
        ).map(event)
    }

    private static func event(_ row: Row) throws -> Recognition.Event {
        let (action, from): (String, Recognition.State?) = (
            try row.text("action"), try row.optionalChoice("state_from")
        )
        let party = Recognition.party(of: action, from: from, isOfArea: try row.integer("of_area") > 0)
        let body = try row.optionalText("organisation")
        let organisation: String? =
            switch party {
            case .panel: try row.optionalText("panel") ?? body
            case .area: try row.optionalID("body_at") == row.id("territory_id") ? body : nil
            case .commune, .decider, nil: body
            }
        return Recognition.Event(
            action: action, from: from, to: try row.choice("state_to"), round: try row.integer("round"),
            actor: try row.optionalText("actor"), organisation: organisation, at: try row.instant("at"),
            reason: try row.optionalText("reason"), giver: try row.optionalText("giver"), party: party)
    }

    /// - Parameter counted: what a share was counted from; it stands in the text that numbers have no other use for.
    static func columns(
        of value: Criteria.Value, _ counted: String? = nil
    ) -> (kind: String, number: Int64?, text: String?) {
        switch value {
        case .yes(let yes): ("yes", yes ? 1 : 0, nil)
        case .quantity(let quantity): ("quantity", quantity.thousandths, counted)
        case .grade(let code): ("grade", nil, code)
        case .notApplicable(let reason): ("na", nil, reason)
        }
    }

    /// Out of the columns `value_kind`, `value_number` and `value_text`.
    static func value(_ row: Row) throws -> Criteria.Value {
        switch try row.text("value_kind") {
        case "yes": return .yes(try row.integer("value_number") == 1)
        case "quantity": return .quantity(Quantity(thousandths: Int64(try row.integer("value_number"))))
        case "grade": return .grade(try row.text("value_text"))
        case "na": return .notApplicable(reason: try row.text("value_text"))
        case let word: throw UnknownWord(column: "value_kind", word: word)
        }
    }

    /// What a share was counted from, which stands in the text of a number.
    static func counted(_ row: Row) throws -> String? {
        try row.text("value_kind") == "quantity" ? row.optionalText("value_text") : nil
    }

    static func entry(_ row: Row) throws -> Recognition.Entry {
        Recognition.Entry(
            code: try row.text("code"), side: try row.choice("side"), value: try value(row),
            note: try row.optionalText("note"), enteredBy: try row.optionalID("entered_by"),
            enterer: try row.optionalText("enterer"), at: try row.instant("at"), version: try row.integer("version"),
            counted: try counted(row), source: try row.choice("source"), office: try row.optionalText("office"))
    }
}
