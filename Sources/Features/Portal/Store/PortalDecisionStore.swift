import Core
import Criteria
import Database
import Organisation

extension PortalStore {
    static let decisionsOnPage = 20

    /// Issued decisions, the latest day first, by pages. A draft is nobody's business outside.
    func decisions(after: ID? = nil, limit: Int = decisionsOnPage) throws -> (lines: [PortalDecisionLine], next: ID?) {
        var condition: SQL = "x.state = 'issued'"
        if let after, let day = try reader.first("SELECT day FROM decision WHERE id = \(after)")?.optionalDay("day") {
            condition += " AND (x.day < \(day) OR (x.day = \(day) AND x.id < \(after)))"
        }
        let rows = try reader.rows(
            """
            \(PortalStore.decisionSelect) WHERE \(condition) ORDER BY x.day DESC, x.id DESC LIMIT \(limit + 1)
            """)
        let lines = try rows.prefix(limit).map { try PortalStore.decision($0) }
        return (lines, rows.count > limit ? lines.last?.id : nil)
    }

    /// One issued decision with the areas it recognises. Who was not recognised is not told here: it is for those
    /// concerned, with the reasons.
    func decision(_ id: ID) throws -> PortalDecisionOutput {
        let row = try reader.one("\(PortalStore.decisionSelect) WHERE x.id = \(id) AND x.state = 'issued'")
        let areas = try reader.rows(
            """
            SELECT t.id, t.kind, t.designation, t.name, p.id AS p_id, p.kind AS p_kind,
                p.designation AS p_designation, p.name AS p_name, g.valid_from, g.valid_until, g.ended_on,
                a.is_invented
            FROM title_grant g JOIN territory t ON t.id = g.territory_id LEFT JOIN territory p ON p.id = t.parent_id
            LEFT JOIN area a ON a.territory_id = t.id
            WHERE g.decision_id = \(id) OR g.id IN (SELECT w.title_id FROM decision_withdrawal w
                WHERE w.decision_id = \(id)) ORDER BY p.sort_key, t.sort_key, t.id LIMIT 1000
            """
        ).map { row in
            PortalDecisionOutput.Line(
                area: try PortalStore.title(row),
                isInvented: try row.value("is_invented") == .null ? false : row.flag("is_invented"),
                commune: try row.optionalID("p_id") == nil ? nil : PortalStore.title(row, "p_"),
                until: PortalTerm.lastDay(until: try row.optionalDay("valid_until")),
                endedOn: try row.optionalDay("ended_on"))
        }
        return PortalDecisionOutput(
            decision: try PortalStore.decision(row), signerOffice: try row.optionalText("signer_office"), areas: areas)
    }

    private static let decisionSelect: SQL = """
        SELECT x.id, x.title, x.level, x.year, x.number, x.day, x.signer_office, o.name AS body,
            (SELECT count(*) FROM title_grant n WHERE n.decision_id = x.id)
                + (SELECT count(*) FROM decision_withdrawal w WHERE w.decision_id = x.id) AS areas,
            COALESCE((SELECT min(n.title_name) FROM title_grant n WHERE n.decision_id = x.id),
                (SELECT min(n.title_name) FROM decision_withdrawal w JOIN title_grant n ON n.id = w.title_id
                    WHERE w.decision_id = x.id)) AS title_name, x.purpose
        FROM decision x JOIN organisation o ON o.id = x.organisation_id
        """

    private static func decision(_ row: Row) throws -> PortalDecisionLine {
        PortalDecisionLine(
            id: try row.id("id"), title: try row.text("title"), name: try row.optionalText("title_name"),
            level: try row.text("level"), year: try row.integer("year"), number: try row.text("number"),
            day: try row.day("day"), body: try row.text("body"), isWithdrawal: try row.text("purpose") == "withdrawal",
            areas: try row.integer("areas"))
    }
}
