import Core
import Database
import Organisation

/// Counts what areas' work cost, out of the audit trail, the operations and the history of values. Every statement adds
/// up by area; a person is nowhere selected.
enum HomeBurdenStore {
    /// By area, of those below a unit (or of the one area) that had any work in the month. The unit was looked up with
    /// Sight.
    static func burdens(under unit: ID, in month: HomeMonth, _ reader: any Reader) throws -> [ID: HomeBurden] {
        try burdens(under: unit, from: month.first, until: month.next.first, reader)
    }

    /// The same from one day to the day before another. A value typed again within it is one value: over a whole
    /// recognition less than its months together.
    static func burdens(
        under unit: ID, from first: Day, until end: Day, _ reader: any Reader
    ) throws -> [ID: HomeBurden] {
        let (from, until) = (first.start, end.start)
        var found: [ID: HomeBurden] = [:]
        func add(_ area: ID, _ more: HomeBurden) { found[area] = (found[area] ?? HomeBurden()).adding(more) }
        for row in try reader.rows(forms([unit], from, until)) {
            add(
                try row.id("territory_id"),
                HomeBurden(
                    forms: try row.integer("forms"), unmeasured: try row.integer("unmeasured"),
                    seconds: try row.integer("seconds")))
        }
        for row in try reader.rows(values(unit, from, until, year: first.year)) {
            add(try row.id("territory_id"), HomeBurden(values: try row.integer("many")))
        }
        for row in try reader.rows(pictures(unit, from, until, year: first.year)) {
            add(try row.id("territory_id"), HomeBurden(pictures: try row.integer("many")))
        }
        return found
    }

    /// So many areas home asks about at the most: it is opened all day, and the page behind the figure has them all.
    static let mostAtHome = 300

    /// The minutes of the middle area in a month, out of whole communes that stand far apart in the official order and
    /// have no more areas together than home asks about.
    static func mark(
        under communes: [(commune: ID, areas: Int)], in month: HomeMonth, _ reader: any Reader
    ) throws -> HomeBurdenMark {
        let chosen = HomeBurdenMark.chosen(communes.map(\.areas), most: mostAtHome).map { communes[$0].commune }
        let all =
            try chosen.isEmpty
            ? []
            : reader.rows(forms(chosen, month.first.start, month.next.first.start)).map {
                HomeBurden(
                    forms: try $0.integer("forms"), unmeasured: try $0.integer("unmeasured"),
                    seconds: try $0.integer("seconds"))
            }
        return HomeBurdenMark(
            month: month, working: all.count { !$0.isNone }, minutes: HomeBurden.median(all, \.minutes),
            isWhole: chosen.count == communes.count)
    }

    /// Acts on offices in the area. A page that was still open when the one before it was sent counts from then on: two
    /// tabs are not twice the time.
    private static func forms(_ units: [ID], _ from: Instant, _ until: Instant) -> SQL {
        """
        SELECT x.territory_id, count(*) AS forms,
            CAST(sum(CASE WHEN x.seconds IS NULL THEN 1 ELSE 0 END) AS \(SchemaWord.integer)) AS unmeasured,
            CAST(sum(CASE WHEN x.seconds IS NULL THEN 0
                WHEN x.before_at IS NOT NULL AND x.at - x.before_at < x.seconds * 1000 THEN (x.at - x.before_at) / 1000
                ELSE x.seconds END) AS \(SchemaWord.integer)) AS seconds
        FROM (SELECT r.territory_id, a.at, o.seconds,
                lag(a.at) OVER (PARTITION BY r.territory_id, a.actor_id ORDER BY a.at, a.number) AS before_at
            FROM territory_closure c JOIN role_assignment r ON r.territory_id = c.descendant_id
                JOIN audit a ON a.actor_id = r.person_id AND a.grant_id = r.id AND a.at >= \(from) AND a.at < \(until)
                JOIN operation o ON o.id = a.operation_id
            WHERE c.ancestor_id IN (\(SQL.list(units))) AND c.descendant_kind = 'area') x
        GROUP BY x.territory_id
        """
    }

    /// A value typed again in the month is one value; one that an office filled in is none of the area's.
    private static func values(_ unit: ID, _ from: Instant, _ until: Instant, year: Int) -> SQL {
        """
        SELECT x.territory_id, count(*) AS many FROM (
            SELECT DISTINCT d.territory_id, h.dossier_id, h.code
            FROM territory_closure c JOIN dossier d ON d.territory_id = c.descendant_id AND d.year >= \(year - 1)
                JOIN indicator_value_history h ON h.dossier_id = d.id AND h.side = 'self' AND h.at >= \(from)
                    AND h.at < \(until)
            WHERE c.ancestor_id = \(unit) AND c.descendant_kind = 'area' AND \(isOfArea("h.entered_by"))) x
        GROUP BY x.territory_id
        """
    }

    private static func pictures(_ unit: ID, _ from: Instant, _ until: Instant, year: Int) -> SQL {
        """
        SELECT d.territory_id, count(*) AS many
        FROM territory_closure c JOIN dossier d ON d.territory_id = c.descendant_id AND d.year >= \(year - 1)
            JOIN evidence e ON e.dossier_id = d.id AND e.kind = 'picture' AND e.side = 'self' AND e.at >= \(from)
                AND e.at < \(until)
        WHERE c.ancestor_id = \(unit) AND c.descendant_kind = 'area' AND \(isOfArea("e.added_by"))
        GROUP BY d.territory_id
        """
    }

    private static func isOfArea(_ person: SQL) -> SQL {
        """
        EXISTS (SELECT 1 FROM role_assignment r WHERE r.person_id = \(person) AND r.territory_id = d.territory_id)
        """
    }

    /// The areas below a unit in the official order, with their communes.
    static func areas(under unit: ID, _ reader: any Reader) throws -> [TerritoryTitle] {
        try reader.rows(
            """
            SELECT t.id, t.kind, t.designation, t.name FROM territory_closure c JOIN territory t ON t.id = c.descendant_id
            WHERE c.ancestor_id = \(unit) AND c.descendant_kind = 'area' AND t.valid_until IS NULL
            ORDER BY t.sort_key, t.id LIMIT 500
            """
        ).map { try HomeStore.title($0) }
    }

    /// The units right below one that stand, in the official order.
    static func parts(of unit: ID, _ reader: any Reader) throws -> [TerritoryTitle] {
        try reader.rows(
            """
            SELECT t.id, t.kind, t.designation, t.name FROM territory t
            WHERE t.parent_id = \(unit) AND t.valid_until IS NULL ORDER BY t.sort_key, t.id LIMIT 500
            """
        ).map { try HomeStore.title($0) }
    }

    /// The communes below a unit in the official order, with their areas' ids.
    static func communes(under unit: ID, _ reader: any Reader) throws -> [(commune: TerritoryTitle, areas: [ID])] {
        var order: [TerritoryTitle] = []
        var areas: [ID: [ID]] = [:]
        for row in try reader.rows(
            """
            SELECT p.id, p.kind, p.designation, p.name, t.id AS area_id
            FROM territory_closure c JOIN territory t ON t.id = c.descendant_id JOIN territory p ON p.id = t.parent_id
            WHERE c.ancestor_id = \(unit) AND c.descendant_kind = 'area' AND t.valid_until IS NULL
                AND p.valid_until IS NULL
            ORDER BY p.sort_key, p.id
            """)
        {
            let commune = try HomeStore.title(row)
            if areas[commune.id] == nil { order.append(commune) }
            areas[commune.id, default: []].append(try row.id("area_id"))
        }
        return order.map { ($0, areas[$0.id] ?? []) }
    }
}
