import Core
import Database
import TestKit
import Testing

@testable import Goals

/// When the register says that a goal is reached, and a slip in it put right.
@Suite("Goals: reached, and slips of the register", .databases) struct GoalsReachedTests {
    private func day(_ iso: String) -> Day { Day(iso: iso) ?? .first }

    /// Đơn Dương is to be a model commune until 31/12/2028, by a document of 05/11/2025.
    private static let goal = [
        "unit": "\(Place.donDuong.id)", "title": "model", "name": "Xã nông thôn mới kiểu mẫu", "due": "31/12/2028",
        "owner": "\(Body.partyOfDonDuong.id)", "documentNumber": "03-NQ/ĐU", "documentDay": "05/11/2025",
        "documentBody": "Đảng ủy xã Đơn Dương",
    ]

    private static func title(
        _ title: Goals.UnitTitle, _ number: String, _ signed: String, _ more: [String: String] = [:]
    ) -> [String: String] {
        [
            "unit": "\(Place.donDuong.id)", "title": title.rawValue, "name": "Xã nông thôn mới \(title.rawValue)",
            "documentNumber": number, "documentDay": signed, "documentBody": "UBND tỉnh",
        ].merging(more) { $1 }
    }

    private func set(_ site: TestSite) async throws -> Shown {
        let secretary = try await site.signIn(.voDinhKhai)
        return try await secretary.send(secretary.open("/goals/new").form("/goals").filled(Self.goal))
    }

    private func enter(_ typed: [String: String], _ front: Browser) async throws -> Shown {
        try await front.send(front.open("/unit-titles/new").form("/unit-titles").filled(typed))
    }

    private func goals(_ site: TestSite) async throws -> [String] {
        try await site.database.read { reader in
            try reader.rows("SELECT reached_on, dropped_on FROM goal ORDER BY id").map {
                "\(try $0.optionalDay("reached_on")?.isoText ?? "-") \(try $0.optionalDay("dropped_on")?.isoText ?? "-")"
            }
        }
    }

    private func register(_ site: TestSite) async throws -> [String] {
        try await site.database.read { reader in
            try reader.rows(
                """
                SELECT decision_number, ended_on, ended_why, ended_document FROM unit_title ORDER BY valid_from, id
                """
            ).map {
                "\(try $0.text("decision_number")) \(try $0.optionalDay("ended_on")?.isoText ?? "-") \(try $0.optionalText("ended_why") ?? "-") \(try $0.optionalText("ended_document") ?? "-")"
            }
        }
    }

    @Test func aTitleReachesAGoalSetWhileItHoldsOrBefore() {
        func title(_ from: String, over: String? = nil, why: Goals.Ending? = nil) -> Goals.StandingTitle {
            let ended = why.map { Goals.StandingTitle.Ended(on: day(over ?? from), why: $0, document: nil) }
            return Goals.StandingTitle(
                id: ID(high: 1, low: 1), title: .model, key: "model", name: "x",
                document: Goals.Document(number: "1", day: day(from), body: "x"), from: day(from), over: over.map(day),
                ended: ended, revision: 1)
        }
        func reaches(_ title: Goals.StandingTitle) -> Bool {
            title.reaches(goalSet: day("2025-11-05"), due: day("2028-12-31"))
        }
        #expect(reaches(title("2026-11-01")) && reaches(title("2024-01-01")))
        #expect(!reaches(title("2015-01-01", over: "2020-01-01")), "of former times")
        #expect(!reaches(title("2015-01-01", over: "2025-11-05")), "the first day without")
        #expect(reaches(title("2015-01-01", over: "2025-11-06")))
        #expect(!reaches(title("2026-11-01", over: "2027-01-01", why: .withdrawn)))
        #expect(!reaches(title("2026-11-01", over: "2028-12-31", why: .withdrawn)), "not there on the day")
        #expect(reaches(title("2026-11-01", over: "2029-01-01", why: .withdrawn)))
        #expect(reaches(title("2026-11-01", over: "2027-01-01", why: .renewed)))
    }

    @Test(arguments: TestEngine.all) func aTitleOfFormerTimesReachesNoGoalOfToday(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let goal = try await set(site).expectStatus(200)
        // Held from 2025 for a month: the goal was set after it.
        let front = try await site.signIn(.doThiHanh)
        try await enter(
            Self.title(.model, "7/QĐ-UBND", "10/07/2025", ["last": "09/08/2025"]), front
        ).expectStatus(200)
        #expect(try await goals(site) == ["- -"])
        let secretary = try await site.signIn(.voDinhKhai)
        let open = try await secretary.open(goal.path).expectStatus(200)
        #expect(open.says("Đang thực hiện"))
        let changed = try open.form().filled([
            "act": "keep", "blocks": "Đường", "documentNumber": "05-TB/ĐU", "documentDay": "01/10/2026",
            "documentBody": "Đảng ủy xã",
        ])
        try await secretary.send(changed).expectStatus(200)
    }

    @Test(arguments: TestEngine.all) func aWithdrawnTitleOpensTheGoalAgain(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        _ = try await set(site).expectStatus(200)
        let front = try await site.signIn(.doThiHanh)
        let entered = try await enter(Self.title(.model, "900/QĐ-UBND", "01/11/2026"), front).expectStatus(200)
        #expect(try await goals(site) == ["2026-11-01 -"])
        let ending = try entered.form("/ending").filled([
            "why": "withdrawn", "day": "05/11/2026", "document": "12/QĐ, 05/11/2026, UBND tỉnh",
        ])
        try await front.send(ending).expectStatus(200)
        #expect(try await goals(site) == ["- -"])
        #expect(try await site.signIn(.voDinhKhai).open("/goals").says("Đang thực hiện"))
    }

