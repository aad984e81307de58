import Core
import HTTPTypes
import TestKit
import Testing
@testable import Web

/// A refused form's page stands at an address that takes nothing but the form. The link to the other language, and
/// whoever asks for that address anew, come to a page and never to a line of bare text.
@Suite("The way back from a form", .databases) struct WayBackTests {
    private static let routes = TemplateTests.routes

    /// Addresses that take a form and are no page, with the page each leads to.
    private static let bare: [(path: String, page: String)] = {
        let pages = Set(routes.filter { $0.method == .get && $0.file == nil }.map(\.path))
        return routes.filter { $0.method == .post }.map(\.path)
            .filter { path in !routes.contains { $0.method == .get && $0.path == path } }
            .map { path in
                if pages.contains(path + "/new") { return (path, path + "/new") }
                var parts = path.split(separator: "/")
                repeat { parts.removeLast() } while !pages.contains("/" + parts.joined(separator: "/"))
                return (path, "/" + parts.joined(separator: "/"))
            }
    }()

    @Test func everyAddressOfAFormLeadsToAPage() async throws {
        let site = try await TestSite(.sqlite, .demonstration, settings: SiteSettings(isDemonstration: true))
        let subjects = try await site.database.read(Subjects.init)
        let person = try await site.database.read {
            try $0.one("SELECT id FROM person WHERE name = 'Đỗ Thị Hạnh'").id("id")
        }
        let (visitor, signedIn) = (site.visitor(), try await site.signIn(person))
        #expect(Self.bare.count > 90, "\(Self.bare.count)")
        let onlyPages = Set(Self.routes.filter { $0.pagesOnly != nil }.map(\.label))
        for (path, page) in Self.bare {
            let asked = subjects.path(path)
            let parts = page.split(separator: "/")
            var wanted = asked.split(separator: "/").prefix(parts.count).joined(separator: "/")
            if parts.last == "new" { wanted += "/new" }
            for method in [HTTPRequest.Method.get, .head] {
                let answer = try await visitor.request(method, asked + "?a=b")
                #expect(answer.status == 303 && answer.headers[.location] == "/" + wanted, "\(method) \(path)")
                #expect(answer.headers[.cacheControl] == "no-store" && answer.bytes.isEmpty, "\(method) \(path)")
            }
            let shown = try await signedIn.open(asked)
            #expect(shown.isPage, "\(path): \(shown.status) \(shown.text.prefix(120))")
            let other = try await visitor.request(.delete, asked)
            #expect(other.status == 405 && other.headers[.allow] == "GET, HEAD, POST", "\(path)")
            // A program is told which method is meant.
            guard !onlyPages.contains("POST " + path) else { continue }
            let told = try await signedIn.json(asked)
            #expect(told.status == 405 && told.headers[.allow] == "POST", "\(path): \(told.status)")
            #expect(told.headers[.contentType] == "application/problem+json", "\(path)")
        }
        // What is a page as well is still its own.
        let own = try await visitor.request(.get, "/sign-in")
        #expect(own.status == 200 && own.isPage)
        let none = try await visitor.request(.get, "//elsewhere.example/panels")
        #expect(none.status == 404 && none.headers[.location] == nil)
    }

    @Test func aRefusedFormIsReadInTheOtherLanguage() async throws {
        let site = try await TestSite(.sqlite, .demonstration, settings: SiteSettings(isDemonstration: true))
        let subjects = try await site.database.read(Subjects.init)
        let person = try await site.database.read {
            try $0.one("SELECT id FROM person WHERE name = 'Ngô Tấn Phát'").id("id")
        }
        let browser = try await site.signIn(person)
        let page = "/people/\(subjects.person)/roles"
        let own = try #require(try await browser.open("/account").forms.first { $0.values["csrf"] != nil })
        let kept = ["csrf", "operation"].map { "\($0)=\(own.values[$0] ?? "")" }.joined(separator: "&")
        let refused = try await browser.request(
            .post, page,
            headers: [
                .contentType: "application/x-www-form-urlencoded", .origin: "http://localhost",
                HTTPField.Name("Sec-Fetch-Site")!: "same-origin",
            ], body: Array(kept.utf8)
        ).expectStatus(422)
        let link = try #require(refused.links.first { $0.hasPrefix("/language/en?") })
        let english = try await browser.open(link).expectStatus(200)
        #expect(english.path == page + "/new" && english.body.contains("<html lang=\"en\""))
    }
}
