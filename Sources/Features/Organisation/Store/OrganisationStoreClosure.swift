import Core
import Database

/// The closure: for every unit one row under each unit above it and under itself, keyed so that a list below any unit
/// is one range of the key.
///
/// A unit that has ended keeps rows too, under the kind `former`: lists of standing units do not meet it, but whoever
/// sees where it was, or what came of it, can still open it.
extension OrganisationStore {
    static let former = "former"

    /// Writes the closure of a unit and of everything below it anew.
    static func rebuildClosure(below id: ID, _ writer: any Writer) throws {
        try rebuildClosure(below: [id], writer)
    }

    static func rebuildClosure(below ids: [ID], _ writer: any Writer) throws {
        var all: Set<ID> = []
        for start in stride(from: 0, to: ids.count, by: 500) {
            let some = Array(ids[start..<min(start + 500, ids.count)])
            all.formUnion(
                try writer.rows(
                    """
                    WITH RECURSIVE down (id, depth) AS (
                        SELECT f.id, 0 FROM territory f WHERE f.id IN (\(SQL.list(some)))
                        UNION ALL
                        SELECT n.id, down.depth + 1 FROM down JOIN territory n ON n.parent_id = down.id
                        WHERE down.depth < 12)
                    SELECT DISTINCT id FROM down
                    """
                ).map { try $0.id("id") })
        }
        try rebuildClosure(of: all.sorted(), writer)
    }

    /// Writes the closure of these units anew; those below them must be among them.
    static func rebuildClosure(of ids: [ID], _ writer: any Writer) throws {
        for start in stride(from: 0, to: ids.count, by: 500) {
            let some = Array(ids[start..<min(start + 500, ids.count)])
            try writer.execute("DELETE FROM territory_closure WHERE descendant_id IN (\(SQL.list(some)))")
        }
        var paths = PathCache(writer)
        var insert = closureInsert(writer)
        for start in stride(from: 0, to: ids.count, by: 500) {
            let some = Array(ids[start..<min(start + 500, ids.count)])
            let rows = try writer.rows(
                """
                SELECT id, kind, sort_key, valid_until FROM territory WHERE id IN (\(SQL.list(some)))
                """)
            for row in rows {
                let id = try row.id("id")
                let isFormer = try row.optionalText("valid_until") != nil
                let kind = isFormer ? former : try row.text("kind")
                let key = try row.text("sort_key")
                for ancestor in isFormer ? try paths.ofFormer(id) : try paths.of(id) {
                    try insert.add(.id(ancestor), .text(kind), .text(key), .id(id))
                }
            }
        }
        try insert.flush()
    }
}

/// Paths upwards, asked once for each unit.
private struct PathCache {
    private let reader: any Reader
    private var parents: [ID: ID?] = [:]

    init(_ reader: any Reader) { self.reader = reader }

    mutating func of(_ id: ID) throws -> [ID] {
        var path: [ID] = []
        var next: ID? = id
        while let id = next, path.count < 12 {
            path.append(id)
            if let known = parents[id] {
                next = known
            } else {
                let parent = try reader.first("SELECT parent_id FROM territory WHERE id = \(id)")?.optionalID(
                    "parent_id")
                parents[id] = .some(parent)
                next = parent
            }
        }
        return path
    }

    /// Where it was, and where what came of it is, however often that changed again.
    mutating func ofFormer(_ id: ID) throws -> [ID] {
        var found: Set<ID> = []
        var waiting = [id]
        var seen: Set<ID> = []
        while let next = waiting.popLast(), seen.count < 200 {
            guard seen.insert(next).inserted else { continue }
            found.formUnion(try of(next))
            waiting += try reader.rows(
                """
                SELECT into_id FROM territory_succession WHERE from_id = \(next) AND into_id IS NOT NULL
                """
            ).map { try $0.id("into_id") }
        }
        return found.sorted()
    }
}
