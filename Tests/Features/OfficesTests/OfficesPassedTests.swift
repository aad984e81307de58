import App
import Core
import Criteria
import Database
import Organisation
import TestKit
import Testing

@testable import Offices

/// What was saved between the looking and the pressing is never written over unseen.
@Suite("Offices: saved meanwhile", .databases) struct OfficesPassedTests {
    private typealias S = OfficesScene

    private let here = "cell.\(Place.thongXanh.id).II.2"
    private let there = "cell.\(Place.suoiThong.id).II.2"

    private func begin(_ engine: TestEngine) async throws -> (site: TestSite, clerk: Browser, grid: String) {
        let site = try await TestSite(engine, clock: TestClock(S.day("2026-08-17")))
        let set = try await S.begin(site.database)
        let grid = try await site.database.unattended(.seed, giving: { "/offices/\(try S.assign(set, $0).insurance)" })
        return (site, try await site.signIn(S.insuranceClerk), grid)
    }

    private func paste(_ browser: Browser, _ grid: String, _ text: String) async throws -> Shown {
        let page = try await browser.open(grid + "/paste").expectStatus(200)
        return try await browser.send(page.form("/paste").filled(["text": text])).expectStatus(200)
    }

    private func cells(_ browser: Browser, _ grid: String) async throws -> [String?] {
        let form = try await browser.open(grid).expectStatus(200).form("/values")
        return [form.values[here], form.values[there]]
    }

    @Test(arguments: TestEngine.all) func aPreviewIsShownAgainWhereSomebodySavedSince(on engine: TestEngine)
        async throws
    {
        let (site, clerk, grid) = try await begin(engine)
        let preview = try await paste(clerk, grid, "Khu\tII.2\nThông Xanh\t95,8\nSuối Thông B1\t94,1")
        #expect(preview.says("2 ô sẵn sàng ghi"))
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        try await loan.send(try await loan.open(grid).form("/values").filled([here: "96,4"])).expectStatus(200)
        let again = try await clerk.press("/confirmation", on: preview).expectStatus(409)
        #expect(again.says("1 ô đã có số khác: II.2 Thông Xanh (minh họa): 96,4 → 95,8. Chưa ghi ô nào."))
        #expect(again.says("2 ô sẵn sàng ghi"), "the preview is there again")
        #expect(try await cells(clerk, grid) == ["96,4", ""], "nothing was written")
        // Having seen it, the next press is meant.
        let done = try await clerk.press("/confirmation", on: again).expectStatus(200)
        #expect(done.says("Đã ghi 2 ô."))
        #expect(try await cells(clerk, grid) == ["95,8", "94,1"])
    }

    @Test(arguments: TestEngine.all) func whereOnlyOtherCellsChangedAPreviewIsConfirmed(on engine: TestEngine)
        async throws
    {
        let (site, clerk, grid) = try await begin(engine)
        let preview = try await paste(clerk, grid, "Khu\tII.2\nThông Xanh\t95,8")
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        try await loan.send(try await loan.open(grid).form("/values").filled([there: "94,1"])).expectStatus(200)
        try await clerk.press("/confirmation", on: preview).expectStatus(200)
        #expect(try await cells(clerk, grid) == ["95,8", "94,1"])
    }

    /// A save that was taken back changed its cells too.
    @Test(arguments: TestEngine.all) func whatWasTakenBackIsNotPutBackByAnOlderPage(on engine: TestEngine) async throws
    {
        let (site, clerk, grid) = try await begin(engine)
        try await clerk.send(try await clerk.open(grid).form("/values").filled([here: "59,8"])).expectStatus(200)
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        let old = try await loan.open(grid)
        let preview = try await paste(loan, grid, "Khu\tII.2\nThông Xanh\t60")
        let save = try #require(try await clerk.open(grid).links.first { $0.contains("/saves/") })
        try await clerk.press("/reversal", on: clerk.open(save)).expectStatus(200)
        // The page shows 59,8 in the cell, which nobody touched on it.
        try await loan.send(old.form("/values").filled([there: "94,1"])).expectStatus(200)
        #expect(try await cells(clerk, grid) == ["", "94,1"], "what was taken back stays so")
        let again = try await loan.press("/confirmation", on: preview).expectStatus(409)
        #expect(again.says("II.2 Thông Xanh (minh họa): – → 60"))
    }
}
