import Core

extension Recognition {
    /// Which indicators of a returned dossier the area has worked on since: a value or note saved anew, or evidence added.
    package struct Mending: Sendable {
        /// The codes of the last return, with the moment.
        private let returns: [String: Instant]
        private let touched: [String: Instant]

        /// - Parameters:
        ///   - returns: of all rounds; only the last counts.
        ///   - entries: the area's own values.
        ///   - evidence: when evidence came to each indicator last.
        package init(
            returns: [(code: String, round: Int, at: Instant)], entries: [(code: String, at: Instant)],
            evidence: [(code: String, at: Instant)]
        ) {
            let last = returns.map(\.round).max()
            self.returns = Dictionary(
                returns.filter { $0.round == last }.map { ($0.code, $0.at) }, uniquingKeysWith: max)
            touched = Dictionary((entries + evidence).map { ($0.code, $0.at) }, uniquingKeysWith: max)
        }

        /// Whether the indicator was sent back last.
        package func isReturned(_ code: String) -> Bool { returns[code] != nil }

        package func isMended(_ code: String) -> Bool {
            guard let back = returns[code] else { return false }
            return touched[code].map { $0 > back } ?? false
        }

        /// Whether the area worked on an indicator after the commune put its own value: that value says nothing any more.
        ///
        /// - Parameter checked: when the commune put it.
        package func isNewer(_ code: String, than checked: Instant) -> Bool {
            touched[code].map { $0 > checked } ?? false
        }

        /// Why the area may not change an indicator of a returned dossier: residents met, read and answered about the
        /// values as they stood, so that only what was sent back is worked on. A return that names no indicator leaves
        /// all to the area.
        package func refusalToFill(_ code: String) -> Refusal? {
            guard !returns.isEmpty, !isReturned(code) else { return nil }
            return Refusal(
                .conflict, "recognition.refusal.notReturned",
                ["code": code, "codes": returns.keys.sorted().joined(separator: ", ")])
        }

        /// What was sent back and nobody touched since.
        package var open: [String] { returns.keys.filter { !isMended($0) }.sorted() }

        /// Refuses to hand a dossier in again as it was.
        package func refusalToSubmit() -> Refusal? {
            let open = open
            guard !open.isEmpty else { return nil }
            return Refusal(
                .invalid, "recognition.refusal.notMended",
                ["count": "\(open.count)", "codes": open.joined(separator: ", ")])
        }
    }
}
