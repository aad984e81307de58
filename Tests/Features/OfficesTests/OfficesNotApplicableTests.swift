import App
import Core
import Database
import Documents
import TestKit
import Testing

@testable import Offices

/// "KAD" in a cell: said wherever figures are typed, pasted, filled in elsewhere or printed, and only where it may stand.
@Suite("Offices: what does not apply", .databases) struct OfficesNotApplicableTests {
    private typealias S = OfficesScene

    @Test(arguments: TestEngine.all) func everyPageSaysWhatTheMarkMeansAndWhere(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(S.day("2026-08-17")))
        let set = try await S.begin(site.database)
        let grids = try await site.database.unattended(.seed, giving: { try S.assign(set, $0) })
        let clerk = try await site.signIn(S.policeClerk)
        let police = "/offices/\(grids.police)"
        for path in [police, police + "/paste", police + "/paper"] {
            let page = try await clerk.open(path).expectStatus(200)
            #expect(page.says("KAD là không áp dụng; gõ hoặc dán được ở IV.1."), "\(path)")
        }
        #expect(try await clerk.open(police + "?column=IV.1").says("KAD là không áp dụng; gõ hoặc dán đều được."))
        #expect(try await !clerk.open(police + "?column=IV.2").says("KAD"))
        let english = try await clerk.copy().speaking(police, "KAD: not applicable; it may be typed or pasted in IV.1.")
        #expect(english)

        // Insurance has no indicator that may not apply: nothing is said of what would be refused.
        let other = try await site.signIn(S.insuranceClerk)
        for path in ["", "/paste", "/paper"] {
            #expect(try await !other.open("/offices/\(grids.insurance)\(path)").says("KAD"), "\(path)")
        }

        // And what is said holds: typed, it is taken.
        let page = try await clerk.open(police + "?column=IV.1").expectStatus(200)
        let cell = "cell.\(Place.thongXanh.id).IV.1"
        try await clerk.send(page.form("/values").filled([cell: "KAD"])).expectStatus(200)
        #expect(try await clerk.open(police + "/paper").says("Không áp dụng"))
    }

    @Test(arguments: TestEngine.all) func theSheetToFillInSaysIt(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(S.day("2026-08-17")))
        let set = try await S.begin(site.database)
        let grids = try await site.database.unattended(.seed, giving: { try S.assign(set, $0) })
        let file = try await site.signIn(S.policeClerk).open("/offices/\(grids.police)/template").expectStatus(200)
        var guide: [String] = []
        try SheetReader.read(file.bytes, named: "a.xlsx", sheet: "Cách ghi") {
            guide.append($0.cells.joined(separator: "|"))
        }
        #expect(guide.contains { $0.hasPrefix("KAD là không áp dụng") })
        #expect(guide.contains { $0.hasPrefix("IV.1") && $0.hasSuffix("Không có vụ việc: gõ hoặc dán KAD") })
    }
}

extension Browser {
    /// Whether a page says something to whoever reads English.
    fileprivate func speaking(_ path: String, _ words: String) async throws -> Bool {
        _ = try await open("/language/en?back=/")
        return try await open(path).says(words)
    }
}
