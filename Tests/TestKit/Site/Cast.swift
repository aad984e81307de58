import Core
import Organisation

/// Places of the tests, out of the demonstration: a corner of Đơn Dương, and the invented commune where things go
/// wrong. Failure, lateness and suspicion never happen in a real commune, not even in a test.
package enum Place: String, CaseIterable, Sendable {
    case country
    case lamDong
    case donDuong
    case kaDo
    /// Invented.
    case dongThong
    /// Invented, 214 households, in Đơn Dương.
    case thongXanh
    case suoiThong
    /// An area of Ka Đô: elsewhere, for whoever acts in Đơn Dương.
    case taLy
    /// Invented, in Đồng Thông.
    case suoiMay

    package var id: ID { ID(high: 0x7001, low: 1 << 63 | UInt64(Place.allCases.firstIndex(of: self)! + 1)) }

    package var parent: Place? {
        switch self {
        case .country: nil
        case .lamDong: .country
        case .donDuong, .kaDo, .dongThong: .lamDong
        case .thongXanh, .suoiThong: .donDuong
        case .taLy: .kaDo
        case .suoiMay: .dongThong
        }
    }

    package var name: String {
        switch self {
        case .country: "Việt Nam"
        case .lamDong: "Lâm Đồng"
        case .donDuong: "Đơn Dương"
        case .kaDo: "Ka Đô"
        case .dongThong: "Đồng Thông (minh họa)"
        case .thongXanh: "Thông Xanh (minh họa)"
        case .suoiThong: "Suối Thông B1"
        case .taLy: "Ta Ly 1"
        case .suoiMay: "Suối Mây (minh họa)"
        }
    }

    var code: String? {
        switch self {
        case .lamDong: "68"
        case .donDuong: "24931"
        case .kaDo: "24943"
        default: nil
        }
    }

    var designation: Designation {
        switch self {
        case .country: .country
        case .lamDong: .province
        case .donDuong, .kaDo, .dongThong: .commune
        case .thongXanh, .suoiThong, .taLy, .suoiMay: .thon
        }
    }

    /// Households and people of an area.
    var size: (households: Int, people: Int)? {
        switch self {
        case .thongXanh: (214, 858)
        case .suoiThong: (331, 1_290)
        case .taLy: (268, 1_480)
        case .suoiMay: (246, 1_002)
        default: nil
        }
    }
}

/// Organisations of the tests.
package enum Body: String, CaseIterable, Sendable {
    case frontOfProvince
    case partyOffice
    case standingCommittee
    case partyOfDonDuong
    case frontOfDonDuong
    case committeeOfDonDuong
    case womenOfDonDuong
    case frontOfDongThong
    case committeeOfDongThong
    case panel
    case frontWorkOfThongXanh
    case cellOfThongXanh
    case womenOfThongXanh
    case frontWorkOfTaLy

    package var id: ID { ID(high: 0x7002, low: 1 << 63 | UInt64(Body.allCases.firstIndex(of: self)! + 1)) }

    var plan: (kind: OrganisationKind, name: String, place: Place, parent: Body?) {
        switch self {
        case .frontOfProvince:
            (.frontStandingBoard, "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Lâm Đồng", .lamDong, nil)
        case .partyOffice: (.partyOffice, "Văn phòng Tỉnh ủy Lâm Đồng", .lamDong, nil)
        case .standingCommittee: (.standingCommittee, "Ban Thường vụ Tỉnh ủy Lâm Đồng", .lamDong, nil)
        case .partyOfDonDuong: (.partyCommittee, "Đảng ủy xã Đơn Dương", .donDuong, nil)
        case .frontOfDonDuong: (.frontCommittee, "Ủy ban MTTQ Việt Nam xã Đơn Dương", .donDuong, .frontOfProvince)
        case .committeeOfDonDuong: (.peoplesCommittee, "Ủy ban nhân dân xã Đơn Dương", .donDuong, nil)
        case .womenOfDonDuong: (.womensUnion, "Hội Liên hiệp Phụ nữ xã Đơn Dương", .donDuong, .frontOfDonDuong)
        case .frontOfDongThong:
            (.frontCommittee, "Ủy ban MTTQ Việt Nam xã Đồng Thông (minh họa)", .dongThong, .frontOfProvince)
        case .committeeOfDongThong: (.peoplesCommittee, "Ủy ban nhân dân xã Đồng Thông (minh họa)", .dongThong, nil)
        case .panel: (.appraisalPanel, "Tổ thẩm định năm 2026 (minh họa)", .lamDong, .frontOfProvince)
        case .frontWorkOfThongXanh:
            (.frontWorkCommittee, "Ban Công tác Mặt trận thôn Thông Xanh", .thongXanh, .frontOfDonDuong)
        case .cellOfThongXanh: (.partyCell, "Chi bộ thôn Thông Xanh", .thongXanh, .partyOfDonDuong)
        case .womenOfThongXanh: (.womensBranch, "Chi hội Phụ nữ thôn Thông Xanh", .thongXanh, .womenOfDonDuong)
        case .frontWorkOfTaLy: (.frontWorkCommittee, "Ban Công tác Mặt trận thôn Ta Ly 1", .taLy, nil)
        }
    }
}