    @Test(arguments: TestEngine.all) func noGoalIsSetForATitleThatIsHeld(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let front = try await site.signIn(.doThiHanh)
        try await enter(Self.title(.model, "900/QĐ-UBND", "01/11/2026"), front).expectStatus(200)
        let refused = try await set(site)
        #expect(refused.status == 409 && refused.error(beside: "title")?.contains("từ 01/11/2026") == true)
        #expect(try await goals(site).isEmpty)
    }

    @Test(arguments: TestEngine.all) func aSlipStaysInTheRegisterAndCountsNowhere(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let front = try await site.signIn(.doThiHanh)
        _ = try await set(site).expectStatus(200)
        try await enter(Self.title(.advanced, "10/QĐ-UBND", "05/08/2025"), front).expectStatus(200)
        let asked = try await enter(Self.title(.model, "20/QĐ-UBND", "02/11/2026"), front).expectStatus(422)
        let slip = try await front.send(asked.form("/unit-titles").filled(["ends": "end"])).expectStatus(200)
        #expect(try await goals(site) == ["2026-11-02 -"])

        let form = try slip.form("/mistake")
        let silent = try await front.send(form).expectStatus(422)
        #expect(silent.error(beside: "reason") != nil)
        #expect(try await site.signIn(.voDinhKhai).json("\(slip.path)/mistake", sending: "{}").status == 403)
        let gone = try await front.send(form.filled(["reason": "Quyết định của xã Ka Đô."])).expectStatus(200)
        #expect(gone.says("Ghi nhầm, đã bỏ 10/11/2026") && gone.says("Quyết định của xã Ka Đô."), "\(gone.text)")
        #expect(gone.forms.allSatisfy { !$0.action.hasPrefix("/unit-titles") }, "neither ended nor taken out again")
        #expect(
            try await register(site) == [
                "10/QĐ-UBND - - -", "20/QĐ-UBND 2026-11-02 mistaken Quyết định của xã Ka Đô.",
            ])
        #expect(try await goals(site) == ["- -"])
        try await site.database.read { reader in
            let tiles = try GoalsStore.tiles(under: Place.lamDong.id, on: site.clock.today, reader)
            #expect([tiles.advancedCommunes, tiles.modelCommunes] == [1, 0])
            #expect(try GoalsStore.counts(ofTitles: .init(under: Place.lamDong.id), reader) == [.advanced: 1])
            #expect(try GoalsStore.unitTitles(.init(under: Place.lamDong.id), reader).titles.count == 2, "the story")
        }
        let again = try await front.json("\(slip.path)/mistake", sending: #"{"reason": "x"}"#)
        #expect(again.status == 409 && again.body.contains("đã ghi là nhầm"))
        #expect(try await site.acts().contains("unitTitle.mistake"))
        // What was a slip keeps nothing from being entered: the right decision, of the same day.
        let right = try await enter(Self.title(.model, "21/QĐ-UBND", "02/11/2026"), front).expectStatus(422)
        try await front.send(right.form("/unit-titles").filled(["ends": "end"])).expectStatus(200)
        #expect(try await goals(site) == ["2026-11-02 -"])
    }

    @Test(arguments: TestEngine.all) func withoutTheSlipWhatFollowedItFollowsTheFormerOne(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine)
        let front = try await site.signIn(.doThiHanh)
        try await enter(Self.title(.advanced, "10/QĐ-UBND", "05/08/2025"), front).expectStatus(200)
        // Recognised anew by a slip, then raised: without the slip the first was raised.
        let anew = try await enter(Self.title(.advanced, "15/QĐ-UBND", "06/04/2026"), front).expectStatus(422)
        let slip = try await front.send(anew.form("/unit-titles").filled(["ends": "end"])).expectStatus(200)
        let raised = try await enter(Self.title(.model, "20/QĐ-UBND", "02/11/2026"), front).expectStatus(422)
        try await front.send(raised.form("/unit-titles").filled(["ends": "end"])).expectStatus(200)
        let page = try await front.open(slip.path).expectStatus(200)
        try await front.send(page.form("/mistake").filled(["reason": "Nhầm"])).expectStatus(200)
        #expect(
            try await register(site) == [
                "10/QĐ-UBND 2026-11-02 raised 20/QĐ-UBND, 02/11/2026, UBND tỉnh",
                "15/QĐ-UBND 2026-04-06 mistaken Nhầm", "20/QĐ-UBND - - -",
            ])
    }

    @Test(arguments: TestEngine.all) func aDecisionThatEndedTheSlipEndsTheFormerOne(on engine: TestEngine) async throws
    {
        let site = try await TestSite(engine)
        let front = try await site.signIn(.doThiHanh)
        try await enter(Self.title(.advanced, "10/QĐ-UBND", "05/08/2025"), front).expectStatus(200)
        let anew = try await enter(Self.title(.advanced, "15/QĐ-UBND", "06/04/2026"), front).expectStatus(422)
        let slip = try await front.send(anew.form("/unit-titles").filled(["ends": "end"])).expectStatus(200)
        let ending = try slip.form("/ending").filled([
            "why": "withdrawn", "day": "01/10/2026", "document": "99/QĐ-UBND",
        ])
        let ended = try await front.send(ending).expectStatus(200)
        try await front.send(ended.form("/mistake").filled(["reason": "Nhầm"])).expectStatus(200)
        #expect(
            try await register(site) == [
                "10/QĐ-UBND 2026-10-01 withdrawn 99/QĐ-UBND", "15/QĐ-UBND 2026-04-06 mistaken Nhầm",
            ])
    }
}
