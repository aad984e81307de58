import Core

/// Handing one's own office to somebody else for a while.
///
/// It is the office that is handed over, not a part of it; it stays the giver's, so it ends with theirs, and what is
/// done on it counts as done by both.
enum PeopleDelegation {
    /// The longest a delegation lasts. Whoever is away for longer is replaced by a role of one's own.
    static let mostDays = 60

    /// Offices that are held in person: whoever gives offices and accounts, whoever a decision named by name, and those
    /// that are themselves given by somebody.
    static let personal: Set<Role> = [.administrator, .panelMember, .helper, .member]

    static func isDelegable(_ role: Role) -> Bool { !personal.contains(role) }

    /// An office about to be handed over.
    struct Office: Sendable {
        let role: Role
        let from: Day
        /// The first day without; nil while nobody knows it.
        let until: Day?
        /// It is itself held for somebody.
        let isDelegated: Bool
        /// The terms for which it has been handed over already.
        let given: [Period]
    }

    /// Why it cannot be handed over; nil when it can. Everything that is wrong is told at once.
    ///
    /// - Parameters:
    ///   - from: the first day.
    ///   - until: the first day without.
    static func refusal(
        _ office: Office, of giver: ID, to receiver: ID, from: Day, until: Day, today: Day
    ) -> Refusal? {
        if office.isDelegated { return Refusal(.forbidden, "people.refusal.notOnward") }
        guard isDelegable(office.role) else { return Refusal(.forbidden, "people.refusal.personalOffice") }
        var all: [Refusal] = []
        if receiver == giver { all.append(Refusal(.invalid, "people.refusal.toOneself", field: "person")) }
        if from < today { all.append(Refusal(.invalid, "people.refusal.delegateBefore", field: "from")) }
        let most = ["most": "\(mostDays)"]
        if from > today.adding(days: mostDays) {
            all.append(Refusal(.invalid, "people.refusal.delegateAhead", field: "from", most))
        }
        guard let term = Period(from: from, until: until) else {
            all.append(Refusal(.invalid, "people.refusal.termUntil", field: "until"))
            return Refusal.of(all)
        }
        if (term.count ?? 0) > mostDays {
            all.append(Refusal(.invalid, "people.refusal.delegateTooLong", field: "until", most))
        }
        if from < office.from || office.until.map({ until > $0 }) ?? false {
            all.append(Refusal(.invalid, "people.refusal.beyondOffice", field: "until"))
        }
        if office.given.contains(where: { $0.overlaps(term) }) {
            all.append(Refusal(.conflict, "people.refusal.delegatedAlready", field: "from"))
        }
        return Refusal.of(all)
    }
}

/// Somebody who types for the head of an area; what they type counts once the head says yes.
enum PeopleHelp {
    /// So many helpers one office has at the most: whoever answers for the values must know who typed them.
    static let most = 3
    /// The longest a helper is named for; then the head names them again.
    static let mostDays = 366

    static func refusal(
        _ helper: ID?, of head: ID, officeUntil: Day?, until: Day, today: Day, others: [ID]
    ) -> Refusal? {
        var all: [Refusal] = []
        if helper == head { all.append(Refusal(.invalid, "people.refusal.helpOneself", field: "person")) }
        if let helper, others.contains(helper) {
            all.append(Refusal(.conflict, "people.refusal.helpsAlready", field: "person"))
        }
        if others.count >= most {
            all.append(Refusal(.conflict, "people.refusal.tooManyHelpers", ["most": "\(most)"]))
        }
        if until <= today { all.append(Refusal(.invalid, "people.refusal.helpUntil", field: "until")) }
        if until > today.adding(days: mostDays) {
            all.append(Refusal(.invalid, "people.refusal.helpTooLong", field: "until"))
        }
        if let officeUntil, until > officeUntil {
            all.append(Refusal(.invalid, "people.refusal.beyondOffice", field: "until"))
        }
        return Refusal.of(all)
    }
}
