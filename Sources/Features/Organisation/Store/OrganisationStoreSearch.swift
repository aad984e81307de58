import Core
import Database

/// The kinds of subjects whose words this feature keeps.
enum SearchSubject {
    static let territory = "territory"
    static let area = "area"
    static let organisation = "organisation"
    static let model = "model"
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
    /// What more there is to say of it, before its place: the title and year of a dossier.
    package let about: String?

    package init(
        kind: String, id: ID, href: String, name: String, title: TerritoryTitle? = nil, place: TerritoryTitle? = nil,
        about: String? = nil
    ) {
        self.about = about
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
    /// Whom this kind is for; nobody else is told that it is looked for.
    package let isFor: @Sendable (Actor) -> Bool
    /// At most `limit` hits that the person may see, the best first.
    package let find:
        @Sendable (_ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader) throws -> [SearchHit]

    package init(
        _ label: String, isFor: @escaping @Sendable (Actor) -> Bool = { _ in true },
        find:
            @escaping @Sendable (_ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader) throws
            -> [SearchHit]
    ) {
        self.label = label
        self.isFor = isFor
        self.find = find
    }
}

extension OrganisationStore {
    /// The typed words that lead to rows, the rarest first; one nil when none was typed, nothing when none is known.
    static func drivers(of words: [String], kind: String, _ reader: any Reader) throws -> [String?] {
        guard !words.isEmpty else { return [nil] }
        return try SearchIndex.leads(of: words, kind: kind, most: 5_000, reader).map(\.word)
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
    { try units(SearchSubject.territory, words, sight, limit, reader) }

    /// Areas by folded words of their names and those of the units above, as far as this person sees.
    package static func findAreas(
        _ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader
    ) throws -> [SearchHit] { try units(SearchSubject.area, words, sight, limit, reader) }

    static func findOrganisations(
        _ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader
    ) throws -> [SearchHit] {
        let ids = try SearchIndex.find(
            words, kind: SearchSubject.organisation, seenBy: sight, limit: limit, reader)
        let rows = try reader.rows(
            """
            SELECT o.id, o.name, p.id AS place_id, p.kind AS place_kind, p.designation AS place_designation,
                p.name AS place_name
            FROM organisation o JOIN territory p ON p.id = o.territory_id WHERE o.id IN (\(SQL.list(ids)))
            """
        ).map { row in
            let id = try row.id("id")
            return SearchHit(
                kind: SearchSubject.organisation, id: id, href: "/organisations/\(id)", name: try row.text("name"),
                place: try place(row))
        }
        return inOrder(rows, of: ids)
    }

    private static func units(
        _ kind: String, _ words: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader
    ) throws -> [SearchHit] {
        let ids = try SearchIndex.find(words, kind: kind, seenBy: sight, limit: limit, reader)
        let base = kind == SearchSubject.area ? "/areas/" : "/territories/"
        let hits = try reader.rows(
            """
            SELECT t.id, t.kind, t.designation, t.name, p.id AS place_id, p.kind AS place_kind,
                p.designation AS place_designation, p.name AS place_name
            FROM territory t LEFT JOIN territory p ON p.id = t.parent_id WHERE t.id IN (\(SQL.list(ids)))
            """
        ).map { row in
            let title = try title(row)
            return SearchHit(
                kind: kind, id: title.id, href: "\(base)\(title.id)", name: title.name, title: title,
                place: try place(row))
        }
        return inOrder(hits, of: ids)
    }

    /// Hits in the order in which they were found.
    package static func inOrder(_ hits: [SearchHit], of ids: [ID]) -> [SearchHit] {
        let byID = Dictionary(hits.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return ids.compactMap { byID[$0] }
    }

    private static func place(_ row: Row) throws -> TerritoryTitle? {
        guard let id = try row.optionalID("place_id") else { return nil }
        return TerritoryTitle(
            id: id, kind: try known(TerritoryKind.self, row, "place_kind"),
            designation: try known(Designation.self, row, "place_designation"), name: try row.text("place_name"))
    }
}
