import Core
import Criteria
import Database
import Organisation
import People

/// Where dossiers are read and written. Reading takes a `Sight`; what the public may read has its own functions, which
/// answer public fields only. Writing takes a `Transaction`, which nobody gets without a permit.
///
///   RecognitionStore.swift              dossiers: find, register, move
///   RecognitionValueStore.swift         values, optimistic saving, returns, the story
///   RecognitionReviewStore.swift        closing the self-assessment, sittings of the review meeting
///   RecognitionHouseholdsStore.swift    the number of households a dossier is measured against
///   RecognitionPostingStore.swift       the posting and residents' comments
///   RecognitionBallotStore.swift        slips, the two entries of the count, submission
///   RecognitionEvidenceStore.swift      reading evidence: pictures, documents, witnesses, visits
///   RecognitionEvidenceWriting.swift    adding, replacing, removing, releasing it
///   RecognitionListStore.swift          lists, counts
///   RecognitionDecisionStore.swift      drafts, decisions, issuing
///   RecognitionTitleStore.swift         the register of titles, and what the public sees
package enum RecognitionStore {}

extension RecognitionStore {
    /// A dossier this person may see.
    /// - Throws: `NotFound` when there is none or it is not theirs to see.
    package static func dossier(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> Recognition.Dossier {
        try dossier("d.id = \(id) AND \(sight.covers("d.territory_id"))", reader)
    }

    /// A dossier by its id without a sight: for jobs, seeds and inside a transaction whose permit named it.
    package static func dossier(_ id: ID, unattended reader: any Reader) throws -> Recognition.Dossier {
        try dossier("d.id = \(id)", reader)
    }

    /// The dossiers of an area this person may see, newest year first.
    package static func dossiers(
        of area: ID, seenBy sight: Sight, _ reader: any Reader
    ) throws -> [Recognition.Dossier] {
        let place = try place(of: area, reader)
        return try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns) FROM dossier d \(Recognition.Dossier.joins)
            WHERE d.territory_id = \(area) AND \(sight.covers("d.territory_id")) ORDER BY d.year DESC, d.id DESC
            """
        ).map { try Recognition.Dossier($0, place: place) }
    }

    /// One query for the dossier and all territories above it: this is on the way of every saved value.
    private static func dossier(_ condition: SQL, _ reader: any Reader) throws -> Recognition.Dossier {
        let rows = try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns), c.ancestor_id
            FROM dossier d \(Recognition.Dossier.joins)
            JOIN territory_closure c ON c.descendant_id = d.territory_id WHERE \(condition)
            """)
        guard let first = rows.first else { throw NotFound() }
        let area = try first.id("territory_id")
        let above = try rows.map { try $0.id("ancestor_id") }.filter { $0 != area }
        return try Recognition.Dossier(first, place: [area] + above)
    }

    /// A territory and all above it, itself first.
    static func place(of territory: ID, _ reader: any Reader) throws -> [ID] {
        let above = try reader.rows(
            """
            SELECT ancestor_id FROM territory_closure WHERE descendant_id = \(territory) AND ancestor_id <> \(territory)
            """
        ).map { try $0.id("ancestor_id") }
        return [territory] + above
    }

    /// A territory this person may see.
    package static func territory(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> Territory {
        let row = try reader.one(
            """
            SELECT t.id, t.kind, t.designation, t.name, t.code, t.parent_id, t.valid_from, t.valid_until, t.revision
            FROM territory t WHERE t.id = \(id) AND \(sight.covers("t.id"))
            """)
        return Territory(
            id: id, kind: try row.choice("kind"), designation: try row.choice("designation"),
            name: try row.text("name"),
            code: try row.optionalText("code"), parent: try row.optionalID("parent_id"),
            validFrom: try row.day("valid_from"), validUntil: try row.optionalDay("valid_until"),
            revision: try row.integer("revision"), place: try place(of: id, reader))
    }

    /// A unit's name, without a sight: names of units are public.
    package static func title(of territory: ID, _ reader: any Reader) throws -> TerritoryTitle {
        let row = try reader.one(
            """
            SELECT t.id, t.kind AS own_kind, t.designation AS own_designation, t.name AS own_name
            FROM territory t WHERE t.id = \(territory)
            """)
        return try TerritoryTitle.read(row, "id", "own")
    }

    /// Households and people of an area, its class and its region, as last recorded; nil where nothing is.
    package static func profile(
        of area: ID, _ reader: any Reader
    ) throws -> (households: Int?, people: Int?, areaClass: String?, region: String?) {
        guard
            let row = try reader.first(
                """
                SELECT households, people, area_class, region FROM area WHERE territory_id = \(area)
                """)
        else { return (nil, nil, nil, nil) }
        return (
            try row.optionalInteger("households"), try row.optionalInteger("people"),
            try row.optionalText("area_class"), try row.optionalText("region")
        )
    }
}

