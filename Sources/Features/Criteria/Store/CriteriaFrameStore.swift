import Core
import Database
import Organisation

/// Sets, the frames they were derived from, and the rules that are laid over them.
extension CriteriaStore {
    /// Whether any version of a code is kept here, published or being drafted.
    static func isKept(_ code: String, _ reader: any Reader) throws -> Bool {
        try reader.first("SELECT s.id FROM criteria_set s WHERE s.code = \(code) LIMIT 1") != nil
    }

    /// What a set is held against of the version before it.
    static func before(_ newest: StoredCriteriaSet, _ reader: any Reader) throws -> Criteria.Publication.Before {
        let frame = try set(newest.id, reader).frame
        return Criteria.Publication.Before(
            version: newest.version, effectiveFrom: newest.effectiveFrom, frame: frame,
            isFrameKept: try frame.map { try isKept($0.code, reader) } ?? false)
    }

    /// The sets in force from a day on that rules will be laid over, with their frames. A frame of a unit below the
    /// rules' own binds whoever derived from it there, not those above.
    static func framed(
        under rules: StoredCriteriaRules, on today: Day, _ reader: any Reader
    ) throws -> [(set: CriteriaSet, frame: CriteriaSet)] {
        let path = try OrganisationStore.path(of: rules.territory, reader)
        let start = max(rules.effectiveFrom, today)
        var condition: SQL = """
            s.subject = \(rules.subject.rawValue) AND s.label <> 'namesOnly' AND s.status IN ('published', 'superseded')
            AND (s.effective_to IS NULL OR s.effective_to >= \(start))
            AND (n.id IS NULL OR n.effective_from > \(start))
            AND (s.territory_id IN (\(SQL.list(path))) OR s.territory_id IN (
                SELECT u.descendant_id FROM territory_closure u WHERE u.ancestor_id = \(rules.territory)))
            """
        if let last = rules.effectiveTo { condition += " AND s.effective_from <= \(last)" }
        return try reader.rows(
            """
            SELECT s.id, s.territory_id FROM criteria_set s LEFT JOIN criteria_set n ON n.id = s.superseded_by
            WHERE \(condition) ORDER BY s.code, s.version, s.id
            """
        ).compactMap { row in
            let set = try set(row.id("id"), reader)
            guard let frame = try set.frame.flatMap({ try frameRecord($0, reader) }),
                try path.contains(row.id("territory_id")) || path.contains(frame.territory)
            else { return nil }
            return (set, try self.set(frame.id, reader))
        }
    }

    /// The rules that govern a set from its first day on, one after the other, as far as its frame binds them; and those
    /// of units below.
    static func governing(
        _ kept: StoredCriteriaSet, under frame: StoredCriteriaSet, on today: Day, _ reader: any Reader
    ) throws -> [Criteria.Publication.Governing] {
        let path = try OrganisationStore.path(of: kept.territory, reader)
        let start = max(kept.effectiveFrom, today)
        let rows = try reader.rows(
            """
            SELECT r.id, r.territory_id, r.effective_from, r.effective_to FROM rules_document r
            LEFT JOIN rules_document n ON n.id = r.superseded_by
            WHERE r.subject = \(kept.subject.rawValue) AND r.label <> 'namesOnly'
                AND r.status IN ('published', 'superseded') AND (r.effective_to IS NULL OR r.effective_to >= \(start))
                AND (n.id IS NULL OR n.effective_from > \(start))
                AND (r.territory_id IN (\(SQL.list(path))) OR r.territory_id IN (
                    SELECT u.descendant_id FROM territory_closure u WHERE u.ancestor_id = \(kept.territory)))
            ORDER BY r.code, r.version, r.id
            """)
        var days = Set([start])
        for row in rows {
            days.insert(try row.day("effective_from"))
            if let last = try row.optionalDay("effective_to") { days.insert(last.adding(days: 1)) }
        }
        // On each day on which other rules begin to govern; those of a nearer unit cover those above.
        var governing: Set<ID> = []
        for day in days where day >= start && kept.effectiveTo.map({ day <= $0 }) ?? true {
            if let one = try CriteriaRulesStore.current(kept.subject, on: day, for: kept.territory, reader) {
                governing.insert(one.reference.id)
            }
        }
        return try rows.compactMap { row in
            let (id, territory) = (try row.id("id"), try row.id("territory_id"))
            let isBelow = !path.contains(territory)
            guard isBelow || governing.contains(id),
                try isBelow || territory == kept.territory
                    || OrganisationStore.path(of: territory, reader).contains(frame.territory)
            else { return nil }
            return Criteria.Publication.Governing(rules: try CriteriaRulesStore.rules(id, reader), isBelow: isBelow)
        }
    }
}
