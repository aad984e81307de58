import Core

extension Rechecks {
    /// Where the re-check of one title stands.
    package enum State: String, Sendable, CaseIterable, Codable {
        /// Stands in the round of the year; nobody has concluded yet.
        case due
        /// An indicator fell. Nothing is held against the area yet.
        case watched
        /// A notice is drafted: nothing is given until the signed paper is in.
        case warning
        /// The area was given notice: what fell, why, and time to mend.
        case noticed
        /// The area answered and says what it mended.
        case answered
        /// Invited to be heard on a withdrawal.
        case summoned
        /// Heard, or invited and did not come; the minutes are in.
        case heard
        /// A draft decision takes the title back. Follows from the draft.
        case withdrawing
        case kept
        /// The title ended by itself: its term is over, or a higher one took its place. Follows from the title.
        case ended
        /// Taken back by a decision. Follows from the title.
        case withdrawn

        /// States that are written down; the others follow from the title and from drafts.
        package static let written: [State] = [.due, .watched, .warning, .noticed, .answered, .summoned, .heard, .kept]

        /// Looked at and not concluded: neither kept, nor ended, nor taken back.
        package static let underWay = allCases.filter { $0 != .due && LifeCycle.stage($0).awaits != nil }
    }

    /// What can be done to a re-check. The raw value stands in `recheck_event.action`.
    package enum Action: String, Sendable, CaseIterable, Codable {
        /// Puts a title into the round of the year.
        case open
        /// The value of an indicator as it is found today.
        case look
        /// Nothing fell: the title is kept.
        case pass
        /// Something fell: on watch.
        case flag
        /// Looked again at what fell.
        case mend
        /// Drafts a notice, with a reason at each indicator.
        case draft
        /// Throws that draft away.
        case retract
        /// Gives the area notice: number, day, signer and scan of the signed paper are in.
        case notify
        /// The area answers.
        case answer
        /// More time to mend.
        case extend
        case keep
        /// Invites the area to be heard.
        case summon
        /// Puts the day of the hearing off; the area is invited anew.
        case postpone
        /// Writes down what was said at the hearing, or that nobody came.
        case hear
        /// Drafts the decision that takes the title back.
        case propose
        /// Throws that draft away.
        case discard
        case withdraw
        /// The title ended by itself.
        case end
    }

    /// Who has a re-check in hand.
    package enum Party: String, Sendable, CaseIterable, Codable { case area, commune, decider }

    /// What somebody did before, as far as it bars them from something later.
    package enum Hand: String, Sendable, CaseIterable {
        /// Filled in or submitted the dossier that the title rests on.
        case wrote
        /// Entered what was found, or concluded from it.
        case looked
    }

    /// What must be said with an act.
    package enum ReasonRule: String, Sendable { case none, text, perIndicator }
}

extension Rechecks.State {
    /// How a re-check stands, from what is written and from how its title stands.
    ///
    /// - Parameters:
    ///   - hasDraft: a draft or decision that takes the title back.
    ///   - holds: the title holds today.
    ///   - isWithdrawn: the title was taken back by a decision.
    package init(written: Rechecks.State, hasDraft: Bool, holds: Bool, isWithdrawn: Bool) {
        self =
            switch written {
            case .kept: .kept
            case _ where isWithdrawn: .withdrawn
            case _ where !holds: .ended
            case .heard where hasDraft: .withdrawing
            default: written
            }
    }
}
