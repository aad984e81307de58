import Core

extension Recognition {
    /// From where somebody looks at a decision.
    package enum DecisionStandpoint: String, Sendable, CaseIterable, Codable {
        /// Of the deciding level; of a draft only whoever drafts or signs there.
        case decider
        /// Looks at the deciding unit from it or from above it, and neither drafts nor signs its decisions.
        case beside
        /// Between the decider and the area: the commune.
        case above
        /// In the area itself.
        case area
        /// Anywhere else; no more than the public.
        case elsewhere
    }

    /// What of a decision is shown to whom. A draft belongs to the decider: to whoever drafts or signs it. A commune sees
    /// the lines of its areas in another's draft, an area that its line is being drafted and not how, and nobody else
    /// anything. Once issued, who is recognised is public; a refusal is between the
    /// decider, the commune and the area.
    package enum DecisionSight {
        /// How much of one line of a decision somebody reads.
        package enum Line: String, Sendable, CaseIterable, Codable {
            case whole
            /// That it stands in a draft, and nothing of what the draft says.
            case bare
            case hidden
        }

        package static func line(
            _ state: DecisionState, _ outcome: Outcome, from standpoint: DecisionStandpoint
        ) -> Line {
            switch (state, standpoint) {
            case (_, .decider): .whole
            case (.draft, .above): .whole
            case (.draft, .area): .bare
            case (.draft, .beside), (.draft, .elsewhere): .hidden
            case (.issued, .above), (.issued, .beside), (.issued, .area): .whole
            case (.issued, .elsewhere): outcome == .recognised ? .whole : .hidden
            }
        }

        /// The paper to be signed is the decider's until it is issued.
        package static func mayReadPaper(_ state: DecisionState, isDecider: Bool) -> Bool {
            isDecider || state == .issued
        }

        /// The signed paper names everybody who was refused: it stays with the decider where it does.
        package static func mayReadScan(isDecider: Bool, hidden: Int) -> Bool { isDecider || hidden == 0 }
    }

    /// What comes of an area's answer to a refusal.
    package enum RefusalReply: String, Sendable, CaseIterable, Codable {
        /// The decision stands.
        case upheld
        /// The dossier goes back to where another decision can come of it.
        case reconsidered

        /// What is done to the dossier; nil where the decision stands.
        ///
        /// - Parameter conclusion: of the panel's last minutes. No decision recognises whom the panel did not let pass:
        ///   there it is the panel that looks again.
        package func action(after conclusion: PanelConclusion?) -> Action? {
            switch self {
            case .upheld: nil
            case .reconsidered: conclusion == .passesNot ? .reappraise : .reconsider
            }
        }
    }

    /// The right to answer a refusal (quyền có ý kiến). Constructed for the demonstration: fifteen days.
    package struct RefusalAnswering: Sendable, Equatable {
        package static let days = 15
        /// The last day on which the area may answer.
        package let due: Day
        package let isAnswered: Bool
        package let isReplied: Bool

        /// - Parameter issued: the day on which the refusal became known here.
        package init(issued: Day, isAnswered: Bool, isReplied: Bool) {
            due = issued.adding(days: RefusalAnswering.days)
            self.isAnswered = isAnswered
            self.isReplied = isReplied
        }

        /// Why the area cannot answer any more; nil when it can.
        package func refusalToAnswer(on today: Day) -> Refusal? {
            if isAnswered { return Refusal(.conflict, "recognition.refusal.answeredAlready") }
            guard today <= due else {
                return Refusal(
                    .conflict, "recognition.refusal.answerOver", ["day": Language.vi.format.day(due)])
            }
            return nil
        }

        package func refusalToReply() -> Refusal? {
            if !isAnswered { return Refusal(.conflict, "recognition.refusal.nothingToReply") }
            return isReplied ? Refusal(.conflict, "recognition.refusal.repliedAlready") : nil
        }
    }
}
