import Core
import Database

/// Gathers rows of one table and writes them in statements of a fixed number of rows, so that the engine prepares one
/// statement for all of them.
package struct BulkInsert {
    private let head: SQL
    private let columns: Int
    private let rowsAtOnce: Int
    private let tail: SQL
    private let writer: any Writer
    private var values: [Value] = []
    /// Rows inserted or changed so far; what the tail passed over is not among them.
    package private(set) var written = 0

    /// - Parameters:
    ///   - head: `INSERT INTO x (a, b) VALUES `.
    ///   - columns: how many values make a row. A statement holds at most some 1,000 values.
    package init(_ head: SQL, columns: Int, tail: SQL = .empty, _ writer: any Writer) {
        self.head = head
        self.columns = columns
        self.tail = tail
        self.writer = writer
        rowsAtOnce = max(1, 1_000 / columns)
        values.reserveCapacity(rowsAtOnce * columns)
    }

    /// Adds a row, and sends the full ones on.
    package mutating func add(_ row: Value...) throws {
        values.append(contentsOf: row)
        if values.count >= rowsAtOnce * columns { try flush() }
    }

    /// A row whose values stand in a list already.
    package mutating func add(_ row: [Value]) throws {
        values.append(contentsOf: row)
        if values.count >= rowsAtOnce * columns { try flush() }
    }

    /// Writes what is left. Call it once at the end.
    package mutating func flush() throws {
        guard !values.isEmpty else { return }
        written += try writer.execute(head + .rows(values, columns: columns) + tail)
        values.removeAll(keepingCapacity: true)
    }
}

extension Value {
    /// A text or null.
    package static func optional(_ text: String?) -> Value { text.map(Value.text) ?? .null }
    /// An id or null.
    package static func optional(_ id: ID?) -> Value { id.map(Value.id) ?? .null }
    /// A number or null.
    package static func optional(_ number: Int?) -> Value { number.map { .integer(Int64($0)) } ?? .null }
    /// A day as ISO text, or null.
    package static func optional(_ day: Day?) -> Value { day.map { .text($0.isoText) } ?? .null }
}

/// A unit about to be written.
package struct NewTerritory: Sendable {
    package var id: ID
    package var designation: Designation
    /// Without its kind: "Đơn Dương", not "xã Đơn Dương".
    package var name: String
    package var code: String?
    package var parent: ID?
    /// The first day; `Day.first` when nobody knows it.
    package var from: Day
    /// The official place in lists, 1…99999; nil for the order of the alphabet.
    package var order: Int?
    package var document: String?
    /// For areas only.
    package var profile: AreaProfile?

    package init(
        id: ID, _ designation: Designation, _ name: String, code: String? = nil, parent: ID?, from: Day = .first,
        order: Int? = nil, document: String? = nil, profile: AreaProfile? = nil
    ) {
        self.id = id
        self.designation = designation
        self.name = VietnameseText.tidied(name)
        self.code = code
        self.parent = parent
        self.from = from
        self.order = order
        self.document = document
        self.profile = profile
    }
}

/// The keys that are made in Swift so that both engines order and find alike.
enum TerritoryKeys {
    /// The official place first, where there is one; keys of names never begin with 0.
    static func sort(_ name: String, order: Int?) -> String {
        let key = VietnameseOrder.sortKey(of: name)
        guard let order else { return key }
        let digits = String(min(max(order, 0), 99_999))
        return "0" + String(repeating: "0", count: 5 - digits.count) + digits + "-" + key
    }

    static func order(of sortKey: String) -> Int? {
        sortKey.hasPrefix("0") ? Int(sortKey.dropFirst().prefix(5)) : nil
    }

    /// Its own words and those of the unit above, with the words that may stand before them.
    static func search(_ designation: Designation, _ name: String, above: (Designation, String)?) -> String {
        var key = designation.folded.joined(separator: " ") + " " + VietnameseText.searchKey(of: name)
        if let above {
            key += " " + above.0.folded.joined(separator: " ") + " " + VietnameseText.searchKey(of: above.1)
        }
        return key
    }

    static func subject(_ kind: TerritoryKind) -> String {
        kind == .area ? SearchSubject.area : SearchSubject.territory
    }
}

extension OrganisationStore {
    /// Adds many units at once, parents before children: rows, first states, profiles, closure and search words.
    ///
    /// For imports, seeds and tests. Within a list of areas the quickest order is that of the names under one parent.
    package static func addTerritories(_ new: [NewTerritory], _ writer: any Writer) throws {
        try TerritoryBatch(new, writer).write()
    }
}

/// Writes new units table by table, each in the order of its key.
private struct TerritoryBatch {
    private let new: [NewTerritory]
    private let writer: any Writer
    private let sortKeys: [String]
    /// By parent: all above and itself, and its own name.
    private let above: [ID: (path: [ID], designation: Designation, name: String)]

    init(_ new: [NewTerritory], _ writer: any Writer) throws {
        self.new = new
        self.writer = writer
        sortKeys = new.map { TerritoryKeys.sort($0.name, order: $0.order) }
        above = try TerritoryBatch.paths(new, writer)
    }

    func write() throws {
        try writeTerritories()
        try writeStates()
        try writeAreas()
        try writeClosure()
        try writeWords()
        try writer.execute("UPDATE organisation_tree SET version = version + 1 WHERE id = 1")
    }

