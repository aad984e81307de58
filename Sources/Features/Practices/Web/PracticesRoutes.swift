import Core
import Database
import Documents
import Organisation
import Web

/// Reading practices: the list, one of them, its paper.
enum PracticesRoutes {
    static let query: [Field] = [
        Field("q", .text(100), optional: true), Field("criterion", .text(120), optional: true),
        Field("under", .record, optional: true), Field("alive", .choice(["yes", "no"]), optional: true),
        Field("state", .choice(PracticeState.allCases.map(\.rawValue)), optional: true),
        Field("after", .record, optional: true),
    ]

    static func routes(_ files: ContentStore) -> [Route] {
        [
            .get("/practices", .signedIn, PracticesOutput.self, query: query) { try PracticesOutput.of($0) },
            .get("/practices/:id", .signedIn, PracticeOutput.self) { try PracticeOutput.of($0) },
            .get("/practices/:id/paper", .signedIn, PracticePaperOutput.self) { try PracticePaperOutput.of($0) },
        ]
    }
}

extension Call where Who == Actor {
    /// The practice named in the path, as the caller may read it.
    func practice() throws -> Practice {
        try PracticesStore.practice(id("id"), seenBy: sight, today: today, reader)
    }

    /// Whether the caller speaks for the practice: for its place, for the organisation that told it, or for the commune.
    func speaks(for practice: Practice) -> Bool {
        guard authority.allows(who, .sharePractice, practice) else { return false }
        return authority.allows(who, .confirmPractice, practice)
            || who.grants.contains {
                $0.role.capabilities.contains(.sharePractice) && $0.term.contains(today)
                    && ($0.organisation == practice.organisation.id || $0.territory == practice.area.id)
            }
    }

    /// Units in whose name the caller may tell of something: those of their offices, and below a commune its areas.
    func tellingPlaces() throws -> [TerritoryTitle] {
        let own = who.grants.filter {
            $0.role.capabilities.contains(.sharePractice) && $0.term.contains(today)
        }.map(\.territory)
        guard !own.isEmpty else { return [] }
        return try reader.rows(
            """
            SELECT DISTINCT t.id AS area_id, t.kind AS area_kind, t.designation AS area_designation,
                t.name AS area_name, CASE WHEN t.kind = 'area' THEN 1 ELSE 0 END AS below, t.sort_key
            FROM territory_closure c JOIN territory t ON t.id = c.descendant_id
            WHERE c.ancestor_id IN (\(SQL.list(own))) AND c.descendant_kind IN ('area', 'commune', 'ward', 'town')
                AND t.valid_until IS NULL
            ORDER BY below, t.sort_key, t.id LIMIT 200
            """
        ).map { try PracticesStore.title($0, "area_") }
    }
}
