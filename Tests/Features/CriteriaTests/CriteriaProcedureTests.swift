import Core
import Recognition
import Testing

@testable import Criteria

/// The rules of the way to a title in a set, and what the product does by itself, must not say two things.
@Suite struct CriteriaProcedureTests {
    @Test func theDemonstrationSaysWhatRecognitionDoes() throws {
        let procedure = try #require(try Sample.demonstration().procedure)
        let standard = Recognition.YearCalendar.standard
        #expect(
            Recognition.Milestone.allCases.map(\.rawValue)
                == Criteria.Procedure.Milestone.allCases.map(\.rawValue))
        for milestone in Recognition.Milestone.allCases {
            let said = Criteria.Procedure.Milestone(rawValue: milestone.rawValue).flatMap { procedure.days[$0] }
            #expect(said?.month == standard.days[milestone]?.month, "\(milestone)")
            #expect(said?.day == standard.days[milestone]?.day, "\(milestone)")
        }
        #expect(procedure.mending == standard.mending && procedure.least == standard.least)
    }

    static let terms: [(String, Deadline?, String?)] = [
        ("{calendar: 30}", .calendar(30), nil), ("{working: 20}", .working(20), nil),
        ("{calendar: 0}", .calendar(0), "deadlineOutside"), ("{calendar: 121}", .calendar(121), "deadlineOutside"),
        ("{weeks: 4}", nil, "unknownWord"),
    ]

    /// The time to mend a title is a key of its own, read, checked and written like the other terms.
    @Test(arguments: terms) func theTimeToMendATitleIsItsOwn(text: String, wanted: Deadline?, fault: String?) throws {
        let yaml = """
            kind: rules
            code: QC-THU
            label: demonstration
            name: Quy chế thử
            effectiveFrom: 2026-01-01
            subject: residentialArea
            titles: [{code: model, deciders: [{province: Ban Thường trực}]}]
            procedure: {mending: {working: 10}, titleMending: \(text)}
            """
        let reading = Criteria.YAML.readRules(yaml, kept: true)
        let own = reading.faults.filter { $0.place == "procedure.titleMending" }
        #expect(own.map { "\($0.key)" } == (fault.map { [$0] } ?? []))
        let procedure = try #require(reading.rules?.procedure)
        #expect(procedure.mending == .working(10) && procedure.titleMending == wanted)
        guard fault == nil, let rules = reading.rules else { return }
        #expect(Criteria.Format.readRules(Criteria.Format.write(rules)).rules?.procedure?.titleMending == wanted)
        var set = try Sample.demonstration()
        set.procedure?.titleMending = .calendar(90)
        let reference = CriteriaRules.Reference(id: ID(high: 1, low: 1), code: rules.code, version: 1)
        #expect(set.governed(by: rules, reference).procedure?.titleMending == wanted)
        var without = rules
        without.procedure?.titleMending = nil
        #expect(set.governed(by: without, reference).procedure?.titleMending == .calendar(90))
    }

    static let days: [(String, String?)] = [
        ("09-15", "09-15"), ("12-31", "12-31"), ("02-28", "02-28"), ("02-29", nil), ("13-01", nil), ("00-10", nil),
        ("9-15", nil), ("15/9", nil), ("", nil), ("09-31", nil), ("+9-15", nil), ("09-15-1", nil),
    ]

    @Test(arguments: days) func readsDaysOfTheYear(text: String, expected: String?) {
        #expect(Criteria.Procedure.YearDay(text: text)?.text == expected)
    }
}
