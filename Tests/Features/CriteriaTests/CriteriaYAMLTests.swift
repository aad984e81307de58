import Core
import Foundation
import Testing

@testable import Criteria

@Suite struct CriteriaYAMLTests {
    static let sets = [
        "ha-tinh-2014", "nd122-2018", "qd491-2009", "qd51-2025", "qd691-2018", "yen-bai-1217-2022",
    ]

    @Test(arguments: sets) func expressesTheRealSets(name: String) throws {
        let reading = Criteria.YAML.read(try Sample.file(Sample.sets.appending(path: name + ".yaml")))
        #expect(reading.faults.filter { !$0.isWarning } == [])
        let set = try #require(reading.set)
        let written = try Criteria.YAML.write(set)
        #expect(Criteria.YAML.read(written).set == set)
    }

    @Test func theDemonstrationIsWhole() throws {
        let text = try Sample.file(Sample.root.appending(path: "Demonstration/criteria.yaml"))
        let reading = Criteria.YAML.read(text)
        #expect(reading.faults == [], "\(reading.faults.map { "\($0.line ?? 0) \($0.key) \($0.place)" })")
        let set = try #require(reading.set)
        #expect(set.label == .demonstration)
        #expect(set.indicators.count == 27)
        #expect(set.standards.map(\.maximum) == [2000, 2000, 2500, 1500, 2000])
        #expect(set.titles.map(\.code) == [Criteria.Title.outstanding, Criteria.Title.model])
        #expect(set.indicators.filter { $0.supplier?.source == .area }.count == 10)
        #expect(set.indicators.allSatisfy { !$0.basis.isEmpty && $0.minutes != nil && !$0.name.en.isEmpty })
        let written = try Criteria.YAML.write(set)
        #expect(Criteria.YAML.read(written).set == set)
    }

    /// Texts that YAML would take for something else, and every kind and rule.
    @Test func everythingSurvivesTheWayThroughAFile() throws {
        var set = Sample.small()
        set.areaClasses = [Criteria.Choice("a", "null"), Criteria.Choice("b", "- b: c # d")]
        set.regions = [Criteria.Choice("1.10", "'Tây Nguyên'")]
        set.frame = CriteriaSet.Frame(code: "KHUNG", version: 3)
        set.ballot = Criteria.BallotRule(response: Sample.share("60%"), satisfied: ["model": Sample.share("2/3")])
        set.meeting = Criteria.MeetingRule(quorum: Sample.share("> 50%"), carried: Sample.share("50%"))
        set.term = Criteria.Term(years: 3, recheckMonths: 12)
        set.procedure = Criteria.Procedure(
            days: [.registrationEnds: CriteriaCheckTests.day(3, 31), .givingDay: CriteriaCheckTests.day(11, 18)],
            posting: .working(5), mending: .working(10), least: .calendar(5), panelMembers: 5)
        set.effectiveTo = Day(iso: "2030-12-31")
        set.titles[0].pass.marks = [
            Criteria.PassMark(level: .province, areaClass: "b", region: "1.10", 1350),
            Criteria.PassMark(level: .district, 1300),
        ]
        set.ownIndicators = 2
        set.issuer = "Dòng một\nDòng hai: \"có\"  ngoặc"
        set.legalBasis = ["true", "12", "Điều 5, khoản 1: x"]
        set.titles[0].deciders = [Criteria.Decider(.district, "Huyện"), Criteria.Decider(.province, "")]
        set.titles[0].pass.minimumByClass = ["a": 1250]
        set.standards[0].floor = Sample.share("> 1/3")
        let kinds: [(Criteria.Kind, Criteria.Measure, Criteria.Comparison, Criteria.Bound, Criteria.Scoring)] = [
            (.yesNo, .none, .equal, .yes(false), .allOrNothing),
            (.number, .hectare, .below, .quantity(Sample.quantity("1.125")), .proportional(from: Sample.quantity("9"))),
            (.countOverYears(window: 3), .event, .atMost, .quantity(.zero), .allOrNothing),
            (.ratioToBaseline(what: "x", date: ""), .ratio, .above, .quantity(Sample.quantity("1.5")), .allOrNothing),
            (
                .grade([Criteria.Choice("no", "Không"), Criteria.Choice("yes", "Có")]), .none, .atLeast, .grade("yes"),
                .steps([Criteria.Step(at: .grade("no"), points: 0), Criteria.Step(at: .grade("yes"), points: 0)])
            ),
            (.points, .point, .atLeast, .quantity(.zero), .allOrNothing),
        ]
        set.standards[1].criteria = [
            Criteria.Criterion(
                "2.1", Criteria.Name("Tiêu chí", en: "Criterion"),
                indicators: kinds.enumerated().map { index, kind in
                    var indicator = Sample.indicator("k\(index)", kind.0, unit: kind.1, kind.2, kind.3, points: 0)
                    indicator.scoring = kind.4
                    indicator.guidance = "Hai dòng:\n  thụt vào\nhết"
                    indicator.mayLoosen = true
                    indicator.minutes = 0
                    indicator.supplier = Criteria.Supplier(.service, "Bảo hiểm: xã hội")
                    return indicator
                })
        ]
        set.standards[0].indicators[0].thresholds = [
            Criteria.Threshold(title: "model", level: .province, areaClass: "a", region: "1.10", .quantity(.zero)),
            Criteria.Threshold(.quantity(Sample.quantity("12.345"))),
        ]
        let text = try Criteria.YAML.write(set)
        let reading = Criteria.YAML.read(text)
        #expect(reading.faults.filter { !$0.isWarning } == [], "\(text)")
        #expect(reading.set == set)
    }

