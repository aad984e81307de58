import Core
import Database

/// What changes in a unit from a day on; nil leaves as it is.
package struct TerritoryChange: Sendable, Equatable {
    package var designation: Designation?
    package var name: String?
    package var code: String?
    package var parent: ID?
    package var order: Int?

    package init(
        designation: Designation? = nil, name: String? = nil, code: String? = nil, parent: ID? = nil, order: Int? = nil
    ) {
        self.designation = designation
        self.name = name.map(VietnameseText.tidied)
        self.code = code
        self.parent = parent
        self.order = order
    }
}

/// Writing the tree. Who may is decided before, by a permit; these run inside its effect, in a seed or in a test, and
/// keep states, closure and search words right.
extension OrganisationStore {
    /// Adds one unit.
    ///
    /// - Returns: its id.
    @discardableResult
    package static func addTerritory(_ new: NewTerritory, _ tx: Transaction) throws -> ID {
        try addTerritories([new], tx)
        return new.id
    }

    /// Renames, recodes or moves a unit from a day on. The state before is closed, not changed; a change on the day on
    /// which the present state began corrects that state.
    package static func change(
        _ id: ID, _ change: TerritoryChange, on day: Day, document: String? = nil, _ writer: any Writer
    ) throws {
        if try write(change, of: id, on: day, document: document, writer) { try rebuildClosure(below: id, writer) }
        try bumpTree(writer)
    }

    /// The change without the closure; true when the closure of the unit and of all below it must be written anew.
    static func write(
        _ change: TerritoryChange, of id: ID, on day: Day, document: String?, _ writer: any Writer
    ) throws -> Bool {
        let row = try writer.one("SELECT \(territoryColumns), t.sort_key FROM territory t WHERE t.id = \(id)")
        let now = try territory(row, place: [])
        let designation = change.designation ?? now.designation
        let name = change.name ?? now.name
        let code = change.code ?? now.code
        let parent = change.parent ?? now.parent
        let oldKey = try row.text("sort_key")
        let sortKey = TerritoryKeys.sort(name, order: change.order ?? TerritoryKeys.order(of: oldKey))
        let isSame =
            designation == now.designation && name == now.name && code == now.code && parent == now.parent
            && sortKey == oldKey
        if isSame {
            try writer.execute("UPDATE territory SET revision = revision + 1 WHERE id = \(id)")
            return false
        }
        let state: SQL = """
            kind = \(designation.kind.rawValue), designation = \(designation.rawValue), name = \(name), code = \(code),
            parent_id = \(parent), sort_key = \(sortKey)
            """
        try writer.execute(
            """
            UPDATE territory SET \(state), name_key = \(VietnameseText.nameKey(name)), revision = revision + 1
            WHERE id = \(id)
            """)
        try writer.execute(
            """
            UPDATE territory_state SET valid_until = \(day)
            WHERE territory_id = \(id) AND valid_until IS NULL AND valid_from < \(day)
            """)
        try writer.execute(
            """
            INSERT INTO territory_state (territory_id, valid_from, kind, designation, name, code, parent_id, sort_key,
            document)
            VALUES (\(id), \(day), \(designation.kind.rawValue), \(designation.rawValue), \(name), \(code), \(parent),
            \(sortKey), \(document))
            ON CONFLICT (territory_id, valid_from) DO UPDATE SET \(state), document = \(document)
            """)
        if designation.kind == .area {
            try writer.execute("UPDATE area SET area_kind = \(designation.rawValue) WHERE territory_id = \(id)")
        }
        if name != now.name { try replaceWords(of: now.kind, id, from: now.name, to: name, writer) }
        let isElsewhere = parent != now.parent
        let isRenamed = name != now.name || designation != now.designation
        if isElsewhere || isRenamed {
            try refreshSearchKeys(of: [id] + (isRenamed ? children(ofAnyKind: id, writer) : []), writer)
        }
        return isElsewhere || designation.kind != now.kind || sortKey != oldKey
    }

    /// Gives a unit another name from a day on.
    package static func rename(
        _ id: ID, to name: String, on day: Day, document: String? = nil, _ writer: any Writer
    ) throws {
        try change(id, TerritoryChange(name: name), on: day, document: document, writer)
    }

    /// Puts a unit below another one from a day on.
    package static func move(
        _ id: ID, under parent: ID, on day: Day, document: String? = nil, _ writer: any Writer
    ) throws {
        try change(id, TerritoryChange(parent: parent), on: day, document: document, writer)
    }

