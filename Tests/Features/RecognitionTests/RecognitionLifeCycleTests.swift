import Core
import Criteria
import Foundation
import Testing

@testable import Recognition

/// The life cycle against a table that a person reads: every state, every act, every role.
@Suite("The life cycle of a dossier") struct RecognitionLifeCycleTests {
    @Test func everyStateActionAndRoleIsAsTheTableSays() throws {
        var table = "# state · act · role → what comes of it. RECORD=1 draws it anew; read the difference.\n"
        for state in [nil] + Recognition.State.allCases.map(Optional.some) {
            for action in Recognition.Action.allCases {
                var answers: [String: [String]] = [:]
                for role in Role.allCases {
                    answers[answer(state, action, role), default: []].append(role.rawValue)
                }
                for (answer, roles) in answers.sorted(by: { $0.key < $1.key }) {
                    let who = roles.count == Role.allCases.count ? "everyone" : roles.joined(separator: " ")
                    table += "\(state?.rawValue ?? "-") · \(action.rawValue) · \(who) → \(answer)\n"
                }
            }
        }
        table += "# what the deciding level alone does: state · act · frozen level · acting level → what comes of it.\n"
        for step in Recognition.LifeCycle.steps where step.isDeciders {
            for frozen in Criteria.Level.allCases {
                for acting in Criteria.Level.allCases {
                    let said = answer(
                        step.from, step.action, step.needs, frozen: frozen, acting: [acting])
                    let state = step.from?.rawValue ?? "-"
                    table += "\(state) · \(step.action.rawValue) · \(frozen) · \(acting) → \(said)\n"
                }
            }
        }
        try Golden.compare(table, with: "life-cycle.txt")
    }

    /// A decider's act from every level on a dossier of every level, with the office that the row asks for.
    private func answer(
        _ state: Recognition.State?, _ action: Recognition.Action, _ needs: Capability, frozen: Criteria.Level,
        acting: Set<Criteria.Level>
    ) -> String {
        let isSaid = Recognition.LifeCycle.step(state, action)?.reason == .text
        do throws(Refusal) {
            return try Recognition.LifeCycle.next(
                state, action, holding: [needs], reason: isSaid ? .text("because") : .none, frozen: frozen,
                acting: acting
            ).rawValue
        } catch {
            return "\(error.kind.rawValue) \(error.key)"
        }
    }

    /// With everything said that the row asks for, and nothing done before.
    private func answer(_ state: Recognition.State?, _ action: Recognition.Action, _ role: Role) -> String {
        let reason: Recognition.Reason =
            switch Recognition.LifeCycle.step(state, action)?.reason {
            case .text?: .text("because")
            case .perIndicator?: .perIndicator(count: 1)
            default: .none
            }
        do throws(Refusal) {
            return try Recognition.LifeCycle.next(state, action, holding: role.capabilities, reason: reason).rawValue
        } catch {
            return "\(error.kind.rawValue) \(error.key)"
        }
    }

    @Test func everyStateHasOneStageAndCanBeReached() {
        for state in Recognition.State.allCases {
            #expect(Recognition.LifeCycle.stages.count { $0.state == state } == 1)
            #expect(Recognition.LifeCycle.steps.contains { $0.to == state })
        }
    }

    @Test func whatIsAwaitedCanBeDoneByWhoHoldsIt() throws {
        for stage in Recognition.LifeCycle.stages {
            #expect((stage.holder == nil) == (stage.awaits == nil), "\(stage.state)")
            guard let awaits = stage.awaits else { continue }
            let step = try #require(Recognition.LifeCycle.step(stage.state, awaits), "\(stage.state)")
            let states = Recognition.LifeCycle.states(awaiting: step.needs)
            #expect(states.contains(stage.state))
        }
    }

    @Test func noRowStandsTwice() {
        let rows = Recognition.LifeCycle.steps.map { "\($0.from?.rawValue ?? "-") \($0.action.rawValue)" }
        #expect(Set(rows).count == rows.count)
    }

    @Test func whoFilledOrSubmittedDoesNotCheckAndWhoCheckedDoesNotIssue() {
        let bars: [(state: Recognition.State, acts: [Recognition.Action], hands: [Recognition.Hand])] = [
            (.posted, [.count], [.filled, .submitted]),
            (.submitted, [.accept, .sendBack], [.filled, .submitted, .counted]),
            (.forwarded, [.score, .sendBack, .conclude], [.filled, .submitted, .counted, .checked]),
            (.proposed, [.recognise, .refuse], Recognition.Hand.allCases),
            (.refused, [.reconsider, .reappraise], Recognition.Hand.allCases),
        ]
        for state in Recognition.State.allCases {
            for action in Recognition.LifeCycle.actions(in: state) {
                for hand in Recognition.Hand.allCases {
                    let isBarred = bars.contains {
                        $0.state == state && $0.acts.contains(action) && $0.hands.contains(hand)
                    }
                    let step = Recognition.LifeCycle.step(state, action)
                    let refusal = step.flatMap { Recognition.Hands([hand]).refusal(of: $0) }
                    #expect((refusal != nil) == isBarred, "\(hand) \(state) \(action)")
                    if isBarred { #expect(refusal?.kind == .forbidden) }
                }
            }
        }
    }

    @Test func aReasonIsAskedForWhereTheRowSaysSo() {
        func refusal(_ state: Recognition.State, _ action: Recognition.Action, _ reason: Recognition.Reason) -> String?
        {
            let needs = Recognition.LifeCycle.step(state, action)?.needs
            do throws(Refusal) {
                _ = try Recognition.LifeCycle.next(state, action, holding: [needs ?? .fillAssessment], reason: reason)
                return nil
            } catch { return error.key }
        }
        #expect(refusal(.submitted, .sendBack, .perIndicator(count: 0)) == "recognition.refusal.returnNeedsReason")
        #expect(refusal(.submitted, .sendBack, .perIndicator(count: 1)) == nil)
        #expect(refusal(.assessing, .withdraw, .none) == "recognition.refusal.reasonNeeded")
        #expect(refusal(.assessing, .withdraw, .text(" \n")) == "recognition.refusal.reasonNeeded")
        #expect(refusal(.assessing, .withdraw, .text("The road comes first.")) == nil)
    }
}

/// Tables that are committed beside the tests.
enum Golden {
    static func compare(_ drawn: String, with name: String) throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: name)
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try drawn.write(to: path, atomically: true, encoding: .utf8)
            return
        }
        let committed = try? String(contentsOf: path, encoding: .utf8)
        #expect(committed == drawn, "\(name) no longer says what the code does; read the difference, then RECORD=1")
    }
}
