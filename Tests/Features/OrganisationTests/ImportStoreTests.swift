import Core
import Database
import TestKit
import Testing

@testable import Organisation

@Suite(.databases) struct ImportStoreTests {
    private static let day = Day(iso: "2026-07-01")!

    private static let areas = OrganisationFixture.csv([
        ["Xã", "Tên thôn", "Loại", "Số hộ", "Năm"],
        ["Đơn Dương", "Thông Xanh", "thôn", "214", "2026"], ["Đơn Dương", "Nghĩa Lập", "tổ dân phố", "480", "2026"],
        ["Đơn Dương", "Lạc Trường", "thôn", "352", "2026"], ["Ka Đô", "Ta Ly", "buôn", "", ""],
    ])

    @Test(arguments: TestEngine.all)
    func anImportTakenBackLeavesTheTreeAsItWas(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let before = try await tree.picture()
            let batch = try await tree.preview(
                .areas, below: tree.province, .listed, on: Self.day, Self.areas, named: "t.csv")
            #expect(batch.faults == 0)
            #expect([batch.added, batch.changed, batch.unchanged, batch.ended] == [1, 2, 1, 3])
            #expect(try await tree.picture() == before)
            try await tree.carryOut(batch)
            let names = try await tree.read {
                try OrganisationStore.areas(under: tree.donDuong, seenBy: tree.sight(tree.province), $0).lines.map(
                    \.title.name)
            }
            #expect(names == ["Lạc Trường", "Nghĩa Lập", "Thông Xanh"])
            let again = try await tree.preview(
                .areas, below: tree.province, .listed, on: Self.day, Self.areas, named: "t.csv")
            #expect(again.changesNothing)
            #expect(again.unchanged == 4)
            try await tree.undo(batch)
            #expect(try await tree.picture() == before)
            #expect(try await tree.batch(batch.id, below: tree.province).state == .undone)
        }
    }

    @Test(arguments: TestEngine.all)
    func aPlanMadeOnAnotherTreeIsNotCarriedOut(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let batch = try await tree.preview(
                .areas, below: tree.province, .part, on: Self.day, Self.areas, named: "t.csv")
            try await tree.write { try OrganisationStore.rename(tree.kaDo, to: "Ka Đô Mới", on: Self.day, $0) }
            let refusal = await #expect(throws: Refusal.self) { try await tree.carryOut(batch) }
            #expect(refusal?.kind == .conflict)
            #expect(refusal?.key == "organisation.import.refusal.treeMoved")
        }
    }

    @Test(arguments: TestEngine.all)
    func nothingIsTakenBackWhileSomethingRefersToIt(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let batch = try await tree.preview(
                .areas, below: tree.province, .part, on: Self.day, Self.areas, named: "t.csv")
            try await tree.carryOut(batch)
            let new = try await tree.read {
                try OrganisationStore.findAreas(["lac", "truong"], tree.sight(tree.province), 1, $0)[0].id
            }
            try await tree.write { tx in
                try OrganisationStore.addOrganisation(
                    NewOrganisation(id: tx.ids.next(), .partyCell, "Chi bộ thôn Lạc Trường", territory: new), tx)
            }
            let reference = ImportReference(
                "organisation.import.reference.roles", table: "area", column: "territory_id")
            let refusal = await #expect(throws: Refusal.self) { try await tree.undo(batch, [reference]) }
            #expect(
                refusal?.all.map(\.key) == [
                    "organisation.import.reference.organisations", "organisation.import.reference.roles",
                ])
            #expect(refusal?.all.first?.arguments["count"] == "1")
            #expect(try await tree.read { try OrganisationStore.publicArea(new, $0) }.name == "Lạc Trường")
        }
    }

    @Test(arguments: TestEngine.all)
    func whatWasChangedAfterwardsIsNotPutBackInSilence(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let batch = try await tree.preview(
                .areas, below: tree.province, .part, on: Self.day, Self.areas, named: "t.csv")
            try await tree.carryOut(batch)
            try await tree.write { try OrganisationStore.rename(tree.thongXanh, to: "Thông Biếc", on: Self.day, $0) }
            let refusal = await #expect(throws: Refusal.self) { try await tree.undo(batch) }
            #expect(refusal?.key == "organisation.import.reference.changed")
        }
    }

    @Test(arguments: TestEngine.all)
    func badCellsAreKeptForThePageAndNothingElse(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let sheet = OrganisationFixture.csv([
                ["DANH SÁCH THÔN"], ["Xã", "Tên thôn", "Số hộ", "Ghi thêm"],
                ["Đơn Dương", "Thông Xanh", "hai trăm", ""], ["Ka Dô", "Ta Ly", "", ""], ["Đơn Dương", "", "5", ""],
            ])
            let batch = try await tree.preview(.areas, below: tree.province, .part, on: Self.day, sheet, named: "t.csv")
            #expect(batch.faults == 3)
            #expect(batch.columnsUnknown == [ImportColumn(name: "Ghi thêm", letters: "D")])
            let remarks = try await tree.read { try OrganisationStore.importRemarks(of: batch.id, $0) }
            #expect(
                remarks.map { "\($0.line)\($0.column ?? "") \($0.key)" } == [
                    "3C wrongNumber", "4A unknownCommune", "5B emptyName",
                ])
            #expect(try await tree.read { try OrganisationStore.importRows(of: batch.id, after: -1, $0) }.isEmpty)
            let refusal = await #expect(throws: Refusal.self) { try await tree.carryOut(batch) }
            #expect(refusal?.key == "organisation.import.refusal.faults")
        }
    }

    @Test(arguments: TestEngine.all)
    func communesMergeAndTheirAreasGoAlong(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let before = try await tree.picture()
            let sheet = OrganisationFixture.csv([
                ["Cấp", "Mã", "Tên", "Sáp nhập từ"], ["Xã", "24931", "Đa Nhim", "Đơn Dương, Ka Đô"],
            ])
            let batch = try await tree.preview(.territories, below: tree.province, on: Self.day, sheet, named: "t.csv")
            #expect(batch.faults == 0)
            try await tree.carryOut(batch)
            let (units, area) = try await tree.read { reader in
                (
                    try OrganisationStore.children(of: tree.province, reader),
                    try OrganisationStore.area(tree.thongXanh, seenBy: tree.sight(tree.province), reader)
                )
            }
            #expect(units.map(\.title.name) == ["Đa Nhim"])
            #expect(units.first?.areas == 6)
            #expect(area.place[1] == units.first?.title.id)
            let successions = try await tree.read {
                try OrganisationStore.successions(of: tree.kaDo, $0)
            }
            #expect(successions.map(\.kind) == [.merge])
            // One code, two units at two times.
            let ids = try await tree.read { reader in
                [
                    try OrganisationStore.territory(code: "24931", on: Self.day.adding(days: -1), level: 3, reader),
                    try OrganisationStore.territory(code: "24931", on: Self.day, level: 3, reader),
                ]
            }
            #expect(ids == [tree.donDuong, units.first?.title.id])
            let again = try await tree.preview(.territories, below: tree.province, on: Self.day, sheet, named: "t.csv")
            #expect(again.changesNothing, "\(again)")
            try await tree.undo(batch)
            #expect(try await tree.picture() == before)
        }
    }

    @Test(arguments: TestEngine.all)
    func aStateIsCorrectedOnItsOwnDay(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let first = OrganisationFixture.csv([["Xã", "Tên thôn"], ["Ka Đô", "Ta Ly"], ["Ka Đô", "Nghĩa Hiêp"]])
            let batch = try await tree.preview(.areas, below: tree.kaDo, on: Self.day, first, named: "t.csv")
            try await tree.carryOut(batch)
            let second = OrganisationFixture.csv([["Xã", "Tên thôn"], ["Ka Đô", "Ta Ly"], ["Ka Đô", "Nghĩa Hiệp"]])
            let mended = try await tree.preview(.areas, below: tree.kaDo, on: Self.day, second, named: "t.csv")
            #expect([mended.added, mended.ended] == [1, 1])
            try await tree.carryOut(mended)
            let names = try await tree.read {
                try OrganisationStore.areas(under: tree.kaDo, seenBy: tree.sight(tree.province), $0).lines.map(
                    \.title.name)
            }
            #expect(names == ["Nghĩa Hiệp", "Ta Ly"])
            try await tree.undo(mended)
            try await tree.undo(batch)
        }
    }

    @Test(arguments: TestEngine.all)
    func organisationsComeInAndGoBack(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let before = try await tree.picture()
            let sheet = OrganisationFixture.csv([
                ["Tên tổ chức", "Xã", "Thôn", "Trực thuộc"],
                ["Đảng ủy xã Đơn Dương", "Đơn Dương", "", ""],
                ["Ban Công tác Mặt trận thôn Thông Xanh", "Đơn Dương", "Thông Xanh", "Ủy ban MTTQ xã Đơn Dương"],
                ["Ủy ban MTTQ xã Đơn Dương", "Đơn Dương", "", ""],
            ])
            let batch = try await tree.preview(
                .organisations, below: tree.province, .listed, on: Self.day, sheet, named: "t.csv")
            #expect(batch.faults == 0)
            #expect([batch.added, batch.unchanged, batch.ended] == [2, 1, 1])
            try await tree.carryOut(batch)
            let here = try await tree.read {
                try OrganisationStore.organisations(on: tree.thongXanh, day: Self.day, $0).map(\.kind)
            }
            #expect(here == [.frontWorkCommittee])
            try await tree.undo(batch)
            #expect(try await tree.picture() == before)
        }
    }
}
