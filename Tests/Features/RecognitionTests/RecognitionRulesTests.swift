import Core
import Criteria
import Testing

@testable import Recognition

@Suite("Deadlines of recognition") struct RecognitionCalendarTests {
    private let calendar = Recognition.YearCalendar.standard

    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    @Test(arguments: [
        (Recognition.State.assessing, "2026-03-28", "2026-09-15"),
        (.submitted, "2026-09-14", "2026-10-10"),
        // Whoever gets it on the last day still has five working days.
        (.submitted, "2026-10-09", "2026-10-16"),
        (.reviewing, "2026-09-14", "2026-09-21"),
        (.posted, "2026-09-20", "2026-09-30"),
        (.accepted, "2026-10-02", "2026-10-10"),
        (.forwarded, "2026-10-10", "2026-10-31"),
        (.appraised, "2026-10-27", "2026-11-10"),
        (.proposed, "2026-11-06", "2026-11-13"),
        // Ten working days from Monday 5 October.
        (.returned, "2026-10-05", "2026-10-19"),
    ])
    func aStepIsDue(_ state: Recognition.State, since: String, on due: String) throws {
        #expect(calendar.due(state, year: 2026, since: try day(since)) == (try day(due)))
    }

    @Test(arguments: [Recognition.State.recognised, .refused, .withdrawn])
    func nothingIsDueOnceItIsClosed(_ state: Recognition.State) throws {
        #expect(calendar.due(state, year: 2026, since: try day("2026-11-10")) == nil)
    }

    @Test func anAreaRegistersForThisYearUntilTheEndOfMarch() throws {
        #expect(calendar.registrationYear(on: try day("2026-03-31")) == 2026)
        #expect(calendar.registrationYear(on: try day("2026-04-01")) == 2027)
        #expect(calendar.isLate(year: 2026, on: try day("2026-04-01")))
        #expect(!calendar.isLate(year: 2027, on: try day("2026-04-01")))
    }
}

@Suite("Values as they are typed") struct RecognitionValueTextTests {
    private func indicator(
        _ kind: Criteria.Kind, _ unit: Criteria.Measure = .none, na: String? = nil
    ) -> Criteria.Indicator {
        Criteria.Indicator(
            "III.3", Criteria.Name("Đường có đèn"), kind: kind, unit: unit, comparison: .atLeast,
            thresholds: [Criteria.Threshold(.quantity(Quantity(thousandths: 90_000)))], points: 400,
            notApplicableIf: na)
    }

    private func read(_ typed: String, _ indicator: Criteria.Indicator, why: String? = nil) -> Criteria.Value? {
        do throws(Refusal) { return try Recognition.ValueText.read(typed, reason: why, for: indicator) } catch {
            return nil
        }
    }

    private func refusal(_ typed: String, _ indicator: Criteria.Indicator, why: String? = nil) -> Refusal? {
        do throws(Refusal) {
            _ = try Recognition.ValueText.read(typed, reason: why, for: indicator)
            return nil
        } catch { return error }
    }

    @Test func numbersAreReadAsVietnamesePeopleTypeThem() {
        let percentage = indicator(.percentage, .percent)
        #expect(read("90,5", percentage) == .quantity(Quantity(thousandths: 90_500)))
        #expect(read("90,5 %", percentage) == .quantity(Quantity(thousandths: 90_500)))
        #expect(refusal("120", percentage)?.key == "criteria.value.percentageOutside")
        #expect(refusal("chín mươi", percentage)?.key == "recognition.refusal.percentage")
        #expect(refusal("2,5", indicator(.number, .household))?.key == "criteria.value.notWhole")
    }

    @Test(
        arguments: [
            ("158/214", 73_831), ("158 / 214", 73_831), ("1.580/2.140", 73_831), ("214/214", 100_000), ("0/214", 0),
            ("3,2/4,1", 78_048), ("1/3", 33_333), ("2/3", 66_666), ("199999/200000", 99_999),
        ] as [(String, Int64)])
    func aPairIsReadAsItsShareAndNeverRoundedUpToAThreshold(_ typed: String, _ thousandths: Int64) {
        #expect(read(typed, indicator(.percentage, .percent)) == .quantity(Quantity(thousandths: thousandths)))
    }

    /// Where less is better the rest counts full: 5.0004 % is more than 5.
    @Test(arguments: [("50004/1000000", 5_001), ("50/1000", 5_000), ("1/3", 33_334)] as [(String, Int64)])
    func whereLessIsBetterTheRestCounts(_ typed: String, _ thousandths: Int64) {
        var atMost = indicator(.percentage, .percent)
        atMost.comparison = .atMost
        #expect(read(typed, atMost) == .quantity(Quantity(thousandths: thousandths)))
    }

    @Test(
        arguments: [
            ("158/0", "zero"), ("0/0", "zero"), ("214/158", "more"), ("158/", "form"), ("/214", "form"), ("/", "form"),
            ("1/2/3", "form"), ("-1/2", "form"), ("một/hai", "form"), ("158:214", nil),
            ("99999999999999999/1", "form"),
        ] as [(String, String?)])
    func whatIsNoShareIsRefusedWithTheReason(_ typed: String, _ reason: String?) {
        let key = refusal(typed, indicator(.percentage, .percent))?.key
        #expect(key == (reason.map { "recognition.refusal.pair.\($0)" } ?? "recognition.refusal.percentage"))
    }

