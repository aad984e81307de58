import Core
import Criteria
import Database
import Organisation

/// Dossiers on the page "tìm": those of areas whose names have the words, of a year where one is typed, the
/// newest first.
package enum RecognitionSearch {
    package static let kind = SearchKind("recognition.search.title") { words, sight, limit, reader in
        let question = AreaRecordQuestion(words, called: ["ho", "so"])
        let areas = try question.areas(seenBy: sight, limit: limit, reader)
        guard !areas.isEmpty else { return [] }
        let inYear: SQL = question.year.map { " AND d.year = \($0)" } ?? .empty
        let rows = try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns) FROM dossier d \(Recognition.Dossier.joins)
            WHERE d.territory_id IN (\(SQL.list(areas))) AND \(sight.covers("d.territory_id"))\(inYear)
            ORDER BY d.year DESC, t.sort_key, d.id LIMIT \(limit)
            """)
        return try rows.map { row in
            let dossier = try Recognition.Dossier(row, place: [])
            let title = try RecognitionStore.criteria(of: dossier, reader).title(dossier.title)?.name.vi
            return SearchHit(
                kind: "dossier", id: dossier.id, href: "/dossiers/\(dossier.id)", name: dossier.area.name,
                title: dossier.area, place: dossier.commune, about: "\(title ?? dossier.title) \(dossier.year)")
        }
    }
}
