import Foundation
import HTTPTypes
import Testing

/// An answer of the site: a page, a piece of JSON, a file.
package struct Shown: Sendable {
    package let status: Int
    /// Where it is, after all redirections.
    package let path: String
    package let headers: HTTPFields
    package let bytes: [UInt8]
    /// The redirections that led here.
    package let through: [String]

    package var body: String { String(decoding: bytes, as: UTF8.self) }

    package var isPage: Bool { headers[.contentType]?.hasPrefix("text/html") == true }

    /// Records a failure, with what the page says, when the status is another one.
    @discardableResult
    package func expectStatus(_ wanted: Int, sourceLocation: SourceLocation = #_sourceLocation) -> Shown {
        #expect(status == wanted, "\(path) says: \(text.prefix(600))", sourceLocation: sourceLocation)
        return self
    }

    /// What a reader reads, blanks tidied; of JSON its text.
    package var text: String {
        guard isPage else { return body }
        var parts: [String] = []
        for token in HTMLTokens(body).tokens {
            if case .text(let text) = token { parts.append(text) }
        }
        return Shown.tidied(parts.joined(separator: " "))
    }

    /// Whether the page says this, word for word but for blanks.
    package func says(_ words: String) -> Bool { text.contains(Shown.tidied(words)) }

    static func tidied(_ text: some StringProtocol) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The text of the first element of this name: "title", "h1".
    package func first(_ name: String) -> String? {
        var isWithin = false
        var parts: [String] = []
        for token in HTMLTokens(body).tokens {
            switch token {
            case .open(name, _): isWithin = true
            case .close(name) where isWithin: return Shown.tidied(parts.joined(separator: " "))
            case .text(let text) where isWithin: parts.append(text)
            default: break
            }
        }
        return nil
    }

    /// The marks of a status on the page, each with the state that gives it its shape and colour: "done Đạt".
    package var statuses: [String] {
        var found: [String] = []
        var open: (state: String, words: [String])?
        for token in HTMLTokens(body).tokens {
            switch token {
            case .open("span", let attributes) where attributes["class"]?.hasPrefix("status is-") == true:
                open = (String((attributes["class"] ?? "").dropFirst("status is-".count)), [])
            case .text(let text): open?.words.append(text)
            case .close("span"):
                if let open { found.append("\(open.state) \(Shown.tidied(open.words.joined(separator: " ")))") }
                open = nil
            default: break
            }
        }
        return found
    }

    /// Where the links of the page lead.
    package var links: [String] {
        HTMLTokens(body).tokens.compactMap { token in
            if case .open("a", let attributes) = token { attributes["href"] } else { nil }
        }
    }

    package var forms: [PageForm] { HTMLTokens(body).forms(on: path) }

    /// The first form whose action ends with this, its query aside; without one the only form of the page.
    package func form(_ action: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) throws -> PageForm {
        let fitting = forms.filter { form in
            guard let action else { return true }
            return form.action.hasSuffix(action) || form.action.prefix { $0 != "?" }.hasSuffix(action)
        }
        return try #require(
            fitting.count == 1 || action != nil ? fitting.first : nil,
            "\(path) (\(status)) has \(forms.map(\.action)), not one \(action ?? "form")",
            sourceLocation: sourceLocation)
    }

    /// What stands beside a field as its error; nil when there is none.
    package func error(beside field: String) -> String? {
        var parts: [String]?
        var isAbout = false
        for token in HTMLTokens(body).tokens {
            switch token {
            case .open(_, let attributes) where attributes["id"] == "\(field)-about": isAbout = true
            case .open("p", let attributes) where isAbout && attributes["class"] == "wrong": parts = []
            case .text(let text): parts?.append(text)
            case .close("p"):
                if let parts { return Shown.tidied(parts.joined(separator: " ")) }
            case .close("div"): isAbout = false
            default: break
            }
        }
        return nil
    }

    /// The JSON answer as a value.
    package func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }

    /// The JSON answer as it comes, for a look at one member.
    package var jsonObject: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]) ?? [:]
    }
}
