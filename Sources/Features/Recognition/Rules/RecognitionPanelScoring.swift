import Core
import Criteria

extension Recognition {
    /// One member's value for one judged indicator.
    package struct PanelScore: Sendable, Equatable {
        package let code: String
        package let person: ID
        package let value: Criteria.Value
        package let note: String?
        /// It once stood open to the panel. It stays as it is then, and open, whoever joins.
        package let wasOpen: Bool

        package init(code: String, person: ID, value: Criteria.Value, note: String? = nil, wasOpen: Bool = false) {
            self.code = code
            self.person = person
            self.value = value
            self.note = note
            self.wasOpen = wasOpen
        }
    }

    /// What the panel puts in the minutes for one indicator, and why.
    package struct Settlement: Sendable, Equatable {
        package let code: String
        package let value: Criteria.Value
        package let reason: String

        package init(code: String, value: Criteria.Value, reason: String) {
            self.code = code
            self.value = value
            self.reason = reason
        }
    }

    /// The blind scoring of one dossier: who sees what, when it opens, what is settled.
    ///
    /// A value is blind until every member whose score is expected has given one, or until the scoring is closed. Then
    /// it is open to the panel and can no longer be changed: a member who joins later scores what is still blind. Where
    /// a tie that is declared later takes scores away so that fewer than two are left, it is scored again.
    package struct PanelScoring: Sendable {
        /// Codes of the indicators that are scored blind, in the set's order: judged, mandatory, and drawn.
        package let judged: [String]
        /// Of these the drawn ones, with the members in the order in which the draw asks them; two of them score.
        package let drawn: [String: [ID]]
        package let standings: [PanelStanding]
        /// Only of members who may score.
        package let scores: [PanelScore]
        package let settlements: [String: Settlement]
        package let isClosed: Bool

        package init(
            judged: [String], drawn: [String: [ID]] = [:], standings: [PanelStanding], scores: [PanelScore],
            settlements: [Settlement],
            isClosed: Bool
        ) {
            self.judged = judged
            self.drawn = drawn
            self.standings = standings
            let able = Set(standings.filter(\.counts).map(\.seat.person))
            self.scores = scores.filter { able.contains($0.person) }
            self.settlements = Dictionary(settlements.map { ($0.code, $0) }, uniquingKeysWith: { _, last in last })
            self.isClosed = isClosed
        }

        private func given(_ code: String) -> [PanelScore] { scores.filter { $0.code == code } }

        /// How many scores stand, which may be told while nobody may know them.
        package func count(_ code: String) -> Int { given(code).count }

        /// Whose scores of an indicator are waited for: everybody's, or those of the two the draw asks.
        package func assigned(_ code: String) -> [ID] {
            let expected = standings.filter(\.isExpected).map(\.seat.person)
            guard let order = drawn[code] else { return expected }
            return Array(order.filter(expected.contains).prefix(PanelRules.leastScores))
        }

        package func isOpen(_ code: String) -> Bool {
            guard judged.contains(code) else { return false }
            if isClosed { return true }
            let scores = given(code)
            if scores.count(where: \.wasOpen) >= PanelRules.leastScores { return true }
            let given = Set(scores.map(\.person))
            let expected = assigned(code)
            return expected.count >= PanelRules.leastScores && expected.allSatisfy(given.contains)
        }

        /// What stands open now, in the set's order.
        package var open: [String] { judged.filter(isOpen) }

        /// What is still blind, in the set's order.
        package var blind: [String] { judged.filter { !isOpen($0) } }

        /// What a person may see of an indicator's scores: their own, and all once it is open.
        package func visible(_ code: String, to viewer: ID?) -> [PanelScore] {
            isOpen(code) ? given(code) : given(code).filter { $0.person == viewer }
        }

        /// Whether open scores differ from each other.
        package func differs(_ code: String) -> Bool { isOpen(code) && Set(given(code).map(\.value)).count > 1 }

        /// The value all gave; nil while it is blind, where they differ, or where too few scored.
        package func agreed(_ code: String) -> Criteria.Value? {
            guard isOpen(code), count(code) >= PanelRules.leastScores, !differs(code) else { return nil }
            return given(code).first?.value
        }

        /// The panel's value of a judged indicator: as settled, else as all gave it.
        package func value(_ code: String) -> Criteria.Value? { settlements[code]?.value ?? agreed(code) }

        package func refusalToScore(_ code: String, by person: ID) -> Refusal? {
            guard let standing = standings.first(where: { $0.seat.person == person }) else {
                return Refusal(.forbidden, "recognition.panel.refusal.notMember")
            }
            if let refusal = standing.refusalToScore { return refusal }
            guard assigned(code).contains(person) else {
                return Refusal(
                    .forbidden, "recognition.panel.refusal.notDrawn", field: "score.\(code)", ["code": code])
            }
            let wasOpen = given(code).contains { $0.person == person && $0.wasOpen }
            return isOpen(code) || wasOpen
                ? Refusal(.conflict, "recognition.panel.refusal.scoreOpen", field: "score.\(code)", ["code": code])
                : nil
        }

        /// Why the scoring cannot be closed yet: too few scores somewhere.
        package var refusalToClose: Refusal? {
            let thin = judged.filter { count($0) < PanelRules.leastScores }
            guard !thin.isEmpty else { return nil }
            return Refusal(
                .invalid, "recognition.panel.refusal.tooFewScores",
                ["codes": thin.joined(separator: ", "), "least": "\(PanelRules.leastScores)"])
        }

        /// Why a value cannot be put into the minutes. Nothing is settled while scores are blind, of no indicator: what
        /// stands in the minutes already would tell the others what to score.
        package func refusalToSettle(_ code: String, reason: String?) -> Refusal? {
            if judged.contains(code), !isOpen(code) {
                return Refusal(
                    .conflict, "recognition.panel.refusal.stillBlind", field: "value.\(code)", ["code": code])
            }
            if let refusal = refusalWhileBlind { return refusal }
            guard reason?.contains(where: { !$0.isWhitespace }) ?? false else {
                return Refusal(
                    .invalid, "recognition.panel.refusal.settlementReason", field: "reason.\(code)", ["code": code])
            }
            return nil
        }

        /// Why nothing at all is settled yet.
        package var refusalWhileBlind: Refusal? {
            blind.isEmpty
                ? nil
                : Refusal(
                    .conflict, "recognition.panel.refusal.settleWhileBlind",
                    ["codes": blind.joined(separator: ", ")])
        }
    }
}
