import Core
import Database
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// What an installation decides about its site.
package struct SiteSettings: Sendable {
    /// Reached through HTTPS: cookies are bound to it and browsers are told to stay with it.
    package var isSecure: Bool
    /// The database is marked a demonstration: every page says so and the day can be moved.
    package var isDemonstration: Bool
    /// Capabilities switched off in this installation.
    package var off: Set<Capability>
    /// Where people reach it. A request for another name is turned away.
    package var address: SiteAddress

    package init(
        isSecure: Bool = false, isDemonstration: Bool = false, off: Set<Capability> = [],
        address: SiteAddress = .thisMachine()
    ) {
        self.isSecure = isSecure
        self.isDemonstration = isDemonstration
        self.off = off
        self.address = address
    }
}

/// The product as it answers: its features' routes on its database, in its words.
package struct Site: Sendable {
    package let features: [Feature]
    package let database: Database
    package let assets: Assets
    package let settings: SiteSettings
    let sessionLookup: SessionLookup
    let log: Logger

    package init(
        features: [Feature], database: Database, assets: Assets, settings: SiteSettings, log: Logger,
        sessionLookup: @escaping SessionLookup
    ) {
        self.features = features
        self.database = database
        self.assets = assets
        self.settings = settings
        self.sessionLookup = sessionLookup
        self.log = log
    }

    package var routes: [Route] { features.flatMap(\.routes) }

    /// The router with every route as a page and as JSON, the public files, the interface's description, and an
    /// answer of our own for what is not there.
    package func router() -> Router<SiteContext> {
        let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: LastResort(site: self))
        var methods: [String: Set<String>] = [:]
        for route in routes {
            mount(route, at: Site.pattern(route.path), asJSON: false, on: router)
            methods[Site.pattern(route.path), default: []].insert(route.method.rawValue)
            guard route.pagesOnly == nil else { continue }
            let path = OpenAPI.prefix + Site.pattern(route.path)
            mount(route, at: path, asJSON: true, on: router)
            methods[path, default: []].insert(route.method.rawValue)
        }
        let pages = Set(routes.filter { $0.method == .get && $0.file == nil }.map { Site.pattern($0.path) })
        let forms = Set(routes.filter { $0.method == .post }.map { Site.pattern($0.path) })
        for (path, allowed) in methods {
            let leadsBack =
                !allowed.contains("GET") && forms.contains(path) && leadBack(from: path, to: pages, on: router)
            refuseOthers(path, leadsBack ? allowed.union(["GET"]) : allowed, on: router)
        }
        mountFiles(on: router)
        return router
    }

    private func mount(_ route: Route, at path: String, asJSON: Bool, on router: Router<SiteContext>) {
        let exchange = Exchange(site: self, route: route, asJSON: asJSON)
        router.on(RouterPath(path), method: route.method == .get ? .get : .post) { request, context in
            await exchange.answer(request, context)
        }
    }

    /// An address that only takes a form stands in the browser once the form was refused. Whoever asks for it then, in
    /// the other language or anew, comes to the page that has the form (`…/new`), or to the nearest page above it.
    ///
    /// - Returns: whether there is such a page; without one the address is refused.
    private func leadBack(from path: String, to pages: Set<String>, on router: Router<SiteContext>) -> Bool {
        @Sendable func start(_ path: String, _ count: Int) -> String {
            "/" + path.split(separator: "/").prefix(count).joined(separator: "/")
        }
        let whole = path.split(separator: "/").count
        if pages.contains(path + "/new") {
            redirect(from: path, on: router) { start($0, whole) + "/new" }
            return true
        }
        guard let count = (0..<whole).last(where: { pages.contains(start(path, $0)) }) else { return false }
        redirect(from: path, on: router) { start($0, count) }
        return true
    }

    private func redirect(
        from path: String, on router: Router<SiteContext>, to address: @escaping @Sendable (_ asked: String) -> String
    ) {
        router.on(RouterPath(path), method: .get) { request, _ in
            Response(
                status: .seeOther, headers: [.location: address(request.uri.path), .cacheControl: "no-store"])
        }
    }

    private func refuseOthers(_ path: String, _ allowed: Set<String>, on router: Router<SiteContext>) {
        let list = allowed.contains("GET") ? allowed.union(["HEAD"]) : allowed
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"] where !allowed.contains(method) {
            guard let method = HTTPRequest.Method(method) else { continue }
            router.on(RouterPath(path), method: method) { request, context in
                var response = Answers(site: self, request: request, context: context).methodNotAllowed()
                response.headers[.allow] = list.sorted().joined(separator: ", ")
                return response
            }
        }
    }

    private func mountFiles(on router: Router<SiteContext>) {
        for (name, file) in assets.publicFiles.files {
            router.get(RouterPath("/\(name)")) { request, _ in file.response(to: request) }
        }
        // Drawn when somebody first asks: by reflection over every page, a third of the whole start.
        let (routes, words) = (routes, assets.words[.vi] ?? .none)
        let drawn = Mutex<[UInt8]?>(nil)
        router.get(RouterPath(OpenAPI.prefix + "/openapi.json")) { _, _ in
            let bytes = drawn.withLock { drawn -> [UInt8] in
                if let drawn { return drawn }
                let description = OpenAPI.describe(routes, words: words)
                let bytes = (try? JSONEncoder.steady.encode(description)).map { Array($0) } ?? []
                drawn = bytes
                return bytes
            }
            return Response(
                status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: .init(bytes: bytes)))
        }
        let database = database
        router.get(RouterPath(Site.health)) { _, _ in
            let isThere = (try? await database.read { try $0.rows("SELECT 1 AS one").count == 1 }) ?? false
            let isWell = isThere && !database.gate.isShut
            let said = isWell ? "ok\n" : isThere ? "read-only\n" : "the database does not answer\n"
            return Response(
                status: isWell ? .ok : .serviceUnavailable, headers: [.contentType: "text/plain"],
                body: .init(byteBuffer: .init(string: said)))
        }
    }

    /// Asked by whatever watches over the service, by number as often as by name.
    static let health = "/health"

    /// `:name` in a route's path as the router writes it.
    static func pattern(_ path: String) -> String { path }

    /// The words of a language; none where the assets have no such file.
    package func words(_ language: Language) -> Words { assets.words[language] ?? .none }
}

