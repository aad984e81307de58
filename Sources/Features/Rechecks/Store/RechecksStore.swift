import Core
import Criteria
import Database
import Organisation
import People
import Recognition

/// Where re-checks are read and written. Reading takes a `Sight` of those whom a re-check concerns: who re-checks, who
/// warns, who is heard for the area.
///
///   RechecksStore.swift        finding re-checks, lists, counts
///   RechecksFactStore.swift    what was found, noticed, answered, heard
///   RechecksRoundStore.swift   opening the round of a year
///   RechecksElsewhereStore.swift  what a round leaves to the one before
///   RechecksActStore.swift     the acts of the life cycle
package enum RechecksStore {}

extension RechecksStore {
    /// How a re-check stands, in SQL as in `Rechecks.State.init(written:…)`.
    private static func state(on day: Day) -> SQL {
        """
        CASE WHEN r.state = 'kept' THEN 'kept' WHEN g.ended_why = 'withdrawn' THEN 'withdrawn'
            WHEN g.ended_on <= \(day) OR g.valid_until <= \(day) THEN 'ended'
            WHEN r.state = 'heard' AND w.decision_id IS NOT NULL THEN 'withdrawing' ELSE r.state END
        """
    }

    private static func select(on day: Day) -> SQL {
        """
        SELECT r.id, r.round_id, o.year, r.title_id, r.kind, r.criteria_set_id, r.rules_id, d.own_indicators, r.area_class,
            r.region, r.state AS written,
            \(state(on: day)) AS stands, r.state_since, r.due_on, r.revision, r.territory_id, t.sort_key,
            t.kind AS area_kind, t.designation AS area_designation, t.name AS area_name,
            p.id AS commune_id, p.kind AS commune_kind, p.designation AS commune_designation, p.name AS commune_name,
            g.title, g.title_name, g.level, g.valid_from, g.valid_until, g.dossier_id, x.number, x.day, b.name AS body,
            w.decision_id AS withdrawal_id
        FROM recheck r JOIN recheck_round o ON o.id = r.round_id JOIN title_grant g ON g.id = r.title_id
        JOIN decision x ON x.id = g.decision_id JOIN organisation b ON b.id = x.organisation_id
        JOIN territory t ON t.id = r.territory_id LEFT JOIN territory p ON p.id = t.parent_id
        LEFT JOIN decision_withdrawal w ON w.title_id = g.id LEFT JOIN dossier d ON d.id = g.dossier_id
        """
    }

    /// The criteria of a re-check: the set of its title under the rules it was opened with, and the area's own indicators.
    package static func criteria(of recheck: Rechecks.Recheck, _ reader: any Reader) throws -> CriteriaSet {
        try RecognitionStore.criteria(recheck.criteriaSet, rules: recheck.rules, own: recheck.own, reader)
    }

    /// A re-check this person may see.
    package static func recheck(
        _ id: ID, seenBy sight: Sight, on day: Day, _ reader: any Reader
    ) throws -> Rechecks.Recheck {
        let row = try reader.one(
            "\(select(on: day)) WHERE r.id = \(id) AND \(sight.covers("r.territory_id"))")
        return try recheck(row, place: place(of: row.id("territory_id"), reader))
    }

    /// A re-check by its id without a sight: inside a transaction whose permit named it, and for seeds.
    package static func recheck(
        _ id: ID, unattended reader: any Reader, on day: Day
    ) throws -> Rechecks.Recheck {
        let row = try reader.one("\(select(on: day)) WHERE r.id = \(id)")
        return try recheck(row, place: place(of: row.id("territory_id"), reader))
    }

