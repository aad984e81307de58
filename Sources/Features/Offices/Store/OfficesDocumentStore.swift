import Core
import Database
import Documents
import Organisation

extension Offices {
    /// A paper that was looked through and put into the store of files, about to be recorded.
    package struct NewDocument: Sendable {
        package let address: ContentAddress
        package let fileKind: String
        package let fileName: String
        package let bytes: Int

        package init(address: ContentAddress, fileKind: String, fileName: String, bytes: Int) {
            self.address = address
            self.fileKind = fileKind
            self.fileName = fileName
            self.bytes = bytes
        }
    }
}

extension OfficesStore {
    /// The papers of some grids, by grid, the newest first.
    package static func papers(
        ofGrids grids: [ID], _ reader: any Reader
    ) throws -> [ID: [Offices.Document]] {
        guard !grids.isEmpty else { return [:] }
        var codes: [ID: [String]] = [:]
        for row in try reader.rows(
            """
            SELECT k.document_id, k.code FROM office_document_column k JOIN office_document d ON d.id = k.document_id
            WHERE d.grid_id IN (\(SQL.list(grids))) AND d.removed_at IS NULL ORDER BY k.code
            """)
        {
            codes[try row.id("document_id"), default: []].append(try row.text("code"))
        }
        let documents = try reader.rows(
            """
            SELECT d.id, d.grid_id, d.file_name, d.file_kind, d.bytes, d.caption, d.at, p.name AS adder
            FROM office_document d LEFT JOIN person p ON p.id = d.added_by
            WHERE d.grid_id IN (\(SQL.list(grids))) AND d.removed_at IS NULL ORDER BY d.at DESC, d.id DESC
            """
        ).map {
            Offices.Document(
                id: try $0.id("id"), grid: try $0.id("grid_id"), fileName: try $0.text("file_name"),
                fileKind: try $0.text("file_kind"), bytes: try $0.integer("bytes"), caption: try $0.text("caption"),
                codes: codes[try $0.id("id")] ?? [], adder: try $0.optionalText("adder"), at: try $0.instant("at"))
        }
        return Dictionary(grouping: documents, by: \.grid)
    }

    /// Records one paper as evidence for columns of a grid, that is for all areas at once.
    package static func add(
        _ new: Offices.NewDocument, caption: String, codes: [String], to grid: Offices.Grid, _ deed: Offices.Deed,
        _ tx: Transaction
    ) throws -> ID {
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO office_document (id, grid_id, address, file_kind, file_name, bytes, caption, added_by, at)
            VALUES (\(id), \(grid.id), \(new.address.hex), \(new.fileKind), \(new.fileName), \(new.bytes),
                \(caption), \(deed.person), \(deed.at))
            """)
        for code in codes {
            try tx.execute("INSERT INTO office_document_column (document_id, code) VALUES (\(id), \(code))")
        }
        return id
    }

    /// Takes a paper out. Its row stays, to say who did.
    package static func remove(document id: ID, of grid: Offices.Grid, _ deed: Offices.Deed, _ tx: Transaction) throws {
        let touched = try tx.execute(
            """
            UPDATE office_document SET removed_at = \(deed.at), removed_by = \(deed.person)
            WHERE id = \(id) AND grid_id = \(grid.id) AND removed_at IS NULL
            """)
        guard touched == 1 else { throw NotFound() }
    }

    /// The file of a paper: the areas' people, too, are to see what their figures rest on.
    ///
    /// - Parameters:
    ///   - sight: whoever sees the grid's unit or any area of it learns that there is such a paper.
    ///   - openers: the same person from those offices alone that open papers.
    /// - Throws: `NotFound`; `.forbidden` where it is seen and not opened.
    static func file(
        _ id: ID, seenBy sight: Sight, openedBy openers: Sight, _ reader: any Reader
    ) throws -> (address: ContentAddress, kind: String, name: String) {
        let row = try reader.one(
            """
            SELECT d.address, d.file_kind, d.file_name, CASE WHEN \(touches(openers)) THEN 1 ELSE 0 END AS opens
            FROM office_document d JOIN office_grid g ON g.id = d.grid_id
            WHERE d.id = \(id) AND d.removed_at IS NULL AND \(touches(sight))
            """)
        guard try row.integer("opens") == 1 else {
            throw Refusal(.forbidden, "recognition.evidence.refusal.closed")
        }
        guard let address = ContentAddress(try row.text("address")) else { throw NotFound() }
        return (address, try row.text("file_kind"), try row.text("file_name"))
    }

    private static func touches(_ sight: Sight) -> SQL {
        """
        (\(sight.covers("g.territory_id")) OR EXISTS (SELECT 1 FROM territory_closure c
            WHERE c.ancestor_id = g.territory_id AND c.descendant_id IN (\(SQL.list(sight.roots)))))
        """
    }
}
