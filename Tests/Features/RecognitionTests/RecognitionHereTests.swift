import Core
import Criteria
import Database
import TestKit
import Testing

@testable import Recognition

/// What a commune decides itself speaks of its own panel on every page, and of no submission; what another level decides
/// says which one.
@Suite("A commune's own titles are told so", .databases) struct RecognitionHereTests {
    private let area = "/areas/\(Place.thongXanh.id)/dossiers"

    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    /// One dossier of Thông Xanh for each decider, both accepted.
    private func accepted(_ site: TestSite) async throws -> (here: ID, above: ID) {
        let set = try await Scene.begin(site.database, holding: false, criteria: Scene.deciding)
        return try await site.database.unattended(
            .seed,
            giving: { tx in
                let ids = try [Criteria.Level.commune, .province].map { level in
                    try RecognitionStore.register(
                        Recognition.Registration(
                            area: Place.thongXanh.id, year: 2026, title: "outstanding", level: level, areaClass: nil,
                            criteriaSet: set), Scene.deed(.yaThuong, tx), tx)
                }
                for id in ids {
                    for (action, state) in [
                        (Recognition.Action.submit, Recognition.State.submitted), (.accept, .accepted),
                    ] {
                        try RecognitionStore.move(Walk.now(id, tx), action, to: state, Scene.deed(.kaHuong, tx), tx)
                    }
                }
                return (ids[0], ids[1])
            })
    }

    @Test(arguments: TestEngine.all) func noPageOfItSpeaksOfASubmission(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-10-11")))
        let (here, above) = try await accepted(site)
        let head = try await site.signIn(.yaThuong)
        let own = try await head.open("/dossiers/\(here)").expectStatus(200)
        #expect(own.says("Xã đã nhận, chờ giao tổ của xã") && own.says("cấp xã quyết định"))
        #expect(!own.says("ờ trình"), "neither a step nor a state")
        let other = try await head.open("/dossiers/\(above)").expectStatus(200)
        #expect(other.says("Xã đã nhận, chờ tờ trình") && other.says("cấp tỉnh quyết định"))
        #expect(other.says("Tờ trình"), "the control: there it is a step")

        let list = try await head.open("/dossiers?year=2026").expectStatus(200)
        #expect(list.says("Xã đã nhận hồ sơ 2"), "the filter speaks of both")
        #expect(list.says("chờ giao tổ của xã") && list.says("chờ tờ trình") && list.says("cấp xã"))

        let chair = try await site.signIn(.kaHuong)
        let home = try await chair.open("/").expectStatus(200)
        #expect(home.says("Lập tổ thẩm định của xã cho 1 hồ sơ xã đã nhận"))
        #expect(!home.says("cho 1 tờ trình"))
        // Of this year two run for the area: each says its level.
        #expect(try await head.open("/").says("chờ giao tổ thẩm định, cấp"))

        try await site.database.unattended(.seed) { tx in
            try RecognitionStore.move(Walk.now(here, tx), .forward, to: .forwarded, Scene.deed(.kaHuong, tx), tx)
            return Receipt()
        }
        let given = try await head.open("/dossiers/\(here)").expectStatus(200)
        #expect(given.says("Giao tổ thẩm định của xã") && !given.says("ờ trình"))
    }

    /// One registration a year with each decider: what is taken is not offered but named, and leads to what runs.
    @Test(arguments: TestEngine.all) func whatRunsIsNotOfferedAgain(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-03-20")))
        try await Scene.begin(site.database, holding: false, criteria: Scene.deciding)
        let head = try await site.signIn(.yaThuong)
        let titles = "/areas/\(Place.thongXanh.id)/titles"
        let before = try await head.open(titles).expectStatus(200)
        #expect(before.says("Khu dân cư tiêu biểu, cấp tỉnh") && before.says("Khu dân cư tiêu biểu, cấp xã"))
        #expect(before.links.contains("\(area)/new"))

        func register(_ choice: String) async throws -> String {
            let sent = try await head.send(
                head.open("\(area)/new").form("/dossiers").filled(["title": choice, "year": "2026"])
            ).expectStatus(200)
            return String(sent.path.dropLast("/assessment".count))
        }
        let first = try await register("outstanding")
        let page = try await head.open("\(area)/new").expectStatus(200)
        #expect(try page.form("/dossiers").options("title") == ["outstanding@commune"])
        #expect(page.says("đã đăng ký cho năm 2026") && page.links.contains(first))
        let next = try await head.open(titles).expectStatus(200)
        #expect(next.says("Hồ sơ Khu dân cư tiêu biểu năm 2026: Đang tự đánh giá."))
        #expect(next.links.contains(first) && next.links.contains("\(area)/new"))

        let second = try await register("outstanding@commune")
        let closed = try await head.open("\(area)/new").expectStatus(200)
        #expect(closed.forms.allSatisfy { !$0.names.contains("title") })
        #expect(closed.says("Đã đăng ký rồi") && closed.links.contains(first) && closed.links.contains(second))
        let none = try await head.open(titles).expectStatus(200)
        #expect(!none.links.contains("\(area)/new") && none.links.contains(second))
    }

    /// A commune that decides on nothing is told who enters what was held before, and gets no buttons for it.
    @Test(arguments: TestEngine.all) func whoMayNotEnterEarlierTitlesGetsNoButtons(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await Scene.begin(site.database)
        let (chair, hanh) = (try await site.signIn(.kaHuong), try await site.signIn(.doThiHanh))
        let (page, able) = (try await chair.open("/titles/imports"), try await hanh.open("/titles/imports"))
        #expect(page.says("Danh hiệu từ trước do cơ quan quyết định ghi: cấp tỉnh"))
        for link in ["/titles/imports/new", "/titles/earlier/new"] {
            #expect(!page.links.contains(link) && able.links.contains(link), "\(link)")
        }
        #expect(!able.says("do cơ quan quyết định ghi"))
    }

    @Test func theStateIsNamedByWhoDecidesAndWhatWasDone() {
        typealias State = Recognition.State
        #expect(State.accepted.word(to: .commune) == "acceptedHere")
        #expect(State.accepted.word(to: .province) == "acceptedAbove" && State.accepted.word(to: nil) == "accepted")
        #expect(State.reviewing.word(to: .province) == "reviewing")
        #expect(State.reviewing.word(to: .province, isReviewed: true) == "reviewed")
        for state in State.allCases where ![.accepted, .reviewing].contains(state) {
            #expect(state.word(to: .commune, isReviewed: true) == state.rawValue)
        }
        typealias Deciding = Recognition.Deciding
        #expect(!Deciding.stations(to: .commune).contains(.submission) && Deciding.stations(to: .commune).count == 7)
        #expect(Deciding.stations(to: .province) == Recognition.Station.allCases)
        #expect(Deciding.station(of: .accepted, to: .commune) == .appraisal)
        #expect(Deciding.station(of: .accepted, to: .district) == .submission)
    }
}
