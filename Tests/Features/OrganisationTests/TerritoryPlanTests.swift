import Core
import Testing

@testable import Organisation

@Suite struct TerritoryPlanTests {
    private typealias Known = OrganisationImport.Known

    /// Đơn Dương before July 2025, as far as the cases need it.
    private static let old = Known.province([
        Known.unit(2, .district, "Đơn Dương", "677", under: 1),
        Known.unit(3, .town, "D'Ran", "24928", under: 2), Known.unit(4, .commune, "Lạc Xuân", "24934", under: 2),
        Known.unit(5, .commune, "Ka Đô", "24943", under: 2), Known.unit(6, .commune, "Lạc Lâm", "24940", under: 2),
    ])

    private static let twoLevels = [
        ["Mã tỉnh", "Tên tỉnh", "Mã xã", "Tên xã"],
        ["68", "Tỉnh Lâm Đồng", "24934", "Xã D'Ran"],
        ["68", "Tỉnh Lâm Đồng", "24943", "Xã Ka Đô"],
    ]

    @Test func aCodeTakenOverByAnotherNameIsAnotherUnit() throws {
        let plan = try OrganisationTests.plan(.territories, Self.old, Self.twoLevels)
        #expect(plan.faults == 0, "\(plan.remarks)")
        #expect(plan.told.contains("add commune D'Ran"))
        #expect(plan.told.contains("end commune Lạc Xuân"))
        #expect(plan.told.contains("end town D'Ran"))
        #expect(plan.told.contains("end district Đơn Dương"))
        // Same code, same name: the commune goes on, under the province.
        let kaDo = try #require(plan.items.first { $0.after.name == "Ka Đô" })
        #expect(kaDo.action == .change)
        #expect(kaDo.subject == .known(Known.id(5)))
        #expect(kaDo.after.place == .known(Known.id(1)))
    }

    @Test func whatWasFormedFromSeveralIsNewThoughItKeepsNameAndCode() throws {
        let plan = try OrganisationTests.plan(
            .territories, Self.old,
            [
                ["Tên tỉnh", "Mã xã", "Tên xã", "Sáp nhập từ"],
                ["Lâm Đồng", "24934", "Xã D'Ran", "Thị trấn D'Ran, xã Lạc Xuân"],
                ["Lâm Đồng", "24943", "Xã Ka Đô", "Xã Lạc Lâm; Xã Ka Đô"],
            ])
        #expect(plan.faults == 0, "\(plan.remarks)")
        let kaDo = try #require(plan.items.first { $0.action == .add && $0.after.name == "Ka Đô" })
        #expect(Set(kaDo.after.successions) == [.known(Known.id(5)), .known(Known.id(6))])
        #expect(plan.count(.end) == 5)
    }

    @Test func oneOriginAloneIsARenaming() throws {
        let plan = try OrganisationTests.plan(
            .territories, Self.old, .part,
            [
                ["Mã", "Tên", "Trực thuộc", "Sáp nhập từ"],
                ["24934", "Xã Lạc Xuân Mới", "Huyện Đơn Dương", "Lạc Xuân"],
            ])
        #expect(plan.faults == 0, "\(plan.remarks)")
        #expect(plan.told == ["change commune Lạc Xuân Mới"])
        #expect(plan.items.first?.subject == .known(Known.id(4)))
    }

    @Test func areasFollowTheirCommuneOrWait() throws {
        let areas = [
            Known.unit(20, .thon, "Châu Sơn", under: 4), Known.unit(21, .thon, "Lạc Nghiệp", under: 6),
        ]
        let known = Known.province(Self.old.units, areas: areas)
        let plan = try OrganisationTests.plan(
            .territories, known,
            [
                ["Tên tỉnh", "Mã xã", "Tên xã", "Sáp nhập từ"],
                ["Lâm Đồng", "24934", "Xã D'Ran", "Thị trấn D'Ran, xã Lạc Xuân"],
            ])
        let chauSon = try #require(plan.items.first { $0.after.name == "Châu Sơn" })
        guard case .new(let index)? = chauSon.after.place else { Issue.record("not moved"); return }
        #expect(plan.items[index].after.name == "D'Ran")
        let lacNghiep = try #require(plan.items.first { $0.after.name == "Lạc Nghiệp" })
        #expect(lacNghiep.after.place == .known(Known.id(1)))
        #expect(plan.remarks.contains { $0.key == "areasUnplaced" && $0.arguments["count"] == "1" })
    }

    @Test func aPartEndsNothingAndAListedEndsOnlyUnderWhatItNames() throws {
        let row = [["Tên huyện", "Mã xã", "Tên xã"], ["Huyện Đơn Dương", "24943", "Xã Ka Đô"]]
        let other = Known.unit(9, .commune, "Đạ Ròn", "24937", under: 8)
        let known = Known.province(Self.old.units + [Known.unit(8, .district, "Lạc Dương", "675", under: 1), other])
        #expect(try plan(.territories, known, .part, row).told == [])
        let listed = try plan(.territories, known, .listed, row)
        #expect(listed.told.contains("end commune Lạc Lâm"))
        #expect(!listed.told.contains("end commune Đạ Ròn"))
        #expect(try plan(.territories, known, .whole, row).told.contains("end commune Đạ Ròn"))
    }

