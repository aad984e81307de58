import Core
import Database
import Organisation

/// Re-checks on the page "tìm": those of areas whose names have the words, of a year where one is typed, and by the
/// number of a notice that was given.
package enum RechecksSearch {
    static let notice = "recheck_notice"

    package static let kind = SearchKind("rechecks.search.title") { words, sight, limit, reader in
        try notices(words, sight, limit, reader) + ofAreas(words, sight, limit, reader)
    }

    private static let place: SQL = """
        t.id AS area_id, t.kind AS area_kind, t.designation AS area_designation, t.name AS area_name,
        p.id AS commune_id, p.kind AS commune_kind, p.designation AS commune_designation, p.name AS commune_name
        """

    private static func ofAreas(
        _ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader
    ) throws -> [SearchHit] {
        let question = AreaRecordQuestion(words, called: ["ra", "soat"])
        let areas = try question.areas(seenBy: sight, limit: limit, reader)
        guard !areas.isEmpty else { return [] }
        let inYear: SQL = question.year.map { " AND o.year = \($0)" } ?? .empty
        return try reader.rows(
            """
            SELECT r.id, o.year, g.title_name, \(place)
            FROM recheck r JOIN recheck_round o ON o.id = r.round_id JOIN title_grant g ON g.id = r.title_id
            JOIN territory t ON t.id = r.territory_id JOIN territory p ON p.id = t.parent_id
            WHERE r.territory_id IN (\(SQL.list(areas))) AND \(sight.covers("r.territory_id"))\(inYear)
            ORDER BY o.year DESC, t.sort_key, r.id LIMIT \(limit)
            """
        ).map { row in
            let id = try row.id("id")
            let area = try row.place("area_id", "area")
            return SearchHit(
                kind: "recheck", id: id, href: "/rechecks/\(id)", name: area.name, title: area,
                place: try row.place("commune_id", "commune"),
                about: "\(try row.text("title_name")) \(try row.integer("year"))")
        }
    }

    /// A draft has no number and is found by nobody.
    private static func notices(
        _ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader
    ) throws -> [SearchHit] {
        let ids = try SearchIndex.find(words, kind: notice, seenBy: sight, limit: limit, reader)
        guard !ids.isEmpty else { return [] }
        let hits = try reader.rows(
            """
            SELECT n.id, n.recheck_id, n.number, n.day, \(place)
            FROM recheck_notice n JOIN recheck r ON r.id = n.recheck_id
            JOIN territory t ON t.id = r.territory_id JOIN territory p ON p.id = t.parent_id
            WHERE n.id IN (\(SQL.list(ids))) AND n.issued_at IS NOT NULL AND \(sight.covers("r.territory_id"))
            """
        ).map { row in
            SearchHit(
                kind: notice, id: try row.id("id"), href: "/rechecks/\(try row.id("recheck_id"))",
                name: try row.text("number"), place: try row.place("area_id", "area"),
                about: Language.vi.format.day(try row.day("day")))
        }
        return OrganisationStore.inOrder(hits, of: ids)
    }

    /// Enters a notice that was given.
    static func enter(_ id: ID, _ tx: Transaction) throws {
        let row = try tx.one(
            """
            SELECT n.number, n.office, r.territory_id, o.year, t.search_key
            FROM recheck_notice n JOIN recheck r ON r.id = n.recheck_id JOIN recheck_round o ON o.id = r.round_id
            JOIN territory t ON t.id = r.territory_id WHERE n.id = \(id)
            """)
        let name = "thong bao \(try row.text("number"))"
        let content = VietnameseText.searchKey(
            of: name, try row.text("office"), "\(try row.integer("year"))", try row.text("search_key"))
        try SearchIndex.put(
            [SearchIndex.Entry(kind: notice, id: id, name: name, content: content, territory: row.id("territory_id"))],
            tx)
    }
}
