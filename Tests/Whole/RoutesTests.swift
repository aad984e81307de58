import App
import Core
import Foundation
import Testing
import Web

/// The list of routes as a page: what there is, who may, and why the open ones are open.
@Suite struct RoutesTests {
    private let routes = TemplateTests.routes

    @Test func theListOfRoutesIsTheCommittedOne() throws {
        let rooms = RouteRooms(TemplateTests.features)
        var page = """
            # Routes

            Drawn from the code; `make access` draws it anew. Every route is a page and, below `/api/v1`, JSON, unless it
            is said otherwise.

            \(rooms.contents)

            """
        for (feature, routes) in rooms.rooms {
            page += "\n## \(feature)\n\n| route | who | fields | JSON |\n|---|---|---|---|\n"
            for route in routes {
                let fields = route.fields.map { $0.isRequired ? "\($0.name)" : "\($0.name)?" }.joined(separator: ", ")
                page += "| `\(route.label)` | \(Self.who(route)) | \(fields) "
                page += "| \(route.pagesOnly.map { "no: \($0)" } ?? "yes") |\n"
            }
        }
        try Checkout.compare(page, with: "routes.md")
    }

    private static func who(_ route: Route) -> String {
        switch route.access {
        case .open(let reason): "everyone: \(reason)"
        case .signedIn: "signed in"
        case .holding(let capability): "`\(capability.rawValue)`"
        }
    }

    @Test func pathsAreNouns() {
        let verbs: Set<String> = [
            "create", "delete", "update", "edit", "submit", "approve", "decide", "accept", "remove",
        ]
        for route in routes {
            for part in route.path.split(separator: "/") {
                #expect(!verbs.contains(String(part)), "\(route.label): an action is a noun")
            }
        }
    }

    @Test func noRouteStandsTwice() {
        let labels = routes.map(\.label)
        #expect(
            Set(labels).count == labels.count, "twice: \(labels.filter { l in labels.filter { $0 == l }.count > 1 })")
    }

    @Test func theDescriptionOfTheInterfaceIsWhole() throws {
        let assets = try Assets(root: Checkout.root)
        let described = OpenAPI.describe(routes, words: try #require(assets.words[.vi]))
        let bytes = try JSONEncoder().encode(described)
        let tree = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        let paths = try #require(tree["paths"] as? [String: Any])
        let described_ = paths.values.compactMap { ($0 as? [String: Any])?.count }.reduce(0, +)
        #expect(described_ == routes.filter { $0.pagesOnly == nil }.count)
    }
}
