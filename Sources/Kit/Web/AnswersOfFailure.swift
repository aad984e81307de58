import Core
import Database
import Foundation
import HTTPTypes
import Hummingbird

extension Answers {
    /// What is said when a request failed: a page or a problem in JSON, by what went wrong.
    func failure(_ error: any Error) async -> Response {
        switch error {
        case is NotFound: return await errorPage(404, "notFound", [])
        case let error as HTTPError where error.status == .notFound: return await errorPage(404, "notFound", [])
        case let first as FirstDuty:
            if !asJSON, request.method == .get || request.method == .head {
                return Response(status: .seeOther, headers: [.location: first.href, .cacheControl: "no-store"])
            }
            return await errorPage(403, Refusal.Kind.forbidden.rawValue, [FieldError(nil, first.key)])
        case let refusal as Refusal:
            if refusal.kind == .unknownPerson, !asJSON, request.method == .get || request.method == .head {
                // Whoever comes by the bare address without an account has come to look.
                if request.uri.path == "/" {
                    return Response(status: .seeOther, headers: [.location: "/portal", .cacheControl: "no-store"])
                }
                let back = Body.escape(request.uri.string)
                return Response(
                    status: .seeOther, headers: [.location: "/sign-in?next=\(back)", .cacheControl: "no-store"])
            }
            return await errorPage(
                refusal.kind.status, refusal.kind.rawValue,
                refusal.all.map { FieldError($0.field, $0.key, $0.arguments) })
        case let fault as any DiskFault where fault.isFailing:
            site.database.gate.shut(because: "\(fault)")
            return await errorPage(503, "unavailable", [FieldError(nil, "web.refusal.readOnly")])
        default:
            // The context's own way to it ends the process where the log keeps no numbers.
            let number = context.logger[metadataKey: "hb.request.id"]?.description ?? "-"
            site.log.error(
                "fault", metadata: ["request": "\(number)", "path": "\(request.uri.path)", "error": "\(error)"])
            return await errorPage(500, "fault", [], requestID: "\(number)")
        }
    }

    func methodNotAllowed() -> Response { brief(405, FieldError(nil, "web.error.method.text")) }

    /// The request asked for a name that is not this site's, or for none. What it asked for is not repeated.
    func misdirected(isNamed: Bool) -> Response {
        let address = site.settings.address.description
        return brief(isNamed ? 421 : 400, FieldError(nil, "web.error.misdirected.text", ["address": address]))
    }

    /// One sentence, where a page would ask the database or show links that lead nowhere.
    private func brief(_ status: Int, _ error: FieldError) -> Response {
        if asJSON {
            return problem(status, [error], name: error.key.split(separator: ".").dropFirst(2).first.map(String.init))
        }
        return Response(
            status: .init(code: status),
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: .init(string: words(error.key, error.arguments) + "\n")))
    }

    private func errorPage(_ status: Int, _ name: String, _ errors: [FieldError], requestID: String? = nil) async
        -> Response
    {
        let name = Answers.name(name, errors)
        if asJSON { return problem(status, errors, name: name, requestID: requestID) }
        let signedIn = try? await site.database.read { [sessionToken] reader in
            try sessionToken.flatMap { try site.sessionLookup($0, site.database.world.clock.now(), reader) }
        }
        let output = ErrorOutput(status: status, name: name, errors: errors, requestID: requestID)
        do { return try page(output, status: status, submitted: nil, signedIn ?? nil) } catch {
            site.log.error("the error page itself failed", metadata: ["error": "\(error)"])
            return Response(
                status: .init(code: status), headers: [.contentType: "text/plain; charset=utf-8"],
                body: .init(byteBuffer: .init(string: words("web.error.\(name).title") + "\n")))
        }
    }

    func problem(
        _ status: Int, _ errors: [FieldError], name: String? = nil, requestID: String? = nil,
        current: (any Encodable)? = nil
    ) -> Response {
        // What came too early is no clash with somebody else: a refusal may bring a heading of its own.
        let own = errors.count == 1 ? errors.first.map { "\($0.key)Heading" } : nil
        let title =
            own.flatMap { words.has($0) ? words($0) : nil }
            ?? words("web.error.\(Answers.name(name ?? Answers.name(of: status), errors)).title")
        let details = errors.map { words($0.key, $0.spelled(in: words)) }
        let problem = Problem(
            type: "about:blank", title: title, status: status, detail: details.first ?? title, requestID: requestID,
            errors: zip(errors, details).map { Problem.FieldProblem(field: $0.field, message: $1) },
            current: current.map(Problem.Record.init))
        var response = (try? json(problem, status: status)) ?? Response(status: .init(code: status))
        response.headers[.contentType] = "application/problem+json"
        return response
    }

    /// A rule that says "not now" is no clash with somebody else: only what the kit itself noticed, and keys that say so
    /// ("dossierMoved", "changed", "endedMeanwhile"), are told as one.
    private static func name(_ name: String, _ errors: [FieldError]) -> String {
        guard name == Refusal.Kind.conflict.rawValue, let key = errors.first?.key, !key.hasPrefix("web.") else {
            return name
        }
        let last = key.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return ["moved", "changed", "meanwhile", "lookedat"].contains(where: last.hasSuffix) ? name : "rule"
    }

    private static func name(of status: Int) -> String {
        Refusal.Kind.allCases.first { $0.status == status }?.rawValue ?? (status == 405 ? "method" : "fault")
    }
}

/// An error as a page: what happened, what to do, and the number to tell the administrator where it is our fault.
struct ErrorOutput: Output {
    let status: Int
    let name: String
    let errors: [FieldError]
    let requestID: String?

    private enum CodingKeys: CodingKey { case status }

    static var sample: ErrorOutput {
        ErrorOutput(status: 500, name: "fault", errors: [FieldError(nil, "web.error.fault.text")], requestID: "1")
    }

    struct Content: Sendable {
        let heading: String
        let lines: [String]
        let advice: String
        let number: String?
        let homeHref: String
        let homeLabel: String
    }

    func page(_ view: View) -> Page {
        let lines = errors.map { view($0.key, $0.spelled(in: view.words)) }
        // What came too early is no clash with somebody else: a refusal may bring a heading and advice of its own.
        let own = errors.count == 1 ? errors.first?.key : nil
        func word(_ part: String, _ usual: String) -> String {
            own.map { "\($0)\(part)" }.flatMap { view.words.has($0) ? view($0) : nil } ?? view(usual)
        }
        let title = word("Heading", "web.error.\(name).title")
        return Page(
            "web-error", title: title,
            Content(
                heading: title, lines: lines, advice: word("Advice", "web.error.\(name).text"), number: requestID,
                homeHref: view.signedIn == nil ? "/portal" : "/", homeLabel: view("web.error.home")))
    }
}

extension FieldError {
    /// The places of its words, with a capability called by its name instead of its code.
    fileprivate func spelled(in words: Words) -> [String: String] {
        var arguments = arguments
        if let capability = arguments["capability"] { arguments["capability"] = words("capability.\(capability)") }
        return arguments
    }
}
