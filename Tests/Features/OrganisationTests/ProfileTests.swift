import Core
import Database
import TestKit
import Testing

@testable import Organisation

@Suite("The rules of an area's profile") struct ProfileRuleTests {
    private let today = Day(iso: "2026-11-10")!
    private let id = ID(high: 1, low: 1)

    private func day(_ text: String) -> Day { Day(iso: text)! }

    @Test(
        arguments: [
            (2026, 214, 858, nil), (2025, 0, 0, nil), (2027, 214, 858, "yearAhead"), (2026, 214, 213, "fewPeople"),
        ] as [(Int, Int, Int, String?)])
    func aYear(_ year: Int, _ households: Int, _ people: Int, _ refusal: String?) {
        let year = AreaYear(year: year, households: households, people: people, areaClass: nil)
        #expect(year.refusal(on: today)?.key == refusal.map { "organisation.profile.refusal.\($0)" })
    }

    @Test(
        arguments: [
            // Half is not more than half.
            (107, 214, "notCarried"), (108, 214, nil), (214, 214, nil), (215, 214, "moreVotes"), (107, 213, nil),
            (106, 213, "notCarried"),
        ] as [(Int, Int, String?)])
    func aConventionNeedsMoreThanHalfOfAllHouseholds(_ votes: Int, _ households: Int, _ refusal: String?) {
        let convention = Convention(
            id: id, version: 1, kind: .quyUoc, text: "x", adoptedOn: day("2026-03-01"), votesFor: votes,
            households: households, recognisedBy: nil, recognisedOn: nil)
        let found = convention.refusal(on: today, after: nil)
        #expect(found?.key == refusal.map { "organisation.profile.refusal.\($0)" })
        if refusal == "notCarried" { #expect(found?.arguments["least"] == "\(households / 2 + 1)") }
    }

    @Test func aConventionFollowsTheOneBeforeAndIsRecognisedAfterTheVote() {
        func convention(_ adopted: String, body: String?, recognised: String?) -> Convention {
            Convention(
                id: id, version: 2, kind: .quyUoc, text: "x", adoptedOn: day(adopted), votesFor: 200, households: 214,
                recognisedBy: body, recognisedOn: recognised.map(day))
        }
        let before = convention("2026-03-01", body: nil, recognised: nil)
        func keys(_ one: Convention) -> [String] {
            one.refusal(on: today, after: before)?.all.map { $0.key.split(separator: ".").last.map(String.init) ?? "" }
                ?? []
        }
        #expect(keys(convention("2026-04-01", body: "UBND", recognised: "2026-05-01")) == [])
        #expect(keys(convention("2026-02-01", body: nil, recognised: nil)) == ["olderVersion"])
        #expect(keys(convention("2026-04-01", body: nil, recognised: "2026-05-01")) == ["noBody"])
        #expect(keys(convention("2026-04-01", body: "UBND", recognised: "2026-03-31")) == ["recognisedBefore"])
        #expect(keys(convention("2026-11-11", body: nil, recognised: nil)) == ["dayAhead"])
    }

    @Test func aLookNeedsItsDayAndWhatWasSeen() {
        func model(_ looked: Day?, _ alive: Bool?) -> String? {
            AreaModel(id: id, name: "Đường hoa", since: 2021, lookedOn: looked, isAlive: alive).refusal(on: today)?
                .field
        }
        #expect(model(nil, nil) == nil && model(today, false) == nil)
        #expect(model(today, nil) == "alive" && model(nil, true) == "looked")
        #expect(model(today.adding(days: 1), true) == "looked")
    }

    @Test(arguments: [
        ("2026-04-05", "2026-04-05", false, "2026-04-05", true),
        ("2026-04-05", "2026-04-05", false, "2027-04-05", false),
        ("2020-12-24", "2020-12-25", true, "2026-12-25", true), ("2020-12-24", "2020-12-25", true, "2026-12-26", false),
        // Over the turn of the year, and a leap day.
        ("2025-12-30", "2026-01-02", true, "2027-01-01", true), ("2024-02-29", "2024-02-29", true, "2026-02-28", true),
    ])
    func aDayOfTheCalendarFalls(_ from: String, _ until: String, _ yearly: Bool, _ on: String, _ falls: Bool) {
        let occasion = Occasion(
            id: id, kind: .worship, name: "x", from: day(from), until: day(until), isYearly: yearly, note: nil)
        #expect(occasion.falls(on: day(on)) == falls)
    }

    @Test func aGroupIsNoLargerThanItsArea() {
        func group(_ households: Int?, ended: String? = nil) -> Refusal? {
            AreaGroup(
                id: id, name: "Tổ 1", kind: .selfManaged, households: households, since: day("2020-01-01"),
                endedOn: ended.map(day)
            ).refusal(on: today, in: 214)
        }
        #expect(group(214) == nil && group(nil) == nil)
        #expect(group(215)?.field == "households")
        #expect(group(1, ended: "2019-12-31")?.field == "ended")
    }
}

@Suite("The store of profiles", .databases) struct ProfileStoreTests {
    @Test(arguments: TestEngine.all) func theNewestYearIsUsedEverywhereAndTheOthersAreKept(
        on engine: TestEngine
    ) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let sight = tree.sight(tree.province)
            func area() async throws -> Area {
                try await tree.read { try OrganisationStore.area(tree.thongXanh, seenBy: sight, $0) }
            }
            #expect(try await area().asOf == 2026, "the seed's own year is the first of the history")
            try await tree.write {
                try OrganisationStore.putYear(
                    AreaYear(year: 2024, households: 190, people: 800, areaClass: "rural"), of: tree.thongXanh, $0)
            }
            #expect(try await area().households == 200, "an older year does not displace the newest")
            try await tree.write {
                try OrganisationStore.putYear(
                    AreaYear(year: 2027, households: 220, people: 900, areaClass: "town", region: "highlands"),
                    of: tree.thongXanh, $0)
            }
            let now = try await area()
            #expect(now.region == "highlands")
            #expect(now.households == 220 && now.people == 900 && now.areaClass == "town" && now.asOf == 2027)
            let years = try await tree.read { try OrganisationStore.years(of: tree.thongXanh, $0).map(\.year) }
            #expect(years == [2027, 2026, 2024])
        }
    }

    @Test(arguments: TestEngine.all) func aBookIsReadAsItWasWritten(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let area = tree.thongXanh
            let day = Day(iso: "2026-04-05")!
            @Sendable func id(_ number: UInt64) -> ID { ID(high: 9, low: number) }
            let group = AreaGroup(
                id: id(1), name: "Tổ 1", kind: .interFamily, households: 20, since: day, endedOn: nil)
            let model = AreaModel(id: id(2), name: "Đường hoa", since: 2021, lookedOn: day, isAlive: false)
            let easter = Occasion(
                id: id(3), kind: .worship, name: "Phục sinh", from: day, until: day, isYearly: false, note: "sáng")
            let convention = Convention(
                id: id(4), version: 1, kind: .huongUoc, text: "Điều 1.", adoptedOn: day, votesFor: 150, households: 214,
                recognisedBy: "UBND xã", recognisedOn: day)
            try await tree.write { tx in
                try OrganisationStore.putGroup(group, of: area, tx)
                try OrganisationStore.putModel(model, of: area, tx)
                try OrganisationStore.putOccasion(easter, of: area, tx)
                try OrganisationStore.addConvention(convention, of: area, tx)
            }
            let book = try await tree.read { try OrganisationStore.book(of: area, $0) }
            #expect(book.groups == [group] && book.models == [model] && book.occasions == [easter])
            #expect(book.conventions == [convention])
            let warned = try await tree.read { try OrganisationStore.occasions(in: [area, tree.kaDo], on: day, $0) }
            #expect(warned == [area: [easter]])
            try await tree.write { tx in
                try OrganisationStore.putModel(
                    AreaModel(id: id(2), name: "Đường hoa", since: 2021, lookedOn: nil, isAlive: nil), of: area, tx)
                try OrganisationStore.remove(.groups, id(1), of: area, tx)
                // Of another area nothing is taken out.
                try OrganisationStore.remove(.occasions, id(3), of: tree.kaDo, tx)
            }
            let after = try await tree.read { try OrganisationStore.book(of: area, $0) }
            #expect(after.groups.isEmpty && after.models.map(\.isAlive) == [nil] && after.occasions == [easter])
        }
    }
}

