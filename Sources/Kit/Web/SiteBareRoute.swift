import Core
import Database
import Hummingbird

/// What a route costs without its page, for the benchmarks: the ratio of the two is what templates cost.
extension Site {
    /// Mounts a route's own look-ups (session, access, queries) with a fixed answer behind them.
    package func mountLimit(of label: String, answering bytes: [UInt8], at path: String, on router: Router<SiteContext>)
    {
        guard let route = routes.first(where: { $0.label == label }) else { return }
        router.on(RouterPath(path), method: .get) { request, context in
            let asked = try Asked(request, context, Answers(site: self, request: request, context: context))
            _ = try await database.read { reader in try route.show(asked.inquiry(self, route, reader)) }
            return Response(
                status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
                body: .init(byteBuffer: .init(bytes: bytes)))
        }
    }
}
