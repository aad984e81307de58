import Core
import Criteria
import Testing

@testable import Offices

/// A grid of three areas and four indicators of four kinds.
enum Ground {
    static let areas = (1...3).map { ID(high: 9, low: UInt64($0)) }
    static let rows = [
        Offices.Row(id: areas[0], name: "Thông Xanh (minh họa)", prefixes: ["thon"]),
        Offices.Row(id: areas[1], name: "Hòa An", prefixes: ["thon"]),
        Offices.Row(id: areas[2], name: "5", prefixes: ["to dan pho", "tdp", "to"]),
    ]
    static let ratio = Criteria.Indicator(
        "I.1", Criteria.Name("Thu nhập so với xã", en: "Income"), kind: .number, unit: .ratio, comparison: .atLeast,
        thresholds: [Criteria.Threshold(.quantity(Quantity(thousandths: 1_000)))])
    static let percent = Criteria.Indicator(
        "II.2", Criteria.Name("Bảo hiểm y tế", en: "Insured"), kind: .percentage, unit: .percent, comparison: .atLeast,
        thresholds: [Criteria.Threshold(.quantity(Quantity(thousandths: 95_000)))])
    static let yes = Criteria.Indicator(
        "IV.2", Criteria.Name("Tổ an ninh", en: "Security group"), kind: .yesNo, unit: .none, comparison: .equal,
        thresholds: [], notApplicableIf: "Không có tổ")
    static let grade = Criteria.Indicator(
        "V.1", Criteria.Name("Chi bộ", en: "Cell"),
        kind: .grade([Criteria.Choice("hoanThanh", "Hoàn thành"), Criteria.Choice("xuatSac", "Xuất sắc")]),
        unit: .none, comparison: .atLeast, thresholds: [])
    static let other = Criteria.Indicator(
        "III.1", Criteria.Name("Thu gom rác", en: "Waste"), kind: .percentage, unit: .percent, comparison: .atLeast,
        thresholds: [], supplier: Criteria.Supplier(.communeOffice, "UBND xã"))

    static func ground(
        held: [Offices.Cell: Criteria.Value] = [:], foreign: [Offices.Cell: String] = [:]
    ) -> Offices.PasteGround {
        Offices.PasteGround(
            rows: rows, columns: [ratio, percent, yes, grade], others: [other], held: held, foreign: foreign)
    }

    static func cell(_ row: Int, _ code: String) -> Offices.Cell { Offices.Cell(area: areas[row], code: code) }
    static func number(_ thousandths: Int64) -> Criteria.Value { .quantity(Quantity(thousandths: thousandths)) }

    static func paste(_ text: String, held: [Offices.Cell: Criteria.Value] = [:], start: String? = nil) throws
        -> Offices.Paste
    {
        try Offices.Paste.read(Offices.PastedText.rows(text), on: ground(held: held), startingAt: start)
    }
}

@Suite("Offices: what is typed into a cell") struct OfficesTypedTests {
    @Test(arguments: [
        ("95,8", 95_800), ("95.8", 95_800), ("95,8 %", 95_800), ("100", 100_000), (" 0,5 ", 500),
    ])
    func aShareIsReadAsPeopleTypeIt(_ typed: String, _ thousandths: Int64) throws {
        #expect(try Offices.Typed.read(typed, for: Ground.percent) == Ground.number(thousandths))
    }

    @Test(arguments: [
        ("có", true), ("Đạt", true), ("x", true), ("yes", true), ("1", true), ("không", false), ("Chưa đạt", false),
        ("0", false), ("không có", false),
    ])
    func yesAndNoAreReadInWords(_ typed: String, _ yes: Bool) throws {
        #expect(try Offices.Typed.read(typed, for: Ground.yes) == .yes(yes))
    }

    @Test func aGradeIsReadByItsNameWithOrWithoutMarks() throws {
        for typed in ["Xuất sắc", "xuat sac", "xuatSac"] {
            #expect(try Offices.Typed.read(typed, for: Ground.grade) == .grade("xuatSac"))
        }
    }

    @Test func whatDoesNotApplyTakesTheReasonOfTheSet() throws {
        for typed in ["KAD", "kad", "không áp dụng", "Không có tổ"] {
            #expect(try Offices.Typed.read(typed, for: Ground.yes) == .notApplicable(reason: "Không có tổ"))
        }
    }

