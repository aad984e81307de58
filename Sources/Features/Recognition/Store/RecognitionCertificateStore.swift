import Core
import Criteria
import Database
import Organisation

extension Recognition {
    /// The certificate (giấy công nhận) of one granted title.
    package struct Certificate: Sendable {
        package let title: HeldTitle
        /// The unit whose body decided.
        package let decider: TerritoryTitle
        package let signer: String?
        package let office: String?
        /// When it was handed over; nil while it was not.
        package let givenOn: Day?
        package let occasion: String?
        /// Who said that it was.
        package let givenBy: String?
        /// The number of the decision that ended the title; nil while it holds, and where it ended without one.
        package let endedBy: String?

        /// How the title ended; nil while it holds.
        package func ending(on today: Day) -> CertificateEnding? {
            title.ending(on: today).map {
                CertificateEnding(
                    area: title.area.name, why: $0.why, day: $0.day, number: $0.why == .lapsed ? nil : endedBy)
            }
        }
    }

    /// One of the parts in which the certificates of a decision are shown and printed.
    package struct CertificatePart: Sendable, Equatable, Encodable {
        /// As many sheets as are printed at a time.
        package static let most = 200

        /// From one on.
        package let number: Int
        package let count: Int
        /// Certificates in all.
        package let total: Int
        package let each: Int

        package init(_ number: Int, of total: Int, each: Int = CertificatePart.most) {
            count = max(1, (total + each - 1) / each)
            self.number = min(max(1, number), count)
            self.total = total
            self.each = each
        }

        /// How many stand before this part.
        package var past: Int { (number - 1) * each }
        package var previous: Int? { number > 1 ? number - 1 : nil }
        package var next: Int? { number < count ? number + 1 : nil }
    }

    /// What happened to the titles of one kind and level within a span of days, counted in grants.
    package struct TitleMovement: Sendable, Equatable {
        package let title: String
        package let name: String
        package let level: Criteria.Level
        /// Held on the day before the span.
        package let before: Int
        package let granted: Int
        /// Ended in the span, by why: a model granted to an outstanding area ends the lower title as raised.
        package let ended: [HeldTitle.Ending: Int]
        /// Held on the span's last day.
        package let after: Int
    }
}

extension RecognitionStore {
    /// Which of these dossiers a person may open.
    static func visible(_ dossiers: [ID], to sight: Sight, _ reader: any Reader) throws -> Set<ID> {
        Set(
            try reader.rows(
                """
                SELECT d.id FROM dossier d WHERE d.id IN (\(SQL.list(dossiers))) AND \(sight.covers("d.territory_id"))
                """
            ).map { try $0.id("id") })
    }

    /// The certificates of a decision, in official order, by parts.
    ///
    /// - Parameter part: from one on; beyond the last it is the last.
    /// - Throws: `.conflict` for a draft: nothing is certified before the signed paper is in.
    package static func certificates(
        of decision: Recognition.Decision, part: Int = 1, each: Int = Recognition.CertificatePart.most,
        _ reader: any Reader
    ) throws -> (certificates: [Recognition.Certificate], part: Recognition.CertificatePart) {
        guard !decision.isDraft else { throw Refusal(.conflict, "recognition.certificate.refusal.draft") }
        let total = try reader.one(
            "SELECT count(*) AS many FROM title_grant g WHERE g.decision_id = \(decision.id)"
        ).integer("many")
        let part = Recognition.CertificatePart(part, of: total, each: each)
        return (
            try certificates("g.decision_id = \(decision.id)", limit: part.each, past: part.past, reader), part
        )
    }

    /// The part in which the certificates of some communes' areas begin: with the first that nobody handed over, and
    /// with the first at all once none is left. One where they have none.
    package static func part(
        of decision: Recognition.Decision, below communes: [ID], each: Int = Recognition.CertificatePart.most,
        _ reader: any Reader
    ) throws -> Int {
        let open: SQL = " AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.title_id = g.id)"
        for condition in [open, .empty] {
            guard
                let first = try reader.first(
                    """
                    SELECT t.sort_key, g.id FROM title_grant g JOIN territory t ON t.id = g.territory_id
                    WHERE g.decision_id = \(decision.id) AND t.parent_id IN (\(SQL.list(communes)))\(condition)
                    ORDER BY t.sort_key, g.id LIMIT 1
                    """)
            else { continue }
            let (key, id) = (try first.text("sort_key"), try first.id("id"))
            let past = try reader.one(
                """
                SELECT count(*) AS many FROM title_grant g JOIN territory t ON t.id = g.territory_id
                WHERE g.decision_id = \(decision.id) AND (t.sort_key < \(key) OR (t.sort_key = \(key) AND g.id < \(id)))
                """
            ).integer("many")
            return past / each + 1
        }
        return 1
    }

