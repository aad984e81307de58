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
    /// Adds one organisation.
    ///
    /// - Returns: its id.
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
        var entries: [SearchIndex.Entry] = []
        for body in new {
            let content = VietnameseText.folded(body.name) + " " + (places[body.territory] ?? "")
            try insert.add(
                .id(body.id), .text(body.kind.rawValue), .text(body.name), .id(body.territory), .optional(body.parent),
                .text(VietnameseOrder.sortKey(of: body.name)),
                .text(content),
                .text(VietnameseText.nameKey(body.name)), .text(body.from.isoText), .optional(body.until), .integer(1))
            if body.until == nil {
                entries.append(
                    SearchIndex.Entry(
                        kind: SearchSubject.organisation, id: body.id, name: body.name, content: content,
                        territory: body.territory))
            }
        }
        try insert.flush()
        for body in new {
            try names.add(.id(body.id), .text(body.from.isoText), .optional(body.until), .text(body.name))
        }
        try names.flush()
        var placements = BulkInsert(
            """
            INSERT INTO organisation_place (organisation_id, valid_from, valid_until, territory_id, parent_id) VALUES \

            """, columns: 5, writer)
        for body in new {
            try placements.add(
                .id(body.id), .text(body.from.isoText), .optional(body.until), .id(body.territory),
                .optional(body.parent))
        }
        try placements.flush()
        try SearchIndex.put(entries, writer)
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
            sort_key = \(VietnameseOrder.sortKey(of: name)), search_key = \(VietnameseText.searchKey(of: name) + " " + place),
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

    /// Places an organisation on another territory or under another parent from a day on. The place before is closed,
    /// not changed; on the day of its present place it corrects that place.
    package static func moveOrganisation(
        _ id: ID, to territory: ID, under parent: ID?, on day: Day, _ writer: any Writer
    ) throws {
        try writer.execute(
            """
            UPDATE organisation_place SET valid_until = \(day)
            WHERE organisation_id = \(id) AND valid_until IS NULL AND valid_from < \(day)
            """)
        try writer.execute(
            """
            INSERT INTO organisation_place (organisation_id, valid_from, territory_id, parent_id)
            VALUES (\(id), \(day), \(territory), \(parent))
            ON CONFLICT (organisation_id, valid_from) DO UPDATE SET territory_id = \(territory), parent_id = \(parent)
            """)
        let name = try writer.one("SELECT name FROM organisation WHERE id = \(id)").text("name")
        let place = try folded(of: [territory], writer)[territory] ?? ""
        try writer.execute(
            """
            UPDATE organisation SET territory_id = \(territory), parent_id = \(parent),
            search_key = \(VietnameseText.searchKey(of: name) + " " + place), revision = revision + 1 WHERE id = \(id)
            """)
        try replaceOrganisationWords(id, territory, from: name, to: name, writer)
        try bumpTree(writer)
    }

    /// Ends an organisation: from this day on it does not stand. With a successor, what stood below it goes on below
    /// that one.
    package static func endOrganisation(
        _ id: ID, on day: Day, into successor: ID? = nil, _ writer: any Writer
    ) throws {
        if let successor {
            try writer.execute(
                """
                INSERT INTO organisation_successor (organisation_id, into_id, day)
                VALUES (\(id), \(successor), \(day)) ON CONFLICT (organisation_id, into_id) DO NOTHING
                """)
            for row in try writer.rows(
                "SELECT id, territory_id FROM organisation WHERE parent_id = \(id) AND valid_until IS NULL")
            {
                try moveOrganisation(row.id("id"), to: row.id("territory_id"), under: successor, on: day, writer)
            }
        }
        try writer.execute(
            """
            UPDATE organisation_place SET valid_until = \(day) WHERE organisation_id = \(id) AND valid_until IS NULL
            """)
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
        if !old.isEmpty { try SearchIndex.remove(kind: SearchSubject.organisation, id, name: old, writer) }
        guard !name.isEmpty else { return }
        let place = try folded(of: [territory], writer)[territory] ?? ""
        try SearchIndex.put(
            [
                SearchIndex.Entry(
                    kind: SearchSubject.organisation, id: id, name: name,
                    content: VietnameseText.searchKey(of: name) + " " + place, territory: territory)
            ], writer)
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
