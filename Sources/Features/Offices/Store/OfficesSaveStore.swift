import Core
import Criteria
import Database
import Organisation
import Recognition

extension Offices {
    /// What a save did.
    package struct Saved: Sendable, Equatable {
        package let save: ID
        /// The grid's revision now.
        package let revision: Int
        package let cells: Int
        /// Values of running dossiers that changed with it.
        package let inDossiers: Int
        /// Areas whose dossiers had gone on already and keep another value than the new one.
        package let passedBy: [ID]
    }
}

extension OfficesStore {
    /// Saves cells of a grid: one record, one revision, a handful of statements however many cells there are. Values
    /// flow into the dossiers that the areas still have in hand.
    ///
    /// - Parameters:
    ///   - changes: what each cell was and becomes, looked up in the snapshot; a cell that is otherwise by now refuses.
    ///   - preview: the save that waited; nil makes a new one.
    /// - Throws: `.conflict` when the grid moved since it was looked up, or another office holds one of the cells by now.
    @discardableResult
    package static func save(
        _ changes: [Offices.Change], in grid: Offices.Grid, as kind: Offices.Save.Kind, preview: ID? = nil,
        _ deed: Offices.Deed, _ tx: Transaction
    ) throws -> Offices.Saved {
        try tx.move("office_grid", grid.id, from: grid.revision)
        let revision = grid.revision + 1
        let save = preview ?? tx.ids.next()
        if let preview {
            let touched = try tx.execute(
                """
                UPDATE office_save SET state = 'done', cells = \(changes.count), number = \(revision),
                    done_at = \(deed.at)
                WHERE id = \(preview) AND grid_id = \(grid.id) AND state = 'previewed'
                """)
            guard touched == 1 else { throw Refusal(.conflict, "offices.save.refusal.notWaiting") }
        } else {
            try tx.execute(
                """
                INSERT INTO office_save (id, grid_id, kind, state, cells, number, made_by, made_at, done_at)
                VALUES (\(save), \(grid.id), \(kind.rawValue), 'done', \(changes.count), \(revision), \(deed.person),
                    \(deed.at), \(deed.at))
                """)
        }
        try record(changes, of: save, in: grid, tx)
        try put(changes, in: grid, revision, isTyped: kind == .typed, deed, tx)
        let (count, passedBy) = try pass(changes, on: grid, deed, tx)
        tx.note("office_grid.cells", to: "\(changes.count)")
        if count > 0 { tx.note("dossier.supplied", to: "\(count)") }
        return Offices.Saved(
            save: save, revision: revision, cells: changes.count, inDossiers: count, passedBy: passedBy)
    }

    private static func record(
        _ changes: [Offices.Change], of save: ID, in grid: Offices.Grid, _ tx: Transaction
    ) throws {
        let notes = try notes(beside: changes.filter { $0.before != nil }.map(\.cell), in: grid, tx)
        var rows = BulkInsert(
            "INSERT INTO office_save_cell (save_id, territory_id, code, before, after, note_before) VALUES ",
            columns: 6, tx)
        for change in changes {
            try rows.add(
                .id(save), .id(change.cell.area), .text(change.cell.code),
                .optional(change.before.map(Offices.Code.text)), .optional(change.after.map(Offices.Code.text)),
                .optional(notes[change.cell]))
        }
        try rows.flush()
    }

