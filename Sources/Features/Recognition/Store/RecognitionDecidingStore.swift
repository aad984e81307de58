import Core
import Criteria
import Database
import Organisation

extension RecognitionStore {
    /// From where somebody may do an act today, with the level of each: of the organisation in whose name they act.
    package static func seats(
        of actor: Actor, for capability: Capability, on day: Day, _ reader: any Reader
    ) throws -> [Recognition.Seat] {
        let grants = actor.grants.filter { $0.role.capabilities.contains(capability) && $0.term.contains(day) }
        guard !grants.isEmpty else { return [] }
        var levels: [ID: Criteria.Level] = [:]
        for row in try reader.rows(
            """
            SELECT o.id, t.kind FROM organisation o JOIN territory t ON t.id = o.territory_id
            WHERE o.id IN (\(SQL.list(Array(Set(grants.map(\.organisation))).sorted())))
            """)
        {
            let kind: TerritoryKind = try row.choice("kind")
            levels[try row.id("id")] = kind.decidingLevel
        }
        var units: [ID: Criteria.Level] = [:]
        for row in try reader.rows(
            "SELECT id, kind FROM territory WHERE id IN (\(SQL.list(Array(Set(grants.map(\.territory))).sorted())))")
        {
            let kind: TerritoryKind = try row.choice("kind")
            units[try row.id("id")] = kind.decidingLevel
        }
        // In the name of one level over a unit of another nobody decides.
        return grants.compactMap { grant in
            levels[grant.organisation].flatMap { $0 == units[grant.territory] ? Recognition.Seat(grant, $0) : nil }
        }
    }

    /// The levels from which somebody does an act on a day, each with the territories they do it over.
    package static func levels(
        of actor: Actor, for capability: Capability, on day: Day, _ reader: any Reader
    ) throws -> [(Criteria.Level, Sight)] {
        let seats = try seats(of: actor, for: capability, on: day, reader)
        return Criteria.Level.allCases.compactMap { level in
            let roots = Set(seats.filter { $0.level == level }.map(\.grant.territory)).sorted()
            return roots.isEmpty ? nil : (level, Sight(person: actor.person, roots: roots))
        }
    }

    /// The levels of the units above an area.
    package static func levels(above area: ID, _ reader: any Reader) throws -> Set<Criteria.Level> {
        Set(
            try reader.rows(
                """
                SELECT t.kind FROM territory_closure c JOIN territory t ON t.id = c.ancestor_id
                WHERE c.descendant_id = \(area) AND c.ancestor_id <> \(area)
                """
            ).map { row -> Criteria.Level in
                let kind: TerritoryKind = try row.choice("kind")
                return kind.decidingLevel
            })
    }

    /// Dossiers on which the commune decides itself and that wait for its panel, not for a submission: accepted, or sent
    /// on once before the commune decided itself and taken by no panel since.
    ///
    /// - Parameter year: nil for all: what was not taken last year still waits.
    package static func acceptedHere(
        under territory: ID, year: Int?, seenBy sight: Sight, _ reader: any Reader
    ) throws -> [Recognition.Dossier] {
        try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns) FROM dossier d \(Recognition.Dossier.joins)
            WHERE d.state IN ('accepted', 'forwarded')\(of(year, "d.year")) AND d.level = 'commune'
                AND \(sight.covers("d.territory_id"))
                AND (d.state = 'accepted' OR NOT EXISTS (
                    SELECT 1 FROM appraisal a WHERE a.dossier_id = d.id AND a.round = d.round))
                AND EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = d.territory_id
                    AND u.ancestor_id = \(territory))
            ORDER BY t.sort_key, d.id LIMIT 300
            """
        ).map { try Recognition.Dossier($0, place: []) }
    }

    /// The condition that a column is of a year; nothing where all years are meant.
    static func of(_ year: Int?, _ column: SQL) -> SQL { year.map { " AND \(column) = \($0)" } ?? .empty }

    /// The level a unit decides at.
    static func decidingLevel(of territory: ID, _ reader: any Reader) throws -> Criteria.Level {
        let kind: TerritoryKind = try reader.one("SELECT kind FROM territory WHERE id = \(territory)").choice("kind")
        return kind.decidingLevel
    }

    /// The level that decides on the first of some dossiers this person may see.
    static func level(
        ofAny dossiers: Set<ID>, seenBy sight: Sight, _ reader: any Reader
    ) throws -> Criteria.Level? {
        try levels(of: dossiers, seenBy: sight, reader).first
    }

    /// The levels that decide on some dossiers this person may see, each once.
    static func levels(
        of dossiers: Set<ID>, seenBy sight: Sight, _ reader: any Reader
    ) throws -> [Criteria.Level] {
        guard !dossiers.isEmpty else { return [] }
        return try reader.rows(
            """
            SELECT d.level, count(*) AS many FROM dossier d WHERE d.id IN (\(SQL.list(dossiers.sorted())))
                AND \(sight.covers("d.territory_id")) GROUP BY d.level ORDER BY d.level DESC
            """
        ).map { try $0.choice("level") }
    }
}
