import Core
import Foundation
import Hummingbird
import TestKit
import Testing

@Suite("Portal: what everybody sees", .databases) struct PortalStoryTests {
    @Test(arguments: TestEngine.all) func beforeTheSignedPaperThereIsNoPlate(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await PortalScene.begin(site.database)
        let visitor = site.visitor()

        let area = try await visitor.open("/portal/areas/\(Place.thongXanh.id)").expectStatus(200)
        // It still holds the lower title; of the running dossier only that there is one.
        #expect(area.says("Khu dân cư tiêu biểu, cấp huyện"))
        #expect(area.says("Đang đăng ký Khu dân cư kiểu mẫu năm 2026"))
        #expect(!area.says("98,6") && !area.says("điểm, ") && !area.says("46/QĐ"))

        let late = try await visitor.open("/portal/areas/\(Place.suoiMay.id)").expectStatus(200)
        #expect(!late.says("uá hạn") && !late.says("đăng ký"), "lateness of an area is nobody's business (rule 11)")
        #expect(late.says("Hiện chưa giữ danh hiệu nào"))

        try await visitor.open("/portal/decisions/\(begun.decision)").expectStatus(404)
        try await visitor.json("/portal/decisions/\(begun.decision)").expectStatus(404)
    }

    @Test(arguments: TestEngine.all) func theSignedPaperPutsUpThePlate(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await PortalScene.begin(site.database)
        try await PortalScene.issue(begun, site.database)
        let visitor = site.visitor()

        let area = try await visitor.open("/portal/areas/\(Place.thongXanh.id)").expectStatus(200)
        #expect(area.first("h1") == "Thôn Thông Xanh (minh họa)")
        #expect(area.says("Khu dân cư kiểu mẫu, cấp tỉnh"))
        #expect(area.says("Được công nhận ngày 10/11/2026"))
        #expect(area.says("Giữ danh hiệu đến hết ngày 09/11/2029"))
        #expect(area.says("Lần xem lại tới: 10/11/2027"))
        #expect(area.says("Khu dân cư tự chấm 100 trên 100 điểm"))
        #expect(area.says("dưới 5 hộ") && !area.says("3 hộ"), "rule 4")
        #expect(area.says("không nêu số") && !area.says("85,7"))
        #expect(area.says("98,6 %"))
        #expect(area.says("lên danh hiệu cao hơn"), "the title before stands in the history")
        #expect(!area.says("ông Bảy"), "notes are the area's own")

        let decision = try await visitor.open("/portal/decisions/\(begun.decision)").expectStatus(200)
        #expect(decision.says("46/QĐ-MTTQ-BTT") && decision.says("Chủ tịch") && decision.says("Thôn Thông Xanh"))
        #expect(!decision.says("Người Ký Giả"), "the office signs, the name stands on the paper")

        let json = try await visitor.json("/portal/areas/\(Place.thongXanh.id)").expectStatus(200)
        #expect(json.body.contains("underFive") && !json.body.contains("85700") && !json.body.contains("3000"))
    }

