import Core
import Database
import Organisation
import Web

/// What of the offices' grid waits for a person, for home: grids to fill and objections to answer at an office, late
/// offices for the commune, an answer to one's own objection for an area.
enum OfficesWaiting {
    /// An answer is shown to the area for so many days.
    private static let answerDays = 7
    /// A figure that a dossier no longer follows is told of for so many days.
    private static let passedDays = 30

    static func source(_ actor: Actor, _ today: Day, _ reader: any Reader) throws -> [Waiting] {
        func able(_ capability: Capability) -> [Grant] {
            actor.grants.filter { $0.role.capabilities.contains(capability) && $0.term.contains(today) }
        }
        var waiting: [Waiting] = []
        let suppliers = able(.supplyValues)
        if !suppliers.isEmpty {
            let offices = Set(suppliers.filter { $0.role == .officeClerk }.map(\.organisation))
            waiting += try office(offices.sorted(), actor, today, reader)
            // As with reminders: for an office that has nobody who signs in, whoever enters for it answers.
            let places = Set(suppliers.filter { $0.role == .cultureOfficer }.map(\.territory))
            waiting += try objections(offices.sorted(), places.sorted(), today, reader)
        }
        let communes = able(.checkDossier).map(\.territory)
        if !communes.isEmpty { waiting += try commune(Array(Set(communes)).sorted(), today, reader) }
        let areas = able(.fillAssessment).map(\.territory)
        if !areas.isEmpty {
            waiting += try area(Array(Set(areas)).sorted(), today, reader)
            waiting += try passed(Array(Set(areas)).sorted(), today, reader)
        }
        return waiting
    }

    /// The grids of one's own offices, and those of which one was reminded because their office has nobody.
    private static func office(
        _ organisations: [ID], _ actor: Actor, _ today: Day, _ reader: any Reader
    ) throws -> [Waiting] {
        var grids = try OfficesStore.grids(ofOrganisations: organisations, seenBy: actor.sight, reader)
            .filter { $0.year == today.year }
        let own = Set(grids.map(\.id))
        grids += try OfficesStore.gridsReminded(actor.person, year: today.year, seenBy: actor.sight, reader)
            .filter { !own.contains($0.id) }
        guard !grids.isEmpty else { return [] }
        let fillings = try OfficesStore.fillings(of: grids, reader)
        let reminders = try OfficesStore.reminders(of: grids.map(\.id), reader)
        return grids.compactMap { grid -> Waiting? in
            guard let filling = fillings[grid.id], !filling.isFull else { return nil }
            // Of a day that was moved since, nothing is said any more.
            let last = reminders[grid.id]?.first { $0.due == grid.due }
            return Waiting(
                last.map { "offices.waiting.reminded.\($0.kind.rawValue)" } ?? "offices.waiting.fill",
                [
                    "missing": "\(filling.missing)", "year": "\(grid.year)", "office": grid.organisationName,
                ].merging(grid.territory.arguments(as: "place")) { own, _ in own }, subject: grid.id, due: grid.due,
                href: "/offices/\(grid.id)")
        }
    }

    private static func objections(
        _ organisations: [ID], _ places: [ID], _ today: Day, _ reader: any Reader
    ) throws -> [Waiting] {
        try OfficesStore.waiting(organisations: organisations, orWithoutClerkIn: places, on: today, reader).map {
            Waiting(
                $0.isForOffice ? "offices.waiting.objectionFor" : "offices.waiting.objection",
                ["code": $0.code, "office": $0.office].merging($0.area.arguments()) { own, _ in own }, subject: $0.id,
                due: $0.answerBy, minutes: 10, href: "/objections/\($0.id)")
        }
    }

    private static func commune(_ communes: [ID], _ today: Day, _ reader: any Reader) throws -> [Waiting] {
        var waiting: [Waiting] = []
        for commune in communes {
            let all = try OfficesStore.grids(of: commune, year: today.year, reader)
            waiting += try unanswered(all, commune, today, reader)
            let grids = all.filter { $0.due < today }
            let fillings = try OfficesStore.fillings(of: grids, reader)
            let late = grids.filter { !(fillings[$0.id]?.isFull ?? true) }
            guard let first = late.min(by: { $0.due < $1.due }) else { continue }
            waiting.append(
                Waiting(
                    "offices.waiting.late",
                    [
                        "count": "\(late.count)",
                        "offices": late.map(\.organisationName).prefix(4).joined(separator: ", "),
                    ], subject: commune, due: first.due,
                    href: "/offices/missing?place=\(commune)&year=\(today.year)"))
        }
        return waiting
    }

    /// Offices that let the day for an answer go by, in one line.
    private static func unanswered(
        _ grids: [Offices.Grid], _ commune: ID, _ today: Day, _ reader: any Reader
    ) throws -> [Waiting] {
        let overdue = try OfficesStore.overdueObjections(toGrids: grids.map(\.id), on: today, reader)
        guard let since = overdue.values.map(\.since).min() else { return [] }
        return [
            Waiting(
                "offices.waiting.unanswered",
                [
                    "count": "\(overdue.values.reduce(0) { $0 + $1.count })",
                    "offices": grids.filter { overdue[$0.id] != nil }.map(\.organisationName).prefix(4)
                        .joined(separator: ", "),
                ], subject: commune, due: since, href: "/offices/missing?place=\(commune)&year=\(today.year)")
        ]
    }

    private static func area(_ areas: [ID], _ today: Day, _ reader: any Reader) throws -> [Waiting] {
        let since = today.adding(days: -answerDays).start
        return try reader.rows(
            """
            SELECT b.id, b.code, b.territory_id, b.outcome, g.year, o.name FROM office_objection b
            JOIN office_grid g ON g.id = b.grid_id JOIN organisation o ON o.id = g.organisation_id
            WHERE b.territory_id IN (\(SQL.list(areas))) AND b.answered_at >= \(since)
            ORDER BY b.answered_at DESC, b.id LIMIT 10
            """
        ).map { row in
            let code = try row.text("code")
            return Waiting(
                "offices.waiting.answered.\(try row.text("outcome"))", ["code": code, "office": try row.text("name")],
                subject: try row.id("id"),
                href: OfficesRoutes.figure(try row.id("territory_id"), code, year: try row.integer("year")))
        }
    }

    /// Figures that offices changed after a dossier had gone on: the area is told what its dossier rests on.
    private static func passed(_ areas: [ID], _ today: Day, _ reader: any Reader) throws -> [Waiting] {
        try OfficesStore.passed(areas: areas, since: today.adding(days: -passedDays).start, reader).map {
            Waiting(
                "offices.waiting.passed.\($0.state.isDecided ? "decided" : "gone")",
                [
                    "count": "\($0.codes.count)", "codes": $0.codes.prefix(6).joined(separator: ", "),
                    "office": $0.offices.joined(separator: ", "),
                ], subject: $0.dossier, href: OfficesRoutes.area($0.area, year: $0.year))
        }
    }
}
