import Core

extension Recognition {
    /// How far the commune's list (tờ trình) has come.
    package enum SubmissionState: String, Sendable, CaseIterable, Codable {
        case draft
        case sent
        /// The deciding level has it: the commune takes nothing back any more.
        case received
        /// Taken back by the commune before it was received; its dossiers wait for another list.
        case recalled
    }

    /// What is entered from the signed submission (tờ trình). The scan stays with the office: unlike a decision, a
    /// submission grants nothing.
    package struct SubmissionPaper: Sendable, Equatable {
        package let number: String
        package let day: Day
        package let signer: String
        package let office: String

        package init(number: String, day: Day, signer: String, office: String) {
            self.number = number
            self.day = day
            self.signer = signer
            self.office = office
        }

        package var key: String { SignedPaper.key(number) }

        /// Refuses a day to come, and a day outside the dossiers' year and the next.
        package func refusal(on today: Day, year: Int) -> Refusal? {
            SignedPaper(number: number, day: day, signer: signer, office: office).refusal(on: today, year: year)
        }
    }

    /// A dossier about to be sent on with the commune's list.
    package struct SubmissionLine: Sendable {
        package let area: String
        package let state: State
        package let preceding: Preceding

        package init(area: String, state: State, preceding: Preceding) {
            self.area = area
            self.state = state
            self.preceding = preceding
        }

        /// What it lacks: ends of the words' keys under `recognition.submission.lack`.
        package var lacks: [String] {
            (LifeCycle.step(state, .forward) == nil ? ["state"] : []) + preceding.lacks
        }
    }

    /// Refuses a list with a dossier that is not ready; each is named with what it lacks.
    package static func refusalToSend(_ lines: [SubmissionLine]) -> Refusal? {
        guard !lines.isEmpty else { return Refusal(.invalid, "recognition.submission.refusal.empty") }
        return Refusal.of(
            lines.flatMap { line in
                line.lacks.map {
                    Refusal(.conflict, "recognition.submission.refusal.lack.\($0)", ["area": line.area])
                }
            })
    }

    /// Why a submission cannot be taken back.
    ///
    /// - Parameter taken: dossiers of it that a panel has in hand.
    package static func refusalToRecall(_ state: SubmissionState, taken: Int, reason: String) -> Refusal? {
        switch state {
        case .draft: return Refusal(.conflict, "recognition.submission.refusal.notSent")
        case .recalled: return Refusal(.conflict, "recognition.submission.refusal.recalledAlready")
        case .received: return Refusal(.conflict, "recognition.submission.refusal.received")
        case .sent where taken > 0: return Refusal(.conflict, "recognition.submission.refusal.received")
        case .sent:
            return reason.contains { !$0.isWhitespace }
                ? nil : Refusal(.invalid, "recognition.refusal.reasonNeeded", field: "reason")
        }
    }
}

extension Recognition {
    /// The body a submission is written to, as a letter names it. A set names its deciding bodies for a whole province
    /// or country, "Ủy ban MTTQ Việt Nam tỉnh (giả định)": what stands in brackets is a remark for readers of the set,
    /// and the body above the sender says which one of them it is.
    ///
    /// - Parameters:
    ///   - decider: as the criteria set names it.
    ///   - superior: the body above the one that submits, with its own name.
    package static func addressee(_ decider: String, superior: String?) -> String {
        let plain = decider.split(separator: "(").first.map(String.init) ?? decider
        let words = plain.split(separator: " ")
        guard decider.hasSuffix(")") || !decider.contains("("), !words.isEmpty else { return decider }
        let above = (superior ?? "").split(separator: " ")
        // The longest end of the one that begins the other; one word alone is chance.
        let shared = stride(from: min(words.count, above.count), to: 1, by: -1).first {
            words.suffix($0).elementsEqual(above.prefix($0))
        }
        return (words + above.dropFirst(shared ?? above.count)).joined(separator: " ")
    }
}
