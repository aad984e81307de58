import Core

/// A browser as its owner knows it again in a list: its family and the kind of device. What the browser sends about
/// itself in full is not kept.
package struct PeopleDevice: Sendable, Equatable {
    /// Which browser it is, as far as it says.
    package enum Family: String, Sendable, CaseIterable {
        case coccoc, zalo, edge, samsung, opera, firefox, chrome, safari, program, other
    }

    /// What kind of machine it runs on.
    package enum Kind: String, Sendable, CaseIterable {
        case android, iphone, ipad, windows, mac, linux, other
    }

    package let family: Family
    package let kind: Kind

    package static let unknown = PeopleDevice(family: .other, kind: .other)

    package init(family: Family, kind: Kind) {
        self.family = family
        self.kind = kind
    }

    /// As stored: "chrome.android".
    var text: String { "\(family.rawValue).\(kind.rawValue)" }

    init(text: String) {
        let parts = text.split(separator: ".")
        family = parts.first.flatMap { Family(rawValue: String($0)) } ?? .other
        kind = parts.count > 1 ? Kind(rawValue: String(parts[1])) ?? .other : .other
    }

    /// Reads what a browser says of itself. The order matters: nearly all of them also claim to be others.
    init(agent: String?) {
        let said = agent.map { String($0.prefix(400)).lowercased() } ?? ""
        let families: [(String, Family)] = [
            ("coc_coc", .coccoc), ("zalo", .zalo), ("edg", .edge), ("samsungbrowser", .samsung), ("opr/", .opera),
            ("firefox", .firefox), ("fxios", .firefox), ("crios", .chrome), ("chrome", .chrome), ("safari", .safari),
            ("curl", .program), ("python", .program), ("okhttp", .program),
        ]
        let kinds: [(String, Kind)] = [
            ("android", .android), ("iphone", .iphone), ("ipad", .ipad), ("windows", .windows),
            ("macintosh", .mac), ("linux", .linux), ("cros", .linux),
        ]
        family = families.first { said.contains($0.0) }?.1 ?? .other
        kind = kinds.first { said.contains($0.0) }?.1 ?? .other
    }
}
