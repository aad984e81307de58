import Core

extension Recognition {
    /// Whether an area may stand in a decision, and how. No decision before the posting ended and the ballot's count
    /// is fixed; none that recognises whom the panel did not let pass; no refusal without a reason.
    package struct DecisionListing: Sendable {
        /// Of the panel's closed minutes; nil when there are none.
        package let conclusion: PanelConclusion?
        package let preceding: Preceding

        package init(conclusion: PanelConclusion?, preceding: Preceding) {
            self.conclusion = conclusion
            self.preceding = preceding
        }

        /// What the panel's minutes propose; a refusal needs its reason in words.
        package var proposed: Outcome { conclusion == .passes ? .recognised : .refused }

        /// - Parameter key: the dossier, as it stands behind the fields' names.
        package func refusals(_ outcome: Outcome, reason: String?, key: String) -> [Refusal] {
            var refusals: [Refusal] = []
            func refuse(_ word: String, _ field: String) {
                refusals.append(
                    Refusal(.invalid, "recognition.refusal.\(word)", field: "\(field).\(key)"))
            }
            switch outcome {
            case .recognised:
                switch conclusion {
                case nil: refuse("noMinutes", "outcome")
                case .passesNot: refuse("notPassing", "outcome")
                case .passes: break
                }
                if !preceding.isPostingOver { refuse("postingNotOver", "outcome") }
                if !preceding.isBallotFixed { refuse("ballotNotFixed", "outcome") }
            case .refused:
                if !(reason?.contains { !$0.isWhitespace } ?? false) { refuse("refusalNeedsReason", "reason") }
            }
            return refusals
        }
    }
}
