import Core
import Criteria
import Database
import Documents
import Organisation
import People

/// Reads practices. One that the commune confirmed is there for everybody to follow, so Sight widens nothing there; all
/// others are seen by those whose territory covers theirs.
package enum PracticesStore {
    private static let line: SQL = """
        SELECT p.id, p.set_code, p.code, p.name, p.story, p.sources, p.cost, p.labour_days, p.weeks, p.state,
            p.shared_at, p.confirmed_at, p.is_public, p.withdrawn_why, p.looked_on, p.is_alive, p.revision,
            p.organisation_id, o.name AS organisation,
            t.id AS area_id, t.kind AS area_kind, t.designation AS area_designation, t.name AS area_name,
            u.id AS above_id, u.kind AS above_kind, u.designation AS above_designation, u.name AS above_name,
            (SELECT count(*) FROM practice_following f WHERE f.practice_id = p.id) AS followers
        FROM practice p JOIN organisation o ON o.id = p.organisation_id JOIN territory t ON t.id = p.territory_id
            LEFT JOIN territory u ON u.id = t.parent_id
        """

    /// Practices that a person may read, the newest first; one more than `limit` when there are more.
    package static func practices(
        _ filter: PracticeFilter, seenBy sight: Sight, after mark: ID? = nil, limit: Int = 30, today: Day,
        _ reader: any Reader
    ) throws -> [Practice] {
        let seen: SQL
        switch filter.state {
        case .confirmed?: seen = "p.state = 'confirmed'"
        case let state?: seen = "p.state = \(state.rawValue) AND \(sight.covers("p.territory_id"))"
        case nil:
            seen = "(p.state = 'confirmed' OR (p.state = 'shared' AND \(sight.covers("p.territory_id"))))"
        }
        return try list([seen], filter, after: mark, limit: limit, today: today, reader)
    }

    /// What the commune let out, for everybody.
    package static func publicPractices(
        _ filter: PracticeFilter, after mark: ID? = nil, limit: Int = 30, today: Day, _ reader: any Reader
    ) throws -> [Practice] {
        try list(
            ["p.state = 'confirmed'", "p.is_public"], filter, after: mark, limit: limit, today: today, reader)
    }

    /// The confirmed practices of an indicator, those alive first, then the newest.
    package static func of(
        set: String, code: String, limit: Int, today: Day, _ reader: any Reader
    ) throws -> [Practice] {
        var criteria = PracticeCriteria(today: today, reader)
        return try reader.rows(
            """
            \(line) WHERE p.set_code = \(set) AND p.code = \(code) AND p.state = 'confirmed'
            ORDER BY CASE WHEN p.is_alive THEN 0 WHEN p.is_alive IS NULL THEN 1 ELSE 2 END, p.id DESC LIMIT \(limit)
            """
        ).map { try practice($0, place: [], &criteria) }
    }

    private static func list(
        _ seen: [SQL], _ filter: PracticeFilter, after mark: ID?, limit: Int, today: Day, _ reader: any Reader
    ) throws -> [Practice] {
        var conditions = seen
        if let set = filter.set { conditions.append("p.set_code = \(set)") }
        if let code = filter.code { conditions.append("p.code = \(code)") }
        if let isAlive = filter.isAlive { conditions.append("p.is_alive = \(isAlive)") }
        if let under = filter.under {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM territory_closure c WHERE c.ancestor_id = \(under)
                AND c.descendant_id = p.territory_id)
                """)
        }
        // Folded words hold letters and digits only, so nothing in them is a sign of LIKE.
        conditions += filter.words.map { word -> SQL in
            let pattern = "% \(word)%"
            return "(' ' || p.search_key) LIKE \(pattern)"
        }
        if let mark { conditions.append("p.id < \(mark)") }
        var criteria = PracticeCriteria(today: today, reader)
        return try reader.rows(
            "\(line) WHERE \(SQL.joined(conditions, by: " AND ")) ORDER BY p.id DESC LIMIT \(limit + 1)"
        ).map { try practice($0, place: [], &criteria) }
    }

    /// One practice as this person may read it.
    package static func practice(
        _ id: ID, seenBy sight: Sight, today: Day, _ reader: any Reader
    ) throws -> Practice {
        try one("p.id = \(id) AND (p.state = 'confirmed' OR \(sight.covers("p.territory_id")))", today, reader)
    }

    /// One that is on the portal.
    package static func publicPractice(_ id: ID, today: Day, _ reader: any Reader) throws -> Practice {
        try one("p.id = \(id) AND p.state = 'confirmed' AND p.is_public", today, reader)
    }

    /// Without asking who looks: for seeds, and for acts whose permit follows.
    package static func practice(_ id: ID, unattended reader: any Reader, today: Day) throws -> Practice {
        try one("p.id = \(id)", today, reader)
    }

    private static func one(_ condition: SQL, _ today: Day, _ reader: any Reader) throws -> Practice {
        let row = try reader.one("\(line) WHERE \(condition)")
        var criteria = PracticeCriteria(today: today, reader)
        return try practice(row, place: OrganisationStore.path(of: row.id("area_id"), reader), &criteria)
    }

    private static func practice(
        _ row: Row, place: [ID], _ criteria: inout PracticeCriteria
    ) throws -> Practice {
        Practice(
            id: try row.id("id"), area: try title(row, "area_"),
            above: try row.optionalID("above_id") == nil ? nil : title(row, "above_"),
            organisation: PersonName(id: try row.id("organisation_id"), name: try row.text("organisation")),
            criterion: try criteria.find(row.text("set_code"), row.text("code")),
            text: PracticeText(
                name: try row.text("name"), story: try row.text("story"), sources: try row.optionalText("sources"),
                cost: try row.optionalInteger("cost").map { Money(dong: Int64($0)) },
                labourDays: try row.optionalInteger("labour_days"), weeks: try row.optionalInteger("weeks")),
            state: PracticeState(rawValue: try row.text("state")) ?? .shared, sharedAt: try row.instant("shared_at"),
            confirmedAt: try row.optionalInstant("confirmed_at"), isPublic: try row.flag("is_public"),
            withdrawnWhy: try row.optionalText("withdrawn_why"), lookedOn: try row.optionalDay("looked_on"),
            isAlive: try row.value("is_alive") == .null ? nil : row.flag("is_alive"),
            followers: try row.integer("followers"), revision: try row.integer("revision"), place: place)
    }

    static func title(_ row: Row, _ prefix: String) throws -> TerritoryTitle {
        TerritoryTitle(
            id: try row.id(prefix + "id"), kind: TerritoryKind(rawValue: try row.text(prefix + "kind")) ?? .area,
            designation: Designation(rawValue: try row.text(prefix + "designation")) ?? .thon,
            name: try row.text(prefix + "name"))
    }

    /// How many practices wait for the commune's word in these territories.
    static func waiting(seenBy sight: Sight, _ reader: any Reader) throws -> Int {
        try reader.one(
            "SELECT count(*) AS many FROM practice p WHERE p.state = 'shared' AND \(sight.covers("p.territory_id"))"
        ).integer("many")
    }
}

extension PracticesStore {
    /// A practice's pictures, the oldest first.
    package static func pictures(
        of practice: ID, onlyReleased: Bool, _ reader: any Reader
    ) throws -> [PracticePicture] {
        let released: SQL = onlyReleased ? "AND released_at IS NOT NULL" : .empty
        return try reader.rows(
            """
            SELECT id, width, height, caption, released_at FROM practice_picture
            WHERE practice_id = \(practice) AND removed_at IS NULL \(released) ORDER BY at, id LIMIT 20
            """
        ).map {
            PracticePicture(
                id: try $0.id("id"), width: try $0.integer("width"), height: try $0.integer("height"),
                caption: try $0.optionalText("caption"), isReleased: try $0.optionalInstant("released_at") != nil)
        }
    }

    /// Where a picture's bytes are: for everybody once it is out with a public practice, else for who reads the practice.
    static func picture(
        _ id: ID, isThumbnail: Bool, seenBy sight: Sight?, _ reader: any Reader
    ) throws -> ContentAddress {
        let out: SQL = "(i.released_at IS NOT NULL AND p.is_public AND p.state = 'confirmed')"
        // Those elsewhere who read the practice see what was let out; the others are the place's own.
        let seen: SQL =
            sight.map {
                """
                (\(out) OR (i.released_at IS NOT NULL AND p.state = 'confirmed') OR \($0.covers("p.territory_id")))
                """
            } ?? out
        let row = try reader.one(
            """
            SELECT i.address, i.thumbnail FROM practice_picture i JOIN practice p ON p.id = i.practice_id
            WHERE i.id = \(id) AND i.removed_at IS NULL AND \(seen)
            """)
        guard let address = ContentAddress(try row.text(isThumbnail ? "thumbnail" : "address")) else {
            throw NotFound()
        }
        return address
    }

    /// Who followed, the first first.
    package static func followings(of practice: ID, _ reader: any Reader) throws -> [PracticeFollowing] {
        try reader.rows(
            """
            SELECT f.since, f.changed, f.result, f.different, o.name AS organisation,
                t.id AS area_id, t.kind AS area_kind, t.designation AS area_designation, t.name AS area_name,
                u.id AS above_id, u.kind AS above_kind, u.designation AS above_designation, u.name AS above_name
            FROM practice_following f JOIN territory t ON t.id = f.territory_id
                LEFT JOIN territory u ON u.id = t.parent_id JOIN organisation o ON o.id = f.organisation_id
            WHERE f.practice_id = \(practice) ORDER BY f.since, f.territory_id LIMIT 200
            """
        ).map { row in
            PracticeFollowing(
                area: try title(row, "area_"),
                above: try row.optionalID("above_id") == nil ? nil : title(row, "above_"),
                since: try row.day("since"), changed: try row.text("changed"), result: try row.optionalText("result"),
                different: try row.optionalText("different"), organisation: try row.text("organisation"))
        }
    }

    /// The commune's looks, the newest first.
    package static func looks(at practice: ID, _ reader: any Reader) throws -> [PracticeLook] {
        try reader.rows(
            """
            SELECT l.looked_on, l.is_alive, l.words, o.name AS organisation, n.name AS by_name
            FROM practice_look l JOIN organisation o ON o.id = l.organisation_id LEFT JOIN person n ON n.id = l.looked_by
            WHERE l.practice_id = \(practice) ORDER BY l.looked_on DESC, l.id DESC LIMIT 50
            """
        ).map {
            PracticeLook(
                day: try $0.day("looked_on"), isAlive: try $0.flag("is_alive"), words: try $0.optionalText("words"),
                organisation: try $0.text("organisation"), by: try $0.optionalText("by_name"))
        }
    }
}
