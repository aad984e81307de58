import Core
import Criteria
import Testing

@testable import Portal

@Suite("People, rule 4: small numbers") struct PortalSmallNumberTests {
    private func indicator(
        _ name: String, _ kind: Criteria.Kind = .number, _ unit: Criteria.Measure = .household, of: String = "",
        english: String = ""
    ) -> Criteria.Indicator {
        Criteria.Indicator(
            "I.1", Criteria.Name(name, en: english), kind: kind, unit: unit, of: of, comparison: .atLeast,
            thresholds: [])
    }

    @Test(arguments: [
        ("Hộ được giúp đỡ vượt qua nghèo, khó khăn trong năm", true), ("Hộ nghèo, cận nghèo có người phụ trách", true),
        ("Vụ việc hòa giải ở cơ sở thành công", true), ("Vụ việc hoà giải thành", true),
        ("Người nghiện ma túy mới phát sinh", true), ("Vụ phạm pháp hình sự", true), ("Không có tệ nạn xã hội", true),
        ("Người mắc bệnh lao được điều trị", true), ("Người khuyết tật được trợ giúp", true),
        ("Trẻ dưới 5 tuổi suy dinh dưỡng", true), ("Vụ bạo lực gia đình", true), ("Đơn khiếu nại, tố cáo", true),
        ("Thu nhập bình quân đầu người", false), ("Hộ đạt Gia đình văn hóa", false),
        ("Người dân tham gia bảo hiểm y tế", false), ("Đường thôn có đèn chiếu sáng", false),
        ("Chi bộ hoàn thành tốt nhiệm vụ", false), ("Hộ tham gia nghiên cứu, học nghề", false),
        ("Điểm cung cấp dịch vụ công trực tuyến", false), ("Khoản quỹ dùng đúng mục đích", false),
        ("Nguồn nước không bị ô nhiễm", false), ("Hộ chăn nuôi có chuồng trại hợp vệ sinh", false),
    ])
    func wordsTellWhatIsSensitive(_ name: String, _ isSensitive: Bool) {
        #expect(PortalSmallNumber.isSensitive(indicator(name)) == isSensitive)
    }

    @Test func theWholeAndTheEnglishNameCountToo() {
        #expect(PortalSmallNumber.isSensitive(indicator("Có người phụ trách", of: "hộ nghèo")))
        #expect(PortalSmallNumber.isSensitive(indicator("Vụ việc", english: "Local mediations that succeeded")))
    }

    @Test(arguments: [
        (0, PortalFigure.number(Quantity(thousandths: 0))), (1, .underFive), (2, .underFive), (3, .underFive),
        (4, .underFive), (5, .number(Quantity(thousandths: 5_000))), (12, .number(Quantity(thousandths: 12_000))),
    ])
    func aSensitiveCountFromOneToFourIsNotTold(_ count: Int, _ figure: PortalFigure) {
        let value = Criteria.Value.quantity(Quantity(thousandths: Int64(count) * 1_000))
        #expect(PortalSmallNumber.figure(value, of: indicator("Hộ thoát nghèo")) == figure)
        #expect(PortalSmallNumber.figure(value, of: indicator("Hộ thoát nghèo", .countOverYears(window: 3))) == figure)
    }