@Suite("The profile through its pages", .databases) struct ProfileStoryTests {
    @Test(arguments: TestEngine.all) func aHeadKeepsTheProfileAndThePublicReadsItsPart(
        on engine: TestEngine
    ) async throws {
        let site = try await TestSite(engine)
        let head = try await site.signIn(.yaThuong)
        let path = "/areas/\(Place.thongXanh.id)/profile"
        let empty = try await head.open(path).expectStatus(200)
        #expect(empty.says("Chưa ghi tổ tự quản nào.") && empty.says("214"))

        func enter(_ part: String, _ typed: [String: String]) async throws -> Shown {
            try await head.send(head.open("\(path)/\(part)").form("\(path)/\(part)").filled(typed))
        }
        let refused = try await enter("groups", ["name": "Tổ 1", "kind": "self_managed", "households": "300"])
        refused.expectStatus(422)
        #expect(refused.error(beside: "households")?.contains("214 hộ") == true)
        _ = try await enter("groups", ["name": "Tổ tự quản 1", "kind": "self_managed", "households": "3"]).expectStatus(
            200)
        let few = try await enter(
            "conventions",
            [
                "kind": "quy_uoc", "text": "Điều 1. Không đốt rác.", "adopted": "01/03/2026", "votes": "107",
                "households": "214",
            ])
        few.expectStatus(422)
        #expect(few.error(beside: "votes")?.contains("ít nhất 108 trong 214 hộ") == true)
        _ = try await enter(
            "conventions",
            [
                "kind": "quy_uoc", "text": "Điều 1. Không đốt rác.", "adopted": "01/03/2026", "votes": "178",
                "households": "214", "body": "UBND xã", "recognised": "01/04/2026",
            ]
        ).expectStatus(200)
        _ = try await enter(
            "models", ["name": "Đường hoa", "since": "2021", "looked": "01/10/2026", "alive": "yes"]
        ).expectStatus(200)
        _ = try await enter("occasions", ["name": "Phục sinh", "kind": "worship", "from": "05/04/2026"]).expectStatus(
            200)
        let saved = try await enter("numbers", ["year": "2025", "households": "212", "people": "849"]).expectStatus(200)
        #expect(saved.says("Tổ tự quản 1") && saved.says("178 trong 214 hộ tán thành"))
        #expect(saved.says("1 trong 1 mô hình đã xem còn hoạt động.") && saved.says("Phục sinh"))
        #expect(saved.says("2025") && saved.says("849"))

        let paper = try await head.open("\(path)/paper").expectStatus(200)
        #expect(paper.says("HỒ SƠ KHU DÂN CƯ") && paper.says("Đường hoa"))
        #expect(paper.says("từ hồ sơ thôn Thông Xanh") && !paper.says("hồ sơ Hồ sơ"))
        let portal = try await site.visitor().open("/portal/areas/\(Place.thongXanh.id)").expectStatus(200)
        #expect(portal.says("dưới 5 hộ") && portal.says("Điều 1. Không đốt rác.") && portal.says("Đường hoa"))
        #expect(!portal.says("Phục sinh"), "worship is not for the public")
    }

