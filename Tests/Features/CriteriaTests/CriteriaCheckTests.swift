import Core
import Testing

@testable import Criteria

@Suite struct CriteriaCheckTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var key: Criteria.Fault.Key
        var place: String
        var change: @Sendable (inout CriteriaSet) -> Void
        var testDescription: String { "\(key.rawValue) at \(place)" }

        init(_ key: Criteria.Fault.Key, _ place: String, _ change: @escaping @Sendable (inout CriteriaSet) -> Void) {
            self.key = key
            self.place = place
            self.change = change
        }

        /// A change of the first indicator.
        static func first(
            _ key: Criteria.Fault.Key, _ field: String, _ change: @escaping @Sendable (inout Criteria.Indicator) -> Void
        ) -> Case {
            Case(key, "groups[0].indicators[0]" + (field.isEmpty ? "" : "." + field)) {
                change(&$0.standards[0].indicators[0])
            }
        }
    }

    static func bound(_ text: String) -> Criteria.Bound { .quantity(Sample.quantity(text)) }

    static func day(_ month: Int, _ day: Int) -> Criteria.Procedure.YearDay {
        guard let day = Criteria.Procedure.YearDay(month: month, day: day) else {
            preconditionFailure("\(day)/\(month)")
        }
        return day
    }

    static let ofTheSet: [Case] = [
        Case(.missingCode, "code") { $0.code = "" },
        Case(.missingName, "name") { $0.name.vi = "" },
        Case(.missingField, "effectiveFrom") { $0.effectiveFrom = nil },
        Case(.versionOutside, "version") { $0.version = 0 },
        Case(.ownIndicatorsOutside, "ownIndicators") { $0.ownIndicators = -1 },
        Case(.noTitles, "titles") { $0.titles = [] },
        Case(.missingName, "titles[0].name") { $0.titles[0].name.vi = "" },
        Case(.duplicateCode, "titles[1].code") { $0.titles.append($0.titles[0]) },
        Case(.titleComesLater, "titles[0].after") { $0.titles[0].after = "outstanding" },
        Case(.titleWithoutIndicator, "titles[0]") { set in
            set.standards.indices.forEach { set.standards[$0].titles = ["x"] }
        },
        Case(.passMarkAboveTotal, "titles[0].pass.minimum") { $0.titles[0].pass.minimum = 2001 },
        Case(.negativePoints, "titles[0].pass.minimum") { $0.titles[0].pass.minimum = -1 },
        Case(.missingMinimum, "titles[0].pass.minimum") { $0.titles[0].pass.minimum = nil },
        Case(.unknownClass, "titles[0].pass.minimumByClass.city") { $0.titles[0].pass.minimumByClass = ["city": 1000] },
        Case(.missingClassMinimum, "titles[0].pass.minimumByClass") { set in
            set.areaClasses = [Criteria.Choice("city", "Thành phố"), Criteria.Choice("other", "Còn lại")]
            set.titles[0].pass = Criteria.PassRule(minimumByClass: ["city": 1000])
        },
        Case(.shareOutside, "titles[0].pass.floor") { $0.titles[0].pass.floor = Criteria.Share(6, of: 5) },
        Case(.shareOutside, "groups[1].floor") { $0.standards[1].floor = Criteria.Share(1, of: 1, isExclusive: true) },
        Case(.shareOutside, "ballot.minimumResponse") { set in
            set.ballot = Criteria.BallotRule(response: Sample.share("110%"), satisfied: ["model": Sample.share("80%")])
        },
        Case(.missingBallotShare, "ballot.minimumSatisfied") { set in
            set.ballot = Criteria.BallotRule(response: Sample.share("60%"), satisfied: [:])
        },
        Case(.unknownTitle, "ballot.minimumSatisfied.hero") { set in
            let share = Sample.share("60%")
            set.ballot = Criteria.BallotRule(response: share, satisfied: ["model": share, "hero": share])
        },
        Case(.shareOutside, "meeting.quorum") { set in
            set.meeting = Criteria.MeetingRule(quorum: Sample.share("101%"), carried: Sample.share("> 50%"))
        },
        Case(.termOutside, "term") { $0.term = Criteria.Term(years: 1, recheckMonths: 13) },
        Case(.endsBeforeBegin, "effectiveTo") { $0.effectiveTo = Day(iso: "2025-12-31") },
        Case(.passMarkAboveTotal, "titles[0].pass.minimums[0]") {
            $0.titles[0].pass.marks = [Criteria.PassMark(level: .province, 2001)]
        },
        Case(.negativePoints, "titles[0].pass.minimums[0]") {
            $0.titles[0].pass.marks = [Criteria.PassMark(level: .province, -1)]
        },
        Case(.duplicateThreshold, "titles[0].pass.minimums[0]") { $0.titles[0].pass.marks = [Criteria.PassMark(900)] },
        Case(.duplicateThreshold, "titles[0].pass.minimums[1]") {
            $0.titles[0].pass.marks = [
                Criteria.PassMark(level: .province, 900), Criteria.PassMark(level: .province, 800),
            ]
        },
        Case(.unknownClass, "titles[0].pass.minimums[0]") {
            $0.titles[0].pass.marks = [Criteria.PassMark(areaClass: "city", 900)]
        },
        Case(.unknownRegion, "titles[0].pass.minimums[0]") {
            $0.titles[0].pass.marks = [Criteria.PassMark(region: "sea", 900)]
        },
        Case(.missingClassMinimum, "titles[0].pass.minimums") { set in
            set.titles[0].deciders = [Criteria.Decider(.district, "a"), Criteria.Decider(.province, "b")]
            set.titles[0].pass = Criteria.PassRule(marks: [Criteria.PassMark(level: .province, 900)])
        },
        Case(.daysOutOfOrder, "procedure.days.reviewEnds") { set in
            set.procedure = Criteria.Procedure(days: [.assessmentEnds: day(9, 15), .reviewEnds: day(9, 14)])
        },
        Case(.daysOutOfOrder, "procedure.days.givingDay") { set in
            set.procedure = Criteria.Procedure(
                days: [.registrationEnds: day(3, 31), .decisionEnds: day(11, 10), .givingDay: day(4, 1)])
        },
        Case(.deadlineOutside, "procedure.posting") { $0.procedure = Criteria.Procedure(posting: .working(0)) },
        Case(.deadlineOutside, "procedure.mending") { $0.procedure = Criteria.Procedure(mending: .calendar(121)) },
        Case(.panelOutside, "procedure.panelMembers") { $0.procedure = Criteria.Procedure(panelMembers: 2) },
        Case(.noGroups, "groups") { $0.standards = [] },
        Case(.emptyGroup, "groups[1]") { $0.standards[1].indicators = [] },
        Case(.emptyCriterion, "groups[1].criteria[0]") { set in
            set.standards[1].criteria = [Criteria.Criterion("1", Criteria.Name("Tiêu chí"), indicators: [])]
        },
        Case(.missingName, "groups[1].name") { $0.standards[1].name.vi = "" },
        Case(.duplicateCode, "groups[1].code") { $0.standards[1].code = "I" },
        Case(.duplicateCode, "groups[1].indicators[0].code") { $0.standards[1].indicators[0].code = "I.2" },
        Case(.groupPoints, "groups[1].maximum") { $0.standards[1].indicators[0].points = 699 },
        Case(.totalPoints, "maximum") { $0.maximum = 1900 },
        Case(.unknownTitle, "groups[0].titles[0]") { $0.standards[0].titles = ["hero"] },
    ]

    @Test(arguments: ofTheSet) func findsFaultsOfTheSet(_ one: Case) { check(one) }

    static let ofAnIndicator: [Case] = [
        .first(.missingCode, "code") { $0.code = "" },
        .first(.missingName, "name") { $0.name.vi = "" },
        .first(.negativePoints, "points") { $0.points = -1 },
        .first(.percentageOutside, "thresholds[0]") { $0.thresholds[0].bound = bound("100.5") },
        .first(.percentageOutside, "thresholds[0]") { $0.thresholds[0].bound = bound("-1") },
        .first(.thresholdDoesNotFit, "thresholds[0]") { $0.thresholds[0].bound = .yes(true) },
        .first(.missingThreshold, "thresholds") { $0.thresholds = [] },
        .first(.missingThreshold, "thresholds") { $0.thresholds[0].title = "hero" },
        .first(.unknownTitle, "thresholds[0]") { $0.thresholds[0].title = "hero" },
        .first(.unknownClass, "thresholds[0]") { $0.thresholds[0].areaClass = "city" },
        .first(.unknownRegion, "thresholds[0]") { $0.thresholds[0].region = "sea" },
        .first(.duplicateThreshold, "thresholds[1]") { $0.thresholds.append($0.thresholds[0]) },
        .first(.unitDoesNotFit, "unit") { $0.unit = .household },
        .first(.unitDoesNotFit, "unit") { indicator in
            indicator.kind = .number
            indicator.unit = .none
        },
        .first(.comparisonDoesNotFit, "operator") { indicator in
            indicator.kind = .yesNo
            indicator.unit = .none
            indicator.thresholds[0].bound = .yes(true)
        },
        .first(.negativeThreshold, "thresholds[0]") { indicator in
            indicator.kind = .number
            indicator.unit = .household
            indicator.thresholds[0].bound = bound("-1")
        },
        .first(.countNotWhole, "thresholds[0]") { indicator in
            indicator.kind = .countOverYears(window: 3)
            indicator.unit = .event
            indicator.thresholds[0].bound = bound("0.5")
        },
        .first(.windowOutside, "kind") { indicator in
            indicator.kind = .countOverYears(window: 0)
            indicator.unit = .event
        },
        .first(.missingBaseline, "kind") { indicator in
            indicator.kind = .ratioToBaseline(what: "", date: "")
            indicator.unit = .ratio
        },
        .first(.gradeUnknown, "thresholds[0]") { indicator in
            indicator.kind = .grade([Criteria.Choice("a", "A"), Criteria.Choice("b", "B")])
            indicator.unit = .none
            indicator.thresholds[0].bound = .grade("c")
        },
        .first(.tooFewGrades, "kind") { indicator in
            indicator.kind = .grade([Criteria.Choice("a", "A")])
            indicator.unit = .none
            indicator.thresholds[0].bound = .grade("a")
        },
        .first(.scoringDoesNotFit, "scoring") { indicator in
            indicator.kind = .yesNo
            indicator.unit = .none
            indicator.comparison = .equal
            indicator.thresholds[0].bound = .yes(true)
            indicator.scoring = .proportional(from: .zero)
        },
        .first(.startOnWrongSide, "scoring") { $0.scoring = .proportional(from: Sample.quantity("90")) },
        .first(.noSteps, "scoring") { $0.scoring = .steps([]) },
        .first(.stepAbovePoints, "scoring.steps[0]") {
            $0.scoring = .steps([
                Criteria.Step(at: bound("50"), points: 601), Criteria.Step(at: bound("90"), points: 600),
            ])
        },
        .first(.stepsNeverFull, "scoring") { $0.scoring = .steps([Criteria.Step(at: bound("50"), points: 500)]) },
        .first(.percentageOutside, "scoring.steps[0]") {
            $0.scoring = .steps([Criteria.Step(at: bound("101"), points: 600)])
        },
        .first(.missingVerifier, "verifier") { $0.verifier = "" },
        .first(.missingSupplier, "suppliedBy") { $0.supplier = nil },
        .first(.minutesOutside, "minutes") { $0.minutes = 481 },
        .first(.missingReason, "notApplicableIf") { $0.notApplicableIf = "" },
        .first(.missingName, "evidence[0]") { $0.evidence[0].name = "" },
        .first(.unowned, "answerable") { $0.answerable = "" },
        .first(.noEvidence, "evidence") { $0.evidence = [] },
        .first(.noBasis, "basis") { $0.basis = "" },
    ]

    @Test(arguments: ofAnIndicator) func findsFaultsOfAnIndicator(_ one: Case) { check(one) }

    private func check(_ one: Case) {
        let faults = Criteria.faults(in: Sample.small(one.change))
        #expect(
            faults.contains { $0.key == one.key && $0.place == one.place }, "\(faults.map { "\($0.key) \($0.place)" })")
    }

    @Test func theSampleIsWithoutFault() {
        #expect(Criteria.faults(in: Sample.small()).isEmpty)
    }

    /// people.md rule 10: a photograph is never sufficient.
    @Test func peopleRule10PhotographIsNeverTheOnlyEvidence() {
        let table: [([Criteria.Evidence], Bool)] = [
            ([Criteria.Evidence(.photo, "Ảnh tuyến đường")], true),
            ([Criteria.Evidence(.photo, "Ảnh"), Criteria.Evidence(.photo, "Ảnh khác")], true),
            ([Criteria.Evidence(.document, "Ảnh chụp tuyến đường")], true),
            ([Criteria.Evidence(.list, "Hình ảnh buổi ra quân")], true),
            ([Criteria.Evidence(.photo, "Ảnh"), Criteria.Evidence(.visit, "Kiểm tra thực tế")], false),
            ([Criteria.Evidence(.witness, "Người làm chứng")], false),
            ([Criteria.Evidence(.document, "Danh hiệu anh hùng")], false),
        ]
        for (evidence, isFault) in table {
            let faults = Criteria.faults(in: Sample.small { $0.standards[0].indicators[0].evidence = evidence })
            #expect(faults.contains { $0.key == .photographOnly } == isFault, "\(evidence)")
        }
    }

    /// people.md rules 3, 4 and 7: nobody is to be found by an indicator.
    static let counted: [(String, Criteria.Fault.Key?)] = [
        ("Tỷ lệ hộ nghèo", .countsThePoor), ("Số hộ cận nghèo", .countsThePoor), ("TỶ LỆ HỘ NGHÈO", .countsThePoor),
        ("Hộ được giúp đỡ thoát nghèo", nil), ("Tỷ lệ hộ đóng góp quỹ", .countsGivers),
        ("Số hộ hiến đất làm đường", .countsGivers), ("Hộ ủng hộ quỹ vì người nghèo", .countsGivers),
        ("Khoản đóng góp được bàn, biểu quyết, công khai", nil), ("Hộ ký cam kết không xả rác", .countsSigners),
        ("Số người ký tên", .countsSigners), ("Số đơn khiếu nại", .countsComplainers),
        ("Không có khiếu kiện đông người", .countsComplainers), ("Kiến nghị của dân được trả lời đúng hạn", nil),
        ("Kiến nghị được giải quyết", nil), ("Tuyến đường có đèn", nil), ("Buổi ra quân trong năm", nil),
        ("Độ cao hàng rào", nil), ("Chi hội phụ nữ", nil),
    ]

    @Test(arguments: counted) func warnsAboutCountedPeople(name: String, key: Criteria.Fault.Key?) {
        let faults = Criteria.faults(in: Sample.small { $0.standards[0].indicators[0].name.vi = name })
        if let key {
            #expect(faults.map(\.key).contains(key))
        } else {
            #expect(faults.isEmpty)
        }
        #expect(faults.filter { !$0.isWarning } == [])
    }

    @Test func asksForARowForEachCaseThatRowsTellApart() {
        let set = Sample.small { set in
            set.areaClasses = [Criteria.Choice("a", "A"), Criteria.Choice("b", "B")]
            set.standards[0].indicators[0].thresholds = [Criteria.Threshold(areaClass: "a", Self.bound("90"))]
        }
        let faults = Criteria.faults(in: set)
        #expect(faults.map(\.key) == [.missingThreshold])
        #expect(faults.first?.arguments["title"] == "model (b)")
    }
}

extension Sample {
    /// A share, or the whole where the text is none.
    static func share(_ text: String) -> Criteria.Share {
        guard let share = Criteria.Share(text: text) ?? Criteria.Share(1, of: 1) else { preconditionFailure(text) }
        return share
    }
}
