import Core
import Testing

@testable import Organisation

@Suite struct AreaPlanTests {
    private typealias Known = OrganisationImport.Known

    private static let communes = [
        Known.unit(3, .commune, "Đơn Dương", "24931", under: 1), Known.unit(5, .ward, "Xuân Hương", "24781", under: 1),
        Known.unit(6, .commune, "Hòa Bắc", "25040", under: 1), Known.unit(7, .commune, "Hòa Bắc", "25041", under: 8),
        Known.unit(8, .district, "Di Linh", "679", under: 1),
    ]

    private static let known = Known.province(
        communes,
        areas: [
            Known.unit(
                20, .thon, "Thông Xanh", under: 3,
                profile: AreaProfile(households: 200, people: 800, areaClass: "rural", asOf: 2025)),
            Known.unit(21, .thon, "1", under: 3, profile: AreaProfile()),
        ])

    @Test func newChangedAndUnchangedAreTold() throws {
        let plan = try OrganisationTests.plan(
            .areas, Self.known, .listed,
            [
                ["STT", "Xã", "Tên thôn", "Số hộ", "Nhân khẩu", "Vùng", "Năm"],
                ["1", "Xã Đơn Dương", "Thôn Thông Xanh", "214", "858", "Nông thôn", "2025"],
                ["2", "Xã Đơn Dương", "Thôn 1", "", "", "", ""],
                ["3", "Phường Xuân Hương", "5", "1.204", "4.100", "đô thị", "2025"],
            ])
        #expect(plan.faults == 0, "\(plan.remarks)")
        #expect(plan.told.sorted() == ["add to_dan_pho 5", "change thon Thông Xanh"])
        #expect(plan.unchanged == 1)
        let five = try #require(plan.items.first { $0.action == .add })
        #expect(five.after.households == 1_204)
        #expect(five.after.areaClass == "town")
        #expect(plan.items.first { $0.action == .change }?.after.people == 858)
    }

    @Test(arguments: [
        ("Vùng kinh tế", "Tây Nguyên", "highlands"), ("Vùng kinh tế - xã hội", "Vùng Tây Nguyên", "highlands"),
        ("Vùng miền", "Trung du và miền núi phía Bắc", "northMountains"), ("Vùng KT-XH", "ĐBSCL", "mekong"),
        ("Miền", "Duyên hải Nam Trung Bộ", "southCentral"), ("Vùng kinh tế", "Vùng cao", "Vùng cao"),
    ])
    func theRegionIsReadByItsNames(_ title: String, _ cell: String, _ region: String) throws {
        let plan = try OrganisationTests.plan(
            .areas, Self.known, .part, [["Xã", "Tên thôn", "Vùng", title], ["Đơn Dương", "Thôn 1", "Đô thị", cell]])
        #expect(plan.faults == 0, "\(plan.remarks)")
        #expect(plan.items.first?.after.region == region && plan.items.first?.after.areaClass == "town")
    }

    /// A number that the spreadsheet keeps is what it is; a text is read as people here write it.
    @Test(
        arguments: [
            ("1.234", false, 1_234, nil), ("1.234", true, nil, "decimalNumber 1,234 1234"),
            ("1,234", false, nil, "unclearNumber 1,234 1234"), ("12.345", false, 12_345, nil),
            ("12.345", true, nil, "decimalNumber 12,345 12345"), ("1234", false, 1_234, nil),
            ("1 234", false, 1_234, nil), ("1.5", false, nil, "wrongNumber 1.5 "),
            ("-1.234", true, nil, "wrongNumber -1,234 "), ("912.345", true, nil, "wrongNumber 912,345 "),
            ("0.125", true, nil, "wrongNumber 0,125 "), ("120,0", false, 120, nil),
        ] as [(String, Bool, Int?, String?)])
    func householdsAreReadAsTheFileKeepsThem(_ cell: String, _ isNumber: Bool, _ read: Int?, _ fault: String?) throws {
        var reading = OrganisationImport.FileReading(.areas, Self.known, .part, day: Day(iso: "2026-01-01")!)
        try reading.take(.init(sheet: "", number: 1, cells: ["Xã", "Tên thôn", "Số hộ"]))
        try reading.take(
            .init(sheet: "", number: 2, cells: ["Đơn Dương", "Thôn 1", cell], decimals: isNumber ? [2] : []))
        let plan = try reading.finish()
        #expect(plan.items.first?.after.households == read)
        let told = plan.remarks.first.map {
            "\($0.key) \($0.arguments["found"] ?? "") \($0.arguments["thousands"] ?? "")"
        }
        #expect(told == fault && plan.remarks.count == (fault == nil ? 0 : 1), "\(plan.remarks)")
    }

    @Test func anEmptyCellErasesNothing() throws {
        let plan = try OrganisationTests.plan(
            .areas, Self.known, .part, [["Mã xã", "Tên thôn", "Số hộ"], ["24931", "Thông Xanh", ""]])
        #expect(plan.changesNothing)
    }

    @Test func whatIsMissingUnderANamedCommuneEnds() throws {
        let rows = [["Xã", "Tên thôn"], ["Đơn Dương", "Thôn 1"]]
        #expect(try plan(.areas, Self.known, .listed, rows).told == ["end thon Thông Xanh"])
        #expect(try plan(.areas, Self.known, .part, rows).changesNothing)
    }