    @Test(arguments: TestEngine.all) func noPageNamesAPerson(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await PortalScene.begin(site.database)
        try await PortalScene.issue(begun, site.database)
        let visitor = site.visitor()
        let paths = [
            "/portal", "/portal/areas", "/portal/areas/\(Place.thongXanh.id)", "/portal/areas/\(Place.suoiMay.id)",
            "/portal/criteria", "/portal/criteria/KDC-CONG", "/portal/decisions", "/portal/decisions/\(begun.decision)",
            "/portal/about",
        ]
        for path in paths {
            let page = try await visitor.open(path).expectStatus(200)
            let answer = try await visitor.json(path).expectStatus(200)
            for member in Member.allCases {
                #expect(
                    !page.body.contains(member.name) && !answer.body.contains(member.name), "\(path): \(member.name)")
            }
            #expect(!answer.body.contains("Người Ký Giả"))
        }
    }

    @Test(arguments: TestEngine.all) func theStateOfPlayOpensItsRows(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await PortalScene.begin(site.database)
        try await PortalScene.issue(begun, site.database)
        let visitor = site.visitor()

        let home = try await visitor.open("/").expectStatus(200)
        #expect(home.path == "/portal")
        #expect(home.says("1 Khu dân cư kiểu mẫu trong 4 khu dân cư: 1 cấp tỉnh"))
        #expect(home.says("1 Khu dân cư tiêu biểu trong 4 khu dân cư: 1 cấp huyện"), "an area counts once")
        #expect(home.says("Quyết định số 46/QĐ-MTTQ-BTT"))
        let rows = try await visitor.open("/portal/areas?title=model").expectStatus(200)
        #expect(rows.says("Thông Xanh") && !rows.says("Suối Thông B1"))
        let without = try await visitor.open("/portal/areas?title=none").expectStatus(200)
        #expect(without.says("Suối Mây") && without.says("Ta Ly 1") && !without.says("Thôn Thông Xanh"))
        let district = try await visitor.open("/portal/areas?level=district").expectStatus(200)
        #expect(district.says("Suối Thông B1") && !district.says("Thôn Thông Xanh"))
    }

    @Test(arguments: TestEngine.all) func areasAreFoundWithoutMarks(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        _ = try await PortalScene.begin(site.database)
        let visitor = site.visitor()
        for typed in ["thong%20xanh", "Th%C3%B4ng+Xanh", "xanh%20don%20duong", "THONG"] {
            let found = try await visitor.open("/portal/areas?q=\(typed)").expectStatus(200)
            #expect(found.says("Thôn Thông Xanh (minh họa)"), "\(typed)")
            #expect(!found.says("Ta Ly 1"))
        }
        let commune = try await visitor.open("/portal/areas?commune=\(Place.kaDo.id)").expectStatus(200)
        #expect(commune.says("Thôn Ta Ly 1") && !commune.says("Thôn Thông Xanh"))
        let nothing = try await visitor.open("/portal/areas?q=khong%20co%20dau").expectStatus(200)
        #expect(nothing.says("Không tìm thấy khu dân cư nào"))
        let odd = try await visitor.open("/portal/areas?q=%25_'%22&title=%27%20OR%201").expectStatus(200)
        #expect(odd.says("Không tìm thấy khu dân cư nào"))
        try await visitor.open("/portal/areas/\(Place.donDuong.id)").expectStatus(404)
        try await visitor.open("/portal/areas/not-an-id").expectStatus(404)
    }

    @Test(arguments: TestEngine.all) func thePublishedSetIsExplained(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        _ = try await PortalScene.begin(site.database)
        let visitor = site.visitor()
        let list = try await visitor.open("/portal/criteria").expectStatus(200)
        #expect(list.says("Bộ tiêu chí thử") && list.says("2 nhóm, 4 chỉ tiêu"))
        let set = try await visitor.open("/portal/criteria/KDC-CONG").expectStatus(200)
        #expect(set.says("Khu dân cư kiểu mẫu: từ 95 % trở lên."))
        #expect(set.says("từ 2 hộ trở lên"), "a threshold is a rule and no count of people")
        #expect(set.says("bắt buộc") && set.says("Không áp dụng khi"))
        try await visitor.open("/portal/criteria/KDC-CONG?version=1").expectStatus(200)
        try await visitor.open("/portal/criteria/KDC-CONG?version=2").expectStatus(404)
        try await visitor.open("/portal/criteria/NOPE").expectStatus(404)
    }

    @Test(arguments: TestEngine.all) func aPageThatDidNotChangeIsNotSentAgain(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        _ = try await PortalScene.begin(site.database)
        let first = try await site.visitor().open("/portal/areas").expectStatus(200)
        let tag = try #require(first.headers[.eTag])
        #expect(first.headers[.cacheControl] == "no-cache")
        let again = try await site.visitor().request(.get, "/portal/areas", headers: [.ifNoneMatch: tag])
        #expect(again.status == 304 && again.bytes.isEmpty)
        // Whoever is signed in sees a bar of their own, which nobody else may get.
        let signedIn = try await site.signIn(.kaHuong).open("/portal/areas").expectStatus(200)
        #expect(signedIn.headers[.cacheControl] == "no-store" && signedIn.headers[.eTag] == nil)
    }

    @Test func robotsMayLookAtThePublicPartOnly() async throws {
        let robots = try await TestSite(.sqlite, .product).visitor().request(.get, "/robots.txt")
        #expect(robots.status == 200 && robots.headers[.contentType]?.hasPrefix("text/plain") == true)
        #expect(robots.body.contains("Allow: /portal") && robots.body.hasSuffix("Disallow: /\n"))
    }

    /// A print says where it came from and leads back to it.
    @Test(arguments: TestEngine.all) func aPrintOfAPublicPageLeadsBackToIt(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await PortalScene.begin(site.database)
        try await PortalScene.issue(begun, site.database)
        for path in [
            "/portal/areas/\(Place.thongXanh.id)", "/portal/areas/\(Place.suoiMay.id)",
            "/portal/decisions/\(begun.decision)", "/portal/practices",
        ] {
            let page = try await site.visitor().open(path).expectStatus(200)
            #expect(page.body.contains("<aside class=\"trace\">") && page.says("Bản in lúc"), "\(path)")
            #expect(page.body.contains("aria-label=\"Mã QR về hồ sơ gốc\""), "\(path)")
        }
    }

    @Test(arguments: TestEngine.all) func theRegisterIsOpenData(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await PortalScene.begin(site.database)
        try await PortalScene.issue(begun, site.database)
        let file = try await site.visitor().request(.get, "/portal/areas.csv")
        #expect(file.status == 200 && file.headers[.contentType] == "text/csv; charset=utf-8")
        let lines = file.body.split(separator: "\r\n")
        #expect(lines.count == 5)
        #expect(
            lines.contains {
                $0.contains("Thông Xanh") && $0.contains("model,Khu dân cư kiểu mẫu,province,2026-11-10,2029-11-09")
            })
    }

    @Test(arguments: TestEngine.all) func anEmptyInstallationTeaches(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, .product)
        let visitor = site.visitor()
        for path in ["/portal", "/portal/areas", "/portal/criteria", "/portal/decisions", "/portal/about"] {
            try await visitor.open(path).expectStatus(200)
        }
        #expect(try await visitor.open("/portal").says("Chưa có khu dân cư nào được công nhận"))
    }
}
