import Core
import Criteria
import Database
import Organisation
import People

/// Panels and what they have on each dossier.
extension RecognitionStore {
    private static let panelSelect: SQL = """
        SELECT x.id, x.territory_id, x.organisation_id, x.name, x.year, x.seed, x.formed_at, x.revision,
            t.kind AS own_kind, t.designation AS own_designation, t.name AS own_name, o.name AS office_name,
            (SELECT count(*) FROM appraisal a WHERE a.panel_id = x.id) AS taken,
            (SELECT count(*) FROM appraisal a WHERE a.panel_id = x.id AND a.conclusion IN ('passes', 'passesNot'))
                AS concluded
        FROM panel x JOIN territory t ON t.id = x.territory_id JOIN organisation o ON o.id = x.organisation_id
        """

    /// Panels are seen by those who form them and by their members, by nobody between: a commune does not watch who
    /// scores its areas.
    private static func panelVisible(_ person: ID, _ roots: [ID]) -> SQL {
        """
        (EXISTS (SELECT 1 FROM panel_member m WHERE m.panel_id = x.id AND m.person_id = \(person)
            AND m.left_at IS NULL) \
        OR \(Sight(person: person, roots: roots).covers("x.territory_id")))
        """
    }

    /// - Parameter forming: the units over which this person may form panels.
    package static func panel(
        _ id: ID, seenBy person: ID, forming: [ID], _ reader: any Reader
    ) throws -> Recognition.Panel {
        let row = try reader.one("\(panelSelect) WHERE x.id = \(id) AND \(panelVisible(person, forming))")
        return try panel(row, reader)
    }

    package static func panel(_ id: ID, unattended reader: any Reader) throws -> Recognition.Panel {
        try panel(reader.one("\(panelSelect) WHERE x.id = \(id)"), reader)
    }

    /// Newest first.
    package static func panels(
        _ filter: Recognition.PaperFilter = .init(), _ turn: Recognition.PaperTurn = .init(), seenBy person: ID,
        forming: [ID], _ reader: any Reader
    ) throws -> Recognition.PaperPage<Recognition.Panel> {
        try papers(.panel, panelSelect, where: panelVisible(person, forming), filter, turn, reader) {
            try panel($0, reader)
        }
    }

    private static func panel(_ row: Row, _ reader: any Reader) throws -> Recognition.Panel {
        let id = try row.id("id")
        let seats = try reader.rows(
            """
            SELECT p.id, p.name, m.duty, m.left_at FROM panel_member m JOIN person p ON p.id = m.person_id
            WHERE m.panel_id = \(id) AND (m.left_at IS NULL OR EXISTS (SELECT 1 FROM appraisal_score s
                JOIN appraisal a ON a.id = s.appraisal_id WHERE s.person_id = m.person_id AND a.panel_id = m.panel_id))
            ORDER BY CASE m.duty WHEN 'chair' THEN 1 WHEN 'secretary' THEN 2 ELSE 3 END, p.sort_key, p.id
            """
        ).map { row in
            (
                seat: Recognition.PanelSeat(try row.id("id"), try row.text("name"), try row.choice("duty")),
                hasLeft: try row.optionalInstant("left_at") != nil
            )
        }
        return Recognition.Panel(
            id: id, territory: try TerritoryTitle.read(row, "territory_id", "own"),
            organisation: try row.id("organisation_id"), body: try row.text("office_name"),
            name: try row.text("name"), year: try row.integer("year"), formedAt: try row.instant("formed_at"),
            seed: try row.text("seed"), members: seats.filter { !$0.hasLeft }.map(\.seat),
            former: seats.filter(\.hasLeft).map(\.seat), taken: try row.integer("taken"),
            concluded: try row.integer("concluded"),
            revision: try row.integer("revision"), place: try place(of: row.id("territory_id"), reader))
    }

    /// Which of these people hold any office in the area, or in the unit above it, of which of these dossiers.
    static func offices(
        of people: [ID], in dossiers: [Recognition.Dossier], on day: Day, _ reader: any Reader
    ) throws -> [ID: Set<ID>] {
        let units = dossiers.flatMap(barringUnits)
        var held: [ID: Set<ID>] = [:]
        for row in try reader.rows(
            """
            SELECT DISTINCT r.person_id, r.territory_id FROM role_assignment r
            WHERE r.person_id IN (\(SQL.list(people))) AND r.territory_id IN (\(SQL.list(Array(Set(units)))))
                AND \(PeopleStore.holds("r", on: day))
            """)
        {
            held[try row.id("person_id"), default: []].insert(try row.id("territory_id"))
        }
        var found: [ID: Set<ID>] = [:]
        for (person, units) in held {
            found[person] = Set(
                dossiers.filter { dossier in barringUnits(of: dossier).contains(where: units.contains) }.map(\.id))
        }
        return found
    }

