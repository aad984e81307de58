import Core
import Criteria
import Database
import Organisation

extension Recognition {
    /// A title (danh hiệu) that an area holds or held, as it stands in the register. All of it is public.
    package struct HeldTitle: Sendable {
        /// Why a title ended.
        package enum Ending: String, Sendable, CaseIterable {
            /// Granted anew, for another term.
            case renewed
            /// Followed by a higher title.
            case raised
            case withdrawn
            case lapsed
            case merged
        }

        package let id: ID
        package let area: TerritoryTitle
        package let commune: TerritoryTitle?
        /// The title's code: "model".
        package let title: String
        /// As the decision has it: "Khu dân cư kiểu mẫu".
        package let name: String
        package let level: Criteria.Level
        /// The year it was won for.
        package let year: Int
        package let decision: ID
        package let number: String
        package let day: Day
        /// The body that decided.
        package let body: String
        /// The dossier it rests on; nil for one from an older register.
        package let dossier: ID?
        package let from: Day
        /// The first day without; nil where no term is set.
        package let until: Day?
        package let endedOn: Day?
        package let endedWhy: Ending?
        /// The number of the decision that took it back.
        package let endedBy: String?
        /// Entered from a decision that was made before this system.
        package var isEarlier = false

        package func holds(on day: Day) -> Bool {
            from <= day && (until.map { day < $0 } ?? true) && (endedOn.map { day < $0 } ?? true)
        }

        /// Why it holds no more, and since when; nil while it does.
        package func ending(on today: Day) -> (why: Ending, day: Day)? {
            if let endedOn, let endedWhy, endedOn <= today { return (endedWhy, endedOn) }
            return until.flatMap { $0 <= today ? (.lapsed, $0) : nil }
        }
    }

    /// A decision from before this system with the areas it names, taken over from a register on paper.
    package struct EarlierDecision: Sendable {
        package let territory: ID
        package let organisation: ID
        package let title: String
        package let titleName: String
        package let level: Criteria.Level
        package let year: Int
        package let number: String
        package let day: Day
        package let termYears: Int?
        package let areas: [ID]

        package init(
            territory: ID, organisation: ID, title: String, titleName: String, level: Criteria.Level, year: Int,
            number: String, day: Day, termYears: Int?, areas: [ID]
        ) {
            self.territory = territory
            self.organisation = organisation
            self.title = title
            self.titleName = titleName
            self.level = level
            self.year = year
            self.number = number
            self.day = day
            self.termYears = termYears
            self.areas = areas
        }
    }
}

extension RecognitionStore {
    /// Every title an area holds or held, newest first. Public: a title and its decision are published.
    package static func publicTitles(of area: ID, _ reader: any Reader) throws -> [Recognition.HeldTitle] {
        try titles("g.territory_id = \(area)", "g.valid_from DESC, g.id DESC", limit: 100, reader)
    }

    /// What a decision of before this system granted; empty for one that was made here. Public.
    package static func titles(ofEarlier decision: ID, _ reader: any Reader) throws -> [Recognition.HeldTitle] {
        try titles("g.decision_id = \(decision) AND x.origin = 'register'", "t.sort_key, g.id", limit: 500, reader)
    }

    /// The title an area holds on a day; of several the one granted last.
    package static func publicTitle(
        of area: ID, on day: Day, _ reader: any Reader
    ) throws -> Recognition.HeldTitle? {
        try publicTitles(of: area, reader).first { $0.holds(on: day) }
    }

