import Core
import Database
import Documents
import Foundation
import TestKit
import Testing

@testable import Organisation

/// The two real states of the country, from the folder that KIEUMAU_ADMIN_DATA names: three levels as of 2025-03-01
/// (the day of the list), two levels as of 2025-07-01 (the first day without districts; the list itself was drawn in
/// July 2026, and its one later change, the city Đồng Nai, is taken for the same day).
@Suite(.databases) struct AdministrativeStatesTests {
    static let folder: String? = {
        let folder = ProcessInfo.processInfo.environment["KIEUMAU_ADMIN_DATA"].flatMap { $0.isEmpty ? nil : $0 }
        if folder == nil {
            print("LEFT OUT: KIEUMAU_ADMIN_DATA is not set, so the real administrative states were not imported.")
        }
        return folder
    }()

    static let march = Day(iso: "2025-03-01")!
    static let july = Day(iso: "2025-07-01")!

    @Test(.enabled(if: folder != nil, "KIEUMAU_ADMIN_DATA is not set"), arguments: TestEngine.all)
    func theCountryIsImportedTwiceAndCodesNameOtherCommunesAfterwards(on engine: TestEngine) async throws {
        let folder = try #require(Self.folder)
        try await OrganisationFixture.empty(engine) { tree in
            let old = try AdministrativeStates.threeLevels(folder)
            let first = try await tree.preview(.territories, below: tree.country, on: Self.march, old)
            #expect(first.faults == 0)
            let all = 63 + 696 + 10_047
            #expect(first.added == all)
            #expect(first.changed + first.ended == 0)
            #expect(first.warnings == 1, "two communes Đông Khê in one city")
            try await tree.carryOut(first)
            #expect(try await counts(tree) == [63, 696, 10_047])
            let again = try await tree.preview(.territories, below: tree.country, on: Self.march, old)
            #expect(again.changesNothing)
            #expect(again.unchanged == all)

            let new = try AdministrativeStates.twoLevels(folder)
            let second = try await tree.preview(.territories, below: tree.country, on: Self.july, new, named: "moi.csv")
            #expect(second.faults == 0)
            let told = second.added + second.changed + second.unchanged
            #expect(told == 34 + 3_321)
            try await tree.carryOut(second)
            #expect(try await counts(tree) == [34, 0, 3_321])
            #expect(
                try await tree.preview(.territories, below: tree.country, on: Self.july, new, named: "moi.csv")
                    .changesNothing)

            try await expectReusedCodes(tree)
            let before = try await tree.read { reader in
                let lamDong = try OrganisationStore.territory(code: "68", on: Self.march, level: 1, reader)
                return try OrganisationStore.children(of: lamDong!, on: Self.july.adding(days: -1), reader).count
            }
            #expect(before == 10)
            try await tree.undo(second)
            #expect(try await counts(tree) == [63, 696, 10_047])
        }
    }

    private func counts(_ tree: OrganisationFixture) async throws -> [Int] {
        try await tree.read { reader in
            try [[.province], [.district], TerritoryKind.communes].map { kinds in
                try kinds.reduce(0) { try $0 + OrganisationStore.count(under: tree.country, kind: $1, reader) }
            }
        }
    }

    /// 24934 was Lạc Xuân and is D'Ran. 24955 was Quảng Lập of December 2024, and Quảng Lập again: the list alone
    /// says the same name, so it is the same unit, now under the province.
    private func expectReusedCodes(_ tree: OrganisationFixture) async throws {
        let day = Self.july
        func unit(_ code: String, _ day: Day) async throws -> Territory {
            let id = try #require(
                try await tree.read { try OrganisationStore.territory(code: code, on: day, level: 3, $0) })
            return try await tree.read { try OrganisationStore.publicTerritory(id, $0) }
        }
        let lacXuan = try await unit("24934", day.adding(days: -1))
        let dRan = try await unit("24934", day)
        #expect(lacXuan.name == "Lạc Xuân")
        #expect(lacXuan.validUntil == day)
        #expect(dRan.name == "D'Ran")
        #expect(dRan.id != lacXuan.id)
        let town = try await unit("24928", day.adding(days: -1))
        #expect(town.designation == .town)
        #expect(town.id != dRan.id)
        let quangLap = try await unit("24955", day.adding(days: -1))
        #expect(try await unit("24955", day).id == quangLap.id)
        let states = try await tree.read { try OrganisationStore.states(of: quangLap.id, $0) }
        #expect(states.map(\.parent?.name) == ["Lâm Đồng", "Đơn Dương"])
    }

    /// Three lives of 24955 by hand: Pró, then Quảng Lập formed from Quảng Lập and Pró, then the commune of July 2025.
    @Test(arguments: TestEngine.all)
    func oneCodeIsThreeCommunesAtThreeTimes(on engine: TestEngine) async throws {
        try await OrganisationFixture.empty(engine) { tree in
            let head = ["Tên tỉnh", "Mã huyện", "Tên huyện", "Mã xã", "Tên xã", "Sáp nhập từ"]
            let states: [(String, [[String]])] = [
                (
                    "2021-01-01",
                    [
                        head, ["Tỉnh Lâm Đồng", "677", "Huyện Đơn Dương", "24946", "Xã Quảng Lập", ""],
                        ["Tỉnh Lâm Đồng", "677", "Huyện Đơn Dương", "24955", "Xã Pró", ""],
                        ["Tỉnh Lâm Đồng", "677", "Huyện Đơn Dương", "24949", "Xã Ka Đơn", ""],
                    ]
                ),
                (
                    "2024-12-01",
                    [
                        head,
                        ["Tỉnh Lâm Đồng", "677", "Huyện Đơn Dương", "24955", "Xã Quảng Lập", "Xã Quảng Lập; Xã Pró"],
                        ["Tỉnh Lâm Đồng", "677", "Huyện Đơn Dương", "24949", "Xã Ka Đơn", ""],
                    ]
                ),
                (
                    "2025-07-01",
                    [
                        ["Tên tỉnh", "Mã xã", "Tên xã", "Sáp nhập từ"],
                        ["Tỉnh Lâm Đồng", "24955", "Xã Quảng Lập", "Xã Ka Đơn; Xã Quảng Lập"],
                    ]
                ),
            ]
            for (day, rows) in states {
                let batch = try await tree.preview(
                    .territories, below: tree.country, on: Day(iso: day)!, OrganisationFixture.csv(rows), named: "t.csv"
                )
                let remarks = try await tree.read { try OrganisationStore.importRemarks(of: batch.id, $0) }
                #expect(batch.faults == 0, "\(remarks)")
                try await tree.carryOut(batch)
            }
            var found: [ID] = []
            for day in ["2021-06-01", "2025-03-01", "2026-11-10"] {
                found.append(
                    try #require(
                        try await tree.read {
                            try OrganisationStore.territory(code: "24955", on: Day(iso: day)!, level: 3, $0)
                        }))
            }
            let ids = found
            #expect(Set(ids).count == 3)
            let names = try await tree.read { reader in
                try ids.map { try OrganisationStore.publicTerritory($0, reader).name }
            }
            #expect(names == ["Pró", "Quảng Lập", "Quảng Lập"])
            let successors = try await tree.read { try OrganisationStore.successors(of: ids[0], $0) }
            #expect(successors == [ids[2]])
        }
    }
}

