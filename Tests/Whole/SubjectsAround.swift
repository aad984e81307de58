import Core
import Database

/// The records in the paths of what stands around recognition, by the word of the path that names them. A word without
/// a record is left out, and the path then leads nowhere.
struct SubjectsAround: Sendable {
    let ids: [String: ID]
    /// An indicator that an office holds for the area.
    let officeCode: String
    let rulesCode: String

    init(area: ID, commune: ID, dossier: ID, _ reader: any Reader) throws {
        let grid: SQL = """
            SELECT g.id FROM office_grid g WHERE g.territory_id = \(commune)
                AND EXISTS (SELECT 1 FROM office_objection o WHERE o.grid_id = g.id AND o.territory_id = \(area))
            ORDER BY g.year DESC, g.id LIMIT 1
            """
        let practice: SQL = """
            SELECT p.id FROM practice p WHERE p.state = 'confirmed' ORDER BY
                CASE WHEN EXISTS (SELECT 1 FROM practice_picture i WHERE i.practice_id = p.id AND i.released_by IS NOT NULL)
                THEN 0 ELSE 1 END, CASE WHEN p.territory_id = \(area) THEN 0 ELSE 1 END, p.id LIMIT 1
            """
        let queries: [String: SQL] = [
            "offices": grid,
            "saves":
                "SELECT id FROM office_save WHERE grid_id = (\(grid)) AND state = 'done' ORDER BY number DESC LIMIT 1",
            "objections": "SELECT id FROM office_objection WHERE territory_id = \(area) ORDER BY id LIMIT 1",
            "office-documents": "SELECT id FROM office_document ORDER BY id LIMIT 1",
            "practices": practice,
            "practice-pictures":
                "SELECT id FROM practice_picture WHERE released_by IS NOT NULL AND practice_id = (\(practice)) ORDER BY id LIMIT 1",
            "models": "SELECT id FROM area_model WHERE territory_id = \(area) ORDER BY id LIMIT 1",
            "handovers": "SELECT id FROM handover ORDER BY id LIMIT 1",
            "consultations": "SELECT id FROM consultation WHERE territory_id = \(commune) ORDER BY id LIMIT 1",
            "taken-criteria": """
            SELECT t.id FROM taken_criterion t JOIN consultation c ON c.id = t.consultation_id
            WHERE c.territory_id = \(commune) ORDER BY t.id LIMIT 1
            """,
            "rules": "SELECT id FROM rules_document WHERE status = 'published' ORDER BY effective_from DESC LIMIT 1",
            "own": "SELECT id FROM own_indicator WHERE dossier_id = \(dossier) ORDER BY id LIMIT 1",
            "plan": """
            SELECT i.id FROM plan_item i JOIN survey s ON s.id = i.survey_id WHERE s.territory_id = \(area)
            ORDER BY i.id LIMIT 1
            """,
        ]
        ids = try queries.compactMapValues { try reader.first($0)?.id("id") }
        officeCode =
            try reader.first(
                "SELECT code FROM office_objection WHERE territory_id = \(area) ORDER BY id LIMIT 1")?.text("code")
            ?? "0"
        rulesCode =
            try reader.first("SELECT code FROM rules_document WHERE status = 'published' ORDER BY id LIMIT 1")?.text(
                "code")
            ?? "0"
    }
}
