import App
import Core
import Criteria
import Database
import Organisation
import People
import Recognition
import TestKit

@testable import Offices

/// What the tests of offices begin with: criteria of which four indicators are offices', three more organisations of
/// Đơn Dương and their clerks.
enum OfficesScene {
    static let criteria = """
        code: KDC-CO-QUAN
        version: 1
        label: demonstration
        name: {vi: Bộ tiêu chí thử cơ quan, en: Criteria for tests of offices}
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
        term: {years: 3, recheckMonths: 12}
        groups:
          - code: I
            name: {vi: Chung, en: All}
            maximum: 100
            indicators:
              - {code: I.1, name: {vi: Thu nhập so với xã, en: Income}, kind: number, unit: ratio, operator: ">=", thresholds: {outstanding: 1}, points: 20, verifier: Xã, suppliedBy: {communeOffice: UBND xã}, evidence: [{figures: Số liệu}], basis: giả định, answerable: Hội Nông dân}
              - {code: II.2, name: {vi: Bảo hiểm y tế, en: Insured}, kind: percentage, of: người, operator: ">=", thresholds: {outstanding: 92}, points: 20, mandatory: yes, verifier: Bảo hiểm, suppliedBy: {service: Bảo hiểm xã hội}, evidence: [{figures: Số liệu}], basis: giả định, answerable: Hội Phụ nữ}
              - {code: III.2, name: {vi: Đường có cây, en: Trees}, kind: percentage, of: tuyến, operator: ">=", thresholds: {outstanding: 50}, points: 20, verifier: Xã, suppliedBy: area, evidence: [{list: Danh mục}], basis: giả định, answerable: Đoàn Thanh niên}
              - {code: IV.1, name: {vi: Vụ việc được giải quyết, en: Settled}, kind: percentage, of: vụ việc, operator: "==", thresholds: {outstanding: 100}, points: 20, notApplicableIf: Không có vụ việc, verifier: Công an, suppliedBy: police, evidence: [{minutes: Biên bản}], basis: giả định, answerable: Hội Cựu chiến binh}
              - {code: IV.2, name: {vi: Tổ an ninh, en: Security group}, kind: yesNo, thresholds: {outstanding: yes}, points: 20, mandatory: yes, verifier: Công an, suppliedBy: police, evidence: [{document: Xác nhận}], basis: giả định, answerable: Hội Cựu chiến binh}
        """

    static let insurance = ID(high: 0x7102, low: 1 << 63 | 1)
    static let police = ID(high: 0x7102, low: 1 << 63 | 2)
    static let insuranceClerk = ID(high: 0x7103, low: 1 << 63 | 1)
    static let policeClerk = ID(high: 0x7103, low: 1 << 63 | 2)

    static func day(_ iso: String) -> Day { Day(iso: iso) ?? .first }

    /// Puts the criteria in force and the clerks in their offices. Answers the set.
    @discardableResult
    static func begin(_ database: Database) async throws -> ID {
        try await database.unattended(
            .seed,
            giving: { tx in
                let begin = day("2025-07-01")
                try OrganisationStore.addOrganisations(
                    [
                        NewOrganisation(
                            id: insurance, .healthInsuranceOffice, "Bảo hiểm xã hội phụ trách xã Đơn Dương",
                            territory: Place.donDuong.id, parent: nil, from: begin),
                        NewOrganisation(
                            id: police, .communePolice, "Công an xã Đơn Dương", territory: Place.donDuong.id,
                            parent: nil,
                            from: begin),
                    ], tx)
                for (person, name, office) in [
                    (insuranceClerk, "Lý Thị Hoa Mai", insurance), (policeClerk, "Hà Văn Suối", police),
                ] {
                    try PeopleStore.addPerson(person, name: name, isInvented: true, tx)
                    try PeopleStore.addAccount(
                        person: person, signInName: VietnameseText.folded(name).replacing(" ", with: "."), tx)
                    try PeopleStore.addRole(
                        tx.ids.next(), person: person, role: .officeClerk, organisation: office,
                        territory: Place.donDuong.id, from: begin, tx)
                }
                return try CriteriaStore.addPublished(criteria, for: Place.lamDong.id, tx)
            })
    }

    /// Asks insurance for II.2 and the police for IV.1 and IV.2, due 31/8, objections to 10/9.
    static func assign(_ set: ID, _ tx: Transaction) throws -> (insurance: ID, police: ID) {
        let grids = try OfficesStore.assign(
            [
                Offices.Assignment(organisation: insurance, codes: ["II.2"]),
                Offices.Assignment(organisation: police, codes: ["IV.1", "IV.2"]),
            ], territory: Place.donDuong.id, set: set, year: 2026, due: day("2026-08-31"),
            objectionsUntil: day("2026-09-10"), deed(tx), tx)
        return (grids[0], grids[1])
    }

    static func deed(_ tx: Transaction) -> Offices.Deed { Offices.Deed(person: Member.kaHuong.id, at: tx.now) }

    static func register(_ set: ID, _ tx: Transaction, in place: Place = .thongXanh) throws -> ID {
        let id = try RecognitionStore.register(
            Recognition.Registration(
                area: place.id, year: 2026, title: "outstanding", level: .province, areaClass: nil, criteriaSet: set),
            Recognition.Deed(person: Member.yaThuong.id, organisation: Member.yaThuong.plan.body.id, at: tx.now), tx)
        try OfficesStore.takeIn(dossier: id, tx)
        return id
    }

    static func percent(_ thousandths: Int64) -> Criteria.Value { .quantity(Quantity(thousandths: thousandths)) }

    /// Saves one cell of a grid.
    @discardableResult
    static func put(
        _ value: Criteria.Value?, _ code: String, of place: Place = .thongXanh, in grid: ID, _ tx: Transaction
    ) throws -> Offices.Saved {
        let grid = try OfficesStore.grid(grid, unattended: tx)
        let cell = Offices.Cell(area: place.id, code: code)
        let before = try OfficesStore.cells(of: grid, tx)[cell]?.value
        return try OfficesStore.save(
            [Offices.Change(cell: cell, before: before, after: value)], in: grid, as: .typed, deed(tx), tx)
    }

    static func own(_ dossier: ID, _ code: String, _ reader: any Reader) throws -> Recognition.Entry? {
        try RecognitionStore.entries(of: dossier, reader).first { $0.code == code && $0.side == .own }
    }

    static func save(_ id: ID, in grid: ID, _ reader: any Reader) throws -> (Offices.Save, Offices.Grid) {
        let grid = try OfficesStore.grid(grid, unattended: reader)
        return (try OfficesStore.save(id, of: grid, reader), grid)
    }
}
