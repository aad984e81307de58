import Foundation
import HTTPTypes
import TestKit
import Testing
import Web

/// The lines by which a browser is told what a page may not do: those of docs/operating.md, on whatever is answered.
@Suite("Security headers", .databases) struct SecurityHeadersTests {
    private struct Line {
        let name: String
        let value: String
        let isSecureOnly: Bool
    }

    private static func documented() throws -> [Line] {
        let text = try String(contentsOfFile: "\(Checkout.root)/docs/operating.md", encoding: .utf8)
        let part = try #require(text.components(separatedBy: "### What every answer carries").last)
        return part.prefix(upTo: part.range(of: "\n## ")?.lowerBound ?? part.endIndex).split(separator: "\n")
            .compactMap { line in
                line.wholeMatch(of: /\| `([A-Za-z\-]+)` \| `([^`]+)`(.*) \|/).map {
                    Line(
                        name: String($0.output.1), value: String($0.output.2),
                        isSecureOnly: $0.output.3.contains("--secure"))
                }
            }
    }

    /// What a browser is told besides the content: every line with one of these beginnings stands in the document.
    private static let kinds = [
        "x-", "referrer-", "content-security-", "cross-origin-", "permissions-", "strict-transport-", "origin-",
        "access-control-", "server",
    ]

    @Test(arguments: [false, true]) func everyAnswerCarriesWhatTheDocumentSays(isSecure: Bool) async throws {
        let site = try await TestSite(.sqlite, settings: SiteSettings(isSecure: isSecure))
        let documented = try Self.documented()
        #expect(documented.count == 8, "\(documented)")
        let due = documented.filter { isSecure || !$0.isSecureOnly }
        let wanted = Dictionary(uniqueKeysWithValues: due.map { ($0.name.lowercased(), $0.value) })
        let (visitor, yaThuong) = (site.visitor(), try await site.signIn(.yaThuong))
        let answers: [(String, Int, Shown)] = [
            ("a page", 200, try await visitor.request(.get, "/sign-in")),
            ("a page of somebody signed in", 200, try await yaThuong.request(.get, "/")),
            ("JSON", 200, try await yaThuong.request(.get, "/api/v1/areas")),
            ("a public file", 200, try await visitor.request(.get, "/kieumau.css")),
            ("a page that is not there", 404, try await visitor.request(.get, "/nowhere/at/all")),
            ("what asks for signing in", 303, try await visitor.request(.get, "/people")),
            ("what somebody may not see", 403, try await yaThuong.request(.get, "/people/new")),
            ("a refused form", 403, try await yaThuong.request(.post, "/account/password", body: [])),
            ("a method that is none", 405, try await visitor.request(.delete, "/sign-in")),
        ]
        for (name, status, answer) in answers {
            #expect(answer.status == status, "\(name): \(answer.text.prefix(200))")
            var found: [String: String] = [:]
            for field in answer.headers {
                let header = field.name.canonicalName
                guard Self.kinds.contains(where: { header.hasPrefix($0) }) else { continue }
                #expect(found.updateValue(field.value, forKey: header) == nil, "\(name) says \(header) twice")
            }
            #expect(found == wanted, "\(name)")
        }
    }
}
