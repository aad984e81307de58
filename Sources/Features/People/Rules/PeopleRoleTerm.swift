import Core

/// Rules about giving and ending roles, and about whose account one may touch.
enum PeopleRoleTerm {
    /// Where a role's term stands on a day.
    enum State: String, Sendable, CaseIterable, Codable {
        case coming, held, ended

        init(from: Day, until: Day?, today: Day) {
            if let until, until <= today || until <= from {
                self = .ended
            } else {
                self = from > today ? .coming : .held
            }
        }
    }

    /// The longest a term may reach into the future: no office here is given for more than ten years.
    static let yearsAhead = 10
    /// The earliest beginning: offices of the past can be entered, but not of before the product's oldest reports.
    static let earliest = Day(ordinal: 14_610)  // 2010-01-01

    /// What is wrong with a term that is about to be given, all at once.
    static func refusal(from: Day, until: Day?, today: Day) -> Refusal? {
        var all: [Refusal] = []
        let latest = today.adding(months: 12 * yearsAhead)
        if from < earliest || from > latest {
            all.append(Refusal(.invalid, "people.refusal.termFrom", field: "from"))
        }
        if let until, until <= from {
            all.append(Refusal(.invalid, "people.refusal.termUntil", field: "until"))
        } else if let until, until > latest {
            all.append(Refusal(.invalid, "people.refusal.termTooLong", field: "until", ["years": "\(yearsAhead)"]))
        }
        return Refusal.of(all)
    }

    /// Offices that exist in residential areas only.
    static let ofAreas: Set<Role> = [.areaHead, .frontWorkCommitteeHead]
    /// Offices of communes and above: given on an area they were meant for the commune over it.
    static let notOfAreas: Set<Role> = [
        .administrator, .steeringOffice, .standingCommittee, .provinceFront, .partySecretary, .communeFrontChair,
        .peoplesCommitteeViceChair,
    ]

    /// Why this office is not held on such a unit, as the end of a key of words; nil when it is.
    static func misplaced(_ role: Role, onArea: Bool) -> String? {
        if onArea { return notOfAreas.contains(role) ? "roleOfCommune" : nil }
        return ofAreas.contains(role) ? "roleOfArea" : nil
    }

    /// Whether the same office of the same organisation at the same place is held during part of a term already:
    /// given again it would be one office, counted and ended twice.
    static func isHeld(_ terms: [(from: Day, until: Day?)], during wanted: (from: Day, until: Day?)) -> Bool {
        guard let wanted = Period(from: wanted.from, until: wanted.until) else { return false }
        return terms.contains { Period(from: $0.from, until: $0.until)?.overlaps(wanted) == true }
    }

    /// Why this actor may not touch the account of somebody who holds these roles, though the gate lets them stand
    /// above all of them; nil when they may.
    ///
    /// A new slip is as good as the account itself. So in the actor's own territory it is given only for roles that
    /// can do nothing beyond what the actor's own role there can; further down the office above answers for it.
    /// Whoever gives the offices of a place also hands over the very first slip there: an account that nobody opened
    /// yet is nobody's to take over, and a new office has nobody above who could do it.
    ///
    /// - Parameter isUnopened: nobody ever chose a password for the account.
    static func refusalToManage(
        _ roles: [(role: Role, territory: ID)], of person: ID, isUnopened: Bool = false, by actor: Actor,
        capability: Capability, today: Day
    ) -> Refusal? {
        guard person != actor.person else { return Refusal(.forbidden, "people.refusal.ownAccount") }
        // Whoever stands in for somebody does not get their account with it.
        if actor.grants.contains(where: { $0.giver == person }) {
            return Refusal(.forbidden, "people.refusal.giverAccount")
        }
        let grants = actor.grants.filter { $0.role.capabilities.contains(capability) && $0.term.contains(today) }
        for (role, territory) in roles {
            let beside = grants.filter { $0.territory == territory }
            guard !beside.isEmpty else { continue }
            let isWithin = beside.contains {
                role.capabilities.isSubset(of: $0.role.capabilities)
                    || isUnopened && $0.role.capabilities.contains(.assignRoles)
            }
            if !isWithin { return Refusal(.forbidden, "people.refusal.higherRole") }
        }
        return nil
    }
}