    /// Writes the values themselves. What another office put there is not overwritten, and then nothing is written: the
    /// dossiers and the save's record would say what the grid does not.
    private static func put(
        _ changes: [Offices.Change], in grid: Offices.Grid, _ revision: Int, isTyped: Bool = false,
        _ deed: Offices.Deed, _ tx: Transaction
    ) throws {
        var rows = BulkInsert(
            """
            INSERT INTO office_value (territory_id, year, set_code, code, source, grid_id, value, note, entered_by, at,
                saved_in) VALUES \

            """, columns: 11,
            tail: """
                 ON CONFLICT (territory_id, year, set_code, code) DO UPDATE SET value = excluded.value,
                note = excluded.note, entered_by = excluded.entered_by, at = excluded.at, saved_in = excluded.saved_in
                WHERE office_value.grid_id = excluded.grid_id
                """, tx)
        var emptied: [String: [ID]] = [:]
        for change in changes {
            guard let after = change.after else {
                emptied[change.cell.code, default: []].append(change.cell.area)
                continue
            }
            try rows.add(
                .id(change.cell.area), .integer(Int64(grid.year)), .text(grid.setCode), .text(change.cell.code),
                .text(Offices.Source.office.rawValue), .id(grid.id), .text(Offices.Code.text(after)),
                .optional(change.note), .optional(deed.person), .integer(deed.at.milliseconds),
                .integer(Int64(revision)))
        }
        try rows.flush()
        var touched = rows.written
        for (code, areas) in emptied.sorted(by: { $0.key < $1.key }) {
            touched += try tx.execute(
                """
                DELETE FROM office_value WHERE year = \(grid.year) AND set_code = \(grid.setCode) AND code = \(code)
                AND grid_id = \(grid.id) AND territory_id IN (\(SQL.list(areas)))
                """)
        }
        if touched < changes.count, let refusal = try taken(changes.map(\.cell), in: grid, isTyped: isTyped, tx) {
            throw refusal
        }
    }

    /// Hands values on to the dossiers of the areas that still take them.
    private static func pass(
        _ changes: [Offices.Change], on grid: Offices.Grid, _ deed: Offices.Deed, _ tx: Transaction
    ) throws -> (count: Int, passedBy: [ID]) {
        let areas = Array(Set(changes.map(\.cell.area))).sorted()
        let dossiers = Dictionary(
            grouping: try RecognitionStore.supplyable(areas: areas, year: grid.year, setCode: grid.setCode, tx),
            by: \.area)
        guard !dossiers.isEmpty else { return (0, []) }
        var indicators: [ID: [String: [String: Criteria.Indicator]]] = [:]
        var supplied: [Recognition.Supplied] = []
        for change in changes {
            for dossier in dossiers[change.cell.area] ?? [] {
                guard dossier.takesValues else { continue }
                if indicators[dossier.criteriaSet]?[dossier.title] == nil {
                    let set = try CriteriaStore.set(dossier.criteriaSet, tx)
                    let counted = Set(set.codes(for: dossier.title))
                    indicators[dossier.criteriaSet, default: [:]][dossier.title] = Dictionary(
                        set.indicators.filter { counted.contains($0.code) }.map { ($0.code, $0) },
                        uniquingKeysWith: { first, _ in first })
                }
                guard let indicator = indicators[dossier.criteriaSet]?[dossier.title]?[change.cell.code] else {
                    continue
                }
                // Under another version of the set the same code may ask for another kind of value.
                if let after = change.after, Criteria.refusal(of: after, for: indicator) != nil { continue }
                supplied.append(
                    Recognition.Supplied(
                        dossier: dossier.id, code: change.cell.code, value: change.after, office: grid.organisation,
                        note: change.note))
            }
        }
        let count = try RecognitionStore.supply(supplied, person: deed.person, at: deed.at, ids: tx.ids, tx)
        let passedBy = Set(try keeping(changes, in: grid, tx).map(\.kept.area))
        return (count, passedBy.sorted())
    }

    /// Takes a done save back, cell by cell to what was before.
    ///
    /// - Throws: `.conflict` when a later save stands on one of its cells, a dossier went on with its values, or another
    ///   office holds one of the cells by now; the words name which.
    package static func undo(
        _ save: Offices.Save, in grid: Offices.Grid, _ deed: Offices.Deed, _ tx: Transaction
    ) throws -> Int {
        if let refusal = try refusalToUndo(save, in: grid, tx) { throw refusal }
        let back = try changes(of: save.id, tx).map {
            Offices.Change(cell: $0.cell, before: $0.after, after: $0.before, note: $0.noteBefore)
        }
        try tx.move("office_grid", grid.id, from: grid.revision)
        try put(back, in: grid, grid.revision + 1, deed, tx)
        let (count, _) = try pass(back, on: grid, deed, tx)
        try tx.execute(
            """
            UPDATE office_save SET state = 'undone', undone_by = \(deed.person), undone_at = \(deed.at),
                undone_in = \(grid.revision + 1)
            WHERE id = \(save.id)
            """)
        tx.note("office_save.state", from: "done", to: "undone")
        if count > 0 { tx.note("dossier.supplied", to: "\(count)") }
        return grid.revision + 1
    }