    /// The areas below a unit that hold a title on a day, in official order, by pages. Public.
    ///
    /// - Parameters:
    ///   - title: only this title; nil for all.
    ///   - after: the last title of the page before.
    package static func publicHolders(
        under territory: ID, title: String? = nil, level: Criteria.Level? = nil, on day: Day, after: ID? = nil,
        limit: Int = 50, _ reader: any Reader
    ) throws -> (titles: [Recognition.HeldTitle], next: ID?) {
        var condition: SQL = """
            EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = g.territory_id AND u.ancestor_id = \(territory))
            AND \(holding(on: day))
            """
        if let title { condition += " AND g.title = \(title)" }
        if let level { condition += " AND g.level = \(level.rawValue)" }
        if let after,
            let key = try reader.first(
                """
                SELECT t.sort_key FROM title_grant g JOIN territory t ON t.id = g.territory_id WHERE g.id = \(after)
                """)?.text("sort_key")
        {
            condition += " AND (t.sort_key > \(key) OR (t.sort_key = \(key) AND g.id > \(after)))"
        }
        let found = try titles(condition, "t.sort_key, g.id", limit: limit + 1, reader)
        let page = Array(found.prefix(limit))
        return (page, found.count > limit ? page.last?.id : nil)
    }

    /// The register below a unit: titles that hold on a day, or those that do not any more, in official order, by pages.
    package static func register(
        under territory: ID, isHolding: Bool, on day: Day, after: ID? = nil, limit: Int = 50, _ reader: any Reader
    ) throws -> (titles: [Recognition.HeldTitle], next: ID?) {
        var condition: SQL = """
            EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = g.territory_id AND u.ancestor_id = \(territory))
            """
        condition +=
            isHolding ? " AND \(holding(on: day))" : " AND NOT (\(holding(on: day))) AND g.valid_from <= \(day)"
        if let after,
            let key = try reader.first(
                """
                SELECT t.sort_key FROM title_grant g JOIN territory t ON t.id = g.territory_id WHERE g.id = \(after)
                """)?.text("sort_key")
        {
            condition += " AND (t.sort_key > \(key) OR (t.sort_key = \(key) AND g.id > \(after)))"
        }
        let found = try titles(condition, "t.sort_key, g.id", limit: limit + 1, reader)
        let page = Array(found.prefix(limit))
        return (page, found.count > limit ? page.last?.id : nil)
    }

    /// How many areas below a unit hold each title on a day, by deciding level. Public.
    package static func publicTitleCounts(
        under territory: ID, on day: Day, _ reader: any Reader
    ) throws -> [(title: String, name: String, level: Criteria.Level, count: Int)] {
        try reader.rows(
            """
            SELECT g.title, min(g.title_name) AS title_name, g.level, count(DISTINCT g.territory_id) AS many
            FROM title_grant g
            WHERE EXISTS (SELECT 1 FROM territory_closure u WHERE u.descendant_id = g.territory_id
                AND u.ancestor_id = \(territory)) AND \(holding(on: day))
            GROUP BY g.title, g.level ORDER BY g.title, g.level
            """
        ).map {
            (try $0.text("title"), try $0.text("title_name"), try $0.choice("level"), try $0.integer("many"))
        }
    }

    /// What a recognised area achieved, indicator by indicator, without who entered it; nil while its title rests on
    /// no dossier or the dossier is not recognised.
    package static func publicAssessment(
        of title: Recognition.HeldTitle, _ reader: any Reader
    ) throws -> Recognition.Assessment? {
        guard let id = title.dossier else { return nil }
        let dossier = try dossier(id, unattended: reader)
        guard dossier.state == .recognised else { return nil }
        let entries = try entries(of: id, reader).map {
            Recognition.Entry(
                code: $0.code, side: $0.side, value: $0.value, note: nil, enteredBy: nil, enterer: nil, at: $0.at,
                version: $0.version)
        }
        return Recognition.Assessment(try RecognitionStore.criteria(of: dossier, reader), for: dossier.aim, entries)
    }