extension Words {
    static let none = Words(language: .vi, texts: [:], source: [:])
}

/// What the router keeps of a request besides itself.
package struct SiteContext: RequestContext, RemoteAddressRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let remoteAddress: SocketAddress?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}

/// Catches what nobody else did: no such page, and faults of the router itself.
struct LastResort: RouterMiddleware {
    let site: Site

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        if let refused = refuseMisdirected(request, context) {
            response = refused
        } else {
            do { response = try await next(request, context) } catch {
                response = await Answers(site: site, request: request, context: context).failure(error)
            }
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.contentSecurityPolicy] = Headers.policy
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        response.headers[.crossOriginResourcePolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "geolocation=(), camera=(self), microphone=(self)"
        response.headers[.frameOptions] = "DENY"
        if site.settings.isSecure { response.headers[.strictTransportSecurity] = "max-age=63072000; includeSubDomains" }
        return response
    }

    /// Only requests that ask for this site by its name, or for this machine, are taken.
    private func refuseMisdirected(_ request: Request, _ context: SiteContext) -> Response? {
        let asked = request.head.authority ?? ""
        guard !site.settings.address.isAskedFor(by: asked), request.uri.path != Site.health else { return nil }
        return Answers(site: site, request: request, context: context).misdirected(isNamed: !asked.isEmpty)
    }
}

extension HTTPField.Name {
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
    static let frameOptions = HTTPField.Name("X-Frame-Options")!
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    static let fetchSite = HTTPField.Name("Sec-Fetch-Site")!
}

extension PublicFiles.File {
    func response(to request: Request) -> Response {
        var headers: HTTPFields = [
            .contentType: type, .eTag: tag, .vary: "Accept-Encoding",
            // Pages ask with the version behind the address, so the address changes when the content does.
            .cacheControl: request.uri.query == nil ? "no-cache" : "public, max-age=31536000, immutable",
        ]
        if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: headers) }
        if let zipped, request.headers[.acceptEncoding]?.contains("gzip") == true {
            headers[.contentEncoding] = "gzip"
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: .init(bytes: zipped)))
        }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: .init(bytes: bytes)))
    }
}
