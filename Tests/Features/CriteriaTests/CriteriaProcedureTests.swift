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

    static let days: [(String, String?)] = [
        ("09-15", "09-15"), ("12-31", "12-31"), ("02-28", "02-28"), ("02-29", nil), ("13-01", nil), ("00-10", nil),
        ("9-15", nil), ("15/9", nil), ("", nil), ("09-31", nil), ("+9-15", nil), ("09-15-1", nil),
    ]

    @Test(arguments: days) func readsDaysOfTheYear(text: String, expected: String?) {
        #expect(Criteria.Procedure.YearDay(text: text)?.text == expected)
    }
}
