import Core
import Criteria
import Database

extension Recognition {
    /// One row of a title's history as pages tell it.
    package struct TitleNote: Sendable {
        package let title: ID
        package let act: TitleAct
        package let day: Day
        /// The number of the decision it rests on.
        package let number: String?
        package let reason: String?
        package let by: String?
        package let at: Instant
    }
}

/// The history of titles. Whatever begins, changes or ends a title goes through here, so that the rows and the ends that
/// lists read cannot part.
extension RecognitionStore {
    /// Writes one row, and for an act that ends the title its end.
    ///
    /// - Parameters:
    ///   - decision: the decision it rests on.
    ///   - other: the title that took its place.
    /// - Throws: `.conflict` when the title does not hold on that day.
    package static func record(
        _ act: Recognition.TitleAct, of title: ID, on day: Day, decision: ID? = nil, other: ID? = nil,
        reason: String? = nil, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        if let why = Recognition.HeldTitle.Ending(act) {
            let touched = try tx.execute(
                """
                UPDATE title_grant SET ended_on = \(day), ended_why = \(why.rawValue)
                WHERE id = \(title) AND ended_on IS NULL AND valid_from <= \(day)
                    AND (valid_until IS NULL OR valid_until >= \(day))
                """)
            guard touched == 1 else { throw Refusal(.conflict, "recognition.refusal.titleEnded") }
        }
        try tx.execute(
            """
            INSERT INTO title_event (id, title_id, act, day, decision_id, other_id, reason, recorded_by, at)
            VALUES (\(tx.ids.next()), \(title), \(act.rawValue), \(day), \(decision), \(other), \(reason),
                \(deed.person), \(deed.at))
            """)
        tx.note("title.\(act.rawValue)", to: "\(title), \(day)")
    }

    /// What happened to a title, the latest first.
    ///
    /// - Parameter isPublic: leaves out what concerns the area, its commune and the decider alone.
    package static func titleNotes(
        of titles: [ID], isPublic: Bool, _ reader: any Reader
    ) throws -> [Recognition.TitleNote] {
        let hidden = Recognition.TitleAct.allCases.filter { !$0.isPublic }.map(\.rawValue)
        let condition: SQL = isPublic ? " AND e.act NOT IN (\(SQL.list(hidden)))" : ""
        return try reader.rows(
            """
            SELECT e.title_id, e.act, e.day, e.reason, e.at, x.number, p.name AS by_name FROM title_event e
            LEFT JOIN decision x ON x.id = e.decision_id LEFT JOIN person p ON p.id = e.recorded_by
            WHERE e.title_id IN (\(SQL.list(titles)))\(condition) ORDER BY e.day DESC, e.at DESC, e.id DESC
            """
        ).map { row in
            Recognition.TitleNote(
                title: try row.id("title_id"), act: try row.choice("act"), day: try row.day("day"),
                number: try row.optionalText("number"), reason: try row.optionalText("reason"),
                by: try row.optionalText("by_name"), at: try row.instant("at"))
        }
    }

    /// How titles stand on a day, from their rows.
    package static func standings(
        of titles: [ID], on day: Day, _ reader: any Reader
    ) throws -> [ID: Recognition.TitleStanding] {
        titles.isEmpty
            ? [:] : try history("g.id IN (\(SQL.list(titles)))", reader).standings(on: day)
    }

    /// The rows of all titles below a unit, in their order: what every published total can be drawn from again.
    package static func titleHistory(
        under territory: ID, _ reader: any Reader
    ) throws -> Recognition.TitleHistory {
        try history(
            """
            EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = g.territory_id
                AND u.ancestor_id = \(territory))
            """, reader)
    }

    private static func history(_ condition: SQL, _ reader: any Reader) throws -> Recognition.TitleHistory {
        Recognition.TitleHistory(
            try reader.rows(
                """
                SELECT e.title_id, e.act, e.day, g.title, g.level, g.valid_until
                FROM title_event e JOIN title_grant g ON g.id = e.title_id WHERE \(condition)
                ORDER BY e.day, e.at, e.id
                """
            ).map { row in
                let act: Recognition.TitleAct = try row.choice("act")
                return Recognition.TitleEvent(
                    title: try row.id("title_id"), kind: .init(try row.text("title"), try row.choice("level")),
                    act: act, day: try row.day("day"),
                    until: act.change > 0 ? try row.optionalDay("valid_until") : nil)
            })
    }

    /// What an area holds on a day, as the next grant asks for it.
    package static func rungs(of area: ID, on day: Day, _ reader: any Reader) throws -> [Recognition.Rung] {
        try rungs(of: [area], on: day, reader)[area] ?? []
    }

    /// What areas hold on a day.
    package static func rungs(
        of areas: [ID], on day: Day, _ reader: any Reader
    ) throws -> [ID: [Recognition.Rung]] {
        var found: [ID: [Recognition.Rung]] = [:]
        guard !areas.isEmpty else { return found }
        for row in try reader.rows(
            """
            SELECT g.id, g.territory_id, g.title, g.level, g.valid_until, x.organisation_id
            FROM title_grant g JOIN decision x ON x.id = g.decision_id
            WHERE g.territory_id IN (\(SQL.list(areas))) AND \(holding(on: day)) ORDER BY g.valid_from, g.id
            """)
        {
            found[try row.id("territory_id"), default: []].append(
                Recognition.Rung(
                    title: try row.id("id"), kind: .init(try row.text("title"), try row.choice("level")),
                    decider: try row.id("organisation_id"), until: try row.optionalDay("valid_until")))
        }
        return found
    }
}

extension Recognition.HeldTitle.Ending {
    /// How the act that ended a title is kept with the title; nil for one that ends nothing.
    package init?(_ act: Recognition.TitleAct) {
        switch act {
        case .renewed: self = .renewed
        case .raised: self = .raised
        case .withdrawal: self = .withdrawn
        case .lapse: self = .lapsed
        case .merger: self = .merged
        default: return nil
        }
    }

    /// The act by which a title ends so.
    package var act: Recognition.TitleAct {
        switch self {
        case .renewed: .renewed
        case .raised: .raised
        case .withdrawn: .withdrawal
        case .lapsed: .lapse
        case .merged: .merger
        }
    }
}
