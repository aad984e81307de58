import Core
import Database
import Organisation
import Synchronization

/// Reads and writes the rules of recognition. As with sets, published ones are for everybody and drafts for those whose
/// territory covers their owner's.
package enum CriteriaRulesStore {
    /// What is in the rules, with the status they have now.
    /// - Throws: `NotFound`; `FaultyCriteria` when the text in the database is none.
    package static func rules(_ id: ID, _ reader: any Reader) throws -> CriteriaRules {
        let row = try reader.one("SELECT r.status, r.digest FROM rules_document r WHERE r.id = \(id)")
        var rules = try CriteriaRulesKept.rules(id, row.bytes("digest")) {
            let reading = try Criteria.YAML.readRules(source(id, reader), kept: true)
            guard let rules = reading.rules else { throw FaultyCriteria(faults: reading.faults) }
            return rules
        }
        if let status = CriteriaSet.Status(rawValue: try row.text("status")) { rules.status = status }
        return rules
    }

    /// The text as it was imported.
    package static func source(_ id: ID, _ reader: any Reader) throws -> String {
        try reader.one("SELECT r.source FROM rules_document r WHERE r.id = \(id)").text("source")
    }

    /// The record: of published rules for everybody, of a draft for those who see its territory.
    package static func stored(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> StoredCriteriaRules {
        let row = try reader.one(
            """
            SELECT \(StoredCriteriaRules.columns) FROM rules_document r
            WHERE r.id = \(id) AND (r.status <> 'draft' OR \(sight.covers("r.territory_id")))
            """)
        return try StoredCriteriaRules(row, place: OrganisationStore.path(of: row.id("territory_id"), reader))
    }

    /// Rules that are no draft, for public pages and for what a dossier froze.
    package static func stored(_ id: ID, _ reader: any Reader) throws -> StoredCriteriaRules {
        try StoredCriteriaRules(
            reader.one(
                """
                SELECT \(StoredCriteriaRules.columns) FROM rules_document r WHERE r.id = \(id) AND r.status <> 'draft'
                """))
    }

    /// A published version by its code: the newest, or the one asked for.
    package static func published(
        _ code: String, version: Int?, _ reader: any Reader
    ) throws -> StoredCriteriaRules {
        var sql: SQL = """
            SELECT \(StoredCriteriaRules.columns) FROM rules_document r WHERE r.code = \(code) AND r.status <> 'draft'
            """
        if let version { sql += " AND r.version = \(version)" }
        return try StoredCriteriaRules(reader.one(sql + " ORDER BY r.version DESC LIMIT 1"))
    }

    /// The published rules, by code, the newest version of each first.
    package static func published(_ reader: any Reader) throws -> [StoredCriteriaRules] {
        try reader.rows(
            """
            SELECT \(StoredCriteriaRules.columns) FROM rules_document r WHERE r.status = 'published'
            ORDER BY r.code, r.version DESC
            """
        ).map { try StoredCriteriaRules($0) }
    }

    /// All that a person sees, by code, the newest version of each first. There are a few of them in a province.
    package static func list(seenBy sight: Sight, _ reader: any Reader) throws -> [StoredCriteriaRules] {
        try reader.rows(
            """
            SELECT \(StoredCriteriaRules.columns) FROM rules_document r
            WHERE r.status <> 'draft' OR \(sight.covers("r.territory_id")) ORDER BY r.code, r.version DESC LIMIT 200
            """
        ).map { try StoredCriteriaRules($0) }
    }

    /// The other versions that a person sees, the newest first.
    package static func versions(
        of rules: StoredCriteriaRules, seenBy sight: Sight, _ reader: any Reader
    ) throws -> [StoredCriteriaRules] {
        try list(seenBy: sight, reader).filter { $0.code == rules.code && $0.id != rules.id }
    }

    /// The rules that apply on a day: of those begun the one begun last, of the nearest owner upwards, as with sets.
    package static func current(
        _ subject: CriteriaSet.Subject, on day: Day, for territory: ID? = nil, _ reader: any Reader
    ) throws -> (reference: CriteriaRules.Reference, rules: CriteriaRules)? {
        var condition: SQL = """
            r.subject = \(subject.rawValue) AND r.effective_from <= \(day)
            AND (r.effective_to IS NULL OR r.effective_to >= \(day))
            AND r.status IN ('published', 'superseded') AND r.label <> 'namesOnly'
            """
        // Two indexed look-ups that find nothing are all it costs where no rules were ever published.
        let path = try territory.map { try OrganisationStore.path(of: $0, reader) }
        if let path { condition += " AND r.territory_id IN (\(SQL.list(path)))" }
        let rows = try reader.rows(
            """
            SELECT r.id, r.code, r.version, r.territory_id FROM rules_document r WHERE \(condition)
            ORDER BY r.effective_from DESC, r.version DESC, r.id DESC
            """)
        var best: (row: Row, distance: Int)?
        for row in rows {
            let distance = try path?.firstIndex(of: row.id("territory_id")) ?? 0
            if best.map({ distance < $0.distance }) ?? true { best = (row, distance) }
        }
        guard let row = best?.row else { return nil }
        let reference = CriteriaRules.Reference(
            id: try row.id("id"), code: try row.text("code"), version: try row.integer("version"))
        return (reference, try rules(reference.id, reader))
    }

    static func newest(of code: String, _ reader: any Reader) throws -> StoredCriteriaRules? {
        try reader.first(
            """
            SELECT \(StoredCriteriaRules.columns) FROM rules_document r WHERE r.code = \(code) AND r.status <> 'draft'
            ORDER BY r.version DESC LIMIT 1
            """
        ).map { try StoredCriteriaRules($0) }
    }

    /// What stands in the way of a draft's publication, and what is only warned about.
    static func publication(
        of kept: StoredCriteriaRules, on today: Day, _ reader: any Reader
    ) throws -> [Criteria.Fault] {
        let reading = try Criteria.YAML.readRules(source(kept.id, reader), kept: true)
        guard let rules = reading.rules else { throw FaultyCriteria(faults: reading.faults) }
        let newest = try newest(of: rules.code, reader)
        return Criteria.publication(
            of: rules, reading: reading, newest: newest.map { ($0.version, $0.effectiveFrom) },
            over: try CriteriaStore.framed(under: kept, on: today, reader))
    }
}

/// Rules taken apart, so that each is parsed once in a process.
private enum CriteriaRulesKept {
    private static let kept = Mutex<[ID: (digest: [UInt8], rules: CriteriaRules)]>([:])

    static func rules(_ id: ID, _ digest: [UInt8], parse: () throws -> CriteriaRules) throws -> CriteriaRules {
        if let known = kept.withLock({ $0[id] }), known.digest == digest { return known.rules }
        let rules = try parse()
        kept.withLock { kept in
            if kept.count >= CriteriaKept.most { kept.removeAll() }
            kept[id] = (digest, rules)
        }
        return rules
    }
}