    /// Found by line, so that an officer finds it in the editor.
    static let broken: [(String, Criteria.Fault.Key, Int?)] = [
        ("", .emptyFile, nil), ("# chỉ có ghi chú\n", .emptyFile, nil),
        ("code: a\nname: \"mở mà không đóng\nversion: 1\n", .syntax, 4), ("code: a\n\tname: b\n", .syntax, 2),
        ("code: a\nname: b: c\n", .syntax, 2), ("code: a\ncode: b\n", .repeatedField, 1),
        ("a: &neo [1]\nb: *neo\n", .aliasRefused, 2), ("a: [x, *neo]\n", .syntax, 1),
        ("a: !!seq &n-1 [1]\nb:\n  - {\"c\":*n-1}\n", .aliasRefused, 3), ("a: &x\n# \" \nb: *x", .aliasRefused, 3),
        ("- a\n- b\n", .notAMap, 1), ("chữ thôi", .notAMap, 1), ("a: 1\n---\nb: 2\n", .syntax, 2),
        (String(repeating: "[", count: 100_000), .syntax, 1),
        (String(repeating: "[", count: 900) + String(repeating: "]", count: 900), .tooDeep, 1),
        (String(repeating: "a", count: 1_000_001), .tooLarge, nil),
    ]

    @Test(arguments: broken) func namesWhatIsNoSet(text: String, key: Criteria.Fault.Key, line: Int?) {
        let reading = Criteria.YAML.read(text)
        #expect(reading.set == nil)
        #expect(reading.faults.map(\.key) == [key])
        #expect(reading.faults.first?.line == line)
    }

    /// An ampersand or a star inside a text is no alias.
    @Test func takesSignsInsideTexts() throws {
        let set = Sample.small { $0.issuer = "*lưu ý: R&D 2*3 * 4 & 5, &xem *đậm* - **rất đậm**" }
        let written = try Criteria.YAML.write(set)
        #expect(Criteria.YAML.read(written).set == set)
    }

