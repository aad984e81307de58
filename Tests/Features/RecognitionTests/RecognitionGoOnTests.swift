import Core
import Criteria
import Database
import TestKit
import Testing

@testable import Recognition

/// "Save and go on" leads to what is still to be done.
@Suite("Going on from one indicator to the next", .databases) struct RecognitionGoOnTests {
    @Test(arguments: TestEngine.all) func ofWhatCameBackOnlyThatIsGoneThrough(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-10-28"))))
        let dossier = try await PanelScene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            _ = try PanelScene.toPanel([dossier], tx)
            try PanelScene.declareAndScore(dossier, by: PanelScene.members, tx)
            return Receipt()
        }
        let chair = try await site.signIn(.dangThiAnh)
        let page = try await chair.open("/dossiers/\(dossier)/appraisal")
        try await chair.send(
            page.form("/return").filled(["back.III.2": "Danh mục thiếu tuyến.", "back.V.5": "Danh sách thiếu tổ 3."])
        ).expectStatus(200)

        let area = try await site.signIn(.yaThuong)
        let first = try await area.open("/dossiers/\(dossier)/values/III.2").expectStatus(200)
        // Between the two stand indicators of the area that nobody sent back.
        #expect(first.links.contains("/dossiers/\(dossier)/values/V.5") && first.says("Chỉ tiêu tiếp: V.5"))
        #expect(!first.says("do cơ quan giữ số liệu ghi, nên sang thẳng"))
        let form = try first.form("/values/III.2").filled(["value": "63"]).forged(["then": "next"])
        let last = try await area.send(form).expectStatus(200)
        #expect(last.path.hasSuffix("/values/V.5"))
        #expect(!last.says("Lưu và sang việc") && !last.says("Chỉ tiêu tiếp"))
    }
}
