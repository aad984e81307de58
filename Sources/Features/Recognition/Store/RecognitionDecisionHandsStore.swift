import Core
import Database
import People

extension RecognitionStore {
    /// What this person had in hand of a decision's dossiers before: whoever wrote, counted, checked or appraised one of
    /// them leaves issuing it to another. Of a decision that takes titles back these are the dossiers they rest on.
    package static func hands(
        of person: ID, onDecision decision: ID, _ reader: any Reader
    ) throws -> Recognition.Hands {
        // What is done for somebody who handed their office over is done by both.
        let people = SQL.list(try PeopleStore.hands(of: person, reader))
        let row = try reader.one(
            """
            WITH i AS (SELECT n.dossier_id FROM decision_item n WHERE n.decision_id = \(decision)
                UNION ALL SELECT g.dossier_id FROM decision_withdrawal w JOIN title_grant g ON g.id = w.title_id
                WHERE w.decision_id = \(decision) AND g.dossier_id IS NOT NULL)
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
}
