import Core
import Criteria
import Database
import Organisation

extension RecognitionEarlierStore {
    /// Carries a kept plan out, all or nothing.
    ///
    /// - Throws: `.conflict` when an area, a body or a title of it came to be otherwise since the preview.
    static func carryOut(
        _ batch: RecognitionEarlier.Batch, own: ID?, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        guard batch.state == .previewed else { throw Refusal(.conflict, "organisation.import.refusal.notPreviewed") }
        guard batch.faults == 0 else { throw Refusal(.invalid, "organisation.import.refusal.faults") }
        let rows = try rows(of: batch.id, limit: RecognitionEarlier.mostRows, tx)
        let moved = Refusal(.conflict, "organisation.import.refusal.treeMoved")
        let known = try RecognitionEarlier.known(
            below: batch.territory, own: own, today: tx.now.day, batch: batch.id, tx)
        let standing = Set(known.units.filter { $0.isArea && $0.until == nil }.map(\.id))
        let bodies = Dictionary(known.bodies.map { ($0.id, $0.territory) }, uniquingKeysWith: { first, _ in first })
        let items = rows.compactMap(\.item)
        let settled = RecognitionEarlier.Settling(items, known)
        guard settled.faults.isEmpty, settled.items.count == rows.count,
            items.allSatisfy({ standing.contains($0.area) && bodies[$0.body] != nil })
        else { throw moved }
        guard
            let set = try CriteriaStore.current(.residentialArea, on: tx.now.day, for: batch.territory, tx)?.set
        else { throw Refusal(.conflict, "recognition.earlier.refusal.noCriteria") }
        let ladder = Recognition.TitleLadder(set)
        var decisions: Set<ID> = []
        // From the oldest on, and within a day the lower title first, so that each finds what was held when it came.
        let codes = set.titles.map(\.code)
        func order(_ row: RecognitionEarlier.Row) -> (Day, Int, Int, Int) {
            let level = Criteria.Level(rawValue: row.level).flatMap { Criteria.Level.allCases.firstIndex(of: $0) }
            return (row.day, codes.firstIndex(of: row.title) ?? codes.count, level ?? 0, row.number)
        }
        for row in rows.sorted(by: { order($0) < order($1) }) {
            guard let item = row.item, let territory = bodies[item.body] else { throw moved }
            let decision = try decision(of: item, on: territory, deed, tx)
            decisions.insert(decision)
            try begin(item, as: row.titleID, by: decision, ladder, deed, tx)
        }
        for decision in decisions.sorted() { try RecognitionSearch.enter(decision: decision, tx) }
        try tx.execute("UPDATE title_import SET state = 'done', done_at = \(tx.now) WHERE id = \(batch.id)")
    }

    /// The decision that a row names: the one in the register, or a new one.
    private static func decision(
        of item: RecognitionEarlier.Item, on territory: ID, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws -> ID {
        let there = try tx.first(
            """
            SELECT id FROM decision WHERE organisation_id = \(item.body) AND number_year = \(item.day.year)
                AND number_key = \(item.numberKey) AND title = \(item.title) AND level = \(item.level.rawValue)
                AND origin = 'register'
            """)
        if let there { return try there.id("id") }
        return try RecognitionStore.addEarlierDecision(
            territory: territory, organisation: item.body, title: item.title, level: item.level, year: item.year,
            number: item.number, day: item.day, deed, tx)
    }

    /// Begins a title on its decision's day: it ends what it rises above or renews, and is ended by what came after it.
    private static func begin(
        _ item: RecognitionEarlier.Item, as id: ID, by decision: ID, _ ladder: Recognition.TitleLadder,
        _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        let held = try RecognitionStore.rungs(of: item.area, on: item.day, tx)
        try tx.execute(
            """
            INSERT INTO title_grant (id, territory_id, title, title_name, level, year, decision_id, valid_from,
                valid_until)
            VALUES (\(id), \(item.area), \(item.title), \(item.titleName), \(item.level.rawValue), \(item.year),
                \(decision), \(item.day), \(item.until))
            """)
        try RecognitionStore.record(
            ladder.opening(of: item.kind, over: held, from: item.body), of: id, on: item.day, decision: decision,
            reason: item.note, deed, tx)
        let open = try Set(
            tx.rows("SELECT id FROM title_grant WHERE territory_id = \(item.area) AND ended_on IS NULL").map {
                try $0.id("id")
            })
        for rung in held where open.contains(rung.title) {
            guard let act = ladder.replacement(of: rung, by: item.kind, from: item.body) else { continue }
            try RecognitionStore.record(act, of: rung.title, on: item.day, decision: decision, other: id, deed, tx)
        }
        try endByLater(item, id, ladder, deed, tx)
        try RecognitionTitleJobs.plan(title: id, until: item.until, tx)
    }

    /// A title entered late may have been followed long ago by one that stands in the register.
    private static func endByLater(
        _ item: RecognitionEarlier.Item, _ id: ID, _ ladder: Recognition.TitleLadder, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws {
        let mine = Recognition.Rung(title: id, kind: item.kind, decider: item.body, until: item.until)
        let later = try tx.rows(
            """
            SELECT g.id, g.title, g.level, g.valid_from, g.decision_id, x.organisation_id
            FROM title_grant g JOIN decision x ON x.id = g.decision_id
            WHERE g.territory_id = \(item.area) AND g.valid_from >= \(item.day) AND g.id <> \(id)
            ORDER BY g.valid_from, g.id
            """)
        for row in later {
            let day = try row.day("valid_from")
            if let until = item.until, until <= day { return }
            let kind = Recognition.TitleKind(try row.text("title"), try row.choice("level"))
            // Of one day only a higher one follows.
            if day == item.day, kind == item.kind { continue }
            guard let act = ladder.replacement(of: mine, by: kind, from: try row.id("organisation_id")) else {
                continue
            }
            try RecognitionStore.record(
                act, of: id, on: day, decision: try row.id("decision_id"), other: try row.id("id"), deed, tx)
            return
        }
    }
}
