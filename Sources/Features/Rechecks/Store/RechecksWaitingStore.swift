import Core
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
        // Who decides on titles is not asked to look at all of a province; the communes do.
        let rechecking = roots(.recheckTitles, but: .warnTitles)
        let (warning, answering) = (roots(.warnTitles), roots(.answerNotice))
        var found: [Waiting] = []
        if !answering.isEmpty {
            let sight = Sight(person: actor.person, roots: answering)
            found += try area(sight, on: today, reader)
            found += try RecognitionStore.answerableRefusals(seenBy: sight, on: today, reader).map { one in
                Waiting(
                    "rechecks.waiting.refusal", one.arguments, subject: one.dossier, due: one.due, minutes: 15,
                    href: "/dossiers/\(one.dossier)/refusal")
            }
        }
        if !warning.isEmpty {
            let sight = Sight(person: actor.person, roots: warning)
            found += try decider(sight, on: today, reader)
        }
        // What an area said to a refusal is answered by the level that refused it.
        for (level, sight) in try RecognitionStore.levels(of: actor, for: .issueDecision, on: today, reader) {
            found += try RecognitionStore.unansweredReplies(of: level, seenBy: sight, reader).map { one in
                Waiting(
                    "rechecks.waiting.reply", one.arguments, subject: one.dossier, minutes: 15,
                    href: "/dossiers/\(one.dossier)/refusal")
            }
        }
        if !rechecking.isEmpty {
            found += try commune(Sight(person: actor.person, roots: rechecking), on: today, reader)
        }
        return found
    }

    /// Re-checks that are open and whose title still holds, as a condition for `r` and `g`.
    private static func isOpen(_ states: [Rechecks.State], _ sight: Sight, on today: Day) -> SQL {
        """
        r.state IN (\(SQL.list(states.map(\.rawValue)))) AND (g.ended_on IS NULL OR g.ended_on > \(today))
            AND (g.valid_until IS NULL OR g.valid_until > \(today)) AND \(sight.covers("r.territory_id"))
        """
    }

    /// The area of a re-check, from the territory `t`.
    private static let title: SQL = """
        t.id AS area_id, t.kind AS area_kind, t.designation AS area_designation, t.name AS area_name
        """

    private static func area(_ sight: Sight, on today: Day, _ reader: any Reader) throws -> [Waiting] {
        try reader.rows(
            """
            SELECT r.id, r.state, r.due_on, \(title) FROM recheck r JOIN title_grant g ON g.id = r.title_id
            JOIN territory t ON t.id = r.territory_id
            WHERE \(isOpen([.noticed, .summoned], sight, on: today)) ORDER BY r.due_on NULLS LAST, r.id LIMIT 20
            """
        ).map { row in
            let state: Rechecks.State = try row.word("state")
            return Waiting(
                "rechecks.waiting.\(state.rawValue)", try row.place("area_id", "area").arguments(),
                subject: try row.id("id"),
                due: try row.optionalDay("due_on"), minutes: 20, href: "/rechecks/\(try row.id("id"))")
        }
    }

    private static func decider(_ sight: Sight, on today: Day, _ reader: any Reader) throws -> [Waiting] {
        try reader.rows(
            """
            SELECT r.id, r.state, r.due_on, \(title) FROM recheck r JOIN title_grant g ON g.id = r.title_id
            JOIN territory t ON t.id = r.territory_id LEFT JOIN decision_withdrawal w ON w.title_id = g.id
            WHERE \(isOpen([.watched, .warning, .answered, .summoned, .heard], sight, on: today)) AND w.decision_id IS NULL
                AND (r.state <> 'summoned' OR r.due_on <= \(today)) ORDER BY r.due_on NULLS LAST, r.id LIMIT 20
            """
        ).map { row in
            let state: Rechecks.State = try row.word("state")
            let name = state == .summoned ? "toHear" : state.rawValue
            return Waiting(
                "rechecks.waiting.\(name)", try row.place("area_id", "area").arguments(), subject: try row.id("id"),
                due: state == .answered ? nil : try row.optionalDay("due_on"), minutes: 20,
                href: "/rechecks/\(try row.id("id"))")
        }
    }

    private static func commune(_ sight: Sight, on today: Day, _ reader: any Reader) throws -> [Waiting] {
        let row = try reader.one(
            """
            SELECT count(*) AS many, min(r.due_on) AS due_on FROM recheck r JOIN title_grant g ON g.id = r.title_id
            WHERE \(isOpen([.due], sight, on: today))
            """)
        let many = try row.integer("many")
        guard many > 0 else { return [] }
        return [
            Waiting(
                "rechecks.waiting.due", ["count": "\(many)"], due: try row.optionalDay("due_on"), minutes: 15 * many,
                href: "/rechecks?state=due")
        ]
    }
}
