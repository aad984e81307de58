import Core
import Database

extension RecognitionStore {
    /// Keeps who else was there at the commune's check; nobody named changes nothing.
    static func putAttendance(
        _ people: [Recognition.Attendee], of dossier: Recognition.Dossier, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        guard let attended = Recognition.Attendance.text(people) else { return }
        try tx.execute(
            """
            INSERT INTO check_attendance (dossier_id, round, attended, recorded_by, at)
            VALUES (\(dossier.id), \(dossier.round), \(attended), \(deed.person), \(deed.at))
            ON CONFLICT (dossier_id, round) DO UPDATE SET attended = excluded.attended,
                recorded_by = excluded.recorded_by, at = excluded.at
            """)
        tx.note("check.attended", to: attended)
    }

    static func attendance(
        of dossier: Recognition.Dossier, _ reader: any Reader
    ) throws -> [Recognition.Attendee] {
        let row = try reader.first(
            """
            SELECT attended FROM check_attendance WHERE dossier_id = \(dossier.id) AND round = \(dossier.round)
            """)
        return Recognition.Attendance.people(try row?.text("attended"))
    }
}
