import Core
import Criteria
import Database
import Organisation
import Web

extension Recognition {
    /// An own indicator of one dossier, with what became of it.
    package struct OwnIndicator: Sendable {
        package let id: ID
        package let indicator: Criteria.Indicator
        package let state: OwnState
        package let meeting: Day
        package let proposer: ID?
        package let proposerName: String?
        package let proposedAt: Instant
        package let answererName: String?
        package let answeredAt: Instant?
        /// Why it was declined.
        package let reason: String?
        package let revision: Int
    }
}

extension RecognitionStore {
    /// The own indicators of a dossier, in the order in which they were proposed.
    package static func ownIndicators(of dossier: ID, _ reader: any Reader) throws -> [Recognition.OwnIndicator] {
        try reader.rows(
            """
            SELECT w.id, w.source, w.state, w.meeting_day, w.proposed_by, w.proposed_at, w.answered_at, w.reason,
                w.revision, p.name AS proposer, a.name AS answerer
            FROM own_indicator w LEFT JOIN person p ON p.id = w.proposed_by LEFT JOIN person a ON a.id = w.answered_by
            WHERE w.dossier_id = \(dossier) ORDER BY w.proposed_at, w.id
            """
        ).compactMap { row in
            guard let indicator = Criteria.YAML.own(try row.text("source")).first else { return nil }
            return Recognition.OwnIndicator(
                id: try row.id("id"), indicator: indicator, state: try row.choice("state"),
                meeting: try row.day("meeting_day"), proposer: try row.optionalID("proposed_by"),
                proposerName: try row.optionalText("proposer"), proposedAt: try row.instant("proposed_at"),
                answererName: try row.optionalText("answerer"), answeredAt: try row.optionalInstant("answered_at"),
                reason: try row.optionalText("reason"), revision: try row.integer("revision"))
        }
    }

    /// Proposes one. The dossier must be assessing itself; it does not move.
    /// - Throws: `Refusal` beside the fields.
    @discardableResult
    package static func propose(
        _ proposal: Recognition.OwnProposal, for dossier: Recognition.Dossier, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws -> ID {
        try refuseOtherState(dossier)
        let all = try ownIndicators(of: dossier.id, tx)
        let standing = all.count { $0.state.stands }
        let most = try criteria(of: dossier, tx).ownIndicators
        if let refusal = proposal.refusal(most: most, before: standing, on: deed.at.day) { throw refusal }
        let code = Criteria.Own.code(all.count + 1)
        guard let indicator = proposal.indicator(code) else {
            throw Refusal(.invalid, "recognition.own.refusal.threshold", field: "threshold")
        }
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO own_indicator (id, dossier_id, code, name, source, state, meeting_day, proposed_by, proposed_at,
                revision)
            VALUES (\(id), \(dossier.id), \(code), \(proposal.name), \(try Criteria.YAML.write(own: [indicator])),
                'proposed', \(proposal.meeting), \(deed.person), \(deed.at), 1)
            """)
        tx.note("own_indicator.proposed", to: "\(code) \(proposal.name)")
        return id
    }

    /// The commune agrees or declines. What is agreed becomes part of the dossier's criteria at once.
    ///
    /// - Parameter reason: of a refusal; nil agrees.
    /// - Returns: the dossier's revision now.
    @discardableResult
    package static func answer(
        _ own: ID, of dossier: Recognition.Dossier, declining reason: String?, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws -> Int {
        try refuseOtherState(dossier)
        let all = try ownIndicators(of: dossier.id, tx)
        guard let one = all.first(where: { $0.id == own }), one.state == .proposed else {
            throw Refusal(.conflict, "recognition.own.refusal.answered")
        }
        if let proposer = one.proposer, proposer == deed.person {
            throw Refusal(.forbidden, "recognition.own.refusal.sameHand")
        }
        let state: Recognition.OwnState = reason == nil ? .agreed : .declined
        try tx.execute(
            """
            UPDATE own_indicator SET state = \(state.rawValue), answered_by = \(deed.person), answered_at = \(deed.at),
                reason = \(reason), revision = revision + 1 WHERE id = \(own) AND state = 'proposed'
            """)
        tx.note("own_indicator.\(one.indicator.code)", from: "proposed", to: state.rawValue)
        try tx.move("dossier", dossier.id, from: dossier.revision)
        if state == .agreed {
            let agreed = all.filter { $0.state == .agreed || $0.id == own }.map(\.indicator)
            try tx.execute(
                """
                UPDATE dossier SET own_indicators = \(try Criteria.YAML.write(own: agreed)) WHERE id = \(dossier.id)
                """)
        }
        try RecognitionJobs.plan(dossier: dossier.id, revision: dossier.revision + 1, due: dossier.due, tx)
        return dossier.revision + 1
    }

    /// What waits for the commune's answer, in the order in which it was proposed.
    package static func proposedIndicators(
        of dossier: ID, _ reader: any Reader
    ) throws -> [Recognition.OwnIndicator] {
        try ownIndicators(of: dossier, reader).filter { $0.state == .proposed }
    }

    /// The area goes on without what the commune did not answer. It may propose the same again should the
    /// self-assessment open again.
    static func withdraw(
        _ waiting: [Recognition.OwnIndicator], _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        for one in waiting {
            try tx.execute(
                """
                UPDATE own_indicator SET state = \(Recognition.OwnState.withdrawn.rawValue), answered_by = \(deed.person),
                    answered_at = \(deed.at), revision = revision + 1 WHERE id = \(one.id) AND state = 'proposed'
                """)
            tx.note("own_indicator.\(one.indicator.code)", from: "proposed", to: "withdrawn")
        }
    }

    private static func refuseOtherState(_ dossier: Recognition.Dossier) throws {
        guard dossier.state == .assessing else { throw Refusal(.conflict, "recognition.own.refusal.notNow") }
    }
}

/// What of own indicators waits for the commune's answer, for home.
package enum RecognitionOwnWaiting {
    private static let most = 10

    package static func waiting(_ actor: Actor, _ day: Day, _ reader: any Reader) throws -> [Waiting] {
        let places = actor.grants.filter {
            $0.role.capabilities.contains(.leadConsultation) && $0.term.contains(day)
        }.map(\.territory)
        guard !places.isEmpty else { return [] }
        return try reader.rows(
            """
            SELECT w.dossier_id, w.name, w.proposed_at, d.year, d.due_on, t.id AS area_id, t.kind AS area_kind,
                t.designation AS area_designation, t.name AS area_name
            FROM own_indicator w JOIN dossier d ON d.id = w.dossier_id
            JOIN territory t ON t.id = d.territory_id
            WHERE w.state = 'proposed' AND d.state = 'assessing' AND EXISTS (SELECT 1 FROM territory_closure u
                WHERE u.descendant_id = d.territory_id AND u.ancestor_id IN (\(SQL.list(places))))
            ORDER BY w.proposed_at, w.id LIMIT \(most)
            """
        ).map { row in
            let dossier = try row.id("dossier_id")
            let days = try row.instant("proposed_at").day.days(until: day)
            let what = [
                "name": try row.text("name"), "year": "\(try row.integer("year"))", "days": "\(max(0, days))",
            ]
            return Waiting(
                "recognition.own.waiting",
                what.merging(try TerritoryTitle.read(row, "area_id", "area").arguments()) { own, _ in own },
                subject: dossier, due: try row.optionalDay("due_on"), minutes: 3, href: "/dossiers/\(dossier)/own")
        }
    }
}
