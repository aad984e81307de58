import Core
import Database
import Organisation

/// Decisions and submissions on the page "tìm": by number, by what they are, by the body that signed them. A paper is
/// found where it was made and, a decision, in every area that it speaks of.
extension RecognitionSearch {
    static let decision = "decision"
    static let submission = "submission"

    package static let documents = SearchKind("recognition.search.documents") { words, sight, limit, reader in
        try decisions(words, sight, limit, reader) + submissions(words, sight, limit, reader)
    }

    private static func decisions(
        _ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader
    ) throws -> [SearchHit] {
        let ids = try SearchIndex.find(words, kind: decision, seenBy: sight, limit: limit, reader)
        let hits = try reader.rows(
            """
            SELECT x.id, x.number, x.day, o.name AS body FROM decision x
            JOIN organisation o ON o.id = x.organisation_id WHERE x.id IN (\(SQL.list(ids)))
            """
        ).map { row in
            let id = try row.id("id")
            return SearchHit(
                kind: decision, id: id, href: "/decisions/\(id)", name: try row.text("number"),
                about: about(try row.text("body"), try row.day("day")))
        }
        return OrganisationStore.inOrder(hits, of: ids)
    }

    private static func submissions(
        _ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader
    ) throws -> [SearchHit] {
        let ids = try SearchIndex.find(words, kind: submission, seenBy: sight, limit: limit, reader)
        let hits = try reader.rows(
            """
            SELECT x.id, x.number, x.day, o.name AS body FROM submission x
            JOIN organisation o ON o.id = x.organisation_id
            WHERE x.id IN (\(SQL.list(ids))) AND x.number IS NOT NULL
            """
        ).map { row in
            let id = try row.id("id")
            return SearchHit(
                kind: submission, id: id, href: "/submissions/\(id)", name: try row.text("number"),
                about: about(try row.text("body"), try row.day("day")))
        }
        return OrganisationStore.inOrder(hits, of: ids)
    }

    /// What a paper is found by: what it is called, without its marks, and its number.
    private static func name(_ kind: String, _ number: String) -> String {
        (kind == decision ? "quyet dinh " : "to trinh ") + number
    }

    private static func about(_ body: String, _ day: Day) -> String {
        body + ", " + Language.vi.format.day(day)
    }

    /// Enters a decision that has its number.
    static func enter(decision id: ID, _ tx: Transaction) throws {
        let row = try tx.one(
            """
            SELECT x.territory_id, x.number, x.year, o.name AS body FROM decision x
            JOIN organisation o ON o.id = x.organisation_id WHERE x.id = \(id)
            """)
        let areas = try tx.rows(
            """
            SELECT d.territory_id AS area FROM decision_item i JOIN dossier d ON d.id = i.dossier_id
            WHERE i.decision_id = \(id) UNION SELECT g.territory_id AS area FROM title_grant g WHERE g.decision_id = \(id)
            UNION SELECT g.territory_id AS area FROM decision_withdrawal w JOIN title_grant g ON g.id = w.title_id
            WHERE w.decision_id = \(id)
            """
        ).map { try $0.id("area") }
        try enter(decision, id, row, places: areas, tx)
    }

    /// Takes a decision out that is not to be found any more.
    static func leave(decision id: ID, _ tx: Transaction) throws {
        let row = try tx.one("SELECT number FROM decision WHERE id = \(id)")
        try SearchIndex.remove(kind: decision, id, name: name(decision, row.text("number")), tx)
    }

    /// Enters a submission that has its number.
    static func enter(submission id: ID, _ tx: Transaction) throws {
        let row = try tx.one(
            """
            SELECT x.territory_id, x.number, x.year, o.name AS body FROM submission x
            JOIN organisation o ON o.id = x.organisation_id WHERE x.id = \(id)
            """)
        try enter(submission, id, row, places: [], tx)
    }

    private static func enter(_ kind: String, _ id: ID, _ row: Row, places: [ID], _ tx: Transaction) throws {
        let number = name(kind, try row.text("number"))
        let content = VietnameseText.folded("\(number) \(try row.text("body")) \(try row.integer("year"))")
        let own = try row.id("territory_id")
        try SearchIndex.put(
            ([own] + places.filter { $0 != own }).map {
                SearchIndex.Entry(kind: kind, id: id, name: number, content: content, territory: $0)
            }, tx)
    }
}
