import Core
import Database
import Documents
import Foundation
import TestKit
import Testing

@testable import Recognition

/// Titles that areas hold from before the system, brought in by the deciding body: file and form, over HTTP.
@Suite("Titles held before: import, form, undo", .databases) struct RecognitionEarlierStoryTests {
    private static let head = [
        "STT", "Khu dân cư", "Xã", "Danh hiệu", "Cơ quan quyết định", "Số, ngày quyết định", "Đến hết ngày", "Ghi chú",
    ]
    private static let thongXanh = [
        "1", "Thông Xanh (minh họa)", "Đơn Dương", "Khu dân cư tiêu biểu", "", "12/QĐ-MTTQ-BTT ngày 20/11/2024", "", "",
    ]
    private static let suoiThong = [
        "2", "Suối Thông B1", "Đơn Dương", "kiểu mẫu", "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Lâm Đồng",
        "12/QĐ-MTTQ-BTT ngày 20/11/2024", "19/11/2029", "Theo sổ của huyện",
    ]
    private static let taLy = [
        "3", "Ta Ly 1", "Ka Đô", "Tiêu biểu", "", "7/QĐ-MTTQ-BTT ngày 18/11/2022", "31/12/2025", "",
    ]

    private func csv(_ rows: [[String]]) -> [UInt8] {
        Array(([Self.head] + rows).map { $0.map { "\"\($0)\"" }.joined(separator: ";") }.joined(separator: "\r\n").utf8)
    }

    private func xlsx(_ rows: [[String]]) throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory.appending(path: "titles-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: path) }
        let writer = try SheetWriter(path: path.path)
        try writer.begin(sheet: "Danh hiệu", columns: Self.head.map { SheetColumn($0) })
        for row in rows { try writer.append(row.map { .text($0) }) }
        try writer.finish()
        return Array(try Data(contentsOf: path))
    }

    private func upload(_ browser: Browser, _ name: String, _ bytes: [UInt8]) async throws -> Shown {
        let page = try await browser.open("/titles/imports/new").expectStatus(200)
        return try await browser.send(page.form("/titles/imports").attaching("file", file: name, bytes))
            .expectStatus(200)
    }

    private struct Portal: Decodable {
        struct Count: Decodable {
            let title: String
            let level: String
            let count: Int
        }
        let titles: [Count]
    }

    /// What the public page counts: "model province 1".
    private func counted(_ site: TestSite) async throws -> [String] {
        try await site.visitor().json("/portal").json(Portal.self).titles.map { "\($0.title) \($0.level) \($0.count)" }
    }

