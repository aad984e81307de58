import Core

extension Recognition {
    /// Why a declaration cannot stand as it is. A tie is explained; and whoever held an office in the area or its
    /// commune before, as the records say, is asked before they declare that nothing ties them.
    ///
    /// - Parameters:
    ///   - dossier: names the form's line, `reason.<dossier>`.
    ///   - wasOffice: they held an office there once, and no longer do.
    package static func refusal(
        of declaration: Declaration, reason: String?, for dossier: ID, wasOffice: Bool
    ) -> Refusal? {
        let isSaid = reason?.contains { !$0.isWhitespace } ?? false
        guard !isSaid else { return nil }
        switch declaration {
        case .conflict:
            return Refusal(.invalid, "recognition.panel.refusal.conflictReason", field: "reason.\(dossier)")
        case .none where wasOffice:
            return Refusal(.invalid, "recognition.panel.refusal.formerOffice", field: "reason.\(dossier)")
        case .none, .resident, .kin: return nil
        }
    }
}
