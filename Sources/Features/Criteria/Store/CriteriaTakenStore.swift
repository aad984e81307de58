import Core
import Database
import Organisation

/// A consultation (hiệp thương) at which organisations took on criteria.
package struct Consultation: Sendable, Equatable {
    package let id: ID
    /// The commune.
    package let territory: ID
    package let set: ID
    package let day: Day
    /// The last day of the term.
    package let until: Day
    package let conclusion: String
    package let bodies: [Criteria.TakenOn.Owner]
    package let recordedBy: String?
}

/// One criterion that one organisation answers for.
package struct TakenCriterion: Governed, Equatable {
    package static let kind = "taken_criterion"

    package let id: ID
    package let consultation: ID
    /// A commune for all its areas, or an area.
    package let territory: ID
    package let territoryTitle: TerritoryTitle
    package let organisation: ID
    package let organisationName: String
    package let set: ID
    package let code: String
    package let target: String
    package let targetNumber: Quantity?
    package let until: Day
    package let outcome: Criteria.TakenOn.Outcome?
    package let review: String?
    package let reached: Quantity?
    package let reviewedBy: String?
    /// Why the review was written before the end of the term; nil where it was not.
    package let earlyWhy: String?
    /// It should never have been written down; nil for what stands.
    package var mistake: TakenMistake?
    package let revision: Int
    package let place: [ID]
}

/// That a criterion was taken on only by a slip of whoever wrote it down.
package struct TakenMistake: Sendable, Equatable {
    package let why: String
    package let by: String?
    package let at: Instant
}

/// What is about to be taken on.
package struct NewTakenCriterion: Sendable {
    package let consultation: ID
    package let territory: ID
    package let organisation: ID
    package let code: String
    package let target: String
    package let number: Quantity?

    package init(
        consultation: ID, territory: ID, organisation: ID, code: String, target: String, number: Quantity?
    ) {
        self.consultation = consultation
        self.territory = territory
        self.organisation = organisation
        self.code = code
        self.target = target
        self.number = number
    }
}