    @Test(arguments: TestEngine.all) func aFileIsLookedAtCarriedOutAndTakenBack(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await Scene.begin(site.database, holding: false)
        let hanh = try await site.signIn(.doThiHanh)
        let home = try await hanh.open("/").expectStatus(200)
        #expect(home.says("Ghi danh hiệu các khu dân cư đã có"))
        let empty = try await hanh.open("/titles/held").expectStatus(200)
        #expect(empty.links.contains("/titles/imports/new") && empty.links.contains("/titles/earlier/new"))
        #expect(try await counted(site) == [])

        let bad = try await upload(
            hanh, "danh-hieu.xlsx",
            xlsx([
                Self.thongXanh,
                ["2", "Suối Thông B", "Đơn Dương", "văn hóa", "UBND xã Đơn", "/ ngày 20/11/2027", "", ""], Self.taLy,
            ]))
        for words in [
            "Danh hiệu, dòng 3, cột B Phải sửa Không thấy khu dân cư “Suối Thông B”. Có phải “Suối Thông B1”?",
            "Danh hiệu, dòng 3, cột D Phải sửa “văn hóa” không phải danh hiệu của bộ tiêu chí. Ghi một trong: Khu dân cư tiêu biểu, Khu dân cư kiểu mẫu.",
            "Danh hiệu, dòng 3, cột E Phải sửa", "Danh hiệu, dòng 3, cột F Phải sửa Ngày 20/11/2027 chưa đến.",
        ] { #expect(bad.says(words), "\(words)") }
        #expect(!bad.forms.contains { $0.action.hasSuffix("/confirmation") })
        #expect(try await counted(site) == [], "one fault, and nothing is brought in")

        let good = try xlsx([Self.thongXanh, Self.suoiThong, Self.taLy])
        let preview = try await upload(hanh, "danh-hieu.xlsx", good)
        #expect(preview.says("3 danh hiệu mới") && preview.says("Nhập 3 danh hiệu"))
        #expect(preview.says("Quyết định số 12/QĐ-MTTQ-BTT ngày 20/11/2024"))
        let done = try await hanh.press("/confirmation", on: preview).expectStatus(200)
        #expect(done.says("Đã nhập xong."))
        try await site.runJobs()

        #expect(try await counted(site) == ["model province 1", "outstanding province 1"], "one term is over")
        let register = try await hanh.open("/titles/held").expectStatus(200)
        #expect(register.says("Thông Xanh") && register.says("ghi từ quyết định trước khi dùng hệ thống"))
        #expect(!register.says("Ta Ly 1"))
        #expect(try await hanh.open("/titles/held?show=past").expectStatus(200).says("Ta Ly 1"))
        let portal = try await site.visitor().open("/portal/areas/\(Place.suoiThong.id)").expectStatus(200)
        #expect(portal.says("Ghi từ quyết định trước khi dùng hệ thống."))
        let titles = try await hanh.open("/areas/\(Place.suoiThong.id)/titles").expectStatus(200)
        #expect(titles.says("Theo sổ của huyện"))
        let decisions = try await site.database.read {
            try $0.one("SELECT count(*) AS n FROM decision WHERE origin = 'register'").integer("n")
        }
        #expect(decisions == 3, "a number with two titles stands once for each")
        #expect(try await !hanh.open("/").says("Ghi danh hiệu các khu dân cư đã có"))

        let same = try await upload(hanh, "danh-hieu.csv", csv([Self.thongXanh, Self.suoiThong, Self.taLy]))
        #expect(same.says("Tệp này không thay đổi gì."))
        let undone = try await hanh.press("/reversal", on: hanh.open(done.path)).expectStatus(200)
        #expect(undone.says("Đã hoàn tác: mọi thứ như trước khi nhập."))
        #expect(try await counted(site) == [])
        let left = try await site.database.read {
            try $0.one(
                """
                SELECT (SELECT count(*) FROM title_grant) + (SELECT count(*) FROM title_event)
                    + (SELECT count(*) FROM decision)
                    + (SELECT count(*) FROM search_word WHERE subject_kind = 'decision') AS n
                """
            ).integer("n")
        }
        #expect(left == 0)
        #expect(try await site.acts().contains("titleImport.undo"))
    }

    @Test(arguments: TestEngine.all) func whatRestsOnATitleKeepsItsImport(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await Scene.begin(site.database, holding: false)
        let hanh = try await site.signIn(.doThiHanh)
        let preview = try await upload(hanh, "danh-hieu.csv", csv([Self.thongXanh]))
        let done = try await hanh.press("/confirmation", on: preview).expectStatus(200)
        // The title opens the way to the higher one.
        let yaThuong = try await site.signIn(.yaThuong)
        let page = try await yaThuong.open("/areas/\(Place.thongXanh.id)/dossiers/new").expectStatus(200)
        #expect(try page.form("/dossiers").options("title").contains("model"))
        site.clock.advance(by: .seconds(60))
        let registered = try await yaThuong.send(page.form("/dossiers").filled(["title": "model"])).expectStatus(200)
        #expect(registered.path.hasPrefix("/dossiers/"))
        let refused = try await hanh.press("/reversal", on: hanh.open(done.path)).expectStatus(409)
        #expect(refused.says("1 hồ sơ đã đăng ký sau khi nhập"))
        #expect(try await counted(site) == ["outstanding province 1"])
        // The area itself, and whoever decides nothing there, enters no titles.
        for path in ["/titles/imports", "/titles/imports/new", "/titles/earlier/new", done.path] {
            try await yaThuong.open(path).expectStatus(403)
        }
        let other = try await site.signIn(.maiSuongDem)
        #expect([403, 404].contains(try await other.open(done.path).status))
    }

    @Test(arguments: TestEngine.all) func oneTitleIsEnteredByAForm(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await Scene.begin(site.database, holding: false)
        let hanh = try await site.signIn(.doThiHanh)
        let area = try await hanh.open("/areas/\(Place.thongXanh.id)/titles").expectStatus(200)
        let link = try #require(area.links.first { $0.hasPrefix("/titles/earlier/new?area=") })
        let page = try await hanh.open(link).expectStatus(200)
        let form = try page.form("/titles/earlier")
        let faulty = try await hanh.send(
            form.filled([
                "area": "Thông Xanh nào đó", "body": "Hội cờ tướng", "number": "", "day": "11/11/2026",
                "until": "1/1/2020",
            ])
        ).expectStatus(422)
        for field in ["area", "title", "body", "number", "day"] {
            #expect(faulty.error(beside: field) != nil, "\(field) is said with the others")
        }
        let back = try await hanh.send(
            form.filled(["title": "model", "number": "9/QĐ-MTTQ", "day": "20/11/2024", "until": "19/11/2024"])
        ).expectStatus(422)
        #expect(back.error(beside: "until")?.contains("đứng trước ngày quyết định 20/11/2024") == true)

        let done = try await hanh.send(
            form.filled(["title": "model", "number": "9/QĐ-MTTQ", "day": "20/11/2024"])
        ).expectStatus(200)
        #expect(done.says("Đã ghi vào sổ danh hiệu") && done.says("không ghi thời hạn"))
        #expect(!done.text.lowercased().contains("tệp"), "there was no file")
        #expect(try await counted(site) == ["model province 1"])
        let twice = try await hanh.send(form.filled(["title": "model", "number": "9/QĐ-MTTQ", "day": "20/11/2024"]))
            .expectStatus(422)
        #expect(twice.error(beside: "number")?.contains("đã có trong sổ") == true)
        let second = try await hanh.send(form.filled(["title": "model", "number": "10/QĐ-MTTQ", "day": "20/11/2025"]))
            .expectStatus(422)
        #expect(second.error(beside: "title")?.contains("còn hiệu lực") == true)

        // The lower title of two years before comes in late: the higher one has long taken its place.
        let late = try await hanh.send(
            form.filled(["title": "outstanding", "number": "3/QĐ-MTTQ", "day": "20/11/2022"])
        )
        .expectStatus(200)
        #expect(try await counted(site) == ["model province 1"])
        let past = try await hanh.open("/titles/held?show=past").expectStatus(200)
        #expect(past.says("Khu dân cư tiêu biểu") && past.says("20/11/2024"))
        _ = try await hanh.press("/reversal", on: late).expectStatus(200)
        let undone = try await hanh.press("/reversal", on: hanh.open(done.path)).expectStatus(200)
        #expect(undone.says("Đã hoàn tác"))
        #expect(try await counted(site) == [])
        // What an earlier title ended holds again once that one is taken back.
        let fresh = try await hanh.open(link).form("/titles/earlier")
        _ = try await hanh.send(fresh.filled(["title": "outstanding", "number": "3/QĐ-MTTQ", "day": "20/11/2022"]))
            .expectStatus(200)
        let raised = try await hanh.send(
            hanh.open(link).form("/titles/earlier").filled([
                "title": "model", "number": "9/QĐ-MTTQ", "day": "20/11/2024",
            ])
        )
        .expectStatus(200)
        #expect(try await counted(site) == ["model province 1"])
        _ = try await hanh.press("/reversal", on: raised).expectStatus(200)
        #expect(try await counted(site) == ["outstanding province 1"])
    }

    @Test(arguments: TestEngine.all) func withoutCriteriaNoTitleHasAName(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let hanh = try await site.signIn(.doThiHanh)
        for path in ["/titles/imports/new", "/titles/earlier/new"] {
            let page = try await hanh.open(path).expectStatus(200)
            #expect(page.says("Chưa có bộ tiêu chí nào được ban hành."))
        }
        let told = try await hanh.json(
            "/titles/earlier",
            sending: """
                {"base": "\(Place.lamDong.id)", "area": "Ta Ly 1", "title": "model", "number": "1", "day": "2024-01-02"}
                """
        ).expectStatus(422)
        #expect(told.says("Ban hành trước"))
    }
}
