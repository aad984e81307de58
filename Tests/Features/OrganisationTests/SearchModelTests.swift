import Core
import Database
import TestKit
import Testing

@testable import Organisation

@Suite("What is asked of areas' records") struct AreaRecordQuestionTests {
    @Test(
        arguments: [
            ("Thông Xanh", ["thong", "xanh"], nil), ("thong xanh 2026", ["thong", "xanh"], 2026),
            ("khảo sát Thông Xanh 2026", ["thong", "xanh"], 2026), ("khao sat 2026 xanh", ["xanh"], 2026),
            // One of the words may be of a name; a number that is no year is one of the name's own.
            ("sat 10", ["sat", "10"], nil), ("khao sat", [], nil), ("khao sat 2026", ["2026"], nil),
            ("2026", ["2026"], nil), ("thon 2026 2025", ["thon", "2025"], 2026), ("thon 9999", ["thon", "9999"], nil),
        ] as [(String, [String], Int?)])
    func isTakenApart(_ typed: String, _ words: [String], _ year: Int?) {
        let question = AreaRecordQuestion(VietnameseText.searchWords(typed), called: ["khao", "sat"])
        #expect(question.words == words && question.year == year)
    }
}

@Suite("Models on the page of searching", .databases) struct SearchModelTests {
    @Test(arguments: TestEngine.all) func areFoundByTheNameAndPlaceTheyHaveNow(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let (area, id) = (tree.thongXanh, ID(high: 9, low: 1))
            func found(_ typed: String, _ root: ID) async throws -> [SearchHit] {
                try await tree.read {
                    try OrganisationStore.findModels(VietnameseText.searchWords(typed), tree.sight(root), 5, $0)
                }
            }
            func put(_ name: String) async throws {
                try await tree.write {
                    try OrganisationStore.putModel(
                        AreaModel(id: id, name: name, since: 2021, lookedOn: nil, isAlive: nil), of: area, $0)
                }
            }
            try await put("Tuyến đường hoa")
            let hit = try #require(await found("hoa duong", tree.donDuong).first)
            #expect(hit.href == "/models/\(id)" && hit.name == "Tuyến đường hoa" && hit.place?.id == area)
            #expect(try await found("hoa thong xanh", tree.donDuong).map(\.id) == [id], "by its place too")
            #expect(try await found("hoa", tree.kaDo).isEmpty, "out of sight")
            try await put("Camera an ninh")
            #expect(try await found("hoa", tree.donDuong).isEmpty)
            #expect(try await found("an ninh", tree.donDuong).map(\.id) == [id])
            try await tree.write {
                try OrganisationStore.rename(area, to: "Bạch Đàn", on: Day(iso: "2026-05-01")!, $0)
            }
            #expect(try await found("camera bach dan", tree.donDuong).map(\.id) == [id])
            #expect(try await found("camera xanh", tree.donDuong).isEmpty)
            try await tree.write { try OrganisationStore.remove(.models, id, of: area, $0) }
            #expect(try await found("camera", tree.donDuong).isEmpty)
            let left = try await tree.read {
                try $0.one("SELECT count(*) AS n FROM search_word WHERE subject_id = \(id)").integer("n")
            }
            #expect(left == 0, "nothing is left in the index")
        }
    }
}
