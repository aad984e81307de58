import Core
import Documents
import TestKit
import Testing

@testable import Organisation

/// Journey 2 as far as it is imports, through the pages as a person uses them.
@Suite(.databases) struct ImportStoryTests {
    private static let head = ["Xã", "Tên thôn", "Loại", "Số hộ"]

    private static let bad = OrganisationFixture.csv([
        head, ["Ka Đô", "Suối Mới", "thôn", "hai trăm"], ["Ka Dô", "Đồi Mới", "thôn", "210"],
        ["Ka Đô", "", "thôn", "90"],
    ])

    private static let good = OrganisationFixture.csv([
        head, ["Ka Đô", "Suối Mới", "thôn", "200"], ["Ka Đô", "Đồi Mới", "thôn", "210"],
        ["Ka Đô", "Bờ Mới", "thôn", "90"],
    ])

    private func upload(_ browser: Browser, _ bytes: [UInt8]) async throws -> Shown {
        let page = try await browser.open("/imports/new").expectStatus(200)
        let form = try page.form("/imports")
            .filled(["subject": "areas", "day": "10/11/2026", "coverage": "part"])
            .attaching("file", file: "khu-dan-cu.csv", bytes)
        return try await browser.send(form)
    }

    @Test(arguments: TestEngine.all) func badCellsAreMendedImportedTakenBackAndImportedAgain(
        on engine: TestEngine
    ) async throws {
        let site = try await TestSite(engine)
        let administrator = try await site.signIn(.ngoTanPhat)
        let faulty = try await upload(administrator, Self.bad).expectStatus(200)
        #expect(faulty.says("3 ô cần sửa"))
        #expect(faulty.says("khu-dan-cu.csv, dòng 2, cột D"))
        #expect(faulty.says("Không thấy xã “Ka Dô”"))
        #expect(!faulty.forms.contains { $0.action.hasSuffix("/confirmation") })

        let preview = try await upload(administrator, Self.good).expectStatus(200)
        #expect(preview.says("Nhập 3 thay đổi"))
        #expect(!(try await administrator.open("/areas?q=suoi+moi")).says("Thôn Suối Mới"))
        let done = try await administrator.press("/confirmation", on: preview).expectStatus(200)
        #expect(done.says("Đã nhập xong."))
        #expect(try await administrator.open("/areas?q=suoi+moi").expectStatus(200).says("Thôn Suối Mới"))
        #expect(try await administrator.open("/search?q=moi+suoi").expectStatus(200).says("Thôn Suối Mới"))
        #expect(try await upload(administrator, Self.good).expectStatus(200).says("Tệp này không thay đổi gì."))

        let undone = try await administrator.press("/reversal", on: done).expectStatus(200)
        #expect(undone.says("Đã hoàn tác"))
        #expect(!(try await administrator.open("/areas?q=suoi+moi")).says("Thôn Suối Mới"))
        let again = try await upload(administrator, Self.good).expectStatus(200)
        #expect(try await administrator.press("/confirmation", on: again).expectStatus(200).says("Đã nhập xong."))
    }

