import Core
import Foundation
import Testing

@testable import Rechecks

/// The life cycle of a re-check against a table that a person reads: every state, every act, every role.
@Suite("The life cycle of a re-check") struct RechecksLifeCycleTests {
    @Test func everyStateActionAndRoleIsAsTheTableSays() throws {
        var table = "# state · act · role → what comes of it. RECORD=1 draws it anew; read the difference.\n"
        for state in [nil] + Rechecks.State.allCases.map(Optional.some) {
            for action in Rechecks.Action.allCases {
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
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "life-cycle.txt")
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try table.write(to: path, atomically: true, encoding: .utf8)
            return
        }
        let committed = try? String(contentsOf: path, encoding: .utf8)
        #expect(committed == table, "life-cycle.txt no longer says what the code does; read the difference")
    }

    private func answer(_ state: Rechecks.State?, _ action: Rechecks.Action, _ role: Role) -> String {
        let reason: Rechecks.Reason =
            switch Rechecks.LifeCycle.step(state, action)?.reason {
            case .text?: .text("because")
            case .perIndicator?: .perIndicator(count: 1)
            default: .none
            }
        do throws(Refusal) {
            return try Rechecks.LifeCycle.next(state, action, holding: role.capabilities, reason: reason).rawValue
        } catch {
            return "\(error.kind.rawValue) \(error.key)"
        }
    }

    @Test func everyStateHasOneStageAndCanBeReached() throws {
        for state in Rechecks.State.allCases {
            #expect(Rechecks.LifeCycle.stages.count { $0.state == state } == 1)
            #expect(Rechecks.LifeCycle.steps.contains { $0.to == state })
            let stage = Rechecks.LifeCycle.stage(state)
            #expect((stage.holder == nil) == (stage.awaits == nil), "\(state)")
            if let awaits = stage.awaits { _ = try #require(Rechecks.LifeCycle.step(state, awaits), "\(state)") }
        }
        let rows = Rechecks.LifeCycle.steps.map { "\($0.from?.rawValue ?? "-") \($0.action.rawValue)" }
        #expect(Set(rows).count == rows.count)
    }

    /// No way leads to a withdrawal that does not pass a notice and a hearing.
    @Test func nothingIsWithdrawnWithoutNoticeAndHearing() {
        func reaches(without skipped: Rechecks.State) -> Bool {
            var (seen, open): (Set<Rechecks.State>, [Rechecks.State]) = ([.due], [.due])
            while let state = open.popLast() {
                for step in Rechecks.LifeCycle.steps where step.from == state && step.to != skipped {
                    if seen.insert(step.to).inserted { open.append(step.to) }
                }
            }
            return seen.contains(.withdrawn)
        }
        #expect(!reaches(without: .warning), "a notice is a signed paper")
        #expect(!reaches(without: .noticed) && !reaches(without: .summoned) && !reaches(without: .heard))
        #expect(reaches(without: .answered), "the control: an area that stays silent is heard all the same")
    }

    @Test func whoWroteOrLookedDoesNotJudge() {
        for step in Rechecks.LifeCycle.steps {
            let (wrote, looked) = (step.apart.contains(.wrote), step.apart.contains(.looked))
            switch step.action {
            case .look, .pass, .flag, .mend: #expect(wrote && !looked, "\(step)")
            case .draft, .notify, .keep, .extend, .summon, .postpone, .hear, .propose, .withdraw:
                #expect(wrote && looked, "\(step)")
            default: #expect(!wrote && !looked, "\(step)")
            }
            for hand in step.apart {
                #expect(Rechecks.LifeCycle.refusal(of: step, [hand])?.key == "rechecks.refusal.apart.\(hand.rawValue)")
            }
        }
    }

    @Test func howARecheckStandsFollowsFromItsTitle() {
        let cases: [(written: Rechecks.State, draft: Bool, holds: Bool, withdrawn: Bool, wanted: Rechecks.State)] = [
            (.due, false, true, false, .due), (.due, false, false, false, .ended), (.kept, false, false, false, .kept),
            (.kept, false, false, true, .kept), (.heard, false, true, false, .heard),
            (.heard, true, true, false, .withdrawing), (.heard, true, false, true, .withdrawn),
            (.noticed, true, true, false, .noticed), (.noticed, false, false, false, .ended),
        ]
        for one in cases {
            #expect(
                Rechecks.State(
                    written: one.written, hasDraft: one.draft, holds: one.holds, isWithdrawn: one.withdrawn)
                    == one.wanted,
                "\(one)")
        }
    }
}
