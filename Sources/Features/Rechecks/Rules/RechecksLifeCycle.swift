import Core

extension Rechecks {
    /// The one table of a re-check: states, acts, who, what must be said. Allowed buttons, duties and docs/rechecks.md
    /// are drawn from it; a new step is a new row.
    ///
    ///     due ──pass──────────────────────────────────────────────────────────► kept
    ///      │flag                                                                 ▲
    ///      ▼                                                                     │ keep, once all is mended
    ///     watched ─draft─► warning ─notify─► noticed ──answer──► answered ───────┤
    ///        ▲───retract────┘                   ▲    │              │            │
    ///                                           └────┼───extend─────┤            │
    ///                                                ▼ time over    ▼            │
    ///                                               summoned ──hear──► heard ────┘
    ///                                                                    │ propose ▲ discard
    ///                                                                    ▼         │
    ///                                                                 withdrawing ─┘──withdraw──► withdrawn
    ///     ended: the title itself ended, from any of these before kept
    package enum LifeCycle {
        /// One way from state to state: by which act, and who may do it.
        package struct Step: Sendable {
            /// Nil: the title is in no round of the year yet.
            package let from: State?
            package let action: Action
            package let to: State
            /// Nil for what the product does by itself.
            package let needs: Capability?
            package let reason: ReasonRule
            /// Whoever did one of these may not do this.
            package let apart: [Hand]

            init(
                _ from: State?, _ action: Action, _ to: State, _ needs: Capability?, reason: ReasonRule = .none,
                apart: [Hand] = []
            ) {
                self.from = from
                self.action = action
                self.to = to
                self.needs = needs
                self.reason = reason
                self.apart = apart
            }
        }

        /// Who holds a re-check in a state, and what is waited for.
        package struct Stage: Sendable {
            package let state: State
            package let holder: Party?
            /// The act that is waited for; nil when nothing follows.
            package let awaits: Action?
        }

        package static let steps: [Step] = [
            Step(nil, .open, .due, .recheckTitles),

            // Who wrote the dossier does not say whether it still holds.
            Step(.due, .look, .due, .recheckTitles, apart: [.wrote]),
            Step(.due, .pass, .kept, .recheckTitles, apart: [.wrote]),
            Step(.due, .flag, .watched, .recheckTitles, apart: [.wrote]),

            // Who looked does not judge what follows.
            Step(.watched, .mend, .watched, .recheckTitles, apart: [.wrote]),
            Step(.watched, .draft, .warning, .warnTitles, reason: .perIndicator, apart: [.wrote, .looked]),
            Step(.watched, .keep, .kept, .warnTitles, apart: [.wrote, .looked]),

            // A notice is a paper: it holds from when number, day, signer and scan are in.
            Step(.warning, .mend, .warning, .recheckTitles, apart: [.wrote]),
            Step(.warning, .retract, .watched, .warnTitles),
            Step(.warning, .notify, .noticed, .warnTitles, apart: [.wrote, .looked]),

            Step(.noticed, .answer, .answered, .answerNotice),
            Step(.noticed, .mend, .noticed, .recheckTitles, apart: [.wrote]),
            Step(.noticed, .extend, .noticed, .warnTitles, reason: .text, apart: [.wrote, .looked]),
            Step(.noticed, .keep, .kept, .warnTitles, apart: [.wrote, .looked]),
            Step(.noticed, .summon, .summoned, .warnTitles, reason: .text, apart: [.wrote, .looked]),

            Step(.answered, .mend, .answered, .recheckTitles, apart: [.wrote]),
            Step(.answered, .extend, .noticed, .warnTitles, reason: .text, apart: [.wrote, .looked]),
            Step(.answered, .keep, .kept, .warnTitles, apart: [.wrote, .looked]),
            Step(.answered, .summon, .summoned, .warnTitles, reason: .text, apart: [.wrote, .looked]),

            Step(.summoned, .answer, .summoned, .answerNotice),
            Step(.summoned, .mend, .summoned, .recheckTitles, apart: [.wrote]),
            Step(.summoned, .postpone, .summoned, .warnTitles, reason: .text, apart: [.wrote, .looked]),
            Step(.summoned, .hear, .heard, .warnTitles, reason: .text, apart: [.wrote, .looked]),

            Step(.heard, .mend, .heard, .recheckTitles, apart: [.wrote]),
            Step(.heard, .keep, .kept, .warnTitles, apart: [.wrote, .looked]),
            Step(.heard, .propose, .withdrawing, .draftDecision, reason: .text, apart: [.wrote, .looked]),

            Step(.withdrawing, .discard, .heard, .draftDecision),
            Step(.withdrawing, .withdraw, .withdrawn, .issueDecision, apart: [.wrote, .looked]),

            Step(.due, .end, .ended, nil), Step(.watched, .end, .ended, nil), Step(.warning, .end, .ended, nil),
            Step(.noticed, .end, .ended, nil),
            Step(.answered, .end, .ended, nil), Step(.summoned, .end, .ended, nil), Step(.heard, .end, .ended, nil),
            Step(.withdrawing, .end, .ended, nil),
        ]

        package static let stages: [Stage] = [
            Stage(state: .due, holder: .commune, awaits: .pass),
            Stage(state: .watched, holder: .decider, awaits: .draft),
            Stage(state: .warning, holder: .decider, awaits: .notify),
            Stage(state: .noticed, holder: .area, awaits: .answer),
            Stage(state: .answered, holder: .decider, awaits: .keep),
            Stage(state: .summoned, holder: .decider, awaits: .hear),
            Stage(state: .heard, holder: .decider, awaits: .propose),
            Stage(state: .withdrawing, holder: .decider, awaits: .withdraw),
            Stage(state: .kept, holder: nil, awaits: nil),
            Stage(state: .ended, holder: nil, awaits: nil),
            Stage(state: .withdrawn, holder: nil, awaits: nil),
        ]

        /// Who has a re-check in hand that stands so, and what is awaited.
        package static func stage(_ state: State) -> Stage {
            stages.first { $0.state == state } ?? Stage(state: state, holder: nil, awaits: nil)
        }

        /// The step of an act from a state; nil where there is none.
        package static func step(_ state: State?, _ action: Action) -> Step? {
            steps.first { $0.from == state && $0.action == action }
        }

        /// The written states in which somebody with this capability has the awaited act in hand.
        package static func states(awaiting capability: Capability) -> [State] {
            stages.compactMap { stage in
                guard let awaited = stage.awaits, step(stage.state, awaited)?.needs == capability else { return nil }
                return stage.state
            }
        }

        /// The row of an act, or why it cannot be done now, in words for where the re-check stands.
        package static func possible(_ state: State?, _ action: Action) throws(Refusal) -> Step {
            if let step = step(state, action) { return step }
            if action == .propose, state != .withdrawing, state != .withdrawn, state != .ended, state != .kept {
                throw Refusal(.conflict, "rechecks.refusal.notHeard")
            }
            guard let state else { throw Refusal(.conflict, "rechecks.refusal.noRound") }
            throw Refusal(.conflict, "rechecks.refusal.notNow.\(state.rawValue)")
        }

        /// The state after an act by somebody.
        ///
        /// - Throws: `.conflict` when the act is not possible in this state, `.forbidden` when another must do it,
        ///   `.invalid` when a reason is missing.
        package static func next(
            _ state: State?, _ action: Action, holding capabilities: Set<Capability>, hands: Set<Hand> = [],
            reason: Reason = .none
        ) throws(Refusal) -> State {
            let step = try possible(state, action)
            guard let needs = step.needs else { throw Refusal(.forbidden, "rechecks.refusal.byItself") }
            guard capabilities.contains(needs) else {
                throw Refusal(.forbidden, "web.forbidden.noRole", ["capability": needs.rawValue])
            }
            if let refusal = refusal(of: step, hands) { throw refusal }
            if let refusal = reason.refusal(by: step.reason) { throw refusal }
            return step.to
        }

        /// Why somebody must leave a step to another; nil when nothing stands in the way.
        package static func refusal(of step: Step, _ hands: Set<Hand>) -> Refusal? {
            step.apart.first(where: hands.contains).map {
                Refusal(.forbidden, "rechecks.refusal.apart.\($0.rawValue)")
            }
        }
    }

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
            case (.text, _): return Refusal(.invalid, "rechecks.refusal.reasonNeeded")
            case (.perIndicator, .perIndicator(let count)) where count > 0: return nil
            case (.perIndicator, _): return Refusal(.invalid, "rechecks.refusal.noticeNeedsReason")
            }
        }
    }
}