    @Test(arguments: [
        ("102", "criteria.value.percentageOutside"), ("-3", "criteria.value.percentageOutside"),
        ("chín mươi", "offices.cell.notNumber"), ("kad", "criteria.value.alwaysApplies"),
    ])
    func whatIsNoShareIsRefusedInWords(_ typed: String, _ key: String) {
        #expect(throws: (any Error).self) { try Offices.Typed.read(typed, for: Ground.percent) }
        do { _ = try Offices.Typed.read(typed, for: Ground.percent) } catch { #expect(error.key == key) }
    }

    @Test func everyValueIsReadBackFromItsField() throws {
        let values: [(Criteria.Indicator, Criteria.Value)] = [
            (Ground.ratio, Ground.number(1_234_500)), (Ground.percent, Ground.number(95_800)),
            (Ground.yes, .yes(false)),
            (Ground.yes, .notApplicable(reason: "Không có tổ")), (Ground.grade, .grade("hoanThanh")),
        ]
        for (indicator, value) in values {
            #expect(try Offices.Typed.read(Offices.Typed.text(value), for: indicator) == value)
            #expect(Offices.Code.value(Offices.Code.text(value)) == value)
        }
    }
}

@Suite("Offices: what is pasted") struct OfficesPasteTests {
    @Test func namesAreFoundWithoutMarksAndInAnyOrder() throws {
        let paste = try Ground.paste("Tên\tII.2\tIV.2\nTDP 5\t95,8\tcó\nthong xanh\t96\tkhông\nThôn Hoà An\t94,1\tx")
        #expect(paste.lines.map(\.area) == [Ground.areas[2], Ground.areas[0], Ground.areas[1]])
        #expect(paste.faults == 0)
        let changes = paste.changes([:], on: Ground.ground())
        #expect(changes.count == 6)
        #expect(changes.contains { $0.cell == Ground.cell(2, "II.2") && $0.after == Ground.number(95_800) })
    }

    @Test func aColumnThatIsNotTheOfficesIsNamedAndLeftOut() throws {
        let paste = try Ground.paste("Khu\tIII.1\tII.2\nThông Xanh\t98\t95,8\nHòa An\t97\t94\n5\t96\t93")
        #expect(paste.columns.first { $0.head == "III.1" }?.fault?.key == "offices.paste.fault.columnNotYours")
        #expect(paste.changes([:], on: Ground.ground()).map(\.cell.code) == ["II.2", "II.2", "II.2"])
    }

    @Test func anAreaNotFoundAndOneTwiceAreRefusedAndTheRestStands() throws {
        let paste = try Ground.paste(
            "Khu\tII.2\nThông Xanh\t95,8\nSuối Vàng\t91\nHòa An\t94\nHòa An\t93\nTổng cộng\t99")
        #expect(
            paste.lines.map { $0.fault?.key } == [
                nil, "offices.paste.fault.notFound", "offices.paste.fault.twice", "offices.paste.fault.twice",
            ])
        #expect(paste.totals == 1)
        #expect(paste.changes([:], on: Ground.ground()).map(\.cell) == [Ground.cell(0, "II.2")])
    }

    @Test func cellsOutsideTheirRangeAreRefusedOneByOne() throws {
        let paste = try Ground.paste("Khu\tII.2\nThông Xanh\t95,8\nHòa An\t195\n5\t93")
        #expect(paste.faults == 1)
        #expect(paste.changes([:], on: Ground.ground()).count == 2)
    }

    @Test func withoutNamesTheOrderIsAskedAbout() throws {
        let paste = try Ground.paste("95,8\n94,1\n93", start: "II.2")
        #expect(paste.isByOrder)
        #expect(paste.lines.map(\.area) == Ground.areas)
        #expect(throws: Refusal.self) { try Ground.paste("95,8\n94,1", start: "II.2") }
    }

    @Test(arguments: [
        ("Khu\tII.2\nThông Xanh\t0,958\nHòa An\t0,94\n5\t1", Offices.Doubt.Kind.fraction),
        ("Khu\tI.1\nThông Xanh\t95,8\nHòa An\t94\n5\t93,1", .scale),
        ("Khu\tII.2\nThông Xanh\t1,1\nHòa An\t1,2\n5\t1,05", .scale),
        ("Khu\tII.2\nThông Xanh\tcó\nHòa An\tcó\n5\tkhông", .unit),
        ("Khu\tII.2\nThông Xanh\t1250\nHòa An\t1310\n5\t1190", .unit),
    ])
    func aColumnThatLooksLikeAnothersIsAskedAbout(_ text: String, _ kind: Offices.Doubt.Kind) throws {
        let paste = try Ground.paste(text)
        #expect(paste.doubts.map(\.kind) == [kind])
    }

