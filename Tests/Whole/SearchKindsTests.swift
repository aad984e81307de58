import Core
import Database
import Foundation
import TestKit
import Testing
import Web

/// The page of searching over everything there is in the demonstration: each kind with one who finds it and, where it
/// is not everybody's, one who must not.
@Suite("The page of searching, every kind", .databases) struct SearchKindsTests {
    private struct Kind: Sendable {
        let name: String
        let typed: String
        let path: String
        let finder: String
        /// Nil where everybody may read it.
        let stranger: String?
    }

    private static let chair = "Ka Hương"
    private static let other = "Mai Sương Đêm"

    private static func kinds(_ reader: any Reader) throws -> [Kind] {
        func row(_ sql: SQL, _ name: String) throws -> Row { try #require(try reader.first(sql), "\(name)") }
        let area = try row(
            "SELECT id, parent_id FROM territory WHERE kind = 'area' AND name LIKE 'Thông Xanh%'", "area")
        let (areaID, commune) = (try area.id("id"), try area.id("parent_id"))
        func id(_ sql: SQL, _ name: String) throws -> ID { try row(sql, name).id("id") }
        let submission = try row(
            "SELECT id, number FROM submission WHERE territory_id = \(commune) AND number IS NOT NULL", "submission")
        let decision = try row(
            """
            SELECT x.id, x.number FROM decision x JOIN title_grant g ON g.decision_id = x.id
            WHERE g.territory_id = \(areaID) AND x.number IS NOT NULL ORDER BY x.id
            """, "decision")
        let notice = try row(
            """
            SELECT n.recheck_id, n.number FROM recheck_notice n JOIN recheck r ON r.id = n.recheck_id
            JOIN territory t ON t.id = r.territory_id WHERE n.number IS NOT NULL AND t.parent_id <> \(commune)
            ORDER BY n.number
            """, "notice")
        let target = try row(
            """
            SELECT x.id, v.document_number FROM target x JOIN target_version v ON v.target_id = x.id
            WHERE x.territory_id = \(commune) AND x.revision > 1 AND v.number = 1
            """, "target")
        let title = try row("SELECT id, decision_number FROM unit_title ORDER BY id", "unit title")
        let set = try row("SELECT id, name_vi FROM criteria_set WHERE status = 'published' ORDER BY id", "set")
        let rules = try row("SELECT id, name_vi FROM rules_document WHERE status = 'published' ORDER BY id", "rules")
        let practice = try row("SELECT id, name FROM practice WHERE state = 'confirmed' ORDER BY id", "practice")
        let model = try row("SELECT id, name FROM area_model WHERE territory_id = \(areaID) ORDER BY id", "model")
        let survey = try id("SELECT id FROM survey WHERE territory_id = \(areaID) AND year = 2026", "survey")
        let recheck = try row(
            """
            SELECT r.id, t.name FROM recheck r JOIN territory t ON t.id = r.territory_id
            WHERE t.parent_id = \(commune) ORDER BY r.id
            """, "re-check")
        return [
            Kind(name: "area", typed: "xanh thong", path: "/areas/\(areaID)", finder: chair, stranger: other),
            Kind(
                name: "commune", typed: "don duong", path: "/territories/\(commune)", finder: chair, stranger: other),
            Kind(
                name: "organisation", typed: "chi bo thong xanh",
                path:
                    "/organisations/\(try id("SELECT id FROM organisation WHERE territory_id = \(areaID) AND kind = 'party_cell'", "cell"))",
                finder: chair, stranger: other),
            Kind(
                name: "model", typed: try model.text("name"), path: "/models/\(try model.id("id"))", finder: chair,
                stranger: other),
            Kind(
                name: "person", typed: "thuong ya",
                path: "/people/\(try id("SELECT id FROM person WHERE name = 'Ya Thương'", "person"))", finder: chair,
                stranger: "Ya Thương"),
            Kind(
                name: "dossier", typed: "hồ sơ thông xanh 2026",
                path:
                    "/dossiers/\(try id("SELECT id FROM dossier WHERE territory_id = \(areaID) AND year = 2026", "dossier"))",
                finder: chair, stranger: other),
            Kind(
                name: "decision", typed: try decision.text("number"), path: "/decisions/\(try decision.id("id"))",
                finder: chair, stranger: nil),
            Kind(
                name: "submission", typed: "tờ trình \(try submission.text("number"))",
                path: "/submissions/\(try submission.id("id"))", finder: chair, stranger: other),
            Kind(
                name: "survey", typed: "khảo sát thông xanh 2026", path: "/surveys/\(survey)", finder: chair,
                stranger: other),
            Kind(
                name: "re-check", typed: "rà soát \(try recheck.text("name"))",
                path: "/rechecks/\(try recheck.id("id"))", finder: chair, stranger: other),
            Kind(
                name: "notice", typed: "thông báo \(try notice.text("number"))",
                path: "/rechecks/\(try notice.id("recheck_id"))", finder: other, stranger: chair),
            Kind(
                name: "target", typed: try target.text("document_number"), path: "/targets/\(try target.id("id"))",
                finder: chair, stranger: other),
            Kind(
                name: "goal", typed: "mục tiêu nông thôn mới đơn dương",
                path: "/goals/\(try id("SELECT id FROM goal WHERE territory_id = \(commune)", "goal"))", finder: chair,
                stranger: other),
            Kind(
                name: "title of a unit", typed: try title.text("decision_number"),
                path: "/unit-titles/\(try title.id("id"))", finder: other, stranger: nil),
            Kind(
                name: "criteria set", typed: try set.text("name_vi"), path: "/criteria/\(try set.id("id"))",
                finder: other, stranger: nil),
            Kind(
                name: "rules", typed: try rules.text("name_vi"), path: "/rules/\(try rules.id("id"))", finder: other,
                stranger: nil),
            Kind(
                name: "practice", typed: try practice.text("name"), path: "/practices/\(try practice.id("id"))",
                finder: other, stranger: nil),
        ]
    }

    @Test(arguments: TestEngine.all) func eachIsFoundByWhoMayReadItAndByNobodyElse(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, .demonstration, settings: SiteSettings(isDemonstration: true))
        let kinds = try await site.database.read { try Self.kinds($0) }
        #expect(Set(kinds.map(\.name)).count == 17)
        var browsers: [String: Browser] = [:]
        for name in Set(kinds.flatMap { [$0.finder, $0.stranger].compactMap { $0 } }) {
            let person = try await site.database.read {
                try $0.one("SELECT id FROM person WHERE name = \(name)").id("id")
            }
            browsers[name] = try await site.signIn(person)
        }
        for kind in kinds {
            // As it is written and without its marks.
            for typed in [kind.typed, VietnameseText.folded(kind.typed)] {
                let words = typed.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? typed
                let finder = try #require(browsers[kind.finder])
                let shown = try await finder.open("/search?q=\(words)").expectStatus(200)
                #expect(shown.links.contains(kind.path), "\(kind.name) by \(typed)")
                let json = try await finder.json("/search?q=\(words)").expectStatus(200)
                #expect(json.body.contains("\"\(kind.path)\""), "\(kind.name): \(json.body)")
                guard let stranger = kind.stranger.flatMap({ browsers[$0] }) else { continue }
                let nothing = try await stranger.open("/search?q=\(words)").expectStatus(200)
                #expect(!nothing.links.contains(kind.path), "\(kind.name) is shown to \(kind.stranger ?? "")")
            }
        }
    }
}
