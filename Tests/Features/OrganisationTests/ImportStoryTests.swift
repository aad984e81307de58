import Core
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
}
