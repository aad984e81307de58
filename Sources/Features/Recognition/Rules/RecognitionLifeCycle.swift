import Core
import Criteria

extension Recognition {
    /// Where a dossier stands.
    package enum State: String, Sendable, CaseIterable, Codable {
        /// Registered; the area fills in its values.
        case assessing
        /// The self-assessment is closed; the residents' review meeting is held, and what it voted down is worked on.
        case reviewing
        /// Posted for the residents' comments; side by side with it the household ballot.
        case posted
        /// Handed to the commune with meeting, posting and ballot; the commune checks.
        case submitted
        /// Sent back with reasons; the area mends.
        case returned
        /// The commune found it in order; it waits for the commune's list.
        case accepted
        /// Stands on a submission (tờ trình) that was sent; the panel appraises.
        case forwarded
        /// The panel concluded; it waits for a decision to be drafted.
        case appraised
        /// Stands in a draft decision.
        case proposed
        case recognised
        case refused
        /// The area gave its registration back.
        case withdrawn
    }

    /// What can be done to a dossier. The raw value stands in `dossier_event.action`.
    package enum Action: String, Sendable, CaseIterable, Codable {
        case register
        /// A value, a note or evidence of the area's own.
        case fill
        /// The self-assessment is complete.
        case handIn
        /// Taken over to a newer version of its criteria or rules, where it stands.
        case adopt
        /// The same, and back to the self-assessment, because something is asked that was not asked before.
        case reopen
        /// One sitting of the review meeting, with or without quorum.
        case hold
        /// Niêm yết công khai.
        case post
        /// One of the two entries of the ballot's count.
        case count
        case submit
        case accept
        /// Trả lại: back to the area, with a reason at each indicator concerned.
        case sendBack
        /// Sent on with the commune's list.
        case forward
        /// The commune takes its list back before the deciding level received it.
        case recall
        /// A panel member's declaration, score or visit.
        case score
        /// The panel's minutes are closed.
        case conclude
        /// Put into a draft decision.
        case propose
        /// Taken out of a draft again.
        case unpropose
        case recognise
        case refuse
        /// The decider looks at its refusal again, after what the area said to it: another draft may name the dossier.
        case reconsider
        /// The same where the panel had not let it pass: a panel appraises it again first.
        case reappraise
        case withdraw
    }

    /// Who has a dossier in hand.
    package enum Party: String, Sendable, CaseIterable, Codable {
        case area, commune, panel, decider
    }

    /// What somebody did to a dossier before, as far as it bars them from something later.
    package enum Hand: String, Sendable, CaseIterable {
        /// Entered a value or evidence of the area's own.
        case filled
        case submitted
        /// Entered the ballot's count.
        case counted
        /// Accepted, returned, or put a check value.
        case checked
        /// Scored or concluded on the panel.
        case appraised
    }

    /// The stations of the story line, in order.
    package enum Station: String, Sendable, CaseIterable, Codable {
        case registration, assessment, review, posting, check, submission, appraisal, decision
    }

    /// What must be said with an act.
    package enum ReasonRule: String, Sendable {
        case none
        case text
        /// One at each indicator concerned, and at least one.
        case perIndicator
    }
}

