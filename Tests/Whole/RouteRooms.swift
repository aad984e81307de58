import Web

/// Routes by the feature they belong to, in the order of the alphabet, for the pages that list all of them.
struct RouteRooms {
    let rooms: [(feature: String, routes: [Route])]

    init(_ features: [Feature]) {
        rooms = features.filter { !$0.routes.isEmpty }.map { feature in
            (
                feature.name.prefix(1).uppercased() + feature.name.dropFirst(),
                feature.routes.sorted { ($0.path, $0.method.rawValue) < ($1.path, $1.method.rawValue) }
            )
        }
        .sorted { $0.0 < $1.0 }
    }

    /// One line that leads to every heading.
    var contents: String {
        rooms.map { "[\($0.feature)](#\($0.feature.lowercased())) (\($0.routes.count))" }.joined(separator: " · ")
    }
}
