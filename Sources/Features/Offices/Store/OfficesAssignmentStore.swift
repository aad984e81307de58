import Core
import Criteria
import Database
import Organisation

extension Offices {
    /// An office about to be asked for columns.
    package struct Assignment: Sendable {
        package let organisation: ID
        package let codes: [String]

        package init(organisation: ID, codes: [String]) {
            self.organisation = organisation
            self.codes = codes
        }
    }
}

extension OfficesStore {
    /// The organisations of a unit that may be asked: those that stand on it, not on its areas.
    package static func candidates(
        on territory: ID, day: Day, _ reader: any Reader
    ) throws -> [Offices.Candidate] {
        try OrganisationStore.organisations(on: territory, day: day, reader).map {
            Offices.Candidate(id: $0.id, kind: $0.kind.rawValue, name: $0.name)
        }
    }

    /// Asks offices for their columns of a year. An office that is asked already gets the further columns and the new
    /// days; what it filled in stays.
    ///
    /// - Parameter ending: columns that end at offices which were asked before.
    /// - Returns: the grids, in the order given.
    @discardableResult
    package static func assign(
        _ assignments: [Offices.Assignment], ending: [Offices.Succession] = [], territory: ID, set: ID, year: Int,
        due: Day, objectionsUntil: Day, _ deed: Offices.Deed, _ tx: Transaction
    ) throws -> [ID] {
        let setCode = try CriteriaStore.set(set, tx).code
        var grids: [ID: ID] = [:]
        let ids = try assignments.map { assignment in
            let existing = try tx.first(
                """
                SELECT id, due_on FROM office_grid WHERE territory_id = \(territory) AND year = \(year)
                AND set_code = \(setCode) AND organisation_id = \(assignment.organisation)
                """)
            let id = try existing?.id("id") ?? tx.ids.next()
            grids[assignment.organisation] = id
            if let before = try existing?.day("due_on"), before != due {
                try OfficesJobs.cancel(grid: id, due: before, tx)
            }
            try OfficesJobs.plan(grid: id, due: due, tx)
            if existing == nil {
                try tx.execute(
                    """
                    INSERT INTO office_grid (id, organisation_id, territory_id, criteria_set_id, set_code, year, due_on,
                        objections_until, assigned_by, assigned_at, revision)
                    VALUES (\(id), \(assignment.organisation), \(territory), \(set), \(setCode), \(year), \(due),
                        \(objectionsUntil), \(deed.person), \(deed.at), 1)
                    """)
            } else {
                try tx.execute(
                    """
                    UPDATE office_grid SET due_on = \(due), objections_until = \(objectionsUntil),
                        criteria_set_id = \(set), revision = revision + 1
                    WHERE id = \(id)
                    """)
            }
            for code in assignment.codes {
                try tx.execute(
                    """
                    INSERT INTO office_grid_column (grid_id, code) VALUES (\(id), \(code))
                    ON CONFLICT (grid_id, code) DO NOTHING
                    """)
            }
            tx.note("office_grid", to: "\(id) \(assignment.codes.joined(separator: " "))")
            return id
        }
        for succession in ending { try end(succession, heir: succession.heir.flatMap { grids[$0] }, tx) }
        return ids
    }

    /// Changes what an office is asked for. A column with figures in it is not taken away.
    ///
    /// - Throws: `.invalid` naming the columns that hold figures.
    package static func change(
        _ grid: Offices.Grid, codes: [String], due: Day, objectionsUntil: Day, _ tx: Transaction
    ) throws {
        let held = Set(
            try tx.rows("SELECT DISTINCT code FROM office_value WHERE grid_id = \(grid.id)").map { try $0.text("code") }
        )
        let lost = held.subtracting(codes).sorted()
        guard lost.isEmpty else {
            throw Refusal(
                .invalid, "offices.assignment.refusal.held", field: "column",
                ["codes": lost.joined(separator: ", ")])
        }
        try tx.move("office_grid", grid.id, from: grid.revision)
        try tx.execute(
            """
            UPDATE office_grid SET due_on = \(due), objections_until = \(objectionsUntil) WHERE id = \(grid.id)
            """)
        try tx.execute("DELETE FROM office_grid_column WHERE grid_id = \(grid.id)")
        for code in codes {
            try tx.execute("INSERT INTO office_grid_column (grid_id, code) VALUES (\(grid.id), \(code))")
        }
        if due != grid.due {
            try OfficesJobs.cancel(grid: grid.id, due: grid.due, tx)
            try OfficesJobs.plan(grid: grid.id, due: due, tx)
            tx.note("office_grid.due_on", from: grid.due.isoText, to: due.isoText)
        }
        tx.note("office_grid.columns", to: codes.joined(separator: " "))
    }

    /// The communes a person may see, in their order: for whoever follows the offices of several.
    package static func communes(seenBy sight: Sight, _ reader: any Reader) throws -> [TerritoryTitle] {
        try reader.rows(
            """
            SELECT t.id, t.kind AS own_kind, t.designation AS own_designation, t.name AS own_name FROM territory t
            WHERE t.kind IN (\(SQL.list(TerritoryKind.communes.map(\.rawValue)))) AND t.valid_until IS NULL
            AND t.id IN (SELECT u.descendant_id FROM territory_closure u WHERE u.ancestor_id IN (\(SQL.list(sight.roots))))
            ORDER BY t.sort_key, t.id LIMIT 60
            """
        ).map { try .read($0, "id", "own") }
    }
}
