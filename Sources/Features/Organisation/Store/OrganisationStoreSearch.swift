import Core
import Database

/// The kinds of subjects whose words this feature keeps.
enum SearchSubject {
    static let territory = "territory"
    static let area = "area"
    static let organisation = "organisation"
}

/// Something found.
package struct SearchHit: Codable, Sendable, Equatable {
    /// What it is, by words' key `organisation.search.kind.<kind>` or another feature's own.
    package let kind: String
    package let id: ID
    /// Its page.
    package let href: String
    /// What is shown when `title` is nil: a name that needs no words.
    package let name: String
    package let title: TerritoryTitle?
    /// Where it is: the commune, the territory.
    package let place: TerritoryTitle?

    package init(
        kind: String, id: ID, href: String, name: String, title: TerritoryTitle? = nil, place: TerritoryTitle? = nil
    ) {
        self.kind = kind
        self.id = id
        self.href = href
        self.name = name
        self.title = title
        self.place = place
    }
}

/// A kind of record that the page "tìm" looks for. Features hand theirs to `OrganisationFeature.feature`.
package struct SearchKind: Sendable {
    /// Words' key of the heading above its hits.
    package let label: String
    /// At most `limit` hits that the person may see, the best first.
    package let find:
        @Sendable (_ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader) throws -> [SearchHit]

    package init(
        _ label: String,
        find:
            @escaping @Sendable (_ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader) throws
            -> [SearchHit]
    ) {
        self.label = label
        self.find = find
    }
}

extension OrganisationStore {
    /// Words that stand before names of units and so tell nothing apart; they filter but never lead.
    private static let common: Set<String> = Set(
        Designation.allCases.flatMap(\.folded).flatMap { $0.split(separator: " ").map(String.init) })

    /// The typed words that lead to rows, the rarest first; one nil when none was typed, nothing when none is known.
    ///
    /// A search begins at one word's range of the index and holds the rest against `search_key`. A word may stand
    /// only in a place's name ("don duong" in "thong xanh don duong") and lead nowhere: then the next one leads.
    static func drivers(of words: [String], kind: String, _ reader: any Reader) throws -> [String?] {
        guard !words.isEmpty else { return [nil] }
        let telling = words.filter { !common.contains($0) }
        var counted: [(word: String, count: Int)] = []
        for word in telling.isEmpty ? words : telling {
            let count = try reader.one(
                """
                SELECT count(*) AS n FROM (SELECT 1 AS one FROM search_word w
                WHERE \(begins("w.word", with: word)) AND w.subject_kind = \(kind) LIMIT 5000) few
                """
            ).integer("n")
            if count > 0 { counted.append((word, count)) }
        }
        return counted.sorted { $0.count < $1.count }.map(\.word)
    }

    /// A range of the index: all words that begin so. The upper bound is above every letter in both engines' bytes.
    static func begins(_ column: SQL, with word: String) -> SQL {
        "\(column) >= \(word) AND \(column) < \(word + "\u{10FFFF}")"
    }

    /// Whether a folded text has a word that begins so. Folded words hold letters and digits only, so nothing in them
    /// is a sign of LIKE.
    static func contains(_ column: SQL, _ word: String) -> SQL {
        "(' ' || \(column)) LIKE \("% \(word)%")"
    }

    /// Units above the area, by words of their names in any order.
    static func findTerritories(_ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader) throws
        -> [SearchHit]
    {
        try find(SearchSubject.territory, words, sight, limit, reader).map { row in
            let title = try title(row)
            return SearchHit(
                kind: SearchSubject.territory, id: title.id, href: "/territories/\(title.id)", name: title.name,
                title: title, place: try place(row))
        }
    }

    static func findAreas(_ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader) throws -> [SearchHit] {
        try find(SearchSubject.area, words, sight, limit, reader).map { row in
            let title = try title(row)
            return SearchHit(
                kind: SearchSubject.area, id: title.id, href: "/areas/\(title.id)", name: title.name, title: title,
                place: try place(row))
        }
    }

    static func findOrganisations(
        _ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader
    ) throws -> [SearchHit] {
        for driver in try drivers(of: words, kind: SearchSubject.organisation, reader) {
            guard let driver else { return [] }
            var sql: SQL = """
                SELECT DISTINCT o.id, o.name, o.sort_key, p.id AS place_id, p.kind AS place_kind,
                       p.designation AS place_designation, p.name AS place_name
                FROM search_word w JOIN organisation o ON o.id = w.subject_id
                JOIN territory p ON p.id = o.territory_id
                WHERE w.subject_kind = \(SearchSubject.organisation) AND \(begins("w.word", with: driver))
                AND o.valid_until IS NULL AND \(sight.covers("o.territory_id"))
                """
            for word in words where word != driver { sql += " AND \(contains("o.search_key", word))" }
            let rows = try reader.rows(sql + " ORDER BY o.sort_key, o.id LIMIT \(limit)")
            guard rows.isEmpty else {
                return try rows.map { row in
                    let id = try row.id("id")
                    return SearchHit(
                        kind: SearchSubject.organisation, id: id, href: "/organisations/\(id)",
                        name: try row.text("name"), place: try place(row))
                }
            }
        }
        return []
    }

    private static func find(
        _ kind: String, _ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader
    ) throws -> [Row] {
        for driver in try drivers(of: words, kind: kind, reader) {
            guard let driver else { return [] }
            var sql: SQL = """
                SELECT DISTINCT t.id, t.kind, t.designation, t.name, t.sort_key, p.id AS place_id, p.kind AS place_kind,
                       p.designation AS place_designation, p.name AS place_name
                FROM search_word w JOIN territory t ON t.id = w.subject_id
                LEFT JOIN territory p ON p.id = t.parent_id
                WHERE w.subject_kind = \(kind) AND \(begins("w.word", with: driver))
                AND t.valid_until IS NULL AND \(sight.covers("w.territory_id"))
                """
            for word in words where word != driver { sql += " AND \(contains("t.search_key", word))" }
            let rows = try reader.rows(sql + " ORDER BY t.sort_key, t.id LIMIT \(limit)")
            guard rows.isEmpty else { return rows }
        }
        return []
    }

    private static func place(_ row: Row) throws -> TerritoryTitle? {
        guard let id = try row.optionalID("place_id") else { return nil }
        return TerritoryTitle(
            id: id, kind: try known(TerritoryKind.self, row, "place_kind"),
            designation: try known(Designation.self, row, "place_designation"), name: try row.text("place_name"))
    }
}