/// The people of the tests, all invented: those of the demonstration and one who acts elsewhere.
package enum Member: String, CaseIterable, Sendable {
    case ngoTanPhat
    case doThiHanh
    case nguyenHuuTam
    case tranQuocLan
    case voDinhKhai
    case kaHuong
    case nguyenThiMaiLoan
    case buiVanLuc
    case touprongNaiThuy
    case yaThuong
    case dinhCongSau
    case kDoan
    case tranThiLua
    case konSaHaMien
    case luongThiNgocBich
    case dangThiAnh
    case damThiNhung
    case maiSuongDem
    /// Head of an area of Ka Đô: has nothing to do with Đơn Dương.
    case haLieng

    package var id: ID { ID(high: 0x7003, low: 1 << 63 | UInt64(Member.allCases.firstIndex(of: self)! + 1)) }

    /// The id of the one role each holds.
    package var role: ID { ID(high: 0x7004, low: id.low) }

    package var plan: (name: String, role: Role, body: Body, place: Place) {
        switch self {
        case .ngoTanPhat: ("Ngô Tấn Phát", .administrator, .frontOfProvince, .lamDong)
        case .doThiHanh: ("Đỗ Thị Hạnh", .provinceFront, .frontOfProvince, .lamDong)
        case .nguyenHuuTam: ("Nguyễn Hữu Tâm", .standingCommittee, .standingCommittee, .lamDong)
        case .tranQuocLan: ("Trần Quốc Lân", .steeringOffice, .partyOffice, .lamDong)
        case .voDinhKhai: ("Võ Đình Khải", .partySecretary, .partyOfDonDuong, .donDuong)
        case .kaHuong: ("Ka Hương", .communeFrontChair, .frontOfDonDuong, .donDuong)
        case .nguyenThiMaiLoan: ("Nguyễn Thị Mai Loan", .cultureOfficer, .committeeOfDonDuong, .donDuong)
        case .buiVanLuc: ("Bùi Văn Lực", .peoplesCommitteeViceChair, .committeeOfDonDuong, .donDuong)
        case .touprongNaiThuy: ("Touprong Nai Thủy", .massOrganisation, .womenOfDonDuong, .donDuong)
        case .yaThuong: ("Ya Thương", .frontWorkCommitteeHead, .frontWorkOfThongXanh, .thongXanh)
        case .dinhCongSau: ("Đinh Công Sáu", .areaHead, .committeeOfDonDuong, .thongXanh)
        case .kDoan: ("K'Đoan", .cellSecretary, .cellOfThongXanh, .thongXanh)
        case .tranThiLua: ("Trần Thị Lụa", .branchHead, .womenOfThongXanh, .thongXanh)
        case .konSaHaMien: ("Kon Sa Ha Miên", .helper, .frontWorkOfThongXanh, .thongXanh)
        case .luongThiNgocBich: ("Lương Thị Ngọc Bích", .member, .cellOfThongXanh, .thongXanh)
        case .dangThiAnh: ("Đặng Thị Ánh", .panelMember, .panel, .lamDong)
        case .damThiNhung: ("Đàm Thị Nhung", .areaHead, .committeeOfDongThong, .suoiMay)
        case .maiSuongDem: ("Mai Sương Đêm", .communeFrontChair, .frontOfDongThong, .dongThong)
        case .haLieng: ("Ha Liêng", .frontWorkCommitteeHead, .frontWorkOfTaLy, .taLy)
        }
    }

    package var name: String { plan.name }

    /// Everybody's password, so that a test can also go through the door.
    package static let password = "Thông Xanh mùa dã quỳ 2026"
}
