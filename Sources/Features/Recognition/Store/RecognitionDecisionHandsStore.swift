import Core
import Database
import People

extension RecognitionStore {
    /// What this person had in hand of a decision's dossiers before: whoever wrote, counted, checked or appraised one of
    /// them leaves issuing it to another. Of a decision that takes titles back these are the dossiers they rest on.
    package static func hands(
        of person: ID, onDecision decision: ID, _ reader: any Reader
    ) throws -> Recognition.Hands {
        try hands(
            of: person,
            onAny: """
                SELECT n.dossier_id FROM decision_item n WHERE n.decision_id = \(decision)
                UNION ALL SELECT g.dossier_id FROM decision_withdrawal w JOIN title_grant g ON g.id = w.title_id
                WHERE w.decision_id = \(decision) AND g.dossier_id IS NOT NULL
                """, reader)
    }

    /// The same of dossiers that no draft lists yet.
    package static func hands(
        of person: ID, onAny dossiers: [ID], _ reader: any Reader
    ) throws -> Recognition.Hands {
        guard !dossiers.isEmpty else { return .none }
        return try hands(
            of: person, onAny: "SELECT d.id AS dossier_id FROM dossier d WHERE d.id IN (\(SQL.list(dossiers)))", reader)
    }

    /// Who else signs today for a unit: holders of the office there, in its own name, for whom `isFree` holds. In order
    /// of their names.
    package static func signers(
        of territory: ID, besides person: ID, on day: Day, _ reader: any Reader, isFree: (ID) throws -> Bool
    ) throws -> [String] {
        let roles = Role.allCases.filter { $0.capabilities.contains(.issueDecision) }.map(\.rawValue)
        return try reader.rows(
            """
            SELECT DISTINCT p.id, p.name, p.sort_key FROM role_assignment r JOIN person p ON p.id = r.person_id
            JOIN organisation o ON o.id = r.organisation_id AND o.territory_id = r.territory_id
            WHERE r.territory_id = \(territory) AND r.role IN (\(SQL.list(roles))) AND p.id <> \(person)
                AND \(PeopleStore.holds("r", on: day)) ORDER BY p.sort_key, p.id LIMIT 20
            """
        ).filter { try isFree($0.id("id")) }.map { try $0.text("name") }
    }

    /// Who may sign a draft in place of somebody whose hands were on it.
    package static func signers(
        ofDecision decision: ID, in territory: ID, besides person: ID, on day: Day, _ reader: any Reader
    ) throws -> [String] {
        guard let step = Recognition.LifeCycle.step(.proposed, .recognise) else { return [] }
        return try signers(of: territory, besides: person, on: day, reader) {
            try hands(of: $0, onDecision: decision, reader).refusal(of: step) == nil
        }
    }

    private static func hands(
        of person: ID, onAny dossiers: SQL, _ reader: any Reader
    ) throws -> Recognition.Hands {
        // What is done for somebody who handed their office over is done by both.
        let people = SQL.list(try PeopleStore.hands(of: person, reader))
        let row = try reader.one(
            """
            WITH i AS (\(dossiers))
            SELECT
                (SELECT count(*) FROM i JOIN indicator_value_history h ON h.dossier_id = i.dossier_id
                    WHERE h.entered_by IN (\(people)) AND h.side = 'self'
                        AND h.source = 'area')
                + (SELECT count(*) FROM i JOIN indicator_value c ON c.dossier_id = i.dossier_id
                    WHERE c.confirmed_by IN (\(people)))
                + (SELECT count(*) FROM i JOIN evidence e ON e.dossier_id = i.dossier_id
                    WHERE e.added_by IN (\(people)) AND e.side = 'self') AS filled,
                (SELECT count(*) FROM i JOIN dossier_event v ON v.dossier_id = i.dossier_id
                    WHERE v.actor_id IN (\(people))
                        AND v.action IN ('handIn', 'submit')) AS submitted,
                (SELECT count(*) FROM i JOIN dossier_event v ON v.dossier_id = i.dossier_id
                    WHERE v.actor_id IN (\(people)) AND v.action = 'count') AS counted,
                (SELECT count(*) FROM i JOIN dossier_event v ON v.dossier_id = i.dossier_id
                    WHERE v.actor_id IN (\(people)) AND v.action IN ('accept', 'sendBack')
                        AND v.state_from = 'submitted')
                + (SELECT count(*) FROM i JOIN indicator_value_history h ON h.dossier_id = i.dossier_id
                    WHERE h.entered_by IN (\(people)) AND h.side = 'check') AS checked,
                (SELECT count(*) FROM i JOIN dossier_event v ON v.dossier_id = i.dossier_id
                    WHERE v.actor_id IN (\(people)) AND v.state_from = 'forwarded')
                + (SELECT count(*) FROM i JOIN appraisal a ON a.dossier_id = i.dossier_id
                    JOIN appraisal_score s ON s.appraisal_id = a.id
                    WHERE s.person_id IN (\(people)))
                + (SELECT count(*) FROM i JOIN appraisal a ON a.dossier_id = i.dossier_id
                    JOIN appraisal_settlement s ON s.appraisal_id = a.id
                    WHERE s.settled_by IN (\(people))) AS appraised
            """)
        return Recognition.Hands(
            Set(try Recognition.Hand.allCases.filter { try row.integer($0.rawValue) > 0 }))
    }