    /// A commune may have one area or two.
    @Test(arguments: [
        ("Khu\tII.2\nThông Xanh\t0,958", Offices.Doubt.Kind.fraction),
        ("Khu\tII.2\nThông Xanh\t0,958\nHòa An\t0,94", .fraction),
        ("Khu\tI.1\nThông Xanh\t95,8", .scale), ("Khu\tII.2\nThông Xanh\t1,1\nHòa An\t96", .scale),
        ("Khu\tII.2\nThông Xanh\t95,8\nHòa An\t2,1", .scale),
    ])
    func aValueThatLooksWrongIsAskedAboutThoughItStandsAlone(_ text: String, _ kind: Offices.Doubt.Kind) throws {
        let paste = try Ground.paste(text)
        #expect(paste.doubts.map(\.kind) == [kind] && paste.open.count == 1)
    }

    @Test(arguments: [
        "Khu\tII.2\nThông Xanh\t95,8", "Khu\tI.1\nThông Xanh\t1,12\nHòa An\t0,98", "Khu\tII.2\nThông Xanh\t0",
        "Khu\tII.2\nThông Xanh\tcó",
    ])
    func aValueThatIsRightOrCannotBeReadIsNotAskedAbout(_ text: String) throws {
        #expect(try Ground.paste(text).doubts.isEmpty)
    }

    @Test func theValuesOfAnotherColumnAreKnownAgain() throws {
        let held = [
            Ground.cell(0, "II.2"): Ground.number(900), Ground.cell(1, "II.2"): Ground.number(1_100),
            Ground.cell(2, "II.2"): Ground.number(1_200),
        ]
        let paste = try Ground.paste("Khu\tI.1\nThông Xanh\t0,9\nHòa An\t1,1\n5\t1,2", held: held)
        #expect(paste.doubts.map(\.kind) == [.sameAs])
        #expect(paste.doubts.first?.other == "II.2")
    }

    @Test func aFractionMayBeTakenTimesAHundredOrTheColumnLeftOut() throws {
        let paste = try Ground.paste("Khu\tII.2\nThông Xanh\t0,958\nHòa An\t0,94\n5\t1")
        #expect(
            paste.changes(["II.2": .hundred], on: Ground.ground()).map(\.after)
                == [Ground.number(95_800), Ground.number(94_000), Ground.number(100_000)])
        #expect(paste.changes(["II.2": .skip], on: Ground.ground()).isEmpty)
    }

    @Test func anotherOfficesCellIsNotTypedOver() throws {
        let ground = Ground.ground(foreign: [Ground.cell(0, "II.2"): "Trường A"])
        let paste = try Offices.Paste.read([["Khu", "II.2"], ["Thông Xanh", "95,8"], ["Hòa An", "94"]], on: ground)
        #expect(paste.lines[0].cells[0].fault?.key == "offices.cell.otherOffice")
        #expect(paste.changes([:], on: ground).count == 1)
    }

    @Test func quotedCellsSemicolonsAndBlanksAreTakenApart() {
        #expect(Offices.PastedText.rows("a\t\"b\nc\"\td\n\n") == [["a", "b c", "d"]])
        #expect(Offices.PastedText.rows("Hòa An;94,1\n5;93") == [["Hòa An", "94,1"], ["5", "93"]])
        #expect(
            Offices.PastedText.rows("Thông Xanh   95,8\nHòa An 94,1") == [["Thông Xanh", "95,8"], ["Hòa An", "94,1"]])
    }
}

@Suite("Offices: until when, and who") struct OfficesTermsTests {
    private func day(_ iso: String) -> Day { Day(iso: iso) ?? .first }

