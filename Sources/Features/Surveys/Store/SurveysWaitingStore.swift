import Core
import Database
import Organisation
import Web

/// What home tells of surveys: in January to March, areas that have none and did not register; all year, items of the
/// plan whose day is near or past, to whoever answers for them and to the area.
enum SurveysWaiting {
    /// How long a survey takes an area's head, from the minutes of the demonstration's criteria.
    private static let minutes = 25

    /// Roles under an organisation that do not answer for what it took on.
    private static let others: Set<Role> = [.areaHead, .helper, .member, .panelMember]
    /// Whoever answers for an item is told so many days before its last one.
    private static let aheadDays = 14

    static let source: WaitingSource = { actor, today, reader in
        try surveys(actor, today, reader) + plans(actor, today, reader)
    }

    private static func surveys(_ actor: Actor, _ today: Day, _ reader: any Reader) throws -> [Waiting] {
        guard Surveys.isSeason(today), actor.holds(.surveyArea) else { return [] }
        let grants = actor.grants.filter { $0.role.capabilities.contains(.surveyArea) && $0.term.contains(today) }
        let due = Surveys.deadline(of: today.year)
        let areas = try SurveysStore.unsurveyed(grants.map(\.territory), year: today.year, reader)
        var waiting = areas.map { area in
            Waiting(
                "surveys.waiting.area",
                ["year": "\(today.year)"].merging(area.arguments()) { own, _ in own }, subject: area.id, due: due,
                minutes: minutes, href: "/areas/\(area.id)/survey")
        }
        // Whoever answers for a whole unit is told how many are missing, in one line.
        for unit in Set(grants.map(\.territory)).sorted() where !areas.contains(where: { $0.id == unit }) {
            let sums = try SurveysStore.surveyed(year: today.year, under: unit, reader)
            guard sums.areas > 1, sums.surveyed < sums.areas else { continue }
            waiting.append(
                Waiting(
                    "surveys.waiting.unit",
                    ["left": "\(sums.areas - sums.surveyed)", "areas": "\(sums.areas)", "year": "\(today.year)"],
                    subject: unit, due: due, href: "/surveys?under=\(unit)&year=\(today.year)"))
        }
        return waiting
    }

    /// One line for each area: to its head what is overdue, to a body what it answers for.
    private static func plans(_ actor: Actor, _ today: Day, _ reader: any Reader) throws -> [Waiting] {
        let grants = actor.grants.filter { $0.term.contains(today) }
        let led = grants.filter { $0.role.capabilities.contains(.surveyArea) }.map(\.territory)
        let overdue = try SurveysStore.open("s.territory_id IN (\(SQL.list(led)))", before: today, led.isEmpty, reader)
        let bodies = Array(Set(grants.filter { !others.contains($0.role) }.map(\.organisation))).sorted()
        let owned = try SurveysStore.open(
            "i.owner_id IN (\(SQL.list(bodies))) AND \(actor.sight.covers("s.territory_id"))",
            before: today.adding(days: aheadDays + 1), bodies.isEmpty, reader
        ).filter { own in !overdue.contains { $0.survey == own.survey } }
        return overdue.map { waiting("surveys.waiting.overdue", $0) }
            + owned.map { waiting("surveys.waiting.owned", $0) }
    }

    private static func waiting(_ words: String, _ items: Surveys.OpenItems) -> Waiting {
        Waiting(
            words,
            [
                "count": "\(items.count)", "year": "\(items.year)", "what": items.first,
                "owners": items.owners.prefix(4).joined(separator: ", "),
            ].merging(items.area.arguments()) { own, _ in own }, subject: items.survey, due: items.due,
            href: "/surveys/\(items.survey)/plan")
    }
}