    @Test(arguments: TestEngine.all) func whoMayNotImportIsToldSoAndAWrongFileIsNamed(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine)
        let chair = try await site.signIn(.kaHuong)
        try await chair.open("/imports").expectStatus(403)
        let administrator = try await site.signIn(.ngoTanPhat)
        let page = try await upload(administrator, Array("%PDF-1.7 x".utf8)).expectStatus(422)
        #expect(page.error(beside: "file")?.contains("lưu lại thành .xlsx") == true)
    }

    /// What is wrong with the file and what is wrong with the fields is told at once, and what was typed stays.
    @Test(arguments: TestEngine.all) func theFileAndTheFieldsAreToldTogether(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let administrator = try await site.signIn(.ngoTanPhat)
        let page = try await administrator.open("/imports/new").expectStatus(200)
        let typed = ["subject": "areas", "day": "10/11/2026", "coverage": "part", "document": "Công văn 12"]
        func sent(_ bytes: [UInt8], _ other: [String: String]) async throws -> Shown {
            try await administrator.send(
                page.form("/imports").filled(typed.merging(other) { $1 }).attaching("file", file: "a.csv", bytes))
        }
        func holds(
            _ shown: Shown, _ fields: [String], says: String, _ day: String,
            sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            #expect(shown.status == 422, sourceLocation: sourceLocation)
            for field in ["subject", "file", "day", "coverage", "base", "document"] {
                #expect(
                    (shown.error(beside: field) != nil) == fields.contains(field), "\(field)",
                    sourceLocation: sourceLocation)
            }
            #expect(shown.error(beside: "file")?.contains(says) == true, sourceLocation: sourceLocation)
            let back = try shown.form("/imports").values
            #expect(back["document"] == "Công văn 12" && back["day"] == day && back["coverage"] == "part")
        }
        let pdf = Array("%PDF-1.7 x".utf8)
        // A day that cannot be read, a day to come, a file that is none, an empty one.
        try holds(await sent(pdf, ["day": "31/2/2026"]), ["file", "day"], says: "lưu lại thành .xlsx", "31/2/2026")
        try holds(await sent(pdf, ["day": "31/12/2030"]), ["file", "day"], says: "lưu lại thành .xlsx", "31/12/2030")
        try holds(await sent([], ["day": "31/12/2030"]), ["file", "day"], says: "không có nội dung", "31/12/2030")
        // No row, and a head line that lacks a column: of a list of a usual size that is told at once, too.
        let blank = Array("\n \n".utf8)
        try holds(await sent(blank, ["day": "31/12/2030"]), ["file", "day"], says: "không có dòng nào", "31/12/2030")
        try holds(await sent(blank, ["day": ""]), ["file", "day"], says: "không có dòng nào", "")
        let headless = OrganisationFixture.csv([["STT", "Tên thôn"], ["1", "Suối Mới"]])
        try holds(
            await sent(headless, ["day": "31/12/2030"]), ["file", "day"], says: "Thiếu cột “Xã”", "31/12/2030")
        // Without fields to mend the file alone is told, with them right the list is read.
        try holds(await sent(headless, [:]), ["file"], says: "Thiếu cột “Xã”", "10/11/2026")
        #expect(try await sent(Self.good, ["day": "31/12/2030"]).error(beside: "file") == nil)
        #expect(try await sent(Self.good, [:]).status == 200)
    }

    /// A number of the spreadsheet is that number; a text is read as people here write it.
    @Test(arguments: TestEngine.all) func aNumberOfTheSpreadsheetIsNoThousand(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let administrator = try await site.signIn(.ngoTanPhat)
        func book(_ households: SheetCell) throws -> [UInt8] {
            try SheetWriter.bytes(of: [
                Sheet(
                    "Khu", columns: Self.head.map { SheetColumn($0, width: 20) },
                    rows: [[.text("Ka Đô"), .text("Suối Mới"), .text("thôn"), households]])
            ])
        }
        let faulty = try await upload(administrator, book(.number(1.234))).expectStatus(200)
        #expect(faulty.says("1 ô cần sửa") && faulty.says("Bảng tính giữ ô này là số lẻ 1,234."))
        #expect(faulty.says("Nếu là số nghìn thì gõ 1234, không có dấu."))
        for typed in [SheetCell.text("1.234"), .number(1_234), .integer(1_234)] {
            let preview = try await upload(administrator, book(typed)).expectStatus(200)
            #expect(preview.says("Nhập 1 thay đổi") && preview.says("1.234"), "\(typed)")
        }
        #expect(try await upload(administrator, book(.text("1,234"))).says("“1,234” là số lẻ hay số nghìn chưa rõ."))
    }

    @Test func aFileTooLargeIsToldWithTheFieldsToo() async throws {
        let site = try await TestSite(TestEngine.sqlite)
        let administrator = try await site.signIn(.ngoTanPhat)
        let page = try await administrator.open("/imports/new").expectStatus(200)
        let large = [UInt8](repeating: UInt8(ascii: "a"), count: ImportForm.fileBytes + 1_000_000)
        let shown = try await administrator.send(
            page.form("/imports").filled(["subject": "areas", "day": "31/12/2030", "document": "Công văn 12"])
                .attaching("file", file: "a.csv", large)
        ).expectStatus(422)
        #expect(shown.error(beside: "file")?.contains("20 MB") == true && shown.error(beside: "day") != nil)
        #expect(try shown.form("/imports").values["document"] == "Công văn 12")
    }
}
