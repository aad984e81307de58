import Core
import Criteria
import Database
import Organisation

/// What waits on the superior side besides the acts that take a whole list: a member's declaration and scores, the
/// minutes of whoever presides, submissions without a panel, certificates to hand over.
extension RecognitionDuties {
    static func appraisals(
        for actor: Actor, on today: Day, calendar: Recognition.YearCalendar = .standard, _ reader: any Reader
    ) throws -> [Recognition.Duty] {
        func roots(_ capability: Capability) -> [ID] { Self.roots(of: actor, capability, on: today) }
        var duties: [Recognition.Duty] = []
        if !roots(.appraise).isEmpty { duties += try Self.seats(actor.person, today, reader) }
        let seats = Recognition.Seat.each(try RecognitionStore.seats(of: actor, for: .formPanel, on: today, reader))
        for seat in seats {
            duties += try forming(seat, asks: seats.count > 1, actor, reader)
        }
        let communes = roots(.forwardDossiers)
        if !communes.isEmpty { duties += try giving(communes, calendar, today, reader) }
        return duties
    }

    /// For a member: declare once for each panel, score each dossier; for who presides: bring the minutes to an end.
    private static func seats(
        _ person: ID, _ today: Day, _ reader: any Reader
    ) throws -> [Recognition.Duty] {
        let rows = try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns), a.panel_id, a.taken_at FROM appraisal a
            JOIN panel_member m ON m.panel_id = a.panel_id AND m.person_id = \(person) AND m.left_at IS NULL
            JOIN dossier d ON d.id = a.dossier_id AND d.round = a.round \(Recognition.Dossier.joins)
            WHERE a.ended_at IS NULL AND d.state = 'forwarded' ORDER BY t.sort_key, d.id LIMIT \(limit)
            """)
        var duties: [Recognition.Duty] = []
        var silent: [ID: (first: Recognition.Dossier, since: Instant, count: Int)] = [:]
        for row in rows {
            let dossier = try Recognition.Dossier(row, place: [])
            guard let work = try RecognitionStore.work(on: dossier, today: today, reader),
                let own = work.scoring.standings.first(where: { $0.seat.person == person })
            else { continue }
            let since = try row.instant("taken_at")
            if own.tie == nil, own.declaration == nil {
                let before = silent[work.panel.id]
                silent[work.panel.id] = (before?.first ?? dossier, before?.since ?? since, (before?.count ?? 0) + 1)
                continue
            }
            let left = work.scoring.judged.filter { code in
                own.isAble && !work.scoring.isOpen(code) && work.scoring.assigned(code).contains(person)
                    && !work.scoring.visible(code, to: person).contains { $0.person == person }
            }
            if !left.isEmpty {
                duties.append(
                    try duty(
                        .score, dossier.area, dossier, count: left.count, since, "/dossiers/\(dossier.id)/appraisal",
                        reader))
            } else if work.presiding?.person == person, work.scoring.judged.allSatisfy(work.scoring.isOpen) {
                duties.append(
                    Recognition.Duty(
                        subject: .dossier(dossier.id, area: dossier.area, state: .forwarded), year: dossier.year,
                        title: dossier.title, titleName: try name(dossier, reader), since: since, due: dossier.due,
                        href: "/dossiers/\(dossier.id)/appraisal"))
            }
        }
        for (panel, open) in silent.sorted(by: { $0.key < $1.key }) {
            duties.append(
                try duty(
                    .declare, open.first.area, open.first, count: open.count, open.since, "/panels/\(panel)", reader))
        }
        return duties
    }

    private static func duty(
        _ task: Recognition.Task, _ place: TerritoryTitle, _ dossier: Recognition.Dossier, count: Int,
        _ since: Instant, _ href: String, _ reader: any Reader
    ) throws -> Recognition.Duty {
        Recognition.Duty(
            subject: .task(task, area: place, count: count), year: dossier.year, title: dossier.title,
            titleName: try name(dossier, reader), since: since, due: dossier.due, href: href)
    }

    /// Submissions with dossiers that no panel has taken; where the commune decides itself, what it accepted. For each
    /// year that waits: New Year takes nothing off anybody's desk.
    ///
    /// - Parameter asks: whether the link says for which level, being one of several.
    private static func forming(
        _ seat: Recognition.Seat, asks: Bool, _ actor: Actor, _ reader: any Reader
    ) throws -> [Recognition.Duty] {
        let (unit, level) = (seat.grant.territory, seat.level)
        let end = asks ? "&level=\(level.rawValue)" : ""
        let sight = Sight(person: actor.person, roots: [unit])
        guard Recognition.Deciding.needsSubmission(level) else {
            let own = try RecognitionStore.acceptedHere(under: unit, year: nil, seenBy: sight, reader)
            return try Dictionary(grouping: own, by: \.year).sorted { $0.key < $1.key }.compactMap { year, own in
                guard let first = own.min(by: { $0.since < $1.since }) else { return nil }
                return try duty(
                    .ownPanel, first.commune ?? first.area, first, count: own.count, first.since,
                    "/panels/new?year=\(year)\(end)", reader)
            }
        }
        let all = try RecognitionStore.submissionsForPanel(
            under: unit, year: nil, level: level, seenBy: sight, reader)
        return try Dictionary(grouping: all, by: \.year).sorted { $0.key < $1.key }.compactMap { year, waiting in
            guard let first = waiting.min(by: { ($0.sentAt ?? $0.draftedAt) < ($1.sentAt ?? $1.draftedAt) }),
                let dossier = try RecognitionStore.untaken(of: waiting.map(\.id), level: level, reader).first
            else { return nil }
            return try duty(
                .panel, first.territory, dossier, count: waiting.count, first.sentAt ?? first.draftedAt,
                "/panels/new?year=\(year)\(end)", reader)
        }
    }

    /// Certificates of a commune's areas that nobody has said were handed over: from the decision until a month after
    /// the giving day.
    private static func giving(
        _ communes: [ID], _ calendar: Recognition.YearCalendar, _ today: Day, _ reader: any Reader
    ) throws -> [Recognition.Duty] {
        try reader.rows(
            """
            SELECT g.decision_id, g.title, min(g.title_name) AS title_name, g.year, p.id AS commune_id,
                p.kind AS own_kind, p.designation AS own_designation, p.name AS own_name, x.issued_at,
                count(*) AS many
            FROM title_grant g JOIN decision x ON x.id = g.decision_id AND x.origin = 'here'
            JOIN territory t ON t.id = g.territory_id JOIN territory p ON p.id = t.parent_id
            WHERE p.id IN (\(SQL.list(communes))) AND g.ended_on IS NULL AND g.valid_from >= \(today.adding(days: -60))
                AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.title_id = g.id)
            GROUP BY g.decision_id, g.title, g.year, p.id, p.kind, p.designation, p.name, x.issued_at
            ORDER BY x.issued_at, g.decision_id LIMIT \(limit)
            """
        ).map { row in
            let year = try row.integer("year")
            let set = try CriteriaStore.current(
                .residentialArea, on: today, for: try row.id("commune_id"), reader)
            let calendar = calendar.following(set?.set.procedure)
            return Recognition.Duty(
                subject: .task(
                    .give, area: try TerritoryTitle.read(row, "commune_id", "own"), count: try row.integer("many")),
                year: year, title: try row.text("title"), titleName: Criteria.Name(try row.text("title_name")),
                since: try row.instant("issued_at"), due: calendar.day(.givingDay, of: year),
                href: "/decisions/\(try row.id("decision_id"))/certificates")
        }
    }
}
