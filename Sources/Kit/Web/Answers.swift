import Core
import Database
import Foundation
import HTTPTypes
import Hummingbird

/// Makes answers to one request: pages, JSON, redirections and errors, in the reader's language.
struct Answers: Sendable {
    let site: Site
    let request: Request
    let context: SiteContext
    let asJSON: Bool
    let language: Language
    let sessionToken: String?
    let visitorSecret: [UInt8]?
    let knownDevice: String?
    private let flash: String?
    private let theme: String?

    init(site: Site, request: Request, context: SiteContext, asJSON: Bool? = nil) {
        self.site = site
        self.request = request
        self.context = context
        self.asJSON = asJSON ?? request.uri.path.hasPrefix(OpenAPI.prefix)
        let cookies = Cookies(request)
        sessionToken = cookies[Cookies.sessionName(isSecure: site.settings.isSecure)]
        visitorSecret = cookies[Cookies.visitor].flatMap { Hex.bytes($0) }.flatMap { $0.count == 16 ? $0 : nil }
        knownDevice = cookies[Cookies.knownDevice(isSecure: site.settings.isSecure)]
        flash = cookies[Cookies.flash]
        theme = cookies[Cookies.theme].flatMap { ["light", "dark"].contains($0) ? $0 : nil }
        language = Answers.language(chosen: cookies[Cookies.language], request, self.asJSON)
    }

    /// The reader's choice; an interface's caller says it in a header; Vietnamese otherwise.
    private static func language(chosen: String?, _ request: Request, _ asJSON: Bool) -> Language {
        if let language = chosen.flatMap(Language.init(rawValue:)) { return language }
        if asJSON, request.headers[.acceptLanguage]?.hasPrefix("en") == true { return .en }
        return .vi
    }

    /// Where the request came from. Behind a proxy on the same machine it is the proxy's word.
    var source: String {
        let address = context.remoteAddress?.ipAddress ?? "local"
        let isProxied = address == "127.0.0.1" || address == "::1" || address == "local"
        guard isProxied, let said = request.headers[HTTPField.Name("X-Forwarded-For")!] else { return address }
        return said.split(separator: ",").last.map { String($0).filter { $0 != " " } } ?? address
    }

    var words: Words { site.words(language) }

    func shown(_ output: any Output, to signedIn: SignedIn?) throws -> Response {
        if let redirect = output as? Redirect { return redirected(redirect) }
        if asJSON { return try json(output, status: 200) }
        return try page(output, status: 200, submitted: nil, signedIn)
    }

    private func redirected(_ redirect: Redirect) -> Response {
        var response = Response(status: .seeOther, headers: [.location: redirect.location, .cacheControl: "no-store"])
        if let language = redirect.language {
            let name = Cookies.language
            add(
                Cookies.set(name, language.rawValue, seconds: Cookies.choiceSeconds, isSecure: site.settings.isSecure),
                to: &response)
        }
        return response
    }

    func again(_ output: any Output, _ submitted: Submitted, to signedIn: SignedIn?) throws -> Response {
        if asJSON {
            return problem(submitted.status, submitted.errors, current: submitted.isConflict ? output : nil)
        }
        return try page(output, status: submitted.status, submitted: submitted, signedIn)
    }

