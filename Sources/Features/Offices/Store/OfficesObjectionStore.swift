import Core
import Criteria
import Database
import Organisation
import Recognition

extension OfficesStore {
    private static let columns: SQL = """
        b.id, b.grid_id, b.territory_id, b.code, b.value, b.claimed, b.reason, b.made_at, b.answer_by, b.outcome, \
        b.settled, b.answer, b.answered_at, b.revision, p.name AS maker, w.name AS answerer, \
        t.kind AS own_kind, t.designation AS own_designation, t.name AS own_name
        """
    private static let joins: SQL = """
        office_objection b JOIN office_grid g ON g.id = b.grid_id JOIN territory t ON t.id = b.territory_id
        LEFT JOIN person p ON p.id = b.made_by LEFT JOIN person w ON w.id = b.answered_by
        """

    /// An objection of an area this person may see.
    package static func objection(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> Offices.Objection {
        try objection(
            reader.one("SELECT \(columns) FROM \(joins) WHERE b.id = \(id) AND \(sight.covers("b.territory_id"))"),
            reader)
    }

    /// Without a sight: for seeds.
    package static func objection(_ id: ID, unattended reader: any Reader) throws -> Offices.Objection {
        try objection(reader.one("SELECT \(columns) FROM \(joins) WHERE b.id = \(id)"), reader)
    }

    /// The objections of an area in a year, the newest first. The area must have been looked up with Sight.
    package static func objections(of area: ID, year: Int, _ reader: any Reader) throws -> [Offices.Objection] {
        let place = try OrganisationStore.path(of: area, reader)
        return try reader.rows(
            """
            SELECT \(columns) FROM \(joins) WHERE b.territory_id = \(area) AND g.year = \(year)
            ORDER BY b.made_at DESC, b.id DESC LIMIT 200
            """
        ).map { try objection($0, place: place) }
    }

    /// The objections to a grid, those that wait first.
    package static func objections(to grid: Offices.Grid, _ reader: any Reader) throws -> [Offices.Objection] {
        try reader.rows(
            """
            SELECT \(columns) FROM \(joins) WHERE b.grid_id = \(grid.id)
            ORDER BY CASE WHEN b.outcome IS NULL THEN 0 ELSE 1 END, b.made_at DESC, b.id DESC LIMIT 200
            """
        ).map { try objection($0, place: []) }
    }

    /// Objections that wait for an answer, the earliest day first, as lines for home: to an organisation's grids, or,
    /// in units where somebody enters for offices that have no clerk, to the grids of those.
    static func waiting(
        organisations: [ID], orWithoutClerkIn territories: [ID], on day: Day, _ reader: any Reader
    ) throws -> [Offices.OpenObjection] {
        func lines(_ condition: SQL, isForOffice: Bool) throws -> [Offices.OpenObjection] {
            try reader.rows(
                """
                SELECT b.id, b.code, b.answer_by, o.name AS organisation, t.id AS area_id, t.kind AS area_kind,
                    t.designation AS area_designation, t.name AS area_name
                FROM office_grid g JOIN office_objection b ON b.grid_id = g.id AND b.outcome IS NULL
                JOIN organisation o ON o.id = g.organisation_id JOIN territory t ON t.id = b.territory_id
                WHERE \(condition) ORDER BY b.answer_by, b.id LIMIT 20
                """
            ).map {
                Offices.OpenObjection(
                    id: try $0.id("id"), code: try $0.text("code"), office: try $0.text("organisation"),
                    area: try .read($0, "area_id", "area"), answerBy: try $0.day("answer_by"),
                    isForOffice: isForOffice)
            }
        }
        let own =
            organisations.isEmpty
            ? [] : try lines("g.organisation_id IN (\(SQL.list(organisations)))", isForOffice: false)
        guard !territories.isEmpty else { return own }
        let others = try lines(
            """
            g.territory_id IN (\(SQL.list(territories))) AND NOT EXISTS (SELECT 1 FROM role_assignment r
                WHERE r.organisation_id = g.organisation_id AND r.role = \(Role.officeClerk.rawValue)
                AND r.valid_from <= \(day) AND (r.valid_until IS NULL OR r.valid_until > \(day)))
            """, isForOffice: true)
        return own + others.filter { other in !own.contains { $0.id == other.id } }
    }

    /// How many objections to grids wait past their day, and since when, by grid.
    static func overdueObjections(
        toGrids grids: [ID], on day: Day, _ reader: any Reader
    ) throws -> [ID: (count: Int, since: Day)] {
        guard !grids.isEmpty else { return [:] }
        var found: [ID: (count: Int, since: Day)] = [:]
        for row in try reader.rows(
            """
            SELECT grid_id, count(*) AS many, min(answer_by) AS since FROM office_objection
            WHERE grid_id IN (\(SQL.list(grids))) AND outcome IS NULL AND answer_by < \(day) GROUP BY grid_id
            """)
        {
            found[try row.id("grid_id")] = (try row.integer("many"), try row.day("since"))
        }
        return found
    }

    private static func objection(_ row: Row, _ reader: any Reader) throws -> Offices.Objection {
        try objection(row, place: OrganisationStore.path(of: row.id("territory_id"), reader))
    }

    private static func objection(_ row: Row, place: [ID]) throws -> Offices.Objection {
        Offices.Objection(
            id: try row.id("id"), grid: try row.id("grid_id"), area: try .read(row, "territory_id", "own"),
            code: try row.text("code"), value: try value(row.text("value"), "value"),
            claimed: try row.optionalText("claimed").map { try value($0, "claimed") }, reason: try row.text("reason"),
            maker: try row.optionalText("maker"), madeAt: try row.instant("made_at"),
            answerBy: try row.day("answer_by"),
            outcome: try row.optionalText("outcome").map { text in
                guard let outcome = Offices.Objection.Outcome(rawValue: text) else {
                    throw UnknownOfficesWord(column: "outcome", word: text)
                }
                return outcome
            },
            settled: try row.optionalText("settled").map { try value($0, "settled") },
            answer: try row.optionalText("answer"), answerer: try row.optionalText("answerer"),
            answeredAt: try row.optionalInstant("answered_at"), revision: try row.integer("revision"), place: place)
    }

    /// Writes an objection down.
    /// - Throws: `.conflict` when the figure changed since it was looked up, or one stands open already.
    package static func object(
        to held: Offices.Held, in grid: Offices.Grid, claimed: Criteria.Value?, reason: String, _ deed: Offices.Deed,
        _ tx: Transaction
    ) throws -> ID {
        let now = try OfficesStore.held(
            """
            v.territory_id = \(held.area) AND v.year = \(grid.year) AND v.set_code = \(grid.setCode)
            AND v.code = \(held.code)
            """, tx
        ).first
        guard now?.value == held.value else { throw Refusal(.conflict, "offices.objection.refusal.moved") }
        let id = tx.ids.next()
        let answerBy = WorkingCalendar.vietnam.adding(workingDays: Offices.Terms.answerDays, to: deed.at.day)
        let touched = try tx.execute(
            """
            INSERT INTO office_objection (id, grid_id, territory_id, code, value, claimed, reason, made_by, made_at,
                answer_by, revision)
            VALUES (\(id), \(grid.id), \(held.area), \(held.code), \(Offices.Code.text(held.value)),
                \(claimed.map(Offices.Code.text)), \(reason), \(deed.person), \(deed.at), \(answerBy), 1)
            ON CONFLICT DO NOTHING
            """)
        guard touched == 1 else { throw Refusal(.conflict, "offices.objection.refusal.open") }
        tx.note(
            "office_objection.\(held.code)", from: Offices.Code.text(held.value), to: claimed.map(Offices.Code.text))
        return id
    }

    /// Answers an objection: with another figure, which is saved like any other and can be seen in the grid's story,
    /// or with the reason why the figure stands.
    @discardableResult
    package static func answer(
        _ objection: Offices.Objection, in grid: Offices.Grid, settled: Criteria.Value?, reason: String?,
        note: String? = nil, _ deed: Offices.Deed, _ tx: Transaction
    ) throws -> Offices.Saved? {
        try tx.move("office_objection", objection.id, from: objection.revision)
        let outcome: Offices.Objection.Outcome = settled == nil ? .kept : .mended
        try tx.execute(
            """
            UPDATE office_objection SET outcome = \(outcome.rawValue), settled = \(settled.map(Offices.Code.text)),
                answer = \(reason), answered_by = \(deed.person), answered_at = \(deed.at)
            WHERE id = \(objection.id)
            """)
        guard let settled else {
            tx.note("office_objection.outcome", to: outcome.rawValue)
            return nil
        }
        let cell = Offices.Cell(area: objection.area.id, code: objection.code)
        let before = try held(
            """
            v.territory_id = \(cell.area) AND v.year = \(grid.year) AND v.set_code = \(grid.setCode)
            AND v.code = \(cell.code)
            """, tx
        ).first?.value
        let saved = try save(
            [Offices.Change(cell: cell, before: before, after: settled, note: note)], in: grid, as: .mended, deed, tx)
        tx.note("office_objection.outcome", to: outcome.rawValue)
        return saved
    }
}
