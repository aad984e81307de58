import Core
import Database

/// What is written into the register: entering, ending, and putting a slip right, with what follows for goals.
extension GoalsStore {
    /// Titles that are no slip.
    static func wasEver(_ title: SQL) -> SQL { "(\(title).ended_why IS NULL OR \(title).ended_why <> 'mistaken')" }

    /// Enters a title, and marks the unit's open goal as reached if this title reaches it.
    ///
    /// - Parameter succession: what it ends, and what ends it; nil where all go on beside each other.
    package static func enter(
        _ new: Goals.NewUnitTitle, ending succession: Goals.Succession? = nil, _ deed: Goals.Deed, _ tx: Transaction
    ) throws -> ID {
        let id = tx.ids.next()
        let key = new.title.key(new.name)
        try tx.execute(
            """
            INSERT INTO unit_title (id, territory_id, title, title_key, title_name, decision_number, decision_day,
                decision_body, signer, valid_from, valid_until, recorded_by, organisation_id, at, revision)
            VALUES (\(id), \(new.territory), \(new.title.rawValue), \(key), \(new.name), \(new.document.number),
                \(new.document.day), \(new.document.body), \(new.signer), \(new.from), \(new.until), \(deed.person),
                \(deed.organisation), \(deed.at), 1)
            """)
        try GoalsFinding.enter(unitTitle: id, new.document, tx)
        tx.note("unitTitle.\(new.title.rawValue)", to: "\(new.document.number), \(new.from)")
        for step in succession?.ended ?? [] {
            try end(
                step.title.id, at: step.title.revision, on: new.from, why: step.why, document: new.document.line, tx)
        }
        if let inherited = succession?.inherited {
            try end(id, at: 1, on: inherited.on, why: inherited.why, document: inherited.document, tx)
        } else if let later = succession?.endedBy {
            try end(id, at: 1, on: later.title.from, why: later.why, document: later.title.document.line, tx)
        }
        try reach(goalsOf: new.territory, key, by: id, tx)
        return id
    }

    /// Ends a title of the register; the entry stays with why and by which document. A goal that it had reached is open
    /// again where the title is withdrawn before the goal's day.
    package static func end(
        _ title: Goals.UnitTitleHeld, on day: Day, why: Goals.Ending, document: String, _ tx: Transaction
    ) throws {
        try end(title.id, at: title.revision, on: day, why: why, document: document, tx)
        try settle(goalsOf: title.unit.id, title.title.key(title.name), tx)
    }

    /// Takes an entry for a slip: it stays in the register with the reason and counts nowhere. What it ended stands as it
    /// would without it, and a goal that it reached is open again.
    ///
    /// - Throws: `.conflict` when it is known for a slip already, or when somebody changed one of these titles meanwhile.
    package static func takeOut(
        _ title: Goals.UnitTitleHeld, why: String, _ deed: Goals.Deed, _ tx: Transaction
    ) throws {
        let standing = try standing(of: title.unit.id, tx)
        guard let mistaken = standing.first(where: { $0.id == title.id }) else {
            throw Refusal(.conflict, "goals.refusal.mistakenAlready")
        }
        let undone = Goals.Mistake(mistaken, among: standing).undone
        try tx.move("unit_title", title.id, from: title.revision)
        try tx.execute(
            """
            UPDATE unit_title SET ended_on = valid_from, ended_why = 'mistaken', ended_document = \(why),
                voided_on = \(deed.at.day) WHERE id = \(title.id)
            """)
        tx.note("unitTitle.mistake", from: said(title.document.line, mistaken.ended), to: why)
        for one in undone {
            try tx.move("unit_title", one.title.id, from: one.title.revision)
            try tx.execute(
                """
                UPDATE unit_title SET ended_on = \(one.ended?.on), ended_why = \(one.ended?.why.rawValue),
                    ended_document = \(one.ended?.document) WHERE id = \(one.title.id)
                """)
            tx.note("unitTitle.end", from: said("\(one.title.id)", one.title.ended), to: said("", one.ended))
        }
        for key in Set([mistaken.key] + undone.map(\.title.key)).sorted() {
            try settle(goalsOf: title.unit.id, key, tx)
        }
    }

    private static func said(_ title: String, _ ended: Goals.StandingTitle.Ended?) -> String {
        [title, ended.map { "\($0.why.rawValue) \($0.on.isoText)" } ?? "-", ended?.document ?? ""]
            .filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private static func end(
        _ title: ID, at revision: Int, on day: Day, why: Goals.Ending, document: String?, _ tx: Transaction
    ) throws {
        try tx.move("unit_title", title, from: revision)
        try tx.execute(
            """
            UPDATE unit_title SET ended_on = \(day), ended_why = \(why.rawValue), ended_document = \(document)
            WHERE id = \(title)
            """)
        tx.note("unitTitle.end", from: "\(title)", to: "\(why.rawValue), \(day)")
    }
}
