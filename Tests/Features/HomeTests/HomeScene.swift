import Core
import Criteria
import Database
import Organisation
import TestKit

@testable import Recognition

/// What home's stories begin with: Thông Xanh handed in and accepted, Suối Mây of the invented commune late.
enum HomeScene {
    static let criteria = """
        code: KDC-NHA
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
              - {code: I.1, name: {vi: Mô hình kinh tế, en: Models}, kind: number, unit: model, operator: ">=", thresholds: {outstanding: 1, model: 2}, points: 50, verifier: Xã, suppliedBy: area, evidence: [{visit: Xem tại chỗ}], basis: giả định, answerable: Hội Nông dân, minutes: 8}
          - code: III
            name: {vi: Môi trường, en: Environment}
            maximum: 50
            indicators:
              - {code: III.3, name: {vi: Đường có đèn, en: Lit roads}, kind: percentage, of: chiều dài, operator: ">=", thresholds: {outstanding: 70, model: 90}, points: 50, verifier: Xã, suppliedBy: area, evidence: [{list: Danh mục}], basis: giả định, answerable: Đoàn Thanh niên, minutes: 5}
        """

    struct Begun: Sendable {
        let thongXanh: ID
        let suoiMay: ID
    }

    @discardableResult
    static func begin(_ database: Database) async throws -> Begun {
        try await database.unattended(
            .seed,
            giving: { tx in
                let set = try CriteriaStore.addPublished(criteria, for: Place.lamDong.id, tx)
                let thongXanh = try register(set, .thongXanh, .yaThuong, tx)
                for (code, thousandths) in [("I.1", Int64(2_000)), ("III.3", 81_000)] {
                    _ = try RecognitionStore.save(
                        Recognition.NewValue(
                            code: code, value: .quantity(Quantity(thousandths: thousandths)), note: nil),
                        dossier: thongXanh, over: 0, deed(.yaThuong, "2026-09-10"), tx)
                }
                try move(thongXanh, .submit, .submitted, .yaThuong, "2026-11-04", tx)
                return Begun(thongXanh: thongXanh, suoiMay: try register(set, .suoiMay, .damThiNhung, tx))
            })
    }

    /// The commune's word on Thông Xanh.
    static func answer(_ begun: Begun, accepts: Bool, _ database: Database) async throws {
        _ = try await database.unattended(.seed) { tx in
            if accepts {
                try move(begun.thongXanh, .accept, .accepted, .kaHuong, "2026-11-09", tx)
            } else {
                let dossier = try RecognitionStore.dossier(begun.thongXanh, unattended: tx)
                try RecognitionStore.putReturns(
                    ["III.3": "Danh mục tuyến chưa khớp bản đồ."], on: dossier, deed(.kaHuong, "2026-11-09"), tx)
                try move(begun.thongXanh, .sendBack, .returned, .kaHuong, "2026-11-09", tx)
            }
            return Receipt()
        }
    }

    /// What follows the commune's yes: its list, then the panel's minutes.
    static func appraise(_ begun: Begun, upTo state: Recognition.State = .appraised, _ database: Database) async throws
    {
        _ = try await database.unattended(.seed) { tx in
            try move(begun.thongXanh, .forward, .forwarded, .kaHuong, "2026-11-09", tx)
            if state == .appraised {
                try move(begun.thongXanh, .conclude, .appraised, .dangThiAnh, "2026-11-10", tx)
            }
            return Receipt()
        }
    }

    /// The area gives its registration back.
    static func giveBack(_ dossier: ID, _ database: Database) async throws {
        _ = try await database.unattended(.seed) { tx in
            try move(dossier, .withdraw, .withdrawn, .damThiNhung, "2026-11-09", tx)
            return Receipt()
        }
    }

    /// On the board, with its slips out.
    static func post(_ dossier: ID, _ database: Database) async throws {
        _ = try await database.unattended(.seed) { tx in
            let now = try RecognitionStore.dossier(dossier, unattended: tx)
            let posting = tx.ids.next()
            try tx.execute("UPDATE dossier SET state = 'posted' WHERE id = \(dossier)")
            try tx.execute(
                """
                INSERT INTO posting (id, dossier_id, posted_from, posted_last, posted_by, at, households, handed_out,
                    handed_out_at, revision)
                VALUES (\(posting), \(dossier), \(Day(iso: "2026-11-05")), \(Day(iso: "2026-11-16")), \(Member.yaThuong.id),
                    \(now.since), 214, 60, \(now.since), 1)
                """)
            return Receipt()
        }
    }

    /// An entry of the count of the one posting there is.
    static func count(satisfied: Int, by member: Member, _ database: Database) async throws {
        _ = try await database.unattended(.seed) { tx in
            let id = try tx.one("SELECT dossier_id FROM posting").id("dossier_id")
            let count = Recognition.BallotCount(
                returned: 50, valid: 50, satisfied: satisfied, unsatisfied: 50 - satisfied, noOpinion: 0,
                counters: ["Touprong Ya Bình", "Lê Thị Ngọc Diệp", "Nguyễn Văn Hiếu"], fetchedBy: "Nguyễn Văn Hiếu")
            _ = try RecognitionStore.enterCount(
                count, of: RecognitionStore.dossier(id, unattended: tx), deed(member, "2026-11-17"), tx)
            return Receipt()
        }
    }

    /// Thông Xanh asks the commune too, for the same title of the same year.
    static func registerWithCommune(_ begun: Begun, _ database: Database) async throws -> ID {
        try await database.unattended(
            .seed,
            giving: { tx in
                let set = try RecognitionStore.dossier(begun.thongXanh, unattended: tx).criteriaSet
                return try register(set, .thongXanh, .yaThuong, level: .commune, tx)
            })
    }

    private static func register(
        _ set: ID, _ place: Place, _ member: Member, level: Criteria.Level = .province, _ tx: Transaction
    ) throws -> ID {
        try RecognitionStore.register(
            Recognition.Registration(
                area: place.id, year: 2026, title: "model", level: level, areaClass: nil, criteriaSet: set),
            deed(member, "2026-03-28"), tx)
    }

    private static func move(
        _ dossier: ID, _ action: Recognition.Action, _ state: Recognition.State, _ member: Member, _ on: String,
        _ tx: Transaction
    ) throws {
        try RecognitionStore.move(
            try RecognitionStore.dossier(dossier, unattended: tx), action, to: state, deed(member, on), tx)
    }

    private static func deed(_ member: Member, _ on: String) -> Recognition.Deed {
        Recognition.Deed(
            person: member.id, organisation: member.plan.body.id, at: (Day(iso: on) ?? .first).start + .hours(9))
    }
}
