import Core
import Criteria
import Database

/// The number of households that meetings, posting and ballot of a dossier are measured against.
///
/// It is frozen with the dossier when it is registered, like the area's class and region: the head of the area keeps the
/// area's profile, and whoever is assessed does not set the measure. Where the profile had none on that day, the first
/// sitting freezes it. What really changed (households moved away, areas were split) the commune takes over with a reason
/// while the dossier is not posted; the profile itself stays free, because the rest of the program needs it up to date.
extension RecognitionStore {
    /// Nil while neither the dossier nor the area's profile has a number.
    package static func households(of dossier: ID, _ reader: any Reader) throws -> Int? {
        let row = try reader.one(
            """
            SELECT d.households, a.households AS recorded FROM dossier d
            LEFT JOIN area a ON a.territory_id = d.territory_id WHERE d.id = \(dossier)
            """)
        let number = try row.optionalInteger("households") ?? row.optionalInteger("recorded")
        return number.flatMap { $0 > 0 ? $0 : nil }
    }

    /// The same, and from now on nobody but the commune changes it.
    static func freezeHouseholds(of dossier: ID, _ tx: Transaction) throws -> Int? {
        guard let number = try households(of: dossier, tx) else { return nil }
        try tx.execute("UPDATE dossier SET households = \(number) WHERE id = \(dossier) AND households IS NULL")
        return number
    }

    /// Takes over a real change of the area's households. What a meeting was measured against on its day stays as it was.
    ///
    /// - Throws: `.conflict` once a meeting decided or it is posted, `.invalid` for the number that stands.
    /// - Returns: the revision the dossier has now.
    package static func change(
        households: Int, because reason: String, of dossier: Recognition.Dossier, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws -> Int {
        let before = try self.households(of: dossier.id, tx)
        if let refusal = Recognition.DossierHouseholds.refusal(
            ofChanging: before, to: households, in: dossier.state,
            met: try review(of: dossier.id, tx).deciding?.households)
        {
            throw refusal
        }
        try tx.move("dossier", dossier.id, from: dossier.revision)
        try tx.execute("UPDATE dossier SET households = \(households) WHERE id = \(dossier.id)")
        try tx.execute(
            """
            INSERT INTO dossier_households (id, dossier_id, households_from, households_to, reason, changed_by, at)
            VALUES (\(tx.ids.next()), \(dossier.id), \(before), \(households), \(reason), \(deed.person), \(deed.at))
            """)
        tx.note("dossier.households", from: before.map { "\($0)" }, to: "\(households), \(reason)")
        return dossier.revision + 1
    }

    /// What is to be known of dossiers besides their values; those with nothing are left out.
    static func backgrounds(
        of dossiers: [Recognition.Dossier], _ reader: any Reader
    ) throws -> [ID: Recognition.Background] {
        guard !dossiers.isEmpty else { return [:] }
        let changes = try changes(of: dossiers.map(\.id), reader)
        let years = try recorded(in: dossiers.map(\.area.id), reader)
        let earlier = try earlierBallots(of: dossiers.map(\.id), reader)
        var found: [ID: Recognition.Background] = [:]
        for dossier in dossiers {
            let last = years[dossier.area.id]?.filter { $0.year < dossier.year }.max { $0.year < $1.year }
            let before = last.flatMap { last in
                dossier.households.flatMap { now in
                    now < last.households
                        ? Recognition.HouseholdsBefore(year: last.year, households: last.households, now: now) : nil
                }
            }
            let background = Recognition.Background(
                changes: changes[dossier.id] ?? [], before: before, earlier: earlier[dossier.id] ?? [])
            if background != .none { found[dossier.id] = background }
        }
        return found
    }

    private static func changes(
        of dossiers: [ID], _ reader: any Reader
    ) throws -> [ID: [Recognition.HouseholdsChange]] {
        var found: [ID: [Recognition.HouseholdsChange]] = [:]
        for row in try reader.rows(
            """
            SELECT h.dossier_id, h.households_from, h.households_to, h.reason, h.at, p.name
            FROM dossier_households h LEFT JOIN person p ON p.id = h.changed_by
            WHERE h.dossier_id IN (\(SQL.list(dossiers))) ORDER BY h.dossier_id, h.at, h.id
            """)
        {
            found[try row.id("dossier_id"), default: []].append(
                Recognition.HouseholdsChange(
                    from: try row.optionalInteger("households_from"), to: try row.integer("households_to"),
                    reason: try row.text("reason"), person: try row.optionalText("name"), at: try row.instant("at")))
        }
        return found
    }

    private static func recorded(
        in areas: [ID], _ reader: any Reader
    ) throws -> [ID: [(year: Int, households: Int)]] {
        var found: [ID: [(year: Int, households: Int)]] = [:]
        for row in try reader.rows(
            """
            SELECT territory_id, year, households FROM area_year
            WHERE territory_id IN (\(SQL.list(areas))) AND households IS NOT NULL
            """)
        {
            found[try row.id("territory_id"), default: []].append(
                (try row.integer("year"), try row.integer("households")))
        }
        return found
    }

    /// The ballots held before the present posting of each dossier: by the dossier itself, or by another one of the area
    /// for the same title and year. Each is looked up whole; there is hardly ever one.
    private static func earlierBallots(
        of dossiers: [ID], _ reader: any Reader
    ) throws -> [ID: [Recognition.EarlierBallot]] {
        var found: [ID: [Recognition.EarlierBallot]] = [:]
        for row in try reader.rows(
            """
            SELECT d.id AS asked, \(Recognition.Posting.columns)
            FROM dossier d JOIN dossier o ON o.territory_id = d.territory_id AND o.year = d.year AND o.title = d.title
            JOIN posting g ON g.dossier_id = o.id
            LEFT JOIN posting c ON c.dossier_id = d.id AND c.replaced_at IS NULL
            WHERE d.id IN (\(SQL.list(dossiers))) AND (c.id IS NULL OR (g.id <> c.id AND g.at <= c.at))
            ORDER BY g.at, g.id
            """)
        {
            let posting = try posting(row, reader)
            let terms = try terms(of: dossier(posting.dossier, unattended: reader), reader)
            found[try row.id("asked"), default: []].append(
                Recognition.EarlierBallot(
                    days: posting.days, ballot: Recognition.PanelBallot(posting.ballot), terms: terms))
        }
        return found
    }
}
