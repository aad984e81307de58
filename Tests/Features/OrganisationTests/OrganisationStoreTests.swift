import Core
import Database
import TestKit
import Testing

@testable import Organisation

@Suite(.databases) struct OrganisationStoreTests {
    @Test(arguments: TestEngine.all)
    func aListStandsInVietnameseOrderAndNumbersByValue(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let names = try await tree.read {
                try OrganisationStore.areas(under: tree.donDuong, seenBy: tree.sight(tree.province), $0).lines.map(
                    \.title.name)
            }
            #expect(names == ["Nghĩa Lập", "Suối Thông A1", "Thôn 2", "Thôn 10", "Thông Xanh"])
        }
    }

    @Test(arguments: TestEngine.all)
    func whatOneMayNotSeeIsNotThere(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let here = tree.sight(tree.kaDo)
            await #expect(throws: NotFound.self) {
                try await tree.read { try OrganisationStore.area(tree.thongXanh, seenBy: here, $0) }
            }
            await #expect(throws: NotFound.self) {
                try await tree.read { try OrganisationStore.territory(tree.donDuong, seenBy: here, $0) }
            }
            await #expect(throws: NotFound.self) {
                try await tree.read { try OrganisationStore.areas(under: tree.donDuong, seenBy: here, $0) }
            }
            // Above one's own place only one's own is listed.
            let page = try await tree.read { try OrganisationStore.areas(under: tree.province, seenBy: here, $0) }
            #expect(page.lines.map(\.title.name) == ["Ta Ly"])
            let nobody = try await tree.read { try OrganisationStore.areas(under: nil, seenBy: tree.sight(), $0) }
            #expect(nobody.lines.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func pathAndNameGoFromNearToFar(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let (path, line) = try await tree.read { reader in
                (
                    try OrganisationStore.path(of: tree.thongXanh, reader),
                    try OrganisationStore.nameLine(of: tree.thongXanh, reader) { key, arguments in
                        key.hasSuffix("thon") ? "thôn \(arguments["name"] ?? "")" : "xã \(arguments["name"] ?? "")"
                    }
                )
            }
            #expect(path == [tree.thongXanh, tree.donDuong, tree.province, tree.country])
            #expect(line == "Thôn Thông Xanh, xã Đơn Dương")
        }
    }

    @Test(arguments: TestEngine.all)
    func wordsFindInAnyOrderWithoutMarks(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let sight = tree.sight(tree.province)
            func areas(_ typed: String) async throws -> [String] {
                try await tree.read {
                    try OrganisationStore.findAreas(VietnameseText.searchWords(typed), sight, 20, $0).map(\.name)
                }
            }
            #expect(try await areas("xanh thong") == ["Thông Xanh"])
            #expect(try await areas("thôn Thông Xanh, xã Đơn Dương") == ["Thông Xanh"])
            #expect(try await areas("thon 2") == ["Thôn 2"])
            #expect(try await areas("suoi") == ["Suối Thông A1"])
            #expect(try await areas("thong").count == 2)
            #expect(try await areas("xanh ka do") == [])
            let communes = try await tree.read {
                try OrganisationStore.findTerritories(VietnameseText.searchWords("don duong"), sight, 20, $0).map(
                    \.name)
            }
            #expect(communes == ["Đơn Dương"])
            let bodies = try await tree.read {
                try OrganisationStore.findOrganisations(VietnameseText.searchWords("chi bo xanh"), sight, 20, $0).map(
                    \.name)
            }
            #expect(bodies == ["Chi bộ thôn Thông Xanh"])
            let elsewhere = try await tree.read {
                try OrganisationStore.findAreas(["thong"], tree.sight(tree.kaDo), 20, $0)
            }
            #expect(elsewhere.isEmpty)
            let listed = try await tree.read {
                try OrganisationStore.areas(
                    under: nil, seenBy: sight, filter: AreaFilter(words: "thong don duong"), $0
                ).lines.map(\.title.name)
            }
            #expect(listed == ["Suối Thông A1", "Thông Xanh"])
        }
    }

    @Test(arguments: TestEngine.all)
    func aLongListIsReadPageByPageWithoutGapOrDouble(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            try await tree.write { tx in
                try OrganisationStore.addTerritories(
                    (1...130).map { NewTerritory(id: tx.ids.next(), .thon, "Thôn \($0 % 70)", parent: tree.kaDo) }, tx)
            }
            var (seen, cursor, pages): ([ID], String?, Int) = ([], nil, 0)
            repeat {
                let from = cursor
                let page = try await tree.read {
                    try OrganisationStore.areas(
                        under: tree.province, seenBy: tree.sight(tree.province), cursor: from, $0)
                }
                seen += page.lines.map(\.title.id)
                cursor = page.next
                pages += 1
            } while cursor != nil && pages < 10
            #expect(pages == 3)
            #expect(seen.count == 136)
            #expect(Set(seen).count == 136)
            #expect(
                try await tree.read {
                    try OrganisationStore.countAreas(under: nil, seenBy: tree.sight(tree.province, tree.kaDo), $0)
                } == 136)
        }
    }

    @Test(arguments: TestEngine.all)
    func aRenamingClosesTheStateBefore(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let day = Day(iso: "2026-01-01")!
            try await tree.write { try OrganisationStore.rename(tree.donDuong, to: "Thạnh Mỹ", on: day, $0) }
            let states = try await tree.read { try OrganisationStore.states(of: tree.donDuong, $0) }
            #expect(states.map(\.title.name) == ["Thạnh Mỹ", "Đơn Dương"])
            #expect(states.map(\.validUntil) == [nil, day])
            let before = try await tree.read {
                try OrganisationStore.children(of: tree.province, on: day.adding(days: -1), $0).map(\.title.name)
            }
            #expect(before == ["Đơn Dương", "Ka Đô"])
            let after = try await tree.read {
                try OrganisationStore.children(of: tree.province, on: day, $0).map(\.title.name)
            }
            #expect(after == ["Ka Đô", "Thạnh Mỹ"])
            // Its areas are found by the new name of the place and no longer by the old one.
            let found = try await tree.read { reader in
                try ["xanh thanh my", "xanh don duong"].map {
                    try OrganisationStore.findAreas(
                        VietnameseText.searchWords($0), tree.sight(tree.province), 9, reader
                    ).count
                }
            }
            #expect(found == [1, 0])
        }
    }

    @Test(arguments: TestEngine.all)
    func anEndedUnitStaysVisibleToWhoeverSeesWhatCameOfIt(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let day = Day(iso: "2026-01-01")!
            let ta = OrganisationImport.Known.id(20)
            try await tree.write { tx in
                try OrganisationStore.move(ta, under: tree.donDuong, on: day, tx)
                try OrganisationStore.end(tree.kaDo, on: day, .merge, into: [tree.donDuong], tx)
            }
            let sight = tree.sight(tree.donDuong)
            let gone = try await tree.read { try OrganisationStore.territory(tree.kaDo, seenBy: sight, $0) }
            #expect(gone.validUntil == day)
            #expect(!gone.stands)
            #expect(try await tree.read { try OrganisationStore.area(ta, seenBy: sight, $0) }.place[1] == tree.donDuong)
            let units = try await tree.read { try OrganisationStore.children(of: tree.province, $0).map(\.title.name) }
            #expect(units == ["Đơn Dương"])
            #expect(try await tree.read { try OrganisationStore.successors(of: tree.kaDo, $0) } == [tree.donDuong])
            let told = try await tree.read { try OrganisationStore.successions(of: tree.donDuong, $0) }
            #expect(told.map(\.from.name) == ["Ka Đô"])
            #expect(try await tree.read { try OrganisationStore.count(under: tree.province, kind: .commune, $0) } == 1)
            #expect(try await tree.read { try OrganisationStore.count(under: tree.donDuong, kind: .area, $0) } == 6)
            let found = try await tree.read {
                try OrganisationStore.findTerritories(["ka", "do"], tree.sight(tree.province), 9, $0)
            }
            #expect(found.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func theNearestOrganisationOfAKindIsFoundUpwards(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let day = Day(iso: "2026-11-10")!
            let (committee, cell, none) = try await tree.read { reader in
                (
                    try OrganisationStore.organisation(of: .partyCommittee, for: tree.thongXanh, day: day, reader),
                    try OrganisationStore.organisations(on: tree.thongXanh, day: day, reader),
                    try OrganisationStore.organisation(of: .school, for: tree.thongXanh, day: day, reader)
                )
            }
            #expect(committee?.name == "Đảng ủy xã Đơn Dương")
            #expect(cell.map(\.parent) == [committee?.id])
            #expect(none == nil)
        }
    }

    @Test(arguments: TestEngine.all)
    func anOrganisationKeepsItsFormerNames(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let body = OrganisationImport.Known.id(50)
            let day = Day(iso: "2026-05-01")!
            try await tree.write {
                try OrganisationStore.renameOrganisation(body, to: "Đảng bộ xã Đơn Dương", on: day, $0)
            }
            let names = try await tree.read { try OrganisationStore.names(of: body, $0).map(\.name) }
            #expect(names == ["Đảng bộ xã Đơn Dương", "Đảng ủy xã Đơn Dương"])
            try await tree.write { try OrganisationStore.endOrganisation(body, on: day.adding(days: 9), $0) }
            let standing = try await tree.read {
                try OrganisationStore.organisations(on: tree.donDuong, day: day.adding(days: 9), $0)
            }
            #expect(standing.isEmpty)
        }
    }

    @Test func aPageOfAreasIsARangeOfTheClosuresKey() async throws {
        try await OrganisationFixture.with(.sqlite) { tree in
            let plan = try await tree.read { reader in
                try reader.rows(
                    """
                    EXPLAIN QUERY PLAN SELECT c.descendant_id FROM territory_closure c
                    JOIN area a ON a.territory_id = c.descendant_id JOIN territory t ON t.id = c.descendant_id
                    LEFT JOIN territory p ON p.id = t.parent_id
                    WHERE c.ancestor_id = \(tree.province) AND c.descendant_kind = 'area'
                    AND (c.sort_key, c.descendant_id) > (\("A"), \(tree.province))
                    ORDER BY c.sort_key, c.descendant_id LIMIT 51
                    """
                ).map { try $0.text("detail") }
            }
            #expect(
                plan.first?.contains("PRIMARY KEY (ancestor_id=? AND descendant_kind=? AND (sort_key,descendant_id)>")
                    == true, "\(plan)")
            #expect(!plan.contains { $0.contains("SCAN") || $0.contains("TEMP B-TREE") }, "\(plan)")
        }
    }
}
