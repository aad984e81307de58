import Core
import Organisation
import People
import Web

/// The routes of home: the page itself, and the rows behind its figures.
enum HomeRoutes {
    /// The group of criteria that the table opens.
    static let group = Field("group", .text(20), optional: true)

    /// What the rows behind a figure are narrowed to.
    static let rows: [Field] = [
        Field("standing", .choice(HomeStanding.allCases.map(\.rawValue) + [HomeRowsFilter.registered]), optional: true),
        Field("under", .record, optional: true), Field("late", .choice(["yes"]), optional: true),
        Field("after", .record, optional: true),
    ]

    static func all(_ waiting: [WaitingSource]) -> [Route] {
        [
            .get("/", .signedIn, HomeOutput.self, query: [group]) { try home($0, waiting) },
            .get("/overview", .signedIn, HomeRowsOutput.self, query: rows) { try overview($0) },
        ]
    }

    static func home(_ call: Call<Actor>, _ waiting: [WaitingSource]) throws -> HomeOutput {
        let store = HomeStore(call)
        let skeleton = HomeSkeleton.of(call.who.grants.map(\.role))
        let duties = try store.duties(of: call.who, and: waiting)
        let unit = try store.unit(of: skeleton)
        return HomeOutput(
            skeleton: skeleton, greeting: try greeting(call, store), duties: duties,
            late: HomeOrder.late(duties, on: call.today), news: try store.news(),
            areas: skeleton == .area ? try store.areas() : [],
            taken: try store.taken(),
            commune: skeleton == .commune
                ? try unit.map { try store.commune($0, duties: duties, open: call.query["group"]) } : nil,
            province: skeleton == .province || skeleton == .standingCommittee
                ? try unit.map { try store.province($0) } : nil,
            setUp: try HomeSetUp.of(call.who, call.reader))
    }

    static func overview(_ call: Call<Actor>) throws -> HomeRowsOutput {
        let store = HomeStore(call)
        let filter = HomeRowsFilter(
            standing: call.query["standing"].flatMap(HomeStanding.init),
            isRegistered: call.query["standing"] == HomeRowsFilter.registered,
            under: call.query["under"].flatMap { ID($0) }, isLate: call.query["late"] == "yes",
            after: call.query["after"].flatMap { ID($0) })
        let found = try store.rows(filter)
        return HomeRowsOutput(
            filter: filter, territory: try filter.under.flatMap { try store.title(of: $0) }, year: call.today.year,
            lines: found.lines, next: found.next,
            views: try SavedViews.of(call.who.person, on: .overview, call.reader))
    }

    private static func greeting(_ call: Call<Actor>, _ store: HomeStore) throws -> HomeGreeting {
        let office = HomeSkeleton.office(of: call.who.grants.map(\.role))
        return HomeGreeting(
            name: call.who.name, office: office == .member ? nil : office,
            territory: try office.flatMap { try store.territory(of: $0) },
            organisation: call.signedIn?.organisation ?? "", offices: try offices(call, first: office, store))
    }

    /// The offices in areas, each once: what is held in one's own name before what is held for somebody else.
    private static func offices(_ call: Call<Actor>, first: Role?, _ store: HomeStore) throws -> [HomeOffice] {
        let grants = call.who.grants.filter { $0.term.contains(call.today) && HomeSkeleton.of($0.role) == .area }
        let ordered = grants.sorted {
            ($0.giver == nil ? 0 : 1, $0.role == first ? 0 : 1) < ($1.giver == nil ? 0 : 1, $1.role == first ? 0 : 1)
        }
        return try ordered.reduce(into: []) { offices, grant in
            let office = HomeOffice(
                role: grant.role, territory: try store.title(of: grant.territory),
                standsFor: try grant.giver.map { try PeopleStore.name(of: $0, call.reader) })
            if !offices.contains(office) { offices.append(office) }
        }
    }
}
