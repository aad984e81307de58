import Core
import Database
import Organisation
import People
import Web

/// The burden meter: what areas' work costs them. Read by the area about itself, by its commune, and by the level above.
enum HomeBurdenRoutes {
    static let query = [
        Field("under", .record, optional: true), Field("month", .text(7), optional: true),
    ]

    static let routes: [Route] = [
        .get("/burden", .signedIn, HomeBurdenOutput.self, query: query) { try burden($0) }
    ]

    /// Offices whose page it is; membership and others' affairs are none.
    static func isFor(_ actor: Actor?) -> Bool {
        actor?.grants.contains { HomeSkeleton.of($0.role) != .calm } ?? false
    }

    /// How many months back a page of an area or a commune looks.
    private static let months = 6

    private static func burden(_ call: Call<Actor>) throws -> HomeBurdenOutput {
        guard isFor(call.who) else { throw NotFound() }
        let current = HomeMonth(of: call.today)
        let asked = call.query["month"].flatMap { $0.isEmpty ? nil : $0 }
        guard let month = asked.map({ HomeMonth($0) }) ?? current, month <= current else { throw NotFound() }
        let unit = try unit(call)
        let path = try OrganisationStore.titles(of: unit.id, call.reader)
        switch unit.kind {
        case .area:
            return HomeBurdenOutput(
                unit: unit, above: Array(path.dropFirst()), month: month, current: current,
                months: try trend(unit.id, until: month, call.reader), areas: [], communes: [])
        case let kind where TerritoryKind.communes.contains(kind):
            let found = try HomeBurdenStore.burdens(under: unit.id, in: month, call.reader)
            return HomeBurdenOutput(
                unit: unit, above: Array(path.dropFirst()), month: month, current: current,
                months: try trend(unit.id, until: month, call.reader),
                areas: try HomeBurdenStore.areas(under: unit.id, call.reader).map {
                    HomeBurdenOutput.Area(area: $0, burden: found[$0.id] ?? HomeBurden())
                }, communes: [])
        case .country:
            // The acts of a whole country are too many for one answer, and nobody acts on its middle area.
            return HomeBurdenOutput(
                unit: unit, above: [], month: month, current: current, months: [], areas: [], communes: [],
                provinces: try HomeBurdenStore.parts(of: unit.id, call.reader))
        default:
            let found = try HomeBurdenStore.burdens(under: unit.id, in: month, call.reader)
            return HomeBurdenOutput(
                unit: unit, above: Array(path.dropFirst()), month: month, current: current, months: [], areas: [],
                communes: try HomeBurdenStore.communes(under: unit.id, call.reader).map { commune, areas in
                    HomeBurdenOutput.Commune(commune: commune, areas: areas.count, of: areas.compactMap { found[$0] })
                })
        }
    }

    /// The unit asked for, if the caller sees it; else that of their widest office.
    private static func unit(_ call: Call<Actor>) throws -> TerritoryTitle {
        if let asked = call.query["under"].flatMap({ ID($0) }) {
            guard try OrganisationStore.covers(call.sight, asked, call.reader),
                let title = try OrganisationStore.titles(of: [asked], call.reader)[asked]
            else { throw NotFound() }
            return title
        }
        let store = HomeStore(call)
        guard let title = try store.unit(of: HomeSkeleton.of(call.who.grants.map(\.role))) else { throw NotFound() }
        return title
    }

    /// The middle area of each month, the oldest first.
    private static func trend(
        _ unit: ID, until last: HomeMonth, _ reader: any Reader
    ) throws -> [HomeBurdenOutput.Month] {
        var month = last
        var all: [HomeBurdenOutput.Month] = []
        for _ in 0..<months {
            let found = try HomeBurdenStore.burdens(under: unit, in: month, reader)
            all.append(HomeBurdenOutput.Month(month: month, of: Array(found.values)))
            month = month.previous
        }
        return all.reversed()
    }

    /// What a person reads of their own areas on their account page; nothing for whoever has none.
    package static let account: WaitingSource = { actor, today, reader in
        let areas = Set(
            actor.grants.filter { HomeSkeleton.of($0.role) == .area && $0.term.contains(today) }.map(\.territory))
        return try areas.sorted().compactMap { area in
            let burden =
                try HomeBurdenStore.burdens(under: area, in: HomeMonth(of: today), reader)[area] ?? HomeBurden()
            let name = try OrganisationStore.titles(of: [area], reader)[area]?.name ?? ""
            return Waiting(
                "home.burden.account",
                [
                    "area": name, "values": "\(burden.values)", "pictures": "\(burden.pictures)",
                    "minutes": "\(burden.minutes)",
                ], href: "/burden?under=\(area)")
        }
    }
}
