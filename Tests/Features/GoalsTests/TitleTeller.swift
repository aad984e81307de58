import Core
import Criteria
import Database
import Documents
import Organisation
import TestKit

@testable import Recognition

/// Tells one random history of titles in a commune of its own, with the functions the product writes with: decisions
/// taken over from paper, decisions issued here, withdrawals by decision, rows of re-checks, terms that run out.
struct TitleTeller {
    /// Two titles that three levels decide on. Invented.
    static let criteria = """
        code: KDC-LICH-SU
        version: 1
        label: demonstration
        name: {vi: Bộ tiêu chí thử, en: Criteria for tests}
        issuer: Minh họa
        legalBasis: [Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15]
        effectiveFrom: 2019-01-01
        subject: residentialArea
        maximum: 100
        titles:
          - code: outstanding
            name: {vi: Khu dân cư tiêu biểu, en: Outstanding residential area}
            deciders: [{district: Huyện}, {province: Tỉnh}]
            pass: {required: mandatory, minimum: 60, floor: 50%}
          - code: model
            name: {vi: Khu dân cư kiểu mẫu, en: Model residential area}
            deciders: [{district: Huyện}, {province: Tỉnh}]
            after: outstanding
            pass: {required: mandatory, minimum: 90, floor: 50%}
        term: {years: 3, recheckMonths: 12}
        groups:
          - code: I
            name: {vi: Kinh tế, en: Economy}
            maximum: 100
            indicators:
              - {code: I.1, name: {vi: Mô hình kinh tế, en: Models}, kind: number, unit: model, operator: ">=", thresholds: {outstanding: 1, model: 2}, points: 60, verifier: Xã, suppliedBy: area, evidence: [{visit: Xem tại chỗ}], basis: giả định, answerable: Hội Nông dân}
              - {code: I.2, name: {vi: Hộ khó khăn được giúp, en: Help}, kind: yesNo, thresholds: {outstanding: yes, model: yes}, points: 40, mandatory: yes, verifier: Xã, suppliedBy: area, evidence: [{minutes: Biên bản}], basis: giả định, answerable: Hội Phụ nữ}
        """

    private static let areasEach = 3
    private static let deciders: [(level: Criteria.Level, body: Body)] = [
        (.commune, .frontOfDonDuong), (.district, .committeeOfDonDuong), (.province, .frontOfProvince),
    ]

    static func commune(_ number: Int) -> ID { ID(high: 0x7ab1, low: 1 << 63 | UInt64(number)) }
    private func area(_ index: Int) -> ID {
        ID(high: 0x7ab2, low: 1 << 63 | UInt64(number * Self.areasEach + index))
    }

    private let number: Int
    private let set: ID
    private let tx: Transaction
    private var random: SeededGenerator
    private var day = Day(iso: "2019-03-04") ?? .first
    private var papers = 0
    private var refused = 0

    init(_ number: Int, seed: UInt64, set: ID, _ tx: Transaction) {
        (self.number, self.set, self.tx) = (number, set, tx)
        random = SeededGenerator(seed: seed)
    }

    /// How many acts the rules refused.
    mutating func tell() throws -> Int {
        let commune = Self.commune(number)
        try OrganisationStore.addTerritories(
            [NewTerritory(id: commune, .commune, "Thử \(number)", parent: Place.lamDong.id)]
                + (0..<Self.areasEach).map { NewTerritory(id: area($0), .thon, "Thôn \($0)", parent: commune) }, tx)
        for _ in 0..<Int.random(in: 8...18, using: &random) {
            day = day.adding(days: Int.random(in: 0...240, using: &random))
            do { try happen() } catch is Refusal { refused += 1 }
        }
        return refused
    }

    private var deed: Recognition.Deed {
        Recognition.Deed(person: nil, organisation: nil, at: day.start + .hours(9))
    }

    private mutating func happen() throws {
        switch Int.random(in: 0..<12, using: &random) {
        case 0, 1: try takeOver(on: day)
        // A register is taken over years after its decisions were signed.
        case 2: try takeOver(on: day.adding(days: -Int.random(in: 1...900, using: &random)))
        case 3...7: try issue()
        case 8: try note()
        case 9: try end()
        case 10: try withdraw()
        default: try runOut()
        }
    }

    private mutating func paper() -> String {
        papers += 1
        return "\(number * 1_000 + papers)/QĐ-THU"
    }

