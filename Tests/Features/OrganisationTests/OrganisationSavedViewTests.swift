import Core
import Database
import TestKit
import Testing

@testable import Organisation

@Suite("Filters a person keeps", .databases) struct SavedViewTests {
    @Test(arguments: TestEngine.all) func aFilterIsKeptUsedAndTakenOutByItsOwnerAlone(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine)
        let chair = try await site.signIn(.kaHuong)
        let plain = try await chair.open("/areas").expectStatus(200)
        #expect(!plain.forms.contains { $0.action == "/views" }, "nothing is narrowed")
        let narrowed = try await chair.open("/areas?q=suoi+thong").expectStatus(200)
        let kept = try await chair.send(narrowed.form("/views").filled(["name": "Suối"])).expectStatus(200)
        #expect(kept.path.hasPrefix("/areas?q=suoi") && kept.says("Đã giữ bộ lọc.") && kept.says("Suối Thông B1"))
        #expect(!kept.forms.contains { $0.action == "/views" }, "it is kept already")
        #expect(try await chair.open("/areas").links.contains { $0.hasPrefix("/areas?q=suoi") })

        let nameless = try await chair.send(
            chair.open("/areas?q=xanh").form("/views").filled(["name": ""]))
        nameless.expectStatus(422)
        #expect(nameless.error(beside: "name") != nil)

        let officer = try await site.signIn(.nguyenThiMaiLoan)
        #expect(!(try await officer.open("/areas")).links.contains { $0.hasPrefix("/areas?q=suoi") })
        let mine = try await chair.open("/views").expectStatus(200)
        let removal = try #require(mine.forms.first { $0.action.hasSuffix("/removal") })
        let id = removal.action.split(separator: "/")[1]
        let theirs = try await officer.json("/views/\(id)/removal", sending: "{}")
        #expect(theirs.status == 404)
        let gone = try await chair.send(removal).expectStatus(200)
        #expect(gone.says("Đã bỏ bộ lọc.") && gone.says("Chưa giữ bộ lọc nào"))
    }

    /// The other lists with filters keep them in the same way.
    @Test(
        arguments: TestEngine.all,
        [
            ("/practices", "?alive=yes"), ("/goals", "?standing=late"), ("/rechecks", "?state=due"),
            ("/unit-titles", "?title=model"), ("/titles/held", "?show=past"), ("/overview", "?late=yes"),
            ("/surveys", "?year=2027"), ("/targets", "?span=2025-2030"), ("/targets/rows", "?figure=met"),
            ("/offices/missing", "?year=2025"),
        ])
    func everyListWithFiltersKeepsThem(on engine: TestEngine, _ list: (path: String, query: String)) async throws {
        let site = try await TestSite(engine)
        let chair = try await site.signIn(.kaHuong)
        let plain = try await chair.open(list.path).expectStatus(200)
        #expect(!plain.forms.contains { $0.action == "/views" }, "nothing is narrowed")
        let narrowed = try await chair.open(list.path + list.query).expectStatus(200)
        let kept = try await chair.send(narrowed.form("/views").filled(["name": "Cần xem"])).expectStatus(200)
        #expect(kept.path.hasPrefix(list.path + "?") && kept.says("Đã giữ bộ lọc.") && kept.says("Cần xem"))
        #expect(!kept.forms.contains { $0.action == "/views" }, "it is kept already")
        #expect(try await chair.open("/views").links.contains(kept.path))
    }

    /// What a list shows without any choice is no filter, though its own links name unit and year.
    @Test(
        arguments: TestEngine.all,
        [
            "/surveys?under=\(Place.donDuong.id)&year=2026", "/targets?under=\(Place.donDuong.id)&span=2026",
            "/targets/rows?figure=held&under=\(Place.donDuong.id)",
            "/offices/missing?place=\(Place.donDuong.id)&year=2026",
        ])
    func theUsualUnitAndYearAreNoFilter(on engine: TestEngine, _ address: String) async throws {
        let chair = try await TestSite(engine).signIn(.kaHuong)
        let page = try await chair.open(address).expectStatus(200)
        #expect(!page.forms.contains { $0.action == "/views" })
    }

    /// A kept filter of who is missing is found where offices are followed.
    @Test(arguments: TestEngine.all) func theFilterOfOfficesStandsOnTheirFirstPage(on engine: TestEngine) async throws {
        let chair = try await TestSite(engine).signIn(.kaHuong)
        let narrowed = try await chair.open("/offices/missing?year=2025").expectStatus(200)
        let kept = try await chair.send(narrowed.form("/views").filled(["name": "Năm trước"])).expectStatus(200)
        let first = try await chair.open("/offices").expectStatus(200)
        #expect(first.says("Năm trước") && first.links.contains(kept.path))
    }

    @Test(arguments: [("q=don", true), ("q=%C4%90&kind=thon", true), ("", true), ("q=<b>", false), ("q=a b", false)])
    func whatAnAddressMayHold(_ query: String, _ fits: Bool) {
        #expect(SavedViews.isQuery(query) == fits)
    }

    @Test(arguments: TestEngine.all) func aListGoesOnAndBack(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            try await tree.write { tx in
                try OrganisationStore.addTerritories(
                    (0..<120).map {
                        NewTerritory(
                            id: ID(high: 77, low: UInt64($0 + 1)), .thon, "Thử \($0)", parent: tree.kaDo,
                            profile: AreaProfile())
                    }, tx)
            }
            let sight = tree.sight(tree.kaDo)
            func page(after: String? = nil, before: String? = nil) async throws -> AreaPage {
                try await tree.read {
                    try OrganisationStore.areas(under: nil, seenBy: sight, cursor: after, before: before, $0)
                }
            }
            let first = try await page()
            #expect(first.previous == nil && first.lines.count == 50)
            let second = try await page(after: first.next)
            let third = try await page(after: second.next)
            #expect(third.next == nil && third.lines.count == 21)
            let back = try await page(before: third.previous)
            #expect(back.lines == second.lines)
            let start = try await page(before: back.previous)
            #expect(start.lines == first.lines && start.previous == nil && start.next == first.next)
        }
    }
}