    /// The parser stops at a thousand levels, and those need less than 2 MB of the 8 MB that a thread has.
    @Test(arguments: [("[", "]"), ("{a: ", "}"), ("- ", "")])
    func deepFilesFitIntoTheStack(open: String, close: String) {
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            let text = String(repeating: open, count: 990) + String(repeating: close, count: 990)
            #expect(Criteria.YAML.read(text).faults.map(\.key) == [.tooDeep])
            done.signal()
        }
        thread.stackSize = 2 << 20
        thread.start()
        #expect(done.wait(timeout: .now() + 300) == .success)
    }

    /// Every fault of a file at once, in its order, each with its line.
    @Test func namesEveryFaultAtOnce() throws {
        let text = """
            code: HONG
            label: real
            name: Bộ hỏng
            effectiveFrom: 31/12/2026
            subject: hamlet
            maximum: 100
            titles:
              - code: model
                name: Kiểu mẫu
                pass: {minimum: 120, floor: 150%}
            groups:
              - code: I
                name: Nhóm
                maximum: 10
                indicators:
                  - code: I.1
                    name: Đường
                    kind: percent
                    points: 5
                    verifer: UBND xã
                    suppliedBy: area
                  - code: I.1
                    name: Rác
                    kind: percentage
                    operator: "=>"
                    threshold: 120
                    points: bốn
                    evidence: [photo: Ảnh]
                    verifier: UBND xã
                    suppliedBy: nobody
                    mandatory: yes
                    notApplicableIf:
            """
        let found = Criteria.YAML.read(text).faults.filter { !$0.isWarning }.map {
            "\($0.line ?? 0) \($0.key) \($0.place)"
        }
        #expect(
            found == [
                "4 notADay effectiveFrom", "5 unknownWord subject", "6 totalPoints maximum",
                "10 passMarkAboveTotal titles[0].pass.minimum", "10 shareOutside titles[0].pass.floor",
                "16 missingVerifier groups[0].indicators[0].verifier",
                "18 unknownKind groups[0].indicators[0].kind",
                "20 unknownField groups[0].indicators[0].verifer",
                "22 duplicateCode groups[0].indicators[1].code",
                "25 unknownComparison groups[0].indicators[1].operator",
                "26 percentageOutside groups[0].indicators[1].thresholds[0]",
                "27 notANumber groups[0].indicators[1].points",
                "28 photographOnly groups[0].indicators[1].evidence",
                "30 unknownWord groups[0].indicators[1].suppliedBy",
                "32 missingReason groups[0].indicators[1].notApplicableIf",
            ])
    }

    /// The same for the rules of the way to a title, the last day and the table of pass marks.
    @Test func namesEveryFaultOfTheProcedure() throws {
        let text = """
            code: HONG
            label: real
            name: Bộ hỏng
            effectiveFrom: 2026-01-01
            effectiveTo: 2025-12-31
            subject: residentialArea
            titles:
              - code: model
                name: Kiểu mẫu
                pass:
                  minimums:
                    - {level: village, value: 1}
                    - {areaClass: city, value: 2}
                    - {region: sea}
                    - {level: province, value: nhiều}
            procedure:
              days:
                registrationEnds: 31/3
                assessmentEnds: 02-29
                postingEnds: 09-30
                checkEnds: 09-15
                party: 10-10
              posting: 5
              mending: {hours: 10}
              least: {working: 0}
              panelMembers: 2
            groups:
              - code: I
                name: Nhóm
                indicators:
                  - {code: I.1, name: Đường, kind: yesNo, verifier: UBND xã, suppliedBy: area}
            """
        let found = Criteria.YAML.read(text).faults.filter { !$0.isWarning }.map {
            "\($0.line ?? 0) \($0.key) \($0.place)"
        }
        #expect(
            found == [
                "5 endsBeforeBegin effectiveTo", "12 unknownWord titles[0].pass.minimums[0].level",
                "14 missingField titles[0].pass.minimums[2].value",
                "15 notANumber titles[0].pass.minimums[3].value",
                "18 notAYearDay procedure.days.registrationEnds", "19 notAYearDay procedure.days.assessmentEnds",
                "21 daysOutOfOrder procedure.days.checkEnds", "22 unknownField procedure.days.party",
                "23 unknownWord procedure.posting", "24 unknownWord procedure.mending",
                "25 deadlineOutside procedure.least", "26 panelOutside procedure.panelMembers",
            ])
    }

    static let numbers: [(String, Int64?)] = [
        ("70", 70_000), ("1.5", 1_500), ("1,5", 1_500), ("0.125", 125), ("-2", -2_000), ("+3", 3_000),
        ("1 000", 1_000_000),
        ("1.2345", nil), ("", nil), (".", nil), ("1.", nil), (".5", nil), ("1.2.3", nil), ("1e3", nil), ("٣", nil),
        ("9999999999", nil), ("--1", nil), ("0x10", nil), ("NaN", nil),
    ]

    @Test(arguments: numbers) func readsNumbers(text: String, expected: Int64?) {
        #expect(Criteria.Format.thousandths(text) == expected)
    }
}