    private mutating func takeOver(on day: Day) throws {
        let from = Self.deciders.randomElement(using: &random) ?? Self.deciders[0]
        let title = Bool.random(using: &random) ? "outstanding" : "model"
        let first = Int.random(in: 0..<Self.areasEach, using: &random)
        let areas = [first] + (Bool.random(using: &random) ? [(first + 1) % Self.areasEach] : [])
        _ = try RecognitionStore.record(
            earlier: Recognition.EarlierDecision(
                territory: Place.lamDong.id, organisation: from.body.id, title: title, titleName: title,
                level: from.level, year: day.year, number: paper(), day: day,
                termYears: Bool.random(using: &random) ? 3 : nil, areas: areas.map(area)), deed, tx)
    }

    private mutating func issue() throws {
        let from = Self.deciders.randomElement(using: &random) ?? Self.deciders[0]
        let title = Bool.random(using: &random) ? "outstanding" : "model"
        let id = try RecognitionStore.register(
            Recognition.Registration(
                area: area(Int.random(in: 0..<Self.areasEach, using: &random)), year: day.year, title: title,
                level: from.level, areaClass: nil, criteriaSet: set), deed, tx)
        try RecognitionStore.move(RecognitionStore.dossier(id, unattended: tx), .conclude, to: .appraised, deed, tx)
        let decision = try RecognitionStore.draft(
            Recognition.NewDecision(
                territory: Place.lamDong.id, organisation: from.body.id, title: title, level: from.level,
                year: day.year,
                items: [
                    Recognition.DecisionItem(
                        dossier: RecognitionStore.dossier(id, unattended: tx), outcome: .recognised, reason: nil)
                ]), deed, tx)
        try sign(decision)
    }

    private mutating func sign(_ decision: ID) throws {
        let sight = Sight(person: Member.doThiHanh.id, roots: [Place.lamDong.id])
        let scan = Recognition.Decision.Scan(
            address: ContentAddress(of: Array("paper".utf8)), type: "application/pdf", name: "qd.pdf")
        try RecognitionStore.issue(
            RecognitionStore.decision(decision, seenBy: sight, tx),
            Recognition.SignedPaper(number: paper(), day: day, signer: "Đỗ Thị Hạnh", office: "Chủ tịch"), scan: scan,
            deed, tx)
    }

    /// Any title of the commune, held or not: whoever acts on one that has ended is refused.
    private mutating func anyTitle() throws -> ID {
        let rows = try tx.rows(
            """
            SELECT g.id FROM title_grant g JOIN territory t ON t.id = g.territory_id
            WHERE t.parent_id = \(Self.commune(number)) ORDER BY g.id
            """)
        guard let row = rows.randomElement(using: &random) else { throw Refusal(.conflict, "recognition.none") }
        return try row.id("id")
    }

    private mutating func note() throws {
        let acts: [Recognition.TitleAct] = [.keep, .watch, .notice]
        try RecognitionStore.record(acts.randomElement(using: &random) ?? .keep, of: anyTitle(), on: day, deed, tx)
    }

    private mutating func end() throws {
        try RecognitionStore.end(
            title: anyTitle(), on: day, why: Bool.random(using: &random) ? .merged : .withdrawn, tx)
    }

    private mutating func withdraw() throws {
        let title = try anyTitle()
        let decision = try RecognitionStore.draftWithdrawal(
            Recognition.NewWithdrawal(
                territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, year: day.year, title: title,
                reason: "Không khắc phục", basis: nil,
                hearing: Recognition.WithdrawalHearing(invitedOn: day, day: day, came: true)), deed, tx)
        try sign(decision)
    }

    /// The job that writes the row of a term that is over: sometimes it does, sometimes it comes late or never.
    private mutating func runOut() throws {
        for row in try tx.rows(
            """
            SELECT g.id, g.valid_until FROM title_grant g JOIN territory t ON t.id = g.territory_id
            WHERE t.parent_id = \(Self.commune(number)) AND g.ended_on IS NULL AND g.valid_until <= \(day)
            ORDER BY g.id
            """) where Bool.random(using: &random)
        {
            guard let until = try row.optionalDay("valid_until") else { continue }
            try RecognitionStore.record(.lapse, of: row.id("id"), on: until, deed, tx)
        }
    }
}