extension RecognitionStore {
    /// Households by area, as last recorded.
    static func households(of areas: [ID], _ reader: any Reader) throws -> [ID: Int] {
        var found: [ID: Int] = [:]
        for row in try reader.rows(
            "SELECT territory_id, households FROM area WHERE territory_id IN (\(SQL.list(areas)))")
        {
            found[try row.id("territory_id")] = try row.optionalInteger("households")
        }
        return found
    }

    static func organisationName(_ id: ID, _ reader: any Reader) throws -> String? {
        try reader.first("SELECT name FROM organisation WHERE id = \(id)")?.text("name")
    }

    /// The name of the body above an organisation, for the head of a paper.
    static func superior(of organisation: ID, _ reader: any Reader) throws -> String? {
        try reader.first(
            """
            SELECT p.name FROM organisation o JOIN organisation p ON p.id = o.parent_id WHERE o.id = \(organisation)
            """)?.text("name")
    }

    /// The committee whose standing board decides: the one above a standing board of the same unit, else the body
    /// itself. What a commune decides never carries the province's name.
    static func committee(of organisation: ID, _ reader: any Reader) throws -> String? {
        try reader.first(
            """
            SELECT coalesce(p.name, o.name) AS name FROM organisation o
            LEFT JOIN organisation p ON p.id = o.parent_id AND p.territory_id = o.territory_id
            WHERE o.id = \(organisation)
            """)?.text("name")
    }
}

extension RecognitionStore {
    /// The last day for the next decision of a year below a unit, from the dossiers that wait for one: each has its day
    /// from the rules it runs under, and whoever gets it late still has the least time. Nil while none waits.
    package static func decisionDue(
        year: Int, under unit: ID, level: Criteria.Level? = nil, seenBy sight: Sight, _ reader: any Reader
    ) throws -> Day? {
        let which: SQL = level.map { "AND d.level = \($0.rawValue)" } ?? .empty
        let waiting = Recognition.LifeCycle.stages.filter { $0.due == .day(.decisionEnds) }.map(\.state.rawValue)
        return try reader.one(
            """
            SELECT min(d.due_on) AS due_on FROM dossier d
            WHERE d.year = \(year) AND d.state IN (\(SQL.list(waiting))) \(which) AND \(sight.covers("d.territory_id"))
                AND EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = d.territory_id
                    AND u.ancestor_id = \(unit))
            """
        ).optionalDay("due_on")
    }

