import Foundation

/// Where people reach this installation: what a link on paper begins with, and the name a request must ask for.
///
/// A request that asks for another name is turned away. It comes from a page of somebody else whose name was made to
/// lead here, or from a server in front that passes on whatever it is told.
package struct SiteAddress: Sendable, Equatable, CustomStringConvertible {
    /// Reached through HTTPS.
    package let isSecure: Bool
    /// The name or number of the machine, in small letters; an IPv6 number stands in brackets.
    package let host: String
    /// Nil where it is the usual one of the scheme.
    let port: Int?

    /// Reads `https://kieumau.example.vn` or `http://127.0.0.1:8080`, with or without a slash at the end.
    /// Nil for everything else: no name, a path, a query, a user.
    package init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", parts.path.isEmpty || parts.path == "/", parts.query == nil,
            parts.fragment == nil, parts.user == nil, parts.password == nil,
            let name = parts.percentEncodedHost?.lowercased(), !name.isEmpty, !name.contains("%")
        else { return nil }
        let usual = scheme == "https" ? 443 : 80
        if let port = parts.port, !(1...65_535).contains(port) { return nil }
        isSecure = scheme == "https"
        host = name.contains(":") && !name.hasPrefix("[") ? "[\(name)]" : name
        port = parts.port == usual ? nil : parts.port
    }

    private init(host: String, port: Int?) {
        isSecure = false
        self.host = host
        self.port = port
    }

    /// The machine itself, where no address was named: only a browser on it can follow such a link.
    package static func thisMachine(port: Int? = nil) -> SiteAddress { SiteAddress(host: "127.0.0.1", port: port) }

    package var description: String { "\(isSecure ? "https" : "http")://\(host)\(port.map { ":\($0)" } ?? "")" }

    /// The whole address of a path of this site; the path begins with a slash.
    package func url(_ path: String) -> String { description + path }

    /// Whether a request may ask for this name. The port is not looked at: a server in front has one of its own, and
    /// this machine may always be asked by its own names.
    func isAskedFor(by authority: String) -> Bool {
        guard let asked = SiteAddress.name(in: authority) else { return false }
        return asked == host || SiteAddress.isThisMachine(asked)
    }

    /// Whether the name leads to the machine it is used on, wherever that is.
    package static func isThisMachine(_ host: String) -> Bool {
        ["127.0.0.1", "[::1]", "::1", "localhost"].contains(host.lowercased())
    }

    /// `Name:8080` without its port, in small letters, and without the dot that ends a complete name; nil when what
    /// follows the name is no port.
    private static func name(in authority: String) -> String? {
        let text = authority.lowercased()
        let bracket = text.hasPrefix("[") ? text.firstIndex(of: "]").map { text.index(after: $0) } : nil
        let end = bracket ?? text.firstIndex(of: ":") ?? text.endIndex
        let name = text[..<end]
        let rest = text[end...]
        guard rest.isEmpty || rest.first == ":" && rest.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }) else {
            return nil
        }
        return name.hasSuffix(".") ? String(name.dropLast()) : String(name)
    }
}