    @Test func anAreaThatLostItsCommuneIsFoundByName() throws {
        let waiting = Known.province(Self.communes, areas: [Known.unit(30, .thon, "Châu Sơn", under: 1)])
        let plan = try OrganisationTests.plan(
            .areas, waiting, .part, [["Xã", "Tên thôn"], ["Đơn Dương", "Thôn Châu Sơn"]])
        #expect(plan.told == ["change thon Châu Sơn"])
        #expect(plan.items[0].after.place == .known(Known.id(3)))
    }

    @Test func twoKindsOfOneNameAreTwoAreas() throws {
        let plan = try OrganisationTests.plan(
            .areas, Self.known, .part,
            [
                ["Xã", "Tên thôn"], ["Đơn Dương", "Buôn 1"], ["Đơn Dương", "Thôn 1"],
            ])
        #expect(plan.told == ["add buon 1"])
        #expect(plan.unchanged == 1)
    }

    @Test(arguments: [
        ([["Xã", "Tên thôn"], ["Ka Đô", "Thôn 1"]], "2A unknownCommune"),
        ([["Xã", "Tên thôn"], ["Hòa Bắc", "Thôn 1"]], "2A communeAmbiguous"),
        ([["Mã xã", "Xã", "Tên thôn"], ["24931", "Ka Đô", "Thôn 1"]], "2B communeCodeName"),
        ([["Xã", "Tên thôn"], ["", "Thôn 1"]], "2A noCommune"),
        ([["Xã", "Tên thôn", "Loại"], ["Đơn Dương", "1", "Huyện"]], "2C wrongAreaKind"),
        ([["Xã", "Tên thôn", "Số hộ"], ["Đơn Dương", "Thôn 1", "-5"]], "2C wrongNumber"),
        ([["Xã", "Tên thôn", "Số hộ"], ["Đơn Dương", "Thôn 1", "khoảng 200"]], "2C wrongNumber"),
        ([["Xã", "Tên thôn"], ["Đơn Dương", "Thôn 2"], ["Đơn Dương", "Thôn 2"]], "3B duplicateArea"),
        ([["Xã", "Tên thôn"], ["Đơn Dương", "Thôn"]], "2B emptyName"),
    ])
    func aBadCellIsNamedByRowAndColumn(_ rows: [[String]], _ mark: String) throws {
        let plan = try OrganisationTests.plan(.areas, Self.known, .part, rows)
        #expect(plan.marks == [mark])
        #expect(plan.faults == 1)
    }

    @Test func theDistrictTellsTwoCommunesOfOneNameApart() throws {
        let plan = try OrganisationTests.plan(
            .areas, Self.known, .part,
            [
                ["Huyện", "Xã", "Tên thôn"], ["Di Linh", "Hòa Bắc", "Thôn 1"],
            ])
        #expect(plan.faults == 0, "\(plan.remarks)")
        #expect(plan.items.first?.after.place == .known(Known.id(7)))
    }

    @Test func organisationsComeWithThoseAboveThem() throws {
        let known = Known.province(
            Self.communes, areas: Self.known.areas,
            bodies: [
                .init(
                    id: Known.id(50), kind: .partyCommittee, name: "Tỉnh ủy Lâm Đồng", territory: Known.id(1),
                    parent: nil)
            ])
        let plan = try OrganisationTests.plan(
            .organisations, known, .part,
            [
                ["Tên tổ chức", "Xã", "Thôn", "Trực thuộc", "Từ ngày"],
                ["Chi bộ thôn Thông Xanh", "Đơn Dương", "Thông Xanh", "Đảng ủy xã Đơn Dương", "15/7/2025"],
                ["Đảng ủy xã Đơn Dương", "Đơn Dương", "", "Tỉnh ủy Lâm Đồng", ""],
            ])
        #expect(plan.faults == 0, "\(plan.remarks)")
        #expect(plan.told == ["add party_committee Đảng ủy xã Đơn Dương", "add party_cell Chi bộ thôn Thông Xanh"])
        #expect(plan.items[0].after.parent == .known(Known.id(50)))
        #expect(plan.items[1].after.parent == .new(0))
        #expect(plan.items[1].after.place == .known(Known.id(20)))
        #expect(plan.items[1].after.from == Day(iso: "2025-07-15"))
    }

    @Test(arguments: [
        ([["Tên tổ chức", "Loại"], ["Hội quán cà phê", ""]], "2B noBodyKind"),
        ([["Tên tổ chức", "Loại"], ["Hội quán cà phê", "Quán"]], "2B wrongBodyKind"),
        ([["Tên tổ chức", "Trực thuộc"], ["Chi bộ A", "Đảng ủy B"]], "2B unknownBody"),
        ([["Tên tổ chức", "Xã", "Thôn"], ["Chi bộ A", "Đơn Dương", "Thôn 9"]], "2C unknownArea"),
        ([["Tên tổ chức", "Từ ngày"], ["Chi bộ A", "31/2/2025"]], "2B wrongDay"),
        ([["Tên tổ chức", "Từ ngày", "Đến ngày"], ["Chi bộ A", "2/7/2025", "30/6/2025"]], "2C endsBeforeBeginning"),
        ([["Tên tổ chức", "Trực thuộc"], ["Chi bộ A", "Chi bộ B"], ["Chi bộ B", "Chi bộ A"]], "2B parentCircle"),
    ])
    func aBadCellOfAnOrganisationIsNamed(_ rows: [[String]], _ mark: String) throws {
        let plan = try OrganisationTests.plan(.organisations, Self.known, .part, rows)
        #expect(plan.marks == [mark])
    }
}
