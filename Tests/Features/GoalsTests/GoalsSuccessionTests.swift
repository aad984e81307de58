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

    private func standing(
        _ title: Goals.UnitTitle, _ from: String, over: String? = nil, ended why: Goals.Ending? = nil
    ) -> Goals.StandingTitle {
        Goals.StandingTitle(
            id: ID(high: 1, low: UInt64(day(from).year)), title: title, key: title.key("x"), name: title.rawValue,
            document: Goals.Document(number: "1", day: day(from), body: "x"), from: day(from), over: over.map(day),
            ended: why.flatMap { why in over.map { .init(on: day($0), why: why, document: "own") } }, revision: 1)
    }

    @Test func whatFollowsWhat() {
        func told(
            _ title: Goals.UnitTitle, _ from: String, until: String? = nil, _ standing: [Goals.StandingTitle]
        ) -> String {
            let found = Goals.Succession(
                of: title, key: title.key("x"), from: day(from), until: until.map(day), among: standing)
            let ended = found.ended.map { "\($0.title.name) \($0.why.rawValue)" }
            let own = found.inherited.map { "then \($0.why.rawValue) \($0.on.isoText)" }
            return (ended + [found.endedBy.map { "by \($0.title.name) \($0.why.rawValue)" }, own].compactMap { $0 })
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

    @Test func anEndingOfItsOwnIsNeverMoved() {
        func found(_ title: Goals.UnitTitle, _ from: String, _ standing: [Goals.StandingTitle]) -> Goals.Succession {
            Goals.Succession(of: title, key: title.key("x"), from: day(from), until: nil, among: standing)
        }
        // The lower title was withdrawn in 2024: until then it stood, whatever was won in 2020.
        let withdrawn = standing(.advanced, "2015-01-01", over: "2024-01-01", ended: .withdrawn)
        #expect(found(.model, "2020-01-01", [withdrawn]).isEmpty)
        // Recognised anew in 2020, and withdrawn in 2024: the new one ends as the register says.
        let anew = found(.advanced, "2020-01-01", [withdrawn])
        #expect(anew.ended.map(\.why) == [.renewed] && anew.endedBy == nil)
        #expect(anew.inherited == withdrawn.ended)
        #expect(anew.question(on: day("2026-11-10"))?.key == "goals.refusal.follows.endedSince")
        #expect(anew.held(false)?.over == day("2024-01-01") && anew.held(true) == nil)
        // Ended by the next title of the register: what comes between takes its place in the line.
        let line = [
            standing(.advanced, "2015-01-01", over: "2024-01-01", ended: .raised), standing(.model, "2024-01-01"),
        ]
        let between = found(.advanced, "2020-01-01", line)
        #expect(between.ended.map(\.title.from) == [day("2015-01-01")] && between.inherited == nil)
        #expect(between.endedBy?.why == .raised && between.endedBy?.title.from == day("2024-01-01"))
        // The older one ended before the newer one began, and keeps its day.
        let ended = standing(.advanced, "2015-01-01", over: "2019-06-01", ended: .withdrawn)
        #expect(found(.model, "2020-01-01", [ended]).isEmpty)
        #expect(ended.holds(on: day("2019-05-31")) && !ended.holds(on: day("2019-06-01")))
    }

    @Test func whatIsOverIsNotSaidToBeHeld() {
        func key(_ title: Goals.UnitTitle, _ standing: Goals.StandingTitle, on today: String) -> String? {
            Goals.Succession(of: title, key: title.key("x"), from: day("2016-01-01"), until: nil, among: [standing])
                .question(on: day(today))?.key
        }
        let short = standing(.advanced, "2015-01-01", over: "2020-01-01")
        #expect(key(.model, short, on: "2019-12-31") == "goals.refusal.follows.raised")
        #expect(key(.model, short, on: "2020-01-01") == "goals.refusal.follows.raisedThen")
        #expect(key(.advanced, short, on: "2019-12-31") == "goals.refusal.follows.renewed")
        #expect(key(.advanced, short, on: "2026-01-01") == "goals.refusal.follows.renewedThen")
        #expect(
            key(.newCountryside, standing(.advanced, "2018-01-01"), on: "2026-01-01") == "goals.refusal.follows.former")
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

    @Test(arguments: TestEngine.all) func anAnswerBelongsToTheUnitItWasAskedAbout(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let front = try await site.signIn(.doThiHanh)
        let form = try await front.open("/unit-titles/new").expectStatus(200).form("/unit-titles")
        for unit in [Place.donDuong, .kaDo] {
            let one = Self.title(.advanced, "10/QĐ-UBND", "05/08/2025", ["unit": "\(unit.id)"])
            try await front.send(form.filled(one)).expectStatus(200)
        }
        let asked = try await front.send(form.filled(Self.title(.model, "20/QĐ-UBND", "02/11/2026"))).expectStatus(422)
        #expect(try asked.form("/unit-titles").values["follows"]?.hasPrefix("raised-") == true)
        func ended() async throws -> [String] {
            try await site.database.read { reader in
                try reader.rows("SELECT ended_why FROM unit_title WHERE ended_on IS NOT NULL").map {
                    try $0.text("ended_why")
                }
            }
        }
        // Answered, and then another unit is chosen: it is asked anew, with nothing chosen.
        let answered = try asked.form("/unit-titles").filled(["ends": "end"])
        let other = try await front.send(answered.filled(["unit": "\(Place.kaDo.id)"])).expectStatus(422)
        let chosen = try other.form("/unit-titles").values["ends"] ?? ""
        #expect(other.error(beside: "ends") != nil && chosen.isEmpty)
        // And another title of the same unit: raised is one question, recognised anew another.
        let title = try await front.send(answered.filled(["title": Goals.UnitTitle.advanced.rawValue])).expectStatus(
            422)
        #expect(title.error(beside: "ends")?.contains("Công nhận lại") == true)
        #expect(try await ended().isEmpty)
        // Something else wrong meanwhile takes nothing from the answer.
        let wrong = try await front.send(answered.filled(["documentNumber": ""])).expectStatus(422)
        #expect(try wrong.form("/unit-titles").values["ends"] == "end")
        try await front.send(wrong.form("/unit-titles").filled(["documentNumber": "20/QĐ-UBND"])).expectStatus(200)
        #expect(try await ended() == ["raised"])
        // A program says both at once.
        let said = """
            {"unit": "\(Place.kaDo.id)", "title": "model", "name": "a", "documentNumber": "21/QĐ-UBND",
            "documentDay": "2026-11-02", "documentBody": "UBND tỉnh", "ends": "end"}
            """
        #expect(try await front.json("/unit-titles", sending: said).status == 200)
        #expect(try await ended() == ["raised", "raised"])
    }

    @Test(arguments: TestEngine.all) func aRecordedEndingIsKept(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let front = try await site.signIn(.doThiHanh)
        let form = try await front.open("/unit-titles/new").expectStatus(200).form("/unit-titles")
        let first = try await front.send(form.filled(Self.title(.advanced, "10/QĐ-UBND", "05/08/2025")))
            .expectStatus(200)
        let ending = try first.form("/ending").filled([
            "why": "withdrawn", "day": "01/10/2026", "document": "99/QĐ-UBND",
        ])
        try await front.send(ending).expectStatus(200)
        func rows() async throws -> [String] {
            try await site.database.read { reader in
                try reader.rows(
                    "SELECT decision_number, ended_on, ended_why, ended_document FROM unit_title ORDER BY valid_from"
                ).map {
                    "\(try $0.text("decision_number")) \(try $0.day("ended_on").isoText) \(try $0.text("ended_why")) \(try $0.optionalText("ended_document") ?? "-")"
                }
            }
        }
        // Recognised anew in between, entered late: the page says it is over, and what becomes of the decision.
        let asked = try await front.send(form.filled(Self.title(.advanced, "15/QĐ-UBND", "06/04/2026")))
            .expectStatus(422)
        let said = asked.error(beside: "ends") ?? ""
        #expect(said.contains("Khi ấy đơn vị giữ") && said.contains("01/10/2026") && !said.contains("đang giữ “"))
        let beside = try await front.send(asked.form("/unit-titles").filled(["ends": "keep"])).expectStatus(409)
        #expect(beside.says("thôi từ 01/10/2026") && !beside.says("Đơn vị đang giữ danh hiệu này"))
        try await front.send(asked.form("/unit-titles").filled(["ends": "end"])).expectStatus(200)
        #expect(
            try await rows() == [
                "10/QĐ-UBND 2026-04-06 renewed 15/QĐ-UBND, 06/04/2026, UBND tỉnh",
                "15/QĐ-UBND 2026-10-01 withdrawn 99/QĐ-UBND",
            ])
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
