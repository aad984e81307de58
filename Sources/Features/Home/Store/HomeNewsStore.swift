import Core
import Database
import Organisation
import Recognition

/// What others did, for those who act: for a month; more is the list's business.
extension HomeStore {
    private static let newsDays = 30
    private static let newsCount = 6

    /// What others did to dossiers in sight and to the titles of one's own areas, newest first.
    func news() throws -> [HomeNews] {
        Array((try newsOfDossiers() + newsOfTitles()).sorted { $0.at > $1.at }.prefix(Self.newsCount))
    }

    /// Keystrokes and reminders are no news.
    private func newsOfDossiers() throws -> [HomeNews] {
        var told = [
            "register", "handIn", "post", "submit", "accept", "sendBack", "forward", "conclude", "propose", "unpropose",
            "recognise", "refuse", "reconsider", "reappraise", "withdraw", "overdue",
        ]
        // Thousands of dossiers move at once: whoever is above reads that on the page of the version.
        if !ownAreas.isEmpty { told += ["adopt", "reopen"] }
        return try reader.rows(
            """
            SELECT e.dossier_id, CASE WHEN e.action = 'sendBack' AND e.state_from = 'forwarded' THEN 'sendBackByPanel'
                WHEN e.action = 'withdraw' AND e.actor_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM role_assignment r
                    WHERE r.person_id = COALESCE(e.giver_id, e.actor_id) AND r.organisation_id = e.organisation_id
                    AND r.territory_id = d.territory_id) THEN 'withdrawByCommune' ELSE e.action END AS action, e.state_from,
                e.at, d.title, d.year, t.id, t.kind, t.designation, t.name
            FROM dossier_event e JOIN dossier d ON d.id = e.dossier_id JOIN territory t ON t.id = d.territory_id
            WHERE e.at >= \(today.adding(days: -Self.newsDays).start) AND e.at <= \(now)
                AND e.action IN (\(SQL.list(told)))
                AND (e.actor_id IS NULL OR e.actor_id <> \(person)) AND \(sight.covers("d.territory_id"))
            ORDER BY e.at DESC, e.id DESC LIMIT \(Self.newsCount)
            """
        ).map { row in
            let action = try row.text("action")
            // Whoever had it in hand when its day was over is late, not the area whose dossier it is.
            let late: HomeHolder? =
                action == "overdue"
                ? try row.optionalText("state_from").flatMap(Recognition.State.init(rawValue:))
                    .flatMap { Recognition.LifeCycle.stage($0).holder }.map { HomeHolder($0) }
                : nil
            return HomeNews(
                dossier: try row.id("dossier_id"), area: try HomeStore.title(row), year: try row.integer("year"),
                title: try row.text("title"), action: action, at: try row.instant("at"), late: late)
        }
    }

    /// How a re-check ended for a title of one's own areas: kept, or taken back by a decision.
    private func newsOfTitles() throws -> [HomeNews] {
        guard !ownAreas.isEmpty else { return [] }
        return try reader.rows(
            """
            SELECT e.act, e.at, g.title, t.id, t.kind, t.designation, t.name
            FROM title_grant g JOIN title_event e ON e.title_id = g.id JOIN territory t ON t.id = g.territory_id
            WHERE g.territory_id IN (\(SQL.list(ownAreas))) AND e.act IN ('keep', 'withdrawal')
                AND e.at >= \(today.adding(days: -Self.newsDays).start) AND e.at <= \(now)
                AND (e.recorded_by IS NULL OR e.recorded_by <> \(person)) AND \(sight.covers("g.territory_id"))
            ORDER BY e.at DESC, e.id DESC LIMIT \(Self.newsCount)
            """
        ).map { row in
            let at = try row.instant("at")
            return HomeNews(
                dossier: nil, area: try HomeStore.title(row), year: at.day.year, title: try row.text("title"),
                action: try row.text("act") == "keep" ? "titleKept" : "titleTakenBack", at: at)
        }
    }

    /// Where this person holds an office of an area.
    private var ownAreas: [ID] {
        Array(
            Set(grants.filter { HomeSkeleton.of($0.role) == .area && $0.term.contains(today) }.map(\.territory))
        ).sorted()
    }
}
