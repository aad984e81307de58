import Core
import Organisation
import People

extension Practice {
    static var sample: Practice {
        let id = ID(high: 0x7000, low: 1 << 63 | 5)
        return Practice(
            id: id, area: .practiceSample, above: .practiceSampleAbove,
            organisation: PersonName(id: id, name: "Ban Cong tac Mat tran"), criterion: .sample,
            text: PracticeText(
                name: "Be gom vo thuoc", story: "Dat be.\nHop to.", sources: "Ngan sach xa",
                cost: Money(dong: 12_000_000), labourDays: 24, weeks: 6),
            state: .confirmed, sharedAt: .first, confirmedAt: .first, isPublic: true, withdrawnWhy: "x",
            lookedOn: .first, isAlive: true, followers: 2, revision: 1, place: [id])
    }
}

extension PracticeCriterion {
    static let sample = PracticeCriterion(set: "KDC", code: "III.2", vi: "Duong", en: "Road", href: "/criteria/1")
}

extension TerritoryTitle {
    static let practiceSample = TerritoryTitle(
        id: ID(high: 0x7000, low: 1 << 63 | 1), kind: .area, designation: .thon, name: "Thong Xanh")
    static let practiceSampleAbove = TerritoryTitle(
        id: ID(high: 0x7000, low: 1 << 63 | 2), kind: .commune, designation: .commune, name: "Don Duong")
}

extension PracticePicture {
    static let sample = PracticePicture(
        id: ID(high: 0x7000, low: 1 << 63 | 3), width: 960, height: 640, caption: "Be gom", isReleased: true)
}

extension PracticeFollowing {
    static let sample = PracticeFollowing(
        area: .practiceSample, above: .practiceSampleAbove, since: .first, changed: "Dat them 6 be", result: "Sach",
        different: "Nho hon", organisation: "Ban Cong tac Mat tran")
}

extension PracticeLook {
    static let sample = PracticeLook(
        day: .first, isAlive: true, words: "Con dung", organisation: "Mat tran xa", by: "Ka Huong")
}

extension AreaModelLine {
    static let practiceSample = AreaModelLine(
        model: AreaModel(
            id: ID(high: 0x7000, low: 1 << 63 | 4), name: "Duong hoa", kind: .flowerRoad, since: 2021,
            size: Quantity(thousandths: 1_200), unit: "km", lookedOn: .first, isAlive: true),
        area: .practiceSample, commune: .practiceSampleAbove)
}

extension AreaModelLook {
    static let practiceSample = AreaModelLook(
        day: .first, isAlive: true, words: "Con hoa", organisation: "Mat tran xa",
        by: ID(high: 0x7000, low: 1 << 63 | 1), at: .first)
}
