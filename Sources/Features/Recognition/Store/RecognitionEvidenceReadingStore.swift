import Core
import Criteria
import Database

extension RecognitionStore {
    /// Whose evidence somebody opens, and of which indicators. Of most who fill in or check nothing more is asked of the
    /// database than was read already.
    ///
    /// - Parameter capabilities: what their offices over the dossier's place include today.
    static func reading(
        of dossier: Recognition.Dossier, by actor: Actor, with capabilities: Set<Capability>, on day: Day,
        _ reader: any Reader
    ) throws -> Recognition.EvidenceReading {
        let plain = Recognition.EvidenceReading(of: dossier.state, capabilities: capabilities)
        guard plain.hands.isEmpty else { return plain }
        let hasSeat = try capabilities.contains(.appraise) && isSeated(actor.person, over: dossier.id, reader)
        return Recognition.EvidenceReading(
            of: dossier.state, capabilities: capabilities, hasSeat: hasSeat,
            isDecider: try isDecider(of: dossier, actor, with: capabilities, on: day, reader),
            answered: try answered(in: dossier, by: bodies(of: actor, over: dossier, on: day), reader))
    }

    private static func isSeated(_ person: ID, over dossier: ID, _ reader: any Reader) throws -> Bool {
        try reader.first(
            """
            SELECT a.id FROM appraisal a JOIN panel_member m ON m.panel_id = a.panel_id
            WHERE a.dossier_id = \(dossier) AND m.person_id = \(person) AND m.left_at IS NULL LIMIT 1
            """) != nil
    }

    private static func isDecider(
        of dossier: Recognition.Dossier, _ actor: Actor, with capabilities: Set<Capability>, on day: Day,
        _ reader: any Reader
    ) throws -> Bool {
        try capabilities.intersection(Recognition.Deciding.capabilities).contains { capability in
            try seats(of: actor, for: capability, on: day, reader).contains {
                $0.level == dossier.level && dossier.place.contains($0.grant.territory)
            }
        }
    }

    /// The organisations in whose name somebody supplies values or answers for indicators here.
    private static func bodies(of actor: Actor, over dossier: Recognition.Dossier, on day: Day) -> [ID] {
        let able = actor.grants.filter {
            $0.term.contains(day) && dossier.place.contains($0.territory)
                && !$0.role.capabilities.isDisjoint(with: [.supplyValues, .takeOnCriteria])
        }
        return Set(able.map(\.organisation)).sorted()
    }

    /// The indicators of a dossier that some organisations answer for: they put its value in, the panel asked them to
    /// confirm it, or they took it on for a term that touches the dossier's year.
    static func answered(
        in dossier: Recognition.Dossier, by bodies: [ID], _ reader: any Reader
    ) throws -> Set<String> {
        guard !bodies.isEmpty, let first = Day(year: dossier.year, month: 1, day: 1),
            let last = Day(year: dossier.year, month: 12, day: 31)
        else { return [] }
        return Set(
            try reader.rows(
                """
                SELECT v.code FROM indicator_value v WHERE v.dossier_id = \(dossier.id) AND v.side = 'self'
                    AND v.office_id IN (\(SQL.list(bodies)))
                UNION SELECT k.code FROM office_confirmation k WHERE k.dossier_id = \(dossier.id)
                    AND k.organisation_id IN (\(SQL.list(bodies)))
                UNION SELECT x.code FROM taken_criterion x JOIN consultation c ON c.id = x.consultation_id
                    JOIN criteria_set s ON s.id = c.criteria_set_id
                    JOIN criteria_set own ON own.id = \(dossier.criteriaSet) AND own.code = s.code
                    WHERE x.organisation_id IN (\(SQL.list(bodies))) AND x.territory_id IN (\(SQL.list(dossier.place)))
                    AND x.mistaken_at IS NULL
                    AND c.day <= \(last) AND c.until_day >= \(first)
                """
            ).map { try $0.text("code") })
    }
}
