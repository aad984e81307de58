import Core
import Database
import Organisation
import Recognition
import Web

/// What of re-checks, notices and refusals waits for a person, for home.
enum RechecksWaiting {
    static func waiting(for actor: Actor, on today: Day, _ reader: any Reader) throws -> [Waiting] {
        func roots(_ capability: Capability) -> [ID] {
            Array(
                Set(
                    actor.grants.filter { $0.term.contains(today) && $0.role.capabilities.contains(capability) }
                        .map(\.territory))
            ).sorted()
        }
        let (rechecking, warning, answering) = (roots(.recheckTitles), roots(.warnTitles), roots(.answerNotice))
        var found: [Waiting] = []
        if !answering.isEmpty {
            let sight = Sight(person: actor.person, roots: answering)
            found += try area(sight, on: today, reader)
            found += try RecognitionStore.answerableRefusals(seenBy: sight, on: today, reader).map { one in
                Waiting(
                    "rechecks.waiting.refusal", ["area": one.area], subject: one.dossier, due: one.due, minutes: 15,
                    href: "/dossiers/\(one.dossier)/refusal")
            }
        } else if !warning.isEmpty {
            let sight = Sight(person: actor.person, roots: warning)
            found += try decider(sight, on: today, reader)
            found += try RecognitionStore.unansweredReplies(seenBy: sight, reader).map { one in
                Waiting(
                    "rechecks.waiting.reply", ["area": one.area], subject: one.dossier, minutes: 15,
                    href: "/dossiers/\(one.dossier)/refusal")
            }
        } else if !rechecking.isEmpty {
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

    private static func area(_ sight: Sight, on today: Day, _ reader: any Reader) throws -> [Waiting] {
        try reader.rows(
            """
            SELECT r.id, r.state, r.due_on, t.name FROM recheck r JOIN title_grant g ON g.id = r.title_id
            JOIN territory t ON t.id = r.territory_id
            WHERE \(isOpen([.noticed, .summoned], sight, on: today)) ORDER BY r.due_on NULLS LAST, r.id LIMIT 20
            """
        ).map { row in
            let state: Rechecks.State = try row.word("state")
            return Waiting(
                "rechecks.waiting.\(state.rawValue)", ["area": try row.text("name")], subject: try row.id("id"),
                due: try row.optionalDay("due_on"), minutes: 20, href: "/rechecks/\(try row.id("id"))")
        }
    }

    private static func decider(_ sight: Sight, on today: Day, _ reader: any Reader) throws -> [Waiting] {
        try reader.rows(
            """
            SELECT r.id, r.state, r.due_on, t.name FROM recheck r JOIN title_grant g ON g.id = r.title_id
            JOIN territory t ON t.id = r.territory_id LEFT JOIN decision_withdrawal w ON w.title_id = g.id
            WHERE \(isOpen([.watched, .warning, .answered, .summoned, .heard], sight, on: today)) AND w.decision_id IS NULL
                AND (r.state <> 'summoned' OR r.due_on <= \(today)) ORDER BY r.due_on NULLS LAST, r.id LIMIT 20
            """
        ).map { row in
            let state: Rechecks.State = try row.word("state")
            let name = state == .summoned ? "toHear" : state.rawValue
            return Waiting(
                "rechecks.waiting.\(name)", ["area": try row.text("name")], subject: try row.id("id"),
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
