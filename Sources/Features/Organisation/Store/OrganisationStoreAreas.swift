import Core
import Database

/// One line of a list of areas.
package struct AreaLine: Codable, Sendable, Equatable {
    package let title: TerritoryTitle
    /// The commune, ward or town it lies in.
    package let commune: TerritoryTitle?
    package let households: Int?
    package let people: Int?
    package let areaClass: String?
    package let asOf: Int?
    package let isInvented: Bool
}

/// Fifty areas and where the next fifty begin and those before end.
package struct AreaPage: Sendable, Equatable {
    package let lines: [AreaLine]
    /// For the next page, as `after`; nil at the end.
    package let next: String?
    /// For the page before, as `before`; nil at the beginning.
    package let previous: String?
}

/// What a list of areas is narrowed to.
package struct AreaFilter: Sendable, Equatable {
    /// Words of the name, in any order, with or without marks; empty for all.
    package var words: String
    package var kind: AreaKind?
    package var areaClass: String?

    package init(words: String = "", kind: AreaKind? = nil, areaClass: String? = nil) {
        self.words = words
        self.kind = kind
        self.areaClass = areaClass
    }
}

extension OrganisationStore {
    package static let pageLength = 50

    private static let profile: SQL = """
        a.area_kind, a.households, a.people, a.area_class, a.region, a.as_of, \
        a.is_invented
        """

