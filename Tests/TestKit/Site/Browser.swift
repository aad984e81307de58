import Core
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization
import Testing

/// One person's browser: it keeps cookies, follows redirections, and fills in forms as they stand on the page.
///
///     let yaThuong = try await site.signIn(.yaThuong)
///     let page = try await yaThuong.open("/account")
///     let next = try await yaThuong.send(page.form("/password").filled(["password": "…"]))
///     #expect(next.says("Đã đổi mật khẩu"))
///
/// Every page it opens is looked over (`PageFaults`); what is wrong with one is recorded as a failure.
package final class Browser: Sendable {
    private let client: any TestClientProtocol
    private let ids: IDSource
    private let jar = Mutex<[String: String]>([:])
    private let lookedOver: Mutex<Set<String>>

    init(_ client: any TestClientProtocol, ids: IDSource) {
        self.client = client
        self.ids = ids
        lookedOver = Mutex([])
    }

    package subscript(cookie name: String) -> String? {
        get { jar.withLock { $0[name] } }
        set { jar.withLock { $0[name] = newValue } }
    }

    /// The same person's second browser, or a copy for two taps at once.
    package func copy() -> Browser {
        let copy = Browser(client, ids: ids)
        let cookies = jar.withLock { $0 }
        copy.jar.withLock { $0 = cookies }
        return copy
    }

    /// Opens a page, through any redirections.
    package func open(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> Shown {
        try await followed(.get, path, [:], nil, sourceLocation)
    }

    /// Sends a form, and follows the redirection that answers it.
    package func send(_ form: PageForm, sourceLocation: SourceLocation = #_sourceLocation) async throws -> Shown {
        let (type, bytes) = form.body()
        return try await followed(.post, form.action, Browser.post(type), bytes, sourceLocation)
    }

    /// Presses a page's button: a form without anything to fill in.
    package func press(
        _ action: String, on page: Shown, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Shown {
        try await send(page.form(action, sourceLocation: sourceLocation), sourceLocation: sourceLocation)
    }

    private static let api = "/api/v1"

    /// Asks the JSON interface.
    package func json(_ path: String) async throws -> Shown {
        try await request(.get, Browser.api + path)
    }

    /// Sends to the JSON interface.
    ///
    /// - Parameters:
    ///   - body: one JSON object, as text.
    ///   - key: the operation's id; the same one for the same act sent again, a new one when nil.
    package func json(_ path: String, sending body: String, key: ID? = nil) async throws -> Shown {
        var headers = Browser.post("application/json")
        // Made by the client, so it must not look like one of the server's.
        let made = ids.next()
        headers[.idempotencyKey] = (key ?? ID(high: 0x4000, low: made.low)).description
        return try await request(.post, Browser.api + path, headers: headers, body: Array(body.utf8))
    }

    /// Sends files to the JSON interface: in parts, as its description says, since an object of JSON holds none.
    package func json(
        _ path: String, fields: [String: String] = [:], file: (field: String, name: String, bytes: [UInt8])
    ) async throws -> Shown {
        let boundary = "----kieumau-test-boundary"
        var body: [UInt8] = []
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
        }
        body +=
            """
            --\(boundary)\r\nContent-Disposition: form-data; name="\(file.field)"; filename="\(file.name)"\r\n\r\n
            """.utf8
        body += file.bytes + "\r\n--\(boundary)--\r\n".utf8
        var headers = Browser.post("multipart/form-data; boundary=\(boundary)")
        headers[.idempotencyKey] = ID(high: 0x4000, low: ids.next().low).description
        return try await request(.post, Browser.api + path, headers: headers, body: body)
    }

    /// One request and its answer as they are, with this browser's cookies and nothing besides.
    package func request(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: [UInt8]? = nil
    ) async throws -> Shown {
        var headers = headers
        let cookies = jar.withLock { $0 }
        if !cookies.isEmpty {
            headers[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "; ")
        }
        let answer = try await client.executeRequest(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) })
        for line in answer.headers[values: .setCookie] { keep(line) }
        return Shown(
            status: answer.status.code, path: path, headers: answer.headers,
            bytes: Array(answer.body.readableBytesView),
            through: [])
    }

    private func keep(_ line: String) {
        let parts = line.split(separator: ";").map { $0.drop { $0 == " " } }
        guard let pair = parts.first?.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false),
            pair.count == 2
        else { return }
        let isDropped = parts.dropFirst().contains { $0.lowercased() == "max-age=0" }
        jar.withLock { $0[String(pair[0])] = isDropped ? nil : String(pair[1]) }
    }

    /// What a browser says of a form that it sends from a page of the same site.
    private static func post(_ type: String) -> HTTPFields {
        [.contentType: type, .origin: "http://localhost", .fetchSite: "same-origin"]
    }

    private func followed(
        _ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: [UInt8]?,
        _ sourceLocation: SourceLocation
    ) async throws -> Shown {
        var answer = try await request(method, path, headers: headers, body: body)
        var through: [String] = []
        while (301...303).contains(answer.status), let next = answer.headers[.location] {
            through.append(next)
            try #require(through.count <= 5, "redirected in a circle: \(through)", sourceLocation: sourceLocation)
            answer = try await request(.get, next)
        }
        let shown = Shown(
            status: answer.status, path: answer.path, headers: answer.headers, bytes: answer.bytes, through: through)
        lookOver(shown, sourceLocation)
        return shown
    }

    /// Once for each address: a story opens the same page again and again.
    private func lookOver(_ shown: Shown, _ sourceLocation: SourceLocation) {
        guard shown.isPage, lookedOver.withLock({ $0.insert("\(shown.status) \(shown.path)").inserted }) else { return }
        for fault in PageFaults.of(shown.body) {
            Issue.record("\(shown.path) (\(shown.status)): \(fault)", sourceLocation: sourceLocation)
        }
    }
}

extension HTTPField.Name {
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    static let fetchSite = HTTPField.Name("Sec-Fetch-Site")!
}
