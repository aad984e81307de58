import Core
import Criteria
import Database
import Documents
import Foundation
import Recognition
import TestKit

@testable import Rechecks

/// What the tests of re-checks begin with: criteria in force, and Thông Xanh a model area since 10/11/2026.
enum Scene {
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
              - {code: III.2, name: {vi: Đường có rãnh và cây, en: Drains and trees}, kind: percentage, of: chiều dài, operator: ">=", thresholds: {outstanding: 50, model: 60}, points: 30, mandatory: yes, verifier: Xã, suppliedBy: area, evidence: [{list: Danh mục tuyến}], basis: giả định, answerable: Đoàn Thanh niên}
              - {code: III.3, name: {vi: Đường có đèn, en: Lit roads}, kind: percentage, of: chiều dài, operator: ">=", thresholds: {outstanding: 70, model: 90}, points: 20, verifier: Xã, suppliedBy: area, evidence: [{list: Danh mục tuyến}], basis: giả định, answerable: Đoàn Thanh niên}
        """

    static func deed(_ member: Member, _ tx: Transaction) -> Recognition.Deed {
        Recognition.Deed(person: member.id, organisation: member.body, at: tx.now)
    }

    static func percent(_ whole: Int64) -> Criteria.Value { .quantity(Quantity(thousandths: whole * 1_000)) }

    /// Thông Xanh is recognised as a model area on the clock's day, on a dossier that `writer` filled in; Suối Thông
    /// B1 holds the outstanding title since 11/11/2024.
    ///
    /// - Parameter region: the economic region of both.
    static func begin(
        _ database: Database, writer: Member = .yaThuong, criteria: String = Scene.criteria, region: String? = nil
    ) async throws {
        let scan = Recognition.Decision.Scan(
            address: ContentAddress(of: Array("paper".utf8)), type: "application/pdf", name: "qd.pdf")
        try await database.unattended(.seed) { tx in
            let set = try CriteriaStore.addPublished(criteria, for: Place.lamDong.id, tx)
            if let region {
                try tx.execute(
                    "UPDATE area SET region = \(region) WHERE territory_id IN (\(SQL.list([Place.thongXanh.id, Place.suoiThong.id])))"
                )
            }
            _ = try RecognitionStore.record(
                earlier: Recognition.EarlierDecision(
                    territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, title: "outstanding",
                    titleName: "Khu dân cư tiêu biểu", level: .province, year: 2024, number: "17/QĐ-MTTQ-BTT",
                    day: Day(iso: "2024-11-11") ?? .first, termYears: 3,
                    areas: [Place.thongXanh.id, Place.suoiThong.id]), deed(.doThiHanh, tx), tx)
            let id = try RecognitionStore.register(
                Recognition.Registration(
                    area: Place.thongXanh.id, year: 2026, title: "model", level: .province, areaClass: nil,
                    region: region, criteriaSet: set), deed(writer, tx), tx)
            for (code, value) in [
                ("I.1", Criteria.Value.quantity(Quantity(thousandths: 2_000))), ("I.2", .yes(true)),
                ("III.2", percent(66)), ("III.3", percent(91)),
            ] {
                _ = try RecognitionStore.save(
                    .init(code: code, value: value, note: nil), dossier: id, over: 0, deed(writer, tx), tx)
            }
            for (action, state, member) in [
                (Recognition.Action.submit, Recognition.State.submitted, writer), (.accept, .accepted, .kaHuong),
                (.forward, .forwarded, .kaHuong), (.conclude, .appraised, .dangThiAnh),
            ] {
                try RecognitionStore.move(
                    RecognitionStore.dossier(id, unattended: tx), action, to: state, deed(member, tx), tx)
            }
            let dossier = try RecognitionStore.dossier(id, unattended: tx)
            let decision = try RecognitionStore.draft(
                Recognition.NewDecision(
                    territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, title: "model",
                    level: .province, year: 2026, items: [.init(dossier: dossier, outcome: .recognised, reason: nil)]),
                deed(.doThiHanh, tx), tx)
            let sight = Sight(person: Member.doThiHanh.id, roots: [Place.lamDong.id])
            try RecognitionStore.issue(
                RecognitionStore.decision(decision, seenBy: sight, tx),
                Recognition.SignedPaper(
                    number: "46/QĐ-MTTQ-BTT", day: tx.now.day, signer: "Đỗ Thị Hạnh", office: "Chủ tịch"),
                scan: scan, deed(.doThiHanh, tx), tx)
            return Receipt()
        }
    }
}

extension Scene {
    /// Suối Thông B1 holds the outstanding title of the demonstration's 27 indicators since 11/11/2024: its second
    /// re-check, in 2026, is a full one.
    static func beginFull(_ database: Database) async throws {
        let criteria = try String(contentsOfFile: TestSite.checkout + "/Demonstration/criteria.yaml", encoding: .utf8)
        try await database.unattended(.seed) { tx in
            _ = try CriteriaStore.addPublished(criteria, for: Place.lamDong.id, tx)
            _ = try RecognitionStore.record(
                earlier: Recognition.EarlierDecision(
                    territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, title: "outstanding",
                    titleName: "Khu dân cư tiêu biểu", level: .province, year: 2024, number: "17/QĐ-MTTQ-BTT",
                    day: Day(iso: "2024-11-11") ?? .first, termYears: 3, areas: [Place.suoiThong.id]),
                deed(.doThiHanh, tx), tx)
            return Receipt()
        }
    }
}

extension Member {
    var body: ID { plan.body.id }
}
