import App
import Core
import Database
import TestKit
import Testing
@testable import People

/// Journey 2 as far as it is the office itself: `kieumau init`, the administrator, people and roles from a file.
@Suite("People: an office sets it up", .databases) struct PeopleOfficeStoryTests {
    private func setUp() throws -> OfficeSetUp {
        try OfficeSetUp(
            administrator: "Ngô Tấn Phát", office: "Văn phòng Đảng ủy xã Đồng Thông", territory: "tỉnh Lâm Đồng")
    }

    @Test(arguments: TestEngine.all)
    func anEmptyDatabaseBecomesAnOffice(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, .product)
        let made = try await setUp().carryOut(site.database, passwords: PeoplePasswords(cost: 4))
        #expect(made.signInName == "ngotanphat")
        let browser = site.visitor()
        let password = "bảy từ không ai đoán"
        let activation = try await browser.open("/activation").expectStatus(200)
        let first = try await browser.send(
            activation.form("/activation").filled(["code": made.code.text, "password": password, "again": password])
        ).expectStatus(200)
        #expect(first.path == "/account/second-step", "an administrator sets the second step up first")
        let begun = try await browser.press("/beginning", on: first).expectStatus(200)
        let row = try await site.database.read { try $0.one("SELECT person_id, secret FROM totp") }
        let secret = try #require(TestSite.seal.opened(row.bytes("secret"), of: row.id("person_id")))
        let number = PeopleTOTP(secret: secret).code(step: PeopleTOTP.step(at: site.clock.now))
        let digits = String(String(1_000_000 + number).dropFirst())
        let sheet = try await browser.send(
            begun.form("/confirmation").filled(["code": digits, "current": password])
        ).expectStatus(200)
        #expect(sheet.says("MÃ DỰ PHÒNG KHI MẤT ĐIỆN THOẠI"))
        let home = try await browser.open("/").expectStatus(200)
        for words in [
            "Thiết lập ban đầu", "Đưa đơn vị và khu dân cư vào", "Đưa tổ chức vào", "Đưa người và vai trò vào",
            "Ban hành bộ tiêu chí",
        ] { #expect(home.says(words), "\(words)") }
        for link in ["/imports/new", "/people/imports/new", "/criteria"] {
            #expect(home.links.contains(link))
            try await browser.open(link).expectStatus(200)
        }
        #expect(!home.says("minh họa"))
        // The code counts once.
        let thief = site.visitor()
        let again = try await thief.open("/activation").form("/activation").filled([
            "code": made.code.text, "password": password, "again": password,
        ])
        #expect(try await thief.send(again).status == 422)
    }

