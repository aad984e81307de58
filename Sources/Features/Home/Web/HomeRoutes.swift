import Core
import Web

/// The one route of home.
enum HomeRoutes {
    /// The group of criteria that the table opens.
    static let group = Field("group", .text(20), optional: true)

    static let all: [Route] = [
        .get("/", .signedIn, HomeOutput.self, query: [group]) { call in try home(call) }
    ]

    static func home(_ call: Call<Actor>) throws -> HomeOutput {
        let store = HomeStore(call)
        let skeleton = HomeSkeleton.of(call.who.grants.map(\.role))
        let duties = try store.duties(of: call.who)
        let unit = try store.unit(of: skeleton)
        return HomeOutput(
            skeleton: skeleton, greeting: try greeting(call, store), duties: duties,
            late: HomeOrder.late(duties, on: call.today), news: try store.news(),
            areas: skeleton == .area ? try store.areas() : [],
            commune: skeleton == .commune
                ? try unit.map { try store.commune($0, duties: duties, open: call.query["group"]) } : nil,
            province: skeleton == .province || skeleton == .standingCommittee
                ? try unit.map { try store.province($0) } : nil)
    }

    private static func greeting(_ call: Call<Actor>, _ store: HomeStore) throws -> HomeGreeting {
        let office = HomeSkeleton.office(of: call.who.grants.map(\.role))
        return HomeGreeting(
            name: call.who.name, office: office == .member ? nil : office,
            territory: try office.flatMap { try store.territory(of: $0) },
            organisation: call.signedIn?.organisation ?? "")
    }
}
