import Core
import Criteria

extension Recognition {
    /// What the minutes say of a dossier.
    package enum PanelConclusion: String, Sendable, CaseIterable, Codable { case passes, passesNot }

    /// The household ballot as far as a conclusion rests on it.
    package struct PanelBallot: Sendable, Equatable {
        package let households: Int
        /// Slips that went out.
        package let handedOut: Int
        package let returned: Int
        package let valid: Int
        package let satisfied: Int
        private let isTold: Bool

        /// - Parameter isTold: false where one part is so small that the figures of the whole give it away.
        package init(
            households: Int, handedOut: Int, returned: Int, valid: Int, satisfied: Int, isTold: Bool = true
        ) {
            self.isTold = isTold
            self.households = households
            self.handedOut = handedOut
            self.returned = returned
            self.valid = valid
            self.satisfied = satisfied
        }

        /// As both entries of the count have it; nil before they agree.
        package init?(_ ballot: Ballot) {
            guard let result = ballot.result, let handedOut = ballot.handedOut else { return nil }
            self.init(
                households: ballot.households, handedOut: handedOut, returned: result.returned, valid: result.valid,
                satisfied: result.satisfied, isTold: ballot.showsCounts)
        }

        /// "76,2": returned of all households.
        package var response: Quantity? { Quantity.percent(returned, of: households) }
        /// "92,5": satisfied of valid slips.
        package var satisfaction: Quantity? { Quantity.percent(satisfied, of: valid) }
        /// Whether more is told than that it passed or not (`Ballot.showsCounts`).
        package var showsShares: Bool { isTold && valid >= Terms.fewSlips }
    }

    /// What the stages before the submission left behind.
    package struct Preceding: Sendable, Equatable {
        package let isPostingOver: Bool
        /// Both entries of the count agree.
        package let isBallotFixed: Bool
        package let ballot: PanelBallot?
        package let background: Background

        package init(
            isPostingOver: Bool = false, isBallotFixed: Bool = false, ballot: PanelBallot? = nil,
            background: Background = .none
        ) {
            self.background = background
            self.isPostingOver = isPostingOver
            self.isBallotFixed = isBallotFixed
            self.ballot = ballot
        }

        /// Nothing was posted and nobody voted.
        package static let nothing = Preceding()

        /// What still lacks before the dossier may be sent on or decided: ends of words' keys.
        package var lacks: [String] { (isPostingOver ? [] : ["posting"]) + (isBallotFixed ? [] : ["ballot"]) }
    }

    /// What follows from the panel's values and the ballot by the criteria set, before anybody concludes.
    package struct PanelFinding: Sendable {
        /// What the ballot lacks for a title: a share of slips back, or of those satisfied.
        package enum BallotFault: Sendable, Equatable {
            case missing
            case response(found: Quantity?, needed: Criteria.Share)
            case satisfaction(found: Quantity?, needed: Criteria.Share)
        }

        package let score: Criteria.Score
        package let ballotFaults: [BallotFault]

        package init(_ score: Criteria.Score, ballot: PanelBallot?, by terms: Terms) {
            self.score = score
            guard let ballot else {
                ballotFaults = [.missing]
                return
            }
            var faults: [BallotFault] = []
            if !terms.response.isReached(by: ballot.returned, of: ballot.households) {
                faults.append(.response(found: ballot.response, needed: terms.response))
            }
            if !terms.satisfied.isReached(by: ballot.satisfied, of: ballot.valid) {
                faults.append(.satisfaction(found: ballot.satisfaction, needed: terms.satisfied))
            }
            ballotFaults = faults
        }

        package var passes: Bool { score.passes && ballotFaults.isEmpty }
        package var conclusion: PanelConclusion { passes ? .passes : .passesNot }

        /// The panel may be stricter than the set's sums, with a reason. It cannot let pass what the set does not:
        /// whoever thinks a value is wrong changes the value, with a reason, where everybody sees it.
        package func refusal(of concluded: PanelConclusion, reason: String?) -> Refusal? {
            switch (conclusion, concluded) {
            case (.passes, .passes), (.passesNot, .passesNot): return nil
            case (.passesNot, .passes):
                return Refusal(.invalid, "recognition.panel.refusal.againstSet", field: "conclusion")
            case (.passes, .passesNot):
                let isSaid = reason?.contains { !$0.isWhitespace } ?? false
                return isSaid
                    ? nil : Refusal(.invalid, "recognition.panel.refusal.deviationReason", field: "reason")
            }
        }
    }

    /// Everything that must stand before the minutes are closed.
    package struct PanelClosing: Sendable {
        package let scoring: PanelScoring
        package let visits: Int
        /// The least members by the rules of the dossier.
        package let least: Int
        /// Codes that an office contradicted and the minutes do not settle.
        package let contradicted: [String]

        package init(
            scoring: PanelScoring, visits: Int, least: Int = PanelRules.leastMembers, contradicted: [String] = []
        ) {
            self.scoring = scoring
            self.visits = visits
            self.least = least
            self.contradicted = contradicted
        }

        /// All that is missing, at once.
        package var refusals: [Refusal] {
            var refusals: [Refusal] = []
            let seated = scoring.standings.filter { !$0.hasLeft }
            if seated.count < least {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.panel.refusal.tooFewSeated",
                        ["least": "\(least)", "count": "\(seated.count)"]))
            }
            let silent = seated.filter { $0.declaration == nil }.map(\.seat.name)
            if !silent.isEmpty {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.panel.refusal.undeclared", ["names": silent.joined(separator: ", ")]))
            }
            let blind = scoring.blind
            if !blind.isEmpty {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.panel.refusal.blindLeft", ["codes": blind.joined(separator: ", ")]))
            }
            if let thin = scoring.refusalToClose, blind.isEmpty { refusals.append(thin) }
            let open = scoring.judged.filter { scoring.isOpen($0) && scoring.value($0) == nil }
            if !open.isEmpty {
                refusals.append(
                    Refusal(.invalid, "recognition.panel.refusal.unsettled", ["codes": open.joined(separator: ", ")]))
            }
            if !contradicted.isEmpty {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.panel.refusal.contradicted",
                        ["codes": contradicted.joined(separator: ", ")]))
            }
            if visits == 0 { refusals.append(Refusal(.invalid, "recognition.panel.refusal.noVisit")) }
            return refusals
        }
    }
}