    @Test func aPairIsForSharesAndRatios() {
        let ratio = indicator(.ratioToBaseline(what: "thu nhập", date: "2020"), .ratio)
        #expect(read("62,5/50", ratio) == .quantity(Quantity(thousandths: 1_250)))
        #expect(refusal("62,5/0", ratio)?.key == "recognition.refusal.pair.zero")
        for kind in [Criteria.Kind.number, .points, .countOverYears(window: 3)] {
            #expect(refusal("1/2", indicator(kind))?.key == "recognition.refusal.pair.none")
        }
        #expect(refusal("1/2", indicator(.yesNo))?.key == "recognition.refusal.yesOrNo")
        #expect(Recognition.ValueText.counted("1.580 / 2.140") == "1580/2140")
        #expect(Recognition.ValueText.counted("73,8") == nil)
    }

    @Test func yesNoAndGradesAreWords() {
        #expect(read("yes", indicator(.yesNo)) == .yes(true))
        #expect(read("false", indicator(.yesNo)) == .yes(false))
        #expect(refusal("maybe", indicator(.yesNo))?.key == "recognition.refusal.yesOrNo")
        let grade = indicator(.grade([Criteria.Choice("good", "tốt")]))
        #expect(read("good", grade) == .grade("good"))
        #expect(refusal("bad", grade)?.key == "criteria.value.unknownGrade")
    }

    @Test func whatDoesNotApplyNeedsAReasonBesideItsOwnField() {
        let may = indicator(.percentage, .percent, na: "không có đường")
        #expect(read("na", may, why: "Thôn không có đường liên thôn.") != nil)
        #expect(refusal("na", may)?.field == "why")
        #expect(refusal("na", indicator(.percentage, .percent), why: "x")?.key == "criteria.value.alwaysApplies")
    }

    @Test(arguments: [
        Criteria.Value.quantity(Quantity(thousandths: 1_234_500)), .yes(true), .yes(false), .grade("good"),
        .quantity(Quantity(thousandths: 90_000)), .quantity(Quantity(thousandths: 1_120)),
    ])
    func whatIsShownInAFieldIsReadBackToItself(_ value: Criteria.Value) {
        let kind: Criteria.Kind =
            switch value {
            case .yes: .yesNo
            case .grade: .grade([Criteria.Choice("good", "tốt")])
            default: .number
            }
        #expect(read(Recognition.ValueText.typed(value), indicator(kind, .tonne)) == value)
    }
}

@Suite("What a dossier's values come to") struct RecognitionAssessmentTests {
    private func assessment(_ entries: [Recognition.Entry]) -> Recognition.Assessment {
        Recognition.Assessment(RecognitionSamples.set, for: RecognitionSamples.dossier.aim, entries)
    }

    private func entry(_ code: String, _ side: Recognition.Side, _ value: Criteria.Value) -> Recognition.Entry {
        Recognition.Entry(
            code: code, side: side, value: value, note: nil, enteredBy: nil, enterer: nil,
            at: RecognitionSamples.instant, version: 1)
    }

    private func percent(_ thousandths: Int64) -> Criteria.Value { .quantity(Quantity(thousandths: thousandths)) }

    @Test func anotherSideCountsOnlyWhereItSaysSomething() {
        let sides = assessment([
            entry("III.3", .own, percent(90_500)), entry("V.1", .own, .grade("good")),
            entry("III.3", .check, percent(88_000)),
        ])
        #expect(sides.score(.own).total == 500)
        #expect(sides.score(.check).total == 100)
        #expect(sides.score(.appraisal).total == 100)
        #expect(sides.differing == ["III.3"])
    }

    @Test func aDossierWithGapsIsNotHandedIn() {
        #expect(assessment([]).refusalToSubmit()?.arguments["count"] == "2")
        #expect(
            assessment([entry("III.3", .own, percent(1)), entry("V.1", .own, .grade("good"))]).refusalToSubmit() == nil)
    }

    @Test func whatWasSentBackMustBeTouchedBeforeItIsHandedInAgain() {
        let returned = RecognitionSamples.instant
        let later = returned + .hours(1)
        func mending(_ entries: [(code: String, at: Instant)], _ evidence: [(code: String, at: Instant)] = [])
            -> [String]
        {
            Recognition.Mending(
                returns: [("III.3", 2, returned), ("V.1", 2, returned), ("I.1", 1, returned)], entries: entries,
                evidence: evidence
            ).open
        }
        #expect(mending([("III.3", returned - .hours(1))]) == ["III.3", "V.1"])
        #expect(mending([("III.3", later)], [("V.1", later)]) == [])
        #expect(mending([("III.3", later), ("V.1", returned)]) == ["V.1"])
    }
}

@Suite("The signed paper") struct RecognitionPaperRuleTests {
    private func paper(_ number: String, _ day: String) throws -> Recognition.SignedPaper {
        Recognition.SignedPaper(
            number: number, day: try #require(Day(iso: day)), signer: "Đỗ Thị Hạnh", office: "Chủ tịch")
    }

    @Test func aDayToComeAndAForeignYearAreRefused() throws {
        let today = try #require(Day(iso: "2026-11-10"))
        #expect(try paper("46", "2026-11-10").refusal(on: today, year: 2026) == nil)
        #expect(try paper("46", "2026-11-11").refusal(on: today, year: 2026)?.field == "day")
        #expect(try paper("46", "2025-11-10").refusal(on: today, year: 2026)?.key == "recognition.refusal.otherYear")
    }

    @Test func aNumberIsTheSameHoweverItIsTyped() throws {
        let one = try paper("46/QĐ-MTTQ-BTT", "2026-11-10").key
        for typed in ["046/QĐ-MTTQ-BTT", " 46 /qđ-mttq-btt", "46/QĐ-MTTQ-BTT "] {
            #expect(try paper(typed, "2026-11-10").key == one)
        }
        #expect(try paper("47/QĐ-MTTQ-BTT", "2026-11-10").key != one)
        #expect(try paper("0", "2026-11-10").key == "0")
    }
}
