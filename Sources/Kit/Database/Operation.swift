import Core

/// A client's act with the id its client made: the one mechanism behind double clicks, retries after an unknown
/// outcome and offline work. Sent twice it has one effect and the same answer.
package struct Operation: Sendable {
    package let id: ID
    /// SHA-256 of what was asked for. The same id with another one is refused.
    package let fingerprint: [UInt8]
    /// How long its page was open before it was sent, 0...`longest`; nil where nobody knows (another program's call).
    /// The meter of what an area's work costs adds these up by area, never by person (people.md rule 1).
    package let seconds: Int?

    /// What counts of a page at the most: one that lay open over lunch is not an hour's work.
    package static let longest = 600

    package init(id: ID, fingerprint: [UInt8], seconds: Int? = nil) {
        self.id = id
        self.fingerprint = fingerprint
        self.seconds = seconds.map { min(max($0, 0), Operation.longest) }
    }
}

/// What a write answers, kept with its operation so that a repetition answers the same.
package struct Receipt: Sendable, Equatable, Codable {
    /// The record that came of it.
    package let id: ID?
    /// Where its page is; a form is answered with a redirection there.
    package let location: String?
    /// The record's version now, for the next write on it to name.
    package let version: Int?
    /// Words' key for the line shown on the next page.
    package let flash: String?

    package init(id: ID? = nil, location: String? = nil, version: Int? = nil, flash: String? = nil) {
        self.id = id
        self.location = location
        self.version = version
        self.flash = flash
    }
}

/// A durable write.
package struct Written: Sendable {
    package let receipt: Receipt
    /// True when this operation had been carried out before; nothing was done now.
    package let repeated: Bool

    package init(receipt: Receipt, repeated: Bool) {
        self.receipt = receipt
        self.repeated = repeated
    }
}

/// On what a write stands, for its check within the transaction and for the audit record.
struct Ground: Sendable {
    let act: String
    let actor: ID?
    let capability: String
    let grant: Grant?
    let subjectKind: String
    let subject: ID?
    let revision: Int?
    let territory: ID?
    let operation: ID?
    /// Counters of attempts and the like leave no trace of their own.
    let isAudited: Bool

    init<Subject>(_ permit: Permit<Subject>, operation: Operation, act: String) {
        self.act = act
        actor = permit.actor.person
        capability = permit.capability.rawValue
        grant = permit.grant
        subjectKind = Subject.kind
        subject = permit.subject.id
        revision = permit.subject.revision
        territory = permit.subject.place.first
        self.operation = operation.id
        isAudited = true
    }

    init(_ reason: Unattended, _ operation: Operation? = nil) {
        act = "unattended.\(reason.rawValue)"
        actor = nil
        capability = reason.rawValue
        grant = nil
        subjectKind = ""
        subject = nil
        revision = nil
        territory = nil
        self.operation = operation?.id
        isAudited = reason != .throttle && reason != .presence
    }

    /// Reads the grant, the account and the subject again, in the writing transaction, and refuses if one moved: before
    /// the act's first answer is seen, or when it ends without one.
    func stillHolds(in tx: Transaction) throws {
        guard let actor, let subject, let revision else { return }
        let refused = Refusal(.forbidden, "web.forbidden.outsideTerm", ["capability": capability])
        let subjectNow: SQL = "(SELECT s.revision FROM \(SQL(kind: subjectKind)) s WHERE s.id = \(subject))"
        guard let grant else {
            return try tx.soon(
                asking: """
                    SELECT a.disabled_at, \(subjectNow) AS revision FROM account a WHERE a.person_id = \(actor)
                    """
            ) { rows in
                guard let row = rows.first, try row.optionalInstant("disabled_at") == nil else { throw refused }
                guard try row.optionalInteger("revision") == revision else { throw Ground.moved }
            }
        }
        try tx.soon(
            asking: """
                SELECT g.version, a.disabled_at, \(subjectNow) AS revision,
                       (SELECT count(*) FROM territory_closure c
                        WHERE c.ancestor_id = g.territory_id AND c.descendant_id = \(territory)) AS covers
                FROM role_assignment g JOIN account a ON a.person_id = g.person_id
                WHERE g.id = \(grant.id) AND g.person_id = \(actor)
                """
        ) { rows in
            guard let row = rows.first, try row.integer("version") == grant.version,
                try row.optionalInstant("disabled_at") == nil, try row.integer("covers") > 0
            else { throw refused }
            guard try row.optionalInteger("revision") == revision else { throw Ground.moved }
        }
    }

    static let moved = Refusal(.conflict, "web.refusal.movedMeanwhile")
}
