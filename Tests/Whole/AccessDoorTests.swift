import Core
import Foundation
import TestKit
import Testing
import Web

/// The committed page of who may open what, held against the product's own door: the same people with sessions of their
/// own ask over HTTP, on both engines, where the walk of `AccessTests` decides within one snapshot.
@Suite("Access at the door", .databases) struct AccessDoorTests {
    /// One of each kind: open, signed in, by capability, by place, of an area, a commune, a panel, the province.
    private static let asked = [
        "GET /areas/:id", "GET /dossiers/:id", "GET /dossiers/:id/check", "GET /dossiers/:id/appraisal",
        "GET /areas/:id/dossiers/new", "GET /submissions/:id", "GET /panels/:id", "GET /decisions/new",
        "GET /decisions/:id",
        "GET /people/:id", "GET /people/:id/roles/:role", "GET /rechecks/:id", "GET /offices/:id", "GET /ballots/new",
        "GET /imports/:id", "GET /targets", "GET /portal/areas/:id",
    ]

    /// Acts, sent empty: whoever may do them is not asked to, since then something would be done.
    private static let sent = [
        "POST /dossiers/:id/check", "POST /dossiers/:id/values/:code", "POST /decisions/:id/removal",
        "POST /people/:id/roles", "POST /rechecks/:id/looks", "POST /submissions/:id/sending",
    ]

    /// Rows of the committed table, by route: a status for each column.
    private static func committed() throws -> [String: [Int]] {
        let page = try String(contentsOfFile: "\(Checkout.root)/docs/access.md", encoding: .utf8)
        var rows: [String: [Int]] = [:]
        for line in page.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            rows[cells[0].trimmingCharacters(in: ["`"])] = cells.dropFirst().compactMap { Int($0) }
        }
        return rows
    }

    @Test(arguments: TestEngine.all) func theDoorAnswersAsCommitted(on engine: TestEngine) async throws {
        let committed = try Self.committed()
        let site = try await TestSite(engine, .demonstration, settings: SiteSettings(isDemonstration: true))
        let found = try await site.database.read(Subjects.init)
        var people: [Browser] = []
        for person in AccessTests.people {
            guard let name = person.name else {
                people.append(site.visitor())
                continue
            }
            let id = try await site.database.read { try $0.one("SELECT id FROM person WHERE name = \(name)").id("id") }
            people.append(try await site.signIn(id))
        }
        // After everybody came in: one of the records is a session.
        let subjects = try await site.database.unattended(.seed, giving: { try SubjectsMade.put(found, $0) })
        var seen: Set<Int> = []
        for label in Self.asked + Self.sent {
            let cells = try #require(committed[label], "\(label) is not in the committed page")
            try #require(cells.count == people.count, "\(label): \(cells)")
            let path = subjects.path(String(label.drop { $0 != " " }.dropFirst()))
            let isAct = label.hasPrefix("POST")
            for (index, browser) in people.enumerated() {
                if isAct, ![401, 403, 404].contains(cells[index]) { continue }
                let answer = isAct ? try await browser.json(path, sending: "{}") : try await browser.json(path)
                let who = AccessTests.people[index].column
                #expect(answer.status == cells[index], "\(label) as \(who): \(answer.body.prefix(300))")
                seen.insert(answer.status)
            }
        }
        #expect(seen.isSuperset(of: [200, 401, 403, 404]), "\(seen)")
    }
}