extension Recognition {
    /// The one table of the life cycle: states, acts, who, until when, what must be said. Allowed buttons, next steps,
    /// duties, deadlines and docs/recognition.md are drawn from it; a new step is a new row.
    package enum LifeCycle {
        /// One act that is possible in one state.
        package struct Step: Sendable {
            /// Nil: there is no dossier yet.
            package let from: State?
            package let action: Action
            package let to: State
            package let needs: Capability
            package let reason: ReasonRule
            /// Whoever did one of these to the same dossier may not do this.
            package let apart: [Hand]

            /// Whether only the level that the dossier was registered with may do it.
            package var isDeciders: Bool { Deciding.capabilities.contains(needs) }

            init(
                _ from: State?, _ action: Action, _ to: State, _ needs: Capability, reason: ReasonRule = .none,
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

        /// What holds while a dossier is in a state.
        package struct Stage: Sendable {
            package let state: State
            /// Who has it in hand; nil when nobody has to do anything any more.
            package let holder: Party?
            /// The act that is waited for.
            package let awaits: Action?
            package let due: DueRule
            /// The station it is at; a closed dossier is past the last one.
            package let station: Station

            /// Nothing follows; evidence's origins are deleted on arriving here.
            package var isClosed: Bool { awaits == nil }
        }

        package static let steps: [Step] = [
            Step(nil, .register, .assessing, .registerArea),
            Step(.assessing, .fill, .assessing, .fillAssessment),
            Step(.assessing, .handIn, .reviewing, .submitAssessment),
            Step(.assessing, .adopt, .assessing, .moveDossiers),
            Step(.assessing, .withdraw, .withdrawn, .registerArea, reason: .text),

            Step(.reviewing, .hold, .reviewing, .holdReview),
            // What the meeting voted down, and nothing else: the rule is beside the form.
            Step(.reviewing, .fill, .reviewing, .fillAssessment),
            Step(.reviewing, .post, .posted, .holdReview),
            Step(.reviewing, .adopt, .reviewing, .moveDossiers),
            Step(.reviewing, .reopen, .assessing, .moveDossiers),
            Step(.reviewing, .withdraw, .withdrawn, .registerArea, reason: .text),

            // Who wrote the self-assessment does not count the ballot about it.
            Step(.posted, .count, .posted, .countBallot, apart: [.filled, .submitted]),
            Step(.posted, .submit, .submitted, .submitAssessment),
            Step(.posted, .withdraw, .withdrawn, .registerArea, reason: .text),

            Step(.submitted, .accept, .accepted, .checkDossier, apart: [.filled, .submitted, .counted]),
            Step(
                .submitted, .sendBack, .returned, .checkDossier, reason: .perIndicator,
                apart: [.filled, .submitted, .counted]),
            Step(.submitted, .withdraw, .withdrawn, .registerArea, reason: .text),

            Step(.returned, .fill, .returned, .fillAssessment),
            Step(.returned, .submit, .submitted, .submitAssessment),
            Step(.returned, .withdraw, .withdrawn, .registerArea, reason: .text),

            Step(.accepted, .forward, .forwarded, .forwardDossiers),
            Step(.accepted, .withdraw, .withdrawn, .registerArea, reason: .text),

            Step(.forwarded, .recall, .accepted, .forwardDossiers, reason: .text),
            Step(.forwarded, .score, .forwarded, .appraise, apart: [.filled, .submitted, .counted, .checked]),
            Step(
                .forwarded, .sendBack, .returned, .appraise, reason: .perIndicator,
                apart: [.filled, .submitted, .counted, .checked]),
            Step(.forwarded, .conclude, .appraised, .appraise, apart: [.filled, .submitted, .counted, .checked]),

            Step(.appraised, .propose, .proposed, .draftDecision),

            Step(.proposed, .unpropose, .appraised, .draftDecision),
            // Of the frozen level alone; where a commune checks and decides, by different persons.
            Step(.proposed, .recognise, .recognised, .issueDecision, apart: Hand.allCases),
            Step(.proposed, .refuse, .refused, .issueDecision, reason: .text, apart: Hand.allCases),

            // What an area says to a refusal is answered, and may lead somewhere.
            Step(.refused, .reconsider, .appraised, .issueDecision, reason: .text, apart: Hand.allCases),
            Step(.refused, .reappraise, .forwarded, .issueDecision, reason: .text, apart: Hand.allCases),

            // An area may change its mind within the year: the same dossier goes on, its story is kept.
            Step(.withdrawn, .register, .assessing, .registerArea),
        ]

        package static let stages: [Stage] = [
            Stage(state: .assessing, holder: .area, awaits: .handIn, due: .day(.assessmentEnds), station: .assessment),
            Stage(state: .reviewing, holder: .area, awaits: .post, due: .day(.reviewEnds), station: .review),
            Stage(state: .posted, holder: .area, awaits: .submit, due: .day(.postingEnds), station: .posting),
            Stage(state: .submitted, holder: .commune, awaits: .accept, due: .day(.checkEnds), station: .check),
            Stage(state: .returned, holder: .area, awaits: .submit, due: .mending, station: .check),
            Stage(state: .accepted, holder: .commune, awaits: .forward, due: .day(.checkEnds), station: .submission),
            Stage(
                state: .forwarded, holder: .panel, awaits: .conclude, due: .day(.appraisalEnds), station: .appraisal),
            Stage(state: .appraised, holder: .decider, awaits: .propose, due: .day(.decisionEnds), station: .decision),
            Stage(state: .proposed, holder: .decider, awaits: .recognise, due: .day(.decisionEnds), station: .decision),
            Stage(state: .recognised, holder: nil, awaits: nil, due: .none, station: .decision),
            Stage(state: .refused, holder: nil, awaits: nil, due: .none, station: .decision),
            Stage(state: .withdrawn, holder: nil, awaits: nil, due: .none, station: .assessment),
        ]

        /// The acts that bring a dossier past a station.
        package static func passes(_ station: Station) -> [Action] {
            switch station {
            case .registration: [.register]
            case .assessment: [.handIn]
            case .review: [.post]
            case .posting: [.submit]
            case .check: [.accept]
            case .submission: [.forward]
            case .appraisal: [.conclude]
            case .decision: [.recognise, .refuse]
            }
        }

        package static func stage(_ state: State) -> Stage {
            stages.first { $0.state == state }
                ?? Stage(state: state, holder: nil, awaits: nil, due: .none, station: .decision)
        }

        /// The row for an act in a state; nil when the act is not possible there.
        package static func step(_ state: State?, _ action: Action) -> Step? {
            steps.first { $0.from == state && $0.action == action }
        }

        /// What can be done in a state, whoever does it.
        package static func actions(in state: State?) -> [Action] {
            steps.filter { $0.from == state }.map(\.action)
        }

        /// The states in which somebody with this capability has the awaited act in hand: what duties are found by.
        package static func states(awaiting capability: Capability) -> [State] {
            stages.compactMap { stage in
                guard let awaited = stage.awaits, step(stage.state, awaited)?.needs == capability else { return nil }
                return stage.state
            }
        }

        /// The state after an act. Whether the person's role includes it is the permit's question; `capabilities` asks
        /// it again here so that the table can be read and tested whole.
        ///
        /// - Parameters:
        ///   - hands: what this person did to the dossier before.
        ///   - reason: what was said with the act, in the shape its row asks for.
        ///   - frozen: the level that the dossier was registered with; nil where the level is not asked.
        ///   - acting: the levels in whose name this person acts.
        /// - Throws: `.conflict` when the act is not possible in this state, `.forbidden` when another must do it,
        ///   `.invalid` when a reason is missing.
        package static func next(
            _ state: State?, _ action: Action, holding capabilities: Set<Capability>, hands: Hands = .none,
            reason: Reason = .none, frozen: Criteria.Level? = nil, acting: Set<Criteria.Level> = []
        ) throws(Refusal) -> State {
            let step = try possible(state, action)
            guard capabilities.contains(step.needs) else {
                throw Refusal(.forbidden, "web.forbidden.noRole", ["capability": step.needs.rawValue])
            }
            if step.isDeciders, let frozen, let refusal = Deciding.refusal(of: frozen, by: acting) { throw refusal }
            if let refusal = hands.refusal(of: step) { throw refusal }
            if let refusal = reason.refusal(by: step.reason) { throw refusal }
            return step.to
        }

        /// The row of an act, or why it cannot be done now, in words for where the dossier stands.
        package static func possible(_ state: State?, _ action: Action) throws(Refusal) -> Step {
            if let step = step(state, action) { return step }
            guard let state else { throw Refusal(.conflict, "recognition.refusal.notRegistered") }
            throw Refusal(.conflict, "recognition.refusal.notNow.\(state.rawValue)")
        }
    }
}
