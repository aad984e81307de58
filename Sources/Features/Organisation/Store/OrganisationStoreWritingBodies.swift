import Core
import Database

/// An organisation about to be written.
package struct NewOrganisation: Sendable {
    package var id: ID
    package var kind: OrganisationKind
    package var name: String
    package var territory: ID
    package var parent: ID?
    package var from: Day
    /// The first day without; nil while it stands.
    package var until: Day?

    package init(
        id: ID, _ kind: OrganisationKind, _ name: String, territory: ID, parent: ID? = nil, from: Day = .first,
        until: Day? = nil
    ) {
        self.id = id
        self.kind = kind
        self.name = VietnameseText.tidied(name)
        self.territory = territory
        self.parent = parent
        self.from = from
        self.until = until
    }
}

extension OrganisationStore {
    @discardableResult
    package static func addOrganisation(_ new: NewOrganisation, _ tx: Transaction) throws -> ID {
        try addOrganisations([new], tx)
        return new.id
    }

    /// Adds many organisations at once, those above before those below.
    package static func addOrganisations(_ new: [NewOrganisation], _ writer: any Writer) throws {
        let places = try folded(of: Set(new.map(\.territory)), writer)
        var insert = BulkInsert(
            """
            INSERT INTO organisation (id, kind, name, territory_id, parent_id, sort_key, search_key, name_key,
            valid_from, valid_until, revision) VALUES \

            """, columns: 11, writer)
        var names = BulkInsert(
            "INSERT INTO organisation_name (organisation_id, valid_from, valid_until, name) VALUES ", columns: 4, writer
        )
        var words: [(word: String, index: Int)] = []
        for (index, body) in new.enumerated() {
            try insert.add(
                .id(body.id), .text(body.kind.rawValue), .text(body.name), .id(body.territory), .optional(body.parent),
                .text(VietnameseOrder.sortKey(of: body.name)),
                .text(VietnameseText.folded(body.name) + " " + (places[body.territory] ?? "")),
                .text(VietnameseText.nameKey(body.name)), .text(body.from.isoText), .optional(body.until), .integer(1))
            if body.until == nil {
                words += VietnameseText.searchWords(body.name, limit: 20).map { ($0, index) }
            }
        }
        try insert.flush()
        for body in new {
            try names.add(.id(body.id), .text(body.from.isoText), .optional(body.until), .text(body.name))
        }
        try names.flush()
        words.sort { $0.word == $1.word ? $0.index < $1.index : $0.word.utf8.lexicographicallyPrecedes($1.word.utf8) }
        var wordRows = wordInsert(writer)
        for (word, index) in words {
            try wordRows.add(
                .text(word), .text(SearchSubject.organisation), .id(new[index].id), .id(new[index].territory))
        }
        try wordRows.flush()
        try bumpTree(writer)
    }

    /// Renames an organisation from a day on; on the day of its present name it corrects that name.
    package static func renameOrganisation(_ id: ID, to name: String, on day: Day, _ writer: any Writer) throws {
        let name = VietnameseText.tidied(name)
        let row = try writer.one("SELECT name, territory_id FROM organisation WHERE id = \(id)")
        let territory = try row.id("territory_id")
        let place = try folded(of: [territory], writer)[territory] ?? ""
        try writer.execute(
            """
            UPDATE organisation SET name = \(name), name_key = \(VietnameseText.nameKey(name)),
            sort_key = \(VietnameseOrder.sortKey(of: name)), search_key = \(VietnameseText.folded(name) + " " + place),
            revision = revision + 1 WHERE id = \(id)
            """)
        try writer.execute(
            """
            UPDATE organisation_name SET valid_until = \(day)
            WHERE organisation_id = \(id) AND valid_until IS NULL AND valid_from < \(day)
            """)
        try writer.execute(
            """
            INSERT INTO organisation_name (organisation_id, valid_from, name) VALUES (\(id), \(day), \(name))
            ON CONFLICT (organisation_id, valid_from) DO UPDATE SET name = \(name)
            """)
        try replaceOrganisationWords(id, territory, from: row.text("name"), to: name, writer)
        try bumpTree(writer)
    }

    /// Places an organisation on another territory or under another parent.
    package static func moveOrganisation(
        _ id: ID, to territory: ID, under parent: ID?, _ writer: any Writer
    ) throws {
        let name = try writer.one("SELECT name FROM organisation WHERE id = \(id)").text("name")
        let place = try folded(of: [territory], writer)[territory] ?? ""
        try writer.execute(
            """
            UPDATE organisation SET territory_id = \(territory), parent_id = \(parent),
            search_key = \(VietnameseText.folded(name) + " " + place), revision = revision + 1 WHERE id = \(id)
            """)
        try writer.execute(
            """
            UPDATE search_word SET territory_id = \(territory)
            WHERE subject_kind = \(SearchSubject.organisation) AND subject_id = \(id)
            AND word IN (\(SQL.list(VietnameseText.searchWords(name, limit: 20))))
            """)
        try bumpTree(writer)
    }

    /// Ends an organisation: from this day on it does not stand.
    package static func endOrganisation(_ id: ID, on day: Day, _ writer: any Writer) throws {
        let row = try writer.one("SELECT name, territory_id FROM organisation WHERE id = \(id)")
        try writer.execute(
            """
            UPDATE organisation SET valid_until = \(day), revision = revision + 1
            WHERE id = \(id) AND valid_until IS NULL
            """)
        try writer.execute(
            """
            UPDATE organisation_name SET valid_until = \(day) WHERE organisation_id = \(id) AND valid_until IS NULL
            """)
        try replaceOrganisationWords(id, row.id("territory_id"), from: row.text("name"), to: "", writer)
        try bumpTree(writer)
    }

    static func replaceOrganisationWords(
        _ id: ID, _ territory: ID, from old: String, to name: String, _ writer: any Writer
    ) throws {
        try writer.execute(
            """
            DELETE FROM search_word WHERE subject_kind = \(SearchSubject.organisation) AND subject_id = \(id)
            AND word IN (\(SQL.list(VietnameseText.searchWords(old, limit: 20))))
            """)
        var insert = wordInsert(writer)
        for word in VietnameseText.searchWords(name, limit: 20) {
            try insert.add(.text(word), .text(SearchSubject.organisation), .id(id), .id(territory))
        }
        try insert.flush()
    }

    /// The search keys of territories, for the organisations on them.
    static func folded(of territories: Set<ID>, _ reader: any Reader) throws -> [ID: String] {
        var found: [ID: String] = [:]
        let all = territories.sorted()
        for start in stride(from: 0, to: all.count, by: 500) {
            let some = Array(all[start..<min(start + 500, all.count)])
            for row in try reader.rows("SELECT id, search_key FROM territory WHERE id IN (\(SQL.list(some)))") {
                found[try row.id("id")] = try row.text("search_key")
            }
        }
        return found
    }
}
