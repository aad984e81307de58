import Core

extension Recognition {
    /// What was said with an act.
    package enum Reason: Sendable, Equatable {
        case none
        case text(String)
        /// How many indicators have a reason.
        case perIndicator(count: Int)

        func refusal(by rule: ReasonRule) -> Refusal? {
            switch (rule, self) {
            case (.none, _): return nil
            case (.text, .text(let text)) where text.contains { !$0.isWhitespace }: return nil
            case (.text, _): return Refusal(.invalid, "recognition.refusal.reasonNeeded", field: "reason")
            case (.perIndicator, .perIndicator(let count)) where count > 0: return nil
            case (.perIndicator, _): return Refusal(.invalid, "recognition.refusal.returnNeedsReason")
            }
        }
    }
}
