/// What a unit of the tree is. Three kinds share one level: commune, ward and town.
package enum TerritoryKind: String, Sendable, CaseIterable, Codable {
    case country
    case province
    case district
    case commune
    case ward
    case town
    /// A residential area (khu dân cư): thôn, buôn, tổ dân phố. It is no administrative unit by law, but it is the
    /// unit that is recognised.
    case area

    /// From the country (0) through province (1), district (2) and commune (3) to the area (4).
    package var level: Int {
        switch self {
        case .country: 0
        case .province: 1
        case .district: 2
        case .commune, .ward, .town: 3
        case .area: 4
        }
    }

    /// Commune, ward and town: the lowest administrative unit, which areas stand under.
    package static let communes: [TerritoryKind] = [.commune, .ward, .town]
}

/// The word that stands before a unit's name: two provinces may be "tỉnh" and "thành phố". The words are data of the
/// pages (`organisation.named.<raw value>`).
package enum Designation: String, Sendable, CaseIterable, Codable {
    case country
    case province
    /// Thành phố trực thuộc trung ương.
    case municipality
    /// Huyện.
    case district
    /// Quận.
    case urbanDistrict
    /// Thị xã.
    case districtTown
    /// Thành phố thuộc tỉnh (thuộc thành phố).
    case provincialCity
    case commune
    case ward
    case town
    /// Đặc khu, a commune's equal since 2025.
    case specialZone
    case thon
    case buon
    case bon
    case ban
    case ap
    case lang
    case xom
    case khom
    case khuPho = "khu_pho"
    case toDanPho = "to_dan_pho"

    package var kind: TerritoryKind {
        switch self {
        case .country: .country
        case .province, .municipality: .province
        case .district, .urbanDistrict, .districtTown, .provincialCity: .district
        case .commune, .specialZone: .commune
        case .ward: .ward
        case .town: .town
        case .thon, .buon, .bon, .ban, .ap, .lang, .xom, .khom, .khuPho, .toDanPho: .area
        }
    }

    /// The usual one of a kind.
    package static func usual(for kind: TerritoryKind) -> Designation {
        switch kind {
        case .country: .country
        case .province: .province
        case .district: .district
        case .commune: .commune
        case .ward: .ward
        case .town: .town
        case .area: .thon
        }
    }

    /// The words by which it is typed and searched, folded, the longest first.
    package var folded: [String] {
        switch self {
        case .country: ["nuoc"]
        case .province: ["tinh"]
        case .municipality: ["thanh pho truc thuoc trung uong", "thanh pho trung uong", "thanh pho", "tp"]
        case .district: ["huyen"]
        case .urbanDistrict: ["quan"]
        case .districtTown: ["thi xa", "tx"]
        case .provincialCity: ["thanh pho", "tp"]
        case .commune: ["xa"]
        case .ward: ["phuong"]
        case .town: ["thi tran", "tt"]
        case .specialZone: ["dac khu"]
        case .thon: ["thon"]
        case .buon: ["buon"]
        case .bon: ["bon"]
        case .ban: ["ban"]
        case .ap: ["ap"]
        case .lang: ["lang"]
        case .xom: ["xom"]
        case .khom: ["khom"]
        case .khuPho: ["khu pho", "kp"]
        case .toDanPho: ["to dan pho", "tdp", "to"]
        }
    }
}

/// What a residential area calls itself; the same words as its `Designation`.
package enum AreaKind: String, Sendable, CaseIterable, Codable {
    case thon
    case buon
    case bon
    case ban
    case ap
    case lang
    case xom
    case khom
    case khuPho = "khu_pho"
    case toDanPho = "to_dan_pho"

    package var designation: Designation { Designation(rawValue: rawValue) ?? .thon }
}

/// What an organisation is. Branches stand in an area, the others in a commune or above.
package enum OrganisationKind: String, Sendable, CaseIterable, Codable {
    case partyCommittee = "party_committee"
    case standingCommittee = "standing_committee"
    case massMobilisationCommission = "mass_mobilisation_commission"
    case partyOffice = "party_office"
    case partyCell = "party_cell"
    case peoplesCommittee = "peoples_committee"
    case frontCommittee = "front_committee"
    case frontStandingBoard = "front_standing_board"
    case frontWorkCommittee = "front_work_committee"
    case farmersUnion = "farmers_union"
    case womensUnion = "womens_union"
    case veteransAssociation = "veterans_association"
    case labourUnion = "labour_union"
    case youthUnion = "youth_union"
    case elderlyAssociation = "elderly_association"
    case redCross = "red_cross"
    case studyPromotion = "study_promotion"
    case farmersBranch = "farmers_branch"
    case womensBranch = "womens_branch"
    case veteransBranch = "veterans_branch"
    case youthBranch = "youth_branch"
    case elderlyBranch = "elderly_branch"
    case appraisalPanel = "appraisal_panel"
    case healthInsuranceOffice = "health_insurance_office"
    case communePolice = "commune_police"
    case school
    case environmentOffice = "environment_office"
    case advisoryOffice = "advisory_office"
    case armedForces = "armed_forces"
    case workUnit = "work_unit"
    case other
}