    /// Why a save cannot be taken back; nil when it can.
    package static func refusalToUndo(
        _ save: Offices.Save, in grid: Offices.Grid, _ reader: any Reader
    ) throws -> Refusal? {
        guard save.state == .done, let number = save.number else {
            return Refusal(.conflict, "offices.save.refusal.notDone")
        }
        // The area was told that its figure was mended; taking that back in silence would leave it told so.
        guard save.kind != .mended else { return Refusal(.conflict, "offices.save.refusal.mended") }
        let later = try reader.first(
            """
            SELECT l.number FROM office_save_cell c JOIN office_save l ON l.grid_id = \(grid.id)
                AND l.state = 'done' AND l.number > \(number)
            JOIN office_save_cell d ON d.save_id = l.id AND d.territory_id = c.territory_id AND d.code = c.code
            WHERE c.save_id = \(save.id) ORDER BY l.number DESC LIMIT 1
            """)
        if let later {
            return Refusal(.conflict, "offices.save.refusal.later", ["number": "\(try later.integer("number"))"])
        }
        let changed = try changes(of: save.id, reader)
        let columns = Set(
            try reader.rows("SELECT code FROM office_grid_column WHERE grid_id = \(grid.id)").map {
                try $0.text("code")
            })
        let ended = Set(changed.map(\.cell.code)).subtracting(columns).sorted()
        guard ended.isEmpty else {
            return Refusal(.conflict, "offices.save.refusal.ended", ["codes": ended.joined(separator: ", ")])
        }
        let areas = Array(Set(changed.map(\.cell.area))).sorted()
        let gone = try RecognitionStore.supplyable(areas: areas, year: grid.year, setCode: grid.setCode, reader)
            .filter { !$0.takesValues }
        guard !gone.isEmpty else { return nil }
        // Only a dossier that went on with the values: one that had gone on before never took them.
        var taken: Set<ID> = []
        for row in try reader.rows(
            """
            SELECT DISTINCT v.dossier_id FROM indicator_value v
            WHERE v.dossier_id IN (\(SQL.list(gone.map(\.id)))) AND v.side = 'self' AND v.source = 'office'
            AND v.office_id = \(grid.organisation) AND v.code IN (\(SQL.list(Array(Set(changed.map(\.cell.code))).sorted())))
            AND v.at >= \(save.madeAt)
            """)
        {
            taken.insert(try row.id("dossier_id"))
        }
        let names = try OrganisationStore.titles(of: gone.filter { taken.contains($0.id) }.map(\.area), reader)
        guard !names.isEmpty else { return nil }
        return Refusal(
            .conflict, "offices.save.refusal.wentOn",
            [
                "count": "\(names.count)",
                "areas": names.values.map(\.name).sorted {
                    VietnameseOrder.sortKey(of: $0) < VietnameseOrder.sortKey(of: $1)
                }
                .prefix(10).joined(separator: ", "),
            ])
    }

    /// What a save changed.
    package static func changes(of save: ID, _ reader: any Reader) throws -> [Offices.Change] {
        try reader.rows(
            """
            SELECT territory_id, code, before, after, note_before FROM office_save_cell WHERE save_id = \(save)
            ORDER BY territory_id, code
            """
        ).map { row in
            Offices.Change(
                cell: Offices.Cell(area: try row.id("territory_id"), code: try row.text("code")),
                before: try row.optionalText("before").map { try value($0, "before") },
                after: try row.optionalText("after").map { try value($0, "after") },
                noteBefore: try row.optionalText("note_before"))
        }
    }
}
