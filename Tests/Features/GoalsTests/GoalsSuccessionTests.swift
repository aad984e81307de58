import Core
import Criteria
import Database
import Organisation
import TestKit
import Testing

@testable import Goals

/// A title that takes the place of another: raised, recognised anew, entered late; the totals after it.
@Suite("Goals: one title of a unit after another", .databases) struct GoalsSuccessionTests {
    private func day(_ iso: String) -> Day { Day(iso: iso) ?? .first }

    private func standing(_ title: Goals.UnitTitle, _ from: String, over: String? = nil) -> Goals.StandingTitle {
        Goals.StandingTitle(
            id: ID(high: 1, low: UInt64(day(from).year)), title: title, key: title.key("x"), name: title.rawValue,
            document: Goals.Document(number: "1", day: day(from), body: "x"), from: day(from), over: over.map(day),
            revision: 1)
    }

    @Test func whatFollowsWhat() {
        func told(
            _ title: Goals.UnitTitle, _ from: String, until: String? = nil, _ standing: [Goals.StandingTitle]
        ) -> String {
            let found = Goals.Succession(
                of: title, key: title.key("x"), from: day(from), until: until.map(day), among: standing)
            let ended = found.ended.map { "\($0.title.name) \($0.why.rawValue)" }
            return (ended + [found.endedBy.map { "by \($0.title.name) \($0.why.rawValue)" }].compactMap { $0 })
                .joined(separator: ", ")
        }
        let advanced = standing(.advanced, "2021-05-01")
        #expect(told(.model, "2026-01-01", [advanced]) == "advanced raised")
        #expect(told(.advanced, "2026-01-01", [advanced]) == "advanced renewed")
        #expect(told(.newCountryside, "2026-01-01", [advanced]) == "", "whoever holds more keeps it")
        #expect(told(.urban, "2026-01-01", [advanced, standing(.other, "2020-01-01")]) == "")
        #expect(
            told(.model, "2026-01-01", [standing(.newCountryside, "2015-01-01"), advanced])
                == "newCountryside raised, advanced raised")
        #expect(told(.model, "2026-01-01", [standing(.advanced, "2021-05-01", over: "2026-01-01")]) == "")
        #expect(
            told(.model, "2025-12-31", [standing(.advanced, "2021-05-01", over: "2026-01-01")]) == "advanced raised")
        // A register is taken over: the older title is entered after the newer one.
        #expect(
            told(.newCountryside, "2015-01-01", [advanced, standing(.model, "2024-01-01")]) == "by advanced raised")
        #expect(told(.advanced, "2018-01-01", [advanced]) == "by advanced renewed")
        #expect(told(.newCountryside, "2015-01-01", until: "2020-01-01", [advanced]) == "")
        #expect(told(.model, "2018-01-01", [advanced]) == "")
    }

    private static func title(
        _ title: Goals.UnitTitle, _ number: String, _ signed: String, _ more: [String: String] = [:]
    ) -> [String: String] {
        [
            "unit": "\(Place.donDuong.id)", "title": title.rawValue, "name": "Xã nông thôn mới \(title.rawValue)",
            "documentNumber": number, "documentDay": signed, "documentBody": "UBND tỉnh",
        ].merging(more) { $1 }
    }

    @Test(arguments: TestEngine.all) func aRaisedCommuneCountsOnce(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let front = try await site.signIn(.doThiHanh)
        func enter(_ typed: [String: String]) async throws -> Shown {
            let form = try await front.open("/unit-titles/new").expectStatus(200).form("/unit-titles")
            #expect(form.values["ends"] == nil, "asked only where it matters")
            return try await front.send(form.filled(typed))
        }
        func tiles() async throws -> [Int] {
            try await site.database.read { reader in
                let tiles = try GoalsStore.tiles(under: Place.lamDong.id, on: site.clock.today, reader)
                return [tiles.advancedCommunes, tiles.modelCommunes]
            }
        }
        try await enter(Self.title(.advanced, "10/QĐ-UBND", "05/08/2025")).expectStatus(200)
        #expect(try await tiles() == [1, 0])

        // Raised: asked, ended in the same act, told in the audit of both.
        let asked = try await enter(Self.title(.model, "20/QĐ-UBND", "02/11/2026")).expectStatus(422)
        #expect(asked.error(beside: "ends")?.contains("đang giữ “Xã nông thôn mới advanced” từ 05/08/2025") == true)
        #expect(try await tiles() == [1, 0], "nothing is written yet")
        let raised = try await front.send(asked.form("/unit-titles").filled(["ends": "end"])).expectStatus(200)
        #expect(raised.says("Đã ghi vào sổ."))
        #expect(try await tiles() == [0, 1])
        let past = try await front.open("/unit-titles?all=yes").expectStatus(200)
        #expect(past.says("Lên danh hiệu cao hơn 02/11/2026") && past.says("Đang giữ"))
        let notes = try await site.database.read { reader in
            try reader.rows("SELECT detail FROM audit WHERE act = 'unitTitle.enter' ORDER BY lane, number").map {
                try $0.text("detail")
            }
        }
        #expect(notes.last?.contains("unitTitle.model") == true && notes.last?.contains("unitTitle.end") == true)

        // Recognised anew before the end: the former line is closed, the commune is still one.
        let renewal = Self.title(.model, "30/QĐ-UBND", "09/11/2026")
        let again = try await enter(renewal).expectStatus(422)
        #expect(again.error(beside: "ends")?.contains("Công nhận lại thì chọn") == true, "\(again.text)")
        let beside = try await front.send(again.form("/unit-titles").filled(["ends": "keep"]))
        #expect(beside.status == 409 && beside.says("đang giữ danh hiệu này từ 02/11/2026"))
        try await front.send(again.form("/unit-titles").filled(["ends": "end"])).expectStatus(200)
        #expect(try await tiles() == [0, 1])
        let rows = try await site.database.read { reader in
            try reader.rows(
                "SELECT decision_number, ended_on, ended_why, ended_document FROM unit_title ORDER BY valid_from"
            )
            .map {
                "\(try $0.text("decision_number")) \(try $0.optionalText("ended_why") ?? "-") \(try $0.optionalText("ended_document") ?? "-")"
            }
        }
        #expect(
            rows == [
                "10/QĐ-UBND raised 20/QĐ-UBND, 02/11/2026, UBND tỉnh",
                "20/QĐ-UBND renewed 30/QĐ-UBND, 09/11/2026, UBND tỉnh", "30/QĐ-UBND - -",
            ])

        // What came before is entered last: it ended when the next one began.
        let older = Self.title(.newCountryside, "5/QĐ-UBND", "10/07/2025")
        let late = try await enter(older).expectStatus(422)
        #expect(late.error(beside: "ends")?.contains("từ 05/08/2025") == true, "\(late.text)")
        try await front.send(late.form("/unit-titles").filled(["ends": "end"])).expectStatus(200)
        let held = try await site.database.read { reader in
            try GoalsStore.unitTitles(.init(under: Place.donDuong.id, on: site.clock.today), reader).titles.map {
                $0.document.number
            }
        }
        #expect(held == ["30/QĐ-UBND"])
    }

    @Test(arguments: TestEngine.all) func bothMayStand(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let front = try await site.signIn(.doThiHanh)
        let form = try await front.open("/unit-titles/new").expectStatus(200).form("/unit-titles")
        try await front.send(form.filled(Self.title(.advanced, "10/QĐ-UBND", "05/08/2025"))).expectStatus(200)
        let asked = try await front.send(form.filled(Self.title(.model, "20/QĐ-UBND", "02/11/2026"))).expectStatus(422)
        try await front.send(asked.form("/unit-titles").filled(["ends": "keep"])).expectStatus(200)
        let held = try await site.database.read { reader in
            try GoalsStore.unitTitles(.init(under: Place.donDuong.id, on: site.clock.today), reader).titles.count
        }
        #expect(held == 2)
    }
}
