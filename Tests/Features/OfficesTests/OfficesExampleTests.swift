import Core
import Criteria
import Database
import TestKit
import Testing

@testable import Offices

/// What pages show of a value may be pasted back.
@Suite("Offices: examples that hold", .databases) struct OfficesExampleTests {
    private typealias S = OfficesScene

    private static let group = Criteria.Indicator(
        "IV.2", Criteria.Name("Tổ an ninh", en: "Security group"), kind: .yesNo, unit: .none, comparison: .atLeast,
        thresholds: [])

    @Test(arguments: [
        ("Có, đạt", true), ("Chưa đạt", false), ("Yes, met", true), ("Not met", false), ("có", true), ("không", false),
    ])
    func theAnswersAsTheyAreShownAreReadBack(_ shown: String, _ isYes: Bool) throws {
        #expect(try Offices.Typed.read(shown, for: Self.group, isPasted: true) == .yes(isYes))
    }

    /// The example on the page for pasting, pasted as it stands.
    @Test(arguments: TestEngine.all) func theExampleIsTaken(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(S.day("2026-08-17")))
        let set = try await S.begin(site.database)
        let grids = try await site.database.unattended(.seed, giving: { try S.assign(set, $0) })
        let clerk = try await site.signIn(S.policeClerk)
        for language in ["vi", "en"] {
            _ = try await clerk.open("/language/\(language)?back=/")
            let page = try await clerk.open("/offices/\(grids.police)/paste").expectStatus(200)
            let example = try #require(page.body.firstMatch(of: /<pre[^>]*>([^<]+)<\/pre>/)).output.1
            #expect(example.contains("\tIV.1\tIV.2\n"))
            let preview = try await clerk.send(page.form("/paste").filled(["text": String(example)]))
                .expectStatus(200)
            #expect(preview.path.contains("/saves/"))
            #expect(preview.says(language == "vi" ? "4 ô sẵn sàng ghi." : "4 cells are ready."), "\(preview.text)")
        }
    }
}
