import Core
import Database

extension RecognitionStore {
    /// Keeps who was there at the commune's check, as it was written.
    static func putAttendance(
        _ attended: String, of dossier: Recognition.Dossier, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO check_attendance (dossier_id, round, attended, recorded_by, at)
            VALUES (\(dossier.id), \(dossier.round), \(attended), \(deed.person), \(deed.at))
            ON CONFLICT (dossier_id, round) DO UPDATE SET attended = excluded.attended,
                recorded_by = excluded.recorded_by, at = excluded.at
            """)
        tx.note("check.attended", to: attended)
    }

    static func attendance(of dossier: Recognition.Dossier, _ reader: any Reader) throws -> String? {
        try reader.first(
            """
            SELECT attended FROM check_attendance WHERE dossier_id = \(dossier.id) AND round = \(dossier.round)
            """
        )?.text("attended")
    }
}
