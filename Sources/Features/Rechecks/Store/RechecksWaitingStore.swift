import Core
import Criteria
import Database
import Organisation
import Recognition
import Web

/// What of re-checks, notices and refusals waits for a person, for home.
enum RechecksWaiting {
    static func waiting(for actor: Actor, on today: Day, _ reader: any Reader) throws -> [Waiting] {
        func roots(_ capability: Capability, but other: Capability? = nil) -> [ID] {
            Array(
                Set(
                    actor.grants.filter { grant in
                        grant.term.contains(today) && grant.role.capabilities.contains(capability)
                            && !(other.map(grant.role.capabilities.contains) ?? false)
                    }.map(\.territory))
            ).sorted()
        }
        let judging = try RecognitionStore.levels(of: actor, for: .warnTitles, on: today, reader)
        let (rechecking, answering) = (roots(.recheckTitles, but: .warnTitles), roots(.answerNotice))
        var found = try opening(roots(.recheckTitles), on: today, reader)
        if !answering.isEmpty {
            let sight = Sight(person: actor.person, roots: answering)
            found += try area(sight, on: today, reader)
            found += try RecognitionStore.answerableRefusals(seenBy: sight, on: today, reader).map { one in
                Waiting(
                    "rechecks.waiting.refusal", one.arguments, subject: one.dossier, due: one.due, minutes: 15,
                    href: "/dossiers/\(one.dossier)/refusal")
            }
        }
        for (level, sight) in judging {
            found += try decider(of: level, sight, on: today, reader)
        }
        // What an area said to a refusal is answered by the level that refused it.
        for (level, sight) in try RecognitionStore.levels(of: actor, for: .issueDecision, on: today, reader) {
            found += try RecognitionStore.unansweredReplies(of: level, seenBy: sight, reader).map { one in
                Waiting(
                    "rechecks.waiting.reply", one.arguments, subject: one.dossier, minutes: 15,
                    href: "/dossiers/\(one.dossier)/refusal")
            }
        }
        // Who decides on titles is not asked to look at all of a province, nor at what they judge; the communes' others do.
        var looking: [SQL] = []
        if !rechecking.isEmpty {
            looking.append(Sight(person: actor.person, roots: rechecking).covers("r.territory_id"))
        }
        for (level, sight) in judging where level == .commune {
            looking.append("(g.level <> 'commune' AND \(sight.covers("r.territory_id")))")
        }
        if !looking.isEmpty {
            found += try commune("(\(SQL.joined(looking, by: " OR ")))", on: today, reader)
        }
        return found
    }

    /// Communes of which titles are due this year and that have not opened the round.
    private static func opening(_ roots: [ID], on today: Day, _ reader: any Reader) throws -> [Waiting] {
        guard !roots.isEmpty else { return [] }
        return try reader.rows(
            """
            SELECT t.id, t.kind AS own_kind, t.designation AS own_designation, t.name AS own_name FROM territory t
            WHERE t.id IN (\(SQL.list(roots))) AND t.kind IN (\(SQL.list(TerritoryKind.communes.map(\.rawValue))))
                AND NOT EXISTS (SELECT 1 FROM recheck_round o WHERE o.territory_id = t.id AND o.year = \(today.year))
            ORDER BY t.sort_key, t.id LIMIT 5
            """
        ).compactMap { row in
            let commune = try row.place("id", "own")
            let count: Int
            do {
                count = try RechecksStore.titlesDue(under: commune.id, year: today.year, on: today, reader)
            } catch is Refusal {
                // Without criteria in force no round can be opened; the page of the round says so.
                return nil
            }
            guard count > 0 else { return nil }
            return Waiting(
                "rechecks.waiting.open",
                commune.arguments(as: "unit").merging(["count": "\(count)", "year": "\(today.year)"]) { own, _ in own },
                subject: commune.id, minutes: 5, href: "/rechecks?territory=\(commune.id)&year=\(today.year)")
        }
    }

    /// Re-checks that are open and whose title still holds, as a condition for `r` and `g`.
    private static func isOpen(_ states: [Rechecks.State], _ sight: Sight, on today: Day) -> SQL {
        isOpen(states, sight.covers("r.territory_id"), on: today)
    }

    private static func isOpen(_ states: [Rechecks.State], _ seen: SQL, on today: Day) -> SQL {
        """
        r.state IN (\(SQL.list(states.map(\.rawValue)))) AND (g.ended_on IS NULL OR g.ended_on > \(today))
            AND (g.valid_until IS NULL OR g.valid_until > \(today)) AND \(seen)
        """
    }

    /// The area of a re-check, from the territory `t`.
    private static let title: SQL = """
        t.id AS area_id, t.kind AS area_kind, t.designation AS area_designation, t.name AS area_name
        """

