import Core

extension Recognition {
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
