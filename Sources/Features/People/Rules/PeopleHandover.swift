import Core

/// Handing an office over for good (bàn giao): what it asks for, and who may carry it out.
///
/// The holder, or the commune for a holder who cannot, draws it up; both sign the paper; then whoever gives offices there
/// carries it out: the old term ends and the new one begins on the same day, in one act.
package enum HandoverRules {
    /// How far ahead an office is handed over, in days.
    package static let aheadMost = 120

    /// Offices that are handed over. Those that somebody gives by name begin anew instead.
    package static func isHandedOver(_ role: Role) -> Bool { PeopleDelegation.isDelegable(role) }

    /// Who draws it up for the holders of the area's offices below who cannot: the commune's Front. Everybody else hands
    /// over their own office alone.
    package static func drawsForAreas(_ role: Role) -> Bool { role == .communeFrontChair }

    /// An office of a hamlet changes its holder within the commune, which looks after the accounts there: no new power
    /// comes of it, one that exists goes to another person. Offices above are given by whoever gives offices.
    package static func needed(isArea: Bool) -> Capability { isArea ? .manageAccounts : .assignRoles }

    /// Why it cannot be drawn up so; nil when it can. Everything that is wrong is told at once.
    ///
    /// Its day is today at the earliest: what the giver did up to now stays done in their office, and the paper lists what
    /// is open now.
    ///
    /// - Parameters:
    ///   - from: the first day of the giver's term.
    ///   - until: the first day without, where it is known.
    package static func refusal(
        of giver: ID, to receiver: ID?, day: Day, from: Day, until: Day?, today: Day
    ) -> Refusal? {
        var all: [Refusal] = []
        if receiver == giver { all.append(Refusal(.invalid, "people.handover.refusal.toOneself", field: "person")) }
        if day > today.adding(days: aheadMost) {
            all.append(
                Refusal(.invalid, "people.handover.refusal.tooFar", field: "day", ["most": "\(aheadMost)"]))
        }
        if day < today { all.append(Refusal(.invalid, "people.handover.refusal.past", field: "day")) }
        if day < from || until.map({ day > $0 }) ?? false {
            all.append(Refusal(.invalid, "people.handover.refusal.outsideTerm", field: "day"))
        }
        return Refusal.of(all)
    }

    /// Why this person may not carry it out; nil when they may. Nobody takes an office for themselves, and nobody is
    /// witness to their own.
    package static func refusalToComplete(giver: ID, receiver: ID?, by actor: ID) -> Refusal? {
        actor == giver || actor == receiver ? Refusal(.forbidden, "people.handover.refusal.ownOffice") : nil
    }
}
