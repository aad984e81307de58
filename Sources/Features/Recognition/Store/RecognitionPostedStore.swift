import Core
import Criteria
import Database

/// What hung on the board, whatever was changed since.
extension RecognitionStore {
    /// The area's own values as they stood at a moment: of each indicator what had been saved last.
    package static func ownEntries(
        of dossier: ID, at moment: Instant, _ reader: any Reader
    ) throws -> [Recognition.Entry] {
        var standing: [String: Recognition.Entry] = [:]
        for row in try reader.rows(
            """
            SELECT v.code, v.side, v.value_kind, v.value_number, v.value_text, v.note, v.entered_by, v.at, v.version,
                v.source, v.outcome, NULL AS office, NULL AS enterer
            FROM indicator_value_history v WHERE v.dossier_id = \(dossier) AND v.side = 'self' AND v.at <= \(moment)
                AND v.outcome IN ('saved', 'undone') ORDER BY v.at, v.id
            """)
        {
            let entry = try entry(row)
            // What an office took back stood no more; what the area had typed before is saved again behind it.
            standing[entry.code] = try row.text("outcome") == "saved" ? entry : nil
        }
        return Array(standing.values)
    }
}