    /// Ends a unit: from this day on it does not stand. It stays visible to those who see its place or what came of
    /// it. Areas below it must have been moved before.
    package static func end(
        _ id: ID, on day: Day, _ kind: SuccessionKind, into successors: [ID], document: String? = nil,
        _ tx: Transaction
    ) throws {
        try addSuccessions(from: [id], into: successors, kind, on: day, document: document, tx)
        try writeEnd(of: id, on: day, tx)
        try rebuildClosure(below: id, tx)
        try bumpTree(tx)
    }

    /// The end without the closure and without what came of it.
    static func writeEnd(of id: ID, on day: Day, _ writer: any Writer) throws {
        let row = try writer.one("SELECT kind, name FROM territory WHERE id = \(id)")
        try writer.execute(
            """
            UPDATE territory SET valid_until = \(day), revision = revision + 1 WHERE id = \(id) AND valid_until IS NULL
            """)
        try writer.execute(
            """
            UPDATE territory_state SET valid_until = \(day) WHERE territory_id = \(id) AND valid_until IS NULL
            """)
        try replaceWords(of: known(TerritoryKind.self, row, "kind"), id, from: row.text("name"), to: "", writer)
    }

    /// Notes what became of units, without changing them: one row for each pair.
    package static func addSuccessions(
        from: [ID], into: [ID], _ kind: SuccessionKind, on day: Day, document: String? = nil, batch: ID? = nil,
        _ tx: Transaction
    ) throws {
        for source in from {
            for target in into.isEmpty ? [nil] : into.map(Optional.some) {
                try tx.execute(
                    """
                    INSERT INTO territory_succession (id, day, kind, from_id, into_id, document, batch_id)
                    VALUES (\(tx.ids.next()), \(day), \(kind.rawValue), \(source), \(target), \(document), \(batch))
                    """)
            }
        }
    }

    /// Writes an area's numbers, into the history too where their year is known; an older year than the newest known
    /// leaves the area's own numbers as they are. The area's revision moves by `tx.move`, which is the caller's.
    package static func setProfile(of area: ID, _ profile: AreaProfile, _ writer: any Writer) throws {
        try writer.execute(
            """
            UPDATE area SET households = \(profile.households), people = \(profile.people),
            area_class = \(profile.areaClass), region = \(profile.region), as_of = \(profile.asOf), is_invented = \(profile.isInvented)
            WHERE territory_id = \(area)
            """)
        guard let year = profile.year else { return }
        try putYear(year, of: area, writer)
    }

    static func bumpTree(_ writer: any Writer) throws {
        try writer.execute("UPDATE organisation_tree SET version = version + 1 WHERE id = 1")
    }

    static func treeVersion(_ reader: any Reader) throws -> Int {
        try reader.one("SELECT version FROM organisation_tree WHERE id = 1").integer("version")
    }

    private static func children(ofAnyKind id: ID, _ reader: any Reader) throws -> [ID] {
        try reader.rows("SELECT id FROM territory WHERE parent_id = \(id)").map { try $0.id("id") }
    }

    /// Takes one name out of the index and puts another in; an empty one only goes or comes. The words of its place
    /// are those of its search key, which `refreshSearchKeys` brings up to date.
    static func replaceWords(
        of kind: TerritoryKind, _ id: ID, from old: String, to name: String, _ writer: any Writer
    ) throws {
        let subject = TerritoryKeys.subject(kind)
        if !old.isEmpty { try SearchIndex.remove(kind: subject, id, name: old, writer) }
        guard !name.isEmpty else { return }
        let content = try writer.one("SELECT search_key FROM territory WHERE id = \(id)").text("search_key")
        try SearchIndex.put(
            [SearchIndex.Entry(kind: subject, id: id, name: name, content: content, territory: id)], writer)
    }

    /// A unit's search key holds its own name and that of the unit above.
    static func refreshSearchKeys(of ids: [ID], _ writer: any Writer) throws {
        for id in ids {
            let row = try writer.one(
                """
                SELECT t.kind, t.designation, t.name, p.designation AS above, p.name AS above_name
                FROM territory t LEFT JOIN territory p ON p.id = t.parent_id WHERE t.id = \(id)
                """)
            let above: (Designation, String)? = try row.optionalText("above_name").map { name in
                (try known(Designation.self, row, "above"), name)
            }
            let key = TerritoryKeys.search(
                try known(Designation.self, row, "designation"), try row.text("name"), above: above)
            try writer.execute("UPDATE territory SET search_key = \(key) WHERE id = \(id)")
            let kind = try known(TerritoryKind.self, row, "kind")
            try SearchIndex.setContent(
                key, kind: TerritoryKeys.subject(kind), id, name: row.text("name"), writer)
            if kind == .area { try relistModels(of: id, place: key, writer) }
        }
    }
}
