import Core
import Database
import Organisation

/// Criteria sets and rules of recognition on the page "tìm": by name, code, or the number of the document with which
/// they were issued. Published ones are for everybody; a draft is found by those who see its owner.
package enum CriteriaTextSearch {
    static let published = "criteria"
    static let draft = "criteria_draft"

    /// The two kinds of texts; they have the columns that count here in common.
    enum Table: String, CaseIterable {
        case set = "criteria_set"
        case rules = "rules_document"

        var name: SQL { self == .set ? "criteria_set" : "rules_document" }
        var base: String { self == .set ? "/criteria" : "/rules" }
    }

    package static let kind = SearchKind("criteria.search.sets") { words, sight, limit, reader in
        let everywhere = try SearchIndex.everywhere(sight, reader)
        let open = try SearchIndex.find(words, kind: published, seenBy: everywhere, limit: limit, reader)
        let own = try SearchIndex.find(words, kind: draft, seenBy: sight, limit: limit, reader)
        guard !open.isEmpty || !own.isEmpty else { return [] }
        let hits = try Table.allCases.flatMap { table in
            try reader.rows(
                """
                SELECT x.id, x.code, x.version, x.name_vi, x.issuer FROM \(table.name) x
                WHERE (x.id IN (\(SQL.list(open))) AND x.status <> 'draft')
                    OR (x.id IN (\(SQL.list(own))) AND x.status = 'draft' AND \(sight.covers("x.territory_id")))
                """
            ).map { row in
                let id = try row.id("id")
                let issuer = try row.text("issuer")
                return SearchHit(
                    kind: table.rawValue, id: id, href: "\(table.base)/\(id)", name: try row.text("name_vi"),
                    about: "\(try row.text("code")) \(try row.integer("version"))"
                        + (issuer.isEmpty ? "" : ", \(issuer)"))
            }
        }
        return Array(OrganisationStore.inOrder(hits, of: open + own).prefix(limit))
    }

    /// Enters a text as it stands now: as a draft, or as published.
    static func enter(_ table: Table, _ id: ID, _ tx: Transaction) throws {
        try SearchIndex.put(entries(table, id, tx), tx)
    }

    /// Takes a draft out: before it is changed, thrown away or published.
    static func leave(_ table: Table, _ id: ID, _ tx: Transaction) throws {
        for entry in try entries(table, id, tx) where entry.kind == draft {
            try SearchIndex.remove(kind: draft, id, name: entry.name, tx)
        }
    }

    /// One for each of its names: a long one leaves no room for another.
    private static func entries(_ table: Table, _ id: ID, _ tx: Transaction) throws -> [SearchIndex.Entry] {
        let row = try tx.one(
            """
            SELECT x.code, x.version, x.status, x.name_vi, x.name_en, x.issuer, x.document_number, x.territory_id
            FROM \(table.name) x WHERE x.id = \(id)
            """)
        let code = try row.text("code")
        let number = try row.optionalText("document_number") ?? ""
        let names = [try row.text("name_vi"), try row.text("name_en")]
        let content = VietnameseText.searchKey(
            of: code, "\(try row.integer("version"))", names[0], names[1], try row.text("issuer"), number)
        let territory = try row.id("territory_id")
        let kind = try row.text("status") == "draft" ? draft : published
        return (names.map { $0.isEmpty ? "" : "\(code) \($0)" } + [number]).filter { !$0.isEmpty }.map {
            SearchIndex.Entry(kind: kind, id: id, name: $0, content: content, territory: territory)
        }
    }
}
