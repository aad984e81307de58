import Core
import Database

/// Models of areas on the page "tìm": by their names and those of their places.
extension OrganisationStore {
    static func findModels(
        _ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader
    ) throws -> [SearchHit] {
        let ids = try SearchIndex.find(words, kind: SearchSubject.model, seenBy: sight, limit: limit, reader)
        let rows = try reader.rows(
            "SELECT m.id, m.name, m.territory_id, m.since FROM area_model m WHERE m.id IN (\(SQL.list(ids)))")
        let areas = try titles(of: rows.map { try $0.id("territory_id") }, reader)
        let hits = try rows.map { row in
            let id = try row.id("id")
            return SearchHit(
                kind: SearchSubject.model, id: id, href: "/models/\(id)", name: try row.text("name"),
                place: areas[try row.id("territory_id")], about: try row.optionalInteger("since").map { "\($0)" })
        }
        return inOrder(hits, of: ids)
    }

    /// Brings the index up to date with a model: its name before is nil for a new one, its name now for one that goes.
    static func listModel(
        _ id: ID, from old: String?, to name: String?, of area: ID, _ writer: any Writer
    ) throws {
        if let old, old != name { try SearchIndex.remove(kind: SearchSubject.model, id, name: old, writer) }
        guard let name, name != old else { return }
        let place = try writer.one("SELECT search_key FROM territory WHERE id = \(area)").text("search_key")
        try SearchIndex.put([entry(id, name, area, place)], writer)
    }

    /// The words of an area's place changed: its models are found by the new ones.
    static func relistModels(of area: ID, place: String, _ writer: any Writer) throws {
        for row in try writer.rows("SELECT id, name FROM area_model WHERE territory_id = \(area)") {
            let entry = try entry(row.id("id"), row.text("name"), area, place)
            try SearchIndex.setContent(entry.content, kind: entry.kind, entry.id, name: entry.name, writer)
        }
    }

    private static func entry(_ id: ID, _ name: String, _ area: ID, _ place: String) -> SearchIndex.Entry {
        SearchIndex.Entry(
            kind: SearchSubject.model, id: id, name: name,
            content: VietnameseText.searchKey(of: name) + " " + place, territory: area)
    }
}
