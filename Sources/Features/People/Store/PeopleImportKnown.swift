import Core
import Database
import Organisation

extension PeopleImport {
    /// What an import must know: units, organisations and people below its base, ended ones too, so that a row which
    /// names them is told so.
    ///
    /// - Parameter sight: of whoever imports.
    static func known(below base: ID, by sight: Sight, today: Day, _ reader: any Reader) throws -> Known {
        Known(
            actor: sight.person, base: base, units: try units(base, reader), bodies: try bodies(base, reader),
            people: try people(seenBy: sight, reader), offices: try offices(base, reader), today: today)
    }

    private static func units(_ base: ID, _ reader: any Reader) throws -> [Known.Unit] {
        try reader.rows(
            """
            SELECT t.id, t.parent_id, t.kind, t.name, t.name_key, t.valid_until
            FROM territory_closure c JOIN territory t ON t.id = c.descendant_id WHERE c.ancestor_id = \(base)
            """
        ).map { row in
            Known.Unit(
                id: try row.id("id"), parent: try row.optionalID("parent_id"),
                isArea: try row.text("kind") == TerritoryKind.area.rawValue, name: try row.text("name"),
                nameKey: try row.text("name_key"), until: try row.optionalDay("valid_until"))
        }
    }

    private static func bodies(_ base: ID, _ reader: any Reader) throws -> [Known.Body] {
        try reader.rows(
            """
            SELECT o.id, o.name, o.name_key, o.territory_id, o.valid_from, o.valid_until
            FROM territory_closure c JOIN organisation o ON o.territory_id = c.descendant_id
            WHERE c.ancestor_id = \(base)
            """
        ).map { row in
            Known.Body(
                id: try row.id("id"), name: try row.text("name"), nameKey: try row.text("name_key"),
                territory: try row.id("territory_id"), from: try row.day("valid_from"),
                until: try row.optionalDay("valid_until"))
        }
    }

    /// All people: a sign-in name is one in the whole installation, wherever its person stands. Seen are those who hold or
    /// held an office within the importer's sight.
    private static func people(seenBy sight: Sight, _ reader: any Reader) throws -> [Known.One] {
        var seen = Set(
            try reader.rows(
                """
                SELECT DISTINCT r.person_id FROM territory_closure s JOIN role_assignment r
                ON r.territory_id = s.descendant_id WHERE s.ancestor_id IN (\(SQL.list(sight.roots)))
                """
            ).map { try $0.id("person_id") })
        seen.insert(sight.person)
        return try reader.rows(
            """
            SELECT p.id, p.name, p.birth_year, p.phone, a.sign_in_name FROM person p
            LEFT JOIN account a ON a.person_id = p.id
            """
        ).map { row in
            let (id, name) = (try row.id("id"), try row.text("name"))
            return Known.One(
                id: id, name: name, nameKey: VietnameseText.nameKey(name),
                birthYear: try row.optionalInteger("birth_year"), phone: try row.optionalText("phone"),
                signInName: try row.optionalText("sign_in_name"), isSeen: seen.contains(id))
        }
    }

    private static func offices(_ base: ID, _ reader: any Reader) throws -> [Known.Office] {
        try reader.rows(
            """
            SELECT r.person_id, r.role, r.organisation_id, r.territory_id, r.valid_from, r.valid_until
            FROM territory_closure c JOIN role_assignment r ON r.territory_id = c.descendant_id
            WHERE c.ancestor_id = \(base) AND r.stands_for IS NULL
            """
        ).compactMap { row in
            guard let role = Role(rawValue: try row.text("role")) else { return nil }
            return Known.Office(
                person: try row.id("person_id"), role: role, organisation: try row.id("organisation_id"),
                territory: try row.id("territory_id"), from: try row.day("valid_from"),
                until: try row.optionalDay("valid_until"))
        }
    }
}
