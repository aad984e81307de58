import Core
import Database

extension Recognition {
    /// A value that a helper typed and no head has confirmed.
    package struct WaitingValue: Sendable, Equatable {
        package let code: String
        /// The helper's name.
        package let typist: String?
        package let since: Instant
    }
}

extension RecognitionStore {
    /// Values of the area's own that wait for the head's yes, by code.
    package static func waiting(
        in dossier: ID, _ reader: any Reader
    ) throws -> [Recognition.WaitingValue] {
        try reader.rows(
            """
            SELECT v.code, v.waits_since, p.name AS typist
            FROM indicator_value v LEFT JOIN person p ON p.id = v.entered_by
            WHERE v.dossier_id = \(dossier) AND v.side = 'self' AND v.waits_since IS NOT NULL ORDER BY v.code
            """
        ).map {
            Recognition.WaitingValue(
                code: try $0.text("code"), typist: try $0.optionalText("typist"), since: try $0.instant("waits_since"))
        }
    }

    /// Who confirmed what a helper typed, by code: both names stay beside the value.
    package static func confirmers(of dossier: ID, _ reader: any Reader) throws -> [String: String] {
        var names: [String: String] = [:]
        for row in try reader.rows(
            """
            SELECT v.code, p.name FROM indicator_value v JOIN person p ON p.id = v.confirmed_by
            WHERE v.dossier_id = \(dossier) AND v.side = 'self'
            """)
        {
            names[try row.text("code")] = try row.text("name")
        }
        return names
    }

    /// The head says yes to what a helper typed.
    ///
    /// - Parameter code: one indicator; nil for all that wait.
    /// - Returns: how many were confirmed.
    @discardableResult
    package static func confirm(
        _ code: String?, of dossier: Recognition.Dossier, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws -> Int {
        _ = try Recognition.LifeCycle.possible(dossier.state, .fill)
        let waiting = try waiting(in: dossier.id, tx).map(\.code).filter { code == nil || $0 == code }
        guard !waiting.isEmpty else { throw Refusal(.conflict, "recognition.review.refusal.nothingWaits") }
        try tx.execute(
            """
            UPDATE indicator_value SET waits_since = NULL, confirmed_by = \(deed.person), confirmed_at = \(deed.at)
            WHERE dossier_id = \(dossier.id) AND side = 'self' AND waits_since IS NOT NULL
                AND code IN (\(SQL.list(waiting)))
            """)
        tx.note("value.confirmed", to: waiting.joined(separator: " "))
        return waiting.count
    }
}