/// The two lists as offices would have them: a workbook with three levels beside each other, a CSV with two.
enum AdministrativeStates {
    private struct Old: Decodable {
        struct Province: Decodable {
            let level1_id: String
            let name: String
            let level2s: [District]
        }

        struct District: Decodable {
            let level2_id: String
            let name: String
            let level3s: [Commune]
        }

        struct Commune: Decodable {
            let level3_id: String
            let name: String
        }

        let data: [Province]
    }

    private struct New: Decodable {
        struct Ward: Decodable {
            let Code: String
            let FullName: String
        }

        let Code: String
        let FullName: String
        let Wards: [Ward]
    }

    static func threeLevels(_ folder: String) throws -> [UInt8] {
        let file = URL(fileURLWithPath: "\(folder)/dvhcvn_2025-03-01_three_tier.json")
        let old = try JSONDecoder().decode(Old.self, from: Data(contentsOf: file))
        let path = NSTemporaryDirectory() + "kieumau-\(UUID().uuidString).xlsx"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let writer = try SheetWriter(path: path)
        try writer.begin(
            sheet: "Đơn vị hành chính",
            columns: ["STT", "Mã tỉnh", "Tên tỉnh", "Mã huyện", "Tên huyện", "Mã xã", "Tên xã"].map { SheetColumn($0) })
        var number = 0
        for province in old.data {
            for district in province.level2s {
                for commune in district.level3s {
                    number += 1
                    try writer.append(
                        [.integer(number)]
                            + [
                                province.level1_id, province.name, district.level2_id, district.name, commune.level3_id,
                                commune.name,
                            ].map { .text($0) })
                }
                // The island districts without communes stand in a row of their own.
                if district.level3s.isEmpty {
                    number += 1
                    try writer.append(
                        [.integer(number)]
                            + [province.level1_id, province.name, district.level2_id, district.name].map { .text($0) })
                }
            }
        }
        try writer.finish()
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    static func twoLevels(_ folder: String) throws -> [UInt8] {
        let file = URL(fileURLWithPath: "\(folder)/vn_units_2026-07-25_two_tier.json")
        let new = try JSONDecoder().decode([New].self, from: Data(contentsOf: file))
        var rows = [["Mã tỉnh", "Tên tỉnh", "Mã xã", "Tên xã"]]
        for province in new {
            for ward in province.Wards { rows.append([province.Code, province.FullName, ward.Code, ward.FullName]) }
        }
        return OrganisationFixture.csv(rows)
    }
}
