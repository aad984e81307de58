import Core
import Database

extension CriteriaStore {
    /// What a list of sets is asked for. Filters that are nil or empty do not count.
    package struct Filter: Sendable {
        package var statuses: [CriteriaSet.Status]
        package var subject: CriteriaSet.Subject?
        /// Words of the code, the names and the issuer, in any spelling of the marks.
        package var words: String

        package init(
            statuses: [CriteriaSet.Status] = [], subject: CriteriaSet.Subject? = nil, words: String = ""
        ) {
            self.statuses = statuses
            self.subject = subject
            self.words = words
        }
    }

    /// Where a page of the list ends: the last line's code and version.
    package struct Mark: Sendable, Equatable {
        package let code: String
        package let version: Int

        package init(code: String, version: Int) {
            self.code = code
            self.version = version
        }
    }

    /// The sets that a person sees, by code, the newest version of each first; one more than `limit` when there are
    /// more.
    package static func summaries(
        _ filter: Filter, seenBy sight: Sight, after mark: Mark? = nil, limit: Int = 50, _ reader: any Reader
    ) throws -> [StoredCriteriaSet] {
        var condition: SQL = "(s.status <> 'draft' OR \(sight.covers("s.territory_id")))"
        if !filter.statuses.isEmpty { condition += " AND s.status IN (\(SQL.list(filter.statuses.map(\.rawValue))))" }
        if let subject = filter.subject { condition += " AND s.subject = \(subject.rawValue)" }
        for word in VietnameseText.searchWords(filter.words, limit: 6) {
            condition += " AND ' ' || s.search_key LIKE \("% " + word + "%")"
        }
        if let mark {
            condition += " AND (s.code > \(mark.code) OR (s.code = \(mark.code) AND s.version < \(mark.version)))"
        }
        return try reader.rows(
            """
            SELECT \(StoredCriteriaSet.columns) FROM criteria_set s WHERE \(condition)
            ORDER BY s.code, s.version DESC LIMIT \(limit + 1)
            """
        ).map { try StoredCriteriaSet($0) }
    }

    /// The other versions of a set that a person sees, the newest first.
    package static func versions(
        of set: StoredCriteriaSet, seenBy sight: Sight, _ reader: any Reader
    ) throws -> [StoredCriteriaSet] {
        try reader.rows(
            """
            SELECT \(StoredCriteriaSet.columns) FROM criteria_set s
            WHERE s.code = \(set.code) AND s.id <> \(set.id)
            AND (s.status <> 'draft' OR \(sight.covers("s.territory_id")))
            ORDER BY s.version DESC LIMIT 50
            """
        ).map { try StoredCriteriaSet($0) }
    }
}