    /// A residential area the person may see.
    package static func area(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> Area {
        let row = try reader.one(
            """
            SELECT \(territoryColumns), \(profile) FROM area a JOIN territory t ON t.id = a.territory_id
            WHERE a.territory_id = \(id) AND \(sight.covers("a.territory_id"))
            """)
        return try area(row, place: path(of: id, reader))
    }

    /// An area for the portal: name, commune and numbers are public, so there is no Sight.
    package static func publicArea(_ id: ID, _ reader: any Reader) throws -> Area {
        let row = try reader.one(
            """
            SELECT \(territoryColumns), \(profile) FROM area a JOIN territory t ON t.id = a.territory_id
            WHERE a.territory_id = \(id)
            """)
        return try area(row, place: path(of: id, reader))
    }

    /// Areas in Vietnamese order, fifty at a time, of all that the person may see or of one unit.
    ///
    /// Each root is walked along the closure's primary key, so a page costs the same for a commune as for the country.
    /// - Parameters:
    ///   - cursor: the `next` of the page before; anything else begins at the first.
    ///   - before: the `previous` of the page behind, to go back.
    /// - Throws: `NotFound` when nothing of the unit may be seen.
    package static func areas(
        under unit: ID?, seenBy sight: Sight, filter: AreaFilter = AreaFilter(), cursor: String? = nil,
        before: String? = nil, _ reader: any Reader
    ) throws -> AreaPage {
        try areas(of: scopes(under: unit, sight, reader), filter, cursor, before, reader)
    }

    /// The same for the portal, without Sight: the list of residential areas is public.
    package static func publicAreas(
        under unit: ID, filter: AreaFilter = AreaFilter(), cursor: String? = nil, _ reader: any Reader
    ) throws -> AreaPage {
        try areas(of: [unit], filter, cursor, nil, reader)
    }

    /// How many areas a count goes to: beyond it a list says "more than", because counting a country's hundred
    /// thousand on every page would cost more than the page.
    package static let countLimit = 2_000

    /// How many areas the person may see in a unit, or in all; at most one more than `countLimit`.
    package static func countAreas(under unit: ID?, seenBy sight: Sight, _ reader: any Reader) throws -> Int {
        var total = 0
        for scope in try scopes(under: unit, sight, reader) where total <= countLimit {
            total += try reader.one(
                """
                SELECT count(*) AS n FROM (SELECT 1 FROM territory_closure
                WHERE ancestor_id = \(scope) AND descendant_kind = 'area' LIMIT \(countLimit + 1 - total)) counted
                """
            ).integer("n")
        }
        return total
    }

    /// The communes among which a list of areas can be narrowed: those that the person may see, while there are not
    /// more than a menu holds.
    package static func communes(seenBy sight: Sight, limit: Int = 200, _ reader: any Reader) throws -> [TerritoryTitle]
    {
        var found: [(id: ID, key: String)] = []
        for root in try scopes(under: nil, sight, reader) {
            for kind in TerritoryKind.communes {
                let there: SQL = "c.ancestor_id = \(root) AND c.descendant_kind = \(kind.rawValue)"
                // Whether there are too many is asked of the index alone.
                let count = try reader.one(
                    """
                    SELECT count(*) AS n FROM (SELECT 1 FROM territory_closure c
                    WHERE \(there) LIMIT \(limit + 1 - found.count)) counted
                    """
                ).integer("n")
                guard found.count + count <= limit else { return [] }
                guard count > 0 else { continue }
                found += try reader.rows(
                    """
                    SELECT c.descendant_id AS id, c.sort_key FROM territory_closure c
                    WHERE \(there) ORDER BY c.sort_key, c.descendant_id
                    """
                ).map { (try $0.id("id"), try $0.text("sort_key")) }
            }
        }
        let titles = try titles(of: found.map(\.id), reader)
        return found.sorted { precedes(($0.key, $0.id), ($1.key, $1.id)) }.compactMap { titles[$0.id] }
    }

    /// The classes that occur among areas, for the filter.
    package static func areaClasses(_ reader: any Reader) throws -> [String] {
        // From one class to the next along the index: there are a few classes and a hundred thousand areas.
        try reader.rows(
            """
            WITH RECURSIVE step (area_class) AS (
                SELECT min(f.area_class) FROM area f WHERE f.area_class > ''
                UNION ALL
                SELECT (SELECT min(n.area_class) FROM area n WHERE n.area_class > step.area_class)
                FROM step WHERE step.area_class IS NOT NULL)
            SELECT area_class FROM step WHERE area_class IS NOT NULL LIMIT 20
            """
        ).map { try $0.text("area_class") }
    }

    static func area(_ row: Row, place: [ID]) throws -> Area {
        Area(
            territory: try territory(row, place: place), areaKind: try known(AreaKind.self, row, "area_kind"),
            households: try row.optionalInteger("households"), people: try row.optionalInteger("people"),
            areaClass: try row.optionalText("area_class"), region: try row.optionalText("region"),
            asOf: try row.optionalInteger("as_of"), isInvented: try row.flag("is_invented"))
    }

    /// What of a unit the person may see: the unit itself, or those of their own that lie in it.
    static func scopes(under unit: ID?, _ sight: Sight, _ reader: any Reader) throws -> [ID] {
        // Of one root there is nothing to ask: every role has its place.
        let roots = sight.roots.count == 1 ? sight.roots : try roots(of: sight, reader).map(\.id)
        guard let unit else { return roots }
        if try covers(sight, unit, reader) { return [unit] }
        let inside = try reader.rows(
            """
            SELECT descendant_id FROM territory_closure
            WHERE ancestor_id = \(unit) AND descendant_id IN (\(SQL.list(roots)))
            """
        ).map { try $0.id("descendant_id") }
        guard !inside.isEmpty else { throw NotFound() }
        return inside
    }

    private static func areas(
        of scopes: [ID], _ filter: AreaFilter, _ cursor: String?, _ before: String?, _ reader: any Reader
    ) throws -> AreaPage {
        let words = VietnameseText.searchWords(filter.words)
        let after = cursor.flatMap(AreaCursor.init)
        let end = after == nil ? before.flatMap(AreaCursor.init) : nil
        var found: [(cursor: AreaCursor, line: AreaLine)] = []
        for scope in scopes {
            for driver in try drivers(of: words, kind: SearchSubject.area, reader) {
                let rows = try reader.rows(query(scope, filter, words, driver, after: after, before: end))
                found += try rows.map { (AreaCursor(key: try $0.text("sort_key"), id: try $0.id("id")), try line($0)) }
                if !rows.isEmpty { break }
            }
        }
        var seen: Set<ID> = []
        let ordered = found.sorted { $0.cursor < $1.cursor }.filter { seen.insert($0.cursor.id).inserted }
        let hasMore = ordered.count > pageLength
        let page = end == nil ? ordered.prefix(pageLength) : ordered.suffix(pageLength)
        return AreaPage(
            lines: page.map(\.line), next: hasMore || end != nil ? page.last?.cursor.text : nil,
            previous: after != nil || (end != nil && hasMore) ? page.first?.cursor.text : nil)
    }

    /// Without words it walks the closure from the cursor on; with words it begins at the rarest word.
    private static func query(
        _ scope: ID, _ filter: AreaFilter, _ words: [String], _ driver: String?, after: AreaCursor?, before: AreaCursor?
    ) -> SQL {
        var sql: SQL = """
            SELECT \(driver == nil ? "" : "DISTINCT" as SQL) c.descendant_id AS id, t.kind, t.designation, t.name,
                   c.sort_key, \(profile),
                   p.id AS commune_id, p.kind AS commune_kind, p.designation AS commune_designation,
                   p.name AS commune_name
            FROM territory_closure c
            """
        if let driver {
            sql += " JOIN search_word w ON w.subject_id = c.descendant_id AND w.subject_kind = \(SearchSubject.area)"
            sql += " AND \(begins("w.word", with: driver))"
        }
        sql += """
             JOIN area a ON a.territory_id = c.descendant_id JOIN territory t ON t.id = c.descendant_id
            LEFT JOIN territory p ON p.id = t.parent_id
            WHERE c.ancestor_id = \(scope) AND c.descendant_kind = 'area'
            """
        if let after { sql += " AND (c.sort_key, c.descendant_id) > (\(after.key), \(after.id))" }
        if let before { sql += " AND (c.sort_key, c.descendant_id) < (\(before.key), \(before.id))" }
        if let kind = filter.kind { sql += " AND a.area_kind = \(kind.rawValue)" }
        if let areaClass = filter.areaClass { sql += " AND a.area_class = \(areaClass)" }
        for word in words where word != driver { sql += " AND \(contains("t.search_key", word))" }
        let order: SQL = before == nil ? "c.sort_key, c.descendant_id" : "c.sort_key DESC, c.descendant_id DESC"
        return sql + " ORDER BY \(order) LIMIT \(pageLength + 1)"
    }

    private static func line(_ row: Row) throws -> AreaLine {
        let commune = try row.optionalID("commune_id").map { id in
            TerritoryTitle(
                id: id, kind: try known(TerritoryKind.self, row, "commune_kind"),
                designation: try known(Designation.self, row, "commune_designation"),
                name: try row.text("commune_name"))
        }
        return AreaLine(
            title: try title(row), commune: commune, households: try row.optionalInteger("households"),
            people: try row.optionalInteger("people"), areaClass: try row.optionalText("area_class"),
            asOf: try row.optionalInteger("as_of"), isInvented: try row.flag("is_invented"))
    }
}

/// Where a page of areas ended.
struct AreaCursor: Comparable {
    let key: String
    let id: ID

    init(key: String, id: ID) {
        self.key = key
        self.id = id
    }

    init?(_ text: String) {
        guard text.utf8.count > 36, let id = ID(text.suffix(36)) else { return nil }
        self.init(key: String(text.dropLast(37)), id: id)
    }

    var text: String { "\(key)~\(id)" }

    /// Byte by byte, as both engines order; Swift's own order of texts is another one.
    static func < (left: AreaCursor, right: AreaCursor) -> Bool {
        left.key == right.key ? left.id < right.id : left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
    }
}