    func done(_ written: Written, _ change: Change, to signedIn: SignedIn?) throws -> Response {
        var response: Response
        if let show = change.show, !asJSON {
            response = try page(show(written), status: 200, submitted: nil, signedIn)
        } else if asJSON {
            response = try json(written.receipt, status: 200)
        } else {
            response = Response(status: .seeOther, headers: [.location: written.receipt.location ?? "/"])
            if let key = written.receipt.flash {
                add(Cookies.set(Cookies.flash, key, seconds: 30, isSecure: site.settings.isSecure), to: &response)
            }
        }
        switch change.cookie {
        case .setSession(let token, let seconds, let device):
            let isSecure = site.settings.isSecure
            add(Cookies.set(sessionCookie, token, seconds: seconds, isSecure: isSecure), to: &response)
            if let device {
                let name = Cookies.knownDevice(isSecure: isSecure)
                add(Cookies.set(name, device, seconds: Cookies.deviceSeconds, isSecure: isSecure), to: &response)
            }
        case .dropSession:
            add(Cookies.set(sessionCookie, "", seconds: 0, isSecure: site.settings.isSecure), to: &response)
            response.headers[HTTPField.Name("Clear-Site-Data")!] = "\"cache\", \"storage\""
        case nil: break
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private var sessionCookie: String { Cookies.sessionName(isSecure: site.settings.isSecure) }

    private func add(_ cookie: String, to response: inout Response) {
        response.headers.append(HTTPField(name: .setCookie, value: cookie))
    }

    // An error's page is made on a snapshot of its own, because what failed may have been the first.

    func json(_ value: any Encodable, status: Int) throws -> Response {
        let bytes = Array(try JSONEncoder.steady.encode(value))
        return body(bytes, type: "application/json", status: status, isPrivate: true)
    }

    func page(_ output: any Output, status: Int, submitted: Submitted?, _ signedIn: SignedIn?) throws
        -> Response
    {
        let world = site.database.world
        let now = world.clock.now()
        let view = View(
            words: words, today: now.day, now: now, signedIn: signedIn,
            authority: Authority(today: now.day, off: site.settings.off), submitted: submitted,
            isDemonstration: site.settings.isDemonstration, address: site.settings.address)
        let page = output.page(view)
        let secret = signedIn?.csrfSecret ?? visitorSecret ?? world.secrets.bytes(16)
        let operation = PageMark.make(at: now, world.secrets)
        let csrf = CSRF.token(for: secret, world.secrets)
        func frame(_ notice: Shell.Flash?) -> RenderRoot {
            RenderRoot(
                content: Node(page.content), shell: shell(page.title, view, notice), csrf: csrf,
                operation: operation.description)
        }
        guard let templates = site.assets.templates[language] else { throw AssetFault(description: "no templates") }
        var root = frame(done)
        var text = try templates.render(root, with: page.template)
        if let unsaid = submitted.flatMap({ unsaid($0, in: text) }) {
            root = frame(unsaid)
            text = try templates.render(root, with: page.template)
        }
        let bytes = Array(text.utf8)
        // What everybody sees alike may be kept, and is asked for again each time.
        let isAlike = status == 200 && signedIn == nil && sessionToken == nil && flash == nil && !root.hasForm
        var response = body(bytes, type: "text/html; charset=utf-8", status: status, isPrivate: !isAlike)
        if isAlike {
            let tag = ContentTag.of(bytes)
            response.headers[.cacheControl] = "no-cache"
            response.headers[.eTag] = tag
            if ContentTag.matches(tag, asked: request.headers[.ifNoneMatch]) {
                response.headers[.contentEncoding] = nil
                return Response(status: .notModified, headers: response.headers)
            }
        }
        if root.hasForm, signedIn == nil, visitorSecret == nil {
            add(
                Cookies.set(Cookies.visitor, Hex.text(secret), seconds: nil, isSecure: site.settings.isSecure),
                to: &response)
        }
        if flash != nil {
            add(Cookies.set(Cookies.flash, "", seconds: 0, isSecure: site.settings.isSecure), to: &response)
        }
        return response
    }

    private var done: Shell.Flash? {
        flash.flatMap { words.has($0) ? Shell.Flash(kind: "done", text: words($0)) : nil }
    }

    /// A page with nothing but buttons has no place for a refusal; then it stands on top. None is ever silent.
    private func unsaid(_ submitted: Submitted, in page: String) -> Shell.Flash? {
        let said = submitted.errors.map { words($0.key, $0.arguments) }
        guard !said.isEmpty, !said.contains(where: { page.contains(HTMLBytes().escapeText($0)) }) else { return nil }
        return Shell.Flash(kind: "error", text: said.joined(separator: " "))
    }

    private func body(_ bytes: [UInt8], type: String, status: Int, isPrivate: Bool) -> Response {
        var headers: HTTPFields = [.contentType: type, .vary: "Accept-Encoding, Cookie"]
        if isPrivate { headers[.cacheControl] = "no-store" }
        if bytes.count > 1_024, request.headers[.acceptEncoding]?.contains("gzip") == true,
            let zipped = Gzip.compress(bytes)
        {
            headers[.contentEncoding] = "gzip"
            return Response(
                status: .init(code: status), headers: headers, body: .init(byteBuffer: .init(bytes: zipped)))
        }
        return Response(status: .init(code: status), headers: headers, body: .init(byteBuffer: .init(bytes: bytes)))
    }

    private func shell(_ title: String, _ view: View, _ notice: Shell.Flash?) -> Shell {
        let path = request.uri.path
        let items = site.features.flatMap(\.navigation).filter { $0.isFor(view.signedIn) }
        let other: Language = language == .vi ? .en : .vi
        let back = Body.escape(request.method == .get ? request.uri.string : path)
        let links = Shell.links(items, at: path, words)
        return Shell(
            lang: language.rawValue, title: title, theme: theme, isDemo: view.isDemonstration,
            demoDay: view.isDemonstration ? language.format.weekdayAndDay(view.today) : nil,
            demoHref: view.isDemonstration ? "/demonstration/day" : nil, signedIn: view.signedIn != nil,
            organisation: view.signedIn?.organisation(in: words) ?? words("web.portal.name"),
            homeHref: view.signedIn == nil ? "/portal" : "/",
            nav: links.all, bar: links.bar, more: links.more, isMoreCurrent: links.more.contains { $0.current },
            flash: notice,
            otherLanguage: Shell.OtherLanguage(
                href: "/language/\(other.rawValue)?back=\(back)", label: words("web.otherLanguage"),
                lang: other.rawValue),
            helpHref: nil, accountHref: view.signedIn == nil ? nil : "/account",
            version: site.assets.publicFiles.version)
    }
}

extension Body {
    /// For a value within a query.
    static func escape(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
