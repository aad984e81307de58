import Core
import Database

/// The strengths of an area's organisations, by year.
extension OrganisationStore {
    /// By year, the newest first. The area must have been looked up with Sight.
    package static func strengths(of area: ID, _ reader: any Reader) throws -> [AreaStrengths] {
        let rows = try reader.rows(
            """
            SELECT year, kind, members FROM area_strength WHERE territory_id = \(area)
            ORDER BY year DESC, kind LIMIT 400
            """)
        var years: [(year: Int, bodies: [AreaStrength])] = []
        for row in rows {
            let year = try row.integer("year")
            if years.last?.year != year { years.append((year, [])) }
            years[years.count - 1].bodies.append(
                AreaStrength(try known(AreaStrengthKind.self, row, "kind"), try row.integer("members")))
        }
        return years.map { AreaStrengths(year: $0.year, bodies: $0.bodies) }
    }

    /// Puts the strengths of a year in the place of those that stood there; a kind left out is taken out.
    package static func putStrengths(_ strengths: AreaStrengths, of area: ID, _ writer: any Writer) throws {
        try writer.execute("DELETE FROM area_strength WHERE territory_id = \(area) AND year = \(strengths.year)")
        var insert = BulkInsert(
            "INSERT INTO area_strength (territory_id, year, kind, members) VALUES ", columns: 4, writer)
        for body in strengths.bodies {
            try insert.add(
                .id(area), .integer(Int64(strengths.year)), .text(body.kind.rawValue), .integer(Int64(body.members)))
        }
        try insert.flush()
    }
}
