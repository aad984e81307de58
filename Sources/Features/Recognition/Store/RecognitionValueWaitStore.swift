import Core
import Database

extension Recognition {
    /// A value that a helper typed, or that new criteria ask about again, and no head has confirmed.
    package struct WaitingValue: Sendable, Equatable {
        package let code: String
        /// The helper's name.
        package let typist: String?
        package let since: Instant
        /// It waits since the dossier moved to a newer version, not since a helper typed it.
        package let isMoved: Bool
    }
}

extension RecognitionStore {
    /// Values of the area's own that wait for the head's yes, by code.
    package static func waiting(
        in dossier: ID, _ reader: any Reader
    ) throws -> [Recognition.WaitingValue] {
        try waiting(inAll: [dossier], reader)[dossier] ?? []
    }

    /// The same of many dossiers, by dossier.
    package static func waiting(
        inAll dossiers: [ID], _ reader: any Reader
    ) throws -> [ID: [Recognition.WaitingValue]] {
        guard !dossiers.isEmpty else { return [:] }
        var found: [ID: [Recognition.WaitingValue]] = [:]
        // A move and the values it asks again carry the same moment.
        for row in try reader.rows(
            """
            SELECT v.dossier_id, v.code, v.waits_since, p.name AS typist, (SELECT count(*) FROM dossier_move m
                WHERE m.dossier_id = v.dossier_id AND m.at = v.waits_since) AS moves
            FROM indicator_value v LEFT JOIN person p ON p.id = v.entered_by
            WHERE v.dossier_id IN (\(SQL.list(dossiers))) AND v.side = 'self' AND v.waits_since IS NOT NULL
            ORDER BY v.dossier_id, v.code
            """)
        {
            found[try row.id("dossier_id"), default: []].append(
                Recognition.WaitingValue(
                    code: try row.text("code"), typist: try row.optionalText("typist"),
                    since: try row.instant("waits_since"), isMoved: try row.integer("moves") > 0))
        }
        return found
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
