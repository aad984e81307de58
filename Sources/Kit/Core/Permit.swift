// The gate. Nothing is written without a `Permit`, and only `Authority` makes one: its initialiser is private to
// this file. The permit is also what the audit trail keeps.

/// A role held over a territory and all below it, for a term. One person may hold several.
package struct Grant: Sendable, Equatable {
    package let id: ID
    /// Counts changes of the row; a permit names the version it stands on.
    package let version: Int
    package let role: Role
    /// In whose name the person acts.
    package let organisation: ID
    package let territory: ID
    package let term: Period
    /// Whose office it is, where it is held by delegation; nil for one's own. What is done on it counts as done by both.
    package let giver: ID?

    package init(
        id: ID, version: Int, role: Role, organisation: ID, territory: ID, term: Period, giver: ID? = nil
    ) {
        self.giver = giver
        self.id = id
        self.version = version
        self.role = role
        self.organisation = organisation
        self.territory = territory
        self.term = term
    }
}

/// A person who has signed in, with the roles that hold today.
package struct Actor: Sendable, Equatable {
    package let person: ID
    package let name: String
    package let grants: [Grant]

    package init(person: ID, name: String, grants: [Grant]) {
        self.person = person
        self.name = name
        self.grants = grants
    }

    /// What this person may see in lists: the territories of their roles and all below.
    package var sight: Sight { Sight(person: person, roots: Array(Set(grants.map(\.territory))).sorted()) }

    /// Whether one of the roles includes it, wherever: what is allowed to a record is the permit’s question.
    package func holds(_ capability: Capability) -> Bool {
        grants.contains { $0.role.capabilities.contains(capability) }
    }
}

/// A record that something can be done to. It stands somewhere, and its revision moves with its state and place.
package protocol Governed: Sendable {
    /// The kind of record: its table, whose `id`, `territory_id` and `revision` the gate reads again when writing.
    static var kind: String { get }
    var id: ID { get }
    /// The territory it stands in and all above it, nearest first.
    var place: [ID] { get }
    var revision: Int { get }
    /// The person whose own it is, where there is one.
    var owner: ID? { get }
}

extension Governed {
    package var owner: ID? { nil }
}

/// Leave for one person to do one thing to one subject, on the ground of one grant.
package struct Permit<Subject: Governed>: Sendable {
    package let capability: Capability
    package let actor: Actor
    /// The role it stands on; nil when the subject is the person's own.
    package let grant: Grant?
    package let subject: Subject

    fileprivate init(capability: Capability, actor: Actor, grant: Grant?, subject: Subject) {
        self.capability = capability
        self.actor = actor
        self.grant = grant
        self.subject = subject
    }
}

/// What the gate answers. There is no third state.
package enum Decision: Sendable, Equatable {
    case allowed(because: Grant?)
    case refused(Reason)

    /// Why not; each has its own words under `web.forbidden`.
    package enum Reason: String, Sendable, CaseIterable {
        /// The capability is switched off in this installation.
        case switchedOff
        /// No role of this person includes it.
        case noRole
        /// A role includes it, but over another territory.
        case elsewhere
        /// The role that included it has ended or has not begun.
        case outsideTerm
        /// It belongs to someone else.
        case notOwn
    }
}

/// Decides, on one day, with the capabilities this installation has switched on.
package struct Authority: Sendable {
    package let today: Day
    package let off: Set<Capability>

    package init(today: Day, off: Set<Capability> = []) {
        self.today = today
        self.off = off
    }

    /// The pure decision, without effects.
    package func decide(_ actor: Actor, _ capability: Capability, _ subject: some Governed) -> Decision {
        if off.contains(capability) { return .refused(.switchedOff) }
        if capability.scope == .own {
            return subject.owner == actor.person ? .allowed(because: nil) : .refused(.notOwn)
        }
        let able = actor.grants.filter { $0.role.capabilities.contains(capability) }
        guard !able.isEmpty else { return .refused(.noRole) }
        let here = able.filter { subject.place.contains($0.territory) }
        guard !here.isEmpty else { return .refused(.elsewhere) }
        guard let grant = here.first(where: { $0.term.contains(today) }) else { return .refused(.outsideTerm) }
        return .allowed(because: grant)
    }

    /// Whether a permit would be given.
    package func allows(_ actor: Actor, _ capability: Capability, _ subject: some Governed) -> Bool {
        if case .allowed = decide(actor, capability, subject) { return true }
        return false
    }

    /// The only maker of permits. Refuses with the reason in words.
    package func permit<Subject: Governed>(
        _ actor: Actor, to capability: Capability, _ subject: Subject
    ) throws(Refusal) -> Permit<Subject> {
        switch decide(actor, capability, subject) {
        case .allowed(let grant):
            return Permit(capability: capability, actor: actor, grant: grant, subject: subject)
        case .refused(let reason):
            throw Refusal(.forbidden, "web.forbidden.\(reason.rawValue)", ["capability": capability.rawValue])
        }
    }
}
