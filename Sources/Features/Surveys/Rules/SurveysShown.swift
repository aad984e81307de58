import Core

extension Surveys {
    /// What a form showed in its fields when it was drawn. Several people fill in one survey: what was sent is held
    /// against what its sender saw, so that nobody writes over what they did not see, and nothing is taken out that
    /// stood on no form.
    package struct Shown: Sendable {
        /// All fields stood on the form.
        package static let all = "*"

        private let fields: String?
        private let was: [String: String]
        private let isOlder: Bool

        /// - Parameters:
        ///   - fields: which fields stood on the form, `all` or one of them; nil (JSON) for those that are sent.
        ///   - was: what stood in them; of a form of all fields those that were empty are left out.
        ///   - isOlder: whether the survey was saved since the revision that the sender names.
        package init(_ fields: String?, was: [String: String], isOlder: Bool = false) {
            self.fields = fields
            self.was = was
            self.isOlder = isOlder
        }

        /// What becomes of a field.
        package enum Outcome: String, Sendable, Equatable { case stays, changes, collides }

        /// Whether a field that came empty, or not at all, is an edit.
        package func covers(_ field: String) -> Bool { fields == Shown.all || fields == field }

        /// - Parameters:
        ///   - typed: what was sent, as `held` is written; empty to take it out.
        ///   - held: what stands there now.
        package func outcome(of field: String, typed: String, held: String) -> Outcome {
            guard typed != held else { return .stays }
            guard let before = was[field] ?? (fields == Shown.all ? "" : nil) else {
                // Nobody knows what the sender saw; over an older revision it is not guessed.
                return isOlder ? .collides : .changes
            }
            if typed == before { return .stays }
            return before == held ? .changes : .collides
        }
    }
}
