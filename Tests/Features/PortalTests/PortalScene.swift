import Core
import Criteria
import Database
import Documents
import Organisation
import TestKit
import Testing

@testable import Recognition

/// What the portal's stories begin with: a published set with sensitive indicators, one area whose dossier stands in
/// a draft decision, one that is late, one with a title of the old register.
enum PortalScene {
    static let criteria = """
        code: KDC-CONG
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
            pass: {required: mandatory, minimum: 80, floor: 50%}
        term: {years: 3, recheckMonths: 12}
        groups:
          - code: I
            name: {vi: Kinh tế, en: Economy}
            maximum: 50
            indicators:
              - {code: I.1, name: {vi: Hộ được giúp đỡ vượt qua nghèo, en: Households helped}, kind: number, unit: household, operator: ">=", thresholds: {outstanding: 1, model: 2}, points: 30, verifier: Xã, suppliedBy: area, evidence: [{visit: Xem tại chỗ}], basis: giả định, answerable: Hội Nông dân}
              - {code: I.2, name: {vi: Vụ việc hòa giải thành, en: Mediations}, kind: percentage, of: vụ việc, operator: ">=", thresholds: {outstanding: 70, model: 80}, points: 20, mandatory: yes, notApplicableIf: Không có vụ việc, verifier: Xã, suppliedBy: area, evidence: [{minutes: Biên bản}], basis: giả định, answerable: Hội Phụ nữ}
          - code: III
            name: {vi: Môi trường, en: Environment}
            maximum: 50
            indicators:
              - {code: III.1, name: {vi: Hộ đăng ký thu gom rác, en: Waste}, kind: percentage, of: hộ, operator: ">=", thresholds: {outstanding: 90, model: 95}, points: 30, verifier: Xã, suppliedBy: area, evidence: [{list: Danh mục}], basis: giả định, answerable: Đoàn Thanh niên}
              - {code: III.3, name: {vi: Đường có đèn, en: Lit roads}, kind: percentage, of: chiều dài, operator: ">=", thresholds: {outstanding: 70, model: 90}, points: 20, verifier: Xã, suppliedBy: area, evidence: [{list: Danh mục}], basis: giả định, answerable: Đoàn Thanh niên}
        """

    /// What the story needs to go on: the draft decision.
    struct Begun: Sendable {
        let decision: ID
    }

    static func begin(_ database: Database) async throws -> Begun {
        try await database.unattended(
            .seed,
            giving: { tx in
                let set = try CriteriaStore.addPublished(criteria, for: Place.lamDong.id, tx)
                _ = try RecognitionStore.record(
                    earlier: Recognition.EarlierDecision(
                        territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, title: "outstanding",
                        titleName: "Khu dân cư tiêu biểu", level: .district, year: 2024, number: "17/QĐ-MTTQ-BTT",
                        day: day("2024-11-11"), termYears: 3, areas: [Place.suoiThong.id, Place.thongXanh.id]),
                    Recognition.Deed(person: nil, organisation: nil, at: day("2025-07-01").start), tx)
                let dossier = try register(set, .thongXanh, .yaThuong, tx)
                try fill(dossier, tx)
                try move(dossier, .submit, .submitted, .yaThuong, "2026-11-04", tx)
                try move(dossier, .accept, .accepted, .kaHuong, "2026-11-05", tx)
                _ = try register(set, .suoiMay, .damThiNhung, tx)
                let decision = try RecognitionStore.draft(
                    Recognition.NewDecision(
                        territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, title: "model",
                        level: .province,
                        year: 2026,
                        items: [
                            Recognition.DecisionItem(
                                dossier: try RecognitionStore.dossier(dossier, unattended: tx), outcome: .recognised,
                                reason: nil)
                        ]), deed(.doThiHanh, "2026-11-06"), tx)
                return Begun(decision: decision)
            })
    }

    /// Enters the signed paper.
    static func issue(_ begun: Begun, _ database: Database) async throws {
        _ = try await database.unattended(.seed) { tx in
            let sight = Sight(person: Member.doThiHanh.id, roots: [Place.lamDong.id])
            let address = try #require(ContentAddress(String(repeating: "a", count: 64)))
            try RecognitionStore.issue(
                RecognitionStore.decision(begun.decision, seenBy: sight, tx),
                Recognition.SignedPaper(
                    number: "46/QĐ-MTTQ-BTT", day: day("2026-11-10"), signer: "Bà Người Ký Giả", office: "Chủ tịch"),
                scan: Recognition.Decision.Scan(address: address, type: "application/pdf", name: "quyet-dinh.pdf"),
                deed(.doThiHanh, "2026-11-10"), tx)
            return Receipt()
        }
    }

    private static func register(_ set: ID, _ place: Place, _ member: Member, _ tx: Transaction) throws -> ID {
        try RecognitionStore.register(
            Recognition.Registration(
                area: place.id, year: 2026, title: "model", level: .province, areaClass: nil, criteriaSet: set),
            deed(member, "2026-03-28"), tx)
    }

    private static func fill(_ dossier: ID, _ tx: Transaction) throws {
        let values: [(String, Int64)] = [("I.1", 3_000), ("I.2", 85_700), ("III.1", 98_600), ("III.3", 90_500)]
        for (code, thousandths) in values {
            _ = try RecognitionStore.save(
                Recognition.NewValue(
                    code: code, value: .quantity(Quantity(thousandths: thousandths)), note: "ghi chú của ông Bảy"),
                dossier: dossier, over: 0, deed(.yaThuong, "2026-09-10"), tx)
        }
    }

    private static func move(
        _ dossier: ID, _ action: Recognition.Action, _ state: Recognition.State, _ member: Member, _ on: String,
        _ tx: Transaction
    ) throws {
        try RecognitionStore.move(
            try RecognitionStore.dossier(dossier, unattended: tx), action, to: state, deed(member, on), tx)
    }

    private static func deed(_ member: Member, _ on: String) -> Recognition.Deed {
        Recognition.Deed(person: member.id, organisation: member.plan.body.id, at: day(on).start + .hours(9))
    }

    static func day(_ text: String) -> Day { Day(iso: text) ?? .first }
}