    @Test(arguments: TestEngine.all) func anEntryIsChangedAndTakenOut(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let officer = try await site.signIn(.nguyenThiMaiLoan)
        let path = "/areas/\(Place.thongXanh.id)/profile"
        let saved = try await officer.send(
            officer.open("\(path)/models").form("\(path)/models").filled(["name": "Camera an ninh"]))
        let entry = try #require(saved.links.first { $0.hasPrefix("\(path)/models/") })
        let page = try await officer.open(entry).expectStatus(200)
        let changed = try await officer.send(
            page.form(entry).filled(["name": "Camera an ninh", "looked": "09/11/2026", "alive": "no"])
        ).expectStatus(200)
        #expect(changed.says("Đã ngừng"))
        let gone = try await officer.press("\(entry)/removal", on: officer.open(entry)).expectStatus(200)
        #expect(!gone.says("Camera an ninh"))
        try await officer.open(entry).expectStatus(404)
    }

    @Test(arguments: TestEngine.all) func whoMayNotWriteItOnlyReads(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let path = "/areas/\(Place.thongXanh.id)/profile"
        let cell = try await site.signIn(.kDoan)
        let page = try await cell.open(path).expectStatus(200)
        #expect(!page.links.contains("\(path)/groups"))
        try await cell.open("\(path)/groups").expectStatus(403)
        try await site.signIn(.damThiNhung).open(path).expectStatus(404)
        let other = try await site.signIn(.damThiNhung)
        try await other.open("\(path)/groups").expectStatus(404)
    }
}