    private static func area(_ sight: Sight, on today: Day, _ reader: any Reader) throws -> [Waiting] {
        try reader.rows(
            """
            SELECT r.id, r.state, r.due_on, (SELECT count(*) FROM recheck_hearing o
                WHERE o.recheck_id = r.id AND o.put_off_at IS NOT NULL) AS put_off, h.day, h.begins, h.place, \(title)
            FROM recheck r JOIN title_grant g ON g.id = r.title_id JOIN territory t ON t.id = r.territory_id
            LEFT JOIN recheck_hearing h ON h.recheck_id = r.id AND h.put_off_at IS NULL AND h.held_at IS NULL
            WHERE \(isOpen([.noticed, .summoned], sight, on: today)) ORDER BY r.due_on NULLS LAST, r.id LIMIT 20
            """
        ).map { row in
            let state: Rechecks.State = try row.word("state")
            let isPutOff = try state == .summoned && row.integer("put_off") > 0
            var arguments = try row.place("area_id", "area").arguments()
            if let day = try row.optionalDay("day") {
                arguments["day"] = Language.vi.format.day(day)
                arguments["time"] = Recognition.VisitRoute.clock(try row.integer("begins"))
                arguments["place"] = try row.text("place")
            }
            return Waiting(
                "rechecks.waiting.\(isPutOff ? "putOff" : state.rawValue)", arguments,
                subject: try row.id("id"),
                due: try row.optionalDay("due_on"), minutes: 20, href: "/rechecks/\(try row.id("id"))")
        }
    }

    /// A notice comes back to the decider when its time is over without an answer, and when the commune recorded all as
    /// mended, answered or not.
    ///
    /// - Parameter level: whose titles: the commune's own, or all others.
    private static func decider(
        of level: Criteria.Level, _ sight: Sight, on today: Day, _ reader: any Reader
    ) throws -> [Waiting] {
        let own: SQL = level == .commune ? "g.level = 'commune'" : "g.level <> 'commune'"
        return try reader.rows(
            """
            SELECT r.id, r.state, r.due_on, r.mended_on, \(title) FROM recheck r JOIN title_grant g ON g.id = r.title_id
            JOIN territory t ON t.id = r.territory_id LEFT JOIN decision_withdrawal w ON w.title_id = g.id
            WHERE \(isOpen([.watched, .warning, .noticed, .answered, .summoned, .heard], sight, on: today))
                AND \(own) AND w.decision_id IS NULL AND (r.state <> 'summoned' OR r.due_on <= \(today))
                AND (r.state <> 'noticed' OR r.due_on < \(today) OR r.mended_on IS NOT NULL) ORDER BY r.due_on NULLS LAST, r.id LIMIT 20
            """
        ).map { row in
            let state: Rechecks.State = try row.word("state")
            let isMended = try row.optionalDay("mended_on") != nil
            let name =
                switch state {
                case .watched, .noticed, .answered: isMended ? "mended" : state == .noticed ? "silent" : state.rawValue
                case .summoned: "toHear"
                default: state.rawValue
                }
            // The day of a notice is the area's: who decides is not late by it.
            let isTheirs = state == .noticed || state == .answered
            return Waiting(
                "rechecks.waiting.\(name)", try row.place("area_id", "area").arguments(), subject: try row.id("id"),
                due: isTheirs ? nil : try row.optionalDay("due_on"), minutes: 20,
                href: "/rechecks/\(try row.id("id"))")
        }
    }

    /// What nobody has looked at yet, one card for each round that is not finished: last year's as well; and answers
    /// after which nobody has looked again.
    ///
    /// - Parameter seen: which of them, as a condition for `r` and `g`.
    private static func commune(_ seen: SQL, on today: Day, _ reader: any Reader) throws -> [Waiting] {
        let rounds = try reader.rows(
            """
            SELECT o.year, o.territory_id, count(*) AS many, min(r.due_on) AS due_on
            FROM recheck r JOIN recheck_round o ON o.id = r.round_id JOIN title_grant g ON g.id = r.title_id
            WHERE \(isOpen([.due], seen, on: today)) GROUP BY o.year, o.territory_id
            ORDER BY o.year, o.territory_id LIMIT 20
            """
        ).map { row in
            let (many, year) = (try row.integer("many"), try row.integer("year"))
            return Waiting(
                "rechecks.waiting.due", ["count": "\(many)", "year": "\(year)"], due: try row.optionalDay("due_on"),
                minutes: 15 * many,
                href: "/rechecks?territory=\(try row.id("territory_id"))&year=\(year)&state=due")
        }
        let answers = try reader.rows(
            """
            SELECT r.id, \(title) FROM recheck r JOIN title_grant g ON g.id = r.title_id
            JOIN territory t ON t.id = r.territory_id
            WHERE \(isOpen([.answered], seen, on: today)) AND r.mended_on IS NULL AND NOT EXISTS (
                SELECT 1 FROM recheck_event e
                WHERE e.recheck_id = r.id AND e.action = 'mend' AND e.at >= r.state_since)
            ORDER BY r.state_since, r.id LIMIT 20
            """
        ).map { row in
            Waiting(
                "rechecks.waiting.lookAgain", try row.place("area_id", "area").arguments(), subject: try row.id("id"),
                minutes: 30, href: "/rechecks/\(try row.id("id"))")
        }
        return rounds + answers
    }
}
