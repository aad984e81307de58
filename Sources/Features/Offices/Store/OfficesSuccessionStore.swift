import Core
import Criteria
import Database
import Organisation

extension OfficesStore {
    /// Who is asked for each supplier of a set in a unit and year, by the supplier's number. Of several asked for the
    /// same columns the first by name; the others are named.
    package static func answerable(
        for set: CriteriaSet, territory: ID, year: Int, _ reader: any Reader
    ) throws -> [Int: Offices.Answerable] {
        let grids = try grids(of: territory, year: year, reader).filter { $0.setCode == set.code }
        let codes = try codes(ofGrids: grids.map(\.id), reader)
        var held: [ID: [String: Int]] = [:]
        for row in try reader.rows(
            """
            SELECT v.grid_id, v.code, count(*) AS many FROM office_value v
            WHERE v.grid_id IN (\(SQL.list(grids.map(\.id)))) GROUP BY v.grid_id, v.code
            """)
        {
            held[try row.id("grid_id"), default: [:]][try row.text("code")] = try row.integer("many")
        }
        var found: [Int: Offices.Answerable] = [:]
        for (number, supplier) in Offices.suppliers(of: set).enumerated() {
            let asked = grids.compactMap { grid -> (grid: Offices.Grid, codes: [String])? in
                let own = Set(codes[grid.id] ?? [])
                let shared = supplier.codes.filter(own.contains)
                return shared.isEmpty ? nil : (grid, shared)
            }
            guard let first = asked.first else { continue }
            found[number] = Offices.Answerable(
                grid: first.grid.id, organisation: first.grid.organisation, name: first.grid.organisationName,
                codes: first.codes, held: (held[first.grid.id] ?? [:]).filter { first.codes.contains($0.key) },
                others: asked.dropFirst().map(\.grid.organisationName))
        }
        return found
    }

    /// Ends columns at an office. Figures in them go over to the heir with their papers and open objections; what the
    /// dossiers say of whose they are stays.
    static func end(_ succession: Offices.Succession, heir: ID?, _ tx: Transaction) throws {
        let (grid, codes) = (succession.grid, SQL.list(succession.codes))
        if let heir {
            try tx.execute(
                "UPDATE office_value SET grid_id = \(heir) WHERE grid_id = \(grid) AND code IN (\(codes))")
            try tx.execute(
                """
                UPDATE office_objection SET grid_id = \(heir), revision = revision + 1
                WHERE grid_id = \(grid) AND code IN (\(codes)) AND outcome IS NULL
                """)
            try handOverPapers(from: grid, to: heir, succession.codes, tx)
            try tx.execute("UPDATE office_grid SET revision = revision + 1 WHERE id = \(heir)")
            tx.note("office_grid.handedOver", from: "\(grid)", to: "\(heir)")
        }
        let held = try tx.one(
            "SELECT count(*) AS many FROM office_value WHERE grid_id = \(grid) AND code IN (\(codes))"
        ).integer("many")
        // Somebody saved between looking and writing: it is asked about anew.
        guard held == 0 else { throw Refusal(.conflict, "offices.assignment.refusal.moved") }
        try tx.execute("DELETE FROM office_grid_column WHERE grid_id = \(grid) AND code IN (\(codes))")
        try tx.execute("UPDATE office_grid SET revision = revision + 1 WHERE id = \(grid)")
        tx.note("office_grid.ended", from: "\(grid) \(succession.codes.joined(separator: " "))", to: nil)
    }

    /// The same file, recorded for the heir too: the old office's record stays as it was.
    private static func handOverPapers(from grid: ID, to heir: ID, _ codes: [String], _ tx: Transaction) throws {
        let papers = try tx.rows(
            """
            SELECT DISTINCT d.id FROM office_document d JOIN office_document_column k ON k.document_id = d.id
            WHERE d.grid_id = \(grid) AND d.removed_at IS NULL AND k.code IN (\(SQL.list(codes))) ORDER BY d.id
            """
        ).map { try $0.id("id") }
        for paper in papers {
            let copy = tx.ids.next()
            try tx.execute(
                """
                INSERT INTO office_document (id, grid_id, address, file_kind, file_name, bytes, caption, added_by, at)
                SELECT \(copy), \(heir), address, file_kind, file_name, bytes, caption, added_by, at
                FROM office_document WHERE id = \(paper)
                """)
            try tx.execute(
                """
                INSERT INTO office_document_column (document_id, code)
                SELECT \(copy), code FROM office_document_column
                WHERE document_id = \(paper) AND code IN (\(SQL.list(codes)))
                """)
        }
    }
}
