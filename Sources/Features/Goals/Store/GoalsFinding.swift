import Core
import Criteria
import Database
import Organisation

/// Targets, goals and the register of units' titles on the page "tìm": by what they are, by the unit, by the number
/// of every document that set them. The register is public; targets and goals are found by those who see the unit.
package enum GoalsFinding {
    static let target = "target"
    static let goal = "goal"
    static let unitTitle = "unit_title"

    package static let goals = SearchKind("goals.search.title") { words, sight, limit, reader in
        try targets(words, sight, limit, reader) + goals(words, sight, limit, reader)
    }

    package static let register = SearchKind("goals.search.register") { words, sight, limit, reader in
        let ids = try SearchIndex.find(
            words, kind: unitTitle, seenBy: SearchIndex.everywhere(sight, reader), limit: limit, reader)
        let hits = try reader.rows(
            """
            SELECT x.id, x.territory_id, x.title_name, x.decision_number, x.decision_day, t.kind AS unit_kind,
                t.designation AS unit_designation, t.name AS unit_name
            FROM unit_title x JOIN territory t ON t.id = x.territory_id WHERE x.id IN (\(SQL.list(ids)))
            """
        ).map { row in
            try hit(
                unitTitle, row, "/unit-titles", named: row.text("title_name"),
                about: about(row.text("decision_number"), row.day("decision_day")))
        }
        return OrganisationStore.inOrder(hits, of: ids)
    }

    private static func targets(
        _ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader
    ) throws -> [SearchHit] {
        let ids = try SearchIndex.find(words, kind: target, seenBy: sight, limit: limit, reader)
        guard !ids.isEmpty else { return [] }
        let rows = try reader.rows(
            """
            SELECT x.id, x.territory_id, x.title, x.year_from, x.year_until, v.document_number, v.document_day,
                t.kind AS unit_kind, t.designation AS unit_designation, t.name AS unit_name
            FROM target x JOIN target_version v ON v.target_id = x.id AND v.number = x.revision
            JOIN territory t ON t.id = x.territory_id
            WHERE x.id IN (\(SQL.list(ids))) AND \(sight.covers("x.territory_id"))
            """)
        let names = try names(reader)
        let hits = try rows.map { row in
            try hit(
                target, row, "/targets", named: named(row, names),
                about: about(row.text("document_number"), row.day("document_day")))
        }
        return OrganisationStore.inOrder(hits, of: ids)
    }

    private static func goals(
        _ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader
    ) throws -> [SearchHit] {
        let ids = try SearchIndex.find(words, kind: goal, seenBy: sight, limit: limit, reader)
        guard !ids.isEmpty else { return [] }
        let hits = try reader.rows(
            """
            SELECT x.id, x.territory_id, x.title_name, v.document_number, v.document_day, t.kind AS unit_kind,
                t.designation AS unit_designation, t.name AS unit_name
            FROM goal x JOIN goal_version v ON v.goal_id = x.id AND v.number = x.revision
            JOIN territory t ON t.id = x.territory_id
            WHERE x.id IN (\(SQL.list(ids))) AND \(sight.covers("x.territory_id"))
            """
        ).map { row in
            try hit(
                goal, row, "/goals", named: row.text("title_name"),
                about: about(row.text("document_number"), row.day("document_day")))
        }
        return OrganisationStore.inOrder(hits, of: ids)
    }

    private static func hit(
        _ kind: String, _ row: Row, _ base: String, named name: String, about: String
    ) throws -> SearchHit {
        let id = try row.id("id")
        return SearchHit(
            kind: kind, id: id, href: "\(base)/\(id)", name: name,
            place: try GoalsStore.title(row, "territory_id", "unit"), about: about)
    }

    private static func about(_ number: String, _ day: Day) -> String { number + ", " + Language.vi.format.day(day) }

    /// What the titles of areas are called, by code, in the sets that are published, the newest first. They are few.
    private static func names(_ reader: any Reader) throws -> [String: String] {
        var names: [String: String] = [:]
        for stored in try CriteriaStore.published(reader) where stored.subject == .residentialArea {
            for title in try CriteriaStore.set(stored.id, reader).titles where names[title.code] == nil {
                names[title.code] = title.name.vi
            }
        }
        return names
    }

    private static func named(_ row: Row, _ names: [String: String]) throws -> String {
        let code = try row.text("title")
        let span = Goals.Span(from: try row.integer("year_from"), until: try row.integer("year_until"))
        return "\(names[code] ?? code) \(span?.code ?? "")"
    }

    // Entering: what stands there already stays, so that the documents of former times lead to it too.

    static func enter(target id: ID, _ document: Goals.Document, _ tx: Transaction) throws {
        let row = try tx.one(
            """
            SELECT x.territory_id, x.title, x.year_from, x.year_until, t.name AS unit FROM target x
            JOIN territory t ON t.id = x.territory_id WHERE x.id = \(id)
            """)
        try enter(target, id, row, "chi tieu " + named(row, names(tx)), document, tx)
    }

    static func enter(goal id: ID, _ document: Goals.Document, _ tx: Transaction) throws {
        let row = try tx.one(
            """
            SELECT x.territory_id, x.title_name, t.name AS unit FROM goal x JOIN territory t ON t.id = x.territory_id
            WHERE x.id = \(id)
            """)
        try enter(goal, id, row, "muc tieu " + row.text("title_name"), document, tx)
    }

    static func enter(unitTitle id: ID, _ document: Goals.Document, _ tx: Transaction) throws {
        let row = try tx.one(
            """
            SELECT x.territory_id, x.title_name, t.name AS unit FROM unit_title x
            JOIN territory t ON t.id = x.territory_id WHERE x.id = \(id)
            """)
        try enter(unitTitle, id, row, "danh hieu " + row.text("title_name"), document, tx)
    }

    private static func enter(
        _ kind: String, _ id: ID, _ row: Row, _ what: String, _ document: Goals.Document, _ tx: Transaction
    ) throws {
        let name = "\(what) \(try row.text("unit"))"
        let content = VietnameseText.searchKey(of: name, document.number, document.body)
        let territory = try row.id("territory_id")
        try SearchIndex.put(
            [name, document.number].map {
                SearchIndex.Entry(kind: kind, id: id, name: $0, content: content, territory: territory)
            }, tx)
    }
}
