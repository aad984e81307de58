import Core
import Database
import TestKit
import Testing

extension JourneyTwoTests {
    /// What an office sets up for real has nothing of the demonstration in it.
    func nothingOfTheDemonstration(_ site: TestSite, _ administrator: Browser) async throws {
        let visitor = site.visitor()
        for path in ["/demonstration/people", "/demonstration/day"] { try await visitor.open(path).expectStatus(404) }
        for path in [
            "/", "/people", "/areas", "/organisations", "/dossiers", "/criteria", "/imports", "/decisions",
            "/criteria/new", "/rules", "/rules/new", "/imports/new", "/people/imports/new", "/people/new", "/surveys",
            "/titles", "/targets", "/goals", "/offices", "/ballots", "/panels", "/submissions", "/practices",
            "/account",
            "/handovers", "/unit-titles", "/corrections", "/contents",
        ] {
            let page = try await administrator.open(path).expectStatus(200)
            #expect(!page.text.lowercased().contains("minh họa"), "\(path)")
            for member in Member.allCases { #expect(!page.says(member.name), "\(path) names \(member.name)") }
        }
        for path in ["/portal", "/portal/areas", "/portal/decisions", "/portal/criteria", "/sign-in"] {
            #expect(try await visitor.open(path).expectStatus(200).says("minh họa") == false, "\(path)")
        }
        let (marks, people, invented) = try await site.database.read { reader in
            (
                try reader.one("SELECT count(*) AS n FROM installation WHERE name LIKE 'demonstration%'").integer("n"),
                try reader.rows("SELECT name FROM person ORDER BY name").map { try $0.text("name") },
                try reader.one("SELECT count(*) AS n FROM area WHERE is_invented").integer("n")
            )
        }
        #expect(marks == 0 && invented == 0)
        #expect(Set(people) == [Self.administrator, "Bùi Thị Mơ", "Lò Văn Tươi"])
        #expect(try await site.database.read { try Audit.verify($0).broken.isEmpty })
    }
}
