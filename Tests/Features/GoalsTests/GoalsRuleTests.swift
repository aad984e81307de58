import Core
import TestKit
import Testing

@testable import Goals

@Suite("Goals: rules") struct GoalsRuleTests {
    private static let today = TestClock.today

    private func day(_ iso: String) -> Day { Day(iso: iso) ?? .first }

    @Test func aSpanIsAYearOrATerm() {
        let cases: [(typed: String, code: String?)] = [
            ("2026", "2026"), (" 2025 - 2030 ", "2025-2030"), ("2025\u{2013}2030", "2025-2030"), ("2026-2026", "2026"),
            ("2030-2025", nil), ("2025-2040", nil), ("26", nil), ("1899", nil), ("2025-", nil), ("abc", nil), ("", nil),
            ("2025-2026-2027", nil), ("99999", nil), ("2199-2201", nil),
        ]
        for (typed, code) in cases { #expect(Goals.Span(code: typed)?.code == code, "\(typed)") }
        #expect(Goals.Span(code: "2025-2030")?.isTerm == true && Goals.Span(code: "2026")?.isTerm == false)
        #expect(Goals.Span(code: "2025-2030")?.contains(year: 2030) == true)
        #expect(Goals.Span(code: "2025-2030")?.contains(year: 2031) == false)
    }

    @Test func aTargetBelowNothingIsRefusedAndOneAboveAllIsAsked() throws {
        let span = try #require(Goals.Span(code: "2026"))
        func keys(_ value: Int, sure: Bool = false, _ span: Goals.Span) -> [String] {
            Goals.TargetRule(value: value, areas: 26, isSure: sure, span: span).refusal(on: Self.today)?.all.map(\.key)
                ?? []
        }
        #expect(keys(0, span) == [] && keys(26, span) == [])
        #expect(keys(-1, span) == ["goals.refusal.negative"])
        #expect(keys(27, span) == ["goals.refusal.moreThanAreas"])
        #expect(keys(27, sure: true, span) == [])
        #expect(keys(-1, sure: true, try #require(Goals.Span(code: "1999"))).count == 2, "all faults at once")
        #expect(keys(1, try #require(Goals.Span(code: "2045"))) == ["goals.refusal.spanFar"])
    }

    @Test func aGoalStandsAsTheRegisterAndTheDaySay() {
        let (past, ahead) = (day("2026-10-31"), day("2030-12-31"))
        let cases: [(Day, Day?, Day?, Goals.GoalStanding)] = [
            (ahead, nil, nil, .onTheWay), (past, nil, nil, .late), (Self.today, nil, nil, .onTheWay),
            (past, day("2026-09-01"), nil, .reached), (past, day("2026-09-01"), day("2026-09-02"), .reached),
            (ahead, nil, day("2026-01-01"), .dropped), (past, nil, day("2026-01-01"), .dropped),
            (ahead, day("2027-01-01"), nil, .onTheWay),
        ]
        for (due, reached, dropped, standing) in cases {
            #expect(Goals.standing(due: due, reachedOn: reached, droppedOn: dropped, on: Self.today) == standing)
        }
    }

    @Test func aGoalLiesAheadAndIsOne() {
        func keys(_ due: String, open: String? = nil) -> [String] {
            Goals.GoalRule(due: day(due), open: open.map(day)).refusal(on: Self.today)?.all.map(\.key) ?? []
        }
        #expect(keys("2030-12-31") == [])
        #expect(keys("2026-11-10") == ["goals.refusal.goalPast"] && keys("2020-01-01") == ["goals.refusal.goalPast"])
        #expect(keys("2099-01-01") == ["goals.refusal.goalFar"])
        #expect(keys("2030-12-31", open: "2029-12-31") == ["goals.refusal.goalOpen"])
        #expect(keys("2020-01-01", open: "2029-12-31").count == 2)
    }

    @Test func aTitleBelongsToAUnitOfItsTime() throws {
        let district = try #require(Period(from: .first, until: day("2025-07-01")))
        func keys(
            _ decided: String, from: String? = nil, until: String? = nil, held: String? = nil, over: String? = nil,
            unit: Period? = nil
        ) -> [String] {
            let document = Goals.Document(number: "1/QD", day: day(decided), body: "x")
            return Goals.UnitTitleRule(
                document: document, from: day(from ?? decided), until: until.map(day), unit: unit ?? district,
                held: held.map(day), heldOver: over.map(day)
            ).refusal(on: Self.today)?.all.map(\.key) ?? []
        }
        #expect(keys("2015-10-16") == [])
        #expect(keys("2025-06-30") == [], "the last day of the districts")
        #expect(keys("2025-07-01") == ["goals.refusal.unitNotThen"], "the first day without")
        #expect(keys("2024-05-01", unit: Period(from: day("2024-12-01"))) == ["goals.refusal.unitNotThen"])
        #expect(keys("2026-12-01", unit: Period(from: .first)) == ["goals.refusal.documentAhead"])
        #expect(keys("2024-05-01", from: "2024-04-30") == ["goals.refusal.fromBeforeDecision"])
        #expect(keys("2024-05-01", until: "2024-05-01") == ["goals.refusal.untilBeforeFrom"])
        #expect(keys("2024-05-01", held: "2020-01-01") == ["goals.refusal.heldAlready"])
        // What is over by now is not "held".
        #expect(keys("2024-05-01", held: "2020-01-01", over: "2025-01-01") == ["goals.refusal.heldThen"])
        #expect(keys("2024-05-01", held: "2020-01-01", over: "2030-01-01") == ["goals.refusal.heldAlready"])
    }

    @Test func namedTitlesAreToldApartByTheirNames() {
        #expect(Goals.UnitTitle.model.key("A") == Goals.UnitTitle.model.key("B"))
        #expect(Goals.UnitTitle.urban.key("Đô thị loại V") != Goals.UnitTitle.urban.key("Đô thị loại IV"))
        #expect(Goals.UnitTitle.urban.key("Đô thị loại V") == Goals.UnitTitle.urban.key("đô thị  loại v"))
    }
}