    @Test(arguments: TestEngine.all)
    func whatIsThereAlreadyIsNotTouched(on engine: TestEngine) async throws {
        let used = try await TestSite(engine)
        await #expect(throws: OfficeSetUp.Fault.self) { try await setUp().carryOut(used.database) }
        let twice = try await TestSite(engine, .product)
        _ = try await setUp().carryOut(twice.database, passwords: PeoplePasswords(cost: 4))
        await #expect(throws: OfficeSetUp.Fault.used(people: 1, territories: 2)) {
            try await setUp().carryOut(twice.database)
        }
        let demonstration = try await TestSite(engine, .product)
        try await demonstration.database.unattended(.seed) { tx in
            try tx.execute("INSERT INTO installation (name, value) VALUES ('demonstration', 'yes')")
            return Receipt()
        }
        await #expect(throws: OfficeSetUp.Fault.demonstration) { try await setUp().carryOut(demonstration.database) }
        let people = try await demonstration.database.read {
            try $0.one("SELECT count(*) AS n FROM person").integer("n")
        }
        #expect(people == 0)
    }

    @Test func whatIsTypedIsLookedAtFirst() {
        func fault(
            _ name: String = "Ngô Tấn Phát", _ office: String = "VP", _ place: String = "xã D'Ran",
            _ signIn: String? = nil
        )
            -> OfficeSetUp.Fault?
        {
            do {
                _ = try OfficeSetUp(administrator: name, office: office, territory: place, signIn: signIn)
                return nil
            } catch { return error }
        }
        #expect(fault() == nil)
        #expect(fault(" ") == .administrator)
        #expect(fault("12345") == .administrator, "digits are nobody's name")
        #expect(fault("Ngô Tấn Phát", "") == .office)
        #expect(fault("Ngô Tấn Phát", "…") == .office)
        for place in ["Lâm Đồng", "tỉnh", "", "làng Vũ Đại"] {
            #expect(fault("Ngô Tấn Phát", "VP", place) == .territory(place))
        }
        #expect(fault("Ngô Tấn Phát", "VP", "Thành phố Đà Nẵng") == nil)
        #expect(fault("Ngô Tấn Phát", "VP", "xã D'Ran", "x") == .signIn("x"))
        let all = fault("", "", "Lâm Đồng", "x")
        #expect(all == .several([.administrator, .office, .territory("Lâm Đồng"), .signIn("x")]))
        #expect(all?.description.split(separator: "\n").count == 4, "all at once, a line each")
    }

    private static let head = "Họ và tên,Năm sinh,Vai trò,Tổ chức,Xã,Thôn,Từ ngày,Đến ngày\n"

    private func upload(_ browser: Browser, _ text: String) async throws -> Shown {
        let page = try await browser.open("/people/imports/new").expectStatus(200)
        return try await browser.send(
            page.form("/people/imports").attaching("file", file: "can-bo.csv", Array((Self.head + text).utf8)))
    }

    @Test(arguments: TestEngine.all)
    func peopleAreMendedImportedTakenBackAndImportedAgain(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let administrator = try await site.signIn(.ngoTanPhat)
        let front = "Ủy ban MTTQ Việt Nam xã Đơn Dương"
        let faulty = try await upload(
            administrator,
            """
            Lò Văn Tươi,1970,Trưởng thôn,\(front),Đơn Dương,Suối Thông B1,01/07/2026,01/06/2026
            Lò Văn Tươi,1970,Vua,\(front),Đơn Dương,Suối Thông B1,,
            Trần Văn Mới,1980,Bí thư chi bộ,Chi bộ không có,Đơn Dương,,,

            """
        ).expectStatus(200)
        #expect(faulty.says("can-bo.csv, dòng 2, cột H"))
        #expect(faulty.says("Ngày cuối đứng trước ngày bắt đầu"))
        #expect(faulty.says("“Vua” không phải vai trò đã biết"))
        #expect(faulty.says("Không thấy tổ chức “Chi bộ không có”"))
        #expect(faulty.says("đã có ở dòng 2"))
        #expect(!faulty.forms.contains { $0.action.hasSuffix("/confirmation") })

        let good = """
            Lò Văn Tươi,1970,Trưởng thôn,\(front),Đơn Dương,thôn Suối Thông B1,01/07/2026,
            Trần Văn Mới,1980,công chức văn hóa - xã hội,Ủy ban nhân dân xã Đơn Dương,xã Đơn Dương,,01/07/2026,31/12/2028

            """
        let preview = try await upload(administrator, good).expectStatus(200)
        #expect(preview.says("Nhập 2 dòng"))
        #expect(!(try await administrator.open("/people?q=tuoi")).says("Lò Văn Tươi"))
        let done = try await administrator.press("/confirmation", on: preview).expectStatus(200)
        #expect(done.says("Đã nhập xong."))
        #expect(try await administrator.open("/people?q=tuoi").says("Lò Văn Tươi"))
        #expect(try await upload(administrator, good).says("Tệp này không thay đổi gì."))

        let undone = try await administrator.press("/reversal", on: done).expectStatus(200)
        #expect(undone.says("Đã hoàn tác"))
        #expect(!(try await administrator.open("/people?q=tuoi")).says("Lò Văn Tươi"))
        let again = try await upload(administrator, good).expectStatus(200)
        let final = try await administrator.press("/confirmation", on: again).expectStatus(200)
        // Somebody got a slip: now it stays.
        let list = try await administrator.open("/people?q=tuoi")
        let person = try #require(list.links.first { $0.hasPrefix("/people/") && $0.count > 40 })
        let slip = try await administrator.open(person + "/slip").expectStatus(200)
        try await administrator.press("/slip", on: slip).expectStatus(200)
        let refused = try await administrator.press("/reversal", on: final)
        #expect(refused.status == 409)
        #expect(refused.says("1 người đã nhận phiếu kích hoạt"))
    }

    @Test(arguments: TestEngine.all)
    func whoMayNotImportIsToldSo(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await site.signIn(.kaHuong).open("/people/imports").expectStatus(403)
        let administrator = try await site.signIn(.ngoTanPhat)
        let page = try await administrator.open("/people/imports/new")
        let sent = try await administrator.send(
            page.form("/people/imports").attaching("file", file: "a.csv", Array("Tên,Tuổi\na,b\n".utf8)))
        #expect(sent.status == 422)
        #expect(sent.error(beside: "file")?.contains("Vai trò") == true)
    }
}