    /// The units whose offices bar from scoring a dossier: the area and its commune. Where the commune decides itself its
    /// own people form the panel, and the area alone is barred; whoever checked is barred by that.
    static func barringUnits(of dossier: Recognition.Dossier) -> [ID] {
        let above = Recognition.Deciding.needsSubmission(dossier.level) ? dossier.commune?.id : nil
        return [dossier.area.id] + (above.map { [$0] } ?? [])
    }

    /// A plan as the rule sees it.
    ///
    /// - Throws: `.invalid` when somebody is named whom this unit does not call on a panel.
    package static func plan(
        _ new: Recognition.NewPanel, on day: Day, _ reader: any Reader
    ) throws -> Recognition.PanelPlan {
        let ticked = Set(new.members)
        let ids = Array(ticked.union([new.chair, new.secretary].compactMap { $0 }))
        let people = try eligible(ids, over: new.territory, on: day, reader)
        guard people.count == ids.count else {
            throw Refusal(.invalid, "recognition.panel.refusal.unknownPerson", field: "members")
        }
        let seats = people.map { id, name in
            Recognition.PanelSeat(id, name, id == new.chair ? .chair : id == new.secretary ? .secretary : .member)
        }
        let dossiers = try dossiers(new.dossiers, reader)
        return Recognition.PanelPlan(
            members: seats.filter { ticked.contains($0.person) },
            tied: try tied(seats, dossiers, on: day, reader), dossiers: dossiers.count,
            least: try leastMembers(for: dossiers, reader), unticked: seats.filter { !ticked.contains($0.person) },
            handed: try handed(seats.filter { ticked.contains($0.person) }, dossiers, reader))
    }

    /// Which members had which dossiers in hand before, so that they will not score them. A query for each member, and
    /// for each dossier only of those who had any.
    private static func handed(
        _ members: [Recognition.PanelSeat], _ dossiers: [Recognition.Dossier], _ reader: any Reader
    ) throws -> [(area: String, members: [String])] {
        let apart = Recognition.LifeCycle.step(.forwarded, .score)?.apart ?? []
        func isBarred(_ hands: Recognition.Hands) -> Bool { apart.contains(where: hands.did.contains) }
        let suspects = try members.filter { try isBarred(hands(of: $0.person, onAny: dossiers.map(\.id), reader)) }
        if suspects.isEmpty { return [] }
        return try dossiers.compactMap { dossier in
            let names = try suspects.filter { try isBarred(hands(of: $0.person, on: dossier.id, reader)) }.map(\.name)
            return names.isEmpty ? nil : (dossier.area.name, names)
        }
    }

    /// The least members of a panel for these dossiers, by the sets they froze.
    package static func leastMembers(
        for dossiers: [Recognition.Dossier], _ reader: any Reader
    ) throws -> Int {
        Recognition.PanelRules.leastMembers(
            under: Array(try criteria(of: dossiers, reader).values))
    }

    static func tied(
        _ members: [Recognition.PanelSeat], _ dossiers: [Recognition.Dossier], on day: Day, _ reader: any Reader
    ) throws -> [(member: String, area: String)] {
        let offices = try offices(of: members.map(\.person), in: dossiers, on: day, reader)
        return members.flatMap { member in
            dossiers.filter { offices[member.person]?.contains($0.id) ?? false }.map { (member.name, $0.area.name) }
        }
    }