    /// Registers an area for a title of a year and the level that is to decide, or takes a withdrawn registration up again.
    /// A second registration of a year goes to another decider.
    ///
    /// - Parameter reason: why it is late, where it is.
    /// - Throws: `.conflict` when the area is registered for this year with this decider already.
    package static func register(
        _ registration: Recognition.Registration, _ deed: Recognition.Deed, reason: String? = nil,
        calendar: Recognition.YearCalendar = .standard, _ tx: Transaction
    ) throws -> ID {
        let existing = try tx.rows(
            """
            SELECT id, title, state, revision FROM dossier WHERE territory_id = \(registration.area)
                AND year = \(registration.year) AND level = \(registration.level.rawValue)
            ORDER BY CASE WHEN state = 'withdrawn' THEN 1 ELSE 0 END, id
            """)
        for row in existing {
            let state: Recognition.State = try row.choice("state")
            let isSame = try row.text("title") == registration.title
            if isSame, Recognition.LifeCycle.step(state, .register) != nil {
                let id = try row.id("id")
                try move(
                    try dossier(id, unattended: tx), .register, to: .assessing, deed, reason: reason,
                    calendar: calendar, tx)
                return id
            }
            guard !isSame, state == .withdrawn else {
                throw Refusal(
                    .conflict, "recognition.refusal.registeredAlready", field: "title", ["year": "\(registration.year)"]
                )
            }
        }
        let id = tx.ids.next()
        let rules =
            try registration.rules
            ?? CriteriaRulesStore.current(.residentialArea, on: deed.at.day, for: registration.area, tx)?.reference.id
        let set = try criteria(registration.criteriaSet, rules: rules, tx)
        let households = try profile(of: registration.area, tx).households.flatMap { $0 > 0 ? $0 : nil }
        let due = calendar.following(set.procedure).due(.assessing, year: registration.year, since: deed.at.day)
        try tx.execute(
            """
            INSERT INTO dossier (id, territory_id, year, title, level, area_class, region, households, criteria_set_id,
                rules_id, state, state_since, due_on, round, registered_at, revision)
            VALUES (\(id), \(registration.area), \(registration.year), \(registration.title),
                \(registration.level.rawValue), \(registration.areaClass), \(registration.region), \(households),
                \(registration.criteriaSet), \(rules),
                \(Recognition.State.assessing.rawValue), \(deed.at), \(due), 0, \(deed.at), 1)
            """)
        try note(.register, on: id, from: nil, to: .assessing, round: 0, deed, reason: reason, tx)
        try RecognitionJobs.plan(dossier: id, revision: 1, due: due, tx)
        tx.note("dossier.state", to: Recognition.State.assessing.rawValue)
        return id
    }

    /// Brings a dossier from the state in which it was looked up to another one: its row, its deadline, its story and
    /// the reminders. The caller has asked `LifeCycle` before.
    ///
    /// - Throws: `.conflict` when it moved since it was looked up.
    /// - Returns: the revision it has now.
    @discardableResult
    package static func move(
        _ dossier: Recognition.Dossier, _ action: Recognition.Action, to state: Recognition.State,
        _ deed: Recognition.Deed, reason: String? = nil, calendar: Recognition.YearCalendar = .standard,
        _ tx: Transaction
    ) throws -> Int {
        try tx.move("dossier", dossier.id, from: dossier.revision)
        if action == .withdraw, let posting = try posting(of: dossier.id, tx) { try giveUpBox(of: posting.id, tx) }
        // A panel that looks again begins anew, as after a return.
        let round = dossier.round + (action == .submit || action == .reappraise ? 1 : 0)
        let set = try criteria(of: dossier, tx)
        let due = calendar.following(set.procedure).due(state, year: dossier.year, since: deed.at.day)
        try tx.execute(
            """
            UPDATE dossier SET state = \(state.rawValue), state_since = \(deed.at), due_on = \(due), round = \(round)
            WHERE id = \(dossier.id)
            """)
        try note(action, on: dossier.id, from: dossier.state, to: state, round: round, deed, reason: reason, tx)
        if Recognition.LifeCycle.stage(state).isClosed { try forgetOrigins(of: dossier.id, tx) }
        try RecognitionJobs.plan(dossier: dossier.id, revision: dossier.revision + 1, due: due, tx)
        tx.note("dossier.state", from: dossier.state.rawValue, to: state.rawValue)
        return dossier.revision + 1
    }

    /// One row of the story.
    static func note(
        _ action: Recognition.Action, on dossier: ID, from: Recognition.State?, to: Recognition.State, round: Int,
        _ deed: Recognition.Deed, reason: String?, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO dossier_event (dossier_id, id, action, state_from, state_to, round, actor_id, giver_id,
                organisation_id, at, reason)
            VALUES (\(dossier), \(tx.ids.next()), \(action.rawValue), \(from?.rawValue), \(to.rawValue), \(round),
                \(deed.person), \(deed.giver), \(deed.organisation), \(deed.at), \(reason))
            """)
    }
}
