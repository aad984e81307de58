import Core
import Criteria
import Database
import Organisation
import Recognition

extension PortalStore {
    /// More nobody reads on one page; the earliest to end stand first.
    private static let postingsMost = 50

    /// What hangs on the board today, of one area or of all.
    func postings(of area: ID? = nil) throws -> [PortalPosting] {
        var sql: SQL = """
            SELECT d.id AS dossier_id, d.title, d.year, d.criteria_set_id, g.posted_last, t.id, t.kind, t.designation,
                t.name, p.id AS p_id, p.kind AS p_kind, p.designation AS p_designation, p.name AS p_name
            FROM dossier d JOIN posting g ON g.dossier_id = d.id JOIN territory t ON t.id = d.territory_id
            LEFT JOIN territory p ON p.id = t.parent_id
            WHERE d.state = 'posted' AND g.replaced_at IS NULL AND g.posted_from <= \(today)
                AND g.posted_last >= \(today)
            """
        if let area { sql += " AND d.territory_id = \(area)" }
        return try reader.rows(sql + " ORDER BY g.posted_last, t.sort_key, d.id LIMIT \(Self.postingsMost)").map {
            row in
            let title = try row.text("title")
            let set = try CriteriaStore.set(try row.id("criteria_set_id"), reader)
            return PortalPosting(
                dossier: try row.id("dossier_id"), area: try PortalStore.title(row),
                commune: try row.optionalID("p_id") == nil ? nil : PortalStore.title(row, "p_"), title: title,
                name: PortalName(set.title(title)?.name ?? Criteria.Name(title)), year: try row.integer("year"),
                last: try row.day("posted_last"))
        }
    }

    /// Lists shorter than this point to a few families (docs/people.md, rule 5).
    private static let fewLines = 5

    /// What the title rests on besides released pictures: kinds and counts, nothing of the content.
    func closedEvidence(of held: Recognition.HeldTitle?) throws -> [PortalClosedEvidence] {
        guard let dossier = held?.dossier else { return [] }
        let pieces = try RecognitionStore.closedEvidence(of: dossier, reader)
        func lines(_ piece: Recognition.ClosedEvidence) -> Int? {
            piece.lines.flatMap { $0 >= Self.fewLines ? $0 : nil }
        }
        let lists = pieces.compactMap { piece in
            lines(piece).map { PortalClosedEvidence(kind: piece.kind.rawValue, lines: $0, count: 1) }
        }
        return lists
            + Recognition.EvidenceKind.allCases.compactMap { kind in
                let count = pieces.count { $0.kind == kind && lines($0) == nil }
                return count > 0 ? PortalClosedEvidence(kind: kind.rawValue, lines: nil, count: count) : nil
            }
    }
}