/// Reads and writes what organisations took on. Who answers for a criterion is public: these take no Sight.
package enum CriteriaTakenStore {
    /// Party, government and mass organisations of a unit that can sit at a consultation, in their order.
    package static func bodies(
        of territory: ID, on day: Day, _ reader: any Reader
    ) throws -> [Criteria.TakenOn.Owner] {
        try reader.rows(
            """
            SELECT o.id, o.name FROM organisation o WHERE o.territory_id = \(territory)
            AND o.kind IN (\(SQL.list(massOrganisations))) AND o.valid_from <= \(day)
            AND (o.valid_until IS NULL OR o.valid_until >= \(day)) ORDER BY o.sort_key, o.id LIMIT 60
            """
        ).map { Criteria.TakenOn.Owner(try $0.id("id"), try $0.text("name")) }
    }

    /// The areas right under a unit that stand, in official order: where a criterion may be taken on alone.
    package static func areas(of territory: ID, _ reader: any Reader) throws -> [TerritoryTitle] {
        try reader.rows(
            """
            SELECT t.id, t.designation, t.name FROM territory t
            WHERE t.parent_id = \(territory) AND t.kind = 'area' AND t.valid_until IS NULL
            ORDER BY t.sort_key, t.id LIMIT 200
            """
        ).map {
            TerritoryTitle(
                id: try $0.id("id"), kind: .area, designation: try UnknownCriteriaWord.read($0, "designation"),
                name: try $0.text("name"))
        }
    }

    private static let massOrganisations: [String] = [
        OrganisationKind.farmersUnion, .womensUnion, .veteransAssociation, .labourUnion, .youthUnion,
        .elderlyAssociation, .redCross, .studyPromotion, .farmersBranch, .womensBranch, .veteransBranch, .youthBranch,
        .elderlyBranch,
    ].map(\.rawValue)

    /// One consultation, or `NotFound`.
    package static func consultation(_ id: ID, _ reader: any Reader) throws -> Consultation {
        guard let one = try consultations("c.id = \(id)", reader).first else { throw NotFound() }
        return one
    }

    /// Of a commune, the newest first.
    package static func consultations(of territory: ID, _ reader: any Reader) throws -> [Consultation] {
        try consultations("c.territory_id = \(territory)", reader)
    }

    private static func consultations(_ condition: SQL, _ reader: any Reader) throws -> [Consultation] {
        let rows = try reader.rows(
            """
            SELECT c.id, c.territory_id, c.criteria_set_id, c.day, c.until_day, c.conclusion, p.name AS recorder
            FROM consultation c LEFT JOIN person p ON p.id = c.recorded_by WHERE \(condition)
            ORDER BY c.day DESC, c.id DESC LIMIT 20
            """)
        let ids = try rows.map { try $0.id("id") }
        var bodies: [ID: [Criteria.TakenOn.Owner]] = [:]
        if !ids.isEmpty {
            for row in try reader.rows(
                """
                SELECT b.consultation_id, o.id, o.name FROM consultation_body b
                JOIN organisation o ON o.id = b.organisation_id
                WHERE b.consultation_id IN (\(SQL.list(ids))) ORDER BY o.sort_key, o.id
                """)
            {
                bodies[try row.id("consultation_id"), default: []].append(
                    Criteria.TakenOn.Owner(try row.id("id"), try row.text("name")))
            }
        }
        return try rows.map { row in
            let id = try row.id("id")
            return Consultation(
                id: id, territory: try row.id("territory_id"), set: try row.id("criteria_set_id"),
                day: try row.day("day"), until: try row.day("until_day"), conclusion: try row.text("conclusion"),
                bodies: bodies[id] ?? [], recordedBy: try row.optionalText("recorder"))
        }
    }

    /// What holds for a unit on a day: taken on for it, and for every unit above it; in a commune its areas' too.
    static func standing(
        for territory: ID, withBelow: Bool, on day: Day, _ reader: any Reader
    ) throws -> SQL {
        let path = try OrganisationStore.path(of: territory, reader)
        var condition: SQL = "k.territory_id IN (\(SQL.list(path)))"
        if withBelow {
            condition = """
                (\(condition) OR k.territory_id IN (SELECT u.descendant_id FROM territory_closure u
                WHERE u.ancestor_id = \(territory)))
                """
        }
        return condition + " AND c.until_day >= \(day) AND k.mistaken_at IS NULL"
    }

    /// The same of one indicator.
    package static func taken(
        _ code: String, for territory: ID, withBelow: Bool, on day: Day, _ reader: any Reader
    ) throws -> [TakenCriterion] {
        try taken(
            standing(for: territory, withBelow: withBelow, on: day, reader) + " AND k.code = \(code)", reader)
    }

    /// What was taken on at one consultation for the whole unit, and for none of its areas alone.
    package static func taken(
        at consultation: ID, forAllOf unit: ID, _ reader: any Reader
    ) throws -> [TakenCriterion] {
        try taken(standing(at: consultation) + " AND k.territory_id = \(unit)", reader)
    }

    /// What was written down at a consultation by mistake.
    package static func mistaken(at consultation: ID, _ reader: any Reader) throws -> [TakenCriterion] {
        try taken("k.consultation_id = \(consultation) AND k.mistaken_at IS NOT NULL", reader, limit: 100)
    }

    static func standing(at consultation: ID) -> SQL {
        "k.consultation_id = \(consultation) AND k.mistaken_at IS NULL"
    }

    /// One indicator taken on, with its place for the gate, or `NotFound`.
    package static func taken(_ id: ID, _ reader: any Reader) throws -> TakenCriterion {
        guard let one = try taken("k.id = \(id)", reader, withPlace: true).first else { throw NotFound() }
        return one
    }

    /// Who took on an indicator of a set, in the communes and areas that this person sees; the first of them.
    package static func taken(
        code: String, of set: ID, seenBy sight: Sight, on day: Day, _ reader: any Reader
    ) throws -> [TakenCriterion] {
        try taken(
            """
            k.code = \(code) AND c.criteria_set_id = \(set) AND c.until_day >= \(day)
            AND k.mistaken_at IS NULL AND \(sight.covers("k.territory_id"))
            """, reader, limit: most)
    }

    /// What some organisations answer for whose term is over and of which nothing was said: the first, and how many.
    package static func unreviewed(
        of bodies: [ID], in territories: [ID], on day: Day, _ reader: any Reader
    ) throws -> (first: TakenCriterion, count: Int)? {
        guard !territories.isEmpty, !bodies.isEmpty else { return nil }
        let condition: SQL = """
            k.organisation_id IN (\(SQL.list(bodies))) AND k.mistaken_at IS NULL
            AND k.territory_id IN (SELECT u.descendant_id FROM territory_closure u
            WHERE u.ancestor_id IN (\(SQL.list(territories)))) AND c.until_day <= \(day) AND k.outcome IS NULL
            """
        guard let first = try taken(condition, reader, limit: 1).first else { return nil }
        return (first, try counts(condition, reader).values.reduce(0, +))
    }

    /// As many as a list shows that is not paged.
    static let most = 500

    /// - Parameter limit: nil for all; never for what is counted.
    static func taken(
        _ condition: SQL, _ reader: any Reader, withPlace: Bool = false, limit: Int? = nil
    ) throws -> [TakenCriterion] {
        let limited: SQL = limit.map { " LIMIT \($0)" } ?? ""
        return try reader.rows(
            """
            SELECT k.id, k.consultation_id, k.territory_id, k.organisation_id, k.code, k.target, k.target_number,
                k.outcome, k.review, k.reached_number, k.early_why, k.revision, k.mistake_why,
                k.mistaken_at, c.until_day, c.criteria_set_id, o.name AS body, t.kind, t.designation, t.name,
                p.name AS reviewer, m.name AS mistaker
            FROM taken_criterion k JOIN consultation c ON c.id = k.consultation_id
            JOIN organisation o ON o.id = k.organisation_id JOIN territory t ON t.id = k.territory_id
            LEFT JOIN person p ON p.id = k.reviewed_by LEFT JOIN person m ON m.id = k.mistaken_by
            WHERE \(condition) ORDER BY o.sort_key, t.sort_key, k.code, k.id\(limited)
            """
        ).map { row in
            func word<Word: RawRepresentable<String>>(_ column: String) throws -> Word {
                try UnknownCriteriaWord.read(row, column)
            }
            let territory = try row.id("territory_id")
            return TakenCriterion(
                id: try row.id("id"), consultation: try row.id("consultation_id"), territory: territory,
                territoryTitle: TerritoryTitle(
                    id: territory, kind: try word("kind"), designation: try word("designation"),
                    name: try row.text("name")),
                organisation: try row.id("organisation_id"), organisationName: try row.text("body"),
                set: try row.id("criteria_set_id"), code: try row.text("code"), target: try row.text("target"),
                targetNumber: try row.optionalInteger("target_number").map { Quantity(thousandths: Int64($0)) },
                until: try row.day("until_day"),
                outcome: try row.optionalText("outcome") == nil ? nil : word("outcome"),
                review: try row.optionalText("review"),
                reached: try row.optionalInteger("reached_number").map { Quantity(thousandths: Int64($0)) },
                reviewedBy: try row.optionalText("reviewer"), earlyWhy: try row.optionalText("early_why"),
                mistake: try row.optionalText("mistake_why").map {
                    TakenMistake(
                        why: $0, by: try row.optionalText("mistaker"), at: try row.instant("mistaken_at"))
                },
                revision: try row.integer("revision"),
                place: withPlace ? try OrganisationStore.path(of: territory, reader) : [])
        }
    }
}
