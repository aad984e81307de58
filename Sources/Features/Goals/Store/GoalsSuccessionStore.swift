import Core
import Database

extension GoalsStore {
    /// Every title a unit ever had, as far as one may follow another; what was entered by mistake is none.
    package static func standing(of territory: ID, _ reader: any Reader) throws -> [Goals.StandingTitle] {
        try reader.rows(
            """
            SELECT x.id, x.title, x.title_key, x.title_name, x.decision_number AS document_number,
                x.decision_day AS document_day, x.decision_body AS document_body, x.valid_from, x.valid_until, x.ended_on,
                x.ended_why, x.ended_document, x.revision
            FROM unit_title x WHERE x.territory_id = \(territory) AND \(wasEver("x")) ORDER BY x.valid_from, x.id
            """
        ).map { row in
            Goals.StandingTitle(
                id: try row.id("id"), title: try known(row, "title"), key: try row.text("title_key"),
                name: try row.text("title_name"), document: try document(row), from: try row.day("valid_from"),
                over: try [row.optionalDay("valid_until"), row.optionalDay("ended_on")].compactMap { $0 }.min(),
                ended: try ended(row), revision: try row.integer("revision"))
        }
    }

    private static func ended(_ row: Row) throws -> Goals.StandingTitle.Ended? {
        guard let on = try row.optionalDay("ended_on") else { return nil }
        return Goals.StandingTitle.Ended(
            on: on, why: try known(row, "ended_why"), document: try row.optionalText("ended_document"))
    }
}
