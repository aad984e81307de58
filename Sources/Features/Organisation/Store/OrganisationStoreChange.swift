import Core
import Database

/// A place that an organisation had, from when to when.
package struct OrganisationPlace: Codable, Sendable, Equatable {
    package let validFrom: Day
    package let validUntil: Day?
    package let territory: TerritoryTitle
    package let parent: String?
}

/// An organisation whose territory has ended.
struct Stranded: Sendable {
    let organisation: Organisation
    let territory: TerritoryTitle
    let endedOn: Day
    let plan: StrandedPlan
    /// The territory or organisation that the plan names.
    let target: String?
    let targetTerritory: TerritoryTitle?
}

extension OrganisationStore {
    /// Where an organisation stood and under which, the latest first.
    package static func places(of id: ID, _ reader: any Reader) throws -> [OrganisationPlace] {
        try reader.rows(
            """
            SELECT x.valid_from, x.valid_until, t.id, t.kind, t.designation, t.name, p.name AS parent_name
            FROM organisation_place x JOIN territory t ON t.id = x.territory_id
            LEFT JOIN organisation p ON p.id = x.parent_id
            WHERE x.organisation_id = \(id) ORDER BY x.valid_from DESC LIMIT 50
            """
        ).map {
            OrganisationPlace(
                validFrom: try $0.day("valid_from"), validUntil: try $0.optionalDay("valid_until"),
                territory: try title($0), parent: try $0.optionalText("parent_name"))
        }
    }

    /// What an organisation became, by name; nil while it stands or where nobody follows it.
    package static func successor(of id: ID, _ reader: any Reader) throws -> (id: ID, name: String, day: Day)? {
        try reader.first(
            """
            SELECT o.id, o.name, s.day FROM organisation_successor s JOIN organisation o ON o.id = s.into_id
            WHERE s.organisation_id = \(id) ORDER BY s.day DESC, o.id LIMIT 1
            """
        ).map { (try $0.id("id"), try $0.text("name"), try $0.day("day")) }
    }

    /// The first day of a unit's present state.
    static func began(_ id: ID, _ reader: any Reader) throws -> Day {
        try reader.first(
            """
            SELECT valid_from FROM territory_state WHERE territory_id = \(id) ORDER BY valid_from DESC LIMIT 1
            """)?.day("valid_from") ?? .first
    }

    /// The first day of an organisation's present name and place.
    static func bodyBegan(_ id: ID, _ reader: any Reader) throws -> (name: Day, place: Day) {
        let name = try reader.first(
            "SELECT valid_from FROM organisation_name WHERE organisation_id = \(id) ORDER BY valid_from DESC LIMIT 1")
        let place = try reader.first(
            "SELECT valid_from FROM organisation_place WHERE organisation_id = \(id) ORDER BY valid_from DESC LIMIT 1")
        return (try name?.day("valid_from") ?? .first, try place?.day("valid_from") ?? .first)
    }

    /// Whether a standing unit beside another has the name already.
    static func isTaken(
        _ name: String, _ designation: Designation, under parent: ID?, but unit: ID, _ reader: any Reader
    ) throws -> Bool {
        guard let parent else { return false }
        return try reader.first(
            """
            SELECT id FROM territory WHERE parent_id = \(parent) AND name_key = \(VietnameseText.nameKey(name))
            AND designation = \(designation.rawValue) AND valid_until IS NULL AND id <> \(unit)
            """) != nil
    }

    /// How many units stand directly below one.
    static func standing(below id: ID, _ reader: any Reader) throws -> Int {
        try reader.one("SELECT count(*) AS n FROM territory WHERE parent_id = \(id) AND valid_until IS NULL").integer(
            "n")
    }

    static func standingBodies(below id: ID, _ reader: any Reader) throws -> Int {
        try reader.one("SELECT count(*) AS n FROM organisation WHERE parent_id = \(id) AND valid_until IS NULL")
            .integer(
                "n")
    }

    /// An organisation and all above it; a damaged tree ends after twenty.
    static func above(body id: ID, _ reader: any Reader) throws -> [ID] {
        var (path, next): ([ID], ID?) = ([], id)
        while let one = next, !path.contains(one), path.count < 20 {
            path.append(one)
            next = try reader.first("SELECT parent_id FROM organisation WHERE id = \(one)")?.optionalID("parent_id")
        }
        return path
    }

    static let strandedLimit = 200

    /// Organisations that stand on territories which do not, within what the person may see, with what is proposed.
    static func stranded(seenBy sight: Sight, _ reader: any Reader) throws -> [Stranded] {
        let rows = try reader.rows(
            """
            SELECT DISTINCT o.id, o.sort_key, t.id AS t_id, t.kind AS t_kind, t.designation AS t_designation,
                t.name AS t_name, t.valid_until
            FROM territory_closure c JOIN territory t ON t.id = c.descendant_id
            JOIN organisation o ON o.territory_id = c.descendant_id
            WHERE c.ancestor_id IN (\(SQL.list(sight.roots))) AND c.descendant_kind = \(former)
            AND o.valid_until IS NULL ORDER BY o.sort_key, o.id LIMIT \(strandedLimit)
            """)
        return try rows.map { row in
            let territory = TerritoryTitle(
                id: try row.id("t_id"), kind: try known(TerritoryKind.self, row, "t_kind"),
                designation: try known(Designation.self, row, "t_designation"), name: try row.text("t_name"))
            return try stranded(
                publicOrganisation(row.id("id"), reader), on: territory, ended: row.day("valid_until"), reader)
        }
    }

    private static func stranded(
        _ body: Organisation, on territory: TerritoryTitle, ended: Day, _ reader: any Reader
    ) throws -> Stranded {
        let successors = try successors(of: territory.id, reader)
        var twin: (id: ID, name: String)?
        if let only = successors.first, successors.count == 1 {
            twin = try reader.first(
                """
                SELECT id, name FROM organisation WHERE territory_id = \(only) AND kind = \(body.kind.rawValue)
                AND valid_until IS NULL ORDER BY sort_key, id LIMIT 1
                """
            ).map { (try $0.id("id"), try $0.text("name")) }
        }
        let plan = StrandedPlan.of(successors: successors, twin: twin?.id)
        var target: TerritoryTitle?
        if case .move(let id) = plan { target = try titles(of: [id], reader)[id] }
        return Stranded(
            organisation: body, territory: territory, endedOn: ended, plan: plan, target: twin?.name,
            targetTerritory: target)
    }

    /// Carries one plan out.
    static func settle(_ stranded: Stranded, _ plan: StrandedPlan, on day: Day, _ writer: any Writer) throws {
        let body = stranded.organisation
        switch plan {
        case .move(let territory): try moveOrganisation(body.id, to: territory, under: body.parent, on: day, writer)
        case .end(let successor): try endOrganisation(body.id, on: day, into: successor, writer)
        case .choose: break
        }
    }

    /// The organisations of one tree that stand on a territory.
    static func organisations(
        on territory: ID, in tree: OrganisationTree, day: Day, _ reader: any Reader
    ) throws -> [Organisation] {
        try organisations(on: territory, day: day, reader).filter { $0.kind.tree == tree }
    }
}
