import Core
import Testing

@testable import Organisation

@Suite struct NameReaderTests {
    @Test(arguments: [
        ("Xã D'Ran", 3, "commune", "D'Ran"),
        ("xã Ka Đô", 3, "commune", "Ka Đô"),
        ("Thị Trấn Thạnh Mỹ", 3, "town", "Thạnh Mỹ"),
        ("TT. Thạnh Mỹ", 3, "town", "Thạnh Mỹ"),
        ("Phường 1", 3, "ward", "1"),
        ("Phường Phường Đúc", 3, "ward", "Phường Đúc"),
        ("Đặc khu Phú Quý", 3, "specialZone", "Phú Quý"),
        ("Thị trấn Nông trường Mộc Châu", 3, "town", "Nông trường Mộc Châu"),
        ("Huyện Đơn Dương", 2, "district", "Đơn Dương"),
        ("TP.Đà Lạt", 2, "provincialCity", "Đà Lạt"),
        ("Thị xã Quảng Trị", 2, "districtTown", "Quảng Trị"),
        ("Quận 1", 2, "urbanDistrict", "1"),
        ("Thành phố Hồ Chí Minh", 1, "municipality", "Hồ Chí Minh"),
        ("Tỉnh Lâm Đồng", 1, "province", "Lâm Đồng"),
        ("  Thôn   Thông Xanh ", 4, "thon", "Thông Xanh"),
        ("TDP 5", 4, "to_dan_pho", "5"),
        ("Tổ dân phố số 5", 4, "to_dan_pho", "số 5"),
        ("Buôn Ma Đanh", 4, "buon", "Ma Đanh"),
    ])
    func aKindBeforeANameIsTakenOff(_ typed: String, _ level: Int, _ kind: String, _ name: String) {
        let read = OrganisationImport.NameReader(levels: [level]).read(typed)
        #expect(read.designation?.rawValue == kind)
        #expect(read.name == name)
    }

    @Test func aNameWithoutAKindStaysWhole() {
        let read = OrganisationImport.NameReader(levels: [3]).read("Đơn Dương")
        #expect(read.designation == nil)
        #expect(read.name == "Đơn Dương")
    }

    @Test func aKindAloneLeavesNoName() {
        #expect(OrganisationImport.NameReader(levels: [3]).read("Xã").name == "")
    }

    @Test(arguments: [
        ("68", 1, "68"), ("1", 1, "01"), ("7", 2, "007"), ("4", 3, "00004"), ("24931", 3, "24931"),
        ("24931.0", 3, "24931"),
        ("HN-01", 1, "HN-01"),
    ])
    func aCodeGetsItsLostZerosBack(_ typed: String, _ level: Int, _ code: String) {
        #expect(OrganisationImport.code(typed, level) == code)
    }

    @Test(arguments: [
        ("Chi bộ thôn Thông Xanh", OrganisationKind.partyCell), ("Đảng ủy xã Đơn Dương", .partyCommittee),
        ("Ban Công tác Mặt trận thôn Thông Xanh", .frontWorkCommittee), ("UBND xã Ka Đô", .peoplesCommittee),
        ("Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Lâm Đồng", .frontStandingBoard),
        ("Ban Thường vụ Tỉnh ủy Lâm Đồng", .standingCommittee), ("Chi hội Phụ nữ thôn Thông Xanh", .womensBranch),
        ("Ủy ban MTTQ Việt Nam xã D'Ran", .frontCommittee), ("Trường Tiểu học Hoa Đào", .school),
    ])
    func theNameOfAnOrganisationTellsItsKind(_ name: String, _ kind: OrganisationKind) {
        #expect(OrganisationImport.bodyKind(name) == kind)
    }
}
