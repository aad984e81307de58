import Core
import Database
import HTTPTypes
import TestKit
import Testing
@testable import Web

/// A form sent with nothing in it, for every form there is, by somebody who may: everything that is missing is said at
/// once, beside its field, and nothing happens.
@Suite("Empty forms", .databases) struct EmptyFormTests {
    /// Forms whose subject is past them on the demonstration's day: their page is no longer there to show anything.
    private static let isPast: Set<String> = [
        // The dossier went on from its area to the commune, and from the panel to the deciders.
        "POST /dossiers/:id/confirmation", "POST /dossiers/:id/values/:code/evidence",
        "POST /dossiers/:id/values/:code/observations", "POST /dossiers/:id/evidence/:evidenceID/revisions",
        "POST /dossiers/:id/appraisal/return", "POST /dossiers/:id/hand-in",
        // The decision is a draft, so nothing is given and nobody is refused yet.
        "POST /decisions/:id/giving", "POST /dossiers/:id/refusal/answer", "POST /dossiers/:id/refusal/reply",
        // The save was confirmed, the survey closed with the registration.
        "POST /offices/:id/saves/:save/confirmation", "POST /surveys/:id/values", "POST /surveys/:id/gaps/:code",
        // Published: never changed, thrown away or published again.
        "POST /criteria/:id/text", "POST /criteria/:id/removal", "POST /criteria/:id/publication",
        "POST /rules/:id/text", "POST /rules/:id/removal", "POST /rules/:id/publication",
    ]

    @Test func nothingTypedIsSaidBesideEveryFieldAndDoesNothing() async throws {
        let site = try await TestSite(.sqlite, .demonstration, settings: SiteSettings(isDemonstration: true))
        let subjects = try await site.database.read(Subjects.init)
        var browsers: [String: (browser: Browser, page: PageForm)] = [:]
        for name in AccessTests.people.map(\.name) {
            let browser = try await browser(of: name, site)
            let page = try await browser.open(name == nil ? "/sign-in" : "/account")
            browsers[name ?? ""] = (browser, try #require(page.forms.first { $0.values["csrf"] != nil }))
        }
        var walked = 0
        let forms = site.site.features.flatMap(\.routes).filter { $0.method == .post && !$0.fields.isEmpty }
        for route in forms {
            let tokens = browsers.compactMapValues { $0.browser[cookie: "kieumau"] }
            guard let name = try await somebody(for: route, site, subjects, tokens),
                let (browser, page) = browsers[name]
            else { continue }
            walked += 1
            let before = try await kept(site.database)
            let empty = page.values.filter { ["csrf", "operation"].contains($0.key) }
            let answer = try await browser.request(
                .post, subjects.path(route.path), headers: Self.headers,
                body: Array(empty.map { "\($0)=\($1)" }.joined(separator: "&").utf8))
            #expect(try await kept(site.database) == before, "\(route.label) did something")
            let wanted = Self.isPast.contains(route.label) ? 409 : 422
            #expect(answer.status == wanted, "\(route.label): \(answer.status) \(answer.text.prefix(300))")
            guard answer.status == 422 else { continue }
            // Beside each field that the page shows; what stands on it hidden nobody can leave out.
            let required = route.fields.filter { $0.isRequired && $0.isFilledIn }.map(\.name)
            let path = subjects.path(route.path)
            if let form = answer.forms.first(where: { $0.action.prefix { $0 != "?" } == path }) {
                let silent = required.filter { form.names.contains($0) && !Self.isSaid(beside: $0, answer) }
                #expect(silent.isEmpty, "\(route.label) says nothing beside \(silent) of \(required)")
            }
            // And all of them, hidden ones too, to a program.
            guard route.pagesOnly == nil else { continue }
            let told = try await browser.json(path, sending: "{}")
            #expect(told.status == 422, "\(route.label) in JSON: \(told.status)")
            let errors = (told.jsonObject["errors"] as? [[String: Any]] ?? []).compactMap { $0["field"] as? String }
            let untold = required.filter { !errors.contains($0) }
            #expect(untold.isEmpty, "\(route.label) in JSON says nothing of \(untold), only of \(errors)")
            #expect(try await kept(site.database) == before, "\(route.label) did something in JSON")
        }
        #expect(walked > 90, "\(walked)")
    }

    /// Where a page has several forms with fields of the same names, ids begin with the form's own word.
    private static func isSaid(beside name: String, _ page: Shown) -> Bool {
        let ids = page.body.matches(of: /id="([^"]+)-about"/).map { String($0.output.1) }
        return ids.contains { ($0 == name || $0.hasSuffix("-\(name)")) && page.error(beside: $0) != nil }
    }

    /// What a browser says of a form of the same site.
    private static let headers: HTTPFields = [
        .contentType: "application/x-www-form-urlencoded", .origin: "http://localhost",
        HTTPField.Name("Sec-Fetch-Site")!: "same-origin",
    ]

    /// Of the cast, the one whose filled-in form would be taken, or refused for what stands in it.
    private func somebody(
        for route: Route, _ site: TestSite, _ subjects: Subjects, _ tokens: [String: String]
    ) async throws -> String? {
        try await site.database.read { reader in
            var found: [Int: String] = [:]
            for name in AccessTests.people.map({ $0.name ?? "" }) {
                let status = try AccessTests.status(site.site, route, subjects, tokens[name], reader)
                if found[status] == nil { found[status] = name }
            }
            return found[422] ?? found[303] ?? found[409]
        }
    }

    /// How much there is of what an act leaves behind.
    private func kept(_ database: Database) async throws -> [Int] {
        try await database.read { reader in
            try ["audit", "operation", "person", "session"].map { table in
                try reader.one("SELECT count(*) AS n FROM \(SQL(stringLiteral: table))").integer("n")
            }
        }
    }

    private func browser(of name: String?, _ site: TestSite) async throws -> Browser {
        guard let name else { return site.visitor() }
        return try await site.signIn(
            site.database.read { try $0.one("SELECT id FROM person WHERE name = \(name)").id("id") })
    }
}

extension Field {
    /// A box that is not ticked, and lines of which none is written, are answers too.
    fileprivate var isFilledIn: Bool {
        switch kind {
        case .flag, .group: false
        default: true
        }
    }
}