    private static func dossiers(_ ids: [ID], _ reader: any Reader) throws -> [Recognition.Dossier] {
        try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns) FROM dossier d \(Recognition.Dossier.joins)
            WHERE d.id IN (\(SQL.list(ids))) ORDER BY t.sort_key, d.id
            """
        ).map { try Recognition.Dossier($0, place: []) }
    }

    /// Forms a panel and gives it its dossiers. Who is put on it without holding the office gets it for the panel's
    /// year: forming the panel is what gives it.
    ///
    /// - Throws: `.invalid` naming everything the rule has against it.
    package static func formPanel(
        _ new: Recognition.NewPanel, _ deed: Recognition.Deed, calendar: Recognition.YearCalendar = .standard,
        _ tx: Transaction
    ) throws -> ID {
        let plan = try plan(new, on: deed.at.day, tx)
        if let refusal = plan.refusal { throw refusal }
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO panel (id, territory_id, organisation_id, name, year, seed, formed_by, formed_at, revision)
            VALUES (\(id), \(new.territory), \(new.organisation), \(new.name), \(new.year), \(seed(tx.ids.next())),
                \(deed.person), \(deed.at), 1)
            """)
        for member in plan.members {
            try tx.execute(
                """
                INSERT INTO panel_member (panel_id, person_id, duty, joined_at)
                VALUES (\(id), \(member.person), \(member.duty.rawValue), \(deed.at))
                """)
            try giveOffice(
                to: member.person, over: new.territory, of: new.organisation, year: new.year, deed, tx)
            tx.note("panel.member", to: "\(member.person), \(member.duty.rawValue)")
        }
        try take(new.dossiers, panel: id, of: new.territory, deed, calendar, tx)
        tx.note("panel.form", to: "\(new.year), \(plan.members.count), \(new.dossiers.count)")
        return id
    }

    /// Ten signs nobody chose.
    private static func seed(_ id: ID) -> String { String("\(id)".filter { $0 != "-" }.suffix(10)) }

    static func giveOffice(
        to member: ID, over territory: ID, of organisation: ID, year: Int, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        let day = deed.at.day
        let held = try tx.first(
            """
            SELECT r.id FROM role_assignment r
            JOIN territory_closure c ON c.ancestor_id = r.territory_id AND c.descendant_id = \(territory)
            WHERE r.person_id = \(member) AND r.role = \(Role.panelMember.rawValue)
                AND \(PeopleStore.holds("r", on: day))
            """)
        guard held == nil else { return }
        try PeopleStore.addRole(
            tx.ids.next(), person: member, role: .panelMember, organisation: organisation,
            territory: territory, from: day, until: Day(year: max(year, day.year) + 1, month: 1, day: 1),
            assignedBy: deed.person, tx)
        tx.note("panel.office", to: "\(member), \(Role.panelMember.rawValue)")
    }

    /// Gives a panel more dossiers, of a later list.
    package static func take(
        _ dossiers: [ID], into panel: Recognition.Panel, _ deed: Recognition.Deed,
        calendar: Recognition.YearCalendar = .standard, _ tx: Transaction
    ) throws {
        let found = try self.dossiers(dossiers, tx)
        let tied = try tied(panel.members, found, on: deed.at.day, tx)
        let plan = Recognition.PanelPlan(
            members: panel.members, tied: tied, dossiers: found.count, least: try leastMembers(for: found, tx))
        if let refusal = plan.refusal { throw refusal }
        try tx.move("panel", panel.id, from: panel.revision)
        try take(dossiers, panel: panel.id, of: panel.territory.id, deed, calendar, tx)
    }

    private static func take(
        _ ids: [ID], panel: ID, of territory: ID, _ deed: Recognition.Deed, _ calendar: Recognition.YearCalendar,
        _ tx: Transaction
    ) throws {
        let level = try decidingLevel(of: territory, tx)
        var found = try dossiers(ids, tx)
        for dossier in found {
            if let refusal = Recognition.Deciding.refusal(of: dossier.level, by: [level]) { throw refusal }
        }
        if !Recognition.Deciding.needsSubmission(level) {
            // No letter is written to oneself: what the commune accepted goes straight to its panel.
            let accepted = found.filter { $0.state == .accepted }
            if !accepted.isEmpty,
                let refusal = Recognition.refusalToSend(
                    try submissionLines(accepted, on: deed.at.day, tx))
            {
                throw refusal
            }
            for dossier in accepted {
                let step = try Recognition.LifeCycle.possible(dossier.state, .forward)
                try move(dossier, .forward, to: step.to, deed, calendar: calendar, tx)
            }
            found = try dossiers(ids, tx)
        }
        for dossier in found {
            guard dossier.state == .forwarded else { throw Refusal(.conflict, "recognition.refusal.dossierMoved") }
            let touched = try tx.execute(
                """
                INSERT INTO appraisal (id, panel_id, dossier_id, round, taken_at)
                VALUES (\(tx.ids.next()), \(panel), \(dossier.id), \(dossier.round), \(deed.at))
                ON CONFLICT (dossier_id, round) DO NOTHING
                """)
            guard touched == 1 else { throw Refusal(.conflict, "recognition.refusal.dossierMoved") }
        }
        try receiveLists(of: ids, deed, tx)
    }
}