    @Test(
        arguments: [
            ("2026-09-10", "2026-08-20", nil, "2026-09-10"), ("2026-09-10", "2026-09-09", nil, "2026-09-19"),
            ("2026-09-10", "2026-08-20", "2026-11-13", "2026-11-13"),
        ] as [(String, String, String?, String)])
    func objectionsEndOnTheLatestOfThreeDays(told: String, changed: String, mending: String?, ends: String) {
        #expect(
            Offices.Terms.objectionEnds(told: day(told), changed: day(changed), mendingUntil: mending.map(day))
                == day(ends))
    }

    @Test func anObjectionAfterItsDayIsRefusedAndOneOnTheDayIsNot() {
        let until = day("2026-09-10")
        func refusal(_ today: String, isOpen: Bool = false) -> String? {
            Offices.Terms.refusalToObject(today: day(today), until: until, isOpen: isOpen, shown: \.isoText)?.key
        }
        #expect(refusal("2026-09-10") == nil)
        #expect(refusal("2026-09-11") == "offices.objection.refusal.late")
        #expect(refusal("2026-09-01", isOpen: true) == "offices.objection.refusal.open")
    }

    @Test func theAreaTypesOnlyWhatAnOfficeLetGoBy() {
        let due = day("2026-08-31")
        #expect(!Offices.Terms.mayType(isHeld: false, due: due, today: due))
        #expect(Offices.Terms.mayType(isHeld: false, due: due, today: day("2026-09-01")))
        #expect(!Offices.Terms.mayType(isHeld: true, due: due, today: day("2026-09-01")))
    }

    @Test func anOrganisationIsProposedByKindAndName() {
        func candidate(_ low: UInt64, _ kind: String, _ name: String) -> Offices.Candidate {
            Offices.Candidate(id: ID(high: 8, low: low), kind: kind, name: name)
        }
        let candidates = [
            candidate(1, "peoples_committee", "Ủy ban nhân dân xã Đơn Dương"),
            candidate(2, "health_insurance_office", "Bảo hiểm xã hội phụ trách xã Đơn Dương"),
            candidate(3, "environment_office", "Bộ phận môi trường xã Đơn Dương"),
            candidate(4, "work_unit", "Trường Tiểu học Hoa Đào"), candidate(5, "school", "Cụm trường học xã Đơn Dương"),
            candidate(6, "commune_police", "Công an xã Đơn Dương"),
            candidate(7, "front_committee", "Ủy ban MTTQ Việt Nam xã Đơn Dương"),
            candidate(8, "party_committee", "Đảng ủy xã Đơn Dương"),
        ]
        let suppliers: [(Criteria.Supplier, UInt64?)] = [
            (.init(.communeOffice, "UBND xã"), 1), (.init(.service, "Bảo hiểm xã hội"), 2),
            (.init(.service, "Cơ quan môi trường"), 3), (.init(.school), 5), (.init(.police), 6),
            (.init(.organisation, "Các đoàn thể xã"), 7), (.init(.partyCommittee, "Đảng ủy xã"), 8),
            (.init(.records), 7), (.init(.service, "Điện lực"), nil),
        ]
        let standard = Criteria.Standard(
            "I", Criteria.Name("I"),
            indicators: suppliers.enumerated().map { index, pair in
                Criteria.Indicator(
                    "I.\(index)", Criteria.Name("x"), kind: .yesNo, unit: .none, comparison: .equal, thresholds: [],
                    supplier: pair.0)
            })
        let set = CriteriaSet(
            code: "T", name: Criteria.Name("T"), effectiveFrom: nil, titles: [], standards: [standard])
        let proposals = Offices.proposals(for: set, among: candidates)
        #expect(proposals.map { $0.office?.low } == suppliers.map(\.1))
    }

    @Test func aClerkEntersForTheirOwnOfficeAndTheCultureOfficerForAll() {
        func grant(_ role: Role, _ organisation: UInt64) -> Grant {
            Grant(
                id: ID(high: 1, low: 1), version: 1, role: role, organisation: ID(high: 8, low: organisation),
                territory: ID(high: 7, low: 1), term: Period(from: .first))
        }
        let office = ID(high: 8, low: 2)
        #expect(Offices.refusalToEnter(grant(.officeClerk, 2), office: office) == nil)
        #expect(Offices.refusalToEnter(grant(.officeClerk, 3), office: office) != nil)
        #expect(Offices.refusalToEnter(grant(.cultureOfficer, 1), office: office) == nil)
        #expect(Offices.refusalToEnter(nil, office: office) != nil)
    }
}
