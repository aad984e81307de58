import App
import Core
import Database
import Documents
import Foundation
import TestKit
import Testing

@testable import People

/// Journey 2: an office sets it up for real, from `kieumau init` to the first area that registers, with the frame its
/// criteria are derived from, the rules' calendar and the year's targets.
@Suite("Journey 2: an office sets it up", .databases) struct JourneyTwoTests {
    static let administrator = "Phạm Thu Vân"
    static let front = "Ủy ban MTTQ Việt Nam tỉnh Lâm Đồng"
    private static let committee = "Ủy ban nhân dân xã Đơn Dương"

    @Test(arguments: TestEngine.all) func fromAnEmptyDatabaseToTheFirstRegistration(on engine: TestEngine) async throws
    {
        let site = try await TestSite(engine, .product, clock: TestClock(try #require(Day(iso: "2026-03-02"))))
        let made = try await OfficeSetUp(
            administrator: Self.administrator, office: "Văn phòng Tỉnh ủy Lâm Đồng", territory: "tỉnh Lâm Đồng"
        ).carryOut(site.database, passwords: PeoplePasswords(cost: 4))
        let administrator = try await activate(site, made.code.text, setsStep: true)
        try await units(administrator)
        try await areas(administrator)
        try await organisations(administrator)
        try await people(administrator)
        // Whoever gave the office hands over its first slip; from then on the account is the chair's own.
        let chair = try await activate(site, slip(administrator, for: "Bùi Thị Mơ", typing: "mo"))
        try await frame(administrator, chair)
        try await criteria(administrator, chair)
        try await rules(administrator, chair)
        try await targets(site, chair)
        try await counted(chair, register(site, administrator))
        try await earlierTitles(chair)
        try await nothingOfTheDemonstration(site, administrator)
    }

    /// Types a slip's code and a password of one's own; an administrator then sets the second step up, because nothing
    /// else opens before.
    private func activate(_ site: TestSite, _ code: String, setsStep: Bool = false) async throws -> Browser {
        let browser = site.visitor()
        let password = "bảy từ không ai đoán ra nổi"
        let form = try await browser.open("/activation").expectStatus(200).form("/activation")
        let opened = try await browser.send(form.filled(["code": code, "password": password, "again": password]))
            .expectStatus(200)
        guard setsStep else { return browser }
        #expect(opened.path == "/account/second-step")
        for path in ["/", "/imports/new", "/people"] {
            #expect(try await browser.open(path).path == "/account/second-step", "\(path) opens too early")
        }
        let begun = try await browser.press("/beginning", on: opened).expectStatus(200)
        let confirmation = try begun.form("/confirmation")
        // The secret as it is typed into a telephone stands on the page, in base 32.
        let text = try #require(begun.text.firstMatch(of: /(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}/)).output
        let right = digits(Base32.bytes(String(text)), at: site.clock.now)
        let wrong = right == "000000" ? "000001" : "000000"
        try await browser.send(confirmation.filled(["code": wrong, "current": password])).expectStatus(422)
        let sheet = try await browser.send(confirmation.filled(["code": right, "current": password])).expectStatus(200)
        #expect(sheet.says("MÃ DỰ PHÒNG KHI MẤT ĐIỆN THOẠI"))
        let home = try await browser.open("/").expectStatus(200)
        for words in [
            "Thiết lập ban đầu", "Đưa đơn vị và khu dân cư vào", "Đưa tổ chức vào", "Đưa người và vai trò vào",
            "Ban hành bộ tiêu chí",
        ] { #expect(home.says(words), "\(words)") }
        for link in ["/imports/new", "/people/imports/new", "/criteria"] { #expect(home.links.contains(link)) }
        return browser
    }

    private func digits(_ secret: [UInt8], at now: Instant) -> String {
        let number = PeopleTOTP(secret: secret).code(step: PeopleTOTP.step(at: now))
        return String(String(1_000_000 + number).dropFirst())
    }

    private func slip(_ administrator: Browser, for name: String, typing q: String) async throws -> String {
        let list = try await administrator.open("/people?q=\(q)").expectStatus(200)
        #expect(list.says(name))
        let person = try #require(list.links.first { $0.hasPrefix("/people/") && $0.count > 40 })
        let page = try await administrator.open(person + "/slip").expectStatus(200)
        let made = try await administrator.press("/slip", on: page).expectStatus(200)
        return String(try #require(made.text.firstMatch(of: /[0-9A-Z]{5}-[0-9A-Z]{5}/)).output)
    }

    private func sheet(_ head: [String], _ rows: [[String]]) throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory.appending(path: "journey-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: path) }
        let writer = try SheetWriter(path: path.path)
        try writer.begin(sheet: "Danh sách", columns: head.map { SheetColumn($0) })
        for row in rows { try writer.append(row.map { .text($0) }) }
        try writer.finish()
        return Array(try Data(contentsOf: path))
    }

    private func csv(_ rows: [[String]]) -> [UInt8] {
        Array(rows.map { $0.map { "\"\($0)\"" }.joined(separator: ";") }.joined(separator: "\r\n").utf8)
    }

    private func upload(
        _ browser: Browser, _ subject: String, _ file: String, _ bytes: [UInt8], day: String = "01/07/2025"
    ) async throws -> Shown {
        let page = try await browser.open("/imports/new").expectStatus(200)
        return try await browser.send(
            page.form("/imports").filled(["subject": subject, "day": day, "coverage": "part"])
                .attaching("file", file: file, bytes)
        ).expectStatus(200)
    }

    private func confirm(_ browser: Browser, _ preview: Shown) async throws -> Shown {
        let done = try await browser.press("/confirmation", on: preview).expectStatus(200)
        #expect(done.says("Đã nhập xong."))
        return done
    }

    private func units(_ administrator: Browser) async throws {
        let head = ["STT", "Mã", "Tên đơn vị", "Cấp"]
        let bad = try await upload(
            administrator, "territories", "don-vi.xlsx",
            sheet(
                head,
                [
                    ["1", "24931", "Đơn Dương", "xã"], ["2", "24943", "Ka Đô", "xả xã"], ["3", "24955", "", "xã"],
                    ["4", "24931", "Quảng Lập", "xã"],
                ]))
        #expect(bad.says("3 ô cần sửa") && bad.says("Chưa có gì được nhập."))
        for (cell, words) in [
            ("dòng 3, cột D", "“xả xã” không phải tên cấp đơn vị"), ("dòng 4, cột C", "Ô tên đang trống"),
            ("dòng 5, cột B", "Mã 24931 đã có ở dòng 2 (Đơn Dương)"),
        ] { #expect(bad.says("Danh sách, \(cell) Phải sửa \(words)"), "\(cell)") }
        #expect(!bad.forms.contains { $0.action.hasSuffix("/confirmation") })
        try await expectUnits(administrator, none: true)
        let good = try sheet(
            head,
            [["1", "24931", "Đơn Dương", "xã"], ["2", "24943", "Ka Đô", "xã"], ["3", "24955", "Quảng Lập", "xã"]])
        let preview = try await upload(administrator, "territories", "don-vi.xlsx", good)
        #expect(preview.says("3 mới 0 thay đổi 0 giữ nguyên 0 kết thúc"))
        try await expectUnits(administrator, none: true)
        let done = try await confirm(administrator, preview)
        try await expectUnits(administrator, none: false)
        let undone = try await administrator.press("/reversal", on: done).expectStatus(200)
        #expect(undone.says("Đã hoàn tác: mọi thứ như trước khi nhập."))
        try await expectUnits(administrator, none: true)
        _ = try await confirm(administrator, upload(administrator, "territories", "don-vi.xlsx", good))
    }

    private func expectUnits(_ administrator: Browser, none: Bool) async throws {
        let found = try await administrator.open("/search?q=quang+lap").expectStatus(200)
        #expect(found.says("Xã Quảng Lập Tỉnh Lâm Đồng") == !none)
        #expect(found.says("0 kết quả") == none)
    }

    private func areas(_ administrator: Browser) async throws {
        let rows = [
            ["Xã", "Tên thôn", "Loại", "Số hộ", "Số người", "Vùng"],
            ["Đơn Dương", "Suối Mới", "thôn", "214", "858", "nông thôn"],
            ["Đơn Dương", "Đồi Mới", "thôn", "196", "812", "nông thôn"],
            ["Ka Đô", "Bờ Mới", "thôn", "230", "1.004", "nông thôn"],
        ]
        let preview = try await upload(administrator, "areas", "khu-dan-cu.csv", csv(rows))
        #expect(preview.says("Thôn Bờ Mới Mới thuộc xã Ka Đô; 230 hộ; 1.004 người; vùng nông thôn"))
        _ = try await confirm(administrator, preview)
        let list = try await administrator.open("/areas?q=suoi+moi").expectStatus(200)
        #expect(list.says("Thôn Suối Mới Xã Đơn Dương 214 858 nông thôn"))
    }

    private func organisations(_ administrator: Browser) async throws {
        let rows = [
            ["Tên tổ chức", "Loại", "Xã", "Thôn", "Trực thuộc", "Từ ngày", "Đến hết ngày"],
            [Self.front, "Mặt trận", "", "", "", "", ""],
            ["Ủy ban MTTQ Việt Nam xã Đơn Dương", "Mặt trận", "Đơn Dương", "", Self.front, "", ""],
            [Self.committee, "UBND", "Đơn Dương", "", "", "", ""],
            ["Ban Công tác Mặt trận thôn Suối Mới", "", "Đơn Dương", "Suối Mới", "", "", ""],
            ["Hội Nông dân xã Đơn Dương", "", "Đơn Dương", "", "", "01/07/2025", "31/12/2025"],
        ]
        let preview = try await upload(administrator, "organisations", "to-chuc.csv", csv(rows))
        #expect(preview.says("Hội Nông dân xã Đơn Dương Mới Hội Nông dân; thuộc xã Đơn Dương; đến hết 31/12/2025"))
        _ = try await confirm(administrator, preview)
    }

    private func uploadPeople(_ administrator: Browser, _ rows: [[String]]) async throws -> Shown {
        let head = ["Họ và tên", "Năm sinh", "Vai trò", "Tổ chức", "Xã", "Thôn", "Từ ngày"]
        let page = try await administrator.open("/people/imports/new").expectStatus(200)
        return try await administrator.send(
            page.form("/people/imports").attaching("file", file: "can-bo.xlsx", sheet(head, rows))
        ).expectStatus(200)
    }

    private func people(_ administrator: Browser) async throws {
        let chair = ["Bùi Thị Mơ", "1969", "Mặt trận tỉnh", Self.front, "", "", "01/01/2026"]
        let head = ["Lò Văn Tươi", "1970", "Trưởng thôn", Self.committee, "Đơn Dương", "Suối Mới", "01/01/2026"]
        let bad = try await uploadPeople(
            administrator,
            [
                chair, head, ["Lò Văn Tươi", "1970", "Bí thư chi bộ", Self.committee, "Đơn Dương", "", ""],
                ["Hà Văn Đợi", "1975", "Đoàn thể", "Hội Nông dân xã Đơn Dương", "Đơn Dương", "", "01/01/2026"],
            ])
        #expect(bad.says("2 ô cần sửa"))
        #expect(bad.says("Danh sách, dòng 4, cột B Phải sửa “Lò Văn Tươi” với năm sinh này đã có ở dòng 3."))
        #expect(bad.says("dòng 5, cột D Phải sửa Tổ chức “Hội Nông dân xã Đơn Dương” đã kết thúc từ 01/01/2026."))
        #expect(!bad.forms.contains { $0.action.hasSuffix("/confirmation") })
        #expect(try await !administrator.open("/people?q=tuoi").says("Lò Văn Tươi"))
        let preview = try await uploadPeople(administrator, [chair, head])
        #expect(preview.says("Nhập 2 dòng"))
        _ = try await confirm(administrator, preview)
    }

    private func criteria(_ administrator: Browser, _ chair: Browser) async throws {
        let form = try await administrator.open("/criteria/new").form("/criteria")
        // The demonstration's is the pattern of the office's own.
        let text = try Self.own("criteria.yaml")
        let broken = text.replacing("maximum: 100", with: "maximum: 99")
        let faulty = try await administrator.send(form.attaching("file", file: "bo.yaml", Array(broken.utf8)))
            .expectStatus(422)
        #expect(faulty.says("Phải sửa"))
        let draft = try await administrator.send(form.attaching("file", file: "bo.yaml", Array(text.utf8)))
            .expectStatus(200)
        #expect(draft.says("Bản thảo"))
        // The machine's owner keeps the criteria in order and does not decide them.
        try await administrator.open(draft.path + "/publication").expectStatus(403)
        // Who decides finds the draft among what waits for them, not by chance.
        #expect(try await chair.open("/").links.contains(draft.path))
        let ask = try await chair.open(draft.path + "/publication").expectStatus(200)
        #expect(ask.says("Ban hành rồi thì không sửa được nữa."))
        // What is in force has a number and a day; without them nothing is published.
        let bare = try await chair.press("/publication", on: ask).expectStatus(422)
        #expect(bare.error(beside: "number") != nil && bare.error(beside: "day") != nil)
        let published = try await chair.send(
            ask.form("/publication").filled(["number": "05/HD-MTTQ-BTT", "day": "27/02/2026", "past": "yes"])
        ).expectStatus(200)
        #expect(published.says("Đã ban hành bộ tiêu chí."))
        #expect(try await !chair.open("/").links.contains(draft.path))
        try await derived(chair, published)
        let steps = try await administrator.open("/").expectStatus(200)
        #expect(!steps.says("Thiết lập ban đầu"))
    }

    /// Answers the address of the dossier.
    private func register(_ site: TestSite, _ administrator: Browser) async throws -> String {
        let code = try await slip(administrator, for: "Lò Văn Tươi", typing: "tuoi")
        let head = try await activate(site, code)
        let home = try await head.open("/").expectStatus(200)
        #expect(home.path == "/" && home.says("Lò Văn Tươi"))
        let found = try await head.open("/areas").expectStatus(200)
        let area = try #require(found.links.first { $0.hasPrefix("/areas/") })
        #expect(found.says("Thôn Suối Mới") && !found.says("Thôn Bờ Mới"))
        let page = try await head.open(area + "/dossiers/new").expectStatus(200)
        let form = try page.form("/dossiers")
        // The higher title is not offered before the one below it is held, and not taken either.
        #expect(form.options("title") == ["outstanding"])
        let high = try await head.send(form.forged(["title": "model"])).expectStatus(422)
        #expect(high.error(beside: "title")?.contains("Khu dân cư tiêu biểu") == true)
        let done = try await head.send(form.filled(["title": "outstanding"])).expectStatus(200)
        #expect(done.says("Đã điền 0 trong 27 chỉ tiêu"))
        let list = try await administrator.open("/dossiers?year=2026").expectStatus(200)
        #expect(list.says("Thôn Suối Mới"))
        // The same slip opens nothing a second time.
        let thief = site.visitor()
        let again = try await thief.open("/activation").form("/activation").filled([
            "code": code, "password": "mật khẩu của kẻ khác", "again": "mật khẩu của kẻ khác",
        ])
        try await thief.send(again).expectStatus(422)
        return String(done.path.prefix { $0 != "?" }.split(separator: "/").prefix(2).map { "/\($0)" }.joined())
    }

    /// Thôn Đồi Mới won its title before there was a system: once it is in the register, the higher one is open to it.
    private func earlierTitles(_ chair: Browser) async throws {
        let home = try await chair.open("/").expectStatus(200)
        #expect(home.says("Ghi danh hiệu các khu dân cư đã có") && home.links.contains("/titles/imports/new"))
        let rows = [
            ["TT", "Xã", "Thôn", "Danh hiệu", "Số quyết định", "Ngày quyết định"],
            ["1", "Đơn Dương", "Đồi Mới", "Khu dân cư tiêu biểu", "31/QĐ-MTTQ", "18/11/2024"],
        ]
        let areas = try await chair.open("/areas?q=doi+moi").expectStatus(200)
        let area = try #require(areas.links.first { $0.hasPrefix("/areas/") && $0.count > 40 })
        let next = "Khu dân cư kiểu mẫu, cấp tỉnh"
        #expect(try await !chair.open(area + "/titles").expectStatus(200).says(next))
        let page = try await chair.open("/titles/imports/new").expectStatus(200)
        let preview = try await chair.send(
            page.form("/titles/imports").attaching("file", file: "danh-hieu.csv", csv(rows))
        ).expectStatus(200)
        #expect(preview.says("1 danh hiệu mới"))
        _ = try await confirm(chair, preview)
        let after = try await chair.open(area + "/titles").expectStatus(200)
        #expect(after.says("ghi từ quyết định trước khi dùng hệ thống") && after.says(next))
    }
}
