import App
import Core
import Criteria
import Database
import Organisation
import TestKit

@testable import Recognition

/// What the tests of recognition begin with: the cast, and a small criteria set in force.
enum Scene {
    /// Two groups, four indicators of four kinds, two titles. All invented.
    static let criteria = """
        code: KDC-THU
        version: 1
        label: demonstration
        name: {vi: Bộ tiêu chí thử, en: Criteria for tests}
        issuer: Minh họa
        legalBasis: [Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15]
        effectiveFrom: 2026-01-01
        subject: residentialArea
        maximum: 100
        titles:
          - code: outstanding
            name: {vi: Khu dân cư tiêu biểu, en: Outstanding residential area}
            deciders: [{province: Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh}]
            pass: {required: mandatory, minimum: 60, floor: 50%}
          - code: model
            name: {vi: Khu dân cư kiểu mẫu, en: Model residential area}
            deciders: [{province: Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh}]
            after: outstanding
            pass: {required: mandatory, minimum: 90, floor: 50%}
        term: {years: 3, recheckMonths: 12}
        groups:
          - code: I
            name: {vi: Kinh tế, en: Economy}
            maximum: 50
            indicators:
              - {code: I.1, name: {vi: Mô hình kinh tế, en: Models}, kind: number, unit: model, operator: ">=", thresholds: {outstanding: 1, model: 2}, points: 30, verifier: Xã, suppliedBy: area, evidence: [{visit: Xem tại chỗ}], basis: giả định, answerable: Hội Nông dân}
              - {code: I.2, name: {vi: Hộ khó khăn được giúp, en: Help}, kind: yesNo, thresholds: {outstanding: yes, model: yes}, points: 20, mandatory: yes, notApplicableIf: Không có hộ khó khăn, verifier: Xã, suppliedBy: area, evidence: [{minutes: Biên bản}], basis: giả định, answerable: Hội Phụ nữ}
          - code: III
            name: {vi: Môi trường, en: Environment}
            maximum: 50
            indicators:
              - {code: III.2, name: {vi: Đường có rãnh và cây, en: Drains and trees}, kind: percentage, of: chiều dài, operator: ">=", thresholds: {outstanding: 50, model: 60}, points: 30, verifier: Xã, suppliedBy: area, evidence: [{list: Danh mục tuyến}], basis: giả định, answerable: Đoàn Thanh niên}
              - {code: III.3, name: {vi: Đường có đèn, en: Lit roads}, kind: percentage, of: chiều dài, operator: ">=", thresholds: {outstanding: 70, model: 90}, points: 20, verifier: Xã, suppliedBy: area, evidence: [{list: Danh mục tuyến}], basis: giả định, answerable: Đoàn Thanh niên}
        """

    /// The same, where the rules let the commune or the province decide on the first title.
    static let deciding = criteria.replacing(
        "deciders: [{province: Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh}]\n    pass: {required: mandatory, minimum: 60",
        with:
            "deciders: [{commune: Ủy ban MTTQ Việt Nam xã}, {province: Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh}]\n    pass: {required: mandatory, minimum: 60"
    )

    /// Puts the criteria in force, and the title an area must hold before it can become a model. Answers the set.
    @discardableResult
    static func begin(
        _ database: Database, holding: Bool = true, criteria: String = Scene.criteria
    ) async throws -> ID {
        try await database.unattended(
            .seed,
            giving: { tx in
                let set = try CriteriaStore.addPublished(criteria, for: Place.lamDong.id, tx)
                if holding, let day = Day(iso: "2024-11-11") {
                    _ = try RecognitionStore.record(
                        earlier: Recognition.EarlierDecision(
                            territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, title: "outstanding",
                            titleName: "Khu dân cư tiêu biểu", level: .province, year: 2024, number: "17/QĐ-MTTQ-BTT",
                            day: day, termYears: 3, areas: [Place.thongXanh.id]),
                        Recognition.Deed(person: nil, organisation: nil, at: tx.now), tx)
                }
                return set
            })
    }

    /// A dossier of Thông Xanh as the store makes one.
    static func register(_ set: ID, in place: Place = .thongXanh, title: String = "model", _ tx: Transaction) throws
        -> ID
    {
        try RecognitionStore.register(
            Recognition.Registration(
                area: place.id, year: 2026, title: title, level: .province, areaClass: nil, criteriaSet: set),
            deed(.yaThuong, tx), tx)
    }

    static func deed(_ member: Member, _ tx: Transaction) -> Recognition.Deed {
        Recognition.Deed(person: member.id, organisation: member.plan.body.id, at: tx.now)
    }

    static func sight(_ member: Member) -> Sight { Sight(person: member.id, roots: [member.plan.place.id]) }

    /// Signed in as `Member`, with the one role each holds.
    static func actor(_ member: Member) -> Core.Actor {
        let begin = Day(iso: "2025-07-01") ?? .first
        return Core.Actor(
            person: member.id, name: member.plan.name,
            grants: [
                Grant(
                    id: member.role, version: 1, role: member.plan.role, organisation: member.plan.body.id,
                    territory: member.plan.place.id, term: Period(from: begin))
            ])
    }

    static func percent(_ whole: Int64) -> Criteria.Value { .quantity(Quantity(thousandths: whole * 1_000)) }
}