    /// Takes over a decision of an older register and the titles it granted. For seeds; an office's own come in through
    /// `RecognitionEarlier`.
    package static func record(
        earlier: Recognition.EarlierDecision, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws -> ID {
        let id = try addEarlierDecision(
            territory: earlier.territory, organisation: earlier.organisation, title: earlier.title,
            level: earlier.level, year: earlier.year, number: earlier.number, day: earlier.day, deed, tx)
        let term = Recognition.validity(from: earlier.day, years: earlier.termYears)
        let kind = Recognition.TitleKind(earlier.title, earlier.level)
        let held = try rungs(of: earlier.areas, on: earlier.day, tx)
        for area in earlier.areas {
            if let refusal = Recognition.TitleLadder.refusal(
                of: kind, by: earlier.organisation, over: held[area] ?? [], on: earlier.day)
            {
                throw Refusal(.conflict, refusal.key, refusal.arguments)
            }
            let title = tx.ids.next()
            try tx.execute(
                """
                INSERT INTO title_grant (id, territory_id, title, title_name, level, year, decision_id, valid_from,
                    valid_until)
                VALUES (\(title), \(area), \(earlier.title), \(earlier.titleName), \(earlier.level.rawValue),
                    \(earlier.year), \(id), \(term.from), \(term.until))
                """)
            try record(.grant, of: title, on: term.from, decision: id, deed, tx)
            try RecognitionTitleJobs.plan(title: title, until: term.until, tx)
        }
        try RecognitionSearch.enter(decision: id, tx)
        return id
    }

    /// Enters a decision that was made before this system: issued, without a scan.
    static func addEarlierDecision(
        territory: ID, organisation: ID, title: String, level: Criteria.Level, year: Int, number: String, day: Day,
        _ deed: Recognition.Deed, _ tx: Transaction
    ) throws -> ID {
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO decision (id, territory_id, organisation_id, title, level, year, state, origin, number,
                number_key, number_year, day, drafted_by, drafted_at, issued_by, issued_at, revision)
            VALUES (\(id), \(territory), \(organisation), \(title), \(level.rawValue), \(year), 'issued', 'register',
                \(number), \(Recognition.SignedPaper.key(number)), \(day.year), \(day), \(deed.person), \(deed.at),
                \(deed.person), \(deed.at), 1)
            """)
        tx.note("decision.register", to: number)
        return id
    }

    static func holding(on day: Day) -> SQL {
        """
        g.valid_from <= \(day) AND (g.valid_until IS NULL OR g.valid_until > \(day)) \
        AND (g.ended_on IS NULL OR g.ended_on > \(day))
        """
    }

    static func titles(
        _ condition: SQL, _ order: SQL, limit: Int, past: Int = 0, _ reader: any Reader
    ) throws -> [Recognition.HeldTitle] {
        try reader.rows(
            """
            SELECT g.id, g.territory_id, g.title, g.title_name, g.level, g.year, g.decision_id, g.dossier_id,
                g.valid_from, g.valid_until, g.ended_on, g.ended_why, x.number, x.day, x.origin, o.name AS body,
                (SELECT y.number FROM decision_withdrawal w JOIN decision y ON y.id = w.decision_id
                    WHERE w.title_id = g.id AND y.state = 'issued') AS ended_by,
                t.kind AS area_kind, t.designation AS area_designation, t.name AS area_name,
                p.id AS commune_id, p.kind AS commune_kind, p.designation AS commune_designation, p.name AS commune_name
            FROM title_grant g JOIN decision x ON x.id = g.decision_id JOIN organisation o ON o.id = x.organisation_id
            JOIN territory t ON t.id = g.territory_id LEFT JOIN territory p ON p.id = t.parent_id
            WHERE \(condition) ORDER BY \(order) LIMIT \(limit) OFFSET \(past)
            """
        ).map { row in
            Recognition.HeldTitle(
                id: try row.id("id"), area: try TerritoryTitle.read(row, "territory_id", "area"),
                commune: try row.optionalID("commune_id") == nil
                    ? nil : TerritoryTitle.read(row, "commune_id", "commune"),
                title: try row.text("title"), name: try row.text("title_name"), level: try row.choice("level"),
                year: try row.integer("year"), decision: try row.id("decision_id"), number: try row.text("number"),
                day: try row.day("day"), body: try row.text("body"), dossier: try row.optionalID("dossier_id"),
                from: try row.day("valid_from"), until: try row.optionalDay("valid_until"),
                endedOn: try row.optionalDay("ended_on"), endedWhy: try row.optionalChoice("ended_why"),
                endedBy: try row.optionalText("ended_by"), isEarlier: try row.text("origin") == "register")
        }
    }
}
