import Core
import Database
import People

/// Who sits on a formed panel may change, with a reason.
extension RecognitionStore {
    /// A member leaves and somebody takes the seat, or it stays empty. Scores that were given stay, with the name.
    ///
    /// - Throws: `.invalid` naming everything the rule has against it.
    package static func change(
        _ panel: Recognition.Panel, leaving: ID, joining: ID?, reason: String, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws {
        let change = try planChange(
            of: panel, leaving: leaving, joining: joining, reason: reason, on: deed.at.day, tx)
        if let refusal = change.refusal { throw refusal }
        guard let duty = change.duty else { throw NotFound() }
        try tx.move("panel", panel.id, from: panel.revision)
        let hadScored = try hasScored(leaving, on: panel.id, tx)
        // What opened because a member left or was found tied: it stays open beside the member who joins now.
        for (appraisal, dossier) in try taken(by: panel.id, tx) where appraisal.endedAt == nil {
            guard let work = try work(on: dossier, today: deed.at.day, tx) else { continue }
            try markOpen(work, deed, tx)
        }
        try tx.execute(
            """
            UPDATE panel_member SET left_at = \(deed.at)
            WHERE panel_id = \(panel.id) AND person_id = \(leaving) AND left_at IS NULL
            """)
        if let joining {
            try tx.execute(
                """
                INSERT INTO panel_member (panel_id, person_id, duty, joined_at)
                VALUES (\(panel.id), \(joining), \(duty.rawValue), \(deed.at))
                """)
            try giveOffice(
                to: joining, over: panel.territory.id, of: panel.organisation, year: panel.year, deed, tx)
        }
        try tx.execute(
            """
            INSERT INTO panel_change (id, panel_id, left_id, joined_id, duty, reason, had_scored, changed_by, at)
            VALUES (\(tx.ids.next()), \(panel.id), \(leaving), \(joining), \(duty.rawValue), \(reason), \(hadScored),
                \(deed.person), \(deed.at))
            """)
        tx.note("panel.change", from: "\(leaving)", to: joining.map { "\($0)" })
    }

    /// The change as the rule sees it.
    package static func planChange(
        of panel: Recognition.Panel, leaving: ID, joining: ID?, reason: String, on day: Day, _ reader: any Reader
    ) throws -> Recognition.PanelChange {
        guard let joining else {
            return Recognition.PanelChange(seats: panel.members, leaving: leaving, joining: nil, reason: reason)
        }
        let duty = panel.members.first { $0.person == leaving }?.duty ?? .member
        guard let name = try eligible([joining], over: panel.territory.id, on: day, reader).first?.name else {
            throw Refusal(.invalid, "recognition.panel.refusal.unknownPerson", field: "joining")
        }
        let seat = Recognition.PanelSeat(joining, name, duty)
        let open = try taken(by: panel.id, reader).filter { $0.appraisal.endedAt == nil }.map(\.dossier)
        return Recognition.PanelChange(
            seats: panel.members, leaving: leaving, joining: seat, reason: reason,
            ties: try tied([seat], open, on: day, reader).map(\.area),
            wasMember: try reader.first(
                "SELECT person_id FROM panel_member WHERE panel_id = \(panel.id) AND person_id = \(joining)") != nil)
    }

    private static func hasScored(_ person: ID, on panel: ID, _ reader: any Reader) throws -> Bool {
        try reader.first(
            """
            SELECT s.code FROM appraisal_score s JOIN appraisal a ON a.id = s.appraisal_id
            WHERE s.person_id = \(person) AND a.panel_id = \(panel) LIMIT 1
            """) != nil
    }

    /// Newest first.
    package static func changes(of panel: ID, _ reader: any Reader) throws -> [Recognition.PanelChanged] {
        try reader.rows(
            """
            SELECT x.duty, x.reason, x.had_scored, x.at, l.name AS left_name, j.name AS joined_name
            FROM panel_change x JOIN person l ON l.id = x.left_id LEFT JOIN person j ON j.id = x.joined_id
            WHERE x.panel_id = \(panel) ORDER BY x.at DESC, x.id DESC
            """
        ).map { row in
            Recognition.PanelChanged(
                day: try row.instant("at").day, left: try row.text("left_name"),
                joined: try row.optionalText("joined_name"), duty: try row.choice("duty"),
                reason: try row.text("reason"), hadScored: try row.flag("had_scored"))
        }
    }

    /// Whether somebody once held an office in a dossier's area or its commune and holds none there now.
    static func formerOffice(
        of person: ID, in dossier: Recognition.Dossier, on day: Day, _ reader: any Reader
    ) throws -> Bool {
        let units = barringUnits(of: dossier)
        return try reader.first(
            """
            SELECT r.id FROM role_assignment r WHERE r.person_id = \(person)
                AND r.territory_id IN (\(SQL.list(units))) AND NOT \(PeopleStore.holds("r", on: day)) LIMIT 1
            """) != nil
    }
}
