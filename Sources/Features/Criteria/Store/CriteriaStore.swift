import Core
import Database
import Organisation

/// Reads criteria sets. Published and superseded sets are rules that people are judged by, so everybody may read them
/// and those functions take no Sight; a draft is seen by those whose territory covers its owner's.
package enum CriteriaStore {
    /// What is in a set, with the status it has now. For a dossier that froze it, for pages that looked it up before.
    /// - Throws: `NotFound`; `FaultyCriteria` when the text in the database is no set at all.
    package static func set(_ id: ID, _ reader: any Reader) throws -> CriteriaSet {
        let row = try reader.one("SELECT s.status, s.digest FROM criteria_set s WHERE s.id = \(id)")
        var set = try CriteriaKept.set(id, row.bytes("digest")) { try parsed(source(id, reader)) }
        if let status = CriteriaSet.Status(rawValue: try row.text("status")) { set.status = status }
        return set
    }

    /// The text as it was imported. The set must have been looked up before.
    package static func source(_ id: ID, _ reader: any Reader) throws -> String {
        try reader.one("SELECT s.source FROM criteria_set s WHERE s.id = \(id)").text("source")
    }

    /// The record: of a published set for everybody, of a draft for those who see its territory.
    package static func stored(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> StoredCriteriaSet {
        let row = try reader.one(
            """
            SELECT \(StoredCriteriaSet.columns) FROM criteria_set s
            WHERE s.id = \(id) AND (s.status <> 'draft' OR \(sight.covers("s.territory_id")))
            """)
        return try StoredCriteriaSet(row, place: OrganisationStore.path(of: row.id("territory_id"), reader))
    }

    /// The record of a set that is no draft, for public pages.
    package static func stored(_ id: ID, _ reader: any Reader) throws -> StoredCriteriaSet {
        let row = try reader.one(
            """
            SELECT \(StoredCriteriaSet.columns) FROM criteria_set s WHERE s.id = \(id) AND s.status <> 'draft'
            """)
        return try StoredCriteriaSet(row, place: OrganisationStore.path(of: row.id("territory_id"), reader))
    }

    /// One version of a set, whatever its status; nil when there is none. For the import, which must not make a second.
    static func version(_ version: Int, of code: String, _ reader: any Reader) throws -> StoredCriteriaSet? {
        try reader.first(
            """
            SELECT \(StoredCriteriaSet.columns) FROM criteria_set s WHERE s.code = \(code) AND s.version = \(version)
            """
        ).map { try StoredCriteriaSet($0, place: OrganisationStore.path(of: $0.id("territory_id"), reader)) }
    }

    /// The published sets, by code, the newest version of each first.
    package static func published(_ reader: any Reader) throws -> [StoredCriteriaSet] {
        try reader.rows(
            """
            SELECT \(StoredCriteriaSet.columns) FROM criteria_set s WHERE s.status = 'published'
            ORDER BY s.code, s.version DESC
            """
        ).map { try StoredCriteriaSet($0) }
    }

    /// How many published sets an area can register under: neither a frame (`CriteriaSet.isFrame`) nor one of which
    /// only the names are known. The same that `current` passes over.
    package static func usable(_ reader: any Reader) throws -> Int {
        try reader.rows(
            """
            SELECT s.id FROM criteria_set s WHERE s.status = 'published' AND s.label <> 'namesOnly'
                AND s.subject = \(CriteriaSet.Subject.residentialArea.rawValue) ORDER BY s.id
            """
        ).map { try set($0.id("id"), reader) }.count { !$0.isFrame }
    }

    /// The set that applies on a day: of those begun by then the one begun last, of equal ones the higher version. A
    /// superseded set still applies until the day on which the one that took its place begins; one past its last day
    /// does not apply any more. A set of which only the names are known is no ground for a decision and is passed over;
    /// so is a frame, which says what a set derived from it may loosen: nobody registers or is assessed under it,
    /// though it be the only one or the newest. A set that others derive from and that says nothing of loosening is
    /// meant for both.
    ///
    /// What the rules of recognition in force that day say of the way goes before what the set says of it.
    ///
    /// - Parameters:
    ///   - code: only this set's versions, a frame's as well; nil for any set of the subject.
    ///   - territory: for whom: sets of this territory or one above it, the nearest owner first; nil for any owner.
    package static func current(
        code: String? = nil, _ subject: CriteriaSet.Subject, on day: Day, for territory: ID? = nil,
        _ reader: any Reader
    ) throws -> (id: ID, set: CriteriaSet)? {
        var condition: SQL = """
            s.subject = \(subject.rawValue) AND s.effective_from <= \(day)
            AND (s.effective_to IS NULL OR s.effective_to >= \(day))
            """
        if let code { condition += " AND s.code = \(code)" }
        let path = try territory.map { try OrganisationStore.path(of: $0, reader) }
        if let path { condition += " AND s.territory_id IN (\(SQL.list(path)))" }
        let rows = try reader.rows(
            """
            SELECT s.id, s.territory_id FROM criteria_set s
            WHERE \(condition) AND s.status IN ('published', 'superseded') AND s.label <> 'namesOnly'
            ORDER BY s.effective_from DESC, s.version DESC, s.id DESC
            """)
        let nearest = try rows.enumerated().map { index, row in
            (id: try row.id("id"), distance: try path?.firstIndex(of: row.id("territory_id")) ?? 0, index: index)
        }.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
        for one in nearest {
            let set = try set(one.id, reader)
            if code == nil, set.isFrame { continue }
            guard let rules = try CriteriaRulesStore.current(subject, on: day, for: territory, reader) else {
                return (one.id, set)
            }
            return (one.id, set.governed(by: rules.rules, rules.reference))
        }
        return nil
    }

    /// The set that `frame:` names; nil when that version is not kept here or is still being drafted.
    static func frameRecord(_ frame: CriteriaSet.Frame, _ reader: any Reader) throws -> StoredCriteriaSet? {
        let kept = try version(frame.version, of: frame.code, reader)
        return kept?.status == .draft ? nil : kept
    }

    /// The highest version of a code that was ever published; nil when none was.
    static func newest(of code: String, _ reader: any Reader) throws -> StoredCriteriaSet? {
        try reader.first(
            """
            SELECT \(StoredCriteriaSet.columns) FROM criteria_set s WHERE s.code = \(code) AND s.status <> 'draft'
            ORDER BY s.version DESC LIMIT 1
            """
        ).map { try StoredCriteriaSet($0) }
    }

    private static func parsed(_ source: String) throws -> CriteriaSet {
        let reading = Criteria.YAML.read(source, kept: true)
        guard let set = reading.set else { throw FaultyCriteria(faults: reading.faults) }
        return set
    }
}
