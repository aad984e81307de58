import Core
import Criteria
import Database
import Recognition

extension Rechecks {
    /// A figure that an office holds of an area: taken into a re-check instead of being asked again.
    package struct Given: Sendable, Equatable {
        package let value: Criteria.Value
        package let office: ID
        /// What the figure rests on, as the office named its papers; nil without one.
        package let paper: String?

        package init(value: Criteria.Value, office: ID, paper: String?) {
            self.value = value
            self.office = office
            self.paper = paper
        }
    }
}

/// What offices hold of some areas for a criteria set and a year, by area and code. Re-checks know no offices' grid:
/// App hands this over.
package typealias RechecksHeld =
    @Sendable (_ areas: [ID], _ set: ID, _ year: Int, any Reader) throws -> [ID: [String: Rechecks.Given]]

extension RechecksStore {
    /// Indicators of which an office's figure of the year no longer meets what the title asks for, by title: they are
    /// looked at in a light re-check too.
    static func fallenByOffices(
        _ rows: [Row], sets: [ID: ID], year: Int, _ held: RechecksHeld, _ reader: any Reader
    ) throws -> [ID: Set<String>] {
        var found: [ID: Set<String>] = [:]
        for (set, here) in Dictionary(grouping: rows, by: { row in (try? row.id("id")).flatMap { sets[$0] } }) {
            guard let set else { continue }
            let criteria = try CriteriaStore.set(set, reader)
            let given = try held(here.map { try $0.id("territory_id") }, set, year, reader)
            for row in here {
                let aim = Criteria.Aim(
                    try row.text("title"), level: try row.word("level"), areaClass: try row.optionalText("area_class"),
                    region: try row.optionalText("region"))
                for (code, one) in given[try row.id("territory_id")] ?? [:] {
                    guard let indicator = criteria.indicator(code) else { continue }
                    if Criteria.judge(one.value, by: indicator, for: aim).outcome == .unmet {
                        found[try row.id("id"), default: []].insert(code)
                    }
                }
            }
        }
        return found
    }

    /// Takes what offices hold into the re-checks of some areas that nobody has concluded yet. What somebody saw on the
    /// spot stays; an office's figure follows the office, also when it takes the figure back.
    package static func takeIn(areas: [ID], year: Int, _ held: RechecksHeld, _ tx: Transaction) throws {
        guard !areas.isEmpty else { return }
        let rechecks = try tx.rows(
            """
            SELECT r.id, r.territory_id, r.criteria_set_id FROM recheck r JOIN recheck_round o ON o.id = r.round_id
            WHERE r.territory_id IN (\(SQL.list(areas))) AND r.state = 'due' AND o.year = \(year) ORDER BY r.id
            """)
        guard !rechecks.isEmpty else { return }
        let ids = SQL.list(try rechecks.map { try $0.id("id") })
        var listed: [ID: Set<String>] = [:]
        for row in try tx.rows("SELECT recheck_id, code FROM recheck_code WHERE recheck_id IN (\(ids))") {
            listed[try row.id("recheck_id"), default: []].insert(try row.text("code"))
        }
        // Of what stands: nil for what a person saw.
        var standing: [ID: [String: Rechecks.Given?]] = [:]
        for row in try tx.rows(
            """
            SELECT l.recheck_id, l.code, l.value_kind, l.value_number, l.value_text, l.office_id, l.paper
            FROM recheck_look l WHERE l.recheck_id IN (\(ids)) AND l.turn = 1
            """)
        {
            let value = try row.criteriaValue()
            let paper = try row.optionalText("paper")
            let given = try row.optionalID("office_id").map {
                Rechecks.Given(value: value, office: $0, paper: paper)
            }
            standing[try row.id("recheck_id"), default: [:]].updateValue(given, forKey: try row.text("code"))
        }
        var count = 0
        for (set, here) in Dictionary(grouping: rechecks, by: { try? $0.id("criteria_set_id") }) {
            guard let set else { continue }
            let given = try held(here.map { try $0.id("territory_id") }, set, year, tx)
            for row in here {
                let id = try row.id("id")
                let changed = try takeIn(
                    given[row.id("territory_id")] ?? [:], among: listed[id] ?? [], over: standing[id] ?? [:], id, tx)
                // Whoever concludes at this moment looks again.
                if changed > 0 { try tx.execute("UPDATE recheck SET revision = revision + 1 WHERE id = \(id)") }
                count += changed
            }
        }
        if count > 0 { tx.note("recheck.supplied", to: "\(count)") }
    }

    /// - Returns: how many figures changed.
    private static func takeIn(
        _ given: [String: Rechecks.Given], among listed: Set<String>, over standing: [String: Rechecks.Given?],
        _ recheck: ID, _ tx: Transaction
    ) throws -> Int {
        var count = 0
        for code in listed.sorted() {
            let old = standing[code]
            // A person looked: that stays.
            if let old, old == nil { continue }
            let now = given[code]
            guard now != (old ?? nil) else { continue }
            count += 1
            guard let now else {
                try tx.execute(
                    "DELETE FROM recheck_look WHERE recheck_id = \(recheck) AND code = \(code) AND turn = 1")
                continue
            }
            let value = now.value.columns
            try tx.execute(
                """
                INSERT INTO recheck_look (recheck_id, code, turn, value_kind, value_number, value_text, note, looked_by,
                    office_id, paper, at)
                VALUES (\(recheck), \(code), 1, \(value.kind), \(value.number), \(value.text), NULL, NULL,
                    \(now.office), \(now.paper), \(tx.now))
                ON CONFLICT (recheck_id, code, turn) DO UPDATE SET value_kind = excluded.value_kind,
                    value_number = excluded.value_number, value_text = excluded.value_text,
                    office_id = excluded.office_id, paper = excluded.paper, at = excluded.at
                """)
        }
        return count
    }
}