    @Test(
        arguments: [
            (0, PortalFigure.number(Quantity(thousandths: 0))), (100, .withheld), (85_700, .withheld),
            (99_900, .withheld),
            (100_000, .number(Quantity(thousandths: 100_000))),
        ] as [(Int64, PortalFigure)])
    func aSensitiveShareDoesNotGiveTheCountAway(_ thousandths: Int64, _ figure: PortalFigure) {
        let value = Criteria.Value.quantity(Quantity(thousandths: thousandths))
        #expect(
            PortalSmallNumber.figure(value, of: indicator("Vụ việc hòa giải thành", .percentage, .percent)) == figure)
    }

    @Test func whatPointsAtNobodyIsTold() {
        let two = Criteria.Value.quantity(Quantity(thousandths: 2_000))
        #expect(
            PortalSmallNumber.figure(two, of: indicator("Tổ hợp tác", .number, .model))
                == .number(Quantity(thousandths: 2_000)))
        #expect(PortalSmallNumber.figure(.yes(true), of: indicator("Có tổ hòa giải", .yesNo, .none)) == .yes(true))
        #expect(PortalSmallNumber.figure(nil, of: indicator("Tổ hợp tác")) == .missing)
    }

    @Test func theReasonWhySomethingDoesNotApplyIsNeverTold() {
        let value = Criteria.Value.notApplicable(reason: "nhà ông Bảy đã thoát nghèo")
        #expect(PortalSmallNumber.figure(value, of: indicator("Hộ nghèo")) == .notApplicable)
    }

    @Test func aGradeIsToldByItsName() {
        let graded = indicator("Chi bộ", .grade([Criteria.Choice("tot", "Hoàn thành tốt")]), .none)
        #expect(PortalSmallNumber.figure(.grade("tot"), of: graded) == .grade("Hoàn thành tốt"))
        #expect(PortalSmallNumber.figure(.grade("xxx"), of: graded) == .missing)
    }

    @Test(arguments: [(0, false), (19, false), (20, true), (161, true)])
    func underTwentySlipsOnlyPassOrNotIsShown(_ valid: Int, _ shows: Bool) {
        #expect(PortalBallot.showsCounts(valid: valid) == shows)
    }
}

@Suite("Portal: what is told before a decision") struct PortalStandingTests {
    @Test(arguments: [
        ("assessing", PortalStanding.silent), ("submitted", .silent), ("returned", .silent), ("accepted", .registered),
        ("proposed", .registered), ("recognised", .silent), ("refused", .silent), ("withdrawn", .silent),
        ("reviewing", .silent), ("posted", .silent), ("forwarded", .registered), ("appraised", .registered),
        ("something new", .silent),
    ])
    func onlyWhatTheCommuneFoundInOrderIsTold(_ state: String, _ standing: PortalStanding) {
        #expect(PortalStanding.of(state) == standing)
        #expect(PortalStanding.told.contains(state) == (standing == .registered))
    }

    @Test func theLastDayIsTheOneBeforeTheFirstWithout() {
        #expect(PortalTerm.lastDay(until: Day(iso: "2029-11-10")) == Day(iso: "2029-11-09"))
        #expect(PortalTerm.lastDay(until: nil) == nil)
    }

    @Test(
        arguments: [
            ("2026-11-10", Int?(12), "2027-11-10"), ("2027-11-10", 12, "2027-11-10"), ("2027-11-11", 12, "2028-11-10"),
            ("2028-11-11", 12, nil), ("2026-11-10", nil, nil), ("2026-11-10", 0, nil),
        ] as [(String, Int?, String?)])
    func somebodyLooksAgainEachYearUntilTheEnd(_ today: String, _ months: Int?, _ look: String?) throws {
        let found = PortalTerm.nextLook(
            from: try #require(Day(iso: "2026-11-10")), until: Day(iso: "2029-11-10"), months: months,
            today: try #require(Day(iso: today)))
        #expect(found == look.flatMap(Day.init(iso:)))
    }
}

@Suite("Portal: what an area achieved") struct PortalAchievementTests {
    @Test func pointsSentencesAndSmallNumbers() {
        let found = PortalAchievement.sample
        #expect(found.groups.count == 1)
        #expect(found.groups[0].met == 1 && found.groups[0].asked == 2)
        #expect(found.groups[0].unmet.map(\.code) == ["I.2"], "98.6 % of a threshold of 100")
        #expect(found.groups[0].lines.map(\.figure) == [.underFive, .number(Quantity(thousandths: 98_600))])
        #expect(found.total == 1_000 && found.maximum == 2_000)
    }

    @Test func whatDoesNotApplyIsNotAskedFor() {
        let found = PortalAchievement(
            .portalSample, for: Criteria.Aim("model", areaClass: "rural"),
            values: ["I.1": .notApplicable(reason: "x"), "I.2": .quantity(Quantity(thousandths: 100_000))],
            side: "check")
        #expect(found.groups[0].met == 1 && found.groups[0].asked == 1)
        #expect(found.groups[0].percent == 100)
    }
}