    private static func paths(
        _ new: [NewTerritory], _ writer: any Writer
    ) throws -> [ID: (path: [ID], designation: Designation, name: String)] {
        let parents = Set(new.compactMap(\.parent))
        var found: [ID: (path: [ID], designation: Designation, name: String)] = [:]
        func known(_ id: ID) throws -> [ID] {
            if let entry = found[id] { return entry.path }
            let titles = try OrganisationStore.path(of: id, writer)
            guard let row = try writer.first("SELECT designation, name FROM territory WHERE id = \(id)") else {
                throw NotFound()
            }
            found[id] = (
                titles, try OrganisationStore.known(Designation.self, row, "designation"), try row.text("name")
            )
            return titles
        }
        for unit in new where parents.contains(unit.id) {
            let path = try unit.parent.map(known) ?? []
            found[unit.id] = ([unit.id] + path, unit.designation, unit.name)
        }
        for parent in parents { _ = try known(parent) }
        return found
    }

    private func writeTerritories() throws {
        var insert = BulkInsert(
            """
            INSERT INTO territory (id, kind, designation, name, code, parent_id, sort_key, search_key, name_key,
            valid_from, revision) VALUES \

            """, columns: 11, writer)
        for (unit, key) in zip(new, sortKeys) {
            let parent = unit.parent.flatMap { above[$0] }
            try insert.add(
                .id(unit.id), .text(unit.designation.kind.rawValue), .text(unit.designation.rawValue), .text(unit.name),
                .optional(unit.code), .optional(unit.parent), .text(key),
                .text(
                    TerritoryKeys.search(unit.designation, unit.name, above: parent.map { ($0.designation, $0.name) })),
                .text(VietnameseText.nameKey(unit.name)), .text(unit.from.isoText), .integer(1))
        }
        try insert.flush()
    }

    private func writeStates() throws {
        var insert = BulkInsert(
            """
            INSERT INTO territory_state (territory_id, valid_from, kind, designation, name, code, parent_id, sort_key,
            document) VALUES \

            """, columns: 9, writer)
        for (unit, key) in zip(new, sortKeys) {
            try insert.add(
                .id(unit.id), .text(unit.from.isoText), .text(unit.designation.kind.rawValue),
                .text(unit.designation.rawValue), .text(unit.name), .optional(unit.code), .optional(unit.parent),
                .text(key), .optional(unit.document))
        }
        try insert.flush()
    }

    private func writeAreas() throws {
        var insert = BulkInsert(
            """
            INSERT INTO area (territory_id, area_kind, households, people, area_class, region, as_of, is_invented)
            VALUES \

            """, columns: 8, writer)
        for unit in new where unit.designation.kind == .area {
            let profile = unit.profile ?? AreaProfile()
            try insert.add(
                .id(unit.id), .text(unit.designation.rawValue), .optional(profile.households),
                .optional(profile.people), .optional(profile.areaClass), .optional(profile.region),
                .optional(profile.asOf), .flag(profile.isInvented))
        }
        try insert.flush()
        var years = BulkInsert(
            "INSERT INTO area_year (territory_id, year, households, people, area_class, region) VALUES ", columns: 6,
            writer)
        for unit in new where unit.designation.kind == .area {
            guard let year = unit.profile?.year else { continue }
            try years.add(
                .id(unit.id), .integer(Int64(year.year)), .optional(year.households), .optional(year.people),
                .optional(year.areaClass), .optional(year.region))
        }
        try years.flush()
    }

    /// In the order of the closure's key: a hundred thousand rows put in anywhere would read and write its pages again
    /// and again.
    private func writeClosure() throws {
        let order = new.indices.sorted {
            OrganisationStore.precedes((sortKeys[$0], new[$0].id), (sortKeys[$1], new[$1].id))
        }
        var under: [ID: [Int]] = [:]
        for index in order {
            for ancestor in new[index].parent.flatMap({ above[$0]?.path }) ?? [] {
                under[ancestor, default: []].append(index)
            }
        }
        var insert = OrganisationStore.closureInsert(writer)
        for ancestor in under.keys.sorted() {
            let mine = under[ancestor] ?? []
            for kind in Set(mine.map { new[$0].designation.kind.rawValue }).sorted() {
                for index in mine where new[index].designation.kind.rawValue == kind {
                    try insert.add(.id(ancestor), .text(kind), .text(sortKeys[index]), .id(new[index].id))
                }
            }
        }
        for index in new.indices {
            try insert.add(
                .id(new[index].id), .text(new[index].designation.kind.rawValue), .text(sortKeys[index]),
                .id(new[index].id))
        }
        try insert.flush()
    }

    private func writeWords() throws {
        try SearchIndex.put(
            new.map { unit in
                let parent = unit.parent.flatMap { above[$0] }
                return SearchIndex.Entry(
                    kind: TerritoryKeys.subject(unit.designation.kind), id: unit.id, name: unit.name,
                    content: TerritoryKeys.search(
                        unit.designation, unit.name, above: parent.map { ($0.designation, $0.name) }),
                    territory: unit.id)
            }, writer)
    }
}

extension OrganisationStore {
    static func closureInsert(_ writer: any Writer) -> BulkInsert {
        BulkInsert(
            "INSERT INTO territory_closure (ancestor_id, descendant_kind, sort_key, descendant_id) VALUES ", columns: 4,
            tail: " ON CONFLICT DO NOTHING", writer)
    }

    /// As both engines order (sort_key, id).
    static func precedes(_ left: (key: String, id: ID), _ right: (key: String, id: ID)) -> Bool {
        left.key == right.key ? left.id < right.id : left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
    }
}
