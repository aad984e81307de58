import Core
import Database
import Organisation

/// Where a record of a person stands for the gate.
enum PeoplePlaceStore {
    /// The nearest territory that holds all of the person's roles, and all above it. Whoever manages an account must
    /// stand above every office of its person: an officer of one commune cannot take over the account of somebody
    /// who also holds an office of the province.
    ///
    /// Roles that hold or are to come count; when all have ended, the last that ended; without any, only who stands
    /// at the root of the tree is above.
    static func place(ofPerson person: ID, today: Day, _ reader: any Reader) throws -> [ID] {
        let terms = try reader.rows(
            """
            SELECT territory_id, valid_until FROM role_assignment WHERE person_id = \(person)
            AND (valid_until IS NULL OR valid_until > valid_from)
            """
        ).map { (territory: try $0.id("territory_id"), until: try $0.optionalDay("valid_until")) }
        let standing = terms.filter { term in term.until.map { $0 > today } ?? true }
        let last = terms.compactMap(\.until).max()
        let counted = standing.isEmpty ? terms.filter { $0.until == last } : standing
        let territories = Array(Set(counted.map(\.territory))).sorted()
        guard let first = territories.first else { return try roots(reader) }
        var common = try OrganisationStore.path(of: first, reader)
        for other in territories.dropFirst() {
            let path = Set(try OrganisationStore.path(of: other, reader))
            common.removeAll { !path.contains($0) }
        }
        return try standingUnits(common, reader)
    }

    private static func roots(_ reader: any Reader) throws -> [ID] {
        let roots: SQL = "SELECT id FROM territory WHERE parent_id IS NULL AND valid_until IS NULL ORDER BY id"
        return try reader.rows(roots).map { try $0.id("id") }
    }

    /// A unit that has ended is in no closure, and the gate would find nobody above it.
    private static func standingUnits(_ path: [ID], _ reader: any Reader) throws -> [ID] {
        let standing = Set(
            try reader.rows(
                """
                SELECT id FROM territory WHERE id IN (\(SQL.list(path))) AND valid_until IS NULL
                """
            ).map { try $0.id("id") })
        return path.filter(standing.contains)
    }
}