    /// Those of a decision's certificates that certify some titles.
    /// - Throws: `.conflict` for a draft: nothing is certified before the signed paper is in.
    package static func certificates(
        of decision: Recognition.Decision, titles: Set<ID>, _ reader: any Reader
    ) throws -> [Recognition.Certificate] {
        guard !decision.isDraft else { throw Refusal(.conflict, "recognition.certificate.refusal.draft") }
        return try certificates(
            "g.decision_id = \(decision.id) AND g.id IN (\(SQL.list(titles.sorted())))", limit: titles.count, reader)
    }

    /// The certificate of one title, for whoever may see its area or its decision.
    package static func certificate(
        ofTitle id: ID, seenBy sight: Sight, _ reader: any Reader
    ) throws -> Recognition.Certificate {
        guard
            let found = try certificates(
                "g.id = \(id) AND (\(sight.covers("g.territory_id")) OR \(visible(sight)))", reader
            ).first
        else { throw NotFound() }
        return found
    }

    /// The certificate that rests on a dossier.
    /// - Throws: `.conflict` when its decision is no more than a draft, or there is none.
    package static func certificate(
        of dossier: Recognition.Dossier, _ reader: any Reader
    ) throws -> Recognition.Certificate {
        if let found = try certificates("g.dossier_id = \(dossier.id)", reader).first { return found }
        throw Refusal(
            .conflict,
            dossier.state == .proposed
                ? "recognition.certificate.refusal.draft" : "recognition.certificate.refusal.notRecognised")
    }

    /// The acts by which a decision ends a title.
    private static let endings = Recognition.TitleAct.allCases.filter { $0.change < 0 }.map(\.rawValue)

    /// How many of a decision's titles hold on a day.
    package static func holding(by decision: ID, on day: Day, _ reader: any Reader) throws -> Int {
        try reader.one(
            "SELECT count(*) AS many FROM title_grant g WHERE g.decision_id = \(decision) AND \(holding(on: day))"
        ).integer("many")
    }

    private static func certificates(
        _ condition: SQL, limit: Int = 1, past: Int = 0, _ reader: any Reader
    ) throws -> [Recognition.Certificate] {
        let titles = try titles(condition, "t.sort_key, g.id", limit: limit, past: past, reader)
        var rest: [ID: Row] = [:]
        for row in try reader.rows(
            """
            SELECT g.id, x.signer, x.signer_office, c.given_on, c.occasion, y.name AS given_by, u.id AS unit_id, u.kind AS own_kind,
                u.designation AS own_designation, u.name AS own_name,
                (SELECT max(z.number) FROM title_event e JOIN decision z ON z.id = e.decision_id
                    WHERE e.title_id = g.id AND e.act IN (\(SQL.list(endings)))) AS ended_by
            FROM title_grant g JOIN decision x ON x.id = g.decision_id JOIN territory u ON u.id = x.territory_id
            LEFT JOIN certificate c ON c.title_id = g.id LEFT JOIN person y ON y.id = c.recorded_by WHERE g.id IN (\(SQL.list(titles.map(\.id))))
            """)
        {
            rest[try row.id("id")] = row
        }
        return try titles.compactMap { title in
            try rest[title.id].map { row in
                Recognition.Certificate(
                    title: title, decider: try TerritoryTitle.read(row, "unit_id", "own"),
                    signer: try row.optionalText("signer"), office: try row.optionalText("signer_office"),
                    givenOn: try row.optionalDay("given_on"), occasion: try row.optionalText("occasion"),
                    givenBy: try row.optionalText("given_by"), endedBy: try row.optionalText("ended_by"))
            }
        }
    }