    /// The re-checks of a year below a unit, in official order, by pages.
    ///
    /// - Parameter state: only those that stand so.
    package static func rechecks(
        under territory: ID, year: Int, state wanted: Rechecks.State? = nil, seenBy sight: Sight, on day: Day,
        after: ID? = nil, limit: Int = 60, _ reader: any Reader
    ) throws -> (rechecks: [Rechecks.Recheck], next: ID?) {
        var condition: SQL = """
            o.year = \(year) AND \(sight.covers("r.territory_id")) AND EXISTS (SELECT 1 FROM territory_closure u
                WHERE u.descendant_id = r.territory_id AND u.ancestor_id = \(territory))
            """
        if let wanted { condition += " AND (\(state(on: day))) = \(wanted.rawValue)" }
        if let after,
            let key = try reader.first(
                """
                SELECT t.sort_key FROM recheck r JOIN territory t ON t.id = r.territory_id WHERE r.id = \(after)
                """)?.text("sort_key")
        {
            condition += " AND (t.sort_key > \(key) OR (t.sort_key = \(key) AND r.id > \(after)))"
        }
        let rows = try reader.rows(
            "\(select(on: day)) WHERE \(condition) ORDER BY t.sort_key, r.id LIMIT \(limit + 1)")
        let page = try rows.prefix(limit).map { try recheck($0, place: []) }
        return (page, rows.count > limit ? page.last?.id : nil)
    }

    /// Re-checks by a condition on `r`, `o` and `g`, in official order. The caller asks for what may be seen.
    static func rechecks(
        where condition: SQL, on day: Day, limit: Int, _ reader: any Reader
    ) throws -> [Rechecks.Recheck] {
        try reader.rows("\(select(on: day)) WHERE \(condition) ORDER BY t.sort_key, r.id LIMIT \(limit)")
            .map { try recheck($0, place: []) }
    }

    /// How many re-checks of a year stand how, by commune.
    package static func counts(
        under territory: ID, year: Int, seenBy sight: Sight, on day: Day, _ reader: any Reader
    ) throws -> [(commune: TerritoryTitle, due: Day, counts: [Rechecks.State: Int])] {
        let rows = try reader.rows(
            """
            SELECT s.territory_id, t.kind AS own_kind, t.designation AS own_designation, t.name AS own_name, s.due_on,
                s.stands, s.many
            FROM (SELECT q.territory_id, q.due_on, q.stands, count(*) AS many
                FROM (SELECT o.territory_id, o.due_on, \(state(on: day)) AS stands
                    FROM recheck r JOIN recheck_round o ON o.id = r.round_id JOIN title_grant g ON g.id = r.title_id
                    LEFT JOIN decision_withdrawal w ON w.title_id = g.id
                    WHERE o.year = \(year) AND \(sight.covers("r.territory_id")) AND EXISTS (SELECT 1
                        FROM territory_closure u WHERE u.descendant_id = r.territory_id AND u.ancestor_id = \(territory))) q
                GROUP BY q.territory_id, q.due_on, q.stands) s
            JOIN territory t ON t.id = s.territory_id ORDER BY t.sort_key, s.territory_id, s.stands
            """)
        var found: [(commune: TerritoryTitle, due: Day, counts: [Rechecks.State: Int])] = []
        for row in rows {
            let commune = try row.place("territory_id", "own")
            if found.last?.commune.id != commune.id { found.append((commune, try row.day("due_on"), [:])) }
            found[found.count - 1].counts[try row.word("stands")] = try row.integer("many")
        }
        return found
    }

    /// The round of a unit and year; nil when none was opened. The unit must have been looked up with Sight.
    package static func round(
        of territory: ID, year: Int, _ reader: any Reader
    ) throws -> Rechecks.Round? {
        try reader.first(
            """
            SELECT id, territory_id, year, opened_on, due_on FROM recheck_round
            WHERE territory_id = \(territory) AND year = \(year)
            """
        ).map {
            Rechecks.Round(
                id: try $0.id("id"), territory: try $0.id("territory_id"), year: try $0.integer("year"),
                openedOn: try $0.day("opened_on"), dueOn: try $0.day("due_on"))
        }
    }

    /// The areas of titles that fall into the year of a round and do not stand in it, in official order, one for each
    /// title. The unit must have been looked up with Sight. Without criteria in force nothing can be added.
    package static func areasMissing(
        in round: Rechecks.Round, on day: Day, _ reader: any Reader
    ) throws -> [TerritoryTitle] {
        let found: [Candidate]
        do {
            found = try candidates(under: round.territory, year: round.year, on: day, notIn: round.id, reader)
        } catch is Refusal {
            return []
        }
        guard !found.isEmpty else { return [] }
        return try reader.rows(
            """
            SELECT t.id AS area_id, t.kind AS area_kind, t.designation AS area_designation, t.name AS area_name
            FROM title_grant g JOIN territory t ON t.id = g.territory_id
            WHERE g.id IN (\(SQL.list(found.map(\.title)))) ORDER BY t.sort_key, g.id
            """
        ).map { try $0.place("area_id", "area") }
    }

