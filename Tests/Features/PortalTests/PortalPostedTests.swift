import Core
import Database
import TestKit
import Testing

@testable import Portal

@Suite("Portal: what is posted, and what stays closed", .databases) struct PortalPostedTests {
    @Test(arguments: TestEngine.all) func aPostingStandsWhileItHangs(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        _ = try await PortalScene.begin(site.database)
        let (from, last) = (try #require(Day(iso: "2026-11-05")), try #require(Day(iso: "2026-11-14")))
        let dossier = try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try tx.one("SELECT id FROM dossier WHERE territory_id = \(Place.suoiMay.id)").id("id")
                try tx.execute("UPDATE dossier SET state = 'posted' WHERE id = \(id)")
                try tx.execute(
                    """
                    INSERT INTO posting (id, dossier_id, posted_from, posted_last, at, households, revision)
                    VALUES (\(tx.ids.next()), \(id), \(from), \(last), \(from.start), 100, 1)
                    """)
                return id
            })
        func seen(_ path: String, on day: String) async throws -> Bool {
            site.clock.move(to: try #require(Day(iso: day)))
            return try await site.visitor().open(path).expectStatus(200).links.contains("/posted/\(dossier)")
        }
        for path in ["/portal", "/portal/areas/\(Place.suoiMay.id)"] {
            #expect(try await !seen(path, on: "2026-11-04"), "not before it hangs: \(path)")
            #expect(try await seen(path, on: "2026-11-05"), "\(path)")
            #expect(try await seen(path, on: "2026-11-14"), "\(path)")
            #expect(try await !seen(path, on: "2026-11-15"), "nor after: \(path)")
        }
        #expect(try await !seen("/portal/areas/\(Place.thongXanh.id)", on: "2026-11-10"), "another area's page")
        let home = try await site.visitor().open("/portal")
        #expect(home.says("Đang niêm yết lấy ý kiến") && home.says("đến hết 14/11/2026"))
    }

    @Test(arguments: TestEngine.all) func closedEvidenceIsAKindAndANumber(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await PortalScene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            let id = try tx.one("SELECT id FROM dossier WHERE territory_id = \(Place.thongXanh.id)").id("id")
            for lines in [36, 4] {
                let piece = tx.ids.next()
                try tx.execute(
                    """
                    INSERT INTO evidence (id, piece_id, version, dossier_id, kind, side, address, file_kind, file_name,
                        bytes, line_count, note, at)
                    VALUES (\(piece), \(piece), 1, \(id), 'document', 'self', \(String(repeating: "b", count: 64)),
                        'xlsx', 'ho-ngheo.xlsx', 10, \(lines), 'Hộ bà Tám', \(tx.now))
                    """)
            }
            return Receipt()
        }
        let path = "/portal/areas/\(Place.thongXanh.id)"
        #expect(try await !site.visitor().open(path).says("36 dòng"), "nothing of a dossier without a signed decision")
        try await PortalScene.issue(begun, site.database)
        let page = try await site.visitor().open(path).expectStatus(200)
        #expect(page.says("danh sách, 36 dòng, 1 tài liệu"))
        let answer = try await site.visitor().json(path).expectStatus(200)
        for body in [page.body, answer.body] {
            #expect(!body.contains("ho-ngheo") && !body.contains("bà Tám") && !body.contains("bbbb"))
            #expect(!body.contains("4 dòng") && !body.contains("\"lines\":4"), "a short list points to a few families")
        }
    }
}