    /// Records that certificates were handed over; saying it again puts the day right.
    ///
    /// - Throws: `.invalid` for a day before the decision or to come, `.conflict` for a title that has ended.
    package static func recordGiving(
        of titles: [ID], on day: Day, occasion: String?, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        guard day <= deed.at.day else { throw Refusal(.invalid, "recognition.certificate.refusal.ahead", field: "day") }
        let known = try certificates("g.id IN (\(SQL.list(titles)))", limit: titles.count, tx)
        for (title, certificate) in known.map({ ($0.title.id, $0) }) {
            if let ending = certificate.ending(on: deed.at.day) { throw ending.refusal() }
            guard certificate.title.from <= day else {
                throw Refusal(.invalid, "recognition.certificate.refusal.before", field: "day")
            }
            try tx.execute(
                """
                INSERT INTO certificate (title_id, given_on, occasion, recorded_by, at)
                VALUES (\(title), \(day), \(occasion), \(deed.person), \(deed.at))
                ON CONFLICT (title_id) DO UPDATE SET given_on = excluded.given_on, occasion = excluded.occasion,
                    recorded_by = excluded.recorded_by, at = excluded.at
                """)
        }
        tx.note("certificate.give", to: "\(day), \(titles.count)")
    }

    /// When a title's certificate was handed over. Public.
    package static func publicGiving(of title: ID, _ reader: any Reader) throws -> Day? {
        try reader.first("SELECT given_on FROM certificate WHERE title_id = \(title)")?.day("given_on")
    }

    /// Ends a title whose area was merged, or that was taken back before this system. The grant stays in the register.
    package static func end(
        title id: ID, on day: Day, why: Recognition.HeldTitle.Ending, _ tx: Transaction
    ) throws {
        try record(why.act, of: id, on: day, Recognition.Deed(person: nil, organisation: nil, at: tx.now), tx)
    }

    /// What was granted, raised, withdrawn and lapsed below a unit within a span, by title and deciding level. Before
    /// plus granted less ended is after.
    package static func titleMovements(
        under territory: ID, from: Day, until: Day, _ reader: any Reader
    ) throws -> [Recognition.TitleMovement] {
        // A title that ran out by its term has no row that says so: it lapsed on the first day without.
        let end: SQL = """
            CASE WHEN g.ended_on IS NOT NULL AND (g.valid_until IS NULL OR g.ended_on <= g.valid_until) THEN g.ended_on
                ELSE g.valid_until END
            """
        let why: SQL = """
            CASE WHEN g.ended_on IS NOT NULL AND (g.valid_until IS NULL OR g.ended_on <= g.valid_until) THEN g.ended_why
                ELSE 'lapsed' END
            """
        let rows = try reader.rows(
            """
            SELECT s.title, min(s.title_name) AS title_name, s.level, s.why,
                CAST(sum(CASE WHEN s.valid_from < \(from) AND (s.gone IS NULL OR s.gone >= \(from)) THEN 1 ELSE 0 END)
                    AS \(SchemaWord.integer)) AS held_before,
                CAST(sum(CASE WHEN s.valid_from >= \(from) AND s.valid_from <= \(until) THEN 1 ELSE 0 END)
                    AS \(SchemaWord.integer)) AS granted,
                CAST(sum(CASE WHEN s.gone >= \(from) AND s.gone <= \(until) THEN 1 ELSE 0 END)
                    AS \(SchemaWord.integer)) AS ended,
                CAST(sum(CASE WHEN s.valid_from <= \(until) AND (s.gone IS NULL OR s.gone > \(until)) THEN 1 ELSE 0 END)
                    AS \(SchemaWord.integer)) AS held_after
            FROM (SELECT g.title, g.title_name, g.level, g.valid_from, \(end) AS gone, \(why) AS why
                FROM title_grant g WHERE EXISTS (SELECT 1 FROM territory_closure u
                    WHERE u.descendant_id = g.territory_id AND u.ancestor_id = \(territory))) s
            GROUP BY s.title, s.level, s.why ORDER BY s.title, s.level, s.why
            """)
        var found: [Recognition.TitleMovement] = []
        for row in rows {
            let (title, level): (String, Criteria.Level) = (try row.text("title"), try row.choice("level"))
            let last = found.last.flatMap { $0.title == title && $0.level == level ? $0 : nil }
            if last != nil { found.removeLast() }
            var ended = last?.ended ?? [:]
            let count = try row.integer("ended")
            if count > 0, let ending = Recognition.HeldTitle.Ending(rawValue: try row.text("why")) {
                ended[ending, default: 0] += count
            }
            found.append(
                Recognition.TitleMovement(
                    title: title, name: try row.text("title_name"), level: level,
                    before: (last?.before ?? 0) + (try row.integer("held_before")),
                    granted: (last?.granted ?? 0) + (try row.integer("granted")), ended: ended,
                    after: (last?.after ?? 0) + (try row.integer("held_after"))))
        }
        return found
    }
}