    /// The re-checks of an area this person may see, newest first.
    package static func rechecks(
        of area: ID, seenBy sight: Sight, on day: Day, _ reader: any Reader
    ) throws -> [Rechecks.Recheck] {
        try reader.rows(
            """
            \(select(on: day)) WHERE r.territory_id = \(area) AND \(sight.covers("r.territory_id"))
            ORDER BY o.year DESC, r.id DESC LIMIT 40
            """
        ).map { try recheck($0, place: []) }
    }

    /// What this person did before that bars them from something now.
    package static func hands(
        of person: ID, on recheck: Rechecks.Recheck, _ reader: any Reader
    ) throws -> Set<Rechecks.Hand> {
        var hands: Set<Rechecks.Hand> = []
        if let dossier = recheck.dossier {
            let did = try RecognitionStore.hands(of: person, on: dossier, reader).did
            if did.contains(.filled) || did.contains(.submitted) { hands.insert(.wrote) }
        }
        // What is done for somebody who handed their office over is done by both.
        let people = SQL.list(try PeopleStore.hands(of: person, reader))
        let row = try reader.one(
            """
            SELECT (SELECT count(*) FROM recheck_look l WHERE l.recheck_id = \(recheck.id) AND l.looked_by IN (\(people)))
                + (SELECT count(*) FROM recheck_event v WHERE v.recheck_id = \(recheck.id)
                    AND v.actor_id IN (\(people)) AND v.action IN ('look', 'pass', 'flag', 'mend')) AS looked
            """)
        if try row.integer("looked") > 0 { hands.insert(.looked) }
        return hands
    }

    /// Why this person leaves signing the decision that takes titles back to another; nil when nothing stands in the way.
    package static func refusalToWithdraw(
        _ titles: [ID], by person: ID, on day: Day, _ reader: any Reader
    ) throws -> Refusal? {
        guard !titles.isEmpty, let step = Rechecks.LifeCycle.step(.withdrawing, .withdraw) else { return nil }
        let rows = try reader.rows(
            "\(select(on: day)) WHERE r.title_id IN (\(SQL.list(titles))) AND r.state = 'heard' ORDER BY r.id")
        for row in rows {
            let hands = try hands(of: person, on: recheck(row, place: []), reader)
            if let refusal = Rechecks.LifeCycle.refusal(of: step, hands) { return refusal }
        }
        return nil
    }

    private static func place(of territory: ID, _ reader: any Reader) throws -> [ID] {
        let above = try reader.rows(
            """
            SELECT ancestor_id FROM territory_closure WHERE descendant_id = \(territory) AND ancestor_id <> \(territory)
            """
        ).map { try $0.id("ancestor_id") }
        return [territory] + above
    }

    private static func recheck(_ row: Row, place: [ID]) throws -> Rechecks.Recheck {
        Rechecks.Recheck(
            id: try row.id("id"), round: try row.id("round_id"), year: try row.integer("year"),
            title: try row.id("title_id"), area: try row.place("territory_id", "area"),
            commune: try row.optionalID("commune_id") == nil ? nil : row.place("commune_id", "commune"),
            code: try row.text("title"), name: try row.text("title_name"), level: try row.word("level"),
            number: try row.text("number"), day: try row.day("day"), body: try row.text("body"),
            from: try row.day("valid_from"), until: try row.optionalDay("valid_until"),
            dossier: try row.optionalID("dossier_id"), scope: try row.word("kind"),
            criteriaSet: try row.id("criteria_set_id"), rules: try row.optionalID("rules_id"),
            own: try row.optionalText("own_indicators"), areaClass: try row.optionalText("area_class"),
            region: try row.optionalText("region"),
            written: try row.word("written"), state: try row.word("stands"), since: try row.instant("state_since"),
            due: try row.optionalDay("due_on"), withdrawal: try row.optionalID("withdrawal_id"),
            revision: try row.integer("revision"), place: place)
    }
}
