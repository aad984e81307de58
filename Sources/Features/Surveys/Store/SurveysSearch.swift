import Core
import Database
import Organisation

/// Surveys on the page "tìm": those of areas whose names have the words, of a year where one is typed.
package enum SurveysSearch {
    package static let kind = SearchKind("surveys.search.title") { words, sight, limit, reader in
        let question = AreaRecordQuestion(words, called: ["khao", "sat"])
        let areas = try question.areas(seenBy: sight, limit: limit, reader)
        guard !areas.isEmpty else { return [] }
        let inYear: SQL = question.year.map { " AND s.year = \($0)" } ?? .empty
        return try reader.rows(
            """
            SELECT s.id, s.year, s.number, t.id AS area_id, t.kind AS area_kind, t.designation AS area_designation,
                t.name AS area_name, p.id AS commune_id, p.kind AS commune_kind,
                p.designation AS commune_designation, p.name AS commune_name
            FROM survey s JOIN territory t ON t.id = s.territory_id JOIN territory p ON p.id = t.parent_id
            WHERE s.territory_id IN (\(SQL.list(areas))) AND \(sight.covers("s.territory_id"))\(inYear)
            ORDER BY s.year DESC, t.sort_key, s.number DESC, s.id LIMIT \(limit)
            """
        ).map { row in
            let id = try row.id("id")
            let area = try SurveysStore.title(row, "area_id", "area")
            return SearchHit(
                kind: "survey", id: id, href: "/surveys/\(id)", name: area.name, title: area,
                place: try SurveysStore.title(row, "commune_id", "commune"), about: "\(try row.integer("year"))")
        }
    }
}