    /// What this person did to the dossier before: what separation of duties asks.
    package static func hands(
        of person: ID, on dossier: ID, _ reader: any Reader
    ) throws -> Recognition.Hands {
        // What is done for somebody who handed their office over is done by both.
        let people = SQL.list(try PeopleStore.hands(of: person, reader))
        let row = try reader.one(
            """
            SELECT
                (SELECT count(*) FROM indicator_value_history h WHERE h.dossier_id = \(dossier)
                    AND h.entered_by IN (\(people)) AND h.side = 'self' AND h.source = 'area')
                + (SELECT count(*) FROM indicator_value c WHERE c.dossier_id = \(dossier)
                    AND c.confirmed_by IN (\(people)))
                + (SELECT count(*) FROM evidence e WHERE e.dossier_id = \(dossier) AND e.added_by IN (\(people))
                    AND e.side = 'self') AS filled,
                (SELECT count(*) FROM dossier_event v WHERE v.dossier_id = \(dossier)
                    AND v.actor_id IN (\(people)) AND v.action IN ('handIn', 'submit')) AS submitted,
                (SELECT count(*) FROM dossier_event v WHERE v.dossier_id = \(dossier)
                    AND v.actor_id IN (\(people)) AND v.action = 'count') AS counted,
                (SELECT count(*) FROM dossier_event v WHERE v.dossier_id = \(dossier)
                    AND v.actor_id IN (\(people)) AND v.action IN ('accept', 'sendBack') AND v.state_from = 'submitted')
                + (SELECT count(*) FROM indicator_value_history h WHERE h.dossier_id = \(dossier)
                    AND h.entered_by IN (\(people)) AND h.side = 'check') AS checked,
                (SELECT count(*) FROM dossier_event v WHERE v.dossier_id = \(dossier)
                    AND v.actor_id IN (\(people)) AND v.state_from = 'forwarded')
                + (SELECT count(*) FROM appraisal_score s JOIN appraisal a ON a.id = s.appraisal_id
                    WHERE a.dossier_id = \(dossier) AND s.person_id IN (\(people)))
                + (SELECT count(*) FROM appraisal_settlement s JOIN appraisal a ON a.id = s.appraisal_id
                    WHERE a.dossier_id = \(dossier) AND s.settled_by IN (\(people))) AS appraised
            """)
        var did: Set<Recognition.Hand> = []
        if try row.integer("filled") > 0 { did.insert(.filled) }
        if try row.integer("submitted") > 0 { did.insert(.submitted) }
        if try row.integer("counted") > 0 { did.insert(.counted) }
        if try row.integer("checked") > 0 { did.insert(.checked) }
        if try row.integer("appraised") > 0 { did.insert(.appraised) }
        return Recognition.Hands(did)
    }
}
