import Core
import Database
import Organisation
import Web

/// What home tells of surveys: in January to March, areas that have none and did not register.
enum SurveysWaiting {
    /// How long a survey takes an area's head, from the minutes of the demonstration's criteria.
    private static let minutes = 25

    static let source: WaitingSource = { actor, today, reader in
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
}
