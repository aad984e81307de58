import Core
import Database
import Organisation
import Web

/// What of ballots waits for a person: a box whose days are over.
enum BallotsWaitingStore {
    static let waiting: WaitingSource = { actor, day, reader in
        guard actor.holds(.issueCodes) else { return [] }
        return try reader.rows(
            """
            SELECT b.id, b.last_on, t.id AS area_id, t.kind, t.designation, t.name FROM ballot b JOIN territory t ON t.id = b.territory_id
            WHERE b.closed_at IS NULL AND b.last_on < \(day) AND \(actor.sight.covers("b.territory_id"))
            ORDER BY b.last_on, b.id LIMIT 20
            """
        ).map { row in
            let id = try row.id("id")
            let area = TerritoryTitle(
                id: try row.id("area_id"), kind: try row.word("kind"), designation: try row.word("designation"),
                name: try row.text("name"))
            return Waiting(
                "ballots.waiting.close", area.arguments(), subject: id,
                due: try row.day("last_on").adding(days: 3), minutes: 2, href: "/ballots/\(id)")
        }
    }
}