    @Test func theSameListAgainChangesNothing() throws {
        let known = Known.province([
            Known.unit(3, .commune, "D’Ran", "24934", under: 1), Known.unit(5, .commune, "Ka Đô", "24943", under: 1),
        ])
        let plan = try OrganisationTests.plan(.territories, known, Self.twoLevels)
        #expect(plan.changesNothing)
        #expect(plan.unchanged == 3)
    }

    @Test func aProvinceThatTakesAnothersCodeGoesOn() throws {
        let country = Known(
            base: Known.unit(0, .country, "Việt Nam", under: nil),
            units: [
                Known.unit(10, .province, "Lào Cai", "10", under: 0),
                Known.unit(15, .province, "Yên Bái", "15", under: 0),
                Known.unit(38, .province, "Thanh Hóa", "38", under: 0),
            ])
        let plan = try OrganisationTests.plan(
            .territories, country,
            [
                ["Cấp", "Mã", "Tên"], ["Tỉnh", "15", "Tỉnh Lào Cai"], ["Tỉnh", "38", "Tỉnh Thanh Hoá"],
            ])
        #expect(plan.told == ["change province Lào Cai", "end province Yên Bái"])
        #expect(plan.items[0].after.code == "15")
        #expect(plan.unchanged == 1)
    }

    @Test func rowsMayNameWhatLiesAboveThemInAnyOrder() throws {
        let plan = try OrganisationTests.plan(
            .territories, .province(),
            [
                ["Tên", "Mã", "Cấp", "Trực thuộc"],
                ["Ka Đô", "24943", "Xã", "Huyện Đơn Dương"], ["Đơn Dương", "677", "Huyện", ""],
            ])
        #expect(plan.faults == 0, "\(plan.remarks)")
        #expect(plan.told == ["add district Đơn Dương", "add commune Ka Đô"])
        #expect(plan.items[1].after.place == .new(0))
    }

    @Test func mergedCellsAreReadOn() throws {
        let plan = try OrganisationTests.plan(
            .territories, .province(),
            [
                ["Tên huyện", "Mã xã", "Tên xã"], ["Huyện Đơn Dương", "24943", "Xã Ka Đô"],
                ["", "24940", "Xã Lạc Lâm"],
            ])
        #expect(plan.told == ["add district Đơn Dương", "add commune Ka Đô", "add commune Lạc Lâm"])
        #expect(plan.items[2].after.place == .new(0))
    }

    @Test(arguments: [
        (
            [
                ["Cấp", "Mã", "Tên", "Trực thuộc"], ["Xã", "24943", "Ka Đô", "Huyện Đơn Dương"],
                ["Xã", "24943", "Lạc Lâm", "Huyện Đơn Dương"],
            ], "3B duplicateCode"
        ),
        ([["Cấp", "Mã", "Tên", "Trực thuộc"], ["Xã", "24944", "Ka Đôn", "Huyện Lạc Dương"]], "2D unknownParent"),
        ([["Cấp", "Mã", "Tên"], ["Làng", "24944", "Ka Đôn"]], "2A wrongKind"),
        ([["Cấp", "Mã", "Tên"], ["Xã", "24944", ""]], "2C emptyName"),
        ([["Mã", "Tên"], ["24944", "Ka Đôn"]], "2B noKind"),
        ([["Cấp", "Tên"], ["Xã", "Ka Đôn"], ["Xã", "Ka  Đôn"]], "3B duplicateName"),
        ([["Tên tỉnh", "Mã xã", "Tên xã"], ["Tỉnh Ninh Thuận", "1", "Xã Lâm Sơn"]], "2A outside"),
        (
            [["Mã tỉnh", "Tên tỉnh", "Tên xã"], ["68", "Lâm Đồng", "Xã A"], ["68", "Đắk Nông", "Xã B"]],
            "3B codeTwoNames"
        ),
        ([["Cấp", "Tên", "Thứ tự"], ["Xã", "Ka Đôn", "hai"]], "2C wrongNumber"),
    ])
    func aBadCellIsNamedByRowAndColumn(_ rows: [[String]], _ mark: String) throws {
        let plan = try OrganisationTests.plan(.territories, Self.old, .part, rows)
        #expect(plan.faults > 0)
        #expect(plan.marks.contains(mark), "\(plan.marks)")
    }

    @Test func aCodeThatAnotherUnitKeepsIsAFault() throws {
        let plan = try OrganisationTests.plan(
            .territories, Self.old, .part,
            [
                ["Cấp", "Mã", "Tên", "Trực thuộc"], ["Xã", "24934", "Ka Đôn", "Huyện Đơn Dương"],
            ])
        #expect(plan.marks == ["2B codeTaken"])
    }

    @Test func twoUnitsOfOneNameAndTwoCodesAreTakenWithAWarning() throws {
        // So it is in the real list of March 2025: two communes Đông Khê in the city of Thanh Hóa.
        let plan = try OrganisationTests.plan(
            .territories, .province(),
            [
                ["Tên huyện", "Mã xã", "Tên xã"], ["Thành phố Thanh Hóa", "16378", "Xã Đông Khê"],
                ["Thành phố Thanh Hóa", "16379", "Xã Đông Khê"],
            ])
        #expect(plan.faults == 0)
        #expect(plan.marks == ["3C sameName"])
        #expect(plan.count(.add) == 3)
    }
}
