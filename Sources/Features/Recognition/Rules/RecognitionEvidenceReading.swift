import Core

extension Recognition {
    /// Who opens the file of a piece of evidence: a document, which holds lists of names, or a picture that the commune
    /// has not released. Evidence is closed by default (people.md rule 10), so seeing the dossier is not enough: whoever
    /// has no hand in it reads that the piece is there, of which kind and how many lines long, and who holds it.
    package struct EvidenceReading: Sendable, Equatable {
        /// What opens evidence.
        package enum Hand: String, Sendable, CaseIterable {
            /// Fills the dossier in: the area's heads, and who types for them.
            case fills
            /// The commune that checks it.
            case checks
            /// A seat on the panel it was given to.
            case appraises
            /// The level that decides on it, once it lies before it.
            case decides
            /// An organisation that supplied a value, was asked to confirm one, or took an indicator on: what speaks for
            /// these indicators, nothing else.
            case answers
        }

        package let hands: Set<Hand>
        private let answered: Set<String>

        /// - Parameters:
        ///   - capabilities: what the person's offices over the dossier's place include today.
        ///   - hasSeat: on a panel that was given the dossier; without the office of a member it opens nothing.
        ///   - isDecider: they act for the level that the dossier was registered with.
        ///   - answered: the indicators' codes that the organisations in whose name they act answer for.
        package init(
            of state: State, capabilities: Set<Capability>, hasSeat: Bool = false, isDecider: Bool = false,
            answered: Set<String> = []
        ) {
            var hands: Set<Hand> = []
            if !capabilities.isDisjoint(with: [.fillAssessment, .typeValues]) { hands.insert(.fills) }
            if capabilities.contains(.checkDossier) { hands.insert(.checks) }
            if hasSeat, capabilities.contains(.appraise) { hands.insert(.appraises) }
            if isDecider, !capabilities.isDisjoint(with: Deciding.capabilities), Self.liesBeforeDecider.contains(state)
            {
                hands.insert(.decides)
            }
            let supplies = !capabilities.isDisjoint(with: [.supplyValues, .takeOnCriteria])
            if supplies, !answered.isEmpty { hands.insert(.answers) }
            self.hands = hands
            self.answered = supplies ? answered : []
        }

        /// From the commune's list on; what is still with area and commune is no business of the level above.
        private static let liesBeforeDecider: Set<State> = [.forwarded, .appraised, .proposed, .recognised, .refused]

        /// - Parameter codes: the indicators that the piece speaks for.
        package func opens(isReleased: Bool, codes: some Sequence<String>) -> Bool {
            isReleased || hands.contains { $0 != .answers } || codes.contains(where: answered.contains)
        }

        /// What whoever asks for a closed file is told.
        package static let refusal = Refusal(.forbidden, "recognition.evidence.refusal.closed")
    }
}
